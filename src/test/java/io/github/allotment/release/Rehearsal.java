package io.github.allotment.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Deploys a release to a stub of Central, judges the bundle, and builds a project against it.
 *
 * <p>Started by {@code .ci/rehearse} with a copy of the sources whose version is that of a release.
 */
final class Rehearsal {

  private static final String USER = "an-account";
  private static final String PASSWORD = "its-password";
  private static final String PASSPHRASE = "a passphrase";

  /** The name of whoever builds, as the JVM sees it. */
  private static final String BUILDER = "someone-who-builds";

  private final Path sources;
  private final String version;

  private Rehearsal(Path sources, String version) {
    this.sources = sources;
    this.version = version;
  }

  /** Takes the folder of the copy and its version. */
  public static void main(String[] arguments) throws Exception {
    Path sources = Path.of(arguments[0]).toRealPath();
    new Rehearsal(sources, arguments[1]).run();
  }

  private void run() throws GeneralSecurityException, IOException, InterruptedException {
    ThrowawayKey key = ThrowawayKey.createdAt(Instant.now());
    String home = Path.of(System.getProperty("user.home")).toRealPath().toString();
    List<String> secrets = List.of(sources.toString(), home, BUILDER, USER, PASSWORD, PASSPHRASE);
    BundleCheck check = new BundleCheck(version, key.publicKey(), secrets);

    Files.writeString(sources.resolveSibling("public-key.asc"), key.publicText());
    SortedMap<String, byte[]> bundle = deploy(check, key);
    System.out.print(BundleCheck.listing(bundle));
    refuseEveryTampering(check, bundle);
    consume(bundle);
    System.out.println("Verdict: the bundle may be published, and a project builds against it.");
  }

  private SortedMap<String, byte[]> deploy(BundleCheck check, ThrowawayKey key)
      throws GeneralSecurityException, IOException, InterruptedException {
    try (PublisherStub central = PublisherStub.start(check, USER, PASSWORD)) {
      Map<String, String> environment =
          Map.of(
              "CENTRAL_USERNAME", USER,
              "CENTRAL_PASSWORD", PASSWORD,
              "MAVEN_GPG_KEY", key.secretText(PASSPHRASE),
              "MAVEN_GPG_PASSPHRASE", PASSPHRASE,
              "MAVEN_OPTS", "-Duser.name=" + BUILDER);
      int status =
          run(
              sources,
              environment,
              sources.resolve(".ci/deploy").toString(),
              "v" + version,
              "-DcentralBaseUrl=" + central.url());
      central.problems().forEach(System.out::println);
      byte[] bundle = central.bundle();
      require(status == 0 && central.problems().isEmpty(), "the deployment failed");
      require(bundle.length > 0, "nothing was uploaded");
      return BundleCheck.unzip(bundle);
    }
  }

  /** A check that accepts anything would accept these too. */
  private static void refuseEveryTampering(BundleCheck check, SortedMap<String, byte[]> bundle)
      throws GeneralSecurityException {
    for (String name : bundle.keySet()) {
      SortedMap<String, byte[]> tampered = new TreeMap<>(bundle);
      byte[] bytes = bundle.getOrDefault(name, new byte[0]).clone();
      bytes[bytes.length / 2] ^= 1;
      tampered.put(name, bytes);
      require(!check.problems(tampered).isEmpty(), "accepted with one bit changed: " + name);
    }
    System.out.printf("Refused with one bit changed in any of %d files.%n", bundle.size());
  }

  private void consume(SortedMap<String, byte[]> bundle) throws IOException, InterruptedException {
    Path repository = sources.resolveSibling("bundle");
    for (Map.Entry<String, byte[]> file : bundle.entrySet()) {
      Path path = repository.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Path empty = Files.createDirectory(sources.resolveSibling("empty-repository"));
    Path downloaded = Path.of(System.getProperty("user.home"), ".m2", "repository");
    Map<String, String> environment =
        Map.of(
            "BUNDLE", repository.toUri().toString(),
            "DOWNLOADED", downloaded.toUri().toString());
    int status =
        run(
            sources.resolve("examples/property-tests"),
            environment,
            "mvn",
            "-B",
            "--settings",
            sources.resolve("src/build/consumer-settings.xml").toString(),
            "-Dmaven.repo.local=" + empty,
            "test");
    require(status == 0, "the project that depends on the bundle does not build");

    String folder = "io/github/allotment/allotment/" + version;
    String origin = Files.readString(empty.resolve(folder).resolve("_remote.repositories"));
    for (String end : List.of(".pom", ".jar", "-testkit.jar")) {
      String line = "allotment-" + version + end + ">bundle=";
      require(origin.contains(line), "not taken from the bundle: " + end);
    }
  }

  private static int run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    process.environment().putAll(environment);
    return process.start().waitFor();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
