package io.github.allotment.programs;

import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.allotment.Change;
import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Earliest;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.Reason;
import io.github.allotment.Room;
import io.github.allotment.Row;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two rules, an amount of nothing, a late event or another version come to. */
class RareCasesTest {

  private static final Instant OPENED = Instant.parse("2021-01-01T00:00:00Z");
  private static final Effect.Grant GIFT = Effect.grant(AWARD, "Gift", "s", 5);

  private static Instant day(int day) {
    return OPENED.plus(Duration.ofDays(day));
  }

  private static Policy.Builder sheet() {
    return version("1", "2000-01-01T00:00:00Z");
  }

  private static Policy.Builder version(String name, String from) {
    return Policy.version(name, Instant.parse(from))
        .source("s")
        .plan(Plan.monthly("plan"))
        .plan(Plan.monthly("other"))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "Bought", "s"))
        .rule("spend", Trigger.on("spend"), Effect.charge("Spent"));
  }

  private static Account open(Policy.Builder sheet) {
    return open(Program.named("test").version(sheet.build()));
  }

  private static Account open(Program.Builder program) {
    return Account.open(program.lateness(Duration.ofDays(20)), Opening.of("plan", OPENED));
  }

  private static Account awarding(long most, Window window) {
    return open(
        sheet()
            .limit("cap", most, window)
            .rule(
                "award", Trigger.on("award"), Effect.grantOfEvent(AWARD, "A", "s").within("cap")));
  }

  private static Set<Row.Table> changed(Decision decision) {
    return decision.changes().stream().map(Change::row).map(Row::table).collect(Collectors.toSet());
  }

  @Nested
  class Grants {

    @Test
    void thatAreThereAtOnceWereNotPending() {
      Account account = open(sheet().rule("gift", Trigger.on("gift"), GIFT));
      Decision decision = account.apply(account.event("gift"));
      assertInstanceOf(Consequence.Granted.class, Account.consequences(decision).get(0));
      assertEquals(Set.of(Row.Table.STANDING, Row.Table.SEEN, Row.Table.LOTS), changed(decision));
    }

    @Test
    void ofNothingAreNeverPending() {
      Account account =
          open(
              sheet()
                  .rule(
                      "gift",
                      Trigger.on("gift"),
                      Effect.grantOfEvent(AWARD, "Gift", "s").settlingAfter(Duration.ofDays(1))));
      Decision decision = account.apply(account.event("gift").withAmount(0));
      assertInstanceOf(Consequence.Granted.class, Account.consequences(decision).get(0));
      assertEquals(List.of(), account.wallet().pendingAwards());
    }

    @Test
    void ofNothingUseNoLimitUp() {
      Account account = awarding(10, Window.rolling(Duration.ofDays(7)));
      Decision decision = account.apply(account.event("award").withAmount(0));
      assertEquals(Set.of(Row.Table.STANDING, Row.Table.SEEN), changed(decision));
    }

    @Test
    void ofNothingTellWhatOthersOfTheSameEventHaveLeft() {
      Account account =
          open(
              sheet()
                  .limit("cap", 10, Window.rolling(Duration.ofDays(7)))
                  .rule("all", Trigger.on("go"), Effect.grant(AWARD, "All", "s", 10).within("cap"))
                  .rule(
                      "more",
                      Trigger.on("go"),
                      Effect.grantOfEvent(AWARD, "More", "s").within("cap")));
      Decision decision = account.apply(account.event("go").withAmount(0));
      Consequence.Granted more =
          assertInstanceOf(Consequence.Granted.class, Account.consequences(decision).get(1));
      assertEquals(List.of(0L), more.rooms().stream().map(Room::left).toList());
    }

    /** What the event brings under the name of its own amount is another fact. */
    @Test
    void ofTheEventAreNotOfAFactThatIsCalledAmount() {
      Account account = open(sheet());
      Reason.FactMissing reason =
          assertInstanceOf(
              Reason.FactMissing.class,
              account.refuse("fact-missing", account.event("buy").withFact("amount", 5)));
      assertEquals(Optional.empty(), reason.actual());
    }

    private static Account withParts() {
      return open(
          sheet()
              .rule("b", Trigger.on("b"), Effect.charge("B").forPart("b"))
              .rule("a", Trigger.on("a"), Effect.charge("A").forPart("a"))
              .rule("close", Trigger.on("close"), Effect.giveBack(Effect.End.Reach.GROUP, "Closed"))
              .rule("gift", Trigger.on("gift"), GIFT.oncePerClaim("gift")));
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void onceForAClaimMarkTheOneThatCameFirst(String first, String second) {
      Account account = withParts();
      account.grant("buy", 2);
      account.apply(account.event(first).withSubject("x").withAmount(1));
      account.apply(account.event(second).withSubject("x").withAmount(1));
      account.apply(account.event("gift").withSubject("x"));
      assertEquals(Set.of("gift"), account.wallet().claim("x", first).orElseThrow().done());
      assertEquals(Set.of(), account.wallet().claim("x", second).orElseThrow().done());
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void onceForAClaimMarkTheFirstThatIsOpen(String first, String second) {
      Account account = withParts();
      account.grant("buy", 2);
      account.apply(account.event(first).withSubject("x").withGroup("g").withAmount(1));
      account.apply(account.event(second).withSubject("x").withAmount(1));
      account.apply(account.event("close").withGroup("g"));
      account.apply(account.event("gift").withSubject("x"));
      assertEquals(Set.of(), account.wallet().claim("x", first).orElseThrow().done());
      assertEquals(Set.of("gift"), account.wallet().claim("x", second).orElseThrow().done());
    }

    @Test
    void thatAreCutLoseTheirLastParts() {
      Account account =
          open(
              sheet()
                  .limit("cap", 7, Window.ever())
                  .rule(
                      "gift",
                      Trigger.on("gift"),
                      GIFT.and("Second", "s", 5).and("Third", "s", 5).cutTo("cap")));
      account.apply(account.event("gift"));
      assertEquals(List.of(5L, 2L), account.amountsFrom(0));
    }

    /** A lot has the priority that its source says, unless the event is to say it. */
    @Test
    void areSpentByThePriorityOfTheirSource() {
      Account account =
          open(
              sheet()
                  .spending(Order.PRIORITY)
                  .source(Source.of("late").withPriority(2))
                  .source(Source.of("early").withPriority(1))
                  .source(Source.of("said").withPriorityOfEvent("rank"))
                  .rule("late", Trigger.on("late"), Effect.grant(AWARD, "Late", "late", 5))
                  .rule("early", Trigger.on("early"), Effect.grant(AWARD, "Early", "early", 5))
                  .rule("said", Trigger.on("said"), Effect.grant(AWARD, "Said", "said", 5)));
      account.apply(account.event("late"));
      account.apply(account.event("said").withFact("rank", 3));
      account.apply(account.event("early"));
      account.grant("spend", 14);
      assertEquals(
          List.of("early", "late", "said"),
          account.last().moves().stream().map(move -> move.lot().source()).toList());
    }

    @Test
    void thatWaitUntilASourceIsEmptyDoNotWaitForWhatIsFrozen() {
      Account account =
          open(
              sheet()
                  .source(Source.of("bound").usableOn("plan"))
                  .rule("bind", Trigger.on("bind"), Effect.grant(AWARD, "Bound", "bound", 5))
                  .rule("go", Trigger.on("go"), Effect.switchPlanAtOnce())
                  .rule("gift", Trigger.on("gift").whileEmpty("bound"), GIFT));
      account.apply(account.event("bind"));
      account.refuse("fact-missing", account.event("gift"));
      account.apply(account.event("go").withFact("plan", "other"));
      account.apply(account.event("gift"));
      assertEquals(5, account.available());
    }
  }

  @Nested
  class RulesThatAskForAnOpenClaim {

    private static Account open(Effect effect) {
      return RareCasesTest.open(sheet().rule("rule", Trigger.on("event").withOpenClaim(), effect));
    }

    private static void assertAsks(Account account) {
      account.grant("buy", 10);
      account.refuse("fact-missing", account.event("event").withAmount(1));
      account.refuse("no-open-claim", account.event("event").withSubject("a").withAmount(1));
      account.apply(account.event("spend").withSubject("a").withAmount(1));
      account.apply(account.event("event").withSubject("a").withAmount(1));
    }

    @Test
    void askWhateverTheyGrant() {
      assertAsks(open(GIFT));
      assertAsks(open(GIFT.onceForEver("once")));
      assertAsks(open(GIFT.oncePerClaim("once")));
    }

    @Test
    void askWhateverElseTheyDo() {
      assertAsks(open(Effect.setFact("seen", FactValue.of(true))));
      assertAsks(open(Effect.giveBack(Effect.End.Reach.SUBJECT, "Back")));
    }
  }

  @Nested
  class Endings {

    /** Nothing comes back, and no row of the state is said to have changed that did not. */
    @Test
    void ofNoPartChangeNoClaim() {
      Account account = open(sheet().rule("back", Trigger.on("back"), Effect.giveBackPart("Back")));
      account.grant("buy", 10);
      account.apply(account.event("spend").withSubject("a").withAmount(6));
      Decision decision = account.apply(account.event("back").withSubject("a").withAmount(0));
      assertEquals(Set.of(Row.Table.STANDING, Row.Table.SEEN), changed(decision));
      account.apply(account.event("back").withSubject("a").withAmount(6));
      assertEquals(10, account.available());
    }

    @Test
    void ofAPartSayWhatCameBack() {
      Account account = open(sheet().rule("back", Trigger.on("back"), Effect.giveBackPart("Back")));
      account.grant("buy", 10);
      account.apply(account.event("spend").withSubject("a").withAmount(6));
      Decision decision = account.apply(account.event("back").withSubject("a").withAmount(2));
      assertEquals(
          List.of(new Consequence.Returned("back", "1", "a", 2, OPENED)),
          Account.consequences(decision));
    }

    /** One part has ended, the other was charged after the late ending's own instant. */
    @Test
    void thatFindNothingTellTheLastEndOfWhatHasEnded() {
      Account account =
          open(
              sheet()
                  .rule("first", Trigger.on("first"), Effect.charge("First").forPart("first"))
                  .rule("second", Trigger.on("second"), Effect.charge("Second").forPart("second"))
                  .rule(
                      "end first",
                      Trigger.on("end first"),
                      Effect.keep(Effect.End.Reach.SUBJECT, "Kept").ofPart("first"))
                  .rule("end", Trigger.on("end"), Effect.keep(Effect.End.Reach.SUBJECT, "Kept")));
      account.grant("buy", 10);
      account.apply(account.event("first", day(1)).withSubject("a").withAmount(1));
      account.apply(account.event("end first", day(2)).withSubject("a"));
      account.apply(account.event("second", day(4)).withSubject("a").withAmount(1));
      Reason reason =
          account.refuse("no-open-claim", account.event("end", day(3)).withSubject("a"));
      assertEquals(Optional.of(day(2)), ((Reason.NoOpenClaim) reason).endedAt());
    }

    /** The claim was charged after the late ending's own instant, and will lapse some day. */
    @Test
    void thatFindNothingDoNotTellAnEndThatHasNotCome() {
      Account account =
          open(
              sheet()
                  .rule(
                      "submit",
                      Trigger.on("submit"),
                      Effect.charge("S").returnableFor(Duration.ofDays(2)))
                  .rule("end", Trigger.on("end"), Effect.keep(Effect.End.Reach.SUBJECT, "Kept")));
      account.apply(account.event("submit", day(4)).withSubject("a").withAmount(0));
      Event late = account.event("end", day(3)).withSubject("a");
      Reason.NoOpenClaim open =
          assertInstanceOf(Reason.NoOpenClaim.class, account.refuse("no-open-claim", late));
      assertEquals(Optional.empty(), open.endedAt());
      account.advance(day(6));
      Event before = account.event("end", day(3)).withSubject("a");
      Reason.NoOpenClaim none =
          assertInstanceOf(Reason.NoOpenClaim.class, account.refuse("no-open-claim", before));
      assertEquals(Optional.empty(), none.endedAt());
      Event again = account.event("end", day(6)).withSubject("a");
      Reason.NoOpenClaim lapsed =
          assertInstanceOf(Reason.NoOpenClaim.class, account.refuse("no-open-claim", again));
      assertEquals(Optional.of(day(6)), lapsed.endedAt());
    }

    /**
     * What was charged for the group has ended; it was open when the event happened, or was not.
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 3", "100, 0", "100, 3"})
    void ofAGroupAreRefusedWithWhenTheLastOfItEnded(int others, int daysBefore) {
      Account account =
          open(
              sheet()
                  .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "B"))
                  .rule(
                      "close", Trigger.on("close"), Effect.giveBack(Effect.End.Reach.GROUP, "C")));
      account.grant("buy", 10);
      account.apply(account.event("spend").withSubject("a").withGroup("g").withAmount(6));
      account.apply(account.event("spend").withSubject("b").withGroup("g").withAmount(1));
      for (int i = 0; i < others; i++) {
        account.apply(
            account.event("spend").withSubject("other " + i).withGroup("h").withAmount(0));
      }
      account.apply(account.event("back", day(5)).withSubject("b"));
      account.apply(account.event("back", day(7)).withSubject("a"));
      Event close = account.event("close", day(7 - daysBefore)).withGroup("g");
      Wallet restored = account.engine().restore(account.wallet().state());
      Reason reason = account.refuse("no-open-claim", close);
      assertEquals(Optional.of(day(7)), ((Reason.NoOpenClaim) reason).endedAt());
      assertFalse(((Reason.NoOpenClaim) reason).byThisEvent());
      assertEquals(reason, account.engine().decide(restored, close).reason());
    }

    @Test
    void ofNothingThatIsPendingAreRefused() {
      Account account =
          open(
              sheet()
                  .rule("early", Trigger.on("early"), Effect.settle())
                  .rule("gift", Trigger.on("gift"), GIFT.settlingAfter(Duration.ofDays(1))));
      Reason none = account.refuse("no-open-claim", account.event("early").withSubject("a"));
      assertFalse(((Reason.NoOpenClaim) none).byThisEvent());
      account.apply(account.event("gift").withSubject("a"));
      account.apply(account.event("early").withSubject("a"));
      assertEquals(5, account.available());
    }
  }

  @Nested
  class LimitsOpen {

    @Test
    void againInTheSessionThatATakenBackGrantCameIn() {
      Account account =
          open(
              sheet()
                  .limit(
                      Limit.of("session", Quantity.of(20), Window.session(Duration.ofHours(5)))
                          .regainedByRevocation())
                  .rule(
                      "award",
                      Trigger.on("award"),
                      Effect.grantOfEvent(AWARD, "A", "s").within("session"))
                  .rule("fraud", Trigger.on("fraud"), Effect.revoke("Taken back")));
      account.apply(account.event("award", day(1)).withAmount(5));
      Instant later = day(1).plus(Duration.ofHours(1));
      account.apply(account.event("award", later).withSubject("second").withAmount(7));
      assertEquals(8, account.engine().room(account.wallet(), "session").left());
      account.apply(account.event("fraud", later).withSubject("second"));
      assertEquals(15, account.engine().room(account.wallet(), "session").left());
    }

    @Test
    void neverForMoreThanTheyLetThrough() {
      Account account = awarding(Long.MAX_VALUE, Window.rolling(Duration.ofDays(7)));
      Room room = account.engine().room(account.wallet(), "cap");
      assertEquals(Long.MAX_VALUE, room.left());
      assertEquals(Optional.empty(), room.changesAt());
    }

    @Test
    void eachForWhatIsTakenBack() {
      Account account =
          open(
              sheet()
                  .limit(
                      Limit.of("week", Quantity.of(20), Window.rolling(Duration.ofDays(7)))
                          .regainedByRevocation())
                  .limit(Limit.of("ever", Quantity.of(30), Window.ever()).regainedByRevocation())
                  .rule(
                      "award",
                      Trigger.on("award"),
                      Effect.grant(AWARD, "A", "s", 8).within("week").within("ever"))
                  .rule("fraud", Trigger.on("fraud"), Effect.revoke("Taken back")));
      account.apply(account.event("award").withSubject("a"));
      assertEquals(12, account.engine().room(account.wallet(), "week").left());
      assertEquals(22, account.engine().room(account.wallet(), "ever").left());
      account.apply(account.event("fraud").withSubject("a"));
      assertEquals(20, account.engine().room(account.wallet(), "week").left());
      assertEquals(30, account.engine().room(account.wallet(), "ever").left());
    }

    /** The next day has room for one, but not for more than there is room for now. */
    @Test
    void forALateAwardWhenMoreFitsThanNow() {
      Account account = awarding(3, new Window.Calendar(Window.Calendar.Unit.DAY));
      account.apply(account.event("award", day(2)).withAmount(2));
      Decision late = account.apply(account.event("award", day(1)).withAmount(1));
      Consequence.Granted granted =
          assertInstanceOf(Consequence.Granted.class, Account.consequences(late).get(0));
      assertEquals(2, granted.rooms().get(0).left());
      assertEquals(Optional.of(day(3)), granted.rooms().get(0).changesAt());
    }

    @Test
    void whenTheSessionThatFollowsHasRoomToo() {
      Account account = awarding(50, Window.session(Duration.ofDays(7)));
      account.apply(account.event("award", day(1)).withAmount(50));
      account.apply(account.event("award", day(8)).withAmount(50));
      Reason.NoRoom reason =
          assertInstanceOf(
              Reason.NoRoom.class,
              account.refuse("no-room", account.event("award", day(4)).withAmount(10)));
      assertEquals(Optional.of(day(15)), reason.opensAt());
    }

    @Test
    void forWhatWouldApplyAtTheEndOfASession() {
      Account account = awarding(50, Window.session(Duration.ofDays(7)));
      account.apply(account.event("award", day(1)).withAmount(50));
      assertEquals(
          new Earliest.At(day(8)),
          account
              .engine()
              .earliest(account.wallet(), account.event("award").withAmount(10), day(100)));
    }

    /** When all that was counted is forgotten, nothing will change any more. */
    @Test
    void neverForWhatIsNotThereWhenNothingIsUnderWay() {
      Account account = awarding(50, Window.rolling(Duration.ofDays(7)));
      account.apply(account.event("award", day(1)).withAmount(5));
      account.advance(day(40));
      assertInstanceOf(
          Earliest.Never.class,
          account
              .engine()
              .earliest(account.wallet(), account.event("spend").withAmount(10), day(120)));
    }
  }

  @Nested
  class Versions {

    private static final Trigger TICKED = Trigger.onTick("daily");

    private static Policy.Builder ticking(String name, String from) {
      return version(name, from).tick("daily", Duration.ofDays(1)).rule("tick", TICKED, GIFT);
    }

    /** Only the version that is in force gives ticks, until one follows that is for everybody. */
    @Test
    void thatAreNotForTheWalletChangeNoTicks() {
      Account account =
          open(
              Program.named("test")
                  .version(ticking("1", "2000-01-01T00:00:00Z").build())
                  .version(
                      version("2", "2021-01-03T00:00:00Z").adoptedBy(Adoption.NEW_WALLETS).build())
                  .version(version("3", "2021-01-05T00:00:00Z").build()));
      account.advance(day(20));
      assertEquals(
          List.of(day(1), day(2), day(3)),
          account.history().stream().map(Transaction::at).toList());
    }

    @Test
    void thatAreOverGiveNoTicks() {
      Account account =
          Account.open(
              Program.named("test")
                  .version(ticking("1", "2000-01-01T00:00:00Z").build())
                  .version(
                      version("2", "2020-01-01T00:00:00Z").adoptedBy(Adoption.NEW_WALLETS).build()),
              Opening.of("plan", OPENED));
      assertEquals(day(31), account.engine().nextDue(account.wallet()));
      account.advance(day(20));
      assertEquals(List.of(), account.history());
    }

    private static Program.Builder dropping() {
      return Program.named("test")
          .version(
              version("1", "2000-01-01T00:00:00Z")
                  .source(Source.of("bound").usableOn("plan"))
                  .source(Source.of("short").living(Term.of(Duration.ofDays(5))))
                  .rule("bind", Trigger.on("bind"), Effect.grant(AWARD, "Bound", "bound", 5))
                  .rule("short", Trigger.on("short"), Effect.grant(AWARD, "Short", "short", 5))
                  .rule("go", Trigger.on("go"), Effect.switchPlanAtOnce())
                  .build())
          .version(
              version("2", "2021-01-03T00:00:00Z")
                  .rule(
                      "back",
                      Trigger.on("back"),
                      Effect.giveBack(Effect.End.Reach.SUBJECT, "Back").renewingExpired())
                  .build());
    }

    /** What a version no longer grants is what it was. */
    @Test
    void thatDropASourceDoNotThawIt() {
      Account account = open(dropping());
      account.apply(account.event("bind"));
      account.apply(account.event("go").withFact("plan", "other"));
      account.advance(day(9));
      assertEquals(5, account.wallet().frozen());
      assertEquals(0, account.available());
      assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
    }

    @Test
    void thatDropASourceGiveItsCreditsBackForItsTerm() {
      Account account = open(dropping());
      account.apply(account.event("short"));
      account.apply(account.event("spend").withSubject("x").withAmount(5));
      account.apply(account.event("back", day(10)).withSubject("x"));
      assertEquals(5, account.available());
      account.advance(day(15));
      assertEquals(0, account.available());
    }

    private static Policy.Builder promoting(String name, String from, int days) {
      return version(name, from)
          .source(Source.of("promo").living(Term.of(Duration.ofDays(days))))
          .rule("gift of " + name, Trigger.on("gift"), Effect.grant(AWARD, "Gift", "promo", 5));
    }

    /** However late it comes, its own version grants, is named, and says how long it lives. */
    @Test
    void thatAreOverJudgeAndTermWhatComesLate() {
      Account account =
          open(
              Program.named("test")
                  .lateness(Duration.ofDays(2))
                  .version(promoting("1", "2000-01-01T00:00:00Z", 30).build())
                  .version(promoting("2", "2021-01-03T00:00:00Z", 365).build()));
      account.advance("2021-01-03T12:00:00Z");
      Instant now = account.wallet().clock();
      Decision late = account.apply(account.event("gift", "2021-01-02T23:59:59Z"));
      Transaction row = late.transactions().get(0);
      assertEquals("1", row.cause().version());
      assertEquals("1", row.moves().get(0).lot().version());
      assertEquals(
          Optional.of(now.plus(Duration.ofDays(30))), row.moves().get(0).lot().expiresAt());
      Consequence told = ((Reason.Applied) late.reason()).consequences().get(0);
      assertEquals(List.of("gift of 1", "1"), List.of(told.rule(), told.version()));
      Decision onTime = account.apply(account.event("gift"));
      assertEquals("2", onTime.transactions().get(0).cause().version());
      assertEquals(
          Optional.of(now.plus(Duration.ofDays(365))),
          onTime.transactions().get(0).moves().get(0).lot().expiresAt());
    }

    /** The days before are no days of the version, though it was there for others. */
    @Test
    void thatAChangeOfPlanBringsTickFromThatChangeOn() {
      Account account =
          open(
              Program.named("test")
                  .version(
                      version("1", "2000-01-01T00:00:00Z")
                          .rule("go", Trigger.on("go"), Effect.switchPlanAtOnce())
                          .build())
                  .version(
                      ticking("2", "2021-01-02T00:00:00Z")
                          .adoptedBy(Adoption.CHANGED_PLANS)
                          .build()));
      Instant change = day(9).plus(Duration.ofHours(12));
      account.apply(account.event("go", change).withFact("plan", "other"));
      account.advance(day(11));
      assertEquals(
          List.of(day(10), day(11)), account.history().stream().map(Transaction::at).toList());
    }

    /** The room of a limit that the present version no longer has is given back to its own. */
    @Test
    void thatAreOverGetRoomBackWhenWhatTheyGrantedIsTakenBackLate() {
      Limit week = Limit.of("week", Quantity.of(10), Window.rolling(Duration.ofDays(7)));
      Account account =
          open(
              Program.named("test")
                  .lateness(Duration.ofDays(2))
                  .version(
                      version("1", "2000-01-01T00:00:00Z")
                          .limit(week.regainedByRevocation())
                          .rule(
                              "earn",
                              Trigger.on("earn"),
                              Effect.grant(AWARD, "Earned", "s", 10).within("week"))
                          .rule("back", Trigger.on("back"), Effect.revoke("Back"))
                          .build())
                  .version(version("2", "2021-01-03T00:00:00Z").build()));
      account.apply(account.event("earn", "2021-01-02T10:00:00Z").withSubject("x"));
      account.advance("2021-01-03T12:00:00Z");
      account.apply(account.event("back", "2021-01-02T11:00:00Z").withSubject("x"));
      account.apply(account.event("earn", "2021-01-02T12:00:00Z").withSubject("y"));
      assertEquals(10, account.available());
    }

    /** The rules are those of the version before; what is spent first is what the new one says. */
    @Test
    void thatAnEventBringsIntoForceSayWhatItSpends() {
      Account account =
          open(
              Program.named("test")
                  .version(
                      version("1", "2000-01-01T00:00:00Z")
                          .rule("go", Trigger.on("both"), Effect.switchPlanAtOnce())
                          .rule("pay", Trigger.on("both"), Effect.charge("Paid").of(1))
                          .build())
                  .version(
                      version("2", "2021-01-02T00:00:00Z")
                          .adoptedBy(Adoption.CHANGED_PLANS)
                          .spending(Order.NEWEST)
                          .build()));
      account.apply(account.event("buy", day(3)).withAmount(5));
      account.apply(account.event("buy", day(4)).withAmount(5));
      account.apply(account.event("both", day(5)).withFact("plan", "other"));
      assertEquals(day(4), account.last().moves().get(0).lot().grantedAt());
    }
  }

  @Nested
  class Time {

    private static Account holding() {
      return open(
          sheet()
              .rule("hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(2)))
              .rule("back", Trigger.on("back"), Effect.giveBackPart("Back"))
              .rule(
                  "gift",
                  Trigger.on("gift"),
                  Effect.grant(AWARD, "Gift", "s", 3)
                      .oncePerClaim("gift")
                      .settlingAfter(Duration.ofDays(1))));
    }

    /** The hold is as the part that came back, and the mark of the gift, have left it. */
    @Test
    void releasesWhatIsLeftOfAHoldAndTellsSo() {
      Account account = holding();
      account.grant("buy", 10);
      account.apply(account.event("hold").withSubject("a").withAmount(6));
      account.apply(account.event("back").withSubject("a").withAmount(2));
      account.apply(account.event("gift").withSubject("a"));
      assertEquals(
          List.of(
              new Consequence.Settled("gift", "1", 3, OPENED),
              new Consequence.Returned("release of a hold", "1", "a", 4, day(2))),
          Account.consequences(account.advance(day(2))));
      assertEquals(13, account.available());
    }

    @Test
    void isNotWhatTheNextEventDid() {
      Account account = holding();
      account.grant("buy", 10);
      account.apply(account.event("hold").withSubject("a").withAmount(6));
      Decision decision = account.apply(account.event("buy", day(3)).withAmount(1));
      assertEquals(1, Account.consequences(decision).size());
      assertEquals(2, decision.transactions().size());
    }

    /** A tick is reckoned from its restart, also from one at the wallet's first instant. */
    @ParameterizedTest
    @CsvSource({"0, 14", "1, 14", "2, 15"})
    void isReckonedFromARestart(int restarted, int ticked) {
      Account account =
          open(
              Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                  .source("s")
                  .plan(Plan.monthly("plan").anchoredOn(Anchor.dayOfMonth(20)))
                  .tick("fortnight", Period.ofDays(14))
                  .rule("restart", Trigger.on("restart"), Effect.restart("fortnight"))
                  .rule("tick", Trigger.onTick("fortnight"), GIFT));
      Instant at = OPENED.plus(Duration.ofHours(12L * restarted));
      account.apply(account.event("restart", at));
      account.advance(day(20));
      assertEquals(List.of(day(ticked)), account.history().stream().map(Transaction::at).toList());
      assertEquals(account.wallet(), account.engine().restore(account.wallet().state()));
    }

    /** A tick of a period that began before the cycle did is not brought again by it. */
    @ParameterizedTest
    @CsvSource({
      "up, 2021-03-20T10:00:00Z, 2021-04-20T00:00:00Z",
      "moved, 2021-03-20T10:00:00Z, 2021-04-15T00:00:00Z",
      "up, 2021-03-20T00:00:00Z, 2021-04-20T00:00:00Z",
      "up, 2021-04-01T00:00:00Z, 2021-05-01T00:00:00Z",
      "moved, 2021-04-15T00:00:00Z, 2021-05-15T00:00:00Z"
    })
    void doesNotGoBackForATickWithANewCycle(String plan, Instant at, Instant next) {
      Account account =
          open(
              Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
                  .source("s")
                  .plan(Plan.of("plan", Period.ofYears(1)))
                  .plan(Plan.of("up", Period.ofYears(1)))
                  .plan(Plan.of("moved", Period.ofMonths(6)).anchoredOn(Anchor.dayOfMonth(15)))
                  .tick("month", Period.ofMonths(1))
                  .rule("go", Trigger.on("go"), Effect.switchPlanAndRestartCycle())
                  .rule("tick", Trigger.onTick("month"), GIFT));
      account.advance(at);
      Decision decision = account.apply(account.event("go", at).withFact("plan", plan));
      assertEquals(List.of(), decision.transactions());
      assertEquals(next, account.engine().nextDue(account.wallet()));
    }

    /** A hold is released before what is pending settles, though this was earned before. */
    @Test
    void releasesHoldsBeforeItSettles() {
      Account account =
          open(
              sheet()
                  .rule(
                      "earn",
                      Trigger.on("earn"),
                      Effect.grant(AWARD, "Earned", "s", 3).settlingAfter(Duration.ofDays(2)))
                  .rule(
                      "hold",
                      Trigger.on("hold"),
                      Effect.charge("Held").heldFor(Duration.ofDays(2))));
      account.grant("buy", 5);
      account.apply(account.event("earn"));
      account.apply(account.event("hold").withSubject("room").withAmount(4));
      Decision both = account.advance(account.wallet().clock().plus(Duration.ofDays(2)));
      assertEquals(List.of(4L, 3L), both.transactions().stream().map(Transaction::amount).toList());
    }

    private static OptionalLong canComeBack(Effect.Charge charge, Effect... others) {
      Policy.Builder sheet =
          sheet()
              .rule("ask", Trigger.on("ask"), charge)
              .rule("none", Trigger.on("none"), Effect.nothing("it has no effect"));
      for (int i = 0; i < others.length; i++) {
        sheet.rule("other " + i, Trigger.on("other " + i), others[i]);
      }
      Account account = open(sheet);
      account.grant("buy", 9);
      account.apply(account.event("ask").withSubject("x").withAmount(2));
      account.apply(account.event("ask").withSubject("y").withGroup("g").withAmount(3));
      OptionalLong alone = stillOpen(account, "x");
      OptionalLong grouped = stillOpen(account, "y");
      return alone.isPresent() == grouped.isPresent()
          ? alone
          : OptionalLong.of(alone.isPresent() ? -2 : -3);
    }

    private static OptionalLong stillOpen(Account account, String subject) {
      return assertInstanceOf(
              Reason.NoEffect.class,
              account.refuse("no-effect", account.event("none").withSubject(subject)))
          .open();
    }

    /** Only what a rule, or time, can give back is said to come back. */
    @Test
    void tellsWhatCanComeBackOnlyIfSomethingGivesItBack() {
      Effect.Charge charge = Effect.charge("Ask");
      Effect.End all = Effect.giveBack(Effect.End.Reach.SUBJECT, "Back");
      Duration day = Duration.ofDays(1);
      assertEquals(OptionalLong.empty(), canComeBack(charge));
      assertEquals(
          OptionalLong.empty(), canComeBack(charge, Effect.keep(Effect.End.Reach.SUBJECT, "Kept")));
      assertEquals(OptionalLong.of(2), canComeBack(charge, all));
      assertEquals(OptionalLong.of(2), canComeBack(charge, Effect.settle(), all));
      assertEquals(OptionalLong.of(2), canComeBack(charge, Effect.capture("Captured")));
      assertEquals(
          OptionalLong.of(-3), canComeBack(charge, Effect.giveBack(Effect.End.Reach.GROUP, "All")));
      assertEquals(
          OptionalLong.empty(),
          canComeBack(charge, Effect.charge("B").forPart("b"), all.ofPart("b")));
      assertEquals(OptionalLong.of(2), canComeBack(charge.heldFor(day)));
      assertEquals(OptionalLong.empty(), canComeBack(charge.returnableFor(day)));
    }

    /** Time tells what it took, and which plan came into force. */
    @Test
    void tellsWhatTimeDidWithoutARule() {
      Account account =
          open(
              sheet()
                  .source(Source.of("short").living(Term.of(Duration.ofDays(10))))
                  .plan(Plan.monthly("large"))
                  .rule("gift", Trigger.on("gift"), Effect.grantOfEvent(AWARD, "Gift", "short"))
                  .rule("go", Trigger.on("go"), Effect.switchPlan()));
      Instant opened = account.wallet().clock();
      account.grant("gift", 3);
      account.grant("buy", 5);
      account.apply(account.event("go").withFact("plan", "large"));
      Decision expired = account.advance(opened.plus(Duration.ofDays(10)));
      assertEquals("3 credits expired at " + opened.plus(Duration.ofDays(10)) + ".", expired.why());
      Instant renewal = account.wallet().cycle().endExclusive();
      Decision renewed = account.advance(renewal);
      assertEquals("The plan is large from " + renewal + " on (renewal).", renewed.why());
      assertEquals("No rule did anything.", account.advance(renewal.plusSeconds(1)).why());
    }

    /** It was due before the wallet's clock, and is there when it comes. */
    @Test
    void tellsOfALateAwardWhenItIsThere() {
      Account account =
          open(
              sheet()
                  .rule(
                      "earn",
                      Trigger.on("earn"),
                      Effect.grant(AWARD, "Earned", "s", 3).settlingAfter(Duration.ofHours(3))));
      Instant at = account.wallet().clock();
      account.advance(at.plus(Duration.ofHours(20)));
      Decision late = account.apply(account.event("earn", at));
      Consequence.Earned earned =
          assertInstanceOf(
              Consequence.Earned.class, ((Reason.Applied) late.reason()).consequences().get(0));
      assertEquals(account.wallet().clock(), earned.availableAt());
      assertEquals(3, account.available());
    }

    /** A most that does not fit is above whatever there is. */
    @Test
    void cutsNothingAboveAMostThatDoesNotFit() {
      Account account =
          open(
              sheet()
                  .plan(Plan.monthly("large").allotting("L", "s", 3))
                  .rule(
                      "cap",
                      Trigger.on(CalendarEvent.RENEWED),
                      Effect.forfeitAbove("Cut", Quantity.ofPlan(Long.MAX_VALUE)))
                  .rule("go", Trigger.on("go"), Effect.switchPlanAtOnce()));
      account.grant("buy", 9);
      account.apply(account.event("go").withFact("plan", "large"));
      account.advance(day(70));
      assertEquals(9, account.available());
    }

    /** So it is refused, or what is there is taken, or as much granted as a limit leaves. */
    @Test
    void chargesAndGrantsNoMoreThanThereIsForMoreThanFits() {
      Quantity most = Quantity.ofPlan(Long.MAX_VALUE / 2);
      Account account =
          open(
              sheet()
                  .limit("cap", 20, Window.held())
                  .plan(Plan.monthly("large").allotting("L", "s", 3))
                  .rule("go", Trigger.on("go"), Effect.switchPlanAtOnce())
                  .rule("cost", Trigger.on("cost"), Effect.charge("Cost").of(most))
                  .rule(
                      "rest",
                      Trigger.on("rest"),
                      Effect.charge("Rest").of(most).takingWhatIsThere())
                  .rule(
                      "gift",
                      Trigger.on("gift"),
                      new Effect.Grant(
                              AWARD,
                              List.of(new Line("Gift", "s", most), new Line("More", "s", most)),
                              Optional.empty(),
                              List.of(),
                              Effect.Settlement.AT_ONCE)
                          .cutTo("cap")));
      account.grant("buy", 9);
      account.apply(account.event("go").withFact("plan", "large"));
      Reason.NotEnough reason =
          (Reason.NotEnough) account.refuse("not-enough", account.event("cost"));
      assertEquals(List.of(Long.MAX_VALUE, 9L), List.of(reason.amount(), reason.available()));
      account.apply(account.event("gift"));
      assertEquals(20, account.available());
      account.apply(account.event("rest"));
      assertEquals(0, account.available());
    }

    /** What was granted in all for a subject may be more than fits; what is left of it fits. */
    @Test
    void grantsASubjectMoreInAllThanFits() {
      Account account =
          open(
              sheet()
                  .spending(Order.NEWEST)
                  .rule("part", Trigger.on("part"), Effect.revoke("Back"))
                  .rule("whole", Trigger.on("whole"), Effect.revoke("Back").whole()));
      for (int i = 0; i < 3; i++) {
        account.apply(account.event("buy").withSubject("x").withAmount(Long.MAX_VALUE - 10));
        account.spend(Long.MAX_VALUE - 11);
      }
      account.refuse("not-enough", account.event("whole").withSubject("x"));
      Decision decision = account.apply(account.event("part").withSubject("x"));
      assertEquals(
          List.of(new Consequence.Revoked("part", "1", "x", 3, 0, Long.MAX_VALUE)),
          Account.consequences(decision));
      assertEquals(0, account.available());
    }

    /** What is forgotten is the row that is stored, mark and all: the account compares them. */
    @Test
    void forgetsAClaimAsItWasLeft() {
      Account account =
          open(
              sheet()
                  .rule(
                      "submit",
                      Trigger.on("submit"),
                      Effect.charge("S").returnableFor(Duration.ofDays(2)))
                  .rule("gift", Trigger.on("gift"), GIFT.oncePerClaim("gift")));
      account.grant("buy", 10);
      account.apply(account.event("submit").withSubject("a").withAmount(6));
      account.apply(account.event("gift").withSubject("a"));
      account.advance(day(30));
      assertEquals(Optional.empty(), account.wallet().claim("a"));
    }
  }

  /** Their hashes are the same, and no order of the wallet's may take one for the other. */
  @Test
  void namesWithOneHashAreKeptApart() {
    assertEquals("Aa".hashCode(), "BB".hashCode());
    Account account =
        open(
            sheet()
                .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "B"))
                .rule("close", Trigger.on("close"), Effect.giveBack(Effect.End.Reach.GROUP, "C")));
    account.grant("buy", 10);
    account.apply(account.event("spend").withSubject("BB").withGroup("Aa").withAmount(1));
    account.apply(account.event("spend").withSubject("Aa").withGroup("BB").withAmount(2));
    account.apply(account.event("spend").withSubject("C").withGroup("Aa").withAmount(4));
    account.apply(account.event("back").withSubject("Aa"));
    assertEquals(5, account.available());
    account.apply(account.event("close").withGroup("Aa"));
    assertEquals(10, account.available());
    account.refuse("no-open-claim", account.event("close").withGroup("BB"));
  }

  @Test
  void eventsWhoseIdsHaveOneHashAreKeptApart() {
    Account account = open(sheet());
    Event first = Event.of("Aa", OPENED, "buy").withAmount(1);
    Event second = Event.of("BB", OPENED, "buy").withAmount(2);
    account.apply(second);
    account.apply(first);
    assertEquals(3, account.available());
    assertInstanceOf(Reason.SeenBefore.class, account.decide(first).reason());
    assertInstanceOf(Reason.SeenBefore.class, account.decide(second).reason());
    account.advance(day(30));
    assertEquals(List.of(), account.wallet().state().seen());
  }

  /** The first reason is the one that comes first in the order of precedence, not of the rules. */
  @Test
  void reasonsOfSeveralRulesAreInOrderOfPrecedence() {
    Account account =
        open(
            sheet()
                .rule("pay", Trigger.on("both"), Effect.charge("Paid").of(1))
                .rule("end", Trigger.on("both"), Effect.giveBack(Effect.End.Reach.GROUP, "Back")));
    Event event = account.event("both").withGroup("none");
    assertEquals(
        List.of("no-open-claim", "not-enough"),
        account.decide(event).reasons().stream().map(reason -> reason.code().code()).toList());
  }
}
