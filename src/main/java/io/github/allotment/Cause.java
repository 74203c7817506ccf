package io.github.allotment;

import java.util.Optional;

/**
 * Why something was posted.
 *
 * @param event the id of the host's event, or empty if the calendar brought it
 * @param rule the name of the rule; of what no rule of the program posts it is {@code expiry},
 *     {@code release of a hold} or {@code held before the opening}
 * @param version the name of the policy version that the rule is of
 */
public record Cause(Optional<String> event, String rule, String version) {

  /** Takes the components, which must be as they are described. */
  public Cause(Optional<String> event, String rule, String version) {
    // Assigned before it is checked: docs, decision 22.
    this.event = event;
    this.rule = rule;
    this.version = version;
    event.ifPresent(id -> Checks.notEmpty("event", id));
    Checks.notEmpty("rule", rule);
    Checks.notEmpty("version", version);
  }
}
