package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cycles tile time, those that are remembered and those to come, and so do days and the like. */
class SpansTest {

  private static final LocalDate ANCHOR = LocalDate.of(2023, 10, 31);
  private static final Duration STEP = Duration.ofHours(7);

  @ParameterizedTest
  @CsvSource({"P1M, UTC", "P1M, America/Santiago", "P7D, Europe/Berlin", "P1D, Asia/Kathmandu"})
  void everyInstantLiesInOneCycle(Period cycle, ZoneId zone) {
    TreeSet<Instant> starts = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      starts.add(Cycles.start(ANCHOR, cycle, i, zone));
    }
    Instant renewsAt = Cycles.start(ANCHOR, cycle, 3, zone);
    Times times = new Times(zone, starts, renewsAt, ANCHOR, cycle);
    assertTiles(starts.first(), Cycles.start(ANCHOR, cycle, 8, zone), times::cycleAt);
    for (Instant start : starts) {
      assertEquals(start, times.cycleAt(start).from());
    }
    for (int i = 3; i < 8; i++) {
      Instant start = Cycles.start(ANCHOR, cycle, i, zone);
      assertEquals(start, times.cycleAt(start).from());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DAY, UTC",
    "DAY, America/Santiago",
    "WEEK, Europe/Berlin",
    "MONTH, Asia/Kathmandu",
    "YEAR, Pacific/Apia"
  })
  void everyInstantLiesInOneStretchOfTheCalendar(Window.Calendar.Unit unit, ZoneId zone) {
    Instant from = Instant.parse("2011-12-01T00:00:00Z");
    Times times = new Times(zone, new TreeSet<>(), from, ANCHOR, Period.ofDays(1));
    assertTiles(from, from.plus(Duration.ofDays(500)), at -> times.spanAt(unit, at));
  }

  /**
   * In St. John's clocks went back from 00:01 to 23:01, so that the last hour of a date was told
   * twice, a minute of the next date between: no instant belongs to a date that was over before it.
   */
  @ParameterizedTest
  @CsvSource({"DAY, 2010-11-06", "MONTH, 2009-10-31", "WEEK, 2010-11-06", "YEAR, 2010-11-06"})
  void anHourThatIsToldAgainAfterMidnightIsOfTheNextDate(
      Window.Calendar.Unit unit, LocalDate lastDate) {
    ZoneId zone = ZoneId.of("America/St_Johns");
    Instant noon = lastDate.atTime(12, 0).atZone(zone).toInstant();
    Times times = new Times(zone, new TreeSet<>(), noon, ANCHOR, Period.ofDays(1));
    assertTiles(
        noon, noon.plus(Duration.ofDays(2)), Duration.ofMinutes(1), at -> times.spanAt(unit, at));
  }

  private static void assertTiles(Instant from, Instant to, Function<Instant, Times.Span> spanAt) {
    assertTiles(from, to, STEP, spanAt);
  }

  private static void assertTiles(
      Instant from, Instant to, Duration step, Function<Instant, Times.Span> spanAt) {
    for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
      Times.Span span = spanAt.apply(at);
      assertTrue(!at.isBefore(span.from()) && at.isBefore(span.to()), span::toString);
      assertEquals(span, spanAt.apply(span.from()));
      assertEquals(span, spanAt.apply(span.to().minusNanos(1)));
      assertEquals(span.to(), spanAt.apply(span.to()).from());
    }
  }
}
