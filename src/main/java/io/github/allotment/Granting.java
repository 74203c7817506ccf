package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How a rule grants: what is allotted, earned or bought, within limits. */
final class Granting {

  private final RuleCase rule;
  private final Draft draft;

  /** The claim that was found open for a grant that is made once for each. */
  private @Nullable Claim claim;

  Granting(RuleCase rule) {
    this.rule = rule;
    draft = rule.draft;
  }

  Runnable allot(Effect.Allot effect) {
    List<PendingAward.Part> all = parts(rule.policy().plan(draft.plan()).orElseThrow().allotment());
    List<PendingAward.Part> parts =
        switch (effect.how()) {
          case FULL -> all;
          case REFILL -> missing(all);
          case PRORATED -> Parts.scaled(all, prorated(PendingAward.sum(all)));
          case DIFFERENCE -> difference(all);
        };
    return grant(TransactionType.ALLOTMENT, parts, effect.limits(), rule.at, Optional.empty());
  }

  /** Returns what the parts lack of being filled, each from what its own source holds. */
  private List<PendingAward.Part> missing(List<PendingAward.Part> parts) {
    Map<String, Long> held = new LinkedHashMap<>();
    parts.forEach(
        part ->
            held.computeIfAbsent(part.source(), source -> draft.contents.held(List.of(source))));
    return beyond(parts, held);
  }

  /** Returns what remains of parts when amounts by source are taken out, from the first on. */
  private static List<PendingAward.Part> beyond(
      List<PendingAward.Part> parts, Map<String, Long> bySource) {
    List<PendingAward.Part> beyond = new ArrayList<>();
    for (PendingAward.Part part : parts) {
      long there = bySource.getOrDefault(part.source(), 0L);
      long taken = Math.min(there, part.amount());
      bySource.put(part.source(), there - taken);
      beyond.add(part.of(part.amount() - taken));
    }
    return beyond;
  }

  private long prorated(long amount) {
    LocalDate firstWhole =
        draft.today().atStartOfDay(draft.terms.zone()).toInstant().equals(draft.clock)
            ? draft.today()
            : draft.today().plusDays(1);
    LocalDate start =
        Cycles.date(draft.terms.anchor(), draft.terms.cycle(), draft.terms.cycleIndex());
    LocalDate end =
        Cycles.date(draft.terms.anchor(), draft.terms.cycle(), draft.terms.cycleIndex() + 1);
    long left = ChronoUnit.DAYS.between(firstWhole, end);
    long days = ChronoUnit.DAYS.between(start, end);
    return Parts.share(amount, Math.min(left, days), days);
  }

  /** Returns by how much parts are more than what the plan that is left has allotted. */
  private List<PendingAward.Part> difference(List<PendingAward.Part> parts) {
    Map<String, Long> before = new LinkedHashMap<>();
    for (Line line : draft.left) {
      before.merge(line.source(), ((Quantity.Fixed) line.quantity()).amount(), Long::sum);
    }
    long size = before.values().stream().mapToLong(Long::longValue).sum();
    return Parts.scaled(beyond(parts, before), Math.max(0, PendingAward.sum(parts) - size));
  }

  Runnable grant(Effect.Grant effect) {
    Optional<Once> once = effect.once();
    if (once.isPresent()) {
      checkOnce(once.get());
    }
    List<PendingAward.Part> parts = rule.ready.parts();
    if (parts == null) {
      parts = parts(effect.lines());
    }
    Optional<Instant> due = due(effect.settlement());
    if (parts.size() < effect.lines().size() || due.isEmpty()) {
      return rule.alreadyRefused();
    }
    return grant(effect.type(), parts, effect.limits(), due.get(), once);
  }

  private static Optional<String> expiryFact(Source source) {
    return source.term().orElse(null) instanceof Term.OfEvent brought
        ? Optional.of(brought.fact())
        : Optional.empty();
  }

  private OptionalInt priority(Source source) {
    Optional<String> fact = source.priorityFact();
    return fact.isPresent()
            && rule.fact(fact.get()).orElse(null) instanceof FactValue.Whole whole
            && whole.value() == (int) whole.value()
        ? OptionalInt.of((int) whole.value())
        : OptionalInt.empty();
  }

  private Optional<Instant> instant(String fact) {
    return instant(rule.fact(fact));
  }

