package io.github.allotment.policy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every range of a program's parts holds both of its ends, and nothing beyond them. */
class RangesTest {

  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration CENTURY = Duration.ofDays(36_525);

  private static <T> Arguments range(
      String what, Function<T, ?> part, List<T> allowed, List<T> refused) {
    return Arguments.of(what, part, allowed, refused);
  }

  /** More than zero, and at most a century. */
  private static Arguments lengths(String what, Function<Duration, ?> part) {
    return range(
        what,
        part,
        List.of(NANO, CENTURY),
        List.of(NANO.negated(), Duration.ZERO, CENTURY.plus(NANO)));
  }

  /** Zero to a century. */
  private static Arguments delays(String what, Function<Duration, ?> part) {
    return range(
        what,
        part,
        List.of(Duration.ZERO, NANO, CENTURY),
        List.of(NANO.negated(), CENTURY.plus(NANO)));
  }

  /** Months or days, not both. */
  private static Arguments periods(String what, Function<Period, ?> part) {
    return range(
        what,
        part,
        List.of(
            Period.ofMonths(1),
            Period.ofMonths(1_200),
            Period.ofYears(100),
            Period.of(99, 12, 0),
            Period.of(1, -11, 0),
            Period.ofDays(1),
            Period.ofDays(36_525)),
        List.of(
            Period.ZERO,
            Period.ofMonths(-1),
            Period.ofMonths(1_201),
            Period.ofDays(-1),
            Period.ofDays(36_526),
            Period.of(0, 1, 1),
            Period.of(0, -1, 1),
            Period.of(0, 1, -1)));
  }

