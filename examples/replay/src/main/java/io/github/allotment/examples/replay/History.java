package io.github.allotment.examples.replay;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a history file tells.
 *
 * @param title what the history is about; may be empty
 * @param engine the engine of the program that it is of
 * @param opening the opening of the wallet
 * @param events the events, in the order in which they arrived
 * @param until the instant to which time is advanced at the end, if any
 * @param expectation what must come of it, as far as the file says so
 */
record History(
    String title,
    PolicyEngine engine,
    Opening opening,
    List<Event> events,
    Optional<Instant> until,
    Optional<Expectation> expectation) {}
