package io.github.allotment.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Program;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.opentest4j.AssertionFailedError;

/**
 * What happens to one account, step by step, and what must come of each step: an example of a
 * program, told as one would tell the case.
 *
 * <pre>{@code
 * Scenario.given(stars, "member", "2021-01-05") // 20 a month; at most 50 roll over
 *     .hasAvailable(20)
 *     .at("2021-01-06T10:00:00Z")
 *     .happens("review").with("helpful", true)
 *     .isApplied().posts("award +5 = 25")
 *     .happens("boosted").about("book-1").of(30)
 *     .hasReason(NOT_ENOUGH).isRefusedBy("a boost").hasAvailable(25)
 *     .at("2021-02-05")
 *     .posts("allotment +20 = 45");
 * }</pre>
 *
 * <p>{@code at} lets time pass, {@code happens} brings an event at the account's clock, and every
 * check is about the latest of the two, and about the wallet after it. A check that fails shows
 * everything that happened until then, with the reasons and the rows.
 *
 * <p>Immutable and thread-safe: every step gives another scenario, so that several can go on from
 * one.
 *
 * <p>A text that stands for an instant is either one, as in {@code 2021-01-06T10:00:00Z}, or a
 * date, which is its first instant in the zone of the wallet.
 */
public sealed class Scenario extends DecisionAssert<Scenario> permits Scenario.Happening {

  private final PolicyEngine engine;
  private final ImmutableList<Statement.Entry> entries;

  private Scenario(PolicyEngine engine, ImmutableList<Statement.Entry> entries) {
    this.engine = engine;
    this.entries = entries;
  }

  // Given

  /**
   * Starts with a new wallet in UTC, without facts.
   *
   * @param program the program
   * @param plan the name of the plan that it is opened on
   * @param openedAt an instant or a date in UTC, for example {@code 2021-01-05}
   * @return the scenario; its first decision is the opening
   * @throws IllegalArgumentException as for {@link PolicyEngine#open}
   * @throws java.time.format.DateTimeParseException if the text is neither an instant nor a date
   */
  public static Scenario given(Program program, String plan, String openedAt) {
    return given(program, Opening.of(plan, instant(openedAt, ZoneOffset.UTC)));
  }

  /**
   * Starts with a new wallet.
   *
   * @param program the program
   * @param opening how it is opened: with a zone, facts, or what the account brings along
   * @return the scenario; its first decision is the opening
   * @throws IllegalArgumentException as for {@link PolicyEngine#open}
   */
  public static Scenario given(Program program, Opening opening) {
    PolicyEngine engine = PolicyEngine.of(program);
    return new Scenario(engine, ImmutableList.of())
        .then(
            new Statement.Entry(
                "the wallet is opened on the plan " + opening.plan(), engine.open(opening)));
  }

  /**
   * Starts with a wallet that is there.
   *
   * @param program the program that it follows
   * @param wallet the wallet, for example one that {@link Wallets} made
   * @return the scenario; its history is empty
   * @throws IllegalArgumentException if the wallet follows another program
   */
  public static Scenario given(Program program, Wallet wallet) {
    PolicyEngine engine = PolicyEngine.of(program);
    return new Scenario(engine, ImmutableList.of())
        .then(new Statement.Entry("the wallet is there", engine.advance(wallet, wallet.clock())));
  }

  /**
   * Starts with all that a history has: its opening and its events. A property that goes on from
   * there shows, when it fails, what happened in sentences, besides the history that jqwik prints.
   *
   * @param history the history, for example one that {@link Histories} made
   * @return the scenario; its latest step is the last event, or the opening if there is none
   */
  public static Scenario given(History history) {
    Scenario now = given(history.program(), history.opening());
    for (Event event : history.events()) {
      now = now.happens(event);
    }
    return now;
  }

  private Scenario then(Statement.Entry entry) {
    return new Scenario(engine, with(entry));
  }

  private ImmutableList<Statement.Entry> with(Statement.Entry entry) {
    return ImmutableList.<Statement.Entry>builder().addAll(entries).add(entry).build();
  }

  // When

  /**
   * Lets time pass.
   *
   * @param text an instant, or a date in the wallet's zone; not before the wallet's clock
   * @return what comes of it
   * @throws IllegalArgumentException if it is before the wallet's clock
   * @throws java.time.format.DateTimeParseException if the text is neither an instant nor a date
   */
  public Scenario at(String text) {
    return at(instant(text, wallet().zone()));
  }

  /**
   * Lets time pass.
   *
   * @param instant not before the wallet's clock
   * @return what comes of it
   * @throws IllegalArgumentException if it is before the wallet's clock
   */
  public Scenario at(Instant instant) {
    checkArgument(
        !instant.isBefore(wallet().clock()),
        "time can't go back from %s to %s; an event that arrives late has a happenedAt",
        wallet().clock(),
        instant);
    return then(Statement.Entry.ofTime(engine.advance(wallet(), instant)));
  }

  /**
   * Brings an event at the wallet's clock. It is {@code event-1}, {@code event-2} and so on, unless
   * it gets another id.
   *
   * @param type the event's type
   * @return what comes of it, to which what else is known of the event can be added
   * @throws IllegalArgumentException as for {@link Event#of}
   */
  public Happening happens(String type) {
    return new Happening(this, Event.of("event-" + number(), wallet().clock(), type));
  }

