package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Notice;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Neither what is granted frozen, nor what comes back to a source that is frozen by now. */
  @Test
  void whatComesInFrozenMakesNone() {
    Account account =
        open(
            sheet()
                .source(Source.of("perk").usableOn("plan"))
                .plan(Plan.monthly("other"))
                .rule("perk", Trigger.on("perk"), Effect.grantOfEvent(BONUS, "Perk", "perk"))
                .rule("apply", Trigger.on("apply"), Effect.charge("Applied"))
                .rule(
                    "closed",
                    Trigger.on("closed"),
                    Effect.giveBack(Effect.End.Reach.SUBJECT, "Closed"))
                .rule("plan", Trigger.on("plan"), Effect.switchPlanAtOnce()));
    account.grant("buy", 3);
    account.grant("perk", 4);
    account.apply(account.event("apply").withSubject("job").withAmount(4));
    account.apply(account.event("apply").withSubject("other job").withAmount(3));
    account.apply(account.event("plan").withFact("plan", "other"));
    assertEquals(List.of(), amounts(account.apply(account.event("perk").withAmount(2))));
    Decision mixed = account.apply(account.event("closed").withSubject("job"));
    assertEquals(4, mixed.transactions().get(0).amount());
    assertEquals(List.of(3L), amounts(mixed));
    assertEquals(3, mixed.notices().get(0).available());
    Decision frozen = account.apply(account.event("closed").withSubject("other job"));
    assertEquals(3, frozen.transactions().get(0).amount());
    assertEquals(List.of(), frozen.notices());
    assertEquals(3, account.available());
    assertEquals(6, account.wallet().frozen());
  }

  /** What comes back to a lot that has expired is gone at the same instant. */
  @Test
  void whatComesInExpiredMakesNone() {
    Account account =
        open(
            sheet()
                .source(Source.of("short").living(Term.of(Duration.ofDays(10))))
                .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "short"))
                .rule("apply", Trigger.on("apply"), Effect.charge("Applied"))
                .rule(
                    "hold", Trigger.on("hold"), Effect.charge("Held").heldFor(Duration.ofDays(15)))
                .rule(
                    "closed",
                    Trigger.on("closed"),
                    Effect.giveBack(Effect.End.Reach.SUBJECT, "Closed")));
    assertEquals(List.of(4L), amounts(account.apply(account.event("gift").withAmount(4))));
    account.apply(account.event("hold").withSubject("room").withAmount(1));
    account.grant("buy", 8);
    account.apply(account.event("apply").withSubject("job").withAmount(5));
    account.advance("2021-01-12T00:00:00Z");
    Decision back = account.apply(account.event("closed").withSubject("job"));
    assertEquals(List.of(5L, -3L), back.transactions().stream().map(Transaction::amount).toList());
    assertEquals(List.of(2L), amounts(back));
    assertEquals(8, back.notices().get(0).available());
    account.apply(account.event("apply").withSubject("again").withAmount(8));
    Decision released = account.advance("2021-01-16T00:00:00Z");
    assertEquals(
        List.of(1L, -1L), released.transactions().stream().map(Transaction::amount).toList());
    assertEquals(List.of(), released.notices());
  }

  /** At the instant of its expiry it is gone; a moment before, it is not. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1"})
  void whatComesInAtItsExpiryMakesNone(long nanosBefore, int notices) {
    Account account =
        open(
            sheet()
                .source(Source.of("short").living(Term.of(Duration.ofDays(10))))
                .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "short"))
                .rule(
                    "closed",
                    Trigger.on("closed"),
                    Effect.giveBack(Effect.End.Reach.SUBJECT, "Closed")));
    account.grant("gift", 4);
    account.apply(account.event("spend").withSubject("job").withAmount(4));
    Instant expiry = account.wallet().clock().plus(Duration.ofDays(10));
    Decision back =
        account.apply(account.event("closed", expiry.minusNanos(nanosBefore)).withSubject("job"));
    assertEquals(notices, back.notices().size());
    assertEquals(4L * notices, account.available());
  }

  /** Also if it is taken out between two rules of one event. */
  @Test
  void whatIsOverMakesNoneWhateverRuleComesAfterIt() {
    for (List<String> order : List.of(List.of("closed", "fact"), List.of("fact", "closed"))) {
      Policy.Builder sheet =
          sheet()
              .source(Source.of("short").living(Term.of(Duration.ofDays(10))))
              .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "short"));
      for (String rule : order) {
        sheet.rule(
            rule,
            Trigger.on("closed"),
            rule.equals("fact")
                ? Effect.setFact("closed", true)
                : Effect.giveBack(Effect.End.Reach.SUBJECT, "Closed"));
      }
      Account account = open(sheet);
      account.grant("gift", 4);
      account.apply(account.event("spend").withSubject("job").withAmount(4));
      account.advance("2021-01-12T00:00:00Z");
      Decision back = account.apply(account.event("closed").withSubject("job"));
      assertEquals(
          List.of(4L, -4L), back.transactions().stream().map(Transaction::amount).toList());
      assertEquals(List.of(), back.notices());
      List<Class<?>> did = new ArrayList<>();
      Account.consequences(back).forEach(it -> did.add(it.getClass()));
      assertEquals(
          order.get(0).equals("fact")
              ? List.of(
                  Consequence.FactSet.class, Consequence.Returned.class, Consequence.Expired.class)
              : List.of(
                  Consequence.Returned.class, Consequence.Expired.class, Consequence.FactSet.class),
          did);
    }
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
