package io.github.allotment.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.examples.quickstart.Quickstart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what the sources say and what the program prints. */
class ReadmeTest {

  private static final Path README = Path.of("README.md");
  private static final Path QUICKSTART =
      Path.of(
          "examples/quickstart/src/main/java/io/github/allotment/examples/quickstart/Quickstart.java");
  private static final Path STARS =
      Path.of("src/test/java/io/github/allotment/readme/StarsProgram.java");

  @Test
  void theFirstJavaIsTheQuickstart() throws IOException {
    assertEquals(shown(QUICKSTART), blocks("java").get(0));
  }

  @Test
  void theOutputIsWhatTheQuickstartPrints() throws IOException {
    assertEquals(printedByQuickstart(), blocks("text").get(0));
  }

  @Test
  void theFirstJavaAndItsOutputStandBeforeLineForty() throws IOException {
    String readme = Files.readString(README);
    String untilOutput = readme.substring(0, readme.indexOf(blocks("text").get(0)));
    long lines = untilOutput.lines().count() + blocks("text").get(0).lines().count();
    assertTrue(lines <= 40, "the output ends at line " + lines);
  }

  @Test
  void theSecondJavaIsAProgramThatWorks() throws IOException {
    assertEquals(shown(STARS), blocks("java").get(1));

    PolicyEngine engine = PolicyEngine.of(StarsProgram.stars());
    Instant opened = Instant.parse("2021-03-01T00:00:00Z");
    Wallet wallet = engine.open(Opening.of("free", opened)).wallet();
    Decision review =
        engine.decide(wallet, Event.of("r", opened, "review").withFact("helpful", true));
    Decision boost = engine.decide(review.wallet(), Event.of("b", opened, "boost").withAmount(3));

    assertEquals(22, boost.wallet().available());
    assertEquals(
        "5 stars added (a helpful review); 25 of 30 left in 7 days (reviews a week).",
        review.why());
  }

  /** What depends on the library, in the README and on the pages, asks for this version. */
  @Test
  void theSnippetsAskForTheVersionThatIsBuilt() throws IOException {
    Matcher built =
        Pattern.compile("<artifactId>allotment</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(built.find(), "no version in pom.xml");
    String released = built.group(1).replace("-SNAPSHOT", "");
    for (Path page : List.of(README, Path.of("src", "site", "markdown", "testing-a-program.md"))) {
      List<String> asked =
          Pattern.compile(
                  "<artifactId>allotment</artifactId>\\s*<version>([^<]+)<|:allotment:([^:\"]+)")
              .matcher(Files.readString(page))
              .results()
              .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
              .map(version -> version.replace("-SNAPSHOT", ""))
              .toList();
      assertEquals(List.of(released, released), asked, "" + page);
    }
  }

  private static String printedByQuickstart() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static String shown(Path source) throws IOException {
    Matcher between =
        Pattern.compile(
                "// The README shows the lines from here\n(.*?) *// to here\\.", Pattern.DOTALL)
            .matcher(Files.readString(source));
    assertTrue(between.find(), "no marked lines in " + source);
    return between.group(1).replaceAll("(?m)^ {4}", "");
  }

  private static List<String> blocks(String language) throws IOException {
    Matcher block =
        Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(README));
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }
}
