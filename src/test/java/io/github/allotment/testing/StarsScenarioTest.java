package io.github.allotment.testing;

import static io.github.allotment.ReasonCode.NOT_ENOUGH;

import io.github.allotment.testkit.Scenario;
import org.junit.jupiter.api.Test;

/** The example of the page on testing. */
class StarsScenarioTest {

  // The page shows the lines from here
  private final Scenario member = Scenario.given(Stars.program(), "member", "2021-01-05");

  @Test
  void aHelpfulReviewPaysForABoost() {
    member
        .hasAvailable(20)
        .at("2021-01-06T10:00:00Z")
        .happens("boosted")
        .about("book-1")
        .of(24)
        .hasReason(NOT_ENOUGH)
        .isRefusedBy("a boost")
        .happens("review")
        .with("helpful", true)
        .says("5 stars added (a helpful review); 25 of 30 left in 7 days (reviews a week).")
        .at("2021-01-07")
        .happens("boosted")
        .about("book-1")
        .of(24)
        .isApplied()
        .at("2021-02-05")
        .hasAvailable(21)
        .hasHistory("allotment +20 = 20", "award +5 = 25", "charge -24 = 1", "allotment +20 = 21");
  }

  // to here.
}
