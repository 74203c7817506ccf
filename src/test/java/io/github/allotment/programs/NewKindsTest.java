package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.ALLOTMENT;
import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Consequence;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.Opening;
import io.github.allotment.PendingAward;
import io.github.allotment.Reason;
import io.github.allotment.Transaction;
import io.github.allotment.Use;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grants taken back, frozen credits, sessions, parts of charges, ticks, versions, facts. */
class NewKindsTest {

  private static final String OPENING = "2021-01-05T00:00:00Z";

  private static Policy.Builder sheet() {
    return version("1", "2000-01-01T00:00:00Z");
  }

  private static Policy.Builder version(String name, String from) {
    return Policy.version(name, Instant.parse(from))
        .source("bought")
        .rule("purchase", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spent"))
        .rule("plan", Trigger.on("plan"), Effect.switchPlanAtOnce())
        .plan(Plan.monthly("plan"))
        .plan(Plan.monthly("other"));
  }

  private static Account open(Policy.Builder sheet) {
    return Account.open(sheet, "plan", OPENING);
  }

  private static Account openLate(Policy.Builder sheet) {
    return Account.open(
        Program.named("test").version(sheet.build()).lateness(Duration.ofDays(2)), "plan", OPENING);
  }

  private static Event on(Account account, String type, String subject) {
    return account.event(type).withSubject(subject);
  }

  /** The wallet must be the same after it was stored and restored. */
  private static void assertRestores(Account account) {
    Wallet wallet = account.wallet();
    assertEquals(wallet, account.engine().restore(wallet.state()));
    assertEquals(wallet.available(), account.engine().restore(wallet.state()).available());
  }

  @Nested
  class AGrantTakenBack {

    private Policy.Builder program() {
      return sheet()
          .limit(
              Limit.of("week", Quantity.of(50), Window.rolling(Duration.ofDays(7)))
                  .regainedByRevocation())
          .limit("month", 60, Window.calendar(Window.Calendar.Unit.MONTH))
          .rule(
              "award",
              Trigger.on("award"),
              Effect.grant(AWARD, "Award", "bought", 40)
                  .within("week")
                  .within("month")
                  .settlingAfter(Duration.ofHours(24)))
          .rule("chargeback", Trigger.on("chargeback"), Effect.revoke("Taken back"))
          .rule("whole", Trigger.on("whole"), Effect.revoke("Taken back").whole());
    }

    @Test
    void takesWhatIsUnspent() {
      Account account = open(program());
      account.apply(on(account, "buy", "order 7").withAmount(100));
      account.apply(on(account, "buy", "order 8").withAmount(5));
      account.spend(30);
      var decision = account.apply(on(account, "chargeback", "order 7"));
      assertEquals(
          List.of(new Consequence.Revoked("chargeback", "1", "order 7", 70, 0, 100)),
          Account.consequences(decision));
      assertEquals(List.of(100L, 5L, -30L, -70L), account.amountsFrom(0));
      assertEquals(5, account.available());
      account.refuse("no-open-claim", on(account, "chargeback", "order 7"));
      assertRestores(account);
    }

    @Test
    void isRefusedIfNotAllIsThereAndAllMustBe() {
      Account account = open(program());
      account.apply(on(account, "buy", "order 7").withAmount(100));
      account.spend(30);
      Reason.NotEnough reason =
          assertInstanceOf(
              Reason.NotEnough.class,
              account.refuse("not-enough", on(account, "whole", "order 7")));
      assertEquals(100, reason.amount());
      assertEquals(70, reason.available());
    }

    @Test
    void comesBackToTheAccountIfItWasSpentAndReturns() {
      Account account =
          open(
              program()
                  .rule(
                      "back",
                      Trigger.on("back"),
                      Effect.giveBack(Effect.End.Reach.SUBJECT, "Back")));
      account.apply(on(account, "buy", "order 7").withAmount(100));
      account.apply(on(account, "spend", "job").withAmount(30));
      account.apply(on(account, "chargeback", "order 7"));
      account.apply(on(account, "back", "job"));
      assertEquals(30, account.available());
      account.apply(on(account, "chargeback", "order 7"));
      assertEquals(0, account.available());
    }

    @Test
    void isWithdrawnWhilePendingAndGivesRoomBackWhereTheLimitSaysSo() {
      Account account = open(program());
      account.apply(on(account, "award", "a"));
      assertEquals(40, account.wallet().pending());
      account.refuse("no-room", on(account, "award", "b"));
      account.apply(on(account, "chargeback", "a"));
      assertEquals(0, account.wallet().pending());
      assertEquals(
          List.of(new Use("month", Instant.parse(OPENING), 40)), account.wallet().state().uses());
      assertEquals(50, account.engine().room(account.wallet(), "week").left());
      assertEquals(20, account.engine().room(account.wallet(), "month").left());
      assertEquals(0, account.rows());
      account.advance("2021-02-01T00:00:00Z");
      account.apply(on(account, "award", "b"));
      assertRestores(account);
    }

    @Test
    void givesNoRoomBackOfAWindowThatIsOver() {
      Account account = open(program());
      account.apply(on(account, "award", "a"));
      account.advance("2021-02-20T00:00:00Z");
      assertEquals(List.of(), account.wallet().state().uses());
      account.apply(on(account, "chargeback", "a"));
      assertEquals(List.of(), account.wallet().state().uses());
      assertEquals(50, account.engine().room(account.wallet(), "week").left());
    }

    @Test
    void nothingIsSummedUpThatALateEventCouldComeBefore() {
      Account account =
          openLate(
              sheet()
                  .limit("ever", 99, Window.ever())
                  .rule(
                      "award",
                      Trigger.on("award"),
                      Effect.grantOfEvent(AWARD, "Award", "bought").within("ever")));
      Instant first = Instant.parse("2021-01-06T00:00:00Z");
      Instant second = Instant.parse("2021-01-08T00:00:00Z");
      account.apply(account.event("award", first).withAmount(10));
      account.apply(account.event("award", second).withAmount(20));
      assertEquals(
          List.of(new Use("ever", first, 10), new Use("ever", second, 20)),
          account.wallet().state().uses());
      account.advance(second.plusNanos(1));
      assertEquals(
          List.of(new Use("ever", Instant.parse(OPENING), 10), new Use("ever", second, 20)),
          account.wallet().state().uses());
    }

    @Test
    void givesRoomBackOfWhatIsSummedUp() {
      Account account =
          open(
              sheet()
                  .limit(Limit.of("ever", Quantity.of(99), Window.ever()).regainedByRevocation())
                  .rule(
                      "award",
                      Trigger.on("award"),
                      Effect.grantOfEvent(AWARD, "Award", "bought").within("ever"))
                  .rule("chargeback", Trigger.on("chargeback"), Effect.revoke("Taken back")));
      account.apply(account.event("award", "2021-01-06T00:00:00Z").withSubject("a").withAmount(10));
      account.apply(account.event("award", "2021-01-07T00:00:00Z").withSubject("b").withAmount(20));
      account.apply(on(account, "chargeback", "b"));
      assertEquals(89, account.engine().room(account.wallet(), "ever").left());
      account.advance("2021-01-09T00:00:00Z");
      assertEquals(
          List.of(new Use("ever", Instant.parse(OPENING), 10)), account.wallet().state().uses());
      account.apply(on(account, "chargeback", "a"));
      assertEquals(99, account.engine().room(account.wallet(), "ever").left());
      assertRestores(account);
    }

    @Test
    void isStampedWithTheLimitsThatGetTheirRoomBackOnlyThen() {
      Account account =
          open(
              program()
                  .limit(Limit.of("purse", Quantity.of(99), Window.held()).regainedByRevocation())
                  .rule(
                      "bonus",
                      Trigger.on("bonus"),
                      Effect.grantOfEvent(AWARD, "Bonus", "bought")
                          .within("month")
                          .within("purse")
                          .within("week")));
      account.apply(on(account, "bonus", "b").withAmount(3));
      Lot.Terms lot = account.wallet().lots().get(0).terms();
      assertEquals(List.of("week"), lot.origin().orElseThrow().regained());
      account.apply(on(account, "chargeback", "b"));
      assertEquals(99, account.engine().room(account.wallet(), "purse").left());
      assertEquals(57, account.engine().room(account.wallet(), "month").left());
      assertEquals(50, account.engine().room(account.wallet(), "week").left());
    }

    @Test
    void givesBackOnlyTheRoomOfWhatIsTakenBack() {
      Account account = open(program());
      account.apply(on(account, "award", "a"));
      account.advance("2021-01-06T00:00:00Z");
      account.spend(15);
      account.apply(on(account, "chargeback", "a"));
      assertEquals(35, account.engine().room(account.wallet(), "week").left());
    }

    @Test
    void isOnlyWhatWasGrantedUpToTheEventsOwnInstant() {
      Account account = openLate(program());
      account.apply(account.event("buy", "2021-01-06T12:00:00Z").withSubject("o").withAmount(9));
      account.refuse(
          "no-open-claim", account.event("chargeback", "2021-01-06T11:00:00Z").withSubject("o"));
    }
  }

  @Nested
  class FrozenCredits {

    private Policy.Builder program() {
      return sheet()
          .source(Source.of("pro").usableOn("plan").living(Term.of(Period.ofMonths(3))))
          .rule("pro", Trigger.on("pro"), Effect.grantOfEvent(PURCHASE, "Pro", "pro"));
    }

    @Test
    void waitForTheirPlan() {
      Account account = open(program());
      account.grant("pro", 10);
      account.grant("buy", 5);
      account.apply(account.event("plan").withFact("plan", "other"));
      assertEquals(5, account.available());
      assertEquals(10, account.wallet().frozen());
      assertEquals(0, account.wallet().available("pro"));
      assertEquals(15, account.last().balance());
      account.refuse("not-enough", account.event("spend").withAmount(6));
      account.spend(5);
      assertRestores(account);
      account.apply(account.event("plan").withFact("plan", "plan"));
      assertEquals(10, account.available());
      assertEquals(0, account.wallet().frozen());
    }

    @Test
    void expireAllTheSame() {
      Account account = open(program());
      account.grant("pro", 10);
      account.apply(account.event("plan").withFact("plan", "other"));
      account.advance("2021-04-05T00:00:00Z");
      assertEquals(0, account.wallet().frozen());
      assertEquals(List.of(10L, -10L), account.amountsFrom(0));
    }

    @Test
    void areSparedByACutOfEverythingAndCutByName() {
      Account account =
          open(
              program()
                  .rule("all", Trigger.on("all"), Effect.forfeitAbove("Cut", 0))
                  .rule(
                      "named",
                      Trigger.on("named"),
                      Effect.forfeitAbove("Cut", Quantity.of(4), "pro")));
      account.grant("pro", 10);
      account.grant("buy", 5);
      account.apply(account.event("plan").withFact("plan", "other"));
      account.apply(account.event("all"));
      assertEquals(10, account.wallet().frozen());
      assertEquals(0, account.available());
      account.apply(account.event("named"));
      assertEquals(4, account.wallet().frozen());
    }
  }

  @Nested
  class ASession {

    private Policy.Builder program() {
      return sheet()
          .limit("session", 50, Window.session(Duration.ofDays(7)))
          .rule(
              "award",
              Trigger.on("award"),
              Effect.grantOfEvent(AWARD, "Award", "bought").within("session"));
    }

    @Test
    void opensAtTheFirstAwardAndNeverMoves() {
      Account account = open(program());
      account.apply(account.event("award", "2021-01-07T12:00:00Z").withAmount(20));
      account.apply(account.event("award", "2021-01-14T11:59:59Z").withAmount(30));
      Reason.NoRoom reason =
          assertInstanceOf(
              Reason.NoRoom.class,
              account.refuse(
                  "no-room",
                  account.event("award", "2021-01-14T11:59:59.999999999Z").withAmount(1)));
      assertEquals(Optional.of(Instant.parse("2021-01-14T12:00:00Z")), reason.opensAt());
      account.apply(account.event("award", "2021-01-14T12:00:00Z").withAmount(50));
      account.refuse("no-room", account.event("award", "2021-01-21T11:59:59Z").withAmount(1));
      account.apply(account.event("award", "2021-01-21T12:00:00Z").withAmount(1));
      assertRestores(account);
    }

    @Test
    void goesOnWhenAllThatCountedInItIsTakenBack() {
      Account account =
          open(
              sheet()
                  .limit(
                      Limit.of("session", Quantity.of(50), Window.session(Duration.ofDays(7)))
                          .regainedByRevocation())
                  .rule(
                      "award",
                      Trigger.on("award"),
                      Effect.grantOfEvent(AWARD, "Award", "bought").within("session"))
                  .rule("chargeback", Trigger.on("chargeback"), Effect.revoke("Taken back")));
      Instant start = Instant.parse("2021-01-07T12:00:00Z");
      account.apply(account.event("award", start).withSubject("a").withAmount(20));
      account.apply(on(account, "chargeback", "a"));
      assertEquals(List.of(new Use("session", start, 0)), account.wallet().state().uses());
      assertRestores(account);
      account.apply(account.event("award", "2021-01-10T00:00:00Z").withAmount(50));
      assertEquals(List.of(new Use("session", start, 50)), account.wallet().state().uses());
      account.refuse("no-room", account.event("award", "2021-01-14T11:59:59Z").withAmount(1));
      account.apply(account.event("award", "2021-01-14T12:00:00Z").withAmount(50));
    }

    @Test
    void isCutShortByTheOneThatStartedLaterAndArrivedEarlier() {
      Account account = openLate(program());
      account.apply(account.event("award", "2021-01-08T00:00:00Z").withAmount(50));
      account.apply(account.event("award", "2021-01-07T00:00:00Z").withAmount(50));
      account.refuse("no-room", account.event("award", "2021-01-07T23:59:59Z").withAmount(1));
      account.refuse("no-room", account.event("award", "2021-01-08T00:00:00Z").withAmount(1));
    }
  }

  @Nested
  class PartsOfACharge {

    private Policy.Builder program() {
      return sheet()
          .rule("cost", Trigger.on("propose"), Effect.charge("Proposal"))
          .rule(
              "boost",
              Trigger.on("propose"),
              Effect.charge("Boost").of(Quantity.ofEvent("boost")).forPart("boost"))
          .rule(
              "lost boost",
              Trigger.on("outbid"),
              Effect.giveBack(Effect.End.Reach.SUBJECT, "Boost returned").ofPart("boost"))
          .rule(
              "closed", Trigger.on("closed"), Effect.giveBack(Effect.End.Reach.GROUP, "Returned"));
    }

    private Event propose(Account account, String subject, long cost, long boost) {
      return on(account, "propose", subject)
          .withGroup("job")
          .withAmount(cost)
          .withFact("boost", boost);
    }

    @Test
    void comeBackSeparately() {
      Account account = open(program());
      account.grant("buy", 20);
      account.apply(propose(account, "p", 6, 10));
      assertEquals(List.of(20L, -6L, -10L), account.amountsFrom(0));
      assertEquals(6, account.wallet().claim("p").orElseThrow().amount());
      assertEquals(10, account.wallet().claim("p", "boost").orElseThrow().amount());
      assertRestores(account);
      account.apply(on(account, "outbid", "p"));
      assertEquals(14, account.available());
      account.refuse("no-open-claim", on(account, "outbid", "p"));
      account.apply(account.event("closed").withGroup("job"));
      assertEquals(20, account.available());
    }

    @Test
    void comeBackTogetherIfNoPartIsNamed() {
      Account account = open(program());
      account.grant("buy", 20);
      account.apply(propose(account, "p", 6, 10));
      account.apply(account.event("closed").withGroup("job"));
      assertEquals(List.of(6L, 10L), account.amountsFrom(3));
    }

    @Test
    void areRefusedTogether() {
      Account account = open(program());
      account.grant("buy", 15);
      account.refuse("not-enough", propose(account, "p", 6, 10));
      account.refuse("fact-missing", on(account, "propose", "p").withAmount(6));
      account.refuse("fact-missing", propose(account, "p", 6, -1));
      assertEquals(15, account.available());
    }
  }

  @Nested
  class Ticks {

    @Test
    void ofTheCalendarGrantWithinALongerCycle() {
      Account account =
          Account.open(
              Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                  .source("plan")
                  .tick("month", Period.ofMonths(1))
                  .plan(Plan.of("yearly", Period.ofYears(1)).allotting("Monthly", "plan", 30))
                  .rule("monthly", Trigger.onTick("month"), Effect.allot())
                  .rule("first", Trigger.on(OPENED), Effect.allot())
                  .rule("yearly cut", Trigger.on(RENEWED), Effect.forfeitAbove("Cut", 0)),
              "yearly",
              "2021-01-31T09:00:00Z");
      account.advance("2022-01-31T00:00:00Z");
      assertEquals(
          List.of("2021-01-31T09:00:00Z", "2021-02-28T00:00:00Z", "2021-03-31T00:00:00Z"),
          account.history().stream().limit(3).map(row -> "" + row.at()).toList());
      assertEquals(14, account.rows());
      assertEquals(List.of(-360L, 30L), account.amountsFrom(12));
    }

    @Test
    void thatEventsRestartComeWhenNothingHappenedForSoLong() {
      Account account =
          open(
              sheet()
                  .tick("idle", Period.ofMonths(12))
                  .rule("busy", Trigger.on("buy"), Effect.restart("idle"))
                  .rule("idle", Trigger.onTick("idle"), Effect.forfeitAbove("Idle", 0)));
      account.grant("buy", 5);
      account.advance("2021-12-01T10:00:00Z");
      account.grant("buy", 7);
      assertRestores(account);
      account.advance("2022-11-30T23:59:59Z");
      assertEquals(12, account.available());
      account.advance("2022-12-01T00:00:00Z");
      assertEquals(0, account.available());
    }

    /** Before the first restart, what counts is since when there could have been one. */
    @ParameterizedTest
    @CsvSource({"1, 2020-01-15", "1, 2021-01-10", "31, 2020-12-31"})
    void thatEventsRestartAreReckonedFromTheOpeningBeforeTheFirst(int day, LocalDate anchor) {
      Policy.Builder sheet =
          Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
              .source("s")
              .plan(Plan.monthly("plan").anchoredOn(Anchor.dayOfMonth(day)))
              .tick("idle", Period.ofMonths(12))
              .rule("busy", Trigger.on("buy"), Effect.restart("idle"))
              .rule("idle", Trigger.onTick("idle"), Effect.forfeitAbove("Idle", 0));
      Instant opened = Instant.parse("2021-01-10T10:00:00Z");
      Account account =
          Account.open(
              sheet,
              Opening.of("plan", opened)
                  .withExisting(
                      Opening.Existing.renewingFrom(anchor)
                          .holding("s", 500, opened.minusSeconds(1))));
      account.advance("2022-01-09T23:59:59Z");
      assertEquals(500, account.available());
      account.advance("2022-01-10T00:00:00Z");
      assertEquals(0, account.available());
    }

    /** A tick that a late restart makes due comes at once, whatever else has ticked since. */
    @ParameterizedTest
    @CsvSource({"P50D", "PT3H", "PT1H"})
    void thatALateRestartMakesDueComeWithIt(String other) {
      Policy.Builder sheet =
          sheet()
              .tick("idle", Duration.ofHours(24))
              .rule("busy", Trigger.on("busy"), Effect.restart("idle"))
              .rule("idle", Trigger.onTick("idle"), Effect.forfeitAbove("Idle", 0))
              .rule("tick", Trigger.onTick("other"), Effect.setFact("ticked", true));
      Account account =
          openLate(
              other.startsWith("PT")
                  ? sheet.tick("other", Duration.parse(other))
                  : sheet.tick("other", Period.parse(other)));
      Instant opened = Instant.parse(OPENING);
      account.apply(account.event("busy", opened.plus(Duration.ofHours(3))));
      account.grant("buy", 7);
      account.advance(opened.plus(Duration.ofHours(47)));
      assertEquals(0, account.available(), "idle since the third hour");
      account.grant("buy", 9);
      account.apply(account.event("busy", opened.plus(Duration.ofHours(20))));
      assertEquals(0, account.available(), "idle since the twentieth");
      account.grant("buy", 5);
      account.advance(opened.plus(Duration.ofHours(68)).minusNanos(1));
      assertEquals(5, account.available());
      account.advance(opened.plus(Duration.ofHours(68)));
      assertEquals(0, account.available());
    }

    /** A tick that has come does not come again with a late restart before it. */
    @ParameterizedTest
    @CsvSource({"P1D", "PT24H"})
    void thatHaveComeDoNotComeAgainByALateRestart(String length) {
      Policy.Builder sheet =
          sheet()
              .rule("visit", Trigger.on("visit"), Effect.restart("drip"))
              .rule("drip", Trigger.onTick("drip"), Effect.grant(AWARD, "Drip", "bought", 5));
      Account account =
          openLate(
              length.startsWith("PT")
                  ? sheet.tick("drip", Duration.parse(length))
                  : sheet.tick("drip", Period.parse(length)));
      Instant opened = Instant.parse(OPENING);
      account.apply(account.event("visit", opened.plus(Duration.ofHours(6))));
      account.advance(opened.plus(Duration.ofHours(6 + 72)));
      long dripped = account.available();
      account.apply(account.event("visit", opened.plus(Duration.ofHours(6 + 48))));
      assertEquals(dripped, account.available());
      account.advance(opened.plus(Duration.ofHours(6 + 96)));
      assertEquals(dripped + 5, account.available());
    }

    /** A version that the wallet was never on does not start them; a change of plan does, once. */
    @ParameterizedTest
    @CsvSource({
      "NEW_WALLETS, false, 2021-07-31T00:00:00Z",
      "CHANGED_PLANS, false, 2021-07-31T00:00:00Z",
      "CHANGED_PLANS, true, 2021-06-09T00:00:00Z"
    })
    void thatEventsRestartAreReckonedFromWhenTheirVersionReachedTheWallet(
        Adoption adoption, boolean changes, Instant end) {
      Account account =
          Account.open(
              Program.named("idle")
                  .version(months("1", "2020-01-01T00:00:00Z", false).build())
                  .version(months("2", "2021-03-01T00:00:00Z", true).adoptedBy(adoption).build())
                  .version(months("3", "2021-06-01T00:00:00Z", true).build()),
              "plan",
              "2021-01-01T00:00:00Z");
      if (changes) {
        account.apply(account.event("go", "2021-04-10T00:00:00Z").withFact("plan", "other"));
        account.apply(account.event("go", "2021-05-20T00:00:00Z").withFact("plan", "plan"));
      }
      account.apply(account.event("gift", "2021-05-20T00:00:00Z").withAmount(5));
      account.advance(end.minusNanos(1));
      assertEquals(5, account.available());
      account.advance(end);
      assertEquals(0, account.available());
      assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
    }

    private static Policy.Builder months(String name, String from, boolean ticks) {
      Policy.Builder sheet =
          Policy.version(name, Instant.parse(from))
              .source("s")
              .plan(Plan.monthly("plan"))
              .plan(Plan.monthly("other"))
              .rule("go", Trigger.on("go"), Effect.switchPlanAtOnce())
              .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(AWARD, "Gift", "s"));
      return ticks
          ? sheet
              .tick("idle", Duration.ofDays(60))
              .rule("busy", Trigger.on("busy"), Effect.restart("idle"))
              .rule("idle", Trigger.onTick("idle"), Effect.forfeitAbove("Idle", 0))
          : sheet;
    }

    /** What is due when a renewal moves the anchor comes all the same, behind the renewal. */
    @Test
    void areNotLostWithARenewalThatMovesTheAnchor() {
      Account account =
          Account.open(
              Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                  .source("s")
                  .tick("month", Period.ofMonths(1))
                  .plan(Plan.of("yearly", Period.ofYears(1)).anchoredOn(Anchor.dayOfMonth(1)))
                  .rule("paid", Trigger.on(RENEWED), Effect.setFact("paid", true))
                  .rule(
                      "month",
                      Trigger.onTick("month").whereWallet("paid", true),
                      Effect.grant(AWARD, "Month", "s", 3)),
              Opening.of("yearly", Instant.parse("2020-12-01T10:00:00Z"))
                  .withExisting(Opening.Existing.renewingFrom(LocalDate.parse("2020-06-15"))));
      account.advance("2021-08-01T00:00:00Z");
      assertEquals(
          List.of("2021-06-15", "2021-07-01", "2021-08-01"),
          account.history().stream().map(row -> ("" + row.at()).substring(0, 10)).toList());
    }

    /** A version that brings the tick starts it; one that keeps it does not. */
    @ParameterizedTest
    @CsvSource({
      "P12M, false, 2022-06-01T00:00:00Z",
      "P12M, true, 2021-06-05T00:00:00Z",
      "PT8760H, false, 2022-06-01T00:00:00Z",
      "PT8760H, true, 2021-06-05T10:00:00Z"
    })
    void thatEventsRestartAreReckonedFromTheVersionThatBringsThem(
        String length, boolean isThereBefore, Instant end) {
      Account account =
          Account.open(
              Program.named("idle")
                  .version(idle("1", "2020-01-01T00:00:00Z", length, isThereBefore).build())
                  .version(idle("2", "2021-06-01T00:00:00Z", length, true).build())
                  .version(idle("3", "2021-06-02T00:00:00Z", length, true).build()),
              "plan",
              "2020-06-05T10:00:00Z");
      account.grant("gift", 5);
      account.advance(end.minusNanos(1));
      assertEquals(5, account.available());
      account.advance(end);
      assertEquals(0, account.available());
    }

    private static Policy.Builder idle(String name, String from, String length, boolean ticks) {
      Policy.Builder sheet =
          Policy.version(name, Instant.parse(from))
              .source("s")
              .plan(Plan.monthly("plan"))
              .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(AWARD, "Gift", "s"));
      if (!ticks) {
        return sheet;
      }
      Policy.Builder ticking =
          length.startsWith("PT")
              ? sheet.tick("idle", Duration.parse(length))
              : sheet.tick("idle", Period.parse(length));
      return ticking
          .rule("busy", Trigger.on("buy"), Effect.restart("idle"))
          .rule("idle", Trigger.onTick("idle"), Effect.forfeitAbove("Idle", 0));
    }

