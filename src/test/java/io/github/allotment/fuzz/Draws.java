package io.github.allotment.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** Makes choices of a fuzzer's bytes; when they are used up, every choice is the first. */
final class Draws {

  private static final List<Long> NUMBERS =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          10L,
          100L,
          1_000_000L,
          (long) Integer.MAX_VALUE,
          1L + Integer.MAX_VALUE,
          (long) Integer.MIN_VALUE,
          Long.MAX_VALUE / 2,
          Long.MAX_VALUE - 1,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private final byte[] bytes;
  private final long sum;
  private int next;

  Draws(byte[] bytes) {
    this.bytes = bytes.clone();
    CRC32 crc = new CRC32();
    crc.update(bytes);
    sum = crc.getValue();
  }

  /**
   * Tells whether this is one of so many inputs. Any change of a byte decides it anew, so that the
   * fuzzer, which prefers what does more, cannot make most of its inputs such ones.
   */
  boolean isOneIn(int inputs) {
    return sum % inputs == 0;
  }

  /** Tells whether this is one of the inputs that get long stories and every check. */
  boolean thorough() {
    return isOneIn(8);
  }

  boolean hasMore() {
    return next < bytes.length;
  }

  private int octet() {
    return hasMore() ? bytes[next++] & 0xff : 0;
  }

  /** Draws a number from 0 to below a bound, which is positive and at most 65,536. */
  int below(int bound) {
    return bound <= 256 ? octet() % bound : (octet() << 8 | octet()) % bound;
  }

  /** Draws true once in so many times. */
  boolean once(int in) {
    return below(in) == in - 1;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(Math.min(choices.size(), 1 << 16)));
  }

  /** Draws a small number most of the time, and else one at an edge or any. */
  long number() {
    return switch (below(8)) {
      case 6 -> of(NUMBERS);
      case 7 -> wide();
      default -> below(64);
    };
  }

  /** Draws a number that is 0 or more, and mostly small. */
  long amount() {
    return once(12) ? number() & Long.MAX_VALUE : below(64);
  }

  private long wide() {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << Byte.SIZE | octet();
    }
    return number;
  }

  /** Draws up to 15 characters of any kind. */
  String text() {
    int length = Math.min(below(16), bytes.length - next);
    next += length;
    return new String(Arrays.copyOfRange(bytes, next - length, next), StandardCharsets.UTF_8);
  }
}
