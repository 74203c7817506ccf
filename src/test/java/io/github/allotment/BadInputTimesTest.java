package io.github.allotment;

import static io.github.allotment.BadInput.AT;
import static io.github.allotment.BadInput.ENGINE;
import static io.github.allotment.BadInput.FIRST;
import static io.github.allotment.BadInput.LAST;
import static io.github.allotment.BadInput.OUT_OF_RANGE;
import static io.github.allotment.BadInput.answered;
import static io.github.allotment.BadInput.assertIllegal;
import static io.github.allotment.BadInput.assertUntouched;
import static io.github.allotment.BadInput.award;
import static io.github.allotment.BadInput.busy;
import static io.github.allotment.BadInput.changed;
import static io.github.allotment.BadInput.claim;
import static io.github.allotment.BadInput.engine;
import static io.github.allotment.BadInput.grant;
import static io.github.allotment.BadInput.opened;
import static io.github.allotment.BadInput.purchase;
import static io.github.allotment.BadInput.terms;
import static io.github.allotment.BadInput.version;
import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Tick;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Instants, dates and lengths of time are accepted up to their edges, and not beyond. */
class BadInputTimesTest {

  @Nested
  class AnInstantAtTheEdge {

    private record Taker(String what, Function<Instant, Object> take) {
      @Override
      public String toString() {
        return what;
      }
    }

    static Stream<Taker> takers() {
      Opening.Existing existing = Opening.Existing.renewingFrom(LocalDate.EPOCH);
      return Stream.of(
          new Taker("event", at -> Event.of("e", at, "x")),
          new Taker("opening", at -> Opening.of("basic", at)),
          new Taker("holding", at -> existing.holding("plan", 1, at)),
          new Taker("use", at -> new Use("x", at, 1)),
          new Taker("seen event", at -> new SeenEvent("e", at, "x", ReasonCode.APPLIED)),
          new Taker("award", at -> award(1, at, at)),
          new Taker("claim", AnInstantAtTheEdge::claimAt),
          new Taker("standing", AnInstantAtTheEdge::standingAt),
          new Taker(
              "Connects opening",
              at -> Connects.opening("basic", at, AccountKind.AGENCY, ReadinessTest.FAILED)),
          new Taker("test", at -> Connects.readinessTestPassed("e", at)),
          new Taker("submission", at -> Connects.proposalSubmitted("e", at, "p", "j", 1)),
          new Taker("withdrawal", at -> Connects.proposalWithdrawn("e", at, "p")),
          new Taker("archiving", at -> Connects.proposalArchived("e", at, "p")),
          new Taker("interview", at -> Connects.interview("e", at, "p", answered(), true)),
          new Taker("settlement", at -> Connects.awardSettled("e", at, "p")),
          new Taker("closing", at -> Connects.jobClosed("e", at, "j", JobOutcome.HIRED)),
          new Taker("purchase", at -> Connects.connectsPurchased("e", at, 1)),
          new Taker("change of plan", at -> Connects.planChanged("e", at, "plus")));
    }

    private static Object claimAt(Instant at) {
      return new Claim(
          1,
          "p",
          Optional.empty(),
          Optional.empty(),
          at,
          0,
          List.of(),
          ImmutableSortedSet.<String>of(),
          Optional.empty(),
          Optional.empty());
    }

    private static Object standingAt(Instant at) {
      return changed(opened().state().standing(), at, at);
    }

    @ParameterizedTest
    @MethodSource("takers")
    void isTakenInTheYears1To9999AndNotANanosecondBeyond(Taker taker) {
      for (Instant bad : OUT_OF_RANGE) {
        assertIllegal(() -> taker.take().apply(bad), "" + bad);
      }
      for (Instant good : List.of(FIRST, LAST)) {
        assertEquals(taker.take().apply(good), taker.take().apply(good));
      }
    }

