package io.github.allotment.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A kind of credit: where a lot came from, how long it lives, and how early it is spent.
 *
 * <p>For example a program may tell {@code bought} credits from {@code free} ones, because only the
 * free ones expire, and are spent before the others.
 *
 * @param name the source's name; not blank
 * @param term how long its credits live; for ever if empty
 * @param priority how early they are spent under {@link Order#PRIORITY}: the lowest first
 */
public record Source(String name, Optional<Term> term, int priority) {

  public Source {
    Names.check("source", name);
    requireNonNull(term, "term");
  }

  /**
   * Returns a source whose credits never expire, with priority 0.
   *
   * @param name its name; not blank
   * @return the source
   */
  public static Source of(String name) {
    return new Source(name, Optional.empty(), 0);
  }

  /**
   * Returns a copy whose credits expire.
   *
   * @param limit how long they live
   * @return the copy
   */
  public Source living(Term limit) {
    return new Source(name, Optional.of(limit), priority);
  }

  /**
   * Returns a copy with a priority.
   *
   * @param rank the priority; the lowest is spent first under {@link Order#PRIORITY}
   * @return the copy
   */
  public Source withPriority(int rank) {
    return new Source(name, term, rank);
  }
}
