package io.github.allotment.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where cycles are anchored, for every day of two years, one of them with a February 29. */
class AnchorsTest {

  private static List<LocalDate> days() {
    return LocalDate.of(2023, 1, 1).datesUntil(LocalDate.of(2025, 1, 1)).toList();
  }

  /** The last day, today or earlier, that will do. */
  private static LocalDate lastThatIs(LocalDate today, Predicate<LocalDate> day) {
    return Stream.iterate(today, date -> date.minusDays(1)).filter(day).findFirst().orElseThrow();
  }

  @Test
  void aDayOfTheMonthIsTheLastOneUpToTheOpening() {
    for (int day = 1; day <= 31; day++) {
      int wanted = day;
      for (LocalDate opened : days()) {
        assertEquals(
            lastThatIs(opened, date -> date.getDayOfMonth() == wanted),
            Anchor.dayOfMonth(day).dateFor(opened));
      }
    }
  }

  @Test
  void aWeekdayIsTheLastOneUpToTheOpening() {
    for (DayOfWeek day : DayOfWeek.values()) {
      for (LocalDate opened : days()) {
        assertEquals(
            lastThatIs(opened, date -> date.getDayOfWeek() == day),
            Anchor.dayOfWeek(day).dateFor(opened));
      }
    }
  }

  @Test
  void theOpeningIsMovedToTheNextMonthIfItIsAfterTheLastDay() {
    for (LocalDate opened : days()) {
      assertEquals(opened, Anchor.opening().dateFor(opened));
      for (int lastDay = 1; lastDay <= 31; lastDay++) {
        LocalDate nextMonth = opened.withDayOfMonth(1).plusMonths(1);
        assertEquals(
            opened.getDayOfMonth() > lastDay ? nextMonth : opened,
            Anchor.openingUpTo(lastDay).dateFor(opened));
      }
    }
  }
}
