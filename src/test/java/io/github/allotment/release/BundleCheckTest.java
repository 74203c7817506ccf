package io.github.allotment.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A bundle that has all it should is accepted, and one with anything wrong is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleCheckTest {

  private static final String START = "io/github/allotment/allotment/1.2.3/allotment-1.2.3";
  private static final String SECRET = "/home/someone";

  private static final String POM =
      """
      <project>
        <groupId>io.github.allotment</groupId>
        <artifactId>allotment</artifactId>
        <version>1.2.3</version>
        <name>n</name>
        <description>d</description>
        <url>u</url>
        <licenses><license><name>l</name><url>u</url></license></licenses>
        <developers>
          <developer>
            <name>n</name>
            <organization>o</organization>
            <organizationUrl>u</organizationUrl>
          </developer>
        </developers>
        <scm>
          <connection>c</connection>
          <developerConnection>c</developerConnection>
          <url>u</url>
        </scm>
        <dependencies>
          <dependency><groupId>g</groupId><artifactId>needed</artifactId></dependency>
          <dependency>
            <groupId>g</groupId>
            <artifactId>for-tests</artifactId>
            <scope>test</scope>
          </dependency>
        </dependencies>
      </project>
      """;

  private final ThrowawayKey key;
  private final BundleCheck check;
  private final SortedMap<String, byte[]> good = new TreeMap<>();

  BundleCheckTest() throws GeneralSecurityException {
    key = ThrowawayKey.createdAt(Instant.parse("2026-01-01T00:00:00Z"));
    check = new BundleCheck("1.2.3", key.publicKey(), List.of(SECRET));
  }

  @BeforeAll
  void fill() throws GeneralSecurityException, IOException {
    publish(good, ".pom", bytes(POM));
    publish(good, ".jar", jar("module-info.class", "a"));
    publish(good, "-sources.jar", jar("module-info.java", "a"));
    publish(good, "-javadoc.jar", jar("index.html", "a"));
    publish(good, "-testkit.jar", jar("io/github/allotment/testkit/Laws.class", "a"));
    publish(good, "-testkit-sources.jar", jar("io/github/allotment/testkit/Laws.java", "a"));
    publish(good, "-testkit-javadoc.jar", jar("index.html", "a"));
    publish(good, "-cyclonedx.json", bytes("pkg:maven/g/needed@1"));
    publish(good, "-cyclonedx.xml", bytes("pkg:maven/g/needed@1"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] jar(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(bytes(content));
    }
    return bytes.toByteArray();
  }

  private void publish(Map<String, byte[]> bundle, String end, byte[] content)
      throws GeneralSecurityException {
    bundle.put(START + end, content);
    bundle.put(START + end + ".asc", bytes(key.sign(content)));
    bundle.put(START + end + ".md5", bytes(BundleCheck.checksum("MD5", content)));
    bundle.put(START + end + ".sha1", bytes(BundleCheck.checksum("SHA-1", content)));
  }

  private List<String> problems(Map<String, byte[]> changes) throws Exception {
    SortedMap<String, byte[]> bundle = new TreeMap<>(good);
    bundle.putAll(changes);
    return check.problems(bundle);
  }

  private List<String> problemsOf(String end, byte[] content) throws Exception {
    SortedMap<String, byte[]> bundle = new TreeMap<>(good);
    publish(bundle, end, content);
    return check.problems(bundle);
  }

  @Test
  void aWholeBundleIsAccepted() throws Exception {
    assertEquals(List.of(), check.problems(good));
  }

  @Test
  void everyFileIsNeeded() throws Exception {
    for (String name : good.keySet()) {
      SortedMap<String, byte[]> bundle = new TreeMap<>(good);
      bundle.remove(name);
      String expected = name.endsWith(".asc") ? "not signed: " + name : "missing: " + name;
      List<String> problems = check.problems(bundle);
      assertEquals(expected.replaceFirst("\\.asc$", ""), problems.isEmpty() ? "" : problems.get(0));
    }
  }

  @Test
  void noBitMayChangeInAnyFile() throws Exception {
    for (Map.Entry<String, byte[]> file : good.entrySet()) {
      byte[] content = file.getValue().clone();
      content[content.length / 2] ^= 1;
      assertNotEquals(List.of(), problems(Map.of(file.getKey(), content)), file.getKey());
    }
  }

  @Test
  void aSignatureMustBeByTheKeyThatIsExpected() throws Exception {
    ThrowawayKey other = ThrowawayKey.createdAt(Instant.parse("2026-01-01T00:00:00Z"));
    byte[] signature = bytes(other.sign(bytes(POM)));
    assertEquals(
        List.of("the signature is not of this file by this key: " + START + ".pom"),
        problems(Map.of(START + ".pom.asc", signature)));
  }

  @Test
  void aChecksumThatIsNotRequiredMustBeRightToo() throws Exception {
    String name = START + ".pom.sha256";
    byte[] right = bytes(BundleCheck.checksum("SHA-256", bytes(POM)));
    assertEquals(List.of(), problems(Map.of(name, right)));
    assertEquals(List.of("wrong: " + name), problems(Map.of(name, bytes("0"))));
  }

  @Test
  void nothingElseIsPublished() throws Exception {
    String name = START + "-tests.jar";
    assertEquals(List.of("not to be published: " + name), problems(Map.of(name, bytes("a"))));
  }

  @Test
  void noSnapshotIsNamed() throws Exception {
    String name = START + ".jar";
    assertEquals(
        List.of("names a snapshot: " + name + "!module-info.class"),
        problemsOf(".jar", jar("module-info.class", "1.2.3-SNAPSHOT")));
  }

  @Test
  void nothingTellsOfTheMachine() throws Exception {
    String name = START + "-javadoc.jar!index.html";
    assertEquals(
        List.of("tells of the machine, '" + SECRET + "': " + name),
        problemsOf("-javadoc.jar", jar("index.html", "built in " + SECRET)));
  }

  @Test
  void aJarHoldsWhatItsNameSays() throws Exception {
    assertEquals(
        List.of("missing in " + START + "-sources.jar: module-info.java"),
        problemsOf("-sources.jar", jar("other.java", "a")));
  }

  @Test
  void aJarWhoseContentIsBrokenIsRefused() throws Exception {
    byte[] jar = jar("module-info.class", "a".repeat(100));
    jar["module-info.class".length() + 30] ^= 1;
    assertEquals(List.of("cannot be read: " + START + ".jar"), problemsOf(".jar", jar));
  }

  @Test
  void everyPartOfTheDescriptionIsNeeded() throws Exception {
    for (String line : POM.lines().map(String::strip).toList()) {
      if (line.matches("<(name|description|url|licenses|\\w*onnection|organization\\w*)>.*")) {
        String without = POM.replaceFirst(Pattern.quote(line), "");
        assertEquals(
            line.startsWith("<licenses>") ? 2 : 1, problemsOf(".pom", bytes(without)).size(), line);
      }
    }
  }

  @Test
  void theDescriptionIsOfThisVersion() throws Exception {
    assertEquals(
        List.of("the POM is of io.github.allotment:allotment:1.2.4"),
        problemsOf(".pom", bytes(POM.replace("1.2.3", "1.2.4"))));
  }

  @Test
  void theBillListsWhatTheLibraryNeedsAndNoMore() throws Exception {
    assertEquals(
        List.of("not listed in -cyclonedx.json: g/needed"),
        problemsOf("-cyclonedx.json", bytes("pkg:maven/g/other@1")));
    assertEquals(
        List.of("listed in -cyclonedx.xml and not needed: g/for-tests"),
        problemsOf("-cyclonedx.xml", bytes("pkg:maven/g/needed@1 pkg:maven/g/for-tests@1")));
  }

  @Test
  void anUploadIsOnePart() {
    String part = "--b\r\nContent-Type: x\r\n\r\ncontent\r\n";
    byte[] body = bytes(part + "--b--\r\n");
    assertArrayEquals(
        bytes("content"), PublisherStub.onlyPart(body, "multipart/form-data; boundary=b"));
    byte[] two = bytes(part + part + "--b--\r\n");
    assertThrows(
        IllegalArgumentException.class,
        () -> PublisherStub.onlyPart(two, "multipart/form-data; boundary=b"));
  }
}
