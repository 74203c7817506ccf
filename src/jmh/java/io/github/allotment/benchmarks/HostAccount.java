package io.github.allotment.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** What a host would keep, in place, for a rule engine that keeps nothing. */
public final class HostAccount {

  private static final Duration WINDOW = Duration.ofDays(7);

  private final Map<String, Boolean> awardedByOpenProposal = new HashMap<>();
  private final Instant[] awards = new Instant[RuleSets.EARLIER_AWARDS];
  private final long most;

  private boolean open;
  private boolean awarded;
  private long left;

  HostAccount(boolean granted) {
    most = RuleSets.most(granted);
    for (int i = 0; i < RuleSets.PROPOSALS; i++) {
      awardedByOpenProposal.put(Accounts.proposal(i), false);
    }
    for (int i = 0; i < RuleSets.EARLIER_AWARDS; i++) {
      awards[i] = RuleSets.earlier(i);
    }
  }

  /** Looks up what the rules ask of the account. */
  void lookUp(Interview interview) {
    Boolean had = awardedByOpenProposal.get(interview.proposal());
    open = had != null;
    awarded = had != null && had;
    Instant start = interview.at().minus(WINDOW);
    long used = 0;
    for (Instant award : awards) {
      if (award.isAfter(start) && !award.isAfter(interview.at())) {
        used += RuleSets.AWARD;
      }
    }
    left = most - used;
  }

  /** Tells whether the proposal is open. */
  public boolean isOpen() {
    return open;
  }

  /** Tells whether the proposal has earned. */
  public boolean isAwarded() {
    return awarded;
  }

  /** Returns the room that is left. */
  public long getLeft() {
    return left;
  }

  /** What happened, as a rule engine takes it. */
  public static final class Interview {

    private final Instant at;
    private final String proposal;
    private final String category;
    private final String source;
    private final boolean answered;

    Interview(Instant at, String proposal, String category, String source, boolean answered) {
      this.at = at;
      this.proposal = proposal;
      this.category = category;
      this.source = source;
      this.answered = answered;
    }

    static Interview[] interviews(int rules) {
      String category = RuleSets.category(rules / 2);
      return IntStream.range(0, RuleSets.PROPOSALS)
          .mapToObj(
              i -> new Interview(RuleSets.NOW, Accounts.proposal(i), category, "proposal", true))
          .toArray(Interview[]::new);
    }

    Instant at() {
      return at;
    }

    String proposal() {
      return proposal;
    }

    /** Returns the category. */
    public String getCategory() {
      return category;
    }

    /** Returns where it came from. */
    public String getSource() {
      return source;
    }

    /** Tells whether it was answered. */
    public boolean isAnswered() {
      return answered;
    }
  }

  /** What a rule says. */
  public static final class Verdict {

    private String rule = "";
    private String outcome = "";
    private long left;

    /** Says it. */
    public void say(String name, String what, long room) {
      rule = name;
      outcome = what;
      left = room;
    }

    /** Reads it. */
    long read(boolean granted, String expectedRule) {
      if (!outcome.equals(granted ? "applied" : "no-room") || !rule.equals(expectedRule)) {
        throw new IllegalStateException("not expected: " + rule + ": " + outcome);
      }
      return rule.length() + left;
    }
  }
}
