package io.github.allotment.testkit;

import static io.github.allotment.testkit.Run.same;
import static io.github.allotment.testkit.Run.that;

import io.github.allotment.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is promised of an event's earliest instant is kept. */
public interface EarliestLaws extends Laws {

  /**
   * At the promised instant the event applies, a nanosecond earlier it does not, and neither at any
   * instant before that was tried; where never is promised, it applies at none.
   *
   * @param history any history
   */
  @Property
  default void whatEarliestPromisesIsKept(@ForAll("histories") History history) {
    Random random = history.random();
    Run run = Run.of(this, history);
    Run.Stage stage = run.someDecision(random);
    if (stage == null) {
      return;
    }
    Account account = random.nextBoolean() ? stage.start() : run.last();
    Event event = stage.decided();
    Instant clock = account.look().clock();
    Instant from = event.at().isBefore(clock) ? clock : event.at();
    Instant horizon = from.plus(Duration.ofDays(1 + random.nextInt(120)));
    Promise promise = account.earliest(event, horizon);
    String what = "the earliest instant of " + stage.name() + " was said to be " + promise;
    if (promise instanceof Promise.At at) {
      that(applies(account, event, at.instant()), what + ", but then it is refused");
      that(at.instant().isBefore(horizon) && !at.instant().isBefore(from), what + ": out of range");
      none(what, account, event, from, at.instant(), random);
    } else if (promise instanceof Promise.NotBefore end) {
      same(what, horizon, end.horizonExclusive());
      none(what, account, event, from, horizon, random);
    } else {
      none(what, account, event, from, from.plus(Duration.ofDays(800)), random);
    }
  }

  private static void none(
      String what, Account account, Event event, Instant from, Instant to, Random random) {
    if (!from.isBefore(to)) {
      return;
    }
    TreeSet<Instant> tries = new TreeSet<>();
    tries.add(from);
    tries.add(to.minusNanos(1));
    long seconds = Duration.between(from, to).toSeconds();
    for (int i = 0; i < 6; i++) {
      tries.add(from.plusSeconds((long) (random.nextDouble() * seconds)));
    }
    for (Posting row : account.advance(to).postings()) {
      tries.add(row.at());
      tries.add(row.at().minusNanos(1));
    }
    tries.removeIf(instant -> instant.isBefore(from) || !instant.isBefore(to));
    int tried = 0;
    for (Instant instant : tries) {
      that(
          tried++ > 40 || !applies(account, event, instant),
          what + ", but it applies at " + instant);
    }
  }

  private static boolean applies(Account account, Event event, Instant at) {
    Event own = Run.like(event, "an id of its own", at);
    return account.decide(own).isApplied();
  }
}
