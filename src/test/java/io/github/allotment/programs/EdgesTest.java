package io.github.allotment.programs;

import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Reason;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a wallet remembers, and when a limit opens, at the last instant and at the next. */
class EdgesTest {

  private static final Instant OPENED = Instant.parse("2021-01-01T00:00:00Z");
  private static final Duration LATENESS = Duration.ofHours(24);

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("s")
        .plan(Plan.monthly("plan"))
        .plan(Plan.monthly("other"))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "s"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spent"));
  }

  private static Account open(Policy.Builder sheet) {
    return Account.open(
        Program.named("test").version(sheet.build()).lateness(LATENESS),
        Opening.of("plan", OPENED).withFact("colour", "red"));
  }

  private static Account awarding(long most, Window window) {
    return open(
        sheet()
            .limit("cap", most, window)
            .rule(
                "award", Trigger.on("award"), Effect.grantOfEvent(AWARD, "A", "s").within("cap")));
  }

  private static Optional<Instant> opensAt(Account account, Event event) {
    return assertInstanceOf(Reason.NoRoom.class, account.refuse("no-room", event)).opensAt();
  }

  @Test
  void aCycleAndAPlanAreForgottenWhenNoEventCanComeFromThem() {
    Account account = open(sheet().rule("go", Trigger.on("go"), Effect.switchPlanAtOnce()));
    Instant renewal = Instant.parse("2021-02-01T00:00:00Z");
    account.advance(renewal);
    account.apply(account.event("go").withFact("plan", "other"));
    account.advance(renewal.plus(LATENESS).minusNanos(1));
    assertEquals(
        Set.of(OPENED, renewal), account.wallet().state().standing().terms().cycleStarts());
    assertEquals(
        Map.of(OPENED, "plan", renewal, "other"),
        account.wallet().state().standing().terms().plans());
    account.advance(renewal.plus(LATENESS));
    assertEquals(Set.of(renewal), account.wallet().state().standing().terms().cycleStarts());
    assertEquals(Map.of(renewal, "other"), account.wallet().state().standing().terms().plans());
  }

  @Test
  void ifSeveralUsesMustLeaveTheLastOfThemSaysWhenALimitOpens() {
    Account account = awarding(30, Window.rolling(Duration.ofDays(7)));
    for (int day = 0; day < 3; day++) {
      account.apply(account.event("award", OPENED.plus(Duration.ofDays(day))).withAmount(10));
    }
    for (int uses = 1; uses <= 3; uses++) {
      assertEquals(
          Optional.of(OPENED.plus(Duration.ofDays(6 + uses))),
          opensAt(account, account.event("award").withAmount(10L * uses)));
      assertEquals(
          Optional.of(OPENED.plus(Duration.ofDays(6 + uses))),
          opensAt(account, account.event("award").withAmount(10L * uses - 9)));
    }
  }

  @Test
  void aSessionThatBeganLateEndsWhereTheNextBegins() {
    Account account = awarding(10, Window.session(Duration.ofHours(5)));
    Instant noon = OPENED.plus(Duration.ofHours(12));
    account.apply(account.event("award", noon).withAmount(3));
    account.apply(account.event("award", noon.minus(Duration.ofHours(2))).withAmount(8));
    Event third = account.event("award", noon.minus(Duration.ofHours(1))).withAmount(5);
    assertEquals(Optional.of(noon), opensAt(account, third));
    account.apply(account.event("award", noon).withAmount(5));
  }

  @Test
  void aSessionThatNoOtherFollowsInTimeEndsByItself() {
    Account account = awarding(10, Window.session(Duration.ofHours(5)));
    Instant noon = OPENED.plus(Duration.ofHours(12));
    account.apply(account.event("award", noon).withAmount(3));
    account.apply(account.event("award", noon.minus(Duration.ofHours(5))).withAmount(8));
    Event third = account.event("award", noon.minus(Duration.ofHours(4))).withAmount(5);
    assertEquals(Optional.of(noon), opensAt(account, third));
    account.apply(account.event("award", noon.minus(Duration.ofHours(11))).withAmount(8));
    Event fourth = account.event("award", noon.minus(Duration.ofHours(10))).withAmount(7);
    assertEquals(Optional.of(noon.minus(Duration.ofHours(6))), opensAt(account, fourth));
  }

  @Test
  void whatIsSettledEarlyIsTold() {
    Account account =
        open(
            sheet()
                .rule(
                    "award",
                    Trigger.on("award"),
                    Effect.grantOfEvent(AWARD, "A", "s").settlingAfter(Duration.ofDays(3)))
                .rule("settle", Trigger.on("settle"), Effect.settle()));
    account.apply(account.event("award").withSubject("x").withAmount(4));
    Reason reason = account.apply(account.event("settle").withSubject("x")).reason();
    assertEquals(
        List.of(new Consequence.Settled("award", "1", 4, OPENED)),
        assertInstanceOf(Reason.Applied.class, reason).consequences());
  }

  @Test
  void oneFactIsSetAndTheOthersStay() {
    Account account =
        open(
            sheet()
                .rule("paint", Trigger.on("paint"), Effect.copyFact("colour"))
                .rule("grow", Trigger.on("grow"), Effect.copyFact("size")));
    account.apply(account.event("grow").withFact("size", 3));
    assertEquals(
        Map.of("colour", FactValue.of("red"), "size", FactValue.of(3)), account.wallet().facts());
    account.apply(account.event("paint").withFact("colour", "blue"));
    assertEquals(
        Map.of("colour", FactValue.of("blue"), "size", FactValue.of(3)), account.wallet().facts());
  }

  @Test
  void whenAPartThatIsGoneEndedIsThatPartsOwnEnd() {
    Account account =
        open(
            sheet()
                .rule("a", Trigger.on("a"), Effect.charge("A").forPart("a"))
                .rule("b", Trigger.on("b"), Effect.charge("B").forPart("b"))
                .rule(
                    "end a",
                    Trigger.on("end a"),
                    Effect.keep(Effect.End.Reach.SUBJECT, "Kept").ofPart("a"))
                .rule(
                    "end b",
                    Trigger.on("end b"),
                    Effect.keep(Effect.End.Reach.SUBJECT, "Kept").ofPart("b")));
    for (String type : List.of("a", "b", "end a")) {
      account.apply(account.event(type).withSubject("x").withAmount(0));
    }
    account.apply(account.event("end b", OPENED.plusSeconds(60)).withSubject("x"));
    Reason reason = account.refuse("no-open-claim", account.event("end a").withSubject("x"));
    assertEquals(Optional.of(OPENED), assertInstanceOf(Reason.NoOpenClaim.class, reason).endedAt());
  }

  @Test
  void aSourceThatIsEmptyIsNotWhatARuleLacks() {
    Account account =
        open(
            sheet()
                .rule(
                    "welcome back",
                    Trigger.on("back").where("kind", "friend").whileEmpty("s"),
                    Effect.grant(AWARD, "A", "s", 5)));
    Event back = account.event("back").withFact("kind", "stranger");
    assertEquals(
        List.of("kind"),
        account.decide(back).reasons().stream()
            .map(reason -> assertInstanceOf(Reason.FactMissing.class, reason).fact())
            .toList());
  }

  @Test
  void whatAnAccountBringsIsTold() {
    Policy.Builder sheet = sheet();
    PolicyEngine engine =
        PolicyEngine.of(Program.named("test").version(sheet.build()).lateness(LATENESS).build());
    Decision opened =
        engine.open(
            Opening.of("plan", OPENED)
                .withExisting(
                    Opening.Existing.renewingFrom(LocalDate.parse("2021-01-01"))
                        .holding("s", 7, OPENED)
                        .holding("s", 5, OPENED)));
    assertEquals(
        List.of(12L),
        assertInstanceOf(Reason.Applied.class, opened.reason()).consequences().stream()
            .filter(Consequence.Brought.class::isInstance)
            .map(brought -> ((Consequence.Brought) brought).amount())
            .toList());
  }

  @Test
  void timePassesAlsoWhenARuleHasActedBeforeTheEventIsRefused() {
    Account account =
        open(
            sheet()
                .rule("cut", Trigger.on("go"), Effect.forfeitAbove("F", 2))
                .rule("take", Trigger.on("go"), Effect.charge("D").of(5)));
    account.grant("buy", 10);
    Instant later = OPENED.plus(Duration.ofDays(40));
    account.refuse("not-enough", account.event("go", later));
    assertEquals(later, account.wallet().clock());
    assertEquals(1, account.wallet().cycle().number());
    assertEquals(10, account.available());
  }

  @Test
  void oneEventChangesThePlanOnce() {
    Account account =
        open(
            sheet()
                .rule("now", Trigger.on("go"), Effect.switchPlanAtOnce())
                .rule("then", Trigger.on("go"), Effect.switchPlan()));
    account.refuse("already-done", account.event("go").withFact("plan", "other"));
    assertEquals("plan", account.wallet().plan());
    assertEquals(Optional.empty(), account.wallet().waitingPlan());
  }

  @Test
  void aPlansRolloverIsNotThatOfAnAccountWhoseFactHasItsName() {
    Account account =
        open(
            sheet()
                .rule(
                    "cap",
                    Trigger.on(CalendarEvent.RENEWED).whereWallet("colour", "plan"),
                    Effect.forfeitAbove("F", 5)));
    assertEquals(OptionalLong.empty(), account.engine().planTerms("plan", OPENED).rollover());
  }
}
