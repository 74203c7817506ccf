package io.github.allotment.fuzz;

import io.github.allotment.examples.programs.Catalogue;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Valid trees, and what a fuzzer's bytes make of them. */
final class Mutations {

  private static final int MOST = 4;

  private static final List<String> EDGES =
      List.of(
          "",
          " ",
          "plan",
          "comment",
          "\u0000",
          "\ud800",
          "P0D",
          "P1D",
          "P36525D",
          "P1200M",
          "P999999999Y",
          "PT0S",
          "PT1M",
          "PT876600H",
          "PT2562047788015215H30M7.999999999S",
          "0001-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999999999Z",
          "+10000-01-01T00:00:00Z",
          "-1000000000-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "2024-02-29",
          "-999999999-01-01",
          "+999999999-12-31",
          "+18:00",
          "Europe/Berlin",
          "Pacific/Apia");

  private static final String LONG = "x".repeat(20_000);

  /** Deeper than any stack; nothing that follows a tree may go into it. */
  static final Object DEEP = nested(100_000);

  private final List<Object> trees;
  private final List<Integer> small;
  private final List<String> texts;
  private final Map<String, List<Object>> byKey = new LinkedHashMap<>();

  Mutations(List<Object> trees) {
    this.trees = trees;
    small = small(trees);
    Set<String> found = new LinkedHashSet<>(EDGES);
    Map<String, Set<Object>> values = new LinkedHashMap<>();
    trees.forEach(tree -> collect("", tree, found, values));
    texts = List.copyOf(found);
    values.forEach((key, some) -> byKey.put(key, List.copyOf(some)));
  }

  /** Returns the programs of the catalogue as plain trees. */
  static List<Object> programs() {
    return Catalogue.programs().stream().map(Mutations::tree).toList();
  }

  private static Object tree(Path file) {
    return Catalogue.plain(Catalogue.read(file));
  }

