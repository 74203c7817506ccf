package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.WalletHistories.History;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.TransactionType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Money is neither made nor lost: the history, the lots and the balance always tell the same. */
@Domain(DomainContext.Global.class)
@Domain(WalletHistories.class)
class LedgerProperties {

  @Property
  void rowsAreNumberedWithoutAGapAndNeverZeroAndInTheOrderOfTime(@ForAll History history) {
    long number = 0;
    Instant last = Instant.MIN;
    for (Decision decision : history.play()) {
      for (Transaction transaction : decision.transactions()) {
        number++;
        assertEquals(number, transaction.number());
        assertNotEquals(0, transaction.amount());
        assertFalse(transaction.at().isBefore(last));
        last = transaction.at();
      }
      assertFalse(last.isAfter(decision.wallet().clock()));
      assertEquals(number, decision.wallet().state().standing().lastTransaction());
    }
  }

  @Property
  void availableIsTheSumOfTheLotsAndOfTheSources(@ForAll History history) {
    for (Decision decision : history.play()) {
      Wallet wallet = decision.wallet();
      assertEquals(wallet.available(), wallet.lots().stream().mapToLong(Lot::left).sum());
      long ofSources = 0;
      for (Source source : history.engine().program().versions().get(0).sources()) {
        long held =
            wallet.lots().stream()
                .filter(lot -> lot.terms().source().equals(source.name()))
                .mapToLong(Lot::left)
                .sum();
        assertEquals(held, wallet.available(source.name()));
        ofSources += held;
      }
      assertEquals(wallet.available(), ofSources);
      assertEquals(0, wallet.available("no such source"));
    }
  }

  @Property
  void pendingIsTheSumOfWhatWasEarnedAndIsNotYetDue(@ForAll History history) {
    for (Decision decision : history.play()) {
      Wallet wallet = decision.wallet();
      long sum = 0;
      for (PendingAward award : wallet.pendingAwards()) {
        sum += award.amount();
        assertTrue(award.dueAt().isAfter(wallet.clock()));
      }
      assertEquals(sum, wallet.pending());
    }
  }

  @Property
  void everyRowNamesARuleAndAVersionOfTheProgram(@ForAll History history) {
    for (Transaction transaction : transactions(history)) {
      Policy version = version(history, transaction.cause().version());
      if (transaction.type() == TransactionType.ADJUSTMENT) {
        assertTrue(history.opening().existing().isPresent());
        assertEquals(1, transaction.number());
      } else {
        assertTrue(rule(version, transaction.cause().rule()).isPresent(), transaction::toString);
      }
    }
  }

  @Property
  void aRowThatAHostsEventMadeNamesThatEvent(@ForAll History history) {
    Set<String> decided = new HashSet<>();
    for (Decision decision : history.play()) {
      decision.event().ifPresent(decided::add);
      for (Transaction transaction : decision.transactions()) {
        transaction.cause().event().ifPresent(id -> assertTrue(decided.contains(id)));
        if (transaction.type() == TransactionType.CHARGE) {
          assertEquals(decision.event(), transaction.cause().event());
        }
      }
    }
  }

  @Property
  void aLotIsStampedWithTheInstantAndTheVersionOfTheRowThatMadeIt(@ForAll History history) {
    Set<Long> known = new HashSet<>();
    for (Transaction transaction : transactions(history)) {
      for (Lot.Move move : transaction.moves()) {
        if (known.add(move.lot().number())) {
          assertTrue(move.amount() > 0);
          assertEquals(transaction.cause().version(), move.lot().version());
          if (transaction.type() != TransactionType.ADJUSTMENT) {
            assertEquals(transaction.at(), move.lot().grantedAt());
          }
        }
      }
    }
  }

  @Property
  void aReturnUndoesItsChargeLastFirstAtMostOnceAndWhole(@ForAll History history) {
    List<Decision> decisions = history.play();
    Set<Long> returned = new HashSet<>();
    Map<Long, List<Lot.Move>> taken = new HashMap<>();
    for (int i = 1; i < decisions.size(); i++) {
      List<Claim> open = decisions.get(i - 1).wallet().openClaims();
      Decision decision = decisions.get(i);
      List<List<Lot.Move>> expected = new ArrayList<>();
      for (Consequence.Returned back : returns(decision)) {
        Claim claim = claim(open, back.subject());
        assertTrue(returned.add(claim.number()), "twice");
        assertEquals(claim.amount(), back.amount());
        assertEquals(taken.get(claim.number()), claim.draws());
        if (claim.amount() > 0) {
          expected.add(reversed(claim.draws()));
        }
      }
      assertEquals(expected, moves(decision, TransactionType.RETURN));
      for (Change change : decision.changes()) {
        if (change.row() instanceof Claim claim && claim.endedAt().isEmpty()) {
          taken.putIfAbsent(claim.number(), charged(decision));
        }
      }
    }
  }

  private static List<Consequence.Returned> returns(Decision decision) {
    return decision.reason() instanceof Reason.Applied applied
        ? applied.consequences().stream()
            .filter(Consequence.Returned.class::isInstance)
            .map(Consequence.Returned.class::cast)
            .toList()
        : List.of();
  }

