package io.github.allotment.examples.loans;

import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;

/** Every law holds for the loans. */
class LoansLawsTest implements WalletLaws {

  @Override
  public UnderTest underTest() {
    return UnderTest.program(Loans.program());
  }
}
