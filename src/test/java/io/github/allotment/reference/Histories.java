package io.github.allotment.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Makes random histories, biased to what hurts: instants that coincide or miss each other by a
 * nanosecond, events as late as they may be and just later, ids and proposals that come again, and
 * enough interviews to fill the 7 days.
 *
 * <p>A history is a list of steps, each of which places its event by what came before it. So a
 * history shrinks by dropping steps, and by steps that become simpler.
 */
final class Histories {

  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private static final List<Instant> VERSION_DATES =
      Stream.of("2020-12-01T00:00:00Z", "2021-07-23T00:00:00Z").map(Instant::parse).toList();

  /** Days on which months end, versions start, or the zones below skip or repeat midnight. */
  private static final List<LocalDate> DAYS =
      Stream.of(
              "2021-01-05",
              "2019-05-02",
              "2020-01-31",
              "2020-10-31",
              "2020-11-01",
              "2020-11-30",
              "2020-12-01",
              "2021-01-14",
              "2021-01-28",
              "2021-01-29",
              "2021-01-30",
              "2021-01-31",
              "2021-02-28",
              "2021-06-23",
              "2021-07-22",
              "2021-07-23",
              "2021-10-07",
              "2021-10-31",
              "2024-01-30",
              "2024-02-29")
          .map(LocalDate::parse)
          .toList();

  private static final List<LocalTime> TIMES =
      List.of(LocalTime.of(9, 0), LocalTime.MIDNIGHT, LocalTime.ofNanoOfDay(1), LocalTime.MAX);

  private static final List<ZoneId> ZONES =
      Stream.of(
              "UTC",
              "America/Havana",
              "Asia/Beirut",
              "Pacific/Apia",
              "America/New_York",
              "Asia/Kolkata")
          .map(ZoneId::of)
          .toList();

  private static final int PROPOSALS = 16;
  private static final int JOBS = 3;

  /** A history in the making. */
  private static final class Story {

    final ConnectsModel.Opening opening;
    final List<ConnectsModel.Event> events = new ArrayList<>();
    Instant clock;

    Story(ConnectsModel.Opening opening) {
      this.opening = opening;
      clock = opening.openedAt();
    }

    void add(ConnectsModel.Event event) {
      events.add(event);
      clock = event.at().isAfter(clock) ? event.at() : clock;
    }

    String newId() {
      return "e" + (events.size() + 1);
    }

    /** Returns the n-th event from the end, 0 being the last; empty if there are not so many. */
    Optional<ConnectsModel.Event> back(int n) {
      return n < events.size() ? Optional.of(events.get(events.size() - 1 - n)) : Optional.empty();
    }

    /** Returns when the n-th event from the end was, but not more than 24 hours ago. */
    Instant lateInstant(int n) {
      Instant oldest = clock.minus(DAY);
      return back(n).map(ConnectsModel.Event::at).filter(oldest::isBefore).orElse(oldest);
    }

    /** Returns when 24 hours after an event, or 7 days after an interview, will be over. */
    Instant end(Duration delay, int n) {
      List<Instant> ends =
          events.stream()
              .filter(event -> delay.equals(DAY) || event.type().equals("interview"))
              .map(event -> event.at().plus(delay))
              .filter(end -> !end.isBefore(clock))
              .sorted()
              .distinct()
              .toList();
      return ends.isEmpty() ? clock : ends.get(n % ends.size());
    }

    /** Returns the n-th start of a cycle after the clock, 1 being the next. */
    Instant cycleStart(int n) {
      LocalDate anchor = opening.openedAt().atZone(opening.zone()).toLocalDate();
      List<Instant> starts =
          IntStream.iterate(1, month -> month + 1)
              .mapToObj(month -> anchor.plusMonths(month).atStartOfDay(opening.zone()).toInstant())
              .filter(clock::isBefore)
              .limit(n)
              .toList();
      return starts.get(n - 1);
    }

    /** Returns the next date of a version, or the clock if there is none. */
    Instant versionDate() {
      return VERSION_DATES.stream().filter(clock::isBefore).findFirst().orElse(clock);
    }
  }

  /** Says when something happens. */
  private interface Moment {
    Instant in(Story story);
  }

  /** Says what happens. */
  private interface Deed {
    ConnectsModel.Event as(String id, Instant at);
  }

