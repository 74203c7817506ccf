package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored state that no wallet can be in is rejected, and the message says what is wrong. */
class RestoreTest {

  private static final PolicyEngine ENGINE = WalletHistories.CONNECTS;
  private static final Instant OPENED = Instant.parse("2021-08-05T09:00:00Z");
  private static final Instant AT = Instant.parse("2021-08-10T12:00:00Z");
  private static final Duration LATENESS = Duration.ofHours(24);
  private static final long MAX = Long.MAX_VALUE;
  private static final WalletState VALID = valid();

  /** Has two lots, an open and an ended claim, a pending award, a use, and remembered events. */
  private static WalletState valid() {
    Opening opening = Opening.of(Connects.BASIC, OPENED);
    List<Event> events =
        List.of(
            Connects.proposalSubmitted("e1", AT, "open", "job", 12),
            Connects.proposalSubmitted("e2", AT, "ended", "job", 2),
            Connects.interview("e3", AT, "open", InterviewSource.PROPOSAL, true),
            Connects.proposalWithdrawn("e4", AT, "ended"),
            Connects.connectsPurchased("e5", AT, 5),
            Connects.planChanged("e6", AT, Connects.PLUS));
    return ENGINE.replay(ENGINE.open(opening).wallet(), events).wallet().state();
  }

  @Test
  void theStateThatTheOthersAreMadeOfIsAWallets() {
    assertEquals(VALID, ENGINE.restore(VALID).state());
    assertEquals(List.of("2", "6"), VALID.lots().stream().map(Lot::key).toList());
    assertEquals(List.of(3L, 4L), VALID.claims().stream().map(Claim::number).toList());
    assertEquals(List.of(5L), VALID.pending().stream().map(PendingAward::number).toList());
    assertEquals(1, VALID.uses().size());
    assertEquals(6, VALID.seen().size());
    assertEquals(5, VALID.standing().lastTransaction());
    assertEquals(5 + 6, VALID.standing().revision());
  }

  @Test
  void everyRowIsWrittenByItselfAsItIsInTheWholeAndComesBack() {
    Map<String, Object> whole = WalletData.toTree(VALID);
    Map<String, Object> rows = new LinkedHashMap<>(Map.of("format", WalletData.FORMAT));
    for (Row.Table table : Row.Table.values()) {
      List<Row> some = VALID.rows().stream().filter(row -> row.table() == table).toList();
      List<Map<String, Object>> trees = some.stream().map(WalletData::toTree).toList();
      assertEquals(some, trees.stream().map(tree -> WalletData.fromTree(table, tree)).toList());
      rows.put(Ascii.toLowerCase(table.name()), table == Row.Table.STANDING ? trees.get(0) : trees);
    }
    assertEquals(whole, rows);
  }

  @Test
  void everyRowOfTheHistoryComesBackFromItsTree() {
    Opening opening = Opening.of(Connects.BASIC, OPENED);
    Decision opened = ENGINE.open(opening);
    Decision charged =
        ENGINE.decide(opened.wallet(), Connects.proposalSubmitted("e1", AT, "proposal", "job", 7));
    List<Transaction> rows =
        Stream.of(opened, charged).flatMap(it -> it.transactions().stream()).toList();
    assertEquals(
        rows,
        rows.stream().map(row -> WalletData.transactionFromTree(WalletData.toTree(row))).toList());
    Map<String, Object> tree = new LinkedHashMap<>(WalletData.toTree(rows.get(rows.size() - 1)));
    assertEquals(
        List.of("number", "at", "type", "label", "amount", "balance", "cause", "moves"),
        List.copyOf(tree.keySet()));
    assertEquals("charge", tree.get("type"));
    tree.put("type", "loan");
    InvalidDataException problem =
        assertThrows(InvalidDataException.class, () -> WalletData.transactionFromTree(tree));
    assertEquals("type", problem.problems().get(0).path());
  }

  private static Stream<Arguments> brokenStates() {
    return Stream.of(
            brokenStandings(),
            brokenTimes(),
            brokenLots(),
            brokenGrants(),
            brokenClaims(),
            brokenAwards(),
            brokenMemories())
        .flatMap(states -> states);
  }

  @ParameterizedTest(name = "{0}; found {1}")
  @MethodSource("brokenStates")
  void aStateThatBreaksAnInvariantIsRejectedByItsName(
      String invariant, String found, WalletState broken) {
    String message = rejection(ENGINE, broken);
    assertTrue(message.contains(invariant), message);
    assertTrue(message.contains(found), message);
  }

  private static Stream<Arguments> brokenStandings() {
    Instant before2019 = Instant.parse("2019-04-30T23:59:59.999999999Z");
    return Stream.of(
        standing("the program is connects", "other", s -> s.program = "other"),
        standing(
            "the opening is not before the program starts",
            before2019.toString(),
            s -> s.openedAt = before2019),
        standing("version 2021-07 has the wallet's plan", "golden", s -> s.plan = "golden"),
        standing(
            "version 2021-07 has the wallet's plan",
            "silver",
            s -> s.waitingPlan = Optional.of("silver")),
        standing(
            "the waiting plan is another than the current one",
            "basic",
            s -> s.waitingPlan = Optional.of("basic")),
        standing("the cycle is one of the program's", "P7D", s -> s.cycle = Period.ofDays(7)),
        standing(
            "the anchor is a date of the wallet's time",
            "+20001-01-01",
            s -> s.anchor = LocalDate.of(20_001, 1, 1)),
        standing("the clock lies in the current cycle", "1", s -> s.cycleIndex = 1),
        standing("the clock lies in the current cycle", "-1", s -> s.cycleIndex = -1),
        standing(
            "the clock lies in the current cycle", "0", s -> s.anchor = LocalDate.of(2021, 7, 10)),
        standing(
            "every cycle started between the opening and the clock",
            before2019.toString(),
            s -> s.cycleStarts = new TreeSet<>(List.of(before2019))),
        standing(
            "ticks are done up to an instant between the opening and the clock",
            before2019.toString(),
            s -> s.tickedTo = before2019),
        standing("the last number is the largest", "6", s -> s.lastNumber--),
        standing("the revision counts every row and remembered event", "10", s -> s.revision--),
        standing(
            "the revision counts every row and remembered event", "11", s -> s.lastTransaction++),
        standing("what is held came by a row of history", "0", s -> s.lastTransaction = 0),
        standing("every counter can go on", "4611686018427387904", s -> s.revision = 1L << 62),
        standing("every counter can go on", "4611686018427387904", s -> s.lastNumber = 1L << 62),
        standing("every counter can go on", "9223372036854775807", s -> s.renewals = MAX),
        standing(
            "every counter can go on",
            "9223372036854775807",
            s -> {
              s.revision = MAX;
              s.lastTransaction = MAX;
            }),
        standing(
            "a fact has a name, and is not the plan",
            "plan",
            s -> s.facts = ImmutableSortedMap.of("plan", FactValue.of("plus"))),
        standing(
            "a fact has a name, and is not the plan",
            "",
            s -> s.facts = ImmutableSortedMap.of("", FactValue.of(1))),
        standing("a cycle has months or days", "P0D", s -> s.cycle = Period.ZERO));
  }

