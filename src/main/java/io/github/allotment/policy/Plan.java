package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A named tier: how long its cycle is and what it allots each cycle.
 *
 * <p>For example {@code Plan.monthly("plus").allotting("monthly", "plan", 70).allotting("free",
 * "plan", 10)} allots 80 a month, in two rows, the 70 first. A plan says how much; that it is
 * granted at the opening and at every renewal is a rule with the effect {@link Effect#allot()}.
 *
 * @param name the plan's name; not blank
 * @param cycle the length of a cycle; of positive length, not both months and days, at most 1,200
 *     months or 36,525 days
 * @param anchor the date from which cycles are reckoned
 * @param allotment the lines that a cycle brings, in the order of their rows; their quantities are
 *     fixed; may be empty
 */
public record Plan(String name, Period cycle, Anchor anchor, List<Line> allotment) {

  private static final int MOST_MONTHS = 1_200;
  private static final int MOST_DAYS = 36_525;

  public Plan {
    Names.check("plan", name);
    requireNonNull(cycle, "cycle");
    requireNonNull(anchor, "anchor");
    checkArgument(
        isUsable(cycle),
        "cycle must be 1 to %s months or 1 to %s days, not both: %s",
        MOST_MONTHS,
        MOST_DAYS,
        cycle);
    cycle = cycle.normalized();
    allotment = ImmutableList.copyOf(allotment);
    for (Line line : allotment) {
      checkArgument(
          line.quantity() instanceof Quantity.Fixed,
          "a plan's allotment must be fixed: %s",
          line.quantity());
    }
    checkArgument(
        Line.fixedSumFits(allotment), "an allotment's sum must fit a long: %s", allotment);
  }

  static boolean isUsable(Period cycle) {
    long months = cycle.toTotalMonths();
    long days = cycle.get(ChronoUnit.DAYS);
    return days == 0
        ? months >= 1 && months <= MOST_MONTHS
        : months == 0 && days >= 1 && days <= MOST_DAYS;
  }

  /**
   * Returns a plan with a cycle of one calendar month that allots nothing yet.
   *
   * @param name the plan's name; not blank
   * @return the plan
   */
  public static Plan monthly(String name) {
    return of(name, Period.ofMonths(1));
  }

  /**
   * Returns a plan with cycles of the wallet's own that allots nothing yet.
   *
   * @param name the plan's name; not blank
   * @param cycle the length of a cycle; of positive length, not both months and days, at most 1,200
   *     months or 36,525 days
   * @return the plan
   */
  public static Plan of(String name, Period cycle) {
    return new Plan(name, cycle, Anchor.opening(), List.of());
  }

  /**
   * Returns a copy whose cycles are reckoned from another date.
   *
   * @param date the date
   * @return the copy
   */
  public Plan anchoredOn(Anchor date) {
    return new Plan(name, cycle, date, allotment);
  }

  /**
   * Returns a copy that allots one line more, after the others.
   *
   * @param label what the row is called, for people; not blank
   * @param source the source of the lot; one that the policy declares
   * @param amount how many credits a cycle; 0 or more
   * @return the copy
   * @throws IllegalArgumentException if a name is blank, the amount is negative, or the allotment's
   *     sum does not fit a {@code long}
   */
  public Plan allotting(String label, String source, long amount) {
    return new Plan(
        name,
        cycle,
        anchor,
        ImmutableList.<Line>builder()
            .addAll(allotment)
            .add(new Line(label, source, Quantity.of(amount)))
            .build());
  }

  /**
   * Returns what a cycle brings in all.
   *
   * @return the sum of the allotment's lines; for example 80 for 70 and 10
   */
  public long size() {
    long size = 0;
    for (Line line : allotment) {
      size += amountOf(line);
    }
    return size;
  }

  private static long amountOf(Line line) {
    return ((Quantity.Fixed) line.quantity()).amount();
  }
}
