package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.Reason;
import io.github.allotment.Room;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The windows of limits, and what their answers are worth. */
class WindowKindsTest {

  private static Policy.Builder sheet() {
    return Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
        .source("s")
        .source("other")
        .plan(Plan.monthly("plan").allotting("Credits", "s", 10))
        .plan(Plan.monthly("big").allotting("Credits", "s", 20));
  }

  /** Awards of the event's amount, whole or not at all, under one limit. */
  private static Policy.Builder awarding(long max, Window window) {
    return sheet()
        .limit("cap", max, window)
        .rule("award", Trigger.on("award"), Effect.grantOfEvent(AWARD, "A", "s").within("cap"))
        .rule("cut", Trigger.on("cut"), Effect.grantOfEvent(AWARD, "A", "s").cutTo("cap"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spend"))
        .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
        .rule("switch", Trigger.on("switch"), Effect.switchPlanAtOnce())
        .rule("restart", Trigger.on("restart"), Effect.switchPlanAndRestartCycle());
  }

  private static Reason.NoRoom noRoom(Account account, Event event) {
    return assertInstanceOf(Reason.NoRoom.class, account.refuse("no-room", event));
  }

  private static long left(Account account, String limit) {
    return account.engine().room(account.wallet(), limit).left();
  }

  // Held

  @Test
  void whatIsHeldCountsEverySourceAndWhatIsPending() {
    Account account =
        Account.open(
            awarding(20, Window.held())
                .rule(
                    "slow",
                    Trigger.on("slow"),
                    Effect.grantOfEvent(AWARD, "A", "other")
                        .within("cap")
                        .settlingAfter(Duration.ofDays(3))),
            "plan",
            "2021-01-01T00:00:00Z");
    account.grant("award", 8);
    account.grant("slow", 7);
    assertEquals(5, left(account, "cap"));
    Reason.NoRoom reason = noRoom(account, account.event("award").withAmount(6));
    assertEquals(5, reason.left());
    assertEquals(Optional.empty(), reason.opensAt());
    Decision cut = account.apply(account.event("cut").withAmount(6));
    Consequence.Granted granted =
        assertInstanceOf(Consequence.Granted.class, Account.consequences(cut).get(0));
    assertEquals(5, granted.amount());
    assertEquals(6, granted.asked());
    noRoom(account, account.event("cut").withAmount(1));
    account.advance("2021-01-04T00:00:00Z");
    assertEquals(20, account.available());
    assertEquals(0, left(account, "cap"));
    account.apply(account.event("spend").withSubject("x").withAmount(12));
    account.grant("award", 12);
    account.apply(account.event("back").withSubject("x"));
    assertEquals(32, account.available());
    assertEquals(0, left(account, "cap"));
    noRoom(account, account.event("cut").withAmount(1));
  }

  @Test
  void aCutGrantWaitsForRoomForOneAndNotForAll() {
    Account account =
        Account.open(
            awarding(3, Window.calendar(Window.Calendar.Unit.DAY)), "plan", "2021-01-01T08:00:00Z");
    account.grant("award", 3);
    Event nine = account.event("cut").withAmount(9);
    Instant tomorrow = Instant.parse("2021-01-02T00:00:00Z");
    Reason.NoRoom reason = noRoom(account, nine);
    assertEquals(1, reason.amount());
    assertEquals(Optional.of(tomorrow), reason.opensAt());
    Instant horizon = Instant.parse("2022-01-01T00:00:00Z");
    assertEquals(
        new Earliest.At(tomorrow), account.engine().earliest(account.wallet(), nine, horizon));
  }

  @Test
  void whatIsHeldOfSomeSourcesLeavesOutTheOthers() {
    Account account =
        Account.open(
            sheet()
                .limit("cap", Quantity.ofPlan(1), Window.held("s"))
                .rule("free", Trigger.on("free"), Effect.grantOfEvent(AWARD, "F", "s").cutTo("cap"))
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "B", "other"))
                .rule("switch", Trigger.on("switch"), Effect.switchPlanAtOnce()),
            "plan",
            "2021-01-01T00:00:00Z");
    account.grant("buy", 100);
    account.grant("free", 8);
    assertEquals(2, left(account, "cap"));
    account.grant("free", 8);
    assertEquals(10, account.wallet().available("s"));
    noRoom(account, account.event("free").withAmount(1));
    account.apply(account.event("switch").withFact("plan", "big"));
    assertEquals(10, left(account, "cap"));
    account.grant("free", 11);
    assertEquals(20, account.wallet().available("s"));
  }

  // The calendar

