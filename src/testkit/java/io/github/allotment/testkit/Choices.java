package io.github.allotment.testkit;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Where whatever is drawn takes its decisions from. A list of numbers shrinks as jqwik shrinks
 * lists: where it ends, every further decision is the first choice, which is the simplest.
 */
final class Choices {

  private final IntUnaryOperator below;

  private Choices(IntUnaryOperator below) {
    this.below = below;
  }

  /** Returns endless choices, the same for the same seed. */
  static Choices of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Choices(random::nextInt);
  }

  /** Returns the choices of a list, each taken modulo how many there are to choose from. */
  static Choices of(List<Integer> numbers) {
    List<Integer> all = ImmutableList.copyOf(numbers);
    int[] next = {0};
    return new Choices(bound -> next[0] < all.size() ? all.get(next[0]++) % bound : 0);
  }

  /** Returns a number from 0 to below a bound. */
  int below(int bound) {
    return below.applyAsInt(bound);
  }

  @SafeVarargs
  final <T> T one(T... choices) {
    return choices[below(choices.length)];
  }

  <T> T any(List<? extends T> choices) {
    return choices.get(below(choices.size()));
  }

  /** Returns true once in so many times; false if it is the simplest choice. */
  boolean chance(int oneIn) {
    return below(oneIn) == oneIn - 1;
  }
}
