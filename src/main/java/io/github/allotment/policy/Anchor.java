package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** The date from which a plan's cycles are reckoned. */
public sealed interface Anchor {

  /**
   * Returns the anchor that is the day of the opening.
   *
   * @return the anchor
   */
  static Anchor opening() {
    return new Opening(31);
  }

  /**
   * Returns the anchor that is the day of the opening, but the 1st if that comes after a given day.
   *
   * @param day the last day of the month that may be an anchor; from 1 to 31
   * @return the anchor
   */
  static Anchor openingUpTo(int day) {
    return new Opening(day);
  }

  /**
   * Returns the anchor that is a day of the month.
   *
   * @param day the day; from 1 to 31
   * @return the anchor
   */
  static Anchor dayOfMonth(int day) {
    return new DayOfMonth(day);
  }

  /**
   * Returns the anchor that is a day of the week.
   *
   * @param day the day
   * @return the anchor
   */
  static Anchor dayOfWeek(DayOfWeek day) {
    return new OnWeekday(day);
  }

  /**
   * Returns the date from which the cycles of a wallet are reckoned.
   *
   * @param opened the local date from which cycles are to be reckoned: that of the opening, or of
   *     the change or renewal that brings the plan
   * @return the anchor; after that date only if {@link Opening} moved it
   */
  LocalDate dateFor(LocalDate opened);

  /**
   * The day of the opening: cycles are the wallet's own.
   *
   * <p>Month ends clamp: a wallet opened on 31 January renews on 28 February and on 31 March. With
   * a last day of 28 they don't: a wallet opened on the 29th, 30th or 31st has the 1st of the next
   * month as its anchor for good, and renews for the first time a cycle after it.
   *
   * @param lastDay the last day of the month that may be an anchor; from 1 to 31
   */
  record Opening(int lastDay) implements Anchor {

    public Opening {
      checkArgument(lastDay >= 1 && lastDay <= 31, "last day must be 1 to 31: %s", lastDay);
    }

    @Override
    public LocalDate dateFor(LocalDate opened) {
      return opened.getDayOfMonth() <= lastDay
          ? opened
          : opened.with(TemporalAdjusters.firstDayOfNextMonth());
    }
  }

  /**
   * A day of the month, the same for every wallet; in a month without that day its last one. A
   * cycle that starts on another day, as an account brings it along or a change of plan leaves it,
   * is the last that does.
   *
   * @param day the day; from 1 to 31
   */
  record DayOfMonth(int day) implements Anchor {

    public DayOfMonth {
      checkArgument(day >= 1 && day <= 31, "day of the month must be 1 to 31: %s", day);
    }

    @Override
    public LocalDate dateFor(LocalDate opened) {
      LocalDate month = opened.withDayOfMonth(1);
      while (month.lengthOfMonth() < day || month.withDayOfMonth(day).isAfter(opened)) {
        month = month.minusMonths(1);
      }
      return month.withDayOfMonth(day);
    }
  }

  /**
   * A day of the week, the same for every wallet. A cycle that starts on another day is the last
   * that does.
   *
   * @param day the day
   */
  record OnWeekday(DayOfWeek day) implements Anchor {

    public OnWeekday {
      requireNonNull(day, "day");
    }

    @Override
    public LocalDate dateFor(LocalDate opened) {
      return opened.with(TemporalAdjusters.previousOrSame(day));
    }
  }
}
