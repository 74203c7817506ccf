package io.github.allotment;

import com.google.common.collect.Streams;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the first instant at which an event would apply, by visiting every instant of change. */
final class Search {

  private final PolicyEngine engine;
  private final Program program;
  private final Derived derived;

  Search(PolicyEngine engine, Program program, Derived derived) {
    this.engine = engine;
    this.program = program;
    this.derived = derived;
  }

  Earliest earliest(Wallet wallet, Event event, Instant horizon) {
    Instant from = event.at().isBefore(wallet.clock()) ? wallet.clock() : event.at();
    Instant at = from;
    Wallet now = wallet;
    Optional<Wallet> last = Optional.empty();
    List<Reason> first = List.of();
    while (at.isBefore(horizon)) {
      long renewals = now.cycle().number();
      now = engine.advance(now, at).wallet();
      List<Reason> reasons = engine.judge(now, event);
      if (reasons.isEmpty()) {
        return new Earliest.At(at);
      }
      first = first.isEmpty() ? reasons : first;
      long renewed = now.cycle().number() - renewals;
      Optional<Wallet> before = renewed == 1 ? last : Optional.empty();
      last = renewed > 0 || last.isEmpty() ? Optional.of(now) : last;
      Optional<Reason> hopeless = hopeless(now, reasons, event, before);
      if (hopeless.isPresent()) {
        return never(hopeless.get(), at, first, from);
      }
      at = nextChange(now, event, at);
    }
    return new Earliest.NotBefore(horizon);
  }

  /** Prefers the reason as it was at the start, unless its figures are the point. */
  private static Earliest never(Reason reason, Instant at, List<Reason> first, Instant from) {
    return first.stream()
        .filter(earlier -> subject(earlier).equals(subject(reason)) && !isForNow(earlier))
        .findFirst()
        .map(earlier -> new Earliest.Never(earlier, from))
        .orElseGet(() -> new Earliest.Never(reason, at));
  }

  /** Returns what a reason is about, whatever its figures are. */
  private static List<Object> subject(Reason reason) {
    Object what =
        switch (reason.code()) {
          case FACT_MISSING -> {
            Reason.FactMissing missing = (Reason.FactMissing) reason;
            yield List.of(missing.whose(), missing.fact());
          }
          case ALREADY_DONE -> ((Reason.AlreadyDone) reason).matter();
          case NO_ROOM -> ((Reason.NoRoom) reason).limit();
          case BEFORE_OPENING,
              TOO_LATE,
              SEEN_BEFORE,
              ID_REUSED,
              NO_RULE,
              NO_EFFECT,
              NO_OPEN_CLAIM,
              NOT_ENOUGH,
              APPLIED ->
              reason.code();
        };
    return List.of(reason.code(), reason.refusingRule(), what);
  }

  /** Tells whether a reason has figures that don't hold for ever. */
  private static boolean isForNow(Reason reason) {
    return reason.code() == ReasonCode.NOT_ENOUGH
        || (reason instanceof Reason.NoRoom noRoom && noRoom.opensAt().isPresent())
        || (reason instanceof Reason.AlreadyDone done && done.freeFrom().isPresent());
  }

  /**
   * Finds a reason that waiting can't cure: of one rule that applies and always will, or, if none
   * applies, of each.
   *
   * @param before what the renewal before left, if the wallet is as the next has just left it
   */
  private Optional<Reason> hopeless(
      Wallet wallet, List<Reason> reasons, Event event, Optional<Wallet> before) {
    Policy version = wallet.version(program);
    if (!laterVersions(wallet.clock()).isEmpty() || wallet.waitingPlan().isPresent()) {
      return Optional.empty();
    }
    List<Rule> rules = version.rulesFor(event.type());
    List<Reason> lasting =
        reasons.stream().filter(reason -> !canPass(reason, rules, wallet, event, before)).toList();
    boolean noneApplies = reasons.stream().allMatch(Search::isConditions);
    if (noneApplies && !rules.stream().allMatch(rule -> speaks(rule, lasting))) {
      return Optional.empty();
    }
    return lasting.stream()
        .filter(
            reason ->
                noneApplies
                    || rules.stream()
                        .filter(rule -> hangsOnOthers(reason) || speaks(rule, List.of(reason)))
                        .allMatch(rule -> appliesForGood(rule, wallet)))
        .findFirst();
  }

