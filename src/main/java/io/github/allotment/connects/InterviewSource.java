package io.github.allotment.connects;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Where an interview came from. */
public enum InterviewSource {
  /** From a proposal that the account submitted: it can earn. */
  PROPOSAL("proposal"),
  /** From a client's invitation: it earns nothing. */
  INVITATION("invitation");

  private final String code;

  InterviewSource(String code) {
    this.code = code;
  }

  /**
   * Returns the text that stands for it among the facts.
   *
   * @return the code, for example {@code proposal}
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
  public static Optional<InterviewSource> ofCode(String code) {
    requireNonNull(code, "code");
    for (InterviewSource value : values()) {
      if (value.code.equals(code)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
