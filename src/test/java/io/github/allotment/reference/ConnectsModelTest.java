package io.github.allotment.reference;

import static io.github.allotment.reference.ModelHistory.archived;
import static io.github.allotment.reference.ModelHistory.closed;
import static io.github.allotment.reference.ModelHistory.interview;
import static io.github.allotment.reference.ModelHistory.passed;
import static io.github.allotment.reference.ModelHistory.planChanged;
import static io.github.allotment.reference.ModelHistory.purchased;
import static io.github.allotment.reference.ModelHistory.settled;
import static io.github.allotment.reference.ModelHistory.submitted;
import static io.github.allotment.reference.ModelHistory.withdrawn;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the engine with the reference model: on every short sequence of a few events at the
 * instants that matter, then on random histories.
 */
class ConnectsModelTest {

  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration HALF_DAY = Duration.ofHours(12);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final ZoneId UTC = ZoneId.of("UTC");

  // ---------------------------------------------------------------- every short sequence

  /** Makes an event at its position in a sequence, which gives it an id of its own if it likes. */
  private interface Letter {
    ConnectsModel.Event at(int position);
  }

  /**
   * Compares all sequences up to a length of some letters, after a prefix of events, and then lets
   * time pass.
   *
   * @return the reasons that were met, so that a test can show that it tests something
   */
  private static Set<String> compareAll(
      ConnectsModel.Opening opening,
      List<ConnectsModel.Event> prefix,
      int length,
      Duration after,
      Letter... letters) {
    Sequences sequences = new Sequences(opening, List.of(letters), after);
    sequences.events.addAll(prefix);
    for (int exactly = 0; exactly <= length; exactly++) { // so that the first failure is a shortest
      sequences.compare(0, exactly);
    }
    return sequences.reasons;
  }

  /** Walks through all sequences of some letters. */
  private static final class Sequences {

    private final ConnectsModel.Opening opening;
    private final List<Letter> letters;
    private final Duration after;
    final List<ConnectsModel.Event> events = new ArrayList<>();
    final Set<String> reasons = new TreeSet<>();

    Sequences(ConnectsModel.Opening opening, List<Letter> letters, Duration after) {
      this.opening = opening;
      this.letters = letters;
      this.after = after;
    }

    void compare(int position, int length) {
      if (position == length) {
        Instant last =
            events.stream()
                .map(ConnectsModel.Event::at)
                .reduce(opening.openedAt(), (a, b) -> b.isAfter(a) ? b : a);
        ModelHistory history = new ModelHistory(opening, events, Optional.of(last.plus(after)));
        assertSame(history);
        if (length <= 3) { // enough to meet them all
          history.expected().decisions().forEach(decision -> reasons.add(decision.reason()));
        }
        return;
      }
      for (Letter letter : letters) {
        events.add(letter.at(position));
        compare(position + 1, length);
        events.remove(events.size() - 1);
      }
    }
  }

  private static void assertMet(Set<String> reasons, String... expected) {
    assertTrue(reasons.containsAll(List.of(expected)), () -> "met only " + reasons);
  }

  private static void assertSame(ModelHistory history) {
    history
        .firstDifference()
        .ifPresent(
            difference -> {
              throw new AssertionError(difference + "\n" + history);
            });
  }

  private static ConnectsModel.Opening opening(String plan, String at) {
    return new ConnectsModel.Opening(plan, "freelancer", Instant.parse(at), UTC, false);
  }

  private static Letter submission(Instant at, String proposal, String job, long cost) {
    return n -> submitted("s" + n, at, proposal, job, cost);
  }

  private static Letter withdrawal(Instant at, String proposal) {
    return n -> withdrawn("w" + n, at, proposal);
  }

  private static Letter closing(Instant at, String job, String outcome) {
    return n -> closed("c" + n, at, job, outcome);
  }

  private static Letter interviewOf(Instant at, String proposal) {
    return n -> interview("i" + n, at, proposal, "proposal", true);
  }

  /** An interview of a proposal that no other position of the sequence is about. */
  private static Letter ownInterview(Instant at) {
    return n -> interview("i" + n, at, "p" + n, "proposal", true);
  }

