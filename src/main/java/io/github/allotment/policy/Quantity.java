package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import java.util.OptionalLong;

/** How many credits an effect moves, or the most that a limit or a forfeit allows. */
public sealed interface Quantity {

  /** What a quantity may depend on. */
  interface Basis {

    /**
     * Returns what the event brings under a name.
     *
     * @param fact the name of one of its facts, or {@code amount} for the event's own
     * @return 0 or more; empty if it brings no such number, or is the calendar's
     */
    OptionalLong ofEvent(String fact);

    /**
     * Returns the size of the wallet's plan.
     *
     * @return what the plan allots in a cycle; 0 or more
     */
    long ofPlan();
  }

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
    return new OfEvent(OfEvent.AMOUNT);
  }

  /**
   * Returns the quantity that a fact of the event says.
   *
   * @param fact the fact's name; not blank
   * @return the quantity
   */
  static Quantity ofEvent(String fact) {
    return new OfEvent(fact);
  }

  /**
   * Returns a multiple of the size of the wallet's plan.
   *
   * <p>For example 4 times a plan of 30 is 120. At a renewal it is the plan of the coming cycle.
   *
   * @param times how many times; 0 or more
   * @return the quantity
   * @throws IllegalArgumentException if the number is negative
   */
  static OfPlan ofPlan(long times) {
    return new OfPlan(times, 0);
  }

  /**
   * Returns how many credits this is.
   *
   * @param basis what it may depend on
   * @return 0 or more, or empty if this asks for an amount that the event does not bring; {@link
   *     Long#MAX_VALUE} for what is more than that
   */
  OptionalLong amount(Basis basis);

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
    public OptionalLong amount(Basis basis) {
      return OptionalLong.of(amount);
    }
  }

  /**
   * What the event brings: its amount, or a fact of it that is a whole number of 0 or more. An
   * event without it is refused.
   *
   * <p>For example a proposal that costs 6 and is boosted with 10 brings the amount 6 and the fact
   * {@code boost}, 10.
   *
   * @param fact the fact's name, {@code amount} for the event's own amount; not blank
   */
  record OfEvent(String fact) implements Quantity {

    /** The name that stands for the event's own amount. */
    public static final String AMOUNT = "amount";

    public OfEvent {
      Names.check("fact", fact);
    }

    @Override
    public OptionalLong amount(Basis basis) {
      return basis.ofEvent(fact);
    }
  }

  /**
   * A multiple of the size of the wallet's plan, with a floor.
   *
   * <p>For example a rollover of one plan's size and at least 10: on a plan of 45 it is 45, on one
   * of 8 it is 10.
   *
   * @param times how many times the plan's size; 0 or more
   * @param least the floor; 0 or more
   */
  record OfPlan(long times, long least) implements Quantity {

    public OfPlan {
      checkArgument(times >= 0, "times must not be negative: %s", times);
      checkArgument(least >= 0, "least must not be negative: %s", least);
    }

    /**
     * Returns a copy with a floor.
     *
     * @param amount the smallest that it may be; 0 or more
     * @return the copy
     */
    public OfPlan atLeast(long amount) {
      return new OfPlan(times, amount);
    }

    @Override
    public OptionalLong amount(Basis basis) {
      return OptionalLong.of(Math.max(least, LongMath.saturatedMultiply(times, basis.ofPlan())));
    }
  }
}
