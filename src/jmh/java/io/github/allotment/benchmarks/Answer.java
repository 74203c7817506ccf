package io.github.allotment.benchmarks;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Reason;
import java.time.Instant;

/** Reads what a decision says, as a host would: its reason, by kind and with its figures. */
final class Answer {

  private Answer() {}

  /** Reads the reason of an award that was granted or had no room. */
  static long of(Decision decision) {
    Reason reason = decision.reason();
    if (reason instanceof Reason.Applied applied) {
      long sum = 0;
      for (Consequence consequence : applied.consequences()) {
        sum += of(consequence);
      }
      return sum;
    } else if (reason instanceof Reason.NoRoom full) {
      return full.rule().length()
          + full.left()
          + full.opensAt().map(Instant::getEpochSecond).orElse(0L);
    }
    throw new IllegalStateException("not expected: " + decision.why());
  }

  private static long of(Consequence consequence) {
    if (consequence instanceof Consequence.Earned earned) {
      return earned.rule().length()
          + earned.amount()
          + earned.availableAt().getEpochSecond()
          + earned.rooms().get(0).left();
    } else if (consequence instanceof Consequence.Granted granted) {
      return granted.rule().length() + granted.amount() + granted.rooms().get(0).left();
    }
    throw new IllegalStateException("not expected: " + consequence);
  }
}
