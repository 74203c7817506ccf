package io.github.allotment.planted;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.planted.Hunt.Caught;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures how long the laws take to find the planted bugs, from three seeds, and how small the
 * histories are that show them. With {@code -Dallotment.pages=write} the page gets the table.
 */
@Tag("long")
class PlantedBugsTableTest {

  private static final List<Long> SEEDS = List.of(Hunt.SEED, Hunt.SEED + 1, Hunt.SEED + 2);

  @Test
  void everyBugIsFoundFromEverySeed() throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    for (PlantedBug bug : PlantedBugs.all()) {
      List<Caught> caught = new ArrayList<>();
      Instant start = Instant.now();
      for (long seed : SEEDS) {
        Optional<Caught> found = Hunt.hunt(bug, bug.law(), seed, true);
        found.ifPresentOrElse(caught::add, () -> missed.add(bug + ", from seed " + seed));
      }
      if (caught.size() == SEEDS.size()) {
        rows.add(PlantedBugsPage.row(bug, caught));
        System.out.printf(
            "%s in %d ms for all three%n",
            PlantedBugsPage.row(bug, caught), Duration.between(start, Instant.now()).toMillis());
      }
    }
    assertTrue(missed.isEmpty(), "not found: " + missed);
    if (System.getProperty("allotment.pages", "").equals("write")) {
      PlantedBugsPage.write(rows);
    }
  }
}
