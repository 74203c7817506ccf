package io.github.allotment.examples.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.allotment.Decision;
import io.github.allotment.Transaction;

/** Writes a result as the {@code expect} object of a history file, on one line. */
final class JsonResult {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Escapes what some readers take for the end of a line. */
  private static final ObjectWriter ASCII =
      JsonMapper.builder().build().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private JsonResult() {}

  static String of(Result result) {
    return line(tree(result));
  }

  /** Makes the {@code expect} object of a result. */
  static ObjectNode tree(Result result) {
    ObjectNode json = NODES.objectNode();
    ArrayNode decisions = json.putArray("decisions");
    result.decisions().forEach(decision -> decisions.add(decision(decision)));
    ArrayNode history = json.putArray("history");
    result.transactions().forEach(row -> history.add(row(row)));
    json.put("available", result.wallet().available());
    json.put("pending", result.wallet().pending());
    putIfAny(json, "onHold", result.wallet().onHold());
    putIfAny(json, "frozen", result.wallet().frozen());
    return json;
  }

  private static void putIfAny(ObjectNode json, String name, long amount) {
    if (amount > 0) {
      json.put(name, amount);
    }
  }

  static String ofError(String message) {
    return line(NODES.objectNode().put("error", message));
  }

  private static String line(ObjectNode json) {
    try {
      return ASCII.writeValueAsString(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
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
