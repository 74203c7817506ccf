package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Decisions under a rolling limit with many live uses. */
@State(Scope.Thread)
public class Uses {

  /** How many. */
  @Param({"10", "270", "10000"})
  int uses;

  private PolicyEngine roomy;
  private PolicyEngine tight;
  private Wallet withRoom;
  private Wallet full;
  private Event award;

  /** Makes the wallets. */
  @Setup
  public void make() {
    roomy = Metered.engine(1_000_000);
    tight = Metered.engine(uses);
    withRoom = Metered.withUses(roomy, uses);
    full = Metered.withUses(tight, uses);
    award = Metered.award("new", Metered.last(uses + 2));
  }

  /** One more. */
  @Benchmark
  @Shown(in = Section.USES, as = "Award granted, {uses} live uses")
  public long granted(Blackhole hole) {
    return read(roomy.decide(withRoom, award), hole);
  }

  /** One too many. */
  @Benchmark
  @Shown(in = Section.USES, as = "Award refused, {uses} live uses")
  public long refused(Blackhole hole) {
    return read(tight.decide(full, award), hole);
  }

  private static long read(Decision decision, Blackhole hole) {
    hole.consume(decision);
    return Answer.of(decision);
  }
}
