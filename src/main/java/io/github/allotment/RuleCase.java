package io.github.allotment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One rule that meets one occasion, a host's event or one of the calendar's: whether it applies,
 * what its effects look at, and what speaks against it.
 */
final class RuleCase implements Quantity.Basis {

  final Judge judge;
  final Draft draft;
  final ReadyRule ready;

  /** The occasion's own instant. */
  final Instant at;

  /** The host's event; null if it is one of the calendar's. */
  private final @Nullable Event event;

  /** The rule that meets the occasion after this one; null if this is the last. */
  final @Nullable RuleCase next;

  Tally tally;
  private @Nullable List<Reason> refusals;
  private @Nullable Runnable effect;

  RuleCase(
      Judge judge,
      Draft draft,
      ReadyRule ready,
      Instant at,
      @Nullable Event event,
      @Nullable RuleCase next) {
    this.judge = judge;
    this.draft = draft;
    this.ready = ready;
    this.at = at;
    this.event = event;
    this.next = next;
    tally = judge.ofOne;
  }

  /** Returns the rule's name. */
  String name() {
    return ready.rule().name();
  }

  /** Returns the version that the rule is of. */
  Policy policy() {
    return ready.policy();
  }

  /** Returns the name of that version. */
  String version() {
    return ready.policy().version();
  }

