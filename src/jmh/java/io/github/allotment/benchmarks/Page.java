package io.github.allotment.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the page of a run's results, with nothing that the run did not say. */
final class Page {

  private static final String NOTES = "performance-notes.md";

  private final Results run;
  private final Path folder;
  private final StringBuilder text = new StringBuilder();

  private Page(Results run, Path folder) {
    this.run = run;
    this.folder = folder;
  }

  /** Makes the page again, of results that are there: their folder, and the site's. */
  public static void main(String[] args) throws IOException {
    write(new Results(Path.of(args[0])), Path.of(args[1]));
  }

  /** Writes the page and its plots into a site. */
  static void write(Results run, Path site) throws IOException {
    Path pages = Files.createDirectories(site.resolve("markdown"));
    Path images = Files.createDirectories(site.resolve("resources").resolve("images"));
    Page page = new Page(run, images);
    page.head(Files.exists(pages.resolve(NOTES)));
    page.promises();
    for (Section section : Section.values()) {
      page.section(section);
    }
    page.sizes();
    page.repeat();
    Files.writeString(pages.resolve("performance.md"), page.text);
  }

  private void say(String line) {
    text.append(line).append('\n');
  }

  private void head(boolean notes) {
    say("# Performance");
    say("");
    say("A program wrote this page, from the results of one run. It shows every row that was");
    say(
        "measured, those too in which others are faster. Times are of one thread. A row's figure is");
    say("the median of the averages of all iterations (" + run.method() + "); the interval");
    say("beside it holds the median with a probability of 95 %, by order statistics, or runs from");
    say("the lowest to the highest if there are fewer than six values. Ratios divide medians; the");
    say("interval of a ratio divides the ends against each other. Allocation is JMH's");
    say("`gc.alloc.rate.norm`.");
    if (notes) {
      say("What was changed because of such figures, and why some were missed, is told in the");
      say("[notes](" + NOTES + ").");
    }
    say("");
    say("| | |");
    say("|---|---|");
    for (Map.Entry<String, String> fact : run.machine().entrySet()) {
      say("| " + fact.getKey() + " | " + fact.getValue() + " |");
    }
    say("");
  }

  private void promises() {
    List<Target> targets = Target.of(run);
    say("## What it must reach");
    say("");
    say(
        "%d of %d are missed."
            .formatted(
                targets.stream().filter(it -> it.verdict().contains("missed")).count(),
                targets.size()));
    say("");
    say("| | median | interval | must | aim | |");
    say("|---|--:|--:|--:|--:|---|");
    for (Target target : targets) {
      say(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  target.what(),
                  target.unit().apply(target.value().median()),
                  interval(target.value(), target.unit()::apply),
                  target.promised(),
                  target.aimed(),
                  target.verdict()));
    }
    say("");
  }

  private interface Unit {
    String write(double value);
  }

  private static String interval(Spread spread, Unit unit) {
    return spread.low() == spread.high()
        ? ""
        : unit.write(spread.low()) + " – " + unit.write(spread.high());
  }

  private void section(Section section) throws IOException {
    List<Measured> rows = run.rows(section);
    if (section == Section.CONTROL) {
      rows = List.of(run.row("ConnectsAwards.granted"), rows.get(0));
    }
    say("## " + section.title());
    say("");
    say(section.text());
    say("");
    boolean rate = section == Section.REPLAY;
    say("| | median | interval | allocated |" + (rate ? " events a second |" : ""));
    say("|---|--:|--:|--:|" + (rate ? "--:|" : ""));
    for (Measured row : rows) {
      say(
          "| %s | %s | %s | %s |"
                  .formatted(
                      row.label(),
                      Texts.time(row.time().median()),
                      interval(row.time(), Texts::time),
                      Texts.bytes(row.allocated().median()))
              + (rate ? " " + Texts.number(1e9 / row.time().median()) + " |" : ""));
    }
    say("");
    String image = "performance-" + section.name().toLowerCase(Locale.ROOT) + ".svg";
    Files.writeString(
        folder.resolve(image),
        section
            .axis()
            .map(parameter -> Plot.growth(section.title(), run.rows(section), parameter))
            .orElse(Plot.rows(section.title(), rows)));
    say("![" + section.title() + "](../resources/images/" + image + ")");
    say("");
  }

  private void sizes() {
    say("## Sizes");
    say("");
    say("What a wallet retains, by JOL: beyond the host's own texts and what all wallets of a");
    say(
        "program share. A claim, a lot, a use and an id are the difference between a wallet with a");
    say("thousand more and one without, divided by a thousand.");
    say("");
    say("| | |");
    say("|---|--:|");
    for (Map.Entry<String, Double> size : run.sizes().entrySet()) {
      boolean rows = size.getKey().startsWith("Rows");
      say(
          "| %s | %s |"
              .formatted(
                  size.getKey(),
                  rows ? Texts.number(size.getValue()) : Texts.bytes(size.getValue())));
    }
    say("");
  }

  private void repeat() {
    say("## To repeat");
    say("");
    say("```sh");
    say(
        "mvn -Pbenchmarks verify                                 # all, and this page: some 20 minutes");
    say(
        "mvn -Pbenchmarks verify -Dallotment.bench=short         # all, in a few minutes, less sure;");
    say(
        "                                                        # the page is in target/benchmarks");
    say("mvn -Pbenchmarks verify -Dallotment.bench=ConnectsAward # some, by a pattern; no page");
    say("```");
    say("");
    say("The benchmarks are in `src/jmh/java`. The machine should have nothing else to do.");
  }
}
