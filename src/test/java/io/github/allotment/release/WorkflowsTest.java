package io.github.allotment.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflow files do what the scripts in .ci do and no more; .ci/run lints them. */
class WorkflowsTest {

  private static final Path GITHUB = Path.of(".github");

  private static List<String> matches(String regex, String text) {
    return Pattern.compile(regex, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  private static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(GITHUB.resolve("workflows"))) {
      return files.sorted().toList();
    }
  }

  private static String workflow(String name) throws IOException {
    return Files.readString(GITHUB.resolve("workflows").resolve(name));
  }

  @Test
  void theyRunNothingButTheScripts() throws IOException {
    assertEquals(List.of(".ci/run"), matches("^ *(?:- )?run: *(.*)", workflow("build.yml")));
    assertEquals(
        List.of(".ci/run", ".ci/deploy \"$GITHUB_REF_NAME\""),
        matches("^ *(?:- )?run: *(.*)", workflow("release.yml")));
    assertEquals(2, workflows().size());
  }

  @Test
  void theyUseNothingThatCanChangeBehindUs() throws IOException {
    for (Path file : workflows()) {
      List<String> used = matches("^ *(?:- )?uses: *(.*)", Files.readString(file));
      assertFalse(used.isEmpty(), file.toString());
      for (String action : used) {
        assertTrue(action.matches("actions/[a-z-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"), action);
      }
    }
  }

  @Test
  void theyMayOnlyRead() throws IOException {
    for (Path file : workflows()) {
      String text = Files.readString(file);
      assertEquals(List.of("contents: read"), matches("permissions:\\n +(.*)", text));
      assertEquals(1, matches("(permissions)", text).size());
      assertTrue(text.contains("persist-credentials: false"), file.toString());
    }
  }

  @Test
  void onlyTheLastStepOfAReleaseSeesSecrets() throws IOException {
    assertFalse(workflow("build.yml").contains("secrets"));
    String release = workflow("release.yml");
    String before = release.substring(0, release.indexOf("- run: .ci/deploy"));
    assertFalse(before.contains("secrets."));
    assertEquals(
        List.of("CENTRAL_USERNAME", "CENTRAL_PASSWORD", "MAVEN_GPG_KEY", "MAVEN_GPG_PASSPHRASE"),
        matches("(\\w+): \\$\\{\\{ secrets\\.\\1 }}$", release));
  }

  @Test
  void whatStaysWhereItIsIsNotUpdated() throws IOException {
    String updates = Files.readString(GITHUB.resolve("dependabot.yml"));
    String pom = Files.readString(Path.of("pom.xml"));
    String jqwik = matches("<jqwik.version>(.*)</jqwik.version>", pom).get(0);
    String errorProne = matches("<error-prone.version>(.*)</error-prone.version>", pom).get(0);
    String ignored = "dependency-name: %s\n +versions: \\[\"(> .*)\"]";
    assertEquals(List.of("> " + jqwik), matches(ignored.formatted("net.jqwik:\\*"), updates));
    assertEquals(
        List.of("> " + errorProne),
        matches(ignored.formatted("com.google.errorprone:\\*"), updates));
  }
}
