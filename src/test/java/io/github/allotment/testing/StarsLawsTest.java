package io.github.allotment.testing;

import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;

// The page shows the lines from here
/** Every law holds for the stars. */
class StarsLawsTest implements WalletLaws {

  @Override
  public UnderTest underTest() {
    return UnderTest.program(Stars.program());
  }
}
// to here.
