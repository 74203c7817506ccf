package io.github.allotment.laws;

import io.github.allotment.testkit.Programs;
import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;

/** Every law holds for every program of the rule language. */
class EveryProgramLawsTest implements WalletLaws {

  @Override
  public UnderTest underTest() {
    return UnderTest.programs(Programs.any());
  }
}
