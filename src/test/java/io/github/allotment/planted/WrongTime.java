package io.github.allotment.planted;

import static io.github.allotment.planted.WrongMoney.by;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.ReasonCode;
import io.github.allotment.planted.PlantedBug.On;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.reference.ProgramModel;
import io.github.allotment.testkit.Posting;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Engines that reckon time wrongly, or do what is due too often, too late or never. */
final class WrongTime {

  private WrongTime() {}

  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "of the ticks that an outage missed, only those of the last day come",
            "a missed day loses a top-up; schedules run by \"is it today?\"",
            On.example("freelancer"),
            by(TicksOfToday::new),
            "advancingInStepsIsAdvancingAtOnce"),
        new PlantedBug(
            "what is due at the instant of an event comes after it",
            "an effect at a boundary instant happens twice or not at all",
            On.connects(),
            by(EventFirst::new),
            "advancingBeforeAnEventChangesNothing"),
        new PlantedBug(
            "an advance to an earlier instant sets the clock back",
            "a missed day loses a top-up; schedules run by \"is it today?\"",
            On.connects(),
            by(Backwards::new),
            "advancingToThePastDoesNothing"),
        new PlantedBug(
            "a cycle starts when somebody notices",
            "a missed day loses a top-up; schedules run by \"is it today?\"",
            On.connects(),
            by(StartsWhenNoticed::new),
            "cyclesTileTime"),
        new PlantedBug(
            "the next cycle is reckoned from the one before",
            "month end: the anchor drifts",
            On.example("shutterstock"),
            by(Drifts::new),
            "cyclesComeFromTheAnchor"),
        new PlantedBug(
            "a month is 30 days",
            "monthly limits faked with 30 days",
            On.connects(),
            by(ThirtyDays::new),
            "cyclesComeFromTheAnchor"),
        new PlantedBug(
            "cycles start at the same hour as the first, in UTC",
            "daylight saving moves a cycle",
            On.connects(),
            by(NoDaylightSaving::new),
            "cyclesComeFromTheAnchor"),
        new PlantedBug(
            "a late event's row bears the event's own time",
            "an effect at a boundary instant happens twice or not at all",
            On.connects(),
            by(RowsInThePast::new),
            "rowsComeInTheOrderOfTime"),
        new PlantedBug(
            "a tick at the clock comes again with the next advance",
            "an effect at a boundary instant happens twice or not at all",
            On.example("kind-billed-yearly"),
            by(TicksAgain::new),
            "anAdvanceTwiceIsAnAdvanceOnce"),
        new PlantedBug(
            "a renewal comes again when it comes with an event",
            "another event in the period re-applies a recurrence",
            On.connects(),
            by(RenewsAgain::new),
            "everyCycleAllotsOnce"),
        new PlantedBug(
            "a renewal that meets the end of a pending award is left out",
            "an effect at a boundary instant happens twice or not at all",
            On.connects(),
            by(NoRenewalThen::new),
            "everyCycleAllotsOnce"),
        new PlantedBug(
            "every plan allots what the smallest does",
            "a top-up of another plan",
            On.connects(),
            by(SmallestPlan::new),
            "everyCycleAllotsOnce"),
        new PlantedBug(
            "the oldest version that is in force wins",
            "two policy changes: the oldest silently wins",
            On.connects(),
            by(OldestVersion::new),
            "theVersionInForceDecides"),
        new PlantedBug(
            "a late event is judged by the version in force when it arrives",
            "two policy changes: the oldest silently wins",
            On.connects(),
            by(VersionOfArrival::new),
            "theVersionInForceDecides"),
        new PlantedBug(
            "a late event is granted what the version says that is in force when it arrives",
            "two policy changes: the oldest silently wins",
            On.newRuleEachMonth(),
            by(VersionOfArrival::new),
            "theVersionInForceDecides"));
  }

  private static final class SmallestPlan extends ProgramModel {
    SmallestPlan(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Plan plan(String name) {
      Plan its = super.plan(name);
      Plan smallest =
          version(clock).plans().stream().min(Comparator.comparing(Plan::size)).orElseThrow();
      return new Plan(name, its.cycle(), its.anchor(), smallest.allotment());
    }
  }

  private static final class TicksOfToday extends ProgramModel {
    TicksOfToday(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    public void advance(Instant to) {
      Instant today = to.minus(Duration.ofDays(1));
      tickedTo = tickedTo.isBefore(today) ? today : tickedTo;
      super.advance(to);
    }
  }

  private static final class EventFirst extends ProgramModel {
    EventFirst(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    public ReasonCode decide(Event event) {
      before = event.at();
      try {
        return super.decide(event);
      } finally {
        before = Instant.MIN;
        advance(clock);
      }
    }

    private Instant before = Instant.MIN;

    @Override
    protected boolean isDue(Instant due, Instant to) {
      return super.isDue(due, to) && !due.equals(before);
    }
  }

  private static final class Backwards extends ProgramModel {
    Backwards(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    public void advance(Instant to) {
      super.advance(to);
      if (!to.isBefore(openedAt)) {
        clock = to;
      }
    }

    @Override
    public ReasonCode decide(Event event) {
      Instant latest = clock;
      ReasonCode code = super.decide(event);
      clock = latest.isAfter(clock) ? latest : clock;
      return code;
    }
  }

  private static final class StartsWhenNoticed extends ProgramModel {
    StartsWhenNoticed(Program program, Opening opening) {
      super(program, opening);
    }

    private Instant noticed = Instant.MIN;

    @Override
    public void advance(Instant to) {
      noticed = to;
      super.advance(to);
    }

    @Override
    protected void beginCycle(LocalDate from, Period length, long index) {
      super.beginCycle(from, length, index);
      cycleStarts.set(cycleStarts.size() - 1, noticed);
    }
  }

  private static final class Drifts extends ProgramModel {
    Drifts(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Instant start(LocalDate from, Period length, long index) {
      LocalDate date = from;
      for (long i = 0; i < index; i++) {
        date = date.plus(length);
      }
      return index < 0 ? super.start(from, length, index) : date.atStartOfDay(zone).toInstant();
    }
  }

  private static final class ThirtyDays extends ProgramModel {
    ThirtyDays(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Instant start(LocalDate from, Period length, long index) {
      return super.start(from, Period.ofDays((int) (30 * length.toTotalMonths())), index);
    }
  }

  private static final class NoDaylightSaving extends ProgramModel {
    NoDaylightSaving(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Instant start(LocalDate from, Period length, long index) {
      return from.atStartOfDay(zone)
          .withZoneSameInstant(ZoneOffset.UTC)
          .plus(length.multipliedBy((int) index))
          .toInstant();
    }
  }

  private static final class RowsInThePast extends ProgramModel {
    RowsInThePast(Program program, Opening opening) {
      super(program, opening);
    }

    private Optional<Event> deciding = Optional.empty();

    @Override
    protected ReasonCode byRules(Event event) {
      deciding = Optional.of(event);
      ReasonCode code = super.byRules(event);
      deciding = Optional.empty();
      return code;
    }

    @Override
    protected void post(
        Optional<String> event, TransactionType type, List<Draw> moves, String rule) {
      super.post(event, type, moves, rule);
      if (deciding.isPresent() && !moves.isEmpty()) {
        Posting row = rows.remove(rows.size() - 1);
        rows.add(
            new Posting(
                deciding.get().at(),
                row.type(),
                row.amount(),
                row.balance(),
                row.event(),
                row.rule(),
                row.lots()));
      }
    }
  }

  private static final class TicksAgain extends ProgramModel {
    TicksAgain(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    public void advance(Instant to) {
      if (tickedTo.equals(clock) && !tickedTo.equals(openedAt) && !to.isBefore(clock)) {
        tickedTo = clock.minusNanos(1);
      }
      super.advance(to);
    }
  }

  private static final class RenewsAgain extends ProgramModel {
    RenewsAgain(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    public ReasonCode decide(Event event) {
      ReasonCode code = super.decide(event);
      if (code == ReasonCode.APPLIED
          && event.at().equals(clock)
          && renewals > 0
          && clock.equals(cycle().startInclusive())) {
        calendar("renewed");
      }
      return code;
    }
  }

  private static final class NoRenewalThen extends ProgramModel {
    NoRenewalThen(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void renew() {
      if (waiting.stream().anyMatch(award -> award.dueAt().equals(clock))) {
        nextCycle();
      } else {
        super.renew();
      }
    }
  }

  private static final class OldestVersion extends ProgramModel {
    OldestVersion(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Policy version(Instant at) {
      return program.versions().get(0);
    }
  }

  private static final class VersionOfArrival extends ProgramModel {
    VersionOfArrival(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Policy version(Instant at) {
      return super.version(at.isBefore(clock) ? clock : at);
    }
  }
}
