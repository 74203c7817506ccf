package io.github.allotment.reference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.ReasonCode;
import io.github.allotment.policy.Program;
import io.github.allotment.testkit.Account;
import io.github.allotment.testkit.Accounts;
import io.github.allotment.testkit.Posting;
import io.github.allotment.testkit.Promise;
import io.github.allotment.testkit.Snapshot;
import io.github.allotment.testkit.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The reference model's accounts, as the laws see them. An account is its opening and all that was
 * done since; whatever is asked of it is asked of a model on which that has been played.
 *
 * <p>What a model can't be asked, because it is one account and changes, is here: previews,
 * batches, exporting, restoring, changes and the search for the earliest instant.
 */
public class ModelAccounts implements Accounts {

  /** Something that is done to an account. */
  public sealed interface Deed {

    /** An event is decided. */
    record Decided(Event event) implements Deed {}

    /** Time passes. */
    record Advanced(Instant to) implements Deed {}

    /** The account is made anew of its export. */
    record Restored() implements Deed {}
  }

  /** An account as data: what was done to it, and its rows, by which it is compared. */
  public record Exported(Opening opening, List<Deed> past, SortedMap<String, String> rows) {

    public Exported {
      past = ImmutableList.copyOf(past);
      rows = ImmutableSortedMap.copyOf(rows);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Exported that && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
      return rows.hashCode();
    }

    @Override
    public String toString() {
      return rows.toString();
    }
  }

  private final Program program;
  private final BiFunction<Program, Opening, ProgramModel> models;

  /** Makes the accounts of a program. */
  public ModelAccounts(Program program, BiFunction<Program, Opening, ProgramModel> models) {
    this.program = program;
    this.models = models;
  }

  /** Returns the accounts of a program by the right model. */
  public static ModelAccounts of(Program program) {
    return new ModelAccounts(program, ProgramModel::new);
  }

  @Override
  public Program program() {
    return program;
  }

  @Override
  public Step open(Opening opening) {
    ModelAccount opened = new ModelAccount(opening, List.of(), played(opening, List.of()));
    return step(opened, 0, ReasonCode.APPLIED, List.of());
  }

  @Override
  public Account restore(Object exported) {
    Exported state = (Exported) exported;
    List<Deed> past = with(state.past(), new Deed.Restored());
    return new ModelAccount(state.opening(), past, played(state.opening(), past));
  }

  /** Does what restoring does to an account, which is nothing. */
  protected void restored(ProgramModel model) {}

  /** Returns what an event would come to. */
  protected Step preview(ModelAccount account, Event event) {
    return account.copy().decide(event);
  }

  /** Decides events one after the other. */
  protected List<Step> replay(ModelAccount account, List<Event> events) {
    List<Step> steps = new ArrayList<>();
    Account now = account;
    for (Event event : events) {
      Step step = now.decide(event);
      steps.add(step);
      now = step.account();
    }
    return steps;
  }

  /** Returns the rows that were added, changed and, without a value, removed. */
  protected Map<String, Optional<String>> changes(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    Map<String, Optional<String>> changes = new TreeMap<>();
    before.keySet().stream()
        .filter(it -> !after.containsKey(it))
        .forEach(it -> changes.put(it, Optional.empty()));
    after.entrySet().stream()
        .filter(it -> !it.getValue().equals(before.get(it.getKey())))
        .forEach(it -> changes.put(it.getKey(), Optional.of(it.getValue())));
    return changes;
  }

  /**
   * Returns the first instant at which an event applies, of all at which the answer can change. It
   * is never to apply if no rule ever waits for it.
   */
  protected Promise earliest(ModelAccount account, Event event, Instant horizon) {
    if (program.versions().stream().allMatch(it -> it.rulesFor(event.type()).isEmpty())) {
      return new Promise.Never();
    }
    Instant clock = account.look().clock();
    Instant from = event.at().isBefore(clock) ? clock : event.at();
    ProgramModel scratch = account.copy().model();
    SortedSet<Instant> tries = scratch.changesUntil(horizon);
    tries.add(from);
    for (Instant at : tries.tailSet(from)) {
      if (at.isBefore(horizon) && applies(account, event, at)) {
        return new Promise.At(at);
      }
    }
    return new Promise.NotBefore(horizon);
  }

