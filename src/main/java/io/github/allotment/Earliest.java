package io.github.allotment;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.Unit;
import java.time.Instant;
import java.util.function.Function;

/**
 * When an event would first apply, with nothing else happening.
 *
 * <p>The set of answers is closed for good.
 */
public sealed interface Earliest {

  /**
   * Writes the answer as a sentence.
   *
   * @param unit what the program counts
   * @return for example {@code Possible from 2021-01-14T12:00:00Z.}
   */
  String text(Unit unit);

  /**
   * Takes the answer apart: calls the function for what it is.
   *
   * <p>For example {@code answer.fold(at -> "wait until " + at, never -> "don't", horizon -> "ask
   * again at " + horizon)}.
   *
   * @param <R> what the functions return
   * @param at is given the instant at which the event would apply
   * @param never is given the reason why it never would
   * @param notBefore is given the horizon before which it would not
   * @return what the function returned
   */
  <R> R fold(
      Function<? super Instant, ? extends R> at,
      Function<? super Reason, ? extends R> never,
      Function<? super Instant, ? extends R> notBefore);

  /**
   * It would apply at an instant, and at none before.
   *
   * @param instant the instant
   */
  record At(Instant instant) implements Earliest {

    public At {
      requireNonNull(instant, "instant");
    }

    @Override
    public String text(Unit unit) {
      return "Possible from " + instant + ".";
    }

    @Override
    public <R> R fold(
        Function<? super Instant, ? extends R> at,
        Function<? super Reason, ? extends R> never,
        Function<? super Instant, ? extends R> notBefore) {
      return at.apply(instant);
    }
  }

  /**
   * It would never apply, however long one waits.
   *
   * @param reason why not
   * @param asOf the instant that the reason's figures are of: that from which it was asked, unless
   *     what is yet to come is the point, as it is for what will never be enough
   */
  record Never(Reason reason, Instant asOf) implements Earliest {

    public Never {
      requireNonNull(reason, "reason");
      requireNonNull(asOf, "asOf");
    }

    @Override
    public String text(Unit unit) {
      return "Never possible. At " + asOf + ": " + reason.text(unit);
    }

    @Override
    public <R> R fold(
        Function<? super Instant, ? extends R> at,
        Function<? super Reason, ? extends R> never,
        Function<? super Instant, ? extends R> notBefore) {
      return never.apply(reason);
    }
  }

  /**
   * It would not apply at any instant before the horizon; what comes after was not looked at.
   *
   * @param horizonExclusive the first instant that was not looked at
   */
  record NotBefore(Instant horizonExclusive) implements Earliest {

    public NotBefore {
      requireNonNull(horizonExclusive, "horizonExclusive");
    }

    @Override
    public String text(Unit unit) {
      return "Not possible before " + horizonExclusive + ".";
    }

    @Override
    public <R> R fold(
        Function<? super Instant, ? extends R> at,
        Function<? super Reason, ? extends R> never,
        Function<? super Instant, ? extends R> notBefore) {
      return notBefore.apply(horizonExclusive);
    }
  }
}
