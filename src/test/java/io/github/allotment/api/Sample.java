package io.github.allotment.api;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has one of everything that may not change unnoticed. */
public sealed interface Sample<T extends @Nullable Object> extends Closeable {

  /** A constant. */
  int LIMIT = 3;

  /** Takes and gives what may be missing. */
  @Nullable String maybe(T argument, List<@Nullable String> all) throws IOException;

  /** Needs no implementation. */
  @Deprecated
  default <E extends Exception> void rest(Class<? extends E> type, String... names) throws E {}

  /** One of two. */
  record One(@Nullable String first, int second) implements Sample<@Nullable String> {

    /** Not the canonical one. */
    public One(int[] numbers) {
      this(null, numbers.length);
    }

    @Override
    public @Nullable String maybe(@Nullable String argument, List<@Nullable String> all) {
      return argument;
    }

    @Override
    public void close() {}
  }

  /** Two of two. */
  enum Two implements Sample<Integer> {
    LATER,
    EARLIER;

    @Override
    public @Nullable String maybe(Integer argument, List<@Nullable String> all) {
      return null;
    }

    @Override
    public void close() {}
  }
}
