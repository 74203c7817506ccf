package io.github.allotment.data;

import java.util.Optional;

/** Finds the name that somebody who misspelt one may have meant. */
final class NearestName {

  private static final int LONGEST = 100;

  private NearestName() {}

  /**
   * Returns the known name that is fewest edits away, the first of several, if that is at most a
   * third of the misspelt one's length, or one edit; names of more than 100 letters are passed
   * over.
   */
  static Optional<String> to(String name, Iterable<String> known) {
    int most = Math.max(1, name.length() / 3);
    Optional<String> nearest = Optional.empty();
    for (String candidate : known) {
      int far = distance(name, candidate, most);
      if (far <= most) {
        nearest = Optional.of(candidate);
        most = far - 1;
      }
    }
    return nearest;
  }

  /**
   * Returns how many letters must be put in, left out, replaced, or swapped with their neighbour;
   * any number above the most if it is more.
   */
  private static int distance(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most || Math.max(a.length(), b.length()) > LONGEST) {
      return most + 1;
    }
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int cheapest = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cheapest, 1 + edits[i - 2][j - 2]) : cheapest;
  }
}
