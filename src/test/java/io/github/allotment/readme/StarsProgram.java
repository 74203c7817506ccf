package io.github.allotment.readme;

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

/** The README's program. */
final class StarsProgram {

  private StarsProgram() {}

  static Program stars() {
    // The README shows the lines from here
    Policy policy =
        Policy.version("2021", Instant.parse("2021-01-01T00:00:00Z"))
            .source("monthly")
            .source("earned")
            .limit("reviews a week", 30, Window.rolling(Duration.ofDays(7)))
            .plan(Plan.monthly("free").allotting("Monthly stars", "monthly", 20))
            .rule("at most 50 roll over", Trigger.on(RENEWED), Effect.forfeitAbove("Rollover", 50))
            .rule("monthly stars", Trigger.on(OPENED, RENEWED), Effect.allot())
            .rule(
                "a helpful review",
                Trigger.on("review").where("helpful", true),
                Effect.grant(AWARD, "Helpful review", "earned", 5).within("reviews a week"))
            .rule("a boost", Trigger.on("boost"), Effect.charge("Boost"))
            .build();
    Program stars =
        Program.named("stars")
            .unit("star", "stars")
            .lateness(Duration.ofDays(1))
            .version(policy)
            .build();
    // to here.
    return stars;
  }
}
