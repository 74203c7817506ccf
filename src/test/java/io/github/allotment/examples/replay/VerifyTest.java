package io.github.allotment.examples.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.examples.programs.Catalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verify mode, and all that a history file may say. */
class VerifyTest {

  /** Two purchases and a use that is refused, of a program that stands in the file. */
  private static final String HISTORY =
      """
      {
        "comment": ["a history", "with its program"],
        "program": {
          "format": "allotment-program-1", "name": "p", "versions": [{
            "version": "1", "from": "2020-01-01T00:00:00Z",
            "sources": [{"name": "bought"}],
            "plans": [{"name": "member", "cycle": "P1M"}],
            "rules": [
              {"name": "bought", "on": ["purchased"], "grant": {"type": "purchase",
                "lines": [{"label": "B", "source": "bought", "amount": {"fact": "amount"}}]}},
              {"name": "use", "on": ["used"], "charge": {"label": "U", "amount": {"fact": "amount"}}}
            ]
          }]
        },
        "wallet": {"comment": "w", "plan": "member", "openedAt": "2021-01-01T00:00:00Z"},
        "events": [
          {"id": "e1", "comment": "one", "at": "2021-01-02T00:00:00Z", "type": "purchased", "amount": 5},
          {"id": "e1", "at": "2021-01-02T00:00:00Z", "type": "purchased", "amount": 5},
          {"id": "e2", "at": "2021-01-02T00:00:00Z", "type": "used", "amount": 7}
        ],
        "expect": {
          "comment": "x",
          "decisions": [
            {"event": "e1", "comment": "d", "reason": "applied", "available": 5},
            {"event": "e1", "outcome": "duplicate", "reason": "seen-before"},
            {"event": "e2", "reason": "not-enough", "pending": 0}
          ],
          "history": [
            {"comment": "r", "at": "2021-01-02T00:00:00.000Z", "type": "purchase", "amount": 5, "balance": 5}
          ],
          "available": 5, "onHold": 0
        }
      }
      """;

  private final Path file;

  VerifyTest(@TempDir Path folder) {
    file = folder.resolve("h.json");
  }

  private record Run(int status, String out, List<String> err) {}

  private Run verify(String history) {
    try {
      Files.writeString(file, history);
    } catch (IOException unwritable) {
      throw new AssertionError(unwritable);
    }
    return run("verify", "" + file);
  }

  private Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Replay.run(
            List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Run(
        status,
        out.toString(UTF_8).strip(),
        err.toString(UTF_8).lines().map(line -> line.replace(file + ": ", "")).toList());
  }

  private static String with(String old, String replacement) {
    assertTrue(HISTORY.contains(old), old);
    return HISTORY.replace(old, replacement);
  }