  /** Tells whether a reason is that a rule's conditions don't hold. */
  private static boolean isConditions(Reason reason) {
    return reason instanceof Reason.FactMissing missing && !missing.accepted().isEmpty();
  }

  private static boolean speaks(Rule rule, List<Reason> reasons) {
    return reasons.stream()
        .anyMatch(reason -> reason.refusingRule().equals(Optional.of(rule.name())));
  }

  /** Tells whether a reason may be due to what other rules that apply ask for. */
  private static boolean hangsOnOthers(Reason reason) {
    return switch (reason.code()) {
      case NO_OPEN_CLAIM, ALREADY_DONE, NO_ROOM, NOT_ENOUGH -> true;
      case BEFORE_OPENING,
          TOO_LATE,
          SEEN_BEFORE,
          ID_REUSED,
          NO_RULE,
          NO_EFFECT,
          FACT_MISSING,
          APPLIED ->
          false;
    };
  }

  /** Tells whether a rule applies, or doesn't, to an event when time has passed as it does now. */
  private boolean appliesForGood(Rule rule, Wallet wallet) {
    boolean asksFacts =
        rule.trigger().conditions().stream()
            .anyMatch(it -> it.whose() == Condition.Whose.WALLET && !it.asksPlan());
    return rule.trigger().empty().isEmpty() && !(asksFacts && timeSetsFacts(wallet));
  }

  /** Tells whether another limit may cut what a rule asks of a limit. */
  private static boolean isCut(Rule rule) {
    return rule.effect() instanceof Effect.Grant grant
        && grant.limits().stream().anyMatch(within -> within.excess() == Effect.Within.Excess.CUT);
  }

  /** Tells whether time alone can do away with a reason, the rules staying as they are. */
  private boolean canPass(
      Reason reason, List<Rule> rules, Wallet wallet, Event event, Optional<Wallet> before) {
    return switch (reason.code()) {
      case BEFORE_OPENING, TOO_LATE, SEEN_BEFORE, ID_REUSED, APPLIED -> true;
      case NO_RULE, NO_EFFECT -> false;
      case NO_OPEN_CLAIM -> rules.stream().anyMatch(rule -> mayRegain(rule, reason, event, wallet));
      case FACT_MISSING -> {
        Reason.FactMissing missing = (Reason.FactMissing) reason;
        yield missing.whose() == Condition.Whose.WALLET
            ? timeSetsFacts(wallet)
            : missing.accepted().isEmpty()
                && rules.stream()
                    .filter(rule -> speaks(rule, List.of(reason)))
                    .flatMap(rule -> Granting.startFact(rule).stream())
                    .filter(missing.fact()::equals)
                    .anyMatch(start -> isTooFar(start, event, wallet.clock()));
      }
      case ALREADY_DONE -> {
        Reason.AlreadyDone done = (Reason.AlreadyDone) reason;
        yield done.freeFrom().isPresent()
            || (done.matter() == Reason.AlreadyDone.Matter.GRANTED_FOR_EVER && changesPlan(rules))
            || rules.stream().anyMatch(rule -> mayMarkAnother(rule, reason, event, wallet));
      }
      case NO_ROOM -> {
        Reason.NoRoom noRoom = (Reason.NoRoom) reason;
        yield rules.stream().anyMatch(Search::isCut)
            || (noRoom.amount() <= noRoom.max()
                && (changesPlan(rules) || !(noRoom.window() instanceof Window.Ever)));
      }
      case NOT_ENOUGH ->
          ((Reason.NotEnough) reason).of() != Reason.NotEnough.Of.CHARGED
              && (changesPlan(rules)
                  || rules.stream().anyMatch(rule -> bringsByTime(rule, wallet))
                  || mayGiveBackLess(rules, event, wallet)
                  || switch (sameAs(before, wallet)) {
                    case NOTHING -> true;
                    case AVAILABLE ->
                        Renewed.cuts(wallet.version(program))
                            && rules.stream().anyMatch(Search::takesFromSome);
                    case EVERYTHING -> false;
                  });
    };
  }

