package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a wallet is opened with.
 *
 * <p>Immutable and thread-safe. A new account's wallet gets what the program's rules on opening
 * give. An account that the host has kept elsewhere brings what it holds, and gets nothing for
 * opening:
 *
 * <pre>{@code
 * Opening.of("plus", now)
 *     .withExisting(
 *         Existing.renewingFrom(LocalDate.parse("2019-08-31"))
 *             .holding("purchases", 25, Instant.parse("2021-05-02T10:00:00Z"))
 *             .havingDone("welcome bonus"))
 * }</pre>
 *
 * @param plan the name of the plan that the wallet is on
 * @param at the opening, which is the wallet's first clock; in the years 1 to 9999
 * @param zone the zone of the wallet's calendar
 * @param facts what is known of the account, by name
 * @param existing what an account that is not new brings along
 */
public record Opening(
    String plan,
    Instant at,
    ZoneId zone,
    Map<String, FactValue> facts,
    Optional<Existing> existing) {

  public Opening {
    Checks.notEmpty("plan", plan);
    Checks.instant("opening", at);
    requireNonNull(zone, "zone");
    requireNonNull(existing, "existing");
    facts = ImmutableMap.copyOf(facts);
    facts.keySet().forEach(name -> Checks.notEmpty("fact", name));
    checkArgument(!facts.containsKey(Condition.PLAN), "the fact %s can't be set", Condition.PLAN);
    for (Existing brought : existing.stream().toList()) {
      for (Holding holding : brought.holdings()) {
        checkArgument(
            !holding.grantedAt().isAfter(at),
            "a lot granted at %s can't be held at the opening, %s",
            holding.grantedAt(),
            at);
      }
    }
  }

  /**
   * Returns the opening of a new account in UTC, without facts.
   *
   * @param plan the name of the plan; one of the version in force at the opening
   * @param at the opening; in the years 1 to 9999
   * @return the opening
   * @throws IllegalArgumentException if the instant is out of range
   */
  public static Opening of(String plan, Instant at) {
    return new Opening(plan, at, ZoneOffset.UTC, Map.of(), Optional.empty());
  }

  /**
   * Returns a copy with the calendar of a zone.
   *
   * @param zone the zone in which the wallet's cycles start at the first instant of a day
   * @return the copy
   */
  public Opening inZone(ZoneId zone) {
    return new Opening(plan, at, zone, facts, existing);
  }

  /**
   * Returns a copy with one fact set.
   *
   * @param name the fact's name; not empty, and not {@link Condition#PLAN}
   * @param value its value
   * @return the copy
   * @throws IllegalArgumentException if the name is empty or {@code plan}
   */
  public Opening withFact(String name, FactValue value) {
    Checks.notEmpty("fact", name);
    return new Opening(
        plan,
        at,
        zone,
        ImmutableMap.<String, FactValue>builder().putAll(facts).put(name, value).buildKeepingLast(),
        existing);
  }

  /**
   * Returns a copy with one text set.
   *
   * @param name the fact's name; not empty, and not {@link Condition#PLAN}
   * @param value its value
   * @return the copy
   * @throws IllegalArgumentException if the name is empty or {@code plan}
   */
  public Opening withFact(String name, String value) {
    return withFact(name, FactValue.of(value));
  }

  /**
   * Returns a copy with one truth value set.
   *
   * @param name the fact's name; not empty, and not {@link Condition#PLAN}
   * @param value its value
   * @return the copy
   * @throws IllegalArgumentException if the name is empty or {@code plan}
   */
  public Opening withFact(String name, boolean value) {
    return withFact(name, FactValue.of(value));
  }

  /**
   * Returns a copy with one whole number set.
   *
   * @param name the fact's name; not empty, and not {@link Condition#PLAN}
   * @param value its value
   * @return the copy
   * @throws IllegalArgumentException if the name is empty or {@code plan}
   */
  public Opening withFact(String name, long value) {
    return withFact(name, FactValue.of(value));
  }

  /**
   * Returns a copy for an account that is not new.
   *
   * @param existing what it brings along; every lot granted at or before the opening
   * @return the copy
   * @throws IllegalArgumentException if a lot was granted after the opening
   */
  public Opening withExisting(Existing existing) {
    return new Opening(plan, at, zone, facts, Optional.of(existing));
  }

  /**
   * What an account that is not new brings along.
   *
   * @param anchor a local date on which one of its cycles started, or will start: cycles are
   *     reckoned from it, in both directions, as long as the plan's anchor allows it: a plan of the
   *     calendar goes over to its own days with the next cycle; in the years 1 to 9999
   * @param holdings what it holds, one lot each
   * @param done the keys of the once-for-ever grants that it has had
   */
  public record Existing(LocalDate anchor, List<Holding> holdings, SortedSet<String> done) {

    public Existing {
      requireNonNull(anchor, "anchor");
      checkArgument(
          anchor.getYear() >= 1 && anchor.getYear() <= 9999,
          "anchor must be in the years 1 to 9999: %s",
          anchor);
      holdings = ImmutableList.copyOf(holdings);
      done = ImmutableSortedSet.copyOf(done);
    }

    /**
     * Returns an account that holds nothing and has had no once-for-ever grant.
     *
     * @param anchor a local date on which one of its cycles started, or will start
     * @return the account
     */
    public static Existing renewingFrom(LocalDate anchor) {
      return new Existing(anchor, List.of(), ImmutableSortedSet.of());
    }

    /**
     * Returns a copy that holds one lot more.
     *
     * @param source the lot's source; one that the version in force at the opening declares, and
     *     whose term and priority are not for an event to say
     * @param amount how many credits; more than 0
     * @param grantedAt when they were granted
     * @return the copy
     * @throws IllegalArgumentException if the amount is not positive
     */
    public Existing holding(String source, long amount, Instant grantedAt) {
      return new Existing(
          anchor,
          ImmutableList.<Holding>builder()
              .addAll(holdings)
              .add(new Holding(source, amount, grantedAt))
              .build(),
          done);
    }

    /**
     * Returns a copy that has had a once-for-ever grant.
     *
     * @param key the grant's key; not empty
     * @return the copy
     */
    public Existing havingDone(String key) {
      return new Existing(
          anchor,
          holdings,
          ImmutableSortedSet.<String>naturalOrder()
              .addAll(done)
              .add(Checks.notEmpty("key", key))
              .build());
    }
  }

  /**
   * A lot that an account brings along.
   *
   * @param source its source; not empty
   * @param amount how many credits; more than 0
   * @param grantedAt when they were granted, from which their term is reckoned, that of cycles from
   *     the cycle that it lies in; in the years 1 to 9999
   */
  public record Holding(String source, long amount, Instant grantedAt) {

    public Holding {
      Checks.notEmpty("source", source);
      checkArgument(amount > 0, "a lot's amount must be positive: %s", amount);
      Checks.instant("grant instant", grantedAt);
    }
  }
}