  static Stream<Arguments> ranges() {
    Effect.Charge charge = Effect.charge("C");
    Effect.Grant grant = Effect.grant(TransactionType.AWARD, "A", "s", 1);
    return Stream.of(
        lengths("rolling window", Window::rolling),
        lengths("session", Window::session),
        lengths("exact term", Term::of),
        lengths("returnable charge", charge::returnableFor),
        lengths("hold", charge::heldFor),
        delays("settlement", grant::settlingAfter),
        delays("lateness", Program.named("p")::lateness),
        periods("cycle", period -> Plan.of("p", period)),
        periods("tick of the calendar", (Period period) -> Tick.every("t", period)),
        range(
            "exact tick",
            (Duration length) -> Tick.every("t", length),
            List.of(Duration.ofMinutes(1), CENTURY),
            List.of(Duration.ofMinutes(1).minus(NANO), CENTURY.plus(NANO))),
        range(
            "term of a period",
            (Period period) -> Term.of(period),
            List.of(Period.ofDays(1), Period.ofMonths(1_200), Period.ofDays(36_525)),
            List.of(
                Period.ZERO,
                Period.ofDays(-1),
                Period.of(0, 1, -1),
                Period.ofMonths(1_201),
                Period.ofDays(36_526),
                Period.of(100, 0, 1))),
        range("term of cycles", Term::cycles, List.of(1, 1_200), List.of(0, 1_201)),
        range("anchor at the opening", Anchor::openingUpTo, List.of(1, 31), List.of(0, 32)),
        range("anchor on a day", Anchor::dayOfMonth, List.of(1, 31), List.of(0, 32)),
        range("amount", (Long n) -> Quantity.of(n), List.of(0L, Long.MAX_VALUE), List.of(-1L)),
        range("times a plan", Quantity::ofPlan, List.of(0L, Long.MAX_VALUE), List.of(-1L)),
        range(
            "floor",
            (Long n) -> Quantity.ofPlan(1).atLeast(n),
            List.of(0L, Long.MAX_VALUE),
            List.of(-1L)),
        range(
            "sum of a grant's lines",
            (Long n) -> Effect.grant(TransactionType.AWARD, "A", "s", n).and("B", "s", 2),
            List.of(0L, Long.MAX_VALUE - 2),
            List.of(Long.MAX_VALUE - 1, Long.MAX_VALUE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  <T> void aRangeHoldsItsEndsAndNothingBeyond(
      String what, Function<T, ?> part, List<T> allowed, List<T> refused) {
    allowed.forEach(value -> assertDoesNotThrow(() -> part.apply(value), () -> "" + value));
    for (T value : refused) {
      Exception thrown =
          assertThrows(IllegalArgumentException.class, () -> part.apply(value), () -> "" + value);
      boolean ofSum = what.startsWith("sum");
      assertTrue(ofSum || ("" + thrown.getMessage()).contains("" + value), thrown::toString);
    }
  }

  @Test
  void anAllotmentsSumIsAtMostALong() {
    Plan plan = Plan.monthly("p").allotting("A", "s", Long.MAX_VALUE - 2).allotting("B", "s", 2);
    assertEquals(Long.MAX_VALUE, plan.size());
    assertThrows(IllegalArgumentException.class, () -> plan.allotting("C", "s", 1));
    assertEquals(0, Plan.monthly("p").size());
  }

  @Test
  void aCycleOfYearsIsOneOfMonths() {
    assertEquals(Period.of(1, 6, 0), Plan.of("p", Period.ofMonths(18)).cycle());
    assertEquals(
        new Tick.Interval.OfCalendar(Period.of(1, 6, 0)),
        Tick.every("t", Period.ofMonths(18)).interval());
  }

  // ---------------------------------------------------------------- what does not go together

  @Test
  void aLapseGivesBackAllOrNothing() {
    for (Effect.End.Back back : Effect.End.Back.values()) {
      boolean allowed = back == Effect.End.Back.ALL || back == Effect.End.Back.NOTHING;
      assertAllowed(allowed, () -> new Effect.Lapse(NANO, back, Effect.End.Expired.EXPIRES));
    }
  }

  @Test
  void onlyTheEndingOfOneClaimGivesBackAnAmount() {
    for (Effect.End.Reach reach : Effect.End.Reach.values()) {
      for (Effect.End.Back back : Effect.End.Back.values()) {
        boolean allowed =
            reach == Effect.End.Reach.SUBJECT
                || back == Effect.End.Back.ALL
                || back == Effect.End.Back.NOTHING;
        assertAllowed(
            allowed,
            () -> new Effect.End(reach, Optional.empty(), back, "E", Effect.End.Expired.EXPIRES));
      }
    }
  }

  @Test
  void grantsAddAndChargesTake() {
    List<TransactionType> charges = List.of(TransactionType.CHARGE, TransactionType.ADJUSTMENT);
    List<TransactionType> grants =
        List.of(
            TransactionType.ALLOTMENT,
            TransactionType.BONUS,
            TransactionType.PURCHASE,
            TransactionType.AWARD,
            TransactionType.ADJUSTMENT);
    for (TransactionType type : TransactionType.values()) {
      assertAllowed(grants.contains(type), () -> Effect.grant(type, "A", "s", 1));
      assertAllowed(
          charges.contains(type),
          () ->
              new Effect.Charge(
                  type,
                  "C",
                  Quantity.of(1),
                  Effect.Charge.Shortfall.REFUSE,
                  Optional.empty(),
                  Optional.empty()));
    }
  }

  @Test
  void aSourceIsUsableOnItsPlansOrOnAny() {
    assertTrue(Source.of("s").isUsableOn("p"));
    Source some = Source.of("s").usableOn("p", "q");
    assertTrue(some.isUsableOn("p"));
    assertTrue(some.isUsableOn("q"));
    assertFalse(some.isUsableOn("r"));
  }

  @Test
  void onlyOneIsSingularAlsoWhenItIsMissing() {
    Unit unit = new Unit("star", "stars");
    for (long amount : new long[] {Long.MIN_VALUE, -2, 0, 2, Long.MAX_VALUE}) {
      assertEquals(amount + " stars", unit.format(amount));
    }
    assertEquals("1 star", unit.format(1));
    assertEquals("-1 star", unit.format(-1));
  }

  @Test
  void aNameHasAnyCharacterButThoseThatControl() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String name = "a" + c + "b";
      if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
        Exception thrown =
            assertThrows(IllegalArgumentException.class, () -> Names.check("source", name));
        assertEquals(
            "source must have no control character: a\\u%04xb".formatted((int) c),
            thrown.getMessage());
      } else {
        assertEquals(name, Names.check("source", name));
      }
    }
  }

  @Test
  void aPriorityIsTheSourcesOrTheEvents() {
    Source source = Source.of("s");
    assertAllowed(true, () -> source.withPriority(0).withPriorityOfEvent("rank"));
    assertAllowed(false, () -> source.withPriority(1).withPriorityOfEvent("rank"));
    assertAllowed(false, () -> source.withPriority(-1).withPriorityOfEvent("rank"));
    assertAllowed(false, () -> source.withPriorityOfEvent("rank").withPriority(1));
  }

  @Test
  void aTermEndsWithinTheYearsThatTheEngineReckonsWith() {
    Instant end = Instant.parse("+10000-01-01T00:00:00Z");
    assertAllowed(true, () -> Term.until(end.minusNanos(1)));
    assertAllowed(true, () -> Term.until(Instant.MIN));
    assertAllowed(false, () -> Term.until(end));
    assertAllowed(false, () -> Term.until(Instant.ofEpochMilli(Long.MAX_VALUE)));
    assertAllowed(false, () -> Term.until(Instant.MAX));
  }

  @Test
  void aPlanIsNoFactThatCanBeSet() {
    assertAllowed(false, () -> Effect.copyFact("plan"));
    assertAllowed(false, () -> Effect.setFact("plan", FactValue.of("x")));
    assertAllowed(true, () -> Effect.copyFact("plans"));
  }

  @Test
  void whatIsForAllRulesDependsOnNoEvent() {
    assertAllowed(false, () -> Limit.of("l", Quantity.ofEvent(), Window.ever()));
    assertAllowed(false, () -> Effect.forfeitAbove("F", Quantity.ofEvent("most")));
    assertAllowed(false, () -> planOf(Quantity.ofEvent()));
    assertAllowed(false, () -> planOf(Quantity.ofPlan(1)));
    assertAllowed(true, () -> planOf(Quantity.of(1)));
  }

  private static Plan planOf(Quantity quantity) {
    Line line = new Line("L", "s", quantity);
    return new Plan("p", Period.ofMonths(1), Anchor.opening(), List.of(line));
  }

  private static void assertAllowed(boolean allowed, Supplier<?> part) {
    if (allowed) {
      assertDoesNotThrow(part::get);
    } else {
      assertThrows(IllegalArgumentException.class, part::get);
    }
  }

  @Test
  void whatIsReservedIsTheCalendars() {
    for (String type : List.of("opened", "renewed", "plan-left", "plan-entered", "tick x")) {
      assertTrue(CalendarEvent.isReserved(type), type);
    }
    for (String type : List.of("open", "Opened", "tick", "ticket sold", "x tick y", "")) {
      assertTrue(!CalendarEvent.isReserved(type), type);
    }
  }

  @Test
  void aVersionReachesThoseWhoAdoptIt() {
    Instant from = Instant.parse("2021-06-01T00:00:00Z");
    Instant before = from.minusNanos(1);
    for (Instant opened : List.of(before, from, from.plusNanos(1))) {
      for (Instant onPlan : List.of(before, from, from.plusNanos(1))) {
        assertTrue(Adoption.EVERYBODY.reaches(from, opened, onPlan));
        assertEquals(!opened.equals(before), Adoption.NEW_WALLETS.reaches(from, opened, onPlan));
        assertEquals(!onPlan.equals(before), Adoption.CHANGED_PLANS.reaches(from, opened, onPlan));
      }
    }
  }
}
