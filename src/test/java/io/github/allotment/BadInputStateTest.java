package io.github.allotment;

import static io.github.allotment.BadInput.AT;
import static io.github.allotment.BadInput.ENGINE;
import static io.github.allotment.BadInput.assertIllegal;
import static io.github.allotment.BadInput.assertTold;
import static io.github.allotment.BadInput.bad;
import static io.github.allotment.BadInput.busy;
import static io.github.allotment.BadInput.changed;
import static io.github.allotment.BadInput.claim;
import static io.github.allotment.BadInput.engine;
import static io.github.allotment.BadInput.grant;
import static io.github.allotment.BadInput.none;
import static io.github.allotment.BadInput.terms;
import static io.github.allotment.BadInput.version;
import static io.github.allotment.BadInput.week;
import static io.github.allotment.policy.CalendarEvent.OPENED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import io.github.allotment.BadInput.Case;
import io.github.allotment.connects.Connects;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored rows that no wallet has had are not made a wallet of. */
class BadInputStateTest {

  @Nested
  class AStateThatNoWalletHas {

    static Stream<Case> tampered() {
      WalletState state = busy().state();
      Lot lot = state.lots().get(0);
      Use use = state.uses().get(0);
      SeenEvent seen = state.seen().get(0);
      Lot.Terms nowhere = terms(lot.terms().number(), "nowhere", AT, "2020-12");
      Lot.Terms future = terms(lot.terms().number(), "plan", AT.plusNanos(1), "2020-12");
      return Stream.of(
          bad("unknown plan", () -> restore(withPlan(state, "gold")), "plan", "gold"),
          bad("unknown source", () -> restore(lotsOf(state, new Lot(nowhere, 1))), "nowhere"),
          bad(
              "lot of the future",
              () -> restore(lotsOf(state, new Lot(future, 1))),
              "" + AT.plusNanos(1)),
          bad(
              "clock in another cycle",
              () -> restore(withClock(state, AT.plus(Duration.ofDays(40)))),
              "cycle"),
          bad(
              "opening before the program",
              () -> restore(withOpening(state, Instant.parse("2019-04-30T00:00:00Z"))),
              "2019-04-30"),
          bad("a lot twice", () -> restore(lotsOf(state, lot, lot)), "" + lot.terms().number()),
          bad("an event twice", () -> restore(with(state, seen, seen)), seen.id()),
          bad("a use twice", () -> restore(with(state, use, use)), use.key()),
          bad(
              "a limit's window overfull",
              () -> restore(with(state, new Use(use.limit(), use.at(), 51))),
              use.key()),
          bad("an unknown limit", () -> restore(with(state, new Use("x", AT, 1))), "x"),
          bad(
              "a version that never was",
              () -> restore(lotsOf(state, new Lot(terms(1, "plan", AT, "2020-13"), 1))),
              "2020-13"),
          bad(
              "a use of the future",
              () -> restore(with(state, new Use(use.limit(), AT.plusNanos(1), 1))),
              "" + AT.plusNanos(1)),
          bad(
              "a lot of a later cycle",
              () -> restore(lotsOf(state, new Lot(stamped(1, Optional.empty()), 1))),
              "cycle"),
          bad(
              "a lot that has expired",
              () -> restore(lotsOf(state, new Lot(stamped(0, Optional.of(AT)), 1))),
              "expired"),
          bad(
              "a number of two things",
              () -> restore(with(state, claimed(lot.terms().number(), Optional.empty()))),
              "" + lot.terms().number()),
          bad(
              "a hold that was to be released",
              () ->
                  restore(
                      with(state, claimed(9_999, Optional.of(new Claim.Lapse(AT, true, false))))),
              "number"),
          bad(
              "an event of the future",
              () ->
                  restore(
                      with(state, new SeenEvent("e", AT.plusNanos(1), "x", ReasonCode.APPLIED))),
              "" + AT.plusNanos(1)),
          bad(
              "lots beyond a long, of two sources",
              () -> restore(lotsOf(state, lot(1, "plan"), lot(2, "bonus"))),
              "long"),
          bad(
              "lots beyond a long, of one source",
              () -> restore(lotsOf(state, lot(1, "plan"), lot(2, "plan"))),
              "long"),
          bad(
              "rows beyond a long",
              () -> restore(withLastTransaction(state, Long.MAX_VALUE)),
              "the state breaks"));
    }

