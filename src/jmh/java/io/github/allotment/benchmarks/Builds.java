package io.github.allotment.benchmarks;

import io.github.allotment.PolicyEngine;
import io.github.allotment.policy.ProgramData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to make an engine. */
@State(Scope.Thread)
public class Builds {

  private static final int RULES = 100;

  private final Object tree =
      ProgramData.toTree(RuleSets.program(RULES, RuleSets.Apart.BY_FACT, 50));

  /** From the builders. */
  @Benchmark
  @Shown(in = Section.BUILD, as = "From the builders")
  public PolicyEngine builders() {
    return PolicyEngine.of(RuleSets.program(RULES, RuleSets.Apart.BY_FACT, 50));
  }

  /** From plain data. */
  @Benchmark
  @Shown(in = Section.BUILD, as = "From plain data")
  public PolicyEngine tree() {
    return PolicyEngine.of(ProgramData.fromTree(tree));
  }
}
