package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.BONUS;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Decision;
import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.Notice;
import io.github.allotment.Opening;
import io.github.allotment.Transaction;
import io.github.allotment.Upcoming;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What time brings: ticks, expiries and cycles. */
class TimeKindsTest {

  private static final Duration REFRESH = Duration.parse("PT7H30M");

  private static Policy.Builder version(String name, String from) {
    return Policy.version(name, Instant.parse(from));
  }

  private static Policy.Builder sheet() {
    return version("1", "2000-01-01T00:00:00Z");
  }

  // Ticks

  private static Policy.Builder bids(String name, String from, Duration every) {
    return version(name, from)
        .source("bids")
        .limit("limit", Quantity.ofPlan(1), Window.held())
        .plan(Plan.monthly("plus").allotting("Bids", "bids", 100))
        .tick("refresh", every)
        .rule(
            "one comes back",
            Trigger.onTick("refresh"),
            Effect.grant(BONUS, "Bid", "bids", 1).cutTo("limit"))
        .rule(
            "purchase",
            Trigger.on("buy"),
            Effect.grantOfEvent(PURCHASE, "B", "bids").within("limit"))
        .rule("bid", Trigger.on("spend"), Effect.charge("Bid"));
  }

  /** One bid comes back every 7.5 hours until the limit: a 30-day month yields 96, not 100. */
  @Test
  void freelancersBidsComeBackOneByOneUntilTheLimit() {
    Account account =
        Account.open(bids("1", "2000-01-01T00:00:00Z", REFRESH), "plus", "2021-04-01T09:00:00Z");
    account.advance("2021-04-01T16:29:59.999999999Z");
    assertEquals(0, account.available());
    account.advance("2021-04-01T16:30:00Z");
    assertEquals(1, account.available());
    account.advance("2021-05-01T09:00:00Z");
    assertEquals(96, account.available());
    account.refuse("no-room", account.event("buy").withAmount(5));
    account.advance("2021-06-01T09:00:00Z");
    assertEquals(100, account.available());
    assertEquals(100, account.rows());
    account.spend(1);
    // The ticks go on from the opening: 195.2 after 61 days, so that the next is the 196th.
    Instant next = Instant.parse("2021-04-01T09:00:00Z").plus(REFRESH.multipliedBy(196));
    account.advance(next.minusNanos(1));
    assertEquals(99, account.available());
    account.advance(next);
    assertEquals(100, account.available());
  }

  @Test
  void ticksRunThroughDaylightSaving() {
    Account account =
        Account.open(
            bids("1", "2000-01-01T00:00:00Z", Duration.ofDays(1)),
            Opening.of("plus", Instant.parse("2021-10-30T10:00:00Z"))
                .inZone(ZoneId.of("Europe/Berlin")));
    account.advance("2021-11-02T09:59:59Z");
    assertEquals(2, account.available());
    account.advance("2021-11-02T10:00:00Z");
    assertEquals(3, account.available());
  }

  /** A version brings its own ticks, which are reckoned from the opening all the same. */
  @Test
  void aVersionBringsItsOwnTicks() {
    Account account =
        Account.open(
            Program.named("test")
                .version(bids("1", "2020-01-01T00:00:00Z", Duration.ofHours(10)).build())
                .version(bids("2", "2021-01-03T00:00:00Z", Duration.ofHours(24)).build())
                .version(
                    version("3", "2021-01-05T12:00:00Z")
                        .source("bids")
                        .plan(Plan.monthly("plus"))
                        .build())
                .version(bids("4", "2021-02-01T00:00:00Z", Duration.ofDays(7)).build()),
            "plus",
            "2021-01-01T00:00:00Z");
    account.advance("2021-02-06T00:00:00Z");
    assertEquals(
        List.of(
            "2021-01-01T10:00:00Z",
            "2021-01-01T20:00:00Z",
            "2021-01-02T06:00:00Z",
            "2021-01-02T16:00:00Z",
            "2021-01-03T00:00:00Z",
            "2021-01-04T00:00:00Z",
            "2021-01-05T00:00:00Z",
            "2021-02-05T00:00:00Z"),
        account.history().stream().map(row -> row.at().toString()).toList());
    assertEquals("2", account.history().get(4).cause().version());
  }

