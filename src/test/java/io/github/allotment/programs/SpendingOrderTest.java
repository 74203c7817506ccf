package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.allotment.Lot;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which credits go first, under every key and every pair and triple of keys. */
class SpendingOrderTest {

  private static final String OPENING = "2021-01-31T00:00:00Z";
  private static final Instant UNTIL = Instant.parse("2021-06-01T00:00:00Z");

  private static Policy.Builder sources(String version, String from) {
    return Policy.version(version, Instant.parse(from))
        .source(Source.of("never"))
        .source(Source.of("first").withPriority(-3))
        .source(Source.of("brief").living(Term.of(Duration.ofDays(40))).withPriority(2))
        .source(Source.of("until").living(Term.until(UNTIL)).withPriority(-3))
        .source(Source.of("long").living(Term.of(Duration.ofDays(400))))
        .plan(Plan.monthly("plan"))
        .rule("never", Trigger.on("never"), Effect.grantOfEvent(PURCHASE, "N", "never"))
        .rule("first", Trigger.on("first"), Effect.grantOfEvent(PURCHASE, "F", "first"))
        .rule("brief", Trigger.on("brief"), Effect.grantOfEvent(PURCHASE, "B", "brief"))
        .rule("until", Trigger.on("until"), Effect.grantOfEvent(PURCHASE, "U", "until"))
        .rule("long", Trigger.on("long"), Effect.grantOfEvent(PURCHASE, "L", "long"))
        .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spend"));
  }

  private static final List<String> SOURCES = List.of("never", "first", "brief", "until", "long");

  /** Ten lots of five sources, in two cycles, two of each at one instant. */
  private static void fill(Account account) {
    for (String source : SOURCES) {
      account.grant(source, 2);
    }
    account.advance("2021-02-28T00:00:00Z");
    for (String source : SOURCES.subList(0, 3)) {
      account.grant(source, 3);
    }
    account.advance("2021-03-01T00:00:00Z");
    for (String source : SOURCES.subList(3, 5)) {
      account.grant(source, 3);
    }
  }

  static Stream<List<Order>> orders() {
    List<List<Order>> all = new ArrayList<>();
    for (Order first : Order.values()) {
      all.add(List.of(first));
      for (Order second : Order.values()) {
        all.add(List.of(first, second));
        for (Order third : Order.values()) {
          all.add(List.of(first, second, third));
        }
      }
    }
    return all.stream();
  }

  private static Policy.Builder ordered(Policy.Builder sheet, List<Order> keys) {
    return sheet.spending(keys.get(0), keys.subList(1, keys.size()).toArray(Order[]::new));
  }

  /** Sorts key by key from the last to the first, by stable sorting, as one does by hand. */
  private static List<Lot> naive(List<Lot> lots, List<Order> keys) {
    List<Lot> sorted = new ArrayList<>(lots);
    Comparator<Lot> oldest =
        Comparator.comparing((Lot lot) -> lot.terms().grantedAt())
            .thenComparing(lot -> lot.terms().number());
    sorted.sort(oldest);
    for (int i = keys.size() - 1; i >= 0; i--) {
      sorted.sort(
          switch (keys.get(i)) {
            case OLDEST -> oldest;
            case NEWEST -> oldest.reversed();
            case PRIORITY -> Comparator.comparing(lot -> lot.terms().priority());
            case SOONEST_EXPIRY ->
                Comparator.comparing(
                    lot -> lot.terms().expiresAt().map(Instant::getEpochSecond).orElse(1L << 60));
            case CURRENT_CYCLE -> Comparator.comparing(lot -> -lot.terms().cycle());
            case ROLLED_OVER -> Comparator.comparing(lot -> lot.terms().cycle());
          });
    }
    return sorted;
  }

  private static Map<Long, Long> taken(List<Lot> sorted, long amount) {
    Map<Long, Long> taken = new LinkedHashMap<>();
    long missing = amount;
    for (Lot lot : sorted) {
      long part = Math.min(missing, lot.left());
      if (part > 0) {
        taken.put(lot.terms().number(), -part);
        missing -= part;
      }
    }
    return taken;
  }

  private static Map<Long, Long> moves(Account account) {
    Map<Long, Long> moves = new LinkedHashMap<>();
    account.last().moves().forEach(move -> moves.put(move.lot().number(), move.amount()));
    return moves;
  }

