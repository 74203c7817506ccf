package io.github.allotment;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  void advance(Draft draft, Instant to) {
    if (to.isBefore(draft.clock)) {
      return;
    }
    for (Instant due = nextDue(draft); !due.isAfter(to); due = nextDue(draft)) {
      next(draft, due);
    }
    draft.clock = to;
    draft.sortLots();
    draft.forget();
  }

  /**
   * Returns what is done up to and with the next renewal, without the ticks that do nothing, and
   * when what is pending now settles.
   */
  List<Upcoming> upcoming(Draft draft) {
    ImmutableList.Builder<Upcoming> upcoming = ImmutableList.builder();
    Set<Long> pending = new LinkedHashSet<>();
    draft.contents.awards().forEach(award -> pending.add(award.number()));
    Upcoming next;
    do {
      long coming = draft.contents.pending();
      Map<String, FactValue> facts = draft.terms.facts();
      next = next(draft, nextDue(draft)).get();
      boolean isIdle =
          next instanceof Upcoming.Ticked tick
              && tick.transactions().isEmpty()
              && draft.contents.pending() == coming
              && draft.terms.facts().equals(facts);
      if (!isIdle) {
        upcoming.add(next);
      }
    } while (!(next instanceof Upcoming.Renewal));
    for (PendingAward award : draft.contents.awards()) {
      if (pending.contains(award.number())) {
        upcoming.add(new Upcoming.Settlement(award));
      }
    }
    return upcoming.build();
  }

  /** Returns the next instant at which time does something. */
  static Instant nextDue(Draft draft) {
    Contents contents = draft.contents;
    Instant due = earlier(draft.renewsAt, nextTick(draft).orElse(null));
    due = earlier(due, contents.nextExpiry());
    due = earlier(due, contents.nextRelease());
    PendingAward award = contents.nextAward();
    return earlier(due, award == null ? null : award.dueAt());
  }

  /**
   * Returns the next instant at which a tick of the version then in force is due: of the present
   * version's, up to the next one that is for everybody.
   */
  private static Optional<Instant> nextTick(Draft draft) {
    if (!draft.derived.hasTicks()) {
      return Optional.empty();
    }
    Policy version = draft.version();
    Instant since = draft.inForceSince();
    for (Policy later : laterForEverybody(draft)) {
      Optional<Instant> next = nextTick(draft, version, since);
      if (next.filter(later.fromInclusive()::isAfter).isPresent()) {
        return next;
      }
      version = later;
      since = later.fromInclusive();
    }
    return nextTick(draft, version, since);
  }

  private static List<Policy> laterForEverybody(Draft draft) {
    return draft.derived.program().versions().stream()
        .filter(version -> version.fromInclusive().isAfter(draft.clock))
        .filter(version -> version.adoption() == Adoption.EVERYBODY)
        .toList();
  }

  private static Optional<Instant> nextTick(Draft draft, Policy version, Instant since) {
    return version.ticks().stream()
        .map(tick -> nextTick(draft, version, tick, since))
        .min(Comparator.naturalOrder());
  }

  /**
   * Returns the first occurrence of a tick after those that are done, and not before an instant.
   */
  private static Instant nextTick(Draft draft, Policy version, Tick tick, Instant since) {
    Instant done = draft.tickedTo(tick.name());
    Instant after = done.isBefore(since) ? since.minusNanos(1) : done;
    return next(draft, restart(draft, version, tick.name()), tick.interval(), after);
  }

  /** Returns the first occurrence after an instant. */
  private static Instant next(
      Draft draft, Optional<Instant> restart, Tick.Interval interval, Instant after) {
    return interval instanceof Tick.Interval.Exact exact
        ? nextExact(restart.orElse(draft.openedAt()), exact.length(), after)
        : nextOfCalendar(draft, restart, ((Tick.Interval.OfCalendar) interval).period(), after);
  }

  /** Returns the last occurrence of a tick up to the clock; empty if there is none. */
  static Optional<Instant> lastTick(Draft draft, String name) {
    Policy version = draft.version();
    Optional<Instant> restart = restart(draft, version, name);
    return version.ticks().stream()
        .filter(tick -> tick.name().equals(name))
        .findFirst()
        .flatMap(tick -> last(draft, restart, tick.interval()));
  }

  private static Optional<Instant> last(
      Draft draft, Optional<Instant> restart, Tick.Interval interval) {
    Instant origin = restart.orElse(draft.openedAt());
    if (interval instanceof Tick.Interval.Exact exact) {
      long done = Duration.between(origin, draft.clock).dividedBy(exact.length());
      return Optional.of(origin.plus(exact.length().multipliedBy(done))).filter(origin::isBefore);
    }
    Period period = ((Tick.Interval.OfCalendar) interval).period();
    ZoneId zone = draft.terms.zone();
    LocalDate from = restart.map(at -> at.atZone(zone).toLocalDate()).orElse(draft.terms.anchor());
    long index = Cycles.indexAt(from, period, draft.clock, zone);
    return Optional.of(Cycles.start(from, period, index, zone)).filter(origin::isBefore);
  }

  /**
   * Returns from when a tick is reckoned that events restart: from the last of them, or, before the
   * first, from the opening, or from when the versions came that have it.
   */
  private static Optional<Instant> restart(Draft draft, Policy version, String tick) {
    Instant restart = draft.terms.restarts().get(tick);
    if (restart != null || !draft.derived.edition(version).restarted().contains(tick)) {
      return Optional.ofNullable(restart);
    }
    Instant brought = version.fromInclusive();
    for (Policy before : before(version, draft)) {
      if (!draft.derived.edition(before).restarted().contains(tick)) {
        break;
      }
      brought = before.fromInclusive();
    }
    return Optional.of(Comparators.max(brought, draft.openedAt()));
  }

  /**
   * Returns the versions before one that the wallet has been on, the last first; those of them that
   * a change of plan has brought are left out, as it has started their ticks.
   */
  private static List<Policy> before(Policy version, Draft draft) {
    List<Policy> versions = draft.derived.program().versions();
    return Lists.reverse(versions.subList(0, versions.indexOf(version))).stream()
        .filter(
            policy ->
                policy.adoption() == Adoption.EVERYBODY
                    || !draft.openedAt().isBefore(policy.fromInclusive()))
        .toList();
  }

  private static Instant nextExact(Instant origin, Duration length, Instant after) {
    long done = after.isBefore(origin) ? 0 : Duration.between(origin, after).dividedBy(length);
    return origin.plus(length.multipliedBy(done + 1));
  }

  private static Instant nextOfCalendar(
      Draft draft, Optional<Instant> restart, Period period, Instant after) {
    ZoneId zone = draft.terms.zone();
    if (restart.isPresent()) {
      LocalDate origin = restart.get().atZone(zone).toLocalDate();
      long index = Math.max(0, Cycles.indexAt(origin, period, after, zone));
      return Cycles.start(origin, period, index + 1, zone);
    }
    long index = Cycles.indexAt(draft.terms.anchor(), period, after, zone);
    return Cycles.start(draft.terms.anchor(), period, index + 1, zone);
  }

  private static Instant earlier(Instant a, @Nullable Instant b) {
    return b == null || a.isBefore(b) ? a : b;
  }

  /** Does what is due at an instant; what it was may be asked for before anything else is done. */
  private Supplier<Upcoming> next(Draft draft, Instant due) {
    if (due.isAfter(draft.clock)) {
      draft.clock = due;
    }
    int rows = draft.transactions().size();
    if (draft.contents.expires(draft.clock)) {
      draft.expire();
      return () -> new Upcoming.Expiry(draft.clock, draft.transactionsFrom(rows));
    }
    Instant release = draft.contents.nextRelease();
    if (release != null && !release.isAfter(draft.clock)) {
      Claim released = draft.contents.released();
      draft.tell(release(draft, released));
      draft.endOccasion();
      return () -> new Upcoming.Release(draft.clock, released);
    }
    if (due.equals(draft.renewsAt)) {
      renew(draft);
      draft.endOccasion();
      return () -> new Upcoming.Renewal(draft.clock, draft.plan(), draft.transactionsFrom(rows));
    }
    if (nextTick(draft).filter(due::equals).isPresent()) {
      List<String> ticks = tick(draft, due);
      draft.endOccasion();
      return () -> new Upcoming.Ticked(draft.clock, ticks, draft.transactionsFrom(rows));
    }
    PendingAward award = draft.contents.nextDueBy(draft.clock);
    draft.tell(settle(draft, award));
    draft.endOccasion();
    return () -> new Upcoming.Settlement(award);
  }

  private List<String> tick(Draft draft, Instant due) {
    Policy version = draft.version();
    Instant since = draft.inForceSince();
    List<Tick> ticks =
        version.ticks().stream()
            .filter(tick -> nextTick(draft, version, tick, since).equals(due))
            .toList();
    draft.ticked(ticks, due);
    ticks.forEach(tick -> judge.applyCalendar(draft, tick.type()));
    return ticks.stream().map(Tick::name).toList();
  }

  private void renew(Draft draft) {
    List<Tick> due = dueTicks(draft);
    draft
        .terms
        .waitingPlan()
        .ifPresentOrElse(plan -> changePlan(draft, plan), () -> startNextCycle(draft));
    judge.applyCalendar(draft, CalendarEvent.RENEWED.code());
    List<Tick> stillDue = dueTicks(draft);
    due.stream()
        .filter(tick -> !stillDue.contains(tick))
        .forEach(tick -> judge.applyCalendar(draft, tick.type()));
  }

  /** Returns the ticks that are due at the clock. */
  private static List<Tick> dueTicks(Draft draft) {
    Policy version = draft.version();
    Instant since = draft.inForceSince();
    return version.ticks().stream()
        .filter(tick -> nextTick(draft, version, tick, since).equals(draft.clock))
        .toList();
  }

  private void changePlan(Draft draft, String plan) {
    draft.tell(
        new Consequence.PlanChanged("renewal", draft.version().version(), plan, draft.clock));
    judge.changePlan(draft, plan, () -> startNextCycle(draft));
  }

  private static void startNextCycle(Draft draft) {
    Plan plan = draft.version().plan(draft.plan()).orElseThrow();
    if (draft.terms.goesOn(plan)) {
      draft.startCycle(draft.terms.anchor(), draft.terms.cycle(), draft.terms.cycleIndex() + 1);
    } else {
      draft.restartCycle(plan, draft.clock.minusNanos(1));
    }
  }

  private static Consequence release(Draft draft, Claim claim) {
    Cause cause = new Cause(Optional.empty(), "release of a hold", draft.version().version());
    draft.changeClaim(claim, claim.ended(claim.closesAt().orElseThrow()));
    boolean renews = claim.lapse().filter(Claim.Lapse::renews).isPresent();
    Ledger.giveBack(draft, "Hold released", claim.lastDraws(claim.amount()), renews, cause);
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
