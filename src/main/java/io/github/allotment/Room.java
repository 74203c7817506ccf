package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.Unit;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * How much of a limit is left for an event at an instant.
 *
 * <p>For example, with 50 per 7 days and 10 counted at 12:00 on the 7th, 40 are left at 12:00 on
 * the 8th, and all 50 from 12:00 on the 14th.
 *
 * @param limit the limit's name
 * @param max the largest sum allowed in any window
 * @param window the stretch of time that is summed
 * @param at the instant
 * @param left what still fits into every window that contains the instant; from 0 to {@code max}
 * @param changesAt the first instant at which time alone leaves more room, if the maximum stays;
 *     empty if there is none, as when nothing counts, and for a limit on what is held, which has
 *     room as soon as less is held
 */
public record Room(
    String limit, long max, Window window, Instant at, long left, Optional<Instant> changesAt) {

  /** Takes the components, which must be as they are described. */
  public Room(
      String limit, long max, Window window, Instant at, long left, Optional<Instant> changesAt) {
    // Assigned before it is checked: docs, decision 22.
    this.limit = limit;
    this.max = max;
    this.window = window;
    this.at = at;
    this.left = left;
    this.changesAt = changesAt;
    Checks.notEmpty("limit", limit);
    requireNonNull(window, "window");
    requireNonNull(at, "at");
    requireNonNull(changesAt, "changesAt");
  }

  /**
   * Writes the room as a sentence.
   *
   * @param unit what the program counts
   * @return for example {@code 40 of 50 credits are left for interview awards in 7 days, at
   *     2021-01-08T12:00:00Z; more from 2021-01-14T12:00:00Z.}
   */
  public String text(Unit unit) {
    return lenientFormat(
        "%s of %s %s left for %s %s, at %s%s.",
        left,
        unit.format(max),
        left == 1 ? "is" : "are",
        limit,
        Sentences.in(window),
        at,
        changesAt.map(more -> "; more from " + more).orElse(""));
  }

  /** Writes what is left, within a longer sentence. */
  String phrase() {
    return lenientFormat(
        "%s of %s left %s (%s%s)",
        left,
        max,
        Sentences.in(window),
        limit,
        left > 0 ? "" : changesAt.map(more -> "; more from " + more).orElse(""));
  }
}
