package io.github.allotment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;

/** Something that time will do to a wallet if nothing else happens. */
public sealed interface Upcoming {

  /**
   * Returns when it will happen.
   *
   * @return the instant; after the wallet's clock
   */
  Instant at();

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
  }

  /**
   * A tick is due.
   *
   * @param at when
   * @param transactions the rows that its rules will make
   */
  record Ticked(Instant at, List<Transaction> transactions) implements Upcoming {

    public Ticked {
      requireNonNull(at, "at");
      transactions = ImmutableList.copyOf(transactions);
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
  }
}
