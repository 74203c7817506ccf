package io.github.allotment.fuzz;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.examples.replay.Recorded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer starts from passes every target; this needs no fuzzer. */
class FuzzSeedsTest {

  @ParameterizedTest
  @MethodSource("io.github.allotment.fuzz.ProgramTreesFuzz#seeds")
  void isAProgramThatRunsOrHasProblems(byte[] seed) {
    new ProgramTreesFuzz().isAProgramThatRunsOrHasProblems(seed);
  }

  @ParameterizedTest
  @MethodSource("io.github.allotment.fuzz.RawTreesFuzz#seeds")
  void isReadOrHasProblems(byte[] seed) {
    new RawTreesFuzz().isReadOrHasProblems(seed);
  }

  @ParameterizedTest
  @MethodSource("io.github.allotment.fuzz.WalletTreesFuzz#seeds")
  void isAWalletThatGoesOnOrIsRejected(byte[] seed) {
    new WalletTreesFuzz().isAWalletThatGoesOnOrIsRejected(seed);
  }

  @ParameterizedTest
  @MethodSource("io.github.allotment.fuzz.EventStreamsFuzz#seeds")
  void everyEventIsDecidedAndEveryLawHolds(byte[] seed) {
    new EventStreamsFuzz().everyEventIsDecidedAndEveryLawHolds(seed);
  }

  @ParameterizedTest
  @MethodSource("io.github.allotment.fuzz.HistoryTextsFuzz#seeds")
  void isAHistoryOrSaysWhatIsWrong(byte[] seed) {
    new HistoryTextsFuzz().isAHistoryOrSaysWhatIsWrong(seed);
  }

  /** The fuzzer once reported the copying of a deep tree as a fault of the readers. */
  @Test
  void aTreeThatHoldsTheDeepestOneIsCopied() {
    Object copy = Mutations.copy(List.of(Map.of("comment", Mutations.DEEP)));
    assertSame(Mutations.DEEP, ((Map<?, ?>) ((List<?>) copy).get(0)).get("comment"));
  }

  /** A target that gets past no reader would find nothing. */
  @Test
  void theHistoriesThatTheFuzzerStartsFromAreHistories() {
    assertTrue(Recorded.texts().stream().allMatch(Recorded::isHistory));
  }
}
