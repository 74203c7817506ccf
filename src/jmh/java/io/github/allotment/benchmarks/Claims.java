package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.JobOutcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Decisions on wallets with many open claims. */
@State(Scope.Thread)
public class Claims {

  /** How many. */
  @Param({"10", "100", "1000", "10000", "100000"})
  int claims;

  private final PolicyEngine engine = Accounts.ENGINE;
  private final Event[] interviews = Accounts.interviews();
  private final Event submitted =
      Connects.proposalSubmitted("new", Accounts.NOW, "new proposal", "new job", 1);
  private final Event closed =
      Connects.jobClosed("closed", Accounts.NOW, "new job", JobOutcome.CLOSED_WITHOUT_HIRE);
  private Wallet wallet;
  private int next;

  /** Makes the wallet. */
  @Setup
  public void make() {
    wallet = Accounts.withClaims(claims);
  }

  /** An award for one of them. */
  @Benchmark
  @Shown(in = Section.CLAIMS, as = "Award, {claims} open claims")
  public long award(Blackhole hole) {
    Decision decision = engine.decide(wallet, interviews[next++ % Accounts.INTERVIEWS]);
    hole.consume(decision);
    return Answer.of(decision);
  }

  /** One more, and its end. */
  @Benchmark
  @Shown(in = Section.CLAIMS, as = "Submit and close, {claims} open claims")
  public Decision submitAndClose(Blackhole hole) {
    Decision more = engine.decide(wallet, submitted);
    hole.consume(more);
    return engine.decide(more.wallet(), closed);
  }
}
