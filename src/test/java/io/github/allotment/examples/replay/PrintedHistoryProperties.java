package io.github.allotment.examples.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.examples.programs.Catalogue;
import io.github.allotment.testkit.Histories;
import io.github.allotment.testkit.History;
import io.github.allotment.testkit.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a failing property prints can be replayed as it is: it carries its program. */
class PrintedHistoryProperties {

  @Property(tries = 100)
  void aPrintedHistoryIsReplayedAsItIs(@ForAll long seed) throws IOException {
    History history = Histories.ofSeed(Programs.ofSeed(seed), seed);
    assertEquals(
        List.of(), Catalogue.violations("history.schema.json", Catalogue.read(history.toString())));
    Path file = Files.createTempFile("history", ".json");
    try {
      Files.writeString(file, history.toString());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Replay.run(
          List.of("--json", "" + file),
          new PrintStream(out, true, UTF_8),
          new PrintStream(err, true, UTF_8));
      assertEquals("", err.toString(UTF_8));
      assertEquals(
          available(history), Catalogue.read(out.toString(UTF_8)).get("available").asLong());
    } finally {
      Files.delete(file);
    }
  }

  private static long available(History history) {
    PolicyEngine engine = PolicyEngine.of(history.program());
    Wallet wallet = engine.open(history.opening()).wallet();
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      wallet = decision.wallet();
    }
    return wallet.available();
  }
}
