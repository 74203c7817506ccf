package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.Unit;
import java.util.List;
import java.util.Optional;

/**
 * What an event, an opening or the passing of time does to a wallet, and why.
 *
 * <p>Immutable and thread-safe. For example an answered interview gives a decision that is applied,
 * with 10 pending in the wallet after it, no transaction yet, and a reason that writes as {@code 10
 * Connects earned (an answered interview from a submitted proposal), available by
 * 2021-06-23T10:00:00Z; 40 of 50 left in 7 days (interview awards).}
 *
 * @param event the id of the event that was decided; empty for an opening or the passing of time
 * @param wallet the wallet after it
 * @param reasons why, in order of precedence; at least one
 * @param transactions the rows of history that it made, also those that time made on the way
 * @param notices what the host should tell the account
 * @param changes the rows of the wallet's state that are new, different or gone
 * @param unit what the program counts
 */
public record Decision(
    Optional<String> event,
    Wallet wallet,
    List<Reason> reasons,
    List<Transaction> transactions,
    List<Notice> notices,
    List<Change> changes,
    Unit unit) {

  /** Takes the components, which must be as they are described. */
  public Decision(
      Optional<String> event,
      Wallet wallet,
      List<Reason> reasons,
      List<Transaction> transactions,
      List<Notice> notices,
      List<Change> changes,
      Unit unit) {
    // Assigned before it is checked: docs, decision 22.
    this.event = event;
    this.wallet = wallet;
    this.unit = unit;
    this.reasons = Few.copyOf(reasons);
    this.transactions = Few.copyOf(transactions);
    this.notices = Few.copyOf(notices);
    this.changes = ImmutableList.copyOf(changes);
    requireNonNull(event, "event");
    requireNonNull(wallet, "wallet");
    checkArgument(!this.reasons.isEmpty(), "a decision must have a reason");
    requireNonNull(unit, "unit");
  }

  /**
   * Returns what became of it.
   *
   * @return the outcome that goes with the reason
   */
  public Outcome outcome() {
    return reason().code().outcome();
  }

  /**
   * Tells whether it was applied.
   *
   * @return true if the outcome is {@link Outcome#APPLIED}
   */
  public boolean isApplied() {
    return outcome() == Outcome.APPLIED;
  }

  /**
   * Returns <em>the</em> reason.
   *
   * @return the first of the reasons
   */
  public Reason reason() {
    return reasons.get(0);
  }

  /**
   * Returns the reason as English text.
   *
   * @return one sentence, or one for each consequence
   */
  public String why() {
    return reason().text(unit);
  }
}