  @ParameterizedTest
  @CsvSource({
    "DAY, 2021-11-07T04:00:00Z, 2021-11-08T05:00:00Z", // 25 hours
    "DAY, 2021-03-14T05:00:00Z, 2021-03-15T04:00:00Z", // 23 hours
    "WEEK, 2021-11-01T04:00:00Z, 2021-11-08T05:00:00Z",
    "MONTH, 2021-03-01T05:00:00Z, 2021-04-01T04:00:00Z",
    "YEAR, 2021-01-01T05:00:00Z, 2022-01-01T05:00:00Z"
  })
  void aUnitOfTheCalendarBeginsAndEndsInTheWalletsZone(
      Window.Calendar.Unit unit, Instant from, Instant to) {
    Account account =
        Account.open(
            awarding(3, new Window.Calendar(unit)),
            Opening.of("plan", Instant.parse("2020-12-01T00:00:00Z"))
                .inZone(ZoneId.of("America/New_York")));
    account.apply(account.event("award", from.minusNanos(1)).withAmount(3));
    assertEquals(Optional.of(from), noRoom(account, account.event("cut").withAmount(1)).opensAt());
    account.apply(account.event("award", from).withAmount(1));
    account.apply(account.event("award", to.minusNanos(1)).withAmount(2));
    Reason.NoRoom reason = noRoom(account, account.event("award").withAmount(1));
    assertEquals(0, reason.left());
    assertEquals(Optional.of(to), reason.opensAt());
    assertEquals(Optional.of(to), account.engine().room(account.wallet(), "cap").changesAt());
    account.apply(account.event("award", to).withAmount(3));
  }

  /**
   * 7 November 2010 began in St. John's at 02:30Z; from 02:31Z on it was 23:01 of the 6th again.
   */
  @Test
  void anHourThatIsToldAgainAfterMidnightCountsForTheDayThatHasBegun() {
    Account account =
        Account.open(
            awarding(3, new Window.Calendar(Window.Calendar.Unit.DAY)),
            Opening.of("plan", Instant.parse("2010-11-01T00:00:00Z"))
                .inZone(ZoneId.of("America/St_Johns")));
    account.apply(account.event("award", "2010-11-07T02:29:59Z").withAmount(3));
    account.apply(account.event("award", "2010-11-07T02:45:00Z").withAmount(2));
    account.apply(account.event("award", "2010-11-07T03:00:00Z").withAmount(1));
    Reason.NoRoom reason =
        noRoom(account, account.event("award", "2010-11-07T03:15:00Z").withAmount(1));
    assertEquals(Optional.of(Instant.parse("2010-11-08T03:30:00Z")), reason.opensAt());
  }

  @Test
  void aLateEventCountsInTheDayOfItsOwn() {
    Account account =
        Account.open(
            Program.named("test")
                .version(awarding(3, new Window.Calendar(Window.Calendar.Unit.DAY)).build())
                .lateness(Duration.ofDays(2)),
            "plan",
            "2021-01-01T00:00:00Z");
    account.apply(account.event("award", "2021-01-03T00:00:00Z").withAmount(3));
    account.apply(account.event("award", "2021-01-02T23:59:59Z").withAmount(2));
    account.apply(account.event("award", "2021-01-02T00:00:00Z").withAmount(1));
    Reason.NoRoom reason =
        noRoom(account, account.event("award", "2021-01-02T12:00:00Z").withAmount(1));
    assertEquals(Optional.of(Instant.parse("2021-01-04T00:00:00Z")), reason.opensAt());
    account.apply(account.event("award", "2021-01-01T12:00:00Z").withAmount(3));
    assertEquals(9, account.available());
  }

  // The wallet's cycle

  private static Account cycling() {
    return Account.open(
        Program.named("test")
            .version(awarding(3, new Window.InCycle()).build())
            .lateness(Duration.ofDays(5)),
        "plan",
        "2021-01-10T12:00:00Z");
  }

  @Test
  void aCycleHasItsOwnRoom() {
    Account account = cycling();
    account.grant("award", 3);
    Reason.NoRoom reason = noRoom(account, account.event("award").withAmount(1));
    assertEquals(Optional.of(Instant.parse("2021-02-10T00:00:00Z")), reason.opensAt());
    account.advance("2021-02-09T23:59:59.999999999Z");
    noRoom(account, account.event("award").withAmount(1));
    account.advance("2021-02-10T00:00:00Z");
    account.grant("award", 2);
    assertEquals(1, left(account, "cap"));
  }

  @Test
  void aLateEventCountsInTheCycleBefore() {
    Account account = cycling();
    account.advance("2021-02-11T00:00:00Z");
    account.grant("award", 3);
    account.apply(account.event("award", "2021-02-09T23:00:00Z").withAmount(2));
    account.apply(account.event("award", "2021-02-07T00:00:00Z").withAmount(1));
    Reason.NoRoom reason =
        noRoom(account, account.event("award", "2021-02-08T00:00:00Z").withAmount(1));
    assertEquals(Optional.of(Instant.parse("2021-03-10T00:00:00Z")), reason.opensAt());
    account.advance("2021-03-10T00:00:00Z");
    account.grant("award", 3);
  }

