package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The most that grants may bring within a window.
 *
 * <p>Grants of several rules may share a limit; each says whether what does not fit refuses it or
 * is cut off. With a window over time, what they bring counts at the instant of the event that
 * earned it, posted or not, and under the limit's name: a later version's limit of the same name
 * goes on counting, and must have the same window. For example {@code new Limit("interview awards",
 * Quantity.of(50), Window.rolling(7 days))} lets five awards of 10 through in any 7 days, and
 * {@code new Limit("most held", Quantity.ofPlan(3), Window.held())} lets a wallet on a plan of 5
 * grow to 15.
 *
 * @param name the limit's name; not blank
 * @param max the largest sum allowed in any window; fixed, or a multiple of the plan's size
 * @param window what is summed
 */
public record Limit(String name, Quantity max, Window window) {

  public Limit {
    Names.check("limit", name);
    requireNonNull(max, "max");
    checkArgument(
        !(max instanceof Quantity.OfEvent), "limit %s must not depend on the event", name);
    requireNonNull(window, "window");
  }
}
