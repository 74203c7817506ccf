package io.github.allotment.policy;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.data.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One dated version of a program: sources, limits, plans and rules, and the order of spending.
 *
 * <p>Immutable and thread-safe. Rules apply in the order in which they were added. It is built like
 * a rule sheet; for example
 *
 * <pre>{@code
 * Policy policy =
 *     Policy.version("2021", Instant.parse("2021-01-01T00:00:00Z"))
 *         .source("monthly")
 *         .plan(Plan.monthly("basic").allotting("monthly credits", "monthly", 10))
 *         .rule(
 *             "at most 20 roll over",
 *             Trigger.on(CalendarEvent.RENEWED),
 *             Effect.forfeitAbove("rollover limit", 20))
 *         .rule(
 *             "monthly allotment",
 *             Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED),
 *             Effect.allot())
 *         .build();
 * }</pre>
 *
 * <p>gives 10 at the opening, and at each renewal cuts what is left to 20 and adds 10.
 */
public final class Policy {

  private final String version;
  private final Instant from;
  private final Adoption adoption;
  private final ImmutableList<Order> spending;
  private final ImmutableMap<String, Source> sources;
  private final ImmutableMap<String, Limit> limits;
  private final ImmutableMap<String, Plan> plans;
  private final ImmutableMap<String, Tick> ticks;
  private final ImmutableList<Rule> rules;
  private final ImmutableListMultimap<String, Rule> rulesByType;

  private Policy(Builder builder) {
    version = builder.version;
    from = builder.from;
    adoption = builder.adoption;
    spending = builder.spending;
    sources = byName(builder.sources, Source::name);
    limits = byName(builder.limits, Limit::name);
    plans = byName(builder.plans, Plan::name);
    ticks = byName(builder.ticks, Tick::name);
    rules = ImmutableList.copyOf(builder.rules);
    ImmutableListMultimap.Builder<String, Rule> byType = ImmutableListMultimap.builder();
    rules.forEach(rule -> rule.trigger().types().forEach(type -> byType.put(type, rule)));
    rulesByType = byType.build();
  }

  private static <T> ImmutableMap<String, T> byName(List<T> parts, Function<T, String> name) {
    return parts.stream().collect(ImmutableMap.toImmutableMap(name, part -> part));
  }

  /**
   * Starts a version.
   *
   * @param version its name, for example {@code 2020-12}; not blank
   * @param fromInclusive the first instant at which it is in force
   * @return a builder without sources, limits, plans and rules that spends the oldest lots first
   */
  public static Builder version(String version, Instant fromInclusive) {
    return new Builder(version, fromInclusive);
  }

  /**
   * Returns the version's name.
   *
   * @return the name
   */
  public String version() {
    return version;
  }

  /**
   * Returns the first instant at which this version is in force.
   *
   * @return the instant
   */
  public Instant fromInclusive() {
    return from;
  }

  /**
   * Returns for which wallets this version is in force.
   *
   * @return for everybody, unless the builder was told otherwise
   */
  public Adoption adoption() {
    return adoption;
  }

  /**
   * Returns the order in which charges take from lots.
   *
   * @return the keys of the order
   */
  public List<Order> spending() {
    return spending;
  }

  /**
   * Returns the sources.
   *
   * @return the sources, in the order in which they were added
   */
  public List<Source> sources() {
    return sources.values().asList();
  }

  /**
   * Finds a source.
   *
   * @param name its name
   * @return the source, or empty if this version has none of that name
   */
  public Optional<Source> source(String name) {
    return Optional.ofNullable(sources.get(requireNonNull(name, "name")));
  }

  /**
   * Returns the limits.
   *
   * @return the limits, in the order in which they were added
   */
  public List<Limit> limits() {
    return limits.values().asList();
  }

  /**
   * Finds a limit.
   *
   * @param name its name
   * @return the limit, or empty if this version has none of that name
   */
  public Optional<Limit> limit(String name) {
    return Optional.ofNullable(limits.get(requireNonNull(name, "name")));
  }

  /**
   * Returns the plans.
   *
   * @return the plans, in the order in which they were added
   */
  public List<Plan> plans() {
    return plans.values().asList();
  }

  /**
   * Finds a plan.
   *
   * @param name its name
   * @return the plan, or empty if this version has none of that name
   */
  public Optional<Plan> plan(String name) {
    return Optional.ofNullable(plans.get(requireNonNull(name, "name")));
  }

  /**
   * Returns the ticks.
   *
   * @return the ticks, in the order in which they were added
   */
  public List<Tick> ticks() {
    return ticks.values().asList();
  }

  /**
   * Returns the rules.
   *
   * @return the rules, in the order in which they apply
   */
  public List<Rule> rules() {
    return rules;
  }

  /**
   * Returns the rules for a type of event.
   *
   * @param type an event type, or a {@link CalendarEvent}'s code
   * @return the rules, in the order in which they apply; empty if there is none
   */
  public List<Rule> rulesFor(String type) {
    return rulesByType.get(requireNonNull(type, "type"));
  }

