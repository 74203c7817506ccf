package io.github.allotment;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.github.allotment.policy.FactValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** The terms of a wallet while they are changed, all but those that never are. */
final class TermsEdit {

  private final Standing.Terms before;

  SortedMap<Instant, String> plans;
  Optional<String> waitingPlan;
  SortedMap<String, FactValue> facts;
  SortedSet<String> done;
  LocalDate anchor;
  Period cycle;
  long cycleIndex;
  SortedSet<Instant> cycleStarts;
  Instant tickedTo;
  SortedMap<String, Instant> restarts;
  long renewals;

  TermsEdit(Standing.Terms before) {
    this.before = before;
    plans = before.plans();
    waitingPlan = before.waitingPlan();
    facts = before.facts();
    done = before.done();
    anchor = before.anchor();
    cycle = before.cycle();
    cycleIndex = before.cycleIndex();
    cycleStarts = before.cycleStarts();
    tickedTo = before.tickedTo();
    restarts = before.restarts();
    renewals = before.renewals();
  }

  /** Returns a map in which a key has a value, whatever it had before. */
  static <V> ImmutableSortedMap<String, V> with(Map<String, V> map, String key, V value) {
    return ImmutableSortedMap.<String, V>naturalOrder()
        .putAll(Maps.filterKeys(map, name -> !name.equals(key)))
        .put(key, value)
        .buildOrThrow();
  }

  Standing.Terms terms() {
    return new Standing.Terms(
        before.program(),
        before.fingerprint(),
        before.openedUnder(),
        before.zone(),
        before.openedAt(),
        plans,
        waitingPlan,
        facts,
        done,
        anchor,
        cycle,
        cycleIndex,
        cycleStarts,
        tickedTo,
        restarts,
        renewals);
  }
}
