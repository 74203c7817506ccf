package io.github.allotment.testkit;

import static io.github.allotment.testkit.Run.same;
import static io.github.allotment.testkit.Run.sameAccount;
import static io.github.allotment.testkit.Run.sameStep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** An account's state is all there is to it. */
public interface StateLaws extends Laws {

  /**
   * An account that is exported and restored, at any cut of its history, goes on as if it had not
   * been.
   *
   * @param history any history
   */
  @Property
  default void restoringChangesNothing(@ForAll("histories") History history) {
    Run run = Run.of(this, history);
    List<Run.Stage> stages = run.stages();
    int cut = history.random().nextInt(stages.size());
    Account now = run.accounts().restore(stages.get(cut).end().export());
    sameAccount("restored after " + stages.get(cut).name(), stages.get(cut).end(), now);
    for (Run.Stage stage : stages.subList(cut + 1, stages.size())) {
      Step step = now.decide(stage.decided());
      sameStep(
          "restored after " + stages.get(cut).name() + ", " + stage.name(), stage.step(), step);
      now = step.account();
    }
    Instant end = run.last().look().clock().plus(Duration.ofDays(70));
    sameStep("restored, at last", run.last().advance(end), now.advance(end));
  }

  /**
   * The changes of every step, applied to the exported account before it, give the exported account
   * after it.
   *
   * @param history any history
   */
  @Property
  default void changesLeadFromOneStateToTheNext(@ForAll("histories") History history) {
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      if (stage.before() != null) {
        same(
            "the changes of " + stage.name(),
            stage.end().export(),
            stage.step().changes().apply(stage.start().export()));
      }
    }
  }
}
