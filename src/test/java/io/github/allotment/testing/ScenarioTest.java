package io.github.allotment.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.ReasonCode;
import io.github.allotment.Wallet;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Program;
import io.github.allotment.testkit.Histories;
import io.github.allotment.testkit.History;
import io.github.allotment.testkit.Scenario;
import io.github.allotment.testkit.Wallets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** A scenario says what the engine says, and a failure of it tells the whole story. */
class ScenarioTest {

  private static final Program PROGRAM = Members.program();

  private final Scenario member = Scenario.given(PROGRAM, "full", "2021-01-05");

  private static String message(Throwable failure) {
    return "" + failure.getMessage();
  }

  @Test
  void everythingThatAWalletHasCanBeChecked() {
    member
        .isApplied()
        .isAppliedBy("points")
        .hasAvailable(10)
        .happens("buys")
        .of(4)
        .hasAvailable(14)
        .hasAvailable("bought", 4)
        .happens("deed")
        .with("kind", "good")
        .hasPending(5)
        .at("2021-01-06")
        .posts("award +5 = 19")
        .hasPending(0)
        .happens("seat")
        .about("seat-1")
        .of(2)
        .hasOnHold(2)
        .hasAvailable(17)
        .happens("moves")
        .with("plan", "rest")
        .isOnPlan("rest")
        .hasFrozen(4)
        .hasAvailable("bought", 0)
        .at("2021-01-13")
        .hasOnHold(0)
        .hasHistory(
            "allotment +10 = 10",
            "purchase +4 = 14",
            "award +5 = 19",
            "charge -2 = 17",
            "return +2 = 19");
  }

  @Test
  void everyOutcomeCanBeChecked() {
    Scenario bought = member.happens("buys").of(4).withId("b-1").isAppliedBy("bought");
    bought.happens("buys").of(4).withId("b-1").isDuplicate().hasReason(ReasonCode.SEEN_BEFORE);
    bought
        .happens("seat")
        .about("seat-1")
        .of(15)
        .isRefused()
        .hasReason(ReasonCode.NOT_ENOUGH)
        .isRefusedBy("a seat")
        .says("Refused: it costs 15 points and 14 are available (a seat).")
        .posts();
    bought.happens("unheard-of").hasReason(ReasonCode.NO_RULE);
  }

  @Test
  void aDateIsItsFirstInstantInTheZoneOfTheWallet() {
    Instant opened = Instant.parse("2021-01-05T12:00:00Z");
    Scenario berlin =
        Scenario.given(PROGRAM, Opening.of("full", opened).inZone(ZoneId.of("Europe/Berlin")));
    assertEquals(Instant.parse("2021-01-31T23:00:00Z"), berlin.at("2021-02-01").wallet().clock());
    berlin.at("2021-02-05").posts("allotment +10 = 20");
    berlin.at("2021-02-04T22:59:59.999999999Z").posts();
  }

  @Test
  void stepsAreWhatTheEngineDecides() {
    Event deed =
        Event.of("event-1", Instant.parse("2021-02-07T00:00:00Z"), "deed")
            .withSubject("s")
            .withGroup("g")
            .withAmount(7)
            .withFact("kind", "good")
            .withFact("sure", true)
            .withFact("times", 3);
    PolicyEngine engine = PolicyEngine.of(PROGRAM);
    Wallet opened = engine.open(Opening.of("full", Instant.parse("2021-01-05T00:00:00Z"))).wallet();
    Wallet expected = engine.decide(opened, deed).wallet();

    assertEquals(expected, member.happens(deed).wallet());
    assertEquals(expected, Scenario.given(PROGRAM, opened).happens(deed).wallet());
    assertEquals(
        expected,
        member
            .at("2021-02-07")
            .happens("deed")
            .about("s")
            .inGroup("g")
            .of(7)
            .with("kind", FactValue.of("good"))
            .with("sure", true)
            .with("times", 3)
            .wallet());
  }

  @Test
  void twoGoOnFromOne() {
    Scenario later = member.at("2021-01-06");
    later.happens("buys").of(1).hasAvailable(11);
    later.happens("buys").of(2).hasAvailable(12);
    later.hasAvailable(10).hasHistory("allotment +10 = 10");
  }

