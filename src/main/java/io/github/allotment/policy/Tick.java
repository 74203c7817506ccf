package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * Something that recurs at an exact interval from the opening, so that rules can trickle credits.
 *
 * <p>For example with {@code new Tick("refresh", Duration.parse("PT7H30M"))} a wallet opened at
 * 09:00 ticks at 16:30 and at 00:00.
 *
 * @param name the tick's name, which {@link Trigger#onTick} names; not blank
 * @param every the interval; from a minute to 36,525 days
 */
public record Tick(String name, Duration every) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(36_525);
  private static final String PREFIX = "tick ";

  public Tick {
    Names.check("tick", name);
    checkArgument(
        every.compareTo(SHORTEST) >= 0 && every.compareTo(LONGEST) <= 0,
        "a tick's interval must be %s to %s: %s",
        SHORTEST,
        LONGEST,
        every);
  }

  /**
   * Returns the event type that a rule on this tick names.
   *
   * @return the name behind the word {@code tick}
   */
  public String type() {
    return typeOf(name);
  }

  static String typeOf(String name) {
    return PREFIX + Names.check("tick", name);
  }

  static boolean isType(String type) {
    return type.startsWith(PREFIX);
  }
}
