package io.github.allotment.connects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PendingAward;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Reason;
import io.github.allotment.ReasonCode;
import io.github.allotment.Room;
import io.github.allotment.Upcoming;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The questions that people asked below the announcement, answered by reasons and in sentences. */
class ThreadQuestionsTest {

  private static final String INTERVIEW = "an answered interview from a submitted proposal";

  private final PolicyEngine engine = PolicyEngine.of(Connects.program());
  private final Wallet opened =
      engine
          .open(
              Connects.opening(
                  Connects.BASIC,
                  Instant.parse("2021-06-01T08:00:00Z"),
                  AccountKind.FREELANCER,
                  ReadinessTest.NOT_TAKEN))
          .wallet();

  /** Do I get 10 every time I win an interview? */
  @Test
  void yesUntilFiftyInSevenDaysAndThenFromTheInstantAtWhichThereIsRoom() {
    Wallet wallet = withProposals(6);
    for (int i = 1; i <= 5; i++) {
      Decision earned = engine.decide(wallet, interview(i, "2021-06-10T0" + i + ":00:00Z"));
      Consequence.Earned what = assertInstanceOf(Consequence.Earned.class, only(earned));
      assertEquals(10, what.amount());
      assertEquals(50 - 10L * i, what.rooms().get(0).left());
      assertEquals(INTERVIEW, what.rule());
      assertSays(earned, "10 Connects", 50 - 10 * i + " of 50 left", "7 days");
      wallet = earned.wallet();
    }

    Decision sixth = engine.decide(wallet, interview(6, "2021-06-12T00:00:00Z"));

    Instant opens = Instant.parse("2021-06-17T01:00:00Z");
    Reason.NoRoom reason = assertInstanceOf(Reason.NoRoom.class, sixth.reason());
    assertEquals(Connects.INTERVIEW_AWARDS, reason.limit());
    assertEquals(50, reason.max());
    assertEquals(10, reason.amount());
    assertEquals(0, reason.left());
    assertEquals(Optional.of(opens), reason.opensAt());
    assertSays(sixth, "10 Connects", "50 Connects", "7 days", "none is left", opens.toString());

    Room room = engine.room(sixth.wallet(), Connects.INTERVIEW_AWARDS);
    assertEquals(0, room.left());
    assertEquals(Optional.of(opens), room.changesAt());
    assertTrue(room.text(sixth.unit()).contains("0 of 50 Connects are left"));
  }

  /** I got invited to a job and got hired yesterday but did not get free Connects. */
  @Test
  void anInvitationEarnsNothing() {
    Decision invited =
        engine.decide(
            withProposals(1),
            Connects.interview(
                "i", at("2021-06-10T00:00:00Z"), "p1", InterviewSource.INVITATION, true));

    Reason.FactMissing reason = assertInstanceOf(Reason.FactMissing.class, invited.reason());
    assertEquals(Condition.Whose.EVENT, reason.whose());
    assertEquals("source", reason.fact());
    assertEquals(List.of(FactValue.of("proposal")), reason.accepted());
    assertEquals(Optional.of(FactValue.of("invitation")), reason.actual());
    assertEquals(INTERVIEW, reason.rule());
    assertSays(invited, INTERVIEW, "source", "proposal", "invitation");
  }

  /** The job was closed, where are my 2 Connects? */
  @Test
  void closingWithoutAHireReturnsWhatWasSpent() {
    Decision closed =
        engine.decide(
            withProposals(1),
            Connects.jobClosed(
                "c", at("2021-06-10T00:00:00Z"), "j1", JobOutcome.CLOSED_WITHOUT_HIRE));

    Consequence.Returned what = assertInstanceOf(Consequence.Returned.class, only(closed));
    assertEquals(2, what.amount());
    assertEquals("p1", what.subject());
    assertEquals(at("2021-06-10T00:00:00Z"), closed.transactions().get(0).at());
    assertEquals(50, closed.wallet().available());
    assertSays(closed, "2 Connects returned", "p1", "2021-06-10T00:00:00Z");
  }

  /** My proposal has been archived; what does that mean? */
  @Test
  void archivingReturnsNothingAndKeepsTheClaimOpen() {
    Decision archived =
        engine.decide(
            withProposals(1), Connects.proposalArchived("a", at("2021-06-10T00:00:00Z"), "p1"));

    Reason.NoEffect reason = assertInstanceOf(Reason.NoEffect.class, archived.reason());
    assertEquals(Optional.of("p1"), reason.subject());
    assertEquals(OptionalLong.of(2), reason.open());
    assertSays(archived, "archiving a proposal returns nothing", "2 Connects", "p1");
    assertTrue(archived.wallet().claim("p1").orElseThrow().isOpenAt(archived.wallet().clock()));
  }

