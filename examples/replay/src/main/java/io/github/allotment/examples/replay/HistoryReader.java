package io.github.allotment.examples.replay;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads history files strictly: what is missing, extra or mistyped is an error that names it. */
final class HistoryReader {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int LARGEST = 1 << 26;

  private HistoryReader() {}

  /** Reads a file. */
  static History read(Path file) throws BadHistory {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException notThere) {
      throw new BadHistory("", "there is no such file");
    } catch (IOException unreadable) {
      throw new BadHistory(
          "", "the file can't be read" + (Files.isDirectory(file) ? ": it is a folder" : ""));
    }
    if (bytes.length > LARGEST) {
      throw new BadHistory("", "the file is larger than " + LARGEST + " bytes");
    }
    return read(bytes);
  }

  /** Reads what a file holds. */
  static History read(byte[] bytes) throws BadHistory {
    JsonNode root;
    try {
      root = JSON.readTree(text(bytes));
    } catch (StreamConstraintsException tooLarge) {
      throw new BadHistory("", "broken JSON: it nests too deeply, or a number or name is too long");
    } catch (JsonProcessingException broken) {
      JsonLocation at = broken.getLocation();
      throw new BadHistory(
          "",
          "broken JSON%s: %s"
              .formatted(
                  at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr(),
                  Lines.plain(broken.getOriginalMessage())));
    }
    if (root.isMissingNode()) {
      throw new BadHistory("", "broken JSON: the file is empty");
    }
    return history(root);
  }

  private static String text(byte[] bytes) throws BadHistory {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException broken) {
      throw new BadHistory("", "broken JSON: it is not text in UTF-8");
    }
  }

  private static History history(JsonNode root) throws BadHistory {
    if (!root.isObject()) {
      throw new BadHistory("", "the file must hold an object, but holds " + Fields.kind(root));
    }
    Fields fields = new Fields("", root);
    String title = fields.find("title").isPresent() ? fields.text("title") : "";
    fields.known("program", "program", name -> Optional.of(name).filter("connects"::equals));
    Opening opening = opening(new Fields("wallet", fields.get("wallet")));
    List<Event> events = events(fields.get("events"));
    Optional<Instant> until =
        fields.find("until").isPresent() ? Optional.of(fields.instant("until")) : Optional.empty();
    fields.find("expect");
    fields.noMore();
    return new History(title, opening, events, until);
  }

  private static Opening opening(Fields wallet) throws BadHistory {
    String plan = wallet.known("plan", "plan", HistoryReader::plan);
    AccountKind account = wallet.known("account", "kind of account", AccountKind::ofCode);
    Instant openedAt = wallet.instant("openedAt");
    Optional<ZoneId> zone = wallet.knownIfThere("zone", "time zone", HistoryReader::zone);
    ReadinessTest test =
        wallet
            .knownIfThere("readinessTest", "status of the Readiness Test", ReadinessTest::ofCode)
            .orElse(ReadinessTest.NOT_TAKEN);
    wallet.noMore();
    try {
      Opening opening = Connects.opening(plan, openedAt, account, test);
      return zone.map(opening::inZone).orElse(opening);
    } catch (IllegalArgumentException outOfRange) {
      throw new BadHistory(wallet.at("openedAt"), Lines.plain("" + outOfRange.getMessage()));
    }
  }

  private static Optional<String> plan(String name) {
    return Optional.of(name)
        .filter(plan -> plan.equals(Connects.BASIC) || plan.equals(Connects.PLUS));
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private static List<Event> events(JsonNode list) throws BadHistory {
    if (!list.isArray()) {
      throw new BadHistory("events", "must be a list, but is " + Fields.kind(list));
    }
    List<Event> events = new ArrayList<>();
    for (JsonNode node : list) {
      events.add(event(events.size() + 1, node));
    }
    return events;
  }

  private static Event event(int number, JsonNode node) throws BadHistory {
    JsonNode id = node.get("id");
    String name = id != null && id.isTextual() ? " " + Fields.quoted(id.textValue()) : "";
    Fields fields = new Fields("event " + number + name, node);
    Event event = event(fields);
    fields.noMore();
    return event;
  }

  private static Event event(Fields fields) throws BadHistory {
    String id = fields.text("id");
    Instant at = fields.instant("at");
    String type = fields.text("type");
    try {
      return switch (type) {
        case "readiness-test-passed" -> Connects.readinessTestPassed(id, at);
        case "proposal-submitted" ->
            Connects.proposalSubmitted(
                id, at, fields.text("proposal"), fields.text("job"), fields.whole("cost", 0));
        case "proposal-withdrawn" -> Connects.proposalWithdrawn(id, at, fields.text("proposal"));
        case "proposal-archived" -> Connects.proposalArchived(id, at, fields.text("proposal"));
        case "interview" ->
            Connects.interview(
                id,
                at,
                fields.text("proposal"),
                fields.known("source", "source of an interview", InterviewSource::ofCode),
                fields.truth("answered"));
        case "award-settled" -> Connects.awardSettled(id, at, fields.text("proposal"));
        case "job-closed" ->
            Connects.jobClosed(
                id,
                at,
                fields.text("job"),
                fields.known("outcome", "outcome of a job", JobOutcome::ofCode));
        case "connects-purchased" -> Connects.connectsPurchased(id, at, fields.whole("amount", 1));
        case "plan-changed" ->
            Connects.planChanged(id, at, fields.known("plan", "plan", HistoryReader::plan));
        default ->
            throw new BadHistory(
                fields.at("type"), "is not a known event type: " + Fields.quoted(type));
      };
    } catch (IllegalArgumentException outOfRange) {
      throw new BadHistory(fields.at("at"), Lines.plain("" + outOfRange.getMessage()));
    }
  }
}
