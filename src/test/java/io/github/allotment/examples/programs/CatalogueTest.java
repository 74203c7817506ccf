package io.github.allotment.examples.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.allotment.connects.Connects;
import io.github.allotment.examples.replay.Replay;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program file is one, and every history of one gives what it must. */
class CatalogueTest {

  static Stream<Path> programs() {
    return Catalogue.programs().stream();
  }

  static Stream<Path> histories() {
    return Catalogue.histories().stream();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramFileIsReadAndWrittenWithoutLoss(Path file) {
    Program program = Catalogue.program(file);
    JsonNode written = Catalogue.json(ProgramData.toTree(program));
    assertEquals(program, ProgramData.fromTree(Catalogue.plain(written)));
    assertEquals(withoutComments(Catalogue.read(file)), written);
  }

  private static JsonNode withoutComments(JsonNode node) {
    node.findParents("comment").forEach(parent -> ((ObjectNode) parent).remove("comment"));
    return node;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramFileSaysWhereItsRulesComeFrom(Path file) {
    JsonNode comment = Catalogue.read(file).path("comment");
    String last = comment.path(comment.size() - 1).asText();
    assertTrue(last.startsWith("Source: "), last);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramFileIsAsTheSchemaDescribes(Path file) {
    assertEquals(List.of(), Catalogue.violations("program.schema.json", Catalogue.read(file)));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramFileHasAHistory(Path file) {
    String name = ("" + file.getFileName()).replace(".json", "");
    assertTrue(
        histories()
            .anyMatch(
                it -> Catalogue.read(it).get("program").textValue().endsWith("/" + name + ".json")),
        name);
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aHistoryIsAsTheSchemaDescribes(Path file) {
    assertEquals(List.of(), Catalogue.violations("history.schema.json", Catalogue.read(file)));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aHistoryGivesWhatItMust(Path file) {
    Output output = run("verify", "" + file);
    assertEquals("", output.err());
    assertEquals(0, output.status());
  }

  @ParameterizedTest
  @MethodSource("histories")
  void aHistorySaysWhatMustComeOfEveryEventAndEveryRow(Path file) {
    JsonNode expect = Catalogue.read(file).get("expect");
    assertEquals(Catalogue.read(file).get("events").size(), expect.get("decisions").size());
    expect.get("decisions").forEach(it -> assertEquals(5, it.size(), "" + it));
    assertTrue(expect.has("history") && expect.has("available") && expect.has("pending"));
  }

  @Test
  void theConformanceHistoriesAreAsTheSchemaDescribes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "conformance"))) {
      List<Path> all = files.toList();
      assertTrue(all.size() >= 26, "" + all);
      for (Path file : all) {
        assertEquals(
            List.of(),
            Catalogue.violations("history.schema.json", Catalogue.read(file)),
            "" + file);
      }
    }
  }

  @Test
  void theBuiltInProgramIsInTheCatalogue() {
    assertEquals(
        Connects.program(), Catalogue.program(Path.of("examples", "programs", "connects.json")));
  }

  @Test
  void theShippedSchemaIsTheOneOfTheReader() {
    assertEquals(Catalogue.json(ProgramData.schema()), Catalogue.schema("program.schema.json"));
  }

  // The check mode

  private record Output(int status, String out, String err) {}

  private static Output run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Replay.run(
            List.of(args),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Output(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void checkingSaysWhatEachProgramConsistsOf() {
    List<String> args = new ArrayList<>(List.of("check"));
    programs().forEach(file -> args.add("" + file));
    Output output = run(args.toArray(String[]::new));
    assertEquals("", output.err());
    assertEquals(0, output.status());
    assertEquals(
        args.size() - 1, output.out().lines().filter(line -> !line.contains(": note: ")).count());
    assertTrue(output.out().contains("elance.json: program elance: 1 version, 3 rules\n"));
  }

  @Test
  void checkingTellsWhichFactsOnlyAnOpeningCanSet() {
    assertEquals(
        List.of(
            "examples/programs/kind-facts.json: note: rule 10 for the founding cohort asks for the wallet's"
                + " fact cohort, which only an opening can set"),
        run("check", "examples/programs/kind-facts.json").out().lines().skip(1).toList());
  }

  @Test
  void checkingAHistoryAndPlayingAProgramSayWhatTheFileIs() {
    String history = "" + Catalogue.histories().get(0);
    assertEquals(
        history + ": this is a history, not a program: leave out check, or write verify instead\n",
        run("check", history).err().replace(System.lineSeparator(), "\n"));
    String program = "" + Catalogue.programs().get(0);
    assertEquals(
        program + ": this is a program, not a history: write check before it\n",
        run(program).err().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void checkingNamesEveryProblemWithItsPlace(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("broken.json");
    Files.writeString(
        file,
        Files.readString(Path.of("examples", "programs", "elance.json"))
            .replace("\"most\": 60", "\"most\": -1")
            .replace("\"monthly Connects\"", "\"monthly Connects\", \"onn\": []"));
    Output output = run("check", "--", "" + file);
    assertEquals(1, output.status());
    assertEquals("", output.out());
    assertEquals(2, output.err().lines().count(), output.err());
    assertTrue(
        output.err().contains("versions[0].rules[0].forfeit.most: expected a whole number"),
        output.err());
    assertTrue(output.err().contains("versions[0].rules[1].onn: "), output.err());
    assertTrue(output.err().contains("; did you mean on?"), output.err());
  }

  @Test
  void checkingNeedsAFileAndKnowsNoOptions() {
    assertEquals(2, run("check").status());
    assertEquals(2, run("check", "--json", "x").status());
    assertEquals(1, run("check", "no-such-file.json").status());
    assertEquals(1, run("check", "").status());
  }

  @Test
  void aHistoryOfABrokenProgramSaysWhatIsWrongWithIt(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("p.json"), "{\"format\": \"allotment-program-1\"}");
    Path history = folder.resolve("h.json");
    Files.writeString(
        history,
        "{\"program\": \"p.json\", \"events\": [],"
            + " \"wallet\": {\"plan\": \"x\", \"openedAt\": \"2021-01-01T00:00:00Z\"}}");
    Output output = run("" + history);
    assertEquals(1, output.status());
    assertTrue(output.err().contains("versions: expected a value; found: nothing"), output.err());
  }
}
