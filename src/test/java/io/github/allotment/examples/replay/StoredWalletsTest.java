package io.github.allotment.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Row;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.data.Problem;
import io.github.allotment.examples.programs.Catalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wallet that is stored as data between any two events goes on as if it had not been. */
class StoredWalletsTest {

  static Stream<Path> histories() {
    return Catalogue.histories().stream();
  }

  private static List<Wallet> walletsOf(Path file) throws BadHistory {
    History history = HistoryReader.read(file);
    PolicyEngine engine = history.engine();
    List<Wallet> wallets = new ArrayList<>();
    wallets.add(engine.open(history.opening()).wallet());
    for (Event event : history.events()) {
      wallets.add(engine.decide(wallets.get(wallets.size() - 1), event).wallet());
    }
    if (history.until().isPresent()) {
      wallets.add(engine.advance(wallets.get(wallets.size() - 1), history.until().get()).wallet());
    }
    return wallets;
  }

  @ParameterizedTest
  @MethodSource("histories")
  void writtenAndReadItIsTheSame(Path file) throws BadHistory {
    PolicyEngine engine = HistoryReader.read(file).engine();
    for (Wallet wallet : walletsOf(file)) {
      WalletState state = wallet.state();
      JsonNode stored = Catalogue.json(WalletData.toTree(state));
      WalletState read = WalletData.fromTree(Catalogue.plain(stored));
      assertEquals(state, read);
      assertEquals(wallet, engine.restore(read));
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void rowByRowItIsTheSame(Path file) throws BadHistory {
    for (Wallet wallet : walletsOf(file)) {
      List<Row> read = new ArrayList<>();
      for (Row row : wallet.state().rows()) {
        JsonNode stored = Catalogue.json(WalletData.toTree(row));
        read.add(WalletData.fromTree(row.table(), Catalogue.plain(stored)));
      }
      assertEquals(wallet.state(), WalletState.of(read));
    }
  }

  @Test
  void aRowOfAnotherTableIsToldApart() throws BadHistory {
    Wallet wallet = walletsOf(Catalogue.histories().get(0)).get(0);
    InvalidDataException thrown =
        assertThrows(
            InvalidDataException.class,
            () ->
                WalletData.fromTree(Row.Table.LOTS, WalletData.toTree(wallet.state().standing())));
    assertTrue(thrown.problems().stream().anyMatch(problem -> problem.path().equals("number")));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void theChangesOfEveryDecisionMakeTheNextState(Path file) throws BadHistory {
    History history = HistoryReader.read(file);
    PolicyEngine engine = history.engine();
    Wallet wallet = engine.open(history.opening()).wallet();
    for (Event event : history.events()) {
      Decision advanced = engine.advance(wallet, event.at());
      assertEquals(advanced.wallet().state(), wallet.state().after(advanced.changes()));
      Decision decision = engine.decide(wallet, event);
      Wallet stepwise =
          event.at().isBefore(wallet.openedAt())
              ? decision.wallet()
              : engine.decide(advanced.wallet(), event).wallet();
      assertEquals(decision.wallet().available(), stepwise.available());
      assertEquals(decision.wallet(), engine.preview(wallet, event).wallet());
      assertEquals(decision.wallet().state(), wallet.state().after(decision.changes()));
      assertEquals(
          decision.wallet(), engine.decide(engine.restore(wallet.state()), event).wallet());
      wallet = decision.wallet();
    }
  }

  /** Damage is told as a problem of the form, or as an invariant that is broken, or is harmless. */
  @Test
  void damageIsToldAndNothingElseIsThrown() throws BadHistory {
    SplittableRandom random = new SplittableRandom(20210105);
    int told = 0;
    for (Path file : Catalogue.histories()) {
      PolicyEngine engine = HistoryReader.read(file).engine();
      for (Wallet wallet : walletsOf(file)) {
        JsonNode stored = Catalogue.json(WalletData.toTree(wallet.state()));
        damage(stored, random);
        try {
          Wallet read = engine.restore(WalletData.fromTree(Catalogue.plain(stored)));
          assertEquals(read, engine.restore(read.state()));
        } catch (IllegalArgumentException refused) {
          told++;
          assertTrue(("" + refused.getMessage()).length() > 10, "" + refused);
        }
      }
    }
    assertTrue(told > 100, "only " + told);
  }

  private static void damage(JsonNode tree, SplittableRandom random) {
    List<JsonNode> places = new ArrayList<>();
    collect(tree, places);
    JsonNode place = places.get(random.nextInt(places.size()));
    if (place instanceof ObjectNode object && !object.isEmpty()) {
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      String key = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(key);
        case 1 -> object.put(key, random.nextInt(-1, 100));
        case 2 -> object.put(key, "2021-01-0" + random.nextInt(1, 9) + "T00:00:00Z");
        default -> object.put(key + "x", true);
      }
    } else if (place instanceof ArrayNode array && !array.isEmpty()) {
      array.add(array.get(random.nextInt(array.size())));
    }
  }

  private static void collect(JsonNode node, List<JsonNode> places) {
    if (node.isContainerNode()) {
      places.add(node);
      node.forEach(child -> collect(child, places));
    }
  }

  @Test
  void theProblemsOfTheFormAreToldWithTheirPlaces() throws BadHistory {
    Wallet wallet = walletsOf(Catalogue.histories().get(0)).get(0);
    ObjectNode stored = (ObjectNode) Catalogue.json(WalletData.toTree(wallet.state()));
    stored.put("format", "allotment-wallet-2");
    ((ObjectNode) stored.get("standing")).put("clock", "now").remove("zone");
    ((ObjectNode) stored.withArray("lots").get(0)).put("lefft", 1);
    InvalidDataException thrown =
        assertThrows(
            InvalidDataException.class, () -> WalletData.fromTree(Catalogue.plain(stored)));
    assertEquals(
        List.of("format", "standing.zone", "standing.clock", "lots[0].lefft"),
        thrown.problems().stream().map(Problem::path).toList());
  }
}
