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
   * @param isApplied whether it is applied
   * @param acted whether a rule has acted; then the draft of a refused event must be dropped
   */
  record Verdict(List<Reason> reasons, boolean isApplied, boolean acted) {}

  /** Applies the rules for a host's event to a draft. */
  Verdict judge(Draft draft, Event event) {
    draft.forgetTold();
    Derived.Edition edition = draft.edition(event.at());
    Policy version = edition.version();
    RuleIndex rules = edition.rules().get(event.type());
    if (rules == null) {
      return refused(
          ImmutableList.of(new Reason.NoRule(event.type(), event.at(), version.version())));
    }
    Optional<Event> some = Optional.of(event);
    Instant at = event.at();
    Occasion occasion = new Occasion(at, some);
    List<ReadyRule> applying = applying(draft, rules.rulesFor(event), occasion);
    if (applying.isEmpty()) {
      return refused(closestFirst(draft, rules.all(), version, occasion));
    }
    Tally tally = applying.size() == 1 ? ofOne : new Tally(false);
    List<RuleCase> cases = ImmutableList.of();
    for (int i = 0; i < applying.size(); i++) {
      cases = Few.plus(cases, new RuleCase(this, draft, applying.get(i), occasion, tally));
    }
    boolean acted = act(cases);
    return acted && areUnopposed(cases)
        ? applied(draft.told())
        : new Verdict(byPrecedence(refusals(cases)), false, acted);
  }

  private static Verdict applied(List<Consequence> told) {
    Reason reason = new Reason.Applied(told);
    List<Reason> reasons = ImmutableList.of(reason);
    return new Verdict(reasons, true, true);
  }

  private static Verdict refused(List<Reason> reasons) {
    return new Verdict(byPrecedence(reasons), false, false);
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
      Draft draft, List<ReadyRule> rules, Policy version, Occasion occasion) {
    if (rules.size() == 1) {
      return missingFacts(draft, rules.get(0).rule(), version, occasion);
    }
    List<Lack> lacks = new ArrayList<>(rules.size());
    for (ReadyRule ready : rules) {
      Rule rule = ready.rule();
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
    List<Reason> refusals = cases.get(0).refusals();
    for (int i = 1; i < cases.size(); i++) {
      for (Reason reason : cases.get(i).refusals()) {
        refusals = Few.plus(refusals, reason);
      }
    }
    return refusals;
  }

  /**
   * Applies the rules for what the calendar brings at the draft's clock. A rule that would be
   * refused does nothing; the others apply all the same, for time can't be turned away.
   */
  void applyCalendar(Draft draft, String type) {
    Derived.Edition edition = draft.edition(draft.clock);
    RuleIndex rules = edition.rules().get(type);
    if (rules == null) {
      return;
    }
    Occasion occasion = new Occasion(draft.clock, Optional.empty());
    for (ReadyRule rule : rules.all()) {
      if (applies(draft, rule.rule(), occasion)) {
        act(List.of(new RuleCase(this, draft, rule, occasion, ofOne)));
      }
    }
  }

  /**
   * Puts a wallet on another plan at the draft's clock, with the rules on leaving and entering.
   *
   * @param between what is done when the wallet is on the new plan and its rules have not applied
   *     yet
   */
  void changePlan(Draft draft, String plan, Runnable between) {
    applyCalendar(draft, CalendarEvent.PLAN_LEFT.code());
    draft.switchPlan(plan);
    between.run();
    applyCalendar(draft, CalendarEvent.PLAN_ENTERED.code());
    draft.leftPlan = null;
  }

  private static List<ReadyRule> applying(Draft draft, List<ReadyRule> rules, Occasion occasion) {
    List<ReadyRule> applying = ImmutableList.of();
    for (int i = 0; i < rules.size(); i++) {
      if (applies(draft, rules.get(i).rule(), occasion)) {
        applying = Few.plus(applying, rules.get(i));
      }
    }
    return applying;
  }

  /** Tells whether a rule's conditions hold. */
  private static boolean applies(Draft draft, Rule rule, Occasion occasion) {
    List<Condition> conditions = rule.trigger().conditions();
    for (int i = 0; i < conditions.size(); i++) {
      if (!holds(conditions.get(i), fact(draft, conditions.get(i), occasion))) {
        return false;
      }
    }
    List<String> empty = rule.trigger().empty();
    for (int i = 0; i < empty.size(); i++) {
      if (draft.available(empty.get(i)) > 0) {
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
              : draft.terms.facts().get(condition.fact());
    };
  }
}
