package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.WalletHistories.History;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Time does all that is due, once, and it makes no difference when one looks. */
@Domain(DomainContext.Global.class)
@Domain(WalletHistories.class)
class TimeProperties {

  /** Zones whose days are not all alike, each with a date around which they are not. */
  private enum Place {
    /** The clocks go forward at midnight: 2018-11-04 starts at 01:00. */
    SAO_PAULO("America/Sao_Paulo", "2018-11-04"),
    /** The clocks go back at midnight: the last hour of 2018-02-17 happens twice. */
    SAO_PAULO_BACK("America/Sao_Paulo", "2018-02-17"),
    /** 2011-12-30 does not exist. */
    APIA("Pacific/Apia", "2011-12-30"),
    /** The clocks go back at 00:01, so that 2010-11-07 starts twice. */
    ST_JOHNS("America/St_Johns", "2010-11-07"),
    /** The clocks go forward at midnight: 2023-04-28 starts at 01:00. */
    CAIRO("Africa/Cairo", "2023-04-28"),
    /** The clocks change by half an hour. */
    LORD_HOWE("Australia/Lord_Howe", "2021-10-03"),
    /** A day at the turn of the year 1995 does not exist. */
    KIRITIMATI("Pacific/Kiritimati", "1994-12-31"),
    /** Nothing ever happens. */
    GREENWICH("UTC", "2024-02-29");

    final ZoneId zone;
    final LocalDate around;

    Place(String zone, String around) {
      this.zone = ZoneId.of(zone);
      this.around = LocalDate.parse(around);
    }
  }

  /** A wallet with one plan, to look at its calendar. */
  private record Calendar(PolicyEngine engine, Opening opening, LocalDate anchor, Period cycle) {

    Wallet wallet() {
      return engine.open(opening).wallet();
    }

    ZoneId zone() {
      return opening.zone();
    }

    @Override
    public String toString() {
      return cycle + " from " + anchor + ", " + opening;
    }
  }

  @Property
  void whenNothingIsDueAnAdvanceMakesNoRowAndLeavesTheRevision(@ForAll History history) {
    PolicyEngine engine = history.engine();
    Wallet wallet = history.last();
    Instant due = wallet.cycle().endExclusive();
    for (PendingAward award : wallet.pendingAwards()) {
      due = award.dueAt().isBefore(due) ? award.dueAt() : due;
    }
    Decision before = engine.advance(wallet, due.minusNanos(1));
    assertTrue(before.transactions().isEmpty());
    assertTrue(before.notices().isEmpty());
    assertEquals(List.of(new Reason.Applied(List.of())), before.reasons());
    assertEquals(wallet.revision(), before.wallet().revision());
    assertEquals(wallet.state().lots(), before.wallet().state().lots());
    assertEquals(wallet.pendingAwards(), before.wallet().pendingAwards());
    assertEquals(wallet.cycle(), before.wallet().cycle());
    assertEquals(due.minusNanos(1), before.wallet().clock());
  }

