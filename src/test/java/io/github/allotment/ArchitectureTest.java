package io.github.allotment;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ForwardingList;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import io.github.allotment.connects.Connects;
import io.github.allotment.policy.PointsBack;
import io.github.allotment.policy.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the library's code must not do, and that the rules find it where it is done. */
class ArchitectureTest {

  private static final String CORE = "io.github.allotment";
  private static final String POLICY = "io.github.allotment.policy";
  private static final String CONNECTS = "io.github.allotment.connects";
  private static final String DATA = "io.github.allotment.data";
  private static final String SHAPE = "io.github.allotment.shape";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(PolicyEngine.class.getProtectionDomain().getCodeSource().getLocation());

  private static JavaClasses fixture(Class<?>... classes) {
    return new ClassFileImporter().importClasses(classes);
  }

  private static List<String> violations(ArchRule rule, JavaClasses classes) {
    return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
  }

  /** Every member that a fixture declares must be reported. */
  private static void assertFindsAll(ArchRule rule, Class<?> fixture) {
    JavaClasses classes = fixture(fixture);
    List<String> found = violations(rule, classes);
    List<JavaMember> members =
        classes.get(fixture).getMembers().stream()
            .filter(member -> !member.getName().startsWith("<"))
            .filter(member -> !isSynthetic(member))
            .toList();
    assertFalse(members.isEmpty(), "the fixture has no members: " + fixture);
    for (JavaMember member : members) {
      Pattern name = Pattern.compile(Pattern.quote("." + member.getName()) + "[(>]");
      assertTrue(
          found.stream().anyMatch(line -> name.matcher(line).find()),
          () -> member.getFullName() + " is not reported by: " + rule.getDescription());
    }
  }

  private static boolean isSynthetic(HasModifiers member) {
    return member.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  @Test
  void theRulesLookAtTheWholeLibraryAndAtNothingElse() {
    assertTrue(MAIN.size() >= 80, "imported only " + MAIN.size());
    assertTrue(MAIN.contain(PolicyEngine.class));
    assertTrue(MAIN.contain(Program.class));
    assertTrue(MAIN.contain(Connects.class));
    assertFalse(MAIN.contain(ArchitectureTest.class));
    for (JavaClass type : MAIN) {
      assertTrue(
          List.of(CORE, POLICY, CONNECTS, DATA, SHAPE).contains(type.getPackageName())
              || type.getSimpleName().equals("module-info"),
          () -> "of an unknown package: " + type.getName());
    }
  }

  // Arrows

  private static ArchRule arrow(String from, String... to) {
    return classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(to).or(outsideOf(CORE)));
  }

  private static DescribedPredicate<JavaClass> outsideOf(String root) {
    return DescribedPredicate.not(resideInAPackage(root + ".."));
  }

  private static final ArchRule DATA_KNOWS_ITSELF = arrow(DATA, DATA);
  private static final ArchRule SHAPE_KNOWS_DATA = arrow(SHAPE, SHAPE, DATA);
  private static final ArchRule POLICY_KNOWS_ITS_FORM = arrow(POLICY, POLICY, SHAPE, DATA);
  private static final ArchRule CORE_KNOWS_POLICY = arrow(CORE, CORE, POLICY, SHAPE, DATA);
  private static final ArchRule CONNECTS_KNOWS_BOTH = arrow(CONNECTS, CONNECTS, CORE, POLICY);

  private static final ArchRule NO_CYCLES =
      SlicesRuleDefinition.slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  @Test
  void theArrowsPointFromConnectsToTheCoreToThePolicies() {
    CONNECTS_KNOWS_BOTH.check(MAIN);
    CORE_KNOWS_POLICY.check(MAIN);
    POLICY_KNOWS_ITS_FORM.check(MAIN);
    SHAPE_KNOWS_DATA.check(MAIN);
    DATA_KNOWS_ITSELF.check(MAIN);
  }

  @Test
  void anArrowThatPointsBackIsFound() {
    assertFindsAll(CORE_KNOWS_POLICY, KnowsConnects.class);
    assertFindsAll(POLICY_KNOWS_ITS_FORM, PointsBack.class);
    assertFalse(violations(arrow(CONNECTS, CONNECTS, POLICY), MAIN).isEmpty());
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    NO_CYCLES.check(MAIN);
  }

  @Test
  void aCircleOfPackagesIsFound() {
    assertFalse(
        violations(NO_CYCLES, fixture(KnowsConnects.class, Connects.class, Event.class)).isEmpty());
    assertFalse(
        violations(NO_CYCLES, fixture(PointsBack.class, PolicyEngine.class, Program.class))
            .isEmpty());
  }

