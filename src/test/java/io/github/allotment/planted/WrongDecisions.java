package io.github.allotment.planted;

import static io.github.allotment.planted.WrongMoney.by;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.ReasonCode;
import io.github.allotment.planted.PlantedBug.On;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.reference.ProgramModel;
import io.github.allotment.testkit.Posting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Engines that decide twice, decide otherwise the next time, or don't say why. */
final class WrongDecisions {

  private WrongDecisions() {}

  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "an event that was refused is judged again when it is sent again",
            "the same key twice gives an error, a second effect, or a lost one",
            On.connects(),
            by(ForgetsRefused::new),
            "duplicatesChangeNothing"),
        new PlantedBug(
            "an id is forgotten a nanosecond early",
            "the same key twice gives an error, a second effect, or a lost one",
            On.connects(),
            by(ForgetsEarly::new),
            "anIdIsRememberedAsLongAsItCanArrive"),
        new PlantedBug(
            "an event exactly as late as it may be is too late",
            "an effect at a boundary instant happens twice or not at all",
            On.connects(),
            by(TooLateAtOnce::new),
            "lateEventsAreAcceptedToTheNanosecond"),
        new PlantedBug(
            "what is granted once for ever is granted once in each version",
            "the same key twice gives an error, a second effect, or a lost one",
            On.connects(),
            by(OncePerVersion::new),
            "onceForEverIsOnce"),
        new PlantedBug(
            "what a claim earns once, it earns once a cycle",
            "another event in the period re-applies a recurrence",
            On.connects(),
            by(OncePerCycle::new),
            "aClaimEarnsOnce"),
        new PlantedBug(
            "the effects of the rules before the one that refuses stay",
            "a batch consumes more than its singles",
            On.any(),
            by(HalfDone::new),
            "aRefusalChangesNothing"),
        new PlantedBug(
            "a refused award is one that its claim has earned",
            "the same key twice gives an error, a second effect, or a lost one",
            On.connects(),
            by(UsedUp::new),
            "aRefusalUsesNothingUp"),
        new PlantedBug(
            "every second run spends the newest lots first",
            "the same inputs, another order",
            On.connects(),
            by(EverySecond::new),
            "theSameAgainGivesTheSame"),
        new PlantedBug(
            "a refusal names its effect and not its rule",
            "nobody can say why",
            On.connects(),
            by(NamesNoRule::new),
            "whatIsNamedExists"),
        new PlantedBug(
            "what is missing is said to be no room",
            "nobody can say why",
            On.connects(),
            by(WrongReason::new),
            "aRefusalHasItsCause"),
        new PlantedBug(
            "an award that is settled names the event that settled it",
            "nobody can say why",
            On.connects(),
            by(NamesTheSettler::new),
            "rowsNameTheEventThatCausedThem"));
  }

  private static final class ForgetsRefused extends ProgramModel {
    ForgetsRefused(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected ReasonCode byRules(Event event) {
      ReasonCode code = super.byRules(event);
      if (code != ReasonCode.APPLIED) {
        seen.remove(event.id());
      }
      return code;
    }
  }

  private static final class ForgetsEarly extends ProgramModel {
    ForgetsEarly(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected boolean isRemembered(Seen before) {
      return before.at().isAfter(clock.minus(program.lateness()));
    }
  }

  private static final class TooLateAtOnce extends ProgramModel {
    TooLateAtOnce(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected boolean isTooLate(Instant at) {
      return !at.isAfter(clock.minus(program.lateness()));
    }
  }

  private static final class OncePerVersion extends ProgramModel {
    OncePerVersion(Program program, Opening opening) {
      super(program, opening);
    }

    private String doneIn = "";

    @Override
    protected boolean isDone(String key) {
      String version = version(clock).version();
      if (!doneIn.equals(version)) {
        done.clear();
        doneIn = version;
      }
      return super.isDone(key);
    }
  }

  private static final class OncePerCycle extends ProgramModel {
    OncePerCycle(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void nextCycle() {
      super.nextCycle();
      claims.forEach(claim -> claim.done.clear());
    }
  }

  private static final class HalfDone extends ProgramModel {
    HalfDone(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected void refused(List<Runnable> effects) {
      effects.forEach(Runnable::run);
    }
  }

  private static final class UsedUp extends ProgramModel {
    UsedUp(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected boolean hasEarned(ModelClaim claim, String key) {
      return !claim.done.add(key);
    }
  }

  private static final class EverySecond extends ProgramModel {

    private static final AtomicLong RUNS = new AtomicLong();

    private final boolean second = RUNS.getAndIncrement() % 2 == 1;

    EverySecond(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected List<Draw> take(List<Order> keys, Predicate<ModelLot> from, long amount) {
      return super.take(second ? List.of(Order.NEWEST) : keys, from, amount);
    }
  }

  private static final class NamesNoRule extends ProgramModel {
    NamesNoRule(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    public List<String> refusingRules() {
      return refusals.stream().map(refusal -> "the effect of " + refusal.rule()).toList();
    }
  }

  private static final class WrongReason extends ProgramModel {
    WrongReason(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected ReasonCode byRules(Event event) {
      ReasonCode code = super.byRules(event);
      return code == ReasonCode.NOT_ENOUGH ? ReasonCode.NO_ROOM : code;
    }
  }

  private static final class NamesTheSettler extends ProgramModel {
    NamesTheSettler(Program program, Opening opening) {
      super(program, opening);
    }

    private Optional<String> deciding = Optional.empty();

    @Override
    protected ReasonCode byRules(Event event) {
      deciding = Optional.of(event.id());
      ReasonCode code = super.byRules(event);
      deciding = Optional.empty();
      return code;
    }

    @Override
    protected void post(
        Optional<String> event, TransactionType type, List<Draw> moves, String rule) {
      super.post(event, type, moves, rule);
      if (deciding.isPresent() && event.isPresent() && !moves.isEmpty()) {
        Posting row = rows.remove(rows.size() - 1);
        rows.add(
            new Posting(
                row.at(),
                row.type(),
                row.amount(),
                row.balance(),
                deciding,
                row.rule(),
                row.lots()));
      }
    }
  }
}
