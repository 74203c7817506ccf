package io.github.allotment;

import java.time.Instant;

/**
 * What counts against a limit at an instant; several grants of one instant count together.
 *
 * @param limit the limit's name
 * @param at the own instant of the events that earned it
 * @param amount how many credits; 0 or more, and 0 only where a session began whose grants were all
 *     taken back
 */
public record Use(String limit, Instant at, long amount) implements Row {

  /** Takes the components, which must be as they are described. */
  public Use(String limit, Instant at, long amount) {
    // Assigned before it is checked: docs, decision 22.
    this.limit = limit;
    this.at = at;
    this.amount = amount;
    Checks.notEmpty("limit", limit);
    Checks.instant("use's instant", at);
    Checks.notNegative("use's amount", amount);
  }

  @Override
  public Table table() {
    return Table.USES;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.use(this);
  }

  @Override
  public String key() {
    return limit + "@" + at;
  }
}