    @Test
    void isNamedWhenTimeIsToAdvanceToIt() {
      Wallet wallet = busy();
      for (Instant bad : OUT_OF_RANGE) {
        assertUntouched(
            IllegalArgumentException.class, wallet, () -> ENGINE.advance(wallet, bad), "" + bad);
      }
      assertEquals(wallet.state(), ENGINE.advance(wallet, FIRST).wallet().state());
    }

    @Test
    void isNamedWhenItIsTheHorizon() {
      Wallet wallet = busy();
      Event event = purchase(1);
      for (Instant bad : OUT_OF_RANGE) {
        assertUntouched(
            IllegalArgumentException.class,
            wallet,
            () -> ENGINE.earliest(wallet, event, bad),
            "" + bad);
      }
      assertEquals(new Earliest.NotBefore(FIRST), ENGINE.earliest(wallet, event, FIRST));
      assertEquals(new Earliest.At(AT), ENGINE.earliest(wallet, event, LAST));
    }

    @Test
    void isNamedWhenItIsBeforeTheProgramStarts() {
      Instant start = Instant.parse("2019-05-01T00:00:00Z");
      Opening early = Opening.of("basic", start.minusNanos(1));
      assertIllegal(
          () -> ENGINE.open(early), "2019-04-30T23:59:59.999999999Z", "connects", "" + start);
      assertIllegal(
          () -> ENGINE.planTerms("basic", start.minusNanos(1)),
          "2019-04-30T23:59:59.999999999Z",
          "" + start);
      for (Instant at : List.of(Instant.MIN, FIRST)) {
        assertIllegal(() -> ENGINE.planTerms("basic", at), "" + at);
      }
      assertEquals(20, ENGINE.open(Opening.of("basic", start)).wallet().available());
      assertEquals("2019-05", ENGINE.planTerms("basic", start).version());
      assertEquals("2021-07", ENGINE.planTerms("basic", Instant.MAX).version());
    }

    @Test
    void isTheLastAtWhichAWalletLives() {
      Wallet wallet =
          ENGINE.open(Opening.of("basic", Instant.parse("9999-12-15T00:00:00Z"))).wallet();
      Decision bought = ENGINE.decide(wallet, Connects.connectsPurchased("b", LAST, 5));
      assertEquals(55, bought.wallet().available());
      assertEquals(LAST, bought.wallet().clock());
      assertEquals(bought.wallet(), ENGINE.restore(bought.wallet().state()));
      assertTrue(bought.wallet().cycle().endExclusive().isAfter(LAST));
    }

    @Test
    void isTheLastBeforeARenewalThatCanBeForeseenAllTheSame() {
      Wallet wallet =
          ENGINE.open(Opening.of("basic", Instant.parse("9999-12-15T00:00:00Z"))).wallet();
      List<Upcoming> upcoming = ENGINE.upcoming(wallet);
      assertEquals(1, upcoming.size());
      assertEquals(Instant.parse("+10000-01-15T00:00:00Z"), upcoming.get(0).at());
    }

