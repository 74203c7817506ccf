package io.github.allotment;

import io.github.allotment.policy.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.NavigableSet;

/**
 * A wallet's calendar.
 *
 * @param zone the zone in which days start
 * @param starts the starts of the cycles that are remembered, the current one last
 * @param renewsAt the start of the next one
 * @param anchor the date from which cycles are reckoned
 * @param cycle the length of a cycle
 */
record Times(
    ZoneId zone, NavigableSet<Instant> starts, Instant renewsAt, LocalDate anchor, Period cycle) {

  /** A stretch of time: [from, to). */
  record Span(Instant from, Instant to) {}

  /**
   * Returns the cycle that an instant lies in. One that is not remembered is reckoned from the
   * anchor: it is to come, or it was over before an edition of the program remembered so far back.
   */
  Span cycleAt(Instant at) {
    if (!at.isBefore(renewsAt)) {
      return reckoned(at);
    }
    Instant from = starts.floor(at);
    Instant to = starts.higher(at);
    if (from == null) {
      Span over = reckoned(at);
      return over.to.isBefore(starts.first()) ? over : new Span(over.from, starts.first());
    }
    return new Span(from, to == null ? renewsAt : to);
  }

  private Span reckoned(Instant at) {
    long index = Cycles.indexAt(anchor, cycle, at, zone);
    return new Span(
        Cycles.start(anchor, cycle, index, zone), Cycles.start(anchor, cycle, index + 1, zone));
  }

  /**
   * Returns the stretch of the calendar that an instant lies in. Clocks that go back over midnight
   * tell the last hour of a date again when it is over: that hour belongs to the next one.
   */
  Span spanAt(Window.Calendar.Unit unit, Instant at) {
    LocalDate day = at.atZone(zone).toLocalDate();
    LocalDate from =
        switch (unit) {
          case DAY -> day;
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> day.withDayOfMonth(1);
          case YEAR -> day.withDayOfYear(1);
        };
    Span span = spanFrom(unit, from);
    return at.isBefore(span.to) ? span : spanFrom(unit, next(unit, from));
  }

  private Span spanFrom(Window.Calendar.Unit unit, LocalDate from) {
    return new Span(
        from.atStartOfDay(zone).toInstant(), next(unit, from).atStartOfDay(zone).toInstant());
  }

  private static LocalDate next(Window.Calendar.Unit unit, LocalDate from) {
    return switch (unit) {
      case DAY -> from.plusDays(1);
      case WEEK -> from.plusWeeks(1);
      case MONTH -> from.plusMonths(1);
      case YEAR -> from.plusYears(1);
    };
  }
}
