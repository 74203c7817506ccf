package io.github.allotment.pages;

import static io.github.allotment.Outcome.APPLIED;
import static io.github.allotment.Outcome.DUPLICATE;
import static io.github.allotment.Outcome.REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.allotment.Decision;
import io.github.allotment.Opening;
import io.github.allotment.Outcome;
import io.github.allotment.PolicyEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host can do what the library does not, with two events in one transaction of its own. */
class TeamHostTest {

  private static final Instant OPENED = Instant.parse("2021-01-05T00:00:00Z");
  private static final Instant LATER = Instant.parse("2021-01-06T00:00:00Z");

  private Connection db;
  private WalletStore wallets;
  private TeamHost host;

  @BeforeEach
  void open() throws SQLException, JsonProcessingException {
    db = DriverManager.getConnection("jdbc:h2:mem:");
    for (String statement : PagesTest.sql("storing-wallets", 0)) {
      Sql.update(db, statement);
    }
    wallets = new WalletStore(db, PolicyEngine.of(TeamHost.program()));
    host = new TeamHost(db);
    wallets.open("ann", Opening.of("member", OPENED));
    wallets.open("ben", Opening.of("member", OPENED));
    wallets.open("team", Opening.of("team", OPENED));
  }

  @AfterEach
  void close() throws SQLException {
    db.close();
  }

  private long available(String account) throws SQLException, JsonProcessingException {
    return wallets.load(account).available();
  }

  private static List<Outcome> outcomes(List<Decision> decisions) {
    return decisions.stream().map(Decision::outcome).toList();
  }

  @Test
  void aGiftMovesOnce() throws SQLException, JsonProcessingException {
    assertEquals(List.of(APPLIED, APPLIED), outcomes(host.give("ann", "ben", "g1", LATER, 5)));
    assertEquals(List.of(DUPLICATE, DUPLICATE), outcomes(host.give("ann", "ben", "g1", LATER, 5)));
    assertEquals(15, available("ann"));
    assertEquals(25, available("ben"));
  }

  @Test
  void nobodyGivesToThemselves() throws SQLException, JsonProcessingException {
    assertThrows(IllegalArgumentException.class, () -> host.give("ann", "ann", "g1", LATER, 5));
    assertEquals(20, available("ann"));
  }

  @Test
  void aPaymentThatIsToldTwiceOrOutOfOrderCountsOnce()
      throws SQLException, JsonProcessingException {
    host.use("team", "ann", "u1", LATER.plusMillis(50), 1);
    assertEquals(APPLIED, host.paid("ann", "payment-1", LATER, 10).outcome());
    wallets.wake(LATER.plusSeconds(3_600));
    assertEquals(DUPLICATE, host.paid("ann", "payment-1", LATER, 10).outcome());
    assertEquals(29, available("ann"));
  }

  @Test
  void aGiftThatIsRefusedMovesNothingAndMayBeTriedAgain()
      throws SQLException, JsonProcessingException {
    assertEquals(List.of(REFUSED, APPLIED), outcomes(host.give("ann", "ben", "g1", LATER, 25)));
    assertEquals(20, available("ann"));
    assertEquals(20, available("ben"));
    host.paid("ann", "payment-1", LATER, 10);
    assertEquals(List.of(APPLIED, APPLIED), outcomes(host.give("ann", "ben", "g1", LATER, 25)));
    assertEquals(5, available("ann"));
    assertEquals(45, available("ben"));
  }

  @Test
  void aMemberUsesTheTeamsCreditsWithinAnAllowance() throws SQLException, JsonProcessingException {
    assertEquals(List.of(APPLIED, APPLIED), outcomes(host.use("team", "ann", "u1", LATER, 15)));
    assertEquals(List.of(APPLIED, REFUSED), outcomes(host.use("team", "ann", "u2", LATER, 15)));
    assertEquals(List.of(APPLIED, APPLIED), outcomes(host.use("team", "ben", "u3", LATER, 15)));
    assertEquals(70, available("team"));
    assertEquals(5, available("ann"));
  }

  @Test
  void aPaymentCountsOnceAndGoesBackAsFarAsItIsUnspent()
      throws SQLException, JsonProcessingException {
    host.paid("ann", "payment-1", LATER, 50);
    assertEquals(DUPLICATE, host.paid("ann", "payment-1", LATER, 50).outcome());
    assertEquals(70, available("ann"));
    host.use("team", "ann", "u1", LATER, 30);
    assertEquals(APPLIED, host.reversed("ann", "payment-1", LATER).outcome());
    assertEquals(0, available("ann"));
  }
}
