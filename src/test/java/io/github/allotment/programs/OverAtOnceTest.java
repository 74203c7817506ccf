package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.PLAN_LEFT;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Notice;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is over as soon as it is granted is gone, and no other rule, line or limit finds it. */
class OverAtOnceTest {

  private static final String OPENING = "2021-01-01T00:00:00Z";
  private static final Instant END = Instant.parse("2021-02-15T00:00:00Z");
  private static final Effect PROMO = Effect.grant(BONUS, "Promo", "promo", 10);

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("s")
        .source(Source.of("promo").living(Term.until(END)))
        .plan(Plan.monthly("a").allotting("A", "s", 20))
        .limit("held", 40, Window.held())
        .rule("first", Trigger.on(OPENED), Effect.allot());
  }

  private static Account after(String at, Policy.Builder sheet) {
    Account account = Account.open(sheet, "a", OPENING);
    account.advance(at);
    return account;
  }

  @Test
  void itIsNotForfeitedInThePlaceOfWhatIsThere() {
    Account account =
        after(
            "2021-02-28T00:00:00Z",
            sheet()
                .rule("promo", Trigger.on(RENEWED), PROMO)
                .rule("allotment", Trigger.on(RENEWED), Effect.allot())
                .rule("cut", Trigger.on(RENEWED), Effect.forfeitAbove("Cut", 35)));
    assertEquals(25, account.available(), "35 at the first renewal, of which 10 were the promo's");
    int rows = account.rows();
    account.advance("2021-03-01T00:00:00Z");
    assertEquals(List.of(10L, -10L, 20L, -10L), account.amountsFrom(rows));
    assertEquals(35, account.available());
  }

  @Test
  void itTakesNoRoomOfALimitOnWhatIsHeld() {
    Account account =
        after(
            "2021-02-28T00:00:00Z",
            sheet()
                .rule("promo", Trigger.on(RENEWED), PROMO)
                .rule("allotment", Trigger.on(RENEWED), Effect.allot().cutTo("held")));
    assertEquals(30, account.available());
    account.advance("2021-03-01T00:00:00Z");
    assertEquals(40, account.available());
  }

  @Test
  void aRuleThatWaitsUntilItsSourceIsEmptyDoesNotWaitForIt() {
    Account account =
        after(
            "2021-03-01T00:00:00Z",
            sheet()
                .rule("promo", Trigger.on(RENEWED), PROMO)
                .rule(
                    "instead",
                    Trigger.on(RENEWED).whileEmpty("promo"),
                    Effect.grant(BONUS, "Instead", "s", 5)));
    assertEquals(25, account.available());
  }

  @Test
  void aRefillFillsWhatAGrantAtTheEndOfItsCycleHasNot() {
    Account account =
        Account.open(
            sheet()
                .source(Source.of("cycle").living(Term.cycles(1)))
                .plan(Plan.monthly("b").allotting("B", "cycle", 30))
                .rule("later", Trigger.on("later"), Effect.switchPlan())
                .rule("goodbye", Trigger.on(PLAN_LEFT), Effect.grant(BONUS, "Bye", "cycle", 5))
                .rule("filled", Trigger.on(RENEWED), Effect.refill()),
            "a",
            OPENING);
    account.apply(account.event("later").withFact("plan", "b"));
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(30, account.wallet().available("cycle"));
  }

  @Test
  void anotherRuleOfTheEventIsJudgedWithoutIt() {
    Account account =
        after(
            "2021-02-20T00:00:00Z",
            sheet()
                .rule("promo", Trigger.on("act"), PROMO)
                .rule(
                    "award",
                    Trigger.on("act"),
                    Effect.grant(AWARD, "Award", "s", 15).within("held")));
    Decision acted = account.apply(account.event("act"));
    assertEquals(35, account.available());
    assertEquals(
        List.of(Consequence.Granted.class, Consequence.Expired.class, Consequence.Granted.class),
        Account.consequences(acted).stream().map(Object::getClass).toList());
  }

  @Test
  void anotherLineOfTheGrantIsNotCutForIt() {
    Account account =
        after(
            "2021-02-20T00:00:00Z",
            sheet()
                .rule(
                    "award",
                    Trigger.on("act"),
                    Effect.grant(AWARD, "Promo", "promo", 10)
                        .and("Award", "s", 15)
                        .and("More", "s", 15)
                        .cutTo("held")));
    Decision acted = account.apply(account.event("act"));
    assertEquals(40, account.available());
    Consequence.Granted granted = (Consequence.Granted) Account.consequences(acted).get(0);
    assertEquals(30, granted.amount(), "10 of the promo, and 20 of 30");
    assertEquals(40, granted.asked());
    assertEquals(0, granted.rooms().get(0).left());
  }

  /** What is pending counts as held until it settles, whatever becomes of it then. */
  @Test
  void whatIsPendingIsThereUntilItSettles() {
    Account account =
        after(
            "2021-02-20T00:00:00Z",
            sheet()
                .rule(
                    "award",
                    Trigger.on("act"),
                    Effect.grant(AWARD, "Promo", "promo", 21)
                        .settlingAfter(Duration.ofDays(1))
                        .within("held")));
    account.refuse("no-room", account.event("act"));
  }

  @Test
  void theRoomThatIsLeftIsToldWithoutIt() {
    Account account =
        after(
            "2021-02-20T00:00:00Z",
            sheet()
                .rule(
                    "award",
                    Trigger.on("act"),
                    Effect.grant(AWARD, "Promo", "promo", 10).within("held")));
    Decision acted = account.apply(account.event("act"));
    Consequence.Granted granted = (Consequence.Granted) Account.consequences(acted).get(0);
    assertEquals(20, granted.rooms().get(0).left());
    assertEquals(20, account.available());
    assertEquals(
        "10 credits added (award); 20 of 40 left held at once (held). 10 credits expired at"
            + " 2021-02-20T00:00:00Z.",
        acted.why());
  }

  /** A limit over time counts what was granted, whatever became of it. */
  @Test
  void aLimitOverTimeCountsItAllTheSame() {
    Account account =
        after(
            "2021-02-20T00:00:00Z",
            sheet()
                .limit("week", 15, Window.rolling(Duration.ofDays(7)))
                .rule(
                    "promo",
                    Trigger.on("act"),
                    Effect.grant(AWARD, "P", "promo", 10).within("week"))
                .rule(
                    "cut", Trigger.on("cut"), Effect.grant(AWARD, "P", "promo", 10).cutTo("week")));
    account.apply(account.event("act"));
    assertEquals(5, account.engine().room(account.wallet(), "week").left());
    Decision cut = account.apply(account.event("cut"));
    assertEquals(5, ((Consequence.Granted) Account.consequences(cut).get(0)).amount());
    account.refuse("no-room", account.event("act"));
  }

  /** A notice of a settlement tells what is there without it, also beside what is frozen. */
  @ParameterizedTest
  @CsvSource({"false, 25", "true, 25"})
  void aNoticeCountsWhatIsThereWithoutIt(boolean frozen, long available) {
    Source ended = Source.of("ended").living(Term.until(END));
    Account account =
        after(
            "2021-02-20T00:00:00Z",
            sheet()
                .plan(Plan.monthly("other"))
                .source(frozen ? ended.usableOn("other") : ended)
                .rule(
                    "award",
                    Trigger.on("act"),
                    Effect.grant(AWARD, "Award", "s", 5)
                        .and("Ended", "ended", 3)
                        .settlingAfter(Duration.ofDays(1))));
    account.apply(account.event("act"));
    Notice notice = account.advance("2021-02-21T00:00:00Z").notices().get(0);
    assertEquals(5, notice.amount());
    assertEquals(available, notice.available());
    assertEquals(available, account.available());
  }

  /** Time is not told that a plan allots nothing; an event that brings nothing is. */
  @Test
  void anAllotmentOfNothingIsNotTold() {
    Account account =
        Account.open(
            sheet()
                .plan(Plan.monthly("none"))
                .rule("each", Trigger.on(RENEWED), Effect.allot())
                .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "s")),
            "none",
            OPENING);
    assertEquals(List.of(), Account.consequences(account.advance("2021-02-01T00:00:00Z")));
    assertEquals(
        List.of("0 credits added (gift)."),
        Account.consequences(account.apply(account.event("gift").withAmount(0))).stream()
            .map(did -> did.text(account.engine().program().unit()))
            .toList());
  }
}
