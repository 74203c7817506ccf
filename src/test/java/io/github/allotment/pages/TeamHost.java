package io.github.allotment.pages;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.ADJUSTMENT;
import static io.github.allotment.policy.TransactionType.PURCHASE;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a host does that the library does not: gifts, teams and payments. */
final class TeamHost {

  private final Connection db;
  private final PolicyEngine engine;
  private final WalletStore wallets;

  TeamHost(Connection db) throws SQLException {
    this.db = db;
    engine = PolicyEngine.of(program());
    wallets = new WalletStore(db, engine);
  }

  static Program program() {
    // The page shows, from here
    Policy policy =
        Policy.version("1", Instant.parse("2021-01-01T00:00:00Z"))
            .source("monthly")
            .source("gifts")
            .source("bought")
            .plan(Plan.monthly("member").allotting("Monthly credits", "monthly", 20))
            .plan(Plan.monthly("team").allotting("Team credits", "monthly", 100))
            .rule("credits of the month", Trigger.on(OPENED, RENEWED), Effect.refill())
            .rule("a use", Trigger.on("used"), Effect.charge("Use"))
            .rule("a gift sent", Trigger.on("gift-sent"), Effect.charge("Gift").asAdjustment())
            .rule(
                "a gift received",
                Trigger.on("gift-received"),
                Effect.grantOfEvent(ADJUSTMENT, "Gift", "gifts"))
            .rule(
                "a purchase", Trigger.on("paid"), Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
            .rule(
                "a payment that was reversed",
                Trigger.on("payment-reversed"),
                Effect.revoke("Payment reversed"))
            .build();
    Program program = Program.named("teams").lateness(Duration.ofDays(3)).version(policy).build();
    // to here.
    return program;
  }

  // The page shows, from here
  /** Decides two events of two wallets, and saves both or neither. */
  List<Decision> together(String one, Event first, String other, Event second)
      throws SQLException, JsonProcessingException {
    if (one.equals(other)) {
      throw new IllegalArgumentException("both are of one account: " + one);
    }
    while (true) {
      Wallet wallet = wallets.load(one);
      Wallet otherWallet = wallets.load(other);
      Decision decision = engine.decide(wallet, first);
      Decision otherDecision = engine.decide(otherWallet, second);
      boolean applied = decision.isApplied() && otherDecision.isApplied();
      if (applied
          && wallets.save(one, wallet, decision)
          && wallets.save(other, otherWallet, otherDecision)) {
        db.commit();
        return List.of(decision, otherDecision);
      }
      db.rollback();
      if (!applied) {
        return List.of(decision, otherDecision);
      }
    }
  }

  // to here.

  // The page shows, from here
  /** Gives credits to another account. */
  List<Decision> give(String from, String to, String id, Instant at, long amount)
      throws SQLException, JsonProcessingException {
    return together(
        from, Event.of(id, at, "gift-sent").withAmount(amount),
        to, Event.of(id, at, "gift-received").withAmount(amount));
  }

  // to here.

  // The page shows, from here
  /** Uses a team's credits, within what the member may use. */
  List<Decision> use(String team, String member, String id, Instant at, long amount)
      throws SQLException, JsonProcessingException {
    Event use = Event.of(id, at, "used").withAmount(amount);
    return together(team, use, member, use);
  }

  // to here.

  // The page shows, from here
  /** Called when the payment provider says that money has come. */
  Decision paid(String account, String payment, Instant at, long credits)
      throws SQLException, JsonProcessingException {
    return wallets.handle(
        account, Event.of(payment, at, "paid").withSubject(payment).withAmount(credits));
  }

  /** Called when it says that the money has gone back. */
  Decision reversed(String account, String payment, Instant at)
      throws SQLException, JsonProcessingException {
    return wallets.handle(
        account, Event.of(payment + "-reversed", at, "payment-reversed").withSubject(payment));
  }
  // to here.
}
