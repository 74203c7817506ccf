package io.github.allotment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What time does to a wallet.
 *
 * <p>At one instant, expiry comes first, then the release of holds, then renewal (the waiting plan,
 * then the rules), then ticks, then the settlement of pending awards in the order in which they
 * were earned.
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

  /** Returns what is done up to and with the next renewal, and when what is pending now settles. */
  List<Upcoming> upcoming(Draft draft) {
    ImmutableList.Builder<Upcoming> upcoming = ImmutableList.builder();
    Contents now = draft.contents;
    Upcoming next;
    do {
      next = next(draft, nextDue(draft), new ArrayList<>());
      upcoming.add(next);
    } while (!(next instanceof Upcoming.Renewal));
    draft.contents.awards().values().stream()
        .filter(award -> now.awards().containsKey(Keys.Due.of(award)))
        .forEach(award -> upcoming.add(new Upcoming.Settlement(award)));
    return upcoming.build();
  }

  /** Returns the next instant at which time does something. */
  static Instant nextDue(Draft draft) {
    Contents contents = draft.contents;
    Instant due = nextTick(draft).map(tick -> earlier(tick, draft.renewsAt)).orElse(draft.renewsAt);
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

  /** Returns the next instant at which a tick of the version then in force is due. */
  private static Optional<Instant> nextTick(Draft draft) {
    Optional<Instant> next = Optional.empty();
    Instant until = Instant.MAX;
    for (Policy version : Lists.reverse(draft.program.versions())) {
      for (Tick tick : version.ticks()) {
        Instant at = nextTick(draft, tick, version.fromInclusive());
        if (at.isBefore(until) && next.map(at::isBefore).orElse(true)) {
          next = Optional.of(at);
        }
      }
      until = version.fromInclusive();
    }
    return next;
  }

  /**
   * Returns the first occurrence of a tick after those that are done, and not before an instant.
   */
  private static Instant nextTick(Draft draft, Tick tick, Instant from) {
    Instant opened = draft.before.openedAt();
    Instant after = draft.tickedTo.isBefore(from) ? from.minusNanos(1) : draft.tickedTo;
    long done =
        after.isBefore(opened) ? 0 : Duration.between(opened, after).dividedBy(tick.every());
    return opened.plus(tick.every().multipliedBy(done + 1));
  }

  private static boolean isDue(Draft draft, Tick tick) {
    Duration since = Duration.between(draft.before.openedAt(), draft.clock);
    return !since.isZero()
        && tick.every().multipliedBy(since.dividedBy(tick.every())).equals(since);
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
    if (nextTick(draft).filter(due::equals).isPresent()) {
      draft.tickedTo = due;
      for (Tick tick : draft.version(due).ticks()) {
        if (isDue(draft, tick)) {
          judge.applyCalendar(draft, tick.type(), consequences);
        }
      }
      draft.endOccasion();
      return new Upcoming.Ticked(draft.clock, draft.transactionsFrom(rows));
    }
    PendingAward award = draft.contents.awards().firstEntry().getValue();
    consequences.add(settle(draft, award));
    draft.endOccasion();
    return new Upcoming.Settlement(award);
  }

  private void renew(Draft draft, List<Consequence> consequences) {
    draft.waitingPlan.ifPresentOrElse(
        plan -> judge.changePlan(draft, plan, consequences, () -> startNextCycle(draft)),
        () -> startNextCycle(draft));
    judge.applyCalendar(draft, CalendarEvent.RENEWED.code(), consequences);
  }

  private static void startNextCycle(Draft draft) {
    Plan plan = draft.version(draft.clock).plan(draft.plan).orElseThrow();
    if (plan.cycle().equals(draft.cycle)) {
      draft.startCycle(draft.anchor, draft.cycle, draft.cycleIndex + 1);
    } else {
      draft.restartCycle(plan);
    }
  }

  private static Consequence release(Draft draft, Claim claim) {
    Cause cause =
        new Cause(Optional.empty(), "release of a hold", draft.version(draft.clock).version());
    draft.changeClaim(claim, claim.ended(claim.closesAt().orElseThrow()));
    Ledger.giveBack(draft, "Hold released", claim.lastDraws(claim.amount()), cause);
    return new Consequence.Returned(
        cause.rule(), cause.version(), claim.subject(), claim.amount(), draft.clock);
  }

  /** Makes a pending award available at the clock. */
  static Consequence settle(Draft draft, PendingAward award) {
    Ledger.settle(draft, award);
    return new Consequence.Settled(
        award.cause().rule(), award.cause().version(), award.amount(), award.earnedAt());
  }
}
