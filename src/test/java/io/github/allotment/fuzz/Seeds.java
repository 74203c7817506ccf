package io.github.allotment.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What the fuzzer starts from: what is made of the catalogue, of which no copies are kept, and what
 * the fuzzer has found that reaches more code.
 */
final class Seeds {

  private Seeds() {}

  /**
   * Returns the bytes that choose each of so many things as it is, and then with some choices.
   *
   * @param target the class whose kept inputs are added
   * @param things how many things there are to choose from
   * @param length how many bytes choose what is done with it
   */
  static Stream<byte[]> choosing(Class<?> target, int things, int length) {
    List<byte[]> seeds = new ArrayList<>();
    for (int thing = 0; thing < things; thing++) {
      for (int variant = 0; variant < 2; variant++) {
        byte[] seed = new byte[2 + (variant == 0 ? 0 : length)];
        new SplittableRandom(thing * 2L + variant).nextBytes(seed);
        seed[0] = (byte) (thing >> Byte.SIZE);
        seed[1] = (byte) thing;
        seeds.add(seed);
      }
    }
    return of(target, seeds);
  }

  /**
   * Adds the kept inputs, and first the file that is named on the command line, to run it again.
   */
  static Stream<byte[]> of(Class<?> target, List<byte[]> seeds) {
    String given = System.getProperty("allotment.fuzzInput", "");
    Stream<byte[]> again = given.isEmpty() ? Stream.of() : Stream.of(read(Path.of(given)));
    return Stream.of(again, seeds.stream(), kept(target)).flatMap(some -> some);
  }

  private static Stream<byte[]> kept(Class<?> target) {
    String name = "/fuzz/" + target.getSimpleName() + ".hex";
    try (InputStream in = Objects.requireNonNull(target.getResourceAsStream(name), name)) {
      String inputs = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return inputs.lines().map(HexFormat.of()::parseHex);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
