package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.BONUS;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Decision;
import io.github.allotment.Opening;
import io.github.allotment.Reason;
import io.github.allotment.Transaction;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs of others, with the figures that they publish. */
class PublishedProgramsTest {

  /** Plus 70 a cycle, at most 140 roll over, never more than 350 held; Basic 60, none rolls. */
  @Test
  void connects2015RefusesPurchasesThatWouldPassWhatMayBeHeld() {
    Account account =
        Account.open(
            sheet()
                .source("plan")
                .source("bought")
                .limit("most held", 350, Window.held())
                .plan(Plan.monthly("plus").allotting("Monthly", "plan", 70))
                .plan(Plan.monthly("basic").allotting("Monthly", "plan", 60))
                .rule(
                    "140 roll over",
                    Trigger.on(RENEWED).onPlan("plus"),
                    Effect.forfeitAbove("Rollover", 140))
                .rule(
                    "none rolls over",
                    Trigger.on(RENEWED).onPlan("basic"),
                    Effect.forfeitAbove("Rollover", 0))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule(
                    "purchase",
                    Trigger.on("purchase"),
                    Effect.grantOfEvent(PURCHASE, "Bought", "bought").within("most held"))
                .rule("change", Trigger.on("plan"), Effect.switchPlan()),
            "plus",
            "2015-01-01T00:00:00Z");

    account.grant("purchase", 280);
    assertEquals(350, account.available());
    Decision refused = account.decide(account.event("purchase").withAmount(1));
    Reason.NoRoom reason = assertInstanceOf(Reason.NoRoom.class, refused.reason());
    assertEquals(350, reason.max());
    assertEquals(0, reason.left());

    account.advance("2015-02-01T00:00:00Z");
    assertEquals(140 + 70, account.available());
    account.decide(account.event("plan").withFact("plan", "basic"));
    account.advance("2015-03-01T00:00:00Z");
    assertEquals(60, account.available());
  }

