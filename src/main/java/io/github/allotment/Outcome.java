package io.github.allotment;

/** What became of an event. The set of outcomes is closed for good. */
public enum Outcome {
  /** Its rules were applied. */
  APPLIED("applied"),
  /**
   * Its rules did nothing, for the decision's reasons. What time did up to its instant is in the
   * decision all the same, and its id is remembered if it was judged: store it like any other.
   */
  REFUSED("refused"),
  /** It was decided before and changed nothing now. */
  DUPLICATE("duplicate");

  private final String code;

  Outcome(String code) {
    this.code = code;
  }

  /**
   * Returns the name used in data and documents.
   *
   * @return the code in lower case
   */
  public String code() {
    return code;
  }
}
