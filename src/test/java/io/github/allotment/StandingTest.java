package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a standing may be made of. */
class StandingTest {

  private static final Instant OPENED = Instant.parse("2021-01-01T00:00:00Z");

  private static Standing standing(
      Instant clock,
      SortedMap<Instant, String> plans,
      Optional<String> waitingPlan,
      SortedSet<Instant> cycleStarts,
      long[] counts) {
    return new Standing(
        new Standing.Terms(
            "program",
            "fingerprint",
            "fingerprint",
            ZoneOffset.UTC,
            OPENED,
            plans,
            waitingPlan,
            ImmutableSortedMap.of(),
            ImmutableSortedSet.of(),
            LocalDate.parse("2021-01-01"),
            Period.ofMonths(1),
            0,
            cycleStarts,
            OPENED,
            ImmutableSortedMap.of(),
            counts[0]),
        clock,
        counts[1],
        counts[2],
        counts[3]);
  }

  private static Standing standing(String plan, Optional<String> waitingPlan, long... counts) {
    return standing(
        OPENED,
        ImmutableSortedMap.of(OPENED, plan),
        waitingPlan,
        ImmutableSortedSet.of(OPENED),
        counts);
  }

  private static void assertRejected(String message, Runnable making) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, making::run).getMessage());
  }

  @Test
  void whatIsOnAPlanAndInACycleIsOne() {
    assertEquals("plan", standing("plan", Optional.of("other"), 0, 0, 0, 0).terms().plan());
  }

  @Test
  void aClockThatIsBeforeTheOpeningIsRejected() {
    Instant clock = OPENED.minusNanos(1);
    assertRejected(
        "the clock, " + clock + ", is before the opening, " + OPENED,
        () ->
            standing(
                clock,
                ImmutableSortedMap.of(OPENED, "plan"),
                Optional.empty(),
                ImmutableSortedSet.of(OPENED),
                new long[4]));
  }

  @Test
  void noPlanAndNoCycleAreRejected() {
    assertRejected(
        "a wallet must be on a plan",
        () ->
            standing(
                OPENED,
                ImmutableSortedMap.of(),
                Optional.empty(),
                ImmutableSortedSet.of(OPENED),
                new long[4]));
    assertRejected(
        "a wallet must be in a cycle",
        () ->
            standing(
                OPENED,
                ImmutableSortedMap.of(OPENED, "plan"),
                Optional.empty(),
                ImmutableSortedSet.of(),
                new long[4]));
  }

  @Test
  void planWithoutANameIsRejected() {
    assertRejected("plan must not be empty", () -> standing("", Optional.empty(), 0, 0, 0, 0));
    assertRejected(
        "waiting plan must not be empty", () -> standing("plan", Optional.of(""), 0, 0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, renewals", "1, revision", "2, last transaction", "3, last number"})
  void aCountBelowZeroIsRejected(int which, String name) {
    long[] counts = new long[4];
    counts[which] = -1;
    assertRejected(
        name + " must not be negative: -1", () -> standing("plan", Optional.empty(), counts));
  }

  /** Whatever order and kind a host's maps and sets are of. */
  @Test
  void whatItIsMadeOfIsKeptInTheOrderOfTime() {
    Instant later = OPENED.plusSeconds(1);
    SortedMap<Instant, String> plans = new TreeMap<>(Comparator.reverseOrder());
    plans.put(OPENED, "old");
    plans.put(later, "new");
    SortedSet<Instant> starts = new TreeSet<>(Comparator.reverseOrder());
    starts.add(OPENED);
    starts.add(later);
    Standing made = standing(later, plans, Optional.empty(), starts, new long[4]);
    plans.clear();
    starts.clear();
    assertEquals("new", made.terms().plan());
    assertEquals(later, made.terms().onPlanSince());
    assertEquals(later, made.terms().cycleStarts().last());
    assertTrue(made.terms().cycleStarts().contains(OPENED));
  }
}
