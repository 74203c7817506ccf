package io.github.allotment;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.WalletHistories.History;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** A limit holds for every window, in whatever order what counts against it arrives. */
@Domain(DomainContext.Global.class)
@Domain(WalletHistories.class)
class LimitProperties {

  private static final Instant START = Instant.parse("2021-01-05T09:00:00Z");
  private static final int LENGTH = 7;
  private static final Duration WINDOW = Duration.ofNanos(LENGTH);
  private static final String LIMIT = "ten in seven nanoseconds";
  private static final long MAX = 10;

  /** Grants what the event brings, within 10 in 7 nanoseconds, however late it comes. */
  private static final PolicyEngine ENGINE =
      PolicyEngine.of(
          Program.named("limits")
              .lateness(Duration.ofNanos(100))
              .version(
                  Policy.version("only", START)
                      .source("earned")
                      .limit(LIMIT, MAX, Window.rolling(WINDOW))
                      .plan(Plan.monthly("only"))
                      .rule(
                          "an award",
                          Trigger.on("award"),
                          Effect.grantOfEvent(TransactionType.AWARD, "Award", "earned")
                              .within(LIMIT))
                      .build())
              .build());

  /** An amount that counts from an instant, which is that many nanoseconds after the start. */
  private record Counted(int at, long amount) {

    Event event(String id) {
      return Event.of(id, START.plusNanos(at), "award").withAmount(amount);
    }
  }

  /** What counts against a limit, kept as a list and summed each time. */
  private static final class NaiveUses {

    private final List<Counted> uses = new ArrayList<>();

    long between(int after, int upTo) {
      return uses.stream()
          .filter(use -> use.at() > after && use.at() <= upTo)
          .mapToLong(Counted::amount)
          .sum();
    }

    /** Looks at every window that contains an instant, whether it ends at a use or not. */
    long fullest(int at, int length) {
      long most = 0;
      for (int end = at; end < at + length; end++) {
        most = Math.max(most, between(end - length, end));
      }
      return most;
    }

    long room(int at, int length, long max) {
      return Math.max(0, max - fullest(at, length));
    }

    Optional<Instant> opensAt(int from, long amount) {
      if (amount > MAX) {
        return Optional.empty();
      }
      int at = from;
      while (room(at, LENGTH, MAX) < amount) {
        at++;
      }
      return Optional.of(START.plusNanos(at));
    }

    Optional<Instant> nextEdge(int after, int length) {
      return uses.stream()
          .map(use -> use.at() + length)
          .filter(at -> at > after)
          .min(Integer::compare)
          .map(START::plusNanos);
    }

    List<Instant> before(int oldest) {
      return uses.stream()
          .map(Counted::at)
          .filter(at -> at < oldest)
          .sorted()
          .distinct()
          .map(START::plusNanos)
          .toList();
    }
  }

