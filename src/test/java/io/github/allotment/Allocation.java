package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * How many bytes a piece of work allocates: a measure of what it costs that no other process and no
 * clock can disturb.
 */
final class Allocation {

  private static final int WARM_UP = 100;
  private static final int SAMPLES = 31;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Asserts that work on much allocates at most so many times as much as the same on little. */
  static void assertHardlyGrows(int mostTimes, Supplier<?> onLittle, Supplier<?> onMuch) {
    // Taken in turn, so that both are compiled as far as the other.
    for (int i = 0; i < WARM_UP; i++) {
      bytes(onLittle);
      bytes(onMuch);
    }
    long[] little = new long[SAMPLES];
    long[] much = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      little[i] = bytes(onLittle);
      much[i] = bytes(onMuch);
    }
    long bytes = median(little);
    long bytesOfMuch = median(much);
    assertTrue(bytes > 0, "nothing was measured");
    assertTrue(
        bytesOfMuch <= mostTimes * bytes,
        () -> bytes + " bytes on little, but " + bytesOfMuch + " on much");
  }

  private static long bytes(Supplier<?> work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object made = work.get();
    long after = THREADS.getCurrentThreadAllocatedBytes();
    assertTrue(made != null, "nothing was made");
    return after - before;
  }

  private static long median(long[] samples) {
    Arrays.sort(samples);
    return samples[samples.length / 2];
  }
}
