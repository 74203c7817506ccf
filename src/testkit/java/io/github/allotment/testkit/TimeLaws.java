package io.github.allotment.testkit;

import static io.github.allotment.testkit.Run.same;
import static io.github.allotment.testkit.Run.sameAccount;
import static io.github.allotment.testkit.Run.that;

import io.github.allotment.Cycle;
import io.github.allotment.Opening;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Time does the same, however it is let pass. */
public interface TimeLaws extends Laws {

  /**
   * One long advance equals many short ones, over the same instants and beside them.
   *
   * @param history any history
   */
  @Property
  default void advancingInStepsIsAdvancingAtOnce(@ForAll("histories") History history) {
    Random random = history.random();
    Account start = Run.of(this, history).last();
    Instant from = start.look().clock();
    Instant to = from.plus(Duration.ofHours(1 + random.nextInt(2_400)));
    TreeSet<Instant> stops = new TreeSet<>();
    long seconds = Duration.between(from, to).toSeconds();
    for (int i = 0; i < 4; i++) {
      stops.add(from.plusSeconds((long) (random.nextDouble() * seconds)));
    }
    Step atOnce = start.advance(to);
    for (Posting row : atOnce.postings()) {
      stops.add(random.nextBoolean() ? row.at() : row.at().minusNanos(1));
    }
    stops.removeIf(stop -> stop.isBefore(from) || stop.isAfter(to));
    stops.add(to);
    Account now = start;
    List<Posting> rows = new ArrayList<>();
    for (Instant stop : stops) {
      Step step = now.advance(stop);
      rows.addAll(step.postings());
      now = step.account();
      same("the clock after an advance", stop, now.look().clock());
    }
    same("rows of an advance by way of " + stops, atOnce.postings(), rows);
    sameAccount("after an advance by way of " + stops, atOnce.account(), now);
  }

  /**
   * Advancing before an event, to its instant or part of the way, does not change what comes of it.
   *
   * @param history any history
   */
  @Property
  default void advancingBeforeAnEventChangesNothing(@ForAll("histories") History history) {
    Random random = history.random();
    for (Run.Stage stage : Run.of(this, history).decisions()) {
      Instant clock = stage.start().look().clock();
      Instant at = stage.decided().at();
      if (!at.isAfter(clock)) {
        continue;
      }
      long seconds = Duration.between(clock, at).toSeconds();
      Instant stop =
          random.nextBoolean() ? at : at.minusSeconds((long) (random.nextDouble() * seconds));
      Step advanced = stage.start().advance(stop);
      Step decided = advanced.account().decide(stage.decided());
      String what = stage.name() + " after an advance to " + stop;
      List<Posting> rows = new ArrayList<>(advanced.postings());
      rows.addAll(decided.postings());
      same(what + ", rows", stage.step().postings(), rows);
      same(what + ", reason", stage.step().reason(), decided.reason());
      sameAccount(what, stage.end(), decided.account());
    }
  }

  /**
   * Time does not run backwards, and to advance to the clock does nothing.
   *
   * @param history any history
   */
  @Property
  default void advancingToThePastDoesNothing(@ForAll("histories") History history) {
    Account last = Run.of(this, history).last();
    Instant clock = last.look().clock();
    for (Instant to : List.of(clock, clock.minusNanos(1), clock.minus(Duration.ofDays(40)))) {
      Step step = last.advance(to);
      same("rows of an advance to " + to, List.of(), step.postings());
      sameAccount("after an advance to " + to, last, step.account());
    }
  }

  /**
   * Cycles tile time: the clock is in the account's cycle, and where one ends the next starts. Not
   * of wallets with cycles of a day that meet a day which their zone leaves out: its cycle is
   * empty.
   *
   * @param history any history
   */
  @Property
  default void cyclesTileTime(@ForAll("histories") History history) {
    Run run = Run.of(this, history);
    for (Run.Stage stage : run.stages()) {
      inItsCycle(stage.name(), stage.end());
    }
    Account now = run.last();
    for (int i = 0; i < 14; i++) {
      Cycle before = now.look().cycle();
      Account end = now.advance(before.endExclusive().minusNanos(1)).account();
      same("the cycle a nanosecond before its end", before, end.look().cycle());
      Instant later = before.endExclusive().plus(Duration.ofHours(1));
      Cycle noticed = end.advance(later).account().look().cycle();
      now = now.advance(before.endExclusive()).account();
      Cycle after = now.look().cycle();
      same(
          "where the cycle after " + before + " starts",
          before.endExclusive(),
          after.startInclusive());
      same("the number of the cycle after " + before, before.number() + 1, after.number());
      same("cycle " + after.number() + ", an hour later", after, noticed);
      inItsCycle("cycle " + after, now);
    }
  }

