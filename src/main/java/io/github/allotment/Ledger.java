package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** All that moves credits: every row of every history is posted here. */
final class Ledger {

  private Ledger() {}

  /** Grants credits as lots of their own, one for each part that is not zero. */
  static void grant(
      Draft draft,
      TransactionType type,
      List<PendingAward.Part> parts,
      Cause cause,
      Optional<Lot.Origin> origin) {
    for (PendingAward.Part part : parts) {
      if (part.amount() > 0) {
        Stamp stamp = new Stamp(part.expiresAt(), part.priority(), origin);
        Lot.Terms lot = draft.newLot(part.source(), draft.clock, cause.version(), stamp);
        post(draft, type, part.label(), cause, ImmutableList.of(new Lot.Move(lot, part.amount())));
      }
    }
  }

  /** Puts in what an account held before its wallet was opened, and returns how much. */
  static long bring(Draft draft, List<Opening.Holding> holdings, Cause cause) {
    ImmutableList.Builder<Lot.Move> moves = ImmutableList.builder();
    for (Opening.Holding holding : holdings) {
      moves.add(
          new Lot.Move(
              draft.newLot(holding.source(), holding.grantedAt(), cause.version(), Stamp.none()),
              holding.amount()));
    }
    post(draft, TransactionType.ADJUSTMENT, "Held before", cause, moves.build());
    return draft.held;
  }

  /** Earns credits that become available later. */
  static void earn(Draft draft, PendingAward award) {
    checkFits(draft, award.amount());
    draft.addAward(award);
  }

  /** Makes a pending award available. */
  static void settle(Draft draft, PendingAward award) {
    draft.removeAward(award);
    grant(draft, award.type(), award.parts(), award.cause(), award.origin());
  }

  /** Takes back a pending award. */
  static void revoke(Draft draft, PendingAward award) {
    draft.removeAward(award);
  }

  /** Takes back what is left of some lots, in one row. */
  static void revoke(Draft draft, String label, List<Lot.Terms> lots, Cause cause) {
    ImmutableList<Lot.Move> moves =
        lots.stream()
            .map(lot -> new Lot.Move(lot, -draft.contents.left(lot)))
            .collect(toImmutableList());
    post(draft, TransactionType.ADJUSTMENT, label, cause, moves);
  }

  /**
   * Takes credits, of which enough are available, from the lots in the order of spending.
   *
   * @return what was taken from which lot, as positive moves
   */
  static ImmutableList<Lot.Move> charge(
      Draft draft, TransactionType type, String label, long amount, Cause cause) {
    draft.sortLots();
    ImmutableList<Lot.Move> draws = take(unfrozen(draft, draft.contents.lots()), amount);
    post(draft, type, label, cause, negated(draws));
    return draws;
  }

  /**
   * Puts back what a claim took.
   *
   * @param renews whether what returns to a lot that has expired becomes a new one, with the term
   *     that its source has in the version of the cause
   */
  static void giveBack(
      Draft draft, String label, List<Lot.Move> draws, boolean renews, Cause cause) {
    List<Lot.Move> moves = ImmutableList.of();
    for (Lot.Move draw : draws) {
      boolean isNew = renews && isRenewed(draft, draw.lot(), cause.version());
      Lot.Terms lot = isNew ? renewed(draft, draw.lot(), cause.version()) : draw.lot();
      moves = Few.plus(moves, new Lot.Move(lot, draw.amount()));
    }
    post(draft, TransactionType.RETURN, label, cause, Few.copyOf(moves));
  }

  /** Tells whether what returns to a lot will be there, and not gone at once. */
  static boolean staysWhenBack(Draft draft, Lot.Terms lot, boolean renews, String version) {
    Optional<Instant> expiry =
        renews && isRenewed(draft, lot, version)
            ? draft.expiry(draft.derived.source(lot.source(), version), draft.clock, stamp(lot))
            : lot.expiresAt();
    return !draft.isOver(expiry);
  }

  /** Tells whether a lot has expired, and not only the granting event knew its term. */
  private static boolean isRenewed(Draft draft, Lot.Terms lot, String version) {
    return draft.isOver(lot.expiresAt())
        && !(draft.derived.source(lot.source(), version).term().orElse(null)
            instanceof Term.OfEvent);
  }

  private static Lot.Terms renewed(Draft draft, Lot.Terms lot, String version) {
    return draft.newLot(lot.source(), draft.clock, version, stamp(lot));
  }

  private static Stamp stamp(Lot.Terms lot) {
    return new Stamp(Optional.empty(), OptionalInt.of(lot.priority()), lot.origin());
  }

