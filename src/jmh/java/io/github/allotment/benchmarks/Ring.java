package io.github.allotment.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The least that a rolling cap can cost: a ring of instants that changes in place. */
@State(Scope.Thread)
public class Ring {

  private static final long WINDOW = 7 * 86_400L;
  private static final long AWARD = 10;
  private static final long MOST = 50;

  /** Five awards fill the limit, so six places are enough. */
  private static final class Window {

    private final long[] instants = new long[8];
    private int oldest;
    private int size;

    /** Returns the room that is left, or, if there is not enough, less the amount. */
    long award(long now) {
      while (size > 0 && instants[oldest] <= now - WINDOW) {
        oldest = (oldest + 1) & 7;
        size--;
      }
      long left = MOST - size * AWARD;
      if (left < AWARD) {
        return left - AWARD;
      }
      instants[(oldest + size) & 7] = now;
      size++;
      return left - AWARD;
    }
  }

  private final Window rolling = new Window();
  private final Window full = new Window();
  private long now;

  /** Takes as much of the limit as it can. */
  public Ring() {
    for (int i = 0; i < MOST / AWARD; i++) {
      full.award(0);
    }
  }

  /** An award every second day always fits. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "Mutable ring buffer, granted")
  public long granted() {
    now += 2 * 86_400L;
    return rolling.award(now);
  }

  /** Does not fit. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "Mutable ring buffer, refused")
  public long refused() {
    return full.award(1);
  }
}
