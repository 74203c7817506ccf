package io.github.allotment.testkit;

import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.policy.Program;

/**
 * What the laws are held against: the accounts of one program. {@link PolicyEngine} is one, by
 * {@link #of}; a slow model of yours may be another.
 */
public interface Accounts {

  /**
   * Returns the program of the accounts.
   *
   * @return the program
   */
  Program program();

  /**
   * Opens an account.
   *
   * @param opening how it is opened
   * @return the account, and what it got at once
   */
  Step open(Opening opening);

  /**
   * Returns the account that was exported.
   *
   * @param exported what {@link Account#export} gave
   * @return the account
   */
  Account restore(Object exported);

  /**
   * Returns an engine's accounts.
   *
   * @param engine the engine
   * @return its accounts
   */
  static Accounts of(PolicyEngine engine) {
    return new EngineAccounts(engine);
  }
}
