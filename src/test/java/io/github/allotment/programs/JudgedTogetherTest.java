package io.github.allotment.programs;

import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.BONUS;
import static io.github.allotment.policy.TransactionType.EXPIRY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Reason;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All rules of a host's event are judged on the wallet as it is before any of them acts. */
class JudgedTogetherTest {

  private static final Trigger GO = Trigger.on("go");

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("credits")
        .source("gifts")
        .limit("week", 15, Window.rolling(Duration.ofDays(7)))
        .limit("purse", 20, Window.held())
        .plan(Plan.monthly("plan"))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(BONUS, "Bought", "credits"))
        .rule("earn", Trigger.on("earn"), award(10).within("week"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spent"));
  }

  private static Effect.Grant award(long amount) {
    return Effect.grant(AWARD, "Award", "credits", amount);
  }

  private static Account open(Policy.Builder sheet) {
    return Account.open(sheet, "plan", "2021-01-01T00:00:00Z");
  }

  @Test
  void twoAwardsUnderOneLimitAreOneSumAndTheRefusalCountsNeither() {
    Account account =
        open(sheet().rule("a", GO, award(4).within("week")).rule("b", GO, award(5).within("week")));
    account.apply(account.event("earn"));
    Reason.NoRoom reason =
        assertInstanceOf(
            Reason.NoRoom.class,
            account.refuse("no-room", account.event("go", "2021-01-02T00:00:00Z")));
    assertEquals("b", reason.rule());
    assertEquals(9, reason.amount());
    assertEquals(5, reason.left());
    assertEquals(Optional.of(Instant.parse("2021-01-08T00:00:00Z")), reason.opensAt());
    account.apply(account.event("go", "2021-01-08T00:00:00Z"));
    assertEquals(19, account.available());
  }

  @Test
  void twoAwardsThatTheLimitNeverLetsThroughTogetherSaySo() {
    Account account =
        open(sheet().rule("a", GO, award(8).within("week")).rule("b", GO, award(8).within("week")));
    Reason.NoRoom reason =
        assertInstanceOf(Reason.NoRoom.class, account.refuse("no-room", account.event("go")));
    assertEquals(16, reason.amount());
    assertEquals(Optional.empty(), reason.opensAt());
  }

  @Test
  void theSecondOfTwoAwardsIsCutToWhatTheFirstLeaves() {
    Account account =
        open(sheet().rule("a", GO, award(10).cutTo("week")).rule("b", GO, award(10).cutTo("week")));
    account.apply(account.event("go"));
    assertEquals(List.of(10L, 5L), account.amountsFrom(0));
  }

  @Test
  void grantsOfOneEventShareWhatMayBeHeld() {
    Account account =
        open(sheet().rule("a", GO, award(12)).rule("b", GO, award(9).within("purse")));
    Reason.NoRoom reason =
        assertInstanceOf(Reason.NoRoom.class, account.refuse("no-room", account.event("go")));
    assertEquals(21, reason.amount());
    assertEquals(20, reason.left());
  }

  @Test
  void grantsOfOneEventShareWhatTheirOwnSourceMayHold() {
    Policy.Builder sheet =
        sheet()
            .limit("credits", 20, Window.held("credits"))
            .rule("a", GO, Effect.grant(BONUS, "A", "gifts", 100))
            .rule("b", GO, award(12))
            .rule("c", GO, award(8).within("credits"));
    Account account = open(sheet);
    account.apply(account.event("go"));
    assertEquals(List.of(100L, 12L, 8L), account.amountsFrom(0));
    Account above = open(sheet.rule("d", GO, award(1).within("credits")));
    Reason.NoRoom reason =
        assertInstanceOf(Reason.NoRoom.class, above.refuse("no-room", above.event("go")));
    assertEquals("d", reason.rule());
    assertEquals(21, reason.amount());
  }

  /** A limit on what is held from some sources is about the lines that bring to them. */
  @Test
  void aGrantIsHeldAgainstALimitByWhatItBringsToTheLimitsSources() {
    Policy.Builder sheet =
        sheet()
            .limit("free", 15, Window.held("gifts"))
            .rule("gift", Trigger.on("gift"), Effect.grant(BONUS, "G", "gifts", 12))
            .rule("a", Trigger.on("fits"), both(3).within("free"))
            .rule("b", Trigger.on("is cut"), both(5).cutTo("free"))
            .rule("c", Trigger.on("is too much"), both(1).within("free"));
    Account account = open(sheet);
    account.apply(account.event("gift"));
    account.apply(account.event("fits"));
    assertEquals(List.of(12L, 3L, 10L), account.amountsFrom(0));
    account.apply(account.event("is cut"));
    assertEquals(List.of(12L, 3L, 10L, 10L), account.amountsFrom(0));
    Reason.NoRoom reason =
        assertInstanceOf(
            Reason.NoRoom.class, account.refuse("no-room", account.event("is too much")));
    assertEquals(1, reason.amount());
    assertEquals(0, reason.left());
  }

  @Test
  void aGrantOfWhichTwoLimitsLeaveNothingIsRefused() {
    Account account =
        open(
            sheet()
                .limit("free", 12, Window.held("gifts"))
                .limit("paid", 10, Window.held("credits"))
                .rule("a", GO, both(12).cutTo("free").cutTo("paid")));
    account.apply(account.event("go"));
    Reason.NoRoom reason =
        assertInstanceOf(Reason.NoRoom.class, account.refuse("no-room", account.event("go")));
    assertEquals("paid", reason.limit());
    assertEquals(List.of(12L, 10L), account.amountsFrom(0));
  }

  private static Effect.Grant both(long gifts) {
    return Effect.grant(BONUS, "Gift", "gifts", gifts).and("Credits", "credits", 10);
  }

  @Test
  void whatComesBackTakesRoomOfAGrantFromItsOwnSourceOnly() {
    Account account =
        open(
            sheet()
                .limit("credits", 20, Window.held("credits"))
                .limit("gifts", 20, Window.held("gifts"))
                .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(BONUS, "Gift", "gifts"))
                .rule("a", GO, Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
                .rule("b", GO, award(50).cutTo("credits"))
                .rule("c", GO, Effect.grant(BONUS, "C", "gifts", 50).cutTo("gifts")));
    account.grant("gift", 15);
    account.apply(account.event("spend").withSubject("s").withAmount(15));
    account.apply(account.event("go").withSubject("s"));
    assertEquals(List.of(15L, -15L, 15L, 20L, 5L), account.amountsFrom(0));
  }

  @Test
  void whatTwoLinesOfARuleLackIsSaidOnce() {
    Line line = new Line("Line", "credits", Quantity.ofEvent());
    Line other = new Line("Line", "credits", Quantity.ofEvent("bonus"));
    Account account =
        open(
            sheet()
                .rule(
                    "a",
                    GO,
                    new Effect.Grant(
                        BONUS,
                        List.of(line, line, other, other),
                        Optional.empty(),
                        List.of(),
                        Effect.Settlement.AT_ONCE)));
    assertEquals(
        List.of("amount", "bonus"),
        account.decide(account.event("go")).reasons().stream()
            .map(reason -> assertInstanceOf(Reason.FactMissing.class, reason).fact())
            .toList());
  }

  @Test
  void aChargeMakesNoRoomForAGrantOfItsOwnEvent() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.charge("C").of(5))
                .rule("b", GO, award(5).within("purse")));
    account.grant("buy", 20);
    account.refuse("no-room", account.event("go"));
  }

  @Test
  void whatComesBackTakesRoomOfAGrantOfItsOwnEvent() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
                .rule("b", GO, award(9).cutTo("purse")));
    account.grant("buy", 15);
    account.apply(account.event("spend").withSubject("s").withAmount(4));
    account.apply(account.event("go").withSubject("s"));
    assertEquals(List.of(15L, -4L, 4L, 5L), account.amountsFrom(0));
  }

  @Test
  void aChargeCanNotSpendWhatItsOwnEventGrants() {
    Account account =
        open(sheet().rule("a", GO, award(10)).rule("b", GO, Effect.charge("C").of(11)));
    account.grant("buy", 3);
    Reason.NotEnough reason =
        assertInstanceOf(Reason.NotEnough.class, account.refuse("not-enough", account.event("go")));
    assertEquals(3, reason.available());
    assertEquals(11, reason.amount());
  }

  @Test
  void twoChargesOfOneEventAddUp() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.charge("C").of(6))
                .rule("b", GO, Effect.charge("D").of(5)));
    account.grant("buy", 10);
    Reason.NotEnough reason =
        assertInstanceOf(Reason.NotEnough.class, account.refuse("not-enough", account.event("go")));
    assertEquals("b", reason.rule());
    assertEquals(11, reason.amount());
    assertEquals(10, reason.available());
    account.grant("buy", 1);
    account.apply(account.event("go"));
    assertEquals(0, account.available());
  }

  @Test
  void eachChargeThatIsRefusedIsPartOfTheNextOnesSum() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.charge("C").of(15))
                .rule("b", GO, Effect.charge("D").of(5)));
    account.grant("buy", 10);
    assertEquals(
        List.of(
            new Reason.NotEnough("a", "1", 15, 10, 0), new Reason.NotEnough("b", "1", 20, 10, 0)),
        account.decide(account.event("go")).reasons());
  }

  @Test
  void aMeterTakesWhatTheChargeBeforeItLeaves() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.charge("C").of(6))
                .rule("b", GO, Effect.charge("D").of(5).takingWhatIsThere()));
    account.grant("buy", 10);
    account.apply(account.event("go"));
    assertEquals(List.of(10L, -6L, -4L), account.amountsFrom(0));
  }

  @Test
  void whatAForfeitOfTheSameEventTakesCanNotBeSpentAndNothingIsDone() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.forfeitAbove("F", 2))
                .rule("b", GO, Effect.charge("D").of(5)));
    account.grant("buy", 10);
    account.refuse("not-enough", account.event("go"));
    assertEquals(10, account.available());
  }

  @Test
  void aSubjectIsChargedOnceInOneEvent() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.charge("C").of(1))
                .rule("b", GO, Effect.charge("D").of(1)));
    account.grant("buy", 10);
    account.refuse("already-done", account.event("go").withSubject("s"));
    account.apply(account.event("go"));
  }

  @Test
  void aClaimEndsOnceInOneEvent() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
                .rule("b", GO, Effect.giveBack(Effect.End.Reach.GROUP, "Back")));
    account.grant("buy", 10);
    account.apply(account.event("spend").withSubject("s").withGroup("g").withAmount(4));
    account.refuse("no-open-claim", account.event("go").withSubject("s").withGroup("g"));
    assertEquals(6, account.available());
  }

  @Test
  void whatIsGrantedOnceIsGrantedOnceInOneEvent() {
    Account account =
        open(
            sheet()
                .rule("for ever", Trigger.on("ever"), award(1).onceForEver("welcome"))
                .rule("again", Trigger.on("ever"), award(1).onceForEver("welcome"))
                .rule("per claim", Trigger.on("claim"), award(1).oncePerClaim("visit"))
                .rule("once more", Trigger.on("claim"), award(1).oncePerClaim("visit")));
    account.apply(account.event("spend").withSubject("s").withAmount(0));
    for (String type : List.of("ever", "claim")) {
      Reason.AlreadyDone reason =
          assertInstanceOf(
              Reason.AlreadyDone.class,
              account.refuse("already-done", account.event(type).withSubject("s")));
      assertEquals(type.equals("ever") ? "again" : "once more", reason.rule());
    }
    assertEquals(0, account.available());
  }

  @Test
  void whatTwoRulesGrantOnceForAClaimIsEachGrantedOnce() {
    Account account =
        open(
            sheet()
                .rule("a", Trigger.on("both", "go"), award(1).oncePerClaim("visit"))
                .rule("b", Trigger.on("both", "come"), award(2).oncePerClaim("return")));
    account.apply(account.event("spend").withSubject("s").withAmount(0));
    account.apply(account.event("both").withSubject("s"));
    assertEquals(3, account.available());
    account.refuse("already-done", account.event("go").withSubject("s"));
    account.refuse("already-done", account.event("come").withSubject("s"));
  }

  @Test
  void aGrantThatLacksAnAmountIsNotRefusedForWantOfRoomBesides() {
    Account account =
        open(
            sheet()
                .rule(
                    "a",
                    GO,
                    new Effect.Grant(
                            AWARD,
                            List.of(
                                new Line("Fixed", "credits", Quantity.of(16)),
                                new Line("Brought", "credits", Quantity.ofEvent())),
                            Optional.empty(),
                            List.of(),
                            Effect.Settlement.AT_ONCE)
                        .within("week")));
    assertEquals(
        List.of("fact-missing"),
        account.decide(account.event("go")).reasons().stream()
            .map(reason -> reason.code().code())
            .toList());
    assertEquals(
        List.of("no-room"),
        account.decide(account.event("go").withAmount(1)).reasons().stream()
            .map(reason -> reason.code().code())
            .toList());
  }

  @Test
  void aLimitThatIsFilledToItsEdgeCanBeStoredAndRestored() {
    Account account = open(sheet().rule("rest", GO, award(5).within("week")));
    account.apply(account.event("earn"));
    account.apply(account.event("go"));
    assertEquals(0, account.engine().room(account.wallet(), "week").left());
    assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
  }

  @Test
  void aClaimThatARuleEndsMayStillEarnOnceFromTheRuleBehindIt() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
                .rule("b", GO, award(3).oncePerClaim("visit")));
    account.grant("buy", 5);
    account.apply(account.event("spend").withSubject("s").withAmount(2));
    account.apply(account.event("go").withSubject("s"));
    assertEquals(8, account.available());
  }

  /** The claim that was judged open is the one that has earned, though it has ended since. */
  @Test
  void aClaimThatARuleEndsHasEarnedWhatTheRuleBehindItGrantedOnce() {
    Program.Builder program =
        Program.named("test")
            .lateness(Duration.ofDays(1))
            .version(
                sheet()
                    .rule("end", GO, Effect.keep(Effect.End.Reach.SUBJECT, "Kept"))
                    .rule("gift", Trigger.on("go", "meet"), award(3).oncePerClaim("visit"))
                    .build());
    Account account = Account.open(program, "plan", "2021-01-01T00:00:00Z");
    account.apply(account.event("spend").withSubject("s").withAmount(0));
    account.apply(account.event("go", "2021-01-01T02:00:00Z").withSubject("s"));
    account.refuse("already-done", account.event("meet", "2021-01-01T01:00:00Z").withSubject("s"));
    assertEquals(3, account.available());
  }

  @Test
  void aWholeGrantIsNotTakenBackIfTheRuleBeforeHasTakenFromIt() {
    for (int left : List.of(0, 4)) {
      Account account =
          open(
              sheet()
                  .rule("cut", GO, Effect.forfeitAbove("Cut", left))
                  .rule("back", GO, Effect.revoke("Back").whole()));
      account.apply(account.event("buy").withSubject("s").withAmount(10));
      Reason.NotEnough reason =
          assertInstanceOf(
              Reason.NotEnough.class,
              account.refuse("not-enough", account.event("go").withSubject("s")));
      assertEquals(10, reason.amount());
      assertEquals(left, reason.available());
      assertEquals(10, account.available());
    }
  }

  /** What the change of plan grants is the once that there is; the event's own comes too late. */
  @Test
  void whatAChangeOfPlanGrantsOnceForEverIsNotGrantedAgainBehindIt() {
    Account account =
        open(
            sheet()
                .plan(Plan.monthly("gold"))
                .rule(
                    "entered",
                    Trigger.on(CalendarEvent.PLAN_ENTERED),
                    award(4).onceForEver("welcome"))
                .rule("up", Trigger.on("up", "go"), Effect.switchPlanAtOnce())
                .rule("welcome", GO, award(4).onceForEver("welcome")));
    Reason.AlreadyDone reason =
        assertInstanceOf(
            Reason.AlreadyDone.class,
            account.refuse("already-done", account.event("go").withFact("plan", "gold")));
    assertEquals("welcome", reason.rule());
    assertEquals("plan", account.wallet().plan());
    account.apply(account.event("up").withFact("plan", "gold"));
    assertEquals(4, account.available());
  }

  /** It comes back and expires at once, so that nothing can be charged or cut from it. */
  @Test
  void whatComesBackToALotThatHasExpiredIsGoneForTheRuleBehindIt() {
    Policy.Builder sheet =
        sheet()
            .source(Source.of("short").living(Term.of(Duration.ofDays(10))))
            .rule("gift", Trigger.on("gift"), Effect.grant(BONUS, "Gift", "short", 2))
            .rule("back", GO, Effect.giveBack(Effect.End.Reach.GROUP, "Back"))
            .rule("bid", GO, Effect.charge("Bid").of(2));
    Account account = open(sheet);
    account.apply(account.event("gift", "2021-01-01T00:00:00Z"));
    account.apply(
        account
            .event("spend", "2021-01-02T00:00:00Z")
            .withSubject("a")
            .withGroup("j")
            .withAmount(2));
    account.apply(account.event("gift", "2021-01-15T00:00:00Z"));
    account.apply(account.event("go", "2021-01-16T00:00:00Z").withSubject("b").withGroup("j"));
    assertEquals(List.of(2L, -2L, 2L, 2L, -2L, -2L), account.amountsFrom(0));
    assertEquals(0, account.available());
  }

  /** What comes back renewed does, unless what renews it is over too. */
  @ParameterizedTest
  @CsvSource({"plain, applied", "renewing, no-room", "renewing what is over, applied"})
  void whatComesBackToALotThatHasExpiredTakesNoRoom(String how, String outcome) {
    Term term =
        how.endsWith("over")
            ? Term.until(Instant.parse("2021-01-11T00:00:00Z"))
            : Term.of(Duration.ofDays(10));
    Effect.End back = Effect.giveBack(Effect.End.Reach.GROUP, "Back");
    Policy.Builder sheet =
        sheet()
            .source(Source.of("short").living(term))
            .rule("gift", Trigger.on("gift"), Effect.grant(BONUS, "Gift", "short", 10))
            .rule("back", GO, how.equals("plain") ? back : back.renewingExpired())
            .rule("award", GO, award(5).within("purse"));
    Account account = open(sheet);
    account.apply(account.event("gift"));
    account.apply(account.event("spend").withSubject("a").withGroup("j").withAmount(10));
    account.grant("buy", 15);
    account.advance("2021-01-20T00:00:00Z");
    Decision decision = account.decide(account.event("go").withGroup("j"));
    assertEquals(outcome, decision.reason().code().code(), decision::why);
    assertEquals(outcome.equals("applied") ? 20 : 15, account.available());
  }

  @Test
  void aForfeitCutsNothingFromWhatHasComeBackAndExpired() {
    Policy.Builder sheet =
        sheet()
            .source(Source.of("short").living(Term.of(Duration.ofDays(10))))
            .rule("gift", Trigger.on("gift"), Effect.grant(BONUS, "Gift", "short", 2))
            .rule("back", GO, Effect.giveBack(Effect.End.Reach.GROUP, "Back"))
            .rule("cut", GO, Effect.forfeitAbove("Cut", 2));
    Account account = open(sheet);
    account.apply(account.event("gift", "2021-01-01T00:00:00Z"));
    account.apply(
        account
            .event("spend", "2021-01-02T00:00:00Z")
            .withSubject("a")
            .withGroup("j")
            .withAmount(2));
    account.apply(account.event("gift", "2021-01-15T00:00:00Z"));
    account.apply(account.event("go", "2021-01-16T00:00:00Z").withGroup("j"));
    assertEquals(List.of(2L, -2L, 2L, 2L, -2L), account.amountsFrom(0));
    assertEquals(EXPIRY, account.last().type());
    assertEquals(2, account.available());
  }

  @Test
  void whatIsLeftOfAClaimComesBackOnce() {
    Account account =
        open(
            sheet()
                .rule("part", GO, Effect.giveBackPart("Part"))
                .rule("rest", GO, Effect.giveBack(Effect.End.Reach.SUBJECT, "Rest"))
                .rule("gift", GO, award(5).within("purse")));
    account.grant("buy", 15);
    account.apply(account.event("spend").withSubject("s").withAmount(10));
    account.apply(account.event("go").withSubject("s").withAmount(4));
    assertEquals(20, account.available());
  }

  @Test
  void whatComesBackBeforeItIsTakenBackIsPartOfWhatWasGranted() {
    Account account =
        open(
            sheet()
                .rule("rest", GO, Effect.giveBack(Effect.End.Reach.SUBJECT, "Rest"))
                .rule("back", GO, Effect.revoke("Back")));
    account.apply(account.event("buy").withSubject("s").withAmount(10));
    account.apply(account.event("spend").withSubject("s").withAmount(10));
    account.apply(account.event("buy").withSubject("s").withAmount(5));
    assertEquals(
        new Consequence.Revoked("back", "1", "s", 15, 0, 15),
        Account.consequences(account.apply(account.event("go").withSubject("s"))).get(1));
  }

  @Test
  void whatIsPendingSettlesOnceInOneEvent() {
    Account account =
        open(
            sheet()
                .rule("later", Trigger.on("later"), award(3).settlingAfter(Duration.ofDays(9)))
                .rule("settle", GO, Effect.settle())
                .rule("again", GO, Effect.settle()));
    account.apply(account.event("later").withSubject("s"));
    assertEquals(
        "again",
        assertInstanceOf(
                Reason.NoOpenClaim.class,
                account.refuse("no-open-claim", account.event("go").withSubject("s")))
            .rule());
  }

  @Test
  void aWholeGrantIsTakenBackThoughItHasSettledMeanwhile() {
    Account account =
        open(
            sheet()
                .rule("later", Trigger.on("later"), award(3).settlingAfter(Duration.ofDays(9)))
                .rule("settle", GO, Effect.settle())
                .rule("back", GO, Effect.revoke("Back").whole()));
    account.apply(account.event("later").withSubject("s"));
    account.apply(account.event("go").withSubject("s"));
    assertEquals(List.of(3L, -3L), account.amountsFrom(0));
  }

  @Test
  void aWholeGrantIsTakenBackOnceInOneEvent() {
    Account account =
        open(
            sheet()
                .rule("later", Trigger.on("later"), award(3).settlingAfter(Duration.ofDays(9)))
                .rule("back", GO, Effect.revoke("Back"))
                .rule("again", GO, Effect.revoke("Back").whole()));
    account.apply(account.event("later").withSubject("s"));
    Reason.NotEnough reason =
        assertInstanceOf(
            Reason.NotEnough.class,
            account.refuse("not-enough", account.event("go").withSubject("s")));
    assertEquals("again", reason.rule());
    assertEquals(3, account.wallet().pending());
  }

  /** What has the same name but is remembered by the claim is another once. */
  @Test
  void whatIsGrantedOnceForAClaimIsNotWhatWasGrantedOnceForEver() {
    Account account =
        open(
            sheet()
                .rule("ever", Trigger.on("ever"), award(1).onceForEver("visit"))
                .rule("claim", GO, award(2).oncePerClaim("visit"))
                .rule("more", GO, award(4)));
    account.apply(account.event("spend").withSubject("s").withAmount(0));
    account.apply(account.event("ever"));
    account.apply(account.event("go").withSubject("s"));
    assertEquals(7, account.available());
  }

  @Test
  void whatIsTakenBackDoesNotSettle() {
    Account account =
        open(
            sheet()
                .rule("later", Trigger.on("later"), award(3).settlingAfter(Duration.ofDays(9)))
                .rule("back", GO, Effect.revoke("Back"))
                .rule("settle", GO, Effect.settle()));
    account.apply(account.event("later").withSubject("s"));
    account.refuse("no-open-claim", account.event("go").withSubject("s"));
    assertEquals(3, account.wallet().pending());
  }

  /** The rule is of the version before, which doesn't know the plan that the event brings. */
  @Test
  void aForfeitBehindAChangeOfPlanIsMeasuredByTheNewPlan() {
    Program.Builder program =
        Program.named("test")
            .version(
                sheet()
                    .rule("up", GO, Effect.switchPlanAtOnce())
                    .rule("cut", GO, Effect.forfeitAbove("Cut", Quantity.ofPlan(2)))
                    .build())
            .version(
                Policy.version("2", Instant.parse("2021-01-02T00:00:00Z"))
                    .adoptedBy(Adoption.CHANGED_PLANS)
                    .source("credits")
                    .plan(Plan.monthly("plan"))
                    .plan(Plan.monthly("gold").allotting("Gold", "credits", 3))
                    .build());
    Account account = Account.open(program, "plan", "2021-01-01T00:00:00Z");
    account.grant("buy", 10);
    account.apply(account.event("go", "2021-01-03T00:00:00Z").withFact("plan", "gold"));
    assertEquals(6, account.available());
  }

  @Test
  void aGrantOfNothingNeedsNoRoom() {
    Account account =
        open(
            sheet()
                .rule("a", GO, award(16).within("week"))
                .rule("b", GO, Effect.grantOfEvent(BONUS, "B", "credits").within("week"))
                .rule(
                    "c", Trigger.on("one"), Effect.grant(BONUS, "C", "credits", 0).within("week")));
    assertEquals(
        List.of("a"),
        account.decide(account.event("go").withAmount(0)).reasons().stream()
            .map(reason -> assertInstanceOf(Reason.NoRoom.class, reason).rule())
            .toList());
    account.apply(account.event("earn"));
    account.apply(account.event("one"));
  }

  @Test
  void whatAChangeOfPlanGrantsTakesRoomOfTheGrantsBehindIt() {
    Account account =
        open(
            sheet()
                .plan(Plan.monthly("other"))
                .rule("change", Trigger.on("change"), Effect.switchPlanAtOnce())
                .rule("entered", Trigger.on(CalendarEvent.PLAN_ENTERED), award(10).within("week"))
                .rule("gift", Trigger.on("change"), award(6).within("week").within("purse")));
    Reason.NoRoom reason =
        assertInstanceOf(
            Reason.NoRoom.class,
            account.refuse("no-room", account.event("change").withFact("plan", "other")));
    assertEquals("gift", reason.rule());
    assertEquals("week", reason.limit());
    assertEquals(6, reason.amount());
    assertEquals(5, reason.left());
    assertEquals("plan", account.wallet().plan());
    assertEquals(0, account.available());
  }

  @Test
  void aCaptureEndsAClaimOnceInOneEvent() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.capture("Captured"))
                .rule("b", GO, Effect.giveBack(Effect.End.Reach.SUBJECT, "Back")));
    account.grant("buy", 10);
    account.apply(account.event("spend").withSubject("s").withAmount(4));
    account.refuse("no-open-claim", account.event("go").withSubject("s").withAmount(1));
    assertEquals(6, account.available());
  }

  @Test
  void whatACaptureLeavesTakesRoomOfAGrantOfItsOwnEvent() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.capture("Captured"))
                .rule("b", GO, award(9).cutTo("purse")));
    account.grant("buy", 15);
    account.apply(account.event("spend").withSubject("s").withAmount(4));
    account.apply(account.event("go").withSubject("s").withAmount(1));
    assertEquals(List.of(15L, -4L, 3L, 6L), account.amountsFrom(0));
  }

  @Test
  void partsOfAClaimThatComeBackInOneEventAreOneSum() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.giveBackPart("Back"))
                .rule("b", GO, Effect.giveBackPart("Back too")));
    account.grant("buy", 10);
    account.apply(account.event("spend").withSubject("s").withAmount(4));
    account.refuse("not-enough", account.event("go").withSubject("s").withAmount(3));
    account.apply(account.event("go").withSubject("s").withAmount(2));
    assertEquals(List.of(10L, -4L, 2L, 2L), account.amountsFrom(0));
  }

  @Test
  void aPartThatComesBackTakesRoomOfAGrantOfItsOwnEvent() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.giveBackPart("Back"))
                .rule("b", GO, award(9).cutTo("purse")));
    account.grant("buy", 15);
    account.apply(account.event("spend").withSubject("s").withAmount(4));
    account.apply(account.event("go").withSubject("s").withAmount(1));
    assertEquals(List.of(15L, -4L, 1L, 8L), account.amountsFrom(0));
  }

  @Test
  void whatAMeterTakesAndNotWhatItAsksForIsAddedToTheNextCharge() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.charge("C").of(15).takingWhatIsThere())
                .rule("b", GO, Effect.charge("D").of(5)));
    account.grant("buy", 10);
    Reason.NotEnough reason =
        assertInstanceOf(Reason.NotEnough.class, account.refuse("not-enough", account.event("go")));
    assertEquals(15, reason.amount());
    assertEquals(10, reason.available());
  }

  @Test
  void whatIsDocumentedAsNoEffectComesBeforeASumThatDoesNotFit() {
    Account account =
        open(
            sheet()
                .rule("a", GO, Effect.grantOfEvent(BONUS, "B", "credits"))
                .rule("b", GO, Effect.nothing("it does nothing")));
    account.grant("buy", 10);
    account.refuse("no-effect", account.event("go").withAmount(Long.MAX_VALUE));
  }

  @Test
  void whatComesLateAndIsDueAtOnceSettlesInTheOrderOfEarning() {
    Policy.Builder sheet =
        sheet()
            .rule("slow", Trigger.on("slow"), award(1).settlingAfter(Duration.ofHours(3)))
            .rule("fast", Trigger.on("fast"), award(2).settlingAfter(Duration.ofHours(1)))
            .rule("both", Trigger.on("both"), award(4).settlingAfter(Duration.ofHours(3)))
            .rule("both too", Trigger.on("both"), award(8).settlingAfter(Duration.ofHours(1)));
    Account account =
        Account.open(
            Program.named("test").version(sheet.build()).lateness(Duration.ofHours(24)),
            "plan",
            "2021-01-01T00:00:00Z");
    account.advance("2021-01-02T00:00:00Z");
    account.apply(account.event("both", "2021-01-01T12:00:00Z"));
    assertEquals(List.of(4L, 8L), account.amountsFrom(0));
  }

  /** Of a hold of 10, 3 are given back, and 3 captured: each once, in the order of the rules. */
  @ParameterizedTest
  @CsvSource({"part, capture", "capture, part"})
  void ofAHoldAPartComesBackAndTheRestIsCaptured(String first, String second) {
    Policy.Builder sheet =
        sheet().rule("hold", Trigger.on("hold"), Effect.charge("Held").heldFor(Duration.ofDays(9)));
    for (String rule : List.of(first, second)) {
      sheet.rule(
          rule,
          Trigger.on("done"),
          rule.equals("part") ? Effect.giveBackPart("Part") : Effect.capture("Captured"));
    }
    Account account = open(sheet);
    account.grant("buy", 20);
    account.apply(account.event("hold").withSubject("x").withAmount(10));
    Event done = account.event("done").withSubject("x").withAmount(3);
    if (first.equals("capture")) {
      assertTrue(((Reason.NoOpenClaim) account.refuse("no-open-claim", done)).byThisEvent());
      return;
    }
    int rows = account.rows();
    account.apply(done);
    assertEquals(List.of(3L, 4L), account.amountsFrom(rows));
    assertEquals(17, account.available());
    assertEquals(List.of(), account.wallet().openClaims());
  }

  @Test
  void whatAnotherRuleOfTheEventDoesIsNotSaidToHaveBeenDoneBefore() {
    Account account =
        open(
            sheet()
                .plan(Plan.monthly("other"))
                .plan(Plan.monthly("third"))
                .rule("a", Trigger.on("charge"), Effect.charge("A").of(1))
                .rule("b", Trigger.on("charge"), Effect.charge("B").of(1))
                .rule("c", Trigger.on("once"), award(1).onceForEver("key"))
                .rule("d", Trigger.on("once"), award(1).onceForEver("key"))
                .rule("e", Trigger.on("each"), award(1).oncePerClaim("mark"))
                .rule("f", Trigger.on("each"), award(1).oncePerClaim("mark"))
                .rule("g", Trigger.on("settle"), Effect.settle())
                .rule("h", Trigger.on("settle"), Effect.settle())
                .rule("i", Trigger.on("switch"), Effect.switchPlan())
                .rule("j", Trigger.on("switch"), Effect.switchPlan().named("also"))
                .rule("late", Trigger.on("late"), award(1).settlingAfter(Duration.ofDays(1))));
    account.grant("buy", 10);
    Event charge = account.event("charge").withSubject("x");
    assertTrue(((Reason.AlreadyDone) account.refuse("already-done", charge)).byThisEvent());
    assertTrue(
        ((Reason.AlreadyDone) account.refuse("already-done", account.event("once"))).byThisEvent());
    account.apply(account.event("spend").withSubject("x").withAmount(1));
    Event each = account.event("each").withSubject("x");
    assertTrue(((Reason.AlreadyDone) account.refuse("already-done", each)).byThisEvent());
    account.apply(account.event("late").withSubject("x"));
    Event settle = account.event("settle").withSubject("x");
    assertTrue(((Reason.NoOpenClaim) account.refuse("no-open-claim", settle)).byThisEvent());
    Event change = account.event("switch").withFact("plan", "other").withFact("also", "third");
    assertTrue(((Reason.AlreadyDone) account.refuse("already-done", change)).byThisEvent());
    Event again = account.event("charge").withSubject("x");
    Reason.AlreadyDone before = (Reason.AlreadyDone) account.refuse("already-done", again);
    assertFalse(before.byThisEvent());
  }
}
