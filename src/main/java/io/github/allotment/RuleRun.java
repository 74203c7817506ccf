package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;

import com.google.common.collect.Sets;
import com.google.common.math.LongMath;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** How a rule forfeits, takes back what was granted, or changes what the wallet goes by. */
final class RuleRun {

  private final RuleCase rule;
  private final Draft draft;

  RuleRun(RuleCase rule) {
    this.rule = rule;
    draft = rule.draft;
  }

  Runnable forfeit(Effect.Forfeit effect) {
    return () -> {
      long most = Basis.most(effect.most(), rule);
      long cut = Ledger.forfeit(draft, effect, most, rule.cause());
      if (cut > 0) {
        did(new Consequence.Forfeited(name(), version(), cut, most));
      }
    };
  }

  Runnable revoke(Effect.Revoke effect) {
    return rule.subject()
        .map(subject -> revoke(effect, subject))
        .orElseGet(() -> rule.refuseWithout("subject"));
  }

  private Runnable revoke(Effect.Revoke effect, String subject) {
    List<PendingAward> awards = awardsOf(subject);
    List<Lot.Terms> lots = lotsOf(subject);
    if (awards.isEmpty() && lots.isEmpty()) {
      return rule.refuseNothingThere(Reason.NoOpenClaim.Sought.GRANTED, subject, false);
    }
    Set<Lot.Origin> grants = byGrant(lots).keySet();
    long granted = granted(awards, grants);
    long left = amount(awards) + left(lots);
    if (wantsAll(effect) && !areWhole(lots)) {
      return rule.refuseMoreThanGranted(granted, subject, left);
    }
    return () -> revokeNow(effect, subject, granted, grants, awards);
  }

  private List<PendingAward> awardsOf(String subject) {
    return draft.contents.awardsOf(subject, rule.at);
  }

  private List<Lot.Terms> lotsOf(String subject) {
    return draft.contents.lotsOf(subject, rule.at);
  }

  /**
   * Returns what grants brought in all of which there is still something, at most what a {@code
   * long} holds: what is used up of it counts too, so that it may be more than fits.
   */
  private static long granted(List<PendingAward> awards, Set<Lot.Origin> grants) {
    return grants.stream()
        .mapToLong(Lot.Origin::amount)
        .reduce(amount(awards), LongMath::saturatedAdd);
  }

  private static Map<Lot.Origin, List<Lot.Terms>> byGrant(List<Lot.Terms> lots) {
    return lots.stream()
        .collect(
            Collectors.groupingBy(
                lot -> lot.origin().orElseThrow(), LinkedHashMap::new, Collectors.toList()));
  }

  private static long amount(List<PendingAward> awards) {
    return awards.stream().mapToLong(PendingAward::amount).reduce(0, Math::addExact);
  }

  private long left(Collection<Lot.Terms> lots) {
    return lots.stream().mapToLong(lot -> draft.contents.left(lot)).sum();
  }

  private static boolean wantsAll(Effect.Revoke effect) {
    return effect.shortfall() == Effect.Charge.Shortfall.REFUSE;
  }

  /** Tells whether all is there that grants brought of which there is still something. */
  private boolean areWhole(List<Lot.Terms> lots) {
    return byGrant(lots).entrySet().stream()
        .allMatch(grant -> left(grant.getValue()) == grant.getKey().amount());
  }

  /**
   * Takes back what is there now: an earlier rule of the event may have taken from what there was,
   * or given more back.
   */
  private void revokeNow(
      Effect.Revoke effect,
      String subject,
      long granted,
      Set<Lot.Origin> grants,
      List<PendingAward> pending) {
    List<PendingAward> awards = awardsOf(subject);
    List<Lot.Terms> lots = lotsOf(subject);
    long left = left(lots);
    if (wantsAll(effect) && !areThere(grants, pending, lots, awards)) {
      Set<Lot.Origin> all = Sets.union(grants, byGrant(lots).keySet());
      rule.refuseMoreThanGranted(granted(awards, all), subject, amount(awards) + left);
      return;
    }
    long asked = Math.max(granted, granted(awards, byGrant(lots).keySet()));
    long due = amount(awards);
    for (PendingAward award : awards) {
      Ledger.revoke(draft, award);
      regain(award.regained(), award.earnedAt(), award.amount());
    }
    byGrant(lots).forEach((grant, some) -> regain(grant.regained(), grant.earnedAt(), left(some)));
    Ledger.revoke(draft, effect.label(), lots, rule.cause());
    did(new Consequence.Revoked(name(), version(), subject, left, due, asked));
  }

  /** Tells whether what was there is there now, or has settled, and nothing of it was taken. */
  private boolean areThere(
      Set<Lot.Origin> grants,
      List<PendingAward> pending,
      List<Lot.Terms> lots,
      List<PendingAward> awards) {
    Set<Lot.Origin> now = byGrant(lots).keySet();
    return now.containsAll(grants)
        && areWhole(lots)
        && pending.stream()
            .allMatch(
                award ->
                    awards.contains(award) || award.origin().filter(now::contains).isPresent());
  }

  private void regain(List<String> limits, Instant earnedAt, long amount) {
    for (String limit : limits) {
      rule.policy()
          .limit(limit)
          .ifPresent(found -> Limits.giveBack(draft, found, earnedAt, amount));
    }
  }

