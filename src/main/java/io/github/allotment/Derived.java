package io.github.allotment;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a program, reckoned once: how long what is over is remembered, and orders.
 *
 * @param nothing the contents of a wallet that holds nothing; copies share its empty orders
 * @param counted what follows from the window of each limit
 * @param newest the newest version
 * @param newestFrom a second of the epoch from which on that is in force for every wallet; the end
 *     of time if it never is
 * @param freezes whether there is a plan on which the credits of a source can't be spent
 */
record Derived(
    Program program,
    Contents nothing,
    Duration lateness,
    ImmutableMap<String, Counted> counted,
    ImmutableMap<String, Edition> editions,
    Edition newest,
    long newestFrom,
    boolean hasTicks,
    boolean freezes,
    ImmutableSet<String> onceForEver) {

  /**
   * What follows from a version.
   *
   * @param spending the order in which lots are spent
   * @param limits what makes the answer of each limit
   * @param rules the rules for each type of event
   * @param sources the sources by name, those too that only a version before declares
   * @param restricted those of them whose credits can't be spent on every plan
   * @param restarted the ticks that a rule restarts
   */
  record Edition(
      Policy version,
      LotOrder spending,
      ImmutableList<NamedLimit> limits,
      ImmutableMap<String, RuleIndex> rules,
      ImmutableMap<String, Source> sources,
      ImmutableList<Source> restricted,
      ImmutableSet<String> restarted) {

    /** Returns what follows from each version, by its name. */
    static ImmutableMap<String, Edition> of(List<Policy> versions) {
      ImmutableMap.Builder<String, Edition> editions = ImmutableMap.builder();
      Map<String, Source> sources = new LinkedHashMap<>();
      for (Policy version : versions) {
        version.sources().forEach(source -> sources.put(source.name(), source));
        editions.put(version.version(), of(version, sources));
      }
      return editions.buildOrThrow();
    }

    private static Edition of(Policy version, Map<String, Source> sources) {
      return new Edition(
          version,
          LotOrder.of(version.spending()),
          version.limits().stream()
              .map(limit -> new NamedLimit(limit.name(), Limits.of(limit)))
              .collect(toImmutableList()),
          version.rules().stream()
              .flatMap(rule -> rule.trigger().types().stream())
              .distinct()
              .collect(toImmutableMap(type -> type, type -> rulesFor(version, type))),
          ImmutableMap.copyOf(sources),
          sources.values().stream()
              .filter(source -> !source.plans().isEmpty())
              .collect(toImmutableList()),
          version.rules().stream()
              .map(Rule::effect)
              .filter(Effect.Restart.class::isInstance)
              .map(effect -> ((Effect.Restart) effect).tick())
              .collect(toImmutableSet()));
    }

    /** Returns what makes the answer of a limit; null if there is none of that name. */
    Limits.@Nullable Kind limit(String name) {
      for (int i = 0; i < limits.size(); i++) {
        if (Checks.isSame(limits.get(i).name(), name)) {
          return limits.get(i).kind();
        }
      }
      return null;
    }

    private static RuleIndex rulesFor(Policy version, String type) {
      return RuleIndex.of(
          version.rulesFor(type).stream()
              .map(rule -> ReadyRule.of(version, rule))
              .collect(toImmutableList()));
    }

    /** Returns the sources whose credits can't be spent on a plan. */
    ImmutableSet<String> frozenSources(String plan) {
      return restricted.stream()
          .filter(source -> !source.isUsableOn(plan))
          .map(Source::name)
          .collect(toImmutableSet());
    }
  }

  /** What makes the answer of a limit, by its name. */
  record NamedLimit(String name, Limits.Kind kind) {}

  static Derived of(Program program) {
    Map<String, Counted> counted = new LinkedHashMap<>();
    for (Policy version : program.versions()) {
      version.limits().forEach(limit -> counted.put(limit.name(), Counted.of(limit.window())));
    }
    ImmutableList<Effect> effects =
        program.versions().stream()
            .flatMap(version -> version.rules().stream())
            .map(Rule::effect)
            .collect(toImmutableList());
    boolean takesBack = effects.stream().anyMatch(Effect.Revoke.class::isInstance);
    LotOrder spending = LotOrder.of(program.versions().get(0).spending());
    ImmutableMap<String, Edition> editions = Edition.of(program.versions());
    Policy newest = program.versions().get(program.versions().size() - 1);
    return new Derived(
        program,
        new Contents(spending, takesBack),
        program.lateness(),
        ImmutableMap.copyOf(counted),
        editions,
        requireNonNull(editions.get(newest.version())),
        newest.adoption() == Adoption.EVERYBODY
            ? secondFrom(newest.fromInclusive())
            : Long.MAX_VALUE,
        program.versions().stream().anyMatch(version -> !version.ticks().isEmpty()),
        editions.values().stream().anyMatch(edition -> !edition.restricted().isEmpty()),
        effects.stream()
            .filter(Effect.Grant.class::isInstance)
            .flatMap(effect -> ((Effect.Grant) effect).once().stream())
            .filter(Once.ForEver.class::isInstance)
            .map(Once::key)
            .collect(toImmutableSet()));
  }

  private static long secondFrom(Instant at) {
    return at.getNano() > 0 ? at.getEpochSecond() + 1 : at.getEpochSecond();
  }

  /**
   * Returns what follows from the version in force for a wallet.
   *
   * @param at an instant, not before the opening
   * @param terms what the wallet goes by
   */
  Edition edition(Instant at, Standing.Terms terms) {
    if (at.getEpochSecond() >= newestFrom) {
      return newest;
    }
    return edition(program.versionAt(at, terms.openedAt(), terms.onPlanSince(at)).orElseThrow());
  }

  /** Returns what follows from a version of the program. */
  Edition edition(Policy version) {
    return requireNonNull(editions.get(version.version()));
  }

  /**
   * Returns a source as a version has it, or as the last before it that does; one without a term if
   * the program does not know it, or the version.
   */
  Source source(String source, String version) {
    Edition edition = editions.get(version);
    Source found = edition == null ? null : edition.sources().get(source);
    return found == null ? Source.of(source) : found;
  }

  /** Returns the oldest instant of an event that is still accepted, and of what is remembered. */
  Instant oldest(Instant clock) {
    return Instants.minus(clock, lateness);
  }

  /** Returns the first instant at which a claim that ended at another is no longer remembered. */
  Instant forgottenFrom(Instant endedAt) {
    return Instants.plus(endedAt, lateness).plusNanos(1);
  }

  /** Returns what follows from the window of a limit that a version has. */
  Counted counted(String limit) {
    return requireNonNull(counted.get(limit));
  }

  /**
   * Tells whether a limit's uses are those of sessions, which stay when nothing counts any more.
   */
  boolean countsInSessions(String limit) {
    return counted(limit).window() instanceof Window.Session;
  }

  /** What follows from a limit's window: how long a use matters. */
  record Counted(Window window, OldestUse oldestUse) {

    static Counted of(Window window) {
      return new Counted(window, window.match(new OldestUses()));
    }
  }

  /** Finds the oldest instant of a use that can still matter to an event. */
  @FunctionalInterface
  interface OldestUse {

    /**
     * Returns it.
     *
     * @param event the event's instant
     * @param times the wallet's calendar
     */
    Instant to(Instant event, Supplier<Times> times);
  }

  /** Finds it by the kind of a window. */
  private static final class OldestUses implements Window.Cases<OldestUse> {

    @Override
    public OldestUse held(Window.Held window) {
      return (event, times) -> event;
    }

    @Override
    public OldestUse rolling(Window.Rolling window) {
      return within(window.length());
    }

    @Override
    public OldestUse calendar(Window.Calendar window) {
      return (event, times) -> times.get().spanAt(window.unit(), event).from();
    }

    @Override
    public OldestUse session(Window.Session window) {
      return within(window.length());
    }

    @Override
    public OldestUse cycle(Window.InCycle window) {
      return (event, times) -> times.get().cycleAt(event).from();
    }

    @Override
    public OldestUse ever(Window.Ever window) {
      return (event, times) -> Instant.MIN;
    }

    private static OldestUse within(Duration length) {
      Duration before = length.minusNanos(1);
      return (event, times) -> Instants.minus(event, before);
    }
  }
}