  @Test
  void aPlanChangeThatRestartsTheCycleGivesNewRoom() {
    Account account = cycling();
    account.advance("2021-01-20T08:00:00Z");
    account.grant("award", 3);
    account.advance("2021-01-22T08:00:00Z");
    account.apply(account.event("switch").withFact("plan", "big"));
    noRoom(account, account.event("award").withAmount(1));
    account.apply(account.event("restart").withFact("plan", "plan"));
    assertEquals(Instant.parse("2021-01-22T08:00:00Z"), account.wallet().cycle().startInclusive());
    assertEquals(Instant.parse("2021-02-22T00:00:00Z"), account.wallet().cycle().endExclusive());
    account.grant("award", 2);
    noRoom(account, account.event("award", "2021-01-22T07:59:59.999999999Z").withAmount(1));
    account.apply(account.event("award", "2021-01-22T08:00:00Z").withAmount(1));
    assertEquals(0, left(account, "cap"));
    account.advance("2021-02-22T00:00:00Z");
    assertEquals(3, left(account, "cap"));
  }

  // The wallet's life

  @Test
  void whatCountsForEverIsSummedUp() {
    Account account =
        Account.open(
            Program.named("test")
                .version(awarding(100, new Window.Ever()).build())
                .lateness(Duration.ofDays(2)),
            "plan",
            "2001-01-01T00:00:00Z");
    Instant at = Instant.parse("2001-01-01T00:00:00Z");
    for (int i = 0; i < 99; i++) {
      at = at.plus(Duration.ofDays(40));
      account.apply(account.event("award", at).withAmount(1));
      assertTrue(account.wallet().state().uses().size() <= 2);
    }
    assertEquals(1, left(account, "cap"));
    Reason.NoRoom reason = noRoom(account, account.event("award").withAmount(2));
    assertEquals(Optional.empty(), reason.opensAt());
    account.apply(account.event("award", at.minus(Duration.ofDays(2))).withAmount(1));
    noRoom(account, account.event("cut").withAmount(1));
    account.advance(at.plus(Duration.ofDays(3)));
    assertEquals(1, account.wallet().state().uses().size());
    assertEquals(100, account.wallet().state().uses().get(0).amount());
    assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
  }

  // Several

  @Test
  void everyLimitMustLetAGrantThrough() {
    Account account =
        Account.open(
            sheet()
                .limit("day", 4, new Window.Calendar(Window.Calendar.Unit.DAY))
                .limit("month", 6, new Window.Calendar(Window.Calendar.Unit.MONTH))
                .limit("held", 9, Window.held())
                .rule(
                    "award",
                    Trigger.on("award"),
                    Effect.grantOfEvent(AWARD, "A", "s")
                        .within("day")
                        .within("month")
                        .within("held"))
                .rule(
                    "cut",
                    Trigger.on("cut"),
                    Effect.grantOfEvent(AWARD, "A", "s").cutTo("day").cutTo("month").cutTo("held")),
            "plan",
            "2021-01-01T00:00:00Z");
    account.grant("award", 4);
    assertEquals("day", noRoom(account, account.event("award").withAmount(2)).limit());
    Decision both = account.decide(account.event("award").withAmount(3));
    assertEquals(
        List.of("day", "month"),
        both.reasons().stream().map(reason -> ((Reason.NoRoom) reason).limit()).toList());
    account.advance("2021-01-02T00:00:00Z");
    account.grant("cut", 4);
    assertEquals(6, account.available());
    assertEquals(0, left(account, "month"));
    assertEquals(2, left(account, "day"));
    account.advance("2021-02-01T00:00:00Z");
    account.grant("cut", 5);
    assertEquals(9, account.available());
    assertEquals("held", noRoom(account, account.event("award").withAmount(1)).limit());
  }

  @Test
  void aRefusalUsesNothingUpOfTheOtherLimits() {
    Account account =
        Account.open(
            sheet()
                .limit("day", 4, new Window.Calendar(Window.Calendar.Unit.DAY))
                .limit("life", 3, new Window.Ever())
                .rule(
                    "award",
                    Trigger.on("award"),
                    Effect.grantOfEvent(AWARD, "A", "s").within("day").within("life")),
            "plan",
            "2021-01-01T00:00:00Z");
    noRoom(account, account.event("award").withAmount(4));
    assertEquals(4, left(account, "day"));
    assertEquals(3, left(account, "life"));
    account.grant("award", 3);
    assertEquals(1, left(account, "day"));
    assertEquals(0, left(account, "life"));
  }

