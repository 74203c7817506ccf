package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.PLAN_ENTERED;
import static io.github.allotment.policy.CalendarEvent.PLAN_LEFT;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.BONUS;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Reason;
import io.github.allotment.Transaction;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes of plan do, and what depends on the plan or on the account's facts. */
class PlanKindsTest {

  private static final String OPENING = "2021-01-01T00:00:00Z";

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("s")
        .plan(Plan.monthly("a").allotting("A", "s", 10))
        .plan(Plan.monthly("b").allotting("B", "s", 30))
        .plan(Plan.monthly("c").allotting("C", "s", 4))
        .rule("later", Trigger.on("later"), Effect.switchPlan())
        .rule("now", Trigger.on("now"), Effect.switchPlanAtOnce())
        .rule("restart", Trigger.on("restart"), Effect.switchPlanAndRestartCycle())
        .rule("award", Trigger.on("award"), Effect.grantOfEvent(AWARD, "Award", "s"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spend"));
  }

  private static Event to(Account account, String type, String plan) {
    return account.event(type).withFact("plan", plan);
  }

  private static List<String> labelsFrom(Account account, int row) {
    return account.history().subList(row, account.rows()).stream().map(Transaction::label).toList();
  }

  // Leaving and entering

  private static Policy.Builder telling() {
    return sheet()
        .rule("renewed a", Trigger.on(RENEWED).onPlan("a"), Effect.grant(BONUS, "ra", "s", 1))
        .rule("renewed b", Trigger.on(RENEWED).onPlan("b"), Effect.grant(BONUS, "rb", "s", 1))
        .rule("entered a", Trigger.on(PLAN_ENTERED).onPlan("a"), Effect.grant(BONUS, "ea", "s", 1))
        .rule("entered b", Trigger.on(PLAN_ENTERED).onPlan("b"), Effect.grant(BONUS, "eb", "s", 1))
        .rule("left a", Trigger.on(PLAN_LEFT).onPlan("a"), Effect.grant(BONUS, "la", "s", 1))
        .rule("left b", Trigger.on(PLAN_LEFT).onPlan("b"), Effect.grant(BONUS, "lb", "s", 1));
  }

  @Test
  void leavingSeesTheOldPlanAndEnteringTheNewOneAtARenewal() {
    Account account = Account.open(telling(), "a", OPENING);
    account.apply(to(account, "later", "b"));
    assertEquals("a", account.wallet().plan());
    assertEquals(Optional.of("b"), account.wallet().waitingPlan());
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(List.of("la", "eb", "rb"), labelsFrom(account, 0));
    assertEquals("b", account.wallet().plan());
    assertEquals(Optional.empty(), account.wallet().waitingPlan());
    account.advance("2021-03-01T00:00:00Z");
    assertEquals(List.of("rb"), labelsFrom(account, 3));
  }

  @Test
  void leavingSeesTheOldPlanAndEnteringTheNewOneAtOnce() {
    Account account = Account.open(telling(), "a", OPENING);
    account.advance("2021-01-10T00:00:00Z");
    Decision changed = account.apply(to(account, "now", "b"));
    assertEquals(List.of("la", "eb"), labelsFrom(account, 0));
    assertEquals(
        new Consequence.PlanChanged("now", "1", "b", Instant.parse("2021-01-10T00:00:00Z")),
        Account.consequences(changed).get(0));
    account.apply(to(account, "now", "a"));
    assertEquals(List.of("lb", "ea"), labelsFrom(account, 2));
    account.refuse("already-done", to(account, "now", "a"));
    account.refuse("fact-missing", account.event("now"));
    assertThrows(IllegalArgumentException.class, () -> account.decide(to(account, "now", "zebra")));
  }

  /** Rules of one event are judged together: also those behind the change see the old plan. */
  @Test
  void everyRuleOfTheEventThatChangesThePlanSeesTheOldOne() {
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("s")
                .plan(Plan.monthly("a"))
                .plan(Plan.monthly("b"))
                .rule("before", Trigger.on("x"), Effect.grant(BONUS, "before", "s", 1))
                .rule("change", Trigger.on("x"), Effect.switchPlanAtOnce())
                .rule("after a", Trigger.on("x").onPlan("a"), Effect.grant(BONUS, "aa", "s", 1))
                .rule("after b", Trigger.on("x").onPlan("b"), Effect.grant(BONUS, "ab", "s", 1))
                .rule("left", Trigger.on(PLAN_LEFT), Effect.grant(BONUS, "left", "s", 1))
                .rule("entered", Trigger.on(PLAN_ENTERED), Effect.grant(BONUS, "entered", "s", 1)),
            "a",
            OPENING);
    account.apply(to(account, "x", "b"));
    assertEquals(List.of("before", "left", "entered", "aa"), labelsFrom(account, 0));
  }

