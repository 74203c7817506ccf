package io.github.allotment.reference;

import io.github.allotment.policy.Program;

/** Programs drawn from the whole rule language, for tests in other packages. */
public final class DrawnPrograms {

  private DrawnPrograms() {}

  /** Returns the program of a seed. */
  public static Program of(long seed) {
    return RandomPrograms.of(seed).program();
  }
}
