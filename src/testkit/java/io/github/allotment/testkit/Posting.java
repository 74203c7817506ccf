package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One row of an account's history, as the laws look at it.
 *
 * @param at when it was posted
 * @param type what kind of movement it is
 * @param amount what it added to the balance; negative if it took away, never 0
 * @param balance what was there after it, available and frozen together
 * @param event the id of the event that caused it; empty if time did
 * @param rule the name of the rule that caused it
 * @param lots what it added to each lot, by the lot's number
 */
public record Posting(
    Instant at,
    TransactionType type,
    long amount,
    long balance,
    Optional<String> event,
    String rule,
    SortedMap<Long, Long> lots) {

  public Posting {
    requireNonNull(at, "at");
    requireNonNull(type, "type");
    requireNonNull(event, "event");
    requireNonNull(rule, "rule");
    lots = ImmutableSortedMap.copyOf(lots);
  }
}