    @Test
    void isTheLastAtWhichAnAwardCanBeEarned() {
      Wallet wallet =
          ENGINE.open(Opening.of("basic", Instant.parse("9999-12-15T00:00:00Z"))).wallet();
      Decision answered =
          ENGINE
              .replay(
                  wallet,
                  List.of(
                      Connects.proposalSubmitted("s", LAST, "p", "j", 1),
                      Connects.interview("i", LAST, "p", answered(), true)))
              .decisions()
              .get(1);
      assertTrue(answered.isApplied());
      assertEquals(10, answered.wallet().pending());
      assertEquals(answered.wallet(), ENGINE.restore(answered.wallet().state()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-18:00", "UTC", "+18:00", "America/New_York", "Pacific/Apia"})
    void isTheFirstFromWhichAWalletLivesToTheLast(String zone) {
      PolicyEngine engine =
          PolicyEngine.of(
              Program.named("stars")
                  .lateness(Program.LONGEST_LATENESS)
                  .version(
                      Policy.version("v1", Instant.MIN)
                          .source("free")
                          .limit("most", 100, Window.rolling(Window.LONGEST))
                          .plan(Plan.of("basic", Period.ofYears(1)).allotting("Free", "free", 1))
                          .rule("cut", Trigger.on(OPENED, RENEWED), Effect.forfeitAbove("Cut", 0))
                          .rule("free", Trigger.on(OPENED, RENEWED), Effect.allot())
                          .rule(
                              "gift",
                              Trigger.on("gift"),
                              grant(10).within("most").settlingAfter(Effect.LONGEST_DELAY))
                          .build())
                  .build());
      Opening opening = Opening.of("basic", FIRST).inZone(ZoneId.of(zone));

      Wallet first = engine.decide(engine.open(opening).wallet(), gift("g1", FIRST)).wallet();
      assertEquals(10, first.pending());
      assertEquals(first, engine.restore(first.state()));

      Wallet last = engine.decide(first, gift("g2", LAST)).wallet();
      assertEquals(1, last.available());
      assertEquals(10, last.pending());
      assertEquals(LAST, last.clock());
      assertEquals(last, engine.restore(last.state()));
      assertEquals(90, engine.room(last, "most").left());
    }

    private Event gift(String id, Instant at) {
      return Event.of(id, at, "gift");
    }

    @Test
    void isNamedWhenItIsAnAnchorOutOfRange() {
      for (LocalDate bad :
          List.of(
              LocalDate.MIN,
              LocalDate.parse("0000-12-31"),
              LocalDate.parse("+10000-01-01"),
              LocalDate.MAX)) {
        assertIllegal(() -> Opening.Existing.renewingFrom(bad), "anchor", "" + bad);
      }
      for (String good : List.of("0001-01-01", "9999-12-31")) {
        Opening opening =
            Opening.of("basic", AT)
                .withExisting(Opening.Existing.renewingFrom(LocalDate.parse(good)));
        Cycle cycle = ENGINE.open(opening).wallet().cycle();
        assertFalse(cycle.startInclusive().isAfter(AT));
        assertTrue(cycle.endExclusive().isAfter(AT));
      }
    }

    @Test
    void isNamedWhenWhatWasHeldIsOfTheFuture() {
      Instant later = AT.plusNanos(1);
      Opening.Existing existing = Opening.Existing.renewingFrom(LocalDate.EPOCH);
      assertIllegal(
          () -> Opening.of("basic", AT).withExisting(existing.holding("plan", 1, later)),
          "" + later,
          "" + AT);
      Opening opening = Opening.of("basic", AT).withExisting(existing.holding("plan", 1, AT));
      assertEquals(1, ENGINE.open(opening).wallet().available());
    }

    /** What returns to a lot, or becomes a new one, may be dated after the last instant. */
    @Test
    void isNamedWhenItIsTheGrantInstantOfAStoredLot() {
      WalletState state = opened().state();
      for (Instant bad : OUT_OF_RANGE) {
        Lot lot = new Lot(terms(state.lots().get(0).terms().number(), "plan", bad, "2020-12"), 1);
        assertIllegal(
            () -> ENGINE.restore(WalletState.of(List.of(state.standing(), lot))), "" + bad);
      }
    }

    @Test
    void isNamedWhenAnEndComesBeforeItsStart() {
      Instant before = AT.minusNanos(1);
      assertIllegal(
          () -> claim("p", List.of(), Optional.of(before)), "claim p", "" + before, "" + AT);
      assertIllegal(() -> award(3, AT, before), "award 3", "" + before, "" + AT);
      Standing standing = opened().state().standing();
      assertIllegal(() -> changed(standing, AT, before), "" + before, "" + AT);
    }
  }

  @Nested
  class ALengthOutOfRange {

    private static final Duration CENTURY = Duration.ofDays(36_525);
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    static Stream<Duration> tooLong() {
      return Stream.of(CENTURY.plusNanos(1), LONGEST);
    }

    static Stream<Duration> negative() {
      return Stream.of(Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource({"tooLong", "negative"})
    void isNamed(Duration bad) {
      assertIllegal(() -> Window.rolling(bad), "" + bad);
      assertIllegal(() -> Term.of(bad), "term", "" + bad);
      assertIllegal(() -> Tick.every("x", bad), "tick", "" + bad);
      assertIllegal(() -> version().tick("x", bad), "tick", "" + bad);
      assertIllegal(() -> Effect.charge("x").returnableFor(bad), "lapse", "" + bad);
      assertIllegal(() -> Effect.charge("x").heldFor(bad), "lapse", "" + bad);
      assertIllegal(() -> Program.named("x").lateness(bad), "" + bad);
      assertIllegal(() -> grant(1).settlingAfter(bad), "" + bad);
    }

    @Test
    void isZeroWhereSomethingMustLast() {
      Duration zero = Duration.ZERO;
      assertIllegal(() -> Window.rolling(zero), "" + zero);
      assertIllegal(() -> Term.of(zero), "term", "" + zero);
      assertIllegal(() -> Effect.charge("x").returnableFor(zero), "lapse", "" + zero);
      assertIllegal(() -> Effect.charge("x").heldFor(zero), "lapse", "" + zero);
      Program program =
          Program.named("x").lateness(Duration.ZERO).version(version().build()).build();
      assertEquals(Duration.ZERO, program.lateness());
      assertEquals(Effect.Settlement.AT_ONCE, grant(1).settlingAfter(Duration.ZERO).settlement());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 36_525L * 86_400 * 1_000_000_000})
    void isNotOneOnTheEdge(long nanos) {
      Duration length = Duration.ofNanos(nanos);
      assertEquals(new Window.Rolling(length), Window.rolling(length));
      assertEquals(
          new Effect.Settlement.After(length), grant(1).settlingAfter(length).settlement());
      assertEquals(new Term.Exactly(length), Term.of(length));
      assertEquals(
          Optional.of(
              new Effect.Lapse(length, Effect.End.Back.NOTHING, Effect.End.Expired.EXPIRES)),
          Effect.charge("x").returnableFor(length).lapse());
      assertEquals(
          Optional.of(new Effect.Lapse(length, Effect.End.Back.ALL, Effect.End.Expired.EXPIRES)),
          Effect.charge("x").heldFor(length).lapse());
      Program program = Program.named("x").lateness(length).version(version().build()).build();
      assertEquals(length, program.lateness());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.000000001S", "PT59.999999999S"})
    void isShorterThanAMinuteForATick(Duration bad) {
      assertIllegal(() -> version().tick("x", bad), "tick", "" + bad, "PT1M");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT876600H"})
    void isNotATicksOnTheEdge(Duration length) {
      Policy policy = version().tick("x", length).build();
      assertEquals(List.of(Tick.every("x", length)), policy.ticks());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "P0D",
          "P-1D",
          "P-1M",
          "P1M-1D",
          "P1Y-13M",
          "P1201M",
          "P100Y1D",
          "P36526D",
          "P2147483647Y",
          "P2147483647D",
          "P2147483647Y2147483647M2147483647D",
          "P-2147483648D"
        })
    void isNamedWhenItIsATerm(String term) {
      Period period = Period.parse(term);
      assertIllegal(() -> Term.of(period), "term", "" + period);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P36525D", "P1M", "P1M1D", "P1200M", "P100Y"})
    void isNotATermOnTheEdge(String term) {
      PolicyEngine engine =
          engine(
              Policy.version("v1", FIRST)
                  .source(Source.of("free").living(Term.of(Period.parse(term))))
                  .plan(Plan.monthly("basic"))
                  .rule("gift", Trigger.on(OPENED), grant(1)));
      Wallet wallet = engine.open(Opening.of("basic", AT)).wallet();
      Instant end = wallet.lots().get(0).terms().expiresAt().orElseThrow();
      assertEquals(1, engine.advance(wallet, end.minusNanos(1)).wallet().available());
      assertEquals(0, engine.advance(wallet, end).wallet().available());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_201, Integer.MAX_VALUE})
    void isNamedWhenItIsANumberOfCycles(int bad) {
      assertIllegal(() -> Term.cycles(bad), "cycles", "" + bad);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_200})
    void isNotANumberOfCyclesOnTheEdge(int count) {
      assertEquals(new Term.Cycles(count), Term.cycles(count));
    }

    /** A century of cycles of a century ends beyond the year 9999, and is reckoned all the same. */
    @Test
    void isNotTheLongestNumberOfTheLongestCycles() {
      PolicyEngine engine =
          engine(
              Policy.version("v1", FIRST)
                  .source(Source.of("free").living(Term.cycles(1_200)))
                  .plan(Plan.of("basic", Period.ofYears(100)))
                  .rule("gift", Trigger.on(OPENED, RENEWED), grant(1)));
      Wallet wallet = engine.open(Opening.of("basic", AT)).wallet();
      Instant end = wallet.lots().get(0).terms().expiresAt().orElseThrow();
      assertEquals(Instant.parse("+122021-01-08T00:00:00Z"), end);
      Wallet last = engine.advance(wallet, LAST).wallet();
      assertEquals(80, last.available());
      assertEquals(last, engine.restore(last.state()));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 32, Integer.MAX_VALUE})
    void isNamedWhenItIsADayOfTheMonth(int bad) {
      assertIllegal(() -> Anchor.openingUpTo(bad), "day", "" + bad);
      assertIllegal(() -> Anchor.dayOfMonth(bad), "day", "" + bad);
    }

    /** In the first days of year 1 the anchor may lie in the year before. */
    @ParameterizedTest
    @ValueSource(ints = {1, 31})
    void isNotADayOfTheMonthOnTheEdge(int day) {
      for (Anchor anchor :
          List.of(
              Anchor.openingUpTo(day),
              Anchor.dayOfMonth(day),
              Anchor.dayOfWeek(DayOfWeek.of(1 + day % 7)))) {
        PolicyEngine engine =
            engine(
                Policy.version("v1", FIRST)
                    .source("free")
                    .plan(Plan.monthly("basic").anchoredOn(anchor)));
        for (Instant at : List.of(FIRST, AT, LAST)) {
          Wallet wallet = engine.open(Opening.of("basic", at)).wallet();
          assertTrue(wallet.cycle().endExclusive().isAfter(at));
          assertEquals(wallet, engine.restore(wallet.state()));
        }
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "P0D",
          "P-1D",
          "P-1M",
          "P1M1D",
          "P1M-1D",
          "P1201M",
          "P100Y1M",
          "P36526D",
          "P1Y-13M",
          "P2147483647Y2147483647M",
          "P-2147483648D"
        })
    void isNamedWhenItIsACycle(String cycle) {
      assertIllegal(() -> Plan.of("x", Period.parse(cycle)), "cycle", "" + Period.parse(cycle));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P36525D", "P1M", "P1200M", "P100Y", "P1Y-11M"})
    void isNotACycleOnTheEdge(String cycle) {
      PolicyEngine engine =
          engine(
              Policy.version("v1", FIRST)
                  .source("free")
                  .plan(Plan.of("basic", Period.parse(cycle)).allotting("F", "free", 1))
                  .rule("free", Trigger.on(RENEWED), Effect.allot()));
      Wallet wallet = engine.open(Opening.of("basic", AT)).wallet();
      Instant renewal = wallet.cycle().endExclusive();
      assertEquals(0, engine.advance(wallet, renewal.minusNanos(1)).wallet().available());
      assertEquals(1, engine.advance(wallet, renewal).wallet().available());
    }
  }
}
