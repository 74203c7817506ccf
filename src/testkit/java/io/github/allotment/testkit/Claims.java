package io.github.allotment.testkit;

import io.github.allotment.Event;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The claims of a history of which it is plain what they have taken. */
final class Claims {

  /** What a claim has taken, when, and for which group. */
  private record Taken(long amount, Instant at, Optional<String> group) {}

  private final Map<String, Taken> bySubject = new HashMap<>();

  /** Subjects and groups of which something else has happened. */
  private final Set<String> unclearSubjects = new HashSet<>();

  private final Set<String> unclearGroups = new HashSet<>();

  /** Returns the rules that may apply to an event, as far as the event says it. */
  static List<Rule> applying(List<Rule> rules, Event event) {
    return rules.stream()
        .filter(
            rule ->
                rule.trigger().conditions().stream()
                    .filter(condition -> condition.whose() == Condition.Whose.EVENT)
                    .noneMatch(condition -> isOther(event.fact(condition.fact()), condition)))
        .toList();
  }

  private static boolean isOther(Optional<FactValue> value, Condition condition) {
    return value.isPresent() && !condition.accepted().contains(value.get());
  }

  /** Returns what a rule must bring back that alone judges an event, if that is plain. */
  OptionalLong dueBack(Rule rule, Event event) {
    if (!(rule.effect() instanceof Effect.End end)
        || end.back() != Effect.End.Back.ALL
        || end.part().isPresent()) {
      return OptionalLong.empty();
    }
    return end.reach() == Effect.End.Reach.SUBJECT
        ? event.subject().map(subject -> ofSubject(subject, event)).orElse(OptionalLong.empty())
        : event.group().map(group -> ofGroup(group, event)).orElse(OptionalLong.empty());
  }

  private OptionalLong ofSubject(String subject, Event event) {
    Taken taken = bySubject.get(subject);
    return taken == null || unclearSubjects.contains(subject) || taken.at().isAfter(event.at())
        ? OptionalLong.empty()
        : OptionalLong.of(taken.amount());
  }

  private OptionalLong ofGroup(String group, Event event) {
    long sum = 0;
    for (Map.Entry<String, Taken> claim : bySubject.entrySet()) {
      if (claim.getValue().group().equals(Optional.of(group))) {
        OptionalLong one = ofSubject(claim.getKey(), event);
        if (one.isEmpty()) {
          return one;
        }
        sum += one.getAsLong();
      }
    }
    return unclearGroups.contains(group) ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  /** Notes an event that was applied, by some rules, and took so much. */
  void note(Event event, List<Rule> rules, long taken) {
    boolean charges =
        rules.size() == 1
            && rules.get(0).effect() instanceof Effect.Charge charge
            && charge.type() == TransactionType.CHARGE
            && charge.lapse().isEmpty()
            && charge.part().isEmpty();
    boolean isPlain =
        charges && event.subject().filter(subject -> !bySubject.containsKey(subject)).isPresent();
    if (isPlain) {
      bySubject.put(event.subject().orElseThrow(), new Taken(taken, event.at(), event.group()));
    } else if (rules.stream().anyMatch(Claims::touchesClaims)) {
      event.subject().ifPresent(unclearSubjects::add);
      event.group().ifPresent(this::isUnclear);
      event.subject().map(bySubject::get).flatMap(Taken::group).ifPresent(unclearGroups::add);
    }
  }

  private void isUnclear(String group) {
    unclearGroups.add(group);
    bySubject.forEach(
        (subject, taken) -> {
          if (taken.group().equals(Optional.of(group))) {
            unclearSubjects.add(subject);
          }
        });
  }

  private static boolean touchesClaims(Rule rule) {
    return rule.effect() instanceof Effect.Charge || rule.effect() instanceof Effect.End;
  }
}
