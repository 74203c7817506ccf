package io.github.allotment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.allotment.PolicyEngine;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a valid program is changed to, it is either a program, which is then written and read
 * again as it was and runs, or the reader lists its problems.
 */
class ProgramTreesFuzz {

  private static final Mutations PROGRAMS = new Mutations(Mutations.programs());

  static Stream<byte[]> seeds() {
    return Seeds.choosing(ProgramTreesFuzz.class, PROGRAMS.size(), 60);
  }

  @Timeout(10)
  @MethodSource("seeds")
  @FuzzTest
  void isAProgramThatRunsOrHasProblems(byte[] bytes) {
    Draws draws = new Draws(bytes);
    Object tree = PROGRAMS.mutated(PROGRAMS.drawn(draws), draws);
    Program program;
    try {
      program = ProgramData.fromTree(tree);
    } catch (InvalidDataException invalid) {
      return;
    }
    if (draws.thorough()) {
      assertEquals(program, ProgramData.fromTree(ProgramData.toTree(program)));
    }
    PolicyEngine engine = PolicyEngine.of(program);
    if (draws.isOneIn(4)) {
      Story.open(engine, Words.of(program), draws, 6);
    }
  }
}
