package io.github.allotment.benchmarks;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same cap in bucket4j, at a time that stands still. */
@State(Scope.Thread)
public class Buckets {

  private static final long AWARD = 10;

  /** So much that it lasts for all that is measured: at this time nothing is refilled. */
  private static final long PLENTY = 1_000_000_000_000_000L;

  private static final long NOW = Duration.ofDays(20_000).toNanos();

  private static final class Still implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return NOW;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  /** How it guards its state. */
  @Param({"LOCK_FREE", "SYNCHRONIZED"})
  SynchronizationStrategy strategy;

  /** How many limits it has. */
  @Param({"1", "2"})
  int limits;

  private Bucket withRoom;
  private Bucket full;

  /** Makes the buckets. */
  @Setup
  public void make() {
    withRoom = bucket(PLENTY);
    full = bucket(AWARD - 1);
  }

  private Bucket bucket(long capacity) {
    LocalBucketBuilder builder =
        Bucket.builder()
            .withCustomTimePrecision(new Still())
            .withSynchronizationStrategy(strategy)
            .addLimit(
                limit -> limit.capacity(capacity).refillGreedy(AWARD / 2, Duration.ofDays(7)));
    if (limits == 2) {
      builder.addLimit(
          limit -> limit.capacity(2 * capacity).refillGreedy(AWARD / 2, Duration.ofDays(30)));
    }
    return builder.build();
  }

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "bucket4j, {strategy}, {limits} limit(s), granted")
  public long granted() {
    return read(withRoom.tryConsumeAndReturnRemaining(AWARD), true);
  }

  /** Does not. */
  @Benchmark
  @Shown(in = Section.AWARDS, as = "bucket4j, {strategy}, {limits} limit(s), refused")
  public long refused() {
    return read(full.tryConsumeAndReturnRemaining(AWARD), false);
  }

  private static long read(ConsumptionProbe probe, boolean expected) {
    if (probe.isConsumed() != expected) {
      throw new IllegalStateException("not expected: " + probe);
    }
    return probe.getRemainingTokens() + probe.getNanosToWaitForRefill();
  }

  /** Asks. */
  @Benchmark
  @Shown(in = Section.ROOM, as = "bucket4j, {strategy}, {limits} limit(s), estimate")
  public long estimate() {
    EstimationProbe probe = withRoom.estimateAbilityToConsume(AWARD);
    return probe.getRemainingTokens() + probe.getNanosToWaitForRefill();
  }
}
