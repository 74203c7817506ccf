package io.github.allotment.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.PolicyEngine;
import io.github.allotment.ReasonCode;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import io.github.allotment.testing.FixedSeeds;
import io.github.allotment.testkit.Posting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The engine gives what a slow model of the whole rule language gives, on random programs. */
class ProgramModelTest {

  private static final long SEED = 20_211_123_000_000L;

  /** How many programs are drawn, with a history each: many more in the profile "long". */
  private static final int PAIRS = Integer.getInteger("allotment.pairs", 4_000);

  @Test
  void engineAndModelAgree() {
    long seed =
        FixedSeeds.base().map(base -> SEED + (base - 1) * 1_000_000).orElseGet(System::nanoTime);
    Map<String, Long> kinds = compare(seed, PAIRS);
    System.out.println(PAIRS + " programs and histories from seed " + seed + ": " + kinds);
    statistics(kinds, PAIRS);
  }

  /** Every kind of rule must have been exercised, or the comparison says nothing about it. */
  private static void statistics(Map<String, Long> kinds, long pairs) {
    for (String kind :
        List.of(
            "row allotment",
            "row award",
            "row purchase",
            "row charge",
            "row return",
            "row expiry",
            "row forfeit",
            "row adjustment",
            "Grant applied",
            "Charge applied",
            "End applied",
            "Revoke applied",
            "SwitchPlan applied",
            "SetFact applied",
            "Restart applied",
            "Settle applied",
            "end ALL",
            "end NOTHING",
            "end ALL_BUT_EVENT",
            "end EVENT_AND_STAY_OPEN",
            "hold released",
            "return renewed",
            "grant cut",
            "shortfall",
            "session opened",
            "room regained",
            "award withdrawn",
            "lots revoked",
            "tick restarted",
            "charge beside frozen credits",
            "order of spending mattered",
            "room short Held",
            "room short Rolling",
            "room short Session",
            "room short Calendar",
            "room short InCycle",
            "room short Ever",
            "refused no-effect",
            "refused fact-missing",
            "refused no-open-claim",
            "refused already-done",
            "refused no-room",
            "refused not-enough",
            "a late event applied",
            "a duplicate",
            "events judged by two versions",
            "an event late across a version's date")) {
      long count = kinds.getOrDefault(kind, 0L);
      assertTrue(count >= pairs / 2_000, () -> kind + ": only " + count + " in " + kinds);
    }
  }

  private static Map<String, Long> compare(long seed, long pairs) {
    Map<String, Long> kinds = new ConcurrentSkipListMap<>();
    OptionalLong different =
        LongStream.range(seed, seed + pairs)
            .parallel()
            .filter(
                it -> {
                  Played played = play(RandomPrograms.of(it));
                  played.kinds().forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
                  return played.difference().isPresent();
                })
            .findFirst();
    different.ifPresent(it -> fail(describe(it)));
    return kinds;
  }

  /** Describes the smallest history of a seed in which there is a difference. */
  static String describe(long seed) {
    RandomPrograms.Case smallest = shrunk(RandomPrograms.of(seed));
    return "seed "
        + seed
        + ": "
        + play(smallest).difference().orElseThrow()
        + "\n"
        + ProgramData.toTree(smallest.program())
        + "\n"
        + smallest.opening()
        + "\n"
        + String.join("\n", smallest.events().stream().map(Event::toString).toList());
  }

  /** Drops events as long as there is a difference without them. */
  private static RandomPrograms.Case shrunk(RandomPrograms.Case drawn) {
    for (int i = drawn.events().size() - 1; i >= 0; i--) {
      List<Event> fewer = new ArrayList<>(drawn.events());
      fewer.remove(i);
      RandomPrograms.Case smaller =
          new RandomPrograms.Case(drawn.program(), drawn.opening(), fewer);
      if (play(smaller).difference().isPresent()) {
        return shrunk(smaller);
      }
    }
    return drawn;
  }

  /** What came of a history: the first difference, and what was exercised. */
  record Played(Optional<String> difference, Map<String, Long> kinds) {}

