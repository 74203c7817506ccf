package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is left of a grant.
 *
 * @param terms what was stamped on it when it was granted
 * @param left how many credits are left; more than 0
 */
public record Lot(Terms terms, long left) implements Row {

  /** Takes the components, which must be as they are described. */
  public Lot(Terms terms, long left) {
    // Assigned before it is checked: docs, decision 22.
    this.terms = terms;
    this.left = left;
    requireNonNull(terms, "terms");
    checkArgument(left > 0, "lot %s must have something left: %s", terms.number(), left);
  }

  @Override
  public Table table() {
    return Table.LOTS;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.lot(this);
  }

  @Override
  public String key() {
    return Long.toString(terms.number());
  }

  /**
   * What is stamped on a lot when it is granted, and stays when credits are returned to it.
   *
   * @param number the lot's number within the wallet; 1 or more
   * @param source where the credits came from; not empty
   * @param grantedAt when they became available
   * @param version the name of the policy version that granted them; not empty
   * @param cycle the number of the cycle in which they were granted; less than 0 for what an
   *     account brought along from cycles before its opening
   * @param priority how early they are spent, if the policy's order asks for it: the lowest first
   * @param expiresAt the first instant at which they are gone; never if empty
   * @param origin the grant that it is of, if a host's event with a subject made it
   */
  public record Terms(
      long number,
      String source,
      Instant grantedAt,
      String version,
      long cycle,
      int priority,
      Optional<Instant> expiresAt,
      Optional<Origin> origin) {

    /** Takes the components, which must be as they are described. */
    public Terms(
        long number,
        String source,
        Instant grantedAt,
        String version,
        long cycle,
        int priority,
        Optional<Instant> expiresAt,
        Optional<Origin> origin) {
      // Assigned before it is checked: docs, decision 22.
      this.number = number;
      this.source = source;
      this.grantedAt = grantedAt;
      this.version = version;
      this.cycle = cycle;
      this.priority = priority;
      this.expiresAt = expiresAt;
      this.origin = origin;
      checkArgument(number > 0, "lot number must be positive: %s", number);
      Checks.notEmpty("source", source);
      requireNonNull(grantedAt, "grantedAt");
      Checks.notEmpty("version", version);
      requireNonNull(expiresAt, "expiresAt");
      if (origin.isPresent()) {
        long grant = origin.get().grant();
        checkArgument(grant <= number, "lot %s can't be of the later grant %s", number, grant);
      }
    }
  }

  /**
   * The grant that a lot is of: what it can be taken back by.
   *
   * @param grant the grant's number within the wallet: that of its pending award, or else of its
   *     first lot; 1 or more
   * @param subject the subject of the event that made it; not empty
   * @param amount how many credits it brought in all; more than 0
   * @param earnedAt the event's own instant
   * @param regained the limits that get room back when it is taken back
   */
  public record Origin(
      long grant, String subject, long amount, Instant earnedAt, List<String> regained) {

    /** Takes the components, which must be as they are described. */
    public Origin(
        long grant, String subject, long amount, Instant earnedAt, List<String> regained) {
      // Assigned before it is checked: docs, decision 22.
      this.grant = grant;
      this.subject = subject;
      this.amount = amount;
      this.earnedAt = earnedAt;
      this.regained = Few.copyOf(regained);
      checkArgument(grant > 0, "grant's number must be positive: %s", grant);
      Checks.notEmpty("subject", subject);
      checkArgument(amount > 0, "a grant's amount must be positive: %s", amount);
      Checks.instant("grant's instant", earnedAt);
      this.regained.forEach(limit -> Checks.notEmpty("limit", limit));
    }
  }

  /**
   * A number of credits taken from a lot, or put into it.
   *
   * @param lot the lot
   * @param amount how many credits: more than 0 into the lot, less than 0 out of it, never 0; a
   *     claim's draws are positive
   */
  public record Move(Terms lot, long amount) {

    /** Takes the components, which must be as they are described. */
    public Move(Terms lot, long amount) {
      // Assigned before it is checked: docs, decision 22.
      this.lot = lot;
      this.amount = amount;
      requireNonNull(lot, "lot");
      checkArgument(amount != 0, "a move of lot %s must not be 0", lot.number());
    }
  }
}
