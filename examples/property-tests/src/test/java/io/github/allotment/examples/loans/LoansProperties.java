package io.github.allotment.examples.loans;

import io.github.allotment.testkit.AllotmentDomain;
import io.github.allotment.testkit.History;
import io.github.allotment.testkit.Scenario;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What is true of every reader, whatever happened. */
@Domain(LoansProperties.OfLoans.class)
class LoansProperties {

  static class OfLoans extends AllotmentDomain {
    OfLoans() {
      super(Loans.program());
    }
  }

  @Property
  void aMonthStartsWithWhatWasLeftUpToFourAndSixMore(@ForAll History history) {
    Scenario last = Scenario.given(history);
    Instant renewal = last.wallet().cycle().endExclusive();
    Scenario before = last.at(renewal.minusNanos(1));
    long kept = Math.min(Loans.MOST_KEPT, before.wallet().available());
    before.at(renewal).hasAvailable(kept + Loans.A_MONTH);
  }

  @Property
  void aBookReservedAndNotFetchedCostsNothing(@ForAll History history) {
    Scenario before = Scenario.given(history);
    long available = before.wallet().available();
    Scenario reserved = before.happens("reserved").withId("mine").about("a book of mine");
    if (available > 0) {
      reserved
          .isApplied()
          .hasAvailable(available - 1)
          .happens("not-fetched")
          .withId("mine, not fetched")
          .about("a book of mine")
          .isApplied()
          .hasAvailable(available);
    } else {
      reserved.isRefusedBy("a reserved book").hasAvailable(0);
    }
  }
}
