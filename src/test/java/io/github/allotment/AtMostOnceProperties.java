package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.WalletHistories.History;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** An event counts at most once, however often and in whatever company it arrives. */
@Domain(DomainContext.Global.class)
@Domain(WalletHistories.class)
class AtMostOnceProperties {

  private static final PolicyEngine ENGINE = WalletHistories.CONNECTS;
  private static final Instant OPENED = Instant.parse("2021-01-05T09:00:00Z");
  private static final Instant AT = Instant.parse("2021-01-10T12:00:00Z");
  private static final Duration LATENESS = Duration.ofHours(24);

  @Property
  void aDuplicateCarriesTheFirstReasonAndChangesNothing(@ForAll History history) {
    PolicyEngine engine = history.engine();
    Wallet wallet = history.opened();
    for (Event event : history.events()) {
      Decision first = engine.decide(wallet, event);
      wallet = first.wallet();
      Decision second = engine.decide(wallet, event);
      Reason expected =
          switch (first.reason().code()) {
            case BEFORE_OPENING, TOO_LATE, SEEN_BEFORE, ID_REUSED -> first.reason();
            default -> new Reason.SeenBefore(event.id(), event.at(), first.reason().code());
          };
      assertEquals(List.of(expected), second.reasons());
      assertEquals(wallet, second.wallet());
      assertEquals(List.of(), second.changes());
      assertEquals(List.of(), second.transactions());
      assertEquals(List.of(), second.notices());
      if (second.reason() instanceof Reason.SeenBefore seen) {
        assertEquals(Outcome.DUPLICATE, second.outcome());
        assertEquals(seen.first().outcome(), seen.firstOutcome());
      }
    }
  }

  @Property
  void exactlyWhatTheRulesDecidedWithinTheLatenessIsRemembered(@ForAll History history) {
    Duration lateness = history.engine().program().lateness();
    Set<SeenEvent> expected = new HashSet<>();
    Wallet wallet = history.opened();
    for (Event event : history.events()) {
      Decision decision = history.engine().decide(wallet, event);
      wallet = decision.wallet();
      ReasonCode reason = decision.reason().code();
      Instant oldest = wallet.clock().minus(lateness);
      expected.removeIf(seen -> seen.at().isBefore(oldest));
      switch (reason) {
        case BEFORE_OPENING, TOO_LATE, SEEN_BEFORE, ID_REUSED -> {}
        default -> expected.add(new SeenEvent(event.id(), event.at(), event.type(), reason));
      }
      assertEquals(expected, new HashSet<>(wallet.state().seen()));
      assertEquals(expected.size(), wallet.state().seen().size());
    }
  }

  @Example
  void withoutLatenessAnEventAtTheClockIsAcceptedAndOneNanosecondBehindItIsNot() {
    PolicyEngine engine = WalletHistories.PASSES;
    Wallet wallet = engine.advance(engine.open(Opening.of("weekly", OPENED)).wallet(), AT).wallet();
    Event bought = Event.of("bought", AT, "bought").withAmount(1);
    assertTrue(engine.decide(wallet, bought).isApplied());
    assertEquals(
        List.of(new Reason.TooLate(AT.minusNanos(1), AT, Duration.ZERO)),
        engine.decide(wallet, bought.movedTo(AT.minusNanos(1))).reasons());
  }

  @Example
  void theSameIdWithAnotherTypeIsRefusedAndTheFirstEntryStays() {
    Wallet wallet = ENGINE.decide(open(), Connects.connectsPurchased("id", AT, 7)).wallet();
    Decision reused = ENGINE.decide(wallet, Connects.readinessTestPassed("id", AT));
    assertEquals(List.of(new Reason.IdReused("id", AT, "connects-purchased")), reused.reasons());
    assertEquals(wallet, reused.wallet());
    assertEquals(
        List.of(new Reason.SeenBefore("id", AT, ReasonCode.APPLIED)),
        ENGINE.decide(reused.wallet(), Connects.connectsPurchased("id", AT, 7)).reasons());
  }

  @Example
  void anIdThatIsUsedTwiceStillLetsTimePass() {
    Wallet wallet = ENGINE.decide(open(), Connects.connectsPurchased("id", AT, 7)).wallet();
    Instant later = AT.plus(Duration.ofHours(3));
    Decision reused = ENGINE.decide(wallet, Connects.connectsPurchased("id", later, 7));
    assertEquals(ReasonCode.ID_REUSED, reused.reason().code());
    assertEquals(ENGINE.advance(wallet, later).wallet(), reused.wallet());
  }

  @Example
  void aRefusalByTheRulesIsRememberedAndARetryNeedsANewId() {
    Event tooMuch = Connects.proposalSubmitted("id", AT, "proposal", "job", 60);
    Decision refused = ENGINE.decide(open(), tooMuch);
    assertEquals(ReasonCode.NOT_ENOUGH, refused.reason().code());
    Wallet richer =
        ENGINE.decide(refused.wallet(), Connects.connectsPurchased("bought", AT, 100)).wallet();
    Decision again = ENGINE.decide(richer, tooMuch);
    assertEquals(List.of(new Reason.SeenBefore("id", AT, ReasonCode.NOT_ENOUGH)), again.reasons());
    assertEquals(Outcome.REFUSED, ((Reason.SeenBefore) again.reason()).firstOutcome());
    assertTrue(
        ENGINE
            .decide(richer, Connects.proposalSubmitted("new id", AT, "proposal", "job", 60))
            .isApplied());
  }

  @Example
  void aRefusalForItsInstantIsNotRememberedSoItsIdStaysFree() {
    Wallet wallet = ENGINE.advance(open(), AT).wallet();
    for (Instant at : List.of(OPENED.minusNanos(1), AT.minus(LATENESS).minusNanos(1))) {
      Decision refused = ENGINE.decide(wallet, Connects.connectsPurchased("id", at, 7));
      assertEquals(Outcome.REFUSED, refused.outcome());
      assertEquals(wallet, refused.wallet());
      assertTrue(
          ENGINE.decide(refused.wallet(), Connects.connectsPurchased("id", AT, 7)).isApplied());
    }
  }

  @Example
  void anEndedProposalIsRememberedForTheLatenessAndMayEarnAgainOneNanosecondLater() {
    Wallet wallet =
        ENGINE
            .replay(
                open(),
                List.of(
                    Connects.proposalSubmitted("sent", AT, "proposal", "job", 2),
                    Connects.interview("asked", AT, "proposal", InterviewSource.PROPOSAL, true),
                    Connects.proposalWithdrawn("gone", AT, "proposal")))
            .wallet();
    Instant last = AT.plus(LATENESS);
    Instant free = last.plusNanos(1);
    Event again = Connects.proposalSubmitted("again", last, "proposal", "job", 2);
    assertEquals(
        List.of(
            new Reason.AlreadyDone(
                "a proposal's cost",
                "2020-12",
                Reason.AlreadyDone.Matter.CHARGED,
                "proposal",
                Optional.of(free),
                false)),
        ENGINE.decide(wallet, again).reasons());
    Decision charged = ENGINE.decide(wallet, again.movedTo(free));
    assertTrue(charged.isApplied());
    assertTrue(
        ENGINE
            .decide(
                charged.wallet(),
                Connects.interview("asked", free, "proposal", InterviewSource.PROPOSAL, true))
            .isApplied());
  }

  private static Wallet open() {
    return ENGINE.open(Opening.of(Connects.BASIC, OPENED)).wallet();
  }
}
