package io.github.allotment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** When an event would first apply, with nothing else happening. */
public sealed interface Earliest {

  /**
   * It would apply at an instant, and at none before.
   *
   * @param instant the instant
   */
  record At(Instant instant) implements Earliest {

    public At {
      requireNonNull(instant, "instant");
    }
  }

  /**
   * It would never apply, however long one waits.
   *
   * @param reason why not
   */
  record Never(Reason reason) implements Earliest {

    public Never {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * It would not apply at any instant before the horizon; what comes after was not looked at.
   *
   * @param horizonExclusive the first instant that was not looked at
   */
  record NotBefore(Instant horizonExclusive) implements Earliest {

    public NotBefore {
      requireNonNull(horizonExclusive, "horizonExclusive");
    }
  }
}
