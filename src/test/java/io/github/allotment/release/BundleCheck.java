package io.github.allotment.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle for Maven Central must be, and what must not be in it.
 *
 * <p>The requirements are those of <a
 * href="https://central.sonatype.org/publish/requirements/">Central</a>; beyond them, the bundle
 * holds all that we publish and nothing else, and tells nothing of the machine that it was built
 * on.
 */
final class BundleCheck {

  private static final String GROUP = "io.github.allotment";
  private static final String ARTIFACT = "allotment";

  /**
   * All that is published, by the end of its name, with a file that must be in it if it is a jar.
   */
  private static final Map<String, String> PUBLISHED = published();

  /** The checksums that there may be; the first two must be there. */
  private static final Map<String, String> CHECKSUMS = checksums();

  private static final List<String> REQUIRED_CHECKSUMS = List.of(".md5", ".sha1");

  private final String version;
  private final RSAPublicKey key;
  private final List<String> secrets;

  /** Checks a version, signed with a key, that must not tell certain texts, such as a path. */
  BundleCheck(String version, RSAPublicKey key, List<String> secrets) {
    this.version = version;
    this.key = key;
    this.secrets = List.copyOf(secrets);
  }

  private static Map<String, String> published() {
    Map<String, String> published = new LinkedHashMap<>();
    published.put(".pom", "");
    published.put(".jar", "module-info.class");
    published.put("-sources.jar", "module-info.java");
    published.put("-javadoc.jar", "index.html");
    published.put("-testkit.jar", "io/github/allotment/testkit/Laws.class");
    published.put("-testkit-sources.jar", "io/github/allotment/testkit/Laws.java");
    published.put("-testkit-javadoc.jar", "index.html");
    published.put("-cyclonedx.json", "");
    published.put("-cyclonedx.xml", "");
    return published;
  }

  private static Map<String, String> checksums() {
    Map<String, String> checksums = new LinkedHashMap<>();
    checksums.put(".md5", "MD5");
    checksums.put(".sha1", "SHA-1");
    checksums.put(".sha256", "SHA-256");
    checksums.put(".sha512", "SHA-512");
    return checksums;
  }

  /** The files of a zip by their names, without folders. */
  static SortedMap<String, byte[]> unzip(byte[] zip) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream input = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), input.readAllBytes());
        }
      }
    }
    return files;
  }

  /** Each artifact with its length and SHA-256, and the kinds of files that come with it. */
  static String listing(SortedMap<String, byte[]> files) throws GeneralSecurityException {
    StringBuilder listing = new StringBuilder();
    for (String name : files.keySet()) {
      if (!isCompanion(name)) {
        byte[] bytes = files.getOrDefault(name, new byte[0]);
        List<String> companions =
            files.keySet().stream()
                .filter(other -> other.startsWith(name + "."))
                .map(other -> other.substring(name.length()))
                .toList();
        listing.append(
            "%9d  %s  %s%n           %s%n"
                .formatted(
                    bytes.length,
                    checksum("SHA-256", bytes),
                    name.substring(name.lastIndexOf('/') + 1),
                    String.join(" ", companions)));
      }
    }
    return listing.toString();
  }

  private static boolean isCompanion(String name) {
    return name.endsWith(".asc") || CHECKSUMS.keySet().stream().anyMatch(name::endsWith);
  }

  static String checksum(String algorithm, byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  /** All that is wrong with a bundle; nothing if it may be published. */
  List<String> problems(SortedMap<String, byte[]> files) throws GeneralSecurityException {
    List<String> problems = new ArrayList<>();
    Set<String> unknown = new TreeSet<>(files.keySet());
    for (Map.Entry<String, String> published : PUBLISHED.entrySet()) {
      String name = start() + published.getKey();
      byte[] bytes = files.get(name);
      if (bytes == null) {
        problems.add("missing: " + name);
        continue;
      }
      unknown.remove(name);
      unknown.remove(name + ".asc");
      checkSignature(name, bytes, files.get(name + ".asc"), problems);
      checkChecksums(name, files, unknown, problems);
      checkChecksumsOfSignature(name + ".asc", files, unknown, problems);
      checkWords(name, bytes, problems);
      if (name.endsWith(".jar")) {
        checkJar(name, bytes, published.getValue(), problems);
      }
    }
    unknown.forEach(name -> problems.add("not to be published: " + name));
    checkDescription(files, problems);
    return problems;
  }

  private String start() {
    String folder = GROUP.replace('.', '/') + "/" + ARTIFACT + "/" + version;
    return folder + "/" + ARTIFACT + "-" + version;
  }

  private void checkSignature(
      String name, byte[] bytes, byte @Nullable [] signature, List<String> problems) {
    if (signature == null) {
      problems.add("not signed: " + name);
    } else if (!OpenPgp.verifies(text(signature), bytes, key)) {
      problems.add("the signature is not of this file by this key: " + name);
    }
  }

  private static void checkChecksums(
      String name, SortedMap<String, byte[]> files, Set<String> unknown, List<String> problems)
      throws GeneralSecurityException {
    for (String required : REQUIRED_CHECKSUMS) {
      if (!files.containsKey(name + required)) {
        problems.add("missing: " + name + required);
      }
    }
    checkChecksumsOfSignature(name, files, unknown, problems);
  }

  private static void checkChecksumsOfSignature(
      String name, SortedMap<String, byte[]> files, Set<String> unknown, List<String> problems)
      throws GeneralSecurityException {
    byte[] bytes = files.getOrDefault(name, new byte[0]);
    for (Map.Entry<String, String> checksum : CHECKSUMS.entrySet()) {
      byte[] found = files.get(name + checksum.getKey());
      if (found != null) {
        unknown.remove(name + checksum.getKey());
        if (!text(found).strip().equals(checksum(checksum.getValue(), bytes))) {
          problems.add("wrong: " + name + checksum.getKey());
        }
      }
    }
  }

  private void checkJar(String name, byte[] jar, String content, List<String> problems) {
    try {
      SortedMap<String, byte[]> files = unzip(jar);
      if (!files.containsKey(content)) {
        problems.add("missing in " + name + ": " + content);
      }
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        checkWords(name + "!" + file.getKey(), file.getValue(), problems);
      }
    } catch (IOException broken) {
      problems.add("cannot be read: " + name);
    }
  }

  private void checkWords(String name, byte[] bytes, List<String> problems) {
    String text = name + new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.contains("-SNAPSHOT")) {
      problems.add("names a snapshot: " + name);
    }
    for (String secret : secrets) {
      if (text.contains(new String(utf8(secret), StandardCharsets.ISO_8859_1))) {
        problems.add("tells of the machine, '" + secret + "': " + name);
      }
    }
  }

  private void checkDescription(SortedMap<String, byte[]> files, List<String> problems) {
    byte[] pom = files.get(start() + ".pom");
    if (pom == null) {
      return;
    }
    try {
      Description description = Description.of(pom);
      problems.addAll(description.problems(GROUP, ARTIFACT, version));
      for (String end : List.of("-cyclonedx.json", "-cyclonedx.xml")) {
        String bill = text(files.getOrDefault(start() + end, new byte[0]));
        problems.addAll(description.problemsOfBill(end, bill));
      }
    } catch (IOException unreadable) {
      problems.add("cannot be read: " + start() + ".pom");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
