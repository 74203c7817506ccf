package io.github.allotment.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * A median and how sure it is.
 *
 * <p>The interval holds the median of what was drawn from with a probability of 95 % or more, by
 * order statistics: the k-th lowest and the k-th highest of n values, where fewer than k of n
 * tosses of a coin come up heads with a probability of at most 2.5 %. Of fewer than six values it
 * is the lowest and the highest, and less sure.
 */
record Spread(double median, double low, double high) {

  private static final double TAIL = 0.025;

  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int count = sorted.length;
    int rank = Math.max(1, rank(count));
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Spread(median, sorted[rank - 1], sorted[count - rank]);
  }

  static Spread exactly(double value) {
    return new Spread(value, value, value);
  }

  /** Returns the largest k so that fewer than k of so many tosses are heads at most so often. */
  private static int rank(int tosses) {
    double[] chances = new double[tosses + 1];
    Arrays.fill(chances, 0);
    chances[0] = Math.pow(0.5, tosses);
    for (int heads = 1; heads <= tosses; heads++) {
      chances[heads] = chances[heads - 1] * (tosses - heads + 1) / heads;
    }
    int rank = 0;
    double below = chances[0];
    while (below <= TAIL && rank < tosses / 2) {
      rank++;
      below += chances[rank];
    }
    return rank;
  }

  /** Returns how many times as much as another this is. */
  Spread over(Spread other) {
    return new Spread(median / other.median, low / other.high, high / other.low);
  }

  /** Returns so much for each of these. */
  Spread into(double much) {
    return new Spread(much / median, much / high, much / low);
  }
}
