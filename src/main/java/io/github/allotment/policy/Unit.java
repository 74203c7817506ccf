package io.github.allotment.policy;

/**
 * Names what a program counts, in the singular and in the plural.
 *
 * <p>It is used in sentences only. For example, with {@code new Unit("star", "stars")} an amount of
 * 1 reads "1 star" and an amount of 10 reads "10 stars".
 *
 * @param singular the word for one; not blank
 * @param plural the word for any other number; not blank
 */
public record Unit(String singular, String plural) {

  public Unit {
    Names.check("unit", singular);
    Names.check("unit", plural);
  }

  /**
   * Writes an amount with its unit.
   *
   * @param amount any amount
   * @return for example {@code 10 stars}
   */
  public String format(long amount) {
    return amount + " " + (amount == 1 || amount == -1 ? singular : plural);
  }
}
