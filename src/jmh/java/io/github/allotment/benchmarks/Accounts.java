package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.ReadinessTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Connects accounts with a history, and events to decide on them. */
final class Accounts {

  static final PolicyEngine ENGINE = PolicyEngine.of(Connects.program());
  static final Instant OPENED = Instant.parse("2021-08-02T09:00:00Z");

  /** After this instant nothing is due for a while. */
  static final Instant NOW = Instant.parse("2021-08-27T10:00:00Z");

  /** How many events there are to choose from, so that not every decision is the same. */
  static final int INTERVIEWS = 8;

  private static final int PROPOSALS = 12;

  private Accounts() {}

  static Opening opening(String plan) {
    return Connects.opening(plan, OPENED, AccountKind.FREELANCER, ReadinessTest.PASSED);
  }

  /**
   * Returns what happened on an account: twelve proposals, the last four within the lateness, and
   * as many awards within the last 7 days, at most five.
   */
  static List<Event> history(int awards) {
    List<Event> events = new ArrayList<>();
    events.add(Connects.connectsPurchased("bought", OPENED.plus(Duration.ofHours(1)), 500));
    for (int i = 0; i < PROPOSALS - 4; i++) {
      events.add(submitted(i, OPENED.plus(Duration.ofDays(3 + i))));
    }
    for (int i = 0; i < awards; i++) {
      Instant at = NOW.minus(Duration.ofDays(6)).plus(Duration.ofHours(25L * i));
      events.add(submitted(100 + i, at.minus(Duration.ofMinutes(1))));
      events.add(interview("awarded " + i, at, 100 + i));
    }
    for (int i = PROPOSALS - 4; i < PROPOSALS; i++) {
      events.add(submitted(i, NOW.minus(Duration.ofHours(PROPOSALS - i))));
    }
    return events;
  }

  private static Event submitted(int number, Instant at) {
    return Connects.proposalSubmitted(
        "submitted " + number, at, proposal(number), "job " + number, 2 + number % 5);
  }

  private static Event interview(String id, Instant at, int number) {
    return Connects.interview(id, at, proposal(number), InterviewSource.PROPOSAL, true);
  }

  /** Returns interviews for proposals that are open and have earned nothing. */
  static Event[] interviews() {
    return IntStream.range(0, INTERVIEWS)
        .mapToObj(i -> interview("interview " + i, NOW, i))
        .toArray(Event[]::new);
  }

  /** Returns the account's wallet. */
  static Wallet wallet(int awards) {
    return replayed(ENGINE, ENGINE.open(opening(Connects.PLUS)).wallet(), history(awards));
  }

  /** Decides events that must all be applied. */
  static Wallet replayed(PolicyEngine engine, Wallet wallet, List<Event> events) {
    Wallet now = wallet;
    for (Event event : events) {
      now = applied(engine, now, event);
    }
    return now;
  }

  /** Decides an event that must be applied. */
  static Wallet applied(PolicyEngine engine, Wallet wallet, Event event) {
    Decision decision = engine.decide(wallet, event);
    if (!decision.isApplied()) {
      throw new IllegalStateException(event + ": " + decision.why());
    }
    return decision.wallet();
  }

  /** Returns a wallet with so many open proposals that remembers none of the events. */
  static Wallet withClaims(int claims) {
    Wallet wallet =
        applied(
            ENGINE,
            ENGINE.open(opening(Connects.BASIC)).wallet(),
            Connects.connectsPurchased("bought", OPENED, 1_000_000));
    Instant at = OPENED.plus(Duration.ofHours(1));
    for (int i = 0; i < claims; i++) {
      wallet =
          applied(
              ENGINE,
              wallet,
              Connects.proposalSubmitted("submitted " + i, at, proposal(i), job(i), 1));
    }
    return ENGINE.advance(wallet, NOW).wallet();
  }

  /** Returns a wallet with ten open proposals that remembers so many events. */
  static Wallet remembering(int ids) {
    Wallet wallet = withClaims(10);
    for (int i = 0; i < ids; i++) {
      Instant at = NOW.minus(Duration.ofSeconds(ids - i));
      wallet =
          ENGINE
              .decide(wallet, Connects.proposalArchived("archived " + i, at, proposal(9)))
              .wallet();
    }
    return wallet;
  }

  static String proposal(int number) {
    return "proposal " + number;
  }

  static String job(int number) {
    return "job " + number;
  }
}
