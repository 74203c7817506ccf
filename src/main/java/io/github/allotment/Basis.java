package io.github.allotment;

import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Quantity;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What the quantities of limits and forfeits depend on: the plan alone. */
record Basis(Supplier<Plan> plan) implements Quantity.Basis {

  @Override
  public long ofPlan() {
    return plan.get().size();
  }

  @Override
  public OptionalLong ofEvent(String fact) {
    return OptionalLong.empty();
  }

  /** Returns the quantity of a limit or a forfeit, which does not depend on an event. */
  static long most(Quantity quantity, Quantity.Basis basis) {
    return quantity.amount(basis).orElseThrow();
  }
}
