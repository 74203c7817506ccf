package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Decision;
import io.github.allotment.Notice;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became available on one occasion is one notice, as far as its sum fits a {@code long}. */
class NoticesTest {

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("s")
        .plan(Plan.monthly("plan"))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(BONUS, "Bought", "s"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spent"));
  }

  private static Account open(Policy.Builder sheet) {
    return Account.open(sheet, "plan", "2021-01-01T00:00:00Z");
  }

  private static Effect.Grant grant(long amount) {
    return Effect.grant(BONUS, "Bonus", "s", amount);
  }

  /** A first grant, all of which is lost, and a second. */
  private static Decision renewal(long first, long second) {
    return open(sheet()
            .rule("in", Trigger.on(RENEWED), grant(first))
            .rule("out", Trigger.on(RENEWED), Effect.forfeitAbove("Lost", 0))
            .rule("in again", Trigger.on(RENEWED), grant(second)))
        .advance("2021-02-01T00:00:00Z");
  }

  private static List<Long> amounts(Decision decision) {
    return decision.notices().stream().map(Notice::amount).toList();
  }

  @Test
  void theRowsThatBroughtSomethingMakeOneAndTheOthersNone() {
    Decision decision = renewal(3, 4);
    List<Transaction> rows = decision.transactions();
    assertEquals(List.of(3L, -3L, 4L), rows.stream().map(Transaction::amount).toList());
    assertEquals(
        List.of(
            new Notice(
                Instant.parse("2021-02-01T00:00:00Z"), 7, 4, List.of(rows.get(0), rows.get(2)))),
        decision.notices());
  }

  @Test
  void aSumThatFitsIsOneAndOneThatDoesNotIsTwo() {
    assertEquals(List.of(Long.MAX_VALUE), amounts(renewal(Long.MAX_VALUE - 1, 1)));
    assertEquals(List.of(Long.MAX_VALUE, 1L), amounts(renewal(Long.MAX_VALUE, 1)));
  }

  @Test
  void whatAnOpeningBroughtMakesOne() {
    Policy policy =
        sheet()
            .rule("welcome", Trigger.on(OPENED), grant(3))
            .rule("more", Trigger.on(OPENED), grant(4))
            .build();
    PolicyEngine engine = PolicyEngine.of(Program.named("test").version(policy).build());
    Instant at = Instant.parse("2021-01-01T00:00:00Z");
    Decision opened = engine.open(Opening.of("plan", at));
    assertEquals(List.of(new Notice(at, 7, 7, opened.transactions())), opened.notices());
  }

  @Test
  void whatIsSpentMakesNone() {
    Account account = open(sheet());
    assertEquals(List.of(5L), amounts(account.apply(account.event("buy").withAmount(5))));
    assertEquals(List.of(), amounts(account.apply(account.event("spend").withAmount(2))));
    assertEquals(List.of(), amounts(account.advance("2021-03-01T00:00:00Z")));
  }

  @Test
  void whatAnEventThatIsRefusedWouldHaveBroughtMakesNone() {
    Account account =
        open(sheet().rule("not", Trigger.on("buy"), Effect.nothing("it has no effect")));
    assertEquals(List.of(), amounts(account.decide(account.event("buy").withAmount(5))));
  }

  @Test
  void whatTimeBroughtBeforeAnEventIsToldApartFromWhatTheEventBrought() {
    Account account = open(sheet().rule("in", Trigger.on(RENEWED), grant(3)));
    assertEquals(
        List.of(3L, 5L),
        amounts(account.apply(account.event("buy", "2021-02-02T00:00:00Z").withAmount(5))));
  }
}
