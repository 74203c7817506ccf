package io.github.allotment.benchmarks;

import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.Connects;
import java.time.Duration;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a host asks without doing it. */
@State(Scope.Thread)
public class Questions {

  private final PolicyEngine engine = Accounts.ENGINE;
  private final Wallet withRoom = Accounts.wallet(3);
  private final Wallet full = Accounts.wallet(5);
  private final Event interview = Accounts.interviews()[0];
  private final Event expensive =
      Connects.proposalSubmitted(
          "big", Accounts.NOW, "big proposal", "big job", withRoom.available() + 170);
  private final Event unknown = Event.of("unknown", Accounts.NOW, "unknown");
  private final Instant horizon = Accounts.NOW.plus(Duration.ofDays(3_650));
  private final Wallet poor =
      Accounts.applied(
          engine,
          withRoom,
          Connects.proposalSubmitted(
              "rich", Accounts.NOW, "rich proposal", "rich job", withRoom.available()));
  private final Event afterThree =
      Connects.proposalSubmitted("three", Accounts.NOW, "three", "three", 3 * 80 - 10);

  /** Previews, and writes why. */
  @Benchmark
  @Shown(in = Section.QUESTIONS, as = "Preview of an award, with its sentence")
  public String preview() {
    return engine.preview(withRoom, interview).why();
  }

  /** Finds when the window opens. */
  @Benchmark
  @Shown(in = Section.QUESTIONS, as = "Earliest, an award without room")
  public Earliest earliestAward() {
    return expected(Earliest.At.class, engine.earliest(full, interview, horizon));
  }

  /** Finds when there is enough. */
  @Benchmark
  @Shown(in = Section.QUESTIONS, as = "Earliest, a charge after three renewals")
  public Earliest earliestCharge() {
    return expected(Earliest.At.class, engine.earliest(poor, afterThree, horizon));
  }

  private static Earliest expected(Class<? extends Earliest> kind, Earliest earliest) {
    if (!kind.isInstance(earliest)) {
      throw new IllegalStateException("not expected: " + earliest);
    }
    return earliest;
  }

  /** Finds that it never will. */
  @Benchmark
  @Shown(in = Section.QUESTIONS, as = "Earliest, never: more than can roll over")
  public Earliest never() {
    return expected(Earliest.Never.class, engine.earliest(poor, expensive, horizon));
  }

  /** Finds that nothing asks for it. */
  @Benchmark
  @Shown(in = Section.QUESTIONS, as = "Earliest, never: no rule")
  public Earliest noRule() {
    return expected(Earliest.Never.class, engine.earliest(withRoom, unknown, horizon));
  }
}