  /** Adds an event to a story. */
  private interface Step {
    void to(Story story);
  }

  private Histories() {}

  /** Returns histories of all kinds. */
  static Arbitrary<ModelHistory> all() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, interviews()), Tuple.of(1, money()), Tuple.of(1, crowds()));
  }

  /** Many interviews for many proposals, in few weeks: the 7 days fill up. */
  private static Arbitrary<ModelHistory> interviews() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequencyOf(
            Tuple.of(60, interview(PROPOSALS)),
            Tuple.of(5, settlement(PROPOSALS)),
            Tuple.of(6, submission(PROPOSALS, 0, 1, 2, 40, 60, 80, 100, 120)),
            Tuple.of(3, withdrawal(PROPOSALS)),
            Tuple.of(1, closing()),
            Tuple.of(1, archiving(PROPOSALS)),
            Tuple.of(1, purchase()));
    Arbitrary<Moment> moments =
        Arbitraries.frequencyOf(
            Tuple.of(30, later(Duration.ZERO, NANO, SECOND, HOUR)),
            Tuple.of(2, later(HOUR.multipliedBy(12), DAY, DAY.multipliedBy(2))),
            Tuple.of(2, after(DAY)),
            Tuple.of(4, after(WEEK)),
            Tuple.of(15, late()),
            Tuple.of(1, aroundRenewal(1)),
            Tuple.of(1, aroundVersionDate()));
    List<LocalDate> days =
        DAYS.stream().filter(day -> !day.isBefore(LocalDate.of(2020, 11, 30))).toList();
    return histories(days, uniform(8, PROPOSALS), uniform(0, 6), steps(moments, deeds));
  }

  /** Purchases, charges, returns and changes of plan over months. */
  private static Arbitrary<ModelHistory> money() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequencyOf(
            Tuple.of(10, purchase()),
            Tuple.of(12, submission(4, 0, 1, 2, 10, 20, 40, 41, 50, 51, 80, 140, 200, 300, 500)),
            Tuple.of(8, closing()),
            Tuple.of(10, planChange()),
            Tuple.of(6, interview(4)),
            Tuple.of(2, withdrawal(4)),
            Tuple.of(2, settlement(4)),
            Tuple.of(2, test()));
    Arbitrary<Moment> moments =
        Arbitraries.frequencyOf(
            Tuple.of(10, later(Duration.ZERO, NANO, HOUR, DAY, WEEK)),
            Tuple.of(12, aroundRenewal(1)),
            Tuple.of(2, aroundRenewal(5)),
            Tuple.of(3, aroundVersionDate()),
            Tuple.of(5, late()),
            Tuple.of(3, after(DAY)));
    return histories(DAYS, uniform(0, 3), Arbitraries.just(0), steps(moments, deeds));
  }

  /** Everything at few instants, with few names, and with ids that come again. */
  private static Arbitrary<ModelHistory> crowds() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequencyOf(
            Tuple.of(8, submission(4, 0, 1, 2, 10, 50, 100)),
            Tuple.of(8, interview(4)),
            Tuple.of(4, closing()),
            Tuple.of(4, withdrawal(4)),
            Tuple.of(3, settlement(4)),
            Tuple.of(2, archiving(4)),
            Tuple.of(2, test()),
            Tuple.of(2, planChange()),
            Tuple.of(2, purchase()));
    Arbitrary<Moment> moments =
        Arbitraries.frequencyOf(
            Tuple.of(10, later(Duration.ZERO, NANO, SECOND)),
            Tuple.of(8, after(DAY)),
            Tuple.of(1, after(WEEK)),
            Tuple.of(10, late()),
            Tuple.of(4, aroundRenewal(1)),
            Tuple.of(3, aroundVersionDate()),
            Tuple.of(1, aroundOpening()));
    return histories(DAYS, uniform(1, 4), Arbitraries.just(0), steps(moments, deeds));
  }

  /** Starts histories with some proposals and some of their interviews. */
  private static Arbitrary<ModelHistory> histories(
      List<LocalDate> days,
      Arbitrary<Integer> proposals,
      Arbitrary<Integer> interviews,
      Arbitrary<List<Step>> steps) {
    return Combinators.combine(
            openings(days),
            Combinators.combine(proposals, Arbitraries.of(0, 1, 2)).as(Histories::submissions),
            Combinators.combine(interviews, Arbitraries.of(HOUR, Duration.ZERO, NANO, DAY))
                .as(Histories::interviews),
            steps,
            untils())
        .as(Histories::history);
  }

  private static Step submissions(int proposals, long cost) {
    return story -> {
      for (int n = 1; n <= proposals; n++) {
        Instant at = story.clock.plus(SECOND);
        story.add(ModelHistory.submitted(story.newId(), at, "p" + n, job(n), cost));
      }
    };
  }

  private static Step interviews(int interviews, Duration apart) {
    return story -> {
      for (int n = 1; n <= interviews; n++) {
        Instant at = story.clock.plus(apart);
        story.add(ModelHistory.interview(story.newId(), at, "p" + n, "proposal", true));
      }
    };
  }

  private static ModelHistory history(
      ConnectsModel.Opening opening,
      Step submissions,
      Step interviews,
      List<Step> steps,
      Optional<Moment> until) {
    Story story = new Story(opening);
    submissions.to(story);
    interviews.to(story);
    steps.forEach(step -> step.to(story));
    return new ModelHistory(opening, story.events, until.map(moment -> moment.in(story)));
  }

  private static Arbitrary<ConnectsModel.Opening> openings(List<LocalDate> days) {
    return Combinators.combine(
            Arbitraries.of("basic", "plus"),
            Arbitraries.of("freelancer", "agency"),
            Arbitraries.of(days),
            Arbitraries.of(TIMES),
            Arbitraries.of(ZONES),
            Arbitraries.of(false, true))
        .as(
            (plan, account, day, time, zone, passed) ->
                new ConnectsModel.Opening(
                    plan, account, day.atTime(time).atZone(zone).toInstant(), zone, passed));
  }

  private static Arbitrary<Optional<Moment>> untils() {
    return Arbitraries.frequencyOf(
            Tuple.of(2, later(DAY, DAY.minus(NANO))),
            Tuple.of(1, later(Duration.ZERO)),
            Tuple.of(2, aroundRenewal(4)))
        .optional(0.7);
  }

  // ---------------------------------------------------------------- steps

  private static Arbitrary<List<Step>> steps(Arbitrary<Moment> moments, Arbitrary<Deed> deeds) {
    Arbitrary<Integer> back = uniform(0, 5);
    Arbitrary<Step> news =
        Combinators.combine(moments, deeds)
            .as((moment, deed) -> story -> story.add(deed.as(story.newId(), moment.in(story))));
    Arbitrary<Step> again =
        back.map(n -> story -> story.back(n).ifPresent(story::add)); // a duplicate, all the same
    Arbitrary<Step> sameIdAndInstant =
        Combinators.combine(back, deeds)
            .as(
                (n, deed) ->
                    story -> story.back(n).ifPresent(e -> story.add(deed.as(e.id(), e.at()))));
    Arbitrary<Step> sameId =
        Combinators.combine(back, moments, deeds)
            .as(
                (n, moment, deed) ->
                    story ->
                        story.back(n).ifPresent(e -> story.add(deed.as(e.id(), moment.in(story)))));
    return Arbitraries.frequencyOf(
            Tuple.of(40, news),
            Tuple.of(1, again),
            Tuple.of(1, sameIdAndInstant),
            Tuple.of(2, sameId))
        .list()
        .ofMaxSize(45)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  // ---------------------------------------------------------------- moments

  private static Arbitrary<Moment> later(Duration... steps) {
    return Arbitraries.of(steps).map(step -> story -> story.clock.plus(step));
  }

  /** Up to 24 hours behind the clock, and just beyond; or exactly when another event was. */
  private static Arbitrary<Moment> late() {
    Arbitrary<Moment> behind =
        Arbitraries.of(
                NANO,
                SECOND,
                HOUR,
                HOUR.multipliedBy(12),
                DAY.minus(NANO),
                DAY,
                DAY.plus(NANO),
                DAY.plus(SECOND))
            .map(delay -> story -> story.clock.minus(delay));
    Arbitrary<Moment> withAnother =
        nearby().map(near -> story -> story.lateInstant(near.get1()).plus(near.get2()));
    return Arbitraries.oneOf(behind, withAnother);
  }

  /** When 24 hours after an event, or 7 days after an interview, are over, and a nanosecond off. */
  private static Arbitrary<Moment> after(Duration delay) {
    return nearby().map(near -> story -> story.end(delay, near.get1()).plus(near.get2()));
  }

  private static Arbitrary<Tuple2<Integer, Duration>> nearby() {
    return Combinators.combine(uniform(0, 11), Arbitraries.of(Duration.ZERO, NANO, NANO.negated()))
        .as(Tuple::of);
  }

  private static Arbitrary<Moment> aroundRenewal(int cyclesAtMost) {
    return Combinators.combine(uniform(1, cyclesAtMost), edges())
        .as((cycles, edge) -> story -> story.cycleStart(cycles).plus(edge));
  }

  private static Arbitrary<Moment> aroundVersionDate() {
    return edges().map(edge -> story -> story.versionDate().plus(edge));
  }

  private static Arbitrary<Moment> aroundOpening() {
    return edges().map(edge -> story -> story.opening.openedAt().plus(edge));
  }

  /** What may lie between an event and an instant at which something changes. */
  private static Arbitrary<Duration> edges() {
    return Arbitraries.of(
        Duration.ZERO,
        NANO.negated(),
        NANO,
        SECOND.negated(),
        SECOND,
        DAY.negated(),
        DAY.negated().minus(NANO),
        DAY.negated().plus(NANO),
        HOUR.negated());
  }

  // ---------------------------------------------------------------- deeds

  private static Arbitrary<Deed> submission(int proposals, long... costs) {
    return Combinators.combine(proposal(proposals), jobs(), Arbitraries.of(boxed(costs)))
        .as(
            (proposal, job, cost) ->
                (id, at) -> ModelHistory.submitted(id, at, proposal, job, cost));
  }

  private static List<Long> boxed(long... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static Arbitrary<Deed> withdrawal(int proposals) {
    return proposal(proposals)
        .map(proposal -> (id, at) -> ModelHistory.withdrawn(id, at, proposal));
  }

  private static Arbitrary<Deed> archiving(int proposals) {
    return proposal(proposals).map(proposal -> (id, at) -> ModelHistory.archived(id, at, proposal));
  }

  private static Arbitrary<Deed> interview(int proposals) {
    Arbitrary<Boolean> mostly = Arbitraries.frequency(Tuple.of(30, true), Tuple.of(1, false));
    return Combinators.combine(proposal(proposals), mostly, mostly)
        .as(
            (proposal, invitedByProposal, answered) ->
                (id, at) ->
                    ModelHistory.interview(
                        id, at, proposal, invitedByProposal ? "proposal" : "invitation", answered));
  }

  private static Arbitrary<Deed> settlement(int proposals) {
    return proposal(proposals).map(proposal -> (id, at) -> ModelHistory.settled(id, at, proposal));
  }

  private static Arbitrary<Deed> closing() {
    return Combinators.combine(
            jobs(),
            Arbitraries.of("closed-without-hire", "removed-for-violation", "hired", "expired"))
        .as((job, outcome) -> (id, at) -> ModelHistory.closed(id, at, job, outcome));
  }

  /** Up to and over the rollover limits; rarely as many as there can be. */
  private static Arbitrary<Deed> purchase() {
    return Arbitraries.frequencyOf(
            Tuple.of(40, Arbitraries.of(1L, 2L, 10L, 90L, 100L, 140L, 150L, 200L, 201L)),
            Tuple.of(1, Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE - 60, Long.MAX_VALUE / 2)))
        .map(amount -> (id, at) -> ModelHistory.purchased(id, at, amount));
  }

  private static Arbitrary<Deed> planChange() {
    return Arbitraries.of("basic", "plus")
        .map(plan -> (id, at) -> ModelHistory.planChanged(id, at, plan));
  }

  private static Arbitrary<Deed> test() {
    return Arbitraries.just(ModelHistory::passed);
  }

  private static Arbitrary<String> proposal(int proposals) {
    return uniform(1, proposals).map(number -> "p" + number);
  }

  private static Arbitrary<String> jobs() {
    return uniform(1, JOBS).map(Histories::job);
  }

  private static String job(int number) {
    return "j" + (1 + (number - 1) % JOBS);
  }

  private static Arbitrary<Integer> uniform(int first, int last) {
    return Arbitraries.integers()
        .between(first, last)
        .withDistribution(RandomDistribution.uniform());
  }
}
