package io.github.allotment;

import static io.github.allotment.BadInput.AT;
import static io.github.allotment.BadInput.ENGINE;
import static io.github.allotment.BadInput.LAST;
import static io.github.allotment.BadInput.answered;
import static io.github.allotment.BadInput.assertIllegal;
import static io.github.allotment.BadInput.assertTold;
import static io.github.allotment.BadInput.assertUntouched;
import static io.github.allotment.BadInput.award;
import static io.github.allotment.BadInput.bad;
import static io.github.allotment.BadInput.claim;
import static io.github.allotment.BadInput.engine;
import static io.github.allotment.BadInput.full;
import static io.github.allotment.BadInput.grant;
import static io.github.allotment.BadInput.part;
import static io.github.allotment.BadInput.purchase;
import static io.github.allotment.BadInput.terms;
import static io.github.allotment.BadInput.version;
import static io.github.allotment.BadInput.week;
import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.BadInput.Case;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Amounts below zero and above a {@code long} are refused, and leave the wallet as it was. */
class BadInputAmountsTest {

  @Nested
  class AnAmountThatNoOneCanMean {

    static Stream<Case> below() {
      Lot.Terms terms = terms(1, "free", AT, "v1");
      Opening.Existing existing = Opening.Existing.renewingFrom(LocalDate.EPOCH);
      return Stream.of(-1L, Long.MIN_VALUE)
          .flatMap(
              amount ->
                  Stream.of(
                          bad("event", () -> Event.of("e", AT, "x").withAmount(amount)),
                          bad("cost", () -> Connects.proposalSubmitted("e", AT, "p", "j", amount)),
                          bad("purchase", () -> Connects.connectsPurchased("e", AT, amount)),
                          bad("holding", () -> existing.holding("plan", amount, AT)),
                          bad("quantity", () -> Quantity.of(amount)),
                          bad("grant", () -> grant(amount)),
                          bad("second line", () -> grant(1).and("x", "free", amount)),
                          bad("allotment", () -> Plan.monthly("x").allotting("x", "free", amount)),
                          bad("limit", () -> Limit.of("x", Quantity.of(amount), week())),
                          bad("declared limit", () -> version().limit("x", amount, week())),
                          bad("forfeit", () -> Effect.forfeitAbove("x", amount)),
                          bad("lot", () -> new Lot(terms, amount)),
                          bad("lot's number", () -> terms(amount, "free", AT, "v")),
                          bad("use", () -> new Use("x", AT, amount)),
                          bad("award's part", () -> part("x", "free", amount)),
                          bad("award's number", () -> award(amount, AT, AT)),
                          bad("claim's amount", () -> claimOf(1, amount)),
                          bad("charge", () -> Effect.charge("x").of(amount)),
                          bad("times a plan", () -> Quantity.ofPlan(amount)),
                          bad("floor", () -> Quantity.ofPlan(1).atLeast(amount)),
                          bad("claim's number", () -> claimOf(amount, 1)))
                      .map(bad -> bad(bad.what() + " " + amount, bad.call(), "" + amount)));
    }

    @ParameterizedTest
    @MethodSource("below")
    void isAnIllegalArgumentExceptionThatNamesIt(Case bad) {
      assertTold(IllegalArgumentException.class, bad.call(), bad.facts());
    }

    private static Claim claimOf(long number, long amount) {
      return claim(number, "p", amount, List.of(), Optional.empty(), Optional.empty());
    }

