package io.github.allotment;

import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the parts of a smaller grant from those of a larger one; they always sum to the whole. */
final class Parts {

  private Parts() {}

  /**
   * Returns of the parts from some sources, or from every one, the first, as many as make up an
   * amount; the others from these sources are zero, and those from other sources stay.
   */
  static List<PendingAward.Part> first(
      List<PendingAward.Part> parts, List<String> sources, long amount) {
    ImmutableList.Builder<PendingAward.Part> first = ImmutableList.builder();
    long left = amount;
    for (PendingAward.Part part : parts) {
      if (!isFrom(part, sources)) {
        first.add(part);
        continue;
      }
      long fits = Math.min(left, part.amount());
      first.add(fits == part.amount() ? part : with(part, fits));
      left -= fits;
    }
    return first.build();
  }

  /** Returns the parts from some sources, or from every one. */
  static List<PendingAward.Part> of(List<PendingAward.Part> parts, List<String> sources) {
    return parts.stream().filter(part -> isFrom(part, sources)).toList();
  }

  private static boolean isFrom(PendingAward.Part part, List<String> sources) {
    return sources.isEmpty() || sources.contains(part.source());
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
