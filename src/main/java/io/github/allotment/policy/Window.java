package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link Limit} sums: what the wallet holds now, or what grants brought in a stretch of
 * time.
 */
public sealed interface Window {

  /** The longest rolling window: 36,525 days of 24 hours. */
  Duration LONGEST = Duration.ofDays(36_525);

  /**
   * Returns a window of the calendar.
   *
   * @param unit the unit of the calendar
   * @return the window
   */
  static Window calendar(Calendar.Unit unit) {
    return new Calendar(unit);
  }

  /**
   * Returns a window that opens at the first grant outside of one.
   *
   * @param length the window's length; more than zero, at most {@link #LONGEST}
   * @return the window
   */
  static Window session(Duration length) {
    return new Session(length);
  }

  /**
   * Returns the window that is the wallet's cycle.
   *
   * @return the window
   */
  static Window cycle() {
    return new InCycle();
  }

  /**
   * Returns the window that never ends.
   *
   * @return the window
   */
  static Window ever() {
    return new Ever();
  }

  /**
   * Takes the window apart: calls the one of the cases that it is.
   *
   * @param <R> what the cases return
   * @param cases what to do with each kind of window
   * @return what the case returned
   */
  <R> R match(Cases<R> cases);

  /**
   * What to do with each kind of window.
   *
   * @param <R> what is returned
   */
  interface Cases<R> {

    /**
     * Handles what is held now.
     *
     * @param window the window
     * @return the result
     */
    R held(Held window);

    /**
     * Handles a window that rolls.
     *
     * @param window the window
     * @return the result
     */
    R rolling(Rolling window);

    /**
     * Handles a window of the calendar.
     *
     * @param window the window
     * @return the result
     */
    R calendar(Calendar window);

    /**
     * Handles a session.
     *
     * @param window the window
     * @return the result
     */
    R session(Session window);

    /**
     * Handles the wallet's cycle.
     *
     * @param window the window
     * @return the result
     */
    R cycle(InCycle window);

    /**
     * Handles the window that never ends.
     *
     * @param window the window
     * @return the result
     */
    R ever(Ever window);
  }

  /**
   * Returns a window that rolls.
   *
   * @param length the window's length; more than zero, at most {@link #LONGEST}
   * @return the window
   * @throws IllegalArgumentException if the length is out of range
   */
  static Window rolling(Duration length) {
    return new Rolling(length);
  }

  /**
   * Returns the window that is now: what the wallet holds, pending credits included.
   *
   * @param sources the sources that count; every source if none is named
   * @return the window
   */
  static Window held(String... sources) {
    return new Held(List.of(sources));
  }

  /**
   * What the wallet holds now, available and pending, so that a limit on it is a cap on the
   * balance.
   *
   * <p>It binds grants only: a return may pass it. For example, with at most 15 held and 12 in the
   * wallet, an allotment of 5 that is cut adds 3, and one that is not cut is refused.
   *
   * <p>If it is about some sources, so it is with a grant: only what this brings to them counts,
   * and is cut.
   *
   * @param sources the sources that count; every source if empty
   */
  record Held(List<String> sources) implements Window {

    public Held {
      sources = ImmutableList.copyOf(sources);
      sources.forEach(source -> Names.check("source", source));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.held(this);
    }
  }

  /**
   * A window that rolls: at the instant t it is (t − length, t].
   *
   * <p>The limit holds for every such window, in whatever order events arrive. For example, with 50
   * per 7 days, what was counted at 12:00 on the 7th counts until just before 12:00 on the 14th.
   *
   * @param length the window's length; more than zero, at most {@link Window#LONGEST}
   */
  record Rolling(Duration length) implements Window {

    public Rolling {
      checkArgument(
          !length.isNegative() && !length.isZero() && length.compareTo(LONGEST) <= 0,
          "a rolling window must be longer than zero and at most %s: %s",
          LONGEST,
          length);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.rolling(this);
    }
  }

  /**
   * A day, week, month or year of the wallet's own calendar.
   *
   * <p>For example, with 3 per day in New York, a fourth at 23:59 is refused and one at 00:00
   * counts for the next day.
   *
   * @param unit the unit of the calendar
   */
  record Calendar(Unit unit) implements Window {

    /** The units of the calendar. */
    public enum Unit {
      /** From the first instant of a date. */
      DAY,
      /** From the first instant of a Monday. */
      WEEK,
      /** From the first instant of the 1st of a month. */
      MONTH,
      /** From the first instant of 1 January. */
      YEAR
    }

    public Calendar {
      requireNonNull(unit, "unit");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.calendar(this);
    }
  }

  /**
   * A window that opens at the first grant to arrive outside every one that is remembered, and
   * never moves: [first, first + length), cut short where a later one starts.
   *
   * <p>For example, with 50 per session of 7 days and a first award at 12:00 on the 7th, all awards
   * until just before 12:00 on the 14th share the 50, and the first one after that opens the next
   * session.
   *
   * @param length the window's length; more than zero, at most {@link Window#LONGEST}
   */
  record Session(Duration length) implements Window {

    public Session {
      checkArgument(
          !length.isNegative() && !length.isZero() && length.compareTo(LONGEST) <= 0,
          "a session must be longer than zero and at most %s: %s",
          LONGEST,
          length);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.session(this);
    }
  }

  /** The wallet's cycle that the event lies in. */
  record InCycle() implements Window {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cycle(this);
    }
  }

  /** The wallet's whole life. */
  record Ever() implements Window {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ever(this);
    }
  }
}
