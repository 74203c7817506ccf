package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A limit on what the grants that name it may bring within a window; a grant that does not fit
 * whole is refused.
 *
 * <p>Grants of several rules may share a limit. What they bring counts at the instant of the event
 * that earned it, posted or not, and under the limit's name: a later version's limit of the same
 * name goes on counting. For example {@code new Limit("interview awards", 50, Window.rolling(7
 * days))} lets five awards of 10 through in any 7 days.
 *
 * @param name the limit's name; not blank
 * @param max the largest sum allowed in any window; 0 or more
 * @param window the stretch of time that is summed
 */
public record Limit(String name, long max, Window window) {

  public Limit {
    Names.check("limit", name);
    checkArgument(max >= 0, "max must not be negative: %s", max);
    requireNonNull(window, "window");
  }
}
