package io.github.allotment.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * States the Connects program as plainly as possible, as a reference to compare an engine with.
 *
 * <p>Written from the specification alone ({@code connects.md} for R1 to R16, {@code semantics.md}
 * for the rest) and meant to be read beside it, line by line. It is slow on purpose: every event,
 * lot, claim and award is kept for ever, and what is remembered, open, pending or within a window
 * is found by looking through all of them, each time it is asked. Nothing is ever removed.
 *
 * <p>What a host does wrong (an unknown plan, a negative cost, a purchase of nothing, an opening
 * before 2019-05-01) throws {@link IllegalArgumentException}; a total above {@link Long#MAX_VALUE}
 * throws {@link ArithmeticException}.
 */
public final class ConnectsModel {

  /** Opens a wallet: its plan, kind of account, instant, zone, and whether the test was passed. */
  public record Opening(
      String plan, String account, Instant openedAt, ZoneId zone, boolean readinessPassed) {}

  /**
   * Reports one event; {@code type} is the history format's type.
   *
   * <p>Fields that the type does not use are null, 0 or false. The amount is the cost of a
   * submitted proposal, or the number of Connects bought.
   */
  public record Event(
      String id,
      Instant at,
      String type,
      String proposal,
      String job,
      long amount,
      String source,
      boolean answered,
      String outcome,
      String plan) {}

  /** Tells what became of an event, and the wallet's figures right after it. */
  public record Decision(
      String event, String outcome, String reason, long available, long pending) {}

  /** Is one line of the history, with the balance after it. */
  public record Row(Instant at, String type, long amount, long balance) {}

  /** Holds all that comes out of a replay. */
  public record Result(List<Decision> decisions, List<Row> history, long available, long pending) {}

  /**
   * Replays a history from the opening.
   *
   * @param opening the wallet's opening, not before 2019-05-01T00:00Z
   * @param events the events in order of arrival
   * @param untilOrNull the instant to advance to after the last event; null for none
   */
  public static Result replay(Opening opening, List<Event> events, Instant untilOrNull) {
    ConnectsModel model = new ConnectsModel(opening);
    List<Decision> decisions = new ArrayList<>();
    for (Event event : events) {
      decisions.add(model.decide(event));
    }
    if (untilOrNull != null) {
      model.advance(untilOrNull);
    }
    return new Result(
        List.copyOf(decisions), List.copyOf(model.history), model.available(), model.pending());
  }

  // ---------------------------------------------------------------- the figures of the program

  private static final Instant FIRST_VERSION = Instant.parse("2019-05-01T00:00:00Z");
  private static final Instant PROGRAM_STARTS = Instant.parse("2020-12-01T00:00:00Z"); // R10
  private static final Instant TWO_TRANSACTIONS = Instant.parse("2021-07-23T00:00:00Z"); // R8

  private static final Duration LATENESS = Duration.ofHours(24);
  private static final Duration SETTLEMENT = Duration.ofHours(24); // R7
  private static final Duration WINDOW = Duration.ofDays(7); // R6
  private static final long MOST_PER_WINDOW = 50; // R6
  private static final long AWARD = 10; // R5
  private static final long READINESS_BONUS = 40; // R2

  /** R10: interviews, tests and early settlements have rules from the program's start on. */
  private static boolean programRunsAt(Instant instant) {
    return !instant.isBefore(PROGRAM_STARTS);
  }

  /** R3: Basic 10; Plus 70 + 10, the 70 first. Before the program: Basic 0, Plus 70. */
  private static List<Long> allotmentsAt(Instant instant, String plan) {
    boolean plus = plan.equals("plus");
    if (programRunsAt(instant)) {
      return plus ? List.of(70L, 10L) : List.of(10L);
    }
    return plus ? List.of(70L) : List.of(0L);
  }

  /** R1: 40 for a new account. Before the program: 20. */
  private static long newAccountBonusAt(Instant instant) {
    return programRunsAt(instant) ? 40 : 20;
  }

  /** R4: at most 200 roll over, on both plans. Before the program: 140. */
  private static long rolloverLimitAt(Instant instant) {
    return programRunsAt(instant) ? 200 : 140;
  }

  /** R8: the lines in which an award shows, by when the interview was answered; they sum to 10. */
  private static List<Long> awardLinesAt(Instant answered) {
    return answered.isBefore(TWO_TRANSACTIONS) ? List.of(AWARD) : List.of(5L, 5L);
  }

  // ---------------------------------------------------------------- what a wallet holds, for ever

  /** Is what was granted in one line of the history, and how much of it is left. */
  private static final class Lot {
    final Instant grantedAt;
    final int sequence;
    long left;

    Lot(Instant grantedAt, int sequence, long left) {
      this.grantedAt = grantedAt;
      this.sequence = sequence;
      this.left = left;
    }
  }

  /** Remembers how much a charge took from one lot. */
  private record Draw(Lot lot, long amount) {}

  /** Is a submitted proposal: open in [submitted, ended). */
  private static final class Claim {
    final String proposal;
    final String job;
    final Instant submitted;
    final List<Draw> draws; // in the order in which they were taken
    Optional<Instant> ended = Optional.empty();
    boolean hasEarned;

    Claim(String proposal, String job, Instant submitted, List<Draw> draws) {
      this.proposal = proposal;
      this.job = job;
      this.submitted = submitted;
      this.draws = draws;
    }

    boolean isOpenAt(Instant instant) {
      return !instant.isBefore(submitted) && (ended.isEmpty() || instant.isBefore(ended.get()));
    }
  }

  /** Is an interview's award; it counts in the windows of R6 whether it has posted or not. */
  private static final class Award {
    final String proposal;
    final Instant earnedAt; // when the interview was answered
    boolean hasPosted;

    Award(String proposal, Instant earnedAt) {
      this.proposal = proposal;
      this.earnedAt = earnedAt;
    }

    Instant dueAt() {
      return earnedAt.plus(SETTLEMENT);
    }
  }

  private final Opening opening;
  private final List<Event> judged = new ArrayList<>(); // that came to the rules, applied or not
  private final List<Lot> lots = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>(); // in order of arrival
  private final List<Award> awards = new ArrayList<>(); // in order of arrival
  private final List<Row> history = new ArrayList<>();
  private Instant clock;
  private int cycle; // the number of the cycle the clock is in; the opening starts cycle 0
  private String plan;
  private Optional<String> waitingPlan = Optional.empty();
  private boolean readinessBonusGiven;

  /** R15: opening makes its rows at once: allotments, new-account bonus, Readiness bonus. */
  private ConnectsModel(Opening opening) {
    requireKnownPlan(opening.plan());
    if (opening.openedAt().isBefore(FIRST_VERSION)) {
      throw new IllegalArgumentException("opened before 2019-05-01: " + opening.openedAt());
    }
    this.opening = opening;
    this.clock = opening.openedAt();
    this.plan = opening.plan();
    for (long part : allotmentsAt(clock, plan)) { // R3
      grant("allotment", part);
    }
    grant("bonus", newAccountBonusAt(clock)); // R1
    if (opening.readinessPassed() && programRunsAt(clock)) { // R2
      grant("bonus", READINESS_BONUS);
      readinessBonusGiven = true;
    }
  }

  // ---------------------------------------------------------------- time

  /** R3: the n-th cycle starts n months after the opening's local date, at its first instant. */
  private Instant cycleStart(int n) {
    LocalDate anchor = opening.openedAt().atZone(opening.zone()).toLocalDate();
    return anchor.plusMonths(n).atStartOfDay(opening.zone()).toInstant(); // month ends clamp
  }

  /** Does all that is due up to an instant, itself included, one effect after the other. */
  private void advance(Instant to) {
    while (true) {
      Instant renewal = cycleStart(cycle + 1);
      List<Award> pending = pendingInOrderEarned();
      // At the same instant renewal goes before settlement.
      if (!pending.isEmpty() && pending.get(0).dueAt().isBefore(renewal)) {
        Award next = pending.get(0);
        if (next.dueAt().isAfter(to)) {
          break;
        }
        clock = next.dueAt(); // never behind the clock: no interview is later than 24 hours
        post(next);
      } else {
        if (renewal.isAfter(to)) {
          break;
        }
        clock = renewal;
        renew();
      }
    }
    if (to.isAfter(clock)) {
      clock = to;
    }
  }

  /** R3, R4, R10, R14: a renewal is judged by the version in force at the renewal. */
  private void renew() {
    cycle++;
    plan = waitingPlan.orElse(plan); // R14: before the rules on renewal
    waitingPlan = Optional.empty();
    long surplus = available() - rolloverLimitAt(clock); // R4: before the allotment is added
    if (surplus > 0) {
      takeOldestFirst(surplus); // R4: bought and earned ones too
      addRow("forfeit", -surplus);
    }
    for (long part : allotmentsAt(clock, plan)) { // R3
      grant("allotment", part);
    }
  }

  /** R7, R8: an award posts at the clock, in the lines of the version at its interview. */
  private void post(Award award) {
    award.hasPosted = true;
    for (long line : awardLinesAt(award.earnedAt)) {
      grant("award", line);
    }
  }

  /** By the interview's own instant; of the same instant, the first to arrive is the first. */
  private List<Award> pendingInOrderEarned() {
    return awards.stream()
        .filter(award -> !award.hasPosted)
        .sorted(Comparator.comparing((Award award) -> award.earnedAt)) // a stable sort
        .toList();
  }

  // ---------------------------------------------------------------- deciding an event

  private Decision decide(Event event) {
    requireValid(event);
    // (1) from before the opening
    if (event.at().isBefore(opening.openedAt())) {
      return decision(event, "refused", "before-opening");
    }
    // (2) time advances to the event, if it is later than the clock
    if (event.at().isAfter(clock)) {
      advance(event.at());
    }
    // (3) older than clock - lateness; exactly 24 hours late is accepted
    if (isForgotten(event.at())) {
      return decision(event, "refused", "too-late");
    }
    // (4) an id that is remembered
    Optional<Event> first =
        judged.stream()
            .filter(seen -> seen.id().equals(event.id()) && !isForgotten(seen.at()))
            .findFirst();
    if (first.isPresent()) {
      boolean same = first.get().at().equals(event.at()) && first.get().type().equals(event.type());
      return same
          ? decision(event, "duplicate", "seen-before")
          : decision(event, "refused", "id-reused");
    }
    // (5) the rules; whatever they say, the id is remembered
    judged.add(event);
    String reason = applyRules(event);
    // what the event itself made due at this instant (an interview exactly 24 hours late)
    advance(clock);
    return decision(event, reason.equals("applied") ? "applied" : "refused", reason);
  }

  /** Is true of an instant older than clock - lateness. */
  private boolean isForgotten(Instant instant) {
    return instant.isBefore(clock.minus(LATENESS));
  }

  private Decision decision(Event event, String outcome, String reason) {
    return new Decision(event.id(), outcome, reason, available(), pending());
  }

  /** Returns "applied", or the reason of the refusal; then nothing has moved. */
  private String applyRules(Event event) {
    return switch (event.type()) {
      case "readiness-test-passed" -> readinessTestPassed(event);
      case "proposal-submitted" -> proposalSubmitted(event);
      case "proposal-withdrawn" -> proposalWithdrawn(event);
      case "proposal-archived" -> "no-effect"; // R9: always, known proposal or not
      case "interview" -> interview(event);
      case "award-settled" -> awardSettled(event);
      case "job-closed" -> jobClosed(event);
      case "connects-purchased" -> connectsPurchased(event);
      case "plan-changed" -> planChanged(event);
      default -> "no-rule";
    };
  }

  /** R2: 40 once for ever; a pass that earned nothing uses nothing up. */
  private String readinessTestPassed(Event event) {
    if (!programRunsAt(event.at())) { // R10: the version of the event's own time
      return "no-rule";
    }
    if (readinessBonusGiven) {
      return "already-done";
    }
    readinessBonusGiven = true;
    grant("bonus", READINESS_BONUS);
    return "applied";
  }

  /** Spends Connects on a proposal; an id that is still remembered is refused first. */
  private String proposalSubmitted(Event event) {
    boolean idIsRemembered =
        claims.stream()
            .filter(claim -> claim.proposal.equals(event.proposal()))
            .anyMatch(claim -> claim.ended.isEmpty() || !isForgotten(claim.ended.get()));
    if (idIsRemembered) {
      return "already-done";
    }
    if (event.amount() > available()) { // what is available at the clock; pending doesn't count, R7
      return "not-enough";
    }
    List<Draw> draws = takeOldestFirst(event.amount());
    addRow("charge", -event.amount());
    claims.add(new Claim(event.proposal(), event.job(), event.at(), draws));
    return "applied";
  }

  /** R9: withdrawing ends the claim; nothing returns. */
  private String proposalWithdrawn(Event event) {
    List<Claim> ended =
        claims.stream()
            .filter(claim -> claim.proposal.equals(event.proposal()))
            .filter(claim -> endsAt(claim, event.at()))
            .toList();
    if (ended.isEmpty()) {
      return "no-open-claim";
    }
    for (Claim claim : ended) {
      claim.ended = Optional.of(event.at());
    }
    return "applied";
  }

  /** R9: a closing ends the job's claims; some closings return what was spent. */
  private String jobClosed(Event event) {
    boolean returns =
        List.of("closed-without-hire", "removed-for-violation").contains(event.outcome());
    if (!returns && !List.of("hired", "expired").contains(event.outcome())) {
      return "fact-missing"; // the page names these four only; another meets no rule's condition
    }
    List<Claim> ended =
        claims.stream() // in order of arrival of the submissions
            .filter(claim -> claim.job.equals(event.job()))
            .filter(claim -> endsAt(claim, event.at()))
            .toList();
    if (ended.isEmpty()) {
      return "no-open-claim";
    }
    for (Claim claim : ended) {
      claim.ended = Optional.of(event.at());
      if (returns) {
        giveBack(claim); // one row per proposal
      }
    }
    return "applied";
  }

  /** An ending ends what was submitted at or before it and has not ended by an earlier arrival. */
  private static boolean endsAt(Claim claim, Instant ending) {
    return claim.ended.isEmpty() && !claim.submitted.isAfter(ending);
  }

  /** R5, R6, R7: an answered interview from a submitted proposal earns 10, pending at first. */
  private String interview(Event event) {
    if (!programRunsAt(event.at())) { // R10: the version of the event's own time
      return "no-rule";
    }
    if (!"proposal".equals(event.source()) || !event.answered()) { // R5
      return "fact-missing";
    }
    Optional<Claim> found = // R5: open at the time of the interview, whatever has come since
        claims.stream()
            .filter(claim -> claim.proposal.equals(event.proposal()))
            .filter(claim -> claim.isOpenAt(event.at()))
            .findFirst();
    if (found.isEmpty()) {
      return "no-open-claim";
    }
    Claim claim = found.get();
    if (claim.hasEarned) { // R5: a proposal earns at most once
      return "already-done";
    }
    if (!fitsEveryWindow(event.at())) { // R6: whole or not at all
      return "no-room";
    }
    claim.hasEarned = true;
    awards.add(new Award(event.proposal(), event.at()));
    requireTotalInRange();
    return "applied";
  }

  /**
   * R6: no stretch (t - 7 days, t] that contains the new use holds more than 50, posted or not.
   *
   * <p>It is enough to let t be the instant of each use: moving the end of any other window back to
   * its last use loses no use.
   */
  private boolean fitsEveryWindow(Instant newUse) {
    List<Instant> uses = new ArrayList<>();
    for (Award award : awards) {
      uses.add(award.earnedAt);
    }
    uses.add(newUse);
    for (Instant end : uses) {
      long held = 0;
      for (Instant use : uses) {
        if (isInWindow(use, end)) {
          held += AWARD;
        }
      }
      if (isInWindow(newUse, end) && held > MOST_PER_WINDOW) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInWindow(Instant use, Instant end) {
    return use.isAfter(end.minus(WINDOW)) && !use.isAfter(end);
  }

  /** R7: the host settles a proposal's pending awards earlier. */
  private String awardSettled(Event event) {
    if (!programRunsAt(event.at())) {
      return "no-rule";
    }
    List<Award> settled =
        pendingInOrderEarned().stream()
            .filter(award -> award.proposal.equals(event.proposal()))
            .filter(award -> !award.earnedAt.isAfter(event.at()))
            .toList();
    if (settled.isEmpty()) {
      return "no-open-claim";
    }
    for (Award award : settled) {
      post(award);
    }
    return "applied";
  }

  /** R12: any number, at any time. */
  private String connectsPurchased(Event event) {
    grant("purchase", event.amount());
    return "applied";
  }

  /** R14: waits for the next renewal after the clock; judged on arrival, so the last one counts. */
  private String planChanged(Event event) {
    String coming = waitingPlan.orElse(plan);
    if (event.plan().equals(coming)) {
      return "already-done";
    }
    waitingPlan = event.plan().equals(plan) ? Optional.empty() : Optional.of(event.plan());
    return "applied";
  }

  // ---------------------------------------------------------------- money, at the clock

  /** R16: what is left in all lots; nothing expires. */
  private long available() {
    long sum = 0;
    for (Lot lot : lots) {
      sum = Math.addExact(sum, lot.left);
    }
    return sum;
  }

  /** R7: earned and not yet posted. */
  private long pending() {
    return AWARD * awards.stream().filter(award -> !award.hasPosted).count();
  }

  private void requireTotalInRange() {
    Math.addExact(available(), pending());
  }

  /** Adds a lot of its own for each line of the history; a zero amount makes none. */
  private void grant(String type, long amount) {
    if (amount > 0) {
      lots.add(new Lot(clock, lots.size(), amount));
      requireTotalInRange();
      addRow(type, amount);
    }
  }

  /** R4, R16: takes from the oldest lots, which must hold enough together. */
  private List<Draw> takeOldestFirst(long amount) {
    List<Lot> oldestFirst = new ArrayList<>(lots);
    oldestFirst.sort(
        Comparator.comparing((Lot lot) -> lot.grantedAt).thenComparing(lot -> lot.sequence));
    List<Draw> draws = new ArrayList<>();
    long missing = amount;
    for (Lot lot : oldestFirst) {
      long taken = Math.min(missing, lot.left);
      if (taken > 0) {
        lot.left -= taken;
        missing -= taken;
        draws.add(new Draw(lot, taken));
      }
    }
    if (missing != 0) {
      throw new IllegalStateException("took more than there was: " + amount);
    }
    return draws;
  }

  /** R9: back to the lots it was taken from, with their dates, the last draw first. */
  private void giveBack(Claim claim) {
    long returned = 0;
    for (int i = claim.draws.size() - 1; i >= 0; i--) {
      Draw draw = claim.draws.get(i);
      draw.lot().left = Math.addExact(draw.lot().left, draw.amount());
      returned += draw.amount();
    }
    requireTotalInRange();
    addRow("return", returned);
  }

  /** R13: each transaction with the balance after it; the amounts sum to the balance. */
  private void addRow(String type, long amount) {
    if (amount == 0) {
      return;
    }
    long balance = 0;
    for (Row row : history) {
      balance = Math.addExact(balance, row.amount());
    }
    balance = Math.addExact(balance, amount);
    if (balance != available()) {
      throw new IllegalStateException("the history sums to " + balance + ", not " + available());
    }
    history.add(new Row(clock, type, amount, balance));
  }

  // ---------------------------------------------------------------- what a host does wrong

  private static void requireValid(Event event) {
    switch (event.type()) {
      case "plan-changed" -> requireKnownPlan(event.plan());
      case "proposal-submitted" -> require(event.amount() >= 0, "negative cost", event.amount());
      case "connects-purchased" -> require(event.amount() > 0, "nothing bought", event.amount());
      default -> {}
    }
  }

  private static void requireKnownPlan(String plan) {
    require(plan.equals("basic") || plan.equals("plus"), "unknown plan", plan);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message + ": " + value);
    }
  }
}
