package io.github.allotment.testing;

import static io.github.allotment.policy.TransactionType.AWARD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import io.github.allotment.testkit.DecisionLaws;
import io.github.allotment.testkit.History;
import io.github.allotment.testkit.LimitLaws;
import io.github.allotment.testkit.OnceLaws;
import io.github.allotment.testkit.UnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Example;

/** Laws hold for histories that are correct in a way that is seldom drawn. */
class LawsHoldTest {

  private static final Instant OPENED = Instant.parse("2021-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2021-01-10T00:00:00Z");

  private static Policy.Builder sheet() {
    return Policy.version("1", OPENED)
        .source("s")
        .plan(Plan.monthly("plan"))
        .limit("cap", 50, Window.session(Duration.ofDays(7)));
  }

  /** A history of which every event is applied, and the laws of its program. */
  private record Case(Program program, Opening opening, List<Event> events)
      implements DecisionLaws, LimitLaws, OnceLaws {

    static Case of(Policy.Builder sheet, Opening opening, Event... events) {
      Program program =
          Program.named("test").lateness(Duration.ofDays(1)).version(sheet.build()).build();
      List<Decision> decisions =
          PolicyEngine.of(program)
              .replay(PolicyEngine.of(program).open(opening).wallet(), List.of(events))
              .decisions();
      decisions.forEach(decision -> assertEquals("applied", decision.outcome().code()));
      return new Case(program, opening, List.of(events));
    }

    @Override
    public UnderTest underTest() {
      return UnderTest.program(program);
    }

    History history() {
      return new History(program, opening, events, 0);
    }
  }

  @Example
  void aSessionEndsWhereOneStartsThatWasThereBeforeIt() {
    Case late =
        Case.of(
            sheet()
                .rule("gift", Trigger.on("gift"), Effect.grant(AWARD, "G", "s", 50).within("cap")),
            Opening.of("plan", OPENED),
            Event.of("first", LATER, "gift"),
            Event.of("late", LATER.minus(Duration.ofHours(12)), "gift"));
    late.noWindowIsEverAboveItsLimit(late.history());
  }

  @Example
  void whatAnAccountBringsIsTheEnginesOwn() {
    Case existing =
        Case.of(
            sheet(),
            Opening.of("plan", OPENED)
                .withExisting(
                    Opening.Existing.renewingFrom(LocalDate.parse("2021-01-01"))
                        .holding("s", 5, OPENED)));
    existing.whatIsNamedExists(existing.history());
  }

  @Example
  void everyClaimOfASubjectEarnsOnce() {
    Case parts =
        Case.of(
            sheet()
                .rule(
                    "part",
                    Trigger.on("bought"),
                    Effect.charge("P").of(0).forPart("p").returnableFor(Duration.ofDays(5)))
                .rule("whole", Trigger.on("bought"), Effect.charge("W").of(0))
                .rule(
                    "gift",
                    Trigger.on("gift"),
                    Effect.grant(AWARD, "G", "s", 5).oncePerClaim("gift")),
            Opening.of("plan", OPENED),
            Event.of("bought", OPENED, "bought").withSubject("x"),
            Event.of("one", OPENED, "gift").withSubject("x"),
            Event.of("two", LATER, "gift").withSubject("x"));
    parts.aClaimEarnsOnce(parts.history());
  }
}
