package io.github.allotment.examples.quickstart;

import static io.github.allotment.connects.AccountKind.FREELANCER;
import static io.github.allotment.connects.Connects.BASIC;
import static io.github.allotment.connects.InterviewSource.PROPOSAL;
import static io.github.allotment.connects.ReadinessTest.NOT_TAKEN;
import static java.time.temporal.ChronoUnit.DAYS;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.Connects;
import java.time.Instant;

/** Opens a wallet, submits a proposal, answers an interview, and asks why. */
public final class Quickstart {

  private Quickstart() {}

  /**
   * Prints what each step did.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // The README shows the lines from here
    PolicyEngine engine = PolicyEngine.of(Connects.program());
    Instant joined = Instant.parse("2021-06-01T08:00:00Z");
    Opening opening = Connects.opening(BASIC, joined, FREELANCER, NOT_TAKEN);
    Wallet wallet = engine.open(opening).wallet();
    System.out.println(wallet.available() + " available");

    Instant sent = joined.plus(1, DAYS);
    Event proposal = Connects.proposalSubmitted("event-1", sent, "proposal-1", "job-1", 4);
    Decision charged = engine.decide(wallet, proposal);
    System.out.println(charged.why());

    Instant answered = joined.plus(2, DAYS);
    Event interview = Connects.interview("event-2", answered, "proposal-1", PROPOSAL, true);
    Decision earned = engine.decide(charged.wallet(), interview);
    System.out.println(earned.why());
    System.out.println(earned.wallet().pending() + " pending");
    // to here.
  }
}
