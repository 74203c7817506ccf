package io.github.allotment;

import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One limit as a wallet stands to it: every question about room is answered here.
 *
 * <p>Each kind of window is a class of its own, found once for each limit of a version.
 */
abstract class Limits {

  private final Limit limit;
  private final long max;

  private Limits(Limit limit, long max) {
    this.limit = limit;
    this.max = max;
  }

  /** Returns what makes this of a limit for a wallet, by the kind of the limit's window. */
  static Kind of(Limit limit) {
    return limit.window().match(new Kinds(limit));
  }

  /** Makes it of one limit. */
  @FunctionalInterface
  interface Kind {

    /**
     * Returns how a wallet stands to the limit.
     *
     * @param times the wallet's calendar
     * @param basis what the limit's maximum depends on
     */
    Limits of(Contents contents, Supplier<Times> times, Quantity.Basis basis);

    /** Returns what is left for an event at a wallet's clock; no use is later. */
    default Room roomAtClock(Wallet wallet, Quantity.Basis basis) {
      return of(wallet.contents, wallet::times, basis).room(wallet.clock());
    }
  }

  Limit limit() {
    return limit;
  }

  long max() {
    return max;
  }

  /** Tells whether the limit is about what is there, and not about all that is granted. */
  boolean isOnWhatIsHeld() {
    return false;
  }

  /** Tells whether the limit is about credits from a source. */
  boolean isAbout(String source) {
    return true;
  }

  /** Returns what is left for an event at an instant. */
  Room room(Instant at) {
    return room(at, left(at));
  }

  /**
   * Returns what is left for an event at an instant, when an amount has just been counted at it
   * that is no more than what {@link #left} last answered, for the same instant.
   */
  abstract Room roomAfter(Instant at, long counted);

  /** Returns the room of which so much is left. */
  final Room room(Instant at, long left) {
    Optional<Instant> changesAt = left == max ? Optional.empty() : opensAfter(at, left + 1);
    String name = limit.name();
    Window window = limit.window();
    return new Room(name, max, window, at, left, changesAt);
  }

  /** Returns how much is left for an event at an instant. */
  abstract long left(Instant at);

  /**
   * Returns the first instant at which the limit lets an amount through, after one at which it does
   * not; empty if never.
   */
  Optional<Instant> opensAfter(Instant closed, long amount) {
    return amount > max ? Optional.empty() : opens(closed, amount);
  }

  /** Returns the same for an amount that is not above the maximum. */
  abstract Optional<Instant> opens(Instant closed, long amount);

  /** Returns the next instant at which time may change what is left; empty if it never does. */
  abstract Optional<Instant> nextEdge(Instant after);

  /** Counts an amount against the limit. */
  abstract void count(Draft draft, Instant at, long amount);

  /** Gives back room that an amount took at an instant, as far as it is remembered. */
  static void giveBack(Draft draft, Limit limit, Instant at, long amount) {
    LimitUses uses = draft.contents.uses(limit.name());
    Instant bucket =
        limit.window() instanceof Window.Session session
            ? uses.session(at, session.length()).orElse(at)
            : at;
    boolean summedUp = limit.window() instanceof Window.Ever && uses.at(bucket) == 0;
    Instant from = summedUp ? draft.openedAt() : bucket;
    long back = Math.min(amount, uses.at(from));
    if (back > 0) {
      draft.use(uses, from, -back);
    }
  }

  /** Finds the kind by a limit's window. */
  private record Kinds(Limit limit) implements Window.Cases<Kind> {

    @Override
    public Kind held(Window.Held window) {
      return (contents, times, basis) -> {
        long max = Basis.most(limit.max(), basis);
        return new OfHeld(limit, max, contents, window.sources());
      };
    }

    @Override
    public Kind rolling(Window.Rolling window) {
      return new KindOfRolling(limit, window, window.length());
    }

