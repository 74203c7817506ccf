package io.github.allotment.benchmarks;

import java.util.Locale;
import java.util.Map;

/** How names and figures are written. */
final class Texts {

  private Texts() {}

  /** Puts values in the place of names, and a plural where there is not one. */
  static String filled(String pattern, Map<String, String> values) {
    String text = pattern;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", grouped(value.getValue()));
    }
    return text.replaceAll("\\b1 (\\w+)\\(s\\)", "1 $1").replace("(s)", "s");
  }

  private static String grouped(String value) {
    return value.matches("\\d+")
        ? String.format(Locale.ROOT, "%,d", Long.parseLong(value))
        : value.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Writes a number with three digits that count. */
  static String number(double value) {
    if (value >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }

  /** Writes a time. */
  static String time(double nanos) {
    if (nanos < 1_000) {
      return number(nanos) + " ns";
    } else if (nanos < 1_000_000) {
      return number(nanos / 1_000) + " µs";
    }
    return number(nanos / 1_000_000) + " ms";
  }

  /** Writes a size. */
  static String bytes(double bytes) {
    return String.format(Locale.ROOT, "%,d B", Math.round(bytes));
  }
}
