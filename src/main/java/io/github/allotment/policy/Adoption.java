package io.github.allotment.policy;

import java.time.Instant;

/**
 * For which wallets a version is in force from its first instant on.
 *
 * <p>What a version says about the credits of a source, such as their term, is stamped on a lot
 * when it is granted; so a version for everybody changes nothing for the lots that are there.
 */
public enum Adoption {
  /** For every wallet. */
  EVERYBODY,
  /**
   * For wallets that open at or after its first instant; the others keep the version they have
   * until one for everybody comes.
   */
  NEW_WALLETS,
  /**
   * For wallets that open, or are put on another plan, at or after its first instant; the others
   * keep the version they have until then, or until one for everybody comes.
   */
  CHANGED_PLANS;

  /** Tells whether a version is in force for a wallet from the version's own first instant on. */
  boolean reaches(Instant from, Instant openedAt, Instant onPlanSince) {
    return switch (this) {
      case EVERYBODY -> true;
      case NEW_WALLETS -> !openedAt.isBefore(from);
      case CHANGED_PLANS -> !onPlanSince.isBefore(from);
    };
  }
}
