package io.github.allotment.testkit;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import io.github.allotment.Wallet;
import org.opentest4j.AssertionFailedError;

/**
 * What can be said of a wallet. Each check returns what it was asked of, so that the next can
 * follow, or throws an {@link AssertionFailedError} with both values and with what is known of how
 * the wallet came about.
 *
 * <p>For example {@code assertThat(wallet).isOnPlan("member").hasAvailable(25).hasPending(0)}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <S> what each check returns
 * @see AllotmentAssertions
 */
public abstract sealed class WalletAssert<S extends WalletAssert<S>>
    permits AllotmentAssertions.OfWallet, DecisionAssert {

  WalletAssert() {}

  abstract S self();

  abstract Wallet checked();

  /** Returns what a failure shows below the difference. */
  String statement() {
    return Statement.now(checked());
  }

  /** Fails unless the wallet's program may have a source. */
  void requireSource(String source) {
    requireNonNull(source, "source");
  }

  final S check(String what, Object expected, Object actual) {
    return check(what, expected, actual, "");
  }

  final S check(String what, Object expected, Object actual, String hint) {
    if (expected.equals(actual)) {
      return self();
    }
    throw new AssertionFailedError(
        lenientFormat(
            "%s: expected %s but was %s%s\n\n%s", what, expected, actual, hint, statement()),
        expected,
        actual);
  }

  /**
   * Checks how many credits can be spent.
   *
   * @param expected for example 25
   * @return this
   * @throws AssertionFailedError if it is another number
   */
  public final S hasAvailable(long expected) {
    return check("available", expected, checked().available());
  }

  /**
   * Checks how many credits of one source can be spent.
   *
   * @param source the source's name
   * @param expected for example 5; 0 if the source's credits are frozen or there are none
   * @return this
   * @throws AssertionFailedError if it is another number
   * @throws IllegalArgumentException if this is a {@link Scenario} and its program has no such
   *     source; a bare wallet does not know its program's sources
   */
  public final S hasAvailable(String source, long expected) {
    requireSource(source);
    return check("available from " + source, expected, checked().available(source));
  }

  /**
   * Checks how many credits are there but can't be spent on the wallet's plan.
   *
   * @param expected for example 0
   * @return this
   * @throws AssertionFailedError if it is another number
   */
  public final S hasFrozen(long expected) {
    return check("frozen", expected, checked().frozen());
  }

  /**
   * Checks how many credits were earned and are not there yet.
   *
   * @param expected for example 10
   * @return this
   * @throws AssertionFailedError if it is another number
   */
  public final S hasPending(long expected) {
    return check("pending", expected, checked().pending());
  }

  /**
   * Checks how many credits holds have taken and may give back.
   *
   * @param expected for example 8
   * @return this
   * @throws AssertionFailedError if it is another number
   */
  public final S hasOnHold(long expected) {
    return check("on hold", expected, checked().onHold());
  }

  /**
   * Checks the wallet's plan at its clock; a change that waits for the renewal does not count.
   *
   * @param expected the plan's name
   * @return this
   * @throws AssertionFailedError if it is another plan
   */
  public final S isOnPlan(String expected) {
    return check("plan", requireNonNull(expected, "expected"), checked().plan());
  }
}