    @Test
    void areNotRestartedFromAnInstantThatIsNoLaterThanTheLast() {
      Account account =
          openLate(
              sheet()
                  .tick("idle", Duration.ofDays(10))
                  .rule("busy", Trigger.on("busy"), Effect.restart("idle")));
      assertEquals(List.of(Instant.parse(OPENING)), restarted(account, OPENING));
      assertEquals(List.of(), restarted(account, OPENING));
      assertEquals(
          List.of(Instant.parse("2021-01-09T06:00:00Z")),
          restarted(account, "2021-01-09T06:00:00Z"));
      assertEquals(List.of(), restarted(account, "2021-01-09T06:00:00Z"));
      assertEquals(List.of(), restarted(account, "2021-01-08T06:00:00Z"));
      assertEquals(
          Instant.parse("2021-01-19T06:00:00Z"), account.engine().nextDue(account.wallet()));
    }

    private static List<Instant> restarted(Account account, String at) {
      return Account.consequences(account.apply(account.event("busy", at))).stream()
          .map(did -> assertInstanceOf(Consequence.Restarted.class, did).from())
          .toList();
    }

    @Test
    void ofExactLengthAreReckonedFromTheRestart() {
      Account account =
          open(
              sheet()
                  .tick("idle", Duration.ofDays(10))
                  .rule("busy", Trigger.on("busy"), Effect.restart("idle"))
                  .rule(
                      "idle",
                      Trigger.onTick("idle"),
                      Effect.grant(AWARD, "Welcome back", "bought", 1)));
      account.apply(account.event("busy", "2021-01-14T06:00:00Z"));
      account.advance("2021-01-24T05:59:59Z");
      assertEquals(0, account.available());
      account.advance("2021-02-03T06:00:00Z");
      assertEquals(
          List.of("2021-01-24T06:00:00Z", "2021-02-03T06:00:00Z"),
          account.history().stream().map(Transaction::at).map(Instant::toString).toList());
    }
  }

  @Nested
  class Versions {

    private Program.Builder program(Adoption adoption) {
      return Program.named("test")
          .version(
              version("1", "2000-01-01T00:00:00Z")
                  .rule("gift", Trigger.on("gift"), Effect.grant(AWARD, "Gift", "bought", 1))
                  .build())
          .version(
              version("2", "2021-02-01T00:00:00Z")
                  .adoptedBy(adoption)
                  .plan(Plan.monthly("new"))
                  .rule("gift", Trigger.on("gift"), Effect.grant(AWARD, "Gift", "bought", 2))
                  .build())
          .version(
              version("3", "2022-01-01T00:00:00Z")
                  .plan(Plan.monthly("new"))
                  .rule("gift", Trigger.on("gift"), Effect.grant(AWARD, "Gift", "bought", 3))
                  .build());
    }

    private long gift(Account account, String at) {
      account.apply(account.event("gift", at));
      return account.last().amount();
    }

    @Test
    void forNewWalletsAreNotForThoseThatAreThere() {
      Account old = Account.open(program(Adoption.NEW_WALLETS), "plan", OPENING);
      Account young = Account.open(program(Adoption.NEW_WALLETS), "new", "2021-02-01T00:00:00Z");
      assertEquals(1, gift(old, "2021-03-01T00:00:00Z"));
      assertEquals(2, gift(young, "2021-03-01T00:00:00Z"));
      assertRestores(old);
      assertRestores(young);
      assertEquals(3, gift(old, "2022-01-01T00:00:00Z"));
      assertEquals(3, gift(young, "2022-01-01T00:00:00Z"));
    }

    @Test
    void forChangedPlansAreKeptUntilThePlanChanges() {
      Account account = Account.open(program(Adoption.CHANGED_PLANS), "plan", OPENING);
      account.apply(account.event("plan", "2021-01-20T00:00:00Z").withFact("plan", "other"));
      assertEquals(1, gift(account, "2021-03-01T00:00:00Z"));
      account.apply(account.event("plan", "2021-03-02T00:00:00Z").withFact("plan", "new"));
      assertEquals(2, gift(account, "2021-03-02T00:00:00Z"));
      assertRestores(account);
      assertEquals(3, gift(account, "2022-03-02T00:00:00Z"));
    }
  }

  @Nested
  class WhatTheEventBrings {

    private Policy.Builder program() {
      return sheet()
          .spending(Order.PRIORITY, Order.SOONEST_EXPIRY)
          .source(
              Source.of("granted").living(Term.ofEvent("expires")).withPriorityOfEvent("priority"))
          .rule(
              "grant",
              Trigger.on("grant"),
              Effect.grantOfEvent(ALLOTMENT, "Grant", "granted").settlingAt("effective"));
    }

    private Event grant(Account account, long amount, int priority, String from, String until) {
      return account
          .event("grant")
          .withAmount(amount)
          .withFact("priority", priority)
          .withFact("effective", from)
          .withFact("expires", until);
    }

    @Test
    void saysPriorityAndWhenItStartsAndEnds() {
      Account account = open(program());
      account.apply(grant(account, 10, 2, OPENING, "2021-06-01T00:00:00Z"));
      account.apply(grant(account, 20, 1, "2021-01-10T00:00:00Z", "2021-03-01T00:00:00Z"));
      assertEquals(10, account.available());
      assertEquals(20, account.wallet().pending());
      assertRestores(account);
      account.advance("2021-01-10T00:00:00Z");
      account.spend(15);
      assertEquals(List.of(5L, 10L), account.wallet().lots().stream().map(Lot::left).toList());
      account.advance("2021-03-01T00:00:00Z");
      assertEquals(10, account.available());
      account.advance("2021-06-01T00:00:00Z");
      assertEquals(0, account.available());
    }

    @Test
    void isRefusedIfItIsNotThereOrNotWhatItShouldBe() {
      Account account = open(program());
      for (Event bad :
          List.of(
              account.event("grant").withAmount(1),
              grant(account, 1, 1, "soon", OPENING),
              grant(account, 1, 1, OPENING, "later"),
              grant(account, 1, 1, "+1000000-01-01T00:00:00Z", OPENING),
              grant(account, 1, 1, OPENING, OPENING).withFact("priority", 1L << 40),
              grant(account, 1, 1, OPENING, OPENING).withFact("priority", FactValue.of("high")))) {
        account.refuse("fact-missing", bad);
      }
    }

    @Test
    void startsAtMostTheLongestDelayLater() {
      Account account = open(program());
      Instant last = account.wallet().clock().plus(Effect.LONGEST_DELAY);
      String never = "9999-12-31T00:00:00Z";
      account.refuse("fact-missing", grant(account, 4, 1, "" + last.plusNanos(1), never));
      account.apply(grant(account, 5, 1, "" + last, never));
      assertEquals(List.of(last), dues(account));
    }

    @Test
    void startsAtOnceIfItShouldHaveStarted() {
      Account account = open(program());
      account.apply(grant(account, 5, 1, "2021-01-04T23:59:59Z", "2021-06-01T00:00:00Z"));
      assertEquals(5, account.available());
      assertEquals(List.of(), dues(account));
    }

    private static List<Instant> dues(Account account) {
      return account.wallet().pendingAwards().stream().map(PendingAward::dueAt).toList();
    }

    @Test
    void isAskedOfEveryLine() {
      Account account =
          open(
              program()
                  .rule(
                      "two",
                      Trigger.on("two"),
                      Effect.grantOfEvent(AWARD, "A", "bought").and("B", "bought", 1)));
      account.refuse("fact-missing", account.event("two"));
      account.apply(account.event("two").withAmount(2));
      assertEquals(List.of(2L, 1L), account.amountsFrom(0));
    }

    @ParameterizedTest
    @CsvSource({"expires, priority", "priority, expires"})
    void isRefusedForWhatItLacksAloneAndNotForItsAmountToo(String lacking, String there) {
      Account account =
          open(
              program()
                  .limit("five", 5, Window.ever())
                  .rule(
                      "capped",
                      Trigger.on("capped"),
                      Effect.grantOfEvent(ALLOTMENT, "Grant", "granted").within("five")));
      FactValue value =
          there.equals("priority") ? FactValue.of(1) : FactValue.of("2021-06-01T00:00:00Z");
      Event event = account.event("capped").withAmount(6).withFact(there, value);
      assertEquals(
          List.of(lacking),
          account.decide(event).reasons().stream()
              .map(reason -> assertInstanceOf(Reason.FactMissing.class, reason).fact())
              .toList());
    }
  }

  @Test
  void anAllotmentMayWaitForAnotherSourceToBeEmpty() {
    Account account =
        open(
            sheet()
                .source("free")
                .rule(
                    "fallback",
                    Trigger.on(RENEWED).whileEmpty("bought"),
                    Effect.grant(ALLOTMENT, "Fallback", "free", 3)));
    account.grant("buy", 1);
    account.advance("2021-02-05T00:00:00Z");
    assertEquals(1, account.available());
    account.spend(1);
    account.advance("2021-03-05T00:00:00Z");
    assertEquals(3, account.available());
  }

  @Test
  void aSecondChangeOfPlanInACycleIsRefusedByThreeRules() {
    Account account =
        open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .plan(Plan.monthly("plan"))
                .plan(Plan.monthly("other"))
                .rule("may change", Trigger.on(OPENED, RENEWED), set(false))
                .rule(
                    "one change a cycle",
                    Trigger.on("plan").with(unchanged()),
                    Effect.switchPlanAtOnce())
                .rule("has changed", Trigger.on("plan").with(unchanged()), set(true)));
    account.apply(account.event("plan").withFact("plan", "other"));
    account.refuse("fact-missing", account.event("plan").withFact("plan", "plan"));
    account.advance("2021-02-05T00:00:00Z");
    account.apply(account.event("plan").withFact("plan", "plan"));
    assertEquals("plan", account.wallet().plan());
  }

  private static Effect set(boolean changed) {
    return Effect.setFact("plan changed", FactValue.of(changed));
  }

  private static Condition unchanged() {
    return new Condition(Condition.Whose.WALLET, "plan changed", List.of(FactValue.of(false)));
  }
}
