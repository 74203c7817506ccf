package io.github.allotment.examples.programs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The program files and histories of the examples, and the schemas that describe them. */
public final class Catalogue {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Maven runs the tests in the project's folder. */
  private static final Path FOLDER = Path.of("examples", "programs");

  private Catalogue() {}

  /** Returns the program files, of which there must be enough: an empty folder proves nothing. */
  public static List<Path> programs() {
    return files(FOLDER, 31);
  }

  /** Returns the histories, of which there must be enough. */
  public static List<Path> histories() {
    return files(FOLDER.resolve("histories"), 43);
  }

  /** Returns the conformance histories, of which there must be enough. */
  public static List<Path> conformance() {
    return files(Path.of("src", "test", "resources", "conformance"), 26);
  }

  private static List<Path> files(Path folder, int least) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> ("" + file).endsWith(".json")).sorted().toList();
      if (found.size() < least) {
        throw new IllegalStateException("only " + found.size() + " files in " + folder);
      }
      return found;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads JSON. */
  public static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads JSON. */
  public static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(text, unreadable);
    }
  }

  /** Makes maps, lists, texts, numbers and truth values of JSON. */
  public static Object plain(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }

  /** Makes JSON of maps, lists, texts, numbers and truth values. */
  public static JsonNode json(Object plain) {
    try {
      return JSON.readTree(JSON.writeValueAsString(plain));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Reads a program file. */
  public static Program program(Path file) {
    return ProgramData.fromTree(plain(read(file)));
  }

  /** Returns what a shipped schema says against a file; nothing if it is as described. */
  public static List<String> violations(String schema, JsonNode node) {
    return Schemas.of(schema).validate(node).stream().map(Object::toString).toList();
  }

  /** Returns a shipped schema as it is. */
  public static JsonNode schema(String name) {
    try (InputStream in = Program.class.getResourceAsStream("/io/github/allotment/" + name)) {
      return JSON.readTree(Objects.requireNonNull(in, name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static final class Schemas {

    private static final Schema PROGRAM = load("program.schema.json");
    private static final Schema HISTORY = load("history.schema.json");

    private static Schema load(String name) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(schema(name));
    }

    static Schema of(String name) {
      return name.equals("program.schema.json") ? PROGRAM : HISTORY;
    }
  }
}