  /** One year from the date of issue, in the order received. */
  @Test
  void connects2025ExpireOneYearFromIssue() {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("plan").living(Term.of(Period.ofYears(1))))
                .plan(
                    Plan.monthly("plus")
                        .allotting("Paid", "plan", 90)
                        .allotting("Free", "plan", 10))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule("proposal", Trigger.on("spend"), Effect.charge("Proposal")),
            "plus",
            "2025-03-31T08:00:00Z");

    account.advance("2026-03-31T07:59:59.999999999Z");
    assertEquals(1300, account.available());
    account.advance("2026-03-31T08:00:00Z");
    assertEquals(1200, account.available());
    Transaction expiry = account.last();
    assertEquals(-100, expiry.amount());
    assertEquals(2, expiry.moves().size());
  }

  /** 60 a month, at most 60 roll over: left 50 → 110; then 10 used, 100 left → 60 + 60. */
  @Test
  void elanceRollsOverBeforeTheAllotment() {
    Account account = rollover(60, 60, 60);
    account.spend(10);
    account.advance("2012-02-01T00:00:00Z");
    assertEquals(110, account.available());
    account.spend(10);
    account.advance("2012-03-01T00:00:00Z");
    assertEquals(120, account.available());
  }

  /** 30 a month; at most 4 × 30 after the allotment: 110 + 30 → 120, 20 go. */
  @Test
  void recruiterLiteTestsItsLimitOnTheTotalAfterTheAllotment() {
    Account account =
        Account.open(
            sheet()
                .source("inmail")
                .plan(Plan.monthly("lite").allotting("InMail", "inmail", 30))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule(
                    "4 times the allotment",
                    Trigger.on(RENEWED),
                    Effect.forfeitAbove("Limit", Quantity.ofPlan(4)))
                .rule("message", Trigger.on("spend"), Effect.charge("Message")),
            "lite",
            "2020-01-01T00:00:00Z");
    account.advance("2020-04-01T00:00:00Z");
    account.spend(10);
    assertEquals(110, account.available());
    account.advance("2020-05-01T00:00:00Z");
    assertEquals(120, account.available());
    assertEquals(-20, account.last().amount());
  }

  /** 5 a month, never more than 15 held: the allotment is cut. */
  @Test
  void premiumCareerCutsAnAllotmentThatWouldPassFifteen() {
    Account account = capped(5, 15);
    account.advance("2020-03-01T00:00:00Z");
    assertEquals(15, account.available());
    account.spend(3);
    account.advance("2020-04-01T00:00:00Z");
    assertEquals(15, account.available());
    assertEquals(3, account.last().amount());
  }

  /** 1 each cycle, never more than 3 held; months at the limit add nothing. */
  @Test
  void scribdAddsNothingAtTheLimit() {
    Account account = capped(1, 3);
    account.advance("2021-01-01T00:00:00Z");
    assertEquals(3, account.available());
    assertEquals(3, account.rows());
  }

  /** Set to 15 on the 1st and on joining; free ones never roll, bought ones never expire. */
  @Test
  void peoplePerHourSetsTheFreeOnesToFifteenOnTheFirstOfTheMonth() {
    Account account =
        Account.open(
            sheet()
                .spending(Order.PRIORITY)
                .source(Source.of("free").living(Term.cycles(1)).withPriority(1))
                .source(Source.of("bought").withPriority(2))
                .plan(
                    Plan.monthly("member")
                        .anchoredOn(Anchor.dayOfMonth(1))
                        .allotting("Free", "free", 15))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule(
                    "purchase",
                    Trigger.on("purchase"),
                    Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
                .rule("proposal", Trigger.on("spend"), Effect.charge("Proposal")),
            "member",
            "2021-04-05T10:00:00Z");
    account.grant("purchase", 10);
    account.spend(9);
    assertEquals(6, account.wallet().available("free"));
    account.advance("2021-05-01T00:00:00Z");
    assertEquals(15, account.wallet().available("free"));
    assertEquals(10, account.wallet().available("bought"));
  }

  /** Rolls over up to the coming plan's size, at least 10; bought ones count; gifts never roll. */
  @Test
  void classPassRollsOverUpToTheSizeOfTheComingPlan() {
    assertEquals(90, classPass("45", 45, 0, "45"));
    assertEquals(45 + 45, classPass("45", 45, 50, "45"));
    assertEquals(27 + 27, classPass("45", 45, 50, "27"));
    assertEquals(10 + 8, classPass("45", 45, 50, "8"));
  }

  private static long classPass(String plan, long left, long bought, String coming) {
    Account account =
        Account.open(
            sheet()
                .source("plan")
                .source("bought")
                .source("gift")
                .plan(Plan.monthly("45").allotting("Credits", "plan", 45))
                .plan(Plan.monthly("27").allotting("Credits", "plan", 27))
                .plan(Plan.monthly("8").allotting("Credits", "plan", 8))
                .rule(
                    "gifts never roll over",
                    Trigger.on(RENEWED),
                    Effect.forfeitAbove("Gifts", Quantity.of(0), "gift"))
                .rule(
                    "up to the coming plan's size, at least 10",
                    Trigger.on(RENEWED),
                    Effect.forfeitAbove(
                        "Rollover", Quantity.ofPlan(1).atLeast(10), "plan", "bought"))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "gift"))
                .rule(
                    "purchase",
                    Trigger.on("purchase"),
                    Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
                .rule("change", Trigger.on("plan"), Effect.switchPlan()),
            plan,
            "2022-01-01T00:00:00Z");
    assertEquals(left, account.available());
    account.grant("gift", 5);
    if (bought > 0) {
      account.grant("purchase", bought);
    }
    account.decide(account.event("plan").withFact("plan", coming));
    account.advance("2022-02-01T00:00:00Z");
    assertEquals(0, account.wallet().available("gift"));
    return account.available();
  }

  /**
   * 15 a month, unused data rolls for one period: use 4 → 26; use 6 → the 11 lapse, 9 roll → 24.
   */
  @Test
  void rolloverDataLivesForOneMorePeriodAndTheCurrentOneIsSpentFirst() {
    Account account =
        Account.open(
            sheet()
                .spending(Order.CURRENT_CYCLE)
                .source(Source.of("data").living(Term.cycles(2)))
                .plan(Plan.monthly("15").allotting("Data", "data", 15))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule("use", Trigger.on("spend"), Effect.charge("Use")),
            "15",
            "2022-01-01T00:00:00Z");
    account.spend(4);
    account.advance("2022-02-01T00:00:00Z");
    assertEquals(26, account.available());
    account.spend(6);
    account.advance("2022-03-01T00:00:00Z");
    assertEquals(24, account.available());
  }

  /** 10 a month, rolls over up to 12 × 10, forfeited on cancellation. */
  @Test
  void adobeStockRollsOverAYearAndForfeitsOnCancellation() {
    Account account =
        Account.open(
            sheet()
                .source("assets")
                .limit("12 times the allotment", Quantity.ofPlan(12), Window.held())
                .plan(Plan.monthly("10").allotting("Assets", "assets", 10))
                .rule(
                    "allotment",
                    Trigger.on(OPENED, RENEWED),
                    Effect.allot().cutTo("12 times the allotment"))
                .rule("cancelled", Trigger.on("cancelled"), Effect.forfeitAbove("Cancelled", 0)),
            "10",
            "2020-01-01T00:00:00Z");
    account.advance("2022-01-01T00:00:00Z");
    assertEquals(120, account.available());
    account.decide(account.event("cancelled"));
    assertEquals(0, account.available());
  }

  /** None rolls over; anchored on the 31st: 31 March, 30 April, 31 May. */
  @Test
  void shutterstockRenewsOnTheLastDayAndGoesBack() {
    Account account = rollover(25, 0, 25);
    account.advance("2012-02-29T00:00:00Z");
    Account late = Account.open(rolloverSheet(25, 0), "plan", "2021-03-31T12:00:00Z");
    late.advance("2021-05-31T00:00:00Z");
    assertEquals(
        List.of(
            "2021-03-31T12:00:00Z",
            "2021-04-30T00:00:00Z",
            "2021-04-30T00:00:00Z",
            "2021-05-31T00:00:00Z",
            "2021-05-31T00:00:00Z"),
        late.history().stream().map(row -> row.at().toString()).toList());
    assertEquals(25, late.available());
  }

  /** n a month in the library's own zone, none rolls; bonus ones don't count. */
  @Test
  void hooplaCountsByTheLibrarysOwnMonth() {
    Policy.Builder sheet =
        sheet()
            .spending(Order.PRIORITY)
            .source(Source.of("month").living(Term.cycles(1)))
            .source(Source.of("bonus").living(Term.cycles(1)).withPriority(1))
            .plan(
                Plan.monthly("8").anchoredOn(Anchor.dayOfMonth(1)).allotting("Borrows", "month", 8))
            .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
            .rule(
                "bonus borrows",
                Trigger.on("bonus"),
                Effect.grantOfEvent(BONUS, "Bonus borrows", "bonus"))
            .rule("borrow", Trigger.on("spend"), Effect.charge("Borrow"));
    Account account =
        Account.open(
            sheet,
            Opening.of("8", Instant.parse("2021-11-17T00:00:00Z"))
                .inZone(ZoneId.of("America/New_York")));
    account.grant("bonus", 3);
    account.spend(9);
    assertEquals(2, account.available());
    account.advance("2021-12-01T04:59:59Z");
    assertEquals(2, account.available());
    account.advance("2021-12-01T05:00:00Z");
    assertEquals(8, account.available());
  }

  /** A grant that one limit cuts must fit the others with what is left of it. */
  @Test
  void aGrantIsCutBeforeItIsTestedAgainstTheLimitThatRefuses() {
    for (long refusing : new long[] {5, 2}) {
      Account account =
          Account.open(
              sheet()
                  .source("s")
                  .limit("cuts", 3, Window.ever())
                  .limit("refuses", refusing, Window.cycle())
                  .plan(Plan.monthly("plan"))
                  .rule(
                      "award",
                      Trigger.on("award"),
                      Effect.grantOfEvent(BONUS, "Award", "s").within("refuses").cutTo("cuts")),
              "plan",
              "2021-01-01T00:00:00Z");
      account.decide(account.event("award").withAmount(10));
      assertEquals(refusing == 5 ? 3 : 0, account.available());
    }
  }

  /** Cycles begun on days 29 to 31 renew on the 1st, for good. */
  @Test
  void anAnchorAfterTheTwentyEighthMovesToTheFirstForGood() {
    for (String opened : List.of("2021-01-29", "2021-01-30", "2021-01-31")) {
      Account account =
          Account.open(
              sheet()
                  .source("plan")
                  .plan(
                      Plan.monthly("plan")
                          .anchoredOn(Anchor.openingUpTo(28))
                          .allotting("Credits", "plan", 1))
                  .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot()),
              "plan",
              opened + "T10:00:00Z");
      account.advance("2021-04-15T00:00:00Z");
      assertEquals(
          List.of(opened + "T10:00:00Z", "2021-03-01T00:00:00Z", "2021-04-01T00:00:00Z"),
          account.history().stream().map(row -> row.at().toString()).toList());
    }
  }

  private static Account rollover(long size, long most, long expected) {
    Account account = Account.open(rolloverSheet(size, most), "plan", "2012-01-01T00:00:00Z");
    assertEquals(expected, account.available());
    return account;
  }

  private static Policy.Builder rolloverSheet(long size, long most) {
    return sheet()
        .source("plan")
        .plan(Plan.monthly("plan").allotting("Credits", "plan", size))
        .rule("rollover", Trigger.on(RENEWED), Effect.forfeitAbove("Rollover", most))
        .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
        .rule("use", Trigger.on("spend"), Effect.charge("Use"));
  }

  private static Account capped(long size, long most) {
    return Account.open(
        sheet()
            .source("plan")
            .limit("most held", most, Window.held())
            .plan(Plan.monthly("plan").allotting("Credits", "plan", size))
            .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot().cutTo("most held"))
            .rule("use", Trigger.on("spend"), Effect.charge("Use")),
        "plan",
        "2020-01-01T00:00:00Z");
  }

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"));
  }
}
