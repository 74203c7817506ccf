package io.github.allotment.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Standing;
import io.github.allotment.Wallet;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Trigger;
import io.github.allotment.testkit.Histories;
import io.github.allotment.testkit.History;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two stores of the page keep what they are given, whoever else is at work. */
class StoredWalletsHostTest {

  private static final Instant OPENED = Instant.parse("2021-01-05T00:00:00Z");

  private Connection db;

  @BeforeEach
  void connect() throws SQLException {
    db = DriverManager.getConnection("jdbc:h2:mem:");
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private void tables(int block) throws SQLException {
    for (String statement : PagesTest.sql("storing-wallets", block)) {
      Sql.update(db, statement);
    }
  }

  private static Program program() {
    return TeamHost.program();
  }

  private static Event use(String id, long amount) {
    return Event.of(id, OPENED.plusSeconds(60), "used").withAmount(amount);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aWalletStoredAfterEveryEventIsTheEngines(long seed)
      throws SQLException, JsonProcessingException {
    History history = Histories.ofSeed(program(), seed);
    PolicyEngine engine = PolicyEngine.of(program());
    tables(0);
    WalletStore store = new WalletStore(db, engine);
    store.open("ann", history.opening());
    Wallet wallet = engine.open(history.opening()).wallet();
    for (Event event : history.events()) {
      wallet = engine.decide(wallet, event).wallet();
      store.handle("ann", event);
      assertEquals(wallet.state(), store.load("ann").state());
    }
    String sum = "select coalesce(sum(amount), 0) from history where account = 'ann'";
    assertEquals("" + (wallet.available() + wallet.frozen()), Sql.query(db, sum).get(0).get(0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rowsStoredAfterEveryEventAreTheEnginesWallet(long seed)
      throws SQLException, JsonProcessingException {
    History history = Histories.ofSeed(program(), seed);
    PolicyEngine engine = PolicyEngine.of(program());
    tables(1);
    RowStore store = new RowStore(db, engine);
    store.open("ann", history.opening());
    Wallet wallet = engine.open(history.opening()).wallet();
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      assertEquals(
          !decision.changes().isEmpty(),
          decision.changes().stream().anyMatch(change -> change.row() instanceof Standing));
      wallet = decision.wallet();
      store.handle("ann", event);
      assertTrue(store.load("ann").asStored());
      assertEquals(wallet.state(), store.load("ann").wallet().state());
    }
  }

  @Test
  void ofTwoDecisionsOnOneWalletTheSecondIsMadeAgain()
      throws SQLException, JsonProcessingException {
    PolicyEngine engine = PolicyEngine.of(program());
    tables(0);
    WalletStore store = new WalletStore(db, engine);
    store.open("ann", Opening.of("member", OPENED));

    Wallet read = store.load("ann");
    assertTrue(store.save("ann", read, engine.decide(read, use("one", 12))));
    assertFalse(store.save("ann", read, engine.decide(read, use("two", 12))));
    Decision again = store.handle("ann", use("two", 12));

    assertFalse(again.isApplied());
    assertEquals(8, store.load("ann").available());
    assertEquals(2, Sql.query(db, "select * from history").size());
  }

  @Test
  void ofTwoDecisionsOnOneWalletsRowsTheSecondIsMadeAgain()
      throws SQLException, JsonProcessingException {
    PolicyEngine engine = PolicyEngine.of(program());
    tables(1);
    RowStore store = new RowStore(db, engine);
    store.open("ann", Opening.of("member", OPENED));

    RowStore.Stored read = store.load("ann");
    Decision idle = engine.advance(read.wallet(), OPENED.plusSeconds(30));
    assertTrue(store.save("ann", read, idle));
    assertEquals(read.wallet().revision(), store.load("ann").wallet().revision());
    assertFalse(store.save("ann", read, engine.decide(read.wallet(), use("one", 12))));
    store.handle("ann", use("one", 12));

    assertEquals(8, store.load("ann").wallet().available());
  }

  @Test
  void theSchedulerFindsTheWalletsThatAreDue() throws SQLException, JsonProcessingException {
    tables(0);
    WalletStore store = new WalletStore(db, PolicyEngine.of(program()));
    store.open("ann", Opening.of("member", OPENED));
    store.open("ben", Opening.of("member", OPENED.plus(Duration.ofDays(3))));
    store.handle("ann", use("one", 12));

    store.wake(Instant.parse("2021-02-04T23:59:59Z"));
    assertEquals(OPENED.plusSeconds(60), store.load("ann").clock());
    store.wake(Instant.parse("2021-02-06T00:00:00Z"));

    assertEquals(20, store.load("ann").available());
    assertEquals(OPENED.plus(Duration.ofDays(3)), store.load("ben").clock());
    assertEquals(
        List.of("2021-03-05 00:00:00", "2021-02-08 00:00:00"),
        Sql.query(db, "select next_due from wallet order by account").stream()
            .map(row -> row.get(0).substring(0, 19))
            .toList());
  }

  /** The same program with a version from 2022 that gives more, and a tick each day. */
  private static Program next() {
    Policy first = program().versions().get(0);
    Policy second =
        Policy.version("2", Instant.parse("2022-01-01T00:00:00Z"))
            .source("monthly")
            .source("gifts")
            .source("bought")
            .plan(Plan.monthly("member").allotting("Monthly credits", "monthly", 30))
            .plan(Plan.monthly("team"))
            .tick("day", Duration.ofHours(24))
            .rule("credits of the month", Trigger.on(CalendarEvent.RENEWED), Effect.refill())
            .rule("a use", Trigger.on("used"), Effect.charge("Use"))
            .build();
    return Program.named("teams").version(first).version(second).build();
  }

  @Test
  void anUpgradeKeepsWalletsAndTheirRows() throws SQLException, JsonProcessingException {
    tables(0);
    WalletStore old = new WalletStore(db, PolicyEngine.of(program()));
    old.open("ann", Opening.of("member", OPENED));
    old.handle("ann", use("one", 12));
    WalletStore upgraded = new WalletStore(db, PolicyEngine.of(next()));
    assertEquals(8, upgraded.load("ann").available());
    upgraded.wake(Instant.parse("2022-01-06T00:00:00Z"));
    assertEquals(30, upgraded.load("ann").available());
  }

  @Test
  void anUpgradeWritesAllRowsOfAWalletOnce() throws SQLException, JsonProcessingException {
    tables(1);
    RowStore old = new RowStore(db, PolicyEngine.of(program()));
    old.open("ann", Opening.of("member", OPENED));
    old.handle("ann", use("one", 12));
    RowStore upgraded = new RowStore(db, PolicyEngine.of(next()));
    assertFalse(upgraded.load("ann").asStored());
    upgraded.handle("ann", use("two", 3));
    assertTrue(upgraded.load("ann").asStored());
    assertEquals(5, upgraded.load("ann").wallet().available());
    assertFalse(old.load("ann").asStored());
    old.handle("ann", use("three", 1));
    assertEquals(4, upgraded.load("ann").wallet().available());
  }
}
