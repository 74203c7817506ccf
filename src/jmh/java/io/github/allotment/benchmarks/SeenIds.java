package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Wallet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Decisions on wallets that remember many events. */
@State(Scope.Thread)
public class SeenIds {

  /** How many. */
  @Param({"0", "10", "100", "1000", "10000"})
  int ids;

  private final Event[] interviews = Accounts.interviews();
  private Wallet wallet;
  private int next;

  /** Makes the wallet. */
  @Setup
  public void make() {
    wallet = Accounts.remembering(ids);
  }

  /** An award. */
  @Benchmark
  @Shown(in = Section.SEEN, as = "Award, {ids} remembered ids")
  public long award(Blackhole hole) {
    Decision decision = Accounts.ENGINE.decide(wallet, interviews[next++ % Accounts.INTERVIEWS]);
    hole.consume(decision);
    return Answer.of(decision);
  }
}
