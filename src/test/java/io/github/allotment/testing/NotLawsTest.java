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
import io.github.allotment.testkit.Scenario;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What sounds like a law of every program and is not, each with a case against it. */
class NotLawsTest {

  private static Program rollingOver(long most) {
    return Program.named("rolling over")
        .version(
            Policy.version("1", Instant.EPOCH)
                .source("monthly")
                .plan(Plan.monthly("member").allotting("Monthly", "monthly", 20))
                .rule("rollover", Trigger.on(RENEWED), Effect.forfeitAbove("Rollover", most))
                .rule("monthly", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule("a boost", Trigger.on("boosted"), Effect.charge("Boost"))
                .build())
        .build();
  }

  private static Program awarding(long most) {
    return Program.named("awarding")
        .version(
            Policy.version("1", Instant.EPOCH)
                .source("earned")
                .limit("awards", most, Window.rolling(Duration.ofDays(7)))
                .plan(Plan.monthly("member"))
                .rule(
                    "an award",
                    Trigger.on("earned"),
                    Effect.grantOfEvent(AWARD, "Award", "earned").within("awards"))
                .build())
        .build();
  }

  // The page shows the lines from here
  @Test
  void aHigherRolloverLimitCanLeaveLess() {
    Scenario.given(rollingOver(5), "member", "2021-01-05")
        .at("2021-02-05") // 5 roll over
        .happens("boosted")
        .about("book-1")
        .of(30)
        .isRefusedBy("a boost")
        .hasAvailable(25);
    Scenario.given(rollingOver(15), "member", "2021-01-05")
        .at("2021-02-05") // 15 roll over
        .happens("boosted")
        .about("book-1")
        .of(30)
        .isApplied()
        .hasAvailable(5);
  }

  @Test
  void aLowerLimitCanLetALaterAwardThrough() {
    Scenario.given(awarding(10), "member", "2021-01-05")
        .happens("earned")
        .of(6)
        .isApplied()
        .happens("earned")
        .of(5)
        .isRefusedBy("an award"); // 4 are left
    Scenario.given(awarding(5), "member", "2021-01-05")
        .happens("earned")
        .of(6)
        .isRefusedBy("an award")
        .happens("earned")
        .of(5)
        .isApplied();
  }

  // to here.
}
