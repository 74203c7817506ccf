package io.github.allotment.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.policy.Program;
import java.util.List;
import java.util.Random;

/**
 * What happens to one account of a program. Printed, it is a history file that names every event
 * and carries its program.
 *
 * @param program the program
 * @param opening how the account is opened
 * @param events what happens to it, in the order of arrival
 * @param salt what else a law draws: where it cuts a history, or which events it sends twice
 */
public record History(Program program, Opening opening, List<Event> events, int salt) {

  public History {
    requireNonNull(program, "program");
    requireNonNull(opening, "opening");
    events = ImmutableList.copyOf(events);
    checkArgument(salt >= 0, "a salt must not be negative: %s", salt);
  }

  /**
   * Returns what a law draws its own choices from: always the same for the same salt.
   *
   * @return a new source of random numbers; every call gives the same ones
   */
  public Random random() {
    return new Random(salt);
  }

  /**
   * Returns the history with other events.
   *
   * @param others the events, in the order of arrival
   * @return the copy
   */
  public History withEvents(List<Event> others) {
    return new History(program, opening, others, salt);
  }

  /**
   * Returns the history as a history file: JSON text, with the program in it.
   *
   * @return the text, without a line feed at its end
   */
  public String toJson() {
    return HistoryJson.of(this);
  }

  @Override
  public String toString() {
    return toJson();
  }
}
