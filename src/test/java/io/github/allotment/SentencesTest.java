package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.Condition.Whose;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Unit;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said to people, word for word: one is singular, nothing is left out, nothing is 0 of 1.
 */
class SentencesTest {

  private static final Unit STARS = new Unit("star", "stars");
  private static final Instant AT = Instant.parse("2021-01-05T00:00:00Z");
  private static final Instant LATER = Instant.parse("2021-01-09T00:00:00Z");
  private static final Window WEEK = Window.rolling(Duration.ofDays(7));

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 seconds",
    "PT0.5S, PT0.5S",
    "PT24H0.000000001S, PT24H0.000000001S",
    "PT1S, 1 second",
    "PT59S, 59 seconds",
    "PT1M, 1 minute",
    "PT61S, 61 seconds",
    "PT2M, 2 minutes",
    "PT1H, 1 hour",
    "PT90M, 90 minutes",
    "PT23H, 23 hours",
    "PT24H, 24 hours",
    "PT25H, 25 hours",
    "PT48H, 2 days",
    "PT168H, 7 days"
  })
  void aLengthIsSaidInTheLargestUnitThatFits(Duration length, String words) {
    assertEquals(words, Sentences.length(length));
  }

  static Stream<Arguments> windows() {
    return Stream.of(
        Arguments.of(Window.held(), "held at once"),
        Arguments.of(WEEK, "in 7 days"),
        Arguments.of(Window.calendar(Window.Calendar.Unit.DAY), "a day"),
        Arguments.of(Window.calendar(Window.Calendar.Unit.WEEK), "a week"),
        Arguments.of(Window.calendar(Window.Calendar.Unit.MONTH), "a month"),
        Arguments.of(Window.calendar(Window.Calendar.Unit.YEAR), "a year"),
        Arguments.of(Window.session(Duration.ofHours(5)), "in a session of 5 hours"),
        Arguments.of(Window.cycle(), "a cycle"),
        Arguments.of(Window.ever(), "for ever"));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void everyWindowIsNamed(Window window, String words) {
    assertEquals(words, Sentences.in(window));
  }

  @Test
  void valuesAreEnumeratedWithOr() {
    FactValue a = FactValue.of("a");
    FactValue seven = FactValue.of(7);
    FactValue yes = FactValue.of(true);
    assertEquals("a", Sentences.anyOf(List.of(a)));
    assertEquals("a or 7", Sentences.anyOf(List.of(a, seven)));
    assertEquals("a, 7 or true", Sentences.anyOf(List.of(a, seven, yes)));
  }

  @Test
  void onlyWhatCouldHarmALineIsSpeltOut() {
    int harmful = 0;
    for (int c = 0; c <= 0xffff; c++) {
      String shown = Sentences.plain(Character.toString(c));
      boolean harms =
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR,
                Character.SURROGATE ->
                true;
            default -> false;
          };
      harmful += harms ? 1 : 0;
      String expected = harms ? "\\u{" + Integer.toHexString(c) + "}" : Character.toString(c);
      if (!expected.equals(shown)) {
        assertEquals(expected, shown);
      }
    }
    assertTrue(harmful > 2000, () -> "surrogates at least");
    assertEquals("a\\u{a}é\\u{202e}b", Sentences.plain("a\né\u202eb"));
  }

  // ---------------------------------------------------------------- reasons

  private static Reason notEnough(
      Reason.NotEnough.Of of, Optional<String> part, long amount, long available) {
    return new Reason.NotEnough("spend", "v", of, Optional.of("x\t"), part, amount, available, 0);
  }

  private static Reason noRoom(long amount, long left, Optional<Instant> opensAt) {
    return new Reason.NoRoom("award", "v", "week", 10, WEEK, AT, amount, left, opensAt);
  }

  private static Reason factMissing(Whose whose, List<FactValue> accepted, FactValue... actual) {
    return new Reason.FactMissing(
        "award", "v", "vi\nsit", whose, "kind", accepted, Stream.of(actual).findFirst());
  }

  private static Reason noOpenClaim(
      Reason.NoOpenClaim.Sought sought, Instant at, Optional<Instant> endedAt) {
    return new Reason.NoOpenClaim("back", "v", sought, "x\n", Optional.empty(), at, endedAt, false);
  }

  private static Reason endedTogether(Reason.NoOpenClaim.Sought sought, Optional<String> part) {
    return new Reason.NoOpenClaim("back", "v", sought, "x\n", part, AT, Optional.empty(), true);
  }

  private static Reason alreadyDone(Reason.AlreadyDone.Matter matter, Optional<Instant> freeFrom) {
    return new Reason.AlreadyDone("award", "v", matter, "x\n", freeFrom, false);
  }

  private static Reason doneTogether(Reason.AlreadyDone.Matter matter) {
    return new Reason.AlreadyDone("award", "v", matter, "x\n", Optional.empty(), true);
  }

  static Stream<Arguments> reasons() {
    List<FactValue> goodOrBest = List.of(FactValue.of("good"), FactValue.of("best"));
    return Stream.of(
        Arguments.of(
            new Reason.BeforeOpening(AT, LATER),
            "Refused: 2021-01-05T00:00:00Z is before the opening of the account's wallet at"
                + " 2021-01-09T00:00:00Z."),
        Arguments.of(
            new Reason.TooLate(AT, LATER, Duration.ofDays(1)),
            "Refused: 2021-01-05T00:00:00Z is more than 24 hours before the wallet's clock,"
                + " 2021-01-09T00:00:00Z; events from 2021-01-08T00:00:00Z on are accepted."),
        Arguments.of(
            new Reason.SeenBefore("e\n1", AT, ReasonCode.APPLIED),
            "Nothing done: event e\\u{a}1 of 2021-01-05T00:00:00Z was decided before (applied)."),
        Arguments.of(
            new Reason.SeenBefore("e1", AT, ReasonCode.NO_ROOM),
            "Nothing done: event e1 of 2021-01-05T00:00:00Z was decided before (refused,"
                + " no-room)."),
        Arguments.of(
            new Reason.IdReused("e\n1", AT, "vi\nsit"),
            "Refused: the id e\\u{a}1 belongs to the vi\\u{a}sit of 2021-01-05T00:00:00Z; another"
                + " event needs an id of its own."),
        Arguments.of(
            new Reason.NoRule("vi\nsit", AT, "v"),
            "Refused: version v of the program, in force at 2021-01-05T00:00:00Z, has no rule for"
                + " vi\\u{a}sit."),
        Arguments.of(
            new Reason.NoEffect("r", "v", "it is archived", Optional.empty(), OptionalLong.empty()),
            "No effect: it is archived."),
        Arguments.of(
            new Reason.NoEffect("r", "v", "it is archived", Optional.of("x\n"), OptionalLong.of(1)),
            "No effect: it is archived; the 1 star spent on x\\u{a} can still come back."),
        Arguments.of(
            new Reason.NoEffect("r", "v", "it is archived", Optional.empty(), OptionalLong.of(0)),
            "No effect: it is archived."),
        Arguments.of(
            new Reason.NoEffect("r", "v", "it is archived", Optional.empty(), OptionalLong.of(2)),
            "No effect: it is archived; the 2 stars spent on it can still come back."),
        Arguments.of(
            factMissing(Whose.EVENT, List.of()),
            "Refused: only award counts. It needs kind, and this vi\\u{a}sit has none."),
        Arguments.of(
            factMissing(Whose.WALLET, List.of()),
            "Refused: only award counts. It needs the account's kind, and the account has none."),
        Arguments.of(
            factMissing(Whose.EVENT, goodOrBest, FactValue.of("b\nad")),
            "Refused: only award counts. It needs kind to be good or best, and here it is b\\u{a}ad."),
        Arguments.of(
            factMissing(Whose.WALLET, goodOrBest, FactValue.of(7)),
            "Refused: only award counts. It needs the account's kind to be good or best, and here it"
                + " is 7."),
        Arguments.of(
            factMissing(Whose.EVENT, List.of(FactValue.of(true)), FactValue.of("true")),
            "Refused: only award counts. It needs kind to be true, and here it is the text true,"
                + " which is not what the rule asks for."),
        Arguments.of(
            factMissing(Whose.EVENT, List.of(FactValue.of("3")), FactValue.of(3)),
            "Refused: only award counts. It needs kind to be 3, and here it is the number 3, which"
                + " is not what the rule asks for."),
        Arguments.of(
            factMissing(Whose.EVENT, List.of(), FactValue.of(true)),
            "Refused: only award counts. It needs kind, and here it is the truth value true, which"
                + " is not what the rule asks for."),
        Arguments.of(
            noOpenClaim(Reason.NoOpenClaim.Sought.CHARGED, AT, Optional.empty()),
            "Refused: nothing was open for x\\u{a} at 2021-01-05T00:00:00Z (back)."),
        Arguments.of(
            noOpenClaim(Reason.NoOpenClaim.Sought.CHARGED, LATER, Optional.of(AT)),
            "Refused: nothing was open for x\\u{a} at 2021-01-09T00:00:00Z; it ended at"
                + " 2021-01-05T00:00:00Z (back)."),
        Arguments.of(
            noOpenClaim(Reason.NoOpenClaim.Sought.CHARGED, AT, Optional.of(AT)),
            "Refused: nothing was open for x\\u{a} at 2021-01-05T00:00:00Z; it ended at"
                + " 2021-01-05T00:00:00Z (back)."),
        Arguments.of(
            noOpenClaim(Reason.NoOpenClaim.Sought.CHARGED, AT, Optional.of(LATER)),
            "Refused: what was open for x\\u{a} had ended, at 2021-01-09T00:00:00Z, when this came"
                + " (back)."),
        Arguments.of(
            endedTogether(Reason.NoOpenClaim.Sought.CHARGED, Optional.of("fe\ne")),
            "Refused: another rule of this event ends what is open for x\\u{a} (fe\\u{a}e)"
                + " (back)."),
        Arguments.of(
            endedTogether(Reason.NoOpenClaim.Sought.PENDING, Optional.empty()),
            "Refused: another rule of this event settles or takes back what is pending for x\\u{a} (back)."),
        Arguments.of(
            noOpenClaim(Reason.NoOpenClaim.Sought.GRANTED, AT, Optional.empty()),
            "Refused: nothing is left of what x\\u{a} was granted by 2021-01-05T00:00:00Z (back)."),
        Arguments.of(
            noOpenClaim(Reason.NoOpenClaim.Sought.PENDING, AT, Optional.empty()),
            "Refused: nothing is pending that x\\u{a} had earned by 2021-01-05T00:00:00Z"
                + " (back)."),
        Arguments.of(
            alreadyDone(Reason.AlreadyDone.Matter.GRANTED_FOR_EVER, Optional.empty()),
            "Refused: the x\\u{a} has been granted, and is granted only once (award)."),
        Arguments.of(
            alreadyDone(Reason.AlreadyDone.Matter.GRANTED_FOR_CLAIM, Optional.empty()),
            "Refused: x\\u{a} has earned before, and earns only once (award)."),
        Arguments.of(
            alreadyDone(Reason.AlreadyDone.Matter.CHARGED, Optional.of(AT)),
            "Refused: x\\u{a} was charged before; its id can be charged again from"
                + " 2021-01-05T00:00:00Z (award)."),
        Arguments.of(
            alreadyDone(Reason.AlreadyDone.Matter.PLAN_COMING, Optional.empty()),
            "Refused: x\\u{a} is the plan already, or from the next renewal on (award)."),
        Arguments.of(
            doneTogether(Reason.AlreadyDone.Matter.GRANTED_FOR_EVER),
            "Refused: another rule of this event grants the x\\u{a}, which is granted only once"
                + " (award)."),
        Arguments.of(
            doneTogether(Reason.AlreadyDone.Matter.GRANTED_FOR_CLAIM),
            "Refused: x\\u{a} earns by another rule of this event, and earns only once (award)."),
        Arguments.of(
            doneTogether(Reason.AlreadyDone.Matter.CHARGED),
            "Refused: x\\u{a} is charged by another rule of this event (award)."),
        Arguments.of(
            doneTogether(Reason.AlreadyDone.Matter.PLAN_COMING),
            "Refused: another rule of this event changes the plan; x\\u{a} can't come too"
                + " (award)."),
        Arguments.of(
            noRoom(3, 0, Optional.of(AT)),
            "Refused: 3 stars for award would pass the limit of 10 stars in 7 days (week), of which"
                + " none is left at 2021-01-05T00:00:00Z; there is room from 2021-01-05T00:00:00Z."),
        Arguments.of(
            noRoom(10, 1, Optional.empty()),
            "Refused: 10 stars for award would pass the limit of 10 stars in 7 days (week), of which"
                + " 1 is left at 2021-01-05T00:00:00Z; there is room when less is held."),
        Arguments.of(
            new Reason.NoRoom("award", "v", "gift", 10, Window.ever(), AT, 1, 0, Optional.empty()),
            "Refused: 1 star for award would pass the limit of 10 stars for ever (gift), of which"
                + " none is left at 2021-01-05T00:00:00Z; no time makes room for more."),
        Arguments.of(
            noRoom(11, 2, Optional.empty()),
            "Refused: 11 stars for award would pass the limit of 10 stars in 7 days (week), of which"
                + " 2 are left at 2021-01-05T00:00:00Z; it never lets that many through."),
        Arguments.of(
            new Reason.NotEnough("spend", "v", 2, 1, 0),
            "Refused: it costs 2 stars and 1 is available (spend)."),
        Arguments.of(
            new Reason.NotEnough("spend", "v", 1, 0, 1),
            "Refused: it costs 1 star and 0 are available; 1 more is pending (spend)."),
        Arguments.of(
            new Reason.NotEnough("spend", "v", 9, 4, 5),
            "Refused: it costs 9 stars and 4 are available; 5 more are pending (spend)."),
        Arguments.of(
            notEnough(Reason.NotEnough.Of.CHARGED, Optional.empty(), 2, 1),
            "Refused: it is for 2 stars, and 1 is charged for x\\u{9} (spend)."),
        Arguments.of(
            notEnough(Reason.NotEnough.Of.CHARGED, Optional.of("fee"), 2, 1),
            "Refused: it is for 2 stars, and 1 is charged for x\\u{9} (fee) (spend)."),
        Arguments.of(
            notEnough(Reason.NotEnough.Of.GRANTED, Optional.empty(), 3, 2),
            "Refused: it takes back 3 stars, and 2 are left of what x\\u{9} was granted (spend)."),
        Arguments.of(new Reason.Applied(List.of()), "No rule did anything."));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void everyReasonSaysWhatWasMissing(Reason reason, String sentence) {
    assertEquals(sentence, reason.text(STARS));
  }

  @Test
  void everyCodeHasAReasonAndARuleIsNamedByThoseThatAreItsOwn() {
    Set<ReasonCode> seen = EnumSet.noneOf(ReasonCode.class);
    reasons()
        .map(row -> (Reason) row.get()[0])
        .forEach(
            reason -> {
              seen.add(reason.code());
              boolean ofRule =
                  reason.code().compareTo(ReasonCode.NO_EFFECT) >= 0
                      && reason.code() != ReasonCode.APPLIED;
              assertEquals(ofRule, reason.refusingRule().isPresent(), () -> "" + reason);
              reason.refusingRule().ifPresent(rule -> assertTrue(reason.toString().contains(rule)));
            });
    assertEquals(EnumSet.allOf(ReasonCode.class), seen);
  }

  @Test
  void whatCameTooLateOrAgainSaysWhatItWouldHaveTaken() {
    assertEquals(
        Instant.parse("2021-01-08T00:00:00Z"),
        new Reason.TooLate(AT, LATER, Duration.ofDays(1)).acceptedFrom());
    for (ReasonCode first : ReasonCode.values()) {
      assertEquals(first.outcome(), new Reason.SeenBefore("e", AT, first).firstOutcome());
    }
  }

  @Test
  void onlyWhatWasChargedOrGrantedHasASubject() {
    for (Reason.NotEnough.Of of : Reason.NotEnough.Of.values()) {
      for (Optional<String> subject : List.of(Optional.<String>empty(), Optional.of("x"))) {
        if (subject.isPresent() == (of != Reason.NotEnough.Of.AVAILABLE)) {
          assertEquals(
              of, new Reason.NotEnough("r", "v", of, subject, Optional.empty(), 2, 1, 0).of());
        } else {
          assertThrows(
              IllegalArgumentException.class,
              () -> new Reason.NotEnough("r", "v", of, subject, Optional.empty(), 2, 1, 0));
        }
      }
    }
  }

  // ---------------------------------------------------------------- consequences

  private static Room room(long left, Optional<Instant> changesAt) {
    return new Room("week", 10, WEEK, AT, left, changesAt);
  }

  static Stream<Arguments> consequences() {
    Room some = room(4, Optional.of(LATER));
    Room full = room(0, Optional.of(LATER));
    Room fullForNow = new Room("level", 7, Window.held(), AT, 0, Optional.empty());
    return Stream.of(
        Arguments.of(new Consequence.Brought("r", "v", 1), "1 star brought along (r)."),
        Arguments.of(
            new Consequence.Granted("r", "v", TransactionType.AWARD, 2, 2, List.of()),
            "2 stars added (r)."),
        Arguments.of(
            new Consequence.Granted(
                "r", "v", TransactionType.AWARD, 2, 3, List.of(some, full, fullForNow)),
            "2 of 3 stars added (r); 4 of 10 left in 7 days (week); 0 of 10 left in 7 days (week;"
                + " more from 2021-01-09T00:00:00Z); 0 of 7 left held at once (level)."),
        Arguments.of(
            new Consequence.Earned("r", "v", TransactionType.AWARD, 1, 1, AT, LATER, List.of(some)),
            "1 star earned (r), available by 2021-01-09T00:00:00Z; 4 of 10 left in 7 days (week)."),
        Arguments.of(
            new Consequence.Earned("r", "v", TransactionType.AWARD, 1, 2, AT, LATER, List.of()),
            "1 of 2 stars earned (r), available by 2021-01-09T00:00:00Z."),
        Arguments.of(
            new Consequence.Charged("r", "v", 2, 2, Optional.empty()), "2 stars spent (r)."),
        Arguments.of(
            new Consequence.Charged("r", "v", 1, 2, Optional.of("x\n")),
            "1 of 2 stars spent on x\\u{a} (r)."),
        Arguments.of(
            new Consequence.Returned("r", "v", "x\n", 0, AT), "Nothing to return for x\\u{a} (r)."),
        Arguments.of(
            new Consequence.Returned("r", "v", "x\n", 1, AT),
            "1 star returned for x\\u{a} at 2021-01-05T00:00:00Z (r)."),
        Arguments.of(
            new Consequence.Kept("r", "v", "x\n", 0), "Nothing to return for x\\u{a} (r)."),
        Arguments.of(
            new Consequence.Kept("r", "v", "x\n", 1),
            "The 1 star spent on x\\u{a} is not returned (r)."),
        Arguments.of(
            new Consequence.Kept("r", "v", "x", 2), "The 2 stars spent on x are not returned (r)."),
        Arguments.of(new Consequence.Forfeited("r", "v", 2, 5), "2 stars forfeited (r)."),
        Arguments.of(
            new Consequence.PlanChangeWaits("r", "v", "p\n", AT),
            "The plan changes to p\\u{a} at the next renewal, 2021-01-05T00:00:00Z (r)."),
        Arguments.of(
            new Consequence.PlanChangeCancelled("r", "v", "p\n", "q\n"),
            "The plan stays p\\u{a}; the change to q\\u{a} is cancelled (r)."),
        Arguments.of(
            new Consequence.PlanChanged("r", "v", "p\n", AT),
            "The plan is p\\u{a} from 2021-01-05T00:00:00Z on (r)."),
        Arguments.of(
            new Consequence.FactSet("r", "v", "kind", FactValue.of("g\nood")),
            "The account's kind is now g\\u{a}ood (r)."),
        Arguments.of(
            new Consequence.Revoked("r", "v", "x\n", 3, 0, 3),
            "3 stars taken back for x\\u{a} (r)."),
        Arguments.of(
            new Consequence.Revoked("r", "v", "x", 1, 2, 4),
            "3 of 4 stars taken back for x, 2 of them still pending (r)."),
        Arguments.of(
            new Consequence.Restarted("r", "v", "day", AT),
            "The day is reckoned from 2021-01-05T00:00:00Z (r)."),
        Arguments.of(
            new Consequence.Expired("expiry", "v", 1, AT),
            "1 star expired at 2021-01-05T00:00:00Z."),
        Arguments.of(
            new Consequence.Settled("r", "v", 1, AT),
            "1 star earned at 2021-01-05T00:00:00Z became available (r)."));
  }

  @ParameterizedTest
  @MethodSource("consequences")
  void everyConsequenceSaysWhatItDid(Consequence consequence, String sentence) {
    assertEquals(sentence, consequence.text(STARS));
    Reason twice = new Reason.Applied(List.of(consequence, consequence));
    assertEquals(sentence + " " + sentence, twice.text(STARS));
  }

  // ---------------------------------------------------------------- answers

  private static Transaction row(long amount, String label) {
    Cause cause = new Cause(Optional.empty(), "r", "v");
    return new Transaction(1, AT, TransactionType.AWARD, label, amount, 9, cause, List.of());
  }

  private static PendingAward pending(long amount) {
    return new PendingAward(
        1,
        new Cause(Optional.empty(), "r", "v"),
        Optional.empty(),
        TransactionType.AWARD,
        List.of(new PendingAward.Part("A", "s", amount, Optional.empty(), OptionalInt.empty())),
        AT,
        LATER,
        List.of());
  }

  private static Claim claim(Optional<String> part) {
    return new Claim(
        1,
        "x\n",
        part,
        Optional.empty(),
        AT,
        1,
        List.of(),
        ImmutableSortedSet.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Stream<Arguments> upcoming() {
    return Stream.of(
        Arguments.of(
            new Upcoming.Settlement(pending(1)),
            "At 2021-01-09T00:00:00Z 1 star becomes available."),
        Arguments.of(
            new Upcoming.Settlement(pending(2)),
            "At 2021-01-09T00:00:00Z 2 stars become available."),
        Arguments.of(
            new Upcoming.Expiry(LATER, List.of(row(-1, "old"), row(1, "new"))),
            "At 2021-01-09T00:00:00Z stars expire: -1 old, +1 new."),
        Arguments.of(
            new Upcoming.Release(LATER, claim(Optional.empty())),
            "At 2021-01-09T00:00:00Z a hold is released: +1 star for x\\u{a}."),
        Arguments.of(
            new Upcoming.Release(LATER, claim(Optional.of("p\n"))),
            "At 2021-01-09T00:00:00Z a hold is released: +1 star for x\\u{a} (p\\u{a})."),
        Arguments.of(
            new Upcoming.Ticked(LATER, List.of("hourly"), List.of()),
            "At 2021-01-09T00:00:00Z the tick hourly: no stars."),
        Arguments.of(
            new Upcoming.Ticked(LATER, List.of("hourly", "daily"), List.of(row(1, "more"))),
            "At 2021-01-09T00:00:00Z the ticks hourly and daily: +1 more."),
        Arguments.of(
            new Upcoming.Renewal(LATER, "p\n", List.of(row(0, "even"))),
            "At 2021-01-09T00:00:00Z the next cycle starts on the p\\u{a} plan: 0 even."));
  }

  @ParameterizedTest
  @MethodSource("upcoming")
  void whatIsComingSaysWhenAndWhat(Upcoming upcoming, String sentence) {
    assertEquals(sentence, upcoming.text(STARS));
    assertEquals(LATER, upcoming.at());
  }

  @Test
  void aRoomSaysWhatIsLeftAndWhenThatChanges() {
    assertEquals(
        "4 of 10 stars are left for week in 7 days, at 2021-01-05T00:00:00Z; more from"
            + " 2021-01-09T00:00:00Z.",
        room(4, Optional.of(LATER)).text(STARS));
    assertEquals(
        "1 of 10 stars is left for week in 7 days, at 2021-01-05T00:00:00Z.",
        room(1, Optional.empty()).text(STARS));
  }

  @Test
  void theEarliestInstantIsOneOrNeverOrNotKnownYet() {
    assertEquals("Possible from 2021-01-05T00:00:00Z.", new Earliest.At(AT).text(STARS));
    assertEquals(
        "Not possible before 2021-01-09T00:00:00Z.", new Earliest.NotBefore(LATER).text(STARS));
    assertEquals(
        "Never possible. At 2021-01-05T00:00:00Z: Refused: it costs 2 stars and 1 is available"
            + " (spend).",
        new Earliest.Never(new Reason.NotEnough("spend", "v", 2, 1, 0), AT).text(STARS));
  }

  @Test
  void aNoticeCountsWhatCameAndWhatThereIs() {
    assertEquals(
        "1 star became available at 2021-01-05T00:00:00Z; with it, 2 stars were available.",
        new Notice(AT, 1, 2, List.of()).text(STARS));
    assertEquals(
        "2 stars became available at 2021-01-05T00:00:00Z; with them, 1 star was available.",
        new Notice(AT, 2, 1, List.of()).text(STARS));
  }
}
