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

/** A charge across many lots, and its return. */
@State(Scope.Thread)
public class Lots {

  /** How many. */
  @Param({"1", "10", "100", "1000"})
  int lots;

  private final PolicyEngine engine = Metered.engine(1);
  private Wallet wallet;
  private Event charge;
  private Event returned;

  /** Makes the wallet. */
  @Setup
  public void make() {
    wallet = Metered.withLots(engine, lots);
    charge = Metered.charge("charge", Metered.last(lots + 2), "all", lots);
    returned = Metered.returned("return", Metered.last(lots + 3), "all");
    if (!once().wallet().lots().equals(wallet.lots())) {
      throw new IllegalStateException("not all was returned");
    }
  }

  /** All, and all back. */
  @Benchmark
  @Shown(in = Section.LOTS, as = "Charge and return, {lots} lot(s)")
  public Decision chargeAndReturn(Blackhole hole) {
    Decision charged = engine.decide(wallet, charge);
    hole.consume(charged);
    return engine.decide(charged.wallet(), returned);
  }

  private Decision once() {
    return engine.decide(Accounts.applied(engine, wallet, charge), returned);
  }
}
