package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** What the tests of bad input share: calls that must throw, and wallets to make them on. */
final class BadInput {

  static final PolicyEngine ENGINE = PolicyEngine.of(Connects.program());
  static final Instant AT = Instant.parse("2021-01-08T12:00:00Z");
  static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  static final List<Instant> OUT_OF_RANGE =
      List.of(Instant.MIN, FIRST.minusNanos(1), LAST.plusNanos(1), Instant.MAX);

  private BadInput() {}

  /** A call that must throw, and what the message must tell. */
  record Case(String what, Executable call, List<String> facts) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Case bad(String what, Executable call, String... facts) {
    return new Case(what, call, List.of(facts));
  }

  static <X extends Throwable> void assertTold(Class<X> type, Executable call, List<String> facts) {
    X thrown = assertThrows(type, call);
    String message = "" + thrown.getMessage();
    facts.forEach(fact -> assertTrue(message.contains(fact), () -> fact + " in: " + message));
    assertEquals(1, message.lines().count(), message);
  }

  static void assertIllegal(Executable call, String... facts) {
    assertTold(IllegalArgumentException.class, call, List.of(facts));
  }

  /** Asserts that a call on a wallet throws, and that the wallet stays as it was. */
  static <X extends Throwable> void assertUntouched(
      Class<X> type, Wallet wallet, Executable call, String... facts) {
    WalletState before = wallet.state();
    Optional<Room> room = room(wallet);

    assertTold(type, call, List.of(facts));

    assertEquals(before, wallet.state());
    assertEquals(room, room(wallet));
    assertEquals(sum(wallet.lots()), wallet.available());
    assertEquals(
        wallet.pendingAwards().stream().mapToLong(PendingAward::amount).sum(), wallet.pending());
  }

  private static Optional<Room> room(Wallet wallet) {
    return wallet.standing.terms().fingerprint().equals(Connects.program().fingerprint())
        ? Optional.of(ENGINE.room(wallet, Connects.INTERVIEW_AWARDS))
        : Optional.empty();
  }

  private static long sum(List<Lot> lots) {
    return lots.stream().mapToLong(Lot::left).sum();
  }

  /** Returns null where the type says that there is none, as a caller without a checker can. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  static <T> T none() {
    return (@Nullable T) null;
  }

  static Wallet opened() {
    return ENGINE.open(opening()).wallet();
  }

  static Opening opening() {
    return Connects.opening(
        Connects.BASIC,
        Instant.parse("2021-01-05T09:00:00Z"),
        AccountKind.FREELANCER,
        ReadinessTest.NOT_TAKEN);
  }

  /** Returns a wallet with something in every table, at {@link #AT}. */
  static Wallet busy() {
    Wallet wallet =
        ENGINE
            .replay(
                opened(),
                List.of(
                    Connects.proposalSubmitted("s1", AT.minusSeconds(9), "p1", "j1", 3),
                    Connects.proposalSubmitted("s2", AT.minusSeconds(8), "p2", "j2", 0),
                    Connects.proposalSubmitted("s3", AT.minusSeconds(7), "p3", "j3", 5),
                    Connects.interview("i1", AT.minusSeconds(6), "p1", answered(), true),
                    Connects.proposalWithdrawn("w2", AT.minusSeconds(5), "p2"),
                    Connects.planChanged("c1", AT.minusSeconds(4), Connects.PLUS),
                    Connects.connectsPurchased("b1", AT, 7)))
            .wallet();
    WalletState state = wallet.state();
    for (List<? extends Row> table :
        List.of(state.lots(), state.claims(), state.pending(), state.uses(), state.seen())) {
      assertFalse(table.isEmpty());
    }
    assertEquals(Optional.of(Connects.PLUS), wallet.waitingPlan());
    return wallet;
  }

  static InterviewSource answered() {
    return InterviewSource.PROPOSAL;
  }

  static Event purchase(long amount) {
    return Connects.connectsPurchased("more", AT, amount);
  }

  /** Returns a wallet that has room for so much more, with 10 of it pending. */
  static Wallet full(long room) {
    Wallet wallet = busy();
    long held = wallet.available() + wallet.pending();
    return ENGINE
        .decide(wallet, Connects.connectsPurchased("fill", AT, Long.MAX_VALUE - held - room))
        .wallet();
  }

  static Policy.Builder version(String name, Instant from) {
    return Policy.version(name, from).source("free").plan(Plan.monthly("basic"));
  }

  static Policy.Builder version() {
    return version("v1", Instant.parse("2021-01-01T00:00:00Z"));
  }

  static PolicyEngine engine(Policy.Builder... versions) {
    Program.Builder program = Program.named("stars");
    for (Policy.Builder version : versions) {
      program.version(version.build());
    }
    return PolicyEngine.of(program.build());
  }

  static Effect.Grant grant(long amount) {
    return Effect.grant(TransactionType.BONUS, "Bonus", "free", amount);
  }

  static Window week() {
    return Window.rolling(Duration.ofDays(7));
  }

  static Effect.End.Reach subject() {
    return Effect.End.Reach.SUBJECT;
  }

  static Lot.Terms terms(long number, String source, Instant grantedAt, String version) {
    return new Lot.Terms(
        number, source, grantedAt, version, 0, 0, Optional.empty(), Optional.empty());
  }

  static Claim claim(String subject, List<Lot.Move> draws, Optional<Instant> endedAt) {
    return claim(1, subject, 1, draws, Optional.empty(), endedAt);
  }

  static Claim claim(
      long number,
      String subject,
      long amount,
      List<Lot.Move> draws,
      Optional<Claim.Lapse> lapse,
      Optional<Instant> endedAt) {
    return new Claim(
        number,
        subject,
        Optional.empty(),
        Optional.empty(),
        AT,
        amount,
        draws,
        ImmutableSortedSet.<String>of(),
        lapse,
        endedAt);
  }

  static PendingAward.Part part(String label, String source, long amount) {
    return new PendingAward.Part(label, source, amount, Optional.empty(), OptionalInt.empty());
  }

  static PendingAward award(long number, Instant earnedAt, Instant dueAt) {
    return award(number, Optional.empty(), earnedAt, dueAt);
  }

  static PendingAward award(
      long number, Optional<String> subject, Instant earnedAt, Instant dueAt) {
    return new PendingAward(
        number,
        new Cause(Optional.empty(), "r", "v"),
        subject,
        TransactionType.AWARD,
        List.of(part("x", "free", 1)),
        earnedAt,
        dueAt,
        List.of());
  }

  /** Returns a standing with some components changed. */
  static Standing changed(
      Standing standing, Instant openedAt, Instant clock, String plan, long lastTransaction) {
    return new Standing(
        new Standing.Terms(
            standing.terms().program(),
            standing.terms().fingerprint(),
            standing.terms().openedUnder(),
            standing.terms().zone(),
            openedAt,
            ImmutableSortedMap.of(openedAt, plan),
            standing.terms().waitingPlan(),
            standing.terms().facts(),
            standing.terms().done(),
            standing.terms().anchor(),
            standing.terms().cycle(),
            standing.terms().cycleIndex(),
            standing.terms().cycleStarts(),
            standing.terms().tickedTo(),
            standing.terms().restarts(),
            standing.terms().renewals()),
        clock,
        standing.revision(),
        lastTransaction,
        standing.lastNumber());
  }

  static Standing changed(Standing standing, Instant openedAt, Instant clock) {
    return changed(standing, openedAt, clock, standing.terms().plan(), standing.lastTransaction());
  }
}
