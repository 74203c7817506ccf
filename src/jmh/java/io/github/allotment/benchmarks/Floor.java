package io.github.allotment.benchmarks;

import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pcollections.AmortizedPQueue;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePVector;

/**
 * Connects written by hand: what an immutable wallet of this one program must do at least.
 *
 * <p>It knows wallets in UTC that open under the version of July 2021, on one plan, with or without
 * the Readiness bonus. It does ids, claims, late events, the rolling limit, settlement, renewal
 * with its forfeit, returns, history rows and typed reasons; and no lots, as nothing in this
 * program depends on them.
 */
final class Floor {

  private static final Duration LATENESS = Duration.ofHours(24);
  private static final Duration SETTLEMENT = Duration.ofHours(24);
  private static final Duration WINDOW = Duration.ofDays(7);
  private static final long AWARD = 10;
  private static final long MOST_AWARDED = 50;
  private static final long MOST_ROLLED_OVER = 200;

  private Floor() {}

  /** What happened. */
  sealed interface Event {
    String id();

    Instant at();
  }

  record Submitted(String id, Instant at, String proposal, String job, long cost)
      implements Event {}

  record Withdrawn(String id, Instant at, String proposal) implements Event {}

  record Archived(String id, Instant at, String proposal) implements Event {}

  record Interview(String id, Instant at, String proposal, InterviewSource source, boolean answered)
      implements Event {}

  record Closed(String id, Instant at, String job, JobOutcome outcome) implements Event {}

  record Bought(String id, Instant at, long amount) implements Event {}

  /** Why. */
  sealed interface Reason {

    record TooLate(Instant acceptedFrom) implements Reason {}

    record SeenBefore(boolean applied) implements Reason {}

    record IdReused(Instant firstAt) implements Reason {}

    record NoEffect(String proposal) implements Reason {}

    record NotAnswered(InterviewSource source, boolean answered) implements Reason {}

    record NoOpenClaim(String name) implements Reason {}

    record AlreadyDone(String proposal) implements Reason {}

    record NoRoom(long left, Instant opensAt) implements Reason {}

    record NotEnough(long asked, long available) implements Reason {}

    record Earned(long amount, long left, Instant availableAt) implements Reason {}

    record Charged(String proposal, long amount) implements Reason {}

    record Ended(int claims, long returned) implements Reason {}

    record Granted(long amount) implements Reason {}
  }

  enum Outcome {
    APPLIED,
    REFUSED,
    DUPLICATE
  }

  /** A row of the history. */
  record Line(long number, Instant at, String label, long amount, long balance, String cause) {}

  record Decision(Wallet wallet, Outcome outcome, Reason reason, List<Line> lines) {}

  record Claim(
      long number,
      String proposal,
      String job,
      long cost,
      Instant submittedAt,
      boolean awarded,
      Optional<Instant> endedAt) {

    boolean isOpenAt(Instant at) {
      return !submittedAt.isAfter(at) && (endedAt.isEmpty() || at.isBefore(endedAt.get()));
    }

    Claim withAward() {
      return new Claim(number, proposal, job, cost, submittedAt, true, endedAt);
    }

    Claim ended(Instant at) {
      return new Claim(number, proposal, job, cost, submittedAt, awarded, Optional.of(at));
    }
  }

  record Pending(Instant earnedAt, Instant dueAt, String event) {}

  record Seen(String id, Instant at, Class<?> type, boolean applied) {}

  /**
   * A wallet.
   *
   * @param awards when the awards were earned that may still count, in order
   * @param pending what settles, in order
   * @param claims by proposal
   * @param jobs the open proposals of each job, in order of arrival
   * @param ended the claims that have ended, in order of arrival of the endings
   * @param seen by id
   * @param arrived the same, in order of arrival
   */
  // Short arrays that nobody changes and nobody compares.
  @SuppressWarnings("ArrayRecordComponent")
  record Wallet(
      boolean plus,
      LocalDate anchor,
      long cycle,
      Instant renewsAt,
      Instant nextDue,
      Instant clock,
      long available,
      long lastLine,
      long lastClaim,
      Instant[] awards,
      Pending[] pending,
      HashPMap<String, Claim> claims,
      HashPMap<String, TreePVector<String>> jobs,
      AmortizedPQueue<Claim> ended,
      HashPMap<String, Seen> seen,
      AmortizedPQueue<Seen> arrived) {

    long pendingAmount() {
      return AWARD * pending.length;
    }
  }