  static Played play(RandomPrograms.Case drawn) {
    ProgramModel model = new ProgramModel(drawn.program(), drawn.opening());
    model.open();
    PolicyEngine engine = PolicyEngine.of(drawn.program());
    Map<String, Long> kinds = model.seenKinds;
    Set<String> judging = new HashSet<>();
    List<Transaction> rows = new ArrayList<>();
    try {
      Decision opened = engine.open(drawn.opening());
      rows.addAll(opened.transactions());
      Wallet wallet = opened.wallet();
      Optional<String> difference = difference("opening", wallet, rows, model);
      for (int i = 0; i < drawn.events().size() && difference.isEmpty(); i++) {
        Event event = drawn.events().get(i);
        if (i % 5 == 2) {
          wallet = engine.restore(wallet.state());
        }
        boolean late = event.at().isBefore(wallet.clock());
        Decision decision = engine.decide(wallet, event);
        ReasonCode expected = model.decide(event);
        rows.addAll(decision.transactions());
        List<String> rules =
            decision.reasons().stream()
                .flatMap(reason -> reason.refusingRule().stream())
                .distinct()
                .toList();
        if (expected != decision.reason().code() || !rules.equals(model.refusingRules())) {
          difference =
              Optional.of(
                  event.id()
                      + " is "
                      + decision.reasons()
                      + ", but should be "
                      + expected
                      + " by "
                      + model.refusals);
        } else {
          difference = difference("after " + event.id(), decision.wallet(), rows, model);
        }
        if (i % 4 == 1) {
          assertEquals(
              decision.wallet().state(), wallet.state().after(decision.changes()), event.id());
        }
        if (decision.isApplied() && late) {
          kinds.merge("a late event applied", 1L, Long::sum);
        }
        for (Transaction row : decision.transactions()) {
          if (row.cause().event().equals(Optional.of(event.id()))) {
            judging.add(row.cause().version());
            boolean across = late && passedAVersion(drawn.program(), event.at(), wallet.clock());
            kinds.merge("an event late across a version's date", across ? 1L : 0L, Long::sum);
          }
        }
        if (expected == ReasonCode.SEEN_BEFORE) {
          kinds.merge("a duplicate", 1L, Long::sum);
        }
        wallet = decision.wallet();
      }
      kinds.merge("events judged by two versions", judging.size() > 1 ? 1L : 0L, Long::sum);
      if (difference.isEmpty()) {
        Instant end = wallet.clock().plus(Duration.ofDays(45));
        Decision last = engine.advance(wallet, end);
        model.advance(end);
        rows.addAll(last.transactions());
        difference = difference("at the end", last.wallet(), rows, model);
      }
      return new Played(difference, kinds);
    } catch (RuntimeException thrown) {
      return new Played(
          Optional.of(thrown + " at " + List.of(thrown.getStackTrace()).subList(0, 6)), kinds);
    }
  }

  /** Tells whether a version for everybody came into force after an event and up to a clock. */
  private static boolean passedAVersion(Program program, Instant at, Instant clock) {
    return program.versions().stream()
        .filter(version -> version.adoption() == Adoption.EVERYBODY)
        .map(Policy::fromInclusive)
        .anyMatch(from -> from.isAfter(at) && !from.isAfter(clock));
  }

  private static Optional<String> difference(
      String when, Wallet wallet, List<Transaction> rows, ProgramModel model) {
    List<Long> engines =
        List.of(wallet.available(), wallet.frozen(), wallet.pending(), wallet.onHold());
    List<Long> models = List.of(model.available(), model.frozen(), model.pending(), model.onHold());
    List<Posting> history = inOrder(rows);
    List<String> lots = wallet.lots().stream().map(ProgramModelTest::text).sorted().toList();
    List<String> modelLots =
        model.lots.stream()
            .filter(lot -> lot.left > 0)
            .map(ProgramModel.ModelLot::toString)
            .sorted()
            .toList();
    if (engines.equals(models)
        && history.equals(model.rows)
        && lots.equals(modelLots)
        && wallet.cycle().equals(model.look().cycle())
        && wallet.clock().equals(model.clock())) {
      return Optional.empty();
    }
    return Optional.of(
        when
            + ": available, frozen, pending, on hold are "
            + engines
            + " and should be "
            + models
            + "; rows "
            + history
            + " should be "
            + model.rows
            + "; lots "
            + lots
            + " should be "
            + modelLots
            + "; clock "
            + wallet.clock()
            + " in "
            + wallet.cycle()
            + " should be "
            + model.clock()
            + " in "
            + model.look().cycle());
  }

  /** The engine's rows, its lots numbered in the order in which they were first posted. */
  private static List<Posting> inOrder(List<Transaction> rows) {
    Map<Long, Long> numbers = new LinkedHashMap<>();
    List<Posting> inOrder = new ArrayList<>();
    for (Transaction row : rows) {
      SortedMap<Long, Long> byLot = new TreeMap<>();
      row.moves().stream()
          .sorted(Comparator.comparing(move -> move.lot().number()))
          .forEach(
              move -> {
                numbers.putIfAbsent(move.lot().number(), (long) numbers.size());
                byLot.merge(numbers.get(move.lot().number()), move.amount(), Math::addExact);
              });
      inOrder.add(
          new Posting(
              row.at(),
              row.type(),
              row.amount(),
              row.balance(),
              row.cause().event(),
              row.cause().rule(),
              byLot));
    }
    return inOrder;
  }

  private static String text(Lot lot) {
    return lot.terms().source()
        + " "
        + lot.left()
        + " of "
        + lot.terms().grantedAt()
        + " until "
        + lot.terms().expiresAt()
        + " at "
        + lot.terms().priority();
  }
}
