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

  private static void assertTiles(Instant from, Instant to, Function<Instant, Times.Span> spanAt) {
    for (Instant at = from; at.isBefore(to); at = at.plus(STEP)) {
      Times.Span span = spanAt.apply(at);
      assertTrue(!at.isBefore(span.from()) && at.isBefore(span.to()), span::toString);
      assertEquals(span, spanAt.apply(span.from()));
      assertEquals(span, spanAt.apply(span.to().minusNanos(1)));
      assertEquals(span.to(), spanAt.apply(span.to()).from());
    }
  }
}
