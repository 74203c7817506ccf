package io.github.allotment.examples.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.allotment.PolicyEngine;
import io.github.allotment.connects.Connects;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import io.github.allotment.policy.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads program files. */
final class ProgramFile {

  /** The name of the program that is built in. */
  static final String BUILT_IN = "connects";

  private static final PolicyEngine CONNECTS = PolicyEngine.of(Connects.program());

  private ProgramFile() {}

  /** Says what the program in a file consists of, or every problem of it. */
  static Replay.Report report(Path file) throws BadHistory {
    JsonNode root = JsonFile.read(file);
    if (isHistory(root)) {
      throw new BadHistory(
          "", "this is a history, not a program: leave out check, or write verify instead");
    }
    try {
      Program program = ProgramData.fromTree(JsonFile.plain(root));
      List<String> lines = new ArrayList<>(List.of(summary(program)));
      lines.addAll(notes(program));
      return new Replay.Report(lines, List.of());
    } catch (InvalidDataException invalid) {
      return new Replay.Report(
          List.of(),
          invalid.problems().stream().map(problem -> Lines.plain(problem.text())).toList());
    }
  }

  /** Tells whether a file is meant to be a history. */
  private static boolean isHistory(JsonNode root) {
    return !isProgram(root) && (root.has("wallet") || root.has("events"));
  }

  /** Tells whether a file is meant to be a program. */
  static boolean isProgram(JsonNode root) {
    return root.has("format") || root.has("versions");
  }

  /** Reads a file that has no problems. */
  static Program read(Path file) throws BadHistory {
    JsonNode root = JsonFile.read(file);
    try {
      return ProgramData.fromTree(JsonFile.plain(root));
    } catch (InvalidDataException invalid) {
      throw new BadHistory("", Lines.plain("" + invalid.getMessage()));
    }
  }

  /** Returns the engine of the program that is built in. */
  static PolicyEngine builtIn() {
    return CONNECTS;
  }

  /** Returns the engine of a program that stands in a history. */
  static PolicyEngine engine(JsonNode program) throws BadHistory {
    try {
      return PolicyEngine.of(ProgramData.fromTree(JsonFile.plain(program)));
    } catch (InvalidDataException invalid) {
      throw new BadHistory(
          "field program", "is not a program: " + Lines.plain("" + invalid.getMessage()));
    }
  }

  /** Returns the engine of the program that a history names, relative to the history's file. */
  static PolicyEngine engine(String name, Path history) throws BadHistory {
    if (name.equals(BUILT_IN)) {
      return CONNECTS;
    }
    try {
      return PolicyEngine.of(read(history.resolveSibling(JsonFile.path(name))));
    } catch (BadHistory bad) {
      throw new BadHistory(
          "field program", Fields.quoted(name) + " is not a program: " + bad.getMessage());
    }
  }

  /**
   * Says in a line each which facts of wallets rules ask for and none sets: a wallet's opening must
   * bring them, or they are misspelt.
   */
  private static List<String> notes(Program program) {
    List<Rule> rules = program.versions().stream().flatMap(it -> it.rules().stream()).toList();
    Set<String> told = new LinkedHashSet<>();
    for (Rule rule : rules) {
      if (rule.effect() instanceof Effect.SetFact set) {
        told.add(set.fact());
      }
    }
    List<String> notes = new ArrayList<>();
    for (Rule rule : rules) {
      for (Condition condition : rule.trigger().conditions()) {
        boolean asksFact = condition.whose() == Condition.Whose.WALLET && !condition.asksPlan();
        if (asksFact && told.add(condition.fact())) {
          notes.add(
              "note: rule %s asks for the wallet's fact %s, which only an opening can set"
                  .formatted(Lines.plain(rule.name()), Lines.plain(condition.fact())));
        }
      }
    }
    return notes;
  }

  /** Says in a line what a program consists of. */
  private static String summary(Program program) {
    return "program %s: %d version%s, %d rules"
        .formatted(
            Lines.plain(program.name()),
            program.versions().size(),
            program.versions().size() == 1 ? "" : "s",
            program.versions().stream().map(Policy::rules).mapToInt(List::size).sum());
  }
}
