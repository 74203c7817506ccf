package io.github.allotment;

import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Window;
import io.github.allotment.shape.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Words that several sentences share. */
final class Sentences {

  private Sentences() {}

  /** Writes a length of time in the largest unit that measures it whole, for example 7 days. */
  static String length(Duration length) {
    long seconds = length.toSeconds();
    if (!length.equals(Duration.ofSeconds(seconds))) {
      return length.toString();
    }
    if (seconds == 0) {
      return "0 seconds";
    }
    if (seconds % 86_400 == 0) {
      return seconds == 86_400 ? "24 hours" : counted(seconds / 86_400, "day");
    }
    if (seconds % 3_600 == 0) {
      return counted(seconds / 3_600, "hour");
    }
    return seconds % 60 == 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  /** Writes what a window sums, for example in 7 days. */
  static String in(Window window) {
    return window.match(
        new Window.Cases<>() {
          @Override
          public String held(Window.Held now) {
            return "held at once";
          }

          @Override
          public String rolling(Window.Rolling rolling) {
            return "in " + length(rolling.length());
          }

          @Override
          public String calendar(Window.Calendar calendar) {
            return switch (calendar.unit()) {
              case DAY -> "a day";
              case WEEK -> "a week";
              case MONTH -> "a month";
              case YEAR -> "a year";
            };
          }

          @Override
          public String session(Window.Session session) {
            return "in a session of " + length(session.length());
          }

          @Override
          public String cycle(Window.InCycle cycle) {
            return "a cycle";
          }

          @Override
          public String ever(Window.Ever ever) {
            return "for ever";
          }
        });
  }

  /** Writes the subject of a claim, with the part of it that the claim is for, if it is for one. */
  static String nameOf(Claim claim) {
    return nameOf(claim.subject(), claim.part());
  }

  /** Writes a subject or a group, with the part that is meant, if it is one. */
  static String nameOf(String name, Optional<String> part) {
    return plain(name) + part.map(one -> " (" + plain(one) + ")").orElse("");
  }

  /** Joins values as in "a, b or c". */
  static String anyOf(List<FactValue> values) {
    List<String> texts = values.stream().map(value -> plain(value.text())).toList();
    int last = texts.size() - 1;
    return last == 0
        ? texts.get(0)
        : String.join(", ", texts.subList(0, last)) + " or " + texts.get(last);
  }

  /** Writes a host's text so that it stays on one line and in its order: the rest is escaped. */
  static String plain(String text) {
    return Trees.plain(text);
  }
}
