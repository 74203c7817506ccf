package io.github.allotment.laws;

import io.github.allotment.connects.Connects;
import io.github.allotment.reference.ModelAccounts;
import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;
import net.jqwik.api.PropertyDefaults;

/**
 * Every law holds for the reference model too, on Connects: none of them is fitted to the engine.
 */
@PropertyDefaults(tries = 20)
class ConnectsModelLawsTest implements WalletLaws {

  @Override
  public UnderTest underTest() {
    return UnderTest.program(Connects.program()).runBy(ModelAccounts::of);
  }
}
