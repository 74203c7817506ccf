package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Streams;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One account's credits at one moment of its history.
 *
 * <p>Immutable and thread-safe. A wallet depends on its opening, the events in the order in which
 * they were decided, and the clock; the same ones give an equal wallet on every machine. It holds
 * what later decisions need and no more: the history is the host's to keep.
 *
 * <p>For example, with 10 a month and 40 for a new account, a wallet that was opened at
 * 2021-01-05T09:00:00Z has 50 available, none pending, and its next renewal at
 * 2021-02-05T00:00:00Z.
 */
public final class Wallet {

  final Standing standing;
  final Contents contents;
  final Instant renewsAt;
  private final long held;
  private final ImmutableSet<String> frozenSources;

  Wallet(
      Standing standing,
      Contents contents,
      Instant renewsAt,
      long held,
      ImmutableSet<String> frozenSources) {
    this.standing = standing;
    this.contents = contents;
    this.renewsAt = renewsAt;
    this.held = held;
    this.frozenSources = frozenSources;
  }

  /**
   * Returns the name of the program that the wallet follows.
   *
   * @return the name
   */
  public String program() {
    return standing.terms().program();
  }

  /**
   * Returns how many credits can be spent now.
   *
   * @return 0 or more
   */
  public long available() {
    return held - frozen();
  }

  /**
   * Returns how many credits are there and can't be spent on the wallet's plan.
   *
   * @return 0 or more; 0 unless a source of the program is usable on some plans only
   */
  public long frozen() {
    return contents.left(frozenSources);
  }

  /** Returns how many credits are available or frozen: the balance of the last row of history. */
  long held() {
    return held;
  }

  /**
   * Returns how many of the available credits came from a source.
   *
   * @param source the source's name
   * @return 0 or more; 0 for a source that is not known, or whose credits are frozen
   */
  public long available(String source) {
    return frozenSources.contains(source) ? 0 : contents.left(source);
  }

  /**
   * Returns how many credits were earned and are not yet available.
   *
   * @return 0 or more
   */
  public long pending() {
    return contents.pending();
  }

  /**
   * Returns how many credits are on hold: charged, and released by time unless they are captured.
   *
   * @return 0 or more
   */
  public long onHold() {
    return contents.onHold();
  }

  /**
   * Returns the opening.
   *
   * @return the instant
   */
  public Instant openedAt() {
    return standing.terms().openedAt();
  }

  /**
   * Returns the latest instant that the wallet has heard of.
   *
   * @return the instant; not before the opening
   */
  public Instant clock() {
    return standing.clock();
  }

  /**
   * Returns the zone of the wallet's calendar.
   *
   * @return the zone
   */
  public ZoneId zone() {
    return standing.terms().zone();
  }

  /**
   * Returns the plan that the wallet is on.
   *
   * @return the plan's name
   */
  public String plan() {
    return standing.terms().plan();
  }

  /**
   * Returns the plan that the wallet will be on from the next renewal, if that is another.
   *
   * @return the plan's name, or empty if no change waits
   */
  public Optional<String> waitingPlan() {
    return standing.terms().waitingPlan();
  }

  /**
   * Returns what is known of the account.
   *
   * @return the facts by name
   */
  public SortedMap<String, FactValue> facts() {
    return standing.terms().facts();
  }

  /**
   * Returns the cycle that the clock is in.
   *
   * @return the cycle
   */
  public Cycle cycle() {
    return new Cycle(standing.terms().renewals(), standing.terms().cycleStarts().last(), renewsAt);
  }

  /** Returns the version of a program that is in force for the wallet at its clock. */
  Policy version(Program of) {
    return of.versionAt(clock(), openedAt(), standing.terms().onPlanSince()).orElseThrow();
  }

  Times times() {
    return standing.terms().times(renewsAt);
  }

  /**
   * Returns how many rows of history were posted and events remembered, in all.
   *
   * <p>Advancing over an idle stretch leaves it as it is, though the clock moves and what is over
   * is forgotten. A host that stores whole wallets compares it with the stored one before it
   * replaces that, so that no decision is lost. A host that stores the rows of {@link
   * Decision#changes()} compares the stored {@link Standing} with the one that the decision
   * changed, clock and all.
   *
   * @return 0 or more
   */
  public long revision() {
    return standing.revision();
  }

  /**
   * Returns what the wallet holds.
   *
   * @return the lots, in the order in which a charge takes from them
   */
  public List<Lot> lots() {
    return contents.lotRows();
  }

  /**
   * Finds what was charged for a subject as a whole.
   *
   * @param subject the subject
   * @return its claim, open or ended, or empty if none is remembered; also if only parts of the
   *     subject were charged
   */
  public Optional<Claim> claim(String subject) {
    return contents.find(subject, Optional.empty());
  }

  /**
   * Finds what was charged for a part of a subject.
   *
   * @param subject the subject
   * @param part the part's name
   * @return its claim, open or ended, or empty if none is remembered
   */
  public Optional<Claim> claim(String subject, String part) {
    return contents.find(subject, Optional.of(part));
  }

  /**
   * Finds all that was charged for a subject: as a whole, and for its parts.
   *
   * @param subject the subject
   * @return its claims that are remembered, open or ended, in the order in which the charges
   *     arrived
   */
  public List<Claim> claims(String subject) {
    return ImmutableList.copyOf(contents.claimsOf(subject));
  }

  /**
   * Returns the claims that are open at the clock: that have not ended, and not lapsed.
   *
   * @return the claims, in the order in which the charges arrived
   */
  public List<Claim> openClaims() {
    return Streams.stream(contents.claims())
        .filter(claim -> claim.isOpenAt(clock()))
        .sorted(Comparator.comparingLong(Claim::number))
        .collect(toImmutableList());
  }

  /**
   * Returns what was earned and is not yet available.
   *
   * @return the awards, in the order in which they will settle
   */
  public List<PendingAward> pendingAwards() {
    return ImmutableList.copyOf(contents.awards());
  }

  /**
   * Returns all that the wallet is, as rows to be stored.
   *
   * @return the state, which {@link PolicyEngine#restore} makes an equal wallet of
   */
  public WalletState state() {
    List<Row> rows = new ArrayList<>();
    rows.add(standing);
    rows.addAll(contents.rows());
    return WalletState.of(rows);
  }

  /**
   * Compares by value.
   *
   * @param other anything
   * @return true if it is a wallet with an equal {@link #state()}
   */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Wallet that
            && standing.equals(that.standing)
            && state().equals(that.state()));
  }

  @Override
  public int hashCode() {
    return standing.hashCode();
  }

  /** Returns a short description for logs and failure messages. */
  @Override
  public String toString() {
    return lenientFormat(
        "Wallet[%s/%s, %s available, %s pending, clock %s, revision %s]",
        program(), plan(), available(), pending(), clock(), revision());
  }
}