  private static Stream<Arguments> brokenTimes() {
    Instant early = OPENED.minusNanos(1);
    Instant future = AT.plusNanos(1);
    Instant oldest = AT.minus(LATENESS);
    return Stream.of(
        standing(
            "every cycle started between the opening and the clock",
            future.toString(),
            s -> s.cycleStarts = new TreeSet<>(List.of(OPENED, future))),
        standing(
            "ticks are done up to an instant between the opening and the clock",
            future.toString(),
            s -> s.tickedTo = future),
        standing(
            "every change of plan lies between the opening and the clock",
            early.toString(),
            s -> s.plans = plansFrom(early)),
        standing(
            "every change of plan lies between the opening and the clock",
            future.toString(),
            s -> s.plans = plansFrom(OPENED, future)),
        standing(
            "version 2021-07 has the wallet's plan",
            "golden",
            s -> s.plans = ImmutableSortedMap.of(OPENED, "golden", AT, "basic")),
        standing(
            "a former plan lies within the wallet's memory",
            oldest.toString(),
            s -> s.plans = plansFrom(OPENED, oldest)),
        standing(
            "a former plan lies within the wallet's memory",
            oldest.plusNanos(1).toString(),
            s -> s.plans = plansFrom(oldest.plusNanos(1))),
        standing(
            "a tick is restarted between the opening and the clock",
            early.toString(),
            s -> s.restarts = ImmutableSortedMap.of("hour", early)),
        standing(
            "a tick is restarted between the opening and the clock",
            future.toString(),
            s -> s.restarts = ImmutableSortedMap.of("hour", future)),
        standing(
            "the program has the tick",
            "hour",
            s -> s.restarts = ImmutableSortedMap.of("hour", AT)),
        standing(
            "the clock lies in the current cycle", "0", s -> s.anchor = LocalDate.of(20_000, 1, 1)),
        standing(
            "the clock lies in the current cycle", "0", s -> s.anchor = LocalDate.of(2021, 8, 20)),
        standing(
            "the clock lies in the current cycle",
            "1",
            s -> {
              s.anchor = LocalDate.of(2021, 9, 1);
              s.cycleIndex = 1;
            }));
  }

  private static SortedMap<Instant, String> plansFrom(Instant... changes) {
    ImmutableSortedMap.Builder<Instant, String> plans = ImmutableSortedMap.naturalOrder();
    for (Instant change : changes) {
      plans.put(change, "basic");
    }
    return plans.buildOrThrow();
  }

  private static Stream<Arguments> brokenGrants() {
    Instant early = OPENED.minusNanos(1);
    Lot.Origin origin = new Lot.Origin(2, "s", 10, OPENED, List.of());
    Lot.Terms first = granted(2, origin);
    Lot.Terms second = granted(6, origin);
    return Stream.of(
        lotsAlone(
            "a grant is the same wherever it is named",
            "amount=11",
            new Lot(first, 1),
            new Lot(granted(6, new Lot.Origin(2, "s", 11, OPENED, List.of())), 1)),
        lotsAlone(
            "a grant was earned between the opening and when it was posted",
            early.toString(),
            new Lot(granted(2, new Lot.Origin(2, "s", 10, early, List.of())), 1)),
        lotsAlone(
            "a grant was earned between the opening and when it was posted",
            OPENED.plusNanos(1).toString(),
            new Lot(granted(2, new Lot.Origin(2, "s", 10, OPENED.plusNanos(1), List.of())), 1)),
        lotsAlone(
            "no more is left of a grant than it brought",
            "11",
            new Lot(first, 6),
            new Lot(second, 5)),
        Arguments.of(
            "no more is left of a grant than it brought",
            "11",
            with(
                List.of(new Lot(first, 6)),
                List.of(drawing(VALID.claims().get(0), 5, new Lot.Move(second, 5))))));
  }

  private static Lot.Terms granted(long number, Lot.Origin origin) {
    return new Lot.Terms(
        number, "purchases", OPENED, "2021-07", 0, 0, Optional.empty(), Optional.of(origin));
  }

  private static Arguments lotsAlone(String invariant, String found, Lot... lots) {
    return Arguments.of(invariant, found, with(List.of(lots), List.of()));
  }

  private static WalletState with(List<Lot> lots, List<Claim> claims) {
    return new WalletState(
        VALID.standing(), lots, claims, VALID.pending(), VALID.uses(), VALID.seen());
  }

  /** States at the edges of what the invariants allow. */
  private static Stream<WalletState> statesAtAnEdge() {
    Instant oldest = AT.minus(LATENESS);
    Lot.Origin origin = new Lot.Origin(2, "s", 10, OPENED, List.of());
    Lot.Terms first = granted(2, origin);
    Lot.Terms second = granted(6, origin);
    Claim open = VALID.claims().get(0);
    Instant latest = OPENED.plus(Effect.LONGEST_DELAY);
    Lot.Terms bonus = VALID.lots().get(0).terms();
    return Stream.of(
        standingOf(s -> s.plans = plansFrom(OPENED, oldest.plusNanos(1), AT)),
        standingOf(s -> s.plans = plansFrom(oldest)),
        standingOf(s -> s.plans = plansFrom(oldest, AT)),
        with(List.of(new Lot(first, 6), new Lot(second, 4)), List.of()),
        with(List.of(new Lot(first, 6)), List.of(drawing(open, 4, new Lot.Move(second, 4)))),
        with(List.of(new Lot(bonus, Long.MAX_VALUE - 10)), List.of()),
        with(
            List.of(new Lot(bonus, Long.MAX_VALUE - 22)),
            List.of(lapsing(open, new Claim.Lapse(AT.plusNanos(1), true, false)))),
        with(VALID.lots(), List.of(lapsing(open, new Claim.Lapse(oldest, false, false)))),
        with(VALID.lots(), List.of(lapsing(open, new Claim.Lapse(latest, false, false)))),
        withUses(VALID, new Use(VALID.uses().get(0).limit(), AT, 50)));
  }

