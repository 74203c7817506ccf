package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Wallet;
import io.github.allotment.connects.Connects;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The same award decisions as in {@link ConnectsAwards}, written by hand. */
@State(Scope.Thread)
public class FloorAwards {

  private final Floor.Wallet withRoom = wallet(3);
  private final Floor.Wallet full = wallet(5);
  private final Floor.Event[] interviews =
      Arrays.stream(Accounts.interviews()).map(FloorEvents::of).toArray(Floor.Event[]::new);
  private int next;

  static Floor.Wallet wallet(int awards) {
    Wallet wallet = Accounts.ENGINE.open(Accounts.opening(Connects.PLUS)).wallet();
    Floor.Wallet now = Floor.open(true, true, Accounts.OPENED).wallet();
    for (Event event : Accounts.history(awards)) {
      Decision decision = Accounts.ENGINE.decide(wallet, event);
      Floor.Decision floor = Floor.decide(now, FloorEvents.of(event));
      FloorEvents.compare(event, decision.outcome(), decision.wallet(), floor);
      wallet = decision.wallet();
      now = floor.wallet();
    }
    return now;
  }

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "Immutable floor, granted")
  public long granted(Blackhole hole) {
    return decided(withRoom, hole);
  }

  /** Does not. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "Immutable floor, refused")
  public long refused(Blackhole hole) {
    return decided(full, hole);
  }

  private long decided(Floor.Wallet wallet, Blackhole hole) {
    Floor.Decision decision = Floor.decide(wallet, interviews[next++ % Accounts.INTERVIEWS]);
    hole.consume(decision);
    Floor.Reason reason = decision.reason();
    if (reason instanceof Floor.Reason.Earned earned) {
      return earned.amount() + earned.left() + earned.availableAt().getEpochSecond();
    } else if (reason instanceof Floor.Reason.NoRoom none) {
      return none.left() + none.opensAt().getEpochSecond();
    }
    throw new IllegalStateException("not expected: " + reason);
  }
}
