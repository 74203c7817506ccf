package shop;

import io.github.allotment.Decision;
import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.Policy;
import java.time.Duration;
import java.time.Instant;

/** Takes decisions and a policy apart with switches that have no default. */
public final class Main {

  private Main() {}

  /**
   * Prints what the switches say.
   *
   * @param args none
   */
  public static void main(String[] args) {
    PolicyEngine engine = PolicyEngine.of(Connects.program());
    Instant joined = Instant.parse("2021-06-01T08:00:00Z");
    Opening opening =
        Connects.opening(Connects.BASIC, joined, AccountKind.FREELANCER, ReadinessTest.NOT_TAKEN);
    Decision opened = engine.open(opening);
    Event proposal = Connects.proposalSubmitted("event-1", joined, "proposal-1", "job-1", 4);
    Decision charged = engine.decide(opened.wallet(), proposal);
    Event tooDear = Connects.proposalSubmitted("event-2", joined, "proposal-2", "job-2", 60);
    Instant horizon = joined.plus(Duration.ofDays(90));
    Earliest earliest = engine.earliest(charged.wallet(), tooDear, horizon);

    System.out.println("Java " + Runtime.version().feature());
    System.out.println(Switches.of(opened.reason()));
    System.out.println(Switches.of(charged.reason()));
    charged.changes().forEach(change -> System.out.println(Switches.of(change)));
    System.out.println(Switches.of(engine.decide(charged.wallet(), proposal).reason()));
    System.out.println(Switches.of(engine.decide(charged.wallet(), tooDear).reason()));
    System.out.println(Switches.of(earliest));
    engine.upcoming(charged.wallet()).forEach(next -> System.out.println(Switches.of(next)));

    Policy policy = engine.program().versions().get(0);
    policy.plans().forEach(plan -> System.out.println(Switches.of(plan.anchor())));
    policy.rules().forEach(rule -> System.out.println(Switches.of(rule.effect())));
  }
}