  /**
   * Cuts what some sources hold down to the most that may stay.
   *
   * @return how much was cut
   */
  static long forfeit(Draft draft, Effect.Forfeit effect, long most, Cause cause) {
    boolean all = effect.sources().isEmpty();
    long held =
        effect.rolledOverOnly()
            ? sum(counted(draft, effect, draft.contents.lots()))
            : all ? draft.available() : draft.contents.left(ImmutableSet.copyOf(effect.sources()));
    long surplus = Math.max(0, held - most);
    if (surplus > 0) {
      Iterable<Lot> lots = counted(draft, effect, draft.contents.lotsIn(LotOrder.of(effect.cut())));
      post(draft, TransactionType.FORFEIT, effect.label(), cause, negated(take(lots, surplus)));
    }
    return surplus;
  }

  /** Returns the lots that count for a forfeit. */
  private static Iterable<Lot> counted(Draft draft, Effect.Forfeit effect, Iterable<Lot> lots) {
    Iterable<Lot> some =
        effect.sources().isEmpty()
            ? unfrozen(draft, lots)
            : Iterables.filter(lots, lot -> effect.sources().contains(lot.terms().source()));
    long current = draft.terms.renewals();
    return effect.rolledOverOnly()
        ? Iterables.filter(some, lot -> lot.terms().cycle() < current)
        : some;
  }

  private static long sum(Iterable<Lot> lots) {
    long sum = 0;
    for (Lot lot : lots) {
      sum = Math.addExact(sum, lot.left());
    }
    return sum;
  }

  private static Iterable<Lot> unfrozen(Draft draft, Iterable<Lot> lots) {
    ImmutableSet<String> frozen = draft.frozenSources();
    return frozen.isEmpty()
        ? lots
        : Iterables.filter(lots, lot -> !frozen.contains(lot.terms().source()));
  }

  /** Takes out what has expired at the clock, in one row, and returns how much. */
  static long expire(Draft draft) {
    if (!draft.contents.expires(draft.clock)) {
      return 0;
    }
    ImmutableList.Builder<Lot.Move> gone = ImmutableList.builder();
    for (Lot.Terms lot : draft.contents.expired(draft.clock)) {
      gone.add(new Lot.Move(lot, -draft.contents.left(lot)));
    }
    long before = draft.held;
    Cause cause = new Cause(Optional.empty(), "expiry", draft.version().version());
    post(draft, TransactionType.EXPIRY, "Expired", cause, gone.build());
    return before - draft.held;
  }

  private static ImmutableList<Lot.Move> take(Iterable<Lot> lots, long amount) {
    List<Lot.Move> draws = ImmutableList.of();
    long missing = amount;
    for (Lot lot : lots) {
      if (missing == 0) {
        break;
      }
      long taken = Math.min(missing, lot.left());
      draws = Few.plus(draws, new Lot.Move(lot.terms(), taken));
      missing -= taken;
    }
    return Few.copyOf(draws);
  }

  private static ImmutableList<Lot.Move> negated(ImmutableList<Lot.Move> draws) {
    List<Lot.Move> negated = ImmutableList.of();
    for (int i = 0; i < draws.size(); i++) {
      negated = Few.plus(negated, new Lot.Move(draws.get(i).lot(), -draws.get(i).amount()));
    }
    return Few.copyOf(negated);
  }

  /** The one place where the balance changes and a row is made; no moves, no row. */
  private static void post(
      Draft draft, TransactionType type, String label, Cause cause, ImmutableList<Lot.Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    long amount = 0;
    for (int i = 0; i < moves.size(); i++) {
      amount = Math.addExact(amount, moves.get(i).amount());
    }
    if (amount > 0) {
      checkFits(draft, amount);
    }
    for (int i = 0; i < moves.size(); i++) {
      draft.move(moves.get(i));
    }
    draft.held += amount;
    draft.lastTransaction = Math.incrementExact(draft.lastTransaction);
    draft.revision = Math.incrementExact(draft.revision);
    long number = draft.lastTransaction;
    Instant at = draft.clock;
    long balance = draft.held;
    draft.posted(new Transaction(number, at, type, label, amount, balance, cause, moves));
  }

  /** Throws an ArithmeticException if so much more would not fit a {@code long}. */
  private static void checkFits(Draft draft, long amount) {
    long onHold = draft.contents.onHold();
    long pending = draft.contents.pending();
    long held = Math.addExact(Math.addExact(draft.held, pending), onHold);
    if (amount > Long.MAX_VALUE - held) {
      throw new ArithmeticException(
          lenientFormat(
              "%s more would bring the wallet's %s held, %s pending and %s on hold above %s",
              amount, draft.held, pending, onHold, Long.MAX_VALUE));
    }
  }
}
