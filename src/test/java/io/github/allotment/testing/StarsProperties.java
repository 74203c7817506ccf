package io.github.allotment.testing;

import io.github.allotment.testkit.History;
import io.github.allotment.testkit.Scenario;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The property of the page on testing. */
class StarsProperties {

  // The page shows the lines from here
  @Property
  @Domain(StarsDomain.class)
  void aRenewalKeepsFiftyAndAddsTwenty(@ForAll History history) {
    Scenario last = Scenario.given(history);
    Instant renewal = last.wallet().cycle().endExclusive();
    Scenario before = last.at(renewal.minusNanos(1));
    before.at(renewal).hasAvailable(Math.min(50, before.wallet().available()) + 20);
  }

  // to here.
}
