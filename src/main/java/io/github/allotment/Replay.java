package io.github.allotment;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What a list of events does to a wallet.
 *
 * @param wallet the wallet after the last event
 * @param decisions one for each event, in order
 */
public record Replay(Wallet wallet, List<Decision> decisions) {

  public Replay {
    decisions = ImmutableList.copyOf(decisions);
  }

  /**
   * Returns the rows of history of all decisions.
   *
   * @return the rows, in the order of their numbers
   */
  public List<Transaction> transactions() {
    return decisions.stream()
        .flatMap(decision -> decision.transactions().stream())
        .collect(ImmutableList.toImmutableList());
  }
}
