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

  private void touched(Row row, Change change) {
    if (touches(row) || !joins(row, change)) {
      changes.add(change);
    }
  }

  /**
   * Joins a change to an earlier one of the same row, and tells whether there was one. Among few it
   * is quicker to look for it at once, without a key; of many all are joined in the end.
   */
  private boolean joins(Row row, Change change) {
    for (int i = 0; i < changes.size() && changes.size() <= FEW; i++) {
      if (isSameRow(changes.get(i).row(), row)) {
        replace(i, both(changes.get(i), change));
        return true;
      }
    }
    return false;
  }

  /** Notes that a row is touched; returns true if it surely was not before. */
  private boolean touches(Row row) {
    long before = touched;
    touched |= 1L << hash(row);
    return touched != before;
  }

  /** Returns a number that is the same for the same row; its last six bits tell few rows apart. */
  private static int hash(Row row) {
    if (row instanceof SeenEvent seen) {
      return seen.id().hashCode();
    } else if (row instanceof Claim claim) {
      return (int) claim.number();
    } else if (row instanceof Lot lot) {
      return (int) lot.terms().number();
    } else if (row instanceof PendingAward award) {
      return (int) award.number();
    } else if (row instanceof Use use) {
      return use.at().hashCode();
    }
    return 0;
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
    return ImmutableList.copyOf(changes.size() <= FEW ? changes : summedUp().values());
  }

  private Map<Key, Change> summedUp() {
    Map<Key, Change> sums = new LinkedHashMap<>();
    for (Change change : changes) {
      sums.merge(new Key(change.row().table(), change.row().key()), change, Journal::both);
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

  private record Key(Row.Table table, String key) {}

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