  /** Opens a wallet. */
  static Decision open(boolean plus, boolean tested, Instant at) {
    LocalDate anchor = at.atZone(ZoneOffset.UTC).toLocalDate();
    Draft draft = new Draft(plus, anchor, at);
    draft.allot();
    draft.post("New talent", 40, "opened");
    if (tested) {
      draft.post("Readiness Test passed", 40, "opened");
    }
    return draft.decision(Outcome.APPLIED, new Reason.Granted(draft.available));
  }

  /** Decides an event. */
  static Decision decide(Wallet wallet, Event event) {
    Draft draft = new Draft(wallet);
    draft.advance(event.at());
    Instant oldest = draft.clock.minus(LATENESS);
    if (event.at().isBefore(oldest)) {
      return draft.decision(Outcome.REFUSED, new Reason.TooLate(oldest));
    }
    Seen seen = draft.seen.get(event.id());
    if (seen != null && !seen.at().isBefore(oldest)) {
      return seen.at().equals(event.at()) && seen.type() == event.getClass()
          ? draft.decision(Outcome.DUPLICATE, new Reason.SeenBefore(seen.applied()))
          : draft.decision(Outcome.REFUSED, new Reason.IdReused(seen.at()));
    }
    if (event instanceof Interview interview) {
      return draft.award(interview);
    } else if (event instanceof Submitted submitted) {
      return draft.charge(submitted);
    } else if (event instanceof Closed closed) {
      return draft.close(closed);
    } else if (event instanceof Withdrawn withdrawn) {
      return draft.withdraw(withdrawn);
    } else if (event instanceof Bought bought) {
      draft.post("Connects bought", bought.amount(), bought.id());
      return draft.applied(event, new Reason.Granted(bought.amount()));
    }
    return draft.refused(event, new Reason.NoEffect(((Archived) event).proposal()));
  }

  /** A wallet in the making. */
  private static final class Draft {

    private final boolean plus;
    private final LocalDate anchor;
    private long cycle;
    private Instant renewsAt;
    private Instant nextDue;
    private Instant clock;
    private long available;
    private long lastLine;
    private long lastClaim;
    private Instant[] awards;
    private Pending[] pending;
    private HashPMap<String, Claim> claims;
    private HashPMap<String, TreePVector<String>> jobs;
    private AmortizedPQueue<Claim> ended;
    private HashPMap<String, Seen> seen;
    private AmortizedPQueue<Seen> arrived;
    private List<Line> lines = List.of();

    Draft(boolean plus, LocalDate anchor, Instant at) {
      this.plus = plus;
      this.anchor = anchor;
      clock = at;
      renewsAt = renewal(1);
      nextDue = renewsAt;
      awards = new Instant[0];
      pending = new Pending[0];
      claims = HashTreePMap.empty();
      jobs = HashTreePMap.empty();
      ended = AmortizedPQueue.empty();
      seen = HashTreePMap.empty();
      arrived = AmortizedPQueue.empty();
    }

    Draft(Wallet wallet) {
      plus = wallet.plus();
      anchor = wallet.anchor();
      cycle = wallet.cycle();
      renewsAt = wallet.renewsAt();
      nextDue = wallet.nextDue();
      clock = wallet.clock();
      available = wallet.available();
      lastLine = wallet.lastLine();
      lastClaim = wallet.lastClaim();
      awards = wallet.awards();
      pending = wallet.pending();
      claims = wallet.claims();
      jobs = wallet.jobs();
      ended = wallet.ended();
      seen = wallet.seen();
      arrived = wallet.arrived();
    }

