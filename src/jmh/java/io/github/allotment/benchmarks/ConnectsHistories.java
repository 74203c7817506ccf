package io.github.allotment.benchmarks;

import io.github.allotment.Event;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Connects accounts that do what accounts do, drawn from a seed. */
final class ConnectsHistories {

  static final int ACCOUNTS = 100;
  static final int EVENTS = 100;

  private final SplittableRandom random;
  private final List<Event> events = new ArrayList<>();
  private Instant now = Accounts.OPENED;
  private int proposals;

  private ConnectsHistories(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Returns an account's events, in the order in which they arrive. */
  static List<Event> of(long seed) {
    ConnectsHistories history = new ConnectsHistories(seed);
    for (int i = 0; i < EVENTS; i++) {
      history.events.add(history.next("event " + i));
    }
    return List.copyOf(history.events);
  }

  /** Hours pass; one event in ten is up to half a day late, one in fifty comes twice. */
  private Event next(String id) {
    now = now.plus(Duration.ofMinutes(random.nextInt(1_440)));
    int kind = random.nextInt(100);
    if (kind < 2 && !events.isEmpty()) {
      return events.get(events.size() - 1);
    }
    Instant at = now;
    if (random.nextInt(10) == 0 && now.isAfter(Accounts.OPENED.plus(Duration.ofDays(1)))) {
      at = now.minus(Duration.ofMinutes(random.nextInt(720)));
    }
    if (kind < 45 || proposals == 0) {
      int number = proposals++;
      return Connects.proposalSubmitted(
          id, at, Accounts.proposal(number), job(number), 1 + random.nextInt(6));
    } else if (kind < 70) {
      return Connects.interview(
          id,
          at,
          some(),
          random.nextInt(4) == 0 ? InterviewSource.INVITATION : InterviewSource.PROPOSAL,
          random.nextInt(5) > 0);
    } else if (kind < 85) {
      JobOutcome[] outcomes = JobOutcome.values();
      return Connects.jobClosed(id, at, job(recent()), outcomes[random.nextInt(outcomes.length)]);
    } else if (kind < 90) {
      return Connects.proposalWithdrawn(id, at, some());
    } else if (kind < 95) {
      return Connects.proposalArchived(id, at, some());
    }
    return Connects.connectsPurchased(id, at, 10 + random.nextInt(50));
  }

  private int recent() {
    return Math.max(0, proposals - 1 - random.nextInt(10));
  }

  private String some() {
    return Accounts.proposal(recent());
  }

  /** Two proposals share a job. */
  private static String job(int proposal) {
    return Accounts.job(proposal / 2);
  }
}
