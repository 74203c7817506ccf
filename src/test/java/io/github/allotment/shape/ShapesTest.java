package io.github.allotment.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.data.InvalidDataException;
import io.github.allotment.data.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tree may hold, up to its edges; whatever is read is written as it was. */
class ShapesTest {

  private static <T> T read(Shape<T> shape, @Nullable Object tree) {
    return Problems.read("tree", shape, tree);
  }

  private static List<Problem> problems(Shape<?> shape, @Nullable Object tree) {
    return assertThrows(InvalidDataException.class, () -> read(shape, tree)).problems();
  }

  private static String problem(Shape<?> shape, @Nullable Object tree) {
    List<Problem> problems = problems(shape, tree);
    assertEquals(1, problems.size());
    return problems.get(0).text();
  }

  // ---------------------------------------------------------------- single values

  @Test
  void aWholeNumberIsOfAnyTypeWithinItsBounds() {
    Shape<Long> digit = Shapes.whole(-1, 9);
    for (long number = -1; number <= 9; number++) {
      for (Object tree :
          List.of(
              number,
              (int) number,
              (short) number,
              (byte) number,
              BigInteger.valueOf(number),
              (double) number,
              BigDecimal.valueOf(number),
              new BigDecimal(number + ".00"))) {
        assertEquals(number, read(digit, tree));
      }
      assertEquals(number, digit.write(number));
    }
    for (Object tree :
        List.of(
            -2L, 10, BigInteger.TWO.pow(64), 1.5, 10.0, Double.NaN, 1f, true, "1", List.of(1))) {
      assertTrue(
          problem(digit, tree).startsWith("expected a whole number from -1 to 9; found: "),
          () -> "" + tree);
    }
  }

  /** Of a double only what is surely meant; of a decimal whatever is whole and fits. */
  @Test
  void aWholeNumberMayBeWrittenAsOneThatNeedNotBe() {
    Shape<Long> any = Shapes.whole(Long.MIN_VALUE, Long.MAX_VALUE);
    assertEquals((1L << 53) - 1, read(any, 0x1p53 - 1));
    assertEquals(1 - (1L << 53), read(any, 1 - 0x1p53));
    assertEquals(Long.MAX_VALUE, read(any, new BigDecimal(Long.MAX_VALUE)));
    assertEquals(Long.MIN_VALUE, read(any, new BigDecimal(Long.MIN_VALUE + ".0")));
    assertEquals(7_000_000_000_000_000_000L, read(any, new BigDecimal("7E18")));
    assertEquals(0L, read(any, new BigDecimal("0E+2147483647")));
    for (Object tree :
        List.of(
            0x1p53,
            -0x1p53,
            new BigDecimal("1000E2147483647"),
            Double.POSITIVE_INFINITY,
            new BigDecimal("0.5"),
            new BigDecimal("1E19"),
            new BigDecimal("1E+2147483647"),
            new BigDecimal("1E-2147483647"),
            new BigDecimal(BigInteger.ONE.shiftLeft(63)))) {
      assertTrue(problem(any, tree).contains("; found: "), () -> "" + tree);
    }
  }

  @Test
  void theLargestAndSmallestNumbersAreThoseOfALong() {
    Shape<Long> any = Shapes.whole(Long.MIN_VALUE, Long.MAX_VALUE);
    for (long number : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
      BigInteger whole = BigInteger.valueOf(number);
      assertEquals(number, read(any, number));
      assertEquals(number, read(any, whole));
      problem(any, whole.add(BigInteger.valueOf(Long.signum(number))));
    }
  }

