package io.github.allotment.examples.replay;

import java.util.stream.Collectors;

/** Keeps what a file says on one line, and harmless to a terminal. */
final class Lines {

  private Lines() {}

  /** Writes control characters and lone surrogates as escapes. */
  static String plain(String text) {
    return text.codePoints().mapToObj(Lines::plain).collect(Collectors.joining());
  }

  private static String plain(int c) {
    boolean harmful =
        switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
              true;
          default -> false;
        };
    return harmful ? "\\u{" + Integer.toHexString(c) + "}" : Character.toString(c);
  }
}
