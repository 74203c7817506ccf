package io.github.allotment;

import static io.github.allotment.BadInput.AT;
import static io.github.allotment.BadInput.ENGINE;
import static io.github.allotment.BadInput.FIRST;
import static io.github.allotment.BadInput.LAST;
import static io.github.allotment.BadInput.assertIllegal;
import static io.github.allotment.BadInput.assertUntouched;
import static io.github.allotment.BadInput.busy;
import static io.github.allotment.BadInput.claim;
import static io.github.allotment.BadInput.engine;
import static io.github.allotment.BadInput.purchase;
import static io.github.allotment.BadInput.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.connects.Connects;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Program;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are reserved or that the program does not know are refused by name. */
class BadInputNamesTest {

  @Nested
  class AReservedEventType {

    @ParameterizedTest
    @EnumSource(CalendarEvent.class)
    void isNotAHostsToReport(CalendarEvent own) {
      assertIllegal(() -> Event.of("e", AT, own.code()), own.code());
      assertTrue(CalendarEvent.isReserved(own.code()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tick ", "tick hourly", "tick tick"})
    void isNotAHostsToReportThoughNoTickHasTheName(String type) {
      assertIllegal(() -> Event.of("e", AT, type), type);
      assertIllegal(() -> new SeenEvent("e", AT, type, ReasonCode.APPLIED), type);
      assertTrue(CalendarEvent.isReserved(type));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Opened",
          "RENEWED",
          "opened ",
          "renewal",
          "interview",
          "tick",
          "ticks",
          "Tick "
        })
    void isNoOtherTypeThanTheCalendarsOwn(String type) {
      assertEquals(type, Event.of("e", AT, type).type());
      assertFalse(CalendarEvent.isReserved(type));
    }
  }

  @Nested
  class AReservedFact {

    @Test
    void isNotAnOpeningsToSet() {
      Opening opening = Opening.of("basic", AT);
      Map<String, FactValue> facts = Map.of(Condition.PLAN, FactValue.of("basic"));
      assertIllegal(() -> opening.withFact(Condition.PLAN, "basic"), "fact plan");
      assertIllegal(() -> opening.withFact(Condition.PLAN, FactValue.of(1)), "fact plan");
      assertIllegal(
          () -> new Opening("basic", AT, ZoneOffset.UTC, facts, Optional.empty()), "fact plan");
      assertEquals(1, opening.withFact("Plan", "basic").facts().size());
    }

    @Test
    void isNotARulesToSet() {
      assertIllegal(() -> Effect.setFact(Condition.PLAN, FactValue.of("basic")), "fact plan");
      assertIllegal(() -> Effect.copyFact(Condition.PLAN), "fact plan");
    }

    @Test
    void isAnEventsLikeAnyOther() {
      Event event = Event.of("e", AT, "x").withFact(Condition.PLAN, "basic");
      assertEquals(Optional.of(FactValue.of("basic")), event.fact(Condition.PLAN));
    }
  }

  @Nested
  class AnUnknownName {

    @Test
    void isNamedWhenItIsAPlan() {
      Wallet wallet = busy();
      Event change = Connects.planChanged("c2", AT, "gold");
      assertIllegal(() -> ENGINE.open(Opening.of("gold", AT)), "gold", "connects", "2020-12");
      assertIllegal(() -> ENGINE.planTerms("gold", AT), "gold", "connects", "2020-12");
      for (Executable call :
          List.<Executable>of(
              () -> ENGINE.decide(wallet, change),
              () -> ENGINE.preview(wallet, change),
              () -> ENGINE.replay(wallet, List.of(purchase(1), change)),
              () -> ENGINE.earliest(wallet, change, LAST))) {
        assertUntouched(IllegalArgumentException.class, wallet, call, "gold", "2020-12");
      }
    }

    @Test
    void isNamedWhenItIsAPlanOfALaterVersion() {
      Instant from = Instant.parse("2021-02-01T00:00:00Z");
      PolicyEngine engine = engine(version(), version("v2", from).plan(Plan.monthly("gold")));
      assertIllegal(() -> engine.open(Opening.of("gold", from.minusNanos(1))), "gold", "v1");
      assertIllegal(() -> engine.planTerms("gold", from.minusNanos(1)), "gold", "v1");
      assertEquals("gold", engine.open(Opening.of("gold", from)).wallet().plan());
    }

    @Test
    void isNamedWhenItIsASource() {
      Opening.Existing existing =
          Opening.Existing.renewingFrom(LocalDate.EPOCH).holding("gifts", 1, AT);
      assertIllegal(
          () -> ENGINE.open(Opening.of("basic", AT).withExisting(existing)),
          "gifts",
          "connects",
          "2020-12");
      assertEquals(0, busy().available("gifts"));
    }

    @Test
    void isNamedWhenItIsTheKeyOfAGrantThatIsMadeOnce() {
      Opening.Existing existing = Opening.Existing.renewingFrom(LocalDate.EPOCH);
      Opening opening = Opening.of("basic", AT);
      assertIllegal(
          () -> ENGINE.open(opening.withExisting(existing.havingDone("gift"))), "connects", "gift");
      assertIllegal(
          () -> ENGINE.open(opening.withExisting(existing.havingDone("interview award"))),
          "connects",
          "interview award");
      Opening.Existing done = existing.havingDone(Connects.READINESS_BONUS);
      assertEquals(0, ENGINE.open(opening.withExisting(done)).wallet().available());
      assertIllegal(
          () -> ENGINE.open(opening.withExisting(done.havingDone("gift"))), "connects", "gift");
    }

    @Test
    void isNamedWhenItIsALimit() {
      Wallet wallet = busy();
      assertUntouched(
          IllegalArgumentException.class,
          wallet,
          () -> ENGINE.room(wallet, "gifts"),
          "gifts",
          "connects",
          "2020-12");
      Instant before = Instant.parse("2020-11-30T00:00:00Z");
      Wallet old = ENGINE.open(Opening.of("basic", before)).wallet();
      assertIllegal(() -> ENGINE.room(old, Connects.INTERVIEW_AWARDS), "2019-05");
    }

    /** A host's text in a message may hold anything, and the message stays on one line. */
    @Test
    void staysOnOneLineWhateverItHolds() {
      String bad = "go\nld\r\u001b\u0085";
      Wallet wallet = busy();
      Opening.Existing existing =
          Opening.Existing.renewingFrom(LocalDate.EPOCH).holding(bad, 1, AT);
      for (Executable call :
          List.<Executable>of(
              () -> ENGINE.open(Opening.of(bad, AT)),
              () -> ENGINE.open(Opening.of("basic", AT).withExisting(existing)),
              () ->
                  ENGINE.open(
                      Opening.of("basic", AT)
                          .withExisting(
                              Opening.Existing.renewingFrom(LocalDate.EPOCH).havingDone(bad))),
              () -> ENGINE.planTerms(bad, AT),
              () -> ENGINE.decide(wallet, Connects.planChanged("c2", AT, bad)),
              () -> ENGINE.room(wallet, bad),
              () -> claim(bad, List.of(), Optional.of(AT.minusNanos(1))))) {
        String message =
            "" + assertThrowsExactly(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        assertTrue(message.contains("ld"), message);
      }
    }
  }

  @Nested
  class AWalletOfAnotherProgram {

    private final PolicyEngine other =
        PolicyEngine.of(
            Program.named("connects").version(version("v1", Instant.EPOCH).build()).build());
    private final Wallet wallet = other.open(Opening.of("basic", AT)).wallet();

    @Test
    void isRefusedByEveryMethodThatTakesOne() {
      Event event = purchase(1);
      for (Executable call :
          List.<Executable>of(
              () -> ENGINE.decide(wallet, event),
              () -> ENGINE.decide(wallet, Connects.connectsPurchased("old", FIRST, 1)),
              () -> ENGINE.preview(wallet, event),
              () -> ENGINE.advance(wallet, AT),
              () -> ENGINE.advance(wallet, FIRST),
              () -> ENGINE.replay(wallet, List.of(event)),
              () -> ENGINE.earliest(wallet, event, LAST),
              () -> ENGINE.room(wallet, Connects.INTERVIEW_AWARDS),
              () -> ENGINE.upcoming(wallet))) {
        assertUntouched(
            IllegalArgumentException.class,
            wallet,
            call,
            other.program().fingerprint(),
            ENGINE.program().fingerprint());
      }
    }

    @Test
    void isRefusedAlsoWhereThereIsNothingToDo() {
      Event event = purchase(1);
      for (Executable call :
          List.<Executable>of(
              () -> ENGINE.replay(wallet, List.of()),
              () -> ENGINE.earliest(wallet, event, FIRST))) {
        assertUntouched(
            IllegalArgumentException.class, wallet, call, other.program().fingerprint());
      }
    }

    @Test
    void isRefusedWithTheNameWhenItsStateIsRestored() {
      PolicyEngine stars = engine(version());
      assertIllegal(() -> stars.restore(wallet.state()), "stars", "connects");
    }
  }
}
