package io.github.allotment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Maps;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one type of event, by the value of the fact that tells most of them apart; so that
 * an event of a program with many rules meets only the few that may be meant for it.
 *
 * @param all the rules, in the order in which they apply
 * @param fact a fact of the event; null if none tells rules apart
 * @param byValue for each value of the fact that a rule asks for, the rules that accept it
 * @param others the rules that accept any value, or none
 */
record RuleIndex(
    ImmutableList<ReadyRule> all,
    @Nullable String fact,
    ImmutableMap<FactValue, ImmutableList<ReadyRule>> byValue,
    ImmutableList<ReadyRule> others) {

  static RuleIndex of(List<ReadyRule> rules) {
    ImmutableSetMultimap<String, FactValue> values = values(rules);
    String fact = null;
    int most = 1;
    for (String some : values.keySet()) {
      if (values.get(some).size() > most) {
        fact = some;
        most = values.get(some).size();
      }
    }
    ImmutableList<ReadyRule> all = ImmutableList.copyOf(rules);
    return fact == null
        ? new RuleIndex(all, null, ImmutableMap.of(), all)
        : by(fact, values.get(fact), all);
  }

  private static RuleIndex by(
      String fact, ImmutableSet<FactValue> values, ImmutableList<ReadyRule> rules) {
    return new RuleIndex(
        rules,
        fact,
        ImmutableMap.copyOf(Maps.asMap(values, value -> accepting(rules, fact, value))),
        accepting(rules, fact, null));
  }

  /** Returns the values that some rule asks for, by the fact of the event. */
  private static ImmutableSetMultimap<String, FactValue> values(List<ReadyRule> rules) {
    ImmutableSetMultimap.Builder<String, FactValue> values = ImmutableSetMultimap.builder();
    for (ReadyRule rule : rules) {
      for (Condition condition : rule.rule().trigger().conditions()) {
        if (condition.whose() == Condition.Whose.EVENT) {
          values.putAll(condition.fact(), condition.accepted());
        }
      }
    }
    return values.build();
  }

  /** Tells whether a condition looks at a fact of the event. */
  static boolean asks(Condition condition, String fact) {
    return condition.whose() == Condition.Whose.EVENT && condition.fact().equals(fact);
  }

  /** Returns the rules that a value of a fact, or the lack of one, does not keep from applying. */
  private static ImmutableList<ReadyRule> accepting(
      List<ReadyRule> rules, String fact, @Nullable FactValue value) {
    return rules.stream()
        .filter(
            rule ->
                rule.rule().trigger().conditions().stream()
                    .filter(condition -> asks(condition, fact))
                    .allMatch(condition -> value != null && condition.accepted().contains(value)))
        .map(rule -> rule.knowing(fact))
        .collect(toImmutableList());
  }

  /** Returns the rules that may apply to an event, in the order in which they apply. */
  ImmutableList<ReadyRule> rulesFor(Event event) {
    FactValue value = fact == null ? null : event.brings(fact);
    return value == null ? others : byValue.getOrDefault(value, others);
  }
}
