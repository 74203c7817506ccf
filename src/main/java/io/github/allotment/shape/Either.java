package io.github.allotment.shape;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A shape that is one of several, which a look at the tree's root tells apart.
 *
 * @param <T> the type
 */
public final class Either<T> implements Shape<T> {

  private final String expected;
  private final List<Case<T>> cases;

  private Either(String expected, List<Case<T>> cases) {
    this.expected = expected;
    this.cases = ImmutableList.copyOf(cases);
  }

  /**
   * Returns a shape that is one of several.
   *
   * @param <T> the type
   * @param expected what its values are called
   * @param cases the shapes, of which exactly one writes each value
   * @return the shape
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T> Shape<T> of(String expected, Case<T>... cases) {
    return new Either<>(expected, List.of(cases));
  }

  /**
   * One of the shapes.
   *
   * @param <T> the type
   */
  public static final class Case<T> {

    private final Predicate<@Nullable Object> isMeant;
    private final Function<T, Optional<Object>> writer;
    private final Function<Place, Optional<T>> reader;
    private final Map<String, Object> schema;

    private Case(
        Predicate<@Nullable Object> isMeant,
        Function<T, Optional<Object>> writer,
        Function<Place, Optional<T>> reader,
        Map<String, Object> schema) {
      this.isMeant = isMeant;
      this.writer = writer;
      this.reader = reader;
      this.schema = schema;
    }
  }

  /**
   * Returns the case of one value that is written as one text.
   *
   * @param <T> the type
   * @param text the text
   * @param value the value
   * @return the case
   */
  public static <T> Case<T> constant(String text, T value) {
    return new Case<>(
        text::equals,
        other -> other.equals(value) ? Optional.of(text) : Optional.empty(),
        place -> Optional.of(value),
        ImmutableMap.of("const", text));
  }

  /**
   * Returns the case of values of a class that are written as one node.
   *
   * @param <T> the type
   * @param <K> the class of this case's values
   * @param <X> the type of what is written
   * @param node the class of the tree's nodes that are meant: {@code String}, {@code Number} or
   *     {@code Boolean}
   * @param shape the shape of what is written
   * @param made makes a value
   * @param kind the class of this case's values
   * @param getter returns what is written of a value
   * @return the case
   */
  public static <T, K extends T, X> Case<T> scalar(
      Class<?> node, Shape<X> shape, Function<X, K> made, Class<K> kind, Function<K, X> getter) {
    return new Case<>(
        node::isInstance,
        value ->
            kind.isInstance(value)
                ? Optional.of(shape.write(getter.apply(kind.cast(value))))
                : Optional.empty(),
        place -> shape.read(place).flatMap(value -> place.attempt(() -> made.apply(value))),
        shape.schema());
  }

  /**
   * Returns the case of values of a class that are written as objects with a certain key.
   *
   * @param <T> the type
   * @param <K> the class of this case's values
   * @param key the key
   * @param shape the objects' shape
   * @param kind the class of this case's values
   * @return the case
   */
  public static <T, K extends T> Case<T> object(String key, Shape<K> shape, Class<K> kind) {
    return new Case<>(
        tree -> tree instanceof Map<?, ?> map && map.keySet().stream().anyMatch(key::equals),
        value ->
            kind.isInstance(value) ? Optional.of(shape.write(kind.cast(value))) : Optional.empty(),
        place -> shape.read(place).map(value -> value),
        shape.schema());
  }

  /**
   * Returns the case of values of a class that are written as objects with one key.
   *
   * @param <T> the type
   * @param <K> the class of this case's values
   * @param <V> the type of what the key has
   * @param key the key
   * @param shape the shape of what the key has
   * @param made makes a value of it
   * @param kind the class of this case's values
   * @param getter returns what the key has for a value
   * @return the case
   */
  public static <T, K extends T, V> Case<T> single(
      String key, Shape<V> shape, Function<V, K> made, Class<K> kind, Function<K, V> getter) {
    Shape<K> object =
        ObjectShape.of(
            fields -> {
              var only = fields.required(key, shape, getter);
              return in -> made.apply(in.get(only));
            });
    return object(key, object, kind);
  }

  /** Returns the case of lists of texts, whatever they are; they are never written. */
  static Case<Object> texts() {
    Shape<List<String>> shape = Shapes.list(Shapes.TEXT);
    return new Case<>(
        List.class::isInstance,
        value -> Optional.empty(),
        place -> shape.read(place).map(value -> value),
        shape.schema());
  }

  @Override
  public Object write(T value) {
    return cases.stream()
        .flatMap(some -> some.writer.apply(value).stream())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Optional<T> read(Place place) {
    for (Case<T> some : cases) {
      if (some.isMeant.test(place.tree())) {
        return some.reader.apply(place);
      }
    }
    return place.expected(expected);
  }

  @Override
  public Map<String, Object> schema() {
    return ImmutableMap.of(
        "description",
        expected,
        "anyOf",
        cases.stream().map(some -> some.schema).collect(ImmutableList.toImmutableList()));
  }
}
