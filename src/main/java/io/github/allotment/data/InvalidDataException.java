package io.github.allotment.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a program, or a tree of data, has problems; it lists all of them. */
public final class InvalidDataException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  private static final int MOST_IN_MESSAGE = 100;

  private final transient ImmutableList<Problem> problems;

  /**
   * Makes an exception.
   *
   * @param what what has the problems, for the message
   * @param problems the problems; at least one
   */
  public InvalidDataException(String what, List<Problem> problems) {
    super(message(what, problems));
    checkArgument(!problems.isEmpty(), "there must be a problem");
    this.problems = ImmutableList.copyOf(problems);
  }

  /**
   * Returns the problems.
   *
   * @return at least one, in the order in which they stand in the data; none if the exception has
   *     been serialised, of which the message is left
   */
  public List<Problem> problems() {
    return problems == null ? List.of() : problems;
  }

  private static String message(String what, List<Problem> problems) {
    return what
        + ": "
        + problems.stream()
            .limit(MOST_IN_MESSAGE)
            .map(Problem::text)
            .collect(Collectors.joining("; "))
        + (problems.size() > MOST_IN_MESSAGE
            ? "; and " + (problems.size() - MOST_IN_MESSAGE) + " more"
            : "");
  }
}
