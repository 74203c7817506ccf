package io.github.allotment.policy;

import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written in one call is what the components say. */
class ShorthandsTest {

  private static final Trigger ON = Trigger.on("x");

  private static Trigger asking(Condition.Whose whose, FactValue... accepted) {
    return ON.with(new Condition(whose, "f", List.of(accepted)));
  }

  @Test
  void aTriggerAsksForEveryKindOfFactOfEventsAndWallets() {
    FactValue one = FactValue.of(1);
    FactValue two = FactValue.of(2);
    assertEquals(asking(Condition.Whose.EVENT, one), ON.where("f", 1));
    assertEquals(asking(Condition.Whose.EVENT, one, two), ON.where("f", 1, 2));
    assertEquals(asking(Condition.Whose.EVENT, FactValue.of(true)), ON.where("f", true));
    assertEquals(asking(Condition.Whose.WALLET, one), ON.whereWallet("f", 1));
    assertEquals(asking(Condition.Whose.WALLET, two, one), ON.whereWallet("f", 2, 1));
    assertEquals(asking(Condition.Whose.WALLET, FactValue.of(false)), ON.whereWallet("f", false));
  }

  @Test
  void anEffectSetsEveryKindOfFact() {
    assertEquals(new Effect.SetFact("f", Optional.of(FactValue.of("a"))), Effect.setFact("f", "a"));
    assertEquals(new Effect.SetFact("f", Optional.of(FactValue.of(7))), Effect.setFact("f", 7));
    assertEquals(
        new Effect.SetFact("f", Optional.of(FactValue.of(true))), Effect.setFact("f", true));
  }

  @Test
  void anOpeningHasEveryKindOfFact() {
    assertEquals(
        Map.of("a", FactValue.of("x"), "b", FactValue.of(false), "c", FactValue.of(3)),
        Opening.of("p", Instant.EPOCH)
            .withFact("a", "x")
            .withFact("b", false)
            .withFact("c", 3)
            .facts());
  }

  @Test
  void aGrantHasLinesOfAnyQuantity() {
    Quantity twice = Quantity.ofPlan(2);
    Quantity extra = Quantity.ofEvent("extra");
    assertEquals(
        new Effect.Grant(
            BONUS,
            List.of(
                new Line("A", "s", twice),
                new Line("B", "t", extra),
                new Line("C", "u", Quantity.of(3))),
            Optional.empty(),
            List.of(),
            Effect.Settlement.AT_ONCE),
        Effect.grant(BONUS, "A", "s", twice).and("B", "t", extra).and("C", "u", 3));
  }

  @Test
  void aForfeitNamesSourcesAndWhatIsCutFirst() {
    assertEquals(
        new Effect.Forfeit("F", Quantity.of(5), List.of("s", "t"), List.of(Order.OLDEST)),
        Effect.forfeitAbove("F", 5, "s", "t"));
    assertEquals(
        new Effect.Forfeit(
            "F", Quantity.of(5), List.of(), List.of(Order.NEWEST, Order.SOONEST_EXPIRY)),
        Effect.forfeitAbove("F", 5).cutting(Order.NEWEST, Order.SOONEST_EXPIRY));
  }

  @Test
  void aChangeOfPlanIsNamedByAnyFact() {
    assertEquals(
        new Effect.SwitchPlan("tier", Effect.SwitchPlan.When.AT_ONCE),
        Effect.switchPlanAtOnce().named("tier"));
  }

  @Test
  void aLimitOfANumberIsOfAFixedQuantity() {
    Window week = Window.rolling(Duration.ofDays(7));
    assertEquals(Limit.of("l", Quantity.of(5), week), Limit.of("l", 5, week));
  }
}
