package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.FactValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account, as its host reports it.
 *
 * <p>Immutable and thread-safe. The id makes an event count at most once: the same id with the same
 * instant and type again is a duplicate. For example
 *
 * <pre>{@code
 * Event.of("e-1", Instant.parse("2021-01-06T10:00:00Z"), "proposal-submitted")
 *     .withSubject("proposal-1")
 *     .withGroup("job-1")
 *     .withAmount(2)
 * }</pre>
 *
 * @param id the host's name for the event, its own within the wallet; not empty
 * @param at when it happened, which may be before the host learnt of it; in the years 1 to 9999
 * @param type what kind of event it is; not empty, and not a {@link CalendarEvent}'s code
 * @param subject what it is about, under which a charge can be returned, if anything; not empty
 * @param group what the subject belongs to, if anything; not empty
 * @param amount how many credits it brings, if any; 0 or more
 * @param facts what else is known of it, by name
 */
public record Event(
    String id,
    Instant at,
    String type,
    Optional<String> subject,
    Optional<String> group,
    OptionalLong amount,
    Map<String, FactValue> facts) {

  public Event {
    Checks.notEmpty("event id", id);
    Checks.instant("event instant", at);
    Checks.notEmpty("event type", type);
    checkArgument(!CalendarEvent.isReserved(type), "the event type %s is the calendar's own", type);
    subject.ifPresent(name -> Checks.notEmpty("subject", name));
    group.ifPresent(name -> Checks.notEmpty("group", name));
    amount.ifPresent(credits -> Checks.notNegative("amount", credits));
    facts = ImmutableMap.copyOf(facts);
    facts.keySet().forEach(name -> Checks.notEmpty("fact", name));
  }

  /**
   * Returns an event without subject, group, amount and facts.
   *
   * @param id the host's name for the event; not empty
   * @param at when it happened; in the years 1 to 9999
   * @param type what kind of event it is; not empty, and not a {@link CalendarEvent}'s code
   * @return the event
   * @throws IllegalArgumentException if a text is empty, the type is the calendar's own, or the
   *     instant is out of range
   */
  public static Event of(String id, Instant at, String type) {
    return new Event(
        id, at, type, Optional.empty(), Optional.empty(), OptionalLong.empty(), Map.of());
  }

  /**
   * Returns a copy about a subject.
   *
   * @param subject for example a proposal's id; not empty
   * @return the copy
   * @throws IllegalArgumentException if the text is empty
   */
  public Event withSubject(String subject) {
    return new Event(id, at, type, Optional.of(subject), group, amount, facts);
  }

  /**
   * Returns a copy in a group.
   *
   * @param group for example a job's id; not empty
   * @return the copy
   * @throws IllegalArgumentException if the text is empty
   */
  public Event withGroup(String group) {
    return new Event(id, at, type, subject, Optional.of(group), amount, facts);
  }

  /**
   * Returns a copy that brings an amount.
   *
   * @param amount how many credits; 0 or more
   * @return the copy
   * @throws IllegalArgumentException if the amount is negative
   */
  public Event withAmount(long amount) {
    return new Event(id, at, type, subject, group, OptionalLong.of(amount), facts);
  }

  /**
   * Returns a copy with one fact set.
   *
   * @param name the fact's name; not empty
   * @param value its value
   * @return the copy
   */
  public Event withFact(String name, FactValue value) {
    Checks.notEmpty("fact", name);
    return new Event(
        id,
        at,
        type,
        subject,
        group,
        amount,
        ImmutableMap.<String, FactValue>builder()
            .putAll(facts)
            .put(name, value)
            .buildKeepingLast());
  }

  /**
   * Returns a copy with one text set.
   *
   * @param name the fact's name; not empty
   * @param value its value
   * @return the copy
   */
  public Event withFact(String name, String value) {
    return withFact(name, FactValue.of(value));
  }

  /**
   * Returns a copy with one truth value set.
   *
   * @param name the fact's name; not empty
   * @param value its value
   * @return the copy
   */
  public Event withFact(String name, boolean value) {
    return withFact(name, FactValue.of(value));
  }

  /**
   * Returns a copy with one whole number set.
   *
   * @param name the fact's name; not empty
   * @param value its value
   * @return the copy
   */
  public Event withFact(String name, long value) {
    return withFact(name, FactValue.of(value));
  }

  /**
   * Returns what a condition on a name looks at: the event's own amount, subject or group for
   * {@code amount}, {@code subject} and {@code group}, if it has one; else the fact; null if it has
   * none.
   */
  @Nullable FactValue brings(String name) {
    FactValue own =
        switch (name) {
          case "amount" -> amount.isPresent() ? FactValue.of(amount.getAsLong()) : null;
          case "subject" -> subject.map(FactValue::of).orElse(null);
          case "group" -> group.map(FactValue::of).orElse(null);
          default -> null;
        };
    return own == null ? facts.get(name) : own;
  }

  /**
   * Finds a fact.
   *
   * @param name the fact's name
   * @return its value, or empty if the event does not have it
   */
  public Optional<FactValue> fact(String name) {
    return Optional.ofNullable(facts.get(requireNonNull(name, "name")));
  }

  /** Returns a copy at another instant. */
  Event movedTo(Instant instant) {
    return new Event(id, instant, type, subject, group, amount, facts);
  }
}