  /**
   * Tells whether what an event gives back hangs on the instant: a claim may lapse first, or what
   * comes back may have expired.
   */
  private boolean mayGiveBackLess(List<Rule> rules, Event event, Wallet wallet) {
    return rules.stream().anyMatch(rule -> rule.effect() instanceof Effect.End)
        && claims(wallet, event)
            .filter(claim -> claim.isOpenAt(wallet.clock()))
            .anyMatch(
                claim ->
                    claim.closesAt().isPresent()
                        || overs(claim, wallet.version(program))
                            .anyMatch(wallet.clock()::isBefore));
  }

  /**
   * Returns when what a claim would give back is over: the lots that it took from, and what would
   * come in their place from a source that ends at an instant.
   */
  private static Stream<Instant> overs(Claim claim, Policy version) {
    return claim.draws().stream()
        .map(Lot.Move::lot)
        .flatMap(
            lot ->
                Stream.concat(
                    lot.expiresAt().stream(),
                    version.source(lot.source()).flatMap(Source::term).stream()
                        .filter(Term.Until.class::isInstance)
                        .map(term -> ((Term.Until) term).instant())));
  }

  /** Returns the remembered claims that an event may be about: its subject's, and its group's. */
  private static Stream<Claim> claims(Wallet wallet, Event event) {
    return Stream.concat(
        event.subject().map(wallet.contents::claimsOf).orElse(List.of()).stream(),
        event.group().map(wallet.contents::openInGroup).orElse(List.of()).stream());
  }

  /** Tells whether an event may change the plan, with whatever is done when one is entered. */
  private static boolean changesPlan(List<Rule> rules) {
    return rules.stream().anyMatch(rule -> rule.effect() instanceof Effect.SwitchPlan);
  }

  /** Tells whether what a rule grants hangs on the instant, so that rules behind it may too. */
  private boolean bringsByTime(Rule rule, Wallet wallet) {
    return Granting.startFact(rule).isPresent()
        || Renewed.counts(wallet.version(program), rule.effect());
  }

  /** Tells what a renewal left as the one before, if there was one just now. */
  private Renewed.Same sameAs(Optional<Wallet> before, Wallet wallet) {
    return before
        .filter(it -> it.available() == wallet.available() && it.held() == wallet.held())
        .map(it -> renewed(wallet).sameAs(renewed(it)))
        .orElse(Renewed.Same.NOTHING);
  }

  private Renewed renewed(Wallet wallet) {
    return Renewed.of(wallet, wallet.version(program));
  }

  /** Tells whether a hold that will be released has taken what a rule would take back. */
  private static boolean mayRegain(Rule rule, Reason reason, Event event, Wallet wallet) {
    return rule.effect() instanceof Effect.Revoke
        && speaks(rule, List.of(reason))
        && Streams.stream(wallet.contents.claims())
            .filter(Contents::isReleased)
            .flatMap(claim -> claim.draws().stream())
            .flatMap(draw -> draw.lot().origin().stream())
            .anyMatch(origin -> event.subject().equals(Optional.of(origin.subject())));
  }