  @ParameterizedTest
  @MethodSource("statesAtAnEdge")
  void aStateAtAnEdgeIsAWallets(WalletState state) {
    assertEquals(state, ENGINE.restore(state).state());
  }

  private static Claim lapsing(Claim claim, Claim.Lapse lapse) {
    return new Claim(
        claim.number(),
        claim.subject(),
        claim.part(),
        claim.group(),
        OPENED,
        claim.amount(),
        claim.draws(),
        claim.done(),
        Optional.of(lapse),
        claim.endedAt());
  }

  private static Stream<Arguments> brokenLots() {
    Lot first = VALID.lots().get(0);
    Lot.Terms terms = first.terms();
    Lot second = VALID.lots().get(1);
    Instant future = AT.plusNanos(1);
    return Stream.of(
        lots("the program has the source", "grace", first, new Lot(terms(6, "grace", AT), 5)),
        lots("no lot is of the future", future.toString(), first, lot(6, future, 5)),
        lots(
            "only what was brought along is of a cycle before the opening",
            "-1",
            first,
            new Lot(
                new Lot.Terms(
                    6, "bonus", OPENED, "2021-07", -1, 0, Optional.empty(), Optional.empty()),
                5)),
        lots("every lot has a number of its own", "2", first, first),
        lots("the last number is the largest", "7", first, lot(7, OPENED, 5)),
        lots(
            "a lot has the same terms wherever it is named",
            "source=bonus",
            new Lot(terms(2, "purchases", OPENED), first.left()),
            second),
        lots(
            "a lot has the same terms wherever it is named",
            "number=2",
            new Lot(terms(2, "bonus", OPENED.plusNanos(1)), first.left()),
            second),
        lots(
            "a lot has the same terms wherever it is named",
            "number=2",
            new Lot(
                new Lot.Terms(
                    2, "bonus", OPENED, "2020-12", 0, 0, Optional.empty(), Optional.empty()),
                first.left()),
            second),
        lots(
            "available, pending and on hold fit a long",
            Long.MAX_VALUE - 9 + ", 10 and 0",
            new Lot(terms, Long.MAX_VALUE - 9)),
        lots("every sum fits a long", "", new Lot(terms, Long.MAX_VALUE), lot(6, OPENED, 1)));
  }

  private static Stream<Arguments> brokenClaims() {
    Claim open = VALID.claims().get(0);
    Claim ended = VALID.claims().get(1);
    Lot.Terms bonus = VALID.lots().get(0).terms();
    Instant early = OPENED.minusNanos(1);
    Instant future = AT.plusNanos(1);
    Instant forgotten = AT.minus(LATENESS).minusNanos(1);
    Instant latest = OPENED.plus(Effect.LONGEST_DELAY);
    Lot.Move much = new Lot.Move(bonus, Long.MAX_VALUE);
    return Stream.of(
        claims("every claim has a number of its own", "4", numbered(open, 4), ended),
        claims("no number is of two things", "2", numbered(open, 2)),
        claims("the last number is the largest", "7", numbered(open, 7)),
        claims("a subject, or a part of it, has one claim", "open", open, under(ended, "open")),
        claims(
            "a claim's instant lies within the wallet's memory",
            early.toString(),
            submitted(open, early)),
        claims(
            "a claim's instant lies within the wallet's memory",
            future.toString(),
            submitted(open, future)),
        claims(
            "a claim's end lies within the wallet's memory",
            forgotten.toString(),
            submitted(ended, OPENED).ended(forgotten)),
        claims(
            "a claim's end lies within the wallet's memory",
            future.toString(),
            ended.ended(future)),
        claims(
            "a claim's draws are positive",
            "open",
            drawing(open, 12, new Lot.Move(bonus, 13), new Lot.Move(terms(1, "plan", OPENED), -1))),
        claims(
            "an open claim's draws sum to its amount, and an ended one has none",
            "open",
            drawing(open, 11, open.draws().toArray(new Lot.Move[0]))),
        claims(
            "an open claim's draws sum to its amount, and an ended one has none",
            "open",
            drawing(open, 12)),
        claims(
            "an open claim's draws sum to its amount, and an ended one has none",
            "ended",
            drawing(ended, 2, new Lot.Move(bonus, 2))),
        claims(
            "the program has the source",
            "grace",
            drawing(open, 12, new Lot.Move(terms(1, "grace", OPENED), 12))),
        claims(
            "the last number is the largest",
            "7",
            drawing(open, 12, new Lot.Move(terms(7, "plan", OPENED), 12))),
        claims(
            "no lot is of the future",
            future.toString(),
            drawing(open, 12, new Lot.Move(terms(1, "plan", future), 12))),
        claims("every sum fits a long", "", drawing(open, 12, much, new Lot.Move(bonus, 13))),
        claims(
            "a claim is forgotten when it has been closed for the lateness",
            "open",
            lapsing(open, new Claim.Lapse(forgotten, false, false))),
        claims(
            "no hold is due to be released",
            "open",
            lapsing(open, new Claim.Lapse(AT, true, false))),
        claims(
            "a claim lapses after its charge, and not more than 36,525 days",
            OPENED.toString(),
            lapsing(open, new Claim.Lapse(OPENED, false, false))),
        claims(
            "a claim lapses after its charge, and not more than 36,525 days",
            latest.plusNanos(1).toString(),
            lapsing(open, new Claim.Lapse(latest.plusNanos(1), false, false))),
        Arguments.of(
            "available, pending and on hold fit a long",
            "10 and 12",
            with(
                List.of(new Lot(bonus, Long.MAX_VALUE - 21)),
                List.of(lapsing(open, new Claim.Lapse(future, true, false))))));
  }

