package io.github.allotment.connects;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.FactValue;
import java.util.Optional;

/** What kind of account a wallet is kept for; the program treats both alike. */
public enum AccountKind {
  /** One freelancer. */
  FREELANCER("freelancer"),
  /** An agency. */
  AGENCY("agency");

  // Every fact value is a record of a value that can't change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final FactValue value;

  AccountKind(String code) {
    value = FactValue.of(code);
  }

  /**
   * Returns the text that stands for it among the facts.
   *
   * @return the code, for example {@code freelancer}
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
  public static Optional<AccountKind> ofCode(String code) {
    requireNonNull(code, "code");
    for (AccountKind kind : values()) {
      if (kind.code().equals(code)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Returns the code as a fact; always the same, so that wallets share it. */
  FactValue value() {
    return value;
  }
}
