package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;

/**
 * How long the credits of a source live.
 *
 * <p>It is stamped on each lot as an instant when the lot is granted. A lot is usable in [granted,
 * expires): at the expiry instant it is gone.
 */
public sealed interface Term {

  /** The first instant that no credits live up to: the start of year 10000. */
  Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /** The longest term in days of 24 hours: 36,525. */
  Duration LONGEST = Duration.ofDays(36_525);

  /**
   * Returns a term of calendar units.
   *
   * @param period how long; more than zero, at most 36,525 days from any date
   * @return the term
   */
  static Term of(Period period) {
    return new Lasting(period);
  }

  /**
   * Returns a term of exact length.
   *
   * @param length how long; more than zero, at most {@link #LONGEST}
   * @return the term
   */
  static Term of(Duration length) {
    return new Exactly(length);
  }

  /**
   * Returns a term that ends with a cycle.
   *
   * @param count how many cycles the credits live; 1: they end at the next renewal; 2: they roll
   *     over once
   * @return the term
   */
  static Term cycles(int count) {
    return new Cycles(count);
  }

  /**
   * Returns a term that ends at an instant.
   *
   * @param instant when; before {@link #END}
   * @return the term
   */
  static Term until(Instant instant) {
    return new Until(instant);
  }

  /**
   * Returns a term that ends at the instant that the granting event says.
   *
   * @param fact the name of the event's fact; not blank
   * @return the term
   */
  static Term ofEvent(String fact) {
    return new OfEvent(fact);
  }

  /**
   * Takes the term apart: calls the one of the cases that it is.
   *
   * @param <R> what the cases return
   * @param cases what to do with each kind of term
   * @return what the case returned
   */
  <R> R match(Cases<R> cases);

  /**
   * What to do with each kind of term.
   *
   * @param <R> what is returned
   */
  interface Cases<R> {

    /**
     * Handles a term of calendar units.
     *
     * @param term the term
     * @return the result
     */
    R lasting(Lasting term);

    /**
     * Handles a term of exact length.
     *
     * @param term the term
     * @return the result
     */
    R exactly(Exactly term);

    /**
     * Handles a term that ends with a cycle.
     *
     * @param term the term
     * @return the result
     */
    R cycles(Cycles term);

    /**
     * Handles a term that ends at an instant.
     *
     * @param term the term
     * @return the result
     */
    R until(Until term);

    /**
     * Handles a term that the event says.
     *
     * @param term the term
     * @return the result
     */
    R ofEvent(OfEvent term);
  }

  /**
   * A term of calendar units, reckoned in the wallet's zone.
   *
   * <p>For example what is granted at 2021-01-31T15:00 with a term of one month expires at
   * 2021-02-28T15:00, local time.
   *
   * @param period how long; more than zero, at most 36,525 days from any date
   */
  record Lasting(Period period) implements Term {

    private static final LocalDate ANY = LocalDate.of(2000, 1, 1);

    public Lasting {
      requireNonNull(period, "period");
      checkArgument(
          !period.isNegative()
              && !period.isZero()
              && period.toTotalMonths() <= 1_200
              && !ANY.plus(period).isAfter(ANY.plusDays(LONGEST.toDays())),
          "a term must be longer than zero and at most %s: %s",
          LONGEST,
          period);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.lasting(this);
    }
  }

  /**
   * A term of exact length.
   *
   * @param length how long; more than zero, at most {@link Term#LONGEST}
   */
  record Exactly(Duration length) implements Term {

    public Exactly {
      checkArgument(
          !length.isNegative() && !length.isZero() && length.compareTo(LONGEST) <= 0,
          "a term must be longer than zero and at most %s: %s",
          LONGEST,
          length);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.exactly(this);
    }
  }

  /**
   * A term that ends with a cycle: with 1, at the next renewal, so that nothing rolls over; with 2,
   * at the one after it, so that it rolls over once.
   *
   * <p>The end is reckoned when the credits are granted, with the plan that is then known to be
   * that of the next cycle, and stays when a change that comes later starts a cycle anew or changes
   * its length. For example what a monthly cycle from the 10th grants ends on the 10th, also if on
   * the 20th another plan starts a cycle of its own; a rule on {@link CalendarEvent#PLAN_LEFT} can
   * forfeit it then.
   *
   * @param count how many renewals away the end is; from 1 to 1,200
   */
  record Cycles(int count) implements Term {

    public Cycles {
      checkArgument(count >= 1 && count <= 1_200, "cycles must be 1 to 1200: %s", count);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cycles(this);
    }
  }

  /**
   * A term that ends at an instant; what is granted at or after it is gone at once. Credits that
   * never expire have no term.
   *
   * @param instant when; before {@link Term#END}
   */
  record Until(Instant instant) implements Term {

    public Until {
      requireNonNull(instant, "instant");
      checkArgument(instant.isBefore(END), "a term must end before %s: %s", END, instant);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.until(this);
    }
  }

  /**
   * A term that ends at the instant that the granting event says.
   *
   * <p>The event's fact is a text like {@code 2021-06-30T00:00:00Z}; an event without it, or with
   * another kind of value, is refused. What the calendar grants can't have such a term.
   *
   * @param fact the name of the event's fact; not blank
   */
  record OfEvent(String fact) implements Term {

    public OfEvent {
      Names.check("fact", fact);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ofEvent(this);
    }
  }
}
