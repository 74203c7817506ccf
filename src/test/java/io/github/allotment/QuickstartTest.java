package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.examples.quickstart.Quickstart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What a newcomer sees first: the lines that the quickstart prints. */
@ResourceLock(Resources.SYSTEM_OUT)
class QuickstartTest {

  @Test
  void theLinesHaveTheFiguresThatTheRulesGive() {
    List<String> lines = printed();

    assertEquals(4, lines.size(), () -> "" + lines);
    assertEquals("50 available", lines.get(0));
    assertTrue(lines.get(1).startsWith("4 Connects spent on proposal-1"), lines.get(1));
    assertTrue(lines.get(2).startsWith("10 Connects earned"), lines.get(2));
    assertTrue(lines.get(2).contains("40 of 50 left in 7 days"), lines.get(2));
    assertEquals("10 pending", lines.get(3));
  }

  private static List<String> printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
