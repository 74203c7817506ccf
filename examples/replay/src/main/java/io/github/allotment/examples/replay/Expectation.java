package io.github.allotment.examples.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.allotment.Outcome;
import io.github.allotment.ReasonCode;
import io.github.allotment.policy.TransactionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a history file says must come of it. What it leaves out is not compared: a sum, a field of a
 * decision, the decision on an event, all rows; but rows that are given are all there must be.
 *
 * @param decisions what is said of decisions, in order, each by field, as text
 * @param rows what is said of the wallet's history, if anything is, each row by field, as text
 * @param sums what is said of the wallet at the end, by field, as text
 */
record Expectation(
    List<Map<String, String>> decisions,
    Optional<List<Map<String, String>>> rows,
    Map<String, String> sums) {

  private static final List<String> SUMS = List.of("available", "pending", "onHold", "frozen");

  /** Reads the object {@code expect}, strictly. */
  static Expectation read(JsonNode node) throws BadHistory {
    Fields fields = new Fields("expect", node);
    List<Map<String, String>> decisions = new ArrayList<>();
    for (JsonNode decision : list(fields, "decisions")) {
      decisions.add(decision(decisions.size() + 1, decision));
    }
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonNode row : list(fields, "history")) {
      rows.add(row(new Fields("expect, row " + (rows.size() + 1), row)));
    }
    Map<String, String> sums = new LinkedHashMap<>();
    wholes(fields, SUMS, sums);
    fields.noMore();
    boolean hasRows = fields.find("history").isPresent();
    return new Expectation(decisions, hasRows ? Optional.of(rows) : Optional.empty(), sums);
  }

  private static Iterable<JsonNode> list(Fields fields, String field) throws BadHistory {
    Optional<JsonNode> list = fields.find(field);
    if (list.isPresent() && !list.get().isArray()) {
      throw new BadHistory(fields.at(field), "must be a list, but is " + Fields.kind(list.get()));
    }
    return list.isPresent() ? list.get() : List.of();
  }

  private static void wholes(Fields fields, List<String> names, Map<String, String> into)
      throws BadHistory {
    for (String name : names) {
      if (fields.find(name).isPresent()) {
        into.put(name, Long.toString(fields.whole(name, 0)));
      }
    }
  }

  private static Map<String, String> decision(int number, JsonNode node) throws BadHistory {
    Fields fields = new Fields("expect, decision " + number, node);
    Map<String, String> decision = new LinkedHashMap<>();
    decision.put("event", fields.text("event"));
    fields
        .knownIfThere("outcome", "outcome", among(Outcome.values(), Outcome::code))
        .ifPresent(code -> decision.put("outcome", code));
    fields
        .knownIfThere("reason", "reason", among(ReasonCode.values(), ReasonCode::code))
        .ifPresent(code -> decision.put("reason", code));
    wholes(fields, List.of("available", "pending"), decision);
    fields.noMore();
    return decision;
  }

  private static <T> Function<String, Optional<String>> among(
      T[] values, Function<T, String> code) {
    return text -> Arrays.stream(values).map(code).filter(text::equals).findFirst();
  }

  private static Map<String, String> row(Fields fields) throws BadHistory {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("at", fields.instant("at").toString());
    row.put(
        "type",
        fields.known(
            "type", "type of row", among(TransactionType.values(), TransactionType::code)));
    row.put("amount", Long.toString(fields.whole("amount", Long.MIN_VALUE)));
    row.put("balance", Long.toString(fields.whole("balance", 0)));
    fields.noMore();
    return row;
  }

  /**
   * Returns how what came of the history differs, a line for each difference; none if it does not.
   */
  List<String> differences(Result result) {
    JsonNode found = JsonResult.tree(result);
    List<String> differences = new ArrayList<>();
    compareDecisions(found.get("decisions"), result, differences);
    rows.ifPresent(expected -> compareRows(expected, found.get("history"), differences));
    compare("expect", sums, found, "", differences);
    return differences;
  }

  /** Says what was compared. */
  String summary() {
    List<String> parts = new ArrayList<>();
    parts.add(decisions.size() + (decisions.size() == 1 ? " decision" : " decisions"));
    rows.ifPresent(some -> parts.add(some.size() + (some.size() == 1 ? " row" : " rows")));
    sums.forEach((name, value) -> parts.add(name + " " + value));
    return String.join(", ", parts);
  }

  private void compareDecisions(JsonNode found, Result result, List<String> differences) {
    int next = 0;
    for (int i = 0; i < decisions.size(); i++) {
      Map<String, String> expected = decisions.get(i);
      String event = expected.getOrDefault("event", "");
      String where = "expect, decision " + (i + 1) + " " + Fields.quoted(event);
      int at = next;
      while (at < found.size() && !found.get(at).get("event").textValue().equals(event)) {
        at++;
      }
      if (at == found.size()) {
        differences.add(where + ": there is no such event, or it is not in this order");
        continue;
      }
      String why = "; " + Lines.plain(result.decisions().get(at).why());
      compare(where, expected, found.get(at), why, differences);
      next = at + 1;
    }
  }

  private static void compare(
      String where,
      Map<String, String> expected,
      JsonNode found,
      String why,
      List<String> differences) {
    expected.forEach(
        (field, value) -> {
          String actual = found.path(field).asText("0");
          if (!actual.equals(value)) {
            differences.add(
                where + ", field " + field + ": expected " + value + ", but it is " + actual + why);
          }
        });
  }

  private static void compareRows(
      List<Map<String, String>> expected, JsonNode found, List<String> differences) {
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      String wanted = i < expected.size() ? text(expected.get(i)) : "no more rows";
      String actual = i < found.size() ? text(fieldsOf(found.get(i))) : "";
      if (!actual.equals(wanted)) {
        differences.add(
            "expect, row %d: expected %s, but %s"
                .formatted(
                    i + 1,
                    wanted,
                    actual.isEmpty() ? "there are no more rows" : "it is " + actual));
      }
    }
  }

  private static Map<String, String> fieldsOf(JsonNode row) {
    Map<String, String> fields = new LinkedHashMap<>();
    row.fieldNames().forEachRemaining(field -> fields.put(field, row.get(field).asText()));
    return fields;
  }

  private static String text(Map<String, String> row) {
    return "%s %s %s, balance %s"
        .formatted(row.get("at"), row.get("type"), row.get("amount"), row.get("balance"));
  }
}
