package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;

import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.TransactionType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One rule that meets one occasion.
 *
 * <p>Each case of an effect judges first, collecting what speaks against it, and returns what is to
 * be done if nothing does; so nothing moves before the judgement is whole.
 */
final class RuleRun implements Effect.Cases<Runnable> {

  private final Draft draft;
  private final Rule rule;
  private final Policy policy;
  private final Judge.Occasion occasion;
  private final List<Consequence> consequences;
  private final List<Reason> refusals = new ArrayList<>();

  RuleRun(
      Draft draft,
      Rule rule,
      Policy policy,
      Judge.Occasion occasion,
      List<Consequence> consequences) {
    this.draft = draft;
    this.rule = rule;
    this.policy = policy;
    this.occasion = occasion;
    this.consequences = consequences;
  }

  /** Returns the reasons against the rule, not sorted; empty if it had its effect. */
  List<Reason> run() {
    if (rule.trigger().needsOpenClaim()) {
      subject().ifPresentOrElse(this::requireOpenClaim, () -> refuseWithout("subject"));
    }
    Runnable effect = rule.effect().match(this);
    if (refusals.isEmpty()) {
      effect.run();
    }
    return refusals;
  }

  private void requireOpenClaim(String subject) {
    Optional<Claim> claim = claim(subject);
    if (claim.filter(open -> open.isOpenAt(occasion.at())).isEmpty()) {
      refuse(noOpenClaim(subject, claim.flatMap(Claim::endedAt)));
    }
  }

  @Override
  public Runnable allot(Effect.Allot effect) {
    List<Line> lines = policy.plan(draft.plan).orElseThrow().allotment();
    return () -> grant(TransactionType.ALLOTMENT, parts(lines), List.of(), Optional.empty());
  }

  @Override
  public Runnable grant(Effect.Grant effect) {
    effect.once().ifPresent(this::checkOnce);
    if (effect.lines().stream().anyMatch(line -> amount(line.quantity()).isEmpty())) {
      return refuseWithout("amount");
    }
    List<PendingAward.Part> parts = parts(effect.lines());
    List<Limit> limits =
        effect.limits().stream().map(limit -> policy.limit(limit).orElseThrow()).toList();
    limits.forEach(limit -> checkRoom(limit, PendingAward.sum(parts)));
    return () -> {
      effect.once().ifPresent(this::markOnce);
      grant(effect.type(), parts, limits, effect.settlesAfter());
    };
  }

  private void checkOnce(Once once) {
    if (once instanceof Once.ForEver) {
      if (draft.done.contains(once.key())) {
        refuse(alreadyDone(Reason.AlreadyDone.Matter.GRANTED_FOR_EVER, once.key()));
      }
    } else {
      subject()
          .ifPresentOrElse(
              subject -> checkOncePerClaim(once, subject), () -> refuseWithout("subject"));
    }
  }

  private void checkOncePerClaim(Once once, String subject) {
    requireOpenClaim(subject);
    if (claim(subject).filter(claim -> claim.done().contains(once.key())).isPresent()) {
      refuse(alreadyDone(Reason.AlreadyDone.Matter.GRANTED_FOR_CLAIM, subject));
    }
  }

  private void markOnce(Once once) {
    if (once instanceof Once.ForEver) {
      draft.markDone(once.key());
    } else {
      Claim claim = subject().flatMap(this::claim).orElseThrow();
      draft.changeClaim(claim, claim.having(once.key()));
    }
  }

  private void checkRoom(Limit limit, long amount) {
    Duration length = Retention.length(limit.window());
    LimitUses uses = draft.contents.uses(limit.name());
    long left = uses.room(occasion.at(), length, limit.max());
    if (amount > left) {
      refuse(
          new Reason.NoRoom(
              rule.name(),
              policy.version(),
              limit.name(),
              limit.max(),
              limit.window(),
              amount,
              left,
              uses.opensAt(occasion.at(), length, limit.max(), amount)));
    }
  }

