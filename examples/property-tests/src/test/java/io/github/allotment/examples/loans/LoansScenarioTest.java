package io.github.allotment.examples.loans;

import static io.github.allotment.ReasonCode.FACT_MISSING;
import static io.github.allotment.ReasonCode.NO_OPEN_CLAIM;
import static io.github.allotment.ReasonCode.NO_ROOM;

import io.github.allotment.testkit.Scenario;
import org.junit.jupiter.api.Test;

/** What happened to some readers. */
class LoansScenarioTest {

  private final Scenario reader = Scenario.given(Loans.program(), "reader", "2021-01-31");

  @Test
  void aBookThatIsNotFetchedGivesTheLoanBackOnce() {
    Scenario back =
        reader
            .at("2021-02-01")
            .happens("reserved")
            .about("Moby-Dick")
            .hasAvailable(5)
            .at("2021-02-03")
            .happens("not-fetched")
            .about("Moby-Dick")
            .isApplied()
            .posts("return +1 = 6");

    back.happens("not-fetched").about("Moby-Dick").hasReason(NO_OPEN_CLAIM);
    back.happens("not-fetched").about("Emma").hasReason(NO_OPEN_CLAIM);
  }

  @Test
  void donatedBooksEarnUpToFourLoansInThirtyDays() {
    Scenario two =
        reader
            .happens("donated")
            .with("readable", true)
            .happens("donated")
            .with("readable", true)
            .hasAvailable("earned", 4);

    two.at("2021-03-01T23:59:59Z").happens("donated").with("readable", true).hasReason(NO_ROOM);
    two.at("2021-03-02").happens("donated").with("readable", true).isApplied();
    two.happens("donated")
        .with("readable", false)
        .hasReason(FACT_MISSING)
        .isRefusedBy("a donated book");
  }

  @Test
  void aReaderOfTheThirtyFirstRenewsOnTheLastOfAShortMonth() {
    reader
        .at("2021-03-31")
        .hasHistory(
            "allotment +6 = 6",
            "forfeit -2 = 4",
            "allotment +6 = 10",
            "forfeit -6 = 4",
            "allotment +6 = 10");
    reader.at("2021-02-27T23:59:59Z").hasAvailable(6).at("2021-02-28").hasAvailable(10);
  }
}
