package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Window;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken apart calls the one function that is for it, with what it has. */
class FoldsTest {

  private static final Instant AT = Instant.parse("2021-01-05T00:00:00Z");

  /** A value of each type that records have. */
  private static final List<Object> SOME =
      Stream.concat(
              Stream.of(
                  "a name",
                  1L,
                  true,
                  AT,
                  Duration.ofDays(1),
                  Optional.empty(),
                  OptionalLong.empty(),
                  List.of(),
                  Window.ever(),
                  FactValue.of(1)),
              rows().stream())
          .toList();

  @Test
  void anAnswerIsAnInstantAReasonOrAHorizon() {
    Reason reason = new Reason.NoRule("x", AT, "v");
    assertEquals(
        List.of("at " + AT, "never " + reason, "not before " + AT),
        Stream.of(new Earliest.At(AT), new Earliest.Never(reason, AT), new Earliest.NotBefore(AT))
            .map(
                answer ->
                    answer.<String>fold(
                        at -> "at " + at,
                        never -> "never " + never,
                        horizon -> "not before " + horizon))
            .toList());
  }

  @Test
  void aChangeHasTheRowsThatItIsAbout() {
    Use one = new Use("limit", AT, 1);
    Use two = new Use("limit", AT, 2);
    assertEquals(
        List.of(List.of("added", one), List.of("changed", one, two), List.of("removed", two)),
        Stream.of(new Change.Added(one), new Change.Changed(one, two), new Change.Removed(two))
            .map(
                change ->
                    change.<List<Object>>fold(
                        row -> List.of("added", row),
                        (before, row) -> List.of("changed", before, row),
                        row -> List.of("removed", row)))
            .toList());
  }

  @Test
  void aValueIsATextANumberOrATruth() {
    assertEquals(
        List.of("text x", "whole 7", "truth true"),
        Stream.of(FactValue.of("x"), FactValue.of(7), FactValue.of(true))
            .map(
                value ->
                    value.<String>fold(
                        text -> "text " + text, whole -> "whole " + whole, is -> "truth " + is))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("kindsOfReasons")
  void aReasonIsTheCaseOfItsKind(Class<? extends Reason> kind) throws Exception {
    assertEquals(
        caseOf(kind),
        example(kind).match(FoldsTest.<Reason.Cases<String>>tellingCases(Reason.Cases.class)));
  }

  static Stream<Class<?>> kindsOfReasons() {
    return Arrays.stream(Reason.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("kindsOfConsequences")
  void aConsequenceIsTheCaseOfItsKind(Class<? extends Consequence> kind) throws Exception {
    assertEquals(
        caseOf(kind),
        example(kind)
            .match(FoldsTest.<Consequence.Cases<String>>tellingCases(Consequence.Cases.class)));
  }

  static Stream<Class<?>> kindsOfConsequences() {
    return Arrays.stream(Consequence.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("kindsOfWhatComes")
  void whatComesIsTheCaseOfItsKind(Class<? extends Upcoming> kind) throws Exception {
    assertEquals(
        caseOf(kind),
        example(kind).match(FoldsTest.<Upcoming.Cases<String>>tellingCases(Upcoming.Cases.class)));
  }

  static Stream<Class<?>> kindsOfWhatComes() {
    return Arrays.stream(Upcoming.class.getPermittedSubclasses());
  }

  @Test
  void aRowIsTheCaseOfItsTable() {
    Set<String> told = new TreeSet<>();
    Row.Cases<String> cases = tellingCases(Row.Cases.class);
    for (Row row : rows()) {
      String name = row.match(cases);
      assertEquals(caseOf(row.getClass()), name);
      told.add(name);
    }
    assertEquals(Set.of("standing", "lot", "claim", "pendingAward", "use", "seenEvent"), told);
  }

  /** Returns what a wallet has after a charge and an award that is pending. */
  private static List<Row> rows() {
    PolicyEngine engine = PolicyEngine.of(Connects.program());
    Wallet wallet =
        engine
            .open(Connects.opening(Connects.PLUS, AT, AccountKind.FREELANCER, ReadinessTest.PASSED))
            .wallet();
    Event proposal = Connects.proposalSubmitted("1", AT, "proposal-1", "job-1", 6);
    Event interview = Connects.interview("2", AT, "proposal-1", InterviewSource.PROPOSAL, true);
    for (Event event : List.of(proposal, interview)) {
      Decision decision = engine.decide(wallet, event);
      assertTrue(decision.isApplied(), decision.why());
      wallet = decision.wallet();
    }
    return wallet.state().rows();
  }

  private static String caseOf(Class<?> kind) {
    String name = kind.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** Returns cases each of which tells its own name. */
  private static <C> C tellingCases(Class<? super C> cases) {
    @SuppressWarnings("unchecked")
    C proxy =
        (C)
            Proxy.newProxyInstance(
                cases.getClassLoader(),
                new Class<?>[] {cases},
                (any, method, arguments) -> method.getName());
    return proxy;
  }

  /** Makes some record of a kind: what it says does not matter to what case it is. */
  private static <R> R example(Class<R> kind) throws ReflectiveOperationException {
    RecordComponent[] components = kind.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(types).map(FoldsTest::someOf).toArray();
    return kind.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object someOf(Class<?> type) {
    return type.isEnum()
        ? type.getEnumConstants()[0]
        : SOME.stream()
            .filter(value -> type.isInstance(value) || isBoxed(type, value))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no example of " + type));
  }

  private static boolean isBoxed(Class<?> type, Object value) {
    return (type == long.class && value instanceof Long)
        || (type == boolean.class && value instanceof Boolean);
  }
}