  private static Stream<Arguments> brokenAwards() {
    PendingAward award = VALID.pending().get(0);
    List<PendingAward.Part> parts = award.parts();
    Instant due = award.dueAt();
    Instant early = OPENED.minusNanos(1);
    Instant future = AT.plusNanos(1);
    return Stream.of(
        pending("every pending award has a number of its own", "3", award(3, parts, AT, due)),
        pending("no number is of two things", "2", award(2, parts, AT, due)),
        pending("the last number is the largest", "7", award(7, parts, AT, due)),
        pending(
            "a pending award's instant lies within the wallet's memory",
            early.toString(),
            award(5, parts, early, due)),
        pending(
            "a pending award's instant lies within the wallet's memory",
            future.toString(),
            award(5, parts, future, due)),
        pending("what is pending is not due yet", AT.toString(), award(5, parts, AT, AT)),
        pending(
            "what is pending is more than nothing",
            "5",
            award(5, List.of(part("nothing", "interviews", 0)), AT, due)),
        pending(
            "the program has the source",
            "grace",
            award(5, List.of(part("grace", "grace", 1)), AT, due)),
        pending(
            "the program has the version",
            "2021-13",
            new PendingAward(
                5,
                new Cause(Optional.empty(), "rule", "2021-13"),
                award.subject(),
                award.type(),
                parts,
                AT,
                due,
                List.of())));
  }

  private static Stream<Arguments> brokenMemories() {
    Use use = VALID.uses().get(0);
    String limit = use.limit();
    SeenEvent seen = VALID.seen().get(0);
    Instant early = OPENED.minusNanos(1);
    Instant future = AT.plusNanos(1);
    Instant forgotten = AT.minus(LATENESS).minusNanos(1);
    return Stream.of(
        uses("the program has the limit", "no limit", new Use("no limit", AT, 1)),
        uses("a limit's uses of one instant are one row", use.key(), use, use),
        uses(
            "a use's instant lies within the wallet's memory",
            future.toString(),
            new Use(limit, future, 1)),
        uses(
            "a use's instant lies within the wallet's memory",
            early.toString(),
            new Use(limit, early, 1)),
        uses("a use is more than nothing", use.key(), new Use(limit, AT, 0)),
        uses("no window holds more than its limit", use.key(), new Use(limit, AT, 51)),
        uses(
            "no window holds more than its limit",
            use.key(),
            use,
            new Use(limit, AT.minusSeconds(1), 41)),
        uses(
            "no window holds more than its limit",
            use.key(),
            new Use(limit, AT.minusSeconds(1), 1),
            new Use(limit, AT, Long.MAX_VALUE)),
        seen("an event is remembered once", "e1", seen, seen),
        seen(
            "a remembered event's instant lies within the wallet's memory",
            future.toString(),
            new SeenEvent("e1", future, "type", ReasonCode.APPLIED)),
        seen(
            "a remembered event's instant lies within the wallet's memory",
            forgotten.toString(),
            new SeenEvent("e1", forgotten, "type", ReasonCode.APPLIED)));
  }

  @Test
  void aUseIsOfTheLongestWindowOfAnAcceptedEvent() {
    Instant later = AT.plus(Duration.ofDays(9));
    WalletState state = ENGINE.advance(ENGINE.restore(VALID), later).wallet().state();
    assertEquals(List.of(), state.uses());
    String limit = VALID.uses().get(0).limit();
    Instant oldest = later.minus(Duration.ofDays(7)).minus(LATENESS).plusNanos(1);
    WalletState within = withUses(state, new Use(limit, oldest, 10));
    assertEquals(within, ENGINE.restore(within).state());
    String message = rejection(ENGINE, withUses(state, new Use(limit, oldest.minusNanos(1), 10)));
    assertTrue(message.contains("a use's instant lies within the wallet's memory"), message);
  }

  private static final Instant SMALL = Instant.parse("2021-01-01T00:00:00Z");

  private static PolicyEngine small(Duration lateness, Window window) {
    return PolicyEngine.of(
        Program.named("small")
            .lateness(lateness)
            .version(
                Policy.version("only", SMALL)
                    .source("s")
                    .plan(Plan.monthly("monthly"))
                    .plan(Plan.of("yearly", Period.ofYears(1)))
                    .plan(Plan.monthly("late").anchoredOn(Anchor.openingUpTo(28)))
                    .limit("cap", 10, window)
                    .rule(
                        "award",
                        Trigger.on("award"),
                        Effect.grantOfEvent(TransactionType.AWARD, "Award", "s").within("cap"))
                    .build())
            .build());
  }

  private static WalletState using(PolicyEngine engine, Use... uses) {
    Wallet wallet = engine.open(Opening.of("monthly", SMALL)).wallet();
    return withUses(engine.advance(wallet, SMALL.plus(Duration.ofHours(9))).wallet().state(), uses);
  }

  static List<Window> windows() {
    return List.of(
        Window.rolling(Duration.ofDays(1)),
        Window.session(Duration.ofDays(1)),
        Window.calendar(Window.Calendar.Unit.DAY),
        Window.cycle(),
        Window.ever());
  }

  @ParameterizedTest
  @MethodSource("windows")
  void noUseIsMoreThanItsLimit(Window window) {
    PolicyEngine engine = small(Duration.ofDays(1), window);
    WalletState whole = using(engine, new Use("cap", SMALL, 10));
    assertEquals(whole, engine.restore(whole).state());
    String message = rejection(engine, using(engine, new Use("cap", SMALL, 11)));
    assertTrue(message.contains("no window holds more than its limit"), message);
  }

  /** Sums that come round to something small are seen as well. */
  @ParameterizedTest
  @ValueSource(longs = {6, Long.MAX_VALUE})
  void noUsesAreMoreInAllThanTheirLimit(long amount) {
    for (Window window : List.of(Window.rolling(Duration.ofDays(1)), Window.ever())) {
      PolicyEngine engine = small(Duration.ofDays(1), window);
      Use first = new Use("cap", SMALL, 6);
      Use second = new Use("cap", SMALL.plusSeconds(1), amount);
      String message = rejection(engine, using(engine, first, second));
      assertTrue(message.contains("no window holds more than its limit"), message);
    }
  }

  /** Also under an edition that may have raised the limit since. */
  @Test
  void whatAWindowHoldsFitsALong() {
    for (Window window : List.of(Window.rolling(Duration.ofDays(1)), Window.ever())) {
      PolicyEngine engine = small(Duration.ofDays(1), window);
      Use second = new Use("cap", SMALL.plusSeconds(1), MAX);
      WalletState whole = using(engine, new Use("cap", SMALL, 0), second);
      WalletState moved = underAnother(whole);
      assertEquals(whole.uses().size(), engine.restore(moved).state().uses().size());
      WalletState more = underAnother(using(engine, new Use("cap", SMALL, 1), second));
      String message = rejection(engine, more);
      assertTrue(message.contains("what a window holds fits a long"), message);
    }
  }