  private static void inItsCycle(String what, Account account) {
    Snapshot now = account.look();
    that(
        !now.clock().isBefore(now.cycle().startInclusive())
            && now.clock().isBefore(now.cycle().endExclusive()),
        what + ": " + now.clock() + " is not in " + now.cycle());
  }

  /**
   * Rows are posted at the clock: in the order of time, never before what was there, never after.
   *
   * @param history any history
   */
  @Property
  default void rowsComeInTheOrderOfTime(@ForAll("histories") History history) {
    Instant latest = history.opening().at();
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      for (Posting row : stage.step().postings()) {
        that(!row.at().isBefore(latest), stage.name() + ": " + row + " is before " + latest);
        latest = row.at();
      }
      Instant clock = stage.end().look().clock();
      that(!latest.isAfter(clock), stage.name() + ": a row after the clock " + clock);
      latest = clock;
    }
  }

  /**
   * When nothing is due, an advance costs nothing and only moves the clock: also a second advance
   * to the instant at which something was due.
   *
   * @param history any history
   */
  @Property
  default void anAdvanceTwiceIsAnAdvanceOnce(@ForAll("histories") History history) {
    Account last = Run.of(this, history).last();
    Instant to = last.look().clock().plus(Duration.ofDays(33));
    TreeSet<Instant> instants = new TreeSet<>();
    last.advance(to).postings().forEach(row -> instants.add(row.at()));
    Instant due = instants.isEmpty() ? to : Choices.of(history.salt()).any(List.copyOf(instants));
    for (Instant instant : List.of(due, to)) {
      Account there = last.advance(instant).account();
      Step again = there.advance(instant);
      same("rows of a second advance to " + instant, List.of(), again.postings());
      sameAccount("after a second advance to " + instant, there, again.account());
    }
  }

  /**
   * The n-th cycle starts n periods after the anchor, at the first instant of that date in the
   * wallet's zone: month ends come back, and days of 23 or 25 hours move nothing. Of programs in
   * which the wallet's plan has the same cycle in all versions.
   *
   * @param history any history; only its opening is used
   */
  @Property
  default void cyclesComeFromTheAnchor(@ForAll("histories") History history) {
    Opening opening = history.opening();
    Set<Plan> plans = new LinkedHashSet<>();
    for (Policy version : history.program().versions()) {
      version
          .plan(opening.plan())
          .ifPresent(plan -> plans.add(Plan.of("any", plan.cycle()).anchoredOn(plan.anchor())));
    }
    if (plans.size() == 1 && opening.existing().isEmpty()) {
      Plan plan = plans.iterator().next();
      LocalDate anchor = plan.anchor().dateFor(opening.at().atZone(opening.zone()).toLocalDate());
      int periods = 1;
      while (!start(opening, anchor, plan, periods).isAfter(opening.at())) {
        periods++;
      }
      Account now = Run.of(this, history.withEvents(List.of())).opened();
      for (int number = 1; number <= 14; number++) {
        Instant start = start(opening, anchor, plan, periods + number - 1);
        same("the end of cycle " + (number - 1), start, now.look().cycle().endExclusive());
        now = now.advance(start).account();
        same("the start of cycle " + number, start, now.look().cycle().startInclusive());
        same("the number of cycle " + number, (long) number, now.look().cycle().number());
      }
    }
    Statistics.label("cycles of the same length").collect(plans.size() == 1 ? "yes" : "no");
  }

  private static Instant start(Opening opening, LocalDate anchor, Plan plan, int periods) {
    return anchor.plus(plan.cycle().multipliedBy(periods)).atStartOfDay(opening.zone()).toInstant();
  }

  /**
   * At every renewal the plan's allotment is posted once: not again for another event of the cycle,
   * and not left out for anything that is due at the same instant. Of programs with one rule that
   * allots at renewals, in full, without conditions and limits, and without a version for changed
   * plans. Which plan it is, is known if no rule changes the plan under a condition.
   *
   * @param history any history
   */
  @Property
  default void everyCycleAllotsOnce(@ForAll("histories") History history) {
    Optional<InForce> inForce = InForce.of(history);
    Optional<Rule> rule = inForce.flatMap(it -> allots(history.program()));
    boolean renewed = false;
    boolean plansAreKnown = rule.isPresent() && plansAreKnown(history.program());
    String current = history.opening().plan();
    Optional<String> waiting = Optional.empty();
    for (Run.Stage stage :
        rule.isPresent() ? Run.toTheEnd(this, history).stages() : List.<Run.Stage>of()) {
      if (stage.before() == null) {
        continue;
      }
      SortedMap<Instant, Long> allotted = new TreeMap<>();
      for (Posting row : stage.step().postings()) {
        if (row.rule().equals(rule.get().name())) {
          allotted.merge(row.at(), row.amount(), Long::sum);
        }
      }
      long renewals = stage.end().look().cycle().number() - stage.start().look().cycle().number();
      renewed |= renewals > 0;
      Instant to = stage.end().look().clock();
      boolean always =
          inForce.get().during(stage.start().look().clock(), to).stream()
              .flatMap(version -> version.plans().stream())
              .allMatch(plan -> plan.size() > 0);
      that(
          always ? allotted.size() == renewals : allotted.size() <= renewals,
          stage.name() + ": " + renewals + " renewals up to " + to + ", but allotted " + allotted);
      Set<Long> sizes =
          history.program().versions().stream()
              .flatMap(version -> version.plans().stream())
              .map(Plan::size)
              .collect(Collectors.toSet());
      that(
          sizes.containsAll(allotted.values()),
          stage.name() + ": allotted " + allotted + ", but the plans allot " + sizes);
      if (renewals > 0) {
        current = waiting.orElse(current);
        waiting = Optional.empty();
      }
      if (plansAreKnown) {
        String now = current;
        allotted.forEach(
            (at, amount) ->
                same(
                    stage.name() + ": the allotment of " + now + " at " + at,
                    inForce.get().at(at).plan(now).orElseThrow().size(),
                    amount));
      }
      waiting = stage.step().isApplied() ? waiting(inForce.get(), stage, waiting) : waiting;
    }
    Statistics.label("renewals that allot").collect(renewed ? "yes" : "no");
  }

  private static boolean plansAreKnown(Program program) {
    return program.versions().stream()
        .flatMap(version -> version.rules().stream())
        .filter(rule -> rule.effect() instanceof Effect.SwitchPlan)
        .allMatch(
            rule -> rule.trigger().conditions().isEmpty() && rule.trigger().empty().isEmpty());
  }

  /** The plan that waits for the next renewal after an event has been applied. */
  private static Optional<String> waiting(
      InForce inForce, Run.Stage stage, Optional<String> before) {
    if (stage.event() == null) {
      return before;
    }
    return inForce.rulesFor(stage.decided()).stream()
        .filter(rule -> rule.effect() instanceof Effect.SwitchPlan)
        .flatMap(rule -> stage.decided().fact(((Effect.SwitchPlan) rule.effect()).fact()).stream())
        .map(FactValue::text)
        .findFirst()
        .or(() -> before);
  }

  private static Optional<Rule> allots(Program program) {
    Set<Rule> rules = new LinkedHashSet<>();
    boolean simple = true;
    for (Policy version : program.versions()) {
      for (Rule rule : version.rules()) {
        if (rule.effect() instanceof Effect.Allot
            && rule.trigger().types().contains(CalendarEvent.RENEWED.code())) {
          rules.add(rule);
        }
        simple &=
            !(rule.effect() instanceof Effect.SwitchPlan change)
                || change.when() == Effect.SwitchPlan.When.NEXT_RENEWAL;
      }
    }
    return simple && rules.size() == 1
        ? rules.stream()
            .filter(
                rule ->
                    rule.trigger().conditions().isEmpty()
                        && rule.trigger().empty().isEmpty()
                        && rule.trigger().types().stream()
                            .allMatch(
                                type ->
                                    type.equals(CalendarEvent.OPENED.code())
                                        || type.equals(CalendarEvent.RENEWED.code()))
                        && rule.effect().equals(Effect.allot()))
            .filter(
                rule ->
                    program.versions().stream().allMatch(version -> version.rules().contains(rule)))
            .findFirst()
        : Optional.empty();
  }
}
