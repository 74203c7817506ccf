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

  /**
   * Takes the row apart: calls the one of the cases that it is.
   *
   * @param <R> what the cases return
   * @param cases what to do with the rows of each table
   * @return what the case returned
   */
  <R> R match(Cases<R> cases);

  /**
   * What to do with the rows of each table.
   *
   * @param <R> what is returned
   */
  interface Cases<R> {
    /**
     * Handles where the wallet stands.
     *
     * @param row the row
     * @return the result
     */
    R standing(Standing row);

    /**
     * Handles a lot.
     *
     * @param row the row
     * @return the result
     */
    R lot(Lot row);

    /**
     * Handles a claim.
     *
     * @param row the row
     * @return the result
     */
    R claim(Claim row);

    /**
     * Handles a pending award.
     *
     * @param row the row
     * @return the result
     */
    R pendingAward(PendingAward row);

    /**
     * Handles a use of a limit.
     *
     * @param row the row
     * @return the result
     */
    R use(Use row);

    /**
     * Handles an event that is remembered.
     *
     * @param row the row
     * @return the result
     */
    R seenEvent(SeenEvent row);
  }
}
