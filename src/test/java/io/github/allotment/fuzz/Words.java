package io.github.allotment.fuzz;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import io.github.allotment.policy.Tick;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What events have to say so that a program understands them.
 *
 * @param types the event types of its rules, and one that no rule knows
 * @param texts all texts of the program, among them the names of plans and facts
 * @param conditions what its rules ask
 * @param plans the names of its plans, and one that it does not have
 * @param shortest the shortest cycle or tick, of which time can do very many
 * @param large whether there are numbers in it of which a few can be more than a {@code long}
 */
record Words(
    List<String> types,
    List<String> texts,
    List<Condition> conditions,
    List<String> plans,
    Duration shortest,
    boolean large) {

  private static final LocalDate FEBRUARY = LocalDate.of(2021, 2, 1);

  /** Numbers up to this one can be multiplied once and added many times. */
  static final long SMALL = 1L << 28;

  static Words of(Program program) {
    Set<String> types = new LinkedHashSet<>();
    Set<String> plans = new LinkedHashSet<>();
    Set<Condition> conditions = new LinkedHashSet<>();
    Duration shortest = Duration.ofDays(36_525);
    for (Policy version : program.versions()) {
      version.plans().forEach(plan -> plans.add(plan.name()));
      version
          .rules()
          .forEach(
              rule -> {
                types.addAll(rule.trigger().types());
                conditions.addAll(rule.trigger().conditions());
              });
      shortest =
          version.plans().stream()
              .map(plan -> length(plan.cycle()))
              .reduce(shortest, Words::shorter);
      shortest = version.ticks().stream().map(Words::length).reduce(shortest, Words::shorter);
    }
    types.removeIf(CalendarEvent::isReserved);
    types.add("unknown");
    plans.add("unknown");
    Set<String> texts = new LinkedHashSet<>();
    boolean large = collect(ProgramData.toTree(program), texts);
    return new Words(
        ImmutableList.copyOf(types),
        ImmutableList.copyOf(texts),
        ImmutableList.copyOf(conditions),
        ImmutableList.copyOf(plans),
        shortest,
        large);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration length(Period period) {
    return Duration.between(FEBRUARY.atStartOfDay(), FEBRUARY.plus(period).atStartOfDay());
  }

  private static Duration length(Tick tick) {
    return tick.interval() instanceof Tick.Interval.Exact exact
        ? exact.length()
        : length(((Tick.Interval.OfCalendar) tick.interval()).period());
  }

  /** Collects the texts; returns whether there is a large number. */
  private static boolean collect(Object tree, Set<String> texts) {
    boolean large = tree instanceof Number number && Math.abs(number.doubleValue()) > SMALL;
    if (tree instanceof Map<?, ?> map) {
      for (Object value : map.values()) {
        large |= collect(value, texts);
      }
    } else if (tree instanceof List<?> list) {
      for (Object item : list) {
        large |= collect(item, texts);
      }
    } else if (tree instanceof String text) {
      texts.add(text);
    }
    return large;
  }

  /** Draws a fact's value: one that is asked for, a name, or anything. */
  FactValue value(Condition condition, Draws draws) {
    return switch (draws.below(6)) {
      case 3 -> FactValue.of(draws.of(texts));
      case 4 -> FactValue.of(draws.number());
      case 5 -> FactValue.of(draws.once(2));
      default -> draws.of(condition.accepted());
    };
  }
}
