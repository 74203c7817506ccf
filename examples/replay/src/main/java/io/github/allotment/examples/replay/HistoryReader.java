package io.github.allotment.examples.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.FactValue;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Reads history files strictly: what is missing, extra or mistyped is an error that names it. */
final class HistoryReader {

  private HistoryReader() {}

  /** Finds the program that a history names. */
  @FunctionalInterface
  interface Engines {
    PolicyEngine named(String name) throws BadHistory;
  }

  /** Reads a file. */
  static History read(Path file) throws BadHistory {
    return history(JsonFile.read(file), name -> ProgramFile.engine(name, file));
  }

  /** Reads what a file holds. */
  static History read(byte[] bytes, Engines engines) throws BadHistory {
    return history(JsonFile.read(bytes), engines);
  }

  private static History history(JsonNode root, Engines engines) throws BadHistory {
    if (!root.isObject()) {
      throw new BadHistory("", "the file must hold an object, but holds " + Fields.kind(root));
    }
    Fields fields = new Fields("", root);
    if (ProgramFile.isProgram(root)) {
      throw new BadHistory("", "this is a program, not a history: write check before it");
    }
    String title = fields.find("title").isPresent() ? fields.text("title") : "";
    JsonNode program = fields.get("program");
    boolean builtIn = program.asText().equals(ProgramFile.BUILT_IN);
    PolicyEngine engine =
        program.isObject() ? ProgramFile.engine(program) : engines.named(fields.text("program"));
    Fields wallet = new Fields("wallet", fields.get("wallet"));
    Opening opening = builtIn ? opening(wallet) : genericOpening(wallet);
    List<Event> events = events(fields.get("events"), builtIn);
    Optional<Instant> until =
        fields.find("until").isPresent() ? Optional.of(fields.instant("until")) : Optional.empty();
    Optional<JsonNode> expect = fields.find("expect");
    Optional<Expectation> expectation =
        expect.isPresent() ? Optional.of(Expectation.read(expect.get())) : Optional.empty();
    fields.noMore();
    return new History(title, engine, opening, events, until, expectation);
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
    return possible(
        wallet,
        "openedAt",
        () -> {
          Opening opening = Connects.opening(plan, openedAt, account, test);
          return zone.map(opening::inZone).orElse(opening);
        });
  }

  private static Opening genericOpening(Fields wallet) throws BadHistory {
    String plan = wallet.text("plan");
    Instant openedAt = wallet.instant("openedAt");
    Optional<ZoneId> zone = wallet.knownIfThere("zone", "time zone", HistoryReader::zone);
    Map<String, FactValue> facts = wallet.facts("facts");
    wallet.noMore();
    return possible(
        wallet,
        "openedAt",
        () -> {
          Opening opening = Opening.of(plan, openedAt);
          for (Map.Entry<String, FactValue> fact : facts.entrySet()) {
            opening = opening.withFact(fact.getKey(), fact.getValue());
          }
          return zone.isPresent() ? opening.inZone(zone.get()) : opening;
        });
  }

  /** Makes something of what was read, or says at which field it can't be. */
  private static <T> T possible(Fields fields, String field, Supplier<T> maker) throws BadHistory {
    try {
      return maker.get();
    } catch (IllegalArgumentException refused) {
      throw new BadHistory(fields.at(field), Lines.plain("" + refused.getMessage()));
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

  private static List<Event> events(JsonNode list, boolean builtIn) throws BadHistory {
    if (!list.isArray()) {
      throw new BadHistory("events", "must be a list, but is " + Fields.kind(list));
    }
    List<Event> events = new ArrayList<>();
    for (JsonNode node : list) {
      events.add(event(events.size() + 1, node, builtIn));
    }
    return events;
  }

  private static Event event(int number, JsonNode node, boolean builtIn) throws BadHistory {
    JsonNode id = node.get("id");
    String name = id != null && id.isTextual() ? " " + Fields.quoted(id.textValue()) : "";
    Fields fields = new Fields("event " + number + name, node);
    Event event = builtIn ? event(fields) : genericEvent(fields);
    fields.noMore();
    return event;
  }

  private static Event genericEvent(Fields fields) throws BadHistory {
    String id = fields.text("id");
    Instant at = fields.instant("at");
    String type = fields.text("type");
    Optional<String> subject = fields.textIfThere("subject");
    Optional<String> group = fields.textIfThere("group");
    OptionalLong amount =
        fields.find("amount").isPresent()
            ? OptionalLong.of(fields.whole("amount", 0))
            : OptionalLong.empty();
    Map<String, FactValue> facts = fields.facts("facts");
    return possible(fields, "type", () -> new Event(id, at, type, subject, group, amount, facts));
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
