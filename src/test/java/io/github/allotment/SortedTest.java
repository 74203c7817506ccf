package io.github.allotment;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an order answers when it has none, one, a full array, and a tree of two and three arrays.
 */
class SortedTest {

  private static final int THREE_HIGH = Sorted.WIDTH * Sorted.WIDTH + 1;

  /** An element that is told from an equal one by its mark. */
  private record Marked(int key, int mark) {}

  private static final Comparator<Marked> ORDER = (a, b) -> Integer.compare(a.key, b.key);

  /** The even numbers from 0 on, so many, put in in an order. */
  private static Sorted<Marked> of(List<Integer> order) {
    Sorted<Marked> all = Sorted.none();
    for (int i : order) {
      all = all.plus(ORDER, new Marked(2 * i, 0));
    }
    return all;
  }

  private static List<Integer> up(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  private static List<Integer> down(int size) {
    return IntStream.range(0, size).mapToObj(i -> size - 1 - i).toList();
  }

  /** Jumps about: a step that has no divisor in common with any of the sizes. */
  private static List<Integer> mixed(int size) {
    return IntStream.range(0, size).mapToObj(i -> i * 617 % size).toList();
  }

  private static List<Marked> evens(int from, int size) {
    return IntStream.range(from, size).mapToObj(i -> new Marked(2 * i, 0)).toList();
  }

  private static Stream<Arguments> orders() {
    return Stream.of(0, 1, 2, Sorted.WIDTH, Sorted.WIDTH + 1, THREE_HIGH, 2 * THREE_HIGH)
        .flatMap(
            size ->
                Stream.of(up(size), down(size), mixed(size))
                    .map(order -> Arguments.of(size, order)));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void allComeInOrderHoweverTheyWerePutIn(int size, List<Integer> order) {
    Sorted<Marked> all = of(order);

    assertEquals(evens(0, size), ImmutableList.copyOf(all));
    assertEquals(size == 0, all.isEmpty());
    assertEquals(size == 0 ? null : new Marked(0, 0), all.first());
    assertEquals(size == 0 ? null : new Marked(2 * size - 2, 0), all.last());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void oneTakesThePlaceOfOneThatIsThere(int size, List<Integer> order) {
    Sorted<Marked> all = of(order);

    for (int i = 0; i < size; i += 1 + size / 50) {
      int at = i;
      Marked there = requireNonNull(all.lastOf(it -> it.key <= 2 * at));
      Marked other = new Marked(2 * i, 1);
      List<Marked> expected = new ArrayList<>(evens(0, size));
      expected.set(i, other);
      assertEquals(expected, ImmutableList.copyOf(all.replace(ORDER, there, other)));
    }
    assertEquals(evens(0, size), ImmutableList.copyOf(all));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void allAreGoneThroughAndOneIsFoundInAnyPlace(int size, List<Integer> order) {
    Sorted<Marked> all = of(order);

    List<Marked> visited = new ArrayList<>();
    all.forEach(visited::add);
    assertEquals(evens(0, size), visited);
    for (int i = 0; i < size; i += 1 + size / 50) {
      int key = 2 * i;
      assertSame(visited.get(i), all.find(it -> it.key == key));
    }
    assertNull(all.find(it -> it.key % 2 == 1));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aPrefixEndsBetweenItsLastAndTheFirstBehindIt(int size, List<Integer> order) {
    Sorted<Marked> all = of(order);

    for (int i = 0; i < size; i++) {
      int key = 2 * i;
      Marked here = new Marked(key, 0);
      assertEquals(here, all.lastOf(it -> it.key <= key));
      assertEquals(here, all.lastOf(it -> it.key <= key + 1));
      assertEquals(here, all.firstBehind(it -> it.key < key));
      assertEquals(here, all.firstBehind(it -> it.key < key - 1));
      assertEquals(
          i + 1 < size ? new Marked(key + 2, 0) : null, all.firstBehind(it -> it.key <= key));
      assertEquals(i == 0 ? null : new Marked(key - 2, 0), all.lastOf(it -> it.key < key));
    }
    assertNull(all.lastOf(it -> false));
    assertNull(all.firstBehind(it -> true));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void whatIsBehindAPrefixComesFromThereToTheEnd(int size, List<Integer> order) {
    Sorted<Marked> all = of(order);

    for (int i = 0; i <= size; i += 1 + size / 70) {
      int from = 2 * i;
      assertEquals(evens(i, size), ImmutableList.copyOf(all.behind(it -> it.key < from)));
    }
    Iterator<Marked> through = all.behind(it -> true);
    assertFalse(through.hasNext());
    assertThrows(NoSuchElementException.class, through::next);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void eachCanBeTakenOutAndTheOthersStay(int size, List<Integer> order) {
    Sorted<Marked> all = of(up(size));
    List<Integer> left = new ArrayList<>(up(size));
    for (int i : order) {
      all = all.minus(ORDER, new Marked(2 * i, 7));
      left.remove((Integer) i);
      if (left.size() % (1 + size / 40) == 0) {
        assertEquals(left, ImmutableList.copyOf(all).stream().map(it -> it.key / 2).toList());
      }
      assertEquals(left.isEmpty() ? null : new Marked(2 * left.get(0), 0), all.first());
      assertEquals(
          left.isEmpty() ? null : new Marked(2 * left.get(left.size() - 1), 0), all.last());
    }
    assertTrue(all.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Sorted.WIDTH, Sorted.WIDTH + 1, THREE_HIGH})
  void whatIsEqualInTheOrderIsReplaced(int size) {
    Sorted<Marked> all = of(up(size));
    for (int i = 0; i < size; i++) {
      all = all.plus(ORDER, new Marked(2 * i, 1));
    }

    assertEquals(
        IntStream.range(0, size).mapToObj(i -> new Marked(2 * i, 1)).toList(),
        ImmutableList.copyOf(all));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Sorted.WIDTH, Sorted.WIDTH + 1, THREE_HIGH})
  void takingOutWhatIsNotThereChangesNothing(int size) {
    Sorted<Marked> all = of(up(size));

    for (int i = 0; i <= size; i++) {
      assertSame(all, all.minus(ORDER, new Marked(2 * i - 1, 0)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Sorted.WIDTH, Sorted.WIDTH + 1, THREE_HIGH})
  void aChangeLeavesWhatWasThereAsItWas(int size) {
    Sorted<Marked> all = of(up(size));

    for (int i = 0; i < size; i++) {
      all.plus(ORDER, new Marked(2 * i + 1, 0));
      all.plus(ORDER, new Marked(2 * i, 1));
      all.minus(ORDER, new Marked(2 * i, 0));
    }

    assertEquals(evens(0, size), ImmutableList.copyOf(all));
  }
}
