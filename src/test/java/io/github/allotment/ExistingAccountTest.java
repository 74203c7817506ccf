package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Opening.Existing;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with accounts that it has kept elsewhere opens wallets with what they hold. */
class ExistingAccountTest {

  private static final Instant NOW = Instant.parse("2021-05-10T12:00:00Z");

  private final PolicyEngine engine = PolicyEngine.of(Connects.program());

  @Test
  void whatItHoldsIsOneRowAndTheLotsKeepTheirSourcesAndDates() {
    Decision opened =
        engine.open(
            existing(
                Existing.renewingFrom(LocalDate.parse("2019-08-31"))
                    .holding("purchases", 25, Instant.parse("2021-05-02T10:00:00Z"))
                    .holding("plan", 7, Instant.parse("2021-04-30T00:00:00Z"))));

    assertEquals(32, opened.wallet().available());
    assertEquals(1, opened.transactions().size());
    Transaction row = opened.transactions().get(0);
    assertEquals(TransactionType.ADJUSTMENT, row.type());
    assertEquals(32, row.amount());
    assertEquals(
        List.of("plan 7 2021-04-30T00:00:00Z", "purchases 25 2021-05-02T10:00:00Z"),
        opened.wallet().lots().stream()
            .map(lot -> lot.terms().source() + " " + lot.left() + " " + lot.terms().grantedAt())
            .toList());
  }

  /** What is of a cycle before counts as rolled over, as it did where the account was before. */
  @Test
  void whatItHoldsIsOfTheCycleInWhichItWasGranted() {
    Program program =
        Program.named("rolling")
            .version(
                Policy.version("only", Instant.parse("2000-01-01T00:00:00Z"))
                    .source(Source.of("data").living(Term.cycles(2)))
                    .spending(Order.CURRENT_CYCLE)
                    .plan(Plan.monthly("plan").allotting("Data", "data", 15))
                    .rule("use", Trigger.on("use"), Effect.charge("Use"))
                    .build())
            .build();
    PolicyEngine rolling = PolicyEngine.of(program);
    Instant moved = Instant.parse("2021-02-10T12:00:00Z");
    Wallet wallet =
        rolling
            .open(
                Opening.of("plan", moved)
                    .withExisting(
                        Existing.renewingFrom(LocalDate.parse("2020-12-01"))
                            .holding("data", 11, Instant.parse("2021-01-01T00:00:00Z"))
                            .holding("data", 15, Instant.parse("2021-02-01T00:00:00Z"))))
            .wallet();
    assertEquals(List.of(0L, -1L), wallet.lots().stream().map(lot -> lot.terms().cycle()).toList());
    assertEquals(
        wallet,
        rolling.restore(WalletData.fromTree(WalletData.toTree(wallet.state()))),
        "numbers below 0 are kept");
    Wallet used = rolling.decide(wallet, Event.of("1", moved, "use").withAmount(6)).wallet();
    Decision renewed = rolling.advance(used, Instant.parse("2021-03-01T00:00:00Z"));
    assertEquals(List.of(-11L), renewed.transactions().stream().map(Transaction::amount).toList());
    assertEquals(9, renewed.wallet().available());
  }

