package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/** The stretch of time over which a {@link Limit} counts. */
public sealed interface Window {

  /** The longest rolling window: 36,525 days of 24 hours. */
  Duration LONGEST = Duration.ofDays(36_525);

  /**
   * Returns a window that rolls.
   *
   * @param length the window's length; more than zero, at most {@link #LONGEST}
   * @return the window
   * @throws IllegalArgumentException if the length is out of range
   */
  static Window rolling(Duration length) {
    return new Rolling(length);
  }

  /**
   * A window that rolls: at the instant t it is (t − length, t].
   *
   * <p>The limit holds for every such window, in whatever order events arrive. For example, with 50
   * per 7 days, what was counted at 12:00 on the 7th counts until just before 12:00 on the 14th.
   *
   * @param length the window's length; more than zero, at most {@link Window#LONGEST}
   */
  record Rolling(Duration length) implements Window {

    public Rolling {
      checkArgument(
          !length.isNegative() && !length.isZero() && length.compareTo(LONGEST) <= 0,
          "a rolling window must be longer than zero and at most %s: %s",
          LONGEST,
          length);
    }
  }
}
