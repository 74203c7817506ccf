package io.github.allotment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists that have one element, mostly, or none. Only a second one makes an array that can grow. */
final class Few {

  private Few() {}

  /**
   * Returns a list with one more element than another, or than none if that is null; the one before
   * must not be used any more.
   */
  static <E> List<E> plus(@Nullable List<E> few, E element) {
    return few == null || few.isEmpty() ? ImmutableList.of(element) : more(few, element);
  }

  private static <E> List<E> more(List<E> few, E element) {
    List<E> more = few.size() == 1 ? new ArrayList<>(few) : few;
    more.add(element);
    return more;
  }

  /** Returns a list itself; an empty one if it is null. */
  static <E> List<E> orNone(@Nullable List<E> few) {
    return few == null ? ImmutableList.of() : few;
  }

  /** Returns an immutable list of the same elements, none of which may be null. */
  static <E> ImmutableList<E> copyOf(List<E> few) {
    return few instanceof ImmutableList<E> immutable && immutable.size() < 2
        ? immutable
        : ImmutableList.copyOf(few);
  }
}
