package io.github.allotment.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Lists;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.data.Problem;
import io.github.allotment.examples.programs.Catalogue;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a program's tree is told all at once, each problem with its place. */
class ProgramDataTest {

  private static final String BASE =
      """
      {"format": "allotment-program-1", "name": "p", "versions": [{
        "version": "1", "from": "2021-01-01T00:00:00Z",
        "sources": [{"name": "monthly", "expires": {"period": "P1Y"}}],
        "limits": [{"name": "week", "most": 5, "window": {"rolling": "PT168H"}}],
        "plans": [{"name": "basic", "cycle": "P1M",
          "allotment": [{"label": "L", "source": "monthly", "amount": 10}]}],
        "ticks": [{"name": "hour", "every": {"duration": "PT1H"}}],
        "rules": [
          {"name": "allot", "on": ["opened", "renewed"], "allot": {}},
          {"name": "award", "on": ["earned"], "when": [{"event": "kind", "is": ["good"]}],
           "grant": {"type": "award", "limits": [{"limit": "week"}],
             "lines": [{"label": "A", "source": "monthly", "amount": 1}]}},
          {"name": "spend", "on": ["spent"], "charge": {"label": "C", "amount": {"fact": "amount"}}}
        ]}]}
      """;

  private static Arguments problem(
      String replace, String by, String path, String expected, String found, String nearest) {
    return Arguments.of(replace, by, path, expected, found, nearest);
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        problem("\"name\": \"p\", ", "", "name", "a value", "nothing", ""),
        problem("program-1", "program-2", "format", "allotment-program-1", "program-2", ""),
        problem("\"P1M\"", "\"month\"", "versions[0].plans[0].cycle", "P1M", "\"month\"", ""),
        problem("\"P1M\"", "30", "versions[0].plans[0].cycle", "P1M", "30", ""),
        problem("\"P1M\"", "\"P1M2D\"", "versions[0].plans[0]", "what can be", "not both", ""),
        problem("PT168H", "PT0S", "versions[0].limits[0].window", "can be", "longer than", ""),
        problem("\"most\": 5", "\"most\": -1", "versions[0].limits[0].most", "0", "-1", ""),
        problem("\"most\": 5", "\"most\": 5.5", "versions[0].limits[0].most", "whole", "5.5", ""),
        problem(
            "\"most\": 5",
            "\"most\": 9223372036854775808",
            "versions[0].limits[0].most",
            "whole",
            "9223372036854775808",
            ""),
        problem(
            "\"rolling\"", "\"roling\"", "versions[0].limits[0].window", "a window", "an obj", ""),
        problem("\"allot\": {}", "\"alot\": {}", "versions[0].rules[0]", "an effect", "none", ""),
        problem(
            "\"allot\": {}",
            "\"allot\": {}, \"settle\": {}",
            "versions[0].rules[0]",
            "exactly one",
            "allot and settle",
            ""),
        problem(
            "\"label\": \"C\"",
            "\"label\": \"C\", \"shortfal\": \"refuse\"",
            "versions[0].rules[2].charge.shortfal",
            "no key but",
            "the key shortfal",
            "shortfall"),
        problem(
            "\"label\": \"C\"",
            "\"label\": \"C\", \"shortfall\": \"refse\"",
            "versions[0].rules[2].charge.shortfall",
            "take-what-is-there",
            "refse",
            "refuse"),
        problem(
            "\"A\", \"source\": \"monthly\"",
            "\"A\", \"source\": \"mnthly\"",
            "versions[0].rules[1].grant.lines[0].source",
            "a declared source",
            "rule award names the source mnthly",
            "monthly"),
        problem(
            "{\"limit\": \"week\"}",
            "{\"limit\": \"wek\"}",
            "versions[0].rules[1].grant.limits[0].limit",
            "a declared limit",
            "wek",
            "week"),
        problem(
            "\"opened\"",
            "\"tick huor\"",
            "versions[0].rules[0].on[0]",
            "tick",
            "huor",
            "tick hour"),
        problem(
            "\"event\": \"kind\"",
            "\"wallet\": \"plan\"",
            "versions[0].rules[1].when[0].is[0]",
            "a declared plan",
            "good",
            ""),
        problem(
            "\"name\": \"monthly\"",
            "\"name\": \"monthly\", \"usableOn\": []",
            "versions[0].sources[0].usableOn",
            "one or more; leave it out for all",
            "a list",
            ""),
        problem(
            "\"allot\": {}",
            "\"forfeit\": {\"label\": \"F\", \"most\": 0, \"sources\": []}",
            "versions[0].rules[0].forfeit.sources",
            "one or more; leave it out for all",
            "a list",
            ""),
        problem(
            "\"charge\": {\"label\": \"C\", \"amount\": {\"fact\": \"amount\"}}",
            "\"when\": [{\"event\": \"plan\", \"is\": [\"basic\", \"basc\"]}], \"switchPlan\": {}",
            "versions[0].rules[2].when[0].is[1]",
            "a declared plan",
            "rule spend changes to the plan basc, which is not declared",
            "basic"),
        problem("[\"good\"]", "[]", "versions[0].rules[1].when[0]", "can be", "at least one", ""),
        problem("[\"good\"]", "[null]", "versions[0].rules[1].when[0].is[0]", "a text", "null", ""),
        problem(
            "\"name\": \"spend\"",
            "\"name\": \"award\"",
            "versions[0].rules[2].name",
            "own",
            "two",
            ""),
        problem(
            "\"name\": \"spend\"",
            "\"name\": \" \"",
            "versions[0].rules[2]",
            "can be",
            "blank",
            ""),
        problem(
            "\"name\": \"spend\"",
            "\"name\": \"a\\nb\"",
            "versions[0].rules[2]",
            "can be",
            "control character",
            ""));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemIsTold(
      String replace, String by, String path, String expected, String found, String nearest) {
    assertTrue(BASE.contains(replace), replace);
    List<Problem> problems = problemsOf(BASE.replace(replace, by));
    Problem problem =
        problems.stream().filter(it -> it.path().equals(path)).findFirst().orElseThrow();
    assertTrue(problem.expected().contains(expected), problem::text);
    assertTrue(problem.found().contains(found), problem::text);
    assertEquals(nearest, problem.nearest().orElse(""));
    assertEquals(1, problem.text().lines().count());
  }

