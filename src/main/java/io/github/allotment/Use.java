package io.github.allotment;

import java.time.Instant;

/**
 * What counts against a limit at an instant; several grants of one instant count together.
 *
 * @param limit the limit's name
 * @param at the own instant of the events that earned it
 * @param amount how many credits; more than 0
 */
public record Use(String limit, Instant at, long amount) implements Row {

  public Use {
    Checks.notEmpty("limit", limit);
    Checks.instant("use's instant", at);
    if (amount <= 0) {
      throw new IllegalArgumentException("a use's amount must be positive: " + amount);
    }
  }

  @Override
  public Table table() {
    return Table.USES;
  }

  @Override
  public String key() {
    return limit + "@" + at;
  }
}
