package io.github.allotment.policy;

/** The kinds of row in a wallet's history. The set is closed for a major version of the library. */
public enum TransactionType {
  /** Credits that a plan grants for a cycle; the amount is positive. */
  ALLOTMENT("allotment"),
  /** Credits granted on a milestone, such as opening a wallet; positive. */
  BONUS("bonus"),
  /** Credits that the account bought; positive. */
  PURCHASE("purchase"),
  /** Credits earned by something the account did; positive. */
  AWARD("award"),
  /** Credits spent; negative. */
  CHARGE("charge"),
  /** Credits of an earlier charge given back; positive. */
  RETURN("return"),
  /** Credits whose term of life ended; negative. */
  EXPIRY("expiry"),
  /** Credits that a rule cut, such as a rollover limit; negative. */
  FORFEIT("forfeit"),
  /** A correction, or what an account held before its wallet was opened; either sign. */
  ADJUSTMENT("adjustment");

  private final String code;

  TransactionType(String code) {
    this.code = code;
  }

  /**
   * Returns the name used in data and documents.
   *
   * @return the code in lower case, for example {@code allotment}
   */
  public String code() {
    return code;
  }
}
