package io.github.allotment.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Change;
import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Reason;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.WalletState;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An account whose events happen at its wallet's clock, and apply, unless a test says otherwise.
 */
final class Account {

  private final PolicyEngine engine;
  private final ArrayList<Transaction> history = new ArrayList<>();
  private Wallet wallet;
  private int events;

  private Account(PolicyEngine engine, Decision opened) {
    this.engine = engine;
    wallet = opened.wallet();
    history.addAll(opened.transactions());
    assertEquals(
        wallet.state(), WalletState.of(opened.changes().stream().map(Change::row).toList()));
  }

  static Account open(Policy.Builder sheet, String plan, String at) {
    return open(sheet, Opening.of(plan, Instant.parse(at)));
  }

  static Account open(Policy.Builder sheet, Opening opening) {
    return open(Program.named("test").version(sheet.build()), opening);
  }

  static Account open(Program.Builder program, String plan, String at) {
    return open(program, Opening.of(plan, Instant.parse(at)));
  }

  static Account open(Duration lateness, Opening opening, Policy.Builder... versions) {
    Program.Builder program = Program.named("test").lateness(lateness);
    for (Policy.Builder version : versions) {
      program.version(version.build());
    }
    return open(program, opening);
  }

  static Account open(Program.Builder program, Opening opening) {
    PolicyEngine engine = PolicyEngine.of(program.build());
    return new Account(engine, engine.open(opening));
  }

  PolicyEngine engine() {
    return engine;
  }

  Event event(String type) {
    return event(type, wallet.clock());
  }

  Event event(String type, String at) {
    return event(type, Instant.parse(at));
  }

  Event event(String type, Instant at) {
    events++;
    return Event.of("event-" + events, at, type);
  }

  Decision decide(Event event) {
    return take(engine.decide(wallet, event));
  }

  /** Decides an event that must be applied. */
  Decision apply(Event event) {
    Decision decision = decide(event);
    assertEquals("applied", decision.reason().code().code(), decision::why);
    return decision;
  }

  /** Decides an event that must be refused for a reason, and returns the reason. */
  Reason refuse(String code, Event event) {
    long before = available();
    Decision decision = decide(event);
    assertEquals("refused", decision.outcome().code());
    assertEquals(code, decision.reason().code().code(), decision::why);
    if (decision.transactions().isEmpty()) {
      assertEquals(before, available());
    }
    return decision.reason();
  }

  void grant(String type, long amount) {
    apply(event(type).withAmount(amount));
  }

  void spend(long amount) {
    grant("spend", amount);
  }

  Decision advance(String to) {
    return advance(Instant.parse(to));
  }

  Decision advance(Instant to) {
    return take(engine.advance(wallet, to));
  }

  /** Goes on from a decision, whose changes must lead from the stored state to the new one. */
  private Decision take(Decision decision) {
    assertEquals(decision.wallet().state(), wallet.state().after(decision.changes()));
    wallet = decision.wallet();
    history.addAll(decision.transactions());
    return decision;
  }

  Wallet wallet() {
    return wallet;
  }

  long available() {
    return wallet.available();
  }

  List<Transaction> history() {
    return history;
  }

  /** Returns the amounts of the rows after so many. */
  List<Long> amountsFrom(int row) {
    return history.subList(row, history.size()).stream().map(Transaction::amount).toList();
  }

  Transaction last() {
    return history.get(history.size() - 1);
  }

  int rows() {
    return history.size();
  }

  /** Returns the consequences of a decision that was applied. */
  static List<Consequence> consequences(Decision decision) {
    return assertInstanceOf(Reason.Applied.class, decision.reason()).consequences();
  }
}
