package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.ReadinessTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a decision always has. */
class DecisionTest {

  @Test
  void isNotMadeWithoutAReason() {
    Decision opened =
        PolicyEngine.of(Connects.program())
            .open(
                Connects.opening(
                    Connects.BASIC,
                    Instant.parse("2021-01-05T09:00:00Z"),
                    AccountKind.FREELANCER,
                    ReadinessTest.NOT_TAKEN));
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Decision(
                    opened.event(),
                    opened.wallet(),
                    List.of(),
                    opened.transactions(),
                    opened.notices(),
                    opened.changes(),
                    opened.unit()));
    assertEquals("a decision must have a reason", thrown.getMessage());
  }
}
