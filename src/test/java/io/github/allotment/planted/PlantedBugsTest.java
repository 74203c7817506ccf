package io.github.allotment.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.testkit.WalletLaws;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws, alone and with as many tries as jqwik makes by default, find every planted bug. */
class PlantedBugsTest {

  static List<PlantedBug> bugs() {
    return PlantedBugs.all();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void itsLawFindsIt(PlantedBug bug) {
    assertTrue(Hunt.hunt(bug, bug.law(), Hunt.SEED, false).isPresent(), "not found: " + bug);
  }

  @Test
  void everyLawFindsABug() {
    TreeSet<String> laws =
        Stream.of(WalletLaws.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Property.class))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> finding =
        bugs().stream().map(PlantedBug::law).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(laws, finding);
  }

  @Test
  void noBugIsPlantedTwice() {
    assertEquals(bugs().size(), bugs().stream().map(PlantedBug::what).distinct().count());
  }

  @Test
  void thePageListsTheBugsAndTheLawsThatFindThem() throws IOException {
    assertEquals(
        bugs().stream().map(PlantedBugsPage::start).toList(), PlantedBugsPage.startsOfRows());
  }
}
