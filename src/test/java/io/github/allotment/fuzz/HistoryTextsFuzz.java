package io.github.allotment.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.allotment.examples.replay.Recorded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a history's file holds, the reader makes a history of it or says what is wrong. */
class HistoryTextsFuzz {

  static Stream<byte[]> seeds() {
    return Seeds.of(HistoryTextsFuzz.class, Recorded.texts());
  }

  @Timeout(10)
  @MethodSource("seeds")
  @FuzzTest
  void isAHistoryOrSaysWhatIsWrong(byte[] text) {
    Recorded.isHistory(text);
  }
}
