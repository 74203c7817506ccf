package io.github.allotment.pages;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.ReasonCode;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An account that existed before brings what the page says, and no more. */
class MovingTest {

  private static final Instant MOVED = Instant.parse("2021-01-02T00:00:00Z");
  private static final PolicyEngine ENGINE = PolicyEngine.of(program());

  private static Program program() {
    Policy policy =
        Policy.version("1", Instant.parse("2020-01-01T00:00:00Z"))
            .source(Source.of("monthly").living(Term.of(Period.ofMonths(2))))
            .source("bought")
            .plan(Plan.monthly("member").allotting("Monthly credits", "monthly", 20))
            .rule("facts", Trigger.on(OPENED), Effect.setFact("suspended", false))
            .rule("credits of the month", Trigger.on(OPENED, RENEWED), Effect.allot())
            .rule(
                "welcome",
                Trigger.on("tour"),
                Effect.grant(BONUS, "Welcome", "bought", 5).onceForEver("welcome"))
            .rule(
                "an award",
                Trigger.on("award").whereWallet("suspended", false),
                Effect.grant(AWARD, "Award", "bought", 3))
            .rule("a use", Trigger.on("used"), Effect.charge("Use"))
            .build();
    return Program.named("moved").version(policy).build();
  }

  @Test
  void theBalanceIsBroughtAndNothingElseComes() {
    Wallet wallet = Moving.move(ENGINE, MOVED).wallet();
    assertEquals(42, wallet.available());
    assertEquals(Instant.parse("2021-01-15T00:00:00Z"), wallet.cycle().endExclusive());
    assertEquals(
        62, ENGINE.advance(wallet, Instant.parse("2021-01-15T00:00:00Z")).wallet().available());
    assertEquals(
        List.of(Instant.parse("2021-02-15T00:00:00Z")),
        wallet.lots().stream().flatMap(lot -> lot.terms().expiresAt().stream()).toList());
    assertEquals(
        ReasonCode.ALREADY_DONE,
        ENGINE.decide(wallet, Event.of("t", MOVED, "tour")).reason().code());
    assertEquals(45, ENGINE.decide(wallet, Event.of("a", MOVED, "award")).wallet().available());
  }

  @Test
  void withoutTheFactThatAnOpeningSetsARuleRefuses() {
    Wallet wallet =
        ENGINE
            .open(
                Opening.of("member", MOVED)
                    .withExisting(Opening.Existing.renewingFrom(LocalDate.EPOCH)))
            .wallet();
    assertEquals(
        ReasonCode.FACT_MISSING,
        ENGINE.decide(wallet, Event.of("a", MOVED, "award")).reason().code());
  }

  @Test
  void whatHasHappenedSinceIsDecidedByItsOwnTime() {
    Decision opened = Moving.move(ENGINE, MOVED);
    List<Event> since =
        List.of(
            Event.of("u1", MOVED.plusSeconds(60), "used").withSubject("job").withAmount(2),
            Event.of("u2", Instant.parse("2021-01-16T00:00:00Z"), "used").withAmount(1));
    Instant now = Instant.parse("2021-01-17T00:00:00Z");
    List<Decision> decisions = Moving.catchUp(ENGINE, opened, since, now);
    assertTrue(decisions.stream().allMatch(Decision::isApplied));
    Wallet wallet = decisions.get(decisions.size() - 1).wallet();
    assertEquals(now, wallet.clock());
    assertEquals(59, wallet.available());
    assertEquals(
        List.of("job"), wallet.openClaims().stream().map(claim -> claim.subject()).toList());
  }
}