  @Test
  void archivingAnUnknownProposalSaysNothingOfAnOpenClaim() {
    Decision archived =
        engine.decide(opened, Connects.proposalArchived("a", at("2021-06-10T00:00:00Z"), "nobody"));

    assertEquals(OptionalLong.empty(), ((Reason.NoEffect) archived.reason()).open());
    assertTrue(!archived.why().contains("can still come back"));
  }

  /** I have received three answers to my proposals and so far no Connects. */
  @Test
  void whatIsEarnedIsPendingAndSaysByWhenItIsAvailable() {
    Wallet wallet = withProposals(3);
    for (int i = 1; i <= 3; i++) {
      Decision earned = engine.decide(wallet, interview(i, "2021-06-10T0" + i + ":00:00Z"));
      assertSays(earned, "10 Connects earned", "available by 2021-06-11T0" + i + ":00:00Z");
      wallet = earned.wallet();
    }

    assertEquals(30, wallet.pending());
    assertEquals(
        List.of(at("2021-06-11T01:00:00Z"), at("2021-06-11T02:00:00Z"), at("2021-06-11T03:00:00Z")),
        wallet.pendingAwards().stream().map(PendingAward::dueAt).toList());
    assertEquals(
        List.of(at("2021-06-11T01:00:00Z"), at("2021-06-11T02:00:00Z"), at("2021-06-11T03:00:00Z")),
        engine.upcoming(wallet).stream()
            .filter(Upcoming.Settlement.class::isInstance)
            .map(Upcoming::at)
            .toList());
    Decision dayAfter = engine.advance(wallet, at("2021-06-11T03:00:00Z"));
    assertEquals(30, dayAfter.wallet().available() - wallet.available());
    assertEquals(3, dayAfter.notices().size());
  }

  /** I submitted a proposal exactly a month ago; today the job was closed, nobody was hired. */
  @Test
  void aClaimHasNoDeadline() {
    Wallet wallet = withProposals(1);

    Decision closed =
        engine.decide(
            wallet,
            Connects.jobClosed(
                "c", at("2026-07-02T00:00:00Z"), "j1", JobOutcome.CLOSED_WITHOUT_HIRE));

    assertEquals(ReasonCode.APPLIED, closed.reason().code());
    assertEquals(2, ((Consequence.Returned) only(closed)).amount());
  }

  /** When will I see my free Connects? */
  @Test
  void theFreeConnectsComeAtTheStartOfTheNextBillingCycle() {
    Upcoming next = engine.upcoming(opened).get(0);

    Upcoming.Renewal renewal = assertInstanceOf(Upcoming.Renewal.class, next);
    assertEquals(at("2021-07-01T00:00:00Z"), renewal.at());
    assertEquals(opened.cycle().endExclusive(), renewal.at());
    assertEquals(Connects.BASIC, renewal.plan());
    assertEquals(List.of(10L), renewal.transactions().stream().map(row -> row.amount()).toList());
  }

  @Test
  void anOlderAccountSeesItsFirstFreeConnectsAtTheNextCycleAfterTheProgramStarts() {
    Wallet older = engine.open(Opening.of(Connects.BASIC, at("2020-11-16T10:00:00Z"))).wallet();
    Wallet inDecember = engine.advance(older, at("2020-12-05T00:00:00Z")).wallet();

    Upcoming.Renewal renewal =
        assertInstanceOf(Upcoming.Renewal.class, engine.upcoming(inDecember).get(0));

    assertEquals(at("2020-12-16T00:00:00Z"), renewal.at());
    assertEquals(10, renewal.transactions().get(0).amount());
  }

  private Wallet withProposals(int count) {
    Wallet wallet = opened;
    for (int i = 1; i <= count; i++) {
      Event proposal =
          Connects.proposalSubmitted("s" + i, at("2021-06-02T00:00:00Z"), "p" + i, "j" + i, 2);
      wallet = engine.decide(wallet, proposal).wallet();
    }
    return wallet;
  }

  private static Event interview(int number, String at) {
    return Connects.interview("i" + number, at(at), "p" + number, InterviewSource.PROPOSAL, true);
  }

  private static Consequence only(Decision decision) {
    Reason.Applied applied = assertInstanceOf(Reason.Applied.class, decision.reason());
    assertEquals(1, applied.consequences().size());
    return applied.consequences().get(0);
  }

  private static void assertSays(Decision decision, String... facts) {
    for (String fact : facts) {
      assertTrue(decision.why().contains(fact), () -> decision.why() + " lacks " + fact);
    }
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }
}
