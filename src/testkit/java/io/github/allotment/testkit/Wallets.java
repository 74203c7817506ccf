package io.github.allotment.testkit;

import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Program;
import net.jqwik.api.Arbitrary;

/**
 * Wallets in states that can be reached: each is what a history left behind.
 *
 * <p>A wallet does not carry its program. A property that goes on with a wallet takes it from a
 * program that it knows, or takes a {@link History} and plays it with {@link #after}.
 */
public final class Wallets {

  private Wallets() {}

  /**
   * Returns the wallets of one program.
   *
   * @param program the program
   * @return wallets after 0 to 24 events; they shrink to fewer and simpler events
   */
  public static Arbitrary<Wallet> of(Program program) {
    return Histories.of(program).map(Wallets::after);
  }

  /**
   * Returns the wallets of programs.
   *
   * @param programs the programs
   * @return wallets after 0 to 24 events, each of one of the programs
   */
  public static Arbitrary<Wallet> of(Arbitrary<Program> programs) {
    return Histories.of(programs).map(Wallets::after);
  }

  /**
   * Returns the wallet that a history leaves behind, at the clock of its last event.
   *
   * @param history the history
   * @return its wallet, which an engine of the history's program goes on with
   */
  public static Wallet after(History history) {
    PolicyEngine engine = PolicyEngine.of(history.program());
    return engine.replay(engine.open(history.opening()).wallet(), history.events()).wallet();
  }
}
