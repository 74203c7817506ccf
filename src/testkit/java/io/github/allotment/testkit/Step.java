package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.ReasonCode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What came of one thing that an account was asked to do.
 *
 * @param account the account after it
 * @param reason why it came out as it did; {@code applied} if it was done
 * @param rules the rules that its reasons name, the first reason's first
 * @param postings the rows it made, in their order, also those of time that passed on the way
 * @param changes what makes the exported account before it the exported account after it
 */
public record Step(
    Account account,
    ReasonCode reason,
    List<String> rules,
    List<Posting> postings,
    UnaryOperator<Object> changes) {

  public Step {
    requireNonNull(account, "account");
    requireNonNull(reason, "reason");
    rules = ImmutableList.copyOf(rules);
    postings = ImmutableList.copyOf(postings);
    requireNonNull(changes, "changes");
  }

  /**
   * Returns whether it was done.
   *
   * @return true if the reason is {@code applied}
   */
  public boolean isApplied() {
    return reason == ReasonCode.APPLIED;
  }
}
