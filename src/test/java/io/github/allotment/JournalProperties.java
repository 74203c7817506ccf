package io.github.allotment;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** That a journal tells of each row how it was first and how it is last, whatever came between. */
class JournalProperties {

  private static final Instant AT = Instant.parse("2021-01-05T09:00:00Z");

  /** What a row becomes: of a kind and a number, with an amount, or gone. */
  private record Step(Row.Table table, int number, int amount) {

    Row row(int of) {
      return switch (table) {
        case LOTS ->
            new Lot(
                new Lot.Terms(number, "s", AT, "1", 0, 0, Optional.empty(), Optional.empty()), of);
        case CLAIMS ->
            new Claim(
                number,
                "subject",
                Optional.empty(),
                Optional.empty(),
                AT,
                of,
                List.of(),
                new TreeSet<>(),
                Optional.empty(),
                Optional.empty());
        case PENDING ->
            new PendingAward(
                number,
                new Cause(Optional.empty(), "rule", "1"),
                Optional.empty(),
                TransactionType.AWARD,
                List.of(new PendingAward.Part("A", "s", of, Optional.empty(), OptionalInt.empty())),
                AT,
                AT,
                List.of());
        case USES -> new Use("limit", AT.plusSeconds(number), of);
        case SEEN -> new SeenEvent("id " + number, AT, "type " + of, ReasonCode.APPLIED);
        case STANDING -> throw new IllegalArgumentException("there is only one");
      };
    }

    String key() {
      return table + " " + number;
    }
  }

  /** How a row was before the first step, and how it is now; 0 if it is not there. */
  private record State(Step row, int before, int now) {

    Set<Change> change() {
      if (before == now) {
        return Set.of();
      } else if (before == 0) {
        return Set.of(new Change.Added(row.row(now)));
      }
      return Set.of(
          now == 0
              ? new Change.Removed(row.row(before))
              : new Change.Changed(row.row(before), row.row(now)));
    }
  }

  @Property
  void whatIsToldLeadsFromTheFirstToTheLast(@ForAll("steps") List<Step> steps) {
    Journal journal = new Journal();
    Map<String, State> states = new LinkedHashMap<>();
    for (Step step : steps) {
      // A row of an even number was there before.
      int before = step.number() % 2 == 0 ? 2 : 0;
      State old = states.getOrDefault(step.key(), new State(step, before, before));
      note(journal, step, old.now());
      states.put(step.key(), new State(step, before, step.amount()));
    }
    List<Change> told = journal.changes();
    assertEquals(
        states.values().stream()
            .flatMap(state -> state.change().stream())
            .collect(toImmutableSet()),
        Set.copyOf(told));
    assertEquals(Set.copyOf(told).size(), told.size());
  }

  private static void note(Journal journal, Step step, int old) {
    if (old == step.amount()) {
      return;
    } else if (old == 0) {
      journal.added(step.row(step.amount()));
    } else if (step.amount() == 0) {
      journal.removed(step.row(old));
    } else {
      journal.changed(step.row(old), step.row(step.amount()));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Row.Table> tables =
        Arbitraries.of(Row.Table.class).filter(table -> table != Row.Table.STANDING);
    return Arbitraries.of(3, 12, 200)
        .flatMap(
            rows ->
                Combinators.combine(
                        tables,
                        Arbitraries.integers().between(1, rows),
                        Arbitraries.integers().between(0, 3))
                    .as(Step::new)
                    .list()
                    .ofMaxSize(60));
  }
}
