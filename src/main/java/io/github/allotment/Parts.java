package io.github.allotment;

import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Makes the parts of a smaller grant from those of a larger one; they always sum to the whole. */
final class Parts {

  private Parts() {}

  /**
   * Returns of some of the parts the first, as many as make up an amount; the others of these are
   * zero, and those that are not of them stay.
   */
  static List<PendingAward.Part> first(
      List<PendingAward.Part> parts, Predicate<PendingAward.Part> some, long amount) {
    ImmutableList.Builder<PendingAward.Part> first = ImmutableList.builder();
    long left = amount;
    for (PendingAward.Part part : parts) {
      if (!some.test(part)) {
        first.add(part);
        continue;
      }
      long fits = Math.min(left, part.amount());
      first.add(fits == part.amount() ? part : with(part, fits));
      left -= fits;
    }
    return first.build();
  }

  /**
   * Returns the parts in proportion, rounded down; what is missing goes one by one to the largest
   * remainders, the earlier part first.
   */
  static List<PendingAward.Part> scaled(List<PendingAward.Part> parts, long amount) {
    long whole = PendingAward.sum(parts);
    if (whole == 0) {
      return parts;
    }
    List<PendingAward.Part> scaled = new ArrayList<>();
    parts.forEach(part -> scaled.add(with(part, share(part.amount(), amount, whole))));
    List<Integer> byRemainder =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> remainder(parts.get(i), amount, whole))
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    long missing = amount - PendingAward.sum(scaled);
    for (int i : byRemainder.subList(0, (int) missing)) {
      scaled.set(i, with(parts.get(i), scaled.get(i).amount() + 1));
    }
    return scaled;
  }

  /** Returns amount × times ÷ of, rounded down. */
  static long share(long amount, long times, long of) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(times))
        .divide(BigInteger.valueOf(of))
        .longValueExact();
  }

  private static BigInteger remainder(PendingAward.Part part, long times, long of) {
    return BigInteger.valueOf(part.amount())
        .multiply(BigInteger.valueOf(times))
        .mod(BigInteger.valueOf(of));
  }

  private static PendingAward.Part with(PendingAward.Part part, long amount) {
    return part.of(amount);
  }
}