  /** Returns the instant that a fact of an event says, if it is one that the engine accepts. */
  private static Optional<Instant> instant(Optional<FactValue> fact) {
    if (!(fact.orElse(null) instanceof FactValue.Text text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text.value())).filter(Checks::isInstant);
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  /**
   * Returns when a grant becomes available, having refused it if the event does not say so; one
   * that does so in the past is there at once.
   */
  private Optional<Instant> due(Effect.Settlement settlement) {
    Instant at = rule.at;
    if (settlement instanceof Effect.Settlement.After after) {
      return Optional.of(Instants.plus(at, after.delay()));
    }
    String fact = ((Effect.Settlement.AtFact) settlement).fact();
    Optional<Instant> due =
        instant(fact).filter(instant -> !instant.isAfter(at.plus(Effect.LONGEST_DELAY)));
    if (due.isEmpty()) {
      rule.refuseWithout(fact);
    }
    return due;
  }

  /** Returns the name of the fact that says when a rule's grant starts, if one does. */
  static Optional<String> startFact(Rule rule) {
    return rule.effect() instanceof Effect.Grant grant
            && grant.settlement() instanceof Effect.Settlement.AtFact start
        ? Optional.of(start.fact())
        : Optional.empty();
  }

  /**
   * Returns the first instant at which a start that an event says is not too far ahead; empty if it
   * says none.
   */
  static Optional<Instant> nearFrom(String startFact, Event event) {
    return instant(event.fact(startFact)).map(at -> at.minus(Effect.LONGEST_DELAY));
  }

  private void checkOnce(Once once) {
    if (once instanceof Once.ForEver) {
      if (draft.terms.done().contains(once.key())) {
        rule.refuseDone(Reason.AlreadyDone.Matter.GRANTED_FOR_EVER, once.key(), Optional.empty());
      } else if (!rule.tally.take(once)) {
        rule.refuseDoneByAnother(Reason.AlreadyDone.Matter.GRANTED_FOR_EVER, once.key());
      }
    } else if (rule.subject().isPresent()) {
      checkOncePerClaim(once, rule.subject().get());
    } else {
      rule.refuseWithout("subject");
    }
  }

  private void checkOncePerClaim(Once once, String subject) {
    claim = rule.requireOpenClaim(subject);
    boolean done = claim != null && claim.done().contains(once.key());
    if (done) {
      rule.refuseDone(Reason.AlreadyDone.Matter.GRANTED_FOR_CLAIM, subject, Optional.empty());
    } else if (!rule.tally.take(once)) {
      rule.refuseDoneByAnother(Reason.AlreadyDone.Matter.GRANTED_FOR_CLAIM, subject);
    }
  }

  private void markOnce(Once once) {
    if (once instanceof Once.ForEver) {
      draft.markDone(once.key());
      return;
    }
    Claim judged = requireNonNull(claim);
    Claim now = rule.asItIs(judged);
    draft.changeClaim(now, now.having(rule.ready.mark()));
  }

  private List<Limits> limits() {
    List<Limits> limits = ImmutableList.of();
    for (int i = 0; i < rule.ready.limits().size(); i++) {
      Limits.Kind kind = rule.ready.limits().get(i);
      limits = Few.plus(limits, kind.of(draft.contents, draft::times, rule));
    }
    return limits;
  }

  private Runnable grant(
      TransactionType type,
      List<PendingAward.Part> asked,
      List<Effect.Within> within,
      Instant due,
      Optional<Once> once) {
    List<Limits> limits = limits();
    long whole = PendingAward.sumOrMost(asked);
    boolean later = due.isAfter(rule.at);
    List<PendingAward.Part> parts = fitting(asked, whole, later, limits, within);
    long amount = parts == asked ? whole : PendingAward.sumOrMost(parts);
    if (amount > 0 && !rule.tally.isOfOne()) {
      limits.forEach(bound -> rule.tally.count(bound.limit().name(), amount));
      parts.stream().filter(part -> later || stays(part)).forEach(rule.tally::grant);
    }
    if (rule.isRefused()) {
      return rule.alreadyRefused();
    }
    return () -> {
      if (once.isPresent()) {
        if (isTaken(once.get())) {
          rule.refuseDoneByAnother(Reason.AlreadyDone.Matter.GRANTED_FOR_EVER, once.get().key());
          return;
        }
        markOnce(once.get());
      }
      checkFits(parts, amount);
      grant(type, parts, whole, amount, limits, due);
    };
  }

  /** Throws if what is granted is not what was asked for, but the most that a long holds. */
  private void checkFits(List<PendingAward.Part> parts, long amount) {
    if (amount == Long.MAX_VALUE && (isMoreThan(parts, amount) || asksForMore())) {
      throw new ArithmeticException(
          lenientFormat("rule %s would grant more than %s", rule.name(), Long.MAX_VALUE));
    }
  }

  private static boolean isMoreThan(List<PendingAward.Part> parts, long amount) {
    long rest = amount;
    for (PendingAward.Part part : parts) {
      if (part.amount() > rest) {
        return true;
      }
      rest -= part.amount();
    }
    return false;
  }

  private boolean asksForMore() {
    return rule.ready.rule().effect() instanceof Effect.Grant grant
        && grant.lines().stream()
            .anyMatch(
                line ->
                    line.quantity() instanceof Quantity.OfPlan multiple
                        && multiple.times() > 0
                        && rule.ofPlan() > Long.MAX_VALUE / multiple.times());
  }

  /** Tells whether what a rule before this one did has granted what is granted once for ever. */
  private boolean isTaken(Once once) {
    return !rule.tally.isOfOne()
        && once instanceof Once.ForEver
        && draft.terms.done().contains(once.key());
  }

  /**
   * Returns what of a grant the limits let through, having refused it if one does not: what the
   * cutting limits leave must fit the others.
   */
  private List<PendingAward.Part> fitting(
      List<PendingAward.Part> asked,
      long whole,
      boolean later,
      List<Limits> limits,
      List<Effect.Within> within) {
    List<PendingAward.Part> parts = asked;
    long amount = whole;
    for (int i = 0; i < limits.size(); i++) {
      if (within.get(i).excess() == Effect.Within.Excess.CUT) {
        Limits bound = limits.get(i);
        long under = amountUnder(bound, parts, amount, later);
        long fits = fitting(bound, under == amount ? Math.min(under, 1) : 0);
        if (fits < under) {
          parts = Parts.first(parts, part -> isUnder(bound, part, later), fits);
          amount = PendingAward.sumOrMost(parts);
        }
      }
    }
    for (int i = 0; i < limits.size(); i++) {
      if (within.get(i).excess() == Effect.Within.Excess.REFUSE) {
        fitting(limits.get(i), amountUnder(limits.get(i), parts, amount, later));
      }
    }
    return parts;
  }

  /** Returns how much of some parts a limit is about. */
  private long amountUnder(
      Limits limits, List<PendingAward.Part> parts, long amount, boolean later) {
    return limits.isOnWhatIsHeld()
        ? PendingAward.sumOrMost(
            parts.stream().filter(part -> isUnder(limits, part, later)).toList())
        : amount;
  }

  /**
   * Tells whether a limit is about a part: one on what is held is about its sources, and not about
   * what is over as soon as it is there.
   */
  private boolean isUnder(Limits limits, PendingAward.Part part, boolean later) {
    return limits.isAbout(part.source()) && (!limits.isOnWhatIsHeld() || later || stays(part));
  }

  /** Tells whether a part is not over as soon as it is there, if it is there now. */
  private boolean stays(PendingAward.Part part) {
    Source source = draft.derived.source(part.source(), rule.version());
    Stamp stamp = new Stamp(part.expiresAt(), part.priority(), Optional.empty());
    return !draft.isOver(draft.expiry(source, draft.clock, stamp));
  }

  /**
   * Returns what a limit has left besides what the event asks for already, having refused the rule
   * if that is less than the least that has to fit.
   */
  private long fitting(Limits limits, long least) {
    long left = limits.left(rule.at);
    long asked;
    if (limits.limit().window() instanceof Window.Held held) {
      left = Math.max(0, left - rule.tally.comingBack(held.sources()));
      asked = rule.tally.granted(held.sources());
    } else {
      asked = rule.tally.counted(limits.limit().name());
    }
    if (least > 0 && least > left - asked) {
      refuseNoRoom(limits, LongMath.saturatedAdd(least, asked), left);
    }
    return Math.max(0, left - asked);
  }

  private void refuseNoRoom(Limits limits, long amount, long left) {
    rule.refuse(
        new Reason.NoRoom(
            rule.name(),
            rule.version(),
            limits.limit().name(),
            limits.max(),
            limits.limit().window(),
            rule.at,
            amount,
            left,
            limits.opensAfter(rule.at, amount)));
  }

  private void grant(
      TransactionType type,
      List<PendingAward.Part> parts,
      long asked,
      long amount,
      List<Limits> limits,
      Instant due) {
    Instant at = rule.at;
    if (!stillFits(parts, amount, due.isAfter(at), limits)) {
      return;
    }
    if (amount > 0) {
      for (int i = 0; i < limits.size(); i++) {
        limits.get(i).count(draft, at, amount);
      }
    }
    boolean later = amount > 0 && due.isAfter(at);
    if (later) {
      Ledger.earn(draft, award(type, parts, due));
    } else {
      Ledger.grant(draft, type, parts, rule.cause(), origin(amount));
    }
    long over = Ledger.expire(draft);
    if (asked > 0 || rule.isOfEvent()) {
      draft.tell(consequence(type, amount, asked, limits, later, due));
    }
    draft.tellExpired(over);
  }

  /** Tells whether what rules before this one did has left the room that there was. */
  private boolean stillFits(
      List<PendingAward.Part> parts, long amount, boolean later, List<Limits> limits) {
    if (amount == 0 || rule.tally.isOfOne()) {
      return true;
    }
    boolean fits = true;
    for (Limits bound : limits) {
      long left = bound.left(rule.at);
      long under = amountUnder(bound, parts, amount, later);
      if (left < under) {
        refuseNoRoom(bound, under, left);
        fits = false;
      }
    }
    return fits;
  }

  private Consequence consequence(
      TransactionType type,
      long amount,
      long asked,
      List<Limits> limits,
      boolean later,
      Instant due) {
    String name = rule.name();
    String version = rule.version();
    Instant at = rule.at;
    List<Room> rooms = ImmutableList.of();
    for (int i = 0; i < limits.size(); i++) {
      Limits bound = limits.get(i);
      rooms = Few.plus(rooms, amount > 0 ? bound.roomAfter(at, amount) : bound.room(at));
    }
    return later
        ? new Consequence.Earned(
            name, version, type, amount, asked, at, Comparators.max(due, draft.clock), rooms)
        : new Consequence.Granted(name, version, type, amount, asked, rooms);
  }

  private PendingAward award(TransactionType type, List<PendingAward.Part> parts, Instant due) {
    long number = draft.nextNumber();
    Cause cause = rule.cause();
    Optional<String> subject = rule.subject();
    Instant at = rule.at;
    List<String> regained = rule.ready.regained();
    return new PendingAward(number, cause, subject, type, parts, at, due, regained);
  }

  private Optional<Lot.Origin> origin(long amount) {
    return amount == 0
        ? Optional.empty()
        : rule.subject()
            .map(
                subject ->
                    new Lot.Origin(
                        draft.comingNumber(), subject, amount, rule.at, rule.ready.regained()));
  }

  /** Returns what lines bring, having refused the rule for each that asks for what is missing. */
  private List<PendingAward.Part> parts(List<Line> lines) {
    ImmutableList.Builder<PendingAward.Part> parts =
        ImmutableList.builderWithExpectedSize(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      PendingAward.Part part = part(lines.get(i));
      if (part != null) {
        parts.add(part);
      }
    }
    return parts.build();
  }

  private PendingAward.@Nullable Part part(Line line) {
    OptionalLong amount = rule.amount(line.quantity());
    if (amount.isEmpty()) {
      rule.refuseWithout(line.quantity());
    }
    Source source = rule.policy().source(line.source()).orElseThrow();
    Optional<String> expiryFact = expiryFact(source);
    Optional<Instant> expiresAt = expiryFact.flatMap(this::instant);
    boolean hasExpiry = expiryFact.isEmpty() || expiresAt.isPresent();
    if (!hasExpiry) {
      rule.refuseWithout(expiryFact.get());
    }
    OptionalInt priority = priority(source);
    boolean hasPriority = source.priorityFact().isEmpty() || priority.isPresent();
    if (!hasPriority) {
      rule.refuseWithout(source.priorityFact().get());
    }
    return amount.isPresent() && hasExpiry && hasPriority
        ? new PendingAward.Part(
            line.label(), line.source(), amount.getAsLong(), expiresAt, priority)
        : null;
  }
}
