package io.github.allotment.shape;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.allotment.data.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The shapes of single values and lists. */
public final class Shapes {

  /** Below this, and above its opposite, no two whole numbers are the same double. */
  private static final double EXACT = 0x1p53;

  /** No long has more digits. */
  private static final int MOST_DIGITS = 19;

  /** Texts. */
  public static final Shape<String> TEXT =
      new Simple<>(
          "a text",
          tree -> tree instanceof String text ? Optional.of(text) : Optional.empty(),
          text -> text,
          ImmutableMap.of("type", "string"));

  /** Names; that they are not blank is for what they name to check, and for a schema to say. */
  public static final Shape<String> NAME =
      new Simple<>(
          "a text",
          tree -> tree instanceof String text ? Optional.of(text) : Optional.empty(),
          text -> text,
          ImmutableMap.of("type", "string", "pattern", "\\S"));

  /** Truth values. */
  public static final Shape<Boolean> TRUTH =
      new Simple<>(
          "true or false",
          tree -> tree instanceof Boolean truth ? Optional.of(truth) : Optional.empty(),
          truth -> truth,
          ImmutableMap.of("type", "boolean"));

  /** Instants, as in {@code 2021-01-05T09:00:00Z}. */
  public static final Shape<Instant> INSTANT =
      parsed(
          "an instant like 2021-01-05T09:00:00Z",
          "^[+-]?\\d{4,10}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?Z$",
          Instant::parse);

  /** Durations, as in {@code PT24H}. */
  public static final Shape<Duration> DURATION =
      parsed(
          "a duration like PT24H",
          "^P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?)?$",
          Duration::parse);

  /** Periods, as in {@code P1M}. */
  public static final Shape<Period> PERIOD =
      parsed("a period like P1M", "^P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?$", Period::parse);

  private Shapes() {}

  /** A value that is one node of the tree. */
  private record Simple<T>(
      String expected,
      Function<@Nullable Object, Optional<T>> reader,
      Function<T, Object> writer,
      Map<String, Object> schema)
      implements Shape<T> {
    @Override
    public Object write(T value) {
      return writer.apply(value);
    }

    @Override
    public Optional<T> read(Place place) {
      Optional<T> value = reader.apply(place.tree());
      return value.isPresent() ? value : place.expected(expected);
    }
  }

  /**
   * Returns the shape of texts that stand for something.
   *
   * @param <T> what they stand for
   * @param expected what they are called
   * @param pattern a regular expression that all of them match
   * @param parser makes the value, or throws a {@link DateTimeException}, {@code
   *     ArithmeticException} or {@code IllegalArgumentException}
   * @return the shape
   */
  public static <T> Shape<T> parsed(String expected, String pattern, Function<String, T> parser) {
    Pattern compiled = Pattern.compile(pattern);
    return new Simple<>(
        expected,
        tree ->
            tree instanceof String text && compiled.matcher(text).matches()
                ? attempt(parser, text)
                : Optional.empty(),
        Object::toString,
        ImmutableMap.of("type", "string", "pattern", pattern, "description", expected));
  }

  private static <T> Optional<T> attempt(Function<String, T> parser, String text) {
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /**
   * Returns the shape of whole numbers within a range.
   *
   * @param least the smallest
   * @param most the largest
   * @return the shape, which reads every boxed number of the JDK that is whole and known exactly:
   *     of a {@code double}, up to 2<sup>53</sup>
   */
  public static Shape<Long> whole(long least, long most) {
    return new Simple<>(
        "a whole number from " + least + " to " + most,
        tree -> Optional.ofNullable(wholeOf(tree)).filter(n -> n >= least && n <= most),
        number -> number,
        ImmutableMap.of("type", "integer", "minimum", least, "maximum", most));
  }

  static @Nullable Long wholeOf(@Nullable Object tree) {
    if (tree instanceof Long
        || tree instanceof Integer
        || tree instanceof Short
        || tree instanceof Byte) {
      return ((Number) tree).longValue();
    }
    if (tree instanceof Double real) {
      return Math.abs(real) < EXACT && real == Math.rint(real) ? (Long) real.longValue() : null;
    }
    if (tree instanceof BigDecimal decimal) {
      return wholeOf(decimal);
    }
    return tree instanceof BigInteger big && big.bitLength() < Long.SIZE ? big.longValue() : null;
  }

  private static @Nullable Long wholeOf(BigDecimal decimal) {
    if (decimal.signum() == 0) {
      return 0L;
    }
    if (decimal.precision() - (long) decimal.scale() > MOST_DIGITS) {
      return null;
    }
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException notOne) {
      return null;
    }
  }

