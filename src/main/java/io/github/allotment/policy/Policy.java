package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        && spending.equals(that.spending)
        && sources().equals(that.sources())
        && limits().equals(that.limits())
        && plans().equals(that.plans())
        && ticks().equals(that.ticks())
        && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, from, spending, sources, limits, plans, ticks, rules);
  }

  /** Returns all that this version says, in one line; equal policies give equal texts. */
  @Override
  public String toString() {
    return lenientFormat(
        "Policy[version=%s, from=%s, spending=%s, sources=%s, limits=%s, plans=%s, ticks=%s, rules=%s]",
        version, from, spending, sources(), limits(), plans(), ticks(), rules);
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

    private Builder(String version, Instant from) {
      this.version = Names.check("version", version);
      this.from = requireNonNull(from, "fromInclusive");
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
      limits.add(new Limit(name, max, window));
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
     * Adds a tick.
     *
     * @param name its name; not blank
     * @param every the interval; from a minute to 36,525 days
     * @return this builder
     */
    public Builder tick(String name, Duration every) {
      ticks.add(new Tick(name, every));
      return this;
    }

    /**
     * Adds a rule behind those that are there.
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
     * Adds a rule behind those that are there.
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
     * @throws IllegalArgumentException if they don't; the message lists every problem: two parts of
     *     one kind with the same name, no plan, a source or limit that is not declared, an effect
     *     or a condition that needs what the rule's event does not have
     */
    public Policy build() {
      List<String> problems = new PolicyCheck(sources, limits, plans, ticks, rules).problems();
      checkArgument(
          problems.isEmpty(), "policy version %s: %s", version, String.join("; ", problems));
      return new Policy(this);
    }
  }

  /** Finds what does not go together in a policy's parts. */
  private static final class PolicyCheck {

    private final List<String> problems = new ArrayList<>();
    private final ImmutableSet<String> sourceNames;
    private final ImmutableSet<String> limitNames;
    private final ImmutableSet<String> planNames;
    private final ImmutableSet<String> tickTypes;

    PolicyCheck(
        List<Source> sources,
        List<Limit> limits,
        List<Plan> plans,
        List<Tick> ticks,
        List<Rule> rules) {
      unique("source", sources, Source::name);
      unique("limit", limits, Limit::name);
      unique("plan", plans, Plan::name);
      unique("tick", ticks, Tick::name);
      unique("rule", rules, Rule::name);
      tickTypes = ticks.stream().map(Tick::type).collect(ImmutableSet.toImmutableSet());
      sourceNames = sources.stream().map(Source::name).collect(ImmutableSet.toImmutableSet());
      limitNames = limits.stream().map(Limit::name).collect(ImmutableSet.toImmutableSet());
      if (plans.isEmpty()) {
        problems.add("there is no plan");
      }
      plans.forEach(plan -> lines("plan " + plan.name(), plan.allotment()));
      planNames = plans.stream().map(Plan::name).collect(ImmutableSet.toImmutableSet());
      limits.forEach(this::limit);
      rules.forEach(this::rule);
    }

    List<String> problems() {
      return problems;
    }

    private <T> void unique(String kind, List<T> parts, Function<T, String> name) {
      Set<String> seen = new HashSet<>();
      for (T part : parts) {
        if (!seen.add(name.apply(part))) {
          problems.add("there are two of the name " + kind + " " + name.apply(part));
        }
      }
    }

    private void lines(String owner, List<Line> lines) {
      lines.forEach(line -> source(owner, line.source()));
    }

    private void source(String owner, String source) {
      if (!sourceNames.contains(source)) {
        problems.add(lenientFormat("%s names the source %s, which is not declared", owner, source));
      }
    }

    private void limit(Limit limit) {
      if (limit.window() instanceof Window.Held held) {
        held.sources().forEach(source -> source("limit " + limit.name(), source));
      }
    }

    private void plans(String owner, Trigger trigger) {
      for (Condition condition : trigger.conditions()) {
        if (condition.asksPlan()) {
          condition.accepted().stream()
              .filter(plan -> !planNames.contains(plan.text()))
              .forEach(
                  plan ->
                      problems.add(
                          lenientFormat(
                              "%s names the plan %s, which is not declared", owner, plan.text())));
        }
      }
    }

    private void rule(Rule rule) {
      String owner = "rule " + rule.name();
      difference(owner, rule);
      rule.effect()
          .match(new EffectCheck(owner))
          .ifPresent(calendar -> types(owner, rule, calendar));
      long calendar = rule.trigger().types().stream().filter(CalendarEvent::isReserved).count();
      if (calendar > 0 && calendar < rule.trigger().types().size()) {
        problems.add(
            lenientFormat(
                "%s mixes a host's events with the calendar's: %s", owner, rule.trigger().types()));
      }
      if (calendar > 0) {
        conditions(owner, rule.trigger());
      }
      plans(owner, rule.trigger());
      for (String type : rule.trigger().types()) {
        if (Tick.isType(type) && !tickTypes.contains(type)) {
          problems.add(lenientFormat("%s is on %s, which is not declared", owner, type));
        }
      }
    }

    private void difference(String owner, Rule rule) {
      if (rule.effect() instanceof Effect.Allot allot
          && allot.how() == Effect.Allot.How.DIFFERENCE
          && !rule.trigger().types().equals(List.of(CalendarEvent.PLAN_ENTERED.code()))) {
        problems.add(
            lenientFormat(
                "%s asks for the difference from the plan that was left, which only %s knows",
                owner, CalendarEvent.PLAN_ENTERED.code()));
      }
    }

    private void types(String owner, Rule rule, boolean calendar) {
      for (String type : rule.trigger().types()) {
        if (CalendarEvent.isReserved(type) != calendar) {
          problems.add(
              lenientFormat(
                  "%s can't have its effect on the event %s, which %s",
                  owner, type, calendar ? "a host reports" : "only the calendar brings"));
        }
      }
    }

    private void conditions(String owner, Trigger trigger) {
      if (trigger.needsOpenClaim()) {
        problems.add(owner + " asks the calendar's event for an open claim, which it can't have");
      }
      for (Condition condition : trigger.conditions()) {
        if (condition.whose() == Condition.Whose.EVENT) {
          problems.add(
              lenientFormat(
                  "%s asks the calendar's event for the fact %s, which it can't have",
                  owner, condition.fact()));
        }
      }
    }

    /**
     * Checks the names that an effect uses; returns true if it needs a calendar's event, false if
     * it needs a host's, and empty if either will do.
     */
    private final class EffectCheck implements Effect.Cases<Optional<Boolean>> {

      private final String owner;

      EffectCheck(String owner) {
        this.owner = owner;
      }

      @Override
      public Optional<Boolean> allot(Effect.Allot effect) {
        limits(effect.limits());
        return Optional.of(true);
      }

      private void limits(List<Effect.Within> limits) {
        List<String> names = limits.stream().map(Effect.Within::limit).toList();
        if (ImmutableSet.copyOf(names).size() < names.size()) {
          problems.add(lenientFormat("%s names a limit twice: %s", owner, names));
        }
        for (String name : names) {
          if (!limitNames.contains(name)) {
            problems.add(
                lenientFormat("%s names the limit %s, which is not declared", owner, name));
          }
        }
      }

      @Override
      public Optional<Boolean> grant(Effect.Grant effect) {
        lines(owner, effect.lines());
        limits(effect.limits());
        boolean needsEvent =
            effect.lines().stream().anyMatch(line -> line.quantity() instanceof Quantity.OfEvent)
                || effect.once().filter(Once.PerClaim.class::isInstance).isPresent();
        return needsEvent ? Optional.of(false) : Optional.empty();
      }

      @Override
      public Optional<Boolean> charge(Effect.Charge effect) {
        return Optional.of(false);
      }

      @Override
      public Optional<Boolean> end(Effect.End effect) {
        return Optional.of(false);
      }

      @Override
      public Optional<Boolean> forfeit(Effect.Forfeit effect) {
        effect.sources().forEach(source -> source(owner, source));
        return Optional.empty();
      }

      @Override
      public Optional<Boolean> switchPlan(Effect.SwitchPlan effect) {
        return Optional.of(false);
      }

      @Override
      public Optional<Boolean> setFact(Effect.SetFact effect) {
        return effect.value().isPresent() ? Optional.empty() : Optional.of(false);
      }

      @Override
      public Optional<Boolean> settle(Effect.Settle effect) {
        return Optional.of(false);
      }

      @Override
      public Optional<Boolean> nothing(Effect.Nothing effect) {
        return Optional.of(false);
      }
    }
  }
}
