package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Opening;
import io.github.allotment.Reason;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An event that comes late is judged by its own time, and moves credits when it comes. */
class LateEventsTest {

  private static final Instant OPENED = Instant.parse("2021-01-01T00:00:00Z");

  private static Instant day(double days) {
    return OPENED.plusSeconds(Math.round(days * 86_400));
  }

  private static Policy.Builder sheet(String name, Instant from, long size) {
    return Policy.version(name, from)
        .source("s")
        .limit(Limit.of("week", 20, Window.rolling(Duration.ofDays(7))).regainedByRevocation())
        .plan(Plan.monthly("plan").allotting("Plan", "s", size))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(BONUS, "Bought", "s"))
        .rule("gift", Trigger.on("gift"), Effect.grant(BONUS, "Gift", "s", 5).within("week"))
        .rule(
            "double", Trigger.on("double"), Effect.grant(BONUS, "Double", "s", Quantity.ofPlan(1)))
        .rule("take", Trigger.on("take"), Effect.revoke("Taken back"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spent"))
        .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
        .rule("archive", Trigger.on("archive"), Effect.nothing("it stays"));
  }

  private static Account open(Policy.Builder... versions) {
    return Account.open(Duration.ofDays(5), Opening.of("plan", OPENED), versions);
  }

  private static Account open() {
    return open(sheet("1", OPENED, 20));
  }

  /** A grant of the 2nd that comes on the 4th is there for a revocation of the 3rd. */
  @Test
  void aGrantIsOfItsOwnInstantForWhatTakesItBack() {
    Account account = open();
    account.advance(day(3));
    account.apply(account.event("gift", day(1)).withSubject("x"));
    assertEquals(day(1), account.wallet().lots().get(0).terms().origin().orElseThrow().earnedAt());
    account.apply(account.event("take", day(2)).withSubject("x"));
    assertEquals(0, account.available());
    assertEquals(20, account.engine().room(account.wallet(), "week").left());
  }

  @Test
  void aReturnIsToldAtTheInstantAtWhichItComesBack() {
    Account account = open();
    account.grant("buy", 20);
    account.apply(account.event("spend", day(1)).withSubject("x").withAmount(12));
    account.advance(day(8));
    Decision back = account.apply(account.event("back", day(7)).withSubject("x"));
    assertEquals(day(8), ((Consequence.Returned) Account.consequences(back).get(0)).at());
    assertEquals(day(8), account.last().at());
  }

  @Test
  void whatWasChargedAfterItIsNotSaidToComeBack() {
    Account account = open();
    account.grant("buy", 20);
    account.apply(account.event("spend", day(3.5)).withSubject("x").withAmount(2));
    Reason reason = account.refuse("no-effect", account.event("archive", day(3)).withSubject("x"));
    assertEquals(OptionalLong.empty(), ((Reason.NoEffect) reason).open());
    Reason later = account.refuse("no-effect", account.event("archive", day(3.5)).withSubject("x"));
    assertEquals(OptionalLong.of(2), ((Reason.NoEffect) later).open());
  }

  @Test
  void aMultipleOfThePlanIsThatOfItsOwnVersion() {
    Account account = open(sheet("1", OPENED, 20), sheet("2", day(10), 70));
    account.advance(day(11));
    account.apply(account.event("double", day(9)));
    assertEquals(20, account.available());
    account.apply(account.event("double", day(10)));
    assertEquals(90, account.available());
  }

  /** What time does names the version that is in force then, and not when it was last asked. */
  @Test
  void whatTimeHasDoneNamesTheVersionOfItsTime() {
    Account account =
        open(
            expiring("1", OPENED).rule("go", Trigger.on("go"), Effect.switchPlan()),
            expiring("2", day(10)));
    account.grant("gift", 7);
    account.apply(account.event("go").withFact("plan", "other"));
    Decision renewed = account.advance(day(40));
    assertEquals(
        List.of("2 Expired", "2 Renewed"),
        renewed.transactions().stream()
            .map(row -> row.cause().version() + " " + row.label())
            .toList());
    assertEquals(
        List.of("2", "2", "2"),
        Account.consequences(renewed).stream().map(Consequence::version).toList());
  }

  private static Policy.Builder expiring(String name, Instant from) {
    return Policy.version(name, from)
        .source("s")
        .source(Source.of("short").living(Term.of(Duration.ofDays(20))))
        .plan(Plan.monthly("plan"))
        .plan(Plan.monthly("other"))
        .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "short"))
        .rule("renewed", Trigger.on(RENEWED), Effect.grant(BONUS, "Renewed", "s", 1));
  }
}
