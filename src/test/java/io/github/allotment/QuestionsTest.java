package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The domain's plain questions. */
class QuestionsTest {

  private final PolicyEngine engine = PolicyEngine.of(Connects.program());

  @ParameterizedTest
  @CsvSource({
    "basic, 2019-05-01T00:00:00Z,           2019-05, 0,  140",
    "plus,  2019-05-01T00:00:00Z,           2019-05, 70, 140",
    "basic, 2020-11-30T23:59:59.999999999Z, 2019-05, 0,  140",
    "basic, 2020-12-01T00:00:00Z,           2020-12, 10, 200",
    "plus,  2020-12-01T00:00:00Z,           2020-12, 80, 200",
    "plus,  2021-07-22T23:59:59.999999999Z, 2020-12, 80, 200",
    "plus,  2021-07-23T00:00:00Z,           2021-07, 80, 200"
  })
  void whatAPlanAllotsAndLetsRollOver(
      String plan, Instant at, String version, long size, long rollover) {
    PlanTerms terms = engine.planTerms(plan, at);

    assertEquals(version, terms.version());
    assertEquals(size, terms.plan().size());
    assertEquals(OptionalLong.of(rollover), terms.rollover());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 999_999_999})
  void aVersionIsInForceFromItsInstantOnToTheNanosecond(int nanos) {
    Instant opened = Instant.parse("2021-01-05T09:00:00Z");
    Instant from = Instant.parse("2021-01-06T09:00:00Z").plusNanos(nanos);
    Program program =
        Program.named("two")
            .version(Policy.version("one", opened).plan(Plan.monthly("only")).build())
            .version(Policy.version("two", from).plan(Plan.monthly("only")).build())
            .build();
    PolicyEngine two = PolicyEngine.of(program);
    Wallet wallet = two.open(Opening.of("only", opened)).wallet();
    Event event = Event.of("event", from, "event");

    Event before = event.movedTo(from.minusNanos(1));
    assertEquals(
        new Reason.NoRule("event", before.at(), "one"), two.decide(wallet, before).reason());
    assertEquals(new Reason.NoRule("event", from, "two"), two.decide(wallet, event).reason());
  }

  /** Counts 4, 3 and 3 on three days under 10 a week, of which a version leaves another maximum. */
  private static Room roomUnder(long max) {
    Instant day = Instant.parse("2021-01-05T09:00:00Z");
    PolicyEngine two =
        PolicyEngine.of(
            Program.named("two")
                .version(atMost("ten", day, 10))
                .version(atMost("less", day.plus(Duration.ofDays(3)), max))
                .build());
    Wallet wallet = two.open(Opening.of("only", day)).wallet();
    for (int i = 0; i < 3; i++) {
      Event gift = Event.of("gift " + i, day.plus(Duration.ofDays(i)), "gift");
      wallet = two.decide(wallet, gift.withAmount(i == 0 ? 4 : 3)).wallet();
    }
    return two.room(two.advance(wallet, day.plus(Duration.ofDays(3))).wallet(), "week");
  }

  private static Policy atMost(String version, Instant from, long max) {
    return Policy.version(version, from)
        .source("a")
        .plan(Plan.monthly("only"))
        .limit("week", max, Window.rolling(Duration.ofDays(7)))
        .rule(
            "gift",
            Trigger.on("gift"),
            Effect.grantOfEvent(TransactionType.BONUS, "Gift", "a").within("week"))
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "11, 1, 2021-01-12T09:00:00Z",
    "10, 0, 2021-01-12T09:00:00Z",
    " 7, 0, 2021-01-12T09:00:00Z",
    " 6, 0, 2021-01-13T09:00:00Z",
    " 5, 0, 2021-01-13T09:00:00Z",
    " 4, 0, 2021-01-13T09:00:00Z",
    " 3, 0, 2021-01-14T09:00:00Z",
    " 1, 0, 2021-01-14T09:00:00Z",
    " 0, 0,"
  })
  void whereMoreIsUsedThanALaterVersionLeavesSoMuchMustLeaveFirst(
      long max, long left, Instant changesAt) {
    Room room = roomUnder(max);
    assertEquals(left, room.left());
    assertEquals(Optional.ofNullable(changesAt), room.changesAt());
  }

  /** What a renewal cuts only while something is empty, or a fact is so, is no plan's rollover. */
  @Test
  void aForfeitOnAConditionBesidesThePlanIsNoRolloverOfIt() {
    Trigger renewal = Trigger.on(CalendarEvent.RENEWED);
    Policy policy =
        Policy.version("only", Instant.parse("2021-01-01T00:00:00Z"))
            .source("paid")
            .source("free")
            .plan(Plan.monthly("basic"))
            .plan(Plan.monthly("plus"))
            .rule("poor", renewal.whileEmpty("paid"), Effect.forfeitAbove("Cut", 1))
            .rule("idle", renewal.whereWallet("idle", "yes"), Effect.forfeitAbove("Cut", 2))
            .rule("plus", renewal.onPlan("plus"), Effect.forfeitAbove("Cut", 3))
            .build();
    PolicyEngine small = PolicyEngine.of(Program.named("small").version(policy).build());
    Instant at = Instant.parse("2021-01-02T00:00:00Z");
    assertEquals(OptionalLong.empty(), small.planTerms("basic", at).rollover());
    assertEquals(OptionalLong.of(3), small.planTerms("plus", at).rollover());
  }

  @Test
  void thePlusPlanAllotsSeventyAndTenInThisOrder() {
    PlanTerms terms = engine.planTerms(Connects.PLUS, Instant.parse("2021-01-01T00:00:00Z"));

    assertEquals(
        List.of(Quantity.of(70), Quantity.of(10)),
        terms.plan().allotment().stream().map(Line::quantity).toList());
  }

  @Test
  void walletsAreEqualIfAllThatTheyHoldIs() {
    Instant at = Instant.parse("2021-01-05T09:00:00Z");
    Wallet opened =
        engine
            .open(
                Connects.opening(
                    Connects.BASIC, at, AccountKind.FREELANCER, ReadinessTest.NOT_TAKEN))
            .wallet();
    Wallet five = engine.decide(opened, Connects.connectsPurchased("e", at, 5)).wallet();
    Wallet fiveToo = engine.decide(opened, Connects.connectsPurchased("e", at, 5)).wallet();
    Wallet six = engine.decide(opened, Connects.connectsPurchased("e", at, 6)).wallet();

    assertEquals(five, fiveToo);
    assertEquals(five.hashCode(), fiveToo.hashCode());
    assertEquals(five.state().standing(), six.state().standing());
    assertNotEquals(five, six);
    assertNotEquals(five, opened);
    assertNotEquals(five.hashCode(), opened.hashCode());
    assertEquals(
        "Wallet[connects/basic, 55 available, 0 pending, clock 2021-01-05T09:00:00Z, revision 4]",
        five.toString());
  }

  @Test
  void aReplayOfNoEventsIsTheWalletItselfIfItIsOfTheProgram() {
    Program other =
        Program.named("other")
            .version(
                Policy.version("only", Instant.parse("2000-01-01T00:00:00Z"))
                    .source("s")
                    .plan(Plan.monthly("plan"))
                    .build())
            .build();
    PolicyEngine others = PolicyEngine.of(other);
    Wallet wallet = others.open(Opening.of("plan", Instant.parse("2021-01-01T00:00:00Z"))).wallet();

    assertEquals(new Replay(wallet, List.of()), others.replay(wallet, List.of()));
    assertRejected("other", () -> engine.replay(wallet, List.of()));
  }

  @Test
  void noPlanHasTermsBeforeTheProgramStarts() {
    Instant before = Instant.parse("2019-04-30T23:59:59.999999999Z");

    assertRejected(before.toString(), () -> engine.planTerms(Connects.BASIC, before));
  }

  @Test
  void allTheRoomIsLeftWhenNothingCounts() {
    Room room = engine.room(opened("2021-01-05T09:00:00Z"), Connects.INTERVIEW_AWARDS);

    assertEquals(50, room.left());
    assertEquals(Optional.empty(), room.changesAt());
  }

  @Test
  void theRoomShrinksWithAnAwardUntilItLeavesTheWindow() {
    Wallet wallet = withInterview();

    Room room = engine.room(wallet, Connects.INTERVIEW_AWARDS);

    assertEquals(40, room.left());
    Instant leaves = Instant.parse("2021-01-14T12:00:00Z");
    assertEquals(Optional.of(leaves), room.changesAt());
    Wallet justBefore = engine.advance(wallet, leaves.minusNanos(1)).wallet();
    assertEquals(40, engine.room(justBefore, Connects.INTERVIEW_AWARDS).left());
    Wallet then = engine.advance(wallet, leaves).wallet();
    assertEquals(50, engine.room(then, Connects.INTERVIEW_AWARDS).left());
  }

  @Test
  void aLimitThatTheVersionDoesNotHaveIsNamed() {
    Wallet before = opened("2020-01-05T09:00:00Z");

    assertRejected(Connects.INTERVIEW_AWARDS, () -> engine.room(before, Connects.INTERVIEW_AWARDS));
  }

  @Test
  void whatComesNextIsWhatTimeThenDoes() {
    Wallet wallet = withInterview();

    List<Upcoming> upcoming = engine.upcoming(wallet);

    assertEquals(
        List.of(Instant.parse("2021-01-08T12:00:00Z"), Instant.parse("2021-02-05T00:00:00Z")),
        upcoming.stream().map(Upcoming::at).toList());
    Decision advanced = engine.advance(wallet, Instant.parse("2021-02-05T00:00:00Z"));
    List<Transaction> rows = advanced.transactions();
    assertEquals(rows.subList(1, rows.size()), ((Upcoming.Renewal) upcoming.get(1)).transactions());
  }

  @Test
  void aSettlementAtTheInstantOfTheRenewalComesBehindIt() {
    Wallet wallet = opened("2021-01-05T09:00:00Z");
    wallet =
        engine
            .decide(
                wallet,
                Connects.proposalSubmitted("s", Instant.parse("2021-02-03T00:00:00Z"), "p", "j", 1))
            .wallet();
    wallet =
        engine
            .decide(
                wallet,
                Connects.interview(
                    "i",
                    Instant.parse("2021-02-04T00:00:00Z"),
                    "p",
                    InterviewSource.PROPOSAL,
                    true))
            .wallet();

    List<Upcoming> upcoming = engine.upcoming(wallet);

    assertTrue(upcoming.get(0) instanceof Upcoming.Renewal);
    assertTrue(upcoming.get(1) instanceof Upcoming.Settlement);
    assertEquals(upcoming.get(0).at(), upcoming.get(1).at());
  }

  @Test
  void aWaitingPlanIsTheOneOfTheNextRenewal() {
    Wallet wallet = opened("2021-01-05T09:00:00Z");
    wallet =
        engine
            .decide(
                wallet,
                Connects.planChanged("u", Instant.parse("2021-01-06T00:00:00Z"), Connects.PLUS))
            .wallet();

    Upcoming.Renewal renewal = (Upcoming.Renewal) engine.upcoming(wallet).get(0);

    assertEquals(Connects.PLUS, renewal.plan());
    assertEquals(
        List.of(70L, 10L), renewal.transactions().stream().map(Transaction::amount).toList());
    assertEquals(Connects.BASIC, wallet.plan());
    assertEquals(Optional.of(Connects.PLUS), wallet.waitingPlan());
  }

  private static void assertRejected(String named, Executable question) {
    String message = "" + assertThrows(IllegalArgumentException.class, question).getMessage();
    assertTrue(message.contains(named), message);
  }

  private Wallet withInterview() {
    Wallet wallet = opened("2021-01-05T09:00:00Z");
    wallet =
        engine
            .decide(
                wallet,
                Connects.proposalSubmitted("s", Instant.parse("2021-01-06T00:00:00Z"), "p", "j", 2))
            .wallet();
    return engine
        .decide(
            wallet,
            Connects.interview(
                "i", Instant.parse("2021-01-07T12:00:00Z"), "p", InterviewSource.PROPOSAL, true))
        .wallet();
  }

  private Wallet opened(String at) {
    return engine
        .open(
            Connects.opening(
                Connects.BASIC, Instant.parse(at), AccountKind.FREELANCER, ReadinessTest.NOT_TAKEN))
        .wallet();
  }
}