    @ParameterizedTest
    @MethodSource("tampered")
    void isAnIllegalArgumentExceptionThatNamesWhatIsWrong(Case bad) {
      assertTold(IllegalArgumentException.class, bad.call(), bad.facts());
    }

    private static Wallet restore(WalletState state) {
      return ENGINE.restore(state);
    }

    private static Lot.Terms stamped(long cycle, Optional<Instant> expiresAt) {
      return new Lot.Terms(1, "plan", AT, "2020-12", cycle, 0, expiresAt, Optional.empty());
    }

    private static Claim claimed(long number, Optional<Claim.Lapse> lapse) {
      return claim(number, "p9", 0, List.of(), lapse, Optional.empty());
    }

    private static Lot lot(long number, String source) {
      return new Lot(terms(number, source, AT, "2020-12"), Long.MAX_VALUE);
    }

    private static WalletState withClock(WalletState state, Instant clock) {
      Standing standing = state.standing();
      return with(state, changed(standing, standing.terms().openedAt(), clock));
    }

    private static WalletState withOpening(WalletState state, Instant openedAt) {
      Standing standing = state.standing();
      return with(state, changed(standing, openedAt, standing.clock()));
    }

    private static WalletState withPlan(WalletState state, String plan) {
      Standing old = state.standing();
      return with(
          state, changed(old, old.terms().openedAt(), old.clock(), plan, old.lastTransaction()));
    }

    private static WalletState withLastTransaction(WalletState state, long last) {
      Standing old = state.standing();
      return with(
          state, changed(old, old.terms().openedAt(), old.clock(), old.terms().plan(), last));
    }

    /** Returns a state with other rows in the table that they are of. */
    private static WalletState with(WalletState state, Row... rows) {
      return WalletState.of(
          Stream.concat(
                  state.rows().stream().filter(row -> row.table() != rows[0].table()),
                  Stream.of(rows))
              .toList());
    }

    /** Returns a state with other lots, and without the claims that took from the old ones. */
    private static WalletState lotsOf(WalletState state, Lot... lots) {
      return WalletState.of(
          with(state, lots).rows().stream()
              .filter(row -> row.table() != Row.Table.CLAIMS)
              .toList());
    }

    @Test
    void isRestoredWhenNothingWasTamperedWith() {
      Wallet wallet = busy();
      assertEquals(wallet, ENGINE.restore(wallet.state()));
    }
  }

  /** What follows from the program is not held against a state of another edition of it. */
  @Nested
  class AStateOfAnotherEdition {

    private final Wallet wallet =
        engine(
                version()
                    .plan(Plan.monthly("gold"))
                    .limit("most", 10, week())
                    .rule("gift", Trigger.on(OPENED), grant(7).within("most")))
            .open(Opening.of("gold", AT))
            .wallet();

    private record Edition(String what, PolicyEngine engine) {
      @Override
      public String toString() {
        return what;
      }
    }

    static Stream<Edition> editions() {
      Plan gold = Plan.monthly("gold");
      return Stream.of(
          new Edition("limit gone", engine(version().plan(gold))),
          new Edition("limit lower", engine(version().plan(gold).limit("most", 6, week()))),
          new Edition(
              "limit of another kind",
              engine(version().plan(gold).limit("most", 6, Window.cycle()))),
          new Edition(
              "version of another name", engine(version("v2", AT.minusSeconds(1)).plan(gold))),
          new Edition(
              "cycle of another length",
              engine(
                  Policy.version("v1", Instant.EPOCH)
                      .source("free")
                      .plan(Plan.of("gold", Period.ofDays(3))))));
    }

    /** And then it is a state of that edition, which can be stored and restored as any other. */
    @ParameterizedTest
    @MethodSource("editions")
    void isAdopted(Edition later) {
      Wallet adopted = later.engine().restore(wallet.state());
      assertEquals(7, adopted.available());
      assertEquals(
          later.engine().program().fingerprint(), adopted.state().standing().terms().fingerprint());
      assertEquals(adopted, later.engine().restore(adopted.state()));
    }

