package io.github.allotment.testkit;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/**
 * What a test class implements to inherit laws. It says what they are held against; every law is a
 * property of jqwik, tried on histories made for the program.
 *
 * <pre>{@code
 * class StarsLaws implements WalletLaws {
 *   @Override
 *   public UnderTest underTest() {
 *     return UnderTest.program(Stars.program());
 *   }
 * }
 * }</pre>
 *
 * @see WalletLaws
 */
public interface Laws {

  /**
   * Returns what the laws are held against.
   *
   * @return the programs, and what runs them
   */
  UnderTest underTest();

  /**
   * Returns the histories on which the laws are tried.
   *
   * @return histories of the programs under test, unless it is overridden
   */
  @Provide("histories")
  default Arbitrary<History> histories() {
    return Histories.of(underTest().programs());
  }
}
