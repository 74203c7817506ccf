package io.github.allotment.shape;

import com.google.common.collect.ImmutableList;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.data.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the problems of a tree, the first thousand as they are and the others as a number. */
public final class Problems {

  private static final int MOST = 1_000;

  private final List<Problem> first = new ArrayList<>();
  private long others;

  void add(Problem problem) {
    if (first.size() < MOST) {
      first.add(problem);
    } else {
      others++;
    }
  }

  private List<Problem> all() {
    ImmutableList.Builder<Problem> all = ImmutableList.<Problem>builder().addAll(first);
    if (others > 0) {
      all.add(Problem.of("", "no more problems", others + " more than are listed"));
    }
    return all.build();
  }

  /**
   * Reads a whole tree.
   *
   * @param <T> what is read
   * @param what what it is called in a message
   * @param shape its shape
   * @param tree the tree
   * @return the value
   * @throws InvalidDataException if there is any problem
   */
  public static <T> T read(String what, Shape<T> shape, @Nullable Object tree) {
    Problems problems = new Problems();
    return shape
        .read(Place.root(tree, problems))
        .orElseThrow(() -> new InvalidDataException(what, problems.all()));
  }
}
