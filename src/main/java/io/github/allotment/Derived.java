package io.github.allotment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** What follows from a program, reckoned once: how long what is over is remembered, and orders. */
record Derived(
    Duration lateness,
    ImmutableListMultimap<String, Window> windows,
    ImmutableMap<Instant, LotOrder> spending,
    ImmutableSet<String> onceForEver) {

  static Derived of(Program program) {
    ImmutableListMultimap.Builder<String, Window> windows = ImmutableListMultimap.builder();
    for (Policy version : program.versions()) {
      version.limits().forEach(limit -> windows.put(limit.name(), limit.window()));
    }
    return new Derived(
        program.lateness(),
        windows.build(),
        program.versions().stream()
            .collect(
                ImmutableMap.toImmutableMap(
                    Policy::fromInclusive, version -> LotOrder.of(version.spending()))),
        program.versions().stream()
            .flatMap(version -> version.rules().stream())
            .map(Rule::effect)
            .filter(Effect.Grant.class::isInstance)
            .flatMap(effect -> ((Effect.Grant) effect).once().stream())
            .filter(Once.ForEver.class::isInstance)
            .map(Once::key)
            .collect(ImmutableSet.toImmutableSet()));
  }

  /** Returns the order in which a version spends lots. */
  LotOrder spending(Policy version) {
    return requireNonNull(spending.get(version.fromInclusive()));
  }

  /** Returns the oldest instant of an event that is still accepted, and of what is remembered. */
  Instant oldest(Instant clock) {
    return clock.minus(lateness);
  }

  /** Returns the first instant at which a claim that ended at another is no longer remembered. */
  Instant forgottenFrom(Instant endedAt) {
    return endedAt.plus(lateness).plusNanos(1);
  }

  /** Returns the oldest instant of a use that can still matter to an event that is accepted. */
  Instant oldestUse(String limit, Instant clock, Times times) {
    Instant accepted = oldest(clock);
    return windows.get(limit).stream()
        .map(window -> window.match(new OldestUse(accepted, times)))
        .min(Comparator.naturalOrder())
        .orElse(accepted);
  }

  /** Finds the oldest use that a window sums for an event at an instant. */
  private record OldestUse(Instant at, Times times) implements Window.Cases<Instant> {

    @Override
    public Instant held(Window.Held window) {
      return at;
    }

    @Override
    public Instant rolling(Window.Rolling window) {
      return at.minus(window.length()).plusNanos(1);
    }

    @Override
    public Instant calendar(Window.Calendar window) {
      return times.spanAt(window.unit(), at).from();
    }

    @Override
    public Instant cycle(Window.InCycle window) {
      return times.cycleAt(at).from();
    }

    @Override
    public Instant ever(Window.Ever window) {
      return Instant.MIN;
    }
  }

  /** Tells whether uses of a limit that are over count for ever, so that they may be summed up. */
  boolean countsForEver(String limit) {
    return !windows.get(limit).isEmpty()
        && windows.get(limit).stream().allMatch(Window.Ever.class::isInstance);
  }
}