  private static WalletState underAnother(WalletState state) {
    return changed(state, s -> s.fingerprint = "another");
  }

  /** Also in the days before the cycle that an opening on the last days of a month starts in. */
  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P-1M", "P1M1D", "P-1D"})
  void aCycleHasALengthUnderEveryEdition(Period cycle) {
    PolicyEngine engine = small(Duration.ofDays(1), Window.cycle());
    Wallet wallet = engine.open(Opening.of("late", SMALL.plus(Duration.ofDays(29)))).wallet();
    WalletState moved = underAnother(changed(wallet.state(), s -> s.cycle = cycle));
    String message = rejection(engine, moved);
    assertTrue(message.contains("a cycle has months or days"), message);
  }

  /** Where credits get their terms when they settle, the version must be there. */
  @Test
  void theVersionOfWhatIsPendingIsNeeded() {
    PolicyEngine engine = pending("1");
    Wallet wallet = engine.open(Opening.of("monthly", SMALL)).wallet();
    wallet = engine.decide(wallet, Event.of("a", SMALL, "award").withAmount(6)).wallet();
    String message = rejection(pending("renamed"), wallet.state());
    assertTrue(message.contains("the program has the version that pending"), message);
    assertTrue(message.contains("found 1"), message);
    Instant settled = SMALL.plus(Duration.ofDays(7));
    Wallet later = engine.advance(wallet, settled).wallet();
    assertEquals(6, pending("renamed").restore(later.state()).available());
  }

  private static PolicyEngine pending(String version) {
    return PolicyEngine.of(
        Program.named("small")
            .version(
                Policy.version(version, SMALL)
                    .source(Source.of("s").living(Term.of(Period.ofDays(30))))
                    .plan(Plan.monthly("monthly"))
                    .rule(
                        "award",
                        Trigger.on("award"),
                        Effect.grantOfEvent(TransactionType.AWARD, "Award", "s")
                            .settlingAfter(Duration.ofDays(7)))
                    .build())
            .build());
  }

  /** A tick that a late event makes due comes whether the program has been upgraded or not. */
  @Test
  void aTickThatALateRestartMakesDueComesAfterAnUpgradeToo() {
    PolicyEngine before = ticking(Duration.ofDays(1), false);
    PolicyEngine after = ticking(Duration.ofDays(1), true);
    Wallet wallet = before.open(Opening.of("monthly", SMALL)).wallet();
    wallet = before.advance(wallet, SMALL.plus(Duration.ofHours(60))).wallet();
    assertEquals(2, wallet.available());
    Event late = Event.of("e", SMALL.plus(Duration.ofHours(30)), "used");
    Decision kept = before.decide(wallet, late);
    Decision moved = after.decide(after.restore(wallet.state()), late);
    assertEquals(3, kept.wallet().available());
    assertEquals(kept.transactions(), moved.transactions());
    assertEquals(before.nextDue(kept.wallet()), after.nextDue(moved.wallet()));
  }

  /** What an edition's new ticks would have done before it came is over. */
  @Test
  void noTickOfANewEditionIsOfThePast() {
    PolicyEngine before = ticking(Duration.ofDays(1), false);
    PolicyEngine after = ticking(Duration.ofHours(9), false);
    Wallet wallet = before.open(Opening.of("monthly", SMALL)).wallet();
    wallet = before.advance(wallet, SMALL.plus(Duration.ofHours(47))).wallet();
    Wallet moved = after.restore(wallet.state());
    assertEquals(1, after.advance(moved, moved.clock()).wallet().available());
    assertEquals(SMALL.plus(Duration.ofHours(54)), after.nextDue(moved));
  }

  private static PolicyEngine ticking(Duration every, boolean upgraded) {
    Policy version =
        Policy.version("1", SMALL)
            .source("s")
            .plan(Plan.monthly("monthly"))
            .tick("idle", every)
            .rule("used", Trigger.on("used"), Effect.restart("idle"))
            .rule(
                "idle", Trigger.onTick("idle"), Effect.grant(TransactionType.BONUS, "Idle", "s", 1))
            .build();
    Program.Builder program =
        Program.named("ticking").lateness(Duration.ofDays(2)).version(version);
    return PolicyEngine.of(
        upgraded
            ? program
                .version(
                    Policy.version("2", SMALL.plus(Duration.ofDays(3_650)))
                        .plan(Plan.monthly("monthly"))
                        .build())
                .build()
            : program.build());
  }

  /** The cycle before is not remembered; what came in it after the move counts against it. */
  @Test
  void anEditionThatLooksFartherBackLimitsTheCycleThatIsOver() {
    PolicyEngine first = small(Duration.ZERO, Window.cycle());
    Wallet wallet = first.open(Opening.of("monthly", SMALL)).wallet();
    wallet = first.advance(wallet, Instant.parse("2021-02-02T00:00:00Z")).wallet();
    PolicyEngine second = small(Duration.ofDays(3), Window.cycle());
    wallet = second.restore(wallet.state());
    Instant late = Instant.parse("2021-01-31T00:00:00Z");
    Decision award = second.decide(wallet, Event.of("a", late, "award").withAmount(6));
    assertEquals(Outcome.APPLIED, award.outcome());
    Decision more = second.decide(award.wallet(), Event.of("b", late, "award").withAmount(5));
    assertEquals(ReasonCode.NO_ROOM, more.reason().code());
    Instant now = award.wallet().clock();
    Decision other = second.decide(award.wallet(), Event.of("c", now, "award").withAmount(10));
    assertEquals(Outcome.APPLIED, other.outcome());
  }