  /**
   * Returns the shape of constants, written in lower case with hyphens.
   *
   * @param <E> the constants' type
   * @param what what they are called
   * @param constants all of them
   * @return the shape
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <E extends Enum<E>> Shape<E> codes(String what, E... constants) {
    ImmutableMap<String, E> known =
        Arrays.stream(constants).collect(ImmutableMap.toImmutableMap(Shapes::code, e -> e));
    ImmutableList<String> codes = known.keySet().asList();
    return new Shape<>() {
      @Override
      public Object write(E value) {
        return code(value);
      }

      @Override
      public Optional<E> read(Place place) {
        if (!(place.tree() instanceof String text)) {
          return place.expected(what);
        }
        Optional<E> value = Optional.ofNullable(known.get(text));
        if (value.isEmpty()) {
          String all = what + ", one of " + String.join(", ", codes);
          place
              .problems()
              .add(Problem.unknown(place.path(), all, Trees.describe(text), text, codes));
        }
        return value;
      }

      @Override
      public Map<String, Object> schema() {
        return ImmutableMap.of("enum", codes);
      }
    };
  }

  private static String code(Enum<?> constant) {
    return Ascii.toLowerCase(constant.name()).replace('_', '-');
  }

  /**
   * Returns the shape of lists.
   *
   * @param <T> the type of the items
   * @param item the items' shape
   * @return the shape
   */
  public static <T> Shape<List<T>> list(Shape<T> item) {
    return list(item, 0);
  }

  /**
   * Returns the shape of lists that are left out instead of being empty.
   *
   * @param <T> the type of the items
   * @param item the items' shape
   * @return the shape
   */
  public static <T> Shape<List<T>> some(Shape<T> item) {
    return list(item, 1);
  }

  /**
   * Returns the shape of lists that are not empty, which is for what has them to check, and for a
   * schema to say.
   *
   * @param <T> the type of the items
   * @param item the items' shape
   * @return the shape
   */
  public static <T> Shape<List<T>> oneOrMore(Shape<T> item) {
    Shape<List<T>> list = list(item, 0);
    Map<String, Object> schema = some(item).schema();
    return new Shape<>() {
      @Override
      public Object write(List<T> values) {
        return list.write(values);
      }

      @Override
      public Optional<List<T>> read(Place place) {
        return list.read(place);
      }

      @Override
      public Map<String, Object> schema() {
        return schema;
      }
    };
  }

  private static <T> Shape<List<T>> list(Shape<T> item, int least) {
    return new Shape<>() {
      @Override
      public Object write(List<T> values) {
        return values.stream().map(item::write).collect(ImmutableList.toImmutableList());
      }

      @Override
      public Optional<List<T>> read(Place place) {
        if (!(place.tree() instanceof List<?> items)) {
          return place.expected("a list");
        }
        if (items.size() < least) {
          return place.expected("a list of one or more; leave it out for all");
        }
        ImmutableList.Builder<T> values = ImmutableList.builder();
        boolean complete = true;
        int position = 0;
        for (Object tree : items) {
          Optional<T> value = item.read(place.item(position++, tree));
          value.ifPresent(values::add);
          complete = complete && value.isPresent();
        }
        return complete ? Optional.of(values.build()) : Optional.empty();
      }

      @Override
      public Map<String, Object> schema() {
        ImmutableMap<String, Object> list =
            ImmutableMap.of("type", "array", "items", item.schema());
        return least == 0
            ? list
            : ImmutableMap.<String, Object>builder()
                .putAll(list)
                .put("minItems", least)
                .buildOrThrow();
      }
    };
  }
}
