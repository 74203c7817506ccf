package io.github.allotment;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies the rules of the version in force to what happens. */
final class Judge {

  private final Tally ofOne = new Tally(true);

  /** Something that rules meet: a host's event, or one of the calendar's. */
  record Occasion(Instant at, Optional<Event> event) {}

  /**
   * What the rules say to an event.
   *
   * @param reasons why it is refused, in order of precedence; or {@link Reason.Applied} alone
   * @param acted whether a rule has acted; then the draft of a refused event must be dropped
   */
  record Verdict(List<Reason> reasons, boolean acted) {

    boolean isApplied() {
      return reasons.get(0).code() == ReasonCode.APPLIED;
    }
  }

  /** Applies the rules for a host's event to a draft. */
  Verdict judge(Draft draft, Event event) {
    Derived.Edition edition = draft.edition(event.at());
    Policy version = edition.version();
    RuleIndex rules = edition.rules().get(event.type());
    if (rules == null) {
      return refused(
          ImmutableList.of(new Reason.NoRule(event.type(), event.at(), version.version())));
    }
    Occasion occasion = new Occasion(event.at(), Optional.of(event));
    List<Rule> applying = applying(draft, rules.rulesFor(event), occasion);
    if (applying.isEmpty()) {
      return refused(closestFirst(draft, rules.all(), version, occasion));
    }
    Tally tally = applying.size() == 1 ? ofOne : new Tally(false);
    List<Consequence> consequences = new ArrayList<>(1);
    ImmutableList.Builder<RuleCase> all = ImmutableList.builderWithExpectedSize(applying.size());
    for (Rule rule : applying) {
      all.add(new RuleCase(this, draft, rule, version, occasion, tally, consequences));
    }
    List<RuleCase> cases = all.build();
    boolean acted = act(cases);
    return acted && areUnopposed(cases)
        ? new Verdict(ImmutableList.of(new Reason.Applied(consequences)), true)
        : new Verdict(byPrecedence(refusals(cases)), acted);
  }

  private static Verdict refused(List<Reason> reasons) {
    return new Verdict(byPrecedence(reasons), false);
  }

  private static List<Reason> byPrecedence(List<Reason> reasons) {
    return reasons.size() == 1
        ? reasons
        : ImmutableList.sortedCopyOf(Comparator.comparing(Reason::code), reasons);
  }

  /** What a rule's conditions ask for and don't find; none if the rule applies. */
  private record Lack(Rule rule, List<Reason> reasons) {

    boolean wouldDoNothing() {
      return rule.effect() instanceof Effect.Nothing;
    }
  }

  /**
   * Returns what each rule lacks, that which lacks the least first: it is what the event was most
   * probably meant for. Nobody means an event to have no effect, so that the rules that say so come
   * last. Rules that are alike in this are in the policy's order.
   */
  private static List<Reason> closestFirst(
      Draft draft, List<Rule> rules, Policy version, Occasion occasion) {
    if (rules.size() == 1) {
      return missingFacts(draft, rules.get(0), version, occasion);
    }
    List<Lack> lacks = new ArrayList<>(rules.size());
    for (Rule rule : rules) {
      lacks.add(new Lack(rule, missingFacts(draft, rule, version, occasion)));
    }
    lacks.sort(
        Comparator.comparing(Lack::wouldDoNothing).thenComparing(lack -> lack.reasons().size()));
    ImmutableList.Builder<Reason> reasons = ImmutableList.builder();
    lacks.forEach(lack -> reasons.addAll(lack.reasons()));
    return reasons.build();
  }

  /**
   * Judges all rules of an event together, and lets them act if nothing speaks against any; tells
   * whether they acted. Something may speak against one even then: that another has taken what it
   * was judged to have.
   */
  private static boolean act(List<RuleCase> cases) {
    for (int i = 0; i < cases.size(); i++) {
      cases.get(i).judge();
    }
    if (!areUnopposed(cases)) {
      return false;
    }
    for (int i = 0; i < cases.size(); i++) {
      cases.get(i).act();
    }
    return true;
  }

  private static boolean areUnopposed(List<RuleCase> cases) {
    for (int i = 0; i < cases.size(); i++) {
      if (!cases.get(i).refusals().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<Reason> refusals(List<RuleCase> cases) {
    ImmutableList.Builder<Reason> refusals = ImmutableList.builderWithExpectedSize(1);
    for (int i = 0; i < cases.size(); i++) {
      refusals.addAll(cases.get(i).refusals());
    }
    return refusals.build();
  }

  /**
   * Applies the rules for what the calendar brings at the draft's clock. A rule that would be
   * refused does nothing; the others apply all the same, for time can't be turned away.
   */
  void applyCalendar(Draft draft, String type, List<Consequence> consequences) {
    Policy version = draft.version();
    Occasion occasion = new Occasion(draft.clock, Optional.empty());
    for (Rule rule : version.rulesFor(type)) {
      if (applies(draft, rule, occasion)) {
        act(List.of(new RuleCase(this, draft, rule, version, occasion, ofOne, consequences)));
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

  private static List<Rule> applying(Draft draft, List<Rule> rules, Occasion occasion) {
    ImmutableList.Builder<Rule> applying = ImmutableList.builderWithExpectedSize(1);
    for (Rule rule : rules) {
      if (applies(draft, rule, occasion)) {
        applying.add(rule);
      }
    }
    return applying.build();
  }

  /** Tells whether a rule's conditions hold. */
  private static boolean applies(Draft draft, Rule rule, Occasion occasion) {
    for (Condition condition : rule.trigger().conditions()) {
      if (!holds(condition, fact(draft, condition, occasion))) {
        return false;
      }
    }
    for (String source : rule.trigger().empty()) {
      if (draft.available(source) > 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Condition condition, @Nullable FactValue actual) {
    return actual != null && condition.accepted().contains(actual);
  }

  private static List<Reason> missingFacts(
      Draft draft, Rule rule, Policy version, Occasion occasion) {
    List<Reason> missing = new ArrayList<>();
    for (Condition condition : rule.trigger().conditions()) {
      FactValue actual = fact(draft, condition, occasion);
      if (!holds(condition, actual)) {
        missing.add(
            missing(
                rule,
                version,
                occasion,
                condition.whose(),
                condition.fact(),
                condition.accepted(),
                Optional.ofNullable(actual)));
      }
    }
    for (String source : rule.trigger().empty()) {
      long there = draft.available(source);
      if (there > 0) {
        missing.add(
            missing(
                rule,
                version,
                occasion,
                Condition.Whose.WALLET,
                "credits from " + source,
                List.of(FactValue.of(0)),
                Optional.of(FactValue.of(there))));
      }
    }
    return missing;
  }

  private static Reason missing(
      Rule rule,
      Policy version,
      Occasion occasion,
      Condition.Whose whose,
      String fact,
      List<FactValue> accepted,
      Optional<FactValue> actual) {
    return new Reason.FactMissing(
        rule.name(),
        version.version(),
        occasion.event().map(Event::type).orElse(""),
        whose,
        fact,
        accepted,
        actual);
  }

  private static @Nullable FactValue fact(Draft draft, Condition condition, Occasion occasion) {
    return switch (condition.whose()) {
      case EVENT ->
          occasion.event().isPresent() ? occasion.event().get().brings(condition.fact()) : null;
      case WALLET ->
          condition.asksPlan()
              ? FactValue.of(draft.planAt(occasion.at()))
              : draft.facts.get(condition.fact());
    };
  }
}