  /** Where the rules of the zone may change, it may have started up to a day earlier than now. */
  @ParameterizedTest
  @CsvSource({"Europe/London,1", "UTC,0"})
  void theCurrentCycleIsTheLastThatStarted(ZoneId zone, int days) {
    PolicyEngine engine = small(Duration.ofDays(1), Window.cycle());
    Wallet wallet = engine.open(Opening.of("monthly", SMALL).inZone(zone)).wallet();
    Instant renewed = Instant.parse("2021-03-01T00:00:00Z");
    WalletState state = engine.advance(wallet, renewed.plus(Duration.ofDays(9))).wallet().state();
    Instant dayBefore = renewed.minus(Duration.ofDays(days));
    for (Instant start : List.of(renewed, dayBefore)) {
      WalletState other = changed(state, s -> s.cycleStarts = new TreeSet<>(List.of(start)));
      assertEquals(other, engine.restore(other).state());
    }
    for (Instant start : List.of(SMALL, dayBefore.minusNanos(1))) {
      WalletState other = changed(state, s -> s.cycleStarts = new TreeSet<>(List.of(start)));
      String message = rejection(engine, other);
      assertTrue(message.contains("the last of the cycles that started is the current"), message);
      assertTrue(message.contains(start.toString()), message);
    }
  }

  @Test
  void aCycleIsOfTheCalendar() {
    PolicyEngine engine = small(Duration.ofDays(1), Window.cycle());
    WalletState state = engine.open(Opening.of("yearly", SMALL)).wallet().state();
    String message = rejection(engine, changed(state, s -> s.cycleIndex = 1_500_000_000));
    assertTrue(message.contains("the state breaks"), message);
  }

  @Test
  void theStateOfAnotherProgramIsRejected() {
    String message = rejection(WalletHistories.STARS, VALID);
    assertTrue(message.contains("the program is stars"), message);
    assertTrue(message.contains("connects"), message);
  }

  @Test
  void aPlanThatTheProgramNoLongerHasIsNamed() {
    PolicyEngine before = PolicyEngine.of(edition("credits", "small", "large"));
    PolicyEngine after = PolicyEngine.of(edition("credits", "small"));
    String message = rejection(after, before.open(Opening.of("large", OPENED)).wallet().state());
    assertTrue(message.contains("large"), message);
  }

  @Test
  void aWaitingPlanThatTheProgramNoLongerHasIsNamed() {
    PolicyEngine before = PolicyEngine.of(edition("credits", "small", "large"));
    PolicyEngine after = PolicyEngine.of(edition("credits", "small"));
    Wallet wallet = before.open(Opening.of("small", OPENED)).wallet();
    Event change = Event.of("id", OPENED, "plan").withFact("plan", "large");
    String message = rejection(after, before.decide(wallet, change).wallet().state());
    assertTrue(message.contains("large"), message);
  }

  @Test
  void aSourceThatTheProgramNoLongerHasIsNamed() {
    PolicyEngine before = PolicyEngine.of(edition("credits", "small"));
    PolicyEngine after = PolicyEngine.of(edition("points", "small"));
    String message = rejection(after, before.open(Opening.of("small", OPENED)).wallet().state());
    assertTrue(message.contains("credits"), message);
  }

  @Test
  void underAnotherEditionTheWalletTakesOnItsFingerprintAndGoesOn() {
    PolicyEngine before = PolicyEngine.of(edition("credits", "small"));
    PolicyEngine after = PolicyEngine.of(edition("credits", "small", "large"));
    Wallet old = before.open(Opening.of("small", OPENED)).wallet();
    assertThrows(IllegalArgumentException.class, () -> after.advance(old, AT));
    Wallet moved = after.restore(old.state());
    assertEquals(after.program().fingerprint(), moved.state().standing().terms().fingerprint());
    assertEquals(old.cycle(), moved.cycle());
    assertEquals(old.lots(), moved.lots());
    Event change = Event.of("id", AT, "plan").withFact("plan", "large");
    Wallet changed = after.decide(moved, change).wallet();
    assertEquals("large", after.advance(changed, AT.plus(Duration.ofDays(40))).wallet().plan());
  }

  @Test
  void backUnderTheFirstEditionWhatTheSecondGaveIsKept() {
    PolicyEngine first = PolicyEngine.of(numbered("first"));
    PolicyEngine second = PolicyEngine.of(numbered("second"));
    Wallet opened = first.open(Opening.of("small", OPENED)).wallet();
    Instant later = OPENED.plus(Duration.ofDays(40));
    Wallet renewed = second.advance(second.restore(opened.state()), later).wallet();
    Wallet back = first.restore(renewed.state());
    assertEquals("second", back.lots().get(1).terms().version());
    assertEquals(back, first.restore(back.state()));
  }

  @Test
  void useOfALimitThatThePresentEditionDoesNotHaveIsRejected() {
    PolicyEngine before = PolicyEngine.of(edition("credits", "small"));
    PolicyEngine after = PolicyEngine.of(edition("credits", "small", "large"));
    Wallet moved = after.restore(before.open(Opening.of("small", OPENED)).wallet().state());
    String message = rejection(after, withUses(moved.state(), new Use("no limit", OPENED, 1)));
    assertTrue(message.contains("the program has the limit"), message);
  }

  @Test
  void theLotsAreInTheOrderInWhichTheVersionInForceSpendsThem() {
    Effect gift = Effect.grantOfEvent(TransactionType.BONUS, "Gift", "credits");
    Program.Builder program = Program.named("two orders");
    for (Order order : List.of(Order.OLDEST, Order.NEWEST)) {
      program.version(
          Policy.version("" + order, order == Order.OLDEST ? OPENED : AT)
              .source("credits")
              .spending(order)
              .plan(Plan.monthly("small"))
              .rule("gift", Trigger.on("gift"), gift)
              .build());
    }
    PolicyEngine engine = PolicyEngine.of(program.build());
    Wallet wallet = engine.open(Opening.of("small", OPENED)).wallet();
    for (int amount = 1; amount <= 3; amount++) {
      Instant at = OPENED.plusSeconds(amount);
      wallet = engine.decide(wallet, Event.of("" + amount, at, "gift").withAmount(amount)).wallet();
    }
    assertEquals(List.of(1L, 2L, 3L), amounts(engine.restore(wallet.state())));
    wallet = engine.advance(wallet, AT).wallet();
    assertEquals(List.of(3L, 2L, 1L), amounts(wallet));
    assertEquals(List.of(3L, 2L, 1L), amounts(engine.restore(wallet.state())));
  }

  private static List<Long> amounts(Wallet wallet) {
    return wallet.lots().stream().map(Lot::left).toList();
  }

