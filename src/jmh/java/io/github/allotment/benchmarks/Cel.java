package io.github.allotment.benchmarks;

import dev.cel.bundle.CelFactory;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.github.allotment.benchmarks.HostAccount.Interview;
import io.github.allotment.benchmarks.HostAccount.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same judgement by CEL-Java: which rules apply, and then what the room says. */
@State(Scope.Thread)
public class Cel {

  private record Compiled(String name, CelRuntime.Program applies) {}

  /** How many rules. */
  @Param({"1", "10", "100"})
  int rules;

  private final HostAccount withRoom = new HostAccount(true);
  private final HostAccount full = new HostAccount(false);
  private String expected;
  private Interview[] interviews;
  private Compiled[] compiled;
  private CelRuntime.Program outcome;
  private int next;

  /** Compiles the expressions. */
  @Setup
  public void make() throws Exception {
    expected = RuleSets.name(rules / 2);
    interviews = Interview.interviews(rules);
    dev.cel.bundle.Cel cel =
        CelFactory.plannerCelBuilder()
            .addVar("category", SimpleType.STRING)
            .addVar("source", SimpleType.STRING)
            .addVar("answered", SimpleType.BOOL)
            .addVar("open", SimpleType.BOOL)
            .addVar("awarded", SimpleType.BOOL)
            .addVar("left", SimpleType.INT)
            .build();
    compiled = new Compiled[rules];
    for (int rule = 0; rule < rules; rule++) {
      String applies =
          "category == '%s' && source == 'proposal' && answered && open && !awarded"
              .formatted(RuleSets.category(rule));
      compiled[rule] =
          new Compiled(RuleSets.name(rule), cel.createProgram(cel.compile(applies).getAst()));
    }
    String says = "left >= %d ? 'applied' : 'no-room'".formatted(RuleSets.AWARD);
    outcome = cel.createProgram(cel.compile(says).getAst());
  }

  private Verdict judged(HostAccount account) throws CelEvaluationException {
    Interview interview = interviews[next++ % RuleSets.PROPOSALS];
    account.lookUp(interview);
    Map<String, Object> facts = new HashMap<>();
    facts.put("category", interview.getCategory());
    facts.put("source", interview.getSource());
    facts.put("answered", interview.isAnswered());
    facts.put("open", account.isOpen());
    facts.put("awarded", account.isAwarded());
    facts.put("left", account.getLeft());
    Verdict verdict = new Verdict();
    for (Compiled rule : compiled) {
      if (Boolean.TRUE.equals(rule.applies().eval(facts))) {
        verdict.say(rule.name(), (String) outcome.eval(facts), account.getLeft());
      }
    }
    return verdict;
  }

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.RULES, as = "CEL-Java, granted, {rules} rule(s)")
  public long granted() throws CelEvaluationException {
    return judged(withRoom).read(true, expected);
  }

  /** Does not. */
  @Benchmark
  @Shown(in = Section.RULES, as = "CEL-Java, refused, {rules} rule(s)")
  public long refused() throws CelEvaluationException {
    return judged(full).read(false, expected);
  }
}
