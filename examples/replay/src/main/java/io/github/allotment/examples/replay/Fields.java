package io.github.allotment.examples.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.allotment.policy.FactValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The fields of one JSON object: each is asked for once, and what nobody asked for is an error.
 *
 * <p>Every object may have a {@code comment}, a text or a list of texts; an object of facts has
 * only facts.
 */
final class Fields {

  /** As in 2021-01-05T09:00:00Z, with or without fractions of a second. */
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

  private final String where;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  Fields(String where, JsonNode node) throws BadHistory {
    this.where = where;
    this.node = node;
    if (!node.isObject()) {
      throw new BadHistory(where, "must be an object, but is " + kind(node));
    }
  }

  /** Returns a field that may be missing. */
  Optional<JsonNode> find(String field) {
    asked.add(field);
    return Optional.ofNullable(node.get(field));
  }

  /** Returns a field that must be there. */
  JsonNode get(String field) throws BadHistory {
    Optional<JsonNode> found = find(field);
    if (found.isEmpty()) {
      throw new BadHistory(at(field), "is missing");
    }
    return found.get();
  }

  /** Returns a text that must be there and not empty. */
  String text(String field) throws BadHistory {
    return text(field, get(field));
  }

  private String text(String field, JsonNode value) throws BadHistory {
    if (!value.isTextual()) {
      throw new BadHistory(at(field), "must be a text, but is " + kind(value));
    }
    if (value.textValue().isEmpty()) {
      throw new BadHistory(at(field), "must not be empty");
    }
    return value.textValue();
  }

  /** Returns a text that may be missing. */
  Optional<String> textIfThere(String field) throws BadHistory {
    return find(field).isEmpty() ? Optional.empty() : Optional.of(text(field));
  }

  /** Returns an object's facts by name; none if the field is missing. */
  Map<String, FactValue> facts(String field) throws BadHistory {
    Map<String, FactValue> facts = new LinkedHashMap<>();
    if (find(field).isPresent()) {
      Fields values = new Fields(at(field), get(field));
      for (String name : (Iterable<String>) values.node::fieldNames) {
        if (name.isEmpty()) {
          throw new BadHistory(at(field), "a fact's name must not be empty");
        }
        facts.put(name, values.fact(name));
      }
    }
    return facts;
  }

  private FactValue fact(String name) throws BadHistory {
    JsonNode value = node.get(name);
    if (value.isTextual()) {
      return FactValue.of(value.textValue());
    } else if (value.isBoolean()) {
      return FactValue.of(value.booleanValue());
    } else if (value.isIntegralNumber() && value.canConvertToLong()) {
      return FactValue.of(value.longValue());
    }
    throw new BadHistory(
        at(name), "must be a text, a whole number, or true or false, but is " + kind(value));
  }

  /** Returns a truth value that must be there. */
  boolean truth(String field) throws BadHistory {
    JsonNode value = get(field);
    if (!value.isBoolean()) {
      throw new BadHistory(at(field), "must be true or false, but is " + kind(value));
    }
    return value.booleanValue();
  }

  /** Returns a whole number that must be there and not be below another. */
  long whole(String field, long least) throws BadHistory {
    JsonNode value = get(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new BadHistory(
          at(field), "must be a whole number up to " + Long.MAX_VALUE + ", but is " + kind(value));
    }
    if (value.longValue() < least) {
      throw new BadHistory(at(field), "must be at least " + least + ", but is " + value);
    }
    return value.longValue();
  }

  /** Returns an instant that must be there. */
  Instant instant(String field) throws BadHistory {
    String text = text(field);
    try {
      if (INSTANT.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeException noSuchDate) {
      throw notAnInstant(field, text);
    }
    throw notAnInstant(field, text);
  }

  private BadHistory notAnInstant(String field, String text) {
    return new BadHistory(
        at(field), "must be an instant like 2021-01-05T09:00:00Z, but is " + quoted(text));
  }

  /** Returns a text that must be there and stand for something. */
  <T> T known(String field, String what, Function<String, Optional<T>> lookUp) throws BadHistory {
    String text = text(field);
    Optional<T> found = lookUp.apply(text);
    if (found.isEmpty()) {
      throw new BadHistory(at(field), "is not a known " + what + ": " + quoted(text));
    }
    return found.get();
  }

  /** Like {@link #known}, but the field may be missing. */
  <T> Optional<T> knownIfThere(String field, String what, Function<String, Optional<T>> lookUp)
      throws BadHistory {
    return find(field).isEmpty() ? Optional.empty() : Optional.of(known(field, what, lookUp));
  }

  /** Fails if there is a field that nobody asked for, other than a comment. */
  void noMore() throws BadHistory {
    for (String field : (Iterable<String>) node::fieldNames) {
      if (field.equals("comment") && !asked.contains(field)) {
        checkComment(node.get(field));
      } else if (!asked.contains(field)) {
        throw new BadHistory(at(field), "is not a field that belongs here");
      }
    }
  }

  private void checkComment(JsonNode comment) throws BadHistory {
    boolean isText = comment.isTextual();
    boolean areTexts = comment.isArray();
    for (JsonNode line : comment) {
      areTexts = areTexts && line.isTextual();
    }
    if (!isText && !areTexts) {
      throw new BadHistory(
          at("comment"), "must be a text or a list of texts, but is " + kind(comment));
    }
  }

  /** Names a field of this object. */
  String at(String field) {
    String name = field.codePoints().allMatch(Fields::isPlain) ? field : quoted(field);
    return where.isEmpty() ? name : where + ", field " + name;
  }

  private static boolean isPlain(int c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
  }

  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL -> "null";
      case BOOLEAN, NUMBER -> shortened(value.toString());
      case STRING -> "the text " + quoted(value.textValue());
      case BINARY, MISSING, POJO -> "something else";
    };
  }

  /** Quotes a text on one line. */
  static String quoted(String text) {
    return "\"" + shortened(Lines.plain(text)) + "\"";
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
