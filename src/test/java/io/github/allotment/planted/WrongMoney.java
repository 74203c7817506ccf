package io.github.allotment.planted;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.ReasonCode;
import io.github.allotment.planted.PlantedBug.On;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.reference.ModelAccounts;
import io.github.allotment.reference.ProgramModel;
import io.github.allotment.testkit.Accounts;
import io.github.allotment.testkit.Posting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Engines that lose, double or misplace what there is. */
final class WrongMoney {

  private WrongMoney() {}

  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "the balance beside a row leaves out what is frozen",
            "two representations drift apart",
            On.example("kind-frozen"),
            by(BalanceWithoutFrozen::new),
            "theHistorySumsToTheBalance"),
        new PlantedBug(
            "a charge takes of each lot its share, rounded down",
            "two representations drift apart by rounding",
            On.connects(),
            by(RoundedShares::new),
            "aRuleTakesAndGivesWhatItSays"),
        new PlantedBug(
            "what was carried over is there twice after a plan change",
            "carry-over doubled or wiped by a plan change",
            On.connects(),
            by(CarriedTwice::new),
            "everyLotIsConserved"),
        new PlantedBug(
            "what is carried over is wiped by a plan change",
            "carry-over doubled or wiped by a plan change",
            On.connects(),
            by(Wiped::new),
            "everyLotIsConserved"),
        new PlantedBug(
            "a charge may take one more than there is",
            "tokens go negative",
            On.connects(),
            by(OneTooMany::new),
            "nothingIsEverNegative"),
        new PlantedBug(
            "a zero amount makes a row",
            "a sentinel meets a real value",
            On.connects(),
            by(RowsOfNothing::new),
            "everyTypeOfRowHasItsDirection"),
        new PlantedBug(
            "a lot is still there at the instant of its expiry",
            "an effect at a boundary instant happens twice or not at all",
            On.any(),
            by(ThereAtItsExpiry::new),
            "whatHasExpiredIsGone"),
        new PlantedBug(
            "a month of credits lives for 30 days",
            "monthly limits faked with 30 days",
            On.any(),
            by(ThirtyDayTerms::new),
            "everyLotLivesAsLongAsItsSourceSays"),
        new PlantedBug(
            "the newest lots are spent first",
            "a total order of spending",
            On.connects(),
            by(NewestFirst::new),
            "theOldestIsSpentFirst"),
        new PlantedBug(
            "a return goes to the lot that was taken from first",
            "a return goes to a dead or different source",
            On.connects(),
            by(BackToTheFirst::new),
            "noMoreComesBackThanWasTaken"),
        new PlantedBug(
            "a return brings back nothing",
            "a return is lost",
            On.connects(),
            by(NothingBack::new),
            "whatComesBackIsWhatWasTaken"),
        new PlantedBug(
            "a second ending gives back again",
            "undo of an undo doubles the balance",
            On.connects(),
            by(GivesBackAgain::new),
            "anEndingIsForGood"),
        new PlantedBug(
            "what was captured of a hold comes back at its deadline",
            "settled twice by a race or a retry",
            On.example("kind-hold"),
            by(ReleasedAfterCapture::new),
            "anEndingIsForGood"),
        new PlantedBug(
            "a hold is released without giving back",
            "a return goes to a dead or different source",
            On.example("kind-hold"),
            by(ReleasedForNothing::new),
            "holdsEnd"),
        new PlantedBug(
            "a hold stays a nanosecond too long",
            "an effect at a boundary instant happens twice or not at all",
            On.example("kind-hold"),
            by(HoldsStay::new),
            "holdsEnd"),
        new PlantedBug(
            "a hold is released after half its time",
            "an effect comes too early",
            On.example("kind-hold"),
            by(HalfHolds::new),
            "holdsEnd"),
        new PlantedBug(
            "an award is posted after half its delay",
            "an effect comes too early",
            On.connects(),
            by(HalfDelays::new),
            "whatIsPendingIsPosted"),
        new PlantedBug(
            "an award that the host settles is posted again when it is due",
            "settled twice by a race or a retry",
            On.connects(),
            by(SettledTwice::new),
            "whatIsPendingIsPosted"),
        new PlantedBug(
            "an award is lost when a renewal comes before it is due",
            "a missed day loses a top-up",
            On.connects(),
            by(LostAtRenewal::new),
            "whatIsPendingIsPosted"),
        new PlantedBug(
            "sums wrap around",
            "long idle overflows, tokens go negative",
            On.connects(),
            by(SumsWrap::new),
            "nothingOverflows"));
  }

  static Function<Program, Accounts> by(BiFunction<Program, Opening, ProgramModel> models) {
    return program -> new ModelAccounts(program, models);
  }

  private static final class BalanceWithoutFrozen extends ProgramModel {
    BalanceWithoutFrozen(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long balance() {
      return available();
    }
  }

  private static final class RoundedShares extends ProgramModel {
    RoundedShares(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected List<Draw> take(List<Order> keys, Predicate<ModelLot> from, long amount) {
      List<Draw> draws = super.take(keys, from, amount);
      long all = draws.stream().mapToLong(draw -> draw.lot().left).sum();
      return draws.stream()
          .map(draw -> new Draw(draw.lot(), draw.lot().left * amount / all))
          .filter(draw -> draw.amount() > 0)
          .toList();
    }
  }

  private static final class CarriedTwice extends ProgramModel {
    CarriedTwice(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void changePlan(String to, Runnable between) {
      super.changePlan(to, between);
      lots.forEach(lot -> lot.left *= 2);
    }
  }

  private static final class NothingBack extends ProgramModel {

    NothingBack(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void giveBack(
        Optional<String> event, ModelClaim claim, long amount, boolean renewing, String rule) {
      if (event.isEmpty()) {
        super.giveBack(event, claim, amount, renewing, rule);
      }
    }
  }

  private static final class Wiped extends ProgramModel {
    Wiped(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void changePlan(String to, Runnable between) {
      lots.forEach(lot -> lot.left = 0);
      super.changePlan(to, between);
    }
  }

  private static final class OneTooMany extends ProgramModel {
    OneTooMany(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected boolean isEnough(long amount, long free) {
      return amount <= free + 1;
    }

    @Override
    protected List<Draw> take(List<Order> keys, Predicate<ModelLot> from, long amount) {
      List<Draw> draws = new ArrayList<>(super.take(keys, from, amount));
      long taken = draws.stream().mapToLong(Draw::amount).sum();
      if (!draws.isEmpty() && taken < amount) {
        Draw last = draws.remove(draws.size() - 1);
        draws.add(new Draw(last.lot(), last.amount() + amount - taken));
      }
      return draws;
    }
  }

  private static final class RowsOfNothing extends ProgramModel {
    RowsOfNothing(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void post(
        Optional<String> event, TransactionType type, List<Draw> moves, String rule) {
      super.post(event, type, moves, rule);
      if (moves.isEmpty() && event.isPresent()) {
        rows.add(new Posting(clock, type, 0, balance(), event, rule, new TreeMap<>()));
      }
    }
  }

  private static final class ThereAtItsExpiry extends ProgramModel {
    ThereAtItsExpiry(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Optional<Instant> goneAt(ModelLot lot) {
      return lot.expiresAt.map(at -> at.plusNanos(1));
    }
  }

  private static final class ThirtyDayTerms extends ProgramModel {
    ThirtyDayTerms(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Optional<Instant> expiry(Term term, Piece piece) {
      return term instanceof Term.Lasting lasting && lasting.period().toTotalMonths() > 0
          ? Optional.of(clock.plus(Duration.ofDays(30 * lasting.period().toTotalMonths())))
          : super.expiry(term, piece);
    }
  }

  private static final class NewestFirst extends ProgramModel {
    NewestFirst(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected List<Draw> take(List<Order> keys, Predicate<ModelLot> from, long amount) {
      return super.take(List.of(Order.NEWEST), from, amount);
    }
  }

  private static final class BackToTheFirst extends ProgramModel {
    BackToTheFirst(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void giveBack(
        Optional<String> event, ModelClaim claim, long amount, boolean renewing, String rule) {
      if (!claim.draws.isEmpty()) {
        claim.draws = List.of(new Draw(claim.draws.get(0).lot(), claim.amount()));
      }
      super.giveBack(event, claim, amount, renewing, rule);
    }
  }

  private static final class GivesBackAgain extends ProgramModel {
    GivesBackAgain(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected boolean canEnd(ModelClaim claim, Instant at) {
      return true;
    }

    @Override
    protected void giveBack(
        Optional<String> event, ModelClaim claim, long amount, boolean renewing, String rule) {
      List<Draw> draws = claim.draws;
      super.giveBack(event, claim, amount, renewing, rule);
      claim.draws = draws;
    }

    @Override
    protected void close(ModelClaim claim, Instant at) {
      claim.endedAt = Optional.of(at);
    }
  }

  private static final class ReleasedAfterCapture extends ProgramModel {
    ReleasedAfterCapture(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void close(ModelClaim claim, Instant at) {
      boolean early = claim.lapsesAt.filter(at::isBefore).isPresent();
      claim.endedAt = early ? Optional.empty() : Optional.of(at);
    }
  }

  private static final class ReleasedForNothing extends ProgramModel {
    ReleasedForNothing(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void giveBack(
        Optional<String> event, ModelClaim claim, long amount, boolean renewing, String rule) {
      if (event.isPresent()) {
        super.giveBack(event, claim, amount, renewing, rule);
      }
    }
  }

  private static final class HoldsStay extends ProgramModel {
    HoldsStay(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Instant releasedAt(ModelClaim hold) {
      return super.releasedAt(hold).plusNanos(1);
    }
  }

  private static final class HalfHolds extends ProgramModel {
    HalfHolds(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Instant releasedAt(ModelClaim hold) {
      Instant deadline = super.releasedAt(hold);
      return deadline.minus(Duration.between(hold.at, deadline).dividedBy(2));
    }
  }

  private static final class HalfDelays extends ProgramModel {
    HalfDelays(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    public ReasonCode decide(Event event) {
      ReasonCode reason = super.decide(event);
      waiting.replaceAll(award -> isOf(event, award) ? sooner(award) : award);
      return reason;
    }

    private static boolean isOf(Event event, Waiting award) {
      return award.event().equals(Optional.of(event.id()));
    }

    private static Waiting sooner(Waiting award) {
      Duration half = Duration.between(award.earnedAt(), award.dueAt()).dividedBy(2);
      return new Waiting(
          award.event(),
          award.earnedAt(),
          award.earnedAt().plus(half),
          award.type(),
          award.pieces(),
          award.rule(),
          award.version(),
          award.subject(),
          award.limits());
    }
  }

  private static final class SettledTwice extends ProgramModel {
    SettledTwice(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void settle(Waiting award) {
      super.settle(award);
      if (award.dueAt().isAfter(clock)) {
        waiting.add(award);
      }
    }
  }

  private static final class LostAtRenewal extends ProgramModel {
    LostAtRenewal(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void nextCycle() {
      super.nextCycle();
      waiting.clear();
    }
  }

  private static final class SumsWrap extends ProgramModel {
    SumsWrap(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void checkSum() {}
  }
}
