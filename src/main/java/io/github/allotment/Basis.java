package io.github.allotment;

import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Quantity;
import java.util.OptionalLong;

/** What quantities depend on, for one wallet and one event. */
record Basis(OptionalLong ofEvent, long ofPlan) implements Quantity.Basis {

  static Basis of(Plan plan) {
    return new Basis(OptionalLong.empty(), plan.size());
  }

  Basis with(OptionalLong amount) {
    return new Basis(amount, ofPlan);
  }

  /** Returns the quantity of a limit or a forfeit, which does not depend on the event. */
  long most(Quantity quantity) {
    return quantity.amount(this).orElseThrow();
  }
}
