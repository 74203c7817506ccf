package io.github.allotment.policy;

import io.github.allotment.PolicyEngine;

/** What the policies must not do: know the engine; {@code ArchitectureTest} must find it. */
public final class PointsBack {

  private PointsBack() {}

  /** Depends on the engine. */
  public static PolicyEngine engine(Program program) {
    return PolicyEngine.of(program);
  }
}
