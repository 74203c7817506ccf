package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.connects.Connects;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** That looking a rule up by a fact finds what looking through all of them finds. */
class RuleIndexProperties {

  private static final Policy VERSION = Connects.program().versions().get(0);
  private static final List<String> FACTS = List.of("kind", "size", "subject");
  private static final List<String> VALUES = List.of("a", "b", "c", "d");

  private static RuleIndex index(List<Rule> rules) {
    return RuleIndex.of(
        rules.stream()
            .map(
                rule ->
                    new ReadyRule(
                        VERSION,
                        rule,
                        ImmutableList.copyOf(rule.trigger().conditions()),
                        false,
                        applied -> () -> {},
                        ImmutableList.of(),
                        ImmutableList.of(),
                        null,
                        ImmutableSortedSet.of()))
            .toList());
  }

  private static List<Rule> met(RuleIndex index, Event event) {
    return index.rulesFor(event).stream().map(ReadyRule::rule).toList();
  }

  @Property
  void noRuleThatAppliesIsLeftOut(
      @ForAll("rules") List<Rule> rules, @ForAll("facts") Map<String, String> facts) {
    Event event = event(facts);
    assertEquals(
        rules.stream().filter(rule -> applies(rule, event)).toList(),
        met(index(rules), event).stream().filter(rule -> applies(rule, event)).toList());
  }

  @Property
  void whatIsStillAskedOfTheRulesThatAreMetTellsWhichApply(
      @ForAll("rules") List<Rule> rules, @ForAll("facts") Map<String, String> facts) {
    Event event = event(facts);
    assertEquals(
        rules.stream().filter(rule -> applies(rule, event)).toList(),
        index(rules).rulesFor(event).stream()
            .filter(ready -> hold(ready.conditions(), event))
            .map(ReadyRule::rule)
            .toList());
  }

  @Example
  void theFactThatARuleWasLookedUpByIsNotAskedForAgain() {
    Trigger trigger = Trigger.on("e").where("kind", "a", "b").where("size", "a");
    RuleIndex index = index(List.of(rule(1, trigger)));
    ReadyRule met = index.rulesFor(event(Map.of("kind", "a"))).get(0);
    assertEquals(List.of(trigger.conditions().get(1)), met.conditions());
    assertEquals(trigger.conditions(), index.all().get(0).conditions());
  }

  @Example
  void oneRuleOfManyIsMet() {
    List<Rule> rules =
        IntStream.range(0, 100)
            .mapToObj(i -> rule(i, Trigger.on("e").where("kind", "k" + i).where("size", "a")))
            .toList();
    RuleIndex index = index(rules);
    assertEquals("kind", index.fact());
    assertEquals(List.of(rules.get(42)), met(index, event(Map.of("kind", "k42"))));
    assertEquals(List.of(), met(index, event(Map.of("kind", "other"))));
    assertEquals(List.of(), met(index, event(Map.of())));
  }

  @Example
  void aRuleThatDoesNotAskForTheFactIsMetInItsPlace() {
    Rule first = rule(1, Trigger.on("e").where("kind", "a"));
    Rule any = rule(2, Trigger.on("e"));
    Rule last = rule(3, Trigger.on("e").where("kind", "a", "b"));
    RuleIndex index = index(List.of(first, any, last));
    assertEquals(List.of(first, any, last), met(index, event(Map.of("kind", "a"))));
    assertEquals(List.of(any, last), met(index, event(Map.of("kind", "b"))));
    assertEquals(List.of(any), met(index, event(Map.of("kind", "c"))));
    assertEquals(List.of(any), met(index, event(Map.of())));
  }

  @Example
  void whatOneValueOrTheWalletAsksForTellsNoRulesApart() {
    Rule one = rule(1, Trigger.on("e").where("kind", "a").whereWallet("level", "x"));
    Rule other = rule(2, Trigger.on("e").where("kind", "a").whereWallet("level", "y", "z"));
    RuleIndex index = index(List.of(one, other));
    assertNull(index.fact());
    assertTrue(index.byValue().isEmpty());
    assertEquals(List.of(one, other), met(index, event(Map.of("kind", "b"))));
  }

  private static boolean applies(Rule rule, Event event) {
    return hold(rule.trigger().conditions(), event);
  }

  private static boolean hold(List<Condition> conditions, Event event) {
    return conditions.stream()
        .filter(condition -> condition.whose() == Condition.Whose.EVENT)
        .allMatch(condition -> condition.accepted().contains(event.brings(condition.fact())));
  }

  private static Event event(Map<String, String> facts) {
    Event event = Event.of("id", Instant.EPOCH, "e");
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      event =
          fact.getKey().equals("subject")
              ? event.withSubject(fact.getValue())
              : event.withFact(fact.getKey(), FactValue.of(fact.getValue()));
    }
    return event;
  }

  private static Rule rule(int number, Trigger trigger) {
    return new Rule("rule " + number, trigger, Effect.nothing("it is a test"));
  }

  @Provide
  Arbitrary<List<Rule>> rules() {
    return conditions()
        .list()
        .ofMaxSize(6)
        .map(
            all ->
                IntStream.range(0, all.size())
                    .mapToObj(i -> rule(i, trigger(all.get(i))))
                    .collect(ImmutableList.toImmutableList()));
  }

  private static Trigger trigger(List<Condition> conditions) {
    return new Trigger(List.of("e"), conditions, false, List.of());
  }

  private static Arbitrary<List<Condition>> conditions() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(4, Condition.Whose.EVENT), Tuple.of(1, Condition.Whose.WALLET)),
            Arbitraries.of(FACTS),
            Arbitraries.of(VALUES).map(FactValue::of).list().uniqueElements().ofMinSize(1))
        .as(Condition::new)
        .list()
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<Map<String, String>> facts() {
    return Arbitraries.maps(Arbitraries.of(FACTS), Arbitraries.of(VALUES));
  }
}
