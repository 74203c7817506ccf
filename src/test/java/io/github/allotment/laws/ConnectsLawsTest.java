package io.github.allotment.laws;

import io.github.allotment.connects.Connects;
import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;

/** Every law holds for Connects. */
class ConnectsLawsTest implements WalletLaws {

  @Override
  public UnderTest underTest() {
    return UnderTest.program(Connects.program());
  }
}
