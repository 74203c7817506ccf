package io.github.allotment.examples.replay;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a history.
 *
 * @param history the history
 * @param decisions one for each event, in order
 * @param transactions the rows of the wallet's history
 * @param wallet the wallet at the end
 */
record Result(
    History history, List<Decision> decisions, List<Transaction> transactions, Wallet wallet) {

  /** Replays a history. */
  static Result of(History history) throws BadHistory {
    PolicyEngine engine = history.engine();
    Decision opened = attempt("wallet, field openedAt", () -> engine.open(history.opening()));
    List<Transaction> rows = new ArrayList<>(opened.transactions());
    List<Decision> decisions = new ArrayList<>();
    Wallet wallet = opened.wallet();
    for (Event event : history.events()) {
      Wallet before = wallet;
      Decision decision =
          attempt(where(decisions.size() + 1, event), () -> engine.decide(before, event));
      decisions.add(decision);
      rows.addAll(decision.transactions());
      wallet = decision.wallet();
    }
    if (history.until().isPresent()) {
      Wallet before = wallet;
      Decision last = attempt("until", () -> engine.advance(before, history.until().get()));
      rows.addAll(last.transactions());
      wallet = last.wallet();
    }
    return new Result(history, decisions, rows, wallet);
  }

  private interface Step {
    Decision take();
  }

  private static Decision attempt(String where, Step step) throws BadHistory {
    try {
      return step.take();
    } catch (IllegalArgumentException | ArithmeticException refused) {
      throw new BadHistory(
          where, Lines.plain(Optional.ofNullable(refused.getMessage()).orElse("not possible")));
    }
  }

  private static String where(int number, Event event) {
    return "event "
        + number
        + " "
        + Fields.quoted(event.id())
        + (event.amount().isPresent() ? ", field amount" : "");
  }
}
