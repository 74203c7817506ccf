package io.github.allotment.pages;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Opens wallets for accounts that exist already. */
final class Moving {

  private Moving() {}

  // The page shows, from here
  /** Opens the wallet of an account that exists already. */
  static Decision move(PolicyEngine engine, Instant at) {
    Opening.Existing existing =
        Opening.Existing.renewingFrom(LocalDate.parse("2020-11-15"))
            .holding("monthly", 12, Instant.parse("2020-12-15T00:00:00Z"))
            .holding("bought", 30, Instant.parse("2020-10-02T09:30:00Z"))
            .havingDone("welcome");
    return engine.open(
        Opening.of("member", at).withFact("suspended", false).withExisting(existing));
  }

  // to here.

  // The page shows, from here
  /** Decides what has happened since, lets time pass up to now, and returns all decisions. */
  static List<Decision> catchUp(
      PolicyEngine engine, Decision opened, List<Event> since, Instant now) {
    List<Decision> decisions = new ArrayList<>();
    Wallet wallet = opened.wallet();
    for (Event event : since) {
      Decision decision = engine.decide(wallet, event);
      decisions.add(decision);
      wallet = decision.wallet();
    }
    decisions.add(engine.advance(wallet, now));
    return decisions;
  }
  // to here.
}
