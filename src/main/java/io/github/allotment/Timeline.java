package io.github.allotment;

import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What time does to a wallet.
 *
 * <p>At one instant, renewal comes first (the waiting plan, then the rules), then the settlement of
 * pending awards in the order in which they were earned.
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
    draft.forget();
  }

  /** Does all that is due up to the next renewal, and with it nothing else of that instant. */
  void advanceToRenewal(Draft draft) {
    List<Consequence> consequences = new ArrayList<>();
    long renewals = draft.renewals;
    while (draft.renewals == renewals) {
      next(draft, nextDue(draft), consequences);
    }
  }

  private static Instant nextDue(Draft draft) {
    return nextDue(draft.contents, draft.renewsAt);
  }

  /** Returns the next instant at which time does something. */
  static Instant nextDue(Contents contents, Instant renewsAt) {
    if (contents.awards().isEmpty()) {
      return renewsAt;
    }
    Instant settles = contents.awards().firstKey().dueAt();
    return settles.isBefore(renewsAt) ? settles : renewsAt;
  }

  private void next(Draft draft, Instant due, List<Consequence> consequences) {
    if (due.isAfter(draft.clock)) {
      draft.clock = due;
    }
    if (due.equals(draft.renewsAt)) {
      renew(draft, consequences);
    } else {
      consequences.add(settle(draft, draft.contents.awards().firstEntry().getValue()));
    }
    draft.endOccasion();
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

  /** Makes a pending award available at the clock. */
  static Consequence settle(Draft draft, PendingAward award) {
    Ledger.settle(draft, award);
    return new Consequence.Settled(
        award.cause().rule(), award.cause().version(), award.amount(), award.earnedAt());
  }
}
