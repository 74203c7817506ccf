package io.github.allotment.connects;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The codes that stand in stored facts, which stay what they are. */
class CodesTest {

  private static <E extends Enum<E>> void assertCodes(
      List<String> codes,
      List<E> constants,
      Function<E, String> code,
      Function<String, Optional<E>> ofCode) {
    assertEquals(codes, constants.stream().map(code).toList());
    for (E constant : constants) {
      assertEquals(Optional.of(constant), ofCode.apply(code.apply(constant)));
      assertEquals(Optional.empty(), ofCode.apply(constant.name()));
    }
    assertEquals(Optional.empty(), ofCode.apply(""));
  }

  @Test
  void everyCodeIsThatOfOneConstant() {
    assertCodes(
        List.of("closed-without-hire", "removed-for-violation", "hired", "expired"),
        List.of(JobOutcome.values()),
        JobOutcome::code,
        JobOutcome::ofCode);
    assertCodes(
        List.of("proposal", "invitation"),
        List.of(InterviewSource.values()),
        InterviewSource::code,
        InterviewSource::ofCode);
    assertCodes(
        List.of("passed", "failed", "not-taken"),
        List.of(ReadinessTest.values()),
        ReadinessTest::code,
        ReadinessTest::ofCode);
    assertCodes(
        List.of("freelancer", "agency"),
        List.of(AccountKind.values()),
        AccountKind::code,
        AccountKind::ofCode);
  }
}
