package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That the persistent order answers as {@link TreeMap} does, and that no change reaches back. */
class SortedProperties {

  /** An element that is told from an equal one by its mark. */
  record Marked(int key, int mark) {

    static final Comparator<Marked> ORDER = Comparator.comparingInt(Marked::key);
  }

  /** What is done: an element is put in, or, if the mark is negative, taken out. */
  @Property(tries = 300)
  void itAnswersAsATreeMapDoes(@ForAll("changes") List<Marked> changes) {
    Sorted<Marked> sorted = Sorted.none();
    TreeMap<Integer, Marked> map = new TreeMap<>();
    for (Marked change : changes) {
      if (change.mark < 0) {
        sorted = sorted.minus(Marked.ORDER, change);
        map.remove(change.key);
      } else {
        sorted = sorted.plus(Marked.ORDER, change);
        map.put(change.key, change);
      }
    }
    assertAlike(map, sorted);
  }

  /** In the place of one that is there, in a tree of any height; its shape stays. */
  @Property(tries = 100)
  void oneInThePlaceOfAnotherIsAsIfItWerePutIn(@ForAll("changes") List<Marked> changes) {
    Sorted<Marked> sorted = Sorted.none();
    for (Marked change : changes) {
      sorted = sorted.plus(Marked.ORDER, change);
    }
    Sorted<Marked> replaced = sorted;
    TreeMap<Integer, Marked> map = new TreeMap<>();
    for (Marked there : sorted) {
      Marked other = new Marked(there.key, 7);
      replaced = replaced.replace(Marked.ORDER, there, other);
      map.put(there.key, other);
    }
    assertAlike(map, replaced);
  }

  private static void assertAlike(NavigableMap<Integer, Marked> map, Sorted<Marked> sorted) {
    assertEquals(ImmutableList.copyOf(map.values()), ImmutableList.copyOf(sorted));
    List<Marked> visited = new ArrayList<>();
    sorted.forEach(visited::add);
    assertEquals(ImmutableList.copyOf(map.values()), visited);
    for (int i = 0; i < visited.size(); i += 1 + visited.size() / 50) {
      Marked there = visited.get(i);
      assertSame(there, sorted.find(it -> it.key == there.key));
    }
    assertNull(sorted.find(it -> !map.containsKey(it.key)));
    assertEquals(map.isEmpty(), sorted.isEmpty());
    assertEquals(map.isEmpty() ? null : map.firstEntry().getValue(), sorted.first());
    int from = map.isEmpty() ? 0 : map.firstKey() - 1;
    int to = map.isEmpty() ? 0 : map.lastKey() + 1;
    for (int key = from; key <= to; key += 1 + (to - from) / 500) {
      int end = key;
      assertEquals(valueOf(map.floorEntry(end)), sorted.lastOf(it -> it.key <= end));
      assertEquals(valueOf(map.higherEntry(end)), sorted.firstBehind(it -> it.key <= end));
      Iterator<Marked> rest = sorted.behind(it -> it.key < end);
      map.tailMap(end, true).values().stream()
          .limit(100)
          .forEach(expected -> assertEquals(expected, rest.next()));
    }
  }

  private static @Nullable Marked valueOf(Map.@Nullable Entry<Integer, Marked> entry) {
    return entry == null ? null : entry.getValue();
  }

  @Provide
  Arbitrary<List<Marked>> changes() {
    return Arbitraries.of(10, 100, 5_000)
        .flatMap(
            keys ->
                Arbitraries.integers()
                    .between(0, keys)
                    .flatMap(
                        key ->
                            Arbitraries.frequencyOf(
                                    Tuple.of(3, Arbitraries.of(0, 1, 2)),
                                    Tuple.of(2, Arbitraries.just(-1)))
                                .map(mark -> new Marked(key, mark)))
                    .list()
                    .ofMaxSize(3_000));
  }

  @Property(tries = 50)
  void manyInAnyOrderComeOutInOrderAndCanAllBeTakenOut(@ForAll("orders") List<Integer> keys) {
    Sorted<Marked> sorted = Sorted.none();
    TreeMap<Integer, Marked> map = new TreeMap<>();
    for (int key : keys) {
      sorted = sorted.plus(Marked.ORDER, new Marked(key, 0));
      map.put(key, new Marked(key, 0));
    }
    assertAlike(map, sorted);
    Sorted<Marked> full = sorted;
    for (int key : keys) {
      sorted = sorted.minus(Marked.ORDER, new Marked(key, 1));
      map.remove(key);
      if (map.size() % 1_000 == 7) {
        assertAlike(map, sorted);
      }
    }
    assertFalse(sorted.iterator().hasNext());
    assertNull(sorted.first());
    assertEquals(
        keys.stream().sorted().toList(),
        ImmutableList.copyOf(full).stream().map(Marked::key).toList());
  }

  /** Up, down, and shuffled, so many that the tree is three arrays high. */
  @Provide
  Arbitrary<List<Integer>> orders() {
    List<Integer> up = IntStream.range(0, 3_000).boxed().toList();
    return Arbitraries.oneOf(
        Arbitraries.just(up), Arbitraries.just(Lists.reverse(up)), Arbitraries.shuffle(up));
  }

  @Property(tries = 100)
  void aChangeLeavesWhatWasThereAsItWas(@ForAll("changes") List<Marked> changes) {
    Sorted<Marked> sorted = Sorted.none();
    for (Marked change : changes) {
      sorted = sorted.plus(Marked.ORDER, change);
    }
    ImmutableList<Marked> before = ImmutableList.copyOf(sorted);

    for (Marked change : changes) {
      sorted.plus(Marked.ORDER, new Marked(change.key + 1, 7));
      sorted.plus(Marked.ORDER, new Marked(change.key, 7));
      sorted.minus(Marked.ORDER, change);
    }

    assertEquals(before, ImmutableList.copyOf(sorted));
  }

  @Test
  void takingOutWhatIsNotThereChangesNothing() {
    Sorted<Marked> one = Sorted.<Marked>none().plus(Marked.ORDER, new Marked(1, 0));

    assertSame(one, one.minus(Marked.ORDER, new Marked(0, 0)));
    assertSame(one, one.minus(Marked.ORDER, new Marked(2, 0)));
  }

  @Test
  void anIteratorThatIsThroughSaysSo() {
    Iterator<Marked> through = Sorted.<Marked>none().iterator();

    assertThrows(NoSuchElementException.class, through::next);
  }
}
