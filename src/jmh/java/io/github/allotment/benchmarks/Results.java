package io.github.allotment.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a run left behind. */
final class Results {

  static final String TIMES = "times.json";
  static final String SIZES = "sizes.json";
  static final String MACHINE = "machine.json";

  /** The classes in the order of their rows. */
  private static final List<Class<?>> ORDER =
      List.of(
          ConnectsAwards.class,
          FloorAwards.class,
          RoomQuestion.class,
          Buckets.class,
          Ring.class,
          RuleAwards.class,
          Drools.class,
          Cel.class);

  private final JsonNode times;
  private final JsonNode sizes;
  private final JsonNode machine;
  private final List<Measured> rows;

  Results(Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper();
    times = json.readTree(folder.resolve(TIMES).toFile());
    sizes = json.readTree(folder.resolve(SIZES).toFile());
    machine = json.readTree(folder.resolve(MACHINE).toFile());
    List<Measured> all = new ArrayList<>();
    for (JsonNode row : times) {
      all.add(row(row));
    }
    all.sort(Comparator.comparing(Measured::section).thenComparingInt(Results::order));
    rows = List.copyOf(all);
  }

  private static int order(Measured row) {
    String simple = row.name().substring(0, row.name().indexOf('.'));
    for (int i = 0; i < ORDER.size(); i++) {
      if (ORDER.get(i).getSimpleName().equals(simple)) {
        return i;
      }
    }
    return ORDER.size();
  }

  private static Measured row(JsonNode row) {
    String benchmark = row.get("benchmark").asText();
    int dot = benchmark.lastIndexOf('.');
    String type = benchmark.substring(0, dot);
    Map<String, String> parameters = new LinkedHashMap<>();
    row.path("params")
        .properties()
        .forEach(it -> parameters.put(it.getKey(), it.getValue().asText()));
    return new Measured(
        shown(type, benchmark.substring(dot + 1)),
        type.substring(type.lastIndexOf('.') + 1) + benchmark.substring(dot),
        parameters,
        spread(row.get("primaryMetric")),
        spread(row.get("secondaryMetrics").get("gc.alloc.rate.norm")));
  }

  private static Shown shown(String type, String method) {
    try {
      Method[] methods = Class.forName(type).getDeclaredMethods();
      return Arrays.stream(methods)
          .filter(it -> it.getName().equals(method))
          .flatMap(it -> Stream.ofNullable(it.getAnnotation(Shown.class)))
          .findFirst()
          .orElseThrow();
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException(type, gone);
    }
  }

  /** Takes the iterations of all forks together. */
  private static Spread spread(JsonNode metric) {
    List<Double> values = new ArrayList<>();
    for (JsonNode fork : metric.get("rawData")) {
      fork.forEach(value -> values.add(value.asDouble()));
    }
    return Spread.of(values);
  }

  List<Measured> rows(Section section) {
    return rows.stream().filter(row -> row.section() == section).toList();
  }

  /** Finds a row by its class and method and some of its parameters' values. */
  Measured row(String name, String... values) {
    List<Measured> found = rows.stream().filter(row -> row.is(name, values)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          name + " " + List.of(values) + " names " + found.size() + " rows");
    }
    return found.get(0);
  }

  /** Returns a size by its name. */
  double size(String name) {
    return sizes.get(name).asDouble();
  }

  /** Returns the sizes, by name. */
  Map<String, Double> sizes() {
    Map<String, Double> all = new LinkedHashMap<>();
    sizes.properties().forEach(size -> all.put(size.getKey(), size.getValue().asDouble()));
    return all;
  }

  /** Returns what is known of the machine and the software. */
  Map<String, String> machine() {
    Map<String, String> all = new LinkedHashMap<>();
    machine.properties().forEach(it -> all.put(it.getKey(), it.getValue().asText()));
    return all;
  }

  /** Says how each row was measured. */
  String method() {
    JsonNode any = times.get(0);
    return "%s forks, in each %s iterations of %s to warm up%s and %s of %s that count"
        .formatted(
            any.get("forks").asText(),
            any.get("warmupIterations").asText(),
            any.get("warmupTime").asText(),
            otherWarmups(any.get("warmupIterations").asText()),
            any.get("measurementIterations").asText(),
            any.get("measurementTime").asText());
  }

  /** Says which classes of benchmarks warm up for more or fewer iterations than the others. */
  private String otherWarmups(String usual) {
    Set<String> others = new TreeSet<>();
    for (JsonNode row : times) {
      String iterations = row.get("warmupIterations").asText();
      if (!iterations.equals(usual)) {
        String[] names = row.get("benchmark").asText().split("\\.", -1);
        others.add(" (%s for `%s`)".formatted(iterations, names[names.length - 2]));
      }
    }
    return String.join("", others);
  }
}