  @Test
  void anEditionWithAShorterMemoryForgetsWhatItDoesNotRemember() {
    PolicyEngine before =
        PolicyEngine.of(anEdition("credits", "small").lateness(Duration.ofHours(2)).build());
    PolicyEngine after =
        PolicyEngine.of(anEdition("credits", "small").lateness(Duration.ofHours(1)).build());
    Wallet wallet = before.open(Opening.of("small", OPENED)).wallet();
    Event change = Event.of("id", OPENED, "plan").withFact("plan", "small");
    Wallet old =
        before
            .advance(before.decide(wallet, change).wallet(), OPENED.plus(Duration.ofMinutes(90)))
            .wallet();
    assertEquals(1, old.state().seen().size());
    assertEquals(List.of(), after.restore(old.state()).state().seen());
    assertEquals(1, before.restore(old.state()).state().seen().size());
  }

  @Test
  void theEditionAWalletWasOpenedUnderIsKnownUntilItIsBackUnderIt() {
    List<PolicyEngine> editions =
        Stream.of("a", "b", "c").map(name -> PolicyEngine.of(numbered(name))).toList();
    PolicyEngine first = editions.get(0);
    for (PolicyEngine second : editions.subList(1, 3)) {
      for (PolicyEngine third : editions) {
        Wallet wallet = first.open(Opening.of("small", OPENED)).wallet();
        Wallet moved = third.restore(second.restore(wallet.state()).state());
        PolicyEngine known = third == first ? second : first;
        assertEquals(known.program().fingerprint(), moved.state().standing().terms().openedUnder());
      }
    }
  }

  @Test
  void anEventBeforeTheOpeningIsNotRemembered() {
    WalletState opened = ENGINE.open(Opening.of(Connects.BASIC, OPENED)).wallet().state();
    for (Instant at : List.of(OPENED, OPENED.minusNanos(1))) {
      SeenEvent seen = new SeenEvent("e", at, "x", ReasonCode.APPLIED);
      WalletState state =
          WalletState.of(List.of(changed(opened.standing(), 10), opened.lots().get(0), seen));
      if (at.equals(OPENED)) {
        assertEquals(state, ENGINE.restore(state).state());
      } else {
        assertTrue(rejection(ENGINE, state).contains("a remembered event's instant"));
      }
    }
  }

