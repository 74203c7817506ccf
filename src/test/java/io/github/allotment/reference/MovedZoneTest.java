package io.github.allotment.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JDK brings other rules for a zone than the one that a wallet was stored under, as states change
 * their clocks: its days then start earlier or later than they did. Here the zone's name changes
 * instead, which does the same to every date at once.
 */
class MovedZoneTest {

  private static final ZoneId BEFORE = ZoneId.of("Europe/Berlin");
  private static final Instant JANUARY = Instant.parse("2021-01-01T00:00:00Z");
  private static final int PROGRAMS = 120;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Helsinki",
        "Europe/London",
        "Asia/Tokyo",
        "America/Noronha",
        "Pacific/Kiritimati",
        "Pacific/Honolulu"
      })
  void aWalletRestoresWhenItsDaysStartEarlierOrLater(String after) {
    long overdue =
        LongStream.range(0, PROGRAMS)
            .parallel()
            .map(seed -> overdue(RandomPrograms.of(seed), ZoneId.of(after)))
            .sum();
    assertTrue(overdue > 0 || offset(ZoneId.of(after)) < offset(BEFORE));
  }

  /** Plays a history, and restores what each step comes to. Returns how many renewals are late. */
  private static long overdue(RandomPrograms.Case drawn, ZoneId after) {
    PolicyEngine engine = PolicyEngine.of(drawn.program());
    Opening opening = drawn.opening().inZone(BEFORE);
    Wallet wallet = engine.open(opening).wallet();
    long overdue = 0;
    for (Event event : drawn.events()) {
      wallet = engine.decide(wallet, event).wallet();
      WalletState moved = moved(wallet.state(), after);
      Wallet restored = engine.restore(moved);
      assertEquals(moved, restored.state());
      assertEquals(wallet.available(), restored.available());
      Wallet now = engine.advance(restored, restored.clock()).wallet();
      assertTrue(engine.nextDue(now).isAfter(now.clock()));
      assertEquals(now.state(), engine.restore(now.state()).state());
      engine.advance(now, now.clock().plus(Duration.ofDays(40)));
      if (!engine.nextDue(restored).isAfter(restored.clock())) {
        overdue++;
      }
    }
    return overdue;
  }

  private static int offset(ZoneId zone) {
    return zone.getRules().getOffset(JANUARY).getTotalSeconds();
  }

  private static WalletState moved(WalletState state, ZoneId after) {
    Map<String, Object> tree = new LinkedHashMap<>(WalletData.toTree(state));
    Map<String, Object> standing = new LinkedHashMap<>();
    ((Map<?, ?>) tree.get("standing")).forEach((key, value) -> standing.put((String) key, value));
    standing.put("zone", after.getId());
    tree.put("standing", standing);
    return WalletData.fromTree(tree);
  }
}
