package io.github.allotment;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What follows from a program, reckoned once: how long what is over is remembered, and orders.
 *
 * @param nothing the contents of a wallet that holds nothing; copies share its empty orders
 */
record Derived(
    Program program,
    Contents nothing,
    Duration lateness,
    ImmutableMap<String, Window> windows,
    ImmutableMap<String, Edition> editions,
    boolean hasTicks,
    ImmutableSet<String> onceForEver) {

  /**
   * What follows from a version.
   *
   * @param spending the order in which lots are spent
   * @param rules the rules for each type of event
   * @param restricted the sources whose credits can't be spent on every plan
   */
  record Edition(
      Policy version,
      LotOrder spending,
      ImmutableMap<String, RuleIndex> rules,
      ImmutableList<Source> restricted) {

    static Edition of(Policy version) {
      return new Edition(
          version,
          LotOrder.of(version.spending()),
          version.rules().stream()
              .flatMap(rule -> rule.trigger().types().stream())
              .distinct()
              .collect(toImmutableMap(type -> type, type -> rulesFor(version, type))),
          version.sources().stream()
              .filter(source -> !source.plans().isEmpty())
              .collect(toImmutableList()));
    }

    private static RuleIndex rulesFor(Policy version, String type) {
      return RuleIndex.of(
          version.rulesFor(type).stream()
              .map(rule -> ReadyRule.of(version, rule))
              .collect(toImmutableList()));
    }

    /** Tells whether there is a plan on which the credits of a source can't be spent. */
    boolean freezes() {
      return !restricted.isEmpty();
    }

    /** Returns the sources whose credits can't be spent on a plan. */
    ImmutableSet<String> frozenSources(String plan) {
      return restricted.stream()
          .filter(source -> !source.isUsableOn(plan))
          .map(Source::name)
          .collect(toImmutableSet());
    }
  }

  static Derived of(Program program) {
    Map<String, Window> windows = new LinkedHashMap<>();
    for (Policy version : program.versions()) {
      version.limits().forEach(limit -> windows.put(limit.name(), limit.window()));
    }
    ImmutableList<Effect> effects =
        program.versions().stream()
            .flatMap(version -> version.rules().stream())
            .map(Rule::effect)
            .collect(toImmutableList());
    boolean takesBack = effects.stream().anyMatch(Effect.Revoke.class::isInstance);
    boolean settles = effects.stream().anyMatch(Effect.Settle.class::isInstance);
    LotOrder spending = LotOrder.of(program.versions().get(0).spending());
    return new Derived(
        program,
        new Contents(spending, takesBack, takesBack || settles),
        program.lateness(),
        ImmutableMap.copyOf(windows),
        program.versions().stream().collect(toImmutableMap(Policy::version, Edition::of)),
        program.versions().stream().anyMatch(version -> !version.ticks().isEmpty()),
        effects.stream()
            .filter(Effect.Grant.class::isInstance)
            .flatMap(effect -> ((Effect.Grant) effect).once().stream())
            .filter(Once.ForEver.class::isInstance)
            .map(Once::key)
            .collect(toImmutableSet()));
  }

  /** Returns what follows from a version of the program. */
  Edition edition(Policy version) {
    return requireNonNull(editions.get(version.version()));
  }

  /** Returns the oldest instant of an event that is still accepted, and of what is remembered. */
  Instant oldest(Instant clock) {
    return Instants.minus(clock, lateness);
  }

  /** Returns the first instant at which a claim that ended at another is no longer remembered. */
  Instant forgottenFrom(Instant endedAt) {
    return Instants.plus(endedAt, lateness).plusNanos(1);
  }

  /** Returns the window of a limit that a version has. */
  Window window(String limit) {
    return requireNonNull(windows.get(limit));
  }

  /** Returns the oldest instant of a use that can still matter to an event of another. */
  static Instant oldestUse(Window window, Instant accepted, Supplier<Times> times) {
    return window.match(new OldestUse(accepted, times));
  }

  /** Finds the oldest use that a window sums for an event at an instant. */
  private record OldestUse(Instant at, Supplier<Times> times) implements Window.Cases<Instant> {

    @Override
    public Instant held(Window.Held window) {
      return at;
    }

    @Override
    public Instant rolling(Window.Rolling window) {
      return Instants.minus(at, window.length()).plusNanos(1);
    }

    @Override
    public Instant calendar(Window.Calendar window) {
      return times.get().spanAt(window.unit(), at).from();
    }

    @Override
    public Instant session(Window.Session window) {
      return Instants.minus(at, window.length()).plusNanos(1);
    }

    @Override
    public Instant cycle(Window.InCycle window) {
      return times.get().cycleAt(at).from();
    }

    @Override
    public Instant ever(Window.Ever window) {
      return Instant.MIN;
    }
  }

  /**
   * Tells whether a limit's uses are those of sessions, which stay when nothing counts any more.
   */
  boolean countsInSessions(String limit) {
    return window(limit) instanceof Window.Session;
  }
}
