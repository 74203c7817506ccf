package io.github.allotment.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A part of a grant: it becomes one row of the history and one lot of the wallet.
 *
 * <p>For example a plan that gives 80 a month as 70 paid for and 10 free has two lines, and its
 * history shows two rows each month.
 *
 * @param label what the row is called, for people; not blank
 * @param source the source of the lot; one that the policy declares
 * @param quantity how many credits
 */
public record Line(String label, String source, Quantity quantity) {

  public Line {
    Names.check("label", label);
    Names.check("source", source);
    requireNonNull(quantity, "quantity");
  }

  /** Tells whether the sum of the fixed lines fits a {@code long}. */
  static boolean fixedSumFits(List<Line> lines) {
    long sum = 0;
    for (Line line : lines) {
      if (line.quantity() instanceof Quantity.Fixed fixed) {
        if (fixed.amount() > Long.MAX_VALUE - sum) {
          return false;
        }
        sum += fixed.amount();
      }
    }
    return true;
  }
}
