package io.github.allotment.planted;

import io.github.allotment.planted.Hunt.Caught;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The page that shows what was planted and what found it. */
final class PlantedBugsPage {

  private static final Path PAGE = Path.of("src", "site", "markdown", "planted-bugs.md");

  private static final String HEAD =
      """
      | what is wrong | of the family | program | law that finds it | tries | events |
      |---|---|---|---|---|---|
      """;

  private PlantedBugsPage() {}

  /** Returns the columns of a bug's row that do not have to be measured. */
  static String start(PlantedBug bug) {
    return "| %s | %s | %s | `%s` |"
        .formatted(bug.what(), bug.family(), bug.on().name(), bug.law());
  }

  /** Returns a bug's row. */
  static String row(PlantedBug bug, List<Caught> caught) {
    return "%s %d | %d |"
        .formatted(
            start(bug),
            median(caught.stream().map(Caught::tries).toList()),
            median(caught.stream().map(Caught::events).toList()));
  }

  private static int median(List<Integer> numbers) {
    return numbers.stream().sorted().toList().get(numbers.size() / 2);
  }

  /** Returns those columns of the page's rows. */
  static List<String> startsOfRows() throws IOException {
    return Pattern.compile("^(\\|.*`\\w+` \\|) \\d+ \\| \\d+ \\|$", Pattern.MULTILINE)
        .matcher(Files.readString(PAGE))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  /** Replaces the page's table. */
  static void write(List<String> rows) throws IOException {
    String page = Files.readString(PAGE);
    MatchResult table =
        Pattern.compile("^\\| what is wrong .*?\n(?=\n|\\z)", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(page)
            .results()
            .findFirst()
            .orElseThrow();
    Files.writeString(
        PAGE,
        page.substring(0, table.start())
            + HEAD
            + String.join("\n", rows)
            + "\n"
            + page.substring(table.end()));
  }
}
