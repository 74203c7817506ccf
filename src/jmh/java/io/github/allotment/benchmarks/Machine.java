package io.github.allotment.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured on, and what. */
final class Machine {

  private static final String VERSION = "version.";

  private Machine() {}

  static Map<String, String> described() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    facts.put("Processor", processor() + ", " + system.getAvailableProcessors() + " cores");
    facts.put("Memory", (system.getTotalMemorySize() >> 30) + " GiB");
    facts.put("System", system.getName() + " " + system.getVersion());
    facts.put(
        "JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(VERSION))
        .sorted()
        .forEach(name -> facts.put(name.substring(VERSION.length()), System.getProperty(name)));
    facts.put("Measured at", "" + Instant.now().truncatedTo(ChronoUnit.MINUTES));
    return facts;
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (Files.isReadable(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }
}
