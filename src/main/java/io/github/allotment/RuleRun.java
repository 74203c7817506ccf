package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.TransactionType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One rule that meets one occasion.
 *
 * <p>Each case of an effect judges first, collecting what speaks against it, and returns what is to
 * be done if nothing does; so nothing moves before the judgement is whole.
 */
final class RuleRun implements Effect.Cases<Runnable> {

  private final Judge judge;
  private final Draft draft;
  private final Rule rule;
  private final Policy policy;
  private final Judge.Occasion occasion;
  private final List<Consequence> consequences;
  private final List<Reason> refusals = new ArrayList<>();

  RuleRun(
      Judge judge,
      Draft draft,
      Rule rule,
      Policy policy,
      Judge.Occasion occasion,
      List<Consequence> consequences) {
    this.judge = judge;
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
      refuse(noOpenClaim(subject, claim.flatMap(Claim::closesAt)));
    }
  }

  @Override
  public Runnable allot(Effect.Allot effect) {
    List<PendingAward.Part> all = parts(policy.plan(draft.plan).orElseThrow().allotment());
    List<PendingAward.Part> parts =
        switch (effect.how()) {
          case FULL -> all;
          case REFILL -> missing(all);
          case PRORATED -> Parts.scaled(all, prorated(PendingAward.sum(all)));
          case DIFFERENCE -> Parts.scaled(all, Math.max(0, PendingAward.sum(all) - sizeOfLeft()));
        };
    return grant(TransactionType.ALLOTMENT, parts, effect.limits(), Duration.ZERO);
  }

  /** Returns what the parts lack of being filled, each from what its own source holds. */
  private List<PendingAward.Part> missing(List<PendingAward.Part> parts) {
    Map<String, Long> held = new HashMap<>();
    List<PendingAward.Part> missing = new ArrayList<>();
    for (PendingAward.Part part : parts) {
      long there =
          held.computeIfAbsent(part.source(), source -> draft.contents.held(List.of(source)));
      long filled = Math.min(there, part.amount());
      held.put(part.source(), there - filled);
      missing.add(new PendingAward.Part(part.label(), part.source(), part.amount() - filled));
    }
    return missing;
  }

  private long prorated(long amount) {
    LocalDate firstWhole =
        draft.today().atStartOfDay(draft.before.zone()).toInstant().equals(draft.clock)
            ? draft.today()
            : draft.today().plusDays(1);
    LocalDate start = Cycles.date(draft.anchor, draft.cycle, draft.cycleIndex);
    LocalDate end = Cycles.date(draft.anchor, draft.cycle, draft.cycleIndex + 1);
    long left = ChronoUnit.DAYS.between(firstWhole, end);
    long days = ChronoUnit.DAYS.between(start, end);
    return Parts.share(amount, Math.min(left, days), days);
  }

  private long sizeOfLeft() {
    return draft.leftPlan.flatMap(policy::plan).map(Plan::size).orElse(0L);
  }

  @Override
  public Runnable grant(Effect.Grant effect) {
    effect.once().ifPresent(this::checkOnce);
    if (effect.lines().stream().anyMatch(line -> amount(line.quantity()).isEmpty())) {
      return refuseWithout("amount");
    }
    Runnable grant =
        grant(
            effect.type(),
            parts(effect.lines()),
            effect.limits(),
            effect.settlesAfter().orElse(Duration.ZERO));
    return () -> {
      effect.once().ifPresent(this::markOnce);
      grant.run();
    };
  }

  private Runnable grant(
      TransactionType type,
      List<PendingAward.Part> asked,
      List<Effect.Within> limits,
      Duration delay) {
    long fitting = fitting(PendingAward.sum(asked), limits);
    return () -> grant(type, asked, fitting, limits, delay);
  }

  /**
   * Returns how much of an amount the limits let through, having refused it if one does not: what
   * the cutting limits leave must fit the others.
   */
  private long fitting(long amount, List<Effect.Within> limits) {
    long cut = amount;
    for (Effect.Within within : limits) {
      if (within.excess() == Effect.Within.Excess.CUT) {
        cut = Math.min(cut, fitting(within, cut, Math.min(cut, 1)));
      }
    }
    for (Effect.Within within : limits) {
      if (within.excess() == Effect.Within.Excess.REFUSE) {
        fitting(within, cut, cut);
      }
    }
    return cut;
  }

  /** Returns what a limit has left, having refused an amount if that is less than the least. */
  private long fitting(Effect.Within within, long amount, long least) {
    Limits limit = limits(within);
    long left = limit.room(occasion.at()).left();
    if (left < least) {
      refuse(noRoom(limit, within.limit(), amount, left));
    }
    return left;
  }

  private Limits limits(Effect.Within within) {
    return new Limits(
        draft.contents, draft.times(), limit(within), draft.basis(policy, occasion.at()));
  }

  private Limit limit(Effect.Within within) {
    return policy.limit(within.limit()).orElseThrow();
  }

  private Reason noRoom(Limits limits, String name, long amount, long left) {
    return new Reason.NoRoom(
        rule.name(),
        policy.version(),
        name,
        limits.max(),
        policy.limit(name).orElseThrow().window(),
        amount,
        left,
        limits.opensAt(occasion.at(), amount));
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

  private void grant(
      TransactionType type,
      List<PendingAward.Part> asked,
      long amount,
      List<Effect.Within> limits,
      Duration delay) {
    List<PendingAward.Part> parts = Parts.first(asked, amount);
    if (amount > 0) {
      limits.forEach(within -> Limits.count(draft, limit(within), occasion.at(), amount));
    }
    Instant due = occasion.at().plus(delay);
    boolean later = amount > 0 && due.isAfter(occasion.at());
    if (later) {
      Ledger.earn(draft, award(type, parts, due));
    } else {
      Ledger.grant(draft, type, parts, cause());
    }
    long all = PendingAward.sum(asked);
    List<Room> rooms = limits.stream().map(this::limits).map(this::room).toList();
    consequences.add(
        later
            ? new Consequence.Earned(
                rule.name(), policy.version(), type, amount, all, occasion.at(), due, rooms)
            : new Consequence.Granted(rule.name(), policy.version(), type, amount, all, rooms));
  }

  private Room room(Limits limits) {
    return limits.room(occasion.at());
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
    long asked = amount.getAsLong();
    subject().flatMap(this::claim).ifPresent(claim -> refuse(charged(claim)));
    boolean takesLess = effect.shortfall() == Effect.Charge.Shortfall.TAKE_WHAT_IS_THERE;
    if (asked > draft.available && !takesLess) {
      refuse(notEnough(asked, draft.available));
    }
    return () -> charge(effect, asked, Math.min(asked, draft.available));
  }

  private Reason notEnough(long amount, long there) {
    return new Reason.NotEnough(rule.name(), policy.version(), amount, there, draft.pending);
  }

  private void charge(Effect.Charge effect, long asked, long amount) {
    List<Lot.Move> draws = Ledger.charge(draft, effect.type(), effect.label(), amount, cause());
    subject().ifPresent(subject -> draft.addClaim(claim(effect, subject, amount, draws)));
    consequences.add(
        new Consequence.Charged(rule.name(), policy.version(), amount, asked, subject()));
  }

  private Claim claim(Effect.Charge effect, String subject, long amount, List<Lot.Move> draws) {
    return new Claim(
        draft.nextNumber(),
        subject,
        occasion.event().flatMap(Event::group),
        occasion.at(),
        amount,
        draws,
        ImmutableSortedSet.of(),
        effect
            .lapse()
            .map(
                lapse ->
                    new Claim.Lapse(
                        occasion.at().plus(lapse.after()), lapse.back() == Effect.End.Back.ALL)),
        Optional.empty());
  }

  private Reason charged(Claim claim) {
    return new Reason.AlreadyDone(
        rule.name(),
        policy.version(),
        Reason.AlreadyDone.Matter.CHARGED,
        claim.subject(),
        claim.closesAt().map(draft.derived::forgottenFrom));
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
    Optional<Claim> found = claim(subject).filter(claim -> claim.canEndAt(occasion.at()));
    if (found.isEmpty()) {
      return refuse(noOpenClaim(subject, claim(subject).flatMap(Claim::closesAt)));
    }
    Claim claim = found.get();
    OptionalLong brought = occasion.event().map(Event::amount).orElse(OptionalLong.empty());
    return switch (effect.back()) {
      case ALL -> () -> end(effect, claim, claim.amount());
      case NOTHING -> () -> end(effect, claim, 0);
      case ALL_BUT_EVENT ->
          ofClaim(claim, brought, () -> end(effect, claim, claim.amount() - brought.orElse(0)));
      case EVENT_AND_STAY_OPEN ->
          ofClaim(claim, brought, () -> giveBackPart(effect, claim, brought.orElse(0)));
    };
  }

  /** Returns what to do with an amount that must be there and not exceed the claim's. */
  private Runnable ofClaim(Claim claim, OptionalLong amount, Runnable effect) {
    if (amount.isEmpty()) {
      return refuseWithout("amount");
    }
    return amount.getAsLong() > claim.amount()
        ? refuse(notEnough(amount.getAsLong(), claim.amount()))
        : effect;
  }

  private Runnable endGroup(Effect.End effect, String group) {
    List<Claim> open =
        draft.contents.openInGroup(group).stream()
            .filter(claim -> claim.canEndAt(occasion.at()))
            .toList();
    boolean returns = effect.back() == Effect.End.Back.ALL;
    return open.isEmpty()
        ? refuse(noOpenClaim(group, Optional.empty()))
        : () -> open.forEach(claim -> end(effect, claim, returns ? claim.amount() : 0));
  }

  private void end(Effect.End effect, Claim claim, long amount) {
    draft.changeClaim(claim, claim.ended(occasion.at()));
    giveBack(effect, claim.lastDraws(amount));
    consequences.add(
        effect.back() == Effect.End.Back.NOTHING
            ? new Consequence.Kept(rule.name(), policy.version(), claim.subject(), claim.amount())
            : new Consequence.Returned(
                rule.name(), policy.version(), claim.subject(), amount, draft.clock));
  }

  private void giveBackPart(Effect.End effect, Claim claim, long amount) {
    draft.changeClaim(claim, claim.less(amount, claim.firstDraws(claim.amount() - amount)));
    giveBack(effect, claim.lastDraws(amount));
    consequences.add(
        new Consequence.Returned(
            rule.name(), policy.version(), claim.subject(), amount, draft.clock));
  }

  private void giveBack(Effect.End effect, List<Lot.Move> draws) {
    List<Lot.Move> returned =
        switch (effect.expired()) {
          case EXPIRES -> draws;
          case NEW_LOT -> draws.stream().map(this::renewedIfExpired).toList();
        };
    Ledger.giveBack(draft, effect.label(), returned, cause());
  }

  private Lot.Move renewedIfExpired(Lot.Move draw) {
    boolean expired = draw.lot().expiresAt().filter(at -> !at.isAfter(draft.clock)).isPresent();
    return expired
        ? new Lot.Move(
            draft.newLot(draw.lot().source(), draft.clock, policy.version()), draw.amount())
        : draw;
  }

  @Override
  public Runnable forfeit(Effect.Forfeit effect) {
    return () -> {
      long most = draft.basis(policy, occasion.at()).most(effect.most());
      long cut = Ledger.forfeit(draft, effect, most, cause());
      if (cut > 0) {
        consequences.add(new Consequence.Forfeited(rule.name(), policy.version(), cut, most));
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
    boolean waits = effect.when() == Effect.SwitchPlan.When.NEXT_RENEWAL;
    String coming = waits ? draft.waitingPlan.orElse(draft.plan) : draft.plan;
    boolean cancels = !waits && draft.waitingPlan.isPresent();
    if (plan.equals(coming) && !cancels) {
      return refuse(alreadyDone(Reason.AlreadyDone.Matter.PLAN_COMING, plan));
    }
    if (waits || plan.equals(draft.plan)) {
      return () -> switchLater(plan);
    }
    return effect.when() == Effect.SwitchPlan.When.AT_ONCE
        ? () -> switchNow(plan, () -> {})
        : () -> switchNow(plan, () -> draft.restartCycle(planOf(plan)));
  }

  private Plan planOf(String plan) {
    return draft.version(draft.clock).plan(plan).orElseThrow();
  }

  private void switchLater(String plan) {
    boolean cancels = plan.equals(draft.plan);
    consequences.add(
        cancels
            ? new Consequence.PlanChangeCancelled(
                rule.name(), policy.version(), plan, draft.waitingPlan.orElseThrow())
            : new Consequence.PlanChangeWaits(rule.name(), policy.version(), plan, draft.renewsAt));
    draft.waitingPlan = cancels ? Optional.empty() : Optional.of(plan);
  }

  private void switchNow(String plan, Runnable between) {
    consequences.add(new Consequence.PlanChanged(rule.name(), policy.version(), plan, draft.clock));
    judge.changePlan(draft, plan, consequences, between);
  }

  @Override
  public Runnable setFact(Effect.SetFact effect) {
    Optional<FactValue> value =
        effect.value().or(() -> occasion.event().flatMap(event -> event.fact(effect.fact())));
    return value
        .map(set -> (Runnable) () -> setFact(effect.fact(), set))
        .orElseGet(() -> refuseWithout(effect.fact()));
  }

  private void setFact(String fact, FactValue value) {
    draft.facts =
        ImmutableSortedMap.<String, FactValue>naturalOrder()
            .putAll(Maps.filterKeys(draft.facts, name -> !name.equals(fact)))
            .put(fact, value)
            .buildOrThrow();
    consequences.add(new Consequence.FactSet(rule.name(), policy.version(), fact, value));
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
        subject().flatMap(this::claim).filter(claim -> claim.canEndAt(occasion.at()));
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
    OptionalLong brought = occasion.event().map(Event::amount).orElse(OptionalLong.empty());
    return quantity.amount(draft.basis(policy, occasion.at()).with(brought));
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
            Optional.empty()));
  }

  /** Refuses, unless the same reason stands against the rule already. */
  private Runnable refuse(Reason reason) {
    if (!refusals.contains(reason)) {
      refusals.add(reason);
    }
    return RuleRun::nothing;
  }
}
