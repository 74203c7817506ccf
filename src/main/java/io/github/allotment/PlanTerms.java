package io.github.allotment;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.Plan;
import java.util.OptionalLong;

/**
 * What a plan gives at an instant.
 *
 * <p>For example the plan {@code plus} allots 80 a month and lets 200 roll over.
 *
 * @param version the name of the policy version in force
 * @param plan the plan, with its allotment
 * @param rollover the most that a forfeit of the whole wallet leaves at a renewal, before or after
 *     the allotment as its rule stands; empty if the version sets none
 */
public record PlanTerms(String version, Plan plan, OptionalLong rollover) {

  public PlanTerms {
    requireNonNull(version, "version");
    requireNonNull(plan, "plan");
    requireNonNull(rollover, "rollover");
  }
}
