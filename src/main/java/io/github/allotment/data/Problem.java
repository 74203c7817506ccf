package io.github.allotment.data;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that is wrong with a tree of data, or with the parts of a program.
 *
 * <p>For example a program's file in which a rule says {@code "source": "mnthly"} has the problem
 *
 * <pre>{@code
 * versions[0].rules[2].grant.lines[0].source: expected a declared source; found: rule monthly
 * allotment names the source mnthly, which is not declared; did you mean monthly?
 * }</pre>
 *
 * @param path where it is: the keys from the root, and the positions in lists, counted from 0;
 *     empty for the root itself
 * @param expected what should be there
 * @param found what is there
 * @param nearest the known name that is most like the one that was found, if one is
 */
public record Problem(String path, String expected, String found, Optional<String> nearest) {

  public Problem {
    requireNonNull(path, "path");
    requireNonNull(expected, "expected");
    requireNonNull(found, "found");
    requireNonNull(nearest, "nearest");
  }

  /**
   * Returns a problem without a name that comes near.
   *
   * @param path where it is
   * @param expected what should be there
   * @param found what is there
   * @return the problem
   */
  public static Problem of(String path, String expected, String found) {
    return new Problem(path, expected, found, Optional.empty());
  }

  /**
   * Returns a problem with a name that nobody knows.
   *
   * @param path where it is
   * @param expected what should be there
   * @param found what is there
   * @param name the name that nobody knows
   * @param known the names that would do
   * @return the problem, with the known name that is most like the unknown one
   */
  public static Problem unknown(
      String path, String expected, String found, String name, Iterable<String> known) {
    return new Problem(path, expected, found, NearestName.to(name, known));
  }

  /**
   * Returns a copy whose place is further from the root.
   *
   * @param outer the path of what this problem's path starts from; may be empty
   * @return the copy
   */
  public Problem within(String outer) {
    String whole =
        outer.isEmpty() || path.isEmpty() || path.startsWith("[")
            ? outer + path
            : outer + "." + path;
    return new Problem(whole, expected, found, nearest);
  }

  /**
   * Writes the problem as a line for people.
   *
   * @return the path, what was expected, what was found, and the nearest name
   */
  public String text() {
    return lenientFormat(
        "%s%sexpected %s; found: %s%s",
        path,
        path.isEmpty() ? "" : ": ",
        expected,
        found,
        nearest.map(name -> "; did you mean " + name + "?").orElse(""));
  }
}
