package io.github.allotment;

import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One limit as a wallet stands to it: every question about room is answered here. */
final class Limits {

  private final Contents contents;
  private final Supplier<Times> times;
  private final Limit limit;
  private final long max;

  /** What was last looked up, and in what. */
  private @Nullable LimitUses uses;

  private @Nullable Sorted<LimitUses> all;

  Limits(Contents contents, Supplier<Times> times, Limit limit, Quantity.Basis basis) {
    this.contents = contents;
    this.times = times;
    this.limit = limit;
    max = Basis.most(limit.max(), basis);
  }

  Limit limit() {
    return limit;
  }

  long max() {
    return max;
  }

  /** Returns what is left for an event at an instant. */
  Room room(Instant at) {
    long left = left(at);
    return new Room(
        limit.name(),
        max,
        limit.window(),
        at,
        left,
        left == max ? Optional.empty() : opensAfter(at, left + 1));
  }

  /** Returns how much is left for an event at an instant. */
  long left(Instant at) {
    return limit.window().match(new Left(at));
  }

  /**
   * Returns the first instant at which the limit lets an amount through, after one at which it does
   * not; empty if never.
   */
  Optional<Instant> opensAfter(Instant closed, long amount) {
    return amount > max ? Optional.empty() : limit.window().match(new Opens(closed, amount));
  }

  /** Returns the next instant at which time may change what is left. */
  Optional<Instant> nextEdge(Instant after) {
    return limit.window().match(new Edge(after));
  }

  /** Returns what counts against the limit now; looked up again only if what is counted changed. */
  private LimitUses uses() {
    Sorted<LimitUses> now = contents.uses();
    if (uses == null || all != now) {
      uses = contents.uses(limit.name());
      all = now;
    }
    return uses;
  }

  private long left(Times.Span span) {
    return Math.max(0, max - uses().between(span.from().minusNanos(1), span.to().minusNanos(1)));
  }

  /** Finds what is left at an instant. */
  private final class Left implements Window.Cases<Long> {

    private final Instant at;

    Left(Instant at) {
      this.at = at;
    }

    @Override
    public Long held(Window.Held window) {
      return Math.max(0, max - contents.held(window.sources()));
    }

    @Override
    public Long rolling(Window.Rolling window) {
      return uses().room(at, window.length(), max);
    }

    @Override
    public Long calendar(Window.Calendar window) {
      return left(times.get().spanAt(window.unit(), at));
    }

    @Override
    public Long session(Window.Session window) {
      return Math.max(0, max - uses().session(at, window.length()).map(uses()::at).orElse(0L));
    }

    @Override
    public Long cycle(Window.InCycle window) {
      return left(times.get().cycleAt(at));
    }

    @Override
    public Long ever(Window.Ever window) {
      return Math.max(0, max - uses().between(Instant.MIN, Instant.MAX));
    }
  }

  /** Finds the first instant at which an amount, not above the maximum, fits that did not. */
  private final class Opens implements Window.Cases<Optional<Instant>> {

    private final Instant closed;
    private final long amount;

    Opens(Instant closed, long amount) {
      this.closed = closed;
      this.amount = amount;
    }

    @Override
    public Optional<Instant> held(Window.Held window) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> rolling(Window.Rolling window) {
      return Optional.of(uses().opensAfter(closed, window.length(), max, amount));
    }

    @Override
    public Optional<Instant> calendar(Window.Calendar window) {
      Times.Span span = times.get().spanAt(window.unit(), closed);
      do {
        span = times.get().spanAt(window.unit(), span.to());
      } while (left(span) < amount);
      return Optional.of(span.from());
    }

    @Override
    public Optional<Instant> session(Window.Session window) {
      Instant at = closed;
      do {
        at = endOf(window, at).orElseThrow();
      } while (new Left(at).session(window) < amount);
      return Optional.of(at);
    }

    @Override
    public Optional<Instant> cycle(Window.InCycle window) {
      Times.Span span = times.get().cycleAt(closed);
      do {
        span = times.get().cycleAt(span.to());
      } while (left(span) < amount);
      return Optional.of(span.from());
    }

    @Override
    public Optional<Instant> ever(Window.Ever window) {
      return Optional.empty();
    }
  }

  /** Finds the next instant at which what counts leaves the window. */
  private final class Edge implements Window.Cases<Optional<Instant>> {

    private final Instant after;

    Edge(Instant after) {
      this.after = after;
    }

    @Override
    public Optional<Instant> held(Window.Held window) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> rolling(Window.Rolling window) {
      return uses().nextEdge(after, window.length());
    }

    @Override
    public Optional<Instant> calendar(Window.Calendar window) {
      return Optional.of(times.get().spanAt(window.unit(), after).to());
    }

    @Override
    public Optional<Instant> session(Window.Session window) {
      return endOf(window, after);
    }

    @Override
    public Optional<Instant> cycle(Window.InCycle window) {
      return Optional.of(times.get().cycleAt(after).to());
    }

    @Override
    public Optional<Instant> ever(Window.Ever window) {
      return Optional.empty();
    }
  }

  private Optional<Instant> endOf(Window.Session window, Instant at) {
    return uses()
        .session(at, window.length())
        .map(start -> uses().sessionEnd(start, window.length()));
  }

  /** Counts an amount against the limit, unless its window is what is held. */
  void count(Draft draft, Instant at, long amount) {
    if (!(limit.window() instanceof Window.Held)) {
      LimitUses now = uses();
      draft.use(now, bucket(now, limit, at), amount);
    }
  }

  /** Gives back room that an amount took at an instant, as far as it is remembered. */
  static void giveBack(Draft draft, Limit limit, Instant at, long amount) {
    LimitUses uses = draft.contents.uses(limit.name());
    Instant bucket = bucket(uses, limit, at);
    boolean summedUp = limit.window() instanceof Window.Ever && uses.at(bucket) == 0;
    Instant from = summedUp ? draft.openedAt() : bucket;
    long back = Math.min(amount, uses.at(from));
    if (back > 0) {
      draft.use(uses, from, -back);
    }
  }

  /**
   * Returns the instant under which a use is counted: that of its session's start, if it has one.
   */
  private static Instant bucket(LimitUses uses, Limit limit, Instant at) {
    return limit.window() instanceof Window.Session session
        ? uses.session(at, session.length()).orElse(at)
        : at;
  }
}
