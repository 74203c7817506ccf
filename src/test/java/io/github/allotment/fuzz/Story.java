package io.github.allotment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What happens to one wallet, as a fuzzer's bytes choose it, with what must hold after every step:
 * only documented exceptions; the balance is never negative and the sum of the history; the changes
 * make the new state of the old one; and a stored state comes back as it was.
 */
final class Story {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Time may renew a wallet or tick so many times; more would only be slow. */
  private static final int MOST_CYCLES = 100;

  /** And so many times, in so many steps, in the stories that are to be short. */
  private static final int FEW_CYCLES = 6;

  private static final int FEW_STEPS = 2;

  private static final List<ZoneId> ZONES =
      List.of(
          ZoneOffset.UTC,
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/Sao_Paulo"),
          ZoneId.of("Pacific/Apia"),
          ZoneOffset.ofHours(-18),
          ZoneOffset.ofHours(18));

  private static final List<Duration> STEPS =
      List.of(
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofNanos(1),
          Duration.ofDays(7),
          Duration.ofDays(31),
          Duration.ofHours(24).plusNanos(1),
          Duration.ofDays(365),
          Duration.ofHours(-1),
          Duration.ofHours(-24),
          Duration.ofDays(-7),
          Duration.ofNanos(-1));

  private final PolicyEngine engine;
  private final Words words;
  private final Draws draws;
  private final List<Event> events = new ArrayList<>();
  private Wallet wallet;
  private Instant end;
  private boolean large;

  private Story(PolicyEngine engine, Words words, Draws draws, Wallet wallet) {
    this.engine = engine;
    this.words = words;
    this.draws = draws;
    this.wallet = wallet;
    large = words.large();
    Duration longest = words.shortest().multipliedBy(draws.thorough() ? MOST_CYCLES : FEW_CYCLES);
    end =
        Duration.between(wallet.clock(), LAST).compareTo(longest) > 0
            ? wallet.clock().plus(longest)
            : LAST;
  }

  /** Opens a wallet and plays some steps. */
  static void open(PolicyEngine engine, Words words, Draws draws, int most) {
    Optional<Opening> opening = opening(engine, words, draws);
    if (opening.isEmpty()) {
      return;
    }
    boolean large = words.large() || brings(opening.get()) > Words.SMALL;
    Optional<Decision> opened = attempt(() -> engine.open(opening.get()), large);
    if (opened.isPresent()) {
      Story story = new Story(engine, words, draws, opened.get().wallet());
      story.large = large;
      story.sums(0, opened.get());
      story.play(most);
    }
  }

  /** Goes on with a wallet. */
  static void goOn(PolicyEngine engine, Words words, Draws draws, Wallet wallet, int most) {
    Story story = new Story(engine, words, draws, wallet);
    story.large = true;
    story.play(most);
  }

  private static long brings(Opening opening) {
    return opening.existing().stream()
        .flatMap(existing -> existing.holdings().stream())
        .mapToLong(Opening.Holding::amount)
        .max()
        .orElse(0);
  }

  private static Optional<Opening> opening(PolicyEngine engine, Words words, Draws draws) {
    Instant from = draws.of(engine.program().versions()).fromInclusive();
    Instant at =
        switch (draws.below(16)) {
          case 12 -> FIRST;
          case 13 -> LAST;
          case 14 -> LAST.minus(words.shortest().multipliedBy(1L + draws.below(20)));
          case 15 -> Instant.MAX.minusSeconds(draws.below(2));
          case 8, 9, 10, 11 -> plus(from, Duration.ofSeconds(draws.below(1 << 16) * 3_600L));
          default -> plus(from, Duration.ofDays(draws.below(200)));
        };
    if (at.isAfter(LAST) || at.isBefore(FIRST)) {
      assertThrows(IllegalArgumentException.class, () -> Opening.of("plan", at));
      return Optional.empty();
    }
    Opening opening = Opening.of(draws.of(words.plans()), at).inZone(draws.of(ZONES));
    for (Condition condition : words.conditions()) {
      if (condition.whose() == Condition.Whose.WALLET && !condition.asksPlan()) {
        opening = opening.withFact(condition.fact(), words.value(condition, draws));
      }
    }
    return Optional.of(draws.once(4) ? existing(engine, opening, draws) : opening);
  }

