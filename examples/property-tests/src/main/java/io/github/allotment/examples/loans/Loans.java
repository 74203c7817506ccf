package io.github.allotment.examples.loans;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.AWARD;

import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;

/**
 * A library's loans: a reader has 6 a month, of which up to 4 are kept for the next month; a loan
 * comes back if the book is not fetched; and a donated book earns 2, up to 4 in any 30 days.
 */
public final class Loans {

  /** The most loans that are kept for the next month. */
  public static final long MOST_KEPT = 4;

  /** The loans of a month. */
  public static final long A_MONTH = 6;

  private Loans() {}

  /** Returns the program. */
  public static Program program() {
    return Program.named("loans")
        .unit("loan", "loans")
        .lateness(Duration.ofDays(1))
        .version(
            Policy.version("1", Instant.parse("2020-01-01T00:00:00Z"))
                .source("monthly")
                .source("earned")
                .limit("donations", 4, Window.rolling(Duration.ofDays(30)))
                .plan(Plan.monthly("reader").allotting("Loans of the month", "monthly", A_MONTH))
                .rule(
                    "at most 4 are kept",
                    Trigger.on(RENEWED),
                    Effect.forfeitAbove("Not kept", MOST_KEPT))
                .rule("6 loans a month", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule("a reserved book", Trigger.on("reserved"), Effect.charge("Loan").of(1))
                .rule(
                    "a book that is not fetched",
                    Trigger.on("not-fetched"),
                    Effect.giveBack(Effect.End.Reach.SUBJECT, "Not fetched"))
                .rule(
                    "a donated book",
                    Trigger.on("donated").where("readable", true),
                    Effect.grant(AWARD, "Donated book", "earned", 2).within("donations"))
                .build())
        .build();
  }
}
