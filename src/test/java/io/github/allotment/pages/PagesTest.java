package io.github.allotment.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java on the pages about hosts is what the sources in this package say. */
class PagesTest {

  private static final Path SOURCES =
      Path.of("src", "test", "java", "io", "github", "allotment", "pages");

  static String page(String name) {
    try {
      return Files.readString(Path.of("src", "site", "markdown", name + ".md"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns the statements of a page's blocks of SQL. */
  static List<String> sql(String page, int block) {
    String found =
        Pattern.compile("^```sql\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(page(page))
            .results()
            .map(each -> each.group(1))
            .toList()
            .get(block);
    return Stream.of(found.split(";")).map(String::strip).filter(each -> !each.isEmpty()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"moving-accounts", "storing-wallets", "units-and-scale", "what-it-does-not-do"})
  void everyBlockOfJavaIsWhatASourceSays(String page) throws IOException {
    List<String> names =
        Pattern.compile(
                "<!-- java: (\\S+) -->\n```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(page(page))
            .results()
            .map(block -> block.group(1))
            .distinct()
            .toList();
    assertFalse(names.isEmpty());
    long marked = 0;
    for (String name : names) {
      List<String> blocks =
          Pattern.compile(
                  "<!-- java: " + name + " -->\n```java\n(.*?)^```$",
                  Pattern.DOTALL | Pattern.MULTILINE)
              .matcher(page(page))
              .results()
              .map(block -> block.group(1))
              .toList();
      assertEquals(shown(SOURCES.resolve(name + ".java")), blocks);
      marked += blocks.size();
    }
    long java = Pattern.compile("```java").matcher(page(page)).results().count();
    assertEquals(java, marked, "every block of Java names its source");
  }

  private static List<String> shown(Path source) throws IOException {
    return Pattern.compile("// [^\n]*from here\n(.*?)\n? *// to here\\.", Pattern.DOTALL)
        .matcher(Files.readString(source))
        .results()
        .map(part -> part.group(1).stripTrailing().stripIndent() + "\n")
        .toList();
  }
}
