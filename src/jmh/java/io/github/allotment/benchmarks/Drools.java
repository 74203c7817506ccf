package io.github.allotment.benchmarks;

import io.github.allotment.benchmarks.HostAccount.Interview;
import io.github.allotment.benchmarks.HostAccount.Verdict;
import java.util.Arrays;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.StatelessKieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.internal.utils.KieHelper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same judgement by Drools. */
@State(Scope.Thread)
public class Drools {

  /** How many rules. */
  @Param({"1", "10", "100"})
  int rules;

  private final HostAccount withRoom = new HostAccount(true);
  private final HostAccount full = new HostAccount(false);
  private String expected;
  private Interview[] interviews;
  private StatelessKieSession stateless;
  private Stateful grants;
  private Stateful refuses;
  private int next;

  /** A session that goes on, and in which the account stays. */
  private static final class Stateful {

    private final KieSession session;
    private final HostAccount account;
    private final FactHandle handle;
    private final Verdict verdict = new Verdict();

    Stateful(KieBase rules, HostAccount account) {
      session = rules.newKieSession();
      this.account = account;
      handle = session.insert(account);
      session.insert(verdict);
    }

    Verdict judged(Interview interview) {
      account.lookUp(interview);
      session.update(handle, account);
      FactHandle asked = session.insert(interview);
      session.fireAllRules();
      session.delete(asked);
      return verdict;
    }
  }

  /** Builds the rules. */
  @Setup
  public void make() {
    expected = RuleSets.name(rules / 2);
    interviews = Interview.interviews(rules);
    KieBase base =
        new KieHelper()
            .addContent(text(rules), ResourceType.DRL)
            .build(ExecutableModelProject.class);
    stateless = base.newStatelessKieSession();
    grants = new Stateful(base, withRoom);
    refuses = new Stateful(base, full);
  }

  /** Ends the sessions. */
  @TearDown
  public void end() {
    grants.session.dispose();
    refuses.session.dispose();
  }

  private static String text(int rules) {
    StringBuilder text =
        new StringBuilder(
            """
            package awards
            import io.github.allotment.benchmarks.HostAccount
            import io.github.allotment.benchmarks.HostAccount.Interview
            import io.github.allotment.benchmarks.HostAccount.Verdict
            """);
    for (int rule = 0; rule < rules; rule++) {
      text.append(
          """
          rule "%1$s"
          when
            Interview(category == "%2$s", source == "proposal", answered == true)
            $account : HostAccount(open == true, awarded == false, left >= %3$d)
            $verdict : Verdict()
          then
            $verdict.say(drools.getRule().getName(), "applied", $account.getLeft() - %3$d);
          end
          rule "%1$s, no room"
          when
            Interview(category == "%2$s", source == "proposal", answered == true)
            $account : HostAccount(open == true, awarded == false, left < %3$d)
            $verdict : Verdict()
          then
            $verdict.say("%1$s", "no-room", $account.getLeft());
          end
          """
              .formatted(RuleSets.name(rule), RuleSets.category(rule), RuleSets.AWARD));
    }
    return text.toString();
  }

  private Interview interview() {
    return interviews[next++ % RuleSets.PROPOSALS];
  }

  private Verdict judged(HostAccount account) {
    Interview interview = interview();
    account.lookUp(interview);
    Verdict verdict = new Verdict();
    stateless.execute(Arrays.asList(interview, account, verdict));
    return verdict;
  }

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.RULES, as = "Drools, stateless, granted, {rules} rule(s)")
  public long statelessGranted() {
    return judged(withRoom).read(true, expected);
  }

  /** Does not. */
  @Benchmark
  @Shown(in = Section.RULES, as = "Drools, stateless, refused, {rules} rule(s)")
  public long statelessRefused() {
    return judged(full).read(false, expected);
  }

  /** Fits into the limit. */
  @Benchmark
  @Shown(in = Section.RULES, as = "Drools, stateful, granted, {rules} rule(s)")
  public long statefulGranted() {
    return grants.judged(interview()).read(true, expected);
  }

  /** Does not. */
  @Benchmark
  @Shown(in = Section.RULES, as = "Drools, stateful, refused, {rules} rule(s)")
  public long statefulRefused() {
    return refuses.judged(interview()).read(false, expected);
  }
}
