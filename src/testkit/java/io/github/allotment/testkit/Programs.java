package io.github.allotment.testkit;

import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/** Programs of all kinds of rules, for those who test what works with any program. */
public final class Programs {

  private static final int CHOICES = 260;

  private Programs() {}

  /**
   * Returns programs drawn from the whole rule language: one to three versions, one to three plans,
   * every kind of window, term, anchor, tick, trigger and effect.
   *
   * @return programs that are called {@code random}
   */
  public static Arbitrary<Program> any() {
    return choices().map(numbers -> DrawnProgram.of(Choices.of(numbers)));
  }

  /**
   * Returns policies drawn from the whole rule language.
   *
   * @return policies that are in force from 1970 on
   */
  public static Arbitrary<Policy> policies() {
    return choices().map(numbers -> DrawnProgram.policy(Choices.of(numbers)));
  }

  /**
   * Returns plans with all kinds of anchors, cycles and allotments.
   *
   * @return plans called {@code a}, {@code b} or {@code c} that allot from {@code s0} and {@code
   *     s1}
   */
  public static Arbitrary<Plan> plans() {
    return policies().flatMap(policy -> Arbitraries.of(policy.plans()));
  }

  /**
   * Returns the program that a seed stands for, drawn from the same rules as {@link #any}.
   *
   * @param seed any number
   * @return the same program for the same seed
   */
  public static Program ofSeed(long seed) {
    return DrawnProgram.of(Choices.of(seed));
  }

  private static Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers()
        .between(0, 9_999)
        .withDistribution(RandomDistribution.uniform())
        .shrinkTowards(0)
        .withoutEdgeCases()
        .list()
        .ofMaxSize(CHOICES)
        .withSizeDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }
}
