package io.github.allotment.testkit;

import io.github.allotment.Event;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What of a history's program is in force when. It is not known of programs with a version that
 * waits for a change of plan.
 */
final class InForce {

  private final List<Policy> versions;

  private InForce(List<Policy> versions) {
    this.versions = versions;
  }

  /** Returns what is in force for the wallet of a history; empty if that is not known. */
  static Optional<InForce> of(History history) {
    List<Policy> all = history.program().versions();
    return all.stream().anyMatch(version -> version.adoption() == Adoption.CHANGED_PLANS)
        ? Optional.empty()
        : Optional.of(
            new InForce(
                all.stream()
                    .filter(
                        version ->
                            version.adoption() == Adoption.EVERYBODY
                                || !history.opening().at().isBefore(version.fromInclusive()))
                    .toList()));
  }

  /** Returns the version that judges what happens at an instant, not before the opening. */
  Policy at(Instant instant) {
    return version(instant).orElseThrow();
  }

  private Optional<Policy> version(Instant instant) {
    return versions.stream()
        .filter(version -> !version.fromInclusive().isAfter(instant))
        .reduce((earlier, later) -> later);
  }

  /** Returns the versions that are in force at some instant between two, both included. */
  List<Policy> during(Instant from, Instant to) {
    return versions.stream()
        .filter(version -> !version.fromInclusive().isAfter(to))
        .filter(version -> version.equals(at(from)) || version.fromInclusive().isAfter(from))
        .toList();
  }

  /** Returns the rules that judge an event; none for one from before the first version. */
  List<Rule> rulesFor(Event event) {
    return version(event.at()).map(version -> version.rulesFor(event.type())).orElse(List.of());
  }

  /** Returns the rule of a name that judges an event. */
  Optional<Rule> rule(Event event, String name) {
    return rulesFor(event).stream().filter(rule -> rule.name().equals(name)).findFirst();
  }
}
