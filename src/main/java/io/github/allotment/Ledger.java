package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.TransactionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that moves credits: every row of every history is posted here. */
final class Ledger {

  private Ledger() {}

  /** Grants credits as lots of their own, one for each part that is not zero. */
  static void grant(Draft draft, TransactionType type, List<PendingAward.Part> parts, Cause cause) {
    for (PendingAward.Part part : parts) {
      if (part.amount() > 0) {
        post(draft, type, part.label(), cause, List.of(newLot(draft, part, cause)));
      }
    }
  }

  private static Lot.Move newLot(Draft draft, PendingAward.Part part, Cause cause) {
    return new Lot.Move(draft.newLot(part.source(), draft.clock, cause.version()), part.amount());
  }

  /** Puts in what an account held before its wallet was opened, and returns how much. */
  static long bring(Draft draft, List<Opening.Holding> holdings, Cause cause) {
    List<Lot.Move> moves = new ArrayList<>();
    for (Opening.Holding holding : holdings) {
      moves.add(
          new Lot.Move(
              draft.newLot(holding.source(), holding.grantedAt(), cause.version()),
              holding.amount()));
    }
    post(draft, TransactionType.ADJUSTMENT, "Held before", cause, moves);
    return draft.available;
  }

  /** Earns credits that become available later. */
  static void earn(Draft draft, PendingAward award) {
    checkFits(draft, award.amount());
    draft.pending += award.amount();
    draft.addAward(award);
  }

  /** Makes a pending award available. */
  static void settle(Draft draft, PendingAward award) {
    draft.removeAward(award);
    draft.pending -= award.amount();
    grant(draft, award.type(), award.parts(), award.cause());
  }

  /**
   * Takes credits, of which enough are available, from the lots in the order of spending.
   *
   * @return what was taken from which lot, as positive moves
   */
  static List<Lot.Move> charge(
      Draft draft, TransactionType type, String label, long amount, Cause cause) {
    draft.contents = draft.contents.spending(draft.derived.spending(draft.version(draft.clock)));
    List<Lot.Move> draws = take(draft.contents.lots().entrySet(), amount);
    post(draft, type, label, cause, negated(draws));
    return draws;
  }

  /** Puts back what a claim took. */
  static void giveBack(Draft draft, String label, List<Lot.Move> draws, Cause cause) {
    post(draft, TransactionType.RETURN, label, cause, draws);
  }

  /**
   * Cuts what some sources hold down to the most that may stay.
   *
   * @return how much was cut
   */
  static long forfeit(Draft draft, Effect.Forfeit effect, long most, Cause cause) {
    long held =
        effect.sources().isEmpty()
            ? draft.available
            : effect.sources().stream()
                .distinct()
                .mapToLong(source -> draft.contents.bySource().getOrDefault(source, 0L))
                .sum();
    long surplus = Math.max(0, held - most);
    if (surplus > 0) {
      Iterable<Map.Entry<Lot.Terms, Long>> lots =
          Iterables.filter(
              draft.contents.lotsIn(LotOrder.of(effect.cut())).entrySet(),
              lot ->
                  effect.sources().isEmpty() || effect.sources().contains(lot.getKey().source()));
      post(draft, TransactionType.FORFEIT, effect.label(), cause, negated(take(lots, surplus)));
    }
    return surplus;
  }

  /** Takes out what has expired at the clock, in one row. */
  static void expire(Draft draft) {
    List<Lot.Move> gone = new ArrayList<>();
    for (Lot.Terms lot : draft.contents.expired(draft.clock)) {
      gone.add(new Lot.Move(lot, -draft.contents.left(lot)));
    }
    Cause cause = new Cause(Optional.empty(), "expiry", draft.version(draft.clock).version());
    post(draft, TransactionType.EXPIRY, "Expired", cause, gone);
  }

  private static List<Lot.Move> take(Iterable<Map.Entry<Lot.Terms, Long>> lots, long amount) {
    ImmutableList.Builder<Lot.Move> draws = ImmutableList.builder();
    long missing = amount;
    for (Map.Entry<Lot.Terms, Long> lot : lots) {
      if (missing == 0) {
        break;
      }
      long taken = Math.min(missing, lot.getValue());
      draws.add(new Lot.Move(lot.getKey(), taken));
      missing -= taken;
    }
    return draws.build();
  }

  private static List<Lot.Move> negated(List<Lot.Move> draws) {
    return draws.stream().map(draw -> new Lot.Move(draw.lot(), -draw.amount())).toList();
  }

  /** The one place where the balance changes and a row is made; no moves, no row. */
  private static void post(
      Draft draft, TransactionType type, String label, Cause cause, List<Lot.Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    long amount = moves.stream().mapToLong(Lot.Move::amount).reduce(0, Math::addExact);
    if (amount > 0) {
      checkFits(draft, amount);
    }
    moves.forEach(draft::move);
    draft.available += amount;
    draft.lastTransaction = Math.incrementExact(draft.lastTransaction);
    draft.revision = Math.incrementExact(draft.revision);
    draft.transactions.add(
        new Transaction(
            draft.lastTransaction,
            draft.clock,
            type,
            label,
            amount,
            draft.available,
            cause,
            moves));
  }

  /** Throws an ArithmeticException if so much more would not fit a {@code long}. */
  private static void checkFits(Draft draft, long amount) {
    long onHold = draft.contents.onHold();
    long held = Math.addExact(Math.addExact(draft.available, draft.pending), onHold);
    if (amount > Long.MAX_VALUE - held) {
      throw new ArithmeticException(
          lenientFormat(
              "%s more would bring the wallet's %s available, %s pending and %s on hold above %s",
              amount, draft.available, draft.pending, onHold, Long.MAX_VALUE));
    }
  }
}