    @Test
    void isRefusedIfThePlanOrTheSourceIsGone() {
      assertIllegal(() -> engine(version()).restore(wallet.state()), "plan", "gold");
      PolicyEngine other =
          engine(Policy.version("v1", AT).source("gifts").plan(Plan.monthly("gold")));
      assertIllegal(() -> other.restore(wallet.state()), "source", "free");
    }

    @Test
    void isRefusedIfTheProgramStartsAfterTheOpening() {
      PolicyEngine late = engine(version("v1", AT.plusNanos(1)).plan(Plan.monthly("gold")));
      assertIllegal(() -> late.restore(wallet.state()), "opening", "" + AT);
    }
  }

  @Nested
  class RowsThatAreNoState {

    private final WalletState state = busy().state();

    @Test
    void haveNoStandingOrTwo() {
      assertIllegal(() -> WalletState.of(List.of()), "0");
      assertIllegal(() -> WalletState.of(state.lots()), "0");
      assertIllegal(
          () -> WalletState.of(List.of(state.standing(), state.lots().get(0), state.standing())),
          "2");
    }

    @Test
    void areAStateInAnyOrder() {
      List<Row> rows = new ArrayList<>(state.rows());
      Collections.reverse(rows);
      assertEquals(state, WalletState.of(rows));
    }
  }

  @Nested
  class AChangeThatDoesNotFitTheState {

    private final WalletState state = busy().state();
    private final Lot there = state.lots().get(0);
    private final Use missing = new Use("x", AT, 1);

    @Test
    void addsARowThatIsThere() {
      assertIllegal(
          () -> state.after(List.of(new Change.Added(there))),
          "the row to add is there: LOTS/" + there.key());
      assertIllegal(() -> state.after(List.of(new Change.Added(state.standing()))));
    }

    @Test
    void changesARowThatIsNotThere() {
      assertIllegal(
          () -> state.after(List.of(new Change.Changed(missing, missing))), missing.key());
    }

    @Test
    void removesARowThatIsNotThere() {
      assertIllegal(
          () -> state.after(List.of(new Change.Removed(missing))),
          "the row is not there: USES/" + missing.key());
      assertIllegal(
          () -> state.after(List.of(new Change.Removed(there), new Change.Removed(there))),
          there.key());
    }

    @Test
    void removesWhatEveryStateHas() {
      assertIllegal(() -> state.after(List.of(new Change.Removed(state.standing()))));
    }

    @Test
    void wasMadeOnAnotherRow() {
      Lot other = new Lot(there.terms(), there.left() + 1);
      Standing standing = state.standing();
      Standing older =
          changed(standing, standing.terms().openedAt(), standing.clock().minusNanos(1));
      assertIllegal(() -> state.after(List.of(new Change.Changed(other, there))), there.key());
      assertIllegal(() -> state.after(List.of(new Change.Changed(missing, there))), there.key());
      assertIllegal(() -> state.after(List.of(new Change.Removed(other))), there.key());
      assertIllegal(() -> state.after(List.of(new Change.Changed(older, standing))));
      assertEquals(other, state.after(List.of(new Change.Changed(there, other))).lots().get(0));
    }

    @Test
    void wasMadeOnAnotherDecisionsWallet() {
      Wallet wallet = busy();
      Decision first = ENGINE.decide(wallet, Connects.connectsPurchased("first", AT, 1));
      Decision second = ENGINE.decide(wallet, Connects.connectsPurchased("second", AT, 1));
      WalletState after = wallet.state().after(first.changes());
      assertEquals(first.wallet().state(), after);
      assertIllegal(() -> after.after(second.changes()));
      assertIllegal(() -> after.after(first.changes()));
    }

    @Test
    void isAboutNoRow() {
      assertThrowsExactly(
          NullPointerException.class, () -> state.after(List.of(new Change.Added(none()))));
      assertThrowsExactly(
          NullPointerException.class, () -> state.after(List.of(new Change.Removed(none()))));
      assertThrowsExactly(
          NullPointerException.class,
          () -> state.after(List.of(new Change.Changed(none(), there))));
    }

    @Test
    void leavesTheStateAsItWas() {
      WalletState before = busy().state();
      assertIllegal(
          () -> state.after(List.of(new Change.Removed(there), new Change.Removed(missing))));
      assertEquals(before, state);
    }
  }
}
