package io.github.allotment.testkit;

import io.github.allotment.Event;
import java.time.Instant;
import java.util.List;

/**
 * One account, as the laws see it: an immutable value. What happens to it gives another account.
 *
 * @see Accounts
 */
public interface Account {

  /**
   * Returns what the account has.
   *
   * @return what is there at its clock
   */
  Snapshot look();

  /**
   * Decides an event.
   *
   * @param event the event
   * @return what came of it
   */
  Step decide(Event event);

  /**
   * Returns what deciding an event would give.
   *
   * @param event the event
   * @return what would come of it
   */
  Step preview(Event event);

  /**
   * Decides events, one after the other.
   *
   * @param events the events, in the order of their arrival
   * @return what came of each
   */
  List<Step> replay(List<Event> events);

  /**
   * Lets time pass.
   *
   * @param to the instant up to which it passes
   * @return what it did
   */
  Step advance(Instant to);

  /**
   * Asks when an event, under an id of its own, would first apply if nothing else happened.
   *
   * @param event the event
   * @param horizonExclusive the end of the search
   * @return what is promised
   */
  Promise earliest(Event event, Instant horizonExclusive);

  /**
   * Returns the account as plain data.
   *
   * @return data that {@link Accounts#restore} takes, and that is equal for equal accounts
   */
  Object export();
}
