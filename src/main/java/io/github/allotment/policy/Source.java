package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;
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
 * @param priorityFact the fact of the event, a whole number that fits an {@code int}, that says the
 *     priority of what it grants instead, if one does
 * @param plans the plans on which they can be spent, on any if empty; on another they are frozen:
 *     still there, and their term running on
 */
public record Source(
    String name,
    Optional<Term> term,
    int priority,
    Optional<String> priorityFact,
    List<String> plans) {

  public Source {
    Names.check("source", name);
    requireNonNull(term, "term");
    priorityFact.ifPresent(fact -> Names.check("fact", fact));
    checkArgument(
        priority == 0 || priorityFact.isEmpty(),
        "source %s has both a priority, %s, and one that the event brings",
        name,
        priority);
    plans = ImmutableList.copyOf(plans);
    plans.forEach(plan -> Names.check("plan", plan));
  }

  /**
   * Returns a source whose credits never expire, with priority 0.
   *
   * @param name its name; not blank
   * @return the source
   */
  public static Source of(String name) {
    return new Source(name, Optional.empty(), 0, Optional.empty(), List.of());
  }

  /**
   * Returns a copy whose credits expire.
   *
   * @param limit how long they live
   * @return the copy
   */
  public Source living(Term limit) {
    return new Source(name, Optional.of(limit), priority, priorityFact, plans);
  }

  /**
   * Returns a copy with a priority.
   *
   * @param rank the priority; the lowest is spent first under {@link Order#PRIORITY}
   * @return the copy
   */
  public Source withPriority(int rank) {
    return new Source(name, term, rank, priorityFact, plans);
  }

  /**
   * Returns a copy whose credits have the priority that the granting event says.
   *
   * <p>An event without the fact is refused, as is one whose fact is not a whole number that fits
   * an {@code int}; what the calendar grants can't have such a source.
   *
   * @param fact the name of the event's fact; not blank
   * @return the copy
   */
  public Source withPriorityOfEvent(String fact) {
    return new Source(name, term, priority, Optional.of(fact), plans);
  }

  /**
   * Returns a copy whose credits can be spent on some plans only.
   *
   * <p>For example credits of a {@code pro} plan that are usable on it alone are frozen while the
   * wallet is on {@code basic}: they are not available, can't be spent, and expire as they would
   * have; what is left is available again when the wallet is back on {@code pro}.
   *
   * @param plan a plan's name; one that the policy has
   * @param more further plans
   * @return the copy
   */
  public Source usableOn(String plan, String... more) {
    return new Source(
        name,
        term,
        priority,
        priorityFact,
        ImmutableList.<String>builder().add(plan).add(more).build());
  }

  /**
   * Tells whether the source's credits can be spent on a plan.
   *
   * @param plan a plan's name
   * @return true unless the source is usable on other plans only
   */
  public boolean isUsableOn(String plan) {
    return plans.isEmpty() || plans.contains(plan);
  }
}
