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

/** The engine's award decision among many rules. */
public class RuleAwards {

  /** An account and events for it. */
  static final class Account {

    private final PolicyEngine engine;
    private final Wallet wallet;
    private final Event[] interviews;
    private int next;

    Account(int rules, RuleSets.Apart apart, boolean granted) {
      engine = PolicyEngine.of(RuleSets.program(rules, apart, RuleSets.most(granted)));
      wallet = RuleSets.wallet(engine, apart);
      interviews = RuleSets.interviews(rules, apart);
      for (Event interview : interviews) {
        if (engine.decide(wallet, interview).isApplied() != granted) {
          throw new IllegalStateException(engine.decide(wallet, interview).why());
        }
      }
    }

    long decided(Blackhole hole) {
      Decision decision = engine.decide(wallet, interviews[next++ % RuleSets.PROPOSALS]);
      hole.consume(decision);
      return Answer.of(decision);
    }
  }

  /** All rules are for one type of event. */
  @State(Scope.Thread)
  public static class OfOneType {

    /** How many rules. */
    @Param({"1", "10", "100"})
    int rules;

    private Account withRoom;
    private Account full;

    /** Makes the accounts. */
    @Setup
    public void make() {
      withRoom = new Account(rules, RuleSets.Apart.BY_FACT, true);
      full = new Account(rules, RuleSets.Apart.BY_FACT, false);
    }
  }

  /** Each rule is for a type of its own. */
  @State(Scope.Thread)
  public static class OfManyTypes {

    private final Account withRoom = new Account(100, RuleSets.Apart.BY_TYPE, true);
  }

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.RULES, as = "Allotment, granted, {rules} rule(s)")
  public long granted(OfOneType account, Blackhole hole) {
    return account.withRoom.decided(hole);
  }

  /** Does not. */
  @Benchmark
  @Shown(in = Section.RULES, as = "Allotment, refused, {rules} rule(s)")
  public long refused(OfOneType account, Blackhole hole) {
    return account.full.decided(hole);
  }

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.RULES, as = "Allotment, granted, 100 rules, each for a type of its own")
  public long grantedByType(OfManyTypes account, Blackhole hole) {
    return account.withRoom.decided(hole);
  }
}