    @Test
    void isZeroOnlyWhereNothingIsNothing() {
      Lot.Terms terms = terms(7, "free", AT, "v1");
      assertIllegal(() -> Connects.connectsPurchased("e", AT, 0), "amount", "0");
      assertIllegal(() -> new Opening.Holding("plan", 0, AT), "amount", "0");
      assertIllegal(() -> new Lot(terms, 0), "lot 7", "0");
      assertIllegal(() -> new Lot.Move(terms, 0), "lot 7", "0");
      assertIllegal(() -> terms(0, "free", AT, "v1"), "number", "0");

      assertEquals(OptionalLong.of(0), Event.of("e", AT, "x").withAmount(0).amount());
      assertEquals(OptionalLong.of(0), Connects.proposalSubmitted("e", AT, "p", "j", 0).amount());
      assertEquals(0, Plan.monthly("x").allotting("x", "free", 0).size());
      assertEquals(0, Quantity.ofPlan(0).atLeast(0).times());
      assertEquals(Quantity.of(0), Effect.charge("x").of(0).quantity());
      assertEquals(Quantity.of(0), Limit.of("x", Quantity.of(0), week()).max());
    }

    @Test
    void isMoreThanALongHoldsInAPlansAllotment() {
      Plan plan = Plan.monthly("x").allotting("x", "free", Long.MAX_VALUE);
      assertEquals(Long.MAX_VALUE, plan.allotting("y", "free", 0).size());
      assertThrowsExactly(IllegalArgumentException.class, () -> plan.allotting("y", "free", 1));
    }

    @Test
    void isMoreThanALongHoldsInAGrant() {
      Effect.Grant grant = grant(Long.MAX_VALUE);
      assertEquals(2, grant.and("y", "free", 0).lines().size());
      assertIllegal(() -> grant.and("y", "free", 1), "long");
    }
  }

  @Nested
  class MoreThanALongHolds {

