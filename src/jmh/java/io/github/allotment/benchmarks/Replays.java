package io.github.allotment.benchmarks;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.Connects;
import io.github.allotment.examples.programs.Catalogue;
import io.github.allotment.examples.replay.Histories;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Whole histories, decision by decision.
 *
 * <p>They go through most of the engine, so the compiler takes longer than for one kind of event.
 */
@Warmup(iterations = 20)
public class Replays {

  private static final int EVENTS = ConnectsHistories.ACCOUNTS * ConnectsHistories.EVENTS;

  /** Connects accounts, for the engine and for the floor, which must agree. */
  @State(Scope.Thread)
  public static class OfConnects {

    private final List<List<Event>> histories =
        LongStream.range(0, ConnectsHistories.ACCOUNTS).mapToObj(ConnectsHistories::of).toList();
    private final List<List<Floor.Event>> floors =
        histories.stream().map(events -> events.stream().map(FloorEvents::of).toList()).toList();

    /** Compares engine and floor, event by event. */
    public OfConnects() {
      for (List<Event> events : histories) {
        Wallet wallet = opened();
        Floor.Wallet floor = openedFloor();
        for (Event event : events) {
          Decision decision = Accounts.ENGINE.decide(wallet, event);
          Floor.Decision other = Floor.decide(floor, FloorEvents.of(event));
          FloorEvents.compare(event, decision.outcome(), decision.wallet(), other);
          wallet = decision.wallet();
          floor = other.wallet();
        }
      }
    }

    static Wallet opened() {
      return Accounts.ENGINE.open(Accounts.opening(Connects.BASIC)).wallet();
    }

    static Floor.Wallet openedFloor() {
      return Floor.open(false, true, Accounts.OPENED).wallet();
    }
  }

  /** One wallet with many grants, and much usage. */
  @State(Scope.Thread)
  public static class OfUsage {

    private static final int GRANTS = 19;

    private final PolicyEngine engine =
        PolicyEngine.of(Catalogue.program(Path.of("examples/programs/openmeter-grants.json")));
    private final Wallet wallet;
    private final List<Event> usage;

    /** Grants, and draws the usage. */
    public OfUsage() {
      Instant opened = Instant.parse("2024-01-01T00:00:00Z");
      Wallet now = engine.open(Opening.of("metered", opened)).wallet();
      for (int i = 0; i < GRANTS; i++) {
        Event grant =
            Event.of("grant " + i, opened, "granted")
                .withSubject("grant " + i)
                .withAmount(1_000)
                .withFact("kind", i % 2 == 0 ? "rolling" : "monthly")
                .withFact("priority", i % 4)
                .withFact("effective", "" + opened)
                .withFact("expires", "" + opened.plus(Duration.ofDays(20L + 10L * i)));
        now = Accounts.applied(engine, now, grant);
      }
      wallet = now;
      usage =
          IntStream.range(0, EVENTS)
              .mapToObj(
                  i ->
                      Event.of("used " + i, opened.plus(Duration.ofMinutes(1 + 4L * i)), "used")
                          .withAmount(1 + i % 3))
              .toList();
    }
  }

  /** The histories of the examples. */
  @State(Scope.Thread)
  public static class OfCatalogue {

    private final List<Histories.Told> histories = Histories.read(Catalogue.histories());
  }

  /** By the engine. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  @Shown(in = Section.REPLAY, as = "Connects, Allotment")
  public void connects(OfConnects accounts, Blackhole hole) {
    for (List<Event> events : accounts.histories) {
      hole.consume(replayed(Accounts.ENGINE, OfConnects.opened(), events, hole));
    }
  }

  /** By hand. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  @Shown(in = Section.REPLAY, as = "Connects, immutable floor")
  public void floor(OfConnects accounts, Blackhole hole) {
    for (List<Floor.Event> events : accounts.floors) {
      Floor.Wallet wallet = OfConnects.openedFloor();
      for (Floor.Event event : events) {
        Floor.Decision decision = Floor.decide(wallet, event);
        hole.consume(decision);
        wallet = decision.wallet();
      }
    }
  }

  /** 10,000 charges. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  @Shown(in = Section.REPLAY, as = "Usage, Allotment")
  public Wallet usage(OfUsage account, Blackhole hole) {
    return replayed(account.engine, account.wallet, account.usage, hole);
  }

  private static Wallet replayed(
      PolicyEngine engine, Wallet wallet, List<Event> events, Blackhole hole) {
    Wallet now = wallet;
    for (Event event : events) {
      Decision decision = engine.decide(now, event);
      hole.consume(decision);
      now = decision.wallet();
    }
    return now;
  }

  /** All of them. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  @Shown(in = Section.REPLAY, as = "Catalogue, Allotment")
  public void catalogue(OfCatalogue examples, Blackhole hole) {
    int left = EVENTS;
    while (left > 0) {
      Iterator<Histories.Told> histories = examples.histories.iterator();
      while (left > 0 && histories.hasNext()) {
        Histories.Told history = histories.next();
        List<Event> events = new ArrayList<>(history.events());
        if (events.size() > left) {
          events = events.subList(0, left);
        }
        Wallet opened = history.engine().open(history.opening()).wallet();
        Wallet last = replayed(history.engine(), opened, events, hole);
        history.until().ifPresent(until -> hole.consume(history.engine().advance(last, until)));
        left -= events.size();
      }
    }
  }
}
