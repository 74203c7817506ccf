package io.github.allotment;

import java.util.function.BiFunction;
import java.util.function.Function;

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
   * Takes the change apart: calls the function for what it is.
   *
   * @param <R> what the functions return
   * @param added is given the row that is new
   * @param changed is given the row before and after
   * @param removed is given the row that is gone
   * @return what the function returned
   */
  <R> R fold(
      Function<? super Row, ? extends R> added,
      BiFunction<? super Row, ? super Row, ? extends R> changed,
      Function<? super Row, ? extends R> removed);

  /**
   * A row that is new.
   *
   * @param row the row
   */
  record Added(Row row) implements Change {
    @Override
    public <R> R fold(
        Function<? super Row, ? extends R> added,
        BiFunction<? super Row, ? super Row, ? extends R> changed,
        Function<? super Row, ? extends R> removed) {
      return added.apply(row);
    }
  }

  /**
   * A row that is different.
   *
   * @param before the row before
   * @param row the row after, of the same table and key
   */
  record Changed(Row before, Row row) implements Change {
    @Override
    public <R> R fold(
        Function<? super Row, ? extends R> added,
        BiFunction<? super Row, ? super Row, ? extends R> changed,
        Function<? super Row, ? extends R> removed) {
      return changed.apply(before, row);
    }
  }

  /**
   * A row that is gone.
   *
   * @param row the row before
   */
  record Removed(Row row) implements Change {
    @Override
    public <R> R fold(
        Function<? super Row, ? extends R> added,
        BiFunction<? super Row, ? super Row, ? extends R> changed,
        Function<? super Row, ? extends R> removed) {
      return removed.apply(row);
    }
  }
}
