package io.github.allotment.planted;

import static com.google.common.collect.ImmutableList.toImmutableList;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.planted.PlantedBug.On;
import io.github.allotment.policy.Program;
import io.github.allotment.reference.ModelAccounts;
import io.github.allotment.reference.ProgramModel;
import io.github.allotment.testkit.Account;
import io.github.allotment.testkit.Accounts;
import io.github.allotment.testkit.Posting;
import io.github.allotment.testkit.Promise;
import io.github.allotment.testkit.Snapshot;
import io.github.allotment.testkit.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Engines that are asked and answer wrongly, or whose accounts are not what they were. */
final class WrongStates {

  private WrongStates() {}

  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "a preview leaves out what time does on the way",
            "another answer to a preview than to the event",
            On.connects(),
            PreviewWithoutTime::new,
            "aPreviewIsTheDecision"),
        new PlantedBug(
            "a batch is sorted by time before it is decided",
            "a batch consumes more than its singles",
            On.connects(),
            SortedBatch::new,
            "aBatchIsTheFold"),
        new PlantedBug(
            "a batch lets all of its time pass first",
            "a batch consumes more than its singles",
            On.connects(),
            BatchAtItsEnd::new,
            "aBatchIsTheFold"),
        new PlantedBug(
            "an account changes when it is asked to decide",
            "resuming from a snapshot differs from replaying",
            On.connects(),
            program -> new Changing(ModelAccounts.of(program)),
            "accountsDoNotChange"),
        new PlantedBug(
            "an export forgets which plan is coming",
            "resuming from a snapshot differs from replaying",
            On.connects(),
            forgetting(ForgetsComingPlan::new),
            "restoringChangesNothing"),
        new PlantedBug(
            "an export keeps a limit's uses to the millisecond",
            "resuming from a snapshot differs from replaying",
            On.connects(),
            forgetting(UsesInMillis::new),
            "restoringChangesNothing"),
        new PlantedBug(
            "an export forgets what an open session has used",
            "resuming from a snapshot differs from replaying",
            On.example("kind-session-cap"),
            forgetting(ForgetsSessions::new),
            "restoringChangesNothing"),
        new PlantedBug(
            "changes leave out the rows that are gone",
            "resuming from a snapshot differs from replaying",
            On.connects(),
            KeepsWhatIsGone::new,
            "changesLeadFromOneStateToTheNext"),
        new PlantedBug(
            "changes leave out a claim that has ended",
            "resuming from a snapshot differs from replaying",
            On.connects(),
            KeepsOpenClaims::new,
            "changesLeadFromOneStateToTheNext"),
        new PlantedBug(
            "the earliest instant is a nanosecond late",
            "the wait time is wrong, or finite for the impossible",
            On.connects(),
            NanosecondLate::new,
            "whatEarliestPromisesIsKept"),
        new PlantedBug(
            "the earliest instant is a nanosecond early",
            "the wait time is wrong, or finite for the impossible",
            On.connects(),
            NanosecondEarly::new,
            "whatEarliestPromisesIsKept"),
        new PlantedBug(
            "an instant is promised for what never applies",
            "the wait time is wrong, or finite for the impossible",
            On.connects(),
            FiniteForTheImpossible::new,
            "whatEarliestPromisesIsKept"),
        new PlantedBug(
            "what is refused now is said never to apply",
            "the wait time is wrong, or finite for the impossible",
            On.connects(),
            NeverForTheUnlikely::new,
            "whatEarliestPromisesIsKept"));
  }

  private abstract static class Wrong extends ModelAccounts {
    Wrong(Program program) {
      super(program, ProgramModel::new);
    }
  }

  private static final class PreviewWithoutTime extends Wrong {
    PreviewWithoutTime(Program program) {
      super(program);
    }

    @Override
    protected Step preview(ModelAccount account, Event event) {
      Step step = super.preview(account, event);
      List<Posting> own = step.postings().stream().filter(row -> row.event().isPresent()).toList();
      return new Step(step.account(), step.reason(), step.rules(), own, step.changes());
    }
  }

  private static final class SortedBatch extends Wrong {
    SortedBatch(Program program) {
      super(program);
    }

    @Override
    protected List<Step> replay(ModelAccount account, List<Event> events) {
      return super.replay(
          account, events.stream().sorted(Comparator.comparing(Event::at)).toList());
    }
  }

  private static final class BatchAtItsEnd extends Wrong {
    BatchAtItsEnd(Program program) {
      super(program);
    }

    @Override
    protected List<Step> replay(ModelAccount account, List<Event> events) {
      Instant last =
          events.stream().map(Event::at).max(Comparator.naturalOrder()).orElse(Instant.MIN);
      return super.replay((ModelAccount) account.advance(last).account(), events);
    }
  }

  /** A model that forgets something when it is restored. */
  private abstract static class Forgetful extends ProgramModel {
    Forgetful(Program program, Opening opening) {
      super(program, opening);
    }

    abstract void forget();
  }

  private static Function<Program, Accounts> forgetting(
      BiFunction<Program, Opening, ProgramModel> models) {
    return program ->
        new ModelAccounts(program, models) {
          @Override
          protected void restored(ProgramModel model) {
            ((Forgetful) model).forget();
          }
        };
  }

  private static final class ForgetsComingPlan extends Forgetful {
    ForgetsComingPlan(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    void forget() {
      comingPlan = Optional.empty();
    }
  }

  private static final class UsesInMillis extends Forgetful {
    UsesInMillis(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    void forget() {
      uses.replaceAll(
          use -> new Used(use.limit(), use.at().truncatedTo(ChronoUnit.MILLIS), use.amount()));
    }
  }

  private static final class ForgetsSessions extends Forgetful {
    ForgetsSessions(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    void forget() {
      sessions.clear();
    }
  }

  private static final class KeepsWhatIsGone extends Wrong {
    KeepsWhatIsGone(Program program) {
      super(program);
    }

    @Override
    protected Map<String, Optional<String>> changes(
        SortedMap<String, String> before, SortedMap<String, String> after) {
      Map<String, Optional<String>> changes = super.changes(before, after);
      changes.values().removeIf(Optional::isEmpty);
      return changes;
    }
  }

  private static final class KeepsOpenClaims extends Wrong {
    KeepsOpenClaims(Program program) {
      super(program);
    }

    @Override
    protected Map<String, Optional<String>> changes(
        SortedMap<String, String> before, SortedMap<String, String> after) {
      Map<String, Optional<String>> changes = super.changes(before, after);
      changes.keySet().removeIf(key -> key.startsWith("claim ") && before.containsKey(key));
      return changes;
    }
  }

  private static final class NanosecondLate extends Wrong {
    NanosecondLate(Program program) {
      super(program);
    }

    @Override
    protected Promise earliest(ModelAccount account, Event event, Instant horizon) {
      Promise right = super.earliest(account, event, horizon);
      return right instanceof Promise.At at && at.instant().plusNanos(1).isBefore(horizon)
          ? new Promise.At(at.instant().plusNanos(1))
          : right;
    }
  }

  private static final class NanosecondEarly extends Wrong {
    NanosecondEarly(Program program) {
      super(program);
    }

    @Override
    protected Promise earliest(ModelAccount account, Event event, Instant horizon) {
      Promise right = super.earliest(account, event, horizon);
      boolean now =
          right instanceof Promise.At at
              && (at.instant().equals(event.at()) || at.instant().equals(account.look().clock()));
      return right instanceof Promise.At at && !now
          ? new Promise.At(at.instant().minusNanos(1))
          : right;
    }
  }

  private static final class FiniteForTheImpossible extends Wrong {
    FiniteForTheImpossible(Program program) {
      super(program);
    }

    @Override
    protected Promise earliest(ModelAccount account, Event event, Instant horizon) {
      Promise right = super.earliest(account, event, horizon);
      return right instanceof Promise.NotBefore
          ? new Promise.At(account.look().cycle().endExclusive())
          : right;
    }
  }

  private static final class NeverForTheUnlikely extends Wrong {
    NeverForTheUnlikely(Program program) {
      super(program);
    }

    @Override
    protected Promise earliest(ModelAccount account, Event event, Instant horizon) {
      Promise right = super.earliest(account, event, horizon);
      Instant clock = account.look().clock();
      boolean now =
          right instanceof Promise.At at
              && at.instant().equals(event.at().isBefore(clock) ? clock : event.at());
      return now ? right : new Promise.Never();
    }
  }

  /** Accounts that are what was last made of them. */
  private record Changing(Accounts right) implements Accounts {

    @Override
    public Program program() {
      return right.program();
    }

    @Override
    public Step open(Opening opening) {
      return changing(right.open(opening));
    }

    @Override
    public Account restore(Object exported) {
      return new One(right.restore(exported));
    }

    private static Step changing(Step step) {
      return new Step(
          new One(step.account()), step.reason(), step.rules(), step.postings(), step.changes());
    }

    private static final class One implements Account {
      private Account now;

      One(Account now) {
        this.now = now;
      }

      @Override
      public Snapshot look() {
        return now.look();
      }

      @Override
      public Step decide(Event event) {
        Step step = now.decide(event);
        now = step.account();
        return changing(step);
      }

      @Override
      public Step preview(Event event) {
        return changing(now.preview(event));
      }

      @Override
      public List<Step> replay(List<Event> events) {
        return now.replay(events).stream().map(Changing::changing).collect(toImmutableList());
      }

      @Override
      public Step advance(Instant to) {
        return changing(now.advance(to));
      }

      @Override
      public Promise earliest(Event event, Instant horizonExclusive) {
        return now.earliest(event, horizonExclusive);
      }

      @Override
      public Object export() {
        return now.export();
      }
    }
  }
}
