package io.github.allotment.examples.replay;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads history files for whoever measures them. */
public final class Histories {

  private Histories() {}

  /** What a history file tells, without what must come of it. */
  public record Told(
      PolicyEngine engine, Opening opening, List<Event> events, Optional<Instant> until) {}

  /** Reads files. */
  public static List<Told> read(List<Path> files) {
    return files.stream().map(Histories::read).toList();
  }

  private static Told read(Path file) {
    try {
      History history = HistoryReader.read(file);
      return new Told(history.engine(), history.opening(), history.events(), history.until());
    } catch (BadHistory bad) {
      throw new IllegalStateException("" + file, bad);
    }
  }
}