    @Test
    void isRefusedToAPurchase() {
      Wallet wallet = full(5);
      for (long amount : new long[] {6, 7, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
        assertUntouched(
            ArithmeticException.class,
            wallet,
            () -> ENGINE.decide(wallet, purchase(amount)),
            "" + amount,
            "" + Long.MAX_VALUE);
      }
      Wallet brimful = ENGINE.decide(wallet, purchase(5)).wallet();
      assertEquals(Long.MAX_VALUE - 10, brimful.available());
      assertEquals(10, brimful.pending());
    }

    @Test
    void isRefusedToAReturn() {
      Wallet wallet = full(2);
      Event closed = Connects.jobClosed("c", AT, "j1", JobOutcome.CLOSED_WITHOUT_HIRE);
      assertUntouched(ArithmeticException.class, wallet, () -> ENGINE.decide(wallet, closed), "3");
      Event ended = Connects.jobClosed("c", AT, "j1", JobOutcome.HIRED);
      assertTrue(ENGINE.decide(wallet, ended).isApplied());
    }

    @Test
    void isRefusedToAnAwardThatIsYetToCome() {
      Wallet wallet = full(9);
      Event answer = Connects.interview("i", AT, "p3", answered(), true);
      assertUntouched(ArithmeticException.class, wallet, () -> ENGINE.decide(wallet, answer), "10");
      assertTrue(ENGINE.decide(full(10), answer).isApplied());
    }

    @Test
    void isRefusedInAnyWayOfAsking() {
      Wallet wallet = full(5);
      Event six = purchase(6);
      assertUntouched(ArithmeticException.class, wallet, () -> ENGINE.preview(wallet, six), "6");
      assertUntouched(
          ArithmeticException.class, wallet, () -> ENGINE.replay(wallet, List.of(six)), "6");
      assertUntouched(
          ArithmeticException.class, wallet, () -> ENGINE.earliest(wallet, six, LAST), "6");
      Event two = Connects.connectsPurchased("two", AT, 2);
      Event four = Connects.connectsPurchased("four", AT, 4);
      assertUntouched(
          ArithmeticException.class, wallet, () -> ENGINE.replay(wallet, List.of(two, four)), "4");
    }

    @Test
    void isRefusedToTime() {
      PolicyEngine engine =
          engine(
              version()
                  .rule("a gift", Trigger.on(RENEWED), grant(10))
                  .rule(
                      "bought",
                      Trigger.on("bought"),
                      Effect.grantOfEvent(TransactionType.PURCHASE, "Bought", "free")));
      Wallet wallet =
          engine
              .decide(
                  engine.open(Opening.of("basic", AT)).wallet(),
                  Event.of("b", AT, "bought").withAmount(Long.MAX_VALUE - 19))
              .wallet();
      Instant renewal = Instant.parse("2021-02-08T00:00:00Z");
      Instant second = Instant.parse("2021-03-08T00:00:00Z");

      assertEquals(Long.MAX_VALUE - 9, engine.advance(wallet, renewal).wallet().available());
      assertUntouched(
          ArithmeticException.class, wallet, () -> engine.advance(wallet, second), "10");
      assertUntouched(
          ArithmeticException.class,
          wallet,
          () -> engine.decide(wallet, Event.of("x", second, "bought").withAmount(1)),
          "10");
      Wallet renewed = engine.advance(wallet, renewal).wallet();
      assertUntouched(ArithmeticException.class, renewed, () -> engine.upcoming(renewed), "10");
    }

    @Test
    void isRefusedToTheSecondOfTwoRulesAndTheFirstIsUndone() {
      PolicyEngine engine =
          engine(
              version()
                  .rule("first", Trigger.on("x"), grant(Long.MAX_VALUE - 1))
                  .rule("second", Trigger.on("x"), grant(2)));
      Wallet wallet = engine.open(Opening.of("basic", AT)).wallet();
      assertUntouched(
          ArithmeticException.class,
          wallet,
          () -> engine.decide(wallet, Event.of("e", AT, "x")),
          "2");
      assertEquals(0, wallet.available());
    }

    @Test
    void isRefusedToWhatAnAccountBrings() {
      Opening.Existing existing =
          Opening.Existing.renewingFrom(LocalDate.parse("2021-01-05"))
              .holding("plan", Long.MAX_VALUE, AT.minusSeconds(1));
      Opening opening = Opening.of("basic", AT);

      assertEquals(
          Long.MAX_VALUE, ENGINE.open(opening.withExisting(existing)).wallet().available());
      assertThrowsExactly(
          ArithmeticException.class,
          () -> ENGINE.open(opening.withExisting(existing.holding("purchases", 1, AT))));
      assertThrowsExactly(
          ArithmeticException.class,
          () -> ENGINE.open(opening.withExisting(existing.holding("plan", 1, AT))));
    }

    @Test
    void isRefusedToAnOpeningsRules() {
      PolicyEngine engine =
          engine(
              version()
                  .rule("first", Trigger.on(OPENED), grant(Long.MAX_VALUE))
                  .rule("second", Trigger.on(OPENED), grant(1)));
      assertTold(
          ArithmeticException.class,
          () -> engine.open(Opening.of("basic", AT)),
          List.of("1 more", "" + Long.MAX_VALUE));
    }

    @Test
    void isNotMadeByWhatCameAndWentWithinOneRenewal() {
      PolicyEngine engine =
          engine(
              version()
                  .rule("in", Trigger.on(RENEWED), grant(Long.MAX_VALUE))
                  .rule("out", Trigger.on(RENEWED), Effect.forfeitAbove("Cut", 0))
                  .rule("in again", Trigger.on(RENEWED), grant(Long.MAX_VALUE)));
      Wallet wallet = engine.open(Opening.of("basic", AT)).wallet();
      Instant renewal = Instant.parse("2021-02-08T00:00:00Z");
      assertEquals(Long.MAX_VALUE, engine.advance(wallet, renewal).wallet().available());
    }

    @Test
    void isRefusedToAMultipleOfAPlan() {
      PolicyEngine engine =
          engine(
              version()
                  .plan(Plan.monthly("double").allotting("L", "free", 2))
                  .rule(
                      "gift",
                      Trigger.on("gift"),
                      new Effect.Grant(
                          TransactionType.BONUS,
                          List.of(new Line("L", "free", Quantity.ofPlan(Long.MAX_VALUE))),
                          Optional.empty(),
                          List.of(),
                          Effect.Settlement.AT_ONCE)));
      Event gift = Event.of("e", AT, "gift");
      Wallet none = engine.open(Opening.of("basic", AT)).wallet();
      Wallet both = engine.open(Opening.of("double", AT)).wallet();
      assertEquals(0, engine.decide(none, gift).wallet().available());
      assertUntouched(
          ArithmeticException.class,
          both,
          () -> engine.decide(both, gift),
          "gift",
          Long.MAX_VALUE + "");
    }

    /** What comes to that exactly is granted, however it is asked for. */
    @ParameterizedTest
    @CsvSource({
      "1, 9223372036854775807, 0",
      "0, 5, 9223372036854775807",
      "7, 1317624576693539401, 0"
    })
    void isNotWhatComesToThatExactly(long times, long plan, long least) {
      PolicyEngine engine =
          engine(
              version()
                  .plan(Plan.monthly("large").allotting("L", "free", plan))
                  .rule("allotted", Trigger.on(RENEWED), Effect.allot())
                  .rule(
                      "gift",
                      Trigger.on("gift"),
                      Effect.grant(
                          TransactionType.BONUS,
                          "G",
                          "free",
                          Quantity.ofPlan(times).atLeast(least))));
      Wallet wallet = engine.open(Opening.of("large", AT)).wallet();
      Event gift = Event.of("e", AT, "gift");
      assertEquals(Long.MAX_VALUE, engine.decide(wallet, gift).wallet().available());
      Instant renewal = wallet.cycle().endExclusive();
      assertEquals(plan, engine.advance(wallet, renewal).wallet().available());
    }

    /** What a limit cuts is not lost because what was asked for is more than fits. */
    @Test
    void isCutToALimitLikeAnythingAboveIt() {
      Effect.Grant all =
          Effect.grantOfEvent(TransactionType.BONUS, "L", "free").and("More", "free", 1);
      PolicyEngine engine =
          engine(
              version()
                  .limit("purse", 100, Window.held())
                  .rule("cut", Trigger.on("cut"), all.cutTo("purse"))
                  .rule("fit", Trigger.on("fit"), all.within("purse"))
                  .rule("everything", Trigger.on("all"), all));
      Wallet wallet = engine.open(Opening.of("basic", AT)).wallet();
      for (long amount : new long[] {100, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
        Decision cut = engine.decide(wallet, Event.of("e", AT, "cut").withAmount(amount));
        assertEquals(100, cut.wallet().available());
        Event fit = Event.of("e", AT, "fit").withAmount(amount);
        assertEquals(ReasonCode.NO_ROOM, engine.decide(wallet, fit).reason().code());
      }
      Event most = Event.of("e", AT, "all").withAmount(Long.MAX_VALUE - 1);
      assertEquals(Long.MAX_VALUE, engine.decide(wallet, most).wallet().available());
      Event more = Event.of("e", AT, "all").withAmount(Long.MAX_VALUE);
      assertUntouched(
          ArithmeticException.class,
          wallet,
          () -> engine.decide(wallet, more),
          "rule everything",
          Long.MAX_VALUE + "");
    }

    /** The limit does not fit a long on the other plan, which is not this wallet's. */
    @Test
    void isNotWhatALimitLetsThroughOnAnotherPlan() {
      PolicyEngine engine =
          engine(
              version()
                  .plan(Plan.monthly("single").allotting("L", "free", 1))
                  .plan(Plan.monthly("double").allotting("L", "free", 2))
                  .limit("most", Quantity.ofPlan(Long.MAX_VALUE), week())
                  .rule("gift", Trigger.on("gift"), grant(1).within("most")));
      Wallet opened = engine.open(Opening.of("single", AT)).wallet();
      Wallet wallet = engine.decide(opened, Event.of("e", AT, "gift")).wallet();
      assertEquals(1, wallet.available());
      assertEquals(Long.MAX_VALUE - 1, engine.room(wallet, "most").left());
      assertEquals(wallet, engine.restore(wallet.state()));
    }
  }
}