  Runnable restart(Effect.Restart effect) {
    return () -> {
      Instant from = draft.terms.restarts().get(effect.tick());
      if (from == null || rule.at.isAfter(from)) {
        Optional<Instant> last = Timeline.lastTick(draft, effect.tick()).filter(rule.at::isBefore);
        draft.restart(effect.tick(), rule.at);
        draft.notTickedSince(effect.tick(), last.orElse(rule.at));
        did(new Consequence.Restarted(name(), version(), effect.tick(), rule.at));
      }
    };
  }

  Runnable switchPlan(Effect.SwitchPlan effect) {
    if (!(rule.fact(effect.fact()).orElse(null) instanceof FactValue.Text asked)) {
      return rule.refuseWithout(effect.fact());
    }
    String plan = asked.value();
    checkPlan(plan);
    boolean waits = effect.when() == Effect.SwitchPlan.When.NEXT_RENEWAL;
    String coming = draft.terms.waitingPlan().orElse(draft.plan());
    boolean cancels = !waits && draft.terms.waitingPlan().isPresent();
    if (plan.equals(coming) && !cancels) {
      return rule.refuseDone(Reason.AlreadyDone.Matter.PLAN_COMING, plan, Optional.empty());
    } else if (!rule.tally.switchPlan()) {
      return rule.refuseDoneByAnother(Reason.AlreadyDone.Matter.PLAN_COMING, plan);
    }
    if (waits || plan.equals(draft.plan())) {
      return () -> switchLater(plan);
    }
    return effect.when() == Effect.SwitchPlan.When.AT_ONCE
        ? () -> switchNow(plan, () -> {})
        : () -> switchNow(plan, () -> draft.restartCycle(planOf(plan), draft.clock));
  }

  /** A version may be adopted by the very change to a plan that it brings. */
  private void checkPlan(String plan) {
    Instant at = rule.at;
    Policy coming = draft.derived.program().versionAt(at, draft.openedAt(), at).orElseThrow();
    if (coming.plan(plan).isEmpty()) {
      throw new IllegalArgumentException(
          lenientFormat(
              "program %s, version %s, has no plan %s",
              draft.derived.program().name(), coming.version(), Sentences.plain(plan)));
    }
  }

  private Plan planOf(String plan) {
    return draft.version().plan(plan).orElseThrow();
  }

  private void switchLater(String plan) {
    boolean cancels = plan.equals(draft.plan());
    did(
        cancels
            ? new Consequence.PlanChangeCancelled(
                name(), version(), plan, draft.terms.waitingPlan().orElseThrow())
            : new Consequence.PlanChangeWaits(name(), version(), plan, draft.renewsAt));
    draft.change(edit -> edit.waitingPlan = cancels ? Optional.empty() : Optional.of(plan));
  }

  private void switchNow(String plan, Runnable between) {
    did(new Consequence.PlanChanged(name(), version(), plan, draft.clock));
    rule.judge.changePlan(draft, plan, between);
  }

  Runnable setFact(Effect.SetFact effect) {
    return effect
        .value()
        .or(() -> rule.fact(effect.fact()))
        .map(value -> (Runnable) () -> setFact(effect.fact(), value))
        .orElseGet(() -> rule.refuseWithout(effect.fact()));
  }

  private void setFact(String fact, FactValue value) {
    draft.change(edit -> edit.facts = TermsEdit.with(draft.terms.facts(), fact, value));
    did(new Consequence.FactSet(name(), version(), fact, value));
  }

  Runnable settle() {
    return rule.subject().map(this::settle).orElseGet(() -> rule.refuseWithout("subject"));
  }

  private Runnable settle(String subject) {
    boolean isFirst = rule.tally.settle();
    boolean isNone = awardsOf(subject).isEmpty();
    return isNone || !isFirst
        ? rule.refuseNothingThere(Reason.NoOpenClaim.Sought.PENDING, subject, !isNone)
        : () -> settleNow(subject);
  }

  private void settleNow(String subject) {
    List<PendingAward> awards = awardsOf(subject);
    if (awards.isEmpty()) {
      rule.refuseNothingThere(Reason.NoOpenClaim.Sought.PENDING, subject, true);
    }
    awards.forEach(award -> did(Timeline.settle(draft, award)));
  }

  Runnable nothing(Effect.Nothing effect) {
    OptionalLong held = OptionalLong.empty();
    for (Claim claim : rule.subject().map(rule::claims).orElse(List.of())) {
      if (claim.canEndAt(rule.at) && canComeBack(claim)) {
        held = OptionalLong.of(LongMath.saturatedAdd(held.orElse(0), stillThere(claim)));
      }
    }
    return rule.refuse(
        new Reason.NoEffect(name(), version(), effect.because(), rule.subject(), held));
  }

  /** Tells whether a rule, or time, can give back what a claim has taken. */
  private boolean canComeBack(Claim claim) {
    return claim.lapse().filter(Claim.Lapse::returns).isPresent()
        || rule.policy().rules().stream().anyMatch(any -> Claiming.givesBack(any, claim));
  }

  /** Returns how much of what a claim has taken would not be gone at once if it came back now. */
  private long stillThere(Claim claim) {
    boolean renews =
        claim.lapse().filter(Claim.Lapse::renews).isPresent()
            || rule.policy().rules().stream()
                .anyMatch(any -> Claiming.givesBack(any, claim) && Claiming.renews(any));
    return claim.draws().stream()
        .filter(draw -> Ledger.staysWhenBack(draft, draw.lot(), renews, version()))
        .mapToLong(Lot.Move::amount)
        .sum();
  }

  private void did(Consequence consequence) {
    draft.tell(consequence);
  }

  private String name() {
    return rule.name();
  }

  private String version() {
    return rule.version();
  }
}
