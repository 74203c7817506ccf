package io.github.allotment.shape;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.allotment.data.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shape of objects with known keys.
 *
 * <p>Every object may have the key {@code comment} too, a text or a list of texts, which is
 * dropped.
 *
 * @param <T> the type
 */
public final class ObjectShape<T> implements Shape<T> {

  private static final String COMMENT = "comment";

  private static final Shape<Object> COMMENTS =
      Either.of(
          "a text or a list of texts",
          Either.scalar(String.class, Shapes.TEXT, text -> text, String.class, text -> text),
          Either.texts());

  private final List<Member<T>> members;
  private final List<String> keys;
  private final Function<Values, T> maker;

  private ObjectShape(List<Member<T>> members, Function<Values, T> maker) {
    this.members = ImmutableList.copyOf(members);
    this.keys =
        members.stream()
            .flatMap(member -> member.keys().stream())
            .collect(ImmutableList.toImmutableList());
    this.maker = maker;
  }

  /**
   * Returns the shape of objects.
   *
   * @param <T> the type
   * @param definition names the keys, and returns what makes a value of theirs
   * @return the shape
   */
  public static <T> Shape<T> of(Function<Fields<T>, Function<Values, T>> definition) {
    Fields<T> fields = new Fields<>();
    Function<Values, T> maker = definition.apply(fields);
    return new ObjectShape<>(fields.members, maker);
  }

  /** A key, or a choice of keys. */
  private interface Member<T> {

    List<String> keys();

    /** Writes what the value has under the keys. */
    void write(T value, ImmutableMap.Builder<String, Object> tree);

    /** Reads what the keys have; returns false if there was a problem. */
    boolean read(Place place, Map<String, @Nullable Object> tree, Values values);

    void describe(ImmutableMap.Builder<String, Object> properties, List<Map<String, Object>> rules);
  }

  /**
   * What stands for the value of a key.
   *
   * @param <X> the value's type
   */
  public static final class Field<X> {

    private Field() {}

    @SuppressWarnings("unchecked") // only put fills the values, and it takes those of the type
    private X typed(Object value) {
      return (X) value;
    }
  }

  /** The values of an object's keys. */
  public static final class Values {

    private final Map<Field<?>, Object> values = new LinkedHashMap<>();

    private Values() {}

    /**
     * Returns a key's value.
     *
     * @param <X> the value's type
     * @param field what stands for it
     * @return the value
     */
    public <X> X get(Field<X> field) {
      Object value = values.get(field);
      checkState(value != null, "the field is of another shape");
      return field.typed(value);
    }

    private <X> void put(Field<X> field, X value) {
      values.put(field, value);
    }
  }

  /**
   * One of the keys of a choice.
   *
   * @param <X> the type of the choice
   */
  public static final class Option<X> {

    private final String key;
    private final Function<X, Optional<Object>> writer;
    private final Function<Place, Optional<X>> reader;
    private final Map<String, Object> schema;

    private Option(
        String key,
        Function<X, Optional<Object>> writer,
        Function<Place, Optional<X>> reader,
        Map<String, Object> schema) {
      this.key = key;
      this.writer = writer;
      this.reader = reader;
      this.schema = schema;
    }

    /**
     * Returns an option of a choice.
     *
     * @param <X> the type of the choice
     * @param <K> the type of the values that are of this option
     * @param <V> the type of what the key has
     * @param key the key
     * @param shape the shape of what the key has
     * @param made makes a value of it
     * @param kind the class of the values that are of this option
     * @param getter returns what the key has for a value
     * @return the option
     */
    public static <X, K extends X, V> Option<X> of(
        String key, Shape<V> shape, Function<V, K> made, Class<K> kind, Function<K, V> getter) {
      return when(
          key,
          shape,
          made::apply,
          value ->
              kind.isInstance(value)
                  ? Optional.of(getter.apply(kind.cast(value)))
                  : Optional.empty());
    }