  @ParameterizedTest
  @MethodSource("orders")
  void everyChargeTakesWhatANaiveSortPutsFirst(List<Order> keys) {
    Account filled =
        Account.open(ordered(sources("1", "2000-01-01T00:00:00Z"), keys), "plan", OPENING);
    fill(filled);
    assertEquals(naive(filled.wallet().lots(), keys), filled.wallet().lots());
    for (long amount = 1; amount <= filled.available(); amount += 3) {
      Account account =
          Account.open(ordered(sources("1", "2000-01-01T00:00:00Z"), keys), "plan", OPENING);
      fill(account);
      List<Lot> lots = account.wallet().lots();
      List<Lot> sorted = naive(lots, keys);
      account.apply(account.event("spend").withSubject("x").withAmount(amount));
      assertEquals(
          new ArrayList<>(taken(sorted, amount).entrySet()),
          List.copyOf(moves(account).entrySet()));
      account.apply(account.event("back").withSubject("x"));
      assertEquals(lots, account.wallet().lots());
      assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
      assertEquals(lots, account.engine().restore(account.wallet().state()).lots());
    }
  }

  /** A forfeit has an order of its own, whatever charges take first. */
  @ParameterizedTest
  @MethodSource("orders")
  void aForfeitCutsWhatItsOwnOrderPutsFirst(List<Order> keys) {
    Account account =
        Account.open(
            sources("1", "2000-01-01T00:00:00Z")
                .spending(Order.NEWEST)
                .rule(
                    "lose",
                    Trigger.on("lose"),
                    new Effect.Forfeit("Lost", Quantity.of(9), List.of(), keys)),
            "plan",
            OPENING);
    fill(account);
    List<Lot> sorted = naive(account.wallet().lots(), keys);
    long surplus = account.available() - 9;
    account.apply(account.event("lose"));
    assertEquals(taken(sorted, surplus), moves(account));
    assertEquals(9, account.available());
  }

  @Test
  void aForfeitOfSomeSourcesLeavesTheOthersAlone() {
    Account account =
        Account.open(
            sources("1", "2000-01-01T00:00:00Z")
                .rule(
                    "lose",
                    Trigger.on("lose"),
                    new Effect.Forfeit(
                        "Lost",
                        Quantity.of(4),
                        List.of("brief", "long"),
                        List.of(Order.SOONEST_EXPIRY))),
            "plan",
            OPENING);
    fill(account);
    account.apply(account.event("lose"));
    assertEquals(0, account.wallet().available("brief"));
    assertEquals(4, account.wallet().available("long"));
    assertEquals(5, account.wallet().available("never"));
  }

  @Test
  void aVersionMayChangeTheOrder() {
    Account account =
        Account.open(
            Program.named("test")
                .version(sources("1", "2000-01-01T00:00:00Z").spending(Order.OLDEST).build())
                .version(sources("2", "2021-03-05T00:00:00Z").spending(Order.NEWEST).build())
                .version(
                    sources("3", "2021-03-07T00:00:00Z")
                        .spending(Order.PRIORITY, Order.SOONEST_EXPIRY)
                        .build())
                .lateness(Duration.ofDays(3)),
            "plan",
            OPENING);
    fill(account);
    account.advance("2021-03-04T23:59:59.999999999Z");
    assertEquals("never", account.wallet().lots().get(0).terms().source());
    account.spend(1);
    assertEquals("never", account.last().moves().get(0).lot().source());
    account.advance("2021-03-05T00:00:00Z");
    assertEquals(naive(account.wallet().lots(), List.of(Order.NEWEST)), account.wallet().lots());
    account.spend(4);
    assertEquals(
        List.of("long", "until"),
        account.last().moves().stream().map(move -> move.lot().source()).toList());
    // An event of the version before moves money by the order of the clock.
    account.apply(account.event("spend", "2021-03-04T00:00:00Z").withAmount(1));
    assertEquals("until", account.last().moves().get(0).lot().source());
    account.advance("2021-03-07T00:00:00Z");
    assertEquals(
        naive(account.wallet().lots(), List.of(Order.PRIORITY, Order.SOONEST_EXPIRY)),
        account.wallet().lots());
    account.spend(4);
    assertEquals(
        List.of("until", "until", "first"),
        account.last().moves().stream().map(move -> move.lot().source()).toList());
    assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
  }

  /** Free before bought, and of the free ones what expires first. */
  @Test
  void whatRolledOverIsSpentByItsCycle() {
    for (Order order : List.of(Order.CURRENT_CYCLE, Order.ROLLED_OVER)) {
      Account account =
          Account.open(
              Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                  .spending(order)
                  .source("s")
                  .plan(Plan.monthly("plan").allotting("A", "s", 5).allotting("B", "s", 5))
                  .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot())
                  .rule("spend", Trigger.on("spend"), Effect.charge("Spend")),
              "plan",
              OPENING);
      account.advance("2021-03-31T00:00:00Z");
      account.spend(17);
      List<Long> cycles = account.last().moves().stream().map(move -> move.lot().cycle()).toList();
      assertEquals(
          order == Order.CURRENT_CYCLE ? List.of(2L, 2L, 1L, 1L) : List.of(0L, 0L, 1L, 1L), cycles);
    }
  }
}
