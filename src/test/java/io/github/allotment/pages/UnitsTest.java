package io.github.allotment.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Decimals go in and out unrounded. */
class UnitsTest {

  @Test
  void decimalsBecomeWholeNumbersAndDecimalsAgain() {
    BigDecimal price = new BigDecimal("0.25");
    assertEquals(250, Units.call("c", Instant.EPOCH, price).amount().orElseThrow());
    assertEquals(new BigDecimal("19.750"), Units.credits(20_000 - 250));
    assertEquals(new BigDecimal("9223372036854775.807"), Units.credits(Long.MAX_VALUE));
  }

  @Test
  void whatTheScaleCanNotSayIsRefusedAndNotRounded() {
    assertThrows(ArithmeticException.class, () -> Units.amount(new BigDecimal("0.0001")));
    assertThrows(ArithmeticException.class, () -> Units.amount(new BigDecimal("1e16")));
  }
}
