package io.github.allotment;

import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Quantity;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What quantities depend on, for one wallet and one event; what none asks for is not reckoned. */
record Basis(Optional<Event> event, Supplier<Plan> plan) implements Quantity.Basis {

  static Basis of(Plan plan) {
    return new Basis(Optional.empty(), () -> plan);
  }

  @Override
  public long ofPlan() {
    return plan.get().size();
  }

  @Override
  public OptionalLong ofEvent(String fact) {
    if (fact.equals(Quantity.OfEvent.AMOUNT)) {
      return event.map(Event::amount).orElse(OptionalLong.empty());
    }
    return event.flatMap(brings -> brings.fact(fact)).orElse(null) instanceof FactValue.Whole whole
            && whole.value() >= 0
        ? OptionalLong.of(whole.value())
        : OptionalLong.empty();
  }

  /** Returns the quantity of a limit or a forfeit, which does not depend on the event. */
  long most(Quantity quantity) {
    return quantity.amount(this).orElseThrow();
  }
}
