package io.github.allotment.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.examples.replay.Replay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The histories that say, in no one's language, what the Connects program must give: each is played
 * through the API and through the replay program, and must give its {@code expect} object exactly.
 */
class ConformanceTest {

  private static final int LEAST_HISTORIES = 26;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Test
  void theHistoriesAreThere() {
    assertTrue(histories().size() >= LEAST_HISTORIES, () -> "" + histories());
  }

  @TestFactory
  Stream<DynamicTest> theApiGivesWhatEachHistoryExpects() {
    return histories().stream().map(file -> dynamicTest(name(file), () -> play(file)));
  }

  private static void play(Path file) {
    JsonNode history = read(file);
    assertEquals(history.get("expect"), HistoryPlay.of(history));
  }

  @TestFactory
  Stream<DynamicTest> theReplayProgramGivesWhatEachHistoryExpects() {
    return histories().stream().map(file -> dynamicTest(name(file), () -> replay(List.of(file))));
  }

  @Test
  void theReplayProgramGivesOneLineForEachOfAllFilesInTheirOrder() {
    replay(histories());
    replay(ImmutableList.copyOf(histories()).reverse());
  }

  @Test
  void theReplayProgramFindsEveryHistoryAsExpected() {
    List<String> args = new ArrayList<>(List.of("verify"));
    histories().forEach(file -> args.add(file.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int status = Replay.run(args, printer(out), printer(err));

    assertEquals("", err.toString(StandardCharsets.UTF_8));
    assertEquals(histories().size(), out.toString(StandardCharsets.UTF_8).lines().count());
    assertEquals(0, status);
  }

  private static void replay(List<Path> files) {
    List<String> args = new ArrayList<>(List.of("--json"));
    files.forEach(file -> args.add(file.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int status = Replay.run(args, printer(out), printer(err));

    assertEquals("", err.toString(StandardCharsets.UTF_8));
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(files.size(), lines.size());
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      assertEquals(read(file).get("expect"), read(lines.get(i)), () -> name(file));
    }
    assertEquals(0, status);
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Returns the files, of which there must be enough: an empty folder proves nothing. */
  private static List<Path> histories() {
    try (Stream<Path> files = Files.list(folder())) {
      List<Path> histories =
          files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertTrue(histories.size() >= LEAST_HISTORIES, () -> "only " + histories);
      return histories;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path folder() {
    try {
      return Path.of(
          Objects.requireNonNull(ConformanceTest.class.getResource("/conformance")).toURI());
    } catch (URISyntaxException notOne) {
      throw new IllegalStateException(notOne);
    }
  }

  private static String name(Path file) {
    return "" + file.getFileName();
  }

  private static JsonNode read(Path file) {
    try {
      return read(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Plays a history through the API and writes what comes out as an {@code expect} object. */
  private static final class HistoryPlay {

    private final ObjectNode result = JSON.createObjectNode();
    private final ArrayNode decisions = result.putArray("decisions");
    private final ArrayNode rows = result.putArray("history");

    static JsonNode of(JsonNode history) {
      fields(
          history,
          Set.of("title", "program", "wallet", "events", "expect"),
          Set.of("title", "program", "wallet", "events", "expect", "until"));
      assertEquals("connects", text(history, "program"));
      HistoryPlay play = new HistoryPlay();
      Wallet last = play.play(history);
      play.result.put("available", last.available()).put("pending", last.pending());
      // Written and read again, so that numbers compare by value and not by their Java type.
      return read(play.result.toString());
    }

    private Wallet play(JsonNode history) {
      PolicyEngine engine = PolicyEngine.of(Connects.program());
      Wallet wallet = took(engine.open(opening(history.get("wallet"))));
      for (JsonNode node : history.get("events")) {
        Decision decision = engine.decide(wallet, event(node));
        decisions
            .addObject()
            .put("event", decision.event().orElseThrow())
            .put("outcome", decision.outcome().code())
            .put("reason", decision.reason().code().code())
            .put("available", decision.wallet().available())
            .put("pending", decision.wallet().pending());
        wallet = took(decision);
      }
      return history.has("until")
          ? took(engine.advance(wallet, Instant.parse(text(history, "until"))))
          : wallet;
    }

    private Wallet took(Decision decision) {
      for (Transaction row : decision.transactions()) {
        rows.addObject()
            .put("at", row.at().toString())
            .put("type", row.type().code())
            .put("amount", row.amount())
            .put("balance", row.balance());
      }
      return decision.wallet();
    }

    private static Opening opening(JsonNode wallet) {
      fields(
          wallet,
          Set.of("plan", "account", "openedAt"),
          Set.of("plan", "account", "openedAt", "zone", "readinessTest"));
      Opening opening =
          Connects.opening(
              text(wallet, "plan"),
              Instant.parse(text(wallet, "openedAt")),
              AccountKind.ofCode(text(wallet, "account")).orElseThrow(),
              wallet.has("readinessTest")
                  ? ReadinessTest.ofCode(text(wallet, "readinessTest")).orElseThrow()
                  : ReadinessTest.NOT_TAKEN);
      return wallet.has("zone") ? opening.inZone(ZoneId.of(text(wallet, "zone"))) : opening;
    }

    private static Event event(JsonNode node) {
      String id = text(node, "id");
      Instant at = Instant.parse(text(node, "at"));
      String type = text(node, "type");
      switch (type) {
        case "readiness-test-passed" -> brings(node);
        case "proposal-submitted" -> brings(node, "proposal", "job", "cost");
        case "proposal-withdrawn", "proposal-archived", "award-settled" -> brings(node, "proposal");
        case "interview" -> brings(node, "proposal", "source", "answered");
        case "job-closed" -> brings(node, "job", "outcome");
        case "connects-purchased" -> brings(node, "amount");
        case "plan-changed" -> brings(node, "plan");
        default -> throw new AssertionError("unknown event type " + type);
      }
      return switch (type) {
        case "readiness-test-passed" -> Connects.readinessTestPassed(id, at);
        case "proposal-submitted" ->
            Connects.proposalSubmitted(
                id, at, text(node, "proposal"), text(node, "job"), whole(node, "cost"));
        case "proposal-withdrawn" -> Connects.proposalWithdrawn(id, at, text(node, "proposal"));
        case "proposal-archived" -> Connects.proposalArchived(id, at, text(node, "proposal"));
        case "award-settled" -> Connects.awardSettled(id, at, text(node, "proposal"));
        case "interview" ->
            Connects.interview(
                id,
                at,
                text(node, "proposal"),
                InterviewSource.ofCode(text(node, "source")).orElseThrow(),
                truth(node, "answered"));
        case "job-closed" ->
            Connects.jobClosed(
                id, at, text(node, "job"), JobOutcome.ofCode(text(node, "outcome")).orElseThrow());
        case "connects-purchased" -> Connects.connectsPurchased(id, at, whole(node, "amount"));
        default -> Connects.planChanged(id, at, text(node, "plan"));
      };
    }

    private static void brings(JsonNode event, String... own) {
      Set<String> all = ImmutableSet.<String>builder().add("id", "at", "type").add(own).build();
      fields(event, all, all);
    }

    private static void fields(JsonNode node, Set<String> needed, Set<String> allowed) {
      Set<String> there = ImmutableSet.copyOf(node.fieldNames());
      assertTrue(there.containsAll(needed), () -> needed + " are needed in " + node);
      assertTrue(allowed.containsAll(there), () -> allowed + " are allowed in " + node);
    }

    private static String text(JsonNode node, String field) {
      assertTrue(node.path(field).isTextual(), () -> field + " is a text in " + node);
      return node.get(field).textValue();
    }

    private static long whole(JsonNode node, String field) {
      assertTrue(node.path(field).isIntegralNumber(), () -> field + " is whole in " + node);
      assertTrue(node.get(field).canConvertToLong(), () -> field + " fits a long in " + node);
      return node.get(field).longValue();
    }

    private static boolean truth(JsonNode node, String field) {
      assertTrue(node.path(field).isBoolean(), () -> field + " is true or false in " + node);
      return node.get(field).booleanValue();
    }
  }
}
