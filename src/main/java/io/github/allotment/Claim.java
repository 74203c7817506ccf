package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

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
 * @param part the part of the subject that it is for; the subject itself if empty
 * @param group what the subject belongs to, if anything
 * @param submittedAt the charge's own instant
 * @param amount how many credits it took, less what came back while it stayed open; 0 or more
 * @param draws what it took from which lots, in that order; the sum is the amount until it ends,
 *     and empty then
 * @param done the keys of the once-per-claim grants that were made
 * @param lapse when it ends by itself, if it does
 * @param endedAt the ending's own instant, if it has ended; not before {@code submittedAt}
 */
public record Claim(
    long number,
    String subject,
    Optional<String> part,
    Optional<String> group,
    Instant submittedAt,
    long amount,
    List<Lot.Move> draws,
    SortedSet<String> done,
    Optional<Lapse> lapse,
    Optional<Instant> endedAt)
    implements Row {

  /** Takes the components, which must be as they are described. */
  public Claim(
      long number,
      String subject,
      Optional<String> part,
      Optional<String> group,
      Instant submittedAt,
      long amount,
      List<Lot.Move> draws,
      SortedSet<String> done,
      Optional<Lapse> lapse,
      Optional<Instant> endedAt) {
    // Assigned before it is checked: docs, decision 22.
    this.number = number;
    this.subject = subject;
    this.part = part;
    this.group = group;
    this.submittedAt = submittedAt;
    this.amount = amount;
    this.lapse = lapse;
    this.endedAt = endedAt;
    this.draws = Few.copyOf(draws);
    this.done = Standing.immutable(done);
    checkArgument(number > 0, "claim number must be positive: %s", number);
    Checks.notEmpty("subject", subject);
    part.ifPresent(name -> Checks.notEmpty("part", name));
    group.ifPresent(name -> Checks.notEmpty("group", name));
    Checks.instant("charge's instant", submittedAt);
    Checks.notNegative("claim's amount", amount);
    requireNonNull(lapse, "lapse");
    if (endedAt.isPresent() && endedAt.get().isBefore(submittedAt)) {
      throw new IllegalArgumentException(
          lenientFormat(
              "claim %s can't end at %s, before it was made at %s",
              Sentences.plain(subject), endedAt.get(), submittedAt));
    }
  }

  /**
   * How a claim ends by itself.
   *
   * @param at when
   * @param returns whether all that it took comes back then, or nothing
   * @param renews whether what returns to a lot that has expired becomes a new one; only if it
   *     returns
   */
  public record Lapse(Instant at, boolean returns, boolean renews) {

    public Lapse {
      requireNonNull(at, "at");
      checkArgument(returns || !renews, "a lapse that gives back nothing makes no new lots");
    }
  }

  @Override
  public Table table() {
    return Table.CLAIMS;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.claim(this);
  }

  @Override
  public String key() {
    return Long.toString(number);
  }

  /**
   * Returns the first instant at which the claim is not open: when it ended or will lapse.
   *
   * @return the instant, or empty if it is open with no end in sight
   */
  public Optional<Instant> closesAt() {
    return endedAt.isPresent() || lapse.isEmpty() ? endedAt : Optional.of(lapse.get().at());
  }

  /**
   * Tells whether the claim was open at an instant: in [submitted, closes).
   *
   * @param at an instant
   * @return true if it was charged at or before it, and has not ended or lapsed or did so later
   */
  public boolean isOpenAt(Instant at) {
    Optional<Instant> closes = closesAt();
    return !submittedAt.isAfter(at) && (closes.isEmpty() || at.isBefore(closes.get()));
  }

  /** Tells whether an ending at an instant ends the claim. */
  boolean canEndAt(Instant at) {
    return endedAt.isEmpty() && isOpenAt(at);
  }

  Claim ended(Instant at) {
    return new Claim(
        number, subject, part, group, submittedAt, amount, List.of(), done, lapse, Optional.of(at));
  }

  /** Returns the claim when the grants of some more keys were made. */
  Claim having(ImmutableSortedSet<String> keys) {
    SortedSet<String> all =
        done.isEmpty()
            ? keys
            : ImmutableSortedSet.<String>naturalOrder().addAll(done).addAll(keys).build();
    return new Claim(number, subject, part, group, submittedAt, amount, draws, all, lapse, endedAt);
  }

  /** Returns what is left of the claim when a part has come back. */
  Claim less(long returned, List<Lot.Move> remaining) {
    return new Claim(
        number,
        subject,
        part,
        group,
        submittedAt,
        amount - returned,
        remaining,
        done,
        lapse,
        endedAt);
  }

  /** Returns the draws that make up an amount, the last taken first. */
  List<Lot.Move> lastDraws(long credits) {
    return credits == 0 ? ImmutableList.of() : upTo(credits, ImmutableList.copyOf(draws).reverse());
  }

  /** Returns the draws that make up an amount, the first taken first. */
  List<Lot.Move> firstDraws(long credits) {
    return upTo(credits, draws);
  }

  private static List<Lot.Move> upTo(long credits, List<Lot.Move> moves) {
    List<Lot.Move> some = ImmutableList.of();
    long missing = credits;
    for (int i = 0; i < moves.size() && missing > 0; i++) {
      Lot.Move draw = moves.get(i);
      long part = Math.min(missing, draw.amount());
      some = Few.plus(some, part == draw.amount() ? draw : new Lot.Move(draw.lot(), part));
      missing -= part;
    }
    return some;
  }
}
