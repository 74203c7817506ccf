package io.github.allotment.benchmarks;

import java.util.Map;

/**
 * What one benchmark came to under one choice of parameters.
 *
 * @param shown where it stands on the page
 * @param name the class and the method
 * @param parameters by name
 * @param time nanoseconds for each operation
 * @param allocated bytes for each operation
 */
record Measured(
    Shown shown, String name, Map<String, String> parameters, Spread time, Spread allocated) {

  Section section() {
    return shown.in();
  }

  /** Returns the row's name. */
  String label() {
    return Texts.filled(shown.as(), parameters);
  }

  /** Returns the row's name without the part that says how much there is of something. */
  String labelWithout(String parameter) {
    String rest = shown.as().replaceAll(", \\{" + parameter + "\\}[^,]*", "");
    return Texts.filled(rest, parameters);
  }

  boolean is(String asked, String... values) {
    if (!name.equals(asked)) {
      return false;
    }
    for (String value : values) {
      if (!parameters.containsValue(value)) {
        return false;
      }
    }
    return true;
  }
}
