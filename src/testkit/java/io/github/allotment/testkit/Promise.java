package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What an engine promises of when an event would apply. */
public sealed interface Promise {

  /**
   * It applies then, and not before.
   *
   * @param instant when
   */
  record At(Instant instant) implements Promise {
    public At {
      requireNonNull(instant, "instant");
    }
  }

  /** It never applies. */
  record Never() implements Promise {}

  /**
   * It does not apply before an instant; nothing is said of later.
   *
   * @param horizonExclusive the instant
   */
  record NotBefore(Instant horizonExclusive) implements Promise {
    public NotBefore {
      requireNonNull(horizonExclusive, "horizonExclusive");
    }
  }
}