  private static Opening existing(PolicyEngine engine, Opening opening, Draws draws) {
    LocalDate day =
        draws.once(8)
            ? LocalDate.of(1 + draws.below(9_999), 1 + draws.below(12), 1 + draws.below(28))
            : LocalDate.ofInstant(opening.at(), ZoneOffset.UTC);
    if (day.getYear() > 9_999) {
      return opening;
    }
    Opening.Existing existing = Opening.Existing.renewingFrom(day);
    List<Source> sources =
        engine.program().versions().get(0).sources().stream()
            .filter(source -> !onlyEventsKnow(engine.program(), source.name()))
            .toList();
    for (int i = sources.isEmpty() ? 0 : draws.below(3); i > 0; i--) {
      Instant granted = plus(opening.at(), Duration.ofDays(-draws.below(400)));
      existing =
          existing.holding(
              draws.of(sources).name(),
              Math.max(1, draws.amount()),
              granted.isBefore(FIRST) ? FIRST : granted);
    }
    return opening.withExisting(existing);
  }

  /** Whether, in any version, only an event says when a source's credits expire, or their order. */
  private static boolean onlyEventsKnow(Program program, String source) {
    return program.versions().stream()
        .flatMap(version -> version.source(source).stream())
        .anyMatch(
            it -> it.priorityFact().isPresent() || it.term().orElse(null) instanceof Term.OfEvent);
  }

  private static Instant plus(Instant at, Duration step) {
    boolean beyond =
        step.isNegative()
            ? at.isBefore(Instant.MIN.minus(step))
            : at.isAfter(Instant.MAX.minus(step));
    return beyond ? at : at.plus(step);
  }

  private void play(int most) {
    int steps = draws.thorough() ? most : Math.min(most, FEW_STEPS);
    for (int i = 0; i < steps && draws.hasMore(); i++) {
      switch (draws.below(10)) {
        case 7 -> advance();
        case 8 -> ask();
        case 9 -> comesBack();
        default -> decide();
      }
    }
    comesBack();
  }

  private void advance() {
    Instant to = instant();
    take(attempt(() -> engine.advance(wallet, to), large));
  }

  private void decide() {
    Event event = event();
    events.add(event);
    take(attempt(() -> engine.decide(wallet, event), large));
  }

  private void take(Optional<Decision> decided) {
    decided.ifPresent(
        decision -> {
          Wallet before = wallet;
          wallet = decision.wallet();
          assertFalse(wallet.clock().isBefore(before.clock()));
          sums(held(before), decision);
          assertEquals(before.state().after(decision.changes()), wallet.state());
        });
  }

  private static long held(Wallet wallet) {
    return wallet.available() + wallet.frozen();
  }

  /** The rows of history that a decision adds end at its balance, which is what the lots hold. */
  private void sums(long before, Decision decision) {
    long balance = before;
    for (Transaction row : decision.transactions()) {
      balance = Math.addExact(balance, row.amount());
      assertEquals(balance, row.balance());
      assertTrue(balance >= 0);
    }
    Wallet after = decision.wallet();
    assertEquals(balance, held(after));
    assertTrue(after.available() >= 0 && after.frozen() >= 0);
    assertTrue(after.pending() >= 0 && after.onHold() >= 0);
    assertEquals(balance, after.lots().stream().mapToLong(Lot::left).sum());
  }

