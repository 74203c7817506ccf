package io.github.allotment.connects;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** How an account stands with the Readiness Test when its wallet opens. */
public enum ReadinessTest {
  /** Passed: the bonus comes with the opening, if the version in force has one. */
  PASSED("passed"),
  /** Taken and not passed. */
  FAILED("failed"),
  /** Not taken. */
  NOT_TAKEN("not-taken");

  private final String code;

  ReadinessTest(String code) {
    this.code = code;
  }

  /**
   * Returns the text that stands for it among the facts.
   *
   * @return the code, for example {@code passed}
   */
  public String code() {
    return code;
  }

  /**
   * Finds the constant that a text stands for.
   *
   * @param code a text
   * @return the constant, or empty if it is no constant's code
   */
  public static Optional<ReadinessTest> ofCode(String code) {
    requireNonNull(code, "code");
    for (ReadinessTest value : values()) {
      if (value.code.equals(code)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
