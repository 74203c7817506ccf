package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Period;

/**
 * Something that recurs, so that rules can trickle credits, grant within a longer cycle, or act
 * after a time in which nothing happened.
 *
 * <p>For example with {@code Tick.every("refresh", Duration.parse("PT7H30M"))} a wallet opened at
 * 09:00 ticks at 16:30 and at 00:00. With {@code Tick.every("month", Period.ofMonths(1))} and a
 * plan of a yearly cycle, a wallet opened on 5 January ticks on the 5th of every month. A rule with
 * {@link Effect#restart} reckons a tick from an event instead, so that it comes only so long after
 * the last of them.
 *
 * @param name the tick's name, which {@link Trigger#onTick} names; not blank
 * @param interval how long it is from one to the next
 */
public record Tick(String name, Interval interval) {

  private static final String PREFIX = "tick ";

  public Tick {
    Names.check("tick", name);
    requireNonNull(interval, "interval");
  }

  /**
   * Returns a tick at an exact interval, reckoned from the opening; if a rule restarts it, see
   * {@link Effect.Restart}.
   *
   * @param name the tick's name; not blank
   * @param length the interval; from a minute to 36,525 days
   * @return the tick
   */
  public static Tick every(String name, Duration length) {
    return new Tick(name, new Interval.Exact(length));
  }

  /**
   * Returns a tick at an interval of the calendar, reckoned from the anchor of the wallet's cycles;
   * if a rule restarts it, see {@link Effect.Restart}.
   *
   * @param name the tick's name; not blank
   * @param period the interval; of positive length, not both months and days, at most 1,200 months
   *     or 36,525 days
   * @return the tick
   */
  public static Tick every(String name, Period period) {
    return new Tick(name, new Interval.OfCalendar(period));
  }

  /**
   * Returns the event type that a rule on this tick names.
   *
   * @return the name after the word {@code tick}
   */
  public String type() {
    return typeOf(name);
  }

  static String typeOf(String name) {
    return PREFIX + Names.check("tick", name);
  }

  static boolean isType(String type) {
    return type.startsWith(PREFIX);
  }

  /** How long it is from one tick to the next. */
  public sealed interface Interval {

    /**
     * An exact time, reckoned from the opening or, if a rule restarts the tick, as {@link
     * Effect.Restart} says.
     *
     * @param length the time; from a minute to 36,525 days
     */
    record Exact(Duration length) implements Interval {

      private static final Duration SHORTEST = Duration.ofMinutes(1);
      private static final Duration LONGEST = Duration.ofDays(36_525);

      public Exact {
        requireNonNull(length, "length");
        checkArgument(
            length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0,
            "a tick's interval must be %s to %s: %s",
            SHORTEST,
            LONGEST,
            length);
      }
    }

    /**
     * A stretch of the wallet's calendar, reckoned from the anchor of its cycles or, if a rule
     * restarts the tick, from the local date of what {@link Effect.Restart} says. The tick comes at
     * the first instant of the date; month ends clamp and come back.
     *
     * @param period the stretch; of positive length, not both months and days, at most 1,200 months
     *     or 36,525 days
     */
    record OfCalendar(Period period) implements Interval {

      public OfCalendar {
        requireNonNull(period, "period");
        checkArgument(
            Plan.isUsable(period),
            "a tick's interval must be 1 to 1200 months or 1 to 36525 days, not both: %s",
            period);
        period = period.normalized();
      }
    }
  }
}