  @Test
  void aChangeThatIsRefusedByAnotherRuleMovesNothing() {
    Account account =
        Account.open(
            telling().rule("fee", Trigger.on("now"), Effect.charge("Fee").of(50)), "a", OPENING);
    account.refuse("not-enough", to(account, "now", "b"));
    assertEquals("a", account.wallet().plan());
    assertEquals(List.of(), account.history());
  }

  @Test
  void aChangeAtOnceDoesAwayWithTheOneThatWaits() {
    Account account = Account.open(telling(), "a", OPENING);
    account.apply(to(account, "later", "b"));
    account.apply(to(account, "now", "c"));
    assertEquals("c", account.wallet().plan());
    assertEquals(Optional.empty(), account.wallet().waitingPlan());
    account.apply(to(account, "later", "b"));
    account.apply(to(account, "now", "b"));
    assertEquals("b", account.wallet().plan());
    assertEquals(Optional.empty(), account.wallet().waitingPlan());
  }

  /** Asking at once for the plan that one is on cancels what waits, and is no change. */
  @ParameterizedTest
  @ValueSource(strings = {"now", "restart", "later"})
  void askingForTheCurrentPlanOnlyCancels(String type) {
    Account account = Account.open(telling(), "a", OPENING);
    account.advance("2021-01-10T00:00:00Z");
    account.apply(to(account, "later", "b"));
    Decision cancelled = account.apply(to(account, type, "a"));
    assertEquals(
        List.of(new Consequence.PlanChangeCancelled(type, "1", "a", "b")),
        Account.consequences(cancelled));
    assertEquals(List.of(), account.history());
    assertEquals(Instant.parse(OPENING), account.wallet().cycle().startInclusive());
    account.refuse("already-done", to(account, type, "a"));
  }

