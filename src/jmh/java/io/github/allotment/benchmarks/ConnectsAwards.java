package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The engine's award decision on Connects. */
@State(Scope.Thread)
public class ConnectsAwards {

  private final PolicyEngine engine = Accounts.ENGINE;
  private final Wallet withRoom = Accounts.wallet(3);
  private final Wallet full = Accounts.wallet(5);
  private final Event[] interviews = Accounts.interviews();
  private int next;

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "Allotment, granted")
  public long granted(Blackhole hole) {
    return decided(withRoom, hole);
  }

  /** Does not. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "Allotment, refused")
  public long refused(Blackhole hole) {
    return decided(full, hole);
  }

  /** The control. */
  @Benchmark
  @Shown(in = Section.CONTROL, as = "Allotment, granted, again")
  public long grantedAgain(Blackhole hole) {
    return decided(withRoom, hole);
  }

  private long decided(Wallet wallet, Blackhole hole) {
    Decision decision = engine.decide(wallet, interviews[next++ % Accounts.INTERVIEWS]);
    hole.consume(decision);
    return Answer.of(decision);
  }
}
