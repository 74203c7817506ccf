package io.github.allotment.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A misspelt name brings the one that was meant, and only when it is near. */
class NearestNameTest {

  @ParameterizedTest
  @CsvSource({
    "monthly, mnthly", // a letter left out
    "monthly, monthlyy", // put in
    "monthly, monthli", // replaced
    "monthly, monhtly", // swapped
    "monthly, omnthly", // swapped at the start
    "monthly, mnothyl", // two edits, of a name of six letters or more
    "x, y", // one edit is always near
    "x, ''"
  })
  void oneThatIsNearIsFound(String known, String misspelt) {
    assertEquals(Optional.of(known), NearestName.to(misspelt, List.of(known)));
  }

  @ParameterizedTest
  @CsvSource({"month, mnoht", "ab, ''", "bonus, monthly", "monthly, yearly", "ab, cd"})
  void oneThatIsFarIsNot(String known, String misspelt) {
    assertEquals(Optional.empty(), NearestName.to(misspelt, List.of(known)));
  }

  @ParameterizedTest
  @CsvSource({
    "bonuse, bonuses bonusez, bonuses", // both one edit away
    "bonuse, bonusez bonuses, bonusez",
    "bonuses, bonusxy bonusez, bonusez", // the second is nearer
    "bonuses, bonusez bonusxy, bonusez",
    "bonuses, bonusez bonuses, bonuses" // and nearest of all the same
  })
  void ofSeveralTheNearestAndThenTheFirstIsFound(String misspelt, String known, String nearest) {
    assertEquals(Optional.of(nearest), NearestName.to(misspelt, List.of(known.split(" "))));
  }

  @ParameterizedTest
  @CsvSource({
    "99, 100, true",
    "100, 99, true",
    "100, 100, true",
    "100, 101, false",
    "101, 100, false"
  })
  void namesOfMoreThanAHundredLettersArePassedOver(int misspelt, int known, boolean found) {
    assertEquals(
        found,
        NearestName.to("a".repeat(misspelt), List.of("a".repeat(known - 1) + "b")).isPresent());
  }

  @Test
  void aNameIsNearIfItIsAtMostAThirdOfItsLengthOrOneEditAway() {
    for (String stem : List.of("", "pq", "pqrs")) {
      for (String from : words()) {
        for (String to : words()) {
          String misspelt = stem + from;
          String known = stem + to;
          boolean near = edits(from, to) <= Math.max(1, misspelt.length() / 3);
          assertEquals(
              near ? Optional.of(known) : Optional.empty(),
              NearestName.to(misspelt, List.of(known)),
              () -> misspelt + " for " + known);
        }
      }
    }
  }

  /** All words of up to three letters out of three. */
  private static List<String> words() {
    List<String> words = new ArrayList<>(List.of(""));
    for (int i = 0; words.get(i).length() < 3; i++) {
      String word = words.get(i);
      Stream.of("a", "b", "c").map(word::concat).forEach(words::add);
    }
    return words;
  }

  /** The fewest edits by definition, letter by letter from the front. */
  private static int edits(String from, String to) {
    if (from.isEmpty() || to.isEmpty()) {
      return from.length() + to.length();
    }
    String fromRest = from.substring(1);
    String toRest = to.substring(1);
    int same = from.charAt(0) == to.charAt(0) ? 0 : 1;
    int fewest =
        Math.min(
            same + edits(fromRest, toRest), 1 + Math.min(edits(fromRest, to), edits(from, toRest)));
    boolean swapped =
        from.length() > 1
            && to.length() > 1
            && from.charAt(0) == to.charAt(1)
            && from.charAt(1) == to.charAt(0);
    return swapped
        ? Math.min(fewest, 1 + edits(fromRest.substring(1), toRest.substring(1)))
        : fewest;
  }
}