  @Test
  void anEventMayArriveLate() {
    Scenario day = member.at("2021-01-07");
    day.happens("buys").of(1).happenedAt("2021-01-06").isApplied();
    day.happens("buys")
        .of(1)
        .happenedAt("2021-01-05T23:59:59.999999999Z")
        .hasReason(ReasonCode.TOO_LATE);
    assertThrows(
        IllegalArgumentException.class, () -> day.happens("buys").happenedAt("2021-01-08"));
  }

  @Test
  void aHistoryGoesOn() {
    History history = Histories.ofSeed(PROGRAM, 7);
    assertEquals(Wallets.after(history), Scenario.given(history).wallet());
  }

  @Test
  void whatCanNotBeIsRefusedWithWhatToDo() {
    IllegalArgumentException back =
        assertThrows(IllegalArgumentException.class, () -> member.at("2021-01-04"));
    assertTrue(message(back).contains("happenedAt"), message(back));
    assertThrows(DateTimeParseException.class, () -> member.at("tomorrow"));
    IllegalArgumentException misspelt =
        assertThrows(IllegalArgumentException.class, () -> member.hasAvailable("bougth", 0));
    assertTrue(message(misspelt).contains("bougth"), message(misspelt));
  }

  @Test
  void aFailureShowsTheDifferenceAndTheWholeStatement() {
    Scenario told =
        member
            .at("2021-01-06T10:00:00Z")
            .happens("buys")
            .about("order-1")
            .of(4)
            .at("2021-01-20")
            .happens("seat")
            .about("seat-1")
            .of(15)
            .at("2021-02-05");
    AssertionFailedError failure =
        assertThrows(AssertionFailedError.class, () -> told.hasAvailable(20));
    assertEquals(20L, failure.getExpected().getValue());
    assertEquals(24L, failure.getActual().getValue());
    assertEquals(
        """
        available: expected 20 but was 24

        What happened:
        2021-01-05T00:00:00Z  the wallet is opened on the plan full
          applied: 10 points added (points).
          2021-01-05T00:00:00Z  allotment +10 = 10  (Points)
        2021-01-06T10:00:00Z  buys event-1 about order-1 of 4
          applied: 4 points added (bought).
          2021-01-06T10:00:00Z  purchase +4 = 14  (Bought)
        2021-01-20T00:00:00Z  seat event-2 about seat-1 of 15
          not-enough: Refused: it costs 15 points and 14 are available (a seat).
        2021-02-05T00:00:00Z  time passes
          applied: 10 points added (points).
          2021-02-05T00:00:00Z  allotment +10 = 24  (Points)
        At 2021-02-05T00:00:00Z, on the plan full: 24 available, 0 pending, 0 frozen, 0 on hold; by source: monthly 20, bought 4.""",
        failure.getMessage());
    assertTrue(message(failure).endsWith(told.toString()));
  }

  @Test
  void aFailureAboutRowsNamesTheFirstThatDiffers() {
    AssertionFailedError other =
        assertThrows(
            AssertionFailedError.class,
            () -> member.at("2021-02-05").hasHistory("allotment +10 = 10", "allotment +9 = 19"));
    assertTrue(
        message(other)
            .startsWith(
                "history: in row 2 expected allotment +9 = 19 but was allotment +10 = 20\n"),
        message(other));
    assertEquals("allotment +10 = 10\nallotment +9 = 19", other.getExpected().getValue());
    assertEquals("allotment +10 = 10\nallotment +10 = 20", other.getActual().getValue());

    AssertionFailedError missing =
        assertThrows(AssertionFailedError.class, () -> member.posts("allotment +10 = 10", "x"));
    assertTrue(message(missing).startsWith("posts: in row 2 expected x but was no row\n"));
    AssertionFailedError tooMany = assertThrows(AssertionFailedError.class, () -> member.posts());
    assertTrue(message(tooMany).startsWith("posts: in row 1 expected no row but was allotment"));
  }

  @Test
  void timeThatBringsNothingIsNotTold() {
    assertFalse(member.at("2021-01-06").toString().contains("time passes"));
    assertTrue(member.at("2021-02-05").toString().contains("time passes"));
  }
}