  /** A state that is stored and read again is the same wallet's, which takes longest to see. */
  private void comesBack() {
    if (!draws.thorough()) {
      return;
    }
    WalletState state = wallet.state();
    WalletState read = WalletData.fromTree(WalletData.toTree(state));
    assertEquals(state, read);
    assertEquals(wallet, engine.restore(read));
  }

  private void ask() {
    Event event = event();
    switch (draws.below(3)) {
      case 0 ->
          assertEquals(
              attempt(() -> engine.preview(wallet, event), large),
              attempt(() -> engine.decide(wallet, event), large));
      case 1 -> {
        Instant later = plus(wallet.clock(), words.shortest().multipliedBy(4));
        Instant horizon = later.isAfter(LAST) ? LAST : later;
        attempt(() -> engine.earliest(wallet, event, horizon), large);
      }
      default -> {
        for (Limit limit : engine.program().versions().get(0).limits()) {
          attempt(() -> engine.room(wallet, limit.name()), large);
        }
      }
    }
  }

  /** Does what may only be refused as the documentation of the engine says. */
  private static <T> Optional<T> attempt(Supplier<T> deed, boolean large) {
    try {
      return Optional.of(deed.get());
    } catch (ArithmeticException tooMuch) {
      if (!large) {
        throw tooMuch;
      }
    } catch (IllegalArgumentException refused) {
      String message = "" + refused.getMessage();
      if (!message.contains(" has no ") && !message.contains(" is before the start of program ")) {
        throw refused;
      }
    }
    return Optional.empty();
  }

  private Instant instant() {
    Instant at =
        switch (draws.below(20)) {
          case 12, 13 -> plus(wallet.clock(), Duration.ofSeconds(draws.below(1 << 16) * 60L));
          case 14 -> plus(wallet.clock(), engine.program().lateness().negated());
          case 15 -> plus(wallet.clock(), engine.program().lateness().negated().minusNanos(1));
          case 16 -> wallet.cycle().endExclusive();
          case 17 -> plus(wallet.cycle().endExclusive(), Duration.ofNanos(-1));
          case 18 -> draws.once(8) ? FIRST : wallet.openedAt();
          case 19 -> events.isEmpty() ? wallet.clock() : draws.of(events).at();
          default -> plus(wallet.clock(), STEPS.get(draws.below(STEPS.size())));
        };
    return at.isAfter(end) ? end : at.isBefore(FIRST) ? FIRST : at;
  }

  private Event event() {
    if (!events.isEmpty() && draws.once(8)) {
      return draws.of(events);
    }
    String id = !events.isEmpty() && draws.once(10) ? draws.of(events).id() : "e" + events.size();
    Event event = Event.of(id, instant(), draws.of(words.types()));
    event = draws.once(4) ? event : event.withSubject("s" + draws.below(3));
    event = draws.once(3) ? event : event.withGroup("g" + draws.below(2));
    if (!draws.once(5)) {
      long amount = draws.amount();
      large = large || amount > Words.SMALL;
      event = event.withAmount(amount);
    }
    boolean complete = !draws.once(4);
    for (Condition condition : words.conditions()) {
      if (condition.whose() == Condition.Whose.EVENT && (complete || draws.once(2))) {
        event = event.withFact(condition.fact(), words.value(condition, draws));
      }
    }
    event = draws.once(3) ? event : event.withFact("plan", draws.of(words.plans()));
    for (int i = draws.below(3); i > 0; i--) {
      event = event.withFact(draws.of(words.texts()), odd());
    }
    return event;
  }

  private FactValue odd() {
    return switch (draws.below(6)) {
      case 0 -> FactValue.of(whole());
      case 1 -> FactValue.of(draws.of(words.texts()));
      case 2 -> FactValue.of(draws.once(2));
      case 3 -> FactValue.of("" + instant());
      case 4 -> FactValue.of(draws.text());
      default -> FactValue.of((long) draws.below(64));
    };
  }

  private long whole() {
    long number = draws.number();
    large = large || Math.abs((double) number) > Words.SMALL;
    return number;
  }
}