    /**
     * Returns an option of a choice that is told by a look at the value.
     *
     * @param <X> the type of the choice
     * @param <V> the type of what the key has
     * @param key the key
     * @param shape the shape of what the key has
     * @param made makes a value of it
     * @param from returns what the key has for a value, if the value is of this option
     * @return the option
     */
    public static <X, V> Option<X> when(
        String key, Shape<V> shape, Function<V, X> made, Function<X, Optional<V>> from) {
      return new Option<>(
          key,
          value -> from.apply(value).map(shape::write),
          place -> shape.read(place).flatMap(value -> place.attempt(() -> made.apply(value))),
          shape.schema());
    }
  }

  /**
   * The keys of an object, in their order.
   *
   * @param <T> the object's type
   */
  public static final class Fields<T> {

    private final List<Member<T>> members = new ArrayList<>();

    private Fields() {}

    /**
     * Adds a key that must be there.
     *
     * @param <X> the value's type
     * @param key the key
     * @param shape the value's shape
     * @param getter takes the value out
     * @return what stands for the value
     */
    public <X> Field<X> required(String key, Shape<X> shape, Function<T, X> getter) {
      return add(key, shape, value -> Optional.of(getter.apply(value)), null);
    }

    /**
     * Adds a key that may be left out, and is if it has its default.
     *
     * @param <X> the value's type
     * @param key the key
     * @param shape the value's shape
     * @param getter takes the value out
     * @param otherwise the default
     * @return what stands for the value
     */
    public <X> Field<X> withDefault(
        String key, Shape<X> shape, Function<T, X> getter, X otherwise) {
      return add(
          key,
          shape,
          value -> Optional.of(getter.apply(value)).filter(it -> !it.equals(otherwise)),
          otherwise);
    }

    /**
     * Adds a key that may be left out.
     *
     * @param <X> the value's type
     * @param key the key
     * @param shape the value's shape
     * @param getter takes the value out
     * @return what stands for the value
     */
    public <X> Field<Optional<X>> optional(
        String key, Shape<X> shape, Function<T, Optional<X>> getter) {
      Shape<Optional<X>> there = shape.as(Optional::of, Optional::orElseThrow);
      return withDefault(key, there, getter, Optional.empty());
    }

    private <X> Field<X> add(
        String key, Shape<X> shape, Function<T, Optional<X>> getter, @Nullable X otherwise) {
      Field<X> field = new Field<>();
      members.add(new Single<>(key, shape, getter, otherwise, field));
      return field;
    }

    /**
     * Adds a choice of keys, exactly one of which must be there.
     *
     * @param <X> the choice's type
     * @param what what it is called
     * @param getter takes the value out
     * @param options the keys
     * @return what stands for the value
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <X> Field<X> choice(String what, Function<T, X> getter, Option<X>... options) {
      Field<X> field = new Field<>();
      members.add(new Choice<>(what, getter, ImmutableList.copyOf(options), field));
      return field;
    }
  }

  /** One key. */
  private record Single<T, X>(
      String key,
      Shape<X> shape,
      Function<T, Optional<X>> getter,
      @Nullable X otherwise,
      Field<X> field)
      implements Member<T> {
    @Override
    public List<String> keys() {
      return List.of(key);
    }

    @Override
    public void write(T value, ImmutableMap.Builder<String, Object> tree) {
      getter.apply(value).ifPresent(it -> tree.put(key, shape.write(it)));
    }

    @Override
    public boolean read(Place place, Map<String, @Nullable Object> tree, Values values) {
      if (tree.containsKey(key)) {
        Optional<X> value = shape.read(place.key(key, tree.get(key)));
        value.ifPresent(it -> values.put(field, it));
        return value.isPresent();
      } else if (otherwise == null) {
        place.problems().add(Problem.of(place.key(key, null).path(), "a value", "nothing"));
        return false;
      }
      values.put(field, otherwise);
      return true;
    }

    @Override
    public void describe(
        ImmutableMap.Builder<String, Object> properties, List<Map<String, Object>> rules) {
      properties.put(key, shape.schema());
      if (otherwise == null) {
        rules.add(required(key));
      }
    }
  }

