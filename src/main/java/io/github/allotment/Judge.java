package io.github.allotment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Applies the rules of the version in force to what happens. */
final class Judge {

  /** Something that rules meet: a host's event, or one of the calendar's. */
  record Occasion(Instant at, Optional<Event> event) {}

  /**
   * Applies the rules for a host's event to a draft.
   *
   * @return why it is refused, in order of precedence, in which case the draft may have been
   *     changed in part and must be dropped; or {@link Reason.Applied} alone
   */
  List<Reason> judge(Draft draft, Event event) {
    Policy version = draft.version(event.at());
    List<Rule> rules = version.rulesFor(event.type());
    if (rules.isEmpty()) {
      return List.of(new Reason.NoRule(event.type(), event.at(), version.version()));
    }
    Occasion occasion = new Occasion(event.at(), Optional.of(event));
    List<Reason> missing = new ArrayList<>();
    List<Reason> refusals = new ArrayList<>();
    List<Consequence> consequences = new ArrayList<>();
    boolean applies = false;
    for (Rule rule : rules) {
      List<Reason> lacks = missingFacts(draft, rule, version, occasion);
      missing.addAll(lacks);
      if (lacks.isEmpty()) {
        applies = true;
        refusals.addAll(new RuleRun(this, draft, rule, version, occasion, consequences).run());
      }
    }
    List<Reason> against = applies ? refusals : missing;
    return against.isEmpty()
        ? List.of(new Reason.Applied(consequences))
        : against.stream().sorted(Comparator.comparing(Reason::code)).collect(toImmutableList());
  }

  /**
   * Applies the rules for what the calendar brings at the draft's clock. A rule that would be
   * refused does nothing; the others apply all the same, for time can't be turned away.
   */
  void applyCalendar(Draft draft, String type, List<Consequence> consequences) {
    Policy version = draft.version(draft.clock);
    Occasion occasion = new Occasion(draft.clock, Optional.empty());
    for (Rule rule : version.rulesFor(type)) {
      if (missingFacts(draft, rule, version, occasion).isEmpty()) {
        new RuleRun(this, draft, rule, version, occasion, consequences).run();
      }
    }
  }

  /**
   * Puts a wallet on another plan at the draft's clock, with the rules on leaving and entering.
   *
   * @param between what is done when the wallet is on the new plan and its rules have not applied
   *     yet
   */
  void changePlan(Draft draft, String plan, List<Consequence> consequences, Runnable between) {
    applyCalendar(draft, CalendarEvent.PLAN_LEFT.code(), consequences);
    draft.switchPlan(plan);
    between.run();
    applyCalendar(draft, CalendarEvent.PLAN_ENTERED.code(), consequences);
    draft.leftPlan = Optional.empty();
  }

  private static List<Reason> missingFacts(
      Draft draft, Rule rule, Policy version, Occasion occasion) {
    List<Reason> missing = new ArrayList<>();
    for (Condition condition : rule.trigger().conditions()) {
      Optional<FactValue> actual = fact(draft, condition, occasion);
      if (actual.filter(condition.accepted()::contains).isEmpty()) {
        missing.add(
            new Reason.FactMissing(
                rule.name(),
                version.version(),
                occasion.event().map(Event::type).orElse(""),
                condition.whose(),
                condition.fact(),
                condition.accepted(),
                actual));
      }
    }
    return missing;
  }

  private static Optional<FactValue> fact(Draft draft, Condition condition, Occasion occasion) {
    return switch (condition.whose()) {
      case EVENT -> occasion.event().flatMap(event -> event.fact(condition.fact()));
      case WALLET ->
          condition.asksPlan()
              ? Optional.of(FactValue.of(draft.planAt(occasion.at())))
              : Optional.ofNullable(draft.facts.get(condition.fact()));
    };
  }
}
