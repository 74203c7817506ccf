package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.CalendarEvent;
import java.time.Instant;

/**
 * An event that the wallet remembers, so that it counts at most once.
 *
 * @param id the event's id
 * @param at its own instant
 * @param type its type
 * @param reason what came of it: {@link ReasonCode#APPLIED}, or why it was refused
 */
public record SeenEvent(String id, Instant at, String type, ReasonCode reason) implements Row {

  /** Takes the components, which must be as they are described. */
  public SeenEvent(String id, Instant at, String type, ReasonCode reason) {
    // Assigned before it is checked: docs, decision 22.
    this.id = id;
    this.at = at;
    this.type = type;
    this.reason = reason;
    Checks.notEmpty("event id", id);
    Checks.instant("event instant", at);
    Checks.notEmpty("event type", type);
    requireNonNull(reason, "reason");
    checkArgument(!CalendarEvent.isReserved(type), "the event type %s is the calendar's own", type);
    checkArgument(
        reason.compareTo(ReasonCode.NO_RULE) >= 0,
        "an event that was %s is not remembered",
        reason.code());
  }

  @Override
  public Table table() {
    return Table.SEEN;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.seenEvent(this);
  }

  @Override
  public String key() {
    return id;
  }
}
