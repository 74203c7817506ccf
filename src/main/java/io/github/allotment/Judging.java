package io.github.allotment;

import io.github.allotment.policy.Effect;
import java.util.function.Function;

/**
 * Finds, once for each rule, how its effect is judged.
 *
 * <p>Each way judges first, collecting what speaks against the rule, and returns what is to be done
 * if nothing does; so nothing moves before the judgement is whole.
 */
record Judging() implements Effect.Cases<Function<RuleCase, Runnable>> {

  @Override
  public Function<RuleCase, Runnable> allot(Effect.Allot effect) {
    return rule -> new Granting(rule).allot(effect);
  }

  @Override
  public Function<RuleCase, Runnable> grant(Effect.Grant effect) {
    return rule -> new Granting(rule).grant(effect);
  }

  @Override
  public Function<RuleCase, Runnable> charge(Effect.Charge effect) {
    return rule -> new Claiming(rule).charge(effect);
  }

  @Override
  public Function<RuleCase, Runnable> end(Effect.End effect) {
    return rule -> new Claiming(rule).end(effect);
  }

  @Override
  public Function<RuleCase, Runnable> forfeit(Effect.Forfeit effect) {
    return rule -> new RuleRun(rule).forfeit(effect);
  }

  @Override
  public Function<RuleCase, Runnable> revoke(Effect.Revoke effect) {
    return rule -> new RuleRun(rule).revoke(effect);
  }

  @Override
  public Function<RuleCase, Runnable> restart(Effect.Restart effect) {
    return rule -> new RuleRun(rule).restart(effect);
  }

  @Override
  public Function<RuleCase, Runnable> switchPlan(Effect.SwitchPlan effect) {
    return rule -> new RuleRun(rule).switchPlan(effect);
  }

  @Override
  public Function<RuleCase, Runnable> setFact(Effect.SetFact effect) {
    return rule -> new RuleRun(rule).setFact(effect);
  }

  @Override
  public Function<RuleCase, Runnable> settle(Effect.Settle effect) {
    return rule -> new RuleRun(rule).settle();
  }

  @Override
  public Function<RuleCase, Runnable> nothing(Effect.Nothing effect) {
    return rule -> new RuleRun(rule).nothing(effect);
  }
}
