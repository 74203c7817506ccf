package io.github.allotment;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.math.LongMath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the rules of one event ask for before any of them acts, so that they are judged together.
 *
 * <p>Sums that pass the largest {@code long} stay there: nothing fits them.
 */
final class Tally {

  /** Whether one rule is all that applies; what it asks for, no other needs to know. */
  private final boolean isOfOne;

  private final Map<String, Long> counted;
  private final Map<String, Long> granted;
  private final Map<Long, Long> returned;
  private final Map<String, Long> comingBack;
  private final Set<Object> once;
  private final Set<Charged> charges;
  private final Set<Long> ended;
  private long charged;

  /** What is charged for: a subject, or a part of it. */
  private record Charged(String subject, Optional<String> part) {}

  private boolean switches;
  private boolean settles;

  /**
   * Starts with nothing. What is of one rule stays as it is, and may serve any number of events.
   */
  Tally(boolean isOfOne) {
    this.isOfOne = isOfOne;
    counted = map();
    granted = map();
    returned = map();
    comingBack = map();
    once = set();
    charges = set();
    ended = set();
  }

  private <K> Map<K, Long> map() {
    return isOfOne ? ImmutableMap.of() : new LinkedHashMap<>();
  }

  private <E> Set<E> set() {
    return isOfOne ? ImmutableSet.of() : new LinkedHashSet<>();
  }

  private <K> void add(Map<K, Long> sums, K key, long amount) {
    if (!isOfOne) {
      sums.merge(key, amount, LongMath::saturatedAdd);
    }
  }

  /** Tells whether no other rule applies. */
  boolean isOfOne() {
    return isOfOne;
  }

  /** Returns what is charged. */
  long charged() {
    return charged;
  }

  void charge(long amount) {
    if (!isOfOne) {
      charged = LongMath.saturatedAdd(charged, amount);
    }
  }

  /** Returns what is counted against a limit. */
  long counted(String limit) {
    return isOfOne ? 0 : counted.getOrDefault(limit, 0L);
  }

  void count(String limit, long amount) {
    add(counted, limit, amount);
  }

  /** Returns what is granted from some sources, or from every one. */
  long granted(List<String> sources) {
    return isOfOne ? 0 : sum(granted, sources);
  }

  private static long sum(Map<String, Long> bySource, List<String> sources) {
    return bySource.entrySet().stream()
        .filter(source -> sources.isEmpty() || sources.contains(source.getKey()))
        .mapToLong(Map.Entry::getValue)
        .reduce(0, LongMath::saturatedAdd);
  }

  /** Returns what comes back to some sources, or to every one. */
  long comingBack(List<String> sources) {
    return isOfOne ? 0 : sum(comingBack, sources);
  }

  /**
   * Lets the last credits that a claim took come back, of those that have not come back yet.
   *
   * @param stays tells of what came from which lot it will be there
   */
  void comesBack(Claim claim, long amount, Predicate<Lot.Terms> stays) {
    if (!isOfOne) {
      long before = claim.amount() - left(claim);
      comesBack(claim.lastDraws(before), -1, stays);
      comesBack(claim.lastDraws(before + amount), 1, stays);
    }
  }

  private void comesBack(List<Lot.Move> draws, int sign, Predicate<Lot.Terms> stays) {
    for (Lot.Move draw : draws) {
      if (stays.test(draw.lot())) {
        add(comingBack, draw.lot().source(), sign * draw.amount());
      }
    }
  }

  void grant(PendingAward.Part part) {
    add(granted, part.source(), part.amount());
  }

  /** Takes a key that may be taken once; returns false if it was taken. */
  boolean take(Object key) {
    return isOfOne || once.add(key);
  }

  /** Charges something that may be charged once; returns false if it was charged. */
  boolean charge(String subject, Optional<String> part) {
    return isOfOne || charges.add(new Charged(subject, part));
  }

  /** Returns what is left of a claim, if it is not ended. */
  long left(Claim claim) {
    return isOfOne ? claim.amount() : claim.amount() - returned.getOrDefault(claim.number(), 0L);
  }

  void giveBack(Claim claim, long amount) {
    add(returned, claim.number(), amount);
  }

  boolean isEnded(Claim claim) {
    return !isOfOne && ended.contains(claim.number());
  }

  void end(Claim claim) {
    if (!isOfOne) {
      ended.add(claim.number());
    }
  }

  /** Settles what is pending for the event's subject; returns false if another rule does. */
  boolean settle() {
    boolean first = !settles;
    settles = !isOfOne;
    return first;
  }

  /** Asks for a change of plan; returns false if one is asked for. */
  boolean switchPlan() {
    boolean first = !switches;
    switches = !isOfOne;
    return first;
  }
}
