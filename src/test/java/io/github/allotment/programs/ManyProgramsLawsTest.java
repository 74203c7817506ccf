package io.github.allotment.programs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;

/** Every law holds for every program of the catalogue, and for some with every kind of rule. */
class ManyProgramsLawsTest implements WalletLaws {

  private static final List<Program> PROGRAMS = programs();

  private static List<Program> programs() {
    List<Program> programs = new ArrayList<>(NewKindsProperties.all());
    try (Stream<Path> files = Files.list(Path.of("examples/programs"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
        programs.add(
            ProgramData.fromTree(
                new ObjectMapper().readValue(Files.readString(file), Object.class)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return programs;
  }

  @Override
  public UnderTest underTest() {
    return UnderTest.programs(Arbitraries.of(PROGRAMS));
  }
}
