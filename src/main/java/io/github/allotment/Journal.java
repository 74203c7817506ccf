package io.github.allotment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is different about the rows that a draft touched: one change of each in the end. */
final class Journal {

  private static final int FEW = 16;

  private final List<Change> changes = new ArrayList<>(8);

  /** A bit for each row that was touched, which others may share. */
  private long touched;

  /** The greatest number of a row that was touched. */
  private long newest;

  /** Whether two changes may be of the same row. */
  private boolean mayRepeat;

  void added(Row row) {
    touched(row, new Change.Added(row));
  }

  void removed(Row row) {
    touched(row, new Change.Removed(row));
  }

  /** Notes that a row has become another, which is not equal to it. */
  void changed(Row before, Row after) {
    touched(after, new Change.Changed(before, after));
  }

  /** Notes where the wallet stands now; this comes last, and once. */
  void stands(Change change) {
    changes.add(change);
  }

  private void touched(Row row, Change change) {
    if (isFirstOf(row) || !joins(row, change)) {
      changes.add(change);
    }
  }

  /**
   * Joins a change to an earlier one of the same row, and tells whether there was one. Among few it
   * is quicker to look for it at once, without a key; of many all are joined in the end.
   */
  private boolean joins(Row row, Change change) {
    if (changes.size() > FEW) {
      mayRepeat = true;
      return false;
    }
    for (int i = 0; i < changes.size(); i++) {
      if (isSameRow(changes.get(i).row(), row)) {
        replace(i, both(changes.get(i), change));
        return true;
      }
    }
    return false;
  }

  /** Notes that a row is touched; returns true if it surely was not before. */
  private boolean isFirstOf(Row row) {
    long number = number(row);
    boolean isNewest = number > newest;
    if (isNewest) {
      newest = number;
    }
    long before = touched;
    touched |= 1L << (number > 0 ? (int) number : hash(row));
    return isNewest || touched != before;
  }

  /** Returns the number of a row that has one; 0 if it has none. */
  private static long number(Row row) {
    if (row instanceof Claim claim) {
      return claim.number();
    } else if (row instanceof Lot lot) {
      return lot.terms().number();
    }
    return row instanceof PendingAward award ? award.number() : 0;
  }

  /** Returns the same for the same row without a number; the last six bits tell few rows apart. */
  private static int hash(Row row) {
    if (row instanceof SeenEvent seen) {
      return seen.id().hashCode();
    }
    return row instanceof Use use ? use.at().hashCode() : 0;
  }

  private void replace(int at, @Nullable Change change) {
    if (change == null) {
      changes.remove(at);
    } else {
      changes.set(at, change);
    }
  }

  /** Returns what is different in the end. */
  List<Change> changes() {
    return ImmutableList.copyOf(mayRepeat ? summedUp().values() : changes);
  }

  private Map<Key, Change> summedUp() {
    Map<Key, Change> sums = new LinkedHashMap<>();
    for (Change change : changes) {
      sums.merge(Key.of(change.row()), change, Journal::both);
    }
    return sums;
  }

  /** Returns what two changes of a row, one after the other, come to; null if to nothing. */
  private static @Nullable Change both(Change first, Change then) {
    Row before = before(first);
    Row after = then instanceof Change.Removed ? null : then.row();
    if (before == null) {
      return after == null ? null : new Change.Added(after);
    } else if (after == null) {
      return new Change.Removed(before);
    }
    return before.equals(after) ? null : new Change.Changed(before, after);
  }

  private static @Nullable Row before(Change change) {
    if (change instanceof Change.Added) {
      return null;
    }
    return change instanceof Change.Changed changed ? changed.before() : change.row();
  }

  /** What tells rows apart: their key, or the number that it is written from. */
  private record Key(Row.Table table, Object key) {

    static Key of(Row row) {
      long number = number(row);
      return new Key(row.table(), number > 0 ? number : row.key());
    }
  }

  private static boolean isSameRow(Row a, Row b) {
    return a.getClass() == b.getClass()
        && switch (a.table()) {
          case STANDING -> true;
          case LOTS -> ((Lot) a).terms().number() == ((Lot) b).terms().number();
          case CLAIMS -> ((Claim) a).number() == ((Claim) b).number();
          case PENDING -> ((PendingAward) a).number() == ((PendingAward) b).number();
          case USES -> ((Use) a).at().equals(((Use) b).at()) && a.key().equals(b.key());
          case SEEN -> a.key().equals(b.key());
        };
  }
}
