package io.github.allotment.benchmarks;

import io.github.allotment.Change;
import io.github.allotment.Claim;
import io.github.allotment.Decision;
import io.github.allotment.PolicyEngine;
import io.github.allotment.SeenEvent;
import io.github.allotment.Use;
import io.github.allotment.Wallet;
import io.github.allotment.WalletState;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.ReadinessTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jol.info.GraphLayout;

/** What wallets and changes take in memory, and the jar on disk. */
final class Sizes {

  static final String FRESH = "A fresh wallet";
  static final String CLAIM = "A claim";
  static final String LOT = "A lot";
  static final String USE = "A live use";
  static final String SEEN = "A remembered id";
  static final String FLOOR_FRESH = "Immutable floor: a fresh wallet";
  static final String FLOOR_CLAIM = "Immutable floor: a claim";
  static final String FEW_ROWS = "Rows of an award's changes, 10 open claims";
  static final String MANY_ROWS = "Rows of an award's changes, 100,000 open claims";
  static final String FEW_BYTES = "Bytes of these rows, 10 open claims";
  static final String MANY_BYTES = "Bytes of these rows, 100,000 open claims";
  static final String JAR = "The jar";

  private static final int MANY = 1_000;

  private Sizes() {}

  /** Measures them all. */
  static Map<String, Double> measured(Path jar) throws IOException {
    Map<String, Double> sizes = new LinkedHashMap<>();
    sizes.put(FRESH, (double) beyond(fresh(1), fresh(2), new Object[0]));
    sizes.put(CLAIM, each(Accounts.withClaims(0), Accounts.withClaims(MANY)));
    PolicyEngine metered = Metered.engine(2 * MANY);
    sizes.put(LOT, each(Metered.withLots(metered, 0), Metered.withLots(metered, MANY)));
    sizes.put(USE, each(Metered.withUses(metered, 1), Metered.withUses(metered, MANY + 1)));
    sizes.put(SEEN, each(Accounts.remembering(0), Accounts.remembering(MANY)));
    sizes.put(FLOOR_FRESH, (double) beyond(freshFloor(1), freshFloor(2), new Object[0]));
    sizes.put(FLOOR_CLAIM, floorClaim());
    List<Change> few = changes(10);
    List<Change> many = changes(100_000);
    sizes.put(FEW_ROWS, (double) few.size());
    sizes.put(MANY_ROWS, (double) many.size());
    sizes.put(FEW_BYTES, (double) GraphLayout.parseInstance(few).totalSize());
    sizes.put(MANY_BYTES, (double) GraphLayout.parseInstance(many).totalSize());
    sizes.put(JAR, (double) Files.size(jar));
    return sizes;
  }

  private static Wallet fresh(int second) {
    return Accounts.ENGINE
        .open(
            Connects.opening(
                Connects.BASIC,
                Instant.ofEpochSecond(Accounts.OPENED.getEpochSecond() + second),
                AccountKind.FREELANCER,
                ReadinessTest.PASSED))
        .wallet();
  }

  private static Floor.Wallet freshFloor(int second) {
    return Floor.open(false, true, Instant.ofEpochSecond(Accounts.OPENED.getEpochSecond() + second))
        .wallet();
  }

  private static double floorClaim() {
    List<Object> texts = new ArrayList<>();
    Floor.Wallet none = freshFloor(0);
    Floor.Wallet many =
        Floor.decide(none, new Floor.Bought("bought", Accounts.OPENED, 1_000_000)).wallet();
    none = Floor.decide(many, new Floor.Archived("later", Accounts.NOW, "none")).wallet();
    Instant at = Accounts.OPENED.plusSeconds(3_600);
    for (int i = 0; i < MANY; i++) {
      Floor.Submitted event =
          new Floor.Submitted("submitted " + i, at, Accounts.proposal(i), Accounts.job(i), 1);
      many = Floor.decide(many, event).wallet();
      texts.add(event.proposal());
      texts.add(event.job());
    }
    many = Floor.decide(many, new Floor.Archived("later", Accounts.NOW, "none")).wallet();
    Object[] host = texts.toArray();
    Floor.Wallet other = freshFloor(3);
    return (double) (beyond(many, other, host) - beyond(none, other, host)) / MANY;
  }

  /** Returns how much more each of many takes. */
  private static double each(Wallet few, Wallet many) {
    Object[] host = texts(many.state());
    Wallet other = fresh(3);
    return (double) (beyond(many, other, host) - beyond(few, other, host)) / MANY;
  }

  /** Returns the host's own texts: a wallet refers to them, and a host has them anyway. */
  private static Object[] texts(WalletState state) {
    List<Object> texts = new ArrayList<>();
    for (Claim claim : state.claims()) {
      texts.add(claim.subject());
      claim.group().ifPresent(texts::add);
    }
    for (SeenEvent event : state.seen()) {
      texts.add(event.id());
      texts.add(event.type());
    }
    for (Use use : state.uses()) {
      texts.add(use.limit());
    }
    return texts.toArray();
  }

  /**
   * Returns what a wallet retains that neither another wallet of its kind nor the host does: the
   * program's own parts are shared by all wallets.
   */
  private static long beyond(Object wallet, Object other, Object[] host) {
    long both = GraphLayout.parseInstance(wallet, other, host, Accounts.ENGINE).totalSize();
    return both - GraphLayout.parseInstance(other, host, Accounts.ENGINE).totalSize();
  }

  private static List<Change> changes(int claims) {
    Decision award = Accounts.ENGINE.decide(Accounts.withClaims(claims), Accounts.interviews()[0]);
    return award.changes();
  }
}
