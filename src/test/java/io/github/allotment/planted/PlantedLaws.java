package io.github.allotment.planted;

import io.github.allotment.testkit.UnderTest;
import io.github.allotment.testkit.WalletLaws;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;

/** All laws, held against the bug that is hunted: what a consumer writes, and nothing more. */
@AddLifecycleHook(value = Hunt.Watch.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
final class PlantedLaws implements WalletLaws {

  @Override
  public UnderTest underTest() {
    return Hunt.current().bug().underTest();
  }
}
