package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.PLAN_ENTERED;
import static io.github.allotment.policy.CalendarEvent.PLAN_LEFT;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule kinds that meet: what one of them leaves behind, the other must find in order. */
class ComposedKindsTest {

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"));
  }

  private static Policy.Builder plans() {
    return sheet()
        .source("s")
        .plan(Plan.monthly("a").allotting("A", "s", 10))
        .plan(Plan.monthly("b").allotting("B", "s", 30))
        .rule("later", Trigger.on("later"), Effect.switchPlan())
        .rule("now", Trigger.on("now"), Effect.switchPlanAtOnce());
  }

  @Test
  void aCycleRestartedBeforeItsDayOfTheMonthRunsToThatDay() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("a").anchoredOn(Anchor.dayOfMonth(31)).allotting("A", "s", 10))
                .plan(Plan.monthly("b").anchoredOn(Anchor.dayOfMonth(31)).allotting("B", "s", 30))
                .rule("allotment", Trigger.on(RENEWED), Effect.allot())
                .rule("now", Trigger.on("now"), Effect.switchPlanAndRestartCycle()),
            "a",
            "2021-05-10T00:00:00Z");
    account.advance("2021-05-15T00:00:00Z");
    account.apply(account.event("now").withFact("plan", "b"));
    assertEquals(0, account.available());
  }

  /** The amount, subject and group that a condition asks for are the event's own. */
  @Test
  void aConditionCanAskForTheEventsOwnAmountSubjectAndGroup() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("a").allotting("A", "s", 10))
                .rule("allotment", Trigger.on(OPENED), Effect.allot())
                .rule(
                    "a bundle",
                    Trigger.on("bundle")
                        .with(
                            new Condition(
                                Condition.Whose.EVENT,
                                "amount",
                                List.of(FactValue.of(2), FactValue.of(3))))
                        .where("subject", "title")
                        .where("group", "series"),
                    Effect.charge("Bundle")),
            "a",
            "2021-05-10T00:00:00Z");
    Event bundle = account.event("bundle").withSubject("title").withGroup("series");
    account.refuse("fact-missing", bundle.withAmount(4));
    account.refuse("fact-missing", account.event("bundle").withSubject("title").withAmount(2));
    account.refuse(
        "fact-missing", account.event("bundle").withSubject("x").withGroup("series").withAmount(2));
    account.refuse("fact-missing", account.event("bundle").withFact("amount", 4));
    account.apply(account.event("bundle").withSubject("title").withGroup("series").withAmount(3));
    assertEquals(7, account.available());
  }

  @Test
  void differenceIsKnownOnEnteringAPlanOnly() {
    Policy.Builder sheet =
        plans().rule("difference", Trigger.on(RENEWED), Effect.allotDifference());
    String message = "" + assertThrows(IllegalArgumentException.class, sheet::build).getMessage();
    assertTrue(message.contains("difference"), message);
  }

  @Test
  void grantOnEnteringAtARenewalLivesForTheCycle() {
    Account account =
        Account.open(
            plans()
                .source(Source.of("welcome").living(Term.cycles(1)))
                .rule(
                    "welcome",
                    Trigger.on(PLAN_ENTERED),
                    Effect.grant(BONUS, "Welcome", "welcome", 5)),
            "a",
            "2021-01-01T00:00:00Z");
    account.apply(account.event("later").withFact("plan", "b"));
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(5, account.wallet().available("welcome"));
  }

  @Test
  void atOnceToThePlanThatOneIsOnOnlyCancels() {
    Account account =
        Account.open(
            plans()
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule("lose", Trigger.on(PLAN_LEFT), Effect.forfeitAbove("Lost", 0)),
            "a",
            "2021-01-01T00:00:00Z");
    account.apply(account.event("later").withFact("plan", "b"));
    account.apply(account.event("now").withFact("plan", "a"));
    assertEquals(10, account.available());
  }

  @Test
  void aChangeAtOnceToThePlanThatWaitsIsMade() {
    Account account = Account.open(plans(), "a", "2021-01-01T00:00:00Z");
    account.apply(account.event("later").withFact("plan", "b"));
    account.apply(account.event("now").withFact("plan", "b"));
    assertEquals("b", account.wallet().plan());
  }

  @Test
  void theEarliestInstantMayBeATick() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("a"))
                .tick("t", Duration.ofDays(100))
                .rule("tick", Trigger.onTick("t"), Effect.grant(BONUS, "T", "s", 5))
                .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
            "a",
            "2021-01-01T00:00:00Z");
    assertEquals(
        new Earliest.At(Instant.parse("2021-04-11T00:00:00Z")),
        account
            .engine()
            .earliest(
                account.wallet(),
                account.event("spend").withAmount(5),
                Instant.parse("2023-01-01T00:00:00Z")));
  }

  @Test
  void theEarliestInstantMayBeARelease() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("a").allotting("A", "s", 10))
                .rule("allotment", Trigger.on(OPENED), Effect.allot())
                .rule(
                    "hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(100)))
                .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
            "a",
            "2021-01-01T00:00:00Z");
    account.apply(account.event("hold").withSubject("x").withAmount(10));
    assertEquals(
        new Earliest.At(Instant.parse("2021-04-11T00:00:00Z")),
        account
            .engine()
            .earliest(
                account.wallet(),
                account.event("spend").withAmount(5),
                Instant.parse("2023-01-01T00:00:00Z")));
  }

  @Test
  void theEarliestInstantMayBeWhenTimeSetsAFact() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("a"))
                .rule("lift", Trigger.on(RENEWED), Effect.setFact("status", FactValue.of("active")))
                .rule(
                    "spend",
                    Trigger.on("spend").whereWallet("status", "active"),
                    Effect.charge("Spend")),
            "a",
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

  @Test
  void heldCreditsCountAgainstTheLargestSum() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("a"))
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(BONUS, "Bought", "s"))
                .rule(
                    "hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(1))),
            "a",
            "2021-01-01T00:00:00Z");
    account.grant("buy", Long.MAX_VALUE);
    account.apply(account.event("hold").withSubject("x").withAmount(Long.MAX_VALUE));
    assertThrows(ArithmeticException.class, () -> account.grant("buy", 1));
    account.advance("2021-01-02T00:00:00Z");
    assertEquals(Long.MAX_VALUE, account.available());
  }

  @Test
  void refillFillsTheLineThatIsEmpty() {
    Account account =
        Account.open(
            sheet()
                .source("x")
                .source("y")
                .plan(Plan.monthly("a").allotting("X", "x", 10).allotting("Y", "y", 5))
                .rule("allotment", Trigger.on(OPENED), Effect.allot())
                .rule("lose", Trigger.on("lose"), Effect.forfeitAbove("Y", Quantity.of(0), "y"))
                .rule("refill", Trigger.on(RENEWED), Effect.refill()),
            "a",
            "2021-01-01T00:00:00Z");
    account.apply(account.event("lose"));
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(5, account.wallet().available("y"));
  }

  @Test
  void anotherCycleKeepsThePlansAnchor() {
    Account account =
        Account.open(
            sheet()
                .source("s")
                .plan(Plan.monthly("a"))
                .plan(
                    Plan.of("week", Period.ofDays(7))
                        .anchoredOn(Anchor.dayOfWeek(DayOfWeek.MONDAY)))
                .rule("later", Trigger.on("later"), Effect.switchPlan()),
            "a",
            "2021-01-05T00:00:00Z");
    account.apply(account.event("later").withFact("plan", "week"));
    account.advance("2021-02-05T00:00:00Z");
    assertEquals(Instant.parse("2021-02-08T00:00:00Z"), account.wallet().cycle().endExclusive());
    account.advance("2021-02-09T00:00:00Z");
    assertEquals(Instant.parse("2021-02-15T00:00:00Z"), account.wallet().cycle().endExclusive());
  }

  @Test
  void ticksOfANewEditionStartAtTheClock() {
    Policy.Builder sheet = sheet().source("s").plan(Plan.monthly("a"));
    Account account = Account.open(sheet, "a", "2021-01-01T00:00:00Z");
    account.advance("2021-06-01T00:00:00Z");
    PolicyEngine edition =
        PolicyEngine.of(
            Program.named("test")
                .version(
                    sheet()
                        .source("s")
                        .plan(Plan.monthly("a"))
                        .tick("t", Duration.ofDays(1))
                        .rule("tick", Trigger.onTick("t"), Effect.grant(BONUS, "T", "s", 1))
                        .build())
                .build());
    Wallet restored = edition.restore(account.wallet().state());
    assertEquals(
        0, edition.advance(restored, Instant.parse("2021-06-01T00:00:00Z")).wallet().available());
    assertEquals(
        1, edition.advance(restored, Instant.parse("2021-06-02T00:00:00Z")).wallet().available());
  }
}