  @Test
  void textsAndTruthsAreThemselves() {
    assertEquals("", read(Shapes.TEXT, ""));
    assertEquals("x", Shapes.TEXT.write("x"));
    assertEquals("expected a text; found: true", problem(Shapes.TEXT, true));
    for (boolean truth : new boolean[] {false, true}) {
      assertEquals(truth, read(Shapes.TRUTH, truth));
      assertEquals(truth, Shapes.TRUTH.write(truth));
    }
    assertEquals("expected true or false; found: the text \"true\"", problem(Shapes.TRUTH, "true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2021-01-05T09:00:00Z", "-0001-01-05T09:00:00Z", "2021-01-05T09:00:00.000000001Z"})
  void anInstantIsWrittenAsItIsRead(String text) {
    assertEquals(Instant.parse(text), read(Shapes.INSTANT, text));
    assertEquals(text, Shapes.INSTANT.write(Instant.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2021-01-05", "2021-02-30T00:00:00Z", "2021-01-05T09:00:00+01:00", " "})
  void whatIsNoInstantIsTold(String text) {
    assertEquals(
        "expected an instant like 2021-01-05T09:00:00Z; found: the text \"" + text + "\"",
        problem(Shapes.INSTANT, text));
  }

  /** A tree of another library may have keys that are not compared with texts. */
  @Test
  void aMapThatCannotBeAskedForATextIsNotOne() {
    Shape<String> either =
        Either.of("one", Either.single("a", Shapes.TEXT, text -> text, String.class, text -> text));
    assertEquals("expected one; found: an object", problem(either, new TreeMap<>(Map.of(1, "b"))));
  }

  /** A pattern is for the whole text, of which a line's end is no part. */
  @Test
  void aLineEndAfterATextIsNotOverlooked() {
    Shape<String> one = Shapes.parsed("the text one", "^one$", text -> text);
    assertEquals("one", read(one, "one"));
    assertEquals("expected the text one; found: the text \"one\\u{a}\"", problem(one, "one\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT24H", "PT0.5S", "P1D", "P1DT1H"})
  void aDurationIsOfDaysAndTime(String text) {
    assertEquals(Duration.parse(text), read(Shapes.DURATION, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"P", "PT", "P1DT", "P1M", "-PT1H", "PT99999999999999999999H", "pt1h", "PT-1H"})
  void whatIsNoDurationIsTold(String text) {
    assertEquals(
        "expected a duration like PT24H; found: the text \"" + text + "\"",
        problem(Shapes.DURATION, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1Y", "P1M", "P2W", "P3D", "P1Y2M3W4D"})
  void aPeriodIsOfTheCalendar(String text) {
    assertEquals(Period.parse(text), read(Shapes.PERIOD, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P", "PT1H", "-P1M", "P-1M", "P99999999999D"})
  void whatIsNoPeriodIsTold(String text) {
    assertEquals(
        "expected a period like P1M; found: the text \"" + text + "\"",
        problem(Shapes.PERIOD, text));
  }

  private enum Colour {
    RED,
    DARK_BLUE
  }

  @Test
  void aCodeIsAConstantInSmallLettersWithHyphens() {
    Shape<Colour> colour = Shapes.codes("a colour", Colour.values());
    assertEquals(Colour.RED, read(colour, "red"));
    assertEquals("dark-blue", colour.write(Colour.DARK_BLUE));
    assertEquals(Map.of("enum", List.of("red", "dark-blue")), colour.schema());
    assertEquals("expected a colour; found: 1", problem(colour, 1));
    assertEquals(
        "expected a colour, one of red, dark-blue; found: the text \"dark_blue\"; did you mean"
            + " dark-blue?",
        problem(colour, "dark_blue"));
  }

  // ---------------------------------------------------------------- lists

  @Test
  void aListTellsAllOfItsProblemsWithTheirPositions() {
    Shape<List<String>> texts = Shapes.list(Shapes.TEXT);
    assertEquals(List.of(), read(texts, List.of()));
    assertEquals(List.of("a", "b"), read(texts, List.of("a", "b")));
    assertEquals(List.of("a", "b"), texts.write(List.of("a", "b")));
    assertEquals(
        List.of("[1]: expected a text; found: 5", "[3]: expected a text; found: an object"),
        problems(texts, List.of("a", 5, "c", Map.of())).stream().map(Problem::text).toList());
    assertEquals("expected a list; found: the text \"a\"", problem(texts, "a"));
  }

  @Test
  void someAreOneOrMore() {
    Shape<List<String>> some = Shapes.some(Shapes.TEXT);
    assertEquals(List.of("a"), read(some, List.of("a")));
    assertEquals(
        "expected a list of one or more; leave it out for all; found: a list",
        problem(some, List.of()));
    Map<String, Object> items = Shapes.TEXT.schema();
    assertEquals(Map.of("type", "array", "items", items, "minItems", 1), some.schema());
    assertEquals(Map.of("type", "array", "items", items), Shapes.list(Shapes.TEXT).schema());
  }

  @ParameterizedTest
  @CsvSource({"999, 999, ''", "1000, 1000, ''", "1001, 1001, 1", "2500, 1001, 1500"})
  void theFirstThousandProblemsAreToldAndTheRestCounted(int wrong, int told, String others) {
    List<Problem> problems =
        problems(Shapes.list(Shapes.TEXT), IntStream.range(0, wrong).boxed().toList());
    assertEquals(told, problems.size());
    if (!others.isEmpty()) {
      assertEquals(
          Problem.of("", "no more problems", others + " more than are listed"),
          problems.get(told - 1));
    }
  }

  // ---------------------------------------------------------------- objects

  private record Sized(String name, long size) {}

  private static final Shape<Sized> SIZED =
      ObjectShape.of(
          fields -> {
            var name = fields.required("name", Shapes.TEXT, Sized::name);
            var size = fields.withDefault("size", Shapes.whole(0, 9), Sized::size, 3L);
            return in -> new Sized(in.get(name), in.get(size));
          });

  @Test
  void anObjectHasItsKeysAndWhatIsLeftOutHasItsDefault() {
    assertEquals(new Sized("a", 3), read(SIZED, Map.of("name", "a")));
    assertEquals(new Sized("a", 4), read(SIZED, Map.of("name", "a", "size", 4)));
    assertEquals(Map.of("name", "a"), SIZED.write(new Sized("a", 3)));
    assertEquals(Map.of("name", "a", "size", 4L), SIZED.write(new Sized("a", 4)));
    assertEquals("name: expected a value; found: nothing", problem(SIZED, Map.of("size", 1)));
    assertEquals("expected an object; found: a list", problem(SIZED, List.of()));
  }

  @Test
  void commentsAreTextsAndAreAllowedEverywhere() {
    for (Object comment : List.of("why", List.of(), List.of("why", "so"))) {
      assertEquals(new Sized("a", 3), read(SIZED, Map.of("name", "a", "comment", comment)));
    }
    assertEquals(
        "comment: expected a text or a list of texts; found: 5",
        problem(SIZED, Map.of("name", "a", "comment", 5)));
    assertEquals(
        "comment[1]: expected a text; found: 5",
        problem(SIZED, Map.of("name", "a", "comment", List.of("why", 5))));
  }

  @Test
  void whatIsUnknownIsToldOnceAndNamesTheNearestKey() {
    assertEquals(
        "sise: expected no key but name, size and comment; found: the key sise; did you mean size?",
        problem(SIZED, Map.of("name", "a", "sise", 4)));
    Map<@Nullable Object, Object> keys = new HashMap<>(Map.of("name", "a"));
    keys.put(null, 1);
    assertEquals("expected texts as keys; found: the key null", problem(SIZED, keys));
  }

  /** Otherwise one mistake would be told twice. */
  @Test
  void whatIsNotAllReadIsNotMade() {
    Shape<String> impossible =
        ObjectShape.of(
            fields -> {
              var name = fields.required("name", Shapes.TEXT, Function.<String>identity());
              return in -> {
                throw new IllegalArgumentException("no " + in.get(name));
              };
            });
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", "a");
    assertEquals("expected what can be; found: no a", problem(impossible, tree));
    tree.put("comment", 5);
    assertEquals(
        "comment: expected a text or a list of texts; found: 5", problem(impossible, tree));
    tree.remove("comment");
    tree.put("other", 5);
    tree.put("comment", "why");
    assertTrue(
        problem(impossible, tree).startsWith("other: expected no key but name and comment;"));
    Shape<List<String>> list =
        Shapes.list(Shapes.TEXT)
            .as(
                texts -> {
                  throw new IllegalArgumentException("no " + texts);
                },
                texts -> texts);
    assertEquals("expected what can be; found: no [a]", problem(list, List.of("a")));
    assertEquals("[0]: expected a text; found: 5", problem(list, List.of(5, "a")));
  }

  @Test
  void anObjectHasNoValueOfAnotherObjectsKey() {
    List<ObjectShape.Field<String>> others = new ArrayList<>();
    Shape<String> other =
        ObjectShape.of(
            fields -> {
              others.add(fields.required("name", Shapes.TEXT, Function.<String>identity()));
              return in -> in.get(others.get(0));
            });
    Shape<String> mistaken =
        ObjectShape.of(
            fields -> {
              fields.required("name", Shapes.TEXT, Function.<String>identity());
              return in -> in.get(others.get(0));
            });
    Map<String, Object> tree = Map.of("name", "a");
    assertEquals("a", read(other, tree));
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> read(mistaken, tree));
    assertEquals("the field is of another shape", thrown.getMessage());
  }

  // ---------------------------------------------------------------- alternatives

  private sealed interface Level {}

  private record Any() implements Level {}

  private record UpTo(long most) implements Level {}

  private record Of(String name) implements Level {}

  private static final Shape<Level> LEVEL =
      Either.of(
          "a level",
          Either.constant("any", new Any()),
          Either.scalar(Number.class, Shapes.whole(0, 9), UpTo::new, UpTo.class, UpTo::most),
          Either.single("of", Shapes.TEXT, Of::new, Of.class, Of::name));

  @Test
  void anAlternativeIsChosenByWhatTheTreeIs() {
    Map<Object, Level> levels =
        Map.of("any", new Any(), 7L, new UpTo(7), Map.of("of", "a"), new Of("a"));
    levels.forEach(
        (tree, level) -> {
          assertEquals(level, read(LEVEL, tree));
          assertEquals(tree, LEVEL.write(level));
        });
    assertEquals("expected a level; found: the text \"all\"", problem(LEVEL, "all"));
    assertEquals("expected a level; found: an object", problem(LEVEL, Map.of("off", "a")));
    assertEquals("expected a whole number from 0 to 9; found: 10", problem(LEVEL, 10));
    assertEquals("of: expected a text; found: 5", problem(LEVEL, Map.of("of", 5)));
    assertEquals(
        List.of("anyOf", "description"), LEVEL.schema().keySet().stream().sorted().toList());
    assertEquals(
        List.of(Map.of("const", "any"), Shapes.whole(0, 9).schema()),
        ((List<?>) LEVEL.schema().getOrDefault("anyOf", List.of())).subList(0, 2));
  }

  private record Rule(long most, Level level) {}

  private static final Shape<Rule> RULE =
      ObjectShape.of(
          fields -> {
            var most = fields.withDefault("most", Shapes.whole(0, 9), Rule::most, 0L);
            var level =
                fields.choice(
                    "a level",
                    Rule::level,
                    ObjectShape.Option.<Level, UpTo, Long>of(
                        "upTo", Shapes.whole(0, 9), UpTo::new, UpTo.class, UpTo::most),
                    ObjectShape.Option.<Level, Of, String>of(
                        "of", Shapes.TEXT, Of::new, Of.class, Of::name));
            return in -> new Rule(in.get(most), in.get(level));
          });

  @Test
  void ofSeveralKeysExactlyOneIsThere() {
    Map<Object, Rule> rules =
        Map.of(
            Map.of("upTo", 7L),
            new Rule(0, new UpTo(7)),
            Map.of("most", 3L, "of", "a"),
            new Rule(3, new Of("a")));
    rules.forEach(
        (tree, rule) -> {
          assertEquals(rule, read(RULE, tree));
          assertEquals(tree, RULE.write(rule));
        });
    assertEquals(
        "expected a level, exactly one of upTo, of; found: none", problem(RULE, Map.of("most", 1)));
    assertEquals(
        "expected a level, exactly one of upTo, of; found: upTo and of",
        problem(RULE, Map.of("upTo", 1, "of", "a")));
    assertEquals("of: expected a text; found: 5", problem(RULE, Map.of("of", 5)));
  }

  @Test
  void anObjectsSchemaNamesItsKeysAndThoseItNeeds() {
    Shape<Sized> free =
        ObjectShape.of(
            fields -> {
              var name = fields.withDefault("name", Shapes.TEXT, Sized::name, "a");
              return in -> new Sized(in.get(name), 0);
            });
    Object comment = propertiesOf(free).getOrDefault("comment", "");
    assertEquals(
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("comment", comment, "name", Shapes.TEXT.schema()),
            "additionalProperties",
            false),
        free.schema());
    assertEquals(
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                "comment",
                comment,
                "name",
                Shapes.TEXT.schema(),
                "size",
                Shapes.whole(0, 9).schema()),
            "additionalProperties",
            false,
            "allOf",
            List.of(Map.of("required", List.of("name")))),
        SIZED.schema());
    assertEquals(Set.of("comment", "most", "upTo", "of"), propertiesOf(RULE).keySet());
    assertEquals(
        List.of(
            Map.of(
                "oneOf",
                List.of(Map.of("required", List.of("upTo")), Map.of("required", List.of("of"))))),
        RULE.schema().getOrDefault("allOf", ""));
  }

  private static Map<?, Object> propertiesOf(Shape<?> shape) {
    Map<Object, Object> properties = new HashMap<>();
    if (shape.schema().getOrDefault("properties", "") instanceof Map<?, ?> map) {
      properties.putAll(map);
    }
    return properties;
  }

  // ---------------------------------------------------------------- how trees are described

  static Stream<Arguments> described() {
    BigInteger widest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    return Stream.of(
        Arguments.of(null, "null"),
        Arguments.of("a\nb", "the text \"a\\u{a}b\""),
        Arguments.of("a".repeat(80), "the text \"" + "a".repeat(80) + "\""),
        Arguments.of("a".repeat(81), "the text \"" + "a".repeat(80) + "…\""),
        Arguments.of(5, "5"),
        Arguments.of(-1.5, "-1.5"),
        Arguments.of(true, "true"),
        Arguments.of(widest, widest.toString()),
        Arguments.of(widest.add(BigInteger.ONE), "a number of 257 bits"),
        Arguments.of(Map.of("a", 1), "an object"),
        Arguments.of(List.of(1), "a list"),
        Arguments.of(Instant.EPOCH, "a value of another type (in YAML, write it in quotes)"));
  }

  @ParameterizedTest
  @MethodSource("described")
  void whatIsFoundIsDescribedInALine(@Nullable Object tree, String description) {
    assertEquals(description, Trees.describe(tree));
  }

  @Test
  void onlyTheSameTreesHaveTheSameCanonicalText() {
    List<Object> trees = new ArrayList<>(List.of("", "a", "1", "#1;", 1L, 2L, true, List.of()));
    trees.add(Map.of());
    List<Object> small = List.copyOf(trees);
    for (Object first : small) {
      trees.add(List.of(first));
      for (Object second : small) {
        trees.add(List.of(first, second));
        trees.add(Map.of(first, second));
      }
    }
    Set<String> texts = new HashSet<>();
    trees.forEach(tree -> texts.add(Trees.canonical(tree)));
    assertEquals(trees.size(), texts.size());
  }
}
