package io.github.allotment.testing;

import static io.github.allotment.testkit.AllotmentAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.ReasonCode;
import io.github.allotment.testkit.WalletAssert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;

/** Every check passes for what is so, and fails for everything else. */
class AllotmentAssertionsTest {

  private static final Instant DAY = Instant.parse("2021-01-05T00:00:00Z");

  private final PolicyEngine engine = PolicyEngine.of(Members.program());
  private final Decision opened = engine.open(Opening.of("full", DAY));
  private final Decision earning = engine.decide(opened.wallet(), deed("d-1"));
  private final Decision full = engine.decide(earning.wallet(), deed("d-2"));
  private final Decision again = engine.decide(full.wallet(), deed("d-1"));

  private static Event deed(String id) {
    return Event.of(id, DAY, "deed").withFact("kind", "good");
  }

  @Test
  void whatIsSoPasses() {
    assertThat(opened.wallet())
        .isOnPlan("full")
        .hasAvailable(10)
        .hasAvailable("monthly", 10)
        .hasPending(0)
        .hasFrozen(0)
        .hasOnHold(0);
    assertThat(opened).isApplied().isAppliedBy("points").posts("allotment +10 = 10");
    assertThat(earning).isAppliedBy("a good deed").posts().hasPending(5).hasAvailable(10);
    assertThat(full)
        .isRefused()
        .hasReason(ReasonCode.NO_ROOM)
        .isRefusedBy("a good deed")
        .says(full.why());
    assertThat(again).isDuplicate().hasReason(ReasonCode.SEEN_BEFORE).hasPending(5);
  }

  @Test
  void everyCheckOfAWalletFailsForAnotherValue() {
    Map<Executable, String> checks = new LinkedHashMap<>();
    WalletAssert<?> that = assertThat(opened.wallet());
    checks.put(() -> that.isOnPlan("rest"), "plan: expected rest but was full");
    checks.put(() -> that.hasAvailable(9), "available: expected 9 but was 10");
    checks.put(() -> that.hasAvailable("bought", 1), "available from bought: expected 1 but was 0");
    checks.put(() -> that.hasPending(1), "pending: expected 1 but was 0");
    checks.put(() -> that.hasFrozen(1), "frozen: expected 1 but was 0");
    checks.put(() -> that.hasOnHold(1), "on hold: expected 1 but was 0");
    checks.forEach(
        (check, message) ->
            assertEquals(
                message
                    + "\n\nAt 2021-01-05T00:00:00Z, on the plan full: 10 available, 0 pending,"
                    + " 0 frozen, 0 on hold; by source: monthly 10.",
                assertThrows(AssertionFailedError.class, check, message).getMessage()));
  }

  @Test
  void everyCheckOfADecisionFailsForAnotherValueAndSaysWhy() {
    Map<Executable, String> checks = new LinkedHashMap<>();
    checks.put(() -> assertThat(full).isApplied(), "outcome: expected applied but was refused");
    checks.put(() -> assertThat(full).isAppliedBy(), "outcome: expected applied but was refused");
    checks.put(() -> assertThat(full).isDuplicate(), "outcome: expected duplicate but was refused");
    checks.put(
        () -> assertThat(full).hasReason(ReasonCode.NOT_ENOUGH),
        "reason: expected not-enough but was no-room");
    checks.put(
        () -> assertThat(full).isRefusedBy("a seat"),
        "refused by: expected a seat but was a good deed");
    checks.forEach(
        (check, message) -> {
          String found = "" + assertThrows(AssertionFailedError.class, check, message).getMessage();
          assertTrue(found.startsWith(message + ", because: " + full.why() + "\n\n"), found);
          assertTrue(found.contains("\n2021-01-05T00:00:00Z  event d-2\n  no-room: "), found);
        });
  }

  @Test
  void whatWasAppliedOrSeenBeforeIsRefusedByNoRule() {
    for (Decision decision : new Decision[] {earning, again}) {
      AssertionFailedError failure =
          assertThrows(
              AssertionFailedError.class, () -> assertThat(decision).isRefusedBy("a good deed"));
      assertEquals("no rule", failure.getActual().getValue());
      assertThrows(AssertionFailedError.class, () -> assertThat(decision).isRefused());
    }
    assertThrows(AssertionFailedError.class, () -> assertThat(earning).isAppliedBy("points"));
    assertThrows(AssertionFailedError.class, () -> assertThat(earning).says("Well done."));
    assertThrows(AssertionFailedError.class, () -> assertThat(earning).posts("award +5 = 15"));
  }
}
