package io.github.allotment;

import java.time.Duration;
import java.time.Instant;

/** Instants and lengths of time, added in one step where {@code java.time} takes several. */
final class Instants {

  private Instants() {}

  static Instant plus(Instant at, Duration length) {
    return Instant.ofEpochSecond(
        Math.addExact(at.getEpochSecond(), length.getSeconds()),
        (long) at.getNano() + length.getNano());
  }

  static Instant minus(Instant at, Duration length) {
    return Instant.ofEpochSecond(
        Math.subtractExact(at.getEpochSecond(), length.getSeconds()),
        (long) at.getNano() - length.getNano());
  }
}
