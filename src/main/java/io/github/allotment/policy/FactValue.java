package io.github.allotment.policy;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.function.LongFunction;

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
   * Takes the value apart: calls the function for what it is.
   *
   * @param <R> what the functions return
   * @param text is given a text
   * @param whole is given a whole number
   * @param truth is given a truth value
   * @return what the function returned
   */
  <R> R fold(
      Function<? super String, ? extends R> text,
      LongFunction<? extends R> whole,
      Function<? super Boolean, ? extends R> truth);

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

    @Override
    public <R> R fold(
        Function<? super String, ? extends R> text,
        LongFunction<? extends R> whole,
        Function<? super Boolean, ? extends R> truth) {
      return text.apply(value);
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

    @Override
    public <R> R fold(
        Function<? super String, ? extends R> text,
        LongFunction<? extends R> whole,
        Function<? super Boolean, ? extends R> truth) {
      return whole.apply(value);
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

    @Override
    public <R> R fold(
        Function<? super String, ? extends R> text,
        LongFunction<? extends R> whole,
        Function<? super Boolean, ? extends R> truth) {
      return truth.apply(value);
    }
  }
}
