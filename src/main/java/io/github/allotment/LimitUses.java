package io.github.allotment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What counts against one limit, as a persistent value.
 *
 * <p>Each instant has the running sum up to and including it, so that the sum of a window is one
 * difference of two look-ups. Running sums may wrap around; their differences, which never exceed a
 * limit's maximum, are exact all the same. A use that arrives late raises the sums of those after
 * it.
 */
record LimitUses(String limit, long base, Sorted<UpTo> sums) {

  /** A running sum. */
  record UpTo(Instant at, long sum) {

    private static final Comparator<UpTo> ORDER = (a, b) -> a.at.compareTo(b.at);
  }

  static LimitUses none(String limit) {
    return new LimitUses(limit, 0, Sorted.none());
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  private @Nullable UpTo lastUpTo(Instant at) {
    UpTo last = sums.last();
    return last == null || !last.at.isAfter(at)
        ? last
        : sums.lastOf(use -> use.at().compareTo(at) <= 0);
  }

  private @Nullable UpTo lastBefore(Instant at) {
    return sums.lastOf(use -> use.at().compareTo(at) < 0);
  }

  private @Nullable UpTo firstAfter(Instant at) {
    UpTo last = sums.last();
    return last == null || !last.at.isAfter(at)
        ? null
        : sums.firstBehind(use -> use.at().compareTo(at) <= 0);
  }

  private long sumOf(@Nullable UpTo use) {
    return use == null ? base : use.sum;
  }

  /** Returns what counts in (after, upTo]. */
  long between(Instant after, Instant upTo) {
    return sumOf(lastUpTo(upTo)) - sumOf(lastUpTo(after));
  }

  /** Tells whether there is a use at exactly an instant. */
  boolean has(Instant at) {
    UpTo last = lastUpTo(at);
    return last != null && last.at.equals(at);
  }

  /** Returns what counts at exactly an instant. */
  long at(Instant at) {
    return sumOf(lastUpTo(at)) - sumOf(lastBefore(at));
  }

  /**
   * Returns the largest sum of all windows (t − length, t] that contain an instant.
   *
   * @param start that instant less the length
   */
  long fullest(Instant at, Instant start, Duration length) {
    UpTo last = sums.last();
    if (last == null) {
      return 0;
    } else if (!last.at.isAfter(at)) {
      return last.sum - sumOf(lastUpTo(start));
    }
    long most = between(start, at);
    Instant end = Instants.plus(at, length);
    UpTo later = firstAfter(at);
    for (; later != null && later.at.isBefore(end); later = firstAfter(later.at)) {
      most = Math.max(most, between(Instants.minus(later.at, length), later.at));
    }
    return most;
  }

  /**
   * Returns how much more fits at an instant: what every window that contains it has left.
   *
   * @param start that instant less the length
   */
  long room(Instant at, Instant start, Duration length, long max) {
    return Math.max(0, max - fullest(at, start, length));
  }

  /**
   * Returns the first instant at which an amount fits, after one at which it does not.
   *
   * @param start the instant at which it does not, less the length
   * @param amount no more than {@code max}
   */
  Instant opensAfter(Instant closed, Instant start, Duration length, long max, long amount) {
    UpTo last = requireNonNull(sums.last());
    Instant from = start;
    for (Instant at = closed; last.at.isAfter(at); ) {
      from = requireNonNull(firstAfter(from)).at;
      at = Instants.plus(from, length);
      if (room(at, from, length, max) >= amount) {
        return at;
      }
    }
    return Instants.plus(leaves(from, last.sum - (max - amount)), length);
  }

  /** Returns the first instant after another up to which the sum is at least another. */
  private Instant leaves(Instant after, long sum) {
    UpTo first = sums.firstBehind(use -> !use.at.isAfter(after) || use.sum - sum < 0);
    return requireNonNull(first).at;
  }

  /**
   * Returns the first instant after another at which a use leaves the window; empty if none does.
   */
  Optional<Instant> nextEdge(Instant after, Duration length) {
    UpTo next = firstAfter(Instants.minus(after, length));
    return next == null ? Optional.empty() : Optional.of(Instants.plus(next.at, length));
  }

  /** Returns the start of the session that an instant lies in, if it lies in one. */
  Optional<Instant> session(Instant at, Duration length) {
    UpTo start = lastUpTo(at);
    return start != null && at.isBefore(Instants.plus(start.at, length))
        ? Optional.of(start.at)
        : Optional.empty();
  }

  /** Returns the end of the session that started at an instant. */
  Instant sessionEnd(Instant start, Duration length) {
    Instant end = Instants.plus(start, length);
    UpTo next = firstAfter(start);
    return next == null || next.at.isAfter(end) ? end : next.at;
  }

  /** Returns a copy with more at an instant, or, if the amount is negative, less. */
  LimitUses plus(Instant at, long amount) {
    long sum = sumOf(lastUpTo(at)) + amount;
    Sorted<UpTo> raised = sums.plus(UpTo.ORDER, new UpTo(at, sum));
    for (UpTo later = firstAfter(at); later != null; later = firstAfter(later.at)) {
      raised = raised.plus(UpTo.ORDER, new UpTo(later.at, later.sum + amount));
    }
    return new LimitUses(limit, base, raised);
  }

  /** Returns a copy that has no use at an instant at which the amounts sum up to nothing. */
  LimitUses without(Instant at) {
    return new LimitUses(limit, base, sums.minus(UpTo.ORDER, new UpTo(at, 0)));
  }

  /** Returns a copy without the uses before an instant. */
  LimitUses from(Instant oldest) {
    long over = base;
    Sorted<UpTo> left = sums;
    for (UpTo use = left.first(); use != null && use.at.isBefore(oldest); use = left.first()) {
      over = use.sum;
      left = left.minus(UpTo.ORDER, use);
    }
    return new LimitUses(limit, over, left);
  }

  /** Returns a copy in which the uses before an instant are one, at another that is before it. */
  LimitUses summedUp(Instant before, Instant at) {
    LimitUses left = from(before);
    return new LimitUses(limit, base, left.sums.plus(UpTo.ORDER, new UpTo(at, left.base)));
  }

  /** Tells whether there is a use before an instant. */
  boolean hasBefore(Instant oldest) {
    UpTo first = sums.first();
    return first != null && first.at.isBefore(oldest);
  }

  /** Returns the uses before an instant, oldest first. */
  List<Use> before(Instant oldest) {
    List<Use> before = new ArrayList<>();
    long sum = base;
    for (UpTo use : sums) {
      if (!use.at.isBefore(oldest)) {
        break;
      }
      before.add(new Use(limit, use.at, use.sum - sum));
      sum = use.sum;
    }
    return before;
  }

  /** Returns all uses, oldest first. */
  List<Use> rows() {
    return before(Instant.MAX);
  }
}
