package io.github.allotment.testkit;

/**
 * One event before its program is known: numbers that are turned into an instant, a type, an amount
 * and so on. Each is simplest at 0.
 */
record Move(int gap, int lag, int type, int subject, int group, int amount, int facts, int id) {

  /** Every number of a move is below this. */
  static final int BOUND = 10_000;

  static Move of(Choices choices) {
    return new Move(
        choices.below(BOUND),
        choices.below(BOUND),
        choices.below(BOUND),
        choices.below(BOUND),
        choices.below(BOUND),
        choices.below(BOUND),
        choices.below(BOUND),
        choices.below(BOUND));
  }
}
