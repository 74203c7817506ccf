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
 * <p>Each instant has the running sums before it and up to it, so that the sum of a window is the
 * difference of two. Running sums start anywhere, and may wrap around; their differences, which
 * never exceed a limit's maximum, are exact all the same. A use that arrives late raises the sums
 * of those after it.
 */
final class LimitUses {

  private final String limit;
  private final Sorted<UpTo> sums;

  /** The first and the last use, for most questions ask about no other; null if there is none. */
  private final @Nullable UpTo first;

  private final @Nullable UpTo last;

  private LimitUses(String limit, Sorted<UpTo> sums) {
    this.limit = limit;
    this.sums = sums;
    first = sums.first();
    last = sums.last();
  }

  /** The running sums of an instant: before it, and with it. */
  record UpTo(Instant at, long before, long sum) {

    private static final Comparator<UpTo> ORDER = (a, b) -> a.at.compareTo(b.at);

    /** Returns the same when more counts before it. */
    UpTo raised(long amount) {
      return new UpTo(at, before + amount, sum + amount);
    }

    long amount() {
      return sum - before;
    }
  }

  static LimitUses none(String limit) {
    return new LimitUses(limit, Sorted.none());
  }

  String limit() {
    return limit;
  }

  boolean isEmpty() {
    return last == null;
  }

  private @Nullable UpTo lastUpTo(Instant at) {
    return last == null || !last.at.isAfter(at)
        ? last
        : sums.lastOf(use -> use.at().compareTo(at) <= 0);
  }

  /** Returns the first use after an instant less a length; null if there is none. */
  @Nullable UpTo firstWithin(Instant end, Duration length) {
    return first == null || Instants.isWithin(first.at, end, length)
        ? first
        : firstAfter(Instants.minus(end, length));
  }

  /** Returns the first use after an instant; null if there is none. */
  private @Nullable UpTo firstAfter(Instant at) {
    return sums.firstBehind(use -> use.at().compareTo(at) <= 0);
  }

  /** Returns the sum with a use, or, if there is none, the sum before the first. */
  private long sum(@Nullable UpTo use) {
    if (use != null) {
      return use.sum;
    }
    return first == null ? 0 : first.before;
  }

  /** Returns what counts in (after, upTo]. */
  long between(Instant after, Instant upTo) {
    return sum(lastUpTo(upTo)) - sum(lastUpTo(after));
  }

  private @Nullable UpTo find(Instant at) {
    UpTo found = lastUpTo(at);
    return found != null && found.at.equals(at) ? found : null;
  }

  /** Tells whether there is a use at exactly an instant. */
  boolean has(Instant at) {
    return find(at) != null;
  }

  /** Returns what counts at exactly an instant. */
  long at(Instant at) {
    UpTo found = find(at);
    return found == null ? 0 : found.amount();
  }

  /**
   * Returns the largest sum of all windows (t − length, t] that contain an instant.
   *
   * @param oldest the first use after that instant less the length; null if there is none
   */
  long fullest(Instant at, @Nullable UpTo oldest, Duration length) {
    if (oldest == null || last == null) {
      return 0;
    }
    if (!last.at.isAfter(at)) {
      return sumFrom(oldest);
    }
    long most = between(Instants.minus(at, length), at);
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
   * @param oldest the first use after that instant less the length; null if there is none
   */
  long room(Instant at, @Nullable UpTo oldest, Duration length, long max) {
    return Math.max(0, max - fullest(at, oldest, length));
  }

  /**
   * Returns the first instant at which an amount fits, after one at which it does not.
   *
   * @param oldest the first use after the instant at which it does not, less the length
   * @param amount no more than {@code max}
   */
  Instant opensAfter(Instant closed, UpTo oldest, Duration length, long max, long amount) {
    UpTo newest = requireNonNull(last);
    UpTo leaving = oldest;
    Instant at = closed;
    while (newest.at.isAfter(at)) {
      at = Instants.plus(leaving.at, length);
      UpTo next = firstAfter(leaving.at);
      if (room(at, next, length, max) >= amount) {
        return at;
      }
      leaving = requireNonNull(next);
    }
    return leaves(leaving, length, max - amount);
  }

  /**
   * Returns the first instant at which no more than an amount counts, as one use after the other
   * leaves the window, of which none is later.
   *
   * @param oldest the use that leaves first
   */
  Instant leaves(UpTo oldest, Duration length, long most) {
    UpTo newest = requireNonNull(last);
    UpTo leaving = oldest;
    if (newest.sum - oldest.sum > most) {
      leaving =
          requireNonNull(
              sums.firstBehind(use -> !use.at.isAfter(oldest.at) || newest.sum - use.sum > most));
    }
    return Instants.plus(leaving.at, length);
  }

  /** Returns what counts from a use on. */
  long sumFrom(UpTo oldest) {
    return requireNonNull(last).sum - oldest.before;
  }

  /**
   * Returns the first instant after another at which a use leaves the window; empty if none does.
   */
  Optional<Instant> nextEdge(Instant after, Duration length) {
    UpTo next = firstWithin(after, length);
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
    UpTo found = lastUpTo(at);
    long sum = sum(found);
    long before = found != null && found.at.equals(at) ? found.before : sum;
    Sorted<UpTo> raised = sums.plus(UpTo.ORDER, new UpTo(at, before, sum + amount));
    for (UpTo later = firstAfter(at); later != null; later = firstAfter(later.at)) {
      raised = raised.plus(UpTo.ORDER, later.raised(amount));
    }
    return new LimitUses(limit, raised);
  }

  /** Returns a copy that has no use at an instant at which the amounts sum up to nothing. */
  LimitUses without(Instant at) {
    return new LimitUses(limit, sums.minus(UpTo.ORDER, new UpTo(at, 0, 0)));
  }

  /** Returns a copy without the uses before an instant. */
  LimitUses from(Instant oldest) {
    Sorted<UpTo> left = sums;
    for (UpTo use = left.first(); use != null && use.at.isBefore(oldest); use = left.first()) {
      left = left.minus(UpTo.ORDER, use);
    }
    return new LimitUses(limit, left);
  }

  /**
   * Returns a copy in which the uses before an instant, of which there is one at least, are one, at
   * another that is before it.
   */
  LimitUses summedUp(Instant before, Instant at) {
    UpTo newest = requireNonNull(sums.lastOf(use -> use.at().isBefore(before)));
    UpTo sum = new UpTo(at, requireNonNull(first).before, newest.sum);
    return new LimitUses(limit, from(before).sums.plus(UpTo.ORDER, sum));
  }

  /** Tells whether there is a use before an instant. */
  boolean hasBefore(Instant oldest) {
    return first != null && first.at.isBefore(oldest);
  }

  /** Returns the uses before an instant, oldest first. */
  List<Use> before(Instant oldest) {
    List<Use> before = new ArrayList<>();
    for (UpTo use : sums) {
      if (!use.at.isBefore(oldest)) {
        break;
      }
      before.add(new Use(limit, use.at, use.amount()));
    }
    return before;
  }

  /** Returns all uses, oldest first. */
  List<Use> rows() {
    return before(Instant.MAX);
  }
}
