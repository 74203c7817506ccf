package io.github.allotment.policy;

/**
 * A key by which lots are put in order before credits are taken from them.
 *
 * <p>A policy names a list of keys; lots that are equal under all of them are taken in the order in
 * which they were granted. So the order is total, and the same wallet always gives the same lots.
 * For example {@code PRIORITY, SOONEST_EXPIRY} takes free credits before bought ones if their
 * source has the lower priority, and among the free ones those that expire first.
 */
public enum Order {
  /**
   * The lot granted first is taken first.
   *
   * <p>For example, of 10 granted on 5 January and 40 granted on 6 January, a charge of 12 takes 10
   * of the first and 2 of the second.
   */
  OLDEST,
  /**
   * The lot granted last is taken first.
   *
   * <p>For example, of 10 granted on 5 January and 40 granted on 6 January, a charge of 12 takes 12
   * of the second.
   */
  NEWEST,
  /** The lot whose source has the lowest {@link Source#priority()} is taken first. */
  PRIORITY,
  /** The lot that expires first is taken first; those that never expire come last. */
  SOONEST_EXPIRY,
  /**
   * The lot granted in the latest cycle is taken first: the current cycle's before what has rolled
   * over.
   */
  CURRENT_CYCLE,
  /** The lot granted in the earliest cycle is taken first: what has rolled over before the rest. */
  ROLLED_OVER
}
