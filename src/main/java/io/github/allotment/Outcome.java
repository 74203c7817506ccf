package io.github.allotment;

/** What became of an event. The set of outcomes is closed for good. */
public enum Outcome {
  /** Its rules were applied. */
  APPLIED("applied"),
  /** It changed nothing, for the decision's reasons. */
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
