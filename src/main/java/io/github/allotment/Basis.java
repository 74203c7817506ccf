package io.github.allotment;

import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import java.util.OptionalLong;

/** What the quantities of limits and forfeits depend on: the plan alone. */
interface Basis extends Quantity.Basis {

  @Override
  default OptionalLong ofEvent(String fact) {
    return OptionalLong.empty();
  }

  /** A plan. */
  record OfPlan(Plan plan) implements Basis {

    @Override
    public long ofPlan() {
      return plan.size();
    }
  }

  /** The plan that a wallet is on, as a version has it. */
  record OfWallet(Policy version, Wallet wallet) implements Basis {

    @Override
    public long ofPlan() {
      return version.plan(wallet.plan()).orElseThrow().size();
    }
  }

  /** Returns the quantity of a limit or a forfeit, which does not depend on an event. */
  static long most(Quantity quantity, Quantity.Basis basis) {
    return quantity.amount(basis).orElseThrow();
  }
}
