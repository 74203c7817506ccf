package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;

/** How many credits an effect moves. */
public sealed interface Quantity {

  /**
   * Returns a fixed quantity.
   *
   * @param amount the number of credits; 0 or more
   * @return the quantity
   * @throws IllegalArgumentException if the amount is negative
   */
  static Quantity of(long amount) {
    return new Fixed(amount);
  }

  /**
   * Returns the quantity that the event itself brings.
   *
   * @return the quantity
   */
  static Quantity ofEvent() {
    return new OfEvent();
  }

  /**
   * Returns how many credits this is for an event.
   *
   * @param event what the event brings; empty if it brings no amount
   * @return 0 or more, or empty if this asks for an amount that the event does not bring
   */
  OptionalLong amount(OptionalLong event);

  /**
   * Always the same number.
   *
   * @param amount the number of credits; 0 or more
   */
  record Fixed(long amount) implements Quantity {

    public Fixed {
      checkArgument(amount >= 0, "amount must not be negative: %s", amount);
    }

    @Override
    public OptionalLong amount(OptionalLong event) {
      return OptionalLong.of(amount);
    }
  }

  /** The event's amount; an event without one lacks the fact {@code amount}. */
  record OfEvent() implements Quantity {
    @Override
    public OptionalLong amount(OptionalLong event) {
      return event;
    }
  }
}
