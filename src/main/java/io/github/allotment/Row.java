package io.github.allotment;

/**
 * A row of a wallet's state: what a host stores, and what a decision adds, changes or removes.
 *
 * <p>The set of rows is closed for a major version of the library.
 */
public sealed interface Row permits Standing, Lot, Claim, PendingAward, Use, SeenEvent {

  /** The tables that a wallet's rows are in. */
  enum Table {
    /** {@link Standing}: one row for each wallet. */
    STANDING,
    /** {@link Lot}. */
    LOTS,
    /** {@link Claim}. */
    CLAIMS,
    /** {@link PendingAward}. */
    PENDING,
    /** {@link Use}. */
    USES,
    /** {@link SeenEvent}. */
    SEEN
  }

  /**
   * Returns the table that the row is in.
   *
   * @return the table
   */
  Table table();

  /**
   * Returns the row's key.
   *
   * @return a text that no other row of this wallet's table has
   */
  String key();
}
