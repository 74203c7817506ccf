package io.github.allotment.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link within the project leads to a file, or to a heading of one, that is there. */
class LinksTest {

  private static final Pattern FENCED =
      Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]+\\]\\(([^)\\s]+)\\)");
  private static final Pattern NAMED =
      Pattern.compile("^\\[[^\\]]+\\]: (\\S+)$", Pattern.MULTILINE);

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> top = Files.list(Path.of(""))) {
      top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    for (Path folder : List.of(Path.of("src", "site", "markdown"), Path.of("examples"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    documents.sort(null);
    return documents;
  }

  private static String prose(Path document) {
    try {
      return FENCED.matcher(Files.readString(document)).replaceAll("");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> links(Path document) {
    String prose = prose(document);
    return Stream.concat(LINK.matcher(prose).results(), NAMED.matcher(prose).results())
        .map(found -> found.group(1))
        .filter(link -> !link.startsWith("https://"))
        .toList();
  }

  /** Returns a document's anchors, as they are made of its headings. */
  private static Set<String> anchors(Path document) {
    return Pattern.compile("^#+ (.+)$", Pattern.MULTILINE)
        .matcher(prose(document))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) {
    List<String> broken =
        links(document).stream().filter(link -> !leadsSomewhere(document, link)).toList();
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Path document, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
  }

  @Test
  void theReadmeLinksEveryPage() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("src", "site", "markdown"))) {
      Set<String> expected =
          pages
              .filter(page -> page.toString().endsWith(".md"))
              .map(page -> page.toString().replace('\\', '/'))
              .collect(Collectors.toSet());
      Set<String> linked = Set.copyOf(links(Path.of("README.md")));
      expected.removeAll(linked);
      assertEquals(Set.of(), expected);
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() {
    Path readme = Path.of("README.md");
    assertTrue(leadsSomewhere(readme, "CHANGELOG.md"));
    assertTrue(leadsSomewhere(readme, "#compatibility"));
    assertEquals(false, leadsSomewhere(readme, "#compatible"));
    assertEquals(false, leadsSomewhere(readme, "src/site/markdown/nothing.md"));
    assertEquals(false, leadsSomewhere(readme, "src/site/markdown/fuzzing.md#nothing"));
  }
}
