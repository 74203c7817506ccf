package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is reckoned in one step is what {@code java.time} makes of it. */
class InstantsProperties {

  @Property
  void aLengthIsAddedAndTakenAway(
      @ForAll("instants") Instant at, @ForAll("lengths") Duration length) {
    assertEquals(at.plus(length), Instants.plus(at, length));
    assertEquals(at.minus(length), Instants.minus(at, length));
  }

  @Property
  void anInstantIsWithinALengthIfItIsAfterItsStart(
      @ForAll("instants") Instant end,
      @ForAll("lengths") Duration length,
      @ForAll("offsets") long nanos) {
    Instant at = end.minus(length).plusNanos(nanos);
    assertEquals(nanos > 0, Instants.isWithin(at, end, length));
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Combinators.combine(seconds(), nanos()).as(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<Duration> lengths() {
    return Combinators.combine(Arbitraries.longs().between(0, 5_000_000_000L), nanos())
        .as(Duration::ofSeconds);
  }

  @Provide
  Arbitrary<Long> offsets() {
    return Arbitraries.longs().between(-2_000_000_000L, 2_000_000_000L);
  }

  private static Arbitrary<Long> seconds() {
    return Arbitraries.longs()
        .between(Checks.FIRST.getEpochSecond(), Checks.END.getEpochSecond() - 1);
  }

  private static Arbitrary<Long> nanos() {
    return Arbitraries.longs().between(0, 999_999_999);
  }
}
