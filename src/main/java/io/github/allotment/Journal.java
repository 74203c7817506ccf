package io.github.allotment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that a draft touched, from which the decision's changes follow. */
final class Journal {

  private static final int FEW = 16;

  private final List<Edit> edits = new ArrayList<>();

  /** What was done to a row, before and after of which may both be absent in the end. */
  private record Edit(Row row, @Nullable Row before, @Nullable Row after) {

    Edit then(Edit later) {
      return new Edit(row, before, later.after);
    }
  }

  void added(Row row) {
    touched(new Edit(row, null, row));
  }

  void removed(Row row) {
    touched(new Edit(row, row, null));
  }

  void changed(Row before, Row after) {
    touched(new Edit(after, before, after));
  }

  /** Among few it is quicker to look for an earlier edit of the row at once, without a key. */
  private void touched(Edit edit) {
    for (int i = 0; i < edits.size() && edits.size() <= FEW; i++) {
      if (isSameRow(edits.get(i).row(), edit.row())) {
        edits.set(i, edits.get(i).then(edit));
        return;
      }
    }
    edits.add(edit);
  }

  /** Returns what is different in the end, in the order in which the rows were first touched. */
  List<Change> changes() {
    ImmutableList.Builder<Change> changes = ImmutableList.builderWithExpectedSize(edits.size());
    for (Edit edit : edits.size() <= FEW ? edits : summedUp()) {
      add(edit, changes);
    }
    return changes.build();
  }

  private Collection<Edit> summedUp() {
    Map<Key, Edit> sums = new LinkedHashMap<>();
    for (Edit edit : edits) {
      sums.merge(new Key(edit.row().table(), edit.row().key()), edit, Edit::then);
    }
    return sums.values();
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

  private static void add(Edit edit, ImmutableList.Builder<Change> changes) {
    Row before = edit.before();
    Row after = edit.after();
    if (before == null && after != null) {
      changes.add(new Change.Added(after));
    } else if (before != null && after == null) {
      changes.add(new Change.Removed(before));
    } else if (before != null && after != null && !before.equals(after)) {
      changes.add(new Change.Changed(before, after));
    }
  }
}
