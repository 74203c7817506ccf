package io.github.allotment.testing;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.PURCHASE;

import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;

/** A program with something of everything that can be checked. */
final class Members {

  private Members() {}

  static Program program() {
    return program(6);
  }

  /** 10 a month; 5 for a good deed, which comes a day later; so much of deeds in 7 days. */
  static Program program(long deeds) {
    return Program.named("members")
        .unit("point", "points")
        .lateness(Duration.ofHours(24))
        .version(
            Policy.version("1", Instant.EPOCH)
                .source("monthly")
                .source(Source.of("bought").usableOn("full"))
                .source("earned")
                .limit("deeds", deeds, Window.rolling(Duration.ofDays(7)))
                .plan(Plan.monthly("full").allotting("Points", "monthly", 10))
                .plan(Plan.monthly("rest"))
                .rule("points", Trigger.on(OPENED, RENEWED), Effect.allot())
                .rule(
                    "bought", Trigger.on("buys"), Effect.grantOfEvent(PURCHASE, "Bought", "bought"))
                .rule(
                    "a good deed",
                    Trigger.on("deed").where("kind", "good"),
                    Effect.grant(AWARD, "Deed", "earned", 5)
                        .within("deeds")
                        .settlingAfter(Duration.ofHours(24)))
                .rule(
                    "a seat", Trigger.on("seat"), Effect.charge("Seat").heldFor(Duration.ofDays(7)))
                .rule("another plan", Trigger.on("moves"), Effect.switchPlanAtOnce())
                .build())
        .build();
  }
}
