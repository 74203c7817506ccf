package io.github.allotment.testkit;

import io.github.allotment.Event;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.ProgramData;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes histories as history files: an event a line, the program in one line at the end. */
final class HistoryJson {

  private HistoryJson() {}

  static String of(History history) {
    Map<String, Object> wallet = new LinkedHashMap<>();
    wallet.put("plan", history.opening().plan());
    wallet.put("openedAt", history.opening().at().toString());
    if (!history.opening().zone().equals(ZoneOffset.UTC)) {
      wallet.put("zone", history.opening().zone().getId());
    }
    if (!history.opening().facts().isEmpty()) {
      wallet.put("facts", plain(history.opening().facts()));
    }
    String events =
        history.events().stream()
            .map(event -> "\n    " + text(plain(event)))
            .collect(Collectors.joining(","));
    return "{\n  \"wallet\": "
        + text(wallet)
        + ",\n  \"events\": ["
        + events
        + (events.isEmpty() ? "" : "\n  ")
        + "],\n  \"program\": "
        + text(ProgramData.toTree(history.program()))
        + "\n}";
  }

  private static Map<String, Object> plain(Event event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", event.id());
    fields.put("at", event.at().toString());
    fields.put("type", event.type());
    event.subject().ifPresent(it -> fields.put("subject", it));
    event.group().ifPresent(it -> fields.put("group", it));
    event.amount().ifPresent(it -> fields.put("amount", it));
    if (!event.facts().isEmpty()) {
      fields.put("facts", plain(event.facts()));
    }
    return fields;
  }

  private static Map<String, Object> plain(Map<String, FactValue> facts) {
    Map<String, Object> values = new LinkedHashMap<>();
    facts.forEach((name, value) -> values.put(name, plain(value)));
    return values;
  }

  private static Object plain(FactValue value) {
    if (value instanceof FactValue.Whole whole) {
      return whole.value();
    } else if (value instanceof FactValue.Truth truth) {
      return truth.value();
    }
    return value.text();
  }

  /** Writes a tree of maps, lists, texts, numbers and truth values in one line. */
  static String text(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> quoted("" + entry.getKey()) + ": " + text(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (tree instanceof List<?> list) {
      return list.stream().map(HistoryJson::text).collect(Collectors.joining(", ", "[", "]"));
    } else if (tree instanceof String text) {
      return quoted(text);
    }
    return "" + tree;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append("\\u").append(Integer.toHexString(0x1_0000 | c).substring(1));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
