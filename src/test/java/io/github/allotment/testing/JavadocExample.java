package io.github.allotment.testing;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import java.time.Instant;

/** What the examples in the Javadoc take for given; each is compiled into a subclass of this. */
public abstract class JavadocExample {

  protected final Instant now = Instant.parse("2021-05-05T09:00:00Z");
  protected final Program program = Stars.program();
  protected final Program stars = program;
  protected final Policy first = program.versions().get(0);
  protected final Policy second =
      Policy.version("2022", Instant.parse("2022-01-01T00:00:00Z"))
          .plan(Plan.monthly("member"))
          .build();
  protected final PolicyEngine engine = PolicyEngine.of(program);
  protected final Wallet wallet = engine.open(Opening.of("member", now)).wallet();
  protected final Event review = Event.of("review-1", now, "review").withFact("helpful", true);

  /** Runs the example's statements. */
  protected abstract void run();

  /** Where a host keeps its program. */
  public static final class Stars {

    private Stars() {}

    /** Returns the program of the page on testing. */
    public static Program program() {
      return io.github.allotment.testing.Stars.program();
    }
  }
}