  private static List<Problem> problemsOf(String json) {
    return problemsOf(Catalogue.plain(Catalogue.read(json)));
  }

  private static List<Problem> problemsOf(Object tree) {
    InvalidDataException thrown =
        assertThrows(InvalidDataException.class, () -> ProgramData.fromTree(tree));
    assertEquals(1, ("" + thrown.getMessage()).lines().count());
    return thrown.problems();
  }

  @Test
  void theBaseIsSound() {
    assertEquals("p", ProgramData.fromTree(Catalogue.plain(Catalogue.read(BASE))).name());
  }

  @Test
  void allProblemsAreToldAtOnce() {
    List<String> paths =
        problemsOf(
                BASE.replace("\"P1M\"", "\"month\"")
                    .replace("\"most\": 5", "\"most\": true")
                    .replace("\"allot\": {}", "\"alot\": {}")
                    .replace("\"label\": \"C\"", "\"lable\": \"C\""))
            .stream()
            .map(Problem::path)
            .toList();
    assertEquals(
        List.of(
            "versions[0].limits[0].most",
            "versions[0].plans[0].cycle",
            "versions[0].rules[0].alot",
            "versions[0].rules[0]",
            "versions[0].rules[2].charge.lable",
            "versions[0].rules[2].charge.label"),
        paths);
  }

