package io.github.allotment.connects;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** How a job ended. */
public enum JobOutcome {
  /** The client closed it without hiring: what proposals cost is returned. */
  CLOSED_WITHOUT_HIRE("closed-without-hire"),
  /** The post was found to violate the terms of service: returned too. */
  REMOVED_FOR_VIOLATION("removed-for-violation"),
  /** Somebody was hired: nothing is returned. */
  HIRED("hired"),
  /** The post merely expired: nothing is returned. */
  EXPIRED("expired");

  private final String code;

  JobOutcome(String code) {
    this.code = code;
  }

  /**
   * Returns the text that stands for it among the facts.
   *
   * @return the code, for example {@code closed-without-hire}
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
  public static Optional<JobOutcome> ofCode(String code) {
    requireNonNull(code, "code");
    for (JobOutcome value : values()) {
      if (value.code.equals(code)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