  @Property
  void atOneInstantRenewalComesBeforeSettlementAndBothBeforeTheEvent(@ForAll History history) {
    PolicyEngine engine = history.engine();
    Wallet wallet = history.opened();
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      boolean ownId =
          wallet.pendingAwards().stream()
              .noneMatch(award -> award.cause().event().equals(decision.event()));
      if (ownId) {
        assertInOrder(decision);
      }
      wallet = decision.wallet();
    }
    assertInOrder(engine.advance(wallet, wallet.cycle().endExclusive()));
    assertInOrder(engine.advance(wallet, wallet.clock().plus(Duration.ofDays(100))));
  }

  private static void assertInOrder(Decision decision) {
    Instant last = Instant.MIN;
    int rank = 0;
    for (Transaction row : decision.transactions()) {
      if (row.at().equals(last)) {
        assertTrue(rank <= rank(row, decision), () -> row + " is out of order in " + decision);
      }
      rank = rank(row, decision);
      last = row.at();
    }
  }

  /** Returns 0 for what a renewal made, 1 for what had been pending, 2 for the event's own. */
  private static int rank(Transaction row, Decision decision) {
    if (row.cause().event().isPresent()) {
      return row.cause().event().equals(decision.event()) ? 2 : 1;
    }
    return switch (row.type()) {
      case ALLOTMENT, FORFEIT -> 0;
      case BONUS, PURCHASE, AWARD, CHARGE, RETURN, EXPIRY, ADJUSTMENT -> 1;
    };
  }

  @Example
  void whatSettlesAtTheInstantOfARenewalIsNotCutByIt() {
    Instant renewal = Instant.parse("2021-09-05T00:00:00Z");
    Instant dayBefore = renewal.minus(Duration.ofHours(24));
    PolicyEngine engine = WalletHistories.CONNECTS;
    Wallet wallet =
        engine
            .replay(
                engine
                    .open(Opening.of(Connects.BASIC, Instant.parse("2021-08-05T09:00:00Z")))
                    .wallet(),
                List.of(
                    Connects.connectsPurchased("e1", dayBefore, 200),
                    Connects.proposalSubmitted("e2", dayBefore, "a", "job", 0),
                    Connects.proposalSubmitted("e3", dayBefore, "b", "job", 0),
                    Connects.interview("e4", dayBefore, "b", InterviewSource.PROPOSAL, true),
                    Connects.interview("e5", dayBefore, "a", InterviewSource.PROPOSAL, true)))
            .wallet();
    Decision charged =
        engine.decide(wallet, Connects.proposalSubmitted("e6", renewal, "c", "job", 230));
    assertTrue(charged.isApplied());
    assertEquals(
        List.of(-50L, 10L, 5L, 5L, 5L, 5L, -230L),
        charged.transactions().stream().map(Transaction::amount).toList());
    assertEquals(
        List.of("", "", "e4", "e4", "e5", "e5", "e6"),
        charged.transactions().stream().map(row -> row.cause().event().orElse("")).toList());
  }

  @Property
  void theClockIsTheLatestInstantThatWasHeardOf(@ForAll History history) {
    Wallet wallet = history.opened();
    Instant latest = history.opening().at();
    for (Event event : history.events()) {
      latest = event.at().isAfter(latest) ? event.at() : latest;
      wallet = history.engine().decide(wallet, event).wallet();
      assertEquals(latest, wallet.clock());
    }
  }

  @Property
  void whatTimeWillDoIsWhatItDoes(@ForAll History history) {
    PolicyEngine engine = history.engine();
    Wallet wallet = history.last();
    List<Upcoming> upcoming = engine.upcoming(wallet);
    assertEquals(
        wallet.pendingAwards(),
        upcoming.stream()
            .filter(Upcoming.Settlement.class::isInstance)
            .map(settlement -> ((Upcoming.Settlement) settlement).award())
            .toList());
    Instant last = wallet.clock();
    for (Upcoming next : upcoming) {
      assertTrue(next.at().isAfter(wallet.clock()));
      assertFalse(next.at().isBefore(last));
      last = next.at();
      Wallet before = engine.advance(wallet, next.at().minusNanos(1)).wallet();
      Decision then = engine.advance(before, next.at());
      if (next instanceof Upcoming.Renewal renewal) {
        assertEquals(wallet.cycle().endExclusive(), renewal.at());
        assertEquals(renewal.plan(), then.wallet().plan());
        assertEquals(
            renewal.transactions(), then.transactions().subList(0, renewal.transactions().size()));
      } else {
        PendingAward award = ((Upcoming.Settlement) next).award();
        assertTrue(before.pendingAwards().contains(award));
        assertFalse(then.wallet().pendingAwards().contains(award));
      }
    }
  }

  @Property
  void everyCycleStartsAtTheFirstInstantOfItsOwnDateReckonedFromTheAnchor(
      @ForAll("calendars") Calendar calendar) {
    Wallet wallet = calendar.wallet();
    List<Instant> starts = startsAfter(calendar, 40);
    Instant start = calendar.opening().at();
    for (int n = 0; n < starts.size(); n++) {
      if (start.isBefore(starts.get(n))) {
        assertEquals(new Cycle(n, start, starts.get(n)), wallet.cycle());
        wallet = calendar.engine().advance(wallet, wallet.cycle().endExclusive()).wallet();
      }
      start = starts.get(n);
    }
  }

  @Property
  void noInstantIsInTwoCyclesOrInNone(
      @ForAll("calendars") Calendar calendar, @ForAll("momentsOfTwoYears") List<Duration> moments) {
    List<Instant> instants = new ArrayList<>();
    moments.forEach(moment -> instants.add(calendar.opening().at().plus(moment)));
    for (Instant start : startsAfter(calendar, 15)) {
      instants.add(start);
      instants.add(start.minusNanos(1));
      instants.add(start.plusNanos(1));
    }
    List<Cycle> cycles = new ArrayList<>();
    Wallet walking = calendar.wallet();
    while (cycles.size() < 20) {
      cycles.add(walking.cycle());
      walking = calendar.engine().advance(walking, walking.cycle().endExclusive()).wallet();
    }
    Instant end = cycles.get(cycles.size() - 1).endExclusive();
    instants.removeIf(at -> !at.isBefore(end) || at.isBefore(calendar.opening().at()));
    for (Instant at : instants) {
      List<Cycle> around =
          cycles.stream()
              .filter(cycle -> !at.isBefore(cycle.startInclusive()))
              .filter(cycle -> at.isBefore(cycle.endExclusive()))
              .toList();
      assertEquals(1, around.size(), () -> at + " in " + cycles);
      assertEquals(
          around.get(0), calendar.engine().advance(calendar.wallet(), at).wallet().cycle());
    }
  }

  @Property
  void everyCycleRenewsOnceAlsoOneThatIsEmpty(@ForAll("calendars") Calendar calendar) {
    List<Instant> starts = startsAfter(calendar, 20);
    Instant to = starts.get(15);
    List<Instant> due = starts.stream().filter(start -> !start.isAfter(to)).toList();
    Decision decision = calendar.engine().advance(calendar.wallet(), to);
    assertEquals(due, instants(decision.transactions()));
    assertEquals(due.size(), decision.wallet().cycle().number());
    assertEquals(1 + due.size(), decision.wallet().available());
  }

  @Property
  void anExistingAccountsCyclesAreReckonedFromItsAnchor(
      @ForAll("calendars") Calendar calendar, @ForAll("anchors") LocalDate anchor) {
    Calendar existing =
        new Calendar(
            calendar.engine(),
            calendar.opening().withExisting(Opening.Existing.renewingFrom(anchor)),
            anchor,
            calendar.cycle());
    List<Instant> starts = startsAfter(existing, 20);
    Instant to = starts.get(15);
    Decision decision = existing.engine().advance(existing.wallet(), to);
    assertEquals(
        starts.stream().filter(start -> !start.isAfter(to)).toList(),
        instants(decision.transactions()));
  }

  @Example
  void aMonthThatStartsOnThe31stComesBackToThe31st() {
    Instant opened = Instant.parse("2021-01-31T10:00:00Z");
    Wallet wallet = WalletHistories.CONNECTS.open(Opening.of(Connects.BASIC, opened)).wallet();
    List<String> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(wallet.cycle().endExclusive().toString());
      wallet = WalletHistories.CONNECTS.advance(wallet, wallet.cycle().endExclusive()).wallet();
    }
    assertEquals(
        List.of(
            "2021-02-28T00:00:00Z",
            "2021-03-31T00:00:00Z",
            "2021-04-30T00:00:00Z",
            "2021-05-31T00:00:00Z"),
        starts);
  }

  @Example
  void aDayThatDoesNotExistHasAnEmptyCycleThatRenewsAllTheSame() {
    PolicyEngine engine = engine(Period.ofDays(1));
    Opening opening =
        Opening.of("only", Instant.parse("2011-12-29T22:00:00Z")).inZone(ZoneId.of("Pacific/Apia"));
    Decision days =
        engine.advance(engine.open(opening).wallet(), Instant.parse("2012-01-01T00:00:00Z"));
    assertEquals(
        List.of(
            Instant.parse("2011-12-30T10:00:00Z"),
            Instant.parse("2011-12-30T10:00:00Z"),
            Instant.parse("2011-12-31T10:00:00Z")),
        instants(days.transactions()));
  }

  @Example
  void anInstantThatIsTooFarAwayIsRefusedWithAMessageThatHoldsIt() {
    PolicyEngine engine = WalletHistories.CONNECTS;
    Wallet wallet =
        engine.open(Opening.of(Connects.BASIC, Instant.parse("2021-01-31T10:00:00Z"))).wallet();
    for (Instant extreme :
        List.of(
            Instant.MIN,
            Instant.MAX,
            Instant.parse("0001-01-01T00:00:00Z").minusNanos(1),
            Instant.parse("+10000-01-01T00:00:00Z"))) {
      for (IllegalArgumentException thrown :
          List.of(
              assertThrows(IllegalArgumentException.class, () -> engine.advance(wallet, extreme)),
              assertThrows(
                  IllegalArgumentException.class, () -> Opening.of(Connects.BASIC, extreme)),
              assertThrows(
                  IllegalArgumentException.class,
                  () -> Connects.readinessTestPassed("id", extreme)))) {
        assertTrue(String.valueOf(thrown.getMessage()).contains(extreme.toString()));
      }
    }
    Instant last = Instant.parse("+10000-01-01T00:00:00Z").minusNanos(1);
    assertEquals(last, engine.advance(wallet, last).wallet().clock());
  }

  private static List<Instant> instants(List<Transaction> transactions) {
    return transactions.stream().map(Transaction::at).toList();
  }

  /** Returns the first starts of cycles after the opening, by a formula of its own. */
  private static List<Instant> startsAfter(Calendar calendar, int count) {
    List<Instant> starts = new ArrayList<>();
    Instant opened = calendar.opening().at();
    long daysAhead =
        calendar.anchor().toEpochDay() - LocalDate.ofInstant(opened, calendar.zone()).toEpochDay();
    long shortest = calendar.cycle().toTotalMonths() * 28 + days(calendar);
    for (long n = daysAhead > 0 ? -daysAhead / shortest - 2 : 0; starts.size() < count; n++) {
      Instant start = firstInstantOf(date(calendar, n), calendar.zone());
      if (start.isAfter(opened)) {
        starts.add(start);
      }
    }
    return starts;
  }

  private static long days(Calendar calendar) {
    return calendar.cycle().get(ChronoUnit.DAYS);
  }

  /** Returns the anchor's date {@code n} cycles later: the same day of the month, or its last. */
  private static LocalDate date(Calendar calendar, long n) {
    LocalDate anchor = calendar.anchor();
    long months = calendar.cycle().toTotalMonths();
    if (months == 0) {
      return LocalDate.ofEpochDay(anchor.toEpochDay() + n * days(calendar));
    }
    long month = anchor.getYear() * 12L + anchor.getMonthValue() - 1 + n * months;
    YearMonth of = YearMonth.of((int) Math.floorDiv(month, 12L), 1 + Math.floorMod(month, 12));
    return of.atDay(Math.min(anchor.getDayOfMonth(), of.lengthOfMonth()));
  }

  /** Returns the first instant whose local date is a date, or a later one if there is none. */
  private static Instant firstInstantOf(LocalDate date, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    LocalDateTime midnight = LocalDateTime.of(date, LocalTime.MIDNIGHT);
    return rules.getValidOffsets(midnight).stream()
        .map(midnight::toInstant)
        .min(Instant::compareTo)
        .orElseGet(() -> rules.getTransition(midnight).getInstant());
  }

  private static PolicyEngine engine(Period cycle) {
    return PolicyEngine.of(
        Program.named("calendar")
            .version(
                Policy.version("only", Instant.parse("1900-01-01T00:00:00Z"))
                    .source("one")
                    .plan(Plan.of("only", cycle).allotting("One", "one", 1))
                    .rule(
                        "one for each cycle",
                        Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED),
                        Effect.allot())
                    .build())
            .build());
  }

  @Provide
  Arbitrary<Calendar> calendars() {
    return Combinators.combine(
            Arbitraries.of(Place.values()),
            Arbitraries.integers().between(-45, 3),
            Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, 86_399_999_999_999L, 60_000_000_000L, 82_800_000_000_000L),
                Arbitraries.longs().between(0, 86_399_999_999_999L)),
            Arbitraries.of(ZoneOffset.MIN, ZoneOffset.UTC, ZoneOffset.MAX),
            Arbitraries.oneOf(
                Arbitraries.of(Period.ofMonths(1), Period.ofDays(1), Period.ofDays(7)),
                Arbitraries.integers().between(1, 14).map(Period::ofMonths),
                Arbitraries.integers().between(1, 40).map(Period::ofDays),
                Arbitraries.of(Period.ofYears(1), Period.of(1, 1, 0))))
        .as(TimeProperties::calendar)
        .withoutEdgeCases();
  }

  /** Opens a wallet at a time of day that is reckoned at an offset of its own. */
  private static Calendar calendar(
      Place place, int days, long nanos, ZoneOffset offset, Period cycle) {
    Instant at =
        LocalDateTime.of(place.around.plusDays(days), LocalTime.ofNanoOfDay(nanos))
            .toInstant(offset);
    Opening opening = Opening.of("only", at).inZone(place.zone);
    return new Calendar(engine(cycle), opening, LocalDate.ofInstant(at, place.zone), cycle);
  }

  @Provide
  Arbitrary<LocalDate> anchors() {
    return Combinators.combine(
            Arbitraries.integers().between(1990, 2026),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(1, 31))
        .as(
            (year, month, day) ->
                LocalDate.of(year, month, Math.min(day, YearMonth.of(year, month).lengthOfMonth())))
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<List<Duration>> momentsOfTwoYears() {
    return Arbitraries.longs()
        .between(0, Duration.ofDays(730).toMillis())
        .map(Duration::ofMillis)
        .list()
        .ofMaxSize(10)
        .withoutEdgeCases();
  }
}
