package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.testkit.AllotmentDomain;
import io.github.allotment.testkit.History;
import io.github.allotment.testkit.Scenario;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Before the next due instant time does nothing; at it, it does what was announced. */
class NextDueProperties {

  @Property
  @Domain(AllotmentDomain.class)
  void nothingHappensBeforeItAndSomethingAtIt(@ForAll History history) {
    PolicyEngine engine = PolicyEngine.of(history.program());
    Wallet wallet = Scenario.given(history).wallet();
    Instant due = engine.nextDue(wallet);

    assertTrue(due.isAfter(wallet.clock()), due + " is not after " + wallet);
    Decision before = engine.advance(wallet, due.minusNanos(1));
    assertEquals(List.of(), ((Reason.Applied) before.reason()).consequences());
    assertEquals(List.of(), before.transactions());
    assertEquals(wallet.cycle(), before.wallet().cycle());
    assertEquals(wallet.revision(), before.wallet().revision());
    assertEquals(due, engine.nextDue(before.wallet()));

    Instant told = engine.upcoming(wallet).get(0).at();
    assertTrue(!told.isBefore(due), told + " is before " + due);
    Decision at = engine.advance(wallet, due);
    boolean isIdle = ((Reason.Applied) at.reason()).consequences().isEmpty();
    assertTrue(told.equals(due) || isIdle, told + ", but at " + due + ": " + at.why());
    assertTrue(engine.nextDue(engine.advance(wallet, due).wallet()).isAfter(due));
  }
}
