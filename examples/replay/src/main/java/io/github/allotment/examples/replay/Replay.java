package io.github.allotment.examples.replay;

import io.github.allotment.PolicyEngine;
import io.github.allotment.connects.Connects;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Replays history files and prints a statement for each, or, with {@code --json}, one line of JSON.
 *
 * <p>Exit status: 0 if every file was replayed, 1 if one was not, 2 if the command line is wrong.
 */
public final class Replay {

  private static final String USAGE = "usage: replay [--json] [--] FILE...";

  private final PolicyEngine engine = PolicyEngine.of(Connects.program());
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

  private int replay(List<String> files) {
    int status = 0;
    for (String file : files) {
      try {
        print(Result.of(engine, HistoryReader.read(path(file))));
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

  private static Path path(String file) throws BadHistory {
    if (file.isEmpty()) {
      throw new BadHistory("", "a file's name must not be empty");
    }
    try {
      return Path.of(file);
    } catch (InvalidPathException notOne) {
      throw new BadHistory("", "this can't be a file's name");
    }
  }

  private void print(Result result) {
    if (json) {
      out.println(JsonResult.of(result));
      return;
    }
    if (printed++ > 0) {
      out.println();
    }
    Statement.of(engine, result).forEach(out::println);
  }
}
