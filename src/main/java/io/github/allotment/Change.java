package io.github.allotment;

/**
 * A row of a wallet's state that a decision added, changed or removed.
 *
 * <p>The set of changes is closed for good.
 */
public sealed interface Change {

  /**
   * Returns the row that the change is about.
   *
   * @return the row after the change, or, if it was removed, before it
   */
  Row row();

  /**
   * A row that is new.
   *
   * @param row the row
   */
  record Added(Row row) implements Change {}

  /**
   * A row that is different.
   *
   * @param before the row before
   * @param row the row after, of the same table and key
   */
  record Changed(Row before, Row row) implements Change {}

  /**
   * A row that is gone.
   *
   * @param row the row before
   */
  record Removed(Row row) implements Change {}
}
