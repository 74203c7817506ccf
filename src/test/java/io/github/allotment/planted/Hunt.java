package io.github.allotment.planted;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.allotment.testkit.History;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;

/** One law held against one bug, by jqwik itself, with as many tries as it makes by default. */
final class Hunt {

  /** What the build draws from. */
  static final long SEED = 1;

  /** What jqwik makes, unless it is told otherwise. */
  static final int TRIES = 1_000;

  /**
   * What was caught.
   *
   * @param tries how many histories were tried, the one that failed included
   * @param events how many events the smallest history that fails has
   * @param message what the law says
   */
  record Caught(int tries, int events, String message) {}

  /** There is one hunt at a time; jqwik shrinks in a thread of its own. */
  private static volatile @Nullable Hunt current;

  private final PlantedBug bug;
  private final String seed;
  private final boolean shrinking;
  private @Nullable PropertyExecutionResult result;

  private Hunt(PlantedBug bug, String seed, boolean shrinking) {
    this.bug = bug;
    this.seed = seed;
    this.shrinking = shrinking;
  }

  static Hunt current() {
    return Objects.requireNonNull(current, "nothing is hunted");
  }

  PlantedBug bug() {
    return bug;
  }

  /** Holds a law against a bug; empty if the bug is not caught. */
  static Optional<Caught> hunt(PlantedBug bug, String law, long seed, boolean shrinking) {
    Hunt hunt = new Hunt(bug, "" + seed, shrinking);
    current = hunt;
    try {
      LauncherFactory.create().execute(request(law));
    } finally {
      current = null;
    }
    return hunt.caught(law);
  }

  private static LauncherDiscoveryRequest request(String law) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectMethod(PlantedLaws.class, law, "io.github.allotment.testkit.History"))
        .configurationParameter("jqwik.database", "target/jqwik-planted-database")
        .configurationParameter("jqwik.tries.default", "" + TRIES)
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .build();
  }

  private Optional<Caught> caught(String law) {
    PropertyExecutionResult done =
        Objects.requireNonNull(result, () -> "there is no law called " + law);
    if (done.status() != PropertyExecutionResult.Status.FAILED) {
      return Optional.empty();
    }
    Throwable thrown = done.throwable().orElseThrow();
    if (!(thrown instanceof AssertionFailedError)) {
      throw new IllegalStateException("not what a law says of " + bug, thrown);
    }
    History smallest = (History) done.falsifiedParameters().orElseThrow().get(0);
    return Optional.of(
        new Caught(done.countTries(), smallest.events().size(), "" + thrown.getMessage()));
  }

  /** Gives a law the hunt's seed, and keeps what came of it. */
  static final class Watch implements AroundPropertyHook {

    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      Hunt hunt = current();
      context.attributes().setSeed(hunt.seed);
      context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED);
      if (!hunt.shrinking) {
        context.attributes().setShrinking(ShrinkingMode.OFF);
      }
      PropertyExecutionResult result = property.execute();
      hunt.result = result;
      return result;
    }
  }
}
