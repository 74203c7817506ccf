package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** Checks of what a host passes in, and of names. */
final class Checks {

  /** The first instant that is accepted: the start of year 1. */
  static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  /** The first instant that is no longer accepted: the start of year 10000. */
  static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private Checks() {}

  /** Returns the instant if calendar arithmetic around it is safe. */
  static Instant instant(String what, Instant at) {
    requireNonNull(at, what);
    checkArgument(isInstant(at), "%s must be from %s until before %s: %s", what, FIRST, END, at);
    return at;
  }

  /** Tells whether calendar arithmetic around an instant is safe. */
  static boolean isInstant(Instant at) {
    long second = at.getEpochSecond();
    return second >= FIRST.getEpochSecond() && second < END.getEpochSecond();
  }

  /** Returns the text if it is not empty. */
  static String notEmpty(String what, String text) {
    requireNonNull(text, what);
    checkArgument(!text.isEmpty(), "%s must not be empty", what);
    return text;
  }

  /** Refuses an amount that is negative. */
  static void notNegative(String what, long amount) {
    checkArgument(amount >= 0, "%s must not be negative: %s", what, amount);
  }

  /** Tells whether two names are equal; they are nearly always one, which is seen at once. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isSame(String name, String other) {
    return name == other || name.equals(other);
  }
}
