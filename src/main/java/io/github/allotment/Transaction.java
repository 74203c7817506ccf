package io.github.allotment;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.List;

/**
 * A row of a wallet's history.
 *
 * <p>Rows are never zero, and the sum of all rows up to one is that row's balance.
 *
 * @param number the row's number within the wallet: 1, 2, 3 and so on without a gap
 * @param at the wallet's clock when it was posted
 * @param type what kind of row it is
 * @param label what the policy calls it, for people
 * @param amount how many credits came in, or, if negative, went out; not 0
 * @param balance how many credits are available or frozen after it; 0 or more
 * @param cause the event, rule and version that it comes from
 * @param moves what went into which lots, or out of them; their sum is the amount
 */
public record Transaction(
    long number,
    Instant at,
    TransactionType type,
    String label,
    long amount,
    long balance,
    Cause cause,
    List<Lot.Move> moves) {

  /** Takes the components, which must be as they are described. */
  public Transaction(
      long number,
      Instant at,
      TransactionType type,
      String label,
      long amount,
      long balance,
      Cause cause,
      List<Lot.Move> moves) {
    // Assigned before it is checked: docs, decision 22.
    this.number = number;
    this.at = at;
    this.type = type;
    this.label = label;
    this.amount = amount;
    this.balance = balance;
    this.cause = cause;
    this.moves = Few.copyOf(moves);
    requireNonNull(at, "at");
    requireNonNull(type, "type");
    requireNonNull(label, "label");
    requireNonNull(cause, "cause");
  }
}
