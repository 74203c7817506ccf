package io.github.allotment.examples.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.allotment.Decision;
import io.github.allotment.Transaction;

/** Writes a result as the {@code expect} object of a history file, on one line. */
final class JsonResult {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonResult() {}

  static String of(Result result) {
    ObjectNode json = NODES.objectNode();
    ArrayNode decisions = json.putArray("decisions");
    result.decisions().forEach(decision -> decisions.add(decision(decision)));
    ArrayNode history = json.putArray("history");
    result.transactions().forEach(row -> history.add(row(row)));
    json.put("available", result.wallet().available());
    json.put("pending", result.wallet().pending());
    return json.toString();
  }

  static String ofError(String message) {
    return NODES.objectNode().put("error", message).toString();
  }

  private static ObjectNode decision(Decision decision) {
    return NODES
        .objectNode()
        .put("event", decision.event().orElseThrow())
        .put("outcome", decision.outcome().code())
        .put("reason", decision.reason().code().code())
        .put("available", decision.wallet().available())
        .put("pending", decision.wallet().pending());
  }

  private static ObjectNode row(Transaction row) {
    return NODES
        .objectNode()
        .put("at", row.at().toString())
        .put("type", row.type().code())
        .put("amount", row.amount())
        .put("balance", row.balance());
  }
}
