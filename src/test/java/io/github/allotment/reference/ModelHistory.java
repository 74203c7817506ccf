package io.github.allotment.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.allotment.Decision;
import io.github.allotment.Lot;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A history of a Connects wallet that both the reference model and the engine can play.
 *
 * <p>Its text is a history file, so that what fails can be saved as it is printed.
 *
 * @param opening the wallet's opening
 * @param events the events, in order of arrival
 * @param until the instant to which time is advanced at the end, if any
 */
record ModelHistory(
    ConnectsModel.Opening opening, List<ConnectsModel.Event> events, Optional<Instant> until) {

  private static final PolicyEngine ENGINE = PolicyEngine.of(Connects.program());
  private static final JsonMapper JSON = new JsonMapper();

  ModelHistory {
    events = List.copyOf(events);
  }

  // ---------------------------------------------------------------- events, as the model has them

  static ConnectsModel.Event passed(String id, Instant at) {
    return event(id, at, "readiness-test-passed", null, null, 0);
  }

  static ConnectsModel.Event submitted(
      String id, Instant at, String proposal, String job, long cost) {
    return event(id, at, "proposal-submitted", proposal, job, cost);
  }

  static ConnectsModel.Event withdrawn(String id, Instant at, String proposal) {
    return event(id, at, "proposal-withdrawn", proposal, null, 0);
  }

  static ConnectsModel.Event archived(String id, Instant at, String proposal) {
    return event(id, at, "proposal-archived", proposal, null, 0);
  }

  static ConnectsModel.Event interview(
      String id, Instant at, String proposal, String source, boolean answered) {
    return new ConnectsModel.Event(
        id, at, "interview", proposal, null, 0, source, answered, null, null);
  }

  static ConnectsModel.Event settled(String id, Instant at, String proposal) {
    return event(id, at, "award-settled", proposal, null, 0);
  }

  static ConnectsModel.Event closed(String id, Instant at, String job, String outcome) {
    return new ConnectsModel.Event(id, at, "job-closed", null, job, 0, null, false, outcome, null);
  }

  static ConnectsModel.Event purchased(String id, Instant at, long amount) {
    return event(id, at, "connects-purchased", null, null, amount);
  }

  static ConnectsModel.Event planChanged(String id, Instant at, String plan) {
    return new ConnectsModel.Event(id, at, "plan-changed", null, null, 0, null, false, null, plan);
  }

  private static ConnectsModel.Event event(
      String id, Instant at, String type, String proposal, String job, long amount) {
    return new ConnectsModel.Event(id, at, type, proposal, job, amount, null, false, null, null);
  }

  // ---------------------------------------------------------------- the comparison

  /** Plays the history on the model. */
  ConnectsModel.Result expected() {
    return ConnectsModel.replay(opening, events, until.orElse(null));
  }

  /**
   * Plays the history on both sides and tells where they part; empty if they agree on every
   * decision, row and final figure, and the engine's lots are those that its rows make.
   *
   * <p>An event whose credits do not fit a {@code long} must be an {@link ArithmeticException} on
   * both sides, and the rest of the history goes on as if it had not come.
   */
  Optional<String> firstDifference() {
    Played engine = play();
    Optional<String> overflow = engine.firstOverflowThatTheModelDenies(this);
    if (overflow.isPresent()) {
      return overflow;
    }
    ConnectsModel.Result model;
    try {
      model =
          ConnectsModel.replay(opening, engine.kept, engine.untilFits ? until.orElse(null) : null);
    } catch (ArithmeticException onlyThere) {
      return Optional.of("the model overflows where the engine does not: " + onlyThere);
    }
    return firstDifference("decision", model.decisions(), engine.decisions)
        .or(() -> firstDifference("row", model.history(), engine.rows))
        .or(() -> firstDifference("available", model.available(), engine.wallet.available()))
        .or(() -> firstDifference("pending", model.pending(), engine.wallet.pending()))
        .or(() -> engine.lots.firstFault(engine.wallet));
  }

  private static Optional<String> firstDifference(String what, List<?> model, List<?> engine) {
    for (int i = 0; i < Math.max(model.size(), engine.size()); i++) {
      Optional<String> difference =
          firstDifference(what + " " + (i + 1), elementAt(model, i), elementAt(engine, i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Object elementAt(List<?> list, int index) {
    return index < list.size() ? list.get(index) : "none";
  }

  private static Optional<String> firstDifference(String what, Object model, Object engine) {
    return model.equals(engine)
        ? Optional.empty()
        : Optional.of("%s%n  model:  %s%n  engine: %s".formatted(what, model, engine));
  }

  /** Plays the history on the engine. */
  private Played play() {
    Decision opened = ENGINE.open(engineOpening());
    Played played = new Played(opened.wallet());
    played.take(opened);
    for (ConnectsModel.Event event : events) {
      played.decide(event);
    }
    until.ifPresent(played::advance);
    return played;
  }

  /** What came of a history on the engine, in the model's terms. */
  private static final class Played {

    final List<ConnectsModel.Event> kept = new ArrayList<>();
    final Map<Integer, ConnectsModel.Event> overflows = new LinkedHashMap<>(); // by size of kept
    final List<ConnectsModel.Decision> decisions = new ArrayList<>();
    final List<ConnectsModel.Row> rows = new ArrayList<>();
    final LotBook lots = new LotBook();
    boolean untilFits = true;
    Wallet wallet;

    Played(Wallet wallet) {
      this.wallet = wallet;
    }

    void decide(ConnectsModel.Event event) {
      Decision decision;
      try {
        decision = ENGINE.decide(wallet, engineEvent(event));
      } catch (ArithmeticException doesNotFit) {
        overflows.put(kept.size(), event);
        return;
      }
      kept.add(event);
      decisions.add(
          new ConnectsModel.Decision(
              event.id(),
              decision.outcome().code(),
              decision.reason().code().code(),
              decision.wallet().available(),
              decision.wallet().pending()));
      if (decision.isApplied()) {
        lots.startEvent(event);
      }
      take(decision);
      if (decision.isApplied()) {
        lots.endEvent(event);
      }
    }

    void advance(Instant to) {
      try {
        take(ENGINE.advance(wallet, to));
      } catch (ArithmeticException doesNotFit) {
        untilFits = false;
      }
    }

    void take(Decision decision) {
      wallet = decision.wallet();
      for (Transaction row : decision.transactions()) {
        rows.add(new ConnectsModel.Row(row.at(), row.type().code(), row.amount(), row.balance()));
        lots.follow(row);
      }
    }

    Optional<String> firstOverflowThatTheModelDenies(ModelHistory history) {
      for (Map.Entry<Integer, ConnectsModel.Event> overflow : overflows.entrySet()) {
        List<ConnectsModel.Event> prefix = new ArrayList<>(kept.subList(0, overflow.getKey()));
        prefix.add(overflow.getValue());
        if (!overflowsInModel(history.opening, prefix, null)) {
          return Optional.of("only the engine overflows at " + overflow.getValue());
        }
      }
      return untilFits || overflowsInModel(history.opening, kept, history.until.orElse(null))
          ? Optional.empty()
          : Optional.of("only the engine overflows while time advances at the end");
    }

    private static boolean overflowsInModel(
        ConnectsModel.Opening opening, List<ConnectsModel.Event> events, Instant untilOrNull) {
      try {
        ConnectsModel.replay(opening, events, untilOrNull);
        return false;
      } catch (ArithmeticException expected) {
        return true;
      }
    }
  }

  /**
   * Follows every lot through the engine's rows, by R9 and R16 alone.
   *
   * <p>The model's lots can't be seen from outside, and in Connects no figure depends on which lot
   * was spent; so this checks that each grant makes a new lot, that charges and forfeits take the
   * oldest, and that a return undoes its own charge.
   */
  private static final class LotBook {

    /** A charge that may still be returned. */
    private record Charge(String proposal, String job, Instant submitted, List<Lot.Move> moves) {}

    private final Map<Lot.Terms, Long> lots = new LinkedHashMap<>(); // in the order of granting
    private final List<Charge> charges = new ArrayList<>(); // in order of arrival
    private final Deque<Charge> returning = new ArrayDeque<>();
    private final List<String> faults = new ArrayList<>();
    private Optional<ConnectsModel.Event> submission = Optional.empty();

    void startEvent(ConnectsModel.Event event) {
      if (event.type().equals("proposal-submitted")) {
        submission = Optional.of(event);
      }
      if (returns(event)) {
        charges.stream().filter(charge -> ends(event, charge)).forEach(returning::add);
      }
    }

    void endEvent(ConnectsModel.Event event) {
      submission = Optional.empty();
      if (!returning.isEmpty()) {
        faults.add("not returned: " + returning);
        returning.clear();
      }
      charges.removeIf(charge -> ends(event, charge));
    }

    private static boolean returns(ConnectsModel.Event event) {
      return event.type().equals("job-closed")
          && (event.outcome().equals("closed-without-hire")
              || event.outcome().equals("removed-for-violation"));
    }

    private static boolean ends(ConnectsModel.Event event, Charge charge) {
      boolean meant =
          switch (event.type()) {
            case "job-closed" -> charge.job.equals(event.job());
            case "proposal-withdrawn" -> charge.proposal.equals(event.proposal());
            default -> false;
          };
      return meant && !charge.submitted.isAfter(event.at());
    }

    void follow(Transaction row) {
      List<Lot.Move> moves =
          switch (row.type()) {
            case CHARGE, FORFEIT -> oldest(-row.amount());
            case RETURN -> returned();
            case ALLOTMENT, BONUS, PURCHASE, AWARD -> granted(row);
            case EXPIRY, ADJUSTMENT -> List.of(); // there are none in Connects
          };
      if (!row.moves().equals(moves)) {
        faults.add("lots of %s%n  expected: %s".formatted(row, moves));
      }
      for (Lot.Move move : row.moves()) {
        lots.merge(move.lot(), move.amount(), Math::addExact);
      }
      if (row.type() == TransactionType.CHARGE) {
        submission.ifPresent(
            event ->
                charges.add(new Charge(event.proposal(), event.job(), event.at(), row.moves())));
      }
    }

    private List<Lot.Move> oldest(long amount) {
      List<Lot.Move> moves = new ArrayList<>();
      long missing = amount;
      for (Map.Entry<Lot.Terms, Long> lot : lots.entrySet()) {
        long taken = Math.min(missing, lot.getValue());
        if (taken > 0) {
          moves.add(new Lot.Move(lot.getKey(), -taken));
          missing -= taken;
        }
      }
      return moves;
    }

    private List<Lot.Move> returned() {
      List<Lot.Move> moves = new ArrayList<>();
      Charge charge = returning.poll();
      if (charge != null) {
        charge.moves.forEach(move -> moves.add(0, new Lot.Move(move.lot(), -move.amount())));
      }
      return moves;
    }

    /** The lot's number, source and version are the engine's own; that it is new is checked. */
    private List<Lot.Move> granted(Transaction row) {
      Lot.Terms lot = row.moves().get(0).lot();
      boolean isNew =
          lot.grantedAt().equals(row.at())
              && lots.keySet().stream().allMatch(older -> older.number() < lot.number());
      return isNew ? List.of(new Lot.Move(lot, row.amount())) : List.of();
    }

    Optional<String> firstFault(Wallet wallet) {
      List<Lot> left =
          lots.entrySet().stream()
              .filter(lot -> lot.getValue() > 0)
              .map(lot -> new Lot(lot.getKey(), lot.getValue()))
              .toList();
      return faults.stream()
          .findFirst()
          .or(
              () ->
                  firstDifference(
                      "lot at the end (by the rows | in the wallet)", left, wallet.lots()));
    }
  }

  // ---------------------------------------------------------------- in the engine's terms

  private io.github.allotment.Opening engineOpening() {
    return Connects.opening(
            opening.plan(),
            opening.openedAt(),
            AccountKind.ofCode(opening.account()).orElseThrow(),
            opening.readinessPassed() ? ReadinessTest.PASSED : ReadinessTest.NOT_TAKEN)
        .inZone(opening.zone());
  }

  private static io.github.allotment.Event engineEvent(ConnectsModel.Event event) {
    String id = event.id();
    Instant at = event.at();
    return switch (event.type()) {
      case "readiness-test-passed" -> Connects.readinessTestPassed(id, at);
      case "proposal-submitted" ->
          Connects.proposalSubmitted(id, at, event.proposal(), event.job(), event.amount());
      case "proposal-withdrawn" -> Connects.proposalWithdrawn(id, at, event.proposal());
      case "proposal-archived" -> Connects.proposalArchived(id, at, event.proposal());
      case "interview" ->
          Connects.interview(
              id,
              at,
              event.proposal(),
              InterviewSource.ofCode(event.source()).orElseThrow(),
              event.answered());
      case "award-settled" -> Connects.awardSettled(id, at, event.proposal());
      case "job-closed" ->
          Connects.jobClosed(id, at, event.job(), JobOutcome.ofCode(event.outcome()).orElseThrow());
      case "connects-purchased" -> Connects.connectsPurchased(id, at, event.amount());
      case "plan-changed" -> Connects.planChanged(id, at, event.plan());
      default -> throw new IllegalArgumentException("unknown event type: " + event.type());
    };
  }

  // ---------------------------------------------------------------- as a file

  /** Returns the history as a file in the format of the conformance histories. */
  @Override
  public String toString() {
    StringJoiner lines = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
    events.forEach(event -> lines.add(json(event).toString()));
    return """
        {
          "title": "",
          "program": "connects",
          "wallet": %s,
          "events": %s%s
        }"""
        .formatted(
            walletJson(),
            events.isEmpty() ? "[]" : lines,
            until.map(",\n  \"until\": \"%s\""::formatted).orElse(""));
  }

  private ObjectNode walletJson() {
    return JSON.createObjectNode()
        .put("plan", opening.plan())
        .put("account", opening.account())
        .put("openedAt", opening.openedAt().toString())
        .put("zone", opening.zone().getId())
        .put("readinessTest", opening.readinessPassed() ? "passed" : "not-taken");
  }

  private static ObjectNode json(ConnectsModel.Event event) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", event.id())
            .put("at", event.at().toString())
            .put("type", event.type());
    putIfThere(json, "proposal", event.proposal());
    putIfThere(json, "job", event.job());
    putIfThere(json, "source", event.source());
    putIfThere(json, "outcome", event.outcome());
    putIfThere(json, "plan", event.plan());
    return switch (event.type()) {
      case "proposal-submitted" -> json.put("cost", event.amount());
      case "connects-purchased" -> json.put("amount", event.amount());
      case "interview" -> json.put("answered", event.answered());
      default -> json;
    };
  }

  private static void putIfThere(ObjectNode json, String field, String textOrNull) {
    if (textOrNull != null) {
      json.put(field, textOrNull);
    }
  }

  /** Reads what {@link #toString} prints, or a conformance history without what it expects. */
  static ModelHistory parse(String json) {
    JsonNode root = read(json);
    JsonNode wallet = root.path("wallet");
    List<ConnectsModel.Event> events = new ArrayList<>();
    root.path("events").forEach(event -> events.add(event(event)));
    return new ModelHistory(
        new ConnectsModel.Opening(
            wallet.required("plan").textValue(),
            wallet.required("account").textValue(),
            Instant.parse(wallet.required("openedAt").textValue()),
            ZoneId.of(wallet.path("zone").asText("Z")),
            wallet.path("readinessTest").asText().equals("passed")),
        events,
        Optional.ofNullable(root.path("until").textValue()).map(Instant::parse));
  }

  private static ConnectsModel.Event event(JsonNode json) {
    return new ConnectsModel.Event(
        json.required("id").textValue(),
        Instant.parse(json.required("at").textValue()),
        json.required("type").textValue(),
        json.path("proposal").textValue(),
        json.path("job").textValue(),
        json.path("cost").longValue() + json.path("amount").longValue(), // never both
        json.path("source").textValue(),
        json.path("answered").booleanValue(),
        json.path("outcome").textValue(),
        json.path("plan").textValue());
  }

  /** Reads what a conformance history expects. */
  static ConnectsModel.Result parseExpected(String json) {
    JsonNode expect = read(json).required("expect");
    List<ConnectsModel.Decision> decisions = new ArrayList<>();
    for (JsonNode decision : expect.required("decisions")) {
      decisions.add(
          new ConnectsModel.Decision(
              decision.required("event").textValue(),
              decision.required("outcome").textValue(),
              decision.required("reason").textValue(),
              decision.required("available").longValue(),
              decision.required("pending").longValue()));
    }
    List<ConnectsModel.Row> rows = new ArrayList<>();
    for (JsonNode row : expect.required("history")) {
      rows.add(
          new ConnectsModel.Row(
              Instant.parse(row.required("at").textValue()),
              row.required("type").textValue(),
              row.required("amount").longValue(),
              row.required("balance").longValue()));
    }
    return new ConnectsModel.Result(
        decisions,
        rows,
        expect.required("available").longValue(),
        expect.required("pending").longValue());
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("not a history: " + broken.getOriginalMessage(), broken);
    }
  }
}
