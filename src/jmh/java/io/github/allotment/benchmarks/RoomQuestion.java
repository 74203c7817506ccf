package io.github.allotment.benchmarks;

import io.github.allotment.PolicyEngine;
import io.github.allotment.Room;
import io.github.allotment.Wallet;
import io.github.allotment.connects.Connects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The cap question alone. */
@State(Scope.Thread)
public class RoomQuestion {

  private final PolicyEngine engine = Accounts.ENGINE;
  private final Wallet wallet = Accounts.wallet(3);

  /** Asks. */
  @Benchmark
  @Shown(in = Section.ROOM, as = "Allotment, room")
  public long room() {
    Room room = engine.room(wallet, Connects.INTERVIEW_AWARDS);
    long left = room.left();
    return room.changesAt().isPresent() ? left + room.changesAt().get().getEpochSecond() : left;
  }
}
