package io.github.allotment.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import io.github.allotment.testkit.Histories;
import io.github.allotment.testkit.History;
import io.github.allotment.testkit.WalletLaws;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/** What the page on testing shows is what the sources say, what fails and what is printed. */
class TestingPageTest {

  private static final Path PAGE = Path.of("src", "site", "markdown", "testing-a-program.md");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "io", "github", "allotment", "testing");

  private static List<String> blocks(String kind, String language) throws IOException {
    return Pattern.compile(
            "<!-- " + kind + " -->\n```" + language + "\n(.*?)^```$",
            Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private static List<String> shown(Path source) throws IOException {
    return Pattern.compile("// [^\n]*from here\n(.*?)\n? *// to here\\.", Pattern.DOTALL)
        .matcher(Files.readString(source))
        .results()
        .map(part -> part.group(1).stripTrailing().stripIndent() + "\n")
        .toList();
  }

  static Stream<String> names() throws IOException {
    Matcher block = Pattern.compile("<!-- java: (\\S+) -->").matcher(Files.readString(PAGE));
    return block.results().map(found -> found.group(1));
  }

  @ParameterizedTest
  @MethodSource("names")
  void javaIsWhatASourceSays(String name) throws IOException {
    boolean broken = name.equals("Stars.broken");
    Path source = SOURCES.resolve((broken ? "Stars" : name) + ".java");
    assertEquals(
        List.of(shown(source).get(broken ? 1 : 0)), blocks("java: " + Pattern.quote(name), "java"));
  }

  @Test
  void everyBlockOfJavaHasASource() throws IOException {
    long java = Pattern.compile("```java").matcher(Files.readString(PAGE)).results().count();
    assertEquals(java, names().count());
  }

  @Test
  void everyLawIsExplainedAndNoOther() throws IOException {
    TreeSet<String> laws =
        Stream.of(WalletLaws.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Property.class))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> explained =
        Pattern.compile("^\\| `(\\w+)` \\| \\S", Pattern.MULTILINE)
            .matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(laws, explained);
  }

  @Test
  void theHistoryOnThePageFailsInTheWordsOfThePage() throws IOException {
    String json = blocks("history", "json").get(0);
    History history = history(json);
    assertEquals(Stars.broken(), history.program());
    assertEquals(json.strip(), history.toJson());

    AssertionFailedError failure =
        assertThrows(AssertionFailedError.class, () -> tryProperty(history));
    String printed = failure.getMessage().replace("\n\n", "\n").indent(2);
    assertEquals(
        blocks("failure", "text").get(0), "org.opentest4j.AssertionFailedError:\n" + printed);
  }

  @Test
  void withTheRulesInTheirOrderTheHistoryDoesNotFail() throws IOException {
    History broken = history(blocks("history", "json").get(0));
    tryProperty(new History(Stars.program(), broken.opening(), broken.events(), broken.salt()));
  }

  @Test
  void generatedHistoriesFindTheBrokenProgram() {
    long found =
        LongStream.range(0, 100)
            .mapToObj(seed -> Histories.ofSeed(Stars.broken(), seed))
            .filter(TestingPageTest::fails)
            .count();
    assertTrue(found > 10, "found " + found + " times in 100");
  }

  private static boolean fails(History history) {
    try {
      tryProperty(history);
      return false;
    } catch (AssertionFailedError failure) {
      return true;
    }
  }

  private static void tryProperty(History history) {
    new StarsProperties().aRenewalKeepsFiftyAndAddsTwenty(history);
  }

  private static History history(String json) throws IOException {
    Map<?, ?> tree = new ObjectMapper().readValue(json, Map.class);
    Program program = ProgramData.fromTree(tree.get("program"));
    Map<?, ?> wallet = (Map<?, ?>) tree.get("wallet");
    Opening opening =
        Opening.of("" + wallet.get("plan"), Instant.parse("" + wallet.get("openedAt")));
    List<Event> events = new ArrayList<>();
    for (Object each : (List<?>) tree.get("events")) {
      Map<?, ?> event = (Map<?, ?>) each;
      Map<?, ?> facts = (Map<?, ?>) event.get("facts");
      events.add(
          Event.of(
                  "" + event.get("id"), Instant.parse("" + event.get("at")), "" + event.get("type"))
              .withSubject("" + event.get("subject"))
              .withGroup("" + event.get("group"))
              .withAmount(((Number) event.get("amount")).longValue())
              .withFact("helpful", (Boolean) facts.get("helpful")));
    }
    return new History(program, opening, events, 0);
  }
}