  private void grant(
      TransactionType type,
      List<PendingAward.Part> parts,
      List<Limit> limits,
      Optional<Duration> delay) {
    long amount = PendingAward.sum(parts);
    if (amount > 0) {
      limits.forEach(limit -> draft.use(limit.name(), occasion.at(), amount));
    }
    List<Room> rooms =
        limits.stream().map(limit -> draft.contents.room(limit, occasion.at())).toList();
    Instant due = occasion.at().plus(delay.orElse(Duration.ZERO));
    if (amount > 0 && due.isAfter(occasion.at())) {
      Ledger.earn(draft, award(type, parts, due));
      consequences.add(
          new Consequence.Earned(
              rule.name(), policy.version(), type, amount, occasion.at(), due, rooms));
    } else {
      Ledger.grant(draft, type, parts, cause());
      consequences.add(new Consequence.Granted(rule.name(), policy.version(), type, amount, rooms));
    }
  }

  private PendingAward award(TransactionType type, List<PendingAward.Part> parts, Instant due) {
    return new PendingAward(
        draft.nextNumber(), cause(), subject(), type, parts, occasion.at(), due);
  }

  @Override
  public Runnable charge(Effect.Charge effect) {
    OptionalLong amount = amount(effect.quantity());
    if (amount.isEmpty()) {
      return refuseWithout("amount");
    }
    long credits = amount.getAsLong();
    subject().flatMap(this::claim).ifPresent(claim -> refuse(charged(claim)));
    if (credits > draft.available) {
      refuse(
          new Reason.NotEnough(
              rule.name(), policy.version(), credits, draft.available, draft.pending));
    }
    return () -> charge(effect.label(), credits);
  }

  private void charge(String label, long amount) {
    List<Lot.Move> draws = Ledger.charge(draft, label, amount, cause());
    subject().ifPresent(subject -> draft.addClaim(claim(subject, amount, draws)));
    consequences.add(new Consequence.Charged(rule.name(), policy.version(), amount, subject()));
  }

  private Claim claim(String subject, long amount, List<Lot.Move> draws) {
    return new Claim(
        draft.nextNumber(),
        subject,
        occasion.event().flatMap(Event::group),
        occasion.at(),
        amount,
        draws,
        ImmutableSortedSet.of(),
        Optional.empty());
  }

  private Reason charged(Claim claim) {
    return new Reason.AlreadyDone(
        rule.name(),
        policy.version(),
        Reason.AlreadyDone.Matter.CHARGED,
        claim.subject(),
        claim.endedAt().map(draft.retention::forgottenFrom));
  }

  @Override
  public Runnable end(Effect.End effect) {
    return switch (effect.reach()) {
      case SUBJECT ->
          subject()
              .map(subject -> endSubject(effect, subject))
              .orElseGet(() -> refuseWithout("subject"));
      case GROUP ->
          occasion
              .event()
              .flatMap(Event::group)
              .map(group -> endGroup(effect, group))
              .orElseGet(() -> refuseWithout("group"));
    };
  }

  private Runnable endSubject(Effect.End effect, String subject) {
    Optional<Claim> claim = claim(subject);
    return claim
        .filter(open -> open.canEndAt(occasion.at()))
        .map(open -> (Runnable) () -> end(effect, open))
        .orElseGet(() -> refuse(noOpenClaim(subject, claim.flatMap(Claim::endedAt))));
  }

  private Runnable endGroup(Effect.End effect, String group) {
    List<Claim> open =
        draft.contents.openInGroup(group).stream()
            .filter(claim -> claim.canEndAt(occasion.at()))
            .toList();
    return open.isEmpty()
        ? refuse(noOpenClaim(group, Optional.empty()))
        : () -> open.forEach(claim -> end(effect, claim));
  }

  private void end(Effect.End effect, Claim claim) {
    draft.changeClaim(claim, claim.ended(occasion.at()));
    consequences.add(
        switch (effect.back()) {
          case ALL -> {
            Ledger.giveBack(draft, effect.label(), claim, cause());
            yield new Consequence.Returned(
                rule.name(), policy.version(), claim.subject(), claim.amount());
          }
          case NOTHING ->
              new Consequence.Kept(rule.name(), policy.version(), claim.subject(), claim.amount());
        });
  }

