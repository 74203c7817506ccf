package io.github.allotment.connects;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What kind of account a wallet is kept for; the program treats both alike. */
public enum AccountKind {
  /** One freelancer. */
  FREELANCER("freelancer"),
  /** An agency. */
  AGENCY("agency");

  private final String code;

  AccountKind(String code) {
    this.code = code;
  }

  /**
   * Returns the text that stands for it among the facts.
   *
   * @return the code, for example {@code freelancer}
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
  public static Optional<AccountKind> ofCode(String code) {
    requireNonNull(code, "code");
    for (AccountKind value : values()) {
      if (value.code.equals(code)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
