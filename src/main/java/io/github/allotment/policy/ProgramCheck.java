package io.github.allotment.policy;

import static com.google.common.base.Strings.lenientFormat;

import io.github.allotment.data.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what does not go together in a program's versions. */
final class ProgramCheck {

  /** No event, and no clock of a wallet, is as late as this. */
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private final List<Problem> problems = new ArrayList<>();
  private final List<Policy> versions;

  ProgramCheck(List<Policy> versions) {
    this.versions = versions;
    if (versions.isEmpty()) {
      problem("versions", "at least one version", "there is no version");
    } else if (versions.get(0).adoption() != Adoption.EVERYBODY) {
      problem(
          "versions[0].adoption",
          "everybody",
          "the first version, %s, is not for everybody",
          versions.get(0).version());
    }
    names();
    starts();
    windows();
    parts();
    switchedPlans();
    for (int i = 1; i < versions.size(); i++) {
      follows("versions[" + i + "]", versions.get(i - 1), versions.get(i));
    }
  }

  List<Problem> problems() {
    return problems;
  }

  private void problem(String path, String expected, String found, Object... args) {
    problems.add(Problem.of(path, expected, lenientFormat(found, args)));
  }

  private void starts() {
    for (int i = 0; i < versions.size(); i++) {
      if (!versions.get(i).fromInclusive().isBefore(END)) {
        problem(
            "versions[" + i + "].from",
            "an instant before " + END,
            "version %s starts at %s, which no event comes up to",
            versions.get(i).version(),
            versions.get(i).fromInclusive());
      }
    }
  }

  private void names() {
    Set<String> seen = new LinkedHashSet<>();
    for (int i = 0; i < versions.size(); i++) {
      if (!seen.add(versions.get(i).version())) {
        problem(
            "versions[" + i + "].version",
            "a name of its own",
            "two versions have the same name: %s",
            versions.get(i).version());
      }
    }
  }

  /** Uses count under a limit's name, so that all limits of a name must sum the same way. */
  private void windows() {
    Map<String, Policy> first = new LinkedHashMap<>();
    for (int i = 0; i < versions.size(); i++) {
      Policy version = versions.get(i);
      for (int j = 0; j < version.limits().size(); j++) {
        Limit limit = version.limits().get(j);
        Policy before = first.getOrDefault(limit.name(), version);
        first.putIfAbsent(limit.name(), version);
        if (!before.limit(limit.name()).orElseThrow().window().equals(limit.window())) {
          problem(
              "versions[" + i + "].limits[" + j + "].window",
              "the window of the limit of the same name",
              "limit %s has another window in version %s than in version %s",
              limit.name(),
              version.version(),
              before.version());
        }
      }
    }
  }

  /** What ends a part must be able to find one. */
  private void parts() {
    Set<String> charged = new LinkedHashSet<>();
    for (int i = 0; i < versions.size(); i++) {
      for (Rule rule : versions.get(i).rules()) {
        if (rule.effect() instanceof Effect.Charge charge) {
          charge.part().ifPresent(charged::add);
        }
      }
      for (int j = 0; j < versions.get(i).rules().size(); j++) {
        Rule rule = versions.get(i).rules().get(j);
        if (rule.effect() instanceof Effect.End end) {
          String path = "versions[" + i + "].rules[" + j + "].end.part";
          end.part()
              .filter(part -> !charged.contains(part))
              .ifPresent(part -> notCharged(path, rule, part, charged));
        }
      }
    }
  }

  private void notCharged(String path, Rule rule, String part, Set<String> charged) {
    problems.add(
        Problem.unknown(
            path,
            "a part that is charged",
            lenientFormat("rule %s ends the part %s, which nothing charges", rule.name(), part),
            part,
            charged));
  }

  /**
   * A rule that changes to the plan that a fact names can ask that fact for declared plans only. A
   * version may ask for one that a later version brings, which is adopted by the very change.
   */
  private void switchedPlans() {
    Set<String> plans = new LinkedHashSet<>();
    versions.forEach(version -> version.plans().forEach(plan -> plans.add(plan.name())));
    for (int i = 0; i < versions.size(); i++) {
      List<Rule> rules = versions.get(i).rules();
      for (int j = 0; j < rules.size(); j++) {
        if (rules.get(j).effect() instanceof Effect.SwitchPlan change) {
          String path = "versions[" + i + "].rules[" + j + "].when";
          switchedPlans(path, rules.get(j), change.fact(), plans);
        }
      }
    }
  }

  private void switchedPlans(String path, Rule rule, String fact, Set<String> plans) {
    List<Condition> conditions = rule.trigger().conditions();
    for (int i = 0; i < conditions.size(); i++) {
      List<FactValue> accepted = conditions.get(i).accepted();
      boolean asks =
          conditions.get(i).whose() == Condition.Whose.EVENT
              && conditions.get(i).fact().equals(fact);
      for (int j = 0; asks && j < accepted.size(); j++) {
        String plan = accepted.get(j).text();
        if (!(accepted.get(j) instanceof FactValue.Text) || !plans.contains(plan)) {
          problems.add(
              Problem.unknown(
                  path + "[" + i + "].is[" + j + "]",
                  "a declared plan",
                  lenientFormat(
                      "rule %s changes to the plan %s, which is not declared", rule.name(), plan),
                  plan,
                  plans));
        }
      }
    }
  }

  private void follows(String path, Policy earlier, Policy later) {
    if (!later.fromInclusive().isAfter(earlier.fromInclusive())) {
      problem(
          path + ".from",
          "an instant after that of the version before",
          "version %s from %s must start after version %s from %s",
          later.version(),
          later.fromInclusive(),
          earlier.version(),
          earlier.fromInclusive());
    }
    for (Plan plan : earlier.plans()) {
      if (later.plan(plan.name()).isEmpty()) {
        problem(
            path + ".plans",
            "the plans of the version before",
            "version %s has no plan %s, which version %s has",
            later.version(),
            plan.name(),
            earlier.version());
      }
    }
  }
}