  static final class KnowsConnects {
    private KnowsConnects() {}

    static Program program() {
      return Connects.program();
    }
  }

  // Purity

  /** All that a pure library needs; what is missing here is I/O, threads, logs and so on. */
  private static final ArchRule ONLY_PURE_PACKAGES =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  CORE + "..",
                  "java.lang",
                  "java.math",
                  "java.nio.charset",
                  "java.time..",
                  "java.util",
                  "java.util.function",
                  "java.util.regex",
                  "java.util.stream",
                  "com.google.common.base",
                  "com.google.common.collect",
                  "com.google.common.hash",
                  "com.google.common.math",
                  "com.google.common.primitives",
                  "org.jspecify.annotations"));

  private static final ImmutableSet<String> IMPURE_TYPES =
      ImmutableSet.of(
          "com.google.common.base.Stopwatch",
          "com.google.common.base.Ticker",
          "java.lang.ClassLoader",
          "java.lang.InheritableThreadLocal",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.StackWalker",
          "java.lang.System",
          "java.lang.Thread",
          "java.lang.ThreadGroup",
          "java.lang.ThreadLocal",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.Calendar",
          "java.util.Date",
          "java.util.Formatter",
          "java.util.GregorianCalendar",
          "java.util.IdentityHashMap",
          "java.util.Properties",
          "java.util.Random",
          "java.util.ResourceBundle",
          "java.util.Scanner",
          "java.util.ServiceLoader",
          "java.util.SplittableRandom",
          "java.util.TimeZone",
          "java.util.Timer",
          "java.util.TimerTask",
          "java.util.UUID",
          "java.util.WeakHashMap");

  private static final ArchRule NO_IMPURE_TYPES =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe("are impure", type -> IMPURE_TYPES.contains(type.getName())));

  /** What {@link Class} may be asked; all else is reflection. */
  private static final ImmutableSet<String> NOT_REFLECTION = ImmutableSet.of("cast", "isInstance");

  private static final ArchRule NO_IMPURE_CALLS =
      noClasses()
          .should()
          .accessTargetWhere(describe("the target is impure", ArchitectureTest::isImpure));

  private static boolean isImpure(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    List<String> parameters = parameters(access);
    if (owner.startsWith("java.time.")) {
      return name.equals("now")
          || name.equals("systemDefault")
          || name.startsWith("ofLocalized")
          || (name.equals("ofPattern") && parameters.size() == 1)
          || (name.equals("toFormatter") && parameters.isEmpty());
    }
    if (owner.startsWith("java.util.") && name.startsWith("parallel")) {
      return true;
    }
    return switch (owner) {
      case "java.lang.Class" -> !NOT_REFLECTION.contains(name);
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      case "java.lang.Object" -> name.startsWith("notify") || name.equals("wait");
      case "java.lang.String" -> isImpureOfString(name, parameters);
      case "java.lang.Boolean" -> name.equals("getBoolean");
      case "java.lang.Integer" -> name.equals("getInteger");
      case "java.lang.Long" -> name.equals("getLong");
      case "java.nio.charset.Charset" -> name.equals("defaultCharset");
      case "java.util.Collections" ->
          name.startsWith("synchronized") || (name.equals("shuffle") && parameters.size() == 1);
      case "java.util.Locale" -> name.equals("getDefault");
      default -> false;
    };
  }

  private static boolean isImpureOfString(String name, List<String> parameters) {
    return switch (name) {
      case "formatted" -> true;
      case "format" -> !parameters.get(0).equals("java.util.Locale");
      case "toLowerCase", "toUpperCase", "getBytes" -> parameters.isEmpty();
      case "<init>" ->
          parameters.contains("[B")
              && !parameters.contains("java.lang.String")
              && !parameters.contains("java.nio.charset.Charset");
      default -> false;
    };
  }

  private static List<String> parameters(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
        : List.of();
  }

  private static final ArchRule NOTHING_IS_SYNCHRONIZED =
      classes().should(new LockNothing()).as("no code should be synchronized");

  private static final class LockNothing extends ArchCondition<JavaClass> {

    LockNothing() {
      super("lock nothing");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      new ClassReader(bytes(type))
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                  String where = type.getName() + "." + name + "()";
                  if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                    events.add(SimpleConditionEvent.violated(type, where + " is synchronized"));
                  }
                  return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitInsn(int opcode) {
                      if (opcode == Opcodes.MONITORENTER) {
                        events.add(SimpleConditionEvent.violated(type, where + " takes a lock"));
                      }
                    }
                  };
                }
              },
              ClassReader.SKIP_FRAMES);
    }
  }

  private static byte[] bytes(JavaClass type) {
    URI source = type.getSource().orElseThrow().getUri();
    try {
      return Resources.toByteArray(source.toURL());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final ArchRule PURE =
      CompositeArchRule.of(ONLY_PURE_PACKAGES)
          .and(NO_IMPURE_TYPES)
          .and(NO_IMPURE_CALLS)
          .and(NOTHING_IS_SYNCHRONIZED);

  @Test
  void theLibraryUsesOnlyPackagesThatNeitherReadNorWriteNorWait() {
    ONLY_PURE_PACKAGES.check(MAIN);
  }

  @Test
  void theLibraryUsesNoTypeThatReachesOutside() {
    NO_IMPURE_TYPES.check(MAIN);
  }

  @Test
  void theLibraryAsksForNoClockNoChanceAndNoDefaults() {
    NO_IMPURE_CALLS.check(MAIN);
  }

  @Test
  void theLibraryLocksNothing() {
    NOTHING_IS_SYNCHRONIZED.check(MAIN);
  }

  @Test
  void everyWayOutIsFound() {
    assertFindsAll(PURE, Impure.class);
  }

  @Test
  void everyWayToLockIsFound() {
    assertFindsAll(NOTHING_IS_SYNCHRONIZED, Locking.class);
  }

  @Test
  void whatTheCompilerPutsBehindRecordsAndStringsIsPure() {
    JavaClasses harmless = fixture(Harmless.class, Harmless.Kind.class);
    for (ArchRule rule : List.of(PURE, NO_STATIC_STATE, ORDER_IS_KNOWN)) {
      assertTrue(violations(rule, harmless).isEmpty(), () -> violations(rule, harmless).toString());
    }
  }

  /** A record, an enum, a switch, a lambda, a method reference and strings: nothing impure. */
  record Harmless(Kind kind, List<String> names) {

    static final Comparator<Harmless> ORDER = Comparator.comparing(Harmless::text);

    enum Kind {
      ONE,
      OTHER
    }

    String text() {
      String word =
          switch (kind) {
            case ONE -> "one";
            case OTHER -> "other";
          };
      return names.stream()
          .map(name -> word + ": " + name.toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));
    }
  }

  /** One way to reach outside in every method. */
  @SuppressWarnings({
    "AnnotateFormatMethod",
    "DefaultCharset",
    "JavaTimeDefaultTimeZone",
    "JavaUtilDate",
    "StringCaseLocaleUsage",
    "ThreadLocalUsage",
    "UnnecessaryLambda",
    "UnnecessaryStringBuilder"
  })
  static final class Impure {

    private Impure() {}

    static boolean file(Path path) {
      return Files.exists(path);
    }

    static boolean oldFile(String path) {
      return new java.io.File(path).exists();
    }

    static void print(String text) {
      System.out.println(text);
    }

    static URI net() {
      return URI.create("https://example.org");
    }

    static Instant instant() {
      return Instant.now();
    }

    static Supplier<Instant> instantByReference() {
      return Instant::now;
    }

    static Supplier<Instant> instantInLambda() {
      return () -> Instant.now();
    }

    static LocalDate date(ZoneId zone) {
      return LocalDate.now(zone);
    }

    static LocalDateTime dateTime() {
      return LocalDateTime.now();
    }

    static ZonedDateTime zonedDateTime(ZoneId zone) {
      return ZonedDateTime.now(zone);
    }

    static Instant clock(Clock clock) {
      return clock.instant();
    }

    static long millis() {
      return System.currentTimeMillis();
    }

    static long nanos() {
      return System.nanoTime();
    }

    static java.util.Date oldDate() {
      return new java.util.Date();
    }

    static int random(Random random) {
      return random.nextInt();
    }

    static int splittableRandom() {
      return new SplittableRandom().nextInt();
    }

    static int threadLocalRandom() {
      return ThreadLocalRandom.current().nextInt();
    }

    static int secureRandom(SecureRandom random) {
      return random.nextInt();
    }

    static String uuid() {
      return UUID.randomUUID().toString();
    }

    static double mathRandom() {
      return Math.random();
    }

    static String format(long number) {
      return String.format("%d", number);
    }

    static String formatted(long number) {
      return "%d".formatted(number);
    }

    static String lowerCase(String text) {
      return text.toLowerCase();
    }

    static String upperCase(String text) {
      return text.toUpperCase();
    }

    static Function<String, String> upperCaseByReference() {
      return String::toUpperCase;
    }

    static Locale locale() {
      return Locale.getDefault();
    }

    static DateTimeFormatter pattern() {
      return DateTimeFormatter.ofPattern("MMM");
    }

    static ZoneId zone() {
      return ZoneId.systemDefault();
    }

    static String oldZone(TimeZone zone) {
      return zone.getID();
    }

    static byte[] bytes(String text) {
      return text.getBytes();
    }

    static String string(byte[] bytes) {
      return new String(bytes);
    }

    static Charset charset() {
      return Charset.defaultCharset();
    }

    static void log(Logger logger) {
      logger.info("done");
    }

    static void slf4j(org.slf4j.Logger logger) {
      logger.info("done");
    }

    static String reflection(Method method) {
      return method.getName();
    }

    static Class<?> byName() throws ClassNotFoundException {
      return Class.forName("java.lang.String");
    }

    static Object[] members(Class<?> type) {
      return type.getDeclaredFields();
    }

    static void thread(Thread thread) {
      thread.start();
    }

    static void executor(Executor executor) {
      executor.execute(() -> {});
    }

    static TimeUnit timeUnit() {
      return TimeUnit.DAYS;
    }

    static int parallel(List<Integer> numbers) {
      return numbers.parallelStream().mapToInt(Integer::intValue).sum();
    }

    static int parallelInts() {
      return IntStream.range(0, 2).parallel().sum();
    }

    static String property() {
      return "" + System.getProperty("user.name");
    }

    static String environment() {
      return "" + System.getenv("USER");
    }

    static boolean booleanProperty() {
      return Boolean.getBoolean("some.flag");
    }
  }

  static final class Locking {

    private Locking() {}

    static synchronized int method() {
      return 1;
    }

    static int block(Object lock) {
      synchronized (lock) {
        return 1;
      }
    }
  }

  // State

  /** What a static field may hold: nothing that can change. */
  private static final ImmutableSet<String> IMMUTABLE_TYPES =
      ImmutableSet.of(
          // Made by the comparators' own methods or of records' components; they keep no state.
          Comparator.class.getName(),
          Duration.class.getName(),
          Instant.class.getName(),
          LocalDate.class.getName(),
          Program.class.getName(),
          String.class.getName());

  private static final ArchRule NO_STATIC_STATE =
      fields()
          .that()
          .areStatic()
          .and(describe("the compiler did not make", field -> !isSynthetic(field)))
          .should()
          .beFinal()
          .andShould(
              ArchCondition.from(
                  describe(
                      "be of an immutable type",
                      (JavaField field) -> isImmutable(field.getRawType()))))
          .as("static fields should be constants");

  private static boolean isImmutable(JavaClass type) {
    return type.isPrimitive()
        || type.isEnum()
        || IMMUTABLE_TYPES.contains(type.getName())
        || isImmutableOfTheLibrary(type)
        || isImmutableCollection(type)
        || isImmutableRecord(type);
  }

  /** Interfaces of the library all whose implementations hold nothing that changes. */
  private static boolean isImmutableOfTheLibrary(JavaClass type) {
    return type.getName().equals(SHAPE + ".Shape");
  }

  private static boolean isImmutableCollection(JavaClass type) {
    return type.getPackageName().equals("com.google.common.collect")
        && type.getSimpleName().startsWith("Immutable");
  }

  /** A record of the library, all whose components are immutable by their types. */
  private static boolean isImmutableRecord(JavaClass type) {
    return type.isRecord()
        && type.getFields().stream()
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .allMatch(field -> isImmutable(field.getRawType()));
  }

  @Test
  void staticFieldsAreConstants() {
    NO_STATIC_STATE.check(MAIN);
  }

  @Test
  void everyStaticFieldThatIsNoConstantIsFound() {
    assertFindsAll(NO_STATIC_STATE, Stateful.class);
  }

  @SuppressWarnings({"MutableConstantField", "NonFinalStaticField"})
  static final class Stateful {

    static long count;
    static String last = "";
    static final List<String> NAMES = new ArrayList<>();
    static final Map<String, String> CACHE = new HashMap<>();
    static final int[] NUMBERS = {1};
    static final StringBuilder TEXT = new StringBuilder();
    static final Holder HOLDER = new Holder(new ArrayList<>());

    private Stateful() {}

    record Holder(List<String> names) {}
  }

  // Signatures

  private static final ArchRule OWN_SIGNATURES =
      classes()
          .that(describe("are public or protected", ArchitectureTest::isExposed))
          .should(new HideGuava());

  private static boolean isExposed(HasModifiers part) {
    return part.getModifiers().contains(JavaModifier.PUBLIC)
        || part.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static final class HideGuava extends ArchCondition<JavaClass> {

    HideGuava() {
      super("show no type of Guava");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      report(type.getName(), heads(type), type, events);
      for (JavaMember member : type.getMembers()) {
        if (isExposed(member) && !isSynthetic(member)) {
          report(member.getFullName() + ">", types(member), type, events);
        }
      }
    }

    private static List<JavaType> heads(JavaClass type) {
      List<JavaType> heads = new ArrayList<>(type.getInterfaces());
      type.getSuperclass().ifPresent(heads::add);
      heads.addAll(type.getTypeParameters());
      return heads;
    }

    private static List<JavaType> types(JavaMember member) {
      List<JavaType> types = new ArrayList<>();
      if (member instanceof JavaField field) {
        types.add(field.getType());
      }
      if (member instanceof JavaCodeUnit unit) {
        types.add(unit.getReturnType());
        types.addAll(unit.getParameterTypes());
        types.addAll(unit.getTypeParameters());
        types.addAll(unit.getExceptionTypes());
      }
      return types;
    }

    private static void report(
        String where, List<JavaType> types, JavaClass type, ConditionEvents events) {
      types.stream()
          .flatMap(part -> part.getAllInvolvedRawTypes().stream())
          .filter(resideInAPackage("com.google.."))
          .forEach(
              part -> events.add(SimpleConditionEvent.violated(type, where + " shows " + part)));
    }
  }

  @Test
  void noSignatureShowsWhoseCollectionsAreUsedWithin() {
    OWN_SIGNATURES.check(MAIN);
  }

  @Test
  void everySignatureThatShowsOneIsFound() {
    assertFindsAll(OWN_SIGNATURES, Showing.class);
    assertFalse(violations(OWN_SIGNATURES, fixture(Showing.Components.class)).isEmpty());
    assertFalse(violations(OWN_SIGNATURES, fixture(Showing.Constructed.class)).isEmpty());
    assertFalse(violations(OWN_SIGNATURES, fixture(Showing.Child.class)).isEmpty());
  }

  @Test
  void whatOnlyThePackageSeesMayShowOne() {
    assertTrue(violations(OWN_SIGNATURES, fixture(Hidden.class)).isEmpty());
  }

  public abstract static class Showing {

    public static final ImmutableList<String> FIELD = ImmutableList.of();

    protected final Optional<ImmutableList<String>> inside = Optional.empty();

    public ImmutableList<String> result() {
      return ImmutableList.of();
    }

    protected abstract void parameter(List<? extends ImmutableSet<String>> names);

    public abstract <T extends ImmutableList<String>> void variable(List<T> names);

    /** Shows it as a component, in the constructor and in the accessor. */
    public record Components(ImmutableList<String> names) {}

    /** Shows it in its constructor. */
    public static final class Constructed {
      public Constructed(ImmutableList<String> names) {
        assertTrue(names.isEmpty());
      }
    }

    /** Shows it above itself. */
    public abstract static class Child extends ForwardingList<String> {}
  }

  static final class Hidden {

    private Hidden() {}

    public static ImmutableList<String> list() {
      return ImmutableList.of();
    }
  }

  // Order

  /** Looked through by hand: no answer depends on the order of their hash tables. */
  private static final ImmutableSet<String> HASH_TABLES_ARE_ONLY_ASKED =
      ImmutableSet.of(CORE + ".Restoring", CORE + ".RuleRun", POLICY + ".Policy$PolicyCheck");

  private static final ArchRule ORDER_IS_KNOWN =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("the target has no order to rely on", ArchitectureTest::losesOrder));

  private static boolean losesOrder(JavaAccess<?> access) {
    String name = access.getName();
    int parameters = parameters(access).size();
    return switch (access.getTargetOwner().getName()) {
      case "java.util.Set", "java.util.Map" ->
          name.equals("copyOf")
              || name.equals("ofEntries")
              || (name.equals("of") && parameters > 0);
      case "java.util.stream.Collectors" ->
          switch (name) {
            case "toSet", "groupingByConcurrent", "toConcurrentMap" -> true;
            case "toMap" -> parameters < 4;
            case "groupingBy" -> parameters < 3;
            default -> name.startsWith("toUnmodifiable") && !name.endsWith("List");
          };
      case "java.util.HashMap", "java.util.HashSet" ->
          !name.equals("<init>")
              || !HASH_TABLES_ARE_ONLY_ASKED.contains(access.getOriginOwner().getName());
      default -> false;
    };
  }

  @Test
  void theLibraryUsesNoCollectionWhoseOrderChangesFromRunToRun() {
    ORDER_IS_KNOWN.check(MAIN);
  }

  @Test
  void everyCollectionWithoutAnOrderIsFound() {
    assertFindsAll(ORDER_IS_KNOWN, Unordered.class);
  }

  static final class Unordered {

    private Unordered() {}

    static Set<String> set() {
      return Set.of("a");
    }

    static Set<String> manyInASet(String... names) {
      return Set.of(names);
    }

    static Set<String> setCopy(Collection<String> names) {
      return Set.copyOf(names);
    }

    static Function<Collection<String>, Set<String>> setCopyByReference() {
      return Set::copyOf;
    }

    static Map<String, String> map() {
      return Map.of("a", "b");
    }

    static Map<String, String> mapOfEntries() {
      return Map.ofEntries(Map.entry("a", "b"));
    }

    static Map<String, String> mapCopy(Map<String, String> map) {
      return Map.copyOf(map);
    }

    static Set<String> toSet(Stream<String> names) {
      return names.collect(Collectors.toSet());
    }

    static Map<String, String> toMap(Stream<String> names) {
      return names.collect(Collectors.toMap(name -> name, name -> name));
    }

    static Map<String, String> toMerged(Stream<String> names) {
      return names.collect(Collectors.toMap(name -> name, name -> name, (a, b) -> a));
    }

    static Set<String> toUnmodifiableSet(Stream<String> names) {
      return names.collect(Collectors.toUnmodifiableSet());
    }

    static Map<String, String> toUnmodifiableMap(Stream<String> names) {
      return names.collect(Collectors.toUnmodifiableMap(name -> name, name -> name));
    }

    static Map<Integer, List<String>> groups(Stream<String> names) {
      return names.collect(Collectors.groupingBy(String::length));
    }

    static Map<Integer, Long> counts(Stream<String> names) {
      return names.collect(Collectors.groupingBy(String::length, Collectors.counting()));
    }

    static ConcurrentMap<Integer, List<String>> concurrentGroups(Stream<String> names) {
      return names.collect(Collectors.groupingByConcurrent(String::length));
    }

    static Map<String, String> hashMap() {
      return new HashMap<>();
    }

    static Supplier<Set<String>> hashSetByReference() {
      return HashSet::new;
    }
  }

  // Words

  private static final ArchRule NO_WORD_OF_ONE_PROGRAM =
      classes()
          .that()
          .resideInAnyPackage(CORE, POLICY)
          .should(new NotNameTheProgram("(?i)connect"));

  /** Looks at all that a class file says: names, signatures and strings. */
  private static final class NotNameTheProgram extends ArchCondition<JavaClass> {

    private final Pattern word;

    NotNameTheProgram(String word) {
      super("not contain " + word);
      this.word = Pattern.compile(word);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      String all = new String(bytes(type), StandardCharsets.ISO_8859_1);
      if (word.matcher(all).find()) {
        events.add(SimpleConditionEvent.violated(type, type.getName() + " contains " + word));
      }
    }
  }

  @Test
  void neitherTheCoreNorThePoliciesNameTheProgramThatIsBuiltIn() {
    NO_WORD_OF_ONE_PROGRAM.check(MAIN);
  }

  @Test
  void theProgramsNameIsFoundInNamesAndInStrings() {
    for (Class<?> naming :
        List.of(InText.class, InMethod.class, InField.class, Reconnecting.class)) {
      assertFalse(violations(NO_WORD_OF_ONE_PROGRAM, fixture(naming)).isEmpty(), naming.getName());
    }
    assertTrue(violations(NO_WORD_OF_ONE_PROGRAM, fixture(Harmless.class)).isEmpty());
  }

  static final class InText {
    private InText() {}

    static String text() {
      return "10 Connects";
    }
  }

  static final class InMethod {
    private InMethod() {}

    static void connect() {}
  }

  static final class InField {
    static final long MOST_CONNECTS = 1;

    private InField() {}
  }

  static final class Reconnecting {
    private Reconnecting() {}
  }
}
