package io.github.allotment.testing;

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

/** The program of the page on testing, and how it is broken there. */
final class Stars {

  private Stars() {}

  static Program program() {
    // The page shows the lines from here
    Policy policy =
        Policy.version("2021", Instant.parse("2021-01-01T00:00:00Z"))
            .source("monthly")
            .source("earned")
            .limit("reviews a week", 30, Window.rolling(Duration.ofDays(7)))
            .plan(Plan.monthly("member").allotting("Monthly stars", "monthly", 20))
            .rule("at most 50 roll over", Trigger.on(RENEWED), Effect.forfeitAbove("Rollover", 50))
            .rule("monthly stars", Trigger.on(OPENED, RENEWED), Effect.allot())
            .rule(
                "a helpful review",
                Trigger.on("review").where("helpful", true),
                Effect.grant(AWARD, "Helpful review", "earned", 5).within("reviews a week"))
            .rule("a boost", Trigger.on("boosted"), Effect.charge("Boost"))
            .build();
    Program stars = Program.named("stars").unit("star", "stars").version(policy).build();
    // to here.
    return stars;
  }

  /** The same, with the first two rules in the other order. */
  static Program broken() {
    Policy policy =
        Policy.version("2021", Instant.parse("2021-01-01T00:00:00Z"))
            .source("monthly")
            .source("earned")
            .limit("reviews a week", 30, Window.rolling(Duration.ofDays(7)))
            .plan(Plan.monthly("member").allotting("Monthly stars", "monthly", 20))
            // The broken part, from here
            .rule("monthly stars", Trigger.on(OPENED, RENEWED), Effect.allot())
            .rule("at most 50 roll over", Trigger.on(RENEWED), Effect.forfeitAbove("Rollover", 50))
            // to here.
            .rule(
                "a helpful review",
                Trigger.on("review").where("helpful", true),
                Effect.grant(AWARD, "Helpful review", "earned", 5).within("reviews a week"))
            .rule("a boost", Trigger.on("boosted"), Effect.charge("Boost"))
            .build();
    return Program.named("stars").unit("star", "stars").version(policy).build();
  }
}
