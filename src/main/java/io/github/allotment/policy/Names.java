package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

/** Checks the names that a program gives to its parts. */
final class Names {

  private Names() {}

  /** Returns the name if it is not blank and has no control character. */
  static String check(String what, String name) {
    requireNonNull(name, what);
    checkArgument(!name.codePoints().allMatch(Names::isSpace), "%s must not be blank", what);
    if (name.chars().anyMatch(Character::isISOControl)) {
      String visible = name.chars().mapToObj(Names::visible).reduce("", String::concat);
      throw new IllegalArgumentException(
          lenientFormat("%s must have no control character: %s", what, visible));
    }
    return name;
  }

  /** Tells whether nothing is seen of a character: spaces that don't break a line among them. */
  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static String visible(int c) {
    return Character.isISOControl(c)
        ? lenientFormat("\\u%s", Integer.toHexString(c | 0x10000).substring(1))
        : Character.toString(c);
  }
}