  @Test
  void whatDoesNotGoTogetherIsToldForEveryVersionWithItsPlace() {
    Map<String, Object> program = mutable(BASE);
    Map<String, Object> version = mapIn(program, "versions", 0);
    program.put("versions", List.of(version, version));
    assertEquals(
        List.of("versions[1].version", "versions[1].from"),
        problemsOf(program).stream().map(Problem::path).toList());
  }

  private static Map<String, Object> mutable(String json) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) Catalogue.plain(Catalogue.read(json))).forEach((k, v) -> map.put("" + k, v));
    return map;
  }

  // Trees that no JSON library would make, and large ones

  @ParameterizedTest
  @ValueSource(classes = {Object.class, StringBuilder.class, int[].class})
  void otherObjectsAreNoTrees(Class<?> type) throws ReflectiveOperationException {
    Object odd = type.isArray() ? new int[1] : type.getDeclaredConstructor().newInstance();
    assertEquals(
        "a value of another type (in YAML, write it in quotes)", problemsOf(odd).get(0).found());
  }

  @Test
  void anEndingOfAnAmountThatNamesNoPartIsToldWhichRuleChargesOne() {
    String parts =
        BASE.replace(
            "{\"name\": \"spend\", \"on\": [\"spent\"], \"charge\": {",
            "{\"name\": \"settle\", \"on\": [\"done\"],"
                + " \"end\": {\"reach\": \"subject\", \"back\": \"all-but-event\", \"label\": \"E\"}},"
                + " {\"name\": \"spend\", \"on\": [\"spent\"], \"charge\": {\"part\": \"job\", ");
    Problem problem = problemsOf(parts).get(0);
    assertEquals("versions[0].rules[2].end.part", problem.path());
    assertTrue(problem.found().endsWith("of which rule spend charges one"), problem::text);
  }

  @Test
  void aRuleMayAskForAPlanThatALaterVersionBrings() {
    Policy first =
        Policy.version("1", Instant.parse("2020-01-01T00:00:00Z"))
            .plan(Plan.monthly("old"))
            .rule("change", Trigger.on("change").where("plan", "new"), Effect.switchPlan())
            .build();
    Policy second =
        Policy.version("2", Instant.parse("2021-01-01T00:00:00Z"))
            .adoptedBy(Adoption.CHANGED_PLANS)
            .plan(Plan.monthly("old"))
            .plan(Plan.monthly("new"))
            .rule("change", Trigger.on("change"), Effect.switchPlan())
            .build();
    Program program = Program.named("p").version(first).version(second).build();
    assertEquals(program, ProgramData.fromTree(ProgramData.toTree(program)));
    assertThrows(IllegalArgumentException.class, () -> Program.named("p").version(first).build());
  }

  @Test
  void keysAreTexts() {
    Map<Object, Object> odd = new HashMap<>();
    odd.put(1, "x");
    odd.put(null, "y");
    List<Problem> problems = problemsOf(odd);
    assertTrue(problems.stream().anyMatch(it -> it.found().equals("the key 1")), "" + problems);
    assertTrue(problems.stream().anyMatch(it -> it.found().equals("the key null")), "" + problems);
  }

  @Test
  void aTreeThatContainsItselfIsReadToItsEnd() {
    Map<String, Object> loop = mutable(BASE);
    loop.put("unit", loop);
    loop.put("versions", List.of(loop));
    loop.put("comment", List.of(loop));
    assertTrue(problemsOf(loop).size() > 3);
  }

  @Test
  void deepTreesAreNotFollowed() {
    Object deep = "x";
    for (int i = 0; i < 100_000; i++) {
      deep = i % 2 == 0 ? List.of(deep) : Map.of("versions", deep);
    }
    Map<String, Object> program = mutable(BASE);
    program.put("versions", deep);
    program.put("junk", deep);
    assertTrue(problemsOf(program).size() >= 2);
  }

  @Test
  void aMillionWrongItemsAreAThousandProblemsAndANumber() {
    Map<String, Object> program = mutable(BASE);
    program.put("versions", Collections.nCopies(1_000_000, 7));
    List<Problem> problems = problemsOf(program);
    assertEquals(1_001, problems.size());
    assertEquals("999000 more than are listed", Lists.reverse(problems).get(0).found());
  }

  @Test
  void hugeNumbersAreNotPrinted() {
    Map<String, Object> program = mutable(BASE);
    program.put("lateness", BigInteger.ONE.shiftLeft(1 << 20));
    assertEquals("a number of 1048577 bits", problemsOf(program).get(0).found());
  }

  @Test
  void longTextsAreShortenedAndEscaped() {
    Map<String, Object> program = mutable(BASE);
    program.put("lateness", "\u202e\n" + "x".repeat(1 << 20));
    String found = problemsOf(program).get(0).found();
    assertTrue(found.startsWith("the text \"\\u{202e}\\u{a}xxx"), found);
    assertTrue(found.length() < 120, found);
  }

  @Test
  void everyWholeNumberOfTheJdkIsOne() {
    for (Object five : Arrays.<Object>asList((byte) 5, (short) 5, 5, 5L, BigInteger.valueOf(5))) {
      Map<String, Object> program = mutable(BASE);
      mapIn(program, "versions", 0, "limits", 0).put("most", five);
      Program read = ProgramData.fromTree(program);
      assertEquals(Quantity.of(5), read.versions().get(0).limits().get(0).max());
    }
  }

  @SuppressWarnings("unchecked") // the tree was made of objects and lists
  private static Map<String, Object> mapIn(Map<String, Object> tree, Object... path) {
    Object at = tree;
    for (Object step : path) {
      Object next =
          step instanceof String key ? ((Map<?, ?>) at).get(key) : ((List<?>) at).get((int) step);
      at = Objects.requireNonNull(next);
    }
    return (Map<String, Object>) at;
  }

  // Random damage

  private static final List<Optional<Object>> JUNK =
      List.of(
          Optional.empty(),
          Optional.of(""),
          Optional.of("all"),
          Optional.of("PT1H"),
          Optional.of("P1M"),
          Optional.of("2021-01-01T00:00:00Z"),
          Optional.of("+999999999-01-01T00:00:00Z"),
          Optional.of(0),
          Optional.of(-1L),
          Optional.of(31),
          Optional.of(Long.MAX_VALUE),
          Optional.of(1.5),
          Optional.of(true),
          Optional.of(List.of()),
          Optional.of(List.of("opened")),
          Optional.of(Map.of()),
          Optional.of(Map.of("fact", "amount")),
          Optional.of(Map.of("plan", 1)));

  private static final String SMALL =
      """
      {"format": "allotment-program-1", "name": "small",
       "versions": [{"version": "1", "from": "2021-01-01T00:00:00Z",
         "sources": [{"name": "s"}],
         "limits": [{"name": "cap", "most": 5, "window": "ever"}],
         "plans": [{"name": "p", "cycle": "P1M",
           "allotment": [{"label": "A", "source": "s", "amount": 1}]}],
         "rules": [
           {"name": "gift", "on": ["gift"], "when": [{"event": "kind", "is": ["good"]}],
            "grant": {"type": "bonus", "lines": [{"label": "G", "source": "s", "amount": 2}]}},
           {"name": "use", "on": ["use"], "charge": {"type": "charge", "label": "U", "amount": 1}},
           {"name": "cut", "on": ["cut"], "forfeit": {"label": "C", "most": 7}}]}]}
      """;

  /** What a schema can say of what the reader refuses, it says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\": \"small\" -> \"name\": \" \"",
        "\"name\": \"s\" -> \"name\": \"\"",
        "[\"gift\"] -> []",
        "[\"good\"] -> []",
        "[{\"label\": \"G\", \"source\": \"s\", \"amount\": 2}] -> []",
        "\"type\": \"bonus\" -> \"type\": \"charge\"",
        "\"type\": \"charge\" -> \"type\": \"award\"",
        "\"most\": 5 -> \"most\": {\"fact\": \"f\"}",
        "\"most\": 7 -> \"most\": {\"fact\": \"f\"}",
        "\"amount\": 1}] -> \"amount\": {\"plan\": 1}}]",
      })
  void theSchemaRefusesWithTheReader(String change) {
    assertEquals(List.of(), Catalogue.violations("program.schema.json", Catalogue.read(SMALL)));
    ProgramData.fromTree(Catalogue.plain(Catalogue.read(SMALL)));
    String before = change.substring(0, change.indexOf(" -> "));
    String after = change.substring(change.indexOf(" -> ") + 4);
    assertTrue(SMALL.contains(before), before);
    JsonNode changed = Catalogue.read(SMALL.replace(before, after));
    assertTrue(!Catalogue.violations("program.schema.json", changed).isEmpty(), change);
    assertThrows(InvalidDataException.class, () -> ProgramData.fromTree(Catalogue.plain(changed)));
  }

  @Test
  void theSchemaRefusesAProgramWithoutVersionsAndAVersionWithoutPlans() {
    for (String list : List.of("versions", "plans")) {
      JsonNode changed = Catalogue.read(SMALL);
      ((ObjectNode) (list.equals("plans") ? changed.get("versions").get(0) : changed))
          .putArray(list);
      assertTrue(!Catalogue.violations("program.schema.json", changed).isEmpty(), list);
      assertThrows(
          InvalidDataException.class, () -> ProgramData.fromTree(Catalogue.plain(changed)));
    }
  }

  /**
   * A damaged file is a program still, or has problems that are told; the schema is no stricter.
   */
  @Property
  void damageIsToldAndNothingElseIsThrown(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Path> files = Catalogue.programs();
    Object tree = Catalogue.plain(Catalogue.read(files.get(random.nextInt(files.size()))));
    int wounds = 1 + random.nextInt(3);
    for (int i = 0; i < wounds; i++) {
      damage(tree, random);
    }
    boolean valid = Catalogue.violations("program.schema.json", Catalogue.json(tree)).isEmpty();
    try {
      Program program = ProgramData.fromTree(tree);
      assertEquals(program, ProgramData.fromTree(ProgramData.toTree(program)));
      assertTrue(valid, "the schema rejects what is read");
    } catch (InvalidDataException told) {
      assertTrue(!told.problems().isEmpty());
    }
  }

  /** Returns a copy that can be damaged further. */
  private static @Nullable Object copy(@Nullable Object junk) {
    if (junk instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    return junk instanceof List<?> list ? new ArrayList<>(list) : junk;
  }

  /** Replaces, removes or adds something somewhere below the root. */
  @SuppressWarnings("unchecked") // the tree was made of objects and lists
  private static void damage(Object tree, SplittableRandom random) {
    Object at = tree;
    while (true) {
      List<Object> children =
          new ArrayList<>(at instanceof Map<?, ?> map ? map.values() : (List<?>) at);
      children.removeIf(child -> !(child instanceof Map || child instanceof List));
      if (children.isEmpty() || random.nextInt(6) == 0) {
        break;
      }
      at = children.get(random.nextInt(children.size()));
    }
    Object junk = copy(JUNK.get(random.nextInt(JUNK.size())).orElse(null));
    if (at instanceof Map) {
      Map<String, Object> map = (Map<String, Object>) at;
      List<String> keys = new ArrayList<>(map.keySet());
      String key =
          keys.isEmpty() || random.nextInt(8) == 0 ? "junk" : keys.get(random.nextInt(keys.size()));
      if (random.nextInt(3) == 0) {
        map.remove(key);
      } else {
        map.put(key, junk);
      }
    } else {
      List<Object> list = (List<Object>) at;
      if (!list.isEmpty() && random.nextBoolean()) {
        list.remove(random.nextInt(list.size()));
      } else {
        list.add(random.nextInt(list.size() + 1), junk);
      }
    }
  }
}