  @Test
  void aHistoryThatGivesWhatItExpectsIsAsExpected() {
    Run run = verify(HISTORY);
    assertEquals(List.of(), run.err());
    assertEquals(file + ": as expected: 3 decisions, 1 row, available 5, onHold 0", run.out());
    assertEquals(0, run.status());
    assertEquals(List.of(), Catalogue.violations("history.schema.json", Catalogue.read(HISTORY)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"available\": 5, \"on|\"available\": 6, \"on|expect, field available: expected 6, but it is 5",
        "\"onHold\": 0|\"frozen\": 1|expect, field frozen: expected 1, but it is 0",
        "not-enough|no-room|expect, decision 3 \"e2\", field reason: expected no-room, but it is"
            + " not-enough; Refused: it costs 7 credits and 5 are available (use).",
        "\"available\": 5}|\"available\": 4}|expect, decision 1 \"e1\", field available: expected 4,"
            + " but it is 5; 5 credits added (bought).",
        "{\"event\": \"e2\"|{\"event\": \"e3\"|expect, decision 3 \"e3\": there is no such event, or it"
            + " is not in this order",
        "\"amount\": 5, \"balance\": 5|\"amount\": 5, \"balance\": 6|expect, row 1: expected"
            + " 2021-01-02T00:00:00Z purchase 5, balance 6, but it is 2021-01-02T00:00:00Z purchase"
            + " 5, balance 5",
        "\"balance\": 5}|\"balance\": 5}, {\"at\": \"2021-01-03T00:00:00Z\", \"type\": \"charge\","
            + " \"amount\": -1, \"balance\": 4}|expect, row 2: expected 2021-01-03T00:00:00Z charge -1,"
            + " balance 4, but there are no more rows",
      })
  void aDifferenceIsToldWithItsPlace(String old, String replacement, String told) {
    Run run = verify(with(old, replacement));
    assertEquals(List.of(told), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.status());
  }

  @Test
  void aRowThatIsNotExpectedIsTold() {
    int from = HISTORY.indexOf("      {\"comment\": \"r\"");
    int to = HISTORY.indexOf("    ],\n    \"available\"");
    Run run = verify(HISTORY.substring(0, from) + HISTORY.substring(to));
    assertEquals(
        List.of(
            "expect, row 1: expected no more rows, but it is 2021-01-02T00:00:00Z purchase 5,"
                + " balance 5"),
        run.err());
  }

  @Test
  void whatIsLeftOutIsNotCompared() {
    int from = HISTORY.indexOf("    \"comment\": \"x\"");
    int to = HISTORY.indexOf("\"available\": 5, \"on");
    assertEquals(0, verify(HISTORY.substring(0, from) + HISTORY.substring(to)).status());
    assertEquals(
        0,
        verify(
                with("{\"event\": \"e1\", \"outcome\"", "{\"event\": \"e1\"")
                    .replace(": \"duplicate\"", ""))
            .status());
  }

  @Test
  void aHistoryThatExpectsNothingCanNotBeVerified() {
    Run run = verify(HISTORY.substring(0, HISTORY.indexOf(",\n  \"expect\"")) + "}");
    assertEquals(List.of("expect: is missing: there is nothing to verify"), run.err());
    assertEquals(1, run.status());
  }

  @Test
  void everyFileIsVerified() {
    verify(with("\"onHold\": 0", "\"onHold\": 1"));
    Run run = run("verify", "" + file, "no-such.json", "" + Catalogue.histories().get(0));
    assertEquals(2, run.err().size());
    assertTrue(run.out().startsWith("" + Catalogue.histories().get(0)), run.out());
    assertEquals(1, run.status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"history\"|\"historyy\"|expect, field historyy: is not a field that belongs here",
        "\"onHold\": 0|\"onHold\": -1|expect, field onHold: must be at least 0, but is -1",
        "\"onHold\": 0|\"onHold\": \"0\"|expect, field onHold: must be a whole number up to"
            + " 9223372036854775807, but is the text \"0\"",
        "not-enough|not-enuff|expect, decision 3, field reason: is not a known reason: \"not-enuff\"",
        "\"duplicate\"|\"double\"|expect, decision 2, field outcome: is not a known outcome: \"double\"",
        "\"pending\": 0|\"pnding\": 0|expect, decision 3, field pnding: is not a field that belongs"
            + " here",
        "{\"event\": \"e2\", |{|expect, decision 3, field event: is missing",
        "\"type\": \"purchase\", \"amount\": 5,|\"type\": \"purchase\",|expect, row 1, field amount: is"
            + " missing",
        "\"type\": \"purchase\", \"amount\"|\"type\": \"buy\", \"amount\"|expect, row 1, field type: is not a"
            + " known type of row: \"buy\"",
        "00:00.000Z|00:00|expect, row 1, field at: must be an instant like 2021-01-05T09:00:00Z, but"
            + " is \"2021-01-02T00:00:00\"",
        "\"comment\": \"r\"|\"comment\": 1|expect, row 1, field comment: must be a text or a list of"
            + " texts, but is 1",
        "\"comment\": \"w\"|\"comment\": [1]|wallet, field comment: must be a text or a list of texts,"
            + " but is a list",
      })
  void whatIsWrongInAHistoryIsNamedInEveryMode(String old, String replacement, String told) {
    String broken = with(old, replacement);
    assertEquals(List.of(told), verify(broken).err());
    assertEquals(List.of(told), run("" + file).err());
    assertEquals(1, run("" + file).status());
    assertTrue(
        !Catalogue.violations("history.schema.json", Catalogue.read(broken)).isEmpty(), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "null"})
  void anExpectationIsAnObject(String other) {
    int from = HISTORY.indexOf("\"expect\": {") + "\"expect\": ".length();
    Run run = verify(HISTORY.substring(0, from) + other + "}");
    assertTrue(run.err().get(0).startsWith("expect: must be an object, but is "), "" + run.err());
  }

  @Test
  void aBrokenProgramInAHistoryIsTold() {
    Run run = verify(with("\"cycle\": \"P1M\"", "\"cycle\": \"month\""));
    assertEquals(1, run.err().size());
    String told = run.err().get(0);
    assertTrue(told.startsWith("field program: is not a program: "), told);
    assertTrue(told.contains("versions[0].plans[0].cycle"), told);
  }

  @Test
  void verifyNeedsAFileAndKnowsNoOptions() {
    assertEquals(2, run("verify").status());
    assertEquals(2, run("verify", "--json", "x").status());
    assertEquals(1, run("verify", "--", "--json").status());
  }
}
