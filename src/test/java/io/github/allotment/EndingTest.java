package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which claims an ending that names no part is about, and what becomes of what returns late. */
class EndingTest {

  private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2021-01-10T00:00:00Z");

  /**
   * Opens with 10. The first version charges 3 for the part boost and 2 for the subject itself; the
   * second, which knows no part, ends for the event's amount.
   */
  private static final PolicyEngine ENGINE =
      PolicyEngine.of(
          Program.named("parts")
              .version(
                  version("one", START)
                      .rule(
                          "opening",
                          Trigger.on(CalendarEvent.OPENED),
                          Effect.grant(TransactionType.BONUS, "Gift", "gift", 10))
                      .rule(
                          "boost",
                          Trigger.on("boost"),
                          Effect.charge("Boost").of(3).forPart("boost"))
                      .rule(
                          "lost",
                          Trigger.on("lost"),
                          Effect.giveBack(Effect.End.Reach.SUBJECT, "Lost").ofPart("boost"))
                      .rule("use", Trigger.on("use"), Effect.charge("Use").of(2))
                      .rule(
                          "back",
                          Trigger.on("back"),
                          Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
                      .rule(
                          "keep", Trigger.on("keep"), Effect.keep(Effect.End.Reach.SUBJECT, "Kept"))
                      .build())
              .version(
                  version("two", LATER)
                      .rule("capture", Trigger.on("capture"), Effect.capture("Rest"))
                      .rule("part", Trigger.on("part"), Effect.giveBackPart("Part"))
                      .build())
              .build());

  private static Policy.Builder version(String name, Instant from) {
    return Policy.version(name, from).source("gift").plan(Plan.monthly("basic"));
  }

  private static Event event(String type, Instant at) {
    return Event.of(type + " at " + at, at, type).withSubject("ann");
  }

  private static Wallet after(String... types) {
    Wallet wallet = ENGINE.open(Opening.of("basic", START)).wallet();
    return ENGINE
        .replay(wallet, List.of(types).stream().map(it -> event(it, START)).toList())
        .wallet();
  }

  @Test
  void anEndingForAllOrNothingEndsTheSubjectAndItsParts() {
    Wallet charged = after("boost", "use");
    assertEquals(5, charged.available());
    for (String type : List.of("back", "keep")) {
      Wallet ended = ENGINE.decide(charged, event(type, START)).wallet();
      assertEquals(type.equals("back") ? 10 : 5, ended.available());
      Decision again = ENGINE.decide(ended, event("back", START.plusSeconds(1)));
      assertEquals(ReasonCode.NO_OPEN_CLAIM, again.reason().code());
    }
  }

  @Test
  void anEndingOfAPartLeavesTheSubjectItselfOpen() {
    Wallet ended = ENGINE.decide(after("boost", "use"), event("lost", START)).wallet();
    assertEquals(8, ended.available());
    assertEquals(10, ENGINE.decide(ended, event("back", START)).wallet().available());
  }

  @Test
  void anEndingForAnAmountIsAboutTheSubjectItselfAndNotAPartThatCameFirst() {
    Wallet charged = after("boost", "use");
    for (String type : List.of("capture", "part")) {
      Event ending = event(type, LATER);
      assertEquals(
          ReasonCode.NO_OPEN_CLAIM,
          ENGINE.decide(after("boost"), ending.withAmount(1)).reason().code());
      Decision one = ENGINE.decide(charged, ending.withAmount(1));
      assertTrue(one.isApplied());
      assertEquals(6, one.wallet().available());
      assertEquals(
          ReasonCode.NOT_ENOUGH, ENGINE.decide(charged, ending.withAmount(3)).reason().code());
    }
  }

  @Test
  void whatReturnsToALotThatHasExpiredIsANewOneUnlessOnlyTheEventKnewItsTerm() {
    assertEquals(2, availableThen(Term.of(Duration.ofDays(9)), LATER));
    assertEquals(0, availableThen(Term.ofEvent("until"), LATER));
  }

  @Test
  void whatReturnsToALotThatHasNotExpiredExpiresWithIt() {
    for (Term term : List.of(Term.of(Duration.ofDays(9)), Term.ofEvent("until"))) {
      assertEquals(0, availableThen(term, LATER.minusNanos(1)));
    }
  }

  /**
   * Buys 2 that expire at the later instant, spends them, lets them come back at another, and tells
   * what is available at the later of the two.
   */
  private static long availableThen(Term term, Instant back) {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("expiring")
                .version(
                    Policy.version("only", START)
                        .source(Source.of("gift").living(term))
                        .plan(Plan.monthly("basic"))
                        .rule(
                            "sale",
                            Trigger.on("sale"),
                            Effect.grant(TransactionType.PURCHASE, "Sale", "gift", 2))
                        .rule("use", Trigger.on("use"), Effect.charge("Use").of(2))
                        .rule(
                            "back",
                            Trigger.on("back"),
                            Effect.giveBack(Effect.End.Reach.SUBJECT, "Back").renewingExpired())
                        .build())
                .build());
    Wallet opened = engine.open(Opening.of("basic", START)).wallet();
    Wallet returned =
        engine
            .replay(
                opened,
                List.of(
                    event("sale", START).withFact("until", LATER.toString()),
                    event("use", START),
                    event("back", back)))
            .wallet();
    return engine.advance(returned, LATER).wallet().available();
  }
}
