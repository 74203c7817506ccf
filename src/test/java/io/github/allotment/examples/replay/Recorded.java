package io.github.allotment.examples.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.examples.programs.Catalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue's histories, and the reader of such files, for tests in other packages. */
public final class Recorded {

  /** A small program, for histories of programs that are not built in. */
  private static final String SMALL = "kind-facts";

  private static final PolicyEngine SMALL_ENGINE =
      PolicyEngine.of(Catalogue.program(Path.of("examples", "programs", SMALL + ".json")));

  private Recorded() {}

  /** A wallet of an engine's program. */
  public record Kept(PolicyEngine engine, Wallet wallet) {}

  /** Returns the wallets that a history's file comes to, after its opening and after each event. */
  public static List<Kept> wallets(Path file) {
    try {
      History history = HistoryReader.read(file);
      PolicyEngine engine = history.engine();
      List<Kept> wallets = new ArrayList<>();
      Wallet wallet = engine.open(history.opening()).wallet();
      wallets.add(new Kept(engine, wallet));
      for (Event event : history.events()) {
        wallet = engine.decide(wallet, event).wallet();
        wallets.add(new Kept(engine, wallet));
      }
      return wallets;
    } catch (BadHistory bad) {
      throw new IllegalStateException("" + file, bad);
    }
  }

  /** Returns the texts of all histories, each of the built-in program or of one small program. */
  public static List<byte[]> texts() {
    return Stream.concat(Catalogue.histories().stream(), Catalogue.conformance().stream())
        .map(
            file -> {
              ObjectNode history = (ObjectNode) Catalogue.read(file);
              if (!history.path("program").asText().equals(ProgramFile.BUILT_IN)) {
                history.put("program", SMALL);
              }
              history.remove("expect");
              return ("" + history).getBytes(StandardCharsets.UTF_8);
            })
        .toList();
  }

  /**
   * Reads a history, of which no other file is read.
   *
   * @return whether it is one
   */
  public static boolean isHistory(byte[] text) {
    try {
      HistoryReader.read(text, Recorded::named);
      return true;
    } catch (BadHistory bad) {
      return false;
    }
  }

  private static PolicyEngine named(String program) throws BadHistory {
    return switch (program) {
      case SMALL -> SMALL_ENGINE;
      case ProgramFile.BUILT_IN -> ProgramFile.builtIn();
      default -> throw new BadHistory("field program", "is not one of the two");
    };
  }
}
