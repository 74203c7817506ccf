package io.github.allotment.shape;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What plain trees look like to people, and to a digest. */
public final class Trees {

  private static final int LONGEST = 80;

  private Trees() {}

  /** Says in a few words what a tree is, however large it is. */
  static String describe(@Nullable Object tree) {
    if (tree == null) {
      return "null";
    } else if (tree instanceof String text) {
      return "the text \"" + shortened(text) + "\"";
    } else if (tree instanceof BigInteger number && number.bitLength() > Long.SIZE * 4) {
      return "a number of " + number.bitLength() + " bits";
    } else if (tree instanceof Number || tree instanceof Boolean) {
      return shortened(tree.toString());
    } else if (tree instanceof Map) {
      return "an object";
    } else {
      return tree instanceof List
          ? "a list"
          : "a value of another type (in YAML, write it in quotes)";
    }
  }

  /** Writes a text on one line, and no more of it than a reader needs. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? plain(text) : plain(text.substring(0, LONGEST)) + "…";
  }

  /**
   * Writes a text so that it stays on one line and in its order: what does not print is escaped.
   *
   * @param text any text
   * @return the text; what was escaped is a code point in hexadecimal digits, between braces
   */
  public static String plain(String text) {
    return text.codePoints().mapToObj(Trees::visible).collect(Collectors.joining());
  }

  private static String visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          "\\u{" + Integer.toHexString(c) + "}";
      default -> Character.toString(c);
    };
  }

  /**
   * Writes a tree so that different trees have different texts; entries keep their order.
   *
   * @param tree a tree that a {@link Shape} wrote
   * @return the text
   */
  public static String canonical(Object tree) {
    StringBuilder text = new StringBuilder();
    canonical(tree, text);
    return text.toString();
  }

  private static void canonical(Object tree, StringBuilder text) {
    if (tree instanceof Map<?, ?> map) {
      text.append('{');
      map.forEach(
          (key, value) -> {
            canonical(key, text);
            canonical(value, text);
          });
      text.append('}');
    } else if (tree instanceof List<?> list) {
      text.append('[');
      list.forEach(item -> canonical(item, text));
      text.append(']');
    } else if (tree instanceof String string) {
      text.append('"').append(string.length()).append(':').append(string);
    } else {
      text.append('#').append(tree).append(';');
    }
  }
}