  private static Letter settlement(Instant at, String proposal) {
    return n -> settled("f" + n, at, proposal);
  }

  private static Letter purchase(Instant at, long amount) {
    return n -> purchased("b" + n, at, amount);
  }

  private static Letter planChange(Instant at, String plan) {
    return n -> planChanged("l" + n, at, plan);
  }

  private static Letter test(Instant at) {
    return n -> passed("t" + n, at);
  }

  @Test
  void noSevenDaysHoldMoreThanFiftyInAnyOrderOfArrival() {
    ConnectsModel.Opening opening = opening("basic", "2021-01-05T00:00:00Z");
    Instant first = Instant.parse("2021-01-05T12:00:00Z");
    List<ConnectsModel.Event> prefix = new ArrayList<>();
    for (int n = 0; n < 9; n++) {
      prefix.add(submitted("s" + n, opening.openedAt().plusSeconds(n), "p" + n, "j" + n, 0));
    }
    prefix.add(interview("x6", first, "p6", "proposal", true));
    prefix.add(interview("x7", first.plus(NANO), "p7", "proposal", true));
    prefix.add(interview("x8", first.plus(HALF_DAY), "p8", "proposal", true));
    Instant full = first.plus(WEEK);
    Set<String> reasons =
        compareAll(
            opening,
            prefix,
            5,
            DAY.plus(WEEK),
            ownInterview(full.minus(HALF_DAY)),
            ownInterview(full.minus(NANO)),
            ownInterview(full),
            ownInterview(full.plus(NANO)),
            ownInterview(full.plus(HALF_DAY)),
            ownInterview(full.plus(HALF_DAY).plus(NANO)),
            ownInterview(full.plus(DAY)));
    assertMet(reasons, "applied", "no-room", "too-late");
  }

  @Test
  void claimsEndOnceWhateverArrivesLate() {
    ConnectsModel.Opening opening = opening("basic", "2021-01-05T00:00:00Z");
    Instant ten = Instant.parse("2021-01-06T10:00:00Z");
    Instant noon = Instant.parse("2021-01-06T12:00:00Z");
    Set<String> reasons =
        compareAll(
            opening,
            List.of(),
            4,
            DAY.multipliedBy(60),
            submission(ten, "p1", "j1", 2),
            submission(noon, "p1", "j1", 0),
            submission(ten.plus(NANO), "p2", "j1", 50),
            submission(noon.plus(DAY).plus(NANO), "p1", "j2", 3),
            withdrawal(ten, "p1"),
            withdrawal(noon, "p1"),
            closing(ten, "j1", "closed-without-hire"),
            closing(noon, "j1", "removed-for-violation"),
            closing(ten.plus(DAY), "j1", "hired"),
            closing(noon.plus(DAY), "j2", "closed-without-hire"),
            interviewOf(ten, "p1"),
            interviewOf(noon.minus(NANO), "p1"),
            interviewOf(noon, "p2"),
            settlement(noon, "p1"));
    assertMet(reasons, "already-done", "applied", "no-open-claim", "not-enough", "too-late");
  }

  @Test
  void anIdCountsOnceWhileItIsRemembered() {
    ConnectsModel.Opening opening = opening("basic", "2021-01-05T00:00:00Z");
    Instant at = Instant.parse("2021-01-06T00:00:00Z");
    Set<String> reasons =
        compareAll(
            opening,
            List.of(),
            4,
            DAY,
            n -> purchased("x", at, 5),
            n -> purchased("x", at, 7),
            n -> purchased("x", at.plus(NANO), 5),
            n -> submitted("x", at, "p1", "j1", 999),
            n -> submitted("x", at, "p1", "j1", 1),
            n -> archived("x", at, "p1"),
            n -> purchased("x", opening.openedAt().minus(NANO), 5),
            n -> purchased("x", opening.openedAt(), 5),
            n -> purchased("x", at.plus(DAY), 5),
            n -> purchased("x", at.plus(DAY).plus(NANO), 5),
            n -> purchased("y", at.plus(DAY), 1),
            n -> purchased("y", at.plus(DAY).plus(NANO), 1),
            n -> purchased("z" + n, at.plus(DAY.multipliedBy(2)).plus(NANO), 1));
    assertMet(
        reasons,
        "applied",
        "before-opening",
        "id-reused",
        "no-effect",
        "not-enough",
        "seen-before",
        "too-late");
  }

