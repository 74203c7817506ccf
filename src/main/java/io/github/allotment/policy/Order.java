package io.github.allotment.policy;

/**
 * The order in which a rule takes credits from a wallet's lots.
 *
 * <p>Both are total orders: lots granted at the same instant are told apart by their number.
 */
public enum Order {
  /**
   * The lot granted first is taken first.
   *
   * <p>For example, of 10 granted on 5 January and 40 granted on 6 January, a charge of 12 takes 10
   * of the first and 2 of the second.
   */
  OLDEST_FIRST,
  /**
   * The lot granted last is taken first.
   *
   * <p>For example, of 10 granted on 5 January and 40 granted on 6 January, a charge of 12 takes 12
   * of the second.
   */
  NEWEST_FIRST
}
