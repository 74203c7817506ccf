package io.github.allotment.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and writes the page.
 *
 * <p>{@code full} writes it into the site, {@code short} beside the results; anything else is a
 * pattern of benchmarks to run, without a page.
 */
public final class Suite {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Suite() {}

  /**
   * Runs.
   *
   * @param args the mode, the jar, and the folder for the results
   */
  public static void main(String[] args) throws IOException, RunnerException {
    String mode = args[0];
    boolean full = mode.equals("full");
    boolean all = full || mode.equals("short");
    Path folder = Path.of(args[2], all ? mode : "some");
    Files.createDirectories(folder);
    if (all) {
      JSON.writeValue(folder.resolve(Results.SIZES).toFile(), Sizes.measured(Path.of(args[1])));
      JSON.writeValue(folder.resolve(Results.MACHINE).toFile(), Machine.described());
    }
    String pattern = all ? Suite.class.getPackageName() + "\\." : mode;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(pattern)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(full ? 3 : 1)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(full ? 5 : 3)
            .measurementTime(TimeValue.milliseconds(200))
            .jvmArgs("-Xms1g", "-Xmx1g")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result("" + folder.resolve(Results.TIMES));
    if (!full) {
      // In full, JMH's own number, unless a class asks for another.
      options.warmupIterations(2);
    }
    new Runner(options.build()).run();
    if (all) {
      Path site = full ? Path.of("src", "site") : folder.resolve("site");
      Page.write(new Results(folder), site);
    }
  }
}
