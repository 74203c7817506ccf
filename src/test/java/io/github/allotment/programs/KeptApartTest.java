package io.github.allotment.programs;

import static io.github.allotment.policy.TransactionType.AWARD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Claim;
import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.PendingAward;
import io.github.allotment.Reason;
import io.github.allotment.SeenEvent;
import io.github.allotment.Transaction;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several subjects, parts, groups and sources have at once is kept apart. */
class KeptApartTest {

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("bought")
        .source("gift")
        .limit("bought held", 100, Window.held("bought"))
        .limit("gifts held", 100, Window.held("gift"))
        .limit("all held", 100, Window.held())
        .plan(Plan.monthly("plan"))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(AWARD, "Bought", "bought"))
        .rule(
            "earn",
            Trigger.on("earn"),
            Effect.grantOfEvent(AWARD, "Earned", "bought").settlingAfter(Duration.ofDays(3)))
        .rule("take back", Trigger.on("take back"), Effect.revoke("Taken back"))
        .rule("settle", Trigger.on("settle"), Effect.settle())
        .rule("first", Trigger.on("first"), Effect.charge("First").forPart("a"))
        .rule("second", Trigger.on("second"), Effect.charge("Second").forPart("b"))
        .rule("whole", Trigger.on("whole"), Effect.charge("Whole"))
        .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
        .rule("all back", Trigger.on("all back"), Effect.giveBack(Effect.End.Reach.GROUP, "Back"));
  }

  private static Account open() {
    return open(sheet());
  }

  private static Account open(Policy.Builder sheet) {
    return Account.open(
        Program.named("test").version(sheet.build()).lateness(Duration.ofDays(2)),
        "plan",
        "2021-01-05T00:00:00Z");
  }

  private static Event on(Account account, String type, String subject) {
    return account.event(type).withSubject(subject);
  }

  private static void each(Account account, String type, String subjects) {
    for (int i = 0; i < subjects.length(); i++) {
      account.apply(on(account, type, subjects.substring(i, i + 1)).withAmount(1L << i));
    }
  }

  private static List<Long> amounts(Decision decision) {
    return decision.transactions().stream().map(Transaction::amount).toList();
  }

  @Test
  void thePartsOfASubjectComeBackInTheOrderInWhichTheyWereCharged() {
    Account account = open();
    account.grant("buy", 10);
    account.apply(on(account, "second", "s").withAmount(1));
    account.apply(on(account, "whole", "s").withAmount(2));
    account.apply(on(account, "first", "s").withAmount(4));

    assertEquals(List.of(1L, 2L, 4L), amounts(account.apply(on(account, "back", "s"))));
  }

  @Test
  void theClaimsOfAGroupComeBackInTheOrderInWhichTheyWereCharged() {
    Account account = open();
    account.grant("buy", 31);
    for (String claim : List.of("z1 g", "y2 h", "x3 g", "w4 h", "v5 g")) {
      account.apply(
          on(account, "whole", claim.substring(0, 1))
              .withGroup(claim.substring(3))
              .withAmount(claim.charAt(1) - '0'));
    }

    assertEquals(
        List.of(1L, 3L, 5L), amounts(account.apply(account.event("all back").withGroup("g"))));
    assertEquals(List.of(2L, 4L), amounts(account.apply(account.event("all back").withGroup("h"))));
  }

  @Test
  void aGroupInWhichAllHasEndedIsToldApartFromOneThatNeverWas() {
    Account account = open();
    account.grant("buy", 10);
    account.apply(on(account, "whole", "s").withGroup("g").withAmount(4));
    account.apply(on(account, "back", "s"));

    Reason.NoOpenClaim reason =
        assertInstanceOf(
            Reason.NoOpenClaim.class,
            account.refuse("no-open-claim", account.event("all back").withGroup("g")));
    assertEquals(Optional.of(account.wallet().clock()), reason.endedAt());
    Reason.NoOpenClaim never =
        assertInstanceOf(
            Reason.NoOpenClaim.class,
            account.refuse("no-open-claim", account.event("all back").withGroup("h")));
    assertEquals(Optional.empty(), never.endedAt());
  }

  @Test
  void eachRememberedEventIsKnownByItsId() {
    Account account = open();
    List<Event> events =
        List.of("b", "d", "a", "c").stream()
            .map(id -> Event.of(id, account.wallet().clock(), "buy").withAmount(1))
            .toList();
    events.forEach(account::apply);

    for (Event event : events) {
      assertInstanceOf(Reason.SeenBefore.class, account.decide(event).reason());
    }
    for (String id : List.of("aa", "0", "e")) {
      account.apply(Event.of(id, account.wallet().clock(), "buy").withAmount(1));
    }
    assertEquals(7, account.available());
  }

  @Test
  void rememberedEventsAreForgottenInTheOrderOfTheirInstants() {
    Account account = open();
    Instant day = Instant.parse("2021-01-06T00:00:00Z");
    account.apply(Event.of("z", day, "buy").withAmount(1));
    account.apply(Event.of("m", day.plus(Duration.ofHours(6)), "buy").withAmount(1));
    account.apply(Event.of("y", day.plus(Duration.ofHours(6)), "buy").withAmount(1));
    account.apply(Event.of("a", day.plus(Duration.ofHours(7)), "buy").withAmount(1));

    account.advance(day.plus(Duration.ofHours(54)));
    assertEquals(List.of("a", "m", "y"), remembered(account));
    account.advance(day.plus(Duration.ofHours(54)).plusNanos(1));
    assertEquals(List.of("a"), remembered(account));
  }

  private static List<String> remembered(Account account) {
    return account.wallet().state().seen().stream().map(SeenEvent::id).toList();
  }

  @Test
  void openClaimsComeInTheOrderInWhichTheyWereCharged() {
    Account account = open();
    account.grant("buy", 15);
    for (String subject : List.of("z", "y", "x")) {
      account.apply(on(account, "whole", subject).withAmount(5));
    }
    account.apply(on(account, "back", "y"));

    assertEquals(
        List.of("z", "x"), account.wallet().openClaims().stream().map(Claim::subject).toList());
  }

  /** The parts a, b and c end on these days of the month, at their own instants. */
  @ParameterizedTest
  @ValueSource(strings = {"678", "687", "768", "786", "867", "876"})
  void whatIsNoLongerOpenSaysWhenTheLastOfItEnded(String days) {
    Account account =
        open(
            sheet()
                .rule("a back", Trigger.on("a back"), giveBack().ofPart("a"))
                .rule("b back", Trigger.on("b back"), giveBack().ofPart("b"))
                .rule("third", Trigger.on("third"), Effect.charge("Third").forPart("c"))
                .rule("c back", Trigger.on("c back"), giveBack().ofPart("c")));
    account.grant("buy", 7);
    account.apply(on(account, "first", "s").withAmount(1));
    account.apply(on(account, "second", "s").withAmount(2));
    account.apply(on(account, "third", "s").withAmount(4));
    List<String> endings = List.of("a back", "b back", "c back");
    for (int i = 0; i < 3; i++) {
      String day = "2021-01-0" + days.charAt(i) + "T00:00:00Z";
      account.apply(account.event(endings.get(i), day).withSubject("s"));
    }

    Reason.NoOpenClaim reason =
        assertInstanceOf(
            Reason.NoOpenClaim.class, account.refuse("no-open-claim", on(account, "back", "s")));
    assertEquals(Optional.of(Instant.parse("2021-01-08T00:00:00Z")), reason.endedAt());
  }

  private static Effect.End giveBack() {
    return Effect.giveBack(Effect.End.Reach.SUBJECT, "Back");
  }

  @Test
  void whatHasNoEffectSaysWhatTheOpenClaimsOfItsSubjectHold() {
    Account account =
        open(sheet().rule("none", Trigger.on("none"), Effect.nothing("it has no effect")));
    account.grant("buy", 31);
    account.apply(on(account, "whole", "s").withAmount(1));
    account.apply(on(account, "first", "s").withAmount(2));
    account.apply(on(account, "second", "s").withAmount(4));
    account.apply(on(account, "whole", "t").withAmount(8));

    assertEquals(OptionalLong.of(7), held(account, "s"));
    assertEquals(OptionalLong.empty(), held(account, "u"));
    account.apply(on(account, "back", "s"));
    assertEquals(OptionalLong.empty(), held(account, "s"));
  }

  private static OptionalLong held(Account account, String subject) {
    return assertInstanceOf(
            Reason.NoEffect.class, account.refuse("no-effect", on(account, "none", subject)))
        .open();
  }

  /** A grant of several lots is one grant, however many of them are left. */
  @Test
  void aGrantOfSeveralLotsIsTakenBackAsOne() {
    Account account =
        open(
            sheet()
                .rule(
                    "both",
                    Trigger.on("both"),
                    Effect.grant(AWARD, "A", "bought", 4).and("B", "gift", 6))
                .rule("spend", Trigger.on("spend"), Effect.charge("Spent"))
                .rule("whole back", Trigger.on("whole back"), Effect.revoke("Whole").whole()));
    account.apply(on(account, "both", "s"));
    account.apply(on(account, "both", "s"));
    assertEquals(
        List.of(new Consequence.Revoked("whole back", "1", "s", 20, 0, 20)),
        Account.consequences(account.apply(on(account, "whole back", "s"))));
    account.apply(on(account, "both", "s"));
    account.spend(5);
    assertEquals(
        List.of(new Consequence.Revoked("take back", "1", "s", 5, 0, 10)),
        Account.consequences(account.apply(on(account, "take back", "s"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bacbac", "abcabc", "cbacba", "cabbac"})
  void theGrantsOfASubjectAreTakenBackAndNoOthers(String subjects) {
    Account account = open();
    each(account, "buy", subjects);

    long left = 63;
    for (String subject : List.of("b", "c", "a")) {
      long first = 1L << subjects.indexOf(subject);
      long second = 1L << subjects.lastIndexOf(subject);
      Transaction row = account.apply(on(account, "take back", subject)).transactions().get(0);
      assertEquals(List.of(-first, -second), row.moves().stream().map(Lot.Move::amount).toList());
      left -= first + second;
      assertEquals(left, account.available());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bacbac", "abcabc", "cbacba", "cabbac"})
  void thePendingAwardsOfASubjectAreTakenBackAndNoOthers(String subjects) {
    Account account = open();
    each(account, "earn", subjects);

    long left = 63;
    for (String subject : List.of("b", "c", "a")) {
      account.apply(on(account, "take back", subject));
      left -= (1L << subjects.indexOf(subject)) + (1L << subjects.lastIndexOf(subject));
      assertEquals(left, account.wallet().pending());
      account.refuse("no-open-claim", on(account, "take back", subject));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bacbac", "abcabc", "cbacba", "cabbac"})
  void thePendingAwardsOfASubjectSettleInTheOrderOfEarning(String subjects) {
    Account account = open();
    for (int i = 0; i < subjects.length(); i++) {
      account.apply(
          account
              .event("earn", Instant.parse("2021-01-06T00:00:00Z").plusSeconds(i))
              .withSubject(subjects.substring(i, i + 1))
              .withAmount(1L << i));
    }

    for (String subject : List.of("b", "c", "a")) {
      assertEquals(
          List.of(1L << subjects.indexOf(subject), 1L << subjects.lastIndexOf(subject)),
          amounts(account.apply(on(account, "settle", subject))));
    }
    assertEquals(63, account.available());
  }

  @Test
  void pendingAwardsComeInTheOrderInWhichTheySettleAndThenOfEarning() {
    Account account =
        open(
            sheet()
                .rule("soon", Trigger.on("soon"), soon(Duration.ofDays(1)))
                .rule("sooner", Trigger.on("sooner"), soon(Duration.ofHours(12))));
    account.apply(account.event("earn", "2021-01-06T00:00:00Z").withAmount(1));
    account.apply(account.event("soon", "2021-01-06T12:00:00Z").withAmount(2));
    account.apply(account.event("sooner", "2021-01-07T00:00:00Z").withAmount(3));
    account.apply(account.event("sooner", "2021-01-06T23:59:59Z").withAmount(4));
    account.apply(account.event("soon", "2021-01-06T12:00:00Z").withAmount(5));

    assertEquals(
        List.of(4L, 2L, 5L, 3L, 1L),
        account.wallet().pendingAwards().stream().map(PendingAward::amount).toList());
    assertEquals(Instant.parse("2021-01-07T11:59:59Z"), account.engine().nextDue(account.wallet()));
    int rows = account.rows();
    account.advance("2021-01-07T12:00:00Z");
    assertEquals(List.of(4L, 2L, 5L, 3L), account.amountsFrom(rows));
  }

  private static Effect.Grant soon(Duration delay) {
    return Effect.grantOfEvent(AWARD, "Soon", "gift").settlingAfter(delay);
  }

  @Test
  void aLateTakingBackLeavesPendingWhatWasEarnedAfterIt() {
    Account account = open();
    account.apply(account.event("earn", "2021-01-06T10:00:00Z").withSubject("s").withAmount(1));
    account.apply(account.event("earn", "2021-01-06T11:00:00Z").withSubject("s").withAmount(2));
    account.apply(account.event("earn", "2021-01-06T11:00:01Z").withSubject("s").withAmount(4));
    account.apply(account.event("earn", "2021-01-06T12:00:00Z").withSubject("s").withAmount(8));

    Decision decision =
        account.apply(account.event("take back", "2021-01-06T11:00:00Z").withSubject("s"));

    assertEquals(
        List.of(new Consequence.Revoked("take back", "1", "s", 0, 3, 3)),
        Account.consequences(decision));
    assertEquals(
        List.of(4L, 8L),
        account.wallet().pendingAwards().stream().map(PendingAward::amount).toList());
  }

  @Test
  void aPendingAwardCountsAgainstWhatEachOfItsSourcesMayHold() {
    Account account =
        open(
            sheet()
                .rule(
                    "both",
                    Trigger.on("both"),
                    Effect.grant(AWARD, "A", "bought", 1)
                        .and("B", "bought", 2)
                        .and("C", "gift", 4)
                        .and("D", "bought", 8)
                        .and("E", "gift", 0)
                        .settlingAfter(Duration.ofDays(3))));
    account.apply(account.event("both").withSubject("s"));

    assertRoom(account, 89, 96, 85);
    account.apply(account.event("settle").withSubject("s"));
    assertRoom(account, 89, 96, 85);
    account.apply(account.event("take back").withSubject("s"));
    assertRoom(account, 100, 100, 100);
  }

  private static void assertRoom(Account account, long bought, long gifts, long all) {
    assertEquals(
        List.of(bought, gifts, all),
        List.of("bought held", "gifts held", "all held").stream()
            .map(limit -> account.engine().room(account.wallet(), limit).left())
            .toList());
  }
}