  @Test
  void severalTicksOfOneInstantApplyInTheirOrder() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("plan"))
                .tick("slow", Duration.ofHours(3))
                .tick("fast", Duration.ofHours(2))
                .rule("fast", Trigger.onTick("fast"), Effect.grant(BONUS, "Fast", "s", 2))
                .rule("slow", Trigger.onTick("slow"), Effect.grant(BONUS, "Slow", "s", 3)),
            "plan",
            "2021-01-01T00:00:00Z");
    account.advance("2021-01-01T08:00:00Z");
    assertEquals(
        List.of("Fast", "Slow", "Fast", "Slow", "Fast", "Fast"),
        account.history().stream().map(Transaction::label).toList());
  }

  @Test
  void aTickComesAfterTheRenewalOfItsInstantAndBeforeSettlement() {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("s").living(Term.cycles(1)))
                .source("hold")
                .plan(Plan.monthly("plan").allotting("Credits", "s", 10))
                .tick("day", Duration.ofDays(1))
                .rule("tick", Trigger.onTick("day"), Effect.grant(BONUS, "Tick", "s", 1))
                .rule("allotment", Trigger.on(RENEWED), Effect.allot())
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "hold"))
                .rule(
                    "held", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(31)))
                .rule(
                    "slow",
                    Trigger.on("slow"),
                    Effect.grant(BONUS, "Slow", "s", 7).settlingAfter(Duration.ofDays(31))),
            "plan",
            "2021-01-01T00:00:00Z");
    account.grant("buy", 5);
    account.apply(account.event("hold").withSubject("x").withAmount(5));
    account.apply(account.event("slow"));
    account.advance("2021-01-31T23:00:00Z");
    int rows = account.rows();
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(
        List.of("Expired", "Hold released", "Credits", "Tick", "Slow"),
        account.history().subList(rows, account.rows()).stream().map(Transaction::label).toList());
  }

  @Property
  void stepsOfTimeEqualOne(
      @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 900) Integer> hours,
      @ForAll @IntRange(min = 1, max = 900) int last) {
    Program.Builder program =
        Program.named("test")
            .version(bids("1", "2020-01-01T00:00:00Z", REFRESH).build())
            .version(bids("2", "2021-02-10T07:00:00Z", Duration.ofHours(31)).build());
    Opening opening =
        Opening.of("plus", Instant.parse("2021-01-31T09:00:00Z"))
            .inZone(ZoneId.of("America/New_York"));
    Account steps = Account.open(program, opening);
    int sum = last;
    for (int step : hours) {
      sum += step;
      steps.advance(steps.wallet().clock().plus(Duration.ofHours(step)));
    }
    steps.advance(steps.wallet().clock().plus(Duration.ofHours(last)));
    Account one = Account.open(program, opening);
    one.advance(one.wallet().clock().plus(Duration.ofHours(sum)));
    assertEquals(one.wallet(), steps.wallet());
    assertEquals(one.history(), steps.history());
  }

  /** A bid can be made when the tick brings it. */
  @Test
  void theEarliestInstantMayBeATicks() {
    Account account =
        Account.open(bids("1", "2000-01-01T00:00:00Z", REFRESH), "plus", "2021-04-01T00:00:00Z");
    Event bid = account.event("spend").withAmount(5);
    assertEquals(
        new Earliest.At(Instant.parse("2021-04-02T13:30:00Z")),
        account.engine().earliest(account.wallet(), bid, Instant.parse("2022-01-01T00:00:00Z")));
    assertEquals(
        new Earliest.NotBefore(Instant.parse("2021-04-02T13:30:00Z")),
        account.engine().earliest(account.wallet(), bid, Instant.parse("2021-04-02T13:30:00Z")));
  }

  /** Rare ticks are not taken for none. */
  @Test
  void theEarliestInstantMayBeManyRenewalsAway() {
    Account account =
        Account.open(
            bids("1", "2000-01-01T00:00:00Z", Duration.ofDays(100)),
            "plus",
            "2021-01-01T00:00:00Z");
    assertEquals(
        new Earliest.At(Instant.parse("2021-07-20T00:00:00Z")),
        account
            .engine()
            .earliest(
                account.wallet(),
                account.event("spend").withAmount(2),
                Instant.parse("2023-01-01T00:00:00Z")));
  }

  @Test
  void theEarliestInstantMayBeARelease() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("plan").allotting("Credits", "s", 10))
                .rule("first", Trigger.on(OPENED), Effect.allot())
                .rule(
                    "hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(99)))
                .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
            "plan",
            "2021-01-01T00:00:00Z");
    account.apply(account.event("hold").withSubject("x").withAmount(4));
    Event event = account.event("spend").withAmount(10);
    Instant horizon = Instant.parse("2023-01-01T00:00:00Z");
    assertEquals(
        new Earliest.At(Instant.parse("2021-04-10T00:00:00Z")),
        account.engine().earliest(account.wallet(), event, horizon));
    assertInstanceOf(
        Earliest.Never.class,
        account.engine().earliest(account.wallet(), event.withAmount(11), horizon));
  }

  @Test
  void theEarliestInstantMayBeWhenTimeSetsAFact() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("plan").allotting("Credits", "s", 10))
                .rule("lift", Trigger.on(RENEWED), Effect.setFact("status", FactValue.of("good")))
                .rule(
                    "spend",
                    Trigger.on("spend").whereWallet("status", "good"),
                    Effect.charge("Spend")),
            "plan",
            "2021-01-01T00:00:00Z");
    assertEquals(
        new Earliest.At(Instant.parse("2021-02-01T00:00:00Z")),
        account
            .engine()
            .earliest(
                account.wallet(),
                account.event("spend").withAmount(0),
                Instant.parse("2023-01-01T00:00:00Z")));
  }

  /** The room that an expiry makes in what is held. */
  @Test
  void theEarliestInstantMayBeAnExpiry() {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("s").living(Term.of(Period.ofDays(100))))
                .limit("held", 10, Window.held())
                .plan(Plan.monthly("plan"))
                .rule(
                    "buy",
                    Trigger.on("buy"),
                    Effect.grantOfEvent(PURCHASE, "B", "s").within("held")),
            "plan",
            "2021-01-01T00:00:00Z");
    account.grant("buy", 8);
    account.advance("2021-01-02T00:00:00Z");
    account.grant("buy", 1);
    Event event = account.event("buy").withAmount(3);
    assertEquals(
        new Earliest.At(Instant.parse("2021-04-11T00:00:00Z")),
        account.engine().earliest(account.wallet(), event, Instant.parse("2023-01-01T00:00:00Z")));
  }

  @Test
  void upcomingListsExpiriesReleasesAndTicksUpToTheRenewal() {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("s").living(Term.of(Duration.ofDays(3))))
                .source("t")
                .plan(Plan.monthly("plan"))
                .tick("ten days", Duration.ofDays(10))
                .rule("tick", Trigger.onTick("ten days"), Effect.grant(BONUS, "Tick", "t", 1))
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "B", "s"))
                .rule(
                    "hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(15))),
            "plan",
            "2021-01-01T00:00:00Z");
    account.grant("buy", 5);
    account.apply(account.event("hold").withSubject("x").withAmount(2));
    List<Upcoming> upcoming = account.engine().upcoming(account.wallet());
    assertEquals(
        List.of(
            "Expiry 2021-01-04T00:00:00Z",
            "Ticked 2021-01-11T00:00:00Z",
            "Release 2021-01-16T00:00:00Z",
            "Expiry 2021-01-16T00:00:00Z",
            "Ticked 2021-01-21T00:00:00Z",
            "Ticked 2021-01-31T00:00:00Z",
            "Renewal 2021-02-01T00:00:00Z"),
        upcoming.stream().map(next -> next.getClass().getSimpleName() + " " + next.at()).toList());
    int rows = account.rows();
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(List.of(-3L, 1L, 2L, -2L, 1L, 1L), account.amountsFrom(rows));
  }

  /** A tick that grants nothing for want of room, or under a condition, is not told of. */
  @Test
  void upcomingLeavesOutTicksThatDoNothing() {
    Account account =
        Account.open(
            sheet()
                .source("t")
                .plan(Plan.monthly("plan"))
                .tick("hourly", Duration.ofHours(1))
                .tick("ten days", Duration.ofDays(10))
                .rule(
                    "hourly",
                    Trigger.onTick("hourly").whereWallet("mood", "good"),
                    Effect.grant(BONUS, "Hour", "t", 1))
                .rule(
                    "mood",
                    Trigger.onTick("ten days").whereWallet("mood", "bad"),
                    Effect.setFact("mood", "worse"))
                .rule("again", Trigger.onTick("hourly"), Effect.setFact("told", true))
                .rule("full", Trigger.onTick("hourly"), Effect.refill()),
            Opening.of("plan", Instant.parse("2021-01-01T00:00:00Z"))
                .withFact("mood", "bad")
                .withFact("told", true));
    Instant tenth = Instant.parse("2021-01-11T00:00:00Z");
    List<Upcoming> upcoming = account.engine().upcoming(account.wallet());
    assertEquals(
        new Upcoming.Ticked(tenth, List.of("hourly", "ten days"), List.of()), upcoming.get(0));
    assertEquals(2, upcoming.size());
    assertEquals(Instant.parse("2021-01-01T01:00:00Z"), account.engine().nextDue(account.wallet()));
  }

  @Test
  void upcomingTellsOfATickThatOnlyMakesCreditsPending() {
    Account account =
        Account.open(
            sheet()
                .source("t")
                .plan(Plan.monthly("plan"))
                .tick("twenty days", Duration.ofDays(20))
                .rule(
                    "later",
                    Trigger.onTick("twenty days"),
                    Effect.grant(BONUS, "Later", "t", 1).settlingAfter(Duration.ofDays(90))),
            "plan",
            "2021-01-01T00:00:00Z");
    assertEquals(
        List.of("Ticked", "Renewal"),
        account.engine().upcoming(account.wallet()).stream()
            .map(next -> next.getClass().getSimpleName())
            .toList());
  }

  @Test
  void everyTickThatGrantsIsAnOccasionOfItsOwn() {
    Account account =
        Account.open(
            bids("1", "2000-01-01T00:00:00Z", Duration.ofDays(1)), "plus", "2021-04-01T09:00:00Z");
    Decision decision = account.advance("2021-04-03T12:00:00Z");
    List<Transaction> rows = account.history();
    assertEquals(
        List.of(
            new Notice(Instant.parse("2021-04-02T09:00:00Z"), 1, 1, rows.subList(0, 1)),
            new Notice(Instant.parse("2021-04-03T09:00:00Z"), 1, 2, rows.subList(1, 2))),
        decision.notices());
  }

  @Test
  void noTickIsDueBeforeTheVersionThatBringsIt() {
    Policy.Builder first = version("1", "2021-01-01T00:00:00Z").source("bids");
    Account account =
        Account.open(
            Program.named("test")
                .version(first.plan(Plan.monthly("plus")).build())
                .version(bids("2", "2021-01-20T04:00:00Z", Duration.ofDays(3)).build()),
            "plus",
            "2021-01-05T09:00:00Z");
    Instant due = Instant.parse("2021-01-20T09:00:00Z");
    assertEquals(due, account.engine().nextDue(account.wallet()));
    assertEquals(due, account.engine().upcoming(account.wallet()).get(0).at());
    account.advance(due);
    assertEquals(1, account.available());
  }

  @Test
  void aTickAtTheStartOfItsVersionIsOfThatVersion() {
    Policy.Builder first = version("1", "2021-01-01T00:00:00Z").source("bids");
    Account account =
        Account.open(
            Program.named("test")
                .version(first.plan(Plan.monthly("plus")).build())
                .version(bids("2", "2021-01-20T09:00:00Z", Duration.ofDays(3)).build()),
            "plus",
            "2021-01-05T09:00:00Z");
    assertEquals(Instant.parse("2021-01-20T09:00:00Z"), account.engine().nextDue(account.wallet()));
    account.advance("2021-01-20T09:00:00Z");
    assertEquals(1, account.available());
    assertEquals(Instant.parse("2021-01-23T09:00:00Z"), account.engine().nextDue(account.wallet()));
  }

  // Terms

  private static Account living(Term term, String at, String zone) {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("s").living(term))
                .plan(Plan.monthly("plan"))
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "s")),
            Opening.of("plan", Instant.parse("2020-12-15T00:00:00Z")).inZone(ZoneId.of(zone)));
    account.apply(account.event("buy", at).withAmount(5));
    return account;
  }

  @ParameterizedTest
  @CsvSource({
    "P1M, UTC, 2021-01-31T15:00:00Z, 2021-02-28T15:00:00Z",
    "P1M, UTC, 2021-02-28T15:00:00Z, 2021-03-28T15:00:00Z",
    "P1Y, UTC, 2024-02-29T00:00:00Z, 2025-02-28T00:00:00Z",
    "P1Y, America/New_York, 2021-03-14T06:30:00Z, 2022-03-14T05:30:00Z",
    "P1D, America/New_York, 2021-03-13T07:30:00Z, 2021-03-14T07:30:00Z", // 02:30 is not there
    "P7D, Europe/Berlin, 2021-10-30T10:00:00Z, 2021-11-06T11:00:00Z"
  })
  void aPeriodIsReckonedByTheLocalCalendar(Period period, String zone, String at, String expires) {
    goneAt(living(Term.of(period), at, zone), Instant.parse(expires));
  }

  @ParameterizedTest
  @CsvSource({
    "PT168H, Europe/Berlin, 2021-10-30T10:00:00Z, 2021-11-06T10:00:00Z",
    "PT0.000000001S, UTC, 2021-01-31T15:00:00Z, 2021-01-31T15:00:00.000000001Z"
  })
  void aDurationIsExact(Duration length, String zone, String at, String expires) {
    goneAt(living(Term.of(length), at, zone), Instant.parse(expires));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2021-01-14T23:59:59Z, 2021-01-15T00:00:00Z",
    "1, 2021-01-15T00:00:00Z, 2021-02-15T00:00:00Z",
    "2, 2021-01-14T23:59:59Z, 2021-02-15T00:00:00Z",
    "2, 2021-01-31T12:00:00Z, 2021-03-15T00:00:00Z",
    "13, 2021-01-14T00:00:00Z, 2022-01-15T00:00:00Z"
  })
  void aTermOfCyclesEndsWithARenewal(int count, String at, String expires) {
    goneAt(living(Term.cycles(count), at, "UTC"), Instant.parse(expires));
  }

  @Test
  void aTermMayEndAtAnInstant() {
    Instant end = Instant.parse("2021-03-01T00:00:00Z");
    goneAt(living(Term.until(end), "2021-01-31T12:00:00Z", "UTC"), end);
    Account late = living(Term.until(end), "2021-03-01T00:00:00Z", "UTC");
    assertEquals(0, late.available());
    assertEquals(List.of(5L, -5L), late.amountsFrom(0));
  }

  private static void goneAt(Account account, Instant expires) {
    assertEquals(
        List.of(expires),
        account.wallet().lots().stream()
            .map(lot -> lot.terms().expiresAt().orElseThrow())
            .toList());
    account.advance(expires.minusNanos(1));
    assertEquals(5, account.available());
    account.advance(expires);
    assertEquals(0, account.available());
    assertEquals(TransactionType.EXPIRY, account.last().type());
    assertEquals(expires, account.last().at());
  }

  /** What expires at the renewal is not in what the renewal's rules see. */
  @Test
  void expiryComesBeforeTheRenewalOfItsInstant() {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("s").living(Term.cycles(1)))
                .source("t")
                .plan(Plan.monthly("plan").allotting("A", "s", 10).allotting("B", "t", 4))
                .rule("most", Trigger.on(RENEWED), Effect.forfeitAbove("Most", 3))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot()),
            "plan",
            "2021-01-31T10:00:00Z");
    int rows = account.rows();
    account.advance("2021-02-28T00:00:00Z");
    assertEquals(List.of(-10L, -1L, 10L, 4L), account.amountsFrom(rows));
    assertEquals(17, account.available());
  }

  @Test
  void anEventAtTheInstantOfExpiryComesTooLate() {
    Account account = living(Term.of(Duration.ofDays(1)), "2021-01-31T15:00:00Z", "UTC");
    Account spender =
        Account.open(
            sheet()
                .source(Source.of("s").living(Term.of(Duration.ofDays(1))))
                .plan(Plan.monthly("plan").allotting("A", "s", 10))
                .rule("first", Trigger.on(OPENED), Effect.allot())
                .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
            "plan",
            "2021-01-31T15:00:00Z");
    spender.apply(spender.event("spend", "2021-02-01T14:59:59.999999999Z").withAmount(1));
    spender.refuse("not-enough", spender.event("spend", "2021-02-01T15:00:00Z").withAmount(1));
    assertEquals(5, account.available());
  }

  // Anchors and cycles

  private static List<String> renewals(
      Period cycle, Anchor anchor, String opened, String zone, int count) {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.of("plan", cycle).anchoredOn(anchor).allotting("A", "s", 1))
                .rule("allotment", Trigger.on(RENEWED), Effect.allot()),
            Opening.of("plan", Instant.parse(opened)).inZone(ZoneId.of(zone)));
    List<String> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant next = account.wallet().cycle().endExclusive();
      account.advance(next.minusNanos(1));
      assertEquals(i, account.available());
      account.advance(next);
      assertEquals(next, account.wallet().cycle().startInclusive());
      starts.add(next.atZone(ZoneId.of(zone)).toLocalDateTime().toString());
    }
    assertEquals(count, account.available());
    return starts;
  }

  @ParameterizedTest
  @CsvSource({
    "2021-01-05T10:00:00Z, 1, 2021-02-01 2021-03-01 2021-04-01",
    "2021-01-01T00:00:00Z, 1, 2021-02-01 2021-03-01 2021-04-01",
    "2021-01-05T10:00:00Z, 15, 2021-01-15 2021-02-15 2021-03-15",
    "2021-01-30T10:00:00Z, 29, 2021-02-28 2021-03-29 2021-04-29",
    "2024-01-30T10:00:00Z, 29, 2024-02-29 2024-03-29 2024-04-29",
    "2021-01-05T10:00:00Z, 30, 2021-01-30 2021-02-28 2021-03-30",
    "2021-02-28T10:00:00Z, 30, 2021-03-30 2021-04-30 2021-05-30",
    "2021-02-27T10:00:00Z, 31, 2021-02-28 2021-03-31 2021-04-30",
    "2021-02-28T10:00:00Z, 31, 2021-03-31 2021-04-30 2021-05-31",
    "2021-05-15T10:00:00Z, 31, 2021-05-31 2021-06-30 2021-07-31"
  })
  void aDayOfTheMonthIsTheSameForEveryWallet(String opened, int day, String starts) {
    assertEquals(
        starts,
        String.join(" ", renewals(Period.ofMonths(1), Anchor.dayOfMonth(day), opened, "UTC", 3))
            .replace("T00:00", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "P1M, 2021-01-31T10:00:00Z, 2021-02-28 2021-03-31 2021-04-30",
    "P3M, 2020-11-30T10:00:00Z, 2021-02-28 2021-05-30 2021-08-30",
    "P1Y, 2024-02-29T10:00:00Z, 2025-02-28 2026-02-28 2027-02-28 2028-02-29",
    "P7D, 2021-02-25T10:00:00Z, 2021-03-04 2021-03-11",
    "P1D, 2021-02-27T10:00:00Z, 2021-02-28 2021-03-01",
    "P10D, 2021-02-25T10:00:00Z, 2021-03-07 2021-03-17",
    "P2W, 2021-02-25T10:00:00Z, 2021-03-11 2021-03-25"
  })
  void cyclesAreReckonedFromTheOpening(Period cycle, String opened, String starts) {
    assertEquals(
        starts,
        String.join(" ", renewals(cycle, Anchor.opening(), opened, "UTC", starts.split(" ").length))
            .replace("T00:00", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "P7D, 2021-03-10T10:00:00Z, MONDAY, 2021-03-15 2021-03-22",
    "P7D, 2021-03-15T10:00:00Z, MONDAY, 2021-03-22 2021-03-29",
    "P14D, 2021-03-10T10:00:00Z, SUNDAY, 2021-03-21 2021-04-04"
  })
  void aDayOfTheWeekIsTheSameForEveryWallet(
      Period cycle, String opened, DayOfWeek day, String starts) {
    assertEquals(
        starts,
        String.join(" ", renewals(cycle, Anchor.dayOfWeek(day), opened, "UTC", 2))
            .replace("T00:00", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "2021-01-28T10:00:00Z, 2021-02-28 2021-03-28",
    "2021-01-29T10:00:00Z, 2021-03-01 2021-04-01",
    "2021-01-31T10:00:00Z, 2021-03-01 2021-04-01",
    "2021-02-28T10:00:00Z, 2021-03-28 2021-04-28",
    "2024-02-29T10:00:00Z, 2024-04-01 2024-05-01"
  })
  void anAnchorAfterTheTwentyEighthMovesToTheFirst(String opened, String starts) {
    assertEquals(
        starts,
        String.join(" ", renewals(Period.ofMonths(1), Anchor.openingUpTo(28), opened, "UTC", 2))
            .replace("T00:00", ""));
  }

  /** Days start at the first instant of the local date, which need not be midnight. */
  @Test
  void cyclesStartWithTheLocalDay() {
    assertEquals(
        List.of("2018-11-03T00:00", "2018-11-04T01:00", "2018-11-05T00:00"),
        renewals(
            Period.ofDays(1), Anchor.opening(), "2018-11-02T10:00:00Z", "America/Sao_Paulo", 3));
    assertEquals(
        List.of("2021-12-01T00:00", "2022-01-01T00:00"),
        renewals(
            Period.ofMonths(1), Anchor.dayOfMonth(1), "2021-10-31T23:00:00Z", "Asia/Tokyo", 2));
  }

  /** A wallet's zone decides which date it opened on. */
  @Test
  void theOpeningsDateIsTheZones() {
    assertEquals(
        List.of("2021-12-01T00:00"),
        renewals(Period.ofMonths(1), Anchor.opening(), "2021-10-31T23:00:00Z", "Asia/Tokyo", 1));
    assertEquals(
        List.of("2021-11-30T00:00"),
        renewals(
            Period.ofMonths(1), Anchor.opening(), "2021-10-31T02:00:00Z", "America/New_York", 1));
  }

  @Property(tries = 300)
  void cyclesTileTime(
      @ForAll @IntRange(max = 12000) int opened,
      @ForAll @IntRange(max = 3) int length,
      @ForAll @IntRange(max = 31) int anchorDay,
      @ForAll @IntRange(max = 3) int zone) {
    Anchor anchor =
        anchorDay == 0
            ? Anchor.openingUpTo(28)
            : opened % 3 == 0 ? Anchor.opening() : Anchor.dayOfMonth(anchorDay);
    ZoneId id =
        ZoneId.of(List.of("UTC", "America/New_York", "Asia/Kathmandu", "Europe/London").get(zone));
    Period cycle =
        List.of(Period.ofDays(1), Period.ofWeeks(1), Period.ofMonths(1), Period.ofMonths(5))
            .get(length);
    Instant at = Instant.parse("2019-01-01T00:00:00Z").plus(Duration.ofHours(opened));
    Account account =
        Account.open(
            sheet().source("s").plan(Plan.of("plan", cycle).anchoredOn(anchor)),
            Opening.of("plan", at).inZone(id));
    assertEquals(at, account.wallet().cycle().startInclusive());
    IntStream.range(0, 14)
        .forEach(
            i -> {
              Instant end = account.wallet().cycle().endExclusive();
              assertEquals(i, account.wallet().cycle().number());
              assertEquals(end, end.atZone(id).toLocalDate().atStartOfDay(id).toInstant());
              account.advance(end);
              assertEquals(end, account.wallet().cycle().startInclusive());
            });
  }
}
