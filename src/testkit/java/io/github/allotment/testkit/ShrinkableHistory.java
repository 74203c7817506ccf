package io.github.allotment.testkit;

import com.google.common.collect.Maps;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Shrinks a history by what it says: it gets fewer events, then a drawn program gets fewer rules,
 * then what is left of the events gets simpler. Events that stay keep their instants, so that what
 * failed mostly still does.
 */
record ShrinkableHistory(History value) implements Shrinkable<History> {

  private static final List<ChronoUnit> UNITS =
      List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.SECONDS, ChronoUnit.MILLIS);

  @Override
  public ShrinkingDistance distance() {
    Program program = value.program();
    long parts = program.versions().stream().mapToLong(ShrinkableHistory::parts).sum();
    long weight = value.events().stream().mapToLong(ShrinkableHistory::weight).sum();
    long amounts =
        value.events().stream()
            .map(Event::amount)
            .flatMapToLong(OptionalLong::stream)
            .map(amount -> Math.min(amount, 1_000_000_000_000L))
            .sum();
    Opening opening = value.opening();
    long start =
        opening.facts().size()
            + (opening.zone().equals(ZoneOffset.UTC) ? 0 : 1)
            + weight(opening.at());
    return ShrinkingDistance.of(
        value.events().size(),
        program.versions().size() + parts,
        weight + start,
        amounts,
        value.salt());
  }

  private static long parts(Policy version) {
    return (long) version.rules().size()
        + version.limits().size()
        + version.sources().size()
        + version.plans().size()
        + version.ticks().size();
  }

  private static long weight(Event event) {
    return event.subject().stream().count()
        + event.group().stream().count()
        + event.amount().stream().count()
        + event.facts().size()
        + weight(event.at());
  }

  private static long weight(Instant at) {
    return UNITS.stream().filter(unit -> !at.truncatedTo(unit).equals(at)).count();
  }

  @Override
  public Stream<Shrinkable<History>> shrink() {
    return Stream.<Function<History, Stream<History>>>of(
            ShrinkableHistory::withFewerEvents,
            ShrinkableHistory::ofSimplerProgram,
            ShrinkableHistory::withSimplerOpening,
            ShrinkableHistory::withSimplerEvents,
            ShrinkableHistory::withOtherChoices)
        .flatMap(simpler -> simpler.apply(value))
        .filter(ShrinkableHistory::canBePlayed)
        .map(ShrinkableHistory::new);
  }

  /** Drops half of the events, a quarter and so on; the later ones first. */
  private static Stream<History> withFewerEvents(History history) {
    int size = history.events().size();
    return Stream.iterate(size, chunk -> chunk > 0, chunk -> chunk / 2)
        .flatMap(
            chunk ->
                IntStream.iterate(size - chunk, from -> from > -chunk, from -> from - chunk)
                    .mapToObj(from -> without(history, Math.max(0, from), from + chunk)));
  }

  private static History without(History history, int from, int to) {
    List<Event> fewer = new ArrayList<>(history.events());
    fewer.subList(from, to).clear();
    return history.withEvents(fewer);
  }

  /** Drops parts of a program that was drawn; one that somebody wrote is what is tested. */
  private static Stream<History> ofSimplerProgram(History history) {
    Program program = history.program();
    if (!program.name().equals(DrawnProgram.NAME)) {
      return Stream.of();
    }
    Stream<List<Policy>> fewerVersions =
        IntStream.range(0, program.versions().size()).mapToObj(i -> without(program.versions(), i));
    Stream<List<Policy>> simplerVersions =
        IntStream.range(0, program.versions().size())
            .boxed()
            .flatMap(
                i ->
                    simpler(program.versions().get(i))
                        .map(version -> with(program.versions(), i, version)));
    return Stream.concat(fewerVersions, simplerVersions)
        .filter(versions -> !versions.isEmpty())
        .flatMap(versions -> built(() -> program(program, versions)))
        .map(it -> new History(it, history.opening(), history.events(), history.salt()));
  }

  private static Program program(Program like, List<Policy> versions) {
    Program.Builder program = Program.named(like.name()).lateness(like.lateness());
    versions.forEach(program::version);
    return program.build();
  }

  private static Stream<Policy> simpler(Policy version) {
    return Stream.of(
            fewer(version.rules(), version, Part.RULES),
            fewer(version.limits(), version, Part.LIMITS),
            fewer(version.sources(), version, Part.SOURCES),
            fewer(version.plans(), version, Part.PLANS),
            fewer(version.ticks(), version, Part.TICKS))
        .flatMap(it -> it);
  }

  private enum Part {
    RULES,
    LIMITS,
    SOURCES,
    PLANS,
    TICKS
  }

  private static Stream<Policy> fewer(List<?> all, Policy version, Part part) {
    return IntStream.range(0, all.size()).boxed().flatMap(i -> built(() -> copy(version, part, i)));
  }

  /** Copies a version, all but one part of it. */
  private static Policy copy(Policy version, Part part, int leftOut) {
    Policy.Builder copy = Policy.version(version.version(), version.fromInclusive());
    copy.adoptedBy(version.adoption());
    List<Order> order = version.spending();
    if (!order.isEmpty()) {
      copy.spending(order.get(0), order.subList(1, order.size()).toArray(Order[]::new));
    }
    add(version.sources(), part == Part.SOURCES ? leftOut : -1, copy, Policy.Builder::source);
    add(version.limits(), part == Part.LIMITS ? leftOut : -1, copy, Policy.Builder::limit);
    add(version.plans(), part == Part.PLANS ? leftOut : -1, copy, Policy.Builder::plan);
    add(version.ticks(), part == Part.TICKS ? leftOut : -1, copy, Policy.Builder::tick);
    add(version.rules(), part == Part.RULES ? leftOut : -1, copy, Policy.Builder::rule);
    return copy.build();
  }

  private static <T> void add(
      List<T> all, int leftOut, Policy.Builder to, BiConsumer<Policy.Builder, T> adding) {
    for (int i = 0; i < all.size(); i++) {
      if (i != leftOut) {
        adding.accept(to, all.get(i));
      }
    }
  }

  private static Stream<History> withSimplerOpening(History history) {
    Opening opening = history.opening();
    Stream<Opening> inUtc = Stream.of(opening.inZone(ZoneOffset.UTC));
    Stream<Opening> fewerFacts =
        opening.facts().keySet().stream()
            .map(
                fact ->
                    new Opening(
                        opening.plan(),
                        opening.at(),
                        opening.zone(),
                        without(opening.facts(), fact),
                        opening.existing()));
    Stream<Opening> rounded =
        UNITS.stream()
            .map(
                unit ->
                    new Opening(
                        opening.plan(),
                        opening.at().truncatedTo(unit),
                        opening.zone(),
                        opening.facts(),
                        opening.existing()));
    return Stream.of(inUtc, fewerFacts, rounded)
        .flatMap(it -> it)
        .filter(simpler -> !simpler.equals(opening))
        .map(simpler -> new History(history.program(), simpler, history.events(), history.salt()));
  }

  private static Stream<History> withSimplerEvents(History history) {
    return IntStream.range(0, history.events().size())
        .boxed()
        .flatMap(
            i ->
                simpler(history.events().get(i))
                    .map(event -> history.withEvents(with(history.events(), i, event))));
  }

  private static Stream<Event> simpler(Event event) {
    Stream<UnaryOperator<Event>> less =
        Stream.of(
            it -> copy(it, it.at(), false, true, it.amount(), it.facts()),
            it -> copy(it, it.at(), true, false, it.amount(), it.facts()),
            it -> copy(it, it.at(), true, true, OptionalLong.empty(), it.facts()));
    Stream<Event> fewerFacts =
        event.facts().keySet().stream()
            .map(
                fact ->
                    copy(
                        event,
                        event.at(),
                        true,
                        true,
                        event.amount(),
                        without(event.facts(), fact)));
    Stream<Event> rounded =
        UNITS.stream()
            .map(
                unit ->
                    copy(
                        event,
                        event.at().truncatedTo(unit),
                        true,
                        true,
                        event.amount(),
                        event.facts()));
    Stream<Event> smaller =
        event.amount().stream()
            .flatMap(amount -> LongStream.of(0, 1, amount / 2, amount - amount / 8, amount - 1))
            .filter(amount -> amount >= 0 && amount < event.amount().orElse(0))
            .distinct()
            .mapToObj(event::withAmount);
    return Stream.of(less.map(it -> it.apply(event)), fewerFacts, rounded, smaller)
        .flatMap(it -> it)
        .filter(it -> !it.equals(event));
  }

  private static Event copy(
      Event event,
      Instant at,
      boolean subject,
      boolean group,
      OptionalLong amount,
      Map<String, FactValue> facts) {
    return new Event(
        event.id(),
        at,
        event.type(),
        event.subject().filter(it -> subject),
        event.group().filter(it -> group),
        amount,
        facts);
  }

  private static Stream<History> withOtherChoices(History history) {
    return IntStream.of(0, history.salt() / 2, history.salt() - 1)
        .filter(salt -> salt >= 0 && salt < history.salt())
        .mapToObj(
            salt -> new History(history.program(), history.opening(), history.events(), salt));
  }

  // Lists and maps

  private static <T> List<T> without(List<T> all, int i) {
    List<T> fewer = new ArrayList<>(all);
    fewer.remove(i);
    return fewer;
  }

  private static <T> List<T> with(List<T> all, int i, T other) {
    List<T> changed = new ArrayList<>(all);
    changed.set(i, other);
    return changed;
  }

  private static Map<String, FactValue> without(Map<String, FactValue> facts, String name) {
    return Maps.filterKeys(facts, it -> !it.equals(name));
  }

  /** Returns what is built, or nothing if what was left out is needed. */
  private static <T> Stream<T> built(Supplier<T> builder) {
    try {
      return Stream.of(builder.get());
    } catch (IllegalArgumentException needed) {
      return Stream.of();
    }
  }

  private static boolean canBePlayed(History history) {
    try {
      PolicyEngine engine = PolicyEngine.of(history.program());
      engine.replay(engine.open(history.opening()).wallet(), history.events());
      return true;
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      return false;
    }
  }
}
