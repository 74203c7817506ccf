package io.github.allotment.examples.replay;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replays history files and prints a statement for each, or, with {@code --json}, one line of JSON;
 * or, with {@code verify}, compares what came of each with what it expects; or, with {@code check},
 * checks program files.
 *
 * <p>Exit status: 0 if every file was replayed, gave what it expects, or is a program; 1 if one was
 * not, did not, or is not; 2 if the command line is wrong.
 */
public final class Replay {

  private static final String USAGE =
      "usage: replay [--json] [--] FILE...  or  replay verify [--] FILE..."
          + "  or  replay check [--] FILE...";

  private final boolean json;
  private final PrintStream out;
  private final PrintStream err;
  private int printed;

  private Replay(boolean json, PrintStream out, PrintStream err) {
    this.json = json;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the program and ends the process.
   *
   * @param args options and files
   */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status = run(List.of(args), out, err);
    if (out.checkError()) {
      err.println("replay: the output can't be written");
      status = 2;
    }
    System.exit(status);
  }

  /**
   * Runs the program.
   *
   * @param args options and files
   * @param out where statements go, in UTF-8
   * @param err where complaints go, in UTF-8
   * @return the exit status
   */
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    if (!args.isEmpty() && args.get(0).equals("check")) {
      return each(args.subList(1, args.size()), out, err, ProgramFile::report);
    }
    if (!args.isEmpty() && args.get(0).equals("verify")) {
      return each(args.subList(1, args.size()), out, err, Replay::verified);
    }
    boolean json = false;
    boolean optionsEnded = false;
    List<String> files = new ArrayList<>();
    for (String arg : args) {
      if (optionsEnded || !arg.startsWith("-")) {
        files.add(arg);
      } else if (arg.equals("--json")) {
        json = true;
      } else if (arg.equals("--help")) {
        out.println(USAGE);
        return 0;
      } else if (arg.equals("--")) {
        optionsEnded = true;
      } else {
        err.println("replay: unknown option " + Lines.plain(arg) + "; " + USAGE);
        return 2;
      }
    }
    if (files.isEmpty()) {
      err.println("replay: no file; " + USAGE);
      return 2;
    }
    return new Replay(json, out, err).replay(files);
  }

  /** What is said of a file: what is so, or everything that is wrong. */
  record Report(List<String> lines, List<String> problems) {}

  private interface Reporter {
    Report of(Path file) throws BadHistory;
  }

  /** Prints a report of each file. */
  private static int each(List<String> args, PrintStream out, PrintStream err, Reporter reporter) {
    boolean optionsEnded = !args.isEmpty() && args.get(0).equals("--");
    List<String> files = optionsEnded ? args.subList(1, args.size()) : args;
    Optional<String> option =
        files.stream().filter(file -> !optionsEnded && file.startsWith("-")).findFirst();
    if (option.isPresent() || files.isEmpty()) {
      err.println(
          option.map(it -> "replay: unknown option " + Lines.plain(it)).orElse("replay: no file")
              + "; "
              + USAGE);
      return 2;
    }
    int status = 0;
    for (String file : files) {
      status = Math.max(status, report(file, out, err, reporter));
    }
    return status;
  }

  private static int report(String file, PrintStream out, PrintStream err, Reporter reporter) {
    String name = file.isEmpty() ? "\"\"" : Lines.plain(file);
    try {
      Report report = reporter.of(JsonFile.path(file));
      report.lines().forEach(line -> out.println(name + ": " + line));
      report.problems().forEach(problem -> err.println(name + ": " + problem));
      return report.problems().isEmpty() ? 0 : 1;
    } catch (BadHistory bad) {
      err.println(name + ": " + bad.getMessage());
      return 1;
    }
  }

  /** Compares what came of a history with what it expects. */
  private static Report verified(Path file) throws BadHistory {
    History history = HistoryReader.read(file);
    if (history.expectation().isEmpty()) {
      throw new BadHistory("expect", "is missing: there is nothing to verify");
    }
    Expectation expectation = history.expectation().get();
    List<String> differences = expectation.differences(Result.of(history));
    return new Report(
        differences.isEmpty() ? List.of("as expected: " + expectation.summary()) : List.of(),
        differences);
  }

  private int replay(List<String> files) {
    int status = 0;
    for (String file : files) {
      try {
        print(Result.of(HistoryReader.read(JsonFile.path(file))));
      } catch (BadHistory bad) {
        status = 1;
        String message = (file.isEmpty() ? "\"\"" : Lines.plain(file)) + ": " + bad.getMessage();
        err.println(message);
        if (json) {
          out.println(JsonResult.ofError(message));
        }
      }
    }
    return status;
  }

  private void print(Result result) {
    if (json) {
      out.println(JsonResult.of(result));
      return;
    }
    if (printed++ > 0) {
      out.println();
    }
    Statement.of(result).forEach(out::println);
  }
}
