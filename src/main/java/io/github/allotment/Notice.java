package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;

import io.github.allotment.policy.Unit;
import java.time.Instant;
import java.util.List;

/**
 * Something that the host should tell the account: credits have come in that can be spent.
 *
 * <p>There is one notice for each occasion (an opening, a renewal, a settlement, an event), however
 * many rows it made. What comes in frozen makes none: of 5 credits that come back to a source that
 * the plan freezes, and 10 to another, the notice tells 10. Credits that a change of plan thaws
 * come in by no row, and are in no notice.
 *
 * @param at when they became available
 * @param amount how many of what the rows brought; more than 0
 * @param available how many are available after the occasion's last row
 * @param transactions the rows that brought them
 */
public record Notice(Instant at, long amount, long available, List<Transaction> transactions) {

  public Notice {
    transactions = Few.copyOf(transactions);
  }

  /**
   * Writes the notice as a sentence.
   *
   * @param unit what the program counts
   * @return for example {@code 10 credits became available at 2021-02-05T00:00:00Z; with them, 60
   *     credits were available.}
   */
  public String text(Unit unit) {
    return lenientFormat(
        "%s became available at %s; with %s, %s %s available.",
        unit.format(amount),
        at,
        amount == 1 ? "it" : "them",
        unit.format(available),
        available == 1 ? "was" : "were");
  }
}
