package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is in the jar that others get; run once it is built, together with {@link ArchitectureTest},
 * which then looks at the same jar.
 */
class BuiltJarCheck {

  /** The class file version of Java 17. */
  private static final int JAVA_17 = 61;

  private static final Predicate<String> OURS =
      Pattern.compile(
              "io/github/allotment/((connects|data|policy|shape)/)?[A-Z]\\w*(\\$\\w+)*\\.class")
          .asMatchPredicate();

  private static final List<String> BESIDE_CLASSES =
      List.of(
          "META-INF/LICENSE",
          "META-INF/MANIFEST.MF",
          "META-INF/maven/io.github.allotment/allotment/pom.properties",
          "META-INF/maven/io.github.allotment/allotment/pom.xml",
          "io/github/allotment/connects/package-info.class",
          "io/github/allotment/data/package-info.class",
          "io/github/allotment/history.schema.json",
          "io/github/allotment/package-info.class",
          "io/github/allotment/policy/package-info.class",
          "io/github/allotment/program.schema.json",
          "io/github/allotment/shape/package-info.class",
          "module-info.class");

  private static JarFile jar() throws IOException, URISyntaxException {
    File file =
        new File(PolicyEngine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertTrue(file.isFile(), () -> "not a jar: " + file);
    return new JarFile(file);
  }

  private static Map<String, JarEntry> files(JarFile jar) {
    return jar.stream()
        .filter(entry -> !entry.isDirectory())
        .collect(Collectors.toMap(JarEntry::getName, entry -> entry, (a, b) -> b, TreeMap::new));
  }

  @Test
  void theJarHoldsOurClassesItsLicenseAndItsDescriptionsOnly() throws Exception {
    try (JarFile jar = jar()) {
      assertEquals(BESIDE_CLASSES, files(jar).keySet().stream().filter(OURS.negate()).toList());
      assertTrue(files(jar).keySet().stream().filter(OURS).count() >= 80);
    }
  }

  @Test
  void everyClassRunsOnJava17() throws Exception {
    try (JarFile jar = jar()) {
      for (Map.Entry<String, JarEntry> file : files(jar).entrySet()) {
        if (file.getKey().endsWith(".class")) {
          DataInputStream bytes = new DataInputStream(jar.getInputStream(file.getValue()));
          assertEquals(0xCAFEBABE, bytes.readInt(), file.getKey());
          assertEquals(JAVA_17, bytes.readInt(), file.getKey());
        }
      }
    }
  }

  @Test
  void theModuleNeedsNoModuleOfTheJdkButItsBase() throws Exception {
    try (JarFile jar = jar()) {
      ModuleDescriptor module =
          ModuleDescriptor.read(jar.getInputStream(jar.getJarEntry("module-info.class")));
      assertEquals(
          List.of("com.google.common", "java.base", "org.jspecify"),
          module.requires().stream().map(ModuleDescriptor.Requires::name).sorted().toList());
    }
  }
}
