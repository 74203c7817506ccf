package io.github.allotment.laws;

import io.github.allotment.reference.ModelAccounts;
import io.github.allotment.testkit.Programs;
import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;
import net.jqwik.api.PropertyDefaults;

/** Every law holds for the reference model too, on every program. */
@PropertyDefaults(tries = 40)
class EveryProgramModelLawsTest implements WalletLaws {

  @Override
  public UnderTest underTest() {
    return UnderTest.programs(Programs.any()).runBy(ModelAccounts::of);
  }
}
