package io.github.allotment;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.Order;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A total order of lots: a policy's keys, then the grant instant, then the number. */
final class LotOrder implements Comparator<Lot.Terms> {

  private static final Comparator<Lot.Terms> OLDEST =
      Comparator.comparing(Lot.Terms::grantedAt).thenComparingLong(Lot.Terms::number);

  private final ImmutableList<Order> keys;
  private final Comparator<Lot.Terms> comparator;

  private LotOrder(List<Order> keys) {
    this.keys = ImmutableList.copyOf(keys);
    comparator =
        keys.stream()
            .map(LotOrder::comparator)
            .reduce(Comparator::thenComparing)
            .map(all -> all.thenComparing(OLDEST))
            .orElse(OLDEST);
  }

  static LotOrder of(List<Order> keys) {
    return new LotOrder(keys);
  }

  private static Comparator<Lot.Terms> comparator(Order key) {
    return switch (key) {
      case OLDEST -> OLDEST;
      case NEWEST -> OLDEST.reversed();
      case PRIORITY -> Comparator.comparingInt(Lot.Terms::priority);
      case SOONEST_EXPIRY ->
          Comparator.comparing((Lot.Terms lot) -> lot.expiresAt().orElse(Instant.MAX));
      case CURRENT_CYCLE -> Comparator.comparingLong(Lot.Terms::cycle).reversed();
      case ROLLED_OVER -> Comparator.comparingLong(Lot.Terms::cycle);
    };
  }

  @Override
  public int compare(Lot.Terms a, Lot.Terms b) {
    return comparator.compare(a, b);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LotOrder that && keys.equals(that.keys);
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }
}
