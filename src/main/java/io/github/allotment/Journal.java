package io.github.allotment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows that a draft touched, from which the decision's changes follow. */
final class Journal {

  private final List<Edit> edits = new ArrayList<>();

  private record Edit(@Nullable Row before, @Nullable Row after) {

    Row any() {
      return Objects.requireNonNull(before == null ? after : before);
    }
  }

  void added(Row row) {
    edits.add(new Edit(null, row));
  }

  void removed(Row row) {
    edits.add(new Edit(row, null));
  }

  void changed(Row before, Row after) {
    edits.add(new Edit(before, after));
  }

  /** Returns what is different in the end, in the order in which the rows were first touched. */
  List<Change> changes() {
    Map<Key, Edit> sums = new LinkedHashMap<>();
    for (Edit edit : edits) {
      sums.merge(
          new Key(edit.any().table(), edit.any().key()),
          edit,
          (first, then) -> new Edit(first.before(), then.after()));
    }
    ImmutableList.Builder<Change> changes = ImmutableList.builder();
    sums.values().forEach(edit -> add(edit, changes));
    return changes.build();
  }

  private record Key(Row.Table table, String key) {}

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