    @Override
    public Kind calendar(Window.Calendar window) {
      return (contents, times, basis) -> {
        long max = Basis.most(limit.max(), basis);
        return new InSpans(limit, max, contents, at -> times.get().spanAt(window.unit(), at));
      };
    }

    @Override
    public Kind session(Window.Session window) {
      return (contents, times, basis) -> {
        long max = Basis.most(limit.max(), basis);
        return new InSessions(limit, max, contents, window.length());
      };
    }

    @Override
    public Kind cycle(Window.InCycle window) {
      return (contents, times, basis) -> {
        long max = Basis.most(limit.max(), basis);
        return new InSpans(limit, max, contents, at -> times.get().cycleAt(at));
      };
    }

    @Override
    public Kind ever(Window.Ever window) {
      return (contents, times, basis) -> {
        long max = Basis.most(limit.max(), basis);
        return new ForEver(limit, max, contents);
      };
    }
  }

  /** Makes it of a limit whose window is rolling; one question is answered without making it. */
  private record KindOfRolling(Limit limit, Window window, Duration length) implements Kind {

    @Override
    public Limits of(Contents contents, Supplier<Times> times, Quantity.Basis basis) {
      long max = Basis.most(limit.max(), basis);
      return new Rolling(limit, max, contents, length);
    }

    @Override
    public Room roomAtClock(Wallet wallet, Quantity.Basis basis) {
      long max = Basis.most(limit.max(), basis);
      String name = limit.name();
      LimitUses uses = wallet.contents.uses(name);
      Instant at = wallet.clock();
      LimitUses.UpTo oldest = uses.firstWithin(at, length);
      long left = oldest == null ? max : Math.max(0, max - uses.sumFrom(oldest));
      Optional<Instant> changesAt =
          oldest == null || left == max
              ? Optional.empty()
              : Optional.of(uses.leaves(oldest, length, max - left - 1));
      Window window = this.window;
      return new Room(name, max, window, at, left, changesAt);
    }
  }

  /** Of what some sources hold, or all; time alone changes nothing about it. */
  private static final class OfHeld extends Limits {

    private final Contents contents;
    private final List<String> sources;

    OfHeld(Limit limit, long max, Contents contents, List<String> sources) {
      super(limit, max);
      this.contents = contents;
      this.sources = sources;
    }

    @Override
    boolean isOnWhatIsHeld() {
      return true;
    }

    @Override
    boolean isAbout(String source) {
      return sources.isEmpty() || sources.contains(source);
    }

    @Override
    long left(Instant at) {
      return Math.max(0, max() - contents.held(sources));
    }

    @Override
    Optional<Instant> opens(Instant closed, long amount) {
      return Optional.empty();
    }

    @Override
    Optional<Instant> nextEdge(Instant after) {
      return Optional.empty();
    }

    @Override
    Room roomAfter(Instant at, long counted) {
      return room(at);
    }

    /** Does nothing: what is granted is held. */
    @Override
    void count(Draft draft, Instant at, long amount) {}
  }

  /** Of uses that are counted. */
  private abstract static class OfUses extends Limits {

    private final Contents contents;

    /** What was last looked up, and in what. */
    private @Nullable LimitUses uses;

    private @Nullable Sorted<LimitUses> all;

    /** What was last found to be left. */
    private long found;

    OfUses(Limit limit, long max, Contents contents) {
      super(limit, max);
      this.contents = contents;
    }

    /** Returns what counts now; looked up again only if what is counted changed. */
    LimitUses uses() {
      Sorted<LimitUses> now = contents.uses();
      if (uses == null || all != now) {
        uses = contents.uses(limit().name());
        all = now;
      }
      return uses;
    }

    @Override
    long left(Instant at) {
      found = left(uses(), at);
      return found;
    }

    /** Returns how much some uses leave for an event at an instant. */
    abstract long left(LimitUses uses, Instant at);

    /** In every kind of window a use at an instant takes as much from what is left at it. */
    @Override
    Room roomAfter(Instant at, long counted) {
      return room(at, found - counted);
    }

