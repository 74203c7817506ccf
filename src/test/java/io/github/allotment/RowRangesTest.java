package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.TransactionType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events, openings and the rows of a wallet take what is in range, up to its ends, and no more. */
class RowRangesTest {

  private static final Instant AT = Instant.parse("2021-01-05T00:00:00Z");
  private static final Duration CENTURY = Duration.ofDays(36_525);
  private static final Cause CAUSE = new Cause(Optional.empty(), "r", "v");

  // ---------------------------------------------------------------- rows, by what is varied

  private static Lot.Terms terms(long number, long cycle, Optional<Lot.Origin> origin) {
    return new Lot.Terms(number, "s", AT, "v", cycle, 0, Optional.empty(), origin);
  }

  private static Lot.Origin origin(long grant, long amount, String... regained) {
    return new Lot.Origin(grant, "x", amount, AT, List.of(regained));
  }

  private static Claim claim(long number, long amount, String part, String group) {
    return claim(number, amount, part, group, Optional.empty());
  }

  private static Claim claim(
      long number, long amount, String part, String group, Optional<Instant> endedAt) {
    return new Claim(
        number,
        "x\n",
        Optional.of(part),
        Optional.of(group),
        AT,
        amount,
        List.of(),
        ImmutableSortedSet.of(),
        Optional.empty(),
        endedAt);
  }

  private static PendingAward.Part part(String label, String source, long amount) {
    return new PendingAward.Part(label, source, amount, Optional.empty(), OptionalInt.empty());
  }

  private static PendingAward award(
      long number, TransactionType type, Instant dueAt, String... regained) {
    return new PendingAward(
        number,
        CAUSE,
        Optional.of("x"),
        type,
        List.of(part("L", "s", 7)),
        AT,
        dueAt,
        List.of(regained));
  }

  private static PendingAward award(List<PendingAward.Part> parts) {
    return new PendingAward(
        1, CAUSE, Optional.empty(), TransactionType.AWARD, parts, AT, AT, List.of());
  }

  private static Event event(Instant at, OptionalLong amount, String subject, String group) {
    return new Event("e", at, "x", Optional.of(subject), Optional.of(group), amount, Map.of());
  }

  private static Opening holding(Instant grantedAt, long amount) {
    return Opening.of("p", AT)
        .withExisting(
            Opening.Existing.renewingFrom(LocalDate.of(2020, 12, 1))
                .holding("s", amount, grantedAt));
  }

  // ---------------------------------------------------------------- ranges

  private static <T> Arguments range(
      String what, Function<T, ?> row, List<T> allowed, List<T> refused) {
    return Arguments.of(what, row, allowed, refused);
  }

  private static Arguments positive(String what, Function<Long, ?> row) {
    return range(what, row, List.of(1L, Long.MAX_VALUE), List.of(0L, -1L));
  }

  private static Arguments notNegative(String what, Function<Long, ?> row) {
    return range(what, row, List.of(0L, Long.MAX_VALUE), List.of(-1L));
  }

  private static Arguments notEmpty(String what, Function<String, ?> row) {
    return range(what, row, List.of(" ", "x"), List.of(""));
  }

  /** The years 1 to 9999. */
  private static Arguments instants(String what, Function<Instant, ?> row) {
    return range(what, row, List.of(Checks.FIRST, before(Checks.END)), outside());
  }

  private static List<Instant> outside() {
    return List.of(before(Checks.FIRST), Checks.END, Instant.MIN, Instant.MAX);
  }

  private static Instant before(Instant instant) {
    return instant.minusNanos(1);
  }

