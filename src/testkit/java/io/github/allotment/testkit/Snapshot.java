package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.Cycle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an account has at its clock.
 *
 * @param clock the latest instant the account knows of
 * @param cycle the cycle that the clock is in
 * @param available what can be spent
 * @param frozen what is there but can't be spent on this plan
 * @param pending what has been earned and is not there yet
 * @param onHold what holds have taken and may give back
 * @param lots what is left of each grant, in any order
 */
public record Snapshot(
    Instant clock,
    Cycle cycle,
    long available,
    long frozen,
    long pending,
    long onHold,
    List<LotLeft> lots) {

  public Snapshot {
    requireNonNull(clock, "clock");
    requireNonNull(cycle, "cycle");
    lots = ImmutableList.copyOf(lots);
  }

  /**
   * What is left of one grant.
   *
   * @param number the lot's number, unique in the account
   * @param source what its credits come from
   * @param left how many are left, more than 0
   * @param grantedAt when it was granted
   * @param expiresAt when it expires; empty if never
   */
  public record LotLeft(
      long number, String source, long left, Instant grantedAt, Optional<Instant> expiresAt) {

    public LotLeft {
      requireNonNull(source, "source");
      requireNonNull(grantedAt, "grantedAt");
      requireNonNull(expiresAt, "expiresAt");
    }
  }
}
