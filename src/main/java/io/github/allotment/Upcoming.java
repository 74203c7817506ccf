package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.Unit;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that time will do to a wallet if nothing else happens.
 *
 * <p>The set is closed for a major version of the library.
 */
public sealed interface Upcoming {

  /**
   * Returns when it will happen.
   *
   * @return the instant; after the wallet's clock, or at it if a renewal is overdue
   */
  Instant at();

  /**
   * Writes it as a sentence.
   *
   * @param unit what the program counts
   * @return for example {@code At 2021-07-01T00:00:00Z the next cycle starts on the basic plan: +10
   *     Free monthly credits.}
   */
  String text(Unit unit);

  /**
   * Takes what comes apart: calls the one of the cases that it is.
   *
   * @param <R> what the cases return
   * @param cases what to do with each kind of what comes
   * @return what the case returned
   */
  <R> R match(Cases<R> cases);

  /**
   * What to do with each kind of what comes.
   *
   * @param <R> what is returned
   */
  interface Cases<R> {
    /**
     * Handles pending credits that become available.
     *
     * @param coming what comes
     * @return the result
     */
    R settlement(Settlement coming);

    /**
     * Handles an expiry.
     *
     * @param coming what comes
     * @return the result
     */
    R expiry(Expiry coming);

    /**
     * Handles a hold that is released.
     *
     * @param coming what comes
     * @return the result
     */
    R release(Release coming);

    /**
     * Handles a tick.
     *
     * @param coming what comes
     * @return the result
     */
    R ticked(Ticked coming);

    /**
     * Handles a renewal.
     *
     * @param coming what comes
     * @return the result
     */
    R renewal(Renewal coming);
  }

  private static String rows(List<Transaction> transactions, Unit unit) {
    return transactions.isEmpty()
        ? "no " + unit.plural()
        : transactions.stream()
            .map(row -> (row.amount() > 0 ? "+" : "") + row.amount() + " " + row.label())
            .collect(Collectors.joining(", "));
  }

  /**
   * A pending award becomes available.
   *
   * @param award the award
   */
  record Settlement(PendingAward award) implements Upcoming {

    public Settlement {
      requireNonNull(award, "award");
    }

    @Override
    public Instant at() {
      return award.dueAt();
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "At %s %s %s available.",
          at(), unit.format(award.amount()), award.amount() == 1 ? "becomes" : "become");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settlement(this);
    }
  }

  /**
   * Credits expire.
   *
   * @param at when
   * @param transactions the row that takes them out
   */
  record Expiry(Instant at, List<Transaction> transactions) implements Upcoming {

    public Expiry {
      requireNonNull(at, "at");
      transactions = ImmutableList.copyOf(transactions);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat("At %s %s expire: %s.", at, unit.plural(), rows(transactions, unit));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.expiry(this);
    }
  }

  /**
   * A hold is released.
   *
   * @param at when
   * @param claim what was held
   */
  record Release(Instant at, Claim claim) implements Upcoming {

    public Release {
      requireNonNull(at, "at");
      requireNonNull(claim, "claim");
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "At %s a hold is released: +%s for %s.",
          at, unit.format(claim.amount()), Sentences.nameOf(claim));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.release(this);
    }
  }

  /**
   * A tick is due that does something, or several that are due at one instant.
   *
   * @param at when
   * @param ticks the names of the ticks; not empty
   * @param transactions the rows that their rules will make; empty if these only set facts or make
   *     credits pending
   */
  record Ticked(Instant at, List<String> ticks, List<Transaction> transactions)
      implements Upcoming {

    public Ticked {
      requireNonNull(at, "at");
      ticks = ImmutableList.copyOf(ticks);
      transactions = ImmutableList.copyOf(transactions);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "At %s the tick%s %s: %s.",
          at, ticks.size() == 1 ? "" : "s", String.join(" and ", ticks), rows(transactions, unit));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ticked(this);
    }
  }

  /**
   * A new cycle starts.
   *
   * @param at its first instant
   * @param plan the plan that the wallet will be on
   * @param transactions the rows that the renewal will make
   */
  record Renewal(Instant at, String plan, List<Transaction> transactions) implements Upcoming {

    public Renewal {
      requireNonNull(at, "at");
      requireNonNull(plan, "plan");
      transactions = ImmutableList.copyOf(transactions);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "At %s the next cycle starts on the %s plan: %s.",
          at, Sentences.plain(plan), rows(transactions, unit));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.renewal(this);
    }
  }
}
