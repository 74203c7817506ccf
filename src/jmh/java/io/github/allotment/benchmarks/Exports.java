package io.github.allotment.benchmarks;

import io.github.allotment.Change;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to store a wallet and to make one of what was stored. */
@State(Scope.Thread)
public class Exports {

  /** How many open claims it has. */
  @Param({"10", "1000"})
  int claims;

  private final PolicyEngine engine = Accounts.ENGINE;
  private Wallet wallet;
  private WalletState state;
  private Map<String, Object> tree;
  private List<Change> changes;

  /** Makes the wallet and what is stored of it. */
  @Setup
  public void make() {
    wallet = Accounts.withClaims(claims);
    state = wallet.state();
    tree = WalletData.toTree(state);
    changes = engine.decide(wallet, Accounts.interviews()[0]).changes();
    if (!engine.restore(WalletData.fromTree(tree)).equals(wallet)) {
      throw new IllegalStateException("not the same wallet");
    }
  }

  /** To rows. */
  @Benchmark
  @Shown(in = Section.STATE, as = "Export as rows, {claims} claims")
  public WalletState rows() {
    return wallet.state();
  }

  /** To plain data. */
  @Benchmark
  @Shown(in = Section.STATE, as = "Export as plain data, {claims} claims")
  public Map<String, Object> tree() {
    return WalletData.toTree(wallet.state());
  }

  /** From rows. */
  @Benchmark
  @Shown(in = Section.STATE, as = "Restore from rows, {claims} claims")
  public Wallet restore() {
    return engine.restore(state);
  }

  /** From plain data. */
  @Benchmark
  @Shown(in = Section.STATE, as = "Restore from plain data, {claims} claims")
  public Wallet restoreTree() {
    return engine.restore(WalletData.fromTree(tree));
  }

  /** In memory; a host changes its stored rows instead. */
  @Benchmark
  @Shown(in = Section.STATE, as = "Apply a decision's changes to all rows, {claims} claims")
  public WalletState after() {
    return state.after(changes);
  }
}
