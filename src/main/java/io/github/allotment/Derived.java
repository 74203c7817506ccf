package io.github.allotment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What follows from a program, reckoned once: how long what is over is remembered, and orders. */
record Derived(
    Duration lateness,
    ImmutableMap<String, Duration> windows,
    ImmutableMap<Instant, LotOrder> spending) {

  /** How far back the uses lie that a window sums. */
  private static final Window.Cases<Duration> LENGTH =
      new Window.Cases<>() {
        @Override
        public Duration held(Window.Held window) {
          return Duration.ZERO;
        }

        @Override
        public Duration rolling(Window.Rolling window) {
          return window.length();
        }
      };

  static Derived of(Program program) {
    Map<String, Duration> longest = new LinkedHashMap<>();
    for (Policy version : program.versions()) {
      for (Limit limit : version.limits()) {
        longest.merge(
            limit.name(), limit.window().match(LENGTH), (a, b) -> a.compareTo(b) >= 0 ? a : b);
      }
    }
    return new Derived(
        program.lateness(),
        ImmutableMap.copyOf(longest),
        program.versions().stream()
            .collect(
                ImmutableMap.toImmutableMap(
                    Policy::fromInclusive, version -> LotOrder.of(version.spending()))));
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
  Instant oldestUse(String limit, Instant clock) {
    Duration window = windows.getOrDefault(limit, Duration.ZERO);
    return oldest(clock).minus(window).plusNanos(1);
  }
}
