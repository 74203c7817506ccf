package io.github.allotment.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.allotment.PolicyEngine;
import io.github.allotment.connects.Connects;
import io.github.allotment.examples.programs.Catalogue;
import io.github.allotment.policy.Program;
import io.github.allotment.reference.DrawnPrograms;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever events arrive, in whatever order, the engine decides them and every law holds. */
class EventStreamsFuzz {

  private record Played(PolicyEngine engine, Words words) {
    static Played of(Program program) {
      return new Played(PolicyEngine.of(program), Words.of(program));
    }
  }

  /** The built-in program, the catalogue's, and some drawn from the whole rule language. */
  private static final List<Played> PROGRAMS =
      Stream.of(
              Stream.of(Connects.program()),
              Catalogue.programs().stream().map(Catalogue::program),
              LongStream.range(0, 96).mapToObj(DrawnPrograms::of))
          .flatMap(programs -> programs)
          .map(Played::of)
          .toList();

  static Stream<byte[]> seeds() {
    return Seeds.choosing(EventStreamsFuzz.class, PROGRAMS.size(), 120);
  }

  @Timeout(10)
  @MethodSource("seeds")
  @FuzzTest
  void everyEventIsDecidedAndEveryLawHolds(byte[] bytes) {
    Draws draws = new Draws(bytes);
    Played played = PROGRAMS.get(draws.below(1 << 16) % PROGRAMS.size());
    Story.open(played.engine(), played.words(), draws, 10);
  }
}
