package io.github.allotment.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Programs are the same if all of their parts are, in the same order; their fingerprints say so.
 */
class SameProgramTest {

  private static final Instant FROM = Instant.parse("2021-01-01T00:00:00Z");

  private static Policy.Builder base(String version, Instant from) {
    return Policy.version(version, from).source("a").source("b").plan(Plan.monthly("p"));
  }

  /** Versions that differ from the first, and from each other, in one thing. */
  private static Map<String, Policy> versions() {
    Map<String, UnaryOperator<Policy.Builder>> changes = new LinkedHashMap<>();
    changes.put("plain", all -> all);
    changes.put("adoption", all -> all.adoptedBy(Adoption.NEW_WALLETS));
    changes.put("spending", all -> all.spending(Order.NEWEST));
    changes.put("spending by two keys", all -> all.spending(Order.OLDEST, Order.NEWEST));
    changes.put("source", all -> all.source("c"));
    changes.put("limit", all -> all.limit("l", 1, Window.ever()));
    changes.put("limit's most", all -> all.limit("l", 2, Window.ever()));
    changes.put("plan", all -> all.plan(Plan.monthly("q")));
    changes.put("tick", all -> all.tick("t", Duration.ofDays(1)));
    changes.put("rule", all -> all.rule("r", Trigger.on("x"), Effect.settle()));
    changes.put("rule's name", all -> all.rule("s", Trigger.on("x"), Effect.settle()));
    Map<String, Policy> versions = new LinkedHashMap<>();
    changes.forEach((what, change) -> versions.put(what, change.apply(base("1", FROM)).build()));
    versions.put("version", base("2", FROM).build());
    versions.put("from", base("1", FROM.plusNanos(1)).build());
    versions.put(
        "order of sources",
        Policy.version("1", FROM).source("b").source("a").plan(Plan.monthly("p")).build());
    return versions;
  }

  private static Map<String, Program> programs() {
    Map<String, Program> programs = new LinkedHashMap<>();
    Policy only = base("1", FROM).build();
    programs.put("plain", Program.named("p").version(only).build());
    programs.put("name", Program.named("q").version(only).build());
    programs.put("unit", Program.named("p").unit("star", "stars").version(only).build());
    programs.put(
        "lateness", Program.named("p").lateness(Duration.ofNanos(1)).version(only).build());
    programs.put(
        "versions",
        Program.named("p").version(only).version(base("2", FROM.plusNanos(1)).build()).build());
    return programs;
  }

  private static <T> void assertOnlyTheSameAreEqual(
      Map<String, T> some, Map<String, T> again, Function<T, Object> fingerprint) {
    Set<Object> fingerprints = new LinkedHashSet<>();
    some.forEach(
        (what, one) -> {
          again.forEach(
              (otherWhat, other) -> {
                if (what.equals(otherWhat)) {
                  assertEquals(one, other, what);
                  assertEquals(one.hashCode(), other.hashCode(), what);
                  assertEquals(one.toString(), other.toString(), what);
                } else {
                  assertNotEquals(one, other, () -> what + " and " + otherWhat);
                  assertNotEquals(one.toString(), other.toString(), what);
                }
              });
          assertNotEquals(one, new Object());
          fingerprints.add(fingerprint.apply(one));
        });
    assertEquals(some.size(), fingerprints.size());
  }

  @Test
  void versionsAreTheSameIfAllOfTheirPartsAre() {
    assertOnlyTheSameAreEqual(versions(), versions(), Policy::toString);
    // The order of sources makes another version, but need not make another hash code.
    assertTrue(versions().values().stream().map(Object::hashCode).distinct().count() > 10);
  }

  @Test
  void programsAreTheSameIfAllOfTheirPartsAre() {
    assertOnlyTheSameAreEqual(programs(), programs(), Program::fingerprint);
    assertEquals(5, programs().values().stream().map(Object::hashCode).distinct().count());
  }

  @Test
  void aPartIsFoundByItsName() {
    Policy policy =
        base("1", FROM)
            .limit("l", 1, Window.ever())
            .rule("r", Trigger.on("x", "y"), Effect.settle())
            .build();
    assertEquals(List.of(Source.of("a"), Source.of("b")), policy.sources());
    assertEquals(Optional.of(Source.of("b")), policy.source("b"));
    assertEquals(Optional.empty(), policy.source("c"));
    assertEquals(Optional.of(Plan.monthly("p")), policy.plan("p"));
    assertEquals(Optional.empty(), policy.plan("q"));
    assertEquals(policy.limits(), List.of(policy.limit("l").orElseThrow()));
    assertEquals(Optional.empty(), policy.limit("m"));
    assertEquals(1, policy.rules().size());
    assertEquals(policy.rules(), policy.rulesFor("x"));
    assertEquals(policy.rules(), policy.rulesFor("y"));
    assertEquals(List.of(), policy.rulesFor("z"));
  }

  @Test
  void theVersionInForceIsTheLastThatHasBegunAndIsAdopted() {
    Policy first = base("1", FROM).build();
    Instant later = FROM.plusSeconds(1);
    Policy second = base("2", later).adoptedBy(Adoption.NEW_WALLETS).build();
    Program program = Program.named("p").version(first).version(second).build();
    assertEquals(Optional.empty(), program.versionAt(FROM.minusNanos(1)));
    assertEquals(Optional.of(first), program.versionAt(FROM));
    assertEquals(Optional.of(first), program.versionAt(later.minusNanos(1)));
    assertEquals(Optional.of(second), program.versionAt(later));
    assertEquals(Optional.of(first), program.versionAt(later, later.minusNanos(1), later));
    assertEquals(Optional.of(second), program.versionAt(later, later, FROM));
  }
}