  /**
   * Compares by value.
   *
   * @param other anything
   * @return true if it is a policy with the same parts in the same order
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Policy that
        && version.equals(that.version)
        && from.equals(that.from)
        && adoption == that.adoption
        && spending.equals(that.spending)
        && sources().equals(that.sources())
        && limits().equals(that.limits())
        && plans().equals(that.plans())
        && ticks().equals(that.ticks())
        && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, from, adoption, spending, sources, limits, plans, ticks, rules);
  }

  /** Returns all that this version says, in one line; equal policies give equal texts. */
  @Override
  public String toString() {
    return lenientFormat(
        "Policy[version=%s, from=%s, adoption=%s, spending=%s, sources=%s, limits=%s, plans=%s, ticks=%s,"
            + " rules=%s]",
        version, from, adoption, spending, sources(), limits(), plans(), ticks(), rules);
  }

  /** Collects the parts of a {@link Policy}; {@link #build()} checks that they go together. */
  public static final class Builder {

    private final String version;
    private final Instant from;
    private final List<Source> sources = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private ImmutableList<Order> spending = ImmutableList.of(Order.OLDEST);
    private Adoption adoption = Adoption.EVERYBODY;

    private Builder(String version, Instant from) {
      this.version = Names.check("version", version);
      this.from = requireNonNull(from, "fromInclusive");
    }

    /**
     * Sets for which wallets the version is in force; for everybody if this is never called.
     *
     * @param wallets for which
     * @return this builder
     */
    public Builder adoptedBy(Adoption wallets) {
      adoption = requireNonNull(wallets, "adoption");
      return this;
    }

    /**
     * Sets the order in which charges take from lots.
     *
     * @param key the first key; the only one is {@link Order#OLDEST} if this is never called
     * @param more further keys, by which lots that are equal under the first are put in order
     * @return this builder
     */
    public Builder spending(Order key, Order... more) {
      spending = ImmutableList.<Order>builder().add(key).add(more).build();
      return this;
    }

    /** Sets the order in which charges take from lots. */
    Builder spending(List<Order> keys) {
      spending = ImmutableList.copyOf(keys);
      return this;
    }

    /**
     * Adds a source whose credits never expire.
     *
     * @param name its name; not blank
     * @return this builder
     */
    public Builder source(String name) {
      return source(Source.of(name));
    }

    /**
     * Adds a source.
     *
     * @param source the source
     * @return this builder
     */
    public Builder source(Source source) {
      sources.add(requireNonNull(source, "source"));
      return this;
    }

    /**
     * Adds a limit.
     *
     * @param name its name; not blank
     * @param max the largest sum allowed in any window; 0 or more
     * @param window what is summed
     * @return this builder
     */
    public Builder limit(String name, long max, Window window) {
      return limit(name, Quantity.of(max), window);
    }

    /**
     * Adds a limit.
     *
     * @param name its name; not blank
     * @param max the largest sum allowed in any window; fixed, or a multiple of the plan's size
     * @param window what is summed
     * @return this builder
     */
    public Builder limit(String name, Quantity max, Window window) {
      return limit(Limit.of(name, max, window));
    }

    /**
     * Adds a limit.
     *
     * @param limit the limit
     * @return this builder
     */
    public Builder limit(Limit limit) {
      limits.add(requireNonNull(limit, "limit"));
      return this;
    }

    /**
     * Adds a plan.
     *
     * @param plan the plan
     * @return this builder
     */
    public Builder plan(Plan plan) {
      plans.add(requireNonNull(plan, "plan"));
      return this;
    }

    /**
     * Adds a tick at an exact interval, reckoned from the opening, or as {@link Effect.Restart}
     * says.
     *
     * @param name its name; not blank
     * @param every the interval; from a minute to 36,525 days
     * @return this builder
     */
    public Builder tick(String name, Duration every) {
      return tick(Tick.every(name, every));
    }

    /**
     * Adds a tick at an interval of the calendar, reckoned from the anchor of the wallet's cycles,
     * or as {@link Effect.Restart} says.
     *
     * @param name its name; not blank
     * @param every the interval; of positive length, not both months and days, at most 1,200 months
     *     or 36,525 days
     * @return this builder
     */
    public Builder tick(String name, Period every) {
      return tick(Tick.every(name, every));
    }

    /**
     * Adds a tick.
     *
     * @param tick the tick
     * @return this builder
     */
    public Builder tick(Tick tick) {
      ticks.add(requireNonNull(tick, "tick"));
      return this;
    }

    /**
     * Adds a rule after those that are there.
     *
     * @param name the rule in a few words; not blank
     * @param trigger when it applies
     * @param effect what it does
     * @return this builder
     */
    public Builder rule(String name, Trigger trigger, Effect effect) {
      return rule(new Rule(name, trigger, effect));
    }

    /**
     * Adds a rule after those that are there.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder rule(Rule rule) {
      rules.add(requireNonNull(rule, "rule"));
      return this;
    }

    /**
     * Checks that the parts go together.
     *
     * @return the policy
     * @throws InvalidDataException if they don't; the message lists every problem: two parts of one
     *     kind with the same name, no plan, a source or limit that is not declared, an effect or a
     *     condition that needs what the rule's event does not have
     */
    public Policy build() {
      List<Problem> problems = new PolicyCheck(sources, limits, plans, ticks, rules).problems();
      if (!problems.isEmpty()) {
        throw new InvalidDataException("policy version " + version, problems);
      }
      return new Policy(this);
    }
  }
}