  /**
   * Tells whether a grant that is made once for a claim may be made for another of the subject's,
   * when the claim that it was made for has lapsed.
   */
  private static boolean mayMarkAnother(Rule rule, Reason reason, Event event, Wallet wallet) {
    if (!speaks(rule, List.of(reason))
        || !(rule.effect() instanceof Effect.Grant grant)
        || !(grant.once().orElse(null) instanceof Once.PerClaim once)) {
      return false;
    }
    List<Claim> open =
        event.subject().map(wallet.contents::claimsOf).orElse(List.of()).stream()
            .filter(claim -> claim.isOpenAt(wallet.clock()))
            .toList();
    return open.stream().anyMatch(claim -> !claim.done().contains(once.key()))
        && open.stream()
            .anyMatch(claim -> claim.done().contains(once.key()) && claim.closesAt().isPresent());
  }

  /** Tells whether a start that an event says is too far ahead of an instant. */
  private static boolean isTooFar(String startFact, Event event, Instant at) {
    return Granting.nearFrom(startFact, event).filter(at::isBefore).isPresent();
  }

  /** Tells whether what a rule leaves available may hang on what single sources or grants hold. */
  private static boolean takesFromSome(Rule rule) {
    return rule.effect() instanceof Effect.Revoke || Renewed.looksAtSources(rule.effect());
  }

  /** Tells whether time may set a fact, or use up what a rule asks to be used up. */
  private boolean timeSetsFacts(Wallet wallet) {
    return wallet.version(program).rules().stream()
        .anyMatch(
            rule ->
                !rule.trigger().empty().isEmpty()
                    || (rule.effect() instanceof Effect.SetFact
                        && rule.trigger().types().stream().anyMatch(CalendarEvent::isReserved)));
  }

  private List<Policy> laterVersions(Instant at) {
    return program.versions().stream()
        .filter(version -> version.fromInclusive().isAfter(at))
        .toList();
  }

  /** Returns the next instant at which the answer could be another. */
  private Instant nextChange(Wallet wallet, Event event, Instant at) {
    Instant next = engine.nextDue(wallet);
    for (Policy later : laterVersions(at)) {
      next = earlier(next, later.fromInclusive());
    }
    Policy version = wallet.version(program);
    Basis basis = new Basis.OfWallet(version, wallet);
    for (Limit limit : version.limits()) {
      Optional<Instant> edge =
          Limits.of(limit).of(wallet.contents, wallet::times, basis).nextEdge(at);
      next = edge.isPresent() ? earlier(next, edge.get()) : next;
    }
    for (Rule rule : version.rulesFor(event.type())) {
      Optional<Instant> near =
          Granting.startFact(rule)
              .flatMap(start -> Granting.nearFrom(start, event))
              .filter(at::isBefore);
      next = near.isPresent() ? earlier(next, near.get()) : next;
    }
    if (changesPlan(version.rulesFor(event.type())) && prorates(version)) {
      ZoneId zone = wallet.zone();
      LocalDate tomorrow = at.atZone(zone).toLocalDate().plusDays(1);
      next = earlier(next, tomorrow.atStartOfDay(zone).toInstant());
    }
    Optional<Instant> changed =
        claims(wallet, event)
            .flatMap(claim -> changes(claim, version))
            .filter(at::isBefore)
            .min(Comparator.naturalOrder());
    return changed.isPresent() ? earlier(next, changed.get()) : next;
  }

  /** Returns when a claim closes and is forgotten, and when what it would give back is over. */
  private Stream<Instant> changes(Claim claim, Policy version) {
    return Stream.concat(
        claim.closesAt().stream()
            .flatMap(closes -> Stream.of(closes, derived.forgottenFrom(closes))),
        overs(claim, version));
  }

  /** Tells whether entering or leaving a plan may allot by the days that are left of a cycle. */
  private static boolean prorates(Policy version) {
    return version.rules().stream()
        .anyMatch(
            rule ->
                rule.effect() instanceof Effect.Allot allot
                    && allot.how() == Effect.Allot.How.PRORATED);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
