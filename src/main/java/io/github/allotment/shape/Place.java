package io.github.allotment.shape;

import io.github.allotment.data.InvalidDataException;
import io.github.allotment.data.Problem;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a tree, where it is, and what takes its problems.
 *
 * @param path the keys and positions from the root
 * @param tree the part
 * @param problems what takes its problems
 */
public record Place(String path, @Nullable Object tree, Problems problems) {

  /**
   * Returns the place of a tree itself.
   *
   * @param tree the tree
   * @param problems what takes its problems
   * @return the place
   */
  public static Place root(@Nullable Object tree, Problems problems) {
    return new Place("", tree, problems);
  }

  Place key(String key, @Nullable Object value) {
    return new Place(path.isEmpty() ? key : path + "." + key, value, problems);
  }

  Place item(int position, @Nullable Object value) {
    return new Place(path + "[" + position + "]", value, problems);
  }

  /** Notes that something else was expected here. */
  <T> Optional<T> expected(String what) {
    problems.add(Problem.of(path, what, Trees.describe(tree)));
    return Optional.empty();
  }

  /**
   * Makes something of what was read, noting what speaks against it.
   *
   * @param <T> what is made
   * @param maker makes it, or throws an {@code IllegalArgumentException}, also an {@code
   *     InvalidDataException} with paths from here, or an {@code ArithmeticException}
   * @return what was made
   */
  public <T> Optional<T> attempt(Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (InvalidDataException invalid) {
      invalid.problems().forEach(problem -> problems.add(problem.within(path)));
    } catch (IllegalArgumentException | ArithmeticException refused) {
      problems.add(
          Problem.of(path, "what can be", Trees.plain(String.valueOf(refused.getMessage()))));
    }
    return Optional.empty();
  }
}
