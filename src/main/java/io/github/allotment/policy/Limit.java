package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The most that grants may bring within a window.
 *
 * <p>Grants of several rules may share a limit; each says whether what does not fit refuses it or
 * is cut off. With a window over time, what they bring counts at the instant of the event that
 * earned it, posted or not, and under the limit's name: a later version's limit of the same name
 * goes on counting, and must have the same window. For example {@code Limit.of("interview awards",
 * 50, Window.rolling(7 days))} lets five awards of 10 through in any 7 days, and {@code
 * Limit.of("most held", Quantity.ofPlan(3), Window.held())} lets a wallet on a plan of 5 grow to
 * 15.
 *
 * @param name the limit's name; not blank
 * @param max the largest sum allowed in any window; fixed, or a multiple of the plan's size
 * @param window what is summed
 * @param regained whether a grant that is taken back gives its room back; with {@link Window.Held}
 *     it always does
 */
public record Limit(String name, Quantity max, Window window, boolean regained) {

  public Limit {
    Names.check("limit", name);
    requireNonNull(max, "max");
    checkArgument(
        !(max instanceof Quantity.OfEvent), "limit %s must not depend on the event", name);
    requireNonNull(window, "window");
  }

  /**
   * Returns a limit whose room is not given back when a grant is taken back.
   *
   * @param name the limit's name; not blank
   * @param max the largest sum allowed in any window; fixed, or a multiple of the plan's size
   * @param window what is summed
   * @return the limit
   */
  public static Limit of(String name, Quantity max, Window window) {
    return new Limit(name, max, window, false);
  }

  /**
   * Returns a limit of a fixed size whose room is not given back when a grant is taken back.
   *
   * @param name the limit's name; not blank
   * @param max the largest sum allowed in any window; 0 or more
   * @param window what is summed
   * @return the limit
   */
  public static Limit of(String name, long max, Window window) {
    return of(name, Quantity.of(max), window);
  }

  /**
   * Returns a copy that gets its room back when a grant is taken back.
   *
   * @return the copy
   */
  public Limit regainedByRevocation() {
    return new Limit(name, max, window, true);
  }
}
