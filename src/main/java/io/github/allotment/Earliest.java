package io.github.allotment;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.Unit;
import java.time.Instant;

/**
 * When an event would first apply, with nothing else happening.
 *
 * <p>The set of answers is closed for good.
 */
public sealed interface Earliest {

  /**
   * Writes the answer as a sentence.
   *
   * @param unit what the program counts
   * @return for example {@code Possible from 2021-01-14T12:00:00Z.}
   */
  String text(Unit unit);

  /**
   * It would apply at an instant, and at none before.
   *
   * @param instant the instant
   */
  record At(Instant instant) implements Earliest {

    public At {
      requireNonNull(instant, "instant");
    }

    @Override
    public String text(Unit unit) {
      return "Possible from " + instant + ".";
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

    @Override
    public String text(Unit unit) {
      return "Never possible. " + reason.text(unit);
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

    @Override
    public String text(Unit unit) {
      return "Not possible before " + horizonExclusive + ".";
    }
  }
}
