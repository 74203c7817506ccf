package io.github.allotment.laws;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.testkit.History;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Example;

/** An id that was forgotten may come again for something else, which breaks no law. */
class ReusedIdsExamples {

  private static final Instant OPENED = Instant.parse("2021-07-06T00:00:00Z");

  /** The id of the first award comes again, a month later, for the charge of the second. */
  @Example
  void aClaimEarnsOnceUnderAnyId() {
    Instant first = OPENED.plus(Duration.ofDays(31));
    Instant second = OPENED.plus(Duration.ofDays(61));
    List<Event> events =
        List.of(
            Connects.proposalSubmitted("1", first, "proposal-1", "job-1", 0),
            Connects.interview("2", first, "proposal-1", InterviewSource.PROPOSAL, true),
            Connects.proposalSubmitted("2", second, "proposal-2", "job-2", 0),
            Connects.interview("3", second, "proposal-2", InterviewSource.PROPOSAL, true));
    Opening opening = Opening.of(Connects.BASIC, OPENED);
    new ConnectsLawsTest().aClaimEarnsOnce(new History(Connects.program(), opening, events, 0));
  }
}
