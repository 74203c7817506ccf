package io.github.allotment.testing;

import io.github.allotment.testkit.LimitLaws;
import io.github.allotment.testkit.UnderTest;

/** The laws on limits hold for the broken program of the page too: it is another program. */
class BrokenStarsLawsTest implements LimitLaws {

  @Override
  public UnderTest underTest() {
    return UnderTest.program(Stars.broken());
  }
}
