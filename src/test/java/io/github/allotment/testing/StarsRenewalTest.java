package io.github.allotment.testing;

import io.github.allotment.testkit.Scenario;
import org.junit.jupiter.api.Test;

/** The case that the broken program of the page is found by. */
class StarsRenewalTest {

  // The page shows the lines from here
  @Test
  void theRolloverLimitDoesNotCutWhatIsNew() {
    Scenario.given(Stars.program(), "member", "2021-01-01")
        .at("2021-02-01")
        .happens("review")
        .with("helpful", true)
        .hasAvailable(45)
        .at("2021-03-01")
        .posts("allotment +20 = 65");
  }

  // to here.
}
