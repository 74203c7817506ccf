package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A charge under a subject, remembered while what it took can come back, and for the lateness after
 * it has ended.
 *
 * @param number the claim's number within the wallet, in order of arrival; 1 or more
 * @param subject what was charged for; not empty
 * @param group what the subject belongs to, if anything
 * @param submittedAt the charge's own instant
 * @param amount how many credits it took; 0 or more
 * @param draws what it took from which lots, in that order; the sum is the amount while it is open,
 *     and empty once it has ended
 * @param done the keys of the once-per-claim grants that were made
 * @param endedAt the ending's own instant, if it has ended; not before {@code submittedAt}
 */
public record Claim(
    long number,
    String subject,
    Optional<String> group,
    Instant submittedAt,
    long amount,
    List<Lot.Move> draws,
    SortedSet<String> done,
    Optional<Instant> endedAt)
    implements Row {

  public Claim {
    checkArgument(number > 0, "claim number must be positive: %s", number);
    Checks.notEmpty("subject", subject);
    group.ifPresent(name -> Checks.notEmpty("group", name));
    Checks.instant("charge's instant", submittedAt);
    Checks.notNegative("claim's amount", amount);
    draws = ImmutableList.copyOf(draws);
    done = ImmutableSortedSet.copyOf(done);
    for (Instant ended : endedAt.stream().toList()) {
      checkArgument(
          !ended.isBefore(submittedAt),
          "claim %s can't end at %s, before it was made at %s",
          subject,
          ended,
          submittedAt);
    }
  }

  @Override
  public Table table() {
    return Table.CLAIMS;
  }

  @Override
  public String key() {
    return subject;
  }

  /**
   * Tells whether the claim was open at an instant: in [submitted, ended).
   *
   * @param at an instant
   * @return true if it was charged at or before it, and has not ended or ended later
   */
  public boolean isOpenAt(Instant at) {
    return !submittedAt.isAfter(at) && endedAt.map(at::isBefore).orElse(true);
  }

  /** Tells whether an ending at an instant ends the claim. */
  boolean canEndAt(Instant at) {
    return endedAt.isEmpty() && !submittedAt.isAfter(at);
  }

  Claim ended(Instant at) {
    return new Claim(number, subject, group, submittedAt, amount, List.of(), done, Optional.of(at));
  }

  Claim having(String key) {
    return new Claim(
        number,
        subject,
        group,
        submittedAt,
        amount,
        draws,
        ImmutableSortedSet.<String>naturalOrder().addAll(done).add(key).build(),
        endedAt);
  }
}