  /** Says whether an event, moved to an instant, applies to an account. */
  protected boolean applies(ModelAccount account, Event event, Instant at) {
    Event moved =
        new Event(
            "an id that is free",
            at,
            event.type(),
            event.subject(),
            event.group(),
            event.amount(),
            event.facts());
    return account.copy().model().decide(moved) == ReasonCode.APPLIED;
  }

  /** Does something to a model. */
  private ReasonCode act(ProgramModel model, Deed deed) {
    model.refusals = List.of();
    if (deed instanceof Deed.Decided decided) {
      return model.decide(decided.event());
    } else if (deed instanceof Deed.Advanced advanced) {
      model.advance(advanced.to());
    } else {
      restored(model);
    }
    return ReasonCode.APPLIED;
  }

  private ProgramModel played(Opening opening, List<Deed> past) {
    ProgramModel model = models.apply(program, opening);
    model.open();
    past.forEach(deed -> act(model, deed));
    return model;
  }

  private static List<Deed> with(List<Deed> past, Deed deed) {
    return ImmutableList.<Deed>builder().addAll(past).add(deed).build();
  }

  private Step step(ModelAccount account, int rowsBefore, ReasonCode code, List<String> rules) {
    List<Posting> rows = account.model().rows;
    return new Step(
        account,
        code,
        rules,
        rows.subList(rowsBefore, rows.size()),
        exported -> changed((Exported) exported, account));
  }

  private Exported changed(Exported exported, ModelAccount after) {
    SortedMap<String, String> rows = new TreeMap<>(exported.rows());
    changes(exported.rows(), after.export().rows())
        .forEach(
            (key, row) -> row.ifPresentOrElse(it -> rows.put(key, it), () -> rows.remove(key)));
    return new Exported(exported.opening(), exported.past(), rows);
  }

  /**
   * An account of a model. The newest account of a history keeps its model, for the next event; the
   * earlier ones keep only what they looked like, and are played anew when more is asked.
   */
  protected class ModelAccount implements Account {

    private final Opening opening;
    private final List<Deed> past;
    private final Snapshot look;
    private @Nullable ProgramModel newest;
    private @Nullable Exported exported;

    ModelAccount(Opening opening, List<Deed> past, ProgramModel model) {
      this.opening = opening;
      this.past = past;
      look = model.look();
      newest = model;
    }

    /** Returns a model on which what was done has been played, and which may be changed. */
    ProgramModel goOn() {
      ProgramModel model = model();
      newest = null;
      return model;
    }

    /** Returns a model on which what was done has been played. */
    ProgramModel model() {
      if (newest == null) {
        newest = played(opening, past);
      }
      return newest;
    }

    /** Returns the same account with a model of its own. */
    public ModelAccount copy() {
      return new ModelAccount(opening, past, played(opening, past));
    }

    private Step after(Deed deed) {
      ProgramModel model = goOn();
      int rowsBefore = model.rows.size();
      ReasonCode code = act(model, deed);
      ModelAccount account = new ModelAccount(opening, with(past, deed), model);
      return step(account, rowsBefore, code, model.refusingRules());
    }

    @Override
    public Step decide(Event event) {
      return after(new Deed.Decided(event));
    }

    @Override
    public Step advance(Instant to) {
      return after(new Deed.Advanced(to));
    }

    @Override
    public Step preview(Event event) {
      return ModelAccounts.this.preview(this, event);
    }

    @Override
    public List<Step> replay(List<Event> events) {
      return ModelAccounts.this.replay(this, events);
    }

    @Override
    public Promise earliest(Event event, Instant horizonExclusive) {
      return ModelAccounts.this.earliest(this, event, horizonExclusive);
    }

    @Override
    public Snapshot look() {
      return look;
    }

    @Override
    public Exported export() {
      if (exported == null) {
        exported = new Exported(opening, past, model().state());
      }
      return exported;
    }

    @Override
    public String toString() {
      return look.toString();
    }
  }
}