  @Property
  void noWindowEverHoldsMoreThanTheMaxOfTheVersionThatJudges(@ForAll History history) {
    PolicyEngine engine = history.engine();
    List<Use> counted = new ArrayList<>();
    Wallet wallet = history.opened();
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      wallet = decision.wallet();
      Policy version = engine.program().versions().get(0);
      if (!event.at().isBefore(wallet.openedAt())) {
        version = engine.program().versionAt(event.at()).orElseThrow();
      }
      for (Consequence consequence : consequences(decision)) {
        for (Room room : rooms(consequence)) {
          Limit limit = version.limit(room.limit()).orElseThrow();
          counted.add(new Use(limit.name(), event.at(), amount(consequence)));
          long fullest = fullest(counted, limit, event.at());
          long max = ((Quantity.Fixed) limit.max()).amount();
          assertTrue(fullest <= max, () -> fullest + " after " + event);
          assertEquals(max - fullest, room.left());
        }
      }
    }
  }

  @Property
  void whatIsRememberedIsWhatWasEarnedWithinTheWindowAndTheLateness(@ForAll History history) {
    PolicyEngine engine = history.engine();
    List<Use> counted = new ArrayList<>();
    Wallet wallet = history.opened();
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      wallet = decision.wallet();
      for (Consequence consequence : consequences(decision)) {
        for (Room room : rooms(consequence)) {
          counted.add(new Use(room.limit(), event.at(), amount(consequence)));
        }
      }
      List<Use> remembered = wallet.state().uses();
      for (Limit limit : engine.program().versions().get(0).limits()) {
        Instant after =
            wallet.clock().minus(engine.program().lateness()).minus(WalletHistories.length(limit));
        long sum = WalletHistories.held(counted, limit.name(), after, wallet.clock());
        assertEquals(sum, WalletHistories.held(remembered, limit.name(), after, wallet.clock()));
        assertEquals(sum, WalletHistories.held(remembered, limit.name(), Instant.MIN, Instant.MAX));
      }
    }
  }

  private static List<Consequence> consequences(Decision decision) {
    return decision.reason() instanceof Reason.Applied applied ? applied.consequences() : List.of();
  }

  private static List<Room> rooms(Consequence consequence) {
    if (consequence instanceof Consequence.Granted granted) {
      return granted.amount() == 0 ? List.of() : granted.rooms();
    }
    return consequence instanceof Consequence.Earned earned ? earned.rooms() : List.of();
  }

  private static long amount(Consequence consequence) {
    return consequence instanceof Consequence.Granted granted
        ? granted.amount()
        : ((Consequence.Earned) consequence).amount();
  }

  /** Returns the most that any window that contains an instant holds. */
  private static long fullest(List<Use> uses, Limit limit, Instant at) {
    Duration length = WalletHistories.length(limit);
    long most = WalletHistories.held(uses, limit.name(), at.minus(length), at);
    for (Use use : uses) {
      Instant after = use.at().minus(length);
      if (!use.at().isBefore(at) && after.isBefore(at)) {
        most = Math.max(most, WalletHistories.held(uses, limit.name(), after, use.at()));
      }
    }
    return most;
  }

  @Property
  void anAwardIsAcceptedExactlyIfItFitsEveryWindowThatContainsIt(
      @ForAll("awards") List<Counted> awards) {
    NaiveUses naive = new NaiveUses();
    Wallet wallet = ENGINE.open(Opening.of("only", START)).wallet();
    int number = 0;
    for (Counted award : awards) {
      long left = naive.room(award.at(), LENGTH, MAX);
      Decision decision = ENGINE.decide(wallet, award.event("e" + number++));
      if (award.amount() <= left) {
        assertTrue(decision.isApplied(), decision::why);
        naive.uses.add(award);
      } else {
        Event refused = award.event("refused");
        Reason refusal =
            new Reason.NoRoom(
                "an award",
                "only",
                LIMIT,
                MAX,
                Window.rolling(WINDOW),
                refused.at(),
                award.amount(),
                left,
                naive.opensAt(award.at(), award.amount()));
        assertEquals(List.of(refusal), decision.reasons());
      }
      wallet = decision.wallet();
    }
  }

  @Property
  void theRoomThatIsLeftIsTheLargestAmountThatIsAccepted(@ForAll("awards") List<Counted> awards) {
    Wallet wallet = after(awards);
    Room room = ENGINE.room(wallet, LIMIT);
    assertEquals(wallet.clock(), room.at());
    Event most = Event.of("most", wallet.clock(), "award").withAmount(room.left());
    assertTrue(ENGINE.decide(wallet, most).isApplied());
    Decision more = ENGINE.decide(wallet, most.withAmount(room.left() + 1));
    assertEquals(ReasonCode.NO_ROOM, more.reason().code());
    assertEquals(room.left(), ((Reason.NoRoom) more.reason()).left());
    assertEquals(room.left() == MAX, room.changesAt().isEmpty());
    for (Instant at : room.changesAt().stream().toList()) {
      Wallet before = ENGINE.advance(wallet, at.minusNanos(1)).wallet();
      assertEquals(room.left(), ENGINE.room(before, LIMIT).left());
      assertTrue(ENGINE.room(ENGINE.advance(before, at).wallet(), LIMIT).left() > room.left());
    }
  }

  @Property
  void theInstantFromWhichThereIsRoomIsTheFirstAtWhichTheAmountIsAccepted(
      @ForAll("awards") List<Counted> awards) {
    Wallet wallet = after(awards);
    for (long amount = 1; amount <= MAX + 1; amount++) {
      Event event = Event.of("next", wallet.clock(), "award").withAmount(amount);
      if (ENGINE.decide(wallet, event).reason() instanceof Reason.NoRoom refused) {
        assertEquals(amount > MAX, refused.opensAt().isEmpty());
        for (Instant at : refused.opensAt().stream().toList()) {
          assertTrue(ENGINE.decide(wallet, event.movedTo(at)).isApplied());
          Decision before = ENGINE.decide(wallet, event.movedTo(at.minusNanos(1)));
          assertEquals(ReasonCode.NO_ROOM, before.reason().code());
        }
      }
    }
  }

  private static Wallet after(List<Counted> awards) {
    Wallet wallet = ENGINE.open(Opening.of("only", START)).wallet();
    int number = 0;
    for (Counted award : awards) {
      wallet = ENGINE.decide(wallet, award.event("e" + number++)).wallet();
    }
    return wallet;
  }

  @Property(tries = 500)
  void limitUsesAnswerAsAListOfUsesDoes(
      @ForAll("awards") List<Counted> uses, @ForAll("cuts") List<Integer> cuts) {
    LimitUses fast = LimitUses.none("limit");
    NaiveUses naive = new NaiveUses();
    for (int i = 0; i < uses.size(); i++) {
      Counted use = uses.get(i);
      fast = fast.plus(START.plusNanos(use.at()), use.amount());
      naive.uses.add(use);
      int cut = cuts.get(i % cuts.size());
      assertEquals(
          naive.before(cut), fast.before(START.plusNanos(cut)).stream().map(Use::at).toList());
      fast = fast.from(START.plusNanos(cut));
      naive.uses.removeIf(old -> old.at() < cut);
      assertEquals(naive.uses.isEmpty(), fast.isEmpty());
    }
    for (int at = -3; at < 40; at++) {
      Instant instant = START.plusNanos(at);
      assertEquals(naive.between(at - 1, at), fast.at(instant));
      for (int length : new int[] {1, 2, 7, 50}) {
        Duration window = Duration.ofNanos(length);
        assertEquals(naive.between(at - length, at), fast.between(instant.minus(window), instant));
        assertEquals(
            naive.fullest(at, length),
            fast.fullest(instant, fast.firstWithin(instant, window), window));
        assertEquals(naive.nextEdge(at, length), fast.nextEdge(instant, window));
        for (long max : new long[] {0, 1, 10, 25}) {
          assertEquals(
              naive.room(at, length, max),
              fast.room(instant, fast.firstWithin(instant, window), window, max));
        }
      }
    }
  }

  @Property
  void theFirstInstantWithRoomIsTheOneThatTryingEachFinds(@ForAll("awards") List<Counted> uses) {
    LimitUses fast = LimitUses.none("limit");
    NaiveUses naive = new NaiveUses();
    for (Counted use : uses) {
      fast = fast.plus(START.plusNanos(use.at()), use.amount());
      naive.uses.add(use);
    }
    for (int from = -8; from < 40; from++) {
      for (long amount = naive.room(from, LENGTH, MAX) + 1; amount <= MAX; amount++) {
        assertEquals(
            naive.opensAt(from, amount),
            Optional.of(
                fast.opensAfter(
                    START.plusNanos(from),
                    requireNonNull(fast.firstWithin(START.plusNanos(from), WINDOW)),
                    WINDOW,
                    MAX,
                    amount)));
      }
    }
  }

  @Provide
  Arbitrary<List<Counted>> awards() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 30), Arbitraries.longs().between(1, 11))
        .as(Counted::new)
        .list()
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(-20, 15).list().ofMinSize(1).ofMaxSize(5);
  }
}