  /** Tells whether the rule's conditions hold. */
  boolean applies() {
    for (int i = 0; i < ready.conditions().size(); i++) {
      Condition condition = ready.conditions().get(i);
      if (!holds(condition, lookedAtBy(condition))) {
        return false;
      }
    }
    List<String> empty = ready.rule().trigger().empty();
    for (int i = 0; i < empty.size(); i++) {
      if (draft.available(empty.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Condition condition, @Nullable FactValue actual) {
    return actual != null && condition.accepted().contains(actual);
  }

  private @Nullable FactValue lookedAtBy(Condition condition) {
    return switch (condition.whose()) {
      case EVENT -> event == null ? null : event.brings(condition.fact());
      case WALLET ->
          condition.asksPlan()
              ? FactValue.of(draft.planAt(at))
              : draft.terms.facts().get(condition.fact());
    };
  }

  /** Returns what the rule's conditions ask for and don't find. */
  List<Reason> missing() {
    List<Reason> missing = ImmutableList.of();
    for (Condition condition : ready.rule().trigger().conditions()) {
      FactValue actual = lookedAtBy(condition);
      if (!holds(condition, actual)) {
        missing =
            Few.plus(
                missing,
                missing(
                    condition.whose(),
                    condition.fact(),
                    condition.accepted(),
                    Optional.ofNullable(actual)));
      }
    }
    for (String source : ready.rule().trigger().empty()) {
      long there = draft.available(source);
      if (there > 0) {
        missing =
            Few.plus(
                missing,
                missing(
                    Condition.Whose.WALLET,
                    "credits from " + source,
                    List.of(FactValue.of(0)),
                    Optional.of(FactValue.of(there))));
      }
    }
    return missing;
  }

  private Reason missing(
      Condition.Whose whose, String fact, List<FactValue> accepted, Optional<FactValue> actual) {
    String type = event == null ? "" : event.type();
    return new Reason.FactMissing(name(), version(), type, whose, fact, accepted, actual);
  }

  /** Judges the rule, and keeps what it is to do. */
  void judge() {
    if (ready.needsOpenClaim()) {
      subject().ifPresentOrElse(this::requireOpenClaim, () -> refuseWithout("subject"));
    }
    effect = ready.judging().apply(this);
  }

  /**
   * Lets the rule act, which was judged and nothing speaks against. What it granted, or gave back
   * to a lot, is gone at once if its term is over; no rule after it finds that.
   */
  void act() {
    draft.acted = true;
    requireNonNull(effect).run();
    draft.expire();
  }

  /** Tells whether there is a reason against the rule. */
  boolean isRefused() {
    return refusals != null;
  }

  /** Returns the reasons against the rule, not sorted. */
  List<Reason> refusals() {
    return Few.orNone(refusals);
  }

  /** Tells whether it is a host's event that the rule meets, and not one of the calendar's. */
  boolean isOfEvent() {
    return event != null;
  }

  Optional<String> subject() {
    return event == null ? Optional.empty() : event.subject();
  }

  Optional<String> group() {
    return event == null ? Optional.empty() : event.group();
  }

  /** Returns the event's own amount. */
  OptionalLong amount() {
    return event == null ? OptionalLong.empty() : event.amount();
  }

  /** Returns the remembered claims of a subject and its parts, in order of arrival. */
  List<Claim> claims(String subject) {
    return draft.contents.claimsOf(subject);
  }

  /**
   * Returns the first of a subject's claims that is open at the occasion's own instant, or null.
   */
  @Nullable Claim openClaim(String subject) {
    return draft.contents.openClaim(subject, at);
  }

  /** Returns the subject's open claim; null, having refused the rule, if there is none. */
  @Nullable Claim requireOpenClaim(String subject) {
    Claim open = openClaim(subject);
    if (open == null) {
      refuseNoOpenClaim(subject, Optional.empty(), claims(subject));
    }
    return open;
  }

  /** Returns a claim that was looked up as what other rules have done has left it. */
  Claim asItIs(Claim judged) {
    return tally.isOfOne() ? judged : draft.contents.asItIs(judged);
  }

  /**
   * Returns when the last of some claims closed, of those that have by now, and that were there at
   * the occasion's own instant.
   */
  private Optional<Instant> lastEnd(List<Claim> claims) {
    Optional<Instant> last = Optional.empty();
    for (int i = 0; i < claims.size(); i++) {
      Optional<Instant> end = claims.get(i).closesAt();
      if (end.isPresent()
          && !claims.get(i).submittedAt().isAfter(at)
          && !end.get().isAfter(draft.clock)
          && (last.isEmpty() || end.get().isAfter(last.get()))) {
        last = end;
      }
    }
    return last;
  }

  OptionalLong amount(Quantity quantity) {
    return quantity.amount(this);
  }

  @Override
  public long ofPlan() {
    String plan = draft.planAt(at);
    return policy().plan(plan).or(() -> draft.version().plan(plan)).orElseThrow().size();
  }

  @Override
  public OptionalLong ofEvent(String fact) {
    if (fact.equals(Quantity.OfEvent.AMOUNT)) {
      return amount();
    }
    return fact(fact).orElse(null) instanceof FactValue.Whole whole && whole.value() >= 0
        ? OptionalLong.of(whole.value())
        : OptionalLong.empty();
  }

  Optional<FactValue> fact(String name) {
    return event == null ? Optional.empty() : event.fact(name);
  }

  Cause cause() {
    Optional<String> id = event == null ? Optional.empty() : Optional.of(event.id());
    String name = name();
    String version = version();
    return new Cause(id, name, version);
  }

  /** Refuses for want of an open claim, when there were those that were to be looked at. */
  Runnable refuseNoOpenClaim(String name, Optional<String> part, List<Claim> claims) {
    boolean byThisEvent = claims.stream().anyMatch(claim -> claim.canEndAt(at));
    return refuse(
        new Reason.NoOpenClaim(
            name(),
            version(),
            Reason.NoOpenClaim.Sought.CHARGED,
            name,
            part,
            at,
            lastEnd(claims),
            byThisEvent));
  }

  /** Refuses for want of anything that a subject was granted, or that is pending for it. */
  Runnable refuseNothingThere(
      Reason.NoOpenClaim.Sought sought, String subject, boolean byThisEvent) {
    return refuse(
        new Reason.NoOpenClaim(
            name(),
            version(),
            sought,
            subject,
            Optional.empty(),
            at,
            Optional.empty(),
            byThisEvent));
  }

  Runnable refuseNotEnough(long amount, long there) {
    return refuse(new Reason.NotEnough(name(), version(), amount, there, draft.contents.pending()));
  }

  /** Refuses to settle a claim for more than it has taken. */
  Runnable refuseMoreThanClaimed(long amount, Claim claim) {
    return refuse(
        new Reason.NotEnough(
            name(),
            version(),
            Reason.NotEnough.Of.CHARGED,
            Optional.of(claim.subject()),
            claim.part(),
            amount,
            tally.left(claim),
            draft.contents.pending()));
  }

  /** Refuses to take back more than is left of what a subject was granted. */
  Runnable refuseMoreThanGranted(long amount, String subject, long left) {
    return refuse(
        new Reason.NotEnough(
            name(),
            version(),
            Reason.NotEnough.Of.GRANTED,
            Optional.of(subject),
            Optional.empty(),
            amount,
            left,
            draft.contents.pending()));
  }

  /** Refuses what was done before. */
  Runnable refuseDone(Reason.AlreadyDone.Matter matter, String name, Optional<Instant> freeFrom) {
    return refuse(new Reason.AlreadyDone(name(), version(), matter, name, freeFrom, false));
  }

  /** Refuses what another rule of the event does. */
  Runnable refuseDoneByAnother(Reason.AlreadyDone.Matter matter, String name) {
    return refuse(new Reason.AlreadyDone(name(), version(), matter, name, Optional.empty(), true));
  }

  /** Refuses for want of something that the event should bring, or should bring otherwise. */
  Runnable refuseWithout(String fact) {
    Optional<FactValue> brought =
        switch (fact) {
          case "amount", "subject", "group" -> Optional.empty();
          default -> fact(fact);
        };
    return refuse(missing(Condition.Whose.EVENT, fact, List.of(), brought));
  }

  /** Refuses for want of what a quantity asks of the event. */
  Runnable refuseWithout(Quantity quantity) {
    return refuseWithout(
        quantity instanceof Quantity.OfEvent brought ? brought.fact() : Quantity.OfEvent.AMOUNT);
  }

  /** Refuses, unless the same reason stands against the rule already. */
  Runnable refuse(Reason reason) {
    if (!refusals().contains(reason)) {
      refusals = Few.plus(refusals, reason);
    }
    return RuleCase::nothing;
  }

  /** Returns what a rule does that has been refused: nothing. */
  Runnable alreadyRefused() {
    return RuleCase::nothing;
  }

  private static void nothing() {}
}
