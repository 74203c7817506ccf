package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several changes of a row come to, among few rows and among many. */
class JournalTest {

  private static final Instant AT = Instant.parse("2021-01-05T09:00:00Z");

  private static Use use(int number, long amount) {
    return new Use("limit", AT.plusSeconds(number), amount);
  }

  private static Lot lot(long number, long left) {
    return new Lot(
        new Lot.Terms(number, "s", AT, "1", 0, 0, Optional.empty(), Optional.empty()), left);
  }

  private static Claim claim(long number, long amount) {
    return new Claim(
        number,
        "s",
        Optional.empty(),
        Optional.empty(),
        AT,
        amount,
        List.of(),
        new TreeSet<>(),
        Optional.empty(),
        Optional.empty());
  }

  private static PendingAward award(long number, long amount) {
    return new PendingAward(
        number,
        new Cause(Optional.empty(), "rule", "1"),
        Optional.empty(),
        TransactionType.AWARD,
        List.of(new PendingAward.Part("A", "s", amount, Optional.empty(), OptionalInt.empty())),
        AT,
        AT,
        List.of());
  }

  private static SeenEvent seen(String id) {
    return new SeenEvent(id, AT, "type", ReasonCode.APPLIED);
  }

  /** So many other rows are new. */
  private static Journal among(int others) {
    Journal journal = new Journal();
    for (int i = 1; i <= others; i++) {
      journal.added(use(-i, 1));
    }
    return journal;
  }

  private static List<Change> and(int others, Change... changes) {
    List<Change> all = new ArrayList<>();
    for (int i = 1; i <= others; i++) {
      all.add(new Change.Added(use(-i, 1)));
    }
    all.addAll(List.of(changes));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 14, 15, 16, 17, 18, 40})
  void changesOfOneRowAreOneOrNone(int others) {
    Journal journal = among(others);
    journal.added(use(1, 1));
    journal.changed(use(1, 1), use(1, 2));
    journal.changed(use(2, 1), use(2, 2));
    journal.changed(use(2, 2), use(2, 3));
    journal.changed(use(3, 1), use(3, 2));
    journal.removed(use(3, 2));
    journal.removed(use(4, 1));
    journal.added(use(4, 2));
    journal.added(use(5, 1));
    journal.removed(use(5, 1));
    journal.removed(use(6, 1));
    journal.added(use(6, 1));
    journal.changed(use(7, 1), use(7, 2));
    journal.changed(use(7, 2), use(7, 1));

    assertEquals(
        and(
            others,
            new Change.Added(use(1, 2)),
            new Change.Changed(use(2, 1), use(2, 3)),
            new Change.Removed(use(3, 1)),
            new Change.Changed(use(4, 1), use(4, 2))),
        journal.changes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void rowsOfOneKeyInSeveralTablesAreKeptApart(int others) {
    Journal journal = among(others);
    journal.removed(lot(1, 5));
    journal.removed(claim(1, 5));
    journal.removed(award(1, 5));
    journal.removed(seen("1"));
    journal.added(lot(2, 6));
    journal.added(claim(2, 6));
    journal.added(award(2, 6));
    journal.added(seen("2"));

    assertEquals(
        and(
            others,
            new Change.Removed(lot(1, 5)),
            new Change.Removed(claim(1, 5)),
            new Change.Removed(award(1, 5)),
            new Change.Removed(seen("1")),
            new Change.Added(lot(2, 6)),
            new Change.Added(claim(2, 6)),
            new Change.Added(award(2, 6)),
            new Change.Added(seen("2"))),
        journal.changes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void theRowsOfATableAreToldApartByWhatTheirKeyConsistsOf(int others) {
    Use here = new Use("other limit", AT, 1);
    Journal journal = among(others);
    journal.added(lot(1, 5));
    journal.changed(lot(1, 5), lot(1, 4));
    journal.added(claim(1, 5));
    journal.changed(claim(1, 5), claim(1, 4));
    journal.added(award(1, 5));
    journal.removed(award(1, 5));
    journal.added(seen("1"));
    journal.removed(seen("1"));
    journal.added(use(0, 1));
    journal.added(here);
    journal.removed(here);

    assertEquals(
        and(
            others,
            new Change.Added(lot(1, 4)),
            new Change.Added(claim(1, 4)),
            new Change.Added(use(0, 1))),
        journal.changes());
  }

  @Test
  void nothingIsNoChange() {
    assertEquals(List.of(), new Journal().changes());
  }

  @Test
  void rowsOfDifferentTablesAreNeverOne() {
    Journal journal = new Journal();
    List<Row> rows =
        List.of(lot(1, 1), claim(1, 1), award(1, 1), use(1, 1), seen("1"), lot(2, 1), claim(2, 1));
    rows.forEach(journal::added);
    journal.added(award(2, 1));
    journal.added(use(2, 1));
    journal.added(seen("2"));
    assertEquals(10, journal.changes().size());
  }
}
