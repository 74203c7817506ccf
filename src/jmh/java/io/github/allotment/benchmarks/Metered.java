package io.github.allotment.benchmarks;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;

/** A small program, and wallets of it that hold much of one thing. */
final class Metered {

  static final Instant OPENED = Instant.parse("2024-01-01T00:00:00Z");

  private static final String LIMIT = "awards";

  private Metered() {}

  /** Returns an engine with a limit on awards of one credit each. */
  static PolicyEngine engine(long most) {
    return PolicyEngine.of(
        Program.named("metered")
            .version(
                Policy.version("1", OPENED)
                    .source("plan")
                    .source("bought")
                    .source("awards")
                    .limit(LIMIT, most, Window.rolling(Duration.ofDays(7)))
                    .plan(Plan.monthly("monthly").allotting("Monthly", "plan", 10))
                    .rule("monthly credits", Trigger.on(CalendarEvent.RENEWED), Effect.allot())
                    .rule(
                        "bought credits",
                        Trigger.on("bought"),
                        Effect.grantOfEvent(TransactionType.PURCHASE, "Bought", "bought"))
                    .rule(
                        "an award",
                        Trigger.on("award"),
                        Effect.grant(TransactionType.AWARD, "Award", "awards", 1).within(LIMIT))
                    .rule("a charge", Trigger.on("charge"), Effect.charge("Charge"))
                    .rule(
                        "a return",
                        Trigger.on("return"),
                        Effect.giveBack(Effect.End.Reach.SUBJECT, "Return"))
                    .rule("an end", Trigger.on("end"), Effect.keep(Effect.End.Reach.SUBJECT, "End"))
                    .build())
            .build());
  }

  static Wallet opened(PolicyEngine engine) {
    return engine.open(Opening.of("monthly", OPENED)).wallet();
  }

  static Event award(String id, Instant at) {
    return Event.of(id, at, "award");
  }

  static Event charge(String id, Instant at, String subject, long amount) {
    return Event.of(id, at, "charge").withSubject(subject).withAmount(amount);
  }

  static Event returned(String id, Instant at, String subject) {
    return Event.of(id, at, "return").withSubject(subject);
  }

  /** Returns the instant at which the last of so many awards or purchases is made. */
  static Instant last(int count) {
    return OPENED.plusSeconds(count);
  }

  /** Returns a wallet that holds nothing but so many uses in the window, a second apart. */
  static Wallet withUses(PolicyEngine engine, int uses) {
    Wallet wallet = opened(engine);
    for (int i = 1; i <= uses; i++) {
      wallet = Accounts.applied(engine, wallet, award("award " + i, last(i)));
    }
    Instant now = last(uses);
    wallet = Accounts.applied(engine, wallet, charge("all", now, "all", wallet.available()));
    wallet = Accounts.applied(engine, wallet, Event.of("end", now, "end").withSubject("all"));
    return engine.advance(wallet, now.plusSeconds(1)).wallet();
  }

  /** Returns a wallet that holds so many lots of one credit. */
  static Wallet withLots(PolicyEngine engine, int lots) {
    Wallet wallet = opened(engine);
    for (int i = 1; i <= lots; i++) {
      wallet =
          Accounts.applied(
              engine, wallet, Event.of("bought " + i, last(i), "bought").withAmount(1));
    }
    return engine.advance(wallet, last(lots + 1)).wallet();
  }
}
