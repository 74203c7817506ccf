package io.github.allotment;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One rule that meets one occasion: what its effects look at, and what speaks against it. */
final class RuleCase implements Quantity.Basis {

  final Judge judge;
  final Draft draft;
  final ReadyRule ready;
  final Judge.Occasion occasion;
  final Tally tally;
  private @Nullable List<Reason> refusals;
  private @Nullable Runnable effect;

  RuleCase(Judge judge, Draft draft, ReadyRule ready, Judge.Occasion occasion, Tally tally) {
    this.judge = judge;
    this.draft = draft;
    this.ready = ready;
    this.occasion = occasion;
    this.tally = tally;
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

  /** Judges the rule, and keeps what it is to do. */
  void judge() {
    Rule rule = ready.rule();
    if (rule.trigger().needsOpenClaim() && !asksForClaim(rule.effect())) {
      subject().ifPresentOrElse(this::requireOpenClaim, () -> refuseWithout("subject"));
    }
    effect = ready.judging().apply(this);
  }

  /** Tells whether judging an effect asks for an open claim anyway. */
  private static boolean asksForClaim(Effect effect) {
    return effect instanceof Effect.Grant grant
        && grant.once().isPresent()
        && grant.once().get() instanceof Once.PerClaim;
  }

  /** Lets the rule act, which was judged and nothing speaks against. */
  void act() {
    requireNonNull(effect).run();
  }

  /** Returns the reasons against the rule, not sorted. */
  List<Reason> refusals() {
    return Few.orNone(refusals);
  }

  Optional<String> subject() {
    return occasion.event().flatMap(Event::subject);
  }

  /** Returns the remembered claims of a subject and its parts, in order of arrival. */
  List<Claim> claims(String subject) {
    return draft.contents.claimsOf(subject);
  }

  /**
   * Returns the first of a subject's claims that is open at the occasion's own instant, or null.
   */
  @Nullable Claim openClaim(String subject) {
    return draft.contents.openClaim(subject, occasion.at());
  }

  /** Returns the subject's open claim; null, having refused the rule, if there is none. */
  @Nullable Claim requireOpenClaim(String subject) {
    Claim open = openClaim(subject);
    if (open == null) {
      refuseNoOpenClaim(subject, lastEnd(claims(subject)));
    }
    return open;
  }

  /** Returns when the last of some claims closed. */
  static Optional<Instant> lastEnd(List<Claim> claims) {
    Optional<Instant> last = Optional.empty();
    for (Claim claim : claims) {
      Optional<Instant> closes = claim.closesAt();
      if (last.isEmpty() || (closes.isPresent() && closes.get().isAfter(last.get()))) {
        last = closes;
      }
    }
    return last;
  }

  OptionalLong amount(Quantity quantity) {
    return quantity.amount(this);
  }

  @Override
  public long ofPlan() {
    return policy().plan(draft.planAt(occasion.at())).orElseThrow().size();
  }

  @Override
  public OptionalLong ofEvent(String fact) {
    if (fact.equals(Quantity.OfEvent.AMOUNT)) {
      return occasion.event().map(Event::amount).orElse(OptionalLong.empty());
    }
    return fact(fact).orElse(null) instanceof FactValue.Whole whole && whole.value() >= 0
        ? OptionalLong.of(whole.value())
        : OptionalLong.empty();
  }

  Optional<FactValue> fact(String name) {
    return occasion.event().flatMap(event -> event.fact(name));
  }

  Cause cause() {
    Optional<String> id = occasion.event().map(Event::id);
    String name = name();
    String version = version();
    return new Cause(id, name, version);
  }

  Runnable refuseNoOpenClaim(String name, Optional<Instant> endedAt) {
    return refuse(new Reason.NoOpenClaim(name(), version(), name, occasion.at(), endedAt));
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
            amount,
            left,
            draft.contents.pending()));
  }

  Runnable refuseDone(Reason.AlreadyDone.Matter matter, String name, Optional<Instant> freeFrom) {
    return refuse(new Reason.AlreadyDone(name(), version(), matter, name, freeFrom));
  }

  /** Refuses for want of something that the event should bring, or should bring otherwise. */
  Runnable refuseWithout(String fact) {
    return refuse(
        new Reason.FactMissing(
            name(),
            version(),
            occasion.event().map(Event::type).orElse(""),
            Condition.Whose.EVENT,
            fact,
            List.of(),
            fact(fact)));
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
