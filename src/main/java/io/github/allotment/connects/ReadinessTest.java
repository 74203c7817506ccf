package io.github.allotment.connects;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.FactValue;
import java.util.Optional;

/** How an account stands with the Readiness Test when its wallet opens. */
public enum ReadinessTest {
  /** Passed: the bonus comes with the opening, if the version in force has one. */
  PASSED("passed"),
  /** Taken and not passed. */
  FAILED("failed"),
  /** Not taken. */
  NOT_TAKEN("not-taken");

  // Every fact value is a record of a value that can't change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final FactValue value;

  ReadinessTest(String code) {
    value = FactValue.of(code);
  }

  /**
   * Returns the text that stands for it among the facts.
   *
   * @return the code, for example {@code passed}
   */
  public String code() {
    return value.text();
  }

  /**
   * Finds the constant that a text stands for.
   *
   * @param code a text
   * @return the constant, or empty if it is no constant's code
   */
  public static Optional<ReadinessTest> ofCode(String code) {
    requireNonNull(code, "code");
    for (ReadinessTest result : values()) {
      if (result.code().equals(code)) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }

  /** Returns the code as a fact; always the same, so that wallets share it. */
  FactValue value() {
    return value;
  }
}
