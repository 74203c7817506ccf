package io.github.allotment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Elements in a total order, as a persistent value: a change shares what it does not touch with the
 * value before it, and costs the logarithm of the size.
 *
 * <p>An order is not kept but passed with each change, always the same one. For all but lots it is
 * a constant where it is passed, so that the compiler sees what is compared.
 *
 * <p>Every question is asked with a prefix: a test that holds for the elements up to some place in
 * the order, and for none behind it. So nothing needs to be made an element, or a key, to be looked
 * for.
 *
 * <p>It is a tree of arrays, of at most {@value #WIDTH} elements or subtrees each. An array that
 * gets longer is cut in two: at its end if it grew there, so that what comes in order fills the
 * arrays, else in the middle. One that gets empty is dropped and none are merged, which keeps the
 * tree as low and nearly as full (T. Johnson and D. Shasha, "B-trees with inserts and deletes: why
 * free-at-empty is better than merge-at-half", 1993).
 */
final class Sorted<E> implements Iterable<E> {

  static final int WIDTH = 32;

  private final Object[] root;

  /** How many arrays lie between the root and an element. */
  private final int height;

  private Sorted(Object[] root, int height) {
    this.root = root;
    this.height = height;
  }

  /** Returns no elements, which are in every order. */
  static <E> Sorted<E> none() {
    return new Sorted<>(new Object[0], 0);
  }

  boolean isEmpty() {
    return root.length == 0;
  }

  /**
   * Tells whether the elements are so few that one array has them, which is quickly gone through.
   */
  boolean isFlat() {
    return height == 0;
  }

  /** Returns an element that passes a test, having looked at one after the other; else null. */
  @Nullable E find(Predicate<? super E> test) {
    return find(root, height, test);
  }

  private @Nullable E find(Object[] node, int level, Predicate<? super E> test) {
    for (Object entry : node) {
      E found = level > 0 ? find((Object[]) entry, level - 1, test) : first(entry, 0);
      if (found != null && (level > 0 || test.test(found))) {
        return found;
      }
    }
    return null;
  }

  /** Returns the first element; null if there is none. */
  @Nullable E first() {
    return isEmpty() ? null : first(root[0], height);
  }

  /** Returns the last element; null if there is none. */
  @Nullable E last() {
    Object[] node = root;
    for (int level = height; level > 0; level--) {
      node = subtree(node, node.length - 1);
    }
    return node.length == 0 ? null : first(node[node.length - 1], 0);
  }

  /** Returns the last element of a prefix; null if it has none. */
  @Nullable E lastOf(Predicate<? super E> prefix) {
    Object[] node = root;
    for (int level = height; level > 0; level--) {
      node = subtree(node, Math.max(0, upTo(node, level, prefix) - 1));
    }
    int end = upTo(node, 0, prefix);
    return end == 0 ? null : first(node[end - 1], 0);
  }

  /** Returns the first element behind a prefix; null if there is none. */
  @Nullable E firstBehind(Predicate<? super E> prefix) {
    Object[] node = root;
    E behind = null;
    for (int level = height; level > 0; level--) {
      int end = upTo(node, level, prefix);
      behind = end < node.length ? first(node[end], level) : behind;
      node = subtree(node, Math.max(0, end - 1));
    }
    int end = upTo(node, 0, prefix);
    return end < node.length ? first(node[end], 0) : behind;
  }

  /** Returns a copy with an element, in the place of the one that is equal in the order, if any. */
  Sorted<E> plus(Comparator<? super E> order, E element) {
    return height == 0
        ? put(place(order, root, 0, element), element)
        : grown(plus(order, root, height, element), order, element);
  }

  /** Puts an element into the only array, at a place found in it. */
  private Sorted<E> put(int place, E element) {
    if (place >= 0) {
      Object[] copy = with(root, place, element);
      return new Sorted<>(copy, 0);
    }
    Object[] grown = inserted(root, -1 - place, element);
    return grown.length > WIDTH
        ? new Sorted<>(cut(grown, -1 - place == root.length), 1)
        : new Sorted<>(grown, 0);
  }

  private Sorted<E> grown(Object[] grown, Comparator<? super E> order, E element) {
    return grown.length > WIDTH
        ? new Sorted<>(cut(grown, endsBefore(order, grown, height, element)), height + 1)
        : new Sorted<>(grown, height);
  }

  private Object[] plus(Comparator<? super E> order, Object[] node, int level, E element) {
    int place = place(order, node, level, element);
    if (level == 0) {
      return place >= 0 ? with(node, place, element) : inserted(node, -1 - place, element);
    }
    int at = place >= 0 ? place : Math.max(0, -2 - place);
    Object[] grown = plus(order, subtree(node, at), level - 1, element);
    if (grown.length <= WIDTH) {
      return with(node, at, grown);
    }
    Object[] halves = cut(grown, endsBefore(order, grown, level - 1, element));
    return with(inserted(node, at + 1, halves[1]), at, halves[0]);
  }

  /** Tells whether the first element of an array's last entry is not behind another. */
  private boolean endsBefore(Comparator<? super E> order, Object[] node, int level, E element) {
    return order.compare(first(node[node.length - 1], level), element) <= 0;
  }

  /** Cuts an array that an element has made too long. */
  private static Object[] cut(Object[] node, boolean grewAtEnd) {
    int at = grewAtEnd ? WIDTH : node.length / 2;
    return new Object[] {Arrays.copyOf(node, at), Arrays.copyOfRange(node, at, node.length)};
  }

  /**
   * Returns a copy with an element in the place of another, which is there itself and is equal to
   * it in the order. In an array it is looked for without comparing.
   */
  Sorted<E> replace(Comparator<? super E> order, E there, E element) {
    Object[] copy =
        height == 0
            ? with(root, indexOf(root, there), element)
            : replaced(order, root, height, there, element);
    return new Sorted<>(copy, height);
  }

  private Object[] replaced(
      Comparator<? super E> order, Object[] node, int level, E there, E element) {
    if (level == 0) {
      return with(node, indexOf(node, there), element);
    }
    int place = place(order, node, level, there);
    int at = place >= 0 ? place : -2 - place;
    return with(node, at, replaced(order, subtree(node, at), level - 1, there, element));
  }

  /** Returns the place of an element itself in an array; −1 if it is not there. */
  private static int indexOf(Object[] node, Object there) {
    int at = node.length - 1;
    while (at >= 0 && node[at] != there) {
      at--;
    }
    return at;
  }

  /**
   * Returns a copy without the element that is equal in the order; this if there is none. In an
   * array one that is there itself, as most are, is found without comparing.
   */
  Sorted<E> minus(Comparator<? super E> order, E element) {
    return height == 0
        ? removed(placeOf(order, root, element))
        : lower(minus(order, root, height, element));
  }

  private int placeOf(Comparator<? super E> order, Object[] node, E element) {
    int at = indexOf(node, element);
    return at >= 0 ? at : place(order, node, 0, element);
  }

  /** Removes what is at a place found in the only array, if it is there. */
  private Sorted<E> removed(int place) {
    if (place < 0) {
      return this;
    }
    Object[] less = without(root, place);
    return new Sorted<>(less, 0);
  }

  private Sorted<E> lower(Object[] less) {
    if (less == root) {
      return this;
    }
    Object[] node = less;
    int level = height;
    while (level > 0 && node.length == 1) {
      node = subtree(node, 0);
      level--;
    }
    return new Sorted<>(node, level);
  }

  private Object[] minus(Comparator<? super E> order, Object[] node, int level, E element) {
    if (level == 0) {
      int place = placeOf(order, node, element);
      return place >= 0 ? without(node, place) : node;
    }
    int place = place(order, node, level, element);
    int at = place >= 0 ? place : -2 - place;
    if (at < 0) {
      return node;
    }
    Object[] subtree = subtree(node, at);
    Object[] less = minus(order, subtree, level - 1, element);
    if (less == subtree) {
      return node;
    }
    return less.length == 0 ? without(node, at) : with(node, at, less);
  }

  @Override
  public Iterator<E> iterator() {
    return new Walk(root, height);
  }

  @Override
  public void forEach(Consumer<? super E> action) {
    forEach(root, height, action);
  }

  private void forEach(Object[] node, int level, Consumer<? super E> action) {
    for (Object entry : node) {
      if (level == 0) {
        action.accept(first(entry, 0));
      } else {
        forEach((Object[]) entry, level - 1, action);
      }
    }
  }

  /** Returns the elements behind a prefix. */
  Iterator<E> behind(Predicate<? super E> prefix) {
    return new Walk(root, height, prefix);
  }

  /** A way through the elements of an array from some place on. */
  private final class Walk implements Iterator<E> {

    private final Object[] node;
    private final int level;
    private int next;

    /** The way through the subtree before the next; null in an array of elements. */
    private @Nullable Walk below;

    /** Starts with the first element. */
    Walk(Object[] node, int level) {
      this.node = node;
      this.level = level;
      if (level > 0) {
        next = 1;
        below = new Walk(subtree(node, 0), level - 1);
      }
    }

    /** Starts behind a prefix. */
    Walk(Object[] node, int level, Predicate<? super E> prefix) {
      this.node = node;
      this.level = level;
      next = upTo(node, level, prefix);
      if (level > 0) {
        next = Math.max(1, next);
        below = new Walk(subtree(node, next - 1), level - 1, prefix);
      }
    }

    @Override
    public boolean hasNext() {
      return next < node.length || (below != null && below.hasNext());
    }

    @Override
    public E next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      } else if (below == null) {
        return first(node[next++], 0);
      } else if (!below.hasNext()) {
        below = new Walk(subtree(node, next++), level - 1);
      }
      return below.next();
    }
  }

  /**
   * Counts the entries of an array whose first elements belong to a prefix. The last is looked at
   * first, for what is asked about is mostly behind all there is.
   */
  private int upTo(Object[] node, int level, Predicate<? super E> prefix) {
    int low = 0;
    int high = node.length;
    int middle = high - 1;
    while (low < high) {
      if (prefix.test(first(node[middle], level))) {
        low = middle + 1;
      } else {
        high = middle;
      }
      middle = (low + high) >>> 1;
    }
    return low;
  }

  /**
   * Returns the place in an array of the entry whose first element is equal to another in the
   * order; if there is none, −1 less the number of those before it. The last is looked at first,
   * for most rows are put in behind all there are.
   */
  private int place(Comparator<? super E> order, Object[] node, int level, E element) {
    int low = 0;
    int high = node.length;
    int middle = high - 1;
    while (low < high) {
      int compared = order.compare(first(node[middle], level), element);
      if (compared == 0) {
        return middle;
      } else if (compared < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
      middle = (low + high) >>> 1;
    }
    return -1 - low;
  }

  /** Returns the first element of an entry of an array at a level. */
  @SuppressWarnings("unchecked")
  private E first(Object entry, int level) {
    Object first = entry;
    for (int i = level; i > 0; i--) {
      first = ((Object[]) first)[0];
    }
    return (E) first;
  }

  private static Object[] subtree(Object[] node, int at) {
    return (Object[]) node[at];
  }

  private static Object[] with(Object[] node, int at, Object entry) {
    Object[] copy = node.clone();
    copy[at] = entry;
    return copy;
  }

  private static Object[] inserted(Object[] node, int at, Object entry) {
    Object[] copy = Arrays.copyOf(node, node.length + 1);
    for (int i = node.length; i > at; i--) {
      copy[i] = node[i - 1];
    }
    copy[at] = entry;
    return copy;
  }

  private static Object[] without(Object[] node, int at) {
    Object[] copy = Arrays.copyOf(node, node.length - 1);
    for (int i = at; i < copy.length; i++) {
      copy[i] = node[i + 1];
    }
    return copy;
  }
}