  @Test
  void severalAwardsShareALimit() {
    Account account =
        Account.open(
            awarding(10, Window.rolling(Duration.ofDays(7)))
                .rule(
                    "fixed",
                    Trigger.on("fixed"),
                    Effect.grant(AWARD, "F", "s", 4).and("G", "other", 2).within("cap"))
                .rule("exempt", Trigger.on("exempt"), Effect.grant(AWARD, "E", "s", 50)),
            "plan",
            "2021-01-01T00:00:00Z");
    account.grant("award", 3);
    account.apply(account.event("fixed"));
    account.apply(account.event("exempt"));
    assertEquals(1, left(account, "cap"));
    noRoom(account, account.event("fixed"));
    account.grant("cut", 5);
    assertEquals(0, left(account, "cap"));
  }

  @Test
  void twoRulesOfOneEventCountTogether() {
    Account account =
        Account.open(
            awarding(10, new Window.InCycle())
                .rule("more", Trigger.on("award"), Effect.grant(AWARD, "M", "s", 4).within("cap")),
            "plan",
            "2021-01-01T00:00:00Z");
    noRoom(account, account.event("award").withAmount(7));
    assertEquals(0, account.available());
    account.grant("award", 6);
    assertEquals(10, account.available());
    assertEquals(0, left(account, "cap"));
  }

  @Test
  void anAllotmentIsCutByTheLimitOfTheCycleThatStarts() {
    Account account =
        Account.open(
            sheet()
                .limit("year", 25, new Window.Calendar(Window.Calendar.Unit.YEAR))
                .rule("allotment", Trigger.on(OPENED, RENEWED), Effect.allot().cutTo("year")),
            "plan",
            "2021-01-15T00:00:00Z");
    account.advance("2021-12-31T00:00:00Z");
    assertEquals(25, account.available());
    account.advance("2022-01-15T00:00:00Z");
    assertEquals(35, account.available());
  }

  // Answers agree with trying

  private static final List<Window> WINDOWS =
      List.of(
          Window.rolling(Duration.ofHours(30)),
          new Window.Calendar(Window.Calendar.Unit.DAY),
          new Window.Calendar(Window.Calendar.Unit.WEEK),
          new Window.Calendar(Window.Calendar.Unit.MONTH),
          new Window.InCycle(),
          new Window.Ever(),
          Window.held());

  @Property
  void roomAndOpensAtAgreeWithTrying(
      @ForAll @IntRange(max = 6) int kind,
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 200) Integer> steps,
      @ForAll @Size(12) List<@IntRange(max = 7) Integer> amounts) {
    Policy.Builder sheet =
        awarding(10, WINDOWS.get(kind))
            .plan(
                Plan.of("weekly", Period.ofDays(5))
                    .anchoredOn(Anchor.dayOfMonth(1))
                    .allotting("W", "s", 1));
    Account account =
        Account.open(
            Program.named("test").version(sheet.build()).lateness(Duration.ofHours(50)),
            Opening.of(kind % 2 == 0 ? "weekly" : "plan", Instant.parse("2021-03-25T00:00:00Z"))
                .inZone(ZoneId.of("Europe/Berlin")));
    for (int i = 0; i < steps.size(); i++) {
      Instant at =
          account.wallet().clock().plus(Duration.ofHours(steps.get(i) % 70 - 20)); // some are late
      if (at.isBefore(account.wallet().openedAt())) {
        continue;
      }
      Decision decision = account.decide(account.event("award", at).withAmount(amounts.get(i)));
      if (decision.reason() instanceof Reason.NoRoom reason) {
        opensWhenItSays(account, reason);
      }
      roomIsWhatFits(account);
    }
  }

  /** A grant of all that is left applies, one more is refused. */
  private static void roomIsWhatFits(Account account) {
    Room room = account.engine().room(account.wallet(), "cap");
    assertTrue(tries(account, account.wallet().clock(), room.left()));
    assertTrue(!tries(account, account.wallet().clock(), room.left() + 1));
    room.changesAt()
        .ifPresent(
            at -> {
              assertTrue(tries(account, at, room.left() + 1));
              assertTrue(!tries(account, at.minusNanos(1), room.left() + 1));
            });
  }

  private static void opensWhenItSays(Account account, Reason.NoRoom reason) {
    assertTrue(reason.left() < reason.amount());
    reason
        .opensAt()
        .ifPresentOrElse(
            at -> {
              assertTrue(tries(account, at, reason.amount()));
              assertTrue(!tries(account, at.minusNanos(1), reason.amount()));
            },
            () ->
                assertTrue(
                    !tries(
                        account,
                        account.wallet().clock().plus(Duration.ofDays(400)),
                        reason.amount())));
  }

  private static boolean tries(Account account, Instant at, long amount) {
    return account
        .engine()
        .preview(account.wallet(), Event.of("try", at, "award").withAmount(amount))
        .isApplied();
  }
}
