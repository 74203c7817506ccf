package io.github.allotment.testkit;

import static io.github.allotment.testkit.Run.that;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * No limit is ever exceeded. The laws recount from the rows what each limit was used for; they look
 * at limits of a fixed size that is the same in all versions that have them, and say in the
 * statistics how many histories had one that was used.
 */
public interface LimitLaws extends Laws {

  /**
   * In every window of a limit, rolling, by calendar, by cycle, by session or for ever, no more is
   * granted than its size, in whatever order the events arrive; less what was taken back, if that
   * gives room back.
   *
   * @param history any history
   */
  @Property
  default void noWindowIsEverAboveItsLimit(@ForAll("histories") History history) {
    boolean used = false;
    for (History order : List.of(history, shuffled(history))) {
      Run run = Run.toTheEnd(this, order);
      for (Limit limit : common(history.program())) {
        List<Use> uses = uses(run, limit);
        long max = ((Quantity.Fixed) limit.max()).amount();
        used |= !uses.isEmpty();
        windows(run, limit, uses)
            .forEach(
                window -> {
                  List<Use> in = uses.stream().filter(window).toList();
                  long sum = in.stream().mapToLong(Use::amount).sum();
                  that(sum <= max, limit + " has " + sum + " in one window: " + in);
                });
      }
    }
    Statistics.label("histories whose limits").collect(used ? "were used" : "were not used");
  }

  /** Swaps neighbours that are not further apart than events may be late. */
  private static History shuffled(History history) {
    List<Event> events = new ArrayList<>(history.events());
    Random random = history.random();
    for (int i = 1; i < events.size(); i++) {
      Instant before = events.get(i - 1).at();
      Instant at = events.get(i).at();
      boolean may = !at.minus(history.program().lateness()).isAfter(before);
      if (may && random.nextBoolean()) {
        Collections.swap(events, i - 1, i);
      }
    }
    return history.withEvents(events);
  }

  /** The limits of a fixed size that are the same in every version that has them. */
  private static List<Limit> common(Program program) {
    Set<Limit> limits = new LinkedHashSet<>();
    program.versions().forEach(version -> limits.addAll(version.limits()));
    return limits.stream()
        .filter(limit -> limit.max() instanceof Quantity.Fixed)
        .filter(limit -> limits.stream().filter(it -> it.name().equals(limit.name())).count() == 1)
        .toList();
  }

  /** What the rows say was granted under a limit, in the order in which it was earned. */
  private static List<Use> uses(Run run, Limit limit) {
    Program program = run.history().program();
    Set<String> rules = rulesUnder(program, limit.name());
    Map<String, Instant> earned = new LinkedHashMap<>();
    for (Run.Stage stage : run.decisions()) {
      if (stage.step().isApplied()
          && earned.put(stage.decided().id(), stage.decided().at()) != null) {
        return List.of();
      }
    }
    Map<String, Long> amounts = new LinkedHashMap<>();
    Map<Long, String> lots = new LinkedHashMap<>();
    for (Posting row : run.postings().toList()) {
      if (rules.contains(row.rule()) && row.amount() > 0 && row.event().isPresent()) {
        amounts.merge(row.event().get(), row.amount(), Math::addExact);
        row.lots().keySet().forEach(lot -> lots.put(lot, row.event().get()));
      } else if (limit.regained() && revokes(program, row.rule())) {
        row.lots().forEach((lot, change) -> giveBack(amounts, lots.get(lot), change));
      }
    }
    return earned.entrySet().stream()
        .filter(event -> amounts.containsKey(event.getKey()))
        .map(
            event ->
                new Use(
                    event.getKey(),
                    event.getValue(),
                    Objects.requireNonNull(amounts.get(event.getKey()))))
        .toList();
  }

  /** Whether what a rule takes back gives room back to the limits that say so. */
  private static boolean revokes(Program program, String name) {
    return program.versions().stream()
        .flatMap(version -> version.rules().stream())
        .anyMatch(rule -> rule.name().equals(name) && rule.effect() instanceof Effect.Revoke);
  }

  private static void giveBack(Map<String, Long> amounts, @Nullable String event, long change) {
    if (event != null) {
      amounts.merge(event, change, Math::addExact);
    }
  }

  /** The rules for events whose grants all count for a limit, in every version that has them. */
  private static Set<String> rulesUnder(Program program, String limit) {
    return program.versions().stream()
        .flatMap(version -> version.rules().stream())
        .map(Rule::name)
        .filter(
            name ->
                program.versions().stream()
                    .flatMap(version -> version.rules().stream())
                    .filter(rule -> rule.name().equals(name))
                    .allMatch(rule -> isUnder(rule, limit)))
        .collect(Collectors.toSet());
  }