  /** What is granted on entering at a renewal is the new cycle's. */
  @Test
  void whatEnteringGrantsAtARenewalLivesThroughTheCycleThatStarts() {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("welcome").living(Term.cycles(1)))
                .rule("hi", Trigger.on(PLAN_ENTERED), Effect.grant(BONUS, "Hi", "welcome", 5))
                .rule("bye", Trigger.on(PLAN_LEFT), Effect.forfeitAbove("Bye", 0)),
            "a",
            OPENING);
    account.apply(to(account, "later", "b"));
    account.advance("2021-02-28T23:59:59Z");
    assertEquals(5, account.available());
    assertEquals(1, account.wallet().lots().get(0).terms().cycle());
    account.advance("2021-03-01T00:00:00Z");
    assertEquals(0, account.available());
  }

  // Difference

  /** The new limit less the old one is added to what is left: 8 to 100 with 2 left is 94. */
  @Test
  void freelancersUpgradeAddsTheDifference() {
    Account account = freelancer("free");
    account.spend(6);
    assertEquals(2, account.available());
    account.apply(to(account, "upgrade", "plus"));
    assertEquals(94, account.available());
    assertEquals(92, account.last().amount());
  }

  @Test
  void freelancersDowngradeTakesNothing() {
    Account account = freelancer("plus");
    account.spend(20);
    account.apply(to(account, "upgrade", "free"));
    assertEquals(80, account.available());
    account.apply(to(account, "upgrade", "plus"));
    assertEquals(100, account.available());
    assertEquals(20, account.last().amount());
  }

  /** What both plans allot of a source makes no difference to it. */
  @Test
  void theDifferenceComesFromTheSourcesThatGrew() {
    Account account =
        Account.open(
            sheet()
                .source("free")
                .plan(Plan.monthly("basic").allotting("Free", "free", 10))
                .plan(Plan.monthly("plus").allotting("Plus", "s", 70).allotting("Free", "free", 10))
                .plan(
                    Plan.monthly("pro")
                        .allotting("Free", "free", 5)
                        .allotting("Pro", "s", 40)
                        .allotting("More", "s", 60))
                .rule("entered", Trigger.on(PLAN_ENTERED), Effect.allotDifference()),
            "basic",
            OPENING);
    account.apply(to(account, "now", "plus"));
    assertEquals(70, account.wallet().available("s"));
    assertEquals(0, account.wallet().available("free"));
    int rows = account.rows();
    account.apply(to(account, "now", "pro"));
    assertEquals(List.of("More"), labelsFrom(account, rows));
    assertEquals(List.of(25L), account.amountsFrom(rows));
  }

  /** Of a plan that is kept by the version before, its own figures count when it is left. */
  @Test
  void theDifferenceIsFromThePlanByTheVersionThatItWasLeftUnder() {
    Policy.Builder later =
        Policy.version("2", Instant.parse("2021-01-10T00:00:00Z"))
            .adoptedBy(Adoption.CHANGED_PLANS)
            .source("s")
            .plan(Plan.monthly("a").allotting("A", "s", 100))
            .plan(Plan.monthly("b").allotting("B", "s", 400))
            .plan(Plan.monthly("c"))
            .rule("now", Trigger.on("now"), Effect.switchPlanAtOnce())
            .rule("entered", Trigger.on(PLAN_ENTERED), Effect.allotDifference());
    Account account =
        Account.open(
            Program.named("test").version(sheet().build()).version(later.build()), "a", OPENING);
    account.apply(account.event("now", "2021-01-20T00:00:00Z").withFact("plan", "b"));
    assertEquals(390, account.available(), "400 less the 10 of the version before");
  }

  private static Account freelancer(String plan) {
    return Account.open(
        Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
            .source("bids")
            .limit("limit", Quantity.ofPlan(1), Window.held())
            .plan(Plan.monthly("free").allotting("Bids", "bids", 8))
            .plan(Plan.monthly("plus").allotting("Bids", "bids", 100))
            .rule("first bids", Trigger.on(OPENED), Effect.allot())
            .rule("upgrade", Trigger.on("upgrade"), Effect.switchPlanAtOnce())
            .rule("difference", Trigger.on(PLAN_ENTERED), Effect.allotDifference().cutTo("limit"))
            .rule("bid", Trigger.on("spend"), Effect.charge("Bid")),
        plan,
        OPENING);
  }

  /** The plan that was left is that of the change alone, however far time goes in one call. */
  @Property
  void theDifferenceIsTheSameInStepsAndInOneCall(
      @ForAll @Size(max = 5) List<@IntRange(min = 1, max = 60) Integer> days) {
    Program.Builder program =
        Program.named("test")
            .version(
                sheet()
                    .tick("week", Duration.ofDays(7))
                    .rule("entered", Trigger.on(PLAN_ENTERED), Effect.allotDifference())
                    .rule("renewed", Trigger.on(RENEWED), Effect.refill())
                    .rule("tick", Trigger.onTick("week"), Effect.grant(BONUS, "Tick", "s", 1))
                    .build());
    Account steps = Account.open(program, "a", OPENING);
    Account one = Account.open(program, "a", OPENING);
    steps.apply(to(steps, "later", "b"));
    one.apply(to(one, "later", "b"));
    for (int step : days) {
      steps.advance(steps.wallet().clock().plus(Duration.ofDays(step)));
    }
    one.advance(steps.wallet().clock());
    assertEquals(one.wallet(), steps.wallet());
  }

  // Proration

  private static Policy.Builder prorating() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("s")
        .source("t")
        .plan(
            Plan.monthly("a")
                .anchoredOn(Anchor.dayOfMonth(1))
                .allotting("S", "s", 20)
                .allotting("T", "t", 10))
        .rule("joining", Trigger.on(OPENED), Effect.allotProrated())
        .rule("allotment", Trigger.on(RENEWED), Effect.allot());
  }

  @ParameterizedTest
  @CsvSource({
    "2021-04-01T00:00:00Z, UTC, 30",
    "2021-04-01T00:00:00.000000001Z, UTC, 29",
    "2021-04-16T00:00:00Z, UTC, 15",
    "2021-04-15T23:00:00Z, UTC, 15",
    "2021-04-16T00:00:00.000000001Z, UTC, 14",
    "2021-04-30T00:00:00Z, UTC, 1",
    "2021-04-30T10:00:00Z, UTC, 0",
    "2021-02-15T00:00:00Z, UTC, 15", // 14 of 28
    "2021-03-02T00:00:00Z, UTC, 29", // 30 of 31: 29.03
    "2021-03-15T04:00:00Z, America/New_York, 16", // 17 of 31: 16.45, the day after the change
    "2021-03-15T05:00:00Z, America/New_York, 15"
  })
  void theFirstAllotmentIsThatOfTheWholeDaysLeft(String at, String zone, long expected) {
    Account account =
        Account.open(prorating(), Opening.of("a", Instant.parse(at)).inZone(ZoneId.of(zone)));
    assertEquals(expected, account.available());
    account.advance(account.wallet().cycle().endExclusive());
    assertEquals(expected + 30, account.available());
  }

  @Test
  void theChangeOfPlanGrantsTheRestOfTheCycle() {
    Account account =
        Account.open(
            sheet()
                .rule("lose", Trigger.on(PLAN_LEFT), Effect.forfeitAbove("Lost", 0))
                .rule("rest", Trigger.on(PLAN_ENTERED), Effect.allotProrated()),
            "a",
            "2021-03-16T12:00:00Z");
    account.advance("2021-04-01T00:00:00Z"); // 15 of 31 days are left
    account.apply(to(account, "now", "b"));
    assertEquals(14, account.available());
    account.apply(to(account, "restart", "c"));
    assertEquals(4, account.available());
    assertEquals(Instant.parse("2021-05-01T00:00:00Z"), account.wallet().cycle().endExclusive());
  }

  /** Largest remainder: the parts always sum to the whole. */
  @Property(tries = 500)
  void theProratedPartsSumToTheWhole(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 40) Integer> amounts,
      @ForAll @IntRange(max = 29) int day) {
    Plan plan = Plan.monthly("a").anchoredOn(Anchor.dayOfMonth(1));
    for (int i = 0; i < amounts.size(); i++) {
      plan = plan.allotting("" + i, "s", amounts.get(i));
    }
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("s")
                .plan(plan)
                .rule("joining", Trigger.on(OPENED), Effect.allotProrated()),
            "a",
            Instant.parse("2021-04-01T00:00:00Z").plus(Duration.ofDays(day)).toString());
    assertEquals(plan.size() * (30 - day) / 30, account.available());
    for (Transaction row : account.history()) {
      long share = amounts.get(Integer.parseInt(row.label())) * account.available();
      long floor = share / plan.size();
      assertTrue(row.amount() == floor || row.amount() == floor + 1, row::toString);
    }
  }

  @Test
  void theLargestRemainderComesFirstAndThenTheEarlierPart() {
    Account account = Account.open(prorating(), "a", "2021-04-30T00:00:00Z");
    assertEquals(List.of("S"), labelsFrom(account, 0)); // 20 and 10 thirtieths
    account = Account.open(prorating(), "a", "2021-04-17T00:00:00Z"); // 9.33 and 4.67
    assertEquals(List.of(9L, 5L), account.amountsFrom(0));
  }

  @ParameterizedTest
  @CsvSource({"a, 50", "b, 20", "c, 8"})
  void whatRollsOverIsTheLeastThatARuleOfEveryRenewalOnThePlanLeavesOfAll(String plan, long most) {
    Trigger onRenewal = Trigger.on(RENEWED);
    Account account =
        Account.open(
            sheet()
                .rule("any", onRenewal, Effect.forfeitAbove("Cut", 50))
                .rule("b", onRenewal.onPlan("b"), Effect.forfeitAbove("Cut", 20))
                .rule("b too", onRenewal.onPlan("b", "a"), Effect.forfeitAbove("Cut", 60))
                .rule("c", onRenewal.onPlan("c"), Effect.forfeitAbove("Cut", Quantity.ofPlan(2)))
                .rule("some", onRenewal, Effect.forfeitAbove("Cut", Quantity.of(1), "s"))
                .rule("at times", onRenewal.whereWallet("mood", "bad"), Effect.forfeitAbove("C", 1))
                .rule("left", Trigger.on(PLAN_LEFT), Effect.forfeitAbove("Cut", 0))
                .rule("allotment", onRenewal, Effect.allot()),
            "a",
            OPENING);
    assertEquals(
        OptionalLong.of(most), account.engine().planTerms(plan, Instant.parse(OPENING)).rollover());
  }

  @Test
  void allRollsOverIfNoRuleOfEveryRenewalCutsIt() {
    Account account = Account.open(sheet(), "a", OPENING);
    assertEquals(
        OptionalLong.empty(), account.engine().planTerms("a", Instant.parse(OPENING)).rollover());
  }

  @Test
  void aLineOfNothingGrantsNothingInWhateverWayItIsAllotted() {
    Account account =
        Account.open(
            sheet()
                .plan(Plan.monthly("none").allotting("None", "s", 0).allotting("Nor", "s", 0))
                .rule("joining", Trigger.on(OPENED), Effect.allotProrated())
                .rule("entered", Trigger.on(PLAN_ENTERED), Effect.allotDifference())
                .rule("filled", Trigger.on(RENEWED), Effect.refill())
                .rule("renewed", Trigger.on(RENEWED), Effect.allot()),
            "none",
            "2021-01-10T00:00:00Z");
    account.apply(to(account, "now", "a"));
    assertEquals(List.of(10L), account.amountsFrom(0));
    account.apply(to(account, "now", "none"));
    account.advance("2021-03-10T00:00:00Z");
    assertEquals(List.of(10L), account.amountsFrom(0));
  }

  // Refill

  @Test
  void aRefillGrantsWhatIsMissing() {
    Account account =
        Account.open(
            sheet()
                .source("bought")
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
                .rule("refill", Trigger.on(OPENED, RENEWED), Effect.refill())
                .rule("up", Trigger.on(PLAN_ENTERED), Effect.refill()),
            "a",
            OPENING);
    assertEquals(10, account.available());
    account.spend(7);
    account.grant("buy", 20);
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(10, account.wallet().available("s"));
    account.grant("award", 5);
    account.advance("2021-03-01T00:00:00Z");
    assertEquals(15, account.wallet().available("s"));
    account.apply(to(account, "now", "b"));
    assertEquals(30, account.wallet().available("s"));
    account.apply(to(account, "now", "c"));
    assertEquals(30, account.wallet().available("s"));
    assertEquals(20, account.wallet().available("bought"));
  }

  @Test
  void aRefillCountsWhatIsPending() {
    Account account =
        Account.open(
            sheet()
                .rule("refill", Trigger.on(RENEWED), Effect.refill())
                .rule(
                    "slow",
                    Trigger.on("slow"),
                    Effect.grant(BONUS, "Slow", "s", 6).settlingAfter(Duration.ofDays(40))),
            "a",
            OPENING);
    account.apply(account.event("slow"));
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(4, account.available());
  }

  @ParameterizedTest
  @CsvSource({"13, 10 3", "11, 8 3", "3, 3", "2, 2", "0, ''"})
  void aRefillFillsTheFirstLinesOfASourceFirst(long spent, String missing) {
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("x")
                .plan(Plan.monthly("a").allotting("X1", "x", 10).allotting("X2", "x", 3))
                .rule("refill", Trigger.on(OPENED, RENEWED), Effect.refill())
                .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
            "a",
            OPENING);
    account.spend(spent);
    int rows = account.rows();
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(
        missing,
        account.amountsFrom(rows).stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  @Test
  void aRefillFillsEachLineFromItsOwnSource() {
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("x")
                .source("y")
                .plan(
                    Plan.monthly("a")
                        .allotting("X1", "x", 10)
                        .allotting("Y", "y", 5)
                        .allotting("X2", "x", 3))
                .rule("refill", Trigger.on(OPENED, RENEWED), Effect.refill())
                .rule("give", Trigger.on("give"), Effect.grantOfEvent(BONUS, "G", "x"))
                .rule("lose", Trigger.on("lose"), Effect.forfeitAbove("Y", Quantity.of(1), "y"))
                .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
            "a",
            OPENING);
    assertEquals(List.of(10L, 5L, 3L), account.amountsFrom(0));
    account.apply(account.event("lose"));
    account.grant("give", 100);
    int rows = account.rows();
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(List.of(4L), account.amountsFrom(rows));
    assertEquals(5, account.wallet().available("y"));
  }

  // The cycle

  @Test
  void aChangeAtOnceKeepsTheCycle() {
    Account account =
        Account.open(
            sheet()
                .plan(
                    Plan.of("week", Period.ofDays(7))
                        .anchoredOn(Anchor.dayOfWeek(DayOfWeek.MONDAY))),
            "a",
            "2021-01-05T00:00:00Z");
    account.advance("2021-01-20T10:00:00Z");
    account.apply(to(account, "now", "week"));
    assertEquals(Instant.parse("2021-01-05T00:00:00Z"), account.wallet().cycle().startInclusive());
    assertEquals(Instant.parse("2021-02-05T00:00:00Z"), account.wallet().cycle().endExclusive());
    account.advance("2021-02-05T00:00:00Z");
    assertEquals(Instant.parse("2021-02-08T00:00:00Z"), account.wallet().cycle().endExclusive());
    account.advance("2021-02-08T00:00:00Z");
    assertEquals(Instant.parse("2021-02-15T00:00:00Z"), account.wallet().cycle().endExclusive());
  }

  @ParameterizedTest
  @CsvSource({
    "31, 2021-05-15T10:00:00Z, 2021-05-31T00:00:00Z",
    "31, 2021-04-30T10:00:00Z, 2021-05-31T00:00:00Z",
    "31, 2021-02-28T10:00:00Z, 2021-03-31T00:00:00Z",
    "30, 2021-03-01T10:00:00Z, 2021-03-30T00:00:00Z",
    "1, 2021-03-01T10:00:00Z, 2021-04-01T00:00:00Z",
    "15, 2021-03-01T10:00:00Z, 2021-03-15T00:00:00Z"
  })
  void aNewCycleEndsAtTheAnchorsNextDay(int day, Instant at, Instant end) {
    Account account =
        Account.open(
            sheet()
                .plan(Plan.monthly("x").anchoredOn(Anchor.dayOfMonth(day)).allotting("X", "s", 1))
                .rule("allotment", Trigger.on(RENEWED).onPlan("x"), Effect.allot()),
            "a",
            "2021-01-20T00:00:00Z");
    account.advance(at);
    account.apply(to(account, "restart", "x"));
    assertEquals(at, account.wallet().cycle().startInclusive());
    assertEquals(end, account.wallet().cycle().endExclusive());
    assertEquals(0, account.available());
    account.advance(end);
    assertEquals(1, account.available());
  }

  @ParameterizedTest
  @CsvSource({
    "later, 2021-02-15T00:00:00Z, 2021-03-01T00:00:00Z",
    "now, 2021-02-15T00:00:00Z, 2021-03-01T00:00:00Z",
    "restart, 2021-02-01T00:00:00Z, 2021-03-01T00:00:00Z"
  })
  void aPlanOfTheCalendarRenewsOnItsOwnDays(String how, String first, String second) {
    Account account =
        Account.open(
            sheet()
                .plan(Plan.monthly("first").anchoredOn(Anchor.dayOfMonth(1)).allotting("F", "s", 1))
                .rule("allotment", Trigger.on(RENEWED).onPlan("first"), Effect.allot()),
            "a",
            "2021-01-15T00:00:00Z");
    account.advance("2021-01-20T00:00:00Z");
    account.apply(to(account, how, "first"));
    account.advance("2021-04-01T00:00:00Z");
    assertEquals(
        List.of(first, second, "2021-04-01T00:00:00Z"),
        account.history().stream().map(row -> "" + row.at()).toList());
  }

  @Test
  void soDoesOneThatAVersionPutsOnTheCalendar() {
    Policy.Builder before = sheet().rule("allotment", Trigger.on(RENEWED), Effect.allot());
    Policy.Builder after =
        Policy.version("2", Instant.parse("2021-02-20T00:00:00Z"))
            .source("s")
            .plan(Plan.monthly("a").anchoredOn(Anchor.dayOfMonth(1)).allotting("A", "s", 10))
            .plan(Plan.monthly("b"))
            .plan(Plan.monthly("c"))
            .rule("allotment", Trigger.on(RENEWED), Effect.allot());
    Account account =
        Account.open(
            Program.named("test").version(before.build()).version(after.build()),
            "a",
            "2021-01-15T00:00:00Z");
    account.advance("2021-05-01T00:00:00Z");
    assertEquals(
        List.of("2021-02-15", "2021-03-15", "2021-04-01", "2021-05-01"),
        account.history().stream().map(row -> ("" + row.at()).substring(0, 10)).toList());
  }

  /** The cycle that it brings along ends when it was to end; then the plan's own days count. */
  @Test
  void soDoesAnAccountThatIsMoved() {
    Account account =
        Account.open(
            sheet()
                .plan(Plan.monthly("first").anchoredOn(Anchor.dayOfMonth(1)).allotting("F", "s", 1))
                .rule("allotment", Trigger.on(RENEWED), Effect.allot()),
            Opening.of("first", Instant.parse("2021-01-20T10:00:00Z"))
                .withExisting(Opening.Existing.renewingFrom(LocalDate.parse("2020-11-15"))));
    account.advance("2021-04-01T00:00:00Z");
    assertEquals(
        List.of("2021-02-15", "2021-03-01", "2021-04-01"),
        account.history().stream().map(row -> ("" + row.at()).substring(0, 10)).toList());
  }

  /** The renewal that moves the anchor, with a share of nothing, is not the last word. */
  @Test
  void whatTheFirstWholeCycleBringsIsNotNever() {
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source(Source.of("s").living(Term.cycles(1)))
                .plan(Plan.monthly("old").allotting("Old", "s", 1))
                .plan(
                    Plan.monthly("plan").anchoredOn(Anchor.dayOfMonth(1)).allotting("New", "s", 1))
                .rule("share", Trigger.on(OPENED, RENEWED), Effect.allotProrated())
                .rule("now", Trigger.on("now"), Effect.switchPlanAtOnce())
                .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
            "old",
            "2021-03-15T00:00:00Z");
    account.advance("2021-03-16T00:00:00Z");
    account.apply(to(account, "now", "plan"));
    account.spend(1);
    assertEquals(
        new Earliest.At(Instant.parse("2021-05-01T00:00:00Z")),
        account
            .engine()
            .earliest(
                account.wallet(),
                account.event("spend").withAmount(1),
                Instant.parse("2022-01-01T00:00:00Z")));
  }

  /** Its own cycles go on as they were, on whatever day they start. */
  @Test
  void aPlanOfTheWalletsOwnDaysKeepsThoseOfTheCalendar() {
    Account account =
        Account.open(
            sheet()
                .plan(Plan.monthly("first").anchoredOn(Anchor.dayOfMonth(10)))
                .rule("allotment", Trigger.on(RENEWED), Effect.allot()),
            "first",
            "2021-01-15T00:00:00Z");
    account.apply(to(account, "later", "a"));
    account.advance("2021-03-10T00:00:00Z");
    assertEquals(
        List.of("2021-02-10", "2021-03-10"),
        account.history().stream().map(row -> ("" + row.at()).substring(0, 10)).toList());
  }

  /** A term of two cycles ends with the second renewal, of the plan that is known to come. */
  @ParameterizedTest
  @CsvSource({
    "2, now, long, 2022-02-01T00:00:00Z",
    "2, later, long, 2022-02-01T00:00:00Z",
    "2, now, first, 2021-02-10T00:00:00Z",
    "2, later, first, 2021-02-10T00:00:00Z",
    "2, now, b, 2021-03-01T00:00:00Z",
    "1, now, first, 2021-02-01T00:00:00Z",
    "1, later, long, 2021-02-01T00:00:00Z",
    "3, now, long, 2023-02-01T00:00:00Z",
    "3, now, first, 2021-03-10T00:00:00Z",
    "3, now, b, 2021-04-01T00:00:00Z"
  })
  void aTermOfCyclesIsReckonedWithThePlanThatComes(
      int cycles, String how, String plan, Instant end) {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("two").living(Term.cycles(cycles)))
                .plan(Plan.of("long", Period.ofYears(1)))
                .plan(Plan.monthly("first").anchoredOn(Anchor.dayOfMonth(10)))
                .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "two")),
            "a",
            OPENING);
    account.apply(to(account, how, plan));
    account.grant("gift", 4);
    account.advance(end.minusNanos(1));
    assertEquals(4, account.available());
    account.advance(end);
    assertEquals(0, account.available());
    assertEquals(end, account.wallet().cycle().startInclusive(), "a renewal");
  }

  @Test
  void aVersionMayMakeAWeekTwo() {
    Policy.Builder weeks = Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"));
    Policy.Builder fortnights = Policy.version("2", Instant.parse("2021-01-11T00:00:00Z"));
    weeks.source("s").plan(Plan.of("a", Period.ofDays(7)).allotting("A", "s", 20));
    fortnights.source("s").plan(Plan.of("a", Period.ofDays(14)).allotting("A", "s", 20));
    for (Policy.Builder version : List.of(weeks, fortnights)) {
      version.rule("allotment", Trigger.on(RENEWED), Effect.allot());
    }
    Account account =
        Account.open(
            Program.named("test").version(weeks.build()).version(fortnights.build()), "a", OPENING);
    account.advance("2021-03-02T00:00:00Z");
    assertEquals(
        List.of("2021-01-08", "2021-01-15", "2021-01-29", "2021-02-12", "2021-02-26"),
        account.history().stream().map(row -> ("" + row.at()).substring(0, 10)).toList());
  }

  @Test
  void aNewCycleMayBeShortAndItsAnchorALongTimeAgo() {
    Account account =
        Account.open(
            sheet()
                .plan(
                    Plan.of("week", Period.ofDays(7))
                        .anchoredOn(Anchor.dayOfMonth(1))
                        .allotting("W", "s", 1))
                .rule("allotment", Trigger.on(RENEWED), Effect.allot()),
            "a",
            OPENING);
    account.advance("2021-01-26T00:00:00Z");
    account.apply(to(account, "restart", "week"));
    assertEquals(0, account.available());
    assertEquals(Instant.parse("2021-01-29T00:00:00Z"), account.wallet().cycle().endExclusive());
  }

  @Test
  void aNewCycleMovesTheAnniversary() {
    Account account =
        Account.open(
            sheet().rule("allotment", Trigger.on(RENEWED), Effect.allot()),
            Opening.of("a", Instant.parse("2021-01-05T12:00:00Z"))
                .inZone(ZoneId.of("America/New_York")));
    account.advance("2021-01-31T03:00:00Z"); // the 30th in New York
    account.apply(to(account, "restart", "b"));
    account.advance("2021-02-28T04:59:59Z");
    assertEquals(0, account.available());
    account.advance("2021-02-28T05:00:00Z");
    assertEquals(30, account.available());
    account.advance("2021-03-30T04:00:00Z");
    assertEquals(60, account.available());
  }

  // By the event's own time

  @Test
  void aLateEventMeetsThePlanOfItsOwnTime() {
    Account account =
        Account.open(
            Program.named("test")
                .version(
                    sheet()
                        .limit("size", Quantity.ofPlan(1), new Window.InCycle())
                        .rule(
                            "perk",
                            Trigger.on("perk").onPlan("b"),
                            Effect.grantOfEvent(BONUS, "Perk", "s").within("size"))
                        .build())
                .lateness(Duration.ofDays(2)),
            "a",
            OPENING);
    account.advance("2021-01-10T10:00:00Z");
    account.apply(to(account, "now", "b"));
    account.advance("2021-01-11T10:00:00Z");
    account.apply(to(account, "now", "c"));
    account.advance("2021-01-12T10:00:00Z");
    Reason.FactMissing before =
        assertInstanceOf(
            Reason.FactMissing.class,
            account.refuse(
                "fact-missing", account.event("perk", "2021-01-11T10:00:00Z").withAmount(1)));
    assertEquals(Optional.of(FactValue.of("c")), before.actual());
    Reason.NoRoom big =
        assertInstanceOf(
            Reason.NoRoom.class,
            account.refuse(
                "no-room", account.event("perk", "2021-01-10T10:00:00Z").withAmount(31)));
    assertEquals(30, big.max());
    account.apply(account.event("perk", "2021-01-10T10:00:00Z").withAmount(12));
    account.apply(account.event("perk", "2021-01-11T09:59:59.999999999Z").withAmount(18));
    assertEquals(30, account.available());
    assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
  }

  @Test
  void aLateEventMeetsThePlanBeforeARenewal() {
    Account account =
        Account.open(
            Program.named("test")
                .version(
                    sheet()
                        .rule(
                            "perk",
                            Trigger.on("perk").onPlan("a"),
                            Effect.grant(BONUS, "P", "s", 1))
                        .build())
                .lateness(Duration.ofDays(2)),
            "a",
            OPENING);
    account.apply(to(account, "later", "b"));
    account.advance("2021-02-02T00:00:00Z");
    account.refuse("fact-missing", account.event("perk", "2021-02-01T00:00:00Z"));
    account.apply(account.event("perk", "2021-01-31T23:59:59.999999999Z"));
    assertEquals(1, account.available());
  }

  // Facts

  private static Policy.Builder facts() {
    return sheet()
        .rule("join", Trigger.on(OPENED), Effect.setFact("status", FactValue.of("active")))
        .rule(
            "suspended",
            Trigger.on("suspended"),
            Effect.setFact("status", FactValue.of("suspended")))
        .rule("status", Trigger.on("status"), Effect.copyFact("status"))
        .rule("bid", Trigger.on("bid").whereWallet("status", "active"), Effect.charge("Bid").of(1));
  }

  @Test
  void aSuspendedAccountCantBeCharged() {
    Account account = Account.open(facts(), "a", OPENING);
    account.grant("award", 3);
    account.apply(account.event("bid"));
    Decision suspended = account.apply(account.event("suspended"));
    assertEquals(
        List.of(new Consequence.FactSet("suspended", "1", "status", FactValue.of("suspended"))),
        Account.consequences(suspended));
    Reason.FactMissing reason =
        assertInstanceOf(
            Reason.FactMissing.class, account.refuse("fact-missing", account.event("bid")));
    assertEquals(Optional.of(FactValue.of("suspended")), reason.actual());
    account.advance("2021-03-01T00:00:00Z");
    account.refuse("fact-missing", account.event("bid"));
    account.refuse("fact-missing", account.event("status"));
    account.apply(account.event("status").withFact("status", "active"));
    account.apply(account.event("bid"));
    assertEquals(1, account.available());
    assertEquals(FactValue.of("active"), account.wallet().facts().get("status"));
    assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
  }

  @Test
  void factsOfTheOpeningAreThere() {
    Account account =
        Account.open(
            facts(), Opening.of("a", Instant.parse(OPENING)).withFact("status", "suspended"));
    assertEquals(FactValue.of("active"), account.wallet().facts().get("status"));
  }

  // AT&T

  /** Any change of plan forfeits the rolled part, whatever is left of the current one. */
  @ParameterizedTest
  @CsvSource({"0, 15", "6, 9", "15, 0"})
  void rolledDataIsLostWithThePlan(long used, long left) {
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .spending(Order.CURRENT_CYCLE)
                .source(Source.of("data").living(Term.cycles(2)))
                .plan(Plan.monthly("15").allotting("Data", "data", 15))
                .plan(Plan.monthly("20").allotting("Data", "data", 20))
                .rule(
                    "the rolled part goes",
                    Trigger.on(PLAN_LEFT),
                    Effect.forfeitAbove("Rolled", 0).ofWhatRolledOver())
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule("change", Trigger.on("now"), Effect.switchPlanAtOnce())
                .rule("use", Trigger.on("spend"), Effect.charge("Use")),
            "15",
            "2022-01-01T00:00:00Z");
    account.spend(4);
    account.advance("2022-02-01T00:00:00Z");
    assertEquals(26, account.available());
    account.spend(used);
    account.apply(to(account, "now", "20"));
    assertEquals(left, account.available());
    assertEquals(-11, account.last().amount());
    account.advance("2022-03-01T00:00:00Z");
    assertEquals(left + 20, account.available());
  }

  /** Of what has rolled over, so much may stay; from the sources that are named, if any are. */
  @ParameterizedTest
  @CsvSource({"false, 5, 9", "true, 5, 13"})
  void whatHasRolledOverMayBeLimitedBesideTheNewAllotment(boolean one, long most, long left) {
    Effect.Forfeit cut =
        one
            ? Effect.forfeitAbove("Cut", most, "s").ofWhatRolledOver()
            : Effect.forfeitAbove("Cut", most).ofWhatRolledOver();
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("s")
                .source("t")
                .plan(Plan.monthly("a").allotting("A", "s", 4))
                .rule("award", Trigger.on("award"), Effect.grantOfEvent(AWARD, "Award", "t"))
                .rule("first", Trigger.on("first"), Effect.grantOfEvent(AWARD, "First", "s"))
                .rule("allotment", Trigger.on(RENEWED), Effect.allot())
                .rule("cut", Trigger.on(RENEWED), cut),
            "a",
            OPENING);
    account.grant("award", 4);
    account.grant("first", 6);
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(left, account.available());
    assertEquals(4, account.wallet().lots().get(account.wallet().lots().size() - 1).left());
  }

  // A new edition

  /** A wallet restored under an edition with ticks has none for the time before. */
  @Test
  void ticksOfANewEditionStartAtTheClock() {
    Account account = Account.open(sheet(), "a", OPENING);
    account.advance("2021-06-01T00:00:00Z");
    PolicyEngine edition =
        PolicyEngine.of(
            Program.named("test")
                .version(
                    sheet()
                        .tick("day", Duration.ofDays(1))
                        .rule("tick", Trigger.onTick("day"), Effect.grant(BONUS, "T", "s", 1))
                        .build())
                .build());
    var restored = edition.restore(account.wallet().state());
    assertEquals(0, edition.advance(restored, account.wallet().clock()).wallet().available());
    assertEquals(
        2, edition.advance(restored, Instant.parse("2021-06-03T00:00:00Z")).wallet().available());
  }
}
