package io.github.allotment.examples.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.allotment.ReasonCode;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.examples.replay.Replay;
import io.github.allotment.policy.ProgramData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program in the guide is one, and gives what the guide says. */
class GuideTest {

  private static final Pattern BLOCK =
      Pattern.compile("<!-- (program|history): (\\S+) -->\\n```json\\n(.*?)```", Pattern.DOTALL);

  private static final String GUIDE = guide();

  private static String guide() {
    try {
      return Files.readString(Path.of("src", "site", "markdown", "writing-a-program.md"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Map<String, String> blocks(String kind) {
    Map<String, String> blocks = new LinkedHashMap<>();
    Matcher matcher = BLOCK.matcher(GUIDE);
    while (matcher.find()) {
      if (matcher.group(1).equals(kind)) {
        assertEquals(null, blocks.put(matcher.group(2), matcher.group(3)), matcher.group(2));
      }
    }
    return blocks;
  }

  static Stream<String> names() {
    return blocks("program").keySet().stream();
  }

  @Test
  void everyBlockOfJsonIsAProgramOrItsHistory() {
    assertEquals(blocks("program").keySet(), blocks("history").keySet());
    assertEquals(
        blocks("program").size() * 2L, Pattern.compile("```json").matcher(GUIDE).results().count());
    assertTrue(blocks("program").size() >= 15, "" + blocks("program").keySet());
  }

  @Test
  void theMistakeThatIsShownIsToldInTheseWords() {
    String broken =
        blocks("program")
            .getOrDefault("stars", "")
            .replace("{\"limit\": \"reviews\"}", "{\"limit\": \"review\"}");
    InvalidDataException thrown =
        assertThrows(
            InvalidDataException.class,
            () -> ProgramData.fromTree(Catalogue.plain(Catalogue.read(broken))));
    String text = thrown.problems().get(0).text();
    assertTrue(GUIDE.replace('\n', ' ').contains("`" + text + "`"), text);
  }

  @Test
  void everyRuleKindHasASection() {
    for (String kind :
        List.of(
            "Cycle",
            "Allotment",
            "Carry-over",
            "Balance cap",
            "Expiry",
            "Burn order",
            "Awards",
            "Award caps",
            "Charges",
            "Returns",
            "Top-ups and adjustments",
            "Wallet facts",
            "Plan changes",
            "Versions",
            "History files",
            "Reasons")) {
      assertTrue(GUIDE.contains("\n## " + kind + "\n"), kind);
    }
  }

  @Test
  void theReasonsStandInTheirOrder() {
    List<String> told =
        GUIDE
            .substring(GUIDE.indexOf("\n## Reasons\n"), GUIDE.indexOf("\n## Common mistakes\n"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertEquals(Stream.of(ReasonCode.values()).map(ReasonCode::code).toList(), told);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aProgramIsAsTheSchemaDescribesAndGivesWhatTheGuideSays(String name, @TempDir Path folder)
      throws IOException {
    JsonNode program = Catalogue.read(blocks("program").getOrDefault(name, ""));
    JsonNode history = Catalogue.read(blocks("history").getOrDefault(name, ""));
    assertEquals(List.of(), Catalogue.violations("program.schema.json", program));
    assertEquals(List.of(), Catalogue.violations("history.schema.json", history));
    Files.writeString(folder.resolve(name + ".json"), "" + program);
    Path file = Files.writeString(folder.resolve("history.json"), "" + history);

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Replay.run(
            List.of("verify", "" + file),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));

    assertEquals("", err.toString(StandardCharsets.UTF_8));
    assertEquals(0, status);
  }
}
