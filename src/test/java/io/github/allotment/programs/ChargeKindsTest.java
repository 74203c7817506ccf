package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Claim;
import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.Notice;
import io.github.allotment.Reason;
import io.github.allotment.Transaction;
import io.github.allotment.Upcoming;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Unit;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The kinds of charges, and of what can come back. */
class ChargeKindsTest {

  private static final String OPENING = "2021-01-01T00:00:00Z";

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("bought")
        .source(Source.of("day").living(Term.of(Duration.ofDays(1))))
        .plan(Plan.monthly("plan").allotting("Credits", "bought", 10))
        .rule("purchase", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
        .rule("day pass", Trigger.on("pass"), Effect.grantOfEvent(PURCHASE, "Pass", "day"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spend"))
        .rule("part", Trigger.on("part"), Effect.giveBackPart("Part"))
        .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
        .rule("all back", Trigger.on("all"), Effect.giveBack(Effect.End.Reach.GROUP, "Back"))
        .rule("keep", Trigger.on("keep"), Effect.keep(Effect.End.Reach.SUBJECT, "Keep"));
  }

  private static Account open(Policy.Builder sheet) {
    return Account.open(sheet, "plan", OPENING);
  }

  private static Account openLate(Policy.Builder sheet, Duration lateness) {
    return Account.open(
        Program.named("test").version(sheet.build()).lateness(lateness), "plan", OPENING);
  }

  private static Event on(Account account, String type, String subject) {
    return account.event(type).withSubject(subject);
  }

  // What is there

  @Test
  void metersTakeWhatIsThereAndReportTheShortfall() {
    Account account =
        open(sheet().rule("use", Trigger.on("use"), Effect.charge("Use").takingWhatIsThere()));
    account.grant("buy", 7);
    Decision enough = account.apply(account.event("use").withAmount(4));
    assertEquals(
        List.of(new Consequence.Charged("use", "1", 4, 4, Optional.empty())),
        Account.consequences(enough));
    Decision short1 = account.apply(on(account, "use", "call").withAmount(5));
    assertEquals(
        List.of(new Consequence.Charged("use", "1", 3, 5, Optional.of("call"))),
        Account.consequences(short1));
    assertEquals(0, account.available());
    assertEquals(3, account.wallet().claim("call").orElseThrow().amount());

    int rows = account.rows();
    Decision nothing = account.apply(on(account, "use", "second").withAmount(5));
    assertEquals(
        List.of(new Consequence.Charged("use", "1", 0, 5, Optional.of("second"))),
        Account.consequences(nothing));
    assertEquals(rows, account.rows());

    account.apply(on(account, "back", "call"));
    assertEquals(3, account.available());
    account.apply(on(account, "back", "second"));
    assertEquals(3, account.available());
  }

  @Test
  void aShortfallDoesNotExcuseASecondChargeOfOneSubject() {
    Account account =
        open(sheet().rule("use", Trigger.on("use"), Effect.charge("Use").takingWhatIsThere()));
    account.apply(on(account, "use", "call").withAmount(5));
    account.refuse("already-done", on(account, "use", "call").withAmount(5));
  }

  @Test
  void chargesThatTakeAllOrNothingAreRefused() {
    Account account = open(sheet());
    account.grant("buy", 7);
    Reason.NotEnough reason =
        assertInstanceOf(
            Reason.NotEnough.class,
            account.refuse("not-enough", account.event("spend").withAmount(8)));
    assertEquals(8, reason.amount());
    assertEquals(7, reason.available());
  }

  @Test
  void aChargeForWhatOnlyAClaimCanHaveNeedsASubject() {
    Account account =
        open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("bought")
                .plan(Plan.monthly("plan"))
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
                .rule("hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(1)))
                .rule(
                    "ask",
                    Trigger.on("ask"),
                    Effect.charge("Ask").returnableFor(Duration.ofDays(90)))
                .rule("boost", Trigger.on("boost"), Effect.charge("Boost").forPart("boost")));
    account.grant("buy", 7);
    for (String type : List.of("hold", "ask", "boost")) {
      Reason.FactMissing reason =
          assertInstanceOf(
              Reason.FactMissing.class,
              account.refuse("fact-missing", account.event(type).withAmount(2)));
      assertEquals("subject", reason.fact());
      assertEquals(List.of(), reason.accepted());
    }
    assertEquals(7, account.available());
    account.apply(on(account, "hold", "call").withAmount(2));
    account.apply(on(account, "boost", "call").withAmount(2));
    account.refuse("fact-missing", account.event("hold"));
    assertEquals(3, account.available());
    assertEquals(
        List.of(Optional.empty(), Optional.of("boost")),
        account.wallet().claims("call").stream().map(Claim::part).toList());
  }

  /** It is remembered for the lateness, as one that has ended is. */
  @Test
  void aClaimThatHasLapsedIsNoLongerAmongTheOpenOnes() {
    Account account =
        open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("bought")
                .plan(Plan.monthly("plan"))
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
                .rule(
                    "ask",
                    Trigger.on("ask"),
                    Effect.charge("Ask").returnableFor(Duration.ofDays(3))));
    account.grant("buy", 7);
    account.apply(on(account, "ask", "call").withAmount(2));
    Instant lapse = account.wallet().clock().plus(Duration.ofDays(3));
    account.advance(lapse.minusNanos(1));
    assertEquals(1, account.wallet().openClaims().size());
    account.advance(lapse);
    assertEquals(List.of(), account.wallet().openClaims());
    assertEquals(lapse, account.wallet().claim("call").orElseThrow().closesAt().orElseThrow());
  }

  @Test
  void whatIsMoreThanASubjectWasChargedIsRefusedWithWhatItWasCharged() {
    Account account =
        open(
            sheet()
                .rule("hold", Trigger.on("hold"), Effect.charge("Hold"))
                .rule("job ends", Trigger.on("end"), Effect.capture("Not used")));
    account.grant("buy", 700);
    account.apply(on(account, "hold", "job-1").withAmount(100));
    assertEquals(
        "Refused: it is for 150 credits, and 100 are charged for job-1 (job ends).",
        account
            .refuse("not-enough", on(account, "end", "job-1").withAmount(150))
            .text(new Unit("credit", "credits")));
    assertEquals(
        "Refused: it is for 101 credits, and 100 are charged for job-1 (part).",
        account
            .refuse("not-enough", on(account, "part", "job-1").withAmount(101))
            .text(new Unit("credit", "credits")));
    account.apply(on(account, "part", "job-1").withAmount(40));
    assertEquals(
        new Reason.NotEnough(
            "job ends",
            "1",
            Reason.NotEnough.Of.CHARGED,
            Optional.of("job-1"),
            Optional.empty(),
            61,
            60,
            0),
        account.refuse("not-enough", on(account, "end", "job-1").withAmount(61)));
    account.apply(on(account, "end", "job-1").withAmount(60));
  }

  @Test
  void whatCanNotBeTakenBackWholeIsRefusedWithWhatIsLeftOfIt() {
    Account account =
        open(sheet().rule("refund", Trigger.on("refund"), Effect.revoke("Refund").whole()));
    account.apply(on(account, "buy", "order-7").withAmount(100));
    account.apply(on(account, "spend", "book").withAmount(30));
    assertEquals(
        "Refused: it takes back 100 credits, and 70 are left of what order-7 was granted"
            + " (refund).",
        account
            .refuse("not-enough", on(account, "refund", "order-7"))
            .text(new Unit("credit", "credits")));
  }

  // Which rule explains a refusal

  @Test
  void theRuleThatLacksTheLeastExplainsWhyNoneApplies() {
    Account account =
        open(
            sheet()
                .rule(
                    "far",
                    Trigger.on("change").whereWallet("a", "b").where("plan", "x"),
                    Effect.nothing("no change"))
                .rule("near", Trigger.on("change").where("plan", "y"), Effect.nothing("no change"))
                .rule(
                    "as near",
                    Trigger.on("change").where("plan", "z").onPlan("plan"),
                    Effect.nothing("no change")));
    Decision refused = account.decide(account.event("change").withFact("plan", "w"));
    assertEquals(
        List.of("near", "as near", "far", "far"),
        refused.reasons().stream().map(it -> it.refusingRule().orElse("")).toList());
  }

  @Test
  void aRuleThatWouldDoNothingExplainsLast() {
    Account account =
        open(
            sheet()
                .rule(
                    "blocked",
                    Trigger.on("finished").whereWallet("blocked", "yes"),
                    Effect.nothing("the account is blocked"))
                .rule(
                    "a lesson without mistakes",
                    Trigger.on("finished").where("mistakes", false).where("lesson", "long"),
                    Effect.charge("Use").of(1)));
    Decision refused = account.decide(account.event("finished"));
    assertEquals(
        List.of("a lesson without mistakes", "a lesson without mistakes", "blocked"),
        refused.reasons().stream().map(it -> it.refusingRule().orElse("")).toList());
  }

  // Adjustments

  @Test
  void aCutOfNothingIsNotTold() {
    Account account = open(sheet().rule("cut", Trigger.on("cut"), Effect.forfeitAbove("Cut", 10)));
    account.grant("buy", 10);
    assertEquals(List.of(), Account.consequences(account.apply(account.event("cut"))));
    account.grant("buy", 1);
    assertEquals(
        List.of(new Consequence.Forfeited("cut", "1", 1, 10)),
        Account.consequences(account.apply(account.event("cut"))));
  }

  @Test
  void adjustmentsDownAreRowsOfTheirOwnType() {
    Account account =
        open(
            sheet()
                .rule("correct", Trigger.on("correct"), Effect.charge("Correction").asAdjustment())
                .rule(
                    "fine",
                    Trigger.on("fine"),
                    Effect.charge("Fine").of(3).asAdjustment().takingWhatIsThere()));
    account.grant("buy", 7);
    account.apply(account.event("correct").withAmount(5));
    assertEquals(TransactionType.ADJUSTMENT, account.last().type());
    assertEquals(-5, account.last().amount());
    account.refuse("not-enough", account.event("correct").withAmount(3));
    Decision fined = account.apply(account.event("fine").withAmount(1));
    assertEquals(
        List.of(new Consequence.Charged("fine", "1", 2, 3, Optional.empty())),
        Account.consequences(fined));
    assertEquals(TransactionType.ADJUSTMENT, account.last().type());
    assertEquals(0, account.available());
  }

  // A deadline for returns

  private static Policy.Builder inMail() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("inmail")
        .limit("most held", 15, Window.held())
        .plan(Plan.monthly("career").allotting("InMail", "inmail", 5))
        .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot().cutTo("most held"))
        .rule(
            "message",
            Trigger.on("message"),
            Effect.charge("Message").of(1).returnableFor(Duration.ofDays(90)))
        .rule("answer", Trigger.on("answer"), Effect.giveBack(Effect.End.Reach.SUBJECT, "Answer"));
  }

  /** A credit returns when the message is answered within 90 days of sending; not on day 91. */
  @Test
  void inMailComesBackForNinetyDays() {
    for (String on : List.of("2021-01-01T00:00:00Z", "2021-03-31T23:59:59.999999999Z")) {
      Account account = Account.open(inMail(), "career", OPENING);
      account.apply(on(account, "message", "ann"));
      account.advance(on);
      long before = account.available();
      account.apply(on(account, "answer", "ann"));
      assertEquals(before + 1, account.available());
      account.refuse("no-open-claim", on(account, "answer", "ann"));
    }
    for (String on : List.of("2021-04-01T00:00:00Z", "2021-04-01T00:00:00.000000001Z")) {
      Account account = Account.open(inMail(), "career", OPENING);
      account.apply(on(account, "message", "ann"));
      account.advance(on);
      Reason.NoOpenClaim reason =
          assertInstanceOf(
              Reason.NoOpenClaim.class,
              account.refuse("no-open-claim", on(account, "answer", "ann")));
      assertEquals(
          on.endsWith("01Z") ? Optional.empty() : Optional.of(Instant.parse(on)), reason.endedAt());
    }
  }

  /** A return may pass the most that is held; the next allotment is cut to nothing. */
  @Test
  void anAnsweredInMailMayPassWhatMayBeHeld() {
    Account account = Account.open(inMail(), "career", OPENING);
    account.advance("2021-02-28T00:00:00Z");
    account.apply(on(account, "message", "ann"));
    account.advance("2021-04-01T00:00:00Z");
    assertEquals(15, account.available());
    account.apply(on(account, "answer", "ann"));
    assertEquals(16, account.available());
    int rows = account.rows();
    account.advance("2021-05-01T00:00:00Z");
    assertEquals(16, account.available());
    assertEquals(rows, account.rows());
  }

  @Test
  void aLateReturnIsJudgedByItsOwnTime() {
    Account account =
        Account.open(
            Program.named("test").version(inMail().build()).lateness(Duration.ofDays(2)),
            "career",
            OPENING);
    account.apply(on(account, "message", "ann"));
    account.apply(on(account, "message", "bob"));
    account.advance("2021-04-02T00:00:00Z");
    account.refuse("no-open-claim", on(account, "answer", "ann"));
    account.refuse(
        "no-open-claim", account.event("answer", "2021-04-01T00:00:00Z").withSubject("ann"));
    long before = account.available();
    Instant justInTime = Instant.parse("2021-03-31T23:59:59.999999999Z");
    account.apply(account.event("answer", justInTime).withSubject("ann"));
    assertEquals(before + 1, account.available());
    assertEquals(Optional.of(justInTime), account.wallet().claim("ann").flatMap(Claim::endedAt));
    account.advance("2021-04-03T00:00:00.000000001Z");
    assertEquals(Optional.empty(), account.wallet().claim("bob"));
    account.refuse("too-late", account.event("answer", justInTime).withSubject("bob"));
  }

  /** An ended id is free after its end and the lateness. */
  @Test
  void theIdIsFreeWhenItHasLapsedAndNoLateEventCanBeAboutIt() {
    Account account =
        Account.open(
            Program.named("test").version(inMail().build()).lateness(Duration.ofDays(2)),
            "career",
            OPENING);
    account.apply(on(account, "message", "ann"));
    account.advance("2021-04-03T00:00:00Z");
    Reason.AlreadyDone reason =
        assertInstanceOf(
            Reason.AlreadyDone.class,
            account.refuse("already-done", on(account, "message", "ann")));
    Instant free = Instant.parse("2021-04-03T00:00:00.000000001Z");
    assertEquals(Optional.of(free), reason.freeFrom());
    assertEquals(
        new io.github.allotment.Earliest.At(free),
        account
            .engine()
            .earliest(
                account.wallet(), on(account, "message", "ann"), free.plus(Duration.ofDays(30))));
    account.advance(free);
    account.apply(on(account, "message", "ann"));
  }

  @Test
  void anEndingOfAGroupLeavesOutWhatHasLapsed() {
    Account account =
        openLate(
            sheet()
                .rule(
                    "bid",
                    Trigger.on("bid"),
                    Effect.charge("Bid").of(1).returnableFor(Duration.ofDays(10))),
            Duration.ofDays(5));
    account.grant("buy", 5);
    account.apply(on(account, "bid", "one").withGroup("job"));
    account.advance("2021-01-08T00:00:00Z");
    account.apply(on(account, "bid", "two").withGroup("job"));
    account.advance("2021-01-11T00:00:00Z");
    account.apply(account.event("all").withGroup("job"));
    assertEquals(4, account.available());
    account.refuse("no-open-claim", account.event("all").withGroup("job"));
    account.apply(account.event("all", "2021-01-10T23:00:00Z").withGroup("job"));
    assertEquals(5, account.available());
  }

  // Holds

  private static Policy.Builder holds() {
    return sheet()
        .rule("hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(31)))
        .rule("capture", Trigger.on("capture"), Effect.capture("Released"));
  }

  @Test
  void aHoldIsReleasedByTimeAtItsInstant() {
    Account account = open(holds());
    account.grant("buy", 10);
    account.apply(on(account, "hold", "trip").withAmount(6));
    assertEquals(4, account.available());
    assertEquals(6, account.wallet().claim("trip").orElseThrow().amount());
    List<Upcoming> upcoming = account.engine().upcoming(account.wallet());
    Upcoming.Release release = assertInstanceOf(Upcoming.Release.class, upcoming.get(0));
    assertEquals(Instant.parse("2021-02-01T00:00:00Z"), release.at());
    assertEquals("trip", release.claim().subject());
    assertInstanceOf(Upcoming.Renewal.class, upcoming.get(1));

    account.advance("2021-01-31T23:59:59.999999999Z");
    assertEquals(4, account.available());
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(10, account.available());
    assertEquals(TransactionType.RETURN, account.last().type());
    assertEquals(
        Optional.of(Instant.parse("2021-02-01T00:00:00Z")),
        account.wallet().claim("trip").flatMap(Claim::endedAt));
    account.refuse("no-open-claim", on(account, "capture", "trip").withAmount(1));
    account.refuse("no-open-claim", on(account, "back", "trip"));
  }

  @Test
  void everyReleaseIsAnOccasionOfItsOwn() {
    Account account = open(holds());
    account.grant("buy", 10);
    account.apply(on(account, "hold", "trip").withAmount(6));
    account.apply(account.event("hold", "2021-01-02T00:00:00Z").withSubject("room").withAmount(3));
    int rows = account.rows();
    Decision decision = account.advance("2021-02-03T00:00:00Z");
    List<Transaction> released = account.history().subList(rows, account.rows());
    assertEquals(
        List.of(
            new Notice(Instant.parse("2021-02-01T00:00:00Z"), 6, 7, released.subList(0, 1)),
            new Notice(Instant.parse("2021-02-02T00:00:00Z"), 3, 10, released.subList(1, 2))),
        decision.notices());
  }

  @Test
  void aClaimClosesWhenItEndsOrElseWhenItLapses() {
    Account account = open(holds());
    account.grant("buy", 10);
    account.apply(on(account, "hold", "trip").withAmount(6));
    assertEquals(
        Optional.of(Instant.parse("2021-02-01T00:00:00Z")),
        account.wallet().claim("trip").orElseThrow().closesAt());
    account.apply(account.event("back", "2021-01-05T00:00:00Z").withSubject("trip"));
    assertEquals(
        Optional.of(Instant.parse("2021-01-05T00:00:00Z")),
        account.wallet().claim("trip").orElseThrow().closesAt());
  }

  /** The release comes before the renewal of its instant, whose forfeit then takes it too. */
  @Test
  void aHoldIsReleasedBeforeARenewalOfTheSameInstant() {
    Account account =
        open(holds().rule("lose", Trigger.on(RENEWED), Effect.forfeitAbove("Lost", 3)));
    account.grant("buy", 10);
    account.apply(on(account, "hold", "trip").withAmount(10));
    int rows = account.rows();
    account.advance("2021-03-01T00:00:00Z");
    assertEquals(List.of(10L, -7L), account.amountsFrom(rows));
  }

  @Test
  void aCaptureMayBeForLess() {
    Account account = open(holds());
    account.grant("buy", 10);
    account.apply(on(account, "hold", "trip").withAmount(6));
    Reason.NotEnough reason =
        assertInstanceOf(
            Reason.NotEnough.class,
            account.refuse("not-enough", on(account, "capture", "trip").withAmount(7)));
    assertEquals(6, reason.available());
    account.refuse("fact-missing", on(account, "capture", "trip"));
    Decision captured = account.apply(on(account, "capture", "trip").withAmount(4));
    assertEquals(6, account.available());
    assertEquals(
        2L,
        assertInstanceOf(Consequence.Returned.class, Account.consequences(captured).get(0))
            .amount());
    account.refuse("no-open-claim", on(account, "capture", "trip").withAmount(1));
    account.advance("2021-03-01T00:00:00Z");
    assertEquals(6, account.available());
  }

  @Test
  void aCaptureMayBeForAllOrNothing() {
    Account account = open(holds());
    account.grant("buy", 10);
    account.apply(on(account, "hold", "all").withAmount(6));
    account.apply(on(account, "hold", "none").withAmount(3));
    int rows = account.rows();
    account.apply(on(account, "capture", "all").withAmount(6));
    assertEquals(rows, account.rows());
    account.apply(on(account, "capture", "none").withAmount(0));
    assertEquals(4, account.available());
  }

  /** The first ending to arrive counts: time's own release, when the capture comes too late. */
  @Test
  void aLateCaptureCantUndoTheReleaseThatTimeMade() {
    Account account = openLate(holds(), Duration.ofDays(5));
    account.grant("buy", 10);
    account.apply(on(account, "hold", "trip").withAmount(6));
    account.advance("2021-02-02T00:00:00Z");
    account.refuse(
        "no-open-claim",
        account.event("capture", "2021-01-31T00:00:00Z").withSubject("trip").withAmount(6));
    assertEquals(10, account.available());
  }

  @Test
  void aHoldThatArrivesAfterItsOwnReleaseIsReleasedAtOnce() {
    Account account =
        openLate(
            sheet()
                .rule(
                    "hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(1))),
            Duration.ofDays(5));
    account.grant("buy", 10);
    account.advance("2021-01-05T00:00:00Z");
    int rows = account.rows();
    account.apply(account.event("hold", "2021-01-02T00:00:00Z").withSubject("late").withAmount(4));
    assertEquals(List.of(-4L, 4L), account.amountsFrom(rows));
    assertEquals(
        Optional.of(Instant.parse("2021-01-03T00:00:00Z")),
        account.wallet().claim("late").flatMap(Claim::endedAt));
  }

  @Test
  void aHoldThatIsKeptOrGivenBackIsNotReleasedAgain() {
    Account account = open(holds());
    account.grant("buy", 10);
    account.apply(on(account, "hold", "kept").withAmount(3));
    account.apply(on(account, "hold", "back").withAmount(2));
    account.apply(on(account, "hold", "some").withAmount(4));
    account.apply(on(account, "keep", "kept"));
    account.apply(on(account, "back", "back"));
    account.apply(on(account, "part", "some").withAmount(1));
    assertEquals(4, account.available());
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(7, account.available());
  }

  // Returns in parts

  @Test
  void partsComeBackLastDrawnFirstAndNeverMoreThanWasTaken() {
    Account account = open(sheet());
    account.grant("buy", 2);
    account.grant("buy", 3);
    account.grant("buy", 4);
    account.apply(on(account, "spend", "order").withAmount(8));
    account.refuse("not-enough", on(account, "part", "order").withAmount(9));

    account.apply(on(account, "part", "order").withAmount(4));
    assertEquals(5, account.available());
    assertEquals(List.of(3L, 1L), account.last().moves().stream().map(Lot.Move::amount).toList());
    assertEquals(4, account.wallet().claim("order").orElseThrow().amount());

    account.refuse("not-enough", on(account, "part", "order").withAmount(5));
    account.apply(on(account, "part", "order").withAmount(3));
    assertEquals(List.of(2L, 1L), account.last().moves().stream().map(Lot.Move::amount).toList());
    int rows = account.rows();
    account.apply(on(account, "part", "order").withAmount(0));
    assertEquals(rows, account.rows());
    account.apply(on(account, "part", "order").withAmount(1));
    assertEquals(9, account.available());
    assertEquals(Optional.empty(), account.wallet().claim("order").flatMap(Claim::endedAt));
    account.refuse("not-enough", on(account, "part", "order").withAmount(1));
    account.refuse("already-done", on(account, "spend", "order").withAmount(1));
    account.apply(on(account, "back", "order"));
    assertEquals(9, account.available());
    account.refuse("no-open-claim", on(account, "part", "order").withAmount(0));
  }

  @Test
  void whatIsLeftAfterAPartComesBackWithTheEnd() {
    Account account = open(sheet());
    account.grant("buy", 9);
    account.apply(on(account, "spend", "order").withAmount(8));
    account.apply(on(account, "part", "order").withAmount(3));
    account.apply(on(account, "back", "order"));
    assertEquals(9, account.available());
    assertEquals(5, account.last().amount());
  }

  // Returns to lots that are no longer there

  private static Policy.Builder renewing() {
    return sheet()
        .spending(Order.SOONEST_EXPIRY)
        .rule(
            "renew",
            Trigger.on("renew"),
            Effect.giveBack(Effect.End.Reach.SUBJECT, "Renewed").renewingExpired());
  }

  @Test
  void whatReturnsToAnExpiredLotExpiresAtOnce() {
    Account account = open(renewing());
    account.grant("buy", 1);
    account.grant("pass", 5);
    account.apply(on(account, "spend", "order").withAmount(4));
    account.advance("2021-01-02T00:00:00Z");
    assertEquals(1, account.available());
    int rows = account.rows();
    account.apply(on(account, "back", "order"));
    assertEquals(List.of(4L, -4L), account.amountsFrom(rows));
    assertEquals(TransactionType.EXPIRY, account.last().type());
    assertEquals(1, account.available());
  }

  @Test
  void whatReturnsToAnExpiredLotMayStartANewTerm() {
    Account account = open(renewing());
    account.grant("buy", 1);
    account.grant("pass", 5);
    account.apply(on(account, "spend", "order").withAmount(6));
    account.advance("2021-01-10T12:00:00Z");
    account.apply(on(account, "renew", "order"));
    assertEquals(6, account.available());
    assertEquals(5, account.wallet().available("day"));
    assertEquals(1, account.wallet().available("bought"));
    Lot renewed = account.wallet().lots().get(0);
    assertEquals(Optional.of(Instant.parse("2021-01-11T12:00:00Z")), renewed.terms().expiresAt());
    assertEquals(Instant.parse("2021-01-10T12:00:00Z"), renewed.terms().grantedAt());
    account.advance("2021-01-11T12:00:00Z");
    assertEquals(1, account.available());
  }

  @Test
  void whatReturnsToALotInTimeKeepsItsTerm() {
    Account account = open(renewing());
    account.grant("pass", 5);
    account.apply(on(account, "spend", "order").withAmount(5));
    account.advance("2021-01-01T23:59:59Z");
    account.apply(on(account, "renew", "order"));
    assertEquals(5, account.available());
    account.advance("2021-01-02T00:00:00Z");
    assertEquals(0, account.available());
  }

  @Test
  void aHoldOnCreditsThatExpireIsReleasedAndThenExpires() {
    Account account = open(holds());
    account.grant("pass", 5);
    account.apply(on(account, "hold", "trip").withAmount(5));
    int rows = account.rows();
    account.advance("2021-02-01T00:00:00Z");
    assertEquals(List.of(5L, -5L), account.amountsFrom(rows));
  }

  @Test
  void lotsThatWereUsedUpOrForfeitedComeBack() {
    Account account =
        open(sheet().rule("lose", Trigger.on("lose"), Effect.forfeitAbove("Lost", 0)));
    account.grant("buy", 3);
    account.grant("buy", 4);
    List<Lot> before = account.wallet().lots();
    account.apply(on(account, "spend", "used up").withAmount(3));
    account.apply(on(account, "spend", "forfeited").withAmount(2));
    account.apply(account.event("lose"));
    assertEquals(List.of(), account.wallet().lots());
    account.apply(on(account, "back", "used up"));
    account.apply(on(account, "back", "forfeited"));
    assertEquals(5, account.available());
    assertEquals(
        before.stream().map(Lot::terms).toList(),
        account.wallet().lots().stream().map(Lot::terms).toList());
    assertEquals(List.of(3L, 2L), account.wallet().lots().stream().map(Lot::left).toList());
  }

  /** A bid returns when its project closes without an award. */
  @Test
  void freelancersBidsComeBackWhenTheProjectClosesWithoutAnAward() {
    Account account =
        Account.open(
            Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                .source("bids")
                .plan(Plan.monthly("plus").allotting("Bids", "bids", 100))
                .rule("first bids", Trigger.on(OPENED), Effect.allot())
                .rule("bid", Trigger.on("bid"), Effect.charge("Bid").of(1))
                .rule(
                    "closed",
                    Trigger.on("closed").where("awarded", false),
                    Effect.giveBack(Effect.End.Reach.GROUP, "Closed without an award"))
                .rule(
                    "awarded",
                    Trigger.on("closed").where("awarded", true),
                    Effect.keep(Effect.End.Reach.GROUP, "Awarded")),
            "plus",
            OPENING);
    account.apply(on(account, "bid", "1").withGroup("logo"));
    account.apply(on(account, "bid", "2").withGroup("site"));
    assertEquals(98, account.available());
    account.apply(account.event("closed").withGroup("logo").withFact("awarded", false));
    assertEquals(99, account.available());
    account.apply(account.event("closed").withGroup("site").withFact("awarded", true));
    assertEquals(99, account.available());
    account.refuse(
        "no-open-claim", account.event("closed").withGroup("logo").withFact("awarded", false));
  }
}
