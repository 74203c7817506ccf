package io.github.allotment;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What time does to a wallet.
 *
 * <p>At one instant, expiry comes first, then the release of holds, then renewal (the waiting plan,
 * then the rules), then the settlement of pending awards in the order in which they were earned.
 */
final class Timeline {

  private final Judge judge;

  Timeline(Judge judge) {
    this.judge = judge;
  }

  /** Does all that is due up to an instant; an instant behind the clock changes nothing. */
  void advance(Draft draft, Instant to, List<Consequence> consequences) {
    if (to.isBefore(draft.clock)) {
      return;
    }
    for (Instant due = nextDue(draft); !due.isAfter(to); due = nextDue(draft)) {
      next(draft, due, consequences);
    }
    draft.clock = to;
    draft.contents = draft.contents.spending(draft.derived.spending(draft.version(to)));
    draft.forget();
  }

  /** Returns what is done up to and with the next renewal, and what settles after it. */
  List<Upcoming> upcoming(Draft draft) {
    ImmutableList.Builder<Upcoming> upcoming = ImmutableList.builder();
    Upcoming next;
    do {
      next = next(draft, nextDue(draft), new ArrayList<>());
      upcoming.add(next);
    } while (!(next instanceof Upcoming.Renewal));
    draft.contents.awards().values().forEach(award -> upcoming.add(new Upcoming.Settlement(award)));
    return upcoming.build();
  }

  private static Instant nextDue(Draft draft) {
    return nextDue(draft.contents, draft.renewsAt);
  }

  /** Returns the next instant at which time does something. */
  static Instant nextDue(Contents contents, Instant renewsAt) {
    Instant due = renewsAt;
    if (!contents.expiring().isEmpty()) {
      due = earlier(due, contents.expiring().firstKey().expiresAt());
    }
    if (!contents.releases().isEmpty()) {
      due = earlier(due, contents.releases().first().closesAt());
    }
    if (!contents.awards().isEmpty()) {
      due = earlier(due, contents.awards().firstKey().dueAt());
    }
    return due;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private Upcoming next(Draft draft, Instant due, List<Consequence> consequences) {
    if (due.isAfter(draft.clock)) {
      draft.clock = due;
    }
    int rows = draft.transactions.size();
    if (!draft.contents.expired(draft.clock).isEmpty()) {
      Ledger.expire(draft);
      return new Upcoming.Expiry(draft.clock, draft.transactionsFrom(rows));
    }
    Optional<Claim> released = draft.contents.releasedBy(draft.clock);
    if (released.isPresent()) {
      consequences.add(release(draft, released.get()));
      draft.endOccasion();
      return new Upcoming.Release(draft.clock, released.get());
    }
    if (due.equals(draft.renewsAt)) {
      renew(draft, consequences);
      draft.endOccasion();
      return new Upcoming.Renewal(draft.clock, draft.plan, draft.transactionsFrom(rows));
    }
    PendingAward award = draft.contents.awards().firstEntry().getValue();
    consequences.add(settle(draft, award));
    draft.endOccasion();
    return new Upcoming.Settlement(award);
  }

  private void renew(Draft draft, List<Consequence> consequences) {
    Instant at = draft.renewsAt;
    draft.waitingPlan.ifPresent(draft::switchPlan);
    draft.waitingPlan = Optional.empty();
    draft.renewals = Math.incrementExact(draft.renewals);
    draft.cycleIndex++;
    Plan plan = draft.version(at).plan(draft.plan).orElseThrow();
    if (!plan.cycle().equals(draft.cycle)) {
      draft.anchor = at.atZone(draft.before.zone()).toLocalDate();
      draft.cycle = plan.cycle();
      draft.cycleIndex = 0;
    }
    draft.renewsAt =
        Cycles.start(draft.anchor, draft.cycle, draft.cycleIndex + 1, draft.before.zone());
    judge.applyCalendar(draft, CalendarEvent.RENEWED, consequences);
  }

  private static Consequence release(Draft draft, Claim claim) {
    Cause cause =
        new Cause(Optional.empty(), "release of a hold", draft.version(draft.clock).version());
    draft.changeClaim(claim, claim.ended(claim.closesAt().orElseThrow()));
    Ledger.giveBack(draft, "Hold released", claim.lastDraws(claim.amount()), cause);
    return new Consequence.Returned(cause.rule(), cause.version(), claim.subject(), claim.amount());
  }

  /** Makes a pending award available at the clock. */
  static Consequence settle(Draft draft, PendingAward award) {
    Ledger.settle(draft, award);
    return new Consequence.Settled(
        award.cause().rule(), award.cause().version(), award.amount(), award.earnedAt());
  }
}
