package io.github.allotment.testkit;

/** All laws that hold for every program. */
public interface WalletLaws
    extends LedgerLaws, LimitLaws, OnceLaws, TimeLaws, DecisionLaws, StateLaws, EarliestLaws {}
