package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedMap;
import io.github.allotment.Change;
import io.github.allotment.Decision;
import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import io.github.allotment.policy.Program;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The library's engine, as the laws see it. */
record EngineAccounts(PolicyEngine engine) implements Accounts {

  EngineAccounts {
    requireNonNull(engine, "engine");
  }

  @Override
  public Program program() {
    return engine.program();
  }

  @Override
  public Step open(Opening opening) {
    return step(engine.open(opening));
  }

  @Override
  public Account restore(Object exported) {
    return new OfWallet(engine.restore(state(exported)));
  }

  private static WalletState state(Object exported) {
    return WalletData.fromTree((Map<?, ?>) exported);
  }

  private Step step(Decision decision) {
    List<Change> changes = decision.changes();
    return new Step(
        new OfWallet(decision.wallet()),
        decision.reason().code(),
        decision.reasons().stream()
            .flatMap(reason -> reason.refusingRule().stream())
            .distinct()
            .toList(),
        decision.transactions().stream().map(EngineAccounts::posting).toList(),
        before -> WalletData.toTree(state(before).after(changes)));
  }

  static Posting posting(Transaction row) {
    return new Posting(
        row.at(),
        row.type(),
        row.amount(),
        row.balance(),
        row.cause().event(),
        row.cause().rule(),
        row.moves().stream()
            .collect(
                ImmutableSortedMap.toImmutableSortedMap(
                    Long::compare, move -> move.lot().number(), Lot.Move::amount, Long::sum)));
  }

  private final class OfWallet implements Account {

    private final Wallet wallet;

    OfWallet(Wallet wallet) {
      this.wallet = wallet;
    }

    @Override
    public Snapshot look() {
      return new Snapshot(
          wallet.clock(),
          wallet.cycle(),
          wallet.available(),
          wallet.frozen(),
          wallet.pending(),
          wallet.onHold(),
          wallet.lots().stream()
              .map(
                  lot ->
                      new Snapshot.LotLeft(
                          lot.terms().number(),
                          lot.terms().source(),
                          lot.left(),
                          lot.terms().grantedAt(),
                          lot.terms().expiresAt()))
              .toList());
    }

    @Override
    public Step decide(Event event) {
      return step(engine.decide(wallet, event));
    }

    @Override
    public Step preview(Event event) {
      return step(engine.preview(wallet, event));
    }

    @Override
    public List<Step> replay(List<Event> events) {
      return engine.replay(wallet, events).decisions().stream()
          .map(EngineAccounts.this::step)
          .toList();
    }

    @Override
    public Step advance(Instant to) {
      return step(engine.advance(wallet, to));
    }

    @Override
    public Promise earliest(Event event, Instant horizonExclusive) {
      Earliest earliest = engine.earliest(wallet, event, horizonExclusive);
      if (earliest instanceof Earliest.At at) {
        return new Promise.At(at.instant());
      } else if (earliest instanceof Earliest.NotBefore end) {
        return new Promise.NotBefore(end.horizonExclusive());
      }
      return new Promise.Never();
    }

    @Override
    public Object export() {
      return WalletData.toTree(wallet.state());
    }

    @Override
    public String toString() {
      return wallet.toString();
    }
  }
}