    @Override
    void count(Draft draft, Instant at, long amount) {
      uses = draft.use(uses(), at, amount);
      all = contents.uses();
    }
  }

  /** Of the uses of every stretch of one length. */
  private static final class Rolling extends OfUses {

    private final Duration length;

    /** The instant that was last asked about. */
    private @Nullable Instant asked;

    /** The first use in what was before it, and in what it was looked for. */
    private LimitUses.@Nullable UpTo oldest;

    private @Nullable LimitUses of;

    Rolling(Limit limit, long max, Contents contents, Duration length) {
      super(limit, max, contents);
      this.length = length;
    }

    @Override
    long left(LimitUses uses, Instant at) {
      return uses.room(at, oldest(uses, at), length, max());
    }

    @Override
    Optional<Instant> opens(Instant closed, long amount) {
      LimitUses uses = uses();
      LimitUses.UpTo leaving = requireNonNull(oldest(uses, closed));
      return Optional.of(uses.opensAfter(closed, leaving, length, max(), amount));
    }

    private LimitUses.@Nullable UpTo oldest(LimitUses uses, Instant at) {
      if (uses != of || !at.equals(asked)) {
        oldest = uses.firstWithin(at, length);
        of = uses;
        asked = at;
      }
      return oldest;
    }

    @Override
    Optional<Instant> nextEdge(Instant after) {
      return uses().nextEdge(after, length);
    }
  }

  /** Of the uses of one stretch of the calendar, or one cycle, after the other. */
  private static final class InSpans extends OfUses {

    private final Function<Instant, Times.Span> spans;

    InSpans(Limit limit, long max, Contents contents, Function<Instant, Times.Span> spans) {
      super(limit, max, contents);
      this.spans = spans;
    }

    @Override
    long left(LimitUses uses, Instant at) {
      return left(uses, spans.apply(at));
    }

    private long left(LimitUses uses, Times.Span span) {
      return Math.max(0, max() - uses.between(span.from().minusNanos(1), span.to().minusNanos(1)));
    }

    @Override
    Optional<Instant> opens(Instant closed, long amount) {
      Times.Span span = spans.apply(closed);
      do {
        span = spans.apply(span.to());
      } while (left(uses(), span) < amount);
      return Optional.of(span.from());
    }

    @Override
    Optional<Instant> nextEdge(Instant after) {
      return Optional.of(spans.apply(after).to());
    }
  }

  /** Of the uses of one session after the other; each starts with a use. */
  private static final class InSessions extends OfUses {

    private final Duration length;

    InSessions(Limit limit, long max, Contents contents, Duration length) {
      super(limit, max, contents);
      this.length = length;
    }

    @Override
    long left(LimitUses uses, Instant at) {
      return Math.max(0, max() - uses.session(at, length).map(uses::at).orElse(0L));
    }

    @Override
    Optional<Instant> opens(Instant closed, long amount) {
      Instant at = closed;
      do {
        at = nextEdge(at).orElseThrow();
      } while (left(uses(), at) < amount);
      return Optional.of(at);
    }

    @Override
    Optional<Instant> nextEdge(Instant after) {
      return uses().session(after, length).map(start -> uses().sessionEnd(start, length));
    }

    /** Counts an amount with what its session started with. */
    @Override
    void count(Draft draft, Instant at, long amount) {
      super.count(draft, uses().session(at, length).orElse(at), amount);
    }
  }

  /** Of all uses. */
  private static final class ForEver extends OfUses {

    ForEver(Limit limit, long max, Contents contents) {
      super(limit, max, contents);
    }

    @Override
    long left(LimitUses uses, Instant at) {
      return Math.max(0, max() - uses.between(Instant.MIN, Instant.MAX));
    }

    @Override
    Optional<Instant> opens(Instant closed, long amount) {
      return Optional.empty();
    }

    @Override
    Optional<Instant> nextEdge(Instant after) {
      return Optional.empty();
    }
  }
}
