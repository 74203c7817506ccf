package io.github.allotment.testkit;

import com.google.common.collect.ImmutableSet;
import io.github.allotment.Event;
import io.github.allotment.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A history as it went: every step, and the account before it. */
final class Run {

  /** What rows name as their rule that bring back what a hold held, at its deadline. */
  static final String RELEASE = "release of a hold";

  /** What rows name as their rule that no rule of the program made. */
  static final ImmutableSet<String> OF_THE_ENGINE =
      ImmutableSet.of("expiry", RELEASE, "held before the opening");

  /** How long after its last event a history is looked at that is played to the end. */
  static final Duration TO_THE_END = Duration.ofDays(70);

  /** One step; the opening and the last advance have no event. */
  record Stage(String name, @Nullable Event event, @Nullable Account before, Step step) {

    /** The event, of a stage that has one. */
    Event decided() {
      return Objects.requireNonNull(event);
    }

    Account start() {
      return Objects.requireNonNull(before);
    }

    Account end() {
      return step.account();
    }
  }

  private final History history;
  private final Accounts accounts;
  private final List<Stage> stages = new ArrayList<>();

  private Run(Laws laws, History history) {
    this.history = history;
    accounts = laws.underTest().accounts().apply(history.program());
    stages.add(new Stage("the opening", null, null, accounts.open(history.opening())));
  }

  /** Plays a history to its last event. */
  static Run of(Laws laws, History history) {
    Run run = new Run(laws, history);
    history.events().forEach(run::decide);
    return run;
  }

  /** Plays a history and lets much time pass after it, so that all that was pending is posted. */
  static Run toTheEnd(Laws laws, History history) {
    Run run = of(laws, history);
    Account last = run.last();
    Instant end = last.look().clock().plus(TO_THE_END);
    run.stages.add(new Stage("advance to " + end, null, last, last.advance(end)));
    return run;
  }

  private void decide(Event event) {
    Account before = last();
    stages.add(new Stage("event " + event.id(), event, before, before.decide(event)));
  }

  History history() {
    return history;
  }

  Accounts accounts() {
    return accounts;
  }

  Account last() {
    return stages.get(stages.size() - 1).end();
  }

  Account opened() {
    return stages.get(0).end();
  }

  List<Stage> stages() {
    return stages;
  }

  /** The stages that decide an event. */
  List<Stage> decisions() {
    return stages.stream().filter(stage -> stage.event() != null).toList();
  }

  Stream<Posting> postings() {
    return stages.stream().flatMap(stage -> stage.step().postings().stream());
  }

  /** Returns a stage to look at closely, always the same for a history; null if there is none. */
  @Nullable Stage someDecision(Random random) {
    List<Stage> all = decisions();
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  /** Whether an event that was decided is one that the account now knows. */
  static boolean isRemembered(ReasonCode reason) {
    return switch (reason) {
      case BEFORE_OPENING, TOO_LATE, SEEN_BEFORE, ID_REUSED -> false;
      default -> true;
    };
  }

  /** Returns an event like another, under another id and at another instant. */
  static Event like(Event event, String id, Instant at) {
    return new Event(
        id, at, event.type(), event.subject(), event.group(), event.amount(), event.facts());
  }

  // Failing

  /** Fails unless two values are equal, and says where and what was compared. */
  static void same(String what, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionFailedError(
          what + ": expected " + expected + " but was " + actual, expected, actual);
    }
  }

  /** Fails unless something is true. */
  static void that(boolean isTrue, String what) {
    if (!isTrue) {
      throw new AssertionFailedError(what);
    }
  }

  /** Fails unless two steps came to the same: reason, rows, and the account after them. */
  static void sameStep(String what, Step expected, Step actual) {
    same(what + ", reason", expected.reason(), actual.reason());
    same(what + ", rules", expected.rules(), actual.rules());
    same(what + ", rows", expected.postings(), actual.postings());
    sameAccount(what, expected.account(), actual.account());
  }

  static void sameAccount(String what, Account expected, Account actual) {
    same(what + ", what is there", expected.look(), actual.look());
    same(what + ", exported", expected.export(), actual.export());
  }
}
