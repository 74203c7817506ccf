package io.github.allotment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Reckons where cycles start: always from the anchor, so that a cycle of months that starts on the
 * 31st goes back to the 31st after a shorter month.
 */
final class Cycles {

  private Cycles() {}

  /** Tells whether cycles can have a length. */
  static boolean isUsable(Period cycle) {
    long months = cycle.toTotalMonths();
    long days = cycle.get(ChronoUnit.DAYS);
    return months == 0 ? days > 0 : months > 0 && days == 0;
  }

  /** Returns the first instant of the cycle that starts {@code index} periods after the anchor. */
  static Instant start(LocalDate anchor, Period cycle, long index, ZoneId zone) {
    return date(anchor, cycle, index).atStartOfDay(zone).toInstant();
  }

  /** Returns the first date of the cycle that starts {@code index} periods after the anchor. */
  static LocalDate date(LocalDate anchor, Period cycle, long index) {
    return anchor.plus(cycle.multipliedBy(Math.toIntExact(index)));
  }

  /** Returns the index of the cycle that an instant lies in. */
  static long indexAt(LocalDate anchor, Period cycle, Instant at, ZoneId zone) {
    LocalDate today = at.atZone(zone).toLocalDate();
    long months = cycle.toTotalMonths();
    long estimate =
        months > 0
            ? Math.floorDiv(ChronoUnit.MONTHS.between(anchor, today), months)
            : Math.floorDiv(ChronoUnit.DAYS.between(anchor, today), cycle.get(ChronoUnit.DAYS));
    long index = estimate - 1;
    while (!start(anchor, cycle, index + 1, zone).isAfter(at)) {
      index++;
    }
    return index;
  }
}
