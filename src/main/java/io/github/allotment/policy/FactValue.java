package io.github.allotment.policy;

import static java.util.Objects.requireNonNull;

/**
 * The value of a fact: a text, a whole number, or a truth value.
 *
 * <p>The set of kinds is closed for good.
 */
public sealed interface FactValue {

  /**
   * Returns a text as a fact's value.
   *
   * @param value any text
   * @return the value
   */
  static FactValue of(String value) {
    return new Text(value);
  }

  /**
   * Returns a whole number as a fact's value.
   *
   * @param value any number
   * @return the value
   */
  static FactValue of(long value) {
    return new Whole(value);
  }

  /**
   * Returns a truth value as a fact's value.
   *
   * @param value true or false
   * @return the value
   */
  static FactValue of(boolean value) {
    return new Truth(value);
  }

  /**
   * Writes the value for a sentence.
   *
   * @return the text itself, the number in decimal digits, or {@code true} or {@code false}
   */
  String text();

  /**
   * A text.
   *
   * @param value the text
   */
  record Text(String value) implements FactValue {

    public Text {
      requireNonNull(value, "value");
    }

    @Override
    public String text() {
      return value;
    }
  }

  /**
   * A whole number.
   *
   * @param value the number
   */
  record Whole(long value) implements FactValue {
    @Override
    public String text() {
      return Long.toString(value);
    }
  }

  /**
   * A truth value.
   *
   * @param value true or false
   */
  record Truth(boolean value) implements FactValue {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }
}
