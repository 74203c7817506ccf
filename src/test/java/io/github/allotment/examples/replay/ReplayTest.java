package io.github.allotment.examples.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The replay program, as its caller sees it: two streams and a status. */
class ReplayTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final String LONGEST = Long.toString(Long.MAX_VALUE);

  /** Every kind of character that ends a line, moves a cursor, or hides text. */
  private static final String HOSTILE =
      "a\n\r\t\u0000\u001b[31m\u007f\u0085\u009b\u2028\u2029\u202e\u200bz";

  private final Path folder;

  ReplayTest(@TempDir Path folder) {
    this.folder = folder;
  }

  // ------------------------------------------------------------------ a run, and what it gave

  private record Run(int status, String out, String err) {

    static Run of(String... args) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      int status =
          Replay.run(
              List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
      return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    List<String> outLines() {
      return out.lines().toList();
    }

    List<String> errLines() {
      return err.lines().toList();
    }
  }

  private Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private Path write(String name, String text) {
    return write(name, text.getBytes(UTF_8));
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new AssertionError("not JSON: " + line, broken);
    }
  }

  private static void assertNoTrace(String text) {
    assertFalse(text.contains("\tat "), text);
    assertFalse(text.contains("Exception"), text);
  }

  /** Asserts that a text is one line to every reader, and harmless to a terminal. */
  private static void assertPlain(String line) {
    assertTrue(
        line.codePoints()
            .noneMatch(
                c ->
                    switch (Character.getType(c)) {
                      case Character.CONTROL,
                          Character.FORMAT,
                          Character.LINE_SEPARATOR,
                          Character.PARAGRAPH_SEPARATOR,
                          Character.SURROGATE ->
                          true;
                      default -> false;
                    }),
        () -> "not plain: " + line);
  }

  /** Asserts that a run between two good files fails for one, on one line that has some facts. */
  private void assertRefused(String file, List<String> facts) {
    String good = write("good.json", history().toString()).toString();
    String expected = Run.of("--json", good).out();

    Run run = Run.of("--json", good, file, good);

    assertNoTrace(run.out() + run.err());
    assertEquals(1, run.errLines().size(), run.err());
    String line = run.errLines().get(0);
    assertPlain(line);
    assertTrue(line.startsWith(Lines.plain(file) + ": "), line);
    String complaint = line.substring(Lines.plain(file).length());
    facts.forEach(fact -> assertTrue(complaint.contains(fact), () -> fact + " in: " + line));
    assertEquals(3, run.outLines().size(), run.out());
    assertEquals(expected, run.outLines().get(0) + System.lineSeparator());
    assertEquals(JSON.createObjectNode().put("error", line), parsed(run.outLines().get(1)));
    assertEquals(expected, run.outLines().get(2) + System.lineSeparator());
    assertEquals(1, run.status());

    Run text = Run.of(good, file, good);
    assertEquals(run.err(), text.err());
    assertNoTrace(text.out());
    assertEquals(1, text.status());
  }

  private void assertRefused(byte[] content, String... facts) {
    assertRefused(write("bad.json", content).toString(), List.of(facts));
  }

  private void assertRefused(String content, String... facts) {
    assertRefused(content.getBytes(UTF_8), facts);
  }

  // ------------------------------------------------------------------ histories to spoil

  private static ObjectNode history(ObjectNode... events) {
    ObjectNode history = JSON.createObjectNode().put("title", "t").put("program", "connects");
    history
        .putObject("wallet")
        .put("plan", "basic")
        .put("account", "freelancer")
        .put("openedAt", "2021-01-05T09:00:00Z")
        .put("zone", "Europe/Athens")
        .put("readinessTest", "passed");
    history.putArray("events").addAll(List.of(events));
    return history.put("until", "2021-02-01T00:00:00Z");
  }

  private static ObjectNode wallet(ObjectNode history) {
    return (ObjectNode) history.get("wallet");
  }

  private static ObjectNode firstEvent(ObjectNode history) {
    return (ObjectNode) history.get("events").get(0);
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode()
        .put("id", "e1")
        .put("at", "2021-01-06T00:00:00Z")
        .put("type", type);
  }

  private static ObjectNode purchase() {
    return event("connects-purchased").put("amount", 1);
  }

  private static ObjectNode submission() {
    return event("proposal-submitted").put("proposal", "p").put("job", "j").put("cost", 2);
  }

  private static ObjectNode interview() {
    return event("interview").put("proposal", "p").put("source", "proposal").put("answered", true);
  }

  private static ObjectNode closing() {
    return event("job-closed").put("job", "j").put("outcome", "hired");
  }

  private static ObjectNode planChange() {
    return event("plan-changed").put("plan", "plus");
  }

  /** Returns a good event of every type. */
  private static List<ObjectNode> eventsOfAllTypes() {
    return List.of(
        event("readiness-test-passed"),
        submission(),
        event("proposal-withdrawn").put("proposal", "p"),
        event("proposal-archived").put("proposal", "p"),
        interview(),
        event("award-settled").put("proposal", "p"),
        closing(),
        purchase(),
        planChange());
  }

  // ------------------------------------------------------------------ the thread's account

  private static Path conformance(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(ReplayTest.class.getResource("/conformance/" + name)).toURI());
    } catch (URISyntaxException notOne) {
      throw new IllegalStateException(notOne);
    }
  }

  private static ObjectNode read(Path file) {
    try {
      return (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the lines below a heading, up to the next empty line. */
  private static List<String> section(String heading, List<String> statement) {
    int start = statement.indexOf(heading);
    assertNotEquals(-1, start, () -> heading + " in " + statement);
    return statement.subList(start + 1, statement.size()).stream()
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }

  @Nested
  class TheStatementOfTheThreadsAccount {

    private final Path file = conformance("11-forum-thread.json");
    private final ObjectNode history = read(file);
    private final List<String> statement = Run.of(file.toString()).outLines();

    @Test
    void startsWithTheTitleAndTheWallet() {
      assertEquals(history.get("title").textValue(), statement.get(0));
      for (String fact : List.of("freelancer", "basic", "2021-06-01T08:00:00Z", "UTC")) {
        assertTrue(statement.get(1).contains(fact), statement.get(1));
      }
    }

    @Test
    void hasALineForEachEventWithItsOutcomeAndReason() {
      List<String> lines = section("Events", statement);
      JsonNode decisions = history.get("expect").get("decisions");
      assertEquals(decisions.size(), lines.size());
      for (int i = 0; i < lines.size(); i++) {
        JsonNode decision = decisions.get(i);
        String outcome = decision.get("outcome").textValue();
        String reason = decision.get("reason").textValue();
        String code = outcome.equals(reason) ? outcome : outcome + ", " + reason;
        String start =
            "  "
                + history.get("events").get(i).get("at").textValue()
                + "  "
                + decision.get("event").textValue();
        String line = lines.get(i);
        assertTrue(line.startsWith(start + " "), line);
        assertTrue(line.substring(start.length()).strip().startsWith(code + " "), line);
      }
    }

    @Test
    void tellsTheFactsThatTheThreadAsksFor() {
      List<String> lines = section("Events", statement);
      assertFacts(lines, "  2021-06-19", "fact-missing", "source", "proposal", "invitation");
      assertFacts(lines, "  2021-06-20T09", "no-effect", "2 Connects", "p-closed", "come back");
      assertFacts(lines, "  2021-06-20T10", "Nothing to return", "p-invited");
      assertFacts(lines, "  2021-06-22T10", "10 Connects earned", "2021-06-23T10:00:00Z", "40 of");
      assertFacts(lines, "  2021-06-22T12", "10 Connects earned", "2021-06-23T12:00:00Z", "20 of");
      assertFacts(lines, "  2021-07-16", "2 Connects returned", "p-june16");
    }

    private void assertFacts(List<String> lines, String start, String... facts) {
      String line = lines.stream().filter(any -> any.startsWith(start)).findFirst().orElseThrow();
      for (String fact : facts) {
        assertTrue(line.contains(fact), () -> fact + " in " + line);
      }
    }

    @Test
    void hasTheRowsOfTheTable() {
      List<String> lines = section("Connects History", statement);
      JsonNode rows = history.get("expect").get("history");
      assertEquals(rows.size() + 1, lines.size());
      assertTrue(lines.get(0).matches(" +Date +What +Amount +Balance"), lines.get(0));
      Pattern table = Pattern.compile(" {2}(\\S+) {2,}(\\S.*?) {2,}([+-]\\d+) {2,}(\\d+)");
      for (int i = 0; i < rows.size(); i++) {
        Matcher row = table.matcher(lines.get(i + 1));
        assertTrue(row.matches(), lines.get(i + 1));
        assertEquals(rows.get(i).get("at").textValue(), row.group(1));
        assertEquals(rows.get(i).get("amount").longValue(), Long.parseLong(row.group(3)));
        assertEquals(rows.get(i).get("balance").longValue(), Long.parseLong(row.group(4)));
      }
      assertEquals(1, lines.stream().mapToInt(String::length).distinct().count());
    }

    @Test
    void tellsThatNothingIsPendingAndWhatComesNext() {
      assertEquals(List.of("  none"), section("Pending", statement));
      List<String> next = section("What comes next", statement);
      assertEquals(1, next.size());
      for (String fact : List.of("2021-09-01T00:00:00Z", "basic", "+10 Free monthly Connects")) {
        assertTrue(next.get(0).contains(fact), next.get(0));
      }
    }

    @Test
    void endsWith128Available() {
      String last = statement.get(statement.size() - 1);
      assertTrue(last.endsWith(" 128 available"), last);
      assertTrue(last.contains("2021-08-01T08:00:00Z"), last);
      assertTrue(last.contains("0 pending"), last);
    }

    @Test
    void tellsWhatIsPendingAndWhenItComesWhileItIs() {
      ObjectNode asked = history.deepCopy().put("until", "2021-06-22T12:00:00Z");
      ArrayNode events = (ArrayNode) asked.get("events");
      while (events.get(events.size() - 1).get("at").textValue().compareTo("2021-06-23") > 0) {
        events.remove(events.size() - 1);
      }

      List<String> lines = Run.of(write("asked.json", asked.toString()).toString()).outLines();

      List<String> pending = section("Pending", lines);
      List<String> next = section("What comes next", lines);
      assertEquals(3, pending.size());
      assertEquals(4, next.size());
      for (int i = 0; i < 3; i++) {
        String due = "2021-06-23T1%d:00:00Z".formatted(i);
        for (String fact :
            List.of("10 Connects", "p-m" + (i + 1), "2021-06-22T1%d:00:00Z".formatted(i), due)) {
          assertTrue(pending.get(i).contains(fact), pending.get(i));
        }
        assertTrue(next.get(i).startsWith("  At " + due), next.get(i));
        assertTrue(next.get(i).contains("10 Connects"), next.get(i));
      }
      assertTrue(next.get(3).startsWith("  At 2021-07-01T00:00:00Z"), next.get(3));
      String last = lines.get(lines.size() - 1);
      assertTrue(last.endsWith(": 30 pending, 74 available"), last);
    }
  }

  @Nested
  class SeveralFiles {

    @Test
    void giveTheirStatementsOneAfterTheOtherWithAnEmptyLineBetween() {
      String thread = conformance("11-forum-thread.json").toString();
      String first = conformance("01-new-talent.json").toString();

      Run run = Run.of(thread, first, thread);

      String gap = System.lineSeparator();
      assertEquals(
          Run.of(thread).out() + gap + Run.of(first).out() + gap + Run.of(thread).out(), run.out());
      assertEquals("", run.err());
      assertEquals(0, run.status());
    }

    @Test
    void areAllReplayedWhenSomeAreBad() {
      String good = conformance("01-new-talent.json").toString();
      String bad = write("bad.json", "{").toString();
      String missing = folder.resolve("missing.json").toString();

      Run run = Run.of(bad, good, missing, good);

      assertEquals(Run.of(good, good).out(), run.out());
      assertEquals(2, run.errLines().size(), run.err());
      assertTrue(run.errLines().get(0).startsWith(bad + ": "), run.err());
      assertTrue(run.errLines().get(1).startsWith(missing + ": "), run.err());
      assertEquals(1, run.status());
    }

    @Test
    void mayBeOneAndTheSameFile() {
      String good = conformance("01-new-talent.json").toString();
      assertEquals(Run.of("--json", good).out().repeat(2), Run.of("--json", good, good).out());
    }
  }

  // ------------------------------------------------------------------ fields

  private record Spoilt(String what, ObjectNode history, List<String> facts) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Spoilt spoilt(
      String what, ObjectNode history, Consumer<ObjectNode> spoil, String... facts) {
    ObjectNode copy = history.deepCopy();
    spoil.accept(copy);
    return new Spoilt(what, copy, List.of(facts));
  }

  /** Returns values that a field of the same kind as another value must not have. */
  private static List<JsonNode> ofOtherKinds(JsonNode value) {
    ImmutableList.Builder<JsonNode> others = ImmutableList.builder();
    others.add(JSON.nullNode(), JSON.createArrayNode(), JSON.createObjectNode());
    if (!value.isObject() && !value.isArray()) {
      others.add(JSON.createArrayNode().add(value), JSON.createObjectNode().set("x", value));
    }
    if (!value.isTextual()) {
      others.add(JSON.getNodeFactory().textNode(value.isContainerNode() ? "x" : value.toString()));
    } else {
      others.add(JSON.getNodeFactory().textNode(""));
    }
    if (!value.isBoolean()) {
      others.add(JSON.getNodeFactory().booleanNode(true));
    }
    if (!value.isNumber()) {
      others.add(JSON.getNodeFactory().numberNode(1));
    }
    others.add(JSON.getNodeFactory().numberNode(0.5));
    return others.build().stream().filter(other -> !sameKind(value, other)).toList();
  }

  private static boolean sameKind(JsonNode value, JsonNode other) {
    return value.getNodeType() == other.getNodeType()
        && !other.isDouble()
        && !(other.isTextual() && other.textValue().isEmpty());
  }

  private static Stream<Spoilt> spoiltEvents() {
    return eventsOfAllTypes().stream().flatMap(ReplayTest::spoiltEvent);
  }

  private static Stream<Spoilt> spoiltEvent(ObjectNode event) {
    List<Spoilt> cases = new ArrayList<>();
    ObjectNode history = history(event);
    String type = event.get("type").textValue();
    for (String field : ImmutableList.copyOf(event.fieldNames())) {
      String where = "event 1" + (field.equals("id") ? "" : " \"e1\"") + ", field " + field;
      cases.add(
          spoilt(type + " without " + field, history, all -> firstEvent(all).remove(field), where));
      for (JsonNode other : ofOtherKinds(event.get(field))) {
        // An empty id is a text all the same, and quoted as one.
        String found =
            field.equals("id") && other.isTextual() ? "event 1 \"\", field " + field : where;
        cases.add(
            spoilt(
                type + " with the " + field + " " + other,
                history,
                all -> firstEvent(all).set(field, other),
                found));
      }
    }
    for (String extra : List.of("extra", "ID", "subject", "title")) {
      cases.add(
          spoilt(
              type + " with a field " + extra,
              history,
              all -> firstEvent(all).put(extra, "x"),
              "event 1 \"e1\"",
              "field " + extra));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("spoiltEvents")
  void anEventsFieldThatIsMissingExtraOrMistypedIsNamed(Spoilt bad) {
    assertRefused(bad.history().toString(), bad.facts().toArray(String[]::new));
  }

  private static Stream<Spoilt> spoiltWallets() {
    List<Spoilt> cases = new ArrayList<>();
    for (String field : ImmutableList.copyOf(history().get("wallet").fieldNames())) {
      String where = "wallet, field " + field;
      if (!field.equals("zone") && !field.equals("readinessTest")) {
        cases.add(
            spoilt("no " + field, history(), all -> wallet(all).remove(field), where, "missing"));
      }
      for (JsonNode other : ofOtherKinds(history().get("wallet").get(field))) {
        cases.add(
            spoilt(field + " " + other, history(), all -> wallet(all).set(field, other), where));
      }
    }
    for (String extra : List.of("extra", "Plan", "id", "readiness-test")) {
      cases.add(
          spoilt(
              "a field " + extra,
              history(),
              all -> wallet(all).put(extra, "x"),
              "wallet, field " + extra));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("spoiltWallets")
  void aWalletsFieldThatIsMissingExtraOrMistypedIsNamed(Spoilt bad) {
    assertRefused(bad.history().toString(), bad.facts().toArray(String[]::new));
  }

  private static Stream<Spoilt> spoiltFiles() {
    List<Spoilt> cases = new ArrayList<>();
    for (String field : List.of("program", "wallet", "events")) {
      cases.add(spoilt("no " + field, history(), all -> all.remove(field), field, "missing"));
    }
    for (String field : List.of("title", "program", "wallet", "events", "until")) {
      for (JsonNode other : ofOtherKinds(history().get(field))) {
        // An object and a list are known by what they lack.
        boolean lacks = field.equals("wallet") && other.isObject();
        cases.add(
            spoilt(
                field + " " + other,
                history(),
                all -> all.set(field, other),
                lacks ? "wallet, field" : field + ":"));
      }
    }
    for (String extra : List.of("extra", "Wallet", "$schema")) {
      cases.add(spoilt("a field " + extra, history(), all -> all.put(extra, "x"), extra));
    }
    for (JsonNode other :
        List.of(
            JSON.nullNode(),
            JSON.createArrayNode(),
            JSON.getNodeFactory().textNode("x"),
            JSON.getNodeFactory().numberNode(1))) {
      cases.add(
          spoilt(
              "the second event is " + other,
              history(purchase()),
              all -> ((ArrayNode) all.get("events")).add(other),
              "event 2"));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("spoiltFiles")
  void aFilesOwnFieldThatIsMissingExtraOrMistypedIsNamed(Spoilt bad) {
    assertRefused(bad.history().toString(), bad.facts().toArray(String[]::new));
  }

  // ------------------------------------------------------------------ values

  private static Stream<Spoilt> unknownValues() {
    return Stream.of(
        spoilt("program", history(), all -> all.put("program", "stars"), "program", "stars"),
        spoilt("case", history(), all -> all.put("program", "Connects"), "program", "Connects"),
        spoilt("plan", history(), all -> wallet(all).put("plan", "gold"), "wallet, field plan"),
        spoilt(
            "account",
            history(),
            all -> wallet(all).put("account", "robot"),
            "wallet, field account",
            "robot"),
        spoilt(
            "zone",
            history(),
            all -> wallet(all).put("zone", "Mars/Olympus"),
            "wallet, field zone",
            "Mars/Olympus"),
        spoilt("offset", history(), all -> wallet(all).put("zone", "+19:00"), "wallet, field zone"),
        spoilt(
            "readinessTest",
            history(),
            all -> wallet(all).put("readinessTest", "maybe"),
            "wallet, field readinessTest",
            "maybe"),
        spoilt(
            "type",
            history(purchase()),
            all -> firstEvent(all).put("type", "bribe"),
            "event 1 \"e1\", field type",
            "bribe"),
        spoilt(
            "calendar",
            history(purchase()),
            all -> firstEvent(all).put("type", "renewed"),
            "event 1 \"e1\", field type",
            "renewed"),
        spoilt(
            "source",
            history(interview()),
            all -> firstEvent(all).put("source", "dream"),
            "event 1 \"e1\", field source",
            "dream"),
        spoilt(
            "outcome",
            history(closing()),
            all -> firstEvent(all).put("outcome", "won"),
            "event 1 \"e1\", field outcome",
            "won"),
        spoilt(
            "plan-changed",
            history(planChange()),
            all -> firstEvent(all).put("plan", "gold"),
            "event 1 \"e1\", field plan",
            "gold"));
  }

  @ParameterizedTest
  @MethodSource("unknownValues")
  void anUnknownValueIsNamedWithItsField(Spoilt bad) {
    assertRefused(bad.history().toString(), bad.facts().toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-9223372036854775808",
        "1.5",
        "2.0",
        "1e2",
        "1E0",
        "1e999999999",
        "9223372036854775808",
        "-9223372036854775809",
        "100000000000000000000000000"
      })
  void aCostThatIsNotAWholeNumberFromZeroUpIsNamed(String cost) {
    String text = history(submission()).toString();
    assertRefused(
        text.replace("\"cost\":2", "\"cost\":" + cost), "event 1 \"e1\", field cost", bound(cost));
  }

  /** Returns what the complaint must tell of the bounds: the lower one, or the upper one. */
  private static String bound(String cost) {
    return cost.equals("-1") || cost.equals("-9223372036854775808") ? "at least 0" : LONGEST;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.5", "1e2", "9223372036854775808"})
  void anAmountThatIsNotAWholeNumberFromOneUpIsNamed(String amount) {
    String text = history(purchase()).toString();
    assertRefused(
        text.replace("\"amount\":1", "\"amount\":" + amount), "event 1 \"e1\", field amount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "-0", "9223372036854775807"})
  void aCostOnTheEdgeIsReadAndDecided(String cost) {
    String text = history(submission()).toString().replace("\"cost\":2", "\"cost\":" + cost);
    Run run = Run.of("--json", write("edge.json", text).toString());
    assertEquals("", run.err());
    assertEquals(0, run.status());
  }

  @Test
  void aNumberTooLongToReadIsRefused() {
    assertRefused(
        history(submission()).toString().replace("\"cost\":2", "\"cost\":" + "9".repeat(5_000)));
  }

  // ------------------------------------------------------------------ instants and sums

  private static final List<String> NO_INSTANTS =
      List.of(
          "2021-01-05",
          "2021-01-05T09:00:00",
          "2021-02-30T00:00:00Z",
          "2021-01-05 09:00:00Z",
          "1609837200",
          "now",
          "+1000000001-01-01T00:00:00Z");

  private static final List<String> INSTANTS_OUT_OF_RANGE =
      List.of(
          "-1000000000-01-01T00:00:00Z",
          "0000-12-31T23:59:59.999999999Z",
          "+10000-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z");

  private static Stream<Spoilt> spoiltInstants() {
    return Stream.of(NO_INSTANTS, INSTANTS_OUT_OF_RANGE)
        .flatMap(List::stream)
        .flatMap(
            text ->
                Stream.of(
                    spoilt(
                        "openedAt " + text,
                        history(),
                        all -> wallet(all).put("openedAt", text),
                        "wallet, field openedAt",
                        text),
                    spoilt(
                        "at " + text,
                        history(purchase()),
                        all -> firstEvent(all).put("at", text),
                        "event 1 \"e1\", field at",
                        text),
                    spoilt(
                        "until " + text, history(), all -> all.put("until", text), "until", text)));
  }

  @ParameterizedTest
  @MethodSource("spoiltInstants")
  void anInstantThatIsNoneOrOutOfRangeIsNamedWithItsField(Spoilt bad) {
    assertRefused(bad.history().toString(), bad.facts().toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2019-04-30T23:59:59.999999999Z", "2019-04-30T23:59:59Z", "0001-01-01T00:00:00Z"})
  void anOpeningBeforeTheProgramIsRefused(String openedAt) {
    ObjectNode history = history();
    wallet(history).put("openedAt", openedAt);
    assertRefused(
        history.toString(), "wallet, field openedAt", openedAt, "2019-05-01T00:00:00Z", "connects");
  }

  @Test
  void anOpeningAtTheProgramsFirstInstantIsReplayed() {
    ObjectNode history = history();
    wallet(history).put("openedAt", "2019-05-01T00:00:00Z");
    history.remove("until");
    Run run = Run.of("--json", write("edge.json", history.toString()).toString());
    assertEquals(20, parsed(run.out()).get("available").longValue());
    assertEquals(0, run.status());
  }

  @Test
  void theLastInstantThatIsAcceptedIsReplayedAndStated() {
    ObjectNode history = history(purchase().put("at", "9999-12-31T23:59:59.999999999Z"));
    wallet(history).put("openedAt", "9999-12-15T00:00:00Z");
    String file = write("edge.json", history.toString()).toString();

    Run json = Run.of("--json", file);
    assertEquals("", json.err());
    assertEquals(91, parsed(json.out()).get("available").longValue());
    assertEquals(0, json.status());

    Run text = Run.of(file);
    assertEquals("", text.err());
    assertTrue(text.out().stripTrailing().endsWith("91 available"), text.out());
    assertEquals(0, text.status());
  }

  @Test
  void aSumThatFitsNoLongNamesTheEventThatBringsIt() {
    ObjectNode history =
        history(
            purchase().put("id", "b1").put("amount", Long.MAX_VALUE - 90),
            purchase().put("id", "b2").put("amount", Long.MAX_VALUE));
    assertRefused(history.toString(), "\"b2\"", "field amount", LONGEST);
  }

  @Test
  void aPurchaseThatTheOpeningsConnectsLeaveNoRoomForNamesTheEvent() {
    ObjectNode history = history(purchase().put("id", "b1").put("amount", Long.MAX_VALUE));
    assertRefused(history.toString(), "\"b1\"", "field amount", LONGEST);
  }

  /** What the account holds is stated all the same, and so are the files behind it. */
  @Test
  void aRenewalThatWillFitNoLongIsWhatComesNext() {
    Path full =
        write(
            "full.json",
            """
            {
              "title": "Full",
              "program": {
                "format": "allotment-program-1",
                "name": "full",
                "versions": [{
                  "version": "1",
                  "from": "2021-01-01T00:00:00Z",
                  "sources": [{"name": "s"}],
                  "plans": [{
                    "name": "p", "cycle": "P1M",
                    "allotment": [{"label": "Monthly", "source": "s", "amount": 1}]
                  }],
                  "rules": [
                    {"name": "monthly", "on": ["opened", "renewed"], "allot": {"how": "full"}},
                    {"name": "buy", "on": ["buy"], "grant": {
                      "type": "purchase",
                      "lines": [{"label": "Bought", "source": "s", "amount": {"fact": "amount"}}]
                    }}
                  ]
                }]
              },
              "wallet": {"openedAt": "2021-01-01T00:00:00Z", "plan": "p"},
              "events": [{
                "id": "e", "at": "2021-01-02T00:00:00Z", "type": "buy", "amount": 9223372036854775806
              }]
            }
            """);
    Run run = Run.of(full.toString(), write("good.json", "" + history(purchase())).toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("more than can be held"), run.out());
    assertTrue(run.out().contains(LONGEST + " available"), run.out());
    assertEquals(2, run.outLines().stream().filter(line -> line.startsWith("On the ")).count());
  }

  @Test
  void aReturnThatFitsNoLongNamesTheEvent() {
    ObjectNode history =
        history(
            submission().put("id", "s"),
            purchase().put("id", "b").put("amount", Long.MAX_VALUE - 90 + 2),
            closing().put("id", "c").put("outcome", "closed-without-hire"));
    assertRefused(history.toString(), "\"c\"", LONGEST);
  }

  // ------------------------------------------------------------------ files that are no histories

  private static Stream<byte[]> brokenFiles() {
    String good = history(purchase()).toString();
    return Stream.of(
            "{",
            "{\"title\": ",
            "nul",
            "{'title': 't'}",
            "{\"title\": \"a\nb\"}",
            "<xml/>",
            good.substring(0, good.length() - 1),
            good + "}",
            good + good,
            good + " 1",
            good + "\nx",
            good.replace("\"amount\":1", "\"amount\":01"),
            good.replace("\"amount\":1", "\"amount\":+1"),
            good.replace("\"amount\":1", "\"amount\":0x1"),
            good.replace("\"amount\":1", "\"amount\":NaN"),
            good.replace("\"amount\":1", "\"amount\":1,"),
            "// " + good)
        .map(text -> text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void brokenJsonIsRefusedWithItsPlace(byte[] broken) {
    assertRefused(broken, "JSON", "line", "column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n", " \t\r\n"})
  void anEmptyFileIsRefused(String empty) {
    assertRefused(empty, "empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "null", "true", "1", "1.5", "\"x\""})
  void aFileThatIsNotAnObjectIsRefused(String other) {
    assertRefused(other, "object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "plan", "amount", "id"})
  void aKeyThatStandsTwiceIsNamed(String key) {
    String text = history(purchase()).toString();
    String twice = text.replaceFirst("\"" + key + "\":[^,}]*", "$0,$0");
    assertNotEquals(text, twice);
    assertRefused(twice, "'" + key + "'", "line", "column");
  }

  /** Bytes within a text that are no character in UTF-8. */
  private static Stream<byte[]> bytesThatAreNoText() {
    return Stream.of(
        new byte[] {(byte) 0xff},
        new byte[] {(byte) 0x80},
        new byte[] {(byte) 0xe2, (byte) 0x82},
        new byte[] {(byte) 0xe9, 'x'},
        // An overlong zero, the first half of a pair, and what lies beyond the last character.
        new byte[] {(byte) 0xc0, (byte) 0x80},
        new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80});
  }

  @ParameterizedTest
  @MethodSource("bytesThatAreNoText")
  void bytesThatAreNoUtf8AreRefusedWhereverTheyStand(byte[] bytes) {
    String text = history(purchase()).toString();
    for (String before : List.of("\"id\":\"", "\"title\":\"", "{\"")) {
      int place = text.indexOf(before) + before.length();
      assertRefused(
          Bytes.concat(
              text.substring(0, place).getBytes(UTF_8),
              bytes,
              text.substring(place).getBytes(UTF_8)),
          "UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 100_000})
  void deepNestingIsRefusedWhereverItStands(int depth) {
    String nested = "[".repeat(depth) + "]".repeat(depth);
    assertRefused("[".repeat(depth));
    assertRefused("{\"a\":".repeat(depth));
    assertRefused(nested);
    for (String value : List.of("\"t\"", "\"basic\"", "\"e1\"")) {
      assertRefused(history(purchase()).toString().replace(value, nested));
    }
    assertRefused(history().put("expect", "x").toString().replace("\"x\"", nested));
  }

  @Test
  void aLongTextIsNamedInShort() {
    String plan = "x".repeat(1_000_000);
    String text = history(planChange()).toString().replace("plus", plan);
    assertRefused(text, "event 1 \"e1\", field plan", "x".repeat(20));
    Run run = Run.of(write("long.json", text).toString());
    assertTrue(run.err().length() < 2_000, () -> "" + run.err().length());
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    assertRefused(folder.resolve("missing.json").toString(), List.of("no such file"));
  }

  @Test
  void aFolderIsRefused() {
    assertRefused(folder.toString(), List.of("folder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing\u0000.json", "missing\n\r\u001b[31m\u0085\u2028.json"})
  void aFilesNameWithControlCharactersStaysOnOneLine(String name) {
    assertRefused(name, List.of());
  }

  // ------------------------------------------------------------------ hostile texts

  private static Stream<Spoilt> hostileTexts() {
    return Stream.of(
        spoilt("title", history(), all -> all.put("title", HOSTILE).remove("events"), "events"),
        spoilt("program", history(), all -> all.put("program", HOSTILE), "program"),
        spoilt("plan", history(), all -> wallet(all).put("plan", HOSTILE), "field plan"),
        spoilt("zone", history(), all -> wallet(all).put("zone", HOSTILE), "field zone"),
        spoilt("openedAt", history(), all -> wallet(all).put("openedAt", HOSTILE), "openedAt"),
        spoilt("field", history(), all -> all.put(HOSTILE, "x"), "belong"),
        spoilt("wallet's", history(), all -> wallet(all).put(HOSTILE, "x"), "wallet"),
        spoilt("event's", history(purchase()), all -> firstEvent(all).put(HOSTILE, "x"), "event 1"),
        spoilt(
            "id", history(purchase().put("id", HOSTILE)), all -> firstEvent(all).remove("amount")),
        spoilt("type", history(event(HOSTILE)), all -> {}, "field type"),
        spoilt("surrogate", history(event("x").put("id", "\ud800")), all -> {}, "field type"),
        spoilt(
            "overflow",
            history(purchase().put("id", HOSTILE).put("amount", Long.MAX_VALUE)),
            all -> {},
            "field amount"));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void controlCharactersNeverBreakTheOneLineOfAComplaint(Spoilt bad) {
    assertRefused(bad.history().toString(), bad.facts().toArray(String[]::new));
  }

  /** Returns a history in which every text of the host's is as given. */
  private static ObjectNode historyOf(String text) {
    ObjectNode history =
        history(
            submission().put("id", text).put("proposal", text).put("job", text),
            submission().put("id", text + 2).put("proposal", text).put("job", text),
            interview().put("id", text + 3).put("proposal", text),
            event("proposal-archived").put("id", text + 4).put("proposal", text),
            closing().put("id", text + 5).put("job", text),
            closing().put("id", text + 6).put("job", text),
            event("proposal-withdrawn").put("id", text + 7).put("proposal", text),
            purchase().put("id", text + 7));
    return history.put("title", text).put("until", "2021-01-06T12:00:00Z");
  }

  @Test
  void controlCharactersNeverBreakTheLinesOfAStatement() {
    Run plain = Run.of(write("plain.json", historyOf("name").toString()).toString());
    Run hostile = Run.of(write("hostile.json", historyOf(HOSTILE).toString()).toString());

    assertEquals("", hostile.err());
    assertEquals(0, hostile.status());
    assertEquals(plain.outLines().size(), hostile.outLines().size());
    hostile.outLines().forEach(ReplayTest::assertPlain);
    assertTrue(hostile.outLines().get(0).contains("\\u{a}"), hostile.outLines().get(0));
  }

  @Test
  void controlCharactersNeverBreakALineOfJsonAndAreKept() {
    Run run = Run.of("--json", write("hostile.json", historyOf(HOSTILE).toString()).toString());

    assertEquals("", run.err());
    assertEquals(1, run.outLines().size(), run.out());
    JsonNode result = parsed(run.out());
    assertEquals(8, result.get("decisions").size());
    assertEquals(HOSTILE, result.get("decisions").get(0).get("event").textValue());
    assertEquals(HOSTILE + 7, result.get("decisions").get(7).get("event").textValue());
  }

  // ------------------------------------------------------------------ the command line

  @ParameterizedTest
  @ValueSource(strings = {"--unknown", "-j", "-", "--JSON", "--json=1", "--\u001b[31m\n\u0085"})
  void anUnknownOptionIsNamedWithTheUsage(String option) {
    String good = conformance("01-new-talent.json").toString();
    for (String[] args : new String[][] {{option}, {option, good}, {good, option}}) {
      Run run = Run.of(args);
      assertEquals("", run.out());
      assertEquals(1, run.errLines().size(), run.err());
      assertPlain(run.errLines().get(0));
      assertTrue(run.err().contains(Lines.plain(option)), run.err());
      assertTrue(run.err().contains("usage: "), run.err());
      assertEquals(2, run.status());
    }
  }

  @Test
  void noFileGivesTheUsage() {
    for (String[] args : new String[][] {{}, {"--json"}, {"--"}, {"--json", "--"}}) {
      Run run = Run.of(args);
      assertEquals("", run.out());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().contains("no file"), run.err());
      assertTrue(run.err().contains("usage: "), run.err());
      assertEquals(2, run.status());
    }
  }

  @Test
  void helpIsWhatWasAskedForAndNoComplaint() {
    Run run = Run.of("--help");
    assertTrue(run.out().contains("usage: "), run.out());
    assertEquals("", run.err());
    assertEquals(0, run.status());
  }

  @Test
  void whatFollowsTwoHyphensIsAFile() {
    Run run = Run.of("--json", "--", "--missing", "--json");
    assertEquals(2, run.errLines().size(), run.err());
    assertTrue(run.errLines().get(0).startsWith("--missing: "), run.err());
    assertTrue(run.errLines().get(1).startsWith("--json: "), run.err());
    assertEquals(2, run.outLines().size(), run.out());
    assertEquals(1, run.status());
  }

  @Test
  void theOptionMayStandBehindTheFiles() {
    String good = conformance("01-new-talent.json").toString();
    assertEquals(Run.of("--json", good), Run.of(good, "--json"));
  }
}
