package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.policy.FactValue;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is taken apart calls the one function that is for it, with what it has. */
class FoldsTest {

  private static final Instant AT = Instant.parse("2021-01-05T00:00:00Z");

  @Test
  void anAnswerIsAnInstantAReasonOrAHorizon() {
    Reason reason = new Reason.NoRule("x", AT, "v");
    assertEquals(
        List.of("at " + AT, "never " + reason, "not before " + AT),
        Stream.of(new Earliest.At(AT), new Earliest.Never(reason), new Earliest.NotBefore(AT))
            .map(
                answer ->
                    answer.<String>fold(
                        at -> "at " + at,
                        never -> "never " + never,
                        horizon -> "not before " + horizon))
            .toList());
  }

  @Test
  void aChangeHasTheRowsThatItIsAbout() {
    Use one = new Use("limit", AT, 1);
    Use two = new Use("limit", AT, 2);
    assertEquals(
        List.of(List.of("added", one), List.of("changed", one, two), List.of("removed", two)),
        Stream.of(new Change.Added(one), new Change.Changed(one, two), new Change.Removed(two))
            .map(
                change ->
                    change.<List<Object>>fold(
                        row -> List.of("added", row),
                        (before, row) -> List.of("changed", before, row),
                        row -> List.of("removed", row)))
            .toList());
  }

  @Test
  void aValueIsATextANumberOrATruth() {
    assertEquals(
        List.of("text x", "whole 7", "truth true"),
        Stream.of(FactValue.of("x"), FactValue.of(7), FactValue.of(true))
            .map(
                value ->
                    value.<String>fold(
                        text -> "text " + text, whole -> "whole " + whole, is -> "truth " + is))
            .toList());
  }
}
