package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.math.LongMath;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Credits that were earned and are not yet available.
 *
 * @param number its number within the wallet, in order of arrival; 1 or more
 * @param cause the event, rule and version that earned it
 * @param subject what it was earned for, if anything
 * @param type the type of the rows that it will make
 * @param parts the rows that it will make, in their order; at least one
 * @param earnedAt the earning event's own instant
 * @param dueAt when it settles by itself; not before {@code earnedAt}
 * @param regained the limits that get room back when it is taken back
 */
public record PendingAward(
    long number,
    Cause cause,
    Optional<String> subject,
    TransactionType type,
    List<Part> parts,
    Instant earnedAt,
    Instant dueAt,
    List<String> regained)
    implements Row {

  /** Takes the components, which must be as they are described. */
  public PendingAward(
      long number,
      Cause cause,
      Optional<String> subject,
      TransactionType type,
      List<Part> parts,
      Instant earnedAt,
      Instant dueAt,
      List<String> regained) {
    // Assigned before it is checked: docs, decision 22.
    this.number = number;
    this.cause = cause;
    this.subject = subject;
    this.type = type;
    this.earnedAt = earnedAt;
    this.dueAt = dueAt;
    this.parts = Few.copyOf(parts);
    this.regained = Few.copyOf(regained);
    checkArgument(number > 0, "pending award's number must be positive: %s", number);
    requireNonNull(cause, "cause");
    subject.ifPresent(name -> Checks.notEmpty("subject", name));
    checkArgument(
        type == TransactionType.ALLOTMENT
            || type == TransactionType.BONUS
            || type == TransactionType.PURCHASE
            || type == TransactionType.AWARD
            || type == TransactionType.ADJUSTMENT,
        "pending award %s can't be a %s",
        number,
        type.code());
    checkArgument(!this.parts.isEmpty(), "pending award %s must have a part", number);
    Checks.instant("earning instant", earnedAt);
    this.regained.forEach(limit -> Checks.notEmpty("limit", limit));
    checkArgument(
        !dueAt.isAfter(Instants.plus(earnedAt, Effect.LONGEST_DELAY)),
        "pending award %s, earned at %s, can't be due as late as %s",
        number,
        earnedAt,
        dueAt);
    checkArgument(
        !dueAt.isBefore(earnedAt),
        "pending award %s can't be due at %s, before it was earned at %s",
        number,
        dueAt,
        earnedAt);
  }

  /**
   * A row that a pending award will make.
   *
   * @param label what the row is called, for people
   * @param source the source of the lot
   * @param amount how many credits; 0 or more
   * @param expiresAt when they expire, if the earning event said so; the source says it otherwise
   * @param priority how early they are spent, if the earning event said so; the source says it
   *     otherwise
   */
  public record Part(
      String label, String source, long amount, Optional<Instant> expiresAt, OptionalInt priority) {

    public Part {
      Checks.notEmpty("label", label);
      Checks.notEmpty("source", source);
      Checks.notNegative("amount", amount);
      requireNonNull(expiresAt, "expiresAt");
      requireNonNull(priority, "priority");
    }

    /** Returns a copy of another amount. */
    Part of(long credits) {
      return new Part(label, source, credits, expiresAt, priority);
    }
  }

  /** Returns what a lot of it is stamped with as its grant. */
  Optional<Lot.Origin> origin() {
    return subject.map(name -> new Lot.Origin(number, name, amount(), earnedAt, regained));
  }

  @Override
  public Table table() {
    return Table.PENDING;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.pendingAward(this);
  }

  @Override
  public String key() {
    return Long.toString(number);
  }

  /**
   * Returns how many credits are pending.
   *
   * @return the sum of the parts
   */
  public long amount() {
    return sum(parts);
  }

  /** Returns the sum of some parts, or the largest {@code long} if it does not fit. */
  static long sumOrMost(List<Part> parts) {
    long sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum = LongMath.saturatedAdd(sum, parts.get(i).amount());
    }
    return sum;
  }

  static long sum(List<Part> parts) {
    long sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      sum = Math.addExact(sum, parts.get(i).amount());
    }
    return sum;
  }
}