  private long number() {
    return 1 + entries.stream().filter(entry -> entry.decision().event().isPresent()).count();
  }

  /**
   * Brings an event. If it is later than the wallet's clock, time passes first.
   *
   * @param event the event
   * @return what comes of it
   * @throws IllegalArgumentException as for {@link PolicyEngine#decide}
   */
  public Scenario happens(Event event) {
    Scenario then = event.at().isAfter(wallet().clock()) ? at(event.at()) : this;
    return new Happening(then, event);
  }

  // Then

  /**
   * Checks all rows of history since the scenario began.
   *
   * @param rows all of them, in their order, each as type, amount with its sign, and balance, for
   *     example {@code "allotment +20 = 20", "charge -8 = 12"}
   * @return this
   * @throws AssertionFailedError if there are others
   */
  public final Scenario hasHistory(String... rows) {
    return checkRows(
        "history", rows, Statement.rows(entries.stream().map(Statement.Entry::decision).toList()));
  }

  /**
   * Returns the wallet as it is now.
   *
   * @return the wallet, for example to ask the engine something else
   */
  public final Wallet wallet() {
    return decision().wallet();
  }

  /** Returns everything that happened, as a failure shows it. */
  @Override
  public final String toString() {
    return statement();
  }

  @Override
  final Scenario self() {
    return this;
  }

  @Override
  final Decision decision() {
    return entries.get(entries.size() - 1).decision();
  }

  @Override
  final String statement() {
    return Statement.of(entries);
  }

  @Override
  final void requireSource(String source) {
    requireNonNull(source, "source");
    checkArgument(
        engine.program().versions().stream()
            .anyMatch(version -> version.source(source).isPresent()),
        "program %s has no source %s",
        engine.program().name(),
        source);
  }

  private static Instant instant(String text, ZoneId zone) {
    return text.indexOf('T') >= 0
        ? Instant.parse(text)
        : LocalDate.parse(text).atStartOfDay(zone).toInstant();
  }

  /**
   * A scenario whose latest step is an event, of which more can be said. It is decided with what is
   * known of it; to add something decides it anew on the wallet before it.
   *
   * <p>Immutable and thread-safe.
   */
  public static final class Happening extends Scenario {

    private final Scenario before;
    private final Event event;

    private Happening(Scenario before, Event event) {
      super(
          before.engine,
          before.with(Statement.Entry.of(event, before.engine.decide(before.wallet(), event))));
      this.before = before;
      this.event = event;
    }

    private Happening as(Event other) {
      return new Happening(before, other);
    }

    private Happening as(String id, Instant at) {
      return as(Run.like(event, id, at));
    }

    /**
     * Says what the event is about.
     *
     * @param subject for example {@code book-1}; not empty
     * @return what comes of it then
     */
    public Happening about(String subject) {
      return as(event.withSubject(subject));
    }

    /**
     * Says what the event's subject belongs to.
     *
     * @param group for example {@code job-1}; not empty
     * @return what comes of it then
     */
    public Happening inGroup(String group) {
      return as(event.withGroup(group));
    }

    /**
     * Says how many credits the event is about.
     *
     * @param amount for example 8; 0 or more
     * @return what comes of it then
     * @throws IllegalArgumentException if it is negative
     */
    public Happening of(long amount) {
      return as(event.withAmount(amount));
    }

    /**
     * Says what else is known of the event.
     *
     * @param fact the fact's name; not empty
     * @param value its value
     * @return what comes of it then
     */
    public Happening with(String fact, FactValue value) {
      return as(event.withFact(fact, value));
    }

    /**
     * Says what else is known of the event.
     *
     * @param fact the fact's name; not empty
     * @param value its value, a text
     * @return what comes of it then
     */
    public Happening with(String fact, String value) {
      return with(fact, FactValue.of(value));
    }

    /**
     * Says what else is known of the event.
     *
     * @param fact the fact's name; not empty
     * @param value whether it is so
     * @return what comes of it then
     */
    public Happening with(String fact, boolean value) {
      return with(fact, FactValue.of(value));
    }

    /**
     * Says what else is known of the event.
     *
     * @param fact the fact's name; not empty
     * @param value its value, a whole number
     * @return what comes of it then
     */
    public Happening with(String fact, long value) {
      return with(fact, FactValue.of(value));
    }

    /**
     * Gives the event an id, for example that of an earlier one.
     *
     * @param id the id; not empty
     * @return what comes of it then
     */
    public Happening withId(String id) {
      return as(id, event.at());
    }

    /**
     * Says that the event happened earlier and arrives only now.
     *
     * @param text an instant, or a date in the wallet's zone; not after the wallet's clock
     * @return what comes of it then
     * @throws IllegalArgumentException if it is after the wallet's clock
     * @throws java.time.format.DateTimeParseException if the text is neither an instant nor a date
     */
    public Happening happenedAt(String text) {
      return happenedAt(instant(text, before.wallet().zone()));
    }

    /**
     * Says that the event happened earlier and arrives only now.
     *
     * @param instant not after the wallet's clock
     * @return what comes of it then
     * @throws IllegalArgumentException if it is after the wallet's clock
     */
    public Happening happenedAt(Instant instant) {
      checkArgument(
          !instant.isAfter(before.wallet().clock()),
          "an event of %s can't arrive at %s; let time pass with at first",
          instant,
          before.wallet().clock());
      return as(event.id(), instant);
    }
  }
}
