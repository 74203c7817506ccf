package io.github.allotment.shape;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the values of a type are written to a plain tree, read from one, and described.
 *
 * @param <T> the type
 */
public interface Shape<T> {

  /**
   * Writes a value.
   *
   * @param value the value
   * @return a tree of immutable maps, lists, texts, {@code Long}s and {@code Boolean}s
   */
  Object write(T value);

  /**
   * Reads a value.
   *
   * @param place the tree and where it is, which takes the problems
   * @return the value, or empty if there was a problem
   */
  Optional<T> read(Place place);

  /**
   * Describes the trees of this shape.
   *
   * @return a JSON Schema
   */
  Map<String, Object> schema();

  /**
   * Returns the shape of another type whose values are written as those of this one.
   *
   * @param <S> the other type
   * @param made makes a value of the other type; an {@code IllegalArgumentException} or {@code
   *     ArithmeticException} of it becomes a problem
   * @param from takes the value of this type out again
   * @return the shape
   */
  default <S> Shape<S> as(Function<T, S> made, Function<S, T> from) {
    Shape<T> inner = this;
    return new Shape<>() {
      @Override
      public Object write(S value) {
        return inner.write(from.apply(value));
      }

      @Override
      public Optional<S> read(Place place) {
        return inner.read(place).flatMap(value -> place.attempt(() -> made.apply(value)));
      }

      @Override
      public Map<String, Object> schema() {
        return inner.schema();
      }
    };
  }
}
