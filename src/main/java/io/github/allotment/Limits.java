package io.github.allotment;

import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.util.Optional;

/** One limit as a wallet stands to it: every question about room is answered here. */
final class Limits {

  private final Contents contents;
  private final Times times;
  private final Limit limit;
  private final long max;

  Limits(Contents contents, Times times, Limit limit, Basis basis) {
    this.contents = contents;
    this.times = times;
    this.limit = limit;
    max = basis.most(limit.max());
  }

  long max() {
    return max;
  }

  /** Returns what is left for an event at an instant. */
  Room room(Instant at) {
    long left = limit.window().match(new Left(at));
    return new Room(
        limit.name(),
        max,
        limit.window(),
        at,
        left,
        left == max ? Optional.empty() : opensAt(at, left + 1));
  }

  /** Returns the first instant, not before another, at which the limit lets an amount through. */
  Optional<Instant> opensAt(Instant from, long amount) {
    return amount > max ? Optional.empty() : limit.window().match(new Opens(from, amount));
  }

  /** Returns the next instant at which time may change what is left. */
  Optional<Instant> nextEdge(Instant after) {
    return limit.window().match(new Edge(after));
  }

  private LimitUses uses() {
    return contents.uses(limit.name());
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
      return left(times.spanAt(window.unit(), at));
    }

    @Override
    public Long cycle(Window.InCycle window) {
      return left(times.cycleAt(at));
    }

    @Override
    public Long ever(Window.Ever window) {
      return Math.max(0, max - uses().between(Instant.MIN, Instant.MAX));
    }
  }

  /** Finds the first instant at which an amount, not above the maximum, fits. */
  private final class Opens implements Window.Cases<Optional<Instant>> {

    private final Instant from;
    private final long amount;

    Opens(Instant from, long amount) {
      this.from = from;
      this.amount = amount;
    }

    @Override
    public Optional<Instant> held(Window.Held window) {
      return ifNow(new Left(from).held(window));
    }

    @Override
    public Optional<Instant> rolling(Window.Rolling window) {
      return uses().opensAt(from, window.length(), max, amount);
    }

    @Override
    public Optional<Instant> calendar(Window.Calendar window) {
      Instant at = from;
      while (left(times.spanAt(window.unit(), at)) < amount) {
        at = times.spanAt(window.unit(), at).to();
      }
      return Optional.of(at);
    }

    @Override
    public Optional<Instant> cycle(Window.InCycle window) {
      Instant at = from;
      while (left(times.cycleAt(at)) < amount) {
        at = times.cycleAt(at).to();
      }
      return Optional.of(at);
    }

    @Override
    public Optional<Instant> ever(Window.Ever window) {
      return ifNow(new Left(from).ever(window));
    }

    private Optional<Instant> ifNow(long left) {
      return left >= amount ? Optional.of(from) : Optional.empty();
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
      return Optional.of(times.spanAt(window.unit(), after).to());
    }

    @Override
    public Optional<Instant> cycle(Window.InCycle window) {
      return Optional.of(times.cycleAt(after).to());
    }

    @Override
    public Optional<Instant> ever(Window.Ever window) {
      return Optional.empty();
    }
  }

  /** Counts an amount against a limit, unless its window is what is held. */
  static void count(Draft draft, Limit limit, Instant at, long amount) {
    if (!(limit.window() instanceof Window.Held)) {
      draft.use(limit.name(), at, amount);
    }
  }
}