  private static Claim claim(List<Claim> claims, String subject) {
    return claims.stream()
        .filter(claim -> claim.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  /** Returns what the rows of a type moved, row by row. */
  private static List<List<Lot.Move>> moves(Decision decision, TransactionType type) {
    return decision.transactions().stream()
        .filter(transaction -> transaction.type() == type)
        .map(Transaction::moves)
        .toList();
  }

  /** Returns what a decision's charge took, as positive moves. */
  private static List<Lot.Move> charged(Decision decision) {
    return moves(decision, TransactionType.CHARGE).stream()
        .flatMap(List::stream)
        .map(move -> new Lot.Move(move.lot(), -move.amount()))
        .toList();
  }

  private static List<Lot.Move> reversed(List<Lot.Move> moves) {
    List<Lot.Move> reversed = new ArrayList<>(moves);
    Collections.reverse(reversed);
    return reversed;
  }

  @Property
  void chargesAndForfeitsTakeFromTheLotsInTheirTotalOrder(@ForAll History history) {
    Map<Lot.Terms, Long> lots = new HashMap<>();
    for (Transaction transaction : transactions(history)) {
      Policy inForce = history.engine().program().versionAt(transaction.at()).orElseThrow();
      if (transaction.type() == TransactionType.CHARGE) {
        assertEquals(
            take(lots, List.of(), inForce.spending(), -transaction.amount()), transaction.moves());
      } else if (transaction.type() == TransactionType.FORFEIT) {
        Policy version = version(history, transaction.cause().version());
        Effect.Forfeit cut =
            (Effect.Forfeit) rule(version, transaction.cause().rule()).orElseThrow().effect();
        long held = held(lots, cut.sources());
        assertEquals(
            take(lots, cut.sources(), cut.cut(), held - most(cut.most())), transaction.moves());
      }
      transaction.moves().forEach(move -> lots.merge(move.lot(), move.amount(), Long::sum));
    }
  }

  private static long most(Quantity most) {
    return ((Quantity.Fixed) most).amount();
  }

  private static long held(Map<Lot.Terms, Long> lots, List<String> sources) {
    long held = 0;
    for (Map.Entry<Lot.Terms, Long> lot : lots.entrySet()) {
      if (sources.isEmpty() || sources.contains(lot.getKey().source())) {
        held += lot.getValue();
      }
    }
    return held;
  }

  /** Takes an amount from lots in an order, the plain way. */
  private static List<Lot.Move> take(
      Map<Lot.Terms, Long> lots, List<String> sources, List<Order> order, long amount) {
    Comparator<Lot.Terms> oldest =
        Comparator.comparing(Lot.Terms::grantedAt).thenComparingLong(Lot.Terms::number);
    List<Lot.Terms> sorted = new ArrayList<>(lots.keySet());
    sorted.sort(order.equals(List.of(Order.NEWEST)) ? oldest.reversed() : oldest);
    List<Lot.Move> moves = new ArrayList<>();
    long missing = amount;
    for (Lot.Terms lot : sorted) {
      long taken = Math.min(missing, lots.getOrDefault(lot, 0L));
      if (taken > 0 && (sources.isEmpty() || sources.contains(lot.source()))) {
        moves.add(new Lot.Move(lot, -taken));
        missing -= taken;
      }
    }
    assertEquals(0, missing);
    return moves;
  }

  @Property
  void noticesTellOfEveryPositiveRowOnce(@ForAll History history) {
    for (Decision decision : history.play()) {
      List<Transaction> told = new ArrayList<>();
      for (Notice notice : decision.notices()) {
        assertEquals(
            notice.amount(), notice.transactions().stream().mapToLong(Transaction::amount).sum());
        notice.transactions().forEach(row -> assertEquals(notice.at(), row.at()));
        assertFalse(notice.transactions().isEmpty());
        told.addAll(notice.transactions());
      }
      assertEquals(decision.transactions().stream().filter(row -> row.amount() > 0).toList(), told);
    }
  }

  @Property
  void whatWouldNotFitALongThrowsAndLeavesTheWalletAsItWas(
      @ForAll("amountsUpToTheLimit") List<Long> amounts) {
    PolicyEngine engine = WalletHistories.CONNECTS;
    Instant at = Instant.parse("2021-01-05T09:00:00Z");
    Wallet wallet =
        engine
            .replay(
                engine.open(Opening.of(Connects.BASIC, at)).wallet(),
                List.of(
                    Connects.proposalSubmitted("sent", at, "proposal", "job", 0),
                    Connects.interview("asked", at, "proposal", InterviewSource.PROPOSAL, true)))
            .wallet();
    assertEquals(10, wallet.pending());
    BigInteger held = BigInteger.valueOf(wallet.available()).add(BigInteger.TEN);
    int number = 0;
    for (long amount : amounts) {
      Wallet before = wallet;
      WalletState state = before.state();
      Event bought = Connects.connectsPurchased("bought-" + number++, at, amount);
      BigInteger sum = held.add(BigInteger.valueOf(amount));
      if (sum.bitLength() < Long.SIZE) {
        wallet = engine.decide(before, bought).wallet();
        held = sum;
      } else {
        assertThrows(ArithmeticException.class, () -> engine.decide(before, bought));
      }
      assertEquals(state, before.state());
      assertEquals(held.longValueExact(), wallet.available() + wallet.pending());
    }
  }

  @Provide
  Arbitrary<List<Long>> amountsUpToTheLimit() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(1, Long.MAX_VALUE),
            Arbitraries.longs().between(Long.MAX_VALUE - 70, Long.MAX_VALUE),
            Arbitraries.of(1L, 2L, Long.MAX_VALUE / 2, Long.MAX_VALUE - 60, Long.MAX_VALUE - 59))
        .list()
        .ofMaxSize(6);
  }

  private static List<Transaction> transactions(History history) {
    return history.play().stream().flatMap(decision -> decision.transactions().stream()).toList();
  }

  private static Policy version(History history, String name) {
    return history.engine().program().versions().stream()
        .filter(version -> version.version().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<Rule> rule(Policy version, String name) {
    return version.rules().stream().filter(rule -> rule.name().equals(name)).findFirst();
  }
}