  private static void collect(
      String under, Object tree, Set<String> texts, Map<String, Set<Object>> values) {
    values.computeIfAbsent(under, key -> new LinkedHashSet<>()).add(tree);
    if (tree instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            texts.add((String) key);
            collect((String) key, value, texts, values);
          });
    } else if (tree instanceof List<?> list) {
      list.forEach(item -> collect(under + "[]", item, texts, values));
    } else if (tree instanceof String text) {
      texts.add(text);
    }
  }

  /** Returns the numbers of the trees that are at most twice as large as the one in the middle. */
  private static List<Integer> small(List<Object> trees) {
    List<Integer> sizes = trees.stream().map(Mutations::size).sorted().toList();
    int most = 2 * sizes.get(sizes.size() / 2);
    return IntStream.range(0, trees.size())
        .filter(i -> size(trees.get(i)) <= most)
        .boxed()
        .toList();
  }

  private static int size(Object tree) {
    List<Spot> spots = new ArrayList<>();
    spots(copy(tree), "", spots);
    return spots.size();
  }

  int size() {
    return trees.size();
  }

  /** Draws a valid tree's number; large ones, with which everything takes longer, rarely. */
  int drawn(Draws draws) {
    int drawn = draws.below(1 << 16);
    return draws.thorough() ? drawn % trees.size() : small.get(drawn % small.size());
  }

  /** Returns a valid tree with up to four changes. */
  Object mutated(int tree, Draws draws) {
    List<Object> root = new ArrayList<>();
    root.add(copy(trees.get(tree)));
    int changes = draws.below(MOST + 1);
    for (int i = 0; i < changes; i++) {
      List<Spot> spots = new ArrayList<>();
      spots(root, "", spots);
      if (!spots.isEmpty()) {
        change(spots, draws);
      }
    }
    return root.isEmpty() ? "nothing" : root.get(0);
  }

  /** Returns a tree of whatever the bytes say. */
  Object raw(Draws draws) {
    return raw(draws, 6);
  }

  private Object raw(Draws draws, int deepest) {
    int kind = draws.below(deepest == 0 ? 6 : 10);
    if (kind < 6) {
      return kind == 5 && draws.once(16) ? odd(draws) : leaf(draws);
    } else if (kind == 6) {
      List<Object> list = new ArrayList<>();
      for (int i = draws.below(5); i > 0; i--) {
        list.add(raw(draws, deepest - 1));
      }
      return list;
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = draws.below(9); i > 0; i--) {
      String key = draws.of(texts);
      map.put(key, kind == 9 ? like(key, draws) : raw(draws, deepest - 1));
    }
    return map;
  }

  private Object leaf(Draws draws) {
    return switch (draws.below(5)) {
      case 0 -> draws.number();
      case 1 -> draws.of(texts);
      case 2 -> draws.text();
      case 3 -> draws.once(2);
      default -> (int) draws.number();
    };
  }

  /** Returns what stands under a key in one of the valid trees. */
  private Object like(String key, Draws draws) {
    List<Object> values = byKey.get(key);
    return values == null ? leaf(draws) : copy(draws.of(values));
  }

  /** Returns what no JSON file holds, or hardly any. */
  private static Object odd(Draws draws) {
    return switch (draws.below(9)) {
      case 0 -> Collections.singletonList(null);
      case 1 -> Collections.singletonMap(null, null);
      case 2 -> Collections.singletonMap(1, List.of());
      case 3 -> BigInteger.ONE.shiftLeft(draws.below(1 << 12));
      case 4 -> Double.NaN;
      case 5 -> DEEP;
      case 6 -> LONG;
      case 7 -> Collections.nCopies(1_100, null);
      default -> 'x';
    };
  }

  private static Object nested(int depth) {
    Object tree = List.of();
    for (int i = 0; i < depth; i++) {
      tree = i % 2 == 0 ? List.of(tree) : Map.of("comment", tree);
    }
    return tree;
  }

  private void change(List<Spot> spots, Draws draws) {
    Spot spot = draws.of(spots);
    switch (draws.below(11)) {
      case 0 -> spot.remove();
      case 1 -> spot.set(leaf(draws));
      case 2, 3 -> spot.set(like(spot.under(), draws));
      case 4 -> spot.set(copy(draws.of(spots).value()));
      case 5 -> spot.add(copy(spot.value()), draws.of(texts));
      case 6 -> spot.add(leaf(draws), draws.of(texts));
      case 7 -> {
        String key = draws.of(texts);
        spot.add(like(key, draws), key);
      }
      case 10 -> spot.set(draws.once(8) ? null : odd(draws));
      default -> spot.set(tweaked(spot.value(), draws));
    }
  }

  private Object tweaked(Object value, Draws draws) {
    if (value instanceof Boolean truth) {
      return !truth;
    } else if (value instanceof Number number) {
      return switch (draws.below(4)) {
        case 0 -> number.longValue() + 1;
        case 1 -> number.longValue() - 1;
        case 2 -> -number.longValue();
        default -> draws.number();
      };
    } else if (value instanceof String text) {
      return switch (draws.below(4)) {
        case 0 -> draws.of(texts);
        case 1 -> text.replaceFirst("\\d+", "" + (draws.number() & Long.MAX_VALUE));
        case 2 -> text.replaceFirst("\\d", "" + draws.below(10));
        default -> text + draws.text();
      };
    } else if (value instanceof List<?> list) {
      List<Object> other = new ArrayList<>(list);
      Collections.reverse(other);
      return other;
    }
    return new LinkedHashMap<>();
  }

  /** A place in a tree that can be changed. */
  private record Spot(Object in, Object at, String under, Object value) {

    @SuppressWarnings("unchecked") // all containers are copies that were made here
    private Map<Object, Object> map() {
      return (Map<Object, Object>) in;
    }

    @SuppressWarnings("unchecked") // all containers are copies that were made here
    private List<Object> list() {
      return (List<Object>) in;
    }

    void set(Object changed) {
      if (in instanceof Map) {
        map().put(at, changed);
      } else {
        list().set((int) at, changed);
      }
    }

    void remove() {
      if (in instanceof Map) {
        map().remove(at);
      } else {
        list().remove((int) at);
      }
    }

    void add(Object added, String key) {
      if (in instanceof Map) {
        map().put(key, added);
      } else {
        list().add((int) at, added);
      }
    }
  }

  private static void spots(Object container, String under, List<Spot> spots) {
    if (container instanceof Map<?, ?> map) {
      map.forEach((key, value) -> spot(map, key, "" + key, value, spots));
    } else if (container instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        spot(list, i, under + "[]", list.get(i), spots);
      }
    }
  }

  private static void spot(Object in, Object at, String under, Object value, List<Spot> spots) {
    spots.add(new Spot(in, at, under, value));
    if (value instanceof LinkedHashMap || value instanceof ArrayList) {
      spots(value, under, spots);
    }
  }

  static Object copy(Object tree) {
    if (tree == DEEP) {
      return tree;
    } else if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, copy(value)));
      return copy;
    } else if (tree instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return tree;
  }
}
