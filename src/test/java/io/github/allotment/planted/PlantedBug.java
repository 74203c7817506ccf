package io.github.allotment.planted;

import io.github.allotment.connects.Connects;
import io.github.allotment.examples.programs.Catalogue;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import io.github.allotment.testkit.Accounts;
import io.github.allotment.testkit.Programs;
import io.github.allotment.testkit.UnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * A wrong engine.
 *
 * @param what what is wrong with it, as a sentence without a full stop
 * @param family the family of bugs that it is one of
 * @param on the programs that it runs
 * @param accounts what makes its accounts
 * @param law the name of the law that finds it
 */
record PlantedBug(
    String what, String family, On on, Function<Program, Accounts> accounts, String law) {

  /** Programs, by a name. */
  record On(String name, Arbitrary<Program> programs) {

    /** Every kind of program. */
    static On any() {
      return new On("any", Programs.any());
    }

    /** Connects, as it is built in. */
    static On connects() {
      return new On("connects", Arbitraries.just(Connects.program()));
    }

    /** Awards that come a day later, to a wallet that never holds more than 20. */
    static On atMostTwenty() {
      Policy policy =
          Policy.version("1", Instant.EPOCH)
              .source("awards")
              .limit("at most 20", 20, Window.held())
              .plan(Plan.monthly("member"))
              .rule(
                  "an award",
                  Trigger.on("earned"),
                  Effect.grantOfEvent(TransactionType.AWARD, "Award", "awards")
                      .within("at most 20")
                      .settlingAfter(Duration.ofDays(1)))
              .rule("a charge", Trigger.on("used"), Effect.charge("Use"))
              .build();
      return new On(
          "at most 20", Arbitraries.just(Program.named("at most 20").version(policy).build()));
    }

    /** A program of which each month's version has a rule of its own for a pass. */
    static On newRuleEachMonth() {
      Program.Builder program = Program.named("new rule each month").lateness(Duration.ofDays(10));
      for (int month = 0; month < 12; month++) {
        program.version(
            Policy.version(
                    "2021-" + (month + 1),
                    LocalDate.of(2021, 1, 1)
                        .plusMonths(month)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant())
                .source("passes")
                .plan(Plan.monthly("member"))
                .rule(
                    month + " for a pass",
                    Trigger.on("passed"),
                    Effect.grant(TransactionType.BONUS, "Pass", "passes", 10 + month))
                .build());
      }
      return new On("new rule each month", Arbitraries.just(program.build()));
    }

    /** A program of the examples. */
    static On example(String name) {
      Path file = Path.of("examples", "programs", name + ".json");
      return new On(name, Arbitraries.just(Catalogue.program(file)));
    }
  }

  UnderTest underTest() {
    return new UnderTest(on.programs(), accounts);
  }

  @Override
  public String toString() {
    return what;
  }
}