  private static boolean isUnder(Rule rule, String limit) {
    return rule.effect() instanceof Effect.Grant grant
        && rule.trigger().types().stream().noneMatch(CalendarEvent::isReserved)
        && grant.limits().stream().anyMatch(within -> within.limit().equals(limit));
  }

  /** The windows that hold any of the uses. */
  private static Stream<Predicate<Use>> windows(Run run, Limit limit, List<Use> uses) {
    Program program = run.history().program();
    ZoneId zone = run.history().opening().zone();
    if (limit.regained() && renews(program)) {
      return Stream.of();
    } else if (limit.window() instanceof Window.Rolling rolling) {
      return uses.stream().map(use -> within(use.at().minus(rolling.length()).plusNanos(1), use));
    } else if (limit.window() instanceof Window.Calendar calendar) {
      return uses.stream()
          .map(use -> first(calendar.unit(), use.at(), zone))
          .distinct()
          .map(date -> between(start(date, zone), start(next(calendar.unit(), date), zone)));
    } else if (limit.window() instanceof Window.InCycle) {
      return cycles(run);
    } else if (limit.window() instanceof Window.Session session) {
      return isAllUnder(program, limit.name()) ? sessions(session.length(), uses) : Stream.of();
    }
    return limit.window() instanceof Window.Ever ? Stream.of(use -> true) : Stream.of();
  }

  private static Predicate<Use> within(Instant startInclusive, Use last) {
    return use -> !use.at().isBefore(startInclusive) && !use.at().isAfter(last.at());
  }

  private static Predicate<Use> between(Instant startInclusive, Instant endExclusive) {
    return use -> !use.at().isBefore(startInclusive) && use.at().isBefore(endExclusive);
  }

  private static Instant start(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant();
  }

  /** The cycles that were seen; one that began anew ended then. */
  private static Stream<Predicate<Use>> cycles(Run run) {
    NavigableMap<Instant, Instant> ends = new TreeMap<>();
    run.stages().stream()
        .map(stage -> stage.end().look().cycle())
        .forEach(cycle -> ends.put(cycle.startInclusive(), cycle.endExclusive()));
    return ends.entrySet().stream()
        .map(
            cycle -> {
              Instant next = ends.higherKey(cycle.getKey());
              Instant end = cycle.getValue();
              return between(cycle.getKey(), next != null && next.isBefore(end) ? next : end);
            });
  }

  /** When sessions start: with each use, in the order of arrival, that is in none before. */
  private static Stream<Predicate<Use>> sessions(Duration length, List<Use> uses) {
    TreeSet<Instant> starts = new TreeSet<>();
    for (Use use : uses) {
      boolean isIn =
          starts.stream()
              .filter(start -> !start.isAfter(use.at()))
              .max(Comparator.naturalOrder())
              .filter(start -> use.at().isBefore(start.plus(length)))
              .isPresent();
      if (!isIn) {
        starts.add(use.at());
      }
    }
    return starts.stream()
        .map(
            from -> {
              Instant next = starts.higher(from);
              Instant end = from.plus(length);
              return between(from, next != null && next.isBefore(end) ? next : end);
            });
  }

  /** Whether all that counts for a limit is in the rows in the end, and nothing is taken back. */
  private static boolean isAllUnder(Program program, String limit) {
    Set<String> under = rulesUnder(program, limit);
    return program.versions().stream()
        .flatMap(version -> version.rules().stream())
        .allMatch(
            rule ->
                !(rule.effect() instanceof Effect.Revoke)
                    && (!names(rule.effect(), limit)
                        || (under.contains(rule.name()) && settlesInTime(rule.effect()))));
  }

  private static boolean settlesInTime(Effect effect) {
    return effect instanceof Effect.Grant grant
        && grant.settlement() instanceof Effect.Settlement.After after
        && after.delay().compareTo(Run.TO_THE_END) <= 0;
  }

  private static boolean names(Effect effect, String limit) {
    List<Effect.Within> withins =
        effect instanceof Effect.Grant grant
            ? grant.limits()
            : effect instanceof Effect.Allot allot ? allot.limits() : List.of();
    return withins.stream().anyMatch(within -> within.limit().equals(limit));
  }

  /** Whether what comes back may be in a lot of its own, which does not tell what earned it. */
  private static boolean renews(Program program) {
    return program.versions().stream()
        .flatMap(version -> version.rules().stream())
        .anyMatch(
            rule ->
                rule.effect() instanceof Effect.End end
                    && end.expired() == Effect.End.Expired.NEW_LOT);
  }

