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
 * @param rollover the most that a forfeit from every source leaves at a renewal: of what rolls
 *     over, or in all, before or after the allotment as its rule stands; empty if the version sets
 *     none
 */
public record PlanTerms(String version, Plan plan, OptionalLong rollover) {

  public PlanTerms {
    requireNonNull(version, "version");
    requireNonNull(plan, "plan");
    requireNonNull(rollover, "rollover");
  }
}
