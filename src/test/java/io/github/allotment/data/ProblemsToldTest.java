package io.github.allotment.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How problems are put into words. */
class ProblemsToldTest {

  @Test
  void aProblemSaysWhereItIsWhatWasExpectedWhatWasFoundAndWhatMayHaveBeenMeant() {
    assertEquals(
        "a.b: expected a source; found: mnthly; did you mean monthly?",
        Problem.unknown("a.b", "a source", "mnthly", "mnthly", List.of("bonus", "monthly")).text());
    assertEquals(
        "a.b: expected a source; found: x",
        Problem.unknown("a.b", "a source", "x", "x", List.of("bonus", "monthly")).text());
    assertEquals("expected a map; found: 5", Problem.of("", "a map", "5").text());
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', ''",
    "'', a, a",
    "a, '', a",
    "a, b, a.b",
    "a, [0], a[0]",
    "a[0], b.c, a[0].b.c",
    "'', [0].b, [0].b"
  })
  void aPlaceWithinAnotherIsReadFromTheRoot(String outer, String path, String whole) {
    assertEquals(
        new Problem(whole, "x", "y", Optional.of("z")),
        new Problem(path, "x", "y", Optional.of("z")).within(outer));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, ''", "100, 100, ''", "101, 100, '; and 1 more'", "250, 100, '; and 150 more'"})
  void aMessageTellsTheFirstHundredAndCountsTheRest(int count, int told, String rest) {
    List<Problem> problems =
        IntStream.range(0, count).mapToObj(i -> Problem.of("p" + i, "x", "y")).toList();
    InvalidDataException thrown = new InvalidDataException("the file f", problems);
    assertEquals(problems, thrown.problems());
    assertEquals(
        "the file f: "
            + String.join("; ", problems.stream().limit(told).map(Problem::text).toList())
            + rest,
        thrown.getMessage());
  }

  @Test
  void thereIsNoExceptionWithoutAProblem() {
    List<Problem> none = List.of();
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> new InvalidDataException("the file f", none));
    assertEquals("there must be a problem", thrown.getMessage());
  }

  @Test
  void anExceptionFromAnotherProcessKeepsItsMessageAndNoProblems()
      throws IOException, ClassNotFoundException {
    InvalidDataException thrown =
        new InvalidDataException("the file f", List.of(Problem.of("a", "x", "y")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thrown);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      InvalidDataException received = (InvalidDataException) in.readObject();
      assertEquals(thrown.getMessage(), received.getMessage());
      assertEquals(List.of(), received.problems());
    }
  }
}
