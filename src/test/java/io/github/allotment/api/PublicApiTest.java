package io.github.allotment.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.allotment.PolicyEngine;
import io.github.allotment.testkit.Laws;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The public API is the one that was reviewed. */
class PublicApiTest {

  private static final Path REVIEWED = Path.of("src/test/resources/api");
  private static final Path ACTUAL = Path.of("target/api");

  @Test
  void theLibraryIsTheReviewedOne() throws Exception {
    try (InputStream input =
        Files.newInputStream(classesOf(PolicyEngine.class).resolve("module-info.class"))) {
      ModuleDescriptor module = ModuleDescriptor.read(input);
      List<String> exported =
          module.exports().stream().map(ModuleDescriptor.Exports::source).sorted().toList();
      List<String> required =
          module.requires().stream()
              .map(one -> one.modifiers() + " " + one.name())
              .filter(line -> !line.endsWith(" java.base"))
              .sorted()
              .toList();
      String head = "module " + module.name() + "\nexports " + exported + "\nrequires " + required;
      compare("allotment.txt", head + "\n" + api(PolicyEngine.class, exported));
    }
  }

  @Test
  void theTestkitIsTheReviewedOne() throws Exception {
    compare("testkit.txt", api(Laws.class, List.of(Laws.class.getPackageName())));
  }

  private static Path classesOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String api(Class<?> one, List<String> packages)
      throws IOException, ReflectiveOperationException, URISyntaxException {
    List<Class<?>> classes = new ArrayList<>();
    StringBuilder marks = new StringBuilder();
    for (String name : packages) {
      Path folder = classesOf(one).resolve(name.replace('.', '/'));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
          String simple = file.getFileName().toString().replaceFirst("\\.class$", "");
          classes.add(Class.forName(name + "." + simple, false, one.getClassLoader()));
        }
      }
      Class<?> info = Class.forName(name + ".package-info");
      boolean marked = info.isAnnotationPresent(NullMarked.class);
      marks.append(marked ? "@NullMarked " : "").append("package ").append(name).append('\n');
    }
    return marks + PublicApi.of(classes);
  }

  private static void compare(String name, String actual) throws IOException {
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(name), actual);
    Path file = REVIEWED.resolve(name);
    String reviewed = Files.exists(file) ? Files.readString(file) : "";
    if (!actual.equals(reviewed)) {
      fail(
          "The public API is not the one that was reviewed:\n"
              + difference(reviewed, actual)
              + "If this is meant, say so in CHANGELOG.md and run: cp "
              + ACTUAL.resolve(name)
              + " "
              + REVIEWED);
    }
  }

  /** What is gone and what is new, each with the type that it belongs to. */
  private static String difference(String before, String after) {
    Collection<String> old = withOwners(before);
    Collection<String> now = withOwners(after);
    StringBuilder lines = new StringBuilder();
    Stream.concat(old.stream(), now.stream())
        .distinct()
        .filter(line -> !old.contains(line) || !now.contains(line))
        .sorted()
        .forEach(line -> lines.append(old.contains(line) ? "- " : "+ ").append(line).append('\n'));
    return lines.isEmpty() ? "only the order differs\n" : lines.toString();
  }

  private static Collection<String> withOwners(String api) {
    Collection<String> lines = new TreeSet<>();
    String owner = "";
    for (String line : api.lines().filter(line -> !line.isBlank()).toList()) {
      if (!line.startsWith("  ")) {
        owner = line.replaceFirst("[<(].*", "").replaceFirst(".* ", "");
      }
      boolean member = line.startsWith("  ");
      lines.add(member ? owner + ": " + line.strip() : line);
    }
    return lines;
  }

  // The description shows what it must

  @Test
  void aDescriptionShowsNullnessPermitsComponentsConstantsAndExceptions() {
    assertEquals(
        """
        import java.io.Closeable
        import java.io.IOException
        import java.util.List
        import org.jspecify.annotations.Nullable

        sealed interface io.github.allotment.api.Sample<T extends @Nullable Object>
            is Closeable
            permits Sample.One
            permits Sample.Two
          static final int LIMIT = 3
          @Deprecated default <E extends Exception> void rest(Class<? extends E>, String...) throws E
          @Nullable String maybe(T, List<@Nullable String>) throws IOException

        record io.github.allotment.api.Sample$One(@Nullable String first, int second)
            is Sample<@Nullable String>
          new(int[])
          @Nullable String maybe(@Nullable String, List<@Nullable String>)
          void close()

        enum io.github.allotment.api.Sample$Two
            is Sample<Integer>
          constant LATER
          constant EARLIER
          @Nullable String maybe(Integer, List<@Nullable String>)
          void close()
        """,
        PublicApi.of(List.of(Sample.Two.class, Hidden.class, Sample.One.class, Sample.class)));
  }

  /** Not public, so not described. */
  static final class Hidden {}

  @Test
  void aChangeIsShownWithItsOwner() {
    assertEquals(
        "- A: int b()\n+ class B\n",
        difference("class A\n  int a()\n  int b()\n", "class A\n  int a()\nclass B\n"));
    assertEquals(
        "only the order differs\n", difference("class A\nclass B\n", "class B\nclass A\n"));
  }
}
