package io.github.allotment;

import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.util.Optional;

/** One limit as a wallet stands to it: every question about room is answered here. */
final class Limits {

  private final Contents contents;
  private final Limit limit;
  private final long max;

  Limits(Contents contents, Limit limit, Basis basis) {
    this.contents = contents;
    this.limit = limit;
    max = basis.most(limit.max());
  }

  long max() {
    return max;
  }

  /** Returns what is left for an event at an instant. */
  Room room(Instant at) {
    return new Room(
        limit.name(),
        max,
        limit.window(),
        at,
        limit.window().match(new Left(at)),
        limit.window().match(new NextEdge(at)));
  }

  /** Returns the first instant, not before another, at which the limit lets an amount through. */
  Optional<Instant> opensAt(Instant from, long amount) {
    return limit
        .window()
        .match(
            new Window.Cases<Optional<Instant>>() {
              @Override
              public Optional<Instant> held(Window.Held window) {
                return Optional.empty();
              }

              @Override
              public Optional<Instant> rolling(Window.Rolling window) {
                return uses().opensAt(from, window.length(), max, amount);
              }
            });
  }

  private LimitUses uses() {
    return contents.uses(limit.name());
  }

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
  }

  /** Finds the next instant at which something that counts leaves the window. */
  private final class NextEdge implements Window.Cases<Optional<Instant>> {

    private final Instant after;

    NextEdge(Instant after) {
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
  }

  /** Counts an amount against a limit, if its window is one over time. */
  static void count(Draft draft, Limit limit, Instant at, long amount) {
    limit
        .window()
        .match(
            new Window.Cases<Boolean>() {
              @Override
              public Boolean held(Window.Held window) {
                return false;
              }

              @Override
              public Boolean rolling(Window.Rolling window) {
                draft.use(limit.name(), at, amount);
                return true;
              }
            });
  }
}
