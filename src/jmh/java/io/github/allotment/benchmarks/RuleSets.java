package io.github.allotment.benchmarks;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/** Programs of many award rules, and accounts and events for them. */
final class RuleSets {

  static final int PROPOSALS = 8;
  static final int EARLIER_AWARDS = 5;
  static final long AWARD = 10;
  static final Instant OPENED = Instant.parse("2024-01-10T09:00:00Z");
  static final Instant NOW = Instant.parse("2024-01-27T10:00:00Z");

  private static final String LIMIT = "interview awards";

  private RuleSets() {}

  /** How the program tells the rules apart. */
  enum Apart {
    /** By a fact of the one type of event. */
    BY_FACT,
    /** By the type of the event. */
    BY_TYPE
  }

  static String name(int rule) {
    return "an answered interview of category " + rule;
  }

  static String category(int rule) {
    return "category-" + rule;
  }

  /** Returns the room in the limit with which the award is granted, or not. */
  static long most(boolean granted) {
    return AWARD * EARLIER_AWARDS + (granted ? 10 * AWARD : AWARD - 1);
  }

  static Program program(int rules, Apart apart, long most) {
    Policy.Builder policy =
        Policy.version("1", Instant.parse("2020-01-01T00:00:00Z"))
            .source("bought")
            .source("interviews")
            .limit(LIMIT, most, Window.rolling(Duration.ofDays(7)))
            .plan(Plan.monthly("basic"))
            .rule(
                "bought credits",
                Trigger.on("bought"),
                Effect.grantOfEvent(TransactionType.PURCHASE, "Bought", "bought"))
            .rule("a proposal's cost", Trigger.on("submitted"), Effect.charge("Submitted"));
    for (int rule = 0; rule < rules; rule++) {
      Trigger trigger =
          apart == Apart.BY_TYPE
              ? Trigger.on("interview-" + rule)
              : Trigger.on("interview").where("category", category(rule));
      policy.rule(
          name(rule),
          trigger.where("source", "proposal").where("answered", true).withOpenClaim(),
          Effect.grant(TransactionType.AWARD, "Award", "interviews", AWARD)
              .oncePerClaim("award")
              .within(LIMIT)
              .settlingAfter(Duration.ofHours(24)));
    }
    return Program.named("rules").lateness(Duration.ofHours(24)).version(policy.build()).build();
  }

  /** Returns an account with eight open proposals and five awards for others in seven days. */
  static Wallet wallet(PolicyEngine engine, Apart apart) {
    Wallet wallet = engine.open(Opening.of("basic", OPENED)).wallet();
    wallet = Accounts.applied(engine, wallet, Event.of("b", OPENED, "bought").withAmount(500));
    for (int i = 0; i < PROPOSALS; i++) {
      wallet = submitted(engine, wallet, i, NOW.minus(Duration.ofDays(9)));
    }
    for (int i = 0; i < EARLIER_AWARDS; i++) {
      int proposal = PROPOSALS + i;
      wallet = submitted(engine, wallet, proposal, earlier(i));
      wallet =
          Accounts.applied(
              engine, wallet, interview("earlier " + i, earlier(i), proposal, 0, apart));
    }
    return engine.advance(wallet, NOW).wallet();
  }

  private static Wallet submitted(PolicyEngine engine, Wallet wallet, int proposal, Instant at) {
    return Accounts.applied(
        engine,
        wallet,
        Event.of("submitted " + proposal, at, "submitted")
            .withSubject(Accounts.proposal(proposal))
            .withAmount(2));
  }

  /** Returns when an earlier award was earned. */
  static Instant earlier(int award) {
    return NOW.minus(Duration.ofDays(6)).plus(Duration.ofHours(25L * award));
  }

  private static Event interview(String id, Instant at, int proposal, int rule, Apart apart) {
    Event event =
        Event.of(id, at, apart == Apart.BY_TYPE ? "interview-" + rule : "interview")
            .withSubject(Accounts.proposal(proposal))
            .withFact("source", "proposal")
            .withFact("answered", true);
    return apart == Apart.BY_TYPE ? event : event.withFact("category", category(rule));
  }

  /** Returns interviews for the open proposals, for the rule in the middle. */
  static Event[] interviews(int rules, Apart apart) {
    return IntStream.range(0, PROPOSALS)
        .mapToObj(i -> interview("interview " + i, NOW, i, rules / 2, apart))
        .toArray(Event[]::new);
  }
}
