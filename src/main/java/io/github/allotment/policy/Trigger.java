package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * When a rule applies: on which types of event, and under which conditions.
 *
 * <p>For example {@code Trigger.on("interview").where("source", "proposal").where("answered",
 * true).withOpenClaim()}.
 *
 * @param types the event types, a host's or {@link CalendarEvent}s' codes; at least one, none twice
 * @param conditions facts that must all be so for the rule to apply
 * @param needsOpenClaim whether a rule that applies is refused unless the event's subject has a
 *     claim that is open at the event's own instant: charged at or before it, and not ended or
 *     ended later
 * @param empty sources of which nothing must be available for the rule to apply, none twice
 */
public record Trigger(
    List<String> types, List<Condition> conditions, boolean needsOpenClaim, List<String> empty) {

  public Trigger {
    types = ImmutableList.copyOf(types);
    conditions = ImmutableList.copyOf(conditions);
    empty = ImmutableList.copyOf(empty);
    empty.forEach(source -> Names.check("source", source));
    checkArgument(
        ImmutableSet.copyOf(empty).size() == empty.size(), "a source stands twice: %s", empty);
    checkArgument(!types.isEmpty(), "a rule needs an event type");
    types.forEach(type -> Names.check("event type", type));
    checkArgument(
        ImmutableSet.copyOf(types).size() == types.size(), "an event type stands twice: %s", types);
  }

  /**
   * Returns a trigger on events that a host reports.
   *
   * @param type the event type; not blank
   * @param more further types
   * @return the trigger
   */
  public static Trigger on(String type, String... more) {
    return new Trigger(
        ImmutableList.<String>builder().add(type).add(more).build(),
        ImmutableList.of(),
        false,
        ImmutableList.of());
  }

  /**
   * Returns a trigger on what the calendar brings.
   *
   * @param event the calendar's event
   * @param more further ones
   * @return the trigger
   */
  public static Trigger on(CalendarEvent event, CalendarEvent... more) {
    return new Trigger(
        ImmutableList.<String>builder()
            .add(event.code())
            .addAll(Arrays.stream(more).map(CalendarEvent::code).iterator())
            .build(),
        ImmutableList.of(),
        false,
        ImmutableList.of());
  }

  /**
   * Returns a trigger on a tick.
   *
   * @param tick the tick's name; one that the policy declares
   * @return the trigger
   */
  public static Trigger onTick(String tick) {
    return new Trigger(
        ImmutableList.of(Tick.typeOf(tick)), ImmutableList.of(), false, ImmutableList.of());
  }

  /**
   * Returns a copy that asks for a text among the event's facts.
   *
   * @param fact the fact's name; not blank
   * @param value an accepted text
   * @param more further accepted texts
   * @return the copy
   */
  public Trigger where(String fact, String value, String... more) {
    return with(new Condition(Condition.Whose.EVENT, fact, texts(value, more)));
  }

  /**
   * Returns a copy that asks for a truth value among the event's facts.
   *
   * @param fact the fact's name; not blank
   * @param value the accepted value
   * @return the copy
   */
  public Trigger where(String fact, boolean value) {
    return with(new Condition(Condition.Whose.EVENT, fact, List.of(FactValue.of(value))));
  }

  /**
   * Returns a copy that asks for a whole number among the event's facts.
   *
   * @param fact the fact's name; not blank
   * @param value an accepted number
   * @param more further accepted numbers
   * @return the copy
   */
  public Trigger where(String fact, long value, long... more) {
    return with(new Condition(Condition.Whose.EVENT, fact, numbers(value, more)));
  }

  /**
   * Returns a copy that asks for a text among the wallet's facts.
   *
   * @param fact the fact's name; not blank
   * @param value an accepted text
   * @param more further accepted texts
   * @return the copy
   */
  public Trigger whereWallet(String fact, String value, String... more) {
    return with(new Condition(Condition.Whose.WALLET, fact, texts(value, more)));
  }

  /**
   * Returns a copy that asks for a truth value among the wallet's facts.
   *
   * <p>It does not hold as long as the fact has not been set, be it to true or to false.
   *
   * @param fact the fact's name; not blank
   * @param value the accepted value
   * @return the copy
   */
  public Trigger whereWallet(String fact, boolean value) {
    return with(new Condition(Condition.Whose.WALLET, fact, List.of(FactValue.of(value))));
  }

  /**
   * Returns a copy that asks for a whole number among the wallet's facts.
   *
   * @param fact the fact's name; not blank
   * @param value an accepted number
   * @param more further accepted numbers
   * @return the copy
   */
  public Trigger whereWallet(String fact, long value, long... more) {
    return with(new Condition(Condition.Whose.WALLET, fact, numbers(value, more)));
  }

  /**
   * Returns a copy that asks for the plan that the wallet is on, at the event's own instant.
   *
   * @param plan the name of a plan; one that the policy has
   * @param more further plans
   * @return the copy
   */
  public Trigger onPlan(String plan, String... more) {
    return whereWallet(Condition.PLAN, plan, more);
  }

  /**
   * Returns a copy that is refused unless the event's subject has an open claim.
   *
   * @return the copy
   */
  public Trigger withOpenClaim() {
    return new Trigger(types, conditions, true, empty);
  }

  /**
   * Returns a copy that asks that nothing is available from a source.
   *
   * <p>For example a free allotment that an account gets only while its bought credits are used up.
   *
   * @param source the source's name; one that the policy declares
   * @return the copy
   */
  public Trigger whileEmpty(String source) {
    return new Trigger(
        types,
        conditions,
        needsOpenClaim,
        ImmutableList.<String>builder().addAll(empty).add(source).build());
  }

  /**
   * Returns a copy with one condition more.
   *
   * @param condition the condition
   * @return the copy
   */
  public Trigger with(Condition condition) {
    return new Trigger(
        types,
        ImmutableList.<Condition>builder().addAll(conditions).add(condition).build(),
        needsOpenClaim,
        empty);
  }

  private static List<FactValue> numbers(long value, long... more) {
    return LongStream.concat(LongStream.of(value), LongStream.of(more))
        .mapToObj(FactValue::of)
        .collect(ImmutableList.toImmutableList());
  }

  private static List<FactValue> texts(String value, String... more) {
    return ImmutableList.<FactValue>builder()
        .add(FactValue.of(value))
        .addAll(Arrays.stream(more).map(FactValue::of).iterator())
        .build();
  }
}
