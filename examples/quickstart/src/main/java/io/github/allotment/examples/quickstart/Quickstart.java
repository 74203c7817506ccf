package io.github.allotment.examples.quickstart;

import io.github.allotment.Decision;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.ReadinessTest;
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
    PolicyEngine engine = PolicyEngine.of(Connects.program());
    Instant joined = Instant.parse("2021-06-01T08:00:00Z");

    Wallet wallet =
        engine
            .open(
                Connects.opening(
                    Connects.BASIC, joined, AccountKind.FREELANCER, ReadinessTest.NOT_TAKEN))
            .wallet();
    System.out.println(wallet.available() + " available");

    Decision sent =
        engine.decide(
            wallet,
            Connects.proposalSubmitted(
                "event-1", Instant.parse("2021-06-02T09:00:00Z"), "proposal-1", "job-1", 4));
    System.out.println(sent.why());

    Decision answered =
        engine.decide(
            sent.wallet(),
            Connects.interview(
                "event-2",
                Instant.parse("2021-06-03T10:00:00Z"),
                "proposal-1",
                InterviewSource.PROPOSAL,
                true));
    System.out.println(answered.why());
    System.out.println(answered.wallet().pending() + " pending");
  }
}
