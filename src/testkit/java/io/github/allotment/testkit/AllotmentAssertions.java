package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import io.github.allotment.Decision;
import io.github.allotment.Wallet;

/**
 * Assertions on wallets and decisions, for tests that call the engine themselves. A test that tells
 * what happens to one account is shorter as a {@link Scenario}, which has the same checks.
 *
 * <pre>{@code
 * Decision decision = engine.decide(wallet, review); // 5 stars for a helpful review
 * assertThat(decision).isApplied().hasAvailable(25);
 * assertThat(engine.decide(decision.wallet(), review)).isDuplicate().hasAvailable(25);
 * }</pre>
 */
public final class AllotmentAssertions {

  private AllotmentAssertions() {}

  /**
   * Starts to say what a wallet has.
   *
   * @param wallet the wallet
   * @return what can be said of it
   */
  public static WalletAssert<?> assertThat(Wallet wallet) {
    return new OfWallet(requireNonNull(wallet, "wallet"));
  }

  /**
   * Starts to say what became of something, and what the wallet after it has.
   *
   * @param decision what an engine answered
   * @return what can be said of it
   */
  public static DecisionAssert<?> assertThat(Decision decision) {
    return new OfDecision(requireNonNull(decision, "decision"));
  }

  static final class OfWallet extends WalletAssert<OfWallet> {

    private final Wallet wallet;

    private OfWallet(Wallet wallet) {
      this.wallet = wallet;
    }

    @Override
    OfWallet self() {
      return this;
    }

    @Override
    Wallet checked() {
      return wallet;
    }
  }

  static final class OfDecision extends DecisionAssert<OfDecision> {

    private final Decision decision;

    private OfDecision(Decision decision) {
      this.decision = decision;
    }

    @Override
    OfDecision self() {
      return this;
    }

    @Override
    Decision decision() {
      return decision;
    }
  }
}