  @ParameterizedTest
  @CsvSource({
    "basic, plus, 2021-01-31T15:00:00Z, UTC, 2021-02-28T00:00:00Z",
    "plus, basic, 2021-02-14T15:00:00Z, America/Havana, 2021-03-14T05:00:00Z" // midnight is skipped
  })
  void aRenewalSeesThePlanTheSurplusAndWhatSettlesWithIt(
      String plan, String otherPlan, Instant openedAt, ZoneId zone, Instant renewal) {
    Set<String> reasons =
        compareAll(
            new ConnectsModel.Opening(plan, "agency", openedAt, zone, true),
            List.of(submitted("s", openedAt, "p0", "j0", 20)),
            4,
            DAY.multipliedBy(32),
            planChange(renewal.minus(NANO), otherPlan),
            planChange(renewal.minus(NANO), plan),
            planChange(renewal, otherPlan),
            planChange(renewal, plan),
            purchase(renewal.minus(DAY), 130),
            purchase(renewal.minus(NANO), 60),
            purchase(renewal, 200),
            submission(renewal.minus(NANO), "p1", "j0", 40),
            closing(renewal, "j0", "closed-without-hire"),
            interviewOf(renewal.minus(DAY).minus(NANO), "p0"),
            interviewOf(renewal.minus(DAY), "p0"),
            settlement(renewal.minus(NANO), "p0"));
    assertMet(reasons, "already-done", "applied", "no-open-claim");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-11-01T10:00:00Z, 2020-12-01T00:00:00Z", // the version starts with a cycle
    "2020-11-20T00:00:00Z, 2020-12-01T00:00:00Z",
    "2021-06-23T10:00:00Z, 2021-07-23T00:00:00Z", // and here too
    "2021-07-22T23:59:59.999999999Z, 2021-07-23T00:00:00Z"
  })
  void theVersionOfAnEventsOwnInstantJudgesIt(Instant openedAt, Instant version) {
    Set<String> reasons =
        compareAll(
            new ConnectsModel.Opening("plus", "freelancer", openedAt, UTC, false),
            List.of(
                submitted("x1", openedAt, "p1", "j1", 5), submitted("x2", openedAt, "p2", "j1", 6)),
            4,
            DAY.multipliedBy(32),
            interviewOf(version.minus(DAY), "p1"),
            interviewOf(version.minus(NANO), "p1"),
            interviewOf(version, "p1"),
            interviewOf(version.minus(NANO), "p2"),
            settlement(version.minus(NANO), "p1"),
            settlement(version.plus(NANO), "p2"),
            test(version.minus(NANO)),
            test(version),
            closing(version, "j1", "closed-without-hire"),
            purchase(version.minus(NANO), 150),
            purchase(version.plus(DAY).minus(NANO), 1),
            purchase(version.plus(DAY), 1));
    assertMet(reasons, "already-done", "applied", "no-open-claim", "too-late");
  }

  // ---------------------------------------------------------------- random histories

  @Property(tries = 1000, seed = "20201201", edgeCases = EdgeCasesMode.NONE)
  void randomHistoriesComeOutTheSame(@ForAll("histories") ModelHistory history) {
    assertSame(history);
  }

  @Tag("long")
  @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE)
  void manyMoreRandomHistoriesComeOutTheSame(@ForAll("histories") ModelHistory history) {
    assertSame(history);
  }

  @Provide
  Arbitrary<ModelHistory> histories() {
    return Histories.all();
  }

  @Example
  void randomHistoriesGoEverywhere() {
    Sightings seen = new Sightings();
    samples(2000).forEach(seen::add);
    String tooFew =
        AT_LEAST
            .lines()
            .filter(
                line ->
                    seen.count(line.substring(6)) < Integer.parseInt(line.substring(0, 5).strip()))
            .collect(joining("\n"));
    assertEquals("", tooFew, () -> "too few; seen: " + seen.counts);
  }

  /** How often 2000 histories must at least meet what hurts. */
  private static final String AT_LEAST =
      """
        500 before-opening
       1500 too-late
        300 seen-before
        500 id-reused
        300 no-rule
        300 no-effect
        500 fact-missing
       4000 no-open-claim
       4000 already-done
        600 no-room
        150 not-enough
      15000 applied
        250 history with no-room
       5000 row allotment
       1000 row bonus
       1000 row purchase
       4000 row award
       4000 row charge
        400 row return
       2000 row forfeit
       1500 award of 10
       2000 award of 5
       1000 late and applied
        200 24 hours late and applied
       5000 pending
        100 renewal from basic to plus
        100 renewal from plus to basic
       1000 renewal from basic to basic
       1000 renewal from plus to plus
         10 overflow
      """;

  @Example
  void whatAHistoryPrintsCanBeReadAgain() {
    for (ModelHistory history : samples(200)) {
      assertEquals(history, ModelHistory.parse(history.toString()));
    }
  }

  /** Makes the same histories each time. */
  private static List<ModelHistory> samples(int count) {
    RandomGenerator<ModelHistory> generator = Histories.all().generator(1000);
    Random random = new Random(20201201);
    return Stream.generate(() -> generator.next(random).value()).limit(count).toList();
  }

  // ---------------------------------------------------------------- written histories

  @ParameterizedTest
  @MethodSource("conformanceHistories")
  void theModelAgreesWithWhatWasWrittenByHand(Path file) throws IOException {
    String json = Files.readString(file);
    assertEquals(ModelHistory.parseExpected(json), ModelHistory.parse(json).expected());
  }

  /** Returns the files of this project; a test that finds none fails. */
  static List<Path> conformanceHistories() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/conformance"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Counts what histories lead to. */
  private static final class Sightings {

    final Map<String, Integer> counts = new TreeMap<>();

    int count(String what) {
      return counts.getOrDefault(what, 0);
    }

    void see(String what) {
      counts.merge(what, 1, Integer::sum);
    }

    void add(ModelHistory history) {
      see("history");
      ConnectsModel.Result result;
      try {
        result = history.expected();
      } catch (ArithmeticException tooMany) {
        see("overflow");
        return;
      }
      result.decisions().stream().map(ConnectsModel.Decision::reason).forEach(this::see);
      result.decisions().stream()
          .map(ConnectsModel.Decision::reason)
          .distinct()
          .forEach(reason -> see("history with " + reason));
      result.history().stream().map(row -> "row " + row.type()).forEach(this::see);
      result.history().stream()
          .filter(row -> row.type().equals("award"))
          .forEach(row -> see("award of " + row.amount()));
      addTimes(history, result);
      addPlans(history, result);
    }

    private void addTimes(ModelHistory history, ConnectsModel.Result result) {
      Instant clock = history.opening().openedAt();
      for (int i = 0; i < history.events().size(); i++) {
        Instant at = history.events().get(i).at();
        boolean applied = result.decisions().get(i).outcome().equals("applied");
        if (applied && at.isBefore(clock)) {
          see("late and applied");
        }
        if (applied && at.equals(clock.minus(DAY))) {
          see("24 hours late and applied");
        }
        if (result.decisions().get(i).pending() > 0) {
          see("pending");
        }
        clock = at.isAfter(clock) ? at : clock;
      }
    }

    /** A renewal on Plus is known by its 70; Basic has rows from the start of the program. */
    private void addPlans(ModelHistory history, ConnectsModel.Result result) {
      String plan = history.opening().plan();
      Map<Instant, String> renewals = new TreeMap<>();
      for (ConnectsModel.Row row : result.history()) {
        if (row.type().equals("allotment") && row.at().isAfter(history.opening().openedAt())) {
          renewals.merge(row.at(), row.amount() == 70 ? "plus" : "basic", (first, later) -> first);
        }
      }
      for (String renewed : renewals.values()) {
        see("renewal from " + plan + " to " + renewed);
        plan = renewed;
      }
    }
  }
}
