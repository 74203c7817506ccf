package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.policy.Order;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders of the same keys are the same; the oldest lot is the one granted first. */
class LotOrderTest {

  private static final Instant AT = Instant.parse("2021-01-01T00:00:00Z");

  @Test
  void ordersAreEqualIfTheirKeysAreInTheSameOrder() {
    LotOrder order = LotOrder.of(List.of(Order.PRIORITY, Order.OLDEST));
    assertEquals(order, LotOrder.of(List.of(Order.PRIORITY, Order.OLDEST)));
    assertEquals(order.hashCode(), LotOrder.of(List.of(Order.PRIORITY, Order.OLDEST)).hashCode());
    assertNotEquals(order, LotOrder.of(List.of(Order.OLDEST, Order.PRIORITY)));
    assertNotEquals(order, LotOrder.of(List.of(Order.PRIORITY)));
    assertNotEquals(order, List.of(Order.PRIORITY, Order.OLDEST));
  }

  @Test
  void ordersOfOneKeyDoNotAllHaveTheSameHash() {
    long hashes =
        Arrays.stream(Order.values())
            .map(key -> LotOrder.of(List.of(key)).hashCode())
            .distinct()
            .count();
    assertTrue(hashes > 1);
  }

  @Test
  void theOldestIsGrantedFirstAndOfTwoGrantedTogetherTheOneOfTheLowerNumber() {
    Lot first = lot(9, AT);
    Lot second = lot(1, AT.plusNanos(1));
    Lot third = lot(2, AT.plusNanos(1));
    assertEquals(
        List.of(first, second, third),
        List.of(third, second, first).stream().sorted(LotOrder.of(List.of())).toList());
  }

  private static Lot lot(long number, Instant grantedAt) {
    return new Lot(
        new Lot.Terms(number, "gift", grantedAt, "only", 0, 0, Optional.empty(), Optional.empty()),
        1);
  }
}
