package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.Connects;
import java.time.Instant;
import java.time.ZoneOffset;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The passing of time. */
public class Advances {

  /** A wallet and where its time goes. */
  abstract static class Clock {

    private PolicyEngine engine;
    private Wallet wallet;
    private Instant[] steps;

    final void make(boolean forfeiting, int cycles) {
      engine = forfeiting ? Accounts.ENGINE : Metered.engine(1);
      wallet = forfeiting ? full() : Metered.opened(engine);
      Instant start = wallet.clock();
      steps = new Instant[Math.max(1, cycles)];
      steps[0] = start.plusSeconds(60);
      for (int i = 0; i < cycles; i++) {
        steps[i] = start.atZone(ZoneOffset.UTC).plusMonths(i + 1).toInstant();
      }
    }

    /** Returns a wallet that holds what may roll over and more, so that every renewal forfeits. */
    private static Wallet full() {
      Wallet opened = Accounts.ENGINE.open(Accounts.opening(Connects.BASIC)).wallet();
      return Accounts.applied(
          Accounts.ENGINE, opened, Connects.connectsPurchased("bought", opened.clock(), 200));
    }

    final Decision atOnce() {
      return engine.advance(wallet, steps[steps.length - 1]);
    }

    final Decision stepwise(Blackhole hole) {
      Decision decision = engine.advance(wallet, steps[0]);
      for (int i = 1; i < steps.length; i++) {
        hole.consume(decision);
        decision = engine.advance(decision.wallet(), steps[i]);
      }
      return decision;
    }
  }

  /** For one call. */
  @State(Scope.Thread)
  public static class AtOnce extends Clock {

    /** How many. */
    @Param({"0", "1", "12", "120"})
    int cycles;

    /** What the program does. */
    @Param({"forfeiting", "keeping"})
    String program;

    /** Makes the wallet. */
    @Setup
    public void make() {
      make(program.equals("forfeiting"), cycles);
    }
  }

  /** For many calls. */
  @State(Scope.Thread)
  public static class Stepwise extends Clock {

    /** How many. */
    @Param({"12", "120"})
    int cycles;

    /** What the program does. */
    @Param({"forfeiting", "keeping"})
    String program;

    /** Makes the wallet. */
    @Setup
    public void make() {
      make(program.equals("forfeiting"), cycles);
    }
  }

  /** One call. */
  @Benchmark
  @Shown(in = Section.ADVANCE, as = "At once, {program}, {cycles} cycle(s)")
  public Decision atOnce(AtOnce clock) {
    return clock.atOnce();
  }

  /** Many calls. */
  @Benchmark
  @Shown(in = Section.ADVANCE, as = "Stepwise, {program}, {cycles} cycles")
  public Decision stepwise(Stepwise clock, Blackhole hole) {
    return clock.stepwise(hole);
  }
}
