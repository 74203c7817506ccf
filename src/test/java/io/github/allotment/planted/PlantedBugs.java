package io.github.allotment.planted;

import static com.google.common.collect.ImmutableList.toImmutableList;

import java.util.List;
import java.util.stream.Stream;

/** Every planted bug. */
final class PlantedBugs {

  private PlantedBugs() {}

  static List<PlantedBug> all() {
    return Stream.of(
            WrongMoney.all(),
            WrongLimits.all(),
            WrongTime.all(),
            WrongDecisions.all(),
            WrongStates.all())
        .flatMap(List::stream)
        .collect(toImmutableList());
  }
}
