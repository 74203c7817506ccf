package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.WalletHistories.History;
import io.github.allotment.connects.Connects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** A decision is a value: the same question has the same answer, and it tells all that changed. */
@Domain(DomainContext.Global.class)
@Domain(WalletHistories.class)
class DecisionProperties {

  /** The reasons that stand before the rules; an event refused for one is not remembered. */
  private static final Set<ReasonCode> BEFORE_THE_RULES =
      EnumSet.range(ReasonCode.BEFORE_OPENING, ReasonCode.ID_REUSED);

  @Property
  void aReplayEqualsTheFoldOfDecisions(@ForAll History history) {
    Replay replay = history.engine().replay(history.opened(), history.events());
    List<Decision> decisions = history.play().subList(0, history.events().size() + 1);
    assertEquals(decisions.subList(1, decisions.size()), replay.decisions());
    assertEquals(decisions.get(decisions.size() - 1).wallet(), replay.wallet());
    assertEquals(
        replay.decisions().stream().flatMap(decision -> decision.transactions().stream()).toList(),
        replay.transactions());
  }

  @Property
  void theSameInputsGiveTheSameOutputsAlsoOnAnEngineBuiltAnew(@ForAll History history) {
    PolicyEngine other = PolicyEngine.of(history.engine().program());
    History again = new History(other, history.opening(), history.events(), history.instants());
    List<Decision> first = history.play();
    List<Decision> second = again.play();
    assertEquals(first, second);
    assertEquals(first.toString(), second.toString());
    assertEquals(first.hashCode(), second.hashCode());
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i).why(), second.get(i).why());
      assertEquals(first.get(i).wallet().lots(), second.get(i).wallet().lots());
      assertEquals(
          first.get(i).wallet().state().toString(), second.get(i).wallet().state().toString());
    }
  }

  @Property
  void theReasonsAreInOrderOfPrecedenceAndTheFirstIsTheReason(@ForAll History history) {
    for (Decision decision : history.play()) {
      ReasonCode last = ReasonCode.BEFORE_OPENING;
      for (Reason reason : decision.reasons()) {
        assertTrue(last.compareTo(reason.code()) <= 0);
        last = reason.code();
      }
      assertEquals(decision.reasons().get(0), decision.reason());
      assertEquals(new HashSet<>(decision.reasons()).size(), decision.reasons().size());
      if (decision.isApplied()) {
        assertEquals(1, decision.reasons().size());
      }
    }
  }

  @Property
  void theOutcomeFollowsFromTheReason(@ForAll History history) {
    for (Decision decision : history.play()) {
      Outcome expected =
          switch (decision.reason().code()) {
            case BEFORE_OPENING,
                TOO_LATE,
                ID_REUSED,
                NO_RULE,
                NO_EFFECT,
                FACT_MISSING,
                NO_OPEN_CLAIM,
                ALREADY_DONE,
                NO_ROOM,
                NOT_ENOUGH ->
                Outcome.REFUSED;
            case SEEN_BEFORE -> Outcome.DUPLICATE;
            case APPLIED -> Outcome.APPLIED;
          };
      assertEquals(expected, decision.outcome());
      assertEquals(expected == Outcome.APPLIED, decision.isApplied());
      assertFalse(decision.why().isBlank());
      assertFalse(decision.why().contains("\n"));
    }
  }

  @Property
  void aRefusalLeavesTheWalletAsTimeAloneWouldHave(@ForAll History history) {
    PolicyEngine engine = history.engine();
    Wallet wallet = history.opened();
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      if (!decision.isApplied()) {
        boolean early = event.at().isBefore(wallet.openedAt());
        Decision time = engine.advance(wallet, early ? wallet.clock() : event.at());
        assertEquals(time.transactions(), decision.transactions());
        assertEquals(time.notices(), decision.notices());
        assertEquals(
            remembering(time.wallet().state(), event, decision.reason().code()),
            decision.wallet().state());
      }
      wallet = decision.wallet();
    }
  }

  /** Returns a state that also remembers an event, if its refusal is of those remembered. */
  private static WalletState remembering(WalletState state, Event event, ReasonCode reason) {
    if (BEFORE_THE_RULES.contains(reason)) {
      return state;
    }
    SeenEvent seen = new SeenEvent(event.id(), event.at(), event.type(), reason);
    return state.after(
        List.of(
            new Change.Added(seen),
            new Change.Changed(state.standing(), oneRevisionLater(state.standing()))));
  }

  private static Standing oneRevisionLater(Standing standing) {
    return new Standing(
        standing.terms(),
        standing.clock(),
        standing.revision() + 1,
        standing.lastTransaction(),
        standing.lastNumber());
  }

  @Property
  void theRevisionCountsEveryRowAndEveryRememberedEvent(@ForAll History history) {
    long revision = 0;
    for (Decision decision : history.play()) {
      boolean remembered =
          decision.event().isPresent() && !BEFORE_THE_RULES.contains(decision.reason().code());
      revision += decision.transactions().size() + (remembered ? 1 : 0);
      assertEquals(revision, decision.wallet().revision());
    }
  }

  @Property
  void theChangesAppliedToTheOldStateGiveTheNewOne(@ForAll History history) {
    List<Decision> decisions = history.play();
    for (int i = 1; i < decisions.size(); i++) {
      WalletState before = decisions.get(i - 1).wallet().state();
      Decision decision = decisions.get(i);
      WalletState after = decision.wallet().state();
      assertEquals(after, before.after(decision.changes()));
      assertEquals(new HashSet<>(after.rows()), byHand(before, decision.changes()));
    }
  }

  /** Applies changes to rows by hand, and checks that each one fits and does something. */
  private static Set<Row> byHand(WalletState before, List<Change> changes) {
    Set<Row> rows = new HashSet<>(before.rows());
    Set<String> touched = new HashSet<>();
    for (Change change : changes) {
      assertTrue(touched.add(change.row().table() + change.row().key()));
      if (change instanceof Change.Changed changed) {
        assertTrue(rows.remove(changed.before()));
        assertNotEquals(changed.before(), changed.row());
        assertEquals(changed.before().table(), changed.row().table());
        assertEquals(changed.before().key(), changed.row().key());
        assertTrue(rows.add(changed.row()));
      } else if (change instanceof Change.Removed removed) {
        assertTrue(rows.remove(removed.row()));
      } else {
        assertTrue(rows.add(change.row()));
      }
    }
    return rows;
  }

  @Property
  void theChangesOfAnOpeningAreItsWholeState(@ForAll History history) {
    Decision opened = history.engine().open(history.opening());
    opened.changes().forEach(change -> assertTrue(change instanceof Change.Added));
    assertEquals(
        new HashSet<>(opened.wallet().state().rows()),
        new HashSet<>(opened.changes().stream().map(Change::row).toList()));
  }

  @Property
  void noTwoRowsOfATableHaveTheSameKey(@ForAll History history) {
    List<Row> rows = history.last().state().rows();
    assertEquals(
        rows.size(), rows.stream().map(row -> row.table() + " " + row.key()).distinct().count());
  }

  @Property
  void aRestoredWalletEqualsTheOneThatWasStored(@ForAll History history) {
    for (Decision decision : history.play()) {
      Wallet wallet = decision.wallet();
      Wallet restored = history.engine().restore(wallet.state());
      assertEquals(wallet, restored);
      assertEquals(wallet.hashCode(), restored.hashCode());
      assertEquals(wallet.state(), restored.state());
      assertEquals(wallet.available(), restored.available());
      assertEquals(wallet.pending(), restored.pending());
      assertEquals(wallet.cycle(), restored.cycle());
      assertEquals(wallet.openClaims(), restored.openClaims());
      assertEquals(wallet.pendingAwards(), restored.pendingAwards());
    }
  }

  @Property
  void goingOnFromAStoredStateAfterEveryStepEqualsGoingStraightOn(@ForAll History history) {
    PolicyEngine engine = history.engine();
    List<Decision> straight = history.play();
    List<Decision> resumed = new ArrayList<>();
    Wallet wallet = engine.restore(history.opened().state());
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      resumed.add(decision);
      wallet = engine.restore(decision.wallet().state());
    }
    for (Instant to : history.instants()) {
      Decision decision = engine.advance(wallet, to);
      resumed.add(decision);
      wallet = engine.restore(decision.wallet().state());
    }
    assertEquals(straight.subList(1, straight.size()), resumed);
  }

  @Property
  void aChangeThatDoesNotFitTheStateIsRejected(@ForAll History history) {
    Wallet wallet = history.last();
    WalletState state = wallet.state();
    for (Row row : state.rows()) {
      IllegalArgumentException there =
          assertThrows(
              IllegalArgumentException.class, () -> state.after(List.of(new Change.Added(row))));
      assertTrue(String.valueOf(there.getMessage()).contains(row.key()));
    }
    SeenEvent unknown = new SeenEvent("never seen", wallet.clock(), "type", ReasonCode.APPLIED);
    for (Change change :
        List.of(new Change.Removed(unknown), new Change.Changed(unknown, unknown))) {
      IllegalArgumentException missing =
          assertThrows(IllegalArgumentException.class, () -> state.after(List.of(change)));
      assertTrue(String.valueOf(missing.getMessage()).contains("never seen"));
    }
  }

  @Example
  void theCodesAreInTheDocumentedOrder() {
    assertEquals(
        List.of(
            "before-opening",
            "too-late",
            "seen-before",
            "id-reused",
            "no-rule",
            "no-effect",
            "fact-missing",
            "no-open-claim",
            "already-done",
            "no-room",
            "not-enough",
            "applied"),
        Arrays.stream(ReasonCode.values()).map(ReasonCode::code).toList());
  }

  @Example
  void anUnknownPlanAndAWalletOfAnotherProgramAreErrorsThatNameThem() {
    Instant at = Instant.parse("2021-01-05T09:00:00Z");
    PolicyEngine engine = WalletHistories.CONNECTS;
    Wallet wallet = engine.open(Opening.of(Connects.BASIC, at)).wallet();
    for (IllegalArgumentException unknown :
        List.of(
            assertThrows(
                IllegalArgumentException.class,
                () -> engine.decide(wallet, Connects.planChanged("id", at, "golden"))),
            assertThrows(
                IllegalArgumentException.class, () -> engine.open(Opening.of("golden", at))),
            assertThrows(IllegalArgumentException.class, () -> engine.planTerms("golden", at)))) {
      assertTrue(String.valueOf(unknown.getMessage()).contains("golden"));
    }
    String other =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class, () -> WalletHistories.STARS.advance(wallet, at))
                .getMessage());
    assertTrue(other.contains("connects"));
    assertTrue(other.contains("stars"));
  }

  @Example
  void theHistoriesReachEveryReasonThereIs() {
    Set<ReasonCode> reached = EnumSet.noneOf(ReasonCode.class);
    new WalletHistories()
        .histories()
        .sampleStream()
        .limit(500)
        .flatMap(history -> history.play().stream())
        .forEach(decision -> decision.reasons().forEach(reason -> reached.add(reason.code())));
    assertEquals(EnumSet.allOf(ReasonCode.class), reached);
  }
}
