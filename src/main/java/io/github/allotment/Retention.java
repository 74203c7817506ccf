package io.github.allotment;

import com.google.common.collect.ImmutableMap;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long a program's wallets remember what is over. */
record Retention(Duration lateness, ImmutableMap<String, Duration> windows) {

  static Retention of(Program program) {
    Map<String, Duration> longest = new LinkedHashMap<>();
    for (Policy version : program.versions()) {
      for (Limit limit : version.limits()) {
        longest.merge(limit.name(), length(limit.window()), (a, b) -> a.compareTo(b) >= 0 ? a : b);
      }
    }
    return new Retention(program.lateness(), ImmutableMap.copyOf(longest));
  }

  static Duration length(Window window) {
    return ((Window.Rolling) window).length();
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