  /** The last day of a short month is a start of cycles that start on a later day. */
  @ParameterizedTest
  @CsvSource({
    "31, 2021-04-30, 2021-05-31 2021-06-30 2021-07-31",
    "30, 2021-02-28, 2021-05-30 2021-06-30 2021-07-30",
    "30, 2021-04-28, 2021-05-28 2021-05-30 2021-06-30",
    "15, 2021-04-15, 2021-05-15 2021-06-15 2021-07-15"
  })
  void itsCyclesGoOnIfThePlanKnowsTheirStart(int day, LocalDate start, String renewals) {
    Program program =
        Program.named("month")
            .version(
                Policy.version("only", Instant.parse("2000-01-01T00:00:00Z"))
                    .plan(Plan.monthly("plan").anchoredOn(Anchor.dayOfMonth(day)))
                    .build())
            .build();
    PolicyEngine monthly = PolicyEngine.of(program);
    Wallet wallet =
        monthly.open(Opening.of("plan", NOW).withExisting(Existing.renewingFrom(start))).wallet();
    List<String> starts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      wallet = monthly.advance(wallet, wallet.cycle().endExclusive()).wallet();
      starts.add(("" + wallet.clock()).substring(0, 10));
    }
    assertEquals(renewals, String.join(" ", starts));
  }

  @Test
  void whatHasExpiredBeforeItsOpeningIsGoneAtOnce() {
    Instant yearAgo = NOW.atZone(ZoneOffset.UTC).minusYears(1).toInstant();
    Program program =
        Program.named("expiring")
            .version(
                Policy.version("only", Instant.parse("2000-01-01T00:00:00Z"))
                    .source(Source.of("year").living(Term.of(Period.ofYears(1))))
                    .plan(Plan.monthly("plan"))
                    .build())
            .build();
    Decision opened =
        PolicyEngine.of(program)
            .open(
                Opening.of("plan", NOW)
                    .withExisting(
                        Existing.renewingFrom(LocalDate.parse("2021-05-01"))
                            .holding("year", 3, yearAgo)
                            .holding("year", 4, yearAgo.plusNanos(1))));

    assertEquals(
        List.of(7L, -3L), opened.transactions().stream().map(Transaction::amount).toList());
    assertEquals(4, opened.wallet().available());
  }

  @ParameterizedTest
  @ValueSource(strings = {"expiring", "ranked"})
  void whatOnlyAnEventKnowsItCanNotBring(String source) {
    Program program =
        Program.named("vouchers")
            .version(
                Policy.version("only", Instant.parse("2000-01-01T00:00:00Z"))
                    .source(Source.of("expiring").living(Term.ofEvent("until")))
                    .source(Source.of("ranked").withPriorityOfEvent("rank"))
                    .plan(Plan.monthly("plan"))
                    .build())
            .build();
    Opening opening =
        Opening.of("plan", NOW)
            .withExisting(
                Existing.renewingFrom(LocalDate.parse("2021-05-01")).holding(source, 3, NOW));
    PolicyEngine engine = PolicyEngine.of(program);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> engine.open(opening));
    assertTrue(("" + thrown.getMessage()).contains(source), thrown::getMessage);
  }

  @Test
  void itGetsNothingForOpening() {
    Decision opened = engine.open(existing(Existing.renewingFrom(LocalDate.parse("2021-05-01"))));

    assertEquals(0, opened.wallet().available());
    assertEquals(List.of(), opened.transactions());
    assertEquals(List.of(), opened.notices());
  }

  @Test
  void itsCycleGoesOnFromItsAnchorMonthEndIncluded() {
    Wallet wallet =
        engine.open(existing(Existing.renewingFrom(LocalDate.parse("2019-08-31")))).wallet();

    assertEquals(new Cycle(0, NOW, Instant.parse("2021-05-31T00:00:00Z")), wallet.cycle());
    Wallet later = engine.advance(wallet, Instant.parse("2021-06-30T00:00:00Z")).wallet();
    assertEquals(
        new Cycle(2, Instant.parse("2021-06-30T00:00:00Z"), Instant.parse("2021-07-31T00:00:00Z")),
        later.cycle());
    assertEquals(20, later.available());
  }

  @Test
  void anAnchorAheadMeansTheSameAsOneBehind() {
    Wallet behind =
        engine.open(existing(Existing.renewingFrom(LocalDate.parse("2021-04-20")))).wallet();
    Wallet ahead =
        engine.open(existing(Existing.renewingFrom(LocalDate.parse("2021-07-20")))).wallet();

    assertEquals(Instant.parse("2021-05-20T00:00:00Z"), behind.cycle().endExclusive());
    assertEquals(behind.cycle(), ahead.cycle());
  }

  @Test
  void aBonusThatItHasHadIsNotGrantedAgain() {
    Existing account =
        Existing.renewingFrom(LocalDate.parse("2021-05-01")).havingDone(Connects.READINESS_BONUS);
    Wallet had = engine.open(existing(account)).wallet();
    Wallet hadNot =
        engine.open(existing(Existing.renewingFrom(LocalDate.parse("2021-05-01")))).wallet();
    Event passed = Connects.readinessTestPassed("t", NOW);

    assertEquals(ReasonCode.ALREADY_DONE, engine.decide(had, passed).reason().code());
    assertEquals(40, engine.decide(hadNot, passed).wallet().available());
  }

  @Test
  void itsOldestLotsAreSpentFirst() {
    Wallet wallet =
        engine
            .open(
                existing(
                    Existing.renewingFrom(LocalDate.parse("2021-05-01"))
                        .holding("purchases", 5, Instant.parse("2021-05-02T00:00:00Z"))
                        .holding("plan", 5, Instant.parse("2021-05-01T00:00:00Z"))))
            .wallet();

    Decision charged = engine.decide(wallet, Connects.proposalSubmitted("s", NOW, "p", "j", 6));

    assertEquals(
        List.of("plan -5", "purchases -1"),
        charged.transactions().get(0).moves().stream()
            .map(move -> move.lot().source() + " " + move.amount())
            .toList());
  }

  /** Of credits that live for two cycles, those of three cycles ago are over, and so on. */
  @Test
  void aTermOfCyclesIsReckonedFromTheCycleOfTheGrant() {
    Policy policy =
        Policy.version("1", Instant.parse("2000-01-01T00:00:00Z"))
            .source(Source.of("s").living(Term.cycles(2)))
            .plan(Plan.monthly("plan"))
            .build();
    PolicyEngine cycles = PolicyEngine.of(Program.named("cycles").version(policy).build());
    Existing existing =
        Existing.renewingFrom(LocalDate.parse("2020-11-15"))
            .holding("s", 1, Instant.parse("2020-10-20T00:00:00Z"))
            .holding("s", 2, Instant.parse("2020-11-20T00:00:00Z"))
            .holding("s", 4, Instant.parse("2020-12-20T00:00:00Z"));
    Instant at = Instant.parse("2021-01-02T00:00:00Z");
    Wallet wallet = cycles.open(Opening.of("plan", at).withExisting(existing)).wallet();
    assertEquals(6, wallet.available());
    assertEquals(
        List.of("2021-01-15T00:00:00Z", "2021-02-15T00:00:00Z"),
        wallet.lots().stream()
            .map(lot -> lot.terms().expiresAt().orElseThrow().toString())
            .toList());
    assertEquals(wallet.state(), cycles.restore(wallet.state()).state());
  }

  private static Opening existing(Existing account) {
    return Connects.opening(Connects.BASIC, NOW, AccountKind.AGENCY, ReadinessTest.PASSED)
        .withExisting(account);
  }
}