  @Override
  public Runnable forfeit(Effect.Forfeit effect) {
    return () -> {
      long cut = Ledger.forfeit(draft, effect, cause());
      if (cut > 0) {
        consequences.add(
            new Consequence.Forfeited(rule.name(), policy.version(), cut, effect.most()));
      }
    };
  }

  @Override
  public Runnable switchPlan(Effect.SwitchPlan effect) {
    Optional<FactValue> asked = occasion.event().flatMap(event -> event.fact(effect.fact()));
    if (!(asked.orElse(null) instanceof FactValue.Text name)) {
      return refuseWithout(effect.fact());
    }
    String plan = name.value();
    if (policy.plan(plan).isEmpty()) {
      throw new IllegalArgumentException(
          lenientFormat(
              "program %s, version %s, has no plan %s",
              draft.program.name(), policy.version(), Sentences.plain(plan)));
    }
    return plan.equals(draft.waitingPlan.orElse(draft.plan))
        ? refuse(alreadyDone(Reason.AlreadyDone.Matter.PLAN_COMING, plan))
        : () -> switchTo(plan);
  }

  private void switchTo(String plan) {
    boolean cancels = plan.equals(draft.plan);
    consequences.add(
        cancels
            ? new Consequence.PlanChangeCancelled(
                rule.name(), policy.version(), plan, draft.waitingPlan.orElseThrow())
            : new Consequence.PlanChangeWaits(rule.name(), policy.version(), plan, draft.renewsAt));
    draft.waitingPlan = cancels ? Optional.empty() : Optional.of(plan);
  }

  @Override
  public Runnable settle(Effect.Settle effect) {
    return subject().map(this::settle).orElseGet(() -> refuseWithout("subject"));
  }

  private Runnable settle(String subject) {
    List<PendingAward> awards = draft.contents.awardsOf(subject, occasion.at());
    return awards.isEmpty()
        ? refuse(noOpenClaim(subject, Optional.empty()))
        : () -> awards.forEach(award -> consequences.add(Timeline.settle(draft, award)));
  }

  @Override
  public Runnable nothing(Effect.Nothing effect) {
    Optional<Claim> open =
        subject().flatMap(this::claim).filter(claim -> claim.isOpenAt(occasion.at()));
    return refuse(
        new Reason.NoEffect(
            rule.name(), policy.version(), effect.because(), subject(), open.map(Claim::amount)));
  }

  private static void nothing() {}

  private Optional<String> subject() {
    return occasion.event().flatMap(Event::subject);
  }

  private Optional<Claim> claim(String subject) {
    return Optional.ofNullable(draft.contents.claims().get(subject));
  }

  private OptionalLong amount(Quantity quantity) {
    return quantity.amount(occasion.event().map(Event::amount).orElse(OptionalLong.empty()));
  }

  private List<PendingAward.Part> parts(List<Line> lines) {
    return lines.stream()
        .map(
            line ->
                new PendingAward.Part(
                    line.label(), line.source(), amount(line.quantity()).orElseThrow()))
        .toList();
  }

  private Cause cause() {
    return new Cause(occasion.event().map(Event::id), rule.name(), policy.version());
  }

  private Reason noOpenClaim(String name, Optional<Instant> endedAt) {
    return new Reason.NoOpenClaim(rule.name(), policy.version(), name, occasion.at(), endedAt);
  }

  private Reason alreadyDone(Reason.AlreadyDone.Matter matter, String name) {
    return new Reason.AlreadyDone(rule.name(), policy.version(), matter, name, Optional.empty());
  }

  /** Refuses for want of something that the event should bring. */
  private Runnable refuseWithout(String fact) {
    return refuse(
        new Reason.FactMissing(
            rule.name(),
            policy.version(),
            occasion.event().map(Event::type).orElse(""),
            Condition.Whose.EVENT,
            fact,
            List.of(),
            occasion.event().flatMap(event -> event.fact(fact))));
  }

  /** Refuses, unless the same reason stands against the rule already. */
  private Runnable refuse(Reason reason) {
    if (!refusals.contains(reason)) {
      refusals.add(reason);
    }
    return RuleRun::nothing;
  }
}