  /** The first date of the stretch of the calendar that began last at an instant. */
  private static LocalDate first(Window.Calendar.Unit unit, Instant at, ZoneId zone) {
    LocalDate first = first(unit, at.atZone(zone).toLocalDate());
    LocalDate next = next(unit, first);
    return start(next, zone).isAfter(at) ? first : next;
  }

  private static LocalDate first(Window.Calendar.Unit unit, LocalDate date) {
    return switch (unit) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case YEAR -> date.withDayOfYear(1);
    };
  }

  private static LocalDate next(Window.Calendar.Unit unit, LocalDate first) {
    return switch (unit) {
      case DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case YEAR -> first.plusYears(1);
    };
  }

  /**
   * A grant under a limit on what may be held leaves no more held than the limit, if it is all that
   * its event did; of programs without a version for changed plans.
   *
   * @param history any history
   */
  @Property
  default void noGrantLeavesMoreHeldThanItsLimit(@ForAll("histories") History history) {
    boolean used = false;
    Optional<InForce> inForce = InForce.of(history);
    for (Run.Stage stage :
        inForce.isPresent() ? Run.of(this, history).decisions() : List.<Run.Stage>of()) {
      List<Rule> rules = inForce.get().rulesFor(stage.decided());
      if (!stage.step().isApplied() || rules.size() != 1) {
        continue;
      }
      for (Limit limit : common(history.program())) {
        if (limit.window() instanceof Window.Held held && isUnder(rules.get(0), limit.name())) {
          Account before = stage.start().advance(stage.decided().at()).account();
          long there = held(held, stage.end().look());
          if (there > held(held, before.look())) {
            used = true;
            long max = ((Quantity.Fixed) limit.max()).amount();
            that(there <= max, stage.name() + ": " + there + " are held under " + limit);
          }
        }
      }
    }
    Statistics.label("histories whose limits").collect(used ? "were used" : "were not used");
  }

  /** What is held of some sources; of all of them, what is pending too. */
  private static long held(Window.Held held, Snapshot now) {
    boolean all = held.sources().isEmpty();
    return (all ? now.pending() : 0)
        + now.lots().stream()
            .filter(lot -> all || held.sources().contains(lot.source()))
            .mapToLong(Snapshot.LotLeft::left)
            .sum();
  }

  /**
   * At a renewal, what is carried over is never above what a rule lets roll over; of versions with
   * one such rule, of a fixed size and without conditions, and of programs without a version for
   * changed plans.
   *
   * @param history any history
   */
  @Property
  default void noMoreIsCarriedOverThanMay(@ForAll("histories") History history) {
    boolean limited = false;
    Run run = Run.of(this, history);
    for (InForce inForce : InForce.of(history).stream().toList()) {
      for (Run.Stage stage : run.stages()) {
        Instant renewal = stage.end().look().cycle().endExclusive();
        Optional<Effect.Forfeit> rollover = rollover(inForce.at(renewal));
        limited |= rollover.isPresent();
        rollover.ifPresent(
            forfeit -> carried(stage.name(), renewal, stage.end().advance(renewal), forfeit));
      }
    }
    Statistics.label("programs with a limit on what is carried over")
        .collect(limited ? "yes" : "no");
  }

  private static long carried(Instant renewal, Step step, Effect.Forfeit forfeit) {
    return step.account().look().lots().stream()
        .filter(lot -> forfeit.sources().isEmpty() || forfeit.sources().contains(lot.source()))
        .filter(lot -> lot.grantedAt().isBefore(renewal))
        .mapToLong(Snapshot.LotLeft::left)
        .sum();
  }

  private static void carried(String what, Instant renewal, Step step, Effect.Forfeit forfeit) {
    Snapshot now = step.account().look();
    long carried = carried(renewal, step, forfeit);
    long most = ((Quantity.Fixed) forfeit.most()).amount();
    that(
        carried <= most,
        "at the renewal after "
            + what
            + ", "
            + carried
            + " are carried over, but "
            + most
            + " may be: "
            + now);
  }

  /**
   * A forfeit at a renewal cuts what is too much, and no more: if it cuts anything, as much stays
   * as may. This is said of programs in which nothing comes before it at a renewal, and that have
   * no other forfeit.
   *
   * @param history any history
   */
  @Property
  default void whatMayBeCarriedOverStays(@ForAll("histories") History history) {
    boolean cut = false;
    Run run = Run.of(this, history);
    for (InForce inForce : InForce.of(history).stream().toList()) {
      for (Run.Stage stage : run.stages()) {
        Instant renewal = stage.end().look().cycle().endExclusive();
        Policy version = inForce.at(renewal);
        Optional<Effect.Forfeit> rollover = rollover(version);
        if (rollover.isPresent() && isFirstAndOnly(rollover.get(), version)) {
          Step step = stage.end().advance(renewal);
          long forfeited =
              step.postings().stream()
                  .filter(row -> row.type() == TransactionType.FORFEIT)
                  .filter(row -> row.at().equals(renewal))
                  .mapToLong(Posting::amount)
                  .sum();
          cut |= forfeited < 0;
          long most = ((Quantity.Fixed) rollover.get().most()).amount();
          that(
              forfeited == 0 || carried(renewal, step, rollover.get()) == most,
              "at the renewal after "
                  + stage.name()
                  + ", "
                  + forfeited
                  + " is forfeited, though "
                  + most
                  + " may stay: "
                  + step.account().look());
        }
      }
    }
    Statistics.label("a limit on what is carried over").collect(cut ? "cut" : "did not cut");
  }

  private static boolean renews(Effect effect) {
    return effect instanceof Effect.Charge charge
        && charge.lapse().filter(it -> it.expired() == Effect.End.Expired.NEW_LOT).isPresent();
  }

  private static boolean isFirstAndOnly(Effect.Forfeit rollover, Policy version) {
    return version.rulesFor(CalendarEvent.RENEWED.code()).get(0).effect().equals(rollover)
        && version.ticks().isEmpty()
        && version.rulesFor(CalendarEvent.PLAN_LEFT.code()).isEmpty()
        && version.rulesFor(CalendarEvent.PLAN_ENTERED.code()).isEmpty()
        && version.rules().stream().map(Rule::effect).noneMatch(LimitLaws::renews)
        && version.rules().stream().filter(rule -> rule.effect() instanceof Effect.Forfeit).count()
            == 1;
  }

  private static Optional<Effect.Forfeit> rollover(Policy version) {
    List<Rule> rules =
        version.rulesFor(CalendarEvent.RENEWED.code()).stream()
            .filter(rule -> rule.effect() instanceof Effect.Forfeit)
            .toList();
    return rules.size() == 1
            && rules.get(0).trigger().conditions().isEmpty()
            && rules.get(0).trigger().empty().isEmpty()
            && rules.get(0).effect() instanceof Effect.Forfeit forfeit
            && forfeit.most() instanceof Quantity.Fixed
            && (!forfeit.sources().isEmpty()
                || version.sources().stream().allMatch(source -> source.plans().isEmpty()))
        ? Optional.of(forfeit)
        : Optional.empty();
  }

  /**
   * A higher limit never awards less. This holds for one rolling window of one limit that nothing
   * else shares, with the same candidates in the order of time, fixed grants and no charges, and so
   * it is tried on programs of its own and not on yours: with charges, or with limits that work
   * together, it is not true.
   *
   * @param history any history; only its random numbers are used
   */
  @Property
  default void aHigherLimitNeverAwardsLess(@ForAll("histories") History history) {
    Random random = history.random();
    Duration window = Duration.ofHours(1 + random.nextInt(72));
    long award = 1L + random.nextInt(9);
    long max = random.nextInt(60);
    Instant opened = Instant.parse("2021-01-01T00:00:00Z");
    List<Event> events = new ArrayList<>();
    Instant at = opened;
    for (int i = 0; i < 25; i++) {
      at = random.nextInt(4) == 0 ? at.plus(window) : at.plusSeconds(random.nextInt(40_000));
      events.add(Event.of("candidate-" + i, at, "candidate"));
    }
    long previous = 0;
    for (long size : List.of(max, max + 1, max + award)) {
      long awarded = awarded(window, award, size, opened, events);
      that(awarded >= previous, "a limit of " + size + " awards " + awarded + ", not " + previous);
      previous = awarded;
    }
  }

  private long awarded(Duration window, long award, long max, Instant opened, List<Event> events) {
    Program program =
        Program.named("one limit")
            .version(
                Policy.version("1", Instant.EPOCH)
                    .source("awards")
                    .limit("awards", max, Window.rolling(window))
                    .plan(Plan.monthly("plan"))
                    .rule(
                        "award",
                        Trigger.on("candidate"),
                        Effect.grant(TransactionType.AWARD, "Award", "awards", award)
                            .within("awards"))
                    .build())
            .build();
    Account account =
        underTest().accounts().apply(program).open(Opening.of("plan", opened)).account();
    return account.replay(events).stream()
        .flatMap(step -> step.postings().stream())
        .mapToLong(Posting::amount)
        .sum();
  }
}
