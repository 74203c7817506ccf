package io.github.allotment.pages;

import io.github.allotment.Event;
import java.math.BigDecimal;
import java.time.Instant;

/** Amounts with decimals, as whole numbers. */
final class Units {

  private Units() {}

  // The page shows, from here
  /** An amount of 1 is a thousandth of a credit. */
  static final int SCALE = 3;

  static long amount(BigDecimal credits) {
    return credits.movePointRight(SCALE).longValueExact();
  }

  static BigDecimal credits(long amount) {
    return BigDecimal.valueOf(amount, SCALE);
  }

  // to here.

  static Event call(String id, Instant at, BigDecimal price) {
    // The page shows, from here
    Event call = Event.of(id, at, "called").withAmount(amount(price));
    // to here.
    return call;
  }
}