  /** Several keys, of which exactly one is there. */
  private record Choice<T, X>(
      String what, Function<T, X> getter, List<Option<X>> options, Field<X> field)
      implements Member<T> {
    @Override
    public List<String> keys() {
      return options.stream().map(option -> option.key).toList();
    }

    @Override
    public void write(T value, ImmutableMap.Builder<String, Object> tree) {
      X chosen = getter.apply(value);
      for (Option<X> option : options) {
        option.writer.apply(chosen).ifPresent(it -> tree.put(option.key, it));
      }
    }

    @Override
    public boolean read(Place place, Map<String, @Nullable Object> tree, Values values) {
      List<Option<X>> there =
          options.stream().filter(option -> tree.containsKey(option.key)).toList();
      if (there.size() != 1) {
        String found =
            there.isEmpty()
                ? "none"
                : String.join(" and ", there.stream().map(option -> option.key).toList());
        place
            .problems()
            .add(
                Problem.of(
                    place.path(), what + ", exactly one of " + String.join(", ", keys()), found));
        return false;
      }
      Option<X> option = there.get(0);
      Optional<X> value = option.reader.apply(place.key(option.key, tree.get(option.key)));
      value.ifPresent(it -> values.put(field, it));
      return value.isPresent();
    }

    @Override
    public void describe(
        ImmutableMap.Builder<String, Object> properties, List<Map<String, Object>> rules) {
      options.forEach(option -> properties.put(option.key, option.schema));
      rules.add(
          ImmutableMap.of(
              "oneOf",
              options.stream()
                  .map(option -> required(option.key))
                  .collect(ImmutableList.toImmutableList())));
    }
  }

  private static Map<String, Object> required(String key) {
    return ImmutableMap.of("required", ImmutableList.of(key));
  }

  @Override
  public Object write(T value) {
    ImmutableMap.Builder<String, Object> tree = ImmutableMap.builder();
    members.forEach(member -> member.write(value, tree));
    return tree.buildOrThrow();
  }

  @Override
  public Optional<T> read(Place place) {
    if (!(place.tree() instanceof Map<?, ?> map)) {
      return place.expected("an object");
    }
    Map<String, @Nullable Object> known = new LinkedHashMap<>();
    boolean complete = keys(place, map, known);
    Values values = new Values();
    for (Member<T> member : members) {
      boolean read = member.read(place, known, values);
      complete = complete && read;
    }
    return complete ? place.attempt(() -> maker.apply(values)) : Optional.empty();
  }

  /** Sorts out the keys that belong here; returns false if there are others. */
  private boolean keys(Place place, Map<?, ?> map, Map<String, @Nullable Object> known) {
    boolean complete = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        String found = "the key " + Trees.describe(entry.getKey());
        place.problems().add(Problem.of(place.path(), "texts as keys", found));
        complete = false;
      } else if (key.equals(COMMENT)) {
        complete = COMMENTS.read(place.key(key, entry.getValue())).isPresent() && complete;
      } else if (keys.contains(key)) {
        known.put(key, entry.getValue());
      } else {
        unknown(place, key);
        complete = false;
      }
    }
    return complete;
  }

  private void unknown(Place place, String key) {
    String expected = "no key but " + String.join(", ", keys) + " and " + COMMENT;
    String name = Trees.shortened(key);
    place
        .problems()
        .add(Problem.unknown(place.key(name, null).path(), expected, "the key " + name, key, keys));
  }

  @Override
  public Map<String, Object> schema() {
    ImmutableMap.Builder<String, Object> properties = ImmutableMap.builder();
    List<Map<String, Object>> rules = new ArrayList<>();
    properties.put(COMMENT, COMMENTS.schema());
    members.forEach(member -> member.describe(properties, rules));
    ImmutableMap.Builder<String, Object> schema =
        ImmutableMap.<String, Object>builder()
            .put("type", "object")
            .put("properties", properties.buildOrThrow())
            .put("additionalProperties", false);
    if (!rules.isEmpty()) {
      schema.put("allOf", ImmutableList.copyOf(rules));
    }
    return schema.buildOrThrow();
  }
}
