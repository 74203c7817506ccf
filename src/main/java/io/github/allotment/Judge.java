package io.github.allotment;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the rules of the version in force to what happens. */
final class Judge {

  /** The tally of a rule that no other meets the occasion with. */
  final Tally ofOne = new Tally(true);

  /**
   * Applies the rules for a host's event to a draft.
   *
   * @return why the event is refused, in order of precedence; empty if it is applied
   */
  List<Reason> judge(Draft draft, Event event) {
    draft.begin();
    Derived.Edition edition = draft.edition(event.at());
    RuleIndex rules = edition.rules().get(event.type());
    if (rules == null) {
      String version = edition.version().version();
      return ImmutableList.of(new Reason.NoRule(event.type(), event.at(), version));
    }
    RuleCase first = applying(draft, rules.rulesFor(event), event);
    if (first == null) {
      return byPrecedence(closestFirst(draft, rules.all(), event));
    }
    act(first);
    return areUnopposed(first) ? ImmutableList.of() : byPrecedence(refusals(first));
  }

  /** Returns the first of the rules that apply, which leads to the others; null if none does. */
  private @Nullable RuleCase applying(Draft draft, List<ReadyRule> rules, Event event) {
    RuleCase first = null;
    for (int i = rules.size() - 1; i >= 0; i--) {
      RuleCase rule = new RuleCase(this, draft, rules.get(i), event.at(), event, first);
      if (rule.applies()) {
        first = rule;
      }
    }
    if (first != null && first.next != null) {
      Tally together = new Tally(false);
      for (RuleCase rule = first; rule != null; rule = rule.next) {
        rule.tally = together;
      }
    }
    return first;
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
  private List<Reason> closestFirst(Draft draft, List<ReadyRule> rules, Event event) {
    if (rules.size() == 1) {
      return new RuleCase(this, draft, rules.get(0), event.at(), event, null).missing();
    }
    List<Lack> lacks = new ArrayList<>(rules.size());
    for (ReadyRule ready : rules) {
      RuleCase rule = new RuleCase(this, draft, ready, event.at(), event, null);
      lacks.add(new Lack(ready.rule(), rule.missing()));
    }
    lacks.sort(
        Comparator.comparing(Lack::wouldDoNothing).thenComparing(lack -> lack.reasons().size()));
    ImmutableList.Builder<Reason> reasons = ImmutableList.builder();
    lacks.forEach(lack -> reasons.addAll(lack.reasons()));
    return reasons.build();
  }

  /**
   * Judges all rules of an event together, and lets them act if nothing speaks against any.
   * Something may speak against one even then: that another has taken what it was judged to have.
   */
  private static void act(RuleCase first) {
    for (RuleCase rule = first; rule != null; rule = rule.next) {
      rule.judge();
    }
    if (areUnopposed(first)) {
      for (RuleCase rule = first; rule != null; rule = rule.next) {
        rule.act();
      }
    }
  }

  private static boolean areUnopposed(RuleCase first) {
    for (RuleCase rule = first; rule != null; rule = rule.next) {
      if (rule.isRefused()) {
        return false;
      }
    }
    return true;
  }

  private static List<Reason> refusals(RuleCase first) {
    if (first.next == null) {
      return first.refusals();
    }
    ImmutableList.Builder<Reason> refusals = ImmutableList.builder();
    for (RuleCase rule = first; rule != null; rule = rule.next) {
      refusals.addAll(rule.refusals());
    }
    return refusals.build();
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
    for (ReadyRule ready : rules.all()) {
      RuleCase rule = new RuleCase(this, draft, ready, draft.clock, null, null);
      if (rule.applies()) {
        act(rule);
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
    draft.left = ImmutableList.of();
  }
}
