package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Ordering;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The one row of a wallet's state that is not a list: where the wallet stands.
 *
 * @param terms what it goes by, which few events change
 * @param clock the latest instant that the wallet has heard of; not before the opening
 * @param revision how many rows of history were posted and events remembered, in all; 0 or more
 * @param lastTransaction the number of the last row of history; 0 if there is none
 * @param lastNumber the last number given to a lot, claim or pending award; 0 if there is none
 */
public record Standing(
    Terms terms, Instant clock, long revision, long lastTransaction, long lastNumber)
    implements Row {

  /** Takes the components, which must be as they are described. */
  public Standing(
      Terms terms, Instant clock, long revision, long lastTransaction, long lastNumber) {
    // Assigned before it is checked: docs, decision 22.
    this.terms = terms;
    this.clock = clock;
    this.revision = revision;
    this.lastTransaction = lastTransaction;
    this.lastNumber = lastNumber;
    Checks.instant("clock", clock);
    checkArgument(
        !clock.isBefore(terms.openedAt()),
        "the clock, %s, is before the opening, %s",
        clock,
        terms.openedAt());
    Checks.notNegative("revision", revision);
    Checks.notNegative("last transaction", lastTransaction);
    Checks.notNegative("last number", lastNumber);
  }

  /**
   * What a wallet goes by: its program, plan, cycles and facts.
   *
   * @param program the program's name
   * @param fingerprint the fingerprint of the program that the wallet was last decided under
   * @param openedUnder the fingerprint of the program that the wallet was opened under; if the
   *     program was changed since, that of an edition other than {@code fingerprint}
   * @param zone the zone of the wallet's calendar
   * @param openedAt the opening
   * @param plans the plans that the lateness reaches, by the instant from which the wallet was on
   *     each; the current one last
   * @param waitingPlan the plan that it will be on from the next renewal, if that is another
   * @param facts what is known of the account, by name
   * @param done the keys of the once-for-ever grants that were made
   * @param anchor the local date from which cycles are reckoned
   * @param cycle the length of a cycle
   * @param cycleIndex how many cycles after the anchor the current one started; negative for an
   *     anchor that lies ahead
   * @param cycleStarts the starts of the cycles that the lateness reaches, the current one last
   * @param tickedTo the instant up to which ticks are done
   * @param restarts the instants from which ticks that were restarted are reckoned, by the tick's
   *     name
   * @param renewals how many times the wallet has been renewed; 0 or more
   */
  public record Terms(
      String program,
      String fingerprint,
      String openedUnder,
      ZoneId zone,
      Instant openedAt,
      SortedMap<Instant, String> plans,
      Optional<String> waitingPlan,
      SortedMap<String, FactValue> facts,
      SortedSet<String> done,
      LocalDate anchor,
      Period cycle,
      long cycleIndex,
      SortedSet<Instant> cycleStarts,
      Instant tickedTo,
      SortedMap<String, Instant> restarts,
      long renewals) {

    public Terms {
      Checks.notEmpty("program", program);
      Checks.notEmpty("fingerprint", fingerprint);
      Checks.notEmpty("openedUnder", openedUnder);
      requireNonNull(zone, "zone");
      Checks.instant("opening", openedAt);
      plans = immutable(plans);
      checkArgument(!plans.isEmpty(), "a wallet must be on a plan");
      for (String name : plans.values()) {
        Checks.notEmpty("plan", name);
      }
      waitingPlan.ifPresent(name -> Checks.notEmpty("waiting plan", name));
      facts = immutable(facts);
      done = immutable(done);
      requireNonNull(anchor, "anchor");
      requireNonNull(cycle, "cycle");
      cycleStarts = immutable(cycleStarts);
      checkArgument(!cycleStarts.isEmpty(), "a wallet must be in a cycle");
      requireNonNull(tickedTo, "tickedTo");
      restarts = immutable(restarts);
      Checks.notNegative("renewals", renewals);
    }

    /**
     * Returns the plan that the wallet is on.
     *
     * @return the plan's name
     */
    public String plan() {
      return requireNonNull(plans.get(plans.lastKey()));
    }

    /**
     * Returns since when the wallet has been on its plan.
     *
     * @return the opening, or the last change to another plan
     */
    public Instant onPlanSince() {
      return plans.lastKey();
    }

    /** Returns since when the wallet was on the plan that it was on at an instant. */
    Instant onPlanSince(Instant at) {
      ImmutableSortedMap<Instant, String> plans = immutable(this.plans);
      Instant current = plans.lastKey();
      if (plans.size() == 1 || !current.isAfter(at)) {
        return current;
      }
      Instant since = plans.floorKey(at);
      return since == null ? plans.firstKey() : since;
    }

    /** Tells whether cycles of a plan are reckoned on as they have been. */
    boolean goesOn(Plan plan) {
      return plan.cycle().equals(cycle)
          && (plan.anchor() instanceof Anchor.Opening
              || plan.anchor().dateFor(anchor).equals(anchor));
    }

    /** Returns the wallet's calendar, given the start of the next cycle. */
    Times times(Instant renewsAt) {
      return new Times(zone, immutable(cycleStarts), renewsAt, anchor, cycle);
    }
  }

  /** Returns a map itself if it can't change. */
  static <K extends Comparable<K>, V> ImmutableSortedMap<K, V> immutable(SortedMap<K, V> map) {
    return map instanceof ImmutableSortedMap<K, V> same && isNatural(same.comparator())
        ? same
        : ImmutableSortedMap.copyOf(map);
  }

  /** Returns a set itself if it can't change. */
  static <E extends Comparable<E>> ImmutableSortedSet<E> immutable(SortedSet<E> set) {
    return set instanceof ImmutableSortedSet<E> same && isNatural(same.comparator())
        ? same
        : ImmutableSortedSet.copyOf(set);
  }

  private static boolean isNatural(Comparator<?> comparator) {
    return comparator == Ordering.natural();
  }

  @Override
  public Table table() {
    return Table.STANDING;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.standing(this);
  }

  @Override
  public String key() {
    return "";
  }
}
