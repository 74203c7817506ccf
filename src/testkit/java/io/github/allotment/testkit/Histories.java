package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.Program;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * Histories of a program, made of what the program reacts to: its types of events, facts, amounts
 * and lengths of time.
 *
 * <p>They prefer what hurts: events at one instant, the edges of windows and deadlines and a
 * nanosecond beside them, month ends, zones with long and short days, the same event twice, one id
 * for two events, events that arrive late by as much as they may and by a nanosecond more, and
 * amounts that just fit and just don't. They shrink to fewer and simpler events, and a drawn
 * program to fewer rules.
 */
public final class Histories {

  private static final int MOST = 24;

  private Histories() {}

  /**
   * Returns the histories of one program.
   *
   * @param program the program
   * @return histories of 0 to 24 events
   */
  public static Arbitrary<History> of(Program program) {
    requireNonNull(program, "program");
    return of(Arbitraries.just(program));
  }

  /**
   * Returns the histories of programs.
   *
   * @param programs the programs
   * @return histories of 0 to 24 events, each of one of the programs
   */
  public static Arbitrary<History> of(Arbitrary<Program> programs) {
    Arbitrary<List<Move>> moves =
        moves().list().ofMaxSize(MOST).withSizeDistribution(RandomDistribution.uniform());
    Arbitrary<History> histories =
        Combinators.combine(programs, moves(), moves, number()).as(Unfolding::of);
    return Arbitraries.fromGeneratorWithSize(
        size ->
            histories.generator(size).mapShrinkable(drawn -> new ShrinkableHistory(drawn.value())));
  }

  /**
   * Returns the history of a program that a seed stands for, drawn from the same rules as {@link
   * #of(Program)}.
   *
   * @param program the program
   * @param seed any number
   * @return the same history for the same program and seed
   */
  public static History ofSeed(Program program, long seed) {
    requireNonNull(program, "program");
    Choices choices = Choices.of(seed);
    Move first = Move.of(choices);
    List<Move> moves =
        Stream.generate(() -> Move.of(choices)).limit(choices.below(MOST + 1)).toList();
    return Unfolding.of(program, first, moves, choices.below(Move.BOUND));
  }

  private static Arbitrary<Move> moves() {
    return Combinators.combine(
            number(), number(), number(), number(), number(), number(), number(), number())
        .as(Move::new);
  }

  private static Arbitrary<Integer> number() {
    return Arbitraries.integers()
        .between(0, Move.BOUND - 1)
        .withDistribution(RandomDistribution.uniform())
        .shrinkTowards(0)
        .withoutEdgeCases();
  }
}
