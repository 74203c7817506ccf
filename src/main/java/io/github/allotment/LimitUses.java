package io.github.allotment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * What counts against one limit, as a persistent value.
 *
 * <p>Each instant maps to the running sum up to and including it, so that the sum of a window is
 * one difference of two look-ups. Running sums may wrap around; their differences, which never
 * exceed a limit's maximum, are exact all the same. A use that arrives late raises the sums of
 * those after it.
 */
record LimitUses(long base, TreePMap<Instant, Long> sums) {

  static final LimitUses NONE = new LimitUses(0, TreePMap.empty());

  boolean isEmpty() {
    return sums.isEmpty();
  }

  /** Returns what counts in (after, upTo]. */
  long between(Instant after, Instant upTo) {
    return sumAt(upTo) - sumAt(after);
  }

  private long sumAt(Instant at) {
    Map.Entry<Instant, Long> entry = sums.floorEntry(at);
    return entry == null ? base : entry.getValue();
  }

  /** Returns what counts at exactly an instant. */
  long at(Instant at) {
    Long sum = sums.get(at);
    if (sum == null) {
      return 0;
    }
    Map.Entry<Instant, Long> before = sums.lowerEntry(at);
    return sum - (before == null ? base : before.getValue());
  }

  /** Returns the largest sum of all windows (t − length, t] that contain an instant. */
  long fullest(Instant at, Duration length) {
    long most = between(at.minus(length), at);
    for (Instant later : sums.subMap(at, false, at.plus(length), false).keySet()) {
      most = Math.max(most, between(later.minus(length), later));
    }
    return most;
  }

  /** Returns how much more fits at an instant: what every window that contains it has left. */
  long room(Instant at, Duration length, long max) {
    return Math.max(0, max - fullest(at, length));
  }

  /**
   * Returns the first instant, not before {@code from}, at which an amount fits; empty if never.
   */
  Optional<Instant> opensAt(Instant from, Duration length, long max, long amount) {
    if (amount > max) {
      return Optional.empty();
    }
    Instant at = from;
    while (room(at, length, max) < amount) {
      at = nextEdge(at, length).orElseThrow();
    }
    return Optional.of(at);
  }

  /**
   * Returns the first instant after another at which a use leaves the window; empty if none does.
   */
  Optional<Instant> nextEdge(Instant after, Duration length) {
    return Optional.ofNullable(sums.higherKey(after.minus(length))).map(use -> use.plus(length));
  }

  LimitUses plus(Instant at, long amount) {
    TreePMap<Instant, Long> raised = sums.plus(at, sumAt(at) + amount);
    for (Map.Entry<Instant, Long> later : sums.tailMap(at, false).entrySet()) {
      raised = raised.plus(later.getKey(), later.getValue() + amount);
    }
    return new LimitUses(base, raised);
  }

  /** Returns a copy without the uses before an instant. */
  LimitUses from(Instant oldest) {
    Map.Entry<Instant, Long> last = sums.lowerEntry(oldest);
    return last == null ? this : new LimitUses(last.getValue(), sums.tailMap(oldest, true));
  }

  /** Returns a copy in which the uses before an instant are one, at another that is before it. */
  LimitUses summedUp(Instant before, Instant at) {
    Map.Entry<Instant, Long> last = sums.lowerEntry(before);
    return last == null
        ? this
        : new LimitUses(base, sums.tailMap(before, true).plus(at, last.getValue()));
  }

  /** Returns the instants before another, oldest first. */
  List<Instant> before(Instant oldest) {
    return List.copyOf(sums.headMap(oldest, false).keySet());
  }
}