  @Test
  void aLimitAboveALongLetsEverythingThrough() {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("large")
                .version(
                    Policy.version("only", Instant.EPOCH)
                        .source("s")
                        .plan(Plan.monthly("p").allotting("A", "s", Long.MAX_VALUE / 2))
                        .limit("l", Quantity.ofPlan(3), Window.rolling(LATENESS))
                        .build())
                .build());
    WalletState state = engine.open(Opening.of("p", OPENED)).wallet().state();
    WalletState used = withUses(state, new Use("l", OPENED, Long.MAX_VALUE));
    assertEquals(used, engine.restore(used).state());
  }

  @Test
  void aUseOfNothingStartsASession() {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("sessions")
                .version(
                    Policy.version("only", Instant.EPOCH)
                        .source("s")
                        .plan(Plan.monthly("p"))
                        .limit("l", 5, Window.session(LATENESS))
                        .build())
                .build());
    WalletState state = engine.open(Opening.of("p", OPENED)).wallet().state();
    assertEquals(0, state.standing().lastTransaction());
    WalletState used = withUses(state, new Use("l", OPENED, 0));
    assertEquals(used, engine.restore(used).state());
  }

  @Test
  void aTickThatTheProgramDoesNotHaveIsNamed() {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("ticking")
                .version(
                    Policy.version("only", Instant.EPOCH)
                        .source("s")
                        .plan(Plan.monthly("p"))
                        .tick("hour", Duration.ofHours(1))
                        .build())
                .build());
    WalletState state =
        engine.advance(engine.open(Opening.of("p", OPENED)).wallet(), AT).wallet().state();
    for (String tick : List.of("hour", "day")) {
      StandingDraft draft = new StandingDraft(state.standing());
      draft.restarts = ImmutableSortedMap.of(tick, AT);
      WalletState restarted =
          new WalletState(
              draft.build(),
              state.lots(),
              state.claims(),
              state.pending(),
              state.uses(),
              List.of());
      if (tick.equals("hour")) {
        assertEquals(restarted, engine.restore(restarted).state());
      } else {
        assertTrue(rejection(engine, restarted).contains("the program has the tick; found day"));
      }
    }
  }

  @Test
  void aStandingIsInTheOrderOfTimeInWhateverOrderItIsGiven() {
    StandingDraft draft = new StandingDraft(VALID.standing());
    SortedMap<Instant, String> plans = new TreeMap<>(Comparator.reverseOrder());
    plans.put(OPENED, "basic");
    plans.put(AT, "plus");
    for (SortedMap<Instant, String> some : List.of(plans, ImmutableSortedMap.copyOfSorted(plans))) {
      draft.plans = some;
      draft.cycleStarts = ImmutableSortedSet.<Instant>reverseOrder().add(OPENED).add(AT).build();
      Standing standing = draft.build();
      assertEquals("plus", standing.terms().plan());
      assertEquals(AT, standing.terms().onPlanSince());
      assertEquals(AT, standing.terms().cycleStarts().last());
      assertEquals(List.of(OPENED, AT), List.copyOf(standing.terms().plans().keySet()));
    }
  }

  @Test
  void aStandingStaysAsItIsWhenWhatItWasMadeOfChanges() {
    StandingDraft draft = new StandingDraft(VALID.standing());
    draft.plans = new TreeMap<>(Map.of(OPENED, "basic"));
    draft.cycleStarts = new TreeSet<>(List.of(OPENED));
    Standing standing = draft.build();
    draft.plans.put(AT, "plus");
    draft.cycleStarts.add(AT);
    assertEquals("basic", standing.terms().plan());
    assertEquals(OPENED, standing.terms().cycleStarts().last());
  }

  private static Standing changed(Standing standing, long revision) {
    StandingDraft draft = new StandingDraft(standing);
    draft.revision = revision;
    return draft.build();
  }

  private static Program numbered(String version) {
    return Program.named("editions")
        .version(
            Policy.version(version, Instant.parse("2000-01-01T00:00:00Z"))
                .source("credits")
                .plan(Plan.monthly("small").allotting("Monthly", "credits", 3))
                .rule(
                    "monthly",
                    Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED),
                    Effect.allot())
                .build())
        .build();
  }

  private static Program edition(String source, String... plans) {
    return anEdition(source, plans).build();
  }

  private static Program.Builder anEdition(String source, String... plans) {
    Policy.Builder policy =
        Policy.version("only", Instant.parse("2000-01-01T00:00:00Z")).source(source);
    for (String plan : plans) {
      policy.plan(Plan.monthly(plan).allotting("Monthly", source, 3));
    }
    return Program.named("editions")
        .version(
            policy
                .rule(
                    "monthly",
                    Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED),
                    Effect.allot())
                .rule("plan", Trigger.on("plan"), Effect.switchPlan())
                .build());
  }

  private static String rejection(PolicyEngine engine, WalletState state) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> engine.restore(state)).getMessage());
  }

  // ------------------------------------------------------------------ one component at a time

  private static Arguments standing(
      String invariant, String found, Consumer<StandingDraft> tampering) {
    return Arguments.of(invariant, found, standingOf(tampering));
  }

  private static WalletState standingOf(Consumer<StandingDraft> tampering) {
    return changed(VALID, tampering);
  }

  private static WalletState changed(WalletState state, Consumer<StandingDraft> tampering) {
    StandingDraft draft = new StandingDraft(state.standing());
    tampering.accept(draft);
    return new WalletState(
        draft.build(), state.lots(), state.claims(), state.pending(), state.uses(), state.seen());
  }

  private static Arguments lots(String invariant, String found, Lot... lots) {
    return Arguments.of(
        invariant,
        found,
        new WalletState(
            VALID.standing(),
            List.of(lots),
            VALID.claims(),
            VALID.pending(),
            VALID.uses(),
            VALID.seen()));
  }

  private static Arguments claims(String invariant, String found, Claim... claims) {
    return Arguments.of(
        invariant,
        found,
        new WalletState(
            VALID.standing(),
            VALID.lots(),
            List.of(claims),
            VALID.pending(),
            VALID.uses(),
            VALID.seen()));
  }

  private static Arguments pending(String invariant, String found, PendingAward award) {
    return Arguments.of(
        invariant,
        found,
        new WalletState(
            VALID.standing(),
            VALID.lots(),
            VALID.claims(),
            List.of(award),
            VALID.uses(),
            VALID.seen()));
  }

  private static Arguments uses(String invariant, String found, Use... uses) {
    return Arguments.of(invariant, found, withUses(VALID, uses));
  }

  private static WalletState withUses(WalletState state, Use... uses) {
    return new WalletState(
        state.standing(),
        state.lots(),
        state.claims(),
        state.pending(),
        List.of(uses),
        state.seen());
  }

  private static Arguments seen(String invariant, String found, SeenEvent... seen) {
    return Arguments.of(
        invariant,
        found,
        new WalletState(
            VALID.standing(),
            VALID.lots(),
            VALID.claims(),
            VALID.pending(),
            VALID.uses(),
            List.of(seen)));
  }

  private static Lot.Terms terms(long number, String source, Instant grantedAt) {
    return new Lot.Terms(
        number, source, grantedAt, "2021-07", 0, 0, Optional.empty(), Optional.empty());
  }

  private static Lot lot(long number, Instant grantedAt, long left) {
    return new Lot(terms(number, "purchases", grantedAt), left);
  }

  private static Claim numbered(Claim claim, long number) {
    return claim(number, claim.subject(), claim.submittedAt(), claim);
  }

  private static Claim under(Claim claim, String subject) {
    return claim(claim.number(), subject, claim.submittedAt(), claim);
  }

  private static Claim submitted(Claim claim, Instant at) {
    return claim(claim.number(), claim.subject(), at, claim);
  }

  private static Claim claim(long number, String subject, Instant submittedAt, Claim rest) {
    return new Claim(
        number,
        subject,
        rest.part(),
        rest.group(),
        submittedAt,
        rest.amount(),
        rest.draws(),
        rest.done(),
        rest.lapse(),
        rest.endedAt());
  }

  private static Claim drawing(Claim claim, long amount, Lot.Move... draws) {
    return new Claim(
        claim.number(),
        claim.subject(),
        claim.part(),
        claim.group(),
        claim.submittedAt(),
        amount,
        List.of(draws),
        claim.done(),
        claim.lapse(),
        claim.endedAt());
  }

  private static PendingAward.Part part(String label, String source, long amount) {
    return BadInput.part(label, source, amount);
  }

  private static PendingAward award(
      long number, List<PendingAward.Part> parts, Instant earnedAt, Instant dueAt) {
    PendingAward valid = VALID.pending().get(0);
    return new PendingAward(
        number,
        valid.cause(),
        valid.subject(),
        TransactionType.AWARD,
        parts,
        earnedAt,
        dueAt,
        List.of());
  }

  /** The components of a standing, to change one. */
  private static final class StandingDraft {

    private final Standing rest;
    String program;
    String fingerprint;
    Instant openedAt;
    String plan;
    SortedMap<Instant, String> plans = ImmutableSortedMap.of();
    SortedMap<String, Instant> restarts;
    Optional<String> waitingPlan;
    SortedMap<String, FactValue> facts;
    LocalDate anchor;
    Period cycle;
    long cycleIndex;
    SortedSet<Instant> cycleStarts;
    Instant tickedTo;
    long renewals;
    long revision;
    long lastTransaction;
    long lastNumber;

    StandingDraft(Standing standing) {
      rest = standing;
      program = standing.terms().program();
      fingerprint = standing.terms().fingerprint();
      openedAt = standing.terms().openedAt();
      plan = standing.terms().plan();
      waitingPlan = standing.terms().waitingPlan();
      facts = standing.terms().facts();
      anchor = standing.terms().anchor();
      cycle = standing.terms().cycle();
      cycleIndex = standing.terms().cycleIndex();
      cycleStarts = standing.terms().cycleStarts();
      tickedTo = standing.terms().tickedTo();
      restarts = standing.terms().restarts();
      renewals = standing.terms().renewals();
      revision = standing.revision();
      lastTransaction = standing.lastTransaction();
      lastNumber = standing.lastNumber();
    }

    Standing build() {
      return new Standing(
          new Standing.Terms(
              program,
              fingerprint,
              rest.terms().openedUnder(),
              rest.terms().zone(),
              openedAt,
              plans.isEmpty() ? ImmutableSortedMap.of(openedAt, plan) : plans,
              waitingPlan,
              facts,
              rest.terms().done(),
              anchor,
              cycle,
              cycleIndex,
              cycleStarts,
              tickedTo,
              restarts,
              renewals),
          rest.clock(),
          revision,
          lastTransaction,
          lastNumber);
    }
  }
}
