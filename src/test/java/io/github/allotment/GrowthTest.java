package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That a decision does not grow with what a wallet holds: by bytes allocated and rows changed, for
 * time can't be trusted in a test.
 *
 * <p>A path through a balanced tree of 100,000 is some five times as long as through one of 10, but
 * only a part of what a decision makes; work that grows with the wallet would be a thousand times
 * as much.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrowthTest {

  private static final int MOST_TIMES = 3;

  private static final Instant OPENED = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant EARLIER = Instant.parse("2024-01-02T00:00:00Z");
  private static final Instant NOW = Instant.parse("2024-01-04T00:00:00Z");
  private static final Instant HORIZON = Instant.parse("2024-01-20T00:00:00Z");

  private static final Program PROGRAM =
      Program.named("growing")
          .lateness(Duration.ofHours(24))
          .version(
              Policy.version("1", OPENED)
                  .source("bought")
                  .source("earned")
                  .limit("awards", 1_000_000, Window.rolling(Duration.ofDays(7)))
                  .limit("few", 1, Window.rolling(Duration.ofDays(7)))
                  .plan(Plan.monthly("plan"))
                  .rule(
                      "bought",
                      Trigger.on("bought"),
                      Effect.grantOfEvent(TransactionType.PURCHASE, "Bought", "bought"))
                  .rule(
                      "award",
                      Trigger.on("award"),
                      Effect.grantOfEvent(TransactionType.AWARD, "Award", "earned")
                          .within("awards"))
                  .rule(
                      "award of the few",
                      Trigger.on("few"),
                      Effect.grantOfEvent(TransactionType.AWARD, "Award", "earned").within("few"))
                  .rule("charge", Trigger.on("charge"), Effect.charge("Charge"))
                  .rule(
                      "return",
                      Trigger.on("return"),
                      Effect.giveBack(Effect.End.Reach.SUBJECT, "Return"))
                  .rule("archive", Trigger.on("archive"), Effect.nothing("archiving does nothing"))
                  .build())
          .build();

  private final PolicyEngine engine = PolicyEngine.of(PROGRAM);

  /** What a wallet can hold much of. */
  private enum Kind {
    OPEN_CLAIMS(10, 100_000) {
      @Override
      Event another(int number) {
        return Event.of("c" + number, EARLIER, "charge")
            .withSubject("subject " + number)
            .withAmount(0);
      }
    },
    REMEMBERED_IDS(0, 10_000) {
      @Override
      Event another(int number) {
        return Event.of("archived " + number, NOW, "archive");
      }
    },
    LIVE_USES(10, 10_000) {
      @Override
      Event another(int number) {
        return Event.of("u" + number, EARLIER.plusSeconds(number), "award").withAmount(1);
      }
    },
    LOTS(10, 10_000) {
      @Override
      Event another(int number) {
        return Event.of("l" + number, EARLIER, "bought").withAmount(1);
      }
    };

    private final int little;
    private final int much;

    Kind(int little, int much) {
      this.little = little;
      this.much = much;
    }

    abstract Event another(int number);
  }

  private final Map<Kind, Wallet> little = new EnumMap<>(Kind.class);
  private final Map<Kind, Wallet> much = new EnumMap<>(Kind.class);

  private Wallet little(Kind kind) {
    return little.computeIfAbsent(kind, it -> wallet(it, it.little));
  }

  private Wallet much(Kind kind) {
    return much.computeIfAbsent(kind, it -> wallet(it, it.much));
  }

  /** Returns a wallet that holds so many of one kind, and hardly anything else. */
  private Wallet wallet(Kind kind, int count) {
    Wallet wallet = engine.open(Opening.of("plan", OPENED)).wallet();
    wallet = decided(wallet, Event.of("bought", OPENED, "bought").withAmount(1_000));
    wallet = decided(wallet, Event.of("s", EARLIER, "charge").withSubject("subject").withAmount(5));
    wallet = decided(wallet, Event.of("f", EARLIER, "few").withAmount(1));
    for (int i = 0; i < count; i++) {
      wallet = decided(wallet, kind.another(i));
    }
    return engine.advance(wallet, NOW).wallet();
  }

  private Wallet decided(Wallet wallet, Event event) {
    return engine.decide(wallet, event).wallet();
  }

  /** What is decided or asked. */
  private enum Work {
    AWARD(ReasonCode.APPLIED) {
      @Override
      Event event() {
        return Event.of("new", NOW, "award").withAmount(1);
      }
    },
    NO_ROOM(ReasonCode.NO_ROOM) {
      @Override
      Event event() {
        return Event.of("new", NOW, "few").withAmount(1);
      }
    },
    CHARGE(ReasonCode.APPLIED) {
      @Override
      Event event() {
        return Event.of("new", NOW, "charge").withSubject("new subject").withAmount(1);
      }
    },
    RETURN(ReasonCode.APPLIED) {
      @Override
      Event event() {
        return Event.of("new", NOW, "return").withSubject("subject");
      }
    },
    REFUSED(ReasonCode.NO_EFFECT) {
      @Override
      Event event() {
        return Event.of("new", NOW, "archive");
      }
    };

    private final ReasonCode answer;

    Work(ReasonCode answer) {
      this.answer = answer;
    }

    abstract Event event();
  }

  @ParameterizedTest
  @EnumSource
  void aDecisionAllocatesHardlyMoreOnMuch(Kind kind) {
    Wallet little = little(kind);
    Wallet much = much(kind);

    for (Work work : Work.values()) {
      assertEquals(work.answer, engine.decide(little, work.event()).reason().code());
      assertEquals(work.answer, engine.decide(much, work.event()).reason().code());
      Allocation.assertHardlyGrows(
          MOST_TIMES,
          () -> engine.decide(little, work.event()),
          () -> engine.decide(much, work.event()));
      assertAlike(
          engine.decide(little, work.event()).changes(),
          engine.decide(much, work.event()).changes());
    }
  }

  private static void assertAlike(List<Change> onLittle, List<Change> onMuch) {
    assertEquals(onLittle.size(), onMuch.size());
    assertEquals(withoutNumbers(onLittle), withoutNumbers(onMuch));
  }

  /** Writes rows so that they differ in all but how large their numbers are. */
  private static String withoutNumbers(List<Change> changes) {
    return changes.toString().replaceAll("\\d+", "#");
  }

  @ParameterizedTest
  @EnumSource
  void aQuestionAllocatesHardlyMoreOnMuch(Kind kind) {
    Wallet little = little(kind);
    Wallet much = much(kind);

    Allocation.assertHardlyGrows(
        MOST_TIMES, () -> engine.room(little, "awards"), () -> engine.room(much, "awards"));
  }

  /** But for ids: the search lets time pass, and what is then forgotten is forgotten one by one. */
  @ParameterizedTest
  @EnumSource(names = "REMEMBERED_IDS", mode = EnumSource.Mode.EXCLUDE)
  void aSearchAllocatesHardlyMoreOnMuch(Kind kind) {
    Wallet little = little(kind);
    Wallet much = much(kind);

    Allocation.assertHardlyGrows(
        MOST_TIMES,
        () -> engine.earliest(little, Work.NO_ROOM.event(), HORIZON),
        () -> engine.earliest(much, Work.NO_ROOM.event(), HORIZON));
  }

  @ParameterizedTest
  @EnumSource
  void timeInWhichNothingIsDueAllocatesHardlyMoreOnMuch(Kind kind) {
    Wallet little = little(kind);
    Wallet much = much(kind);
    Instant soon = NOW.plusSeconds(1);

    Allocation.assertHardlyGrows(
        MOST_TIMES, () -> engine.advance(little, soon), () -> engine.advance(much, soon));
  }

  @ParameterizedTest
  @EnumSource
  void aDecisionThatReadsTheWholeWalletWouldBeNoticed(Kind kind) {
    Wallet little = wallet(kind, 10);
    Wallet much = wallet(kind, 5_000);

    assertThrows(
        AssertionError.class,
        () ->
            Allocation.assertHardlyGrows(
                MOST_TIMES, () -> decidedInOneGo(little), () -> decidedInOneGo(much)));
  }

  /** Decides as an engine would that copies what it changes. */
  private List<Object> decidedInOneGo(Wallet wallet) {
    return List.of(wallet.state(), engine.decide(wallet, Work.AWARD.event()));
  }

  @ParameterizedTest
  @EnumSource
  void changesThatListTheWholeWalletWouldBeNoticed(Kind kind) {
    List<Change> ofLittle = allRows(wallet(kind, 10));
    List<Change> ofMuch = allRows(wallet(kind, 11));

    assertThrows(AssertionError.class, () -> assertAlike(ofLittle, ofMuch));
  }

  private static List<Change> allRows(Wallet wallet) {
    return wallet.state().rows().stream().<Change>map(Change.Added::new).toList();
  }
}