    private Instant renewal(long number) {
      return anchor.plusMonths(number).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    void advance(Instant to) {
      while (!nextDue.isAfter(to)) {
        clock = nextDue;
        if (renewsAt.equals(clock)) {
          renew();
        }
        while (pending.length > 0 && !pending[0].dueAt().isAfter(clock)) {
          settle();
        }
        remindOfNext();
      }
      if (to.isAfter(clock)) {
        clock = to;
      }
      forget(clock.minus(LATENESS));
    }

    private void renew() {
      if (available > MOST_ROLLED_OVER) {
        post("Rollover limit", MOST_ROLLED_OVER - available, "renewed");
      }
      cycle++;
      renewsAt = renewal(cycle + 1);
      allot();
    }

    void allot() {
      if (plus) {
        post("Plus allotment", 70, "renewed");
      }
      post("Free monthly Connects", 10, "renewed");
    }

    private void settle() {
      String event = pending[0].event();
      pending = Arrays.copyOfRange(pending, 1, pending.length);
      post("Interview award, first part", AWARD / 2, event);
      post("Interview award, second part", AWARD - AWARD / 2, event);
    }

    private void remindOfNext() {
      nextDue =
          pending.length > 0 && pending[0].dueAt().isBefore(renewsAt)
              ? pending[0].dueAt()
              : renewsAt;
    }

    private void forget(Instant oldest) {
      while (!arrived.isEmpty() && arrived.peek().at().isBefore(oldest)) {
        Seen first = arrived.peek();
        arrived = arrived.minus();
        if (first.equals(seen.get(first.id()))) {
          seen = seen.minus(first.id());
        }
      }
      while (!ended.isEmpty() && ended.peek().endedAt().orElseThrow().isBefore(oldest)) {
        Claim first = ended.peek();
        ended = ended.minus();
        if (first.equals(claims.get(first.proposal()))) {
          claims = claims.minus(first.proposal());
        }
      }
      // A late award counts in windows that end up to the lateness ago.
      while (awards.length > 0 && !awards[0].plus(WINDOW).isAfter(oldest)) {
        awards = Arrays.copyOfRange(awards, 1, awards.length);
      }
    }

    void post(String label, long amount, String cause) {
      available = Math.addExact(available, amount);
      if (lines.isEmpty()) {
        lines = new ArrayList<>(2);
      }
      lines.add(new Line(++lastLine, clock, label, amount, available, cause));
    }

    Decision award(Interview event) {
      if (event.source() != InterviewSource.PROPOSAL || !event.answered()) {
        return refused(event, new Reason.NotAnswered(event.source(), event.answered()));
      }
      Claim claim = claims.get(event.proposal());
      if (claim == null || !claim.isOpenAt(event.at())) {
        return refused(event, new Reason.NoOpenClaim(event.proposal()));
      }
      if (claim.awarded()) {
        return refused(event, new Reason.AlreadyDone(event.proposal()));
      }
      long left = left(event.at());
      if (left < AWARD) {
        return refused(event, new Reason.NoRoom(left, opensAt(event.at())));
      }
      Instant dueAt = event.at().plus(SETTLEMENT);
      awards = inserted(awards, event.at());
      insert(new Pending(event.at(), dueAt, event.id()));
      claims = claims.plus(event.proposal(), claim.withAward());
      return appliedInTime(event, new Reason.Earned(AWARD, left - AWARD, dueAt));
    }

    /** Returns what is left in every window that contains an instant. */
    private long left(Instant at) {
      long most = used(at);
      Instant end = at.plus(WINDOW);
      for (int i = awards.length - 1; i >= 0 && awards[i].isAfter(at); i--) {
        if (awards[i].isBefore(end)) {
          most = Math.max(most, used(awards[i]));
        }
      }
      return MOST_AWARDED - most;
    }

    private long used(Instant end) {
      Instant start = end.minus(WINDOW);
      long sum = 0;
      for (Instant award : awards) {
        if (award.isAfter(start) && !award.isAfter(end)) {
          sum += AWARD;
        }
      }
      return sum;
    }

    private Instant opensAt(Instant at) {
      for (Instant award : awards) {
        Instant later = award.plus(WINDOW);
        if (later.isAfter(at) && left(later) >= AWARD) {
          return later;
        }
      }
      throw new IllegalStateException("the last award leaves room when it leaves the window");
    }

    private static Instant[] inserted(Instant[] sorted, Instant at) {
      int place = sorted.length;
      while (place > 0 && sorted[place - 1].isAfter(at)) {
        place--;
      }
      Instant[] more = new Instant[sorted.length + 1];
      System.arraycopy(sorted, 0, more, 0, place);
      more[place] = at;
      System.arraycopy(sorted, place, more, place + 1, sorted.length - place);
      return more;
    }

    private void insert(Pending award) {
      int place = pending.length;
      while (place > 0 && pending[place - 1].dueAt().isAfter(award.dueAt())) {
        place--;
      }
      Pending[] more = new Pending[pending.length + 1];
      System.arraycopy(pending, 0, more, 0, place);
      more[place] = award;
      System.arraycopy(pending, place, more, place + 1, pending.length - place);
      pending = more;
      remindOfNext();
    }

    Decision charge(Submitted event) {
      if (claims.containsKey(event.proposal())) {
        return refused(event, new Reason.AlreadyDone(event.proposal()));
      }
      if (event.cost() > available) {
        return refused(event, new Reason.NotEnough(event.cost(), available));
      }
      if (event.cost() > 0) {
        post("Proposal submitted", -event.cost(), event.id());
      }
      claims =
          claims.plus(
              event.proposal(),
              new Claim(
                  ++lastClaim,
                  event.proposal(),
                  event.job(),
                  event.cost(),
                  event.at(),
                  false,
                  Optional.empty()));
      TreePVector<String> others = jobs.get(event.job());
      jobs =
          jobs.plus(
              event.job(),
              others == null
                  ? TreePVector.singleton(event.proposal())
                  : others.plus(event.proposal()));
      return applied(event, new Reason.Charged(event.proposal(), event.cost()));
    }

    Decision withdraw(Withdrawn event) {
      Claim claim = claims.get(event.proposal());
      if (claim == null || claim.endedAt().isPresent() || claim.submittedAt().isAfter(event.at())) {
        return refused(event, new Reason.NoOpenClaim(event.proposal()));
      }
      end(claim, event.at());
      return applied(event, new Reason.Ended(1, 0));
    }

    Decision close(Closed event) {
      boolean returns =
          event.outcome() == JobOutcome.CLOSED_WITHOUT_HIRE
              || event.outcome() == JobOutcome.REMOVED_FOR_VIOLATION;
      int count = 0;
      long returned = 0;
      TreePVector<String> open = jobs.get(event.job());
      if (open != null) {
        for (String proposal : open) {
          Claim claim = claims.get(proposal);
          if (!claim.submittedAt().isAfter(event.at())) {
            end(claim, event.at());
            count++;
            if (returns && claim.cost() > 0) {
              post("Connects returned", claim.cost(), event.id());
              returned += claim.cost();
            }
          }
        }
      }
      return count == 0
          ? refused(event, new Reason.NoOpenClaim(event.job()))
          : applied(event, new Reason.Ended(count, returned));
    }

    private void end(Claim claim, Instant at) {
      Claim over = claim.ended(at);
      claims = claims.plus(claim.proposal(), over);
      ended = ended.plus(over);
      TreePVector<String> others = jobs.get(claim.job()).minus(claim.proposal());
      jobs = others.isEmpty() ? jobs.minus(claim.job()) : jobs.plus(claim.job(), others);
    }

    Decision applied(Event event, Reason reason) {
      remember(event, true);
      return decision(Outcome.APPLIED, reason);
    }

    /** A late award may be due at once. */
    private Decision appliedInTime(Event event, Reason reason) {
      remember(event, true);
      advance(clock);
      return decision(Outcome.APPLIED, reason);
    }

    Decision refused(Event event, Reason reason) {
      remember(event, false);
      return decision(Outcome.REFUSED, reason);
    }

    private void remember(Event event, boolean wasApplied) {
      Seen now = new Seen(event.id(), event.at(), event.getClass(), wasApplied);
      seen = seen.plus(event.id(), now);
      arrived = arrived.plus(now);
    }

    Decision decision(Outcome outcome, Reason reason) {
      Wallet wallet =
          new Wallet(
              plus, anchor, cycle, renewsAt, nextDue, clock, available, lastLine, lastClaim, awards,
              pending, claims, jobs, ended, seen, arrived);
      return new Decision(wallet, outcome, reason, List.copyOf(lines));
    }
  }
}