  static Stream<Arguments> ranges() {
    return Stream.of(
        instants("event's instant", at -> Event.of("e", at, "x")),
        notEmpty("event's id", id -> Event.of(id, AT, "x")),
        notEmpty("event's type", type -> Event.of("e", AT, type)),
        notEmpty("event's subject", name -> event(AT, OptionalLong.empty(), name, "g")),
        notEmpty("event's group", name -> event(AT, OptionalLong.empty(), "s", name)),
        notNegative("event's amount", n -> event(AT, OptionalLong.of(n), "s", "g")),
        notEmpty("fact's name", name -> Event.of("e", AT, "x").withFact(name, 1)),
        instants("opening", at -> Opening.of("p", at)),
        notEmpty("opening's plan", plan -> Opening.of(plan, AT)),
        notEmpty("opening's fact", name -> Opening.of("p", AT).withFact(name, "v")),
        range(
            "fact to open with",
            (String name) -> Opening.of("p", AT).withFact(name, "v"),
            List.of("plans"),
            List.of("plan")),
        range(
            "opening's anchor",
            (LocalDate anchor) -> Opening.Existing.renewingFrom(anchor),
            List.of(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31)),
            List.of(LocalDate.of(0, 12, 31), LocalDate.of(10_000, 1, 1))),
        range(
            "instant of what is brought",
            (Instant grantedAt) -> holding(grantedAt, 1),
            List.of(AT, Checks.FIRST),
            List.of(AT.plusNanos(1), before(Checks.FIRST))),
        positive("amount of what is brought", n -> holding(AT, n)),
        notEmpty("source of what is brought", name -> new Opening.Holding(name, 1, AT)),
        notEmpty(
            "key of what is done",
            key -> Opening.Existing.renewingFrom(LocalDate.EPOCH).havingDone(key)),
        positive("lot's number", n -> terms(n, 0, Optional.empty())),
        positive("lot's rest", n -> new Lot(terms(1, 0, Optional.empty()), n)),
        range(
            "move",
            (Long n) -> new Lot.Move(terms(1, 0, Optional.empty()), n),
            List.of(1L, -1L),
            List.of(0L)),
        range(
            "lot's grant",
            (Long grant) -> terms(5, 0, Optional.of(origin(grant, 1))),
            List.of(1L, 5L),
            List.of(0L, 6L)),
        positive("grant's amount", n -> origin(1, n)),
        notEmpty("grant's regained limit", limit -> origin(1, 1, "a", limit)),
        instants("grant's instant", at -> new Lot.Origin(1, "x", 1, at, List.of())),
        notEmpty("grant's subject", name -> new Lot.Origin(1, name, 1, AT, List.of())),
        positive("claim's number", n -> claim(n, 1, "p", "g")),
        notNegative("claim's amount", n -> claim(1, n, "p", "g")),
        notEmpty("claim's part", name -> claim(1, 1, name, "g")),
        notEmpty("claim's group", name -> claim(1, 1, "p", name)),
        range(
            "claim's end",
            (Instant end) -> claim(1, 1, "p", "g", Optional.of(end)),
            List.of(AT, AT.plusNanos(1)),
            List.of(before(AT))),
        positive("award's number", n -> award(n, TransactionType.AWARD, AT)),
        range(
            "award's settlement",
            (Instant dueAt) -> award(1, TransactionType.AWARD, dueAt),
            List.of(AT, AT.plus(CENTURY)),
            List.of(before(AT), AT.plus(CENTURY).plusNanos(1))),
        notEmpty(
            "award's regained limit", limit -> award(1, TransactionType.AWARD, AT, "a", limit)),
        range(
            "award's parts",
            (List<PendingAward.Part> parts) -> award(parts),
            List.of(List.of(part("L", "s", 0))),
            List.of(List.of())),
        notEmpty("part's label", name -> part(name, "s", 1)),
        notEmpty("part's source", name -> part("L", name, 1)),
        notNegative("part's amount", n -> part("L", "s", n)),
        notEmpty("use's limit", name -> new Use(name, AT, 1)),
        notNegative("use's amount", n -> new Use("l", AT, n)),
        instants("use's instant", at -> new Use("l", at, 1)),
        notEmpty("remembered id", id -> new SeenEvent(id, AT, "x", ReasonCode.APPLIED)),
        instants("remembered instant", at -> new SeenEvent("e", at, "x", ReasonCode.APPLIED)),
        range(
            "remembered type",
            (String type) -> new SeenEvent("e", AT, type, ReasonCode.APPLIED),
            List.of("x", "tick"),
            List.of("", "opened", "tick x")),
        range(
            "remembered reason",
            (ReasonCode reason) -> new SeenEvent("e", AT, "x", reason),
            List.copyOf(EnumSet.range(ReasonCode.NO_RULE, ReasonCode.APPLIED)),
            List.copyOf(EnumSet.range(ReasonCode.BEFORE_OPENING, ReasonCode.ID_REUSED))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranges")
  <T> void aRangeHoldsItsEndsAndNothingBeyond(
      String what, Function<T, ?> row, List<T> allowed, List<T> refused) {
    allowed.forEach(value -> assertDoesNotThrow(() -> row.apply(value), () -> what + value));
    for (T value : refused) {
      assertThrows(
          IllegalArgumentException.class, () -> row.apply(value), () -> what + " " + value);
    }
  }

  @Test
  void onlyWhatAddsCanBePending() {
    Set<TransactionType> adding =
        EnumSet.of(
            TransactionType.ALLOTMENT,
            TransactionType.BONUS,
            TransactionType.PURCHASE,
            TransactionType.AWARD,
            TransactionType.ADJUSTMENT);
    for (TransactionType type : TransactionType.values()) {
      if (adding.contains(type)) {
        assertEquals(type, award(1, type, AT).type());
      } else {
        assertThrows(IllegalArgumentException.class, () -> award(1, type, AT));
      }
    }
  }

  @Test
  void aClaimThatEndsTooEarlyIsNamedOnOneLine() {
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class, () -> claim(1, 1, "p", "g", Optional.of(before(AT))));
    assertTrue(("" + thrown.getMessage()).startsWith("claim x\\u{a} can't end at "));
  }

  // ---------------------------------------------------------------- what rows say

  @Test
  void everyRowHasItsTableAndItsKey() {
    List<Row> rows =
        List.of(
            new Lot(terms(11, 0, Optional.empty()), 1),
            claim(12, 1, "p", "g"),
            award(13, TransactionType.AWARD, AT),
            new Use("l", AT, 1),
            new SeenEvent("e", AT, "x", ReasonCode.APPLIED));
    assertEquals(
        List.of(
            Row.Table.LOTS, Row.Table.CLAIMS, Row.Table.PENDING, Row.Table.USES, Row.Table.SEEN),
        rows.stream().map(Row::table).toList());
    assertEquals(
        List.of("11", "12", "13", "l@2021-01-05T00:00:00Z", "e"),
        rows.stream().map(Row::key).toList());
  }

  @Test
  void anAwardIsTheSumOfItsParts() {
    assertEquals(12, award(List.of(part("L", "s", 7), part("M", "t", 5))).amount());
    List<PendingAward.Part> most =
        List.of(part("L", "s", Long.MAX_VALUE), part("M", "t", 1), part("N", "t", 0));
    assertEquals(Long.MAX_VALUE, PendingAward.sumOrMost(most));
    assertThrows(ArithmeticException.class, () -> PendingAward.sum(most));
    assertEquals(
        Optional.of(new Lot.Origin(1, "x", 7, AT, List.of("l"))),
        award(1, TransactionType.AWARD, AT, "l").origin());
    assertEquals(Optional.empty(), award(List.of(part("L", "s", 7))).origin());
  }

  @Test
  void aClaimIsOpenFromItsChargeUntilItEnds() {
    Instant end = AT.plusSeconds(2);
    Claim open = claim(1, 5, "p", "g");
    Claim ended = open.ended(end);
    assertEquals(Optional.empty(), open.closesAt());
    assertEquals(Optional.of(end), ended.closesAt());
    for (Claim claim : List.of(open, ended)) {
      assertTrue(!claim.isOpenAt(before(AT)));
      assertTrue(claim.isOpenAt(AT));
      assertTrue(claim.isOpenAt(before(end)));
      assertEquals(claim.endedAt().isEmpty(), claim.isOpenAt(end));
      assertEquals(claim.endedAt().isEmpty(), claim.canEndAt(AT));
      assertTrue(!claim.canEndAt(before(AT)));
    }
  }

  @Test
  void whatWasDrawnLastComesBackFirst() {
    Lot.Terms first = terms(1, 0, Optional.empty());
    Lot.Terms second = terms(2, 0, Optional.empty());
    Claim claim =
        claim(3, 7, "p", "g").less(0, List.of(new Lot.Move(first, 3), new Lot.Move(second, 4)));
    for (long credits = 0; credits <= 7; credits++) {
      assertMoves(claim.firstDraws(credits), first, Math.min(credits, 3), second, credits);
      assertMoves(claim.lastDraws(credits), second, Math.min(credits, 4), first, credits);
    }
    assertEquals(5, claim.less(2, List.of()).amount());
    Claim marked = claim.having(ImmutableSortedSet.of("k"));
    assertEquals(Set.of("k"), marked.done());
    assertEquals(Set.of("k", "l"), marked.having(ImmutableSortedSet.of("l")).done());
  }

  /** So much of one lot, and what is missing of another. */
  private static void assertMoves(
      List<Lot.Move> moves, Lot.Terms first, long ofFirst, Lot.Terms second, long credits) {
    List<Lot.Move> expected =
        Stream.of(Map.entry(first, ofFirst), Map.entry(second, credits - ofFirst))
            .filter(move -> move.getValue() > 0)
            .map(move -> new Lot.Move(move.getKey(), move.getValue()))
            .toList();
    assertEquals(expected, moves);
  }

  @Test
  void anEventBringsItsAmountSubjectAndGroupAsFacts() {
    Event plain = Event.of("e", AT, "x").withFact("amount", 5).withFact("kind", true);
    assertEquals(FactValue.of(5), plain.brings("amount"));
    assertEquals(FactValue.of(true), plain.brings("kind"));
    assertNull(plain.brings("subject"));
    Event full = plain.withAmount(0).withSubject("s").withGroup("g");
    assertEquals(FactValue.of(0), full.brings("amount"));
    assertEquals(FactValue.of("s"), full.brings("subject"));
    assertEquals(FactValue.of("g"), full.brings("group"));
    assertNull(full.brings("other"));
    assertEquals(Optional.of(FactValue.of(5)), full.fact("amount"));
    assertEquals(Optional.of(FactValue.of(6)), full.withFact("amount", 6).fact("amount"));
  }
}
