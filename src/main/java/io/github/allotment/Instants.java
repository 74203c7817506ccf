package io.github.allotment;

import java.time.Duration;
import java.time.Instant;

/**
 * Instants and lengths of time, added in one step where {@code java.time} takes several. No length
 * of a program is above 36,525 days, so that no sum of seconds can overflow.
 */
final class Instants {

  private Instants() {}

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  static Instant plus(Instant at, Duration length) {
    long second = at.getEpochSecond() + length.getSeconds();
    int nanos = at.getNano() + length.getNano();
    return nanos == 0 ? Instant.ofEpochSecond(second) : Instant.ofEpochSecond(second, nanos);
  }

  static Instant minus(Instant at, Duration length) {
    return Instant.ofEpochSecond(
        at.getEpochSecond() - length.getSeconds(), (long) at.getNano() - length.getNano());
  }

  /** Tells whether an instant is after another less a length. */
  static boolean isWithin(Instant at, Instant end, Duration length) {
    int nanos = end.getNano() - length.getNano();
    int borrowed = nanos < 0 ? 1 : 0;
    long start = end.getEpochSecond() - length.getSeconds() - borrowed;
    long second = at.getEpochSecond();
    return second > start
        || (second == start && at.getNano() > nanos + borrowed * NANOS_PER_SECOND);
  }
}
