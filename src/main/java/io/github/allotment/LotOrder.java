package io.github.allotment;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.Order;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A total order of lots: a policy's keys, then the grant instant, then the number. */
final class LotOrder implements Comparator<Lot> {

  private final ImmutableList<Order> keys;

  private LotOrder(List<Order> keys) {
    this.keys = ImmutableList.copyOf(keys);
  }

  static LotOrder of(List<Order> keys) {
    return new LotOrder(keys);
  }

  private static int compareAge(Lot.Terms a, Lot.Terms b) {
    int instants = a.grantedAt().compareTo(b.grantedAt());
    return instants != 0 ? instants : Long.compare(a.number(), b.number());
  }

  private static int compare(Order key, Lot.Terms a, Lot.Terms b) {
    return switch (key) {
      case OLDEST -> compareAge(a, b);
      case NEWEST -> compareAge(b, a);
      case PRIORITY -> Integer.compare(a.priority(), b.priority());
      case SOONEST_EXPIRY -> expiry(a).compareTo(expiry(b));
      case CURRENT_CYCLE -> Long.compare(b.cycle(), a.cycle());
      case ROLLED_OVER -> Long.compare(a.cycle(), b.cycle());
    };
  }

  private static Instant expiry(Lot.Terms lot) {
    return lot.expiresAt().orElse(Instant.MAX);
  }

  @Override
  public int compare(Lot a, Lot b) {
    return compare(a.terms(), b.terms());
  }

  int compare(Lot.Terms a, Lot.Terms b) {
    for (int i = 0; i < keys.size(); i++) {
      int byKey = compare(keys.get(i), a, b);
      if (byKey != 0) {
        return byKey;
      }
    }
    return compareAge(a, b);
  }

  @Override
  public boolean equals(Object other) {
    return other == this || (other instanceof LotOrder that && keys.equals(that.keys));
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }
}
