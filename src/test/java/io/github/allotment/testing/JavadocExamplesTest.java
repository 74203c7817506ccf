package io.github.allotment.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.ProgramData;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/**
 * Every example in the Javadoc compiles and is true: where a statement that is an expression has a
 * comment behind it, the comment is its value.
 */
class JavadocExamplesTest {

  private static final String HEAD =
      """
      import static io.github.allotment.ReasonCode.*;
      import static io.github.allotment.testkit.AllotmentAssertions.assertThat;
      import static org.junit.jupiter.api.Assertions.assertEquals;
      import io.github.allotment.*;
      import io.github.allotment.Opening.Existing;
      import io.github.allotment.policy.*;
      import io.github.allotment.testkit.*;
      import java.time.*;
      import java.util.*;
      import net.jqwik.api.*;
      import net.jqwik.api.domains.Domain;
      """;

  @TempDir Path folder = Path.of("");

  /** An example: the file that it is in, and its text. */
  record Example(Path file, String text) {

    boolean isJava() {
      return !isOf("ProgramData") && !isOf("Problem");
    }

    boolean isOf(String type) {
      return file.endsWith(type + ".java");
    }

    @Override
    public String toString() {
      return file.getFileName() + ": " + text.lines().findFirst().orElse("");
    }
  }

  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (Path root : List.of(Path.of("src", "main", "java"), Path.of("src", "testkit", "java"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .sorted()
            .forEach(file -> examples.addAll(examples(file)));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return examples;
  }

  private static List<Example> examples(Path file) {
    try {
      return Pattern.compile("<pre>\\{@code\n(.*?)\n *\\* \\}</pre>", Pattern.DOTALL)
          .matcher(Files.readString(file))
          .results()
          .map(found -> found.group(1).replaceAll("(?m)^ *\\* ?", ""))
          .map(text -> new Example(file, text))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<Example> java() {
    return examples().stream().filter(Example::isJava);
  }

  private static String only(String type) {
    List<Example> found = examples().stream().filter(example -> example.isOf(type)).toList();
    assertEquals(1, found.size(), type);
    return found.get(0).text();
  }

  @Test
  void everyExampleIsFound() throws IOException {
    long there = 0;
    for (Path root : List.of(Path.of("src", "main", "java"), Path.of("src", "testkit", "java"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          there += Pattern.compile("<pre").matcher(Files.readString(file)).results().count();
        }
      }
    }
    assertEquals(there, examples().size());
  }

  @ParameterizedTest
  @MethodSource("java")
  void javaCompilesAndIsTrue(Example example) throws ReflectiveOperationException, IOException {
    run(example.text());
  }

  @Test
  void anExampleThatIsNotTrueFails() {
    assertThrows(AssertionFailedError.class, () -> run("wallet.available(); // 21"));
    assertThrows(AssertionFailedError.class, () -> run("Event.of(1)"));
    assertThrows(
        AssertionFailedError.class, () -> run("void never(Wallet wallet) { now.toLong(); }"));
    assertThrows(
        AssertionFailedError.class,
        () -> run("void never(Wallet wallet) { assertEquals(21, wallet.available()); }"));
  }

  @Test
  void theProgramOfTheDataFormAllotsWhatItSays() throws JsonProcessingException {
    Object tree = new ObjectMapper().readValue(only("ProgramData"), Map.class);
    PolicyEngine engine = PolicyEngine.of(ProgramData.fromTree(tree));
    Instant opened = Instant.parse("2021-01-05T09:00:00Z");
    Wallet wallet = engine.open(Opening.of("free", opened)).wallet();
    assertEquals(20, wallet.available());
    assertEquals(40, engine.advance(wallet, opened.plusSeconds(31 * 86_400)).wallet().available());
  }

  @Test
  void theProblemIsToldInTheseWords() {
    Policy.Builder policy =
        Policy.version("1", Instant.EPOCH)
            .source("monthly")
            .plan(Plan.monthly("member"))
            .rule("one", Trigger.on("one"), Effect.charge("One"))
            .rule("two", Trigger.on("two"), Effect.charge("Two"))
            .rule(
                "monthly allotment",
                Trigger.on("three"),
                Effect.grant(TransactionType.BONUS, "Three", "mnthly", 3));
    InvalidDataException thrown =
        assertThrows(
            InvalidDataException.class,
            () -> io.github.allotment.policy.Program.named("p").version(policy.build()).build());
    assertEquals(
        only("Problem").replace('\n', ' '), "versions[0]." + thrown.problems().get(0).text());
  }

  private void run(String text) throws ReflectiveOperationException, IOException {
    boolean members = Pattern.compile("^(@|class |void )").matcher(text).find();
    String body = members ? text : "";
    String statements = members ? "" : asserting(text);
    compile(
        HEAD
            + "class Example extends io.github.allotment.testing.JavadocExample {\n"
            + body
            + "\n@Override protected void run() {\n"
            + statements
            + "\n}}");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> example = loader.loadClass("Example");
      var constructor = example.getDeclaredConstructor();
      constructor.setAccessible(true);
      JavadocExample made = (JavadocExample) constructor.newInstance();
      made.run();
      for (Method method : example.getDeclaredMethods()) {
        if (List.of(method.getParameterTypes()).equals(List.of(Wallet.class))) {
          method.setAccessible(true);
          call(method, made);
        }
      }
    }
  }

  private static void call(Method method, JavadocExample made) throws ReflectiveOperationException {
    try {
      method.invoke(made, made.wallet);
    } catch (java.lang.reflect.InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      throw thrown;
    }
  }

  private static String asserting(String text) {
    if (!text.endsWith("}") && !text.matches("(?s).*;( //.*)?")) {
      return "Object value = " + text + ";";
    }
    return Pattern.compile("^((?:(?! = ).)*); // (.*)$", Pattern.MULTILINE)
        .matcher(text)
        .replaceAll(
            line ->
                Matcher.quoteReplacement(
                    "assertEquals(\"%s\", \"\" + %s);"
                        .formatted(line.group(2).replace("\"", "\\\""), line.group(1).strip())));
  }

  private void compile(String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
    boolean compiled = compiler.getTask(said, null, null, options, null, List.of(file)).call();
    assertTrue(compiled, () -> said + "\n" + source);
  }
}
