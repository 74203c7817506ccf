package io.github.allotment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.examples.programs.Catalogue;
import io.github.allotment.examples.replay.Recorded;
import io.github.allotment.policy.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a stored wallet is changed to, it is either a wallet, which is then written again as it
 * was and goes on, or the reader lists its problems, or the engine names the invariant that it
 * breaks.
 */
class WalletTreesFuzz {

  private static final List<Recorded.Kept> KEPT =
      Catalogue.histories().stream().flatMap(file -> Recorded.wallets(file).stream()).toList();

  private static final Mutations WALLETS = new Mutations(trees());

  private static final Map<Program, Words> WORDS = new HashMap<>();

  /** The wallets of the catalogue's histories, as plain trees. */
  static List<Object> trees() {
    return KEPT.stream().map(kept -> (Object) WalletData.toTree(kept.wallet().state())).toList();
  }

  static Stream<byte[]> seeds() {
    return Seeds.choosing(WalletTreesFuzz.class, WALLETS.size(), 40);
  }

  @Timeout(10)
  @MethodSource("seeds")
  @FuzzTest
  void isAWalletThatGoesOnOrIsRejected(byte[] bytes) {
    Draws draws = new Draws(bytes);
    int index = WALLETS.drawn(draws);
    PolicyEngine engine = KEPT.get(index).engine();
    WalletState state;
    Wallet wallet;
    try {
      state = WalletData.fromTree(WALLETS.mutated(index, draws));
    } catch (InvalidDataException invalid) {
      return;
    }
    if (draws.thorough()) {
      assertEquals(state, WalletData.fromTree(WalletData.toTree(state)));
    }
    try {
      wallet = engine.restore(state);
    } catch (IllegalArgumentException rejected) {
      return;
    }
    if (state.standing().terms().fingerprint().equals(engine.program().fingerprint())) {
      assertEquals(WalletState.of(state.rows()), wallet.state());
    }
    Words words = WORDS.computeIfAbsent(engine.program(), Words::of);
    Story.goOn(engine, words, draws, wallet, 4);
  }
}
