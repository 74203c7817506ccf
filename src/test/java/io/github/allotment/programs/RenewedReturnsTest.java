package io.github.allotment.programs;

import static io.github.allotment.policy.TransactionType.BONUS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.allotment.Claim;
import io.github.allotment.Consequence;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.Opening;
import io.github.allotment.Reason;
import io.github.allotment.WalletData;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What returns to a lot that has expired may become a new one. */
class RenewedReturnsTest {

  private static final Instant OPENED = Instant.parse("2021-01-01T00:00:00Z");
  private static final Effect.Charge SPENT = Effect.charge("Spent");

  private static Instant day(int day) {
    return OPENED.plus(Duration.ofDays(day));
  }

  private static Policy.Builder sheet(String name, Instant from, int days, Effect.Charge charge) {
    return Policy.version(name, from)
        .source(Source.of("s").living(Term.of(Duration.ofDays(days))))
        .plan(Plan.monthly("plan"))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(BONUS, "Bought", "s"))
        .rule("spend", Trigger.on("spend"), charge)
        .rule(
            "back",
            Trigger.on("back"),
            Effect.giveBack(Effect.End.Reach.SUBJECT, "Back").renewingExpired())
        .rule("take", Trigger.on("take"), Effect.revoke("Taken back"));
  }

  private static Account open(Policy.Builder... versions) {
    return Account.open(Duration.ofDays(5), Opening.of("plan", OPENED), versions);
  }

  /**
   * The term is that of the version whose rule gives back, also if it was charged under another.
   */
  @Test
  void itHasTheTermOfTheVersionOfTheRule() {
    Account account = open(sheet("1", OPENED, 5, SPENT), sheet("2", day(6), 9, SPENT));
    account.grant("buy", 10);
    account.apply(account.event("spend").withSubject("x").withAmount(4));
    account.apply(account.event("back", day(9)).withSubject("x"));
    Lot.Terms lot = account.wallet().lots().get(0).terms();
    assertEquals(Optional.of(day(18)), lot.expiresAt());
    assertEquals("2", lot.version());
    assertEquals(4, account.available());
  }

  /** What the subject was granted is still that when it comes back as a new lot. */
  @Test
  void itIsOfTheSameGrant() {
    Account account = open(sheet("1", OPENED, 5, SPENT));
    account.apply(account.event("buy").withSubject("order").withAmount(5));
    account.apply(account.event("spend").withSubject("x").withAmount(3));
    account.apply(account.event("back", day(7)).withSubject("x"));
    assertEquals(3, account.available());
    Consequence.Revoked taken =
        (Consequence.Revoked)
            Account.consequences(account.apply(account.event("take").withSubject("order"))).get(0);
    assertEquals(3, taken.amount());
    assertEquals(5, taken.asked());
    assertEquals(0, account.available());
  }

  /** So is what time releases of a hold, if its charge says so; it is there for another term. */
  @ParameterizedTest
  @CsvSource({"false, 0", "true, 10"})
  void soDoesWhatTimeReleases(boolean renews, long left) {
    Effect.Charge held = SPENT.heldFor(Duration.ofDays(7));
    Account account = open(sheet("1", OPENED, 10, renews ? held.renewingExpired() : held));
    account.grant("buy", 10);
    account.apply(account.event("spend", day(9)).withSubject("x").withAmount(10));
    assertEquals(
        account.wallet(),
        account.engine().restore(WalletData.fromTree(WalletData.toTree(account.wallet().state()))));
    account.advance(day(16));
    assertEquals(left, account.available());
    account.advance(day(26).minusNanos(1));
    assertEquals(left, account.available());
    account.advance(day(26));
    assertEquals(0, account.available());
  }

  /** Of a term of cycles too, also at the very instant of a renewal: it ends with the next one. */
  @ParameterizedTest
  @CsvSource({"24", "25"})
  void soDoesWhatTimeReleasesWithARenewal(int day) {
    Account account =
        Account.open(
            Policy.version("1", OPENED)
                .source(Source.of("s").living(Term.cycles(1)))
                .plan(Plan.monthly("plan"))
                .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(BONUS, "Bought", "s"))
                .rule(
                    "spend",
                    Trigger.on("spend"),
                    SPENT.heldFor(Duration.ofDays(7)).renewingExpired()),
            Opening.of("plan", OPENED));
    account.grant("buy", 5);
    account.apply(account.event("spend", day(day)).withSubject("x").withAmount(5));
    account.advance(day(31 + 28).minusNanos(1));
    assertEquals(5, account.available(), "of the 24th it is released at the renewal");
    account.advance(day(31 + 28));
    assertEquals(0, account.available());
  }

  /** What has expired is said to come back only if something makes a new lot of it. */
  @ParameterizedTest
  @CsvSource({
    "false, false, false, 3",
    "true, false, false, 10",
    "false, true, false, 10",
    "false, false, true, 3"
  })
  void whatHasExpiredIsSaidToComeBackOnlyThen(
      boolean released, boolean returned, boolean keptInAnother, long open) {
    Effect.Charge held = SPENT.heldFor(Duration.ofDays(90));
    Effect.End back = Effect.giveBack(Effect.End.Reach.SUBJECT, "Back");
    Policy.Builder sheet =
        Policy.version("1", OPENED)
            .source(Source.of("s").living(Term.of(Duration.ofDays(10))))
            .source("t")
            .plan(Plan.monthly("plan"))
            .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(BONUS, "Bought", "s"))
            .rule("get", Trigger.on("get"), Effect.grantOfEvent(BONUS, "Got", "t"))
            .rule("spend", Trigger.on("spend"), released ? held.renewingExpired() : held)
            .rule("back", Trigger.on("back"), returned ? back.renewingExpired() : back)
            .rule("archive", Trigger.on("archive"), Effect.nothing("it stays"));
    if (keptInAnother) {
      sheet.rule(
          "part",
          Trigger.on("part"),
          Effect.keep(Effect.End.Reach.SUBJECT, "Part").renewingExpired());
    }
    Account account = Account.open(sheet, Opening.of("plan", OPENED));
    account.grant("buy", 7);
    account.grant("get", 3);
    account.apply(account.event("spend").withSubject("x").withAmount(10));
    Event archive = account.event("archive", day(9)).withSubject("x");
    assertEquals(
        OptionalLong.of(10), ((Reason.NoEffect) account.refuse("no-effect", archive)).open());
    Event later = account.event("archive", day(10)).withSubject("x");
    assertEquals(
        OptionalLong.of(open), ((Reason.NoEffect) account.refuse("no-effect", later)).open());
  }

  @Test
  void onlyAHoldIsReleased() {
    for (Effect.Charge charge : List.of(SPENT, SPENT.returnableFor(Duration.ofDays(1)))) {
      assertThrows(IllegalStateException.class, charge::renewingExpired);
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Effect.Lapse(
                Duration.ofDays(1), Effect.End.Back.NOTHING, Effect.End.Expired.NEW_LOT));
    assertThrows(IllegalArgumentException.class, () -> new Claim.Lapse(OPENED, false, true));
  }
}
