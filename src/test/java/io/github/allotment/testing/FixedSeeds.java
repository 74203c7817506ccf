package io.github.allotment.testing;

import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Makes a build repeatable: every property that names no seed of its own gets one that depends on
 * its class, its name and the system property {@code allotment.seed}, a number. With the word
 * {@code random} instead of a number, every run tries something new, and a failure tells its seed.
 *
 * <p>jqwik finds this by the service loader. It is not part of the testkit: those who use that
 * choose for themselves.
 */
public class FixedSeeds implements AroundPropertyHook {

  /** Returns the base of all seeds: a number, or empty if every run is to try something new. */
  public static Optional<Long> base() {
    String value = System.getProperty("allotment.seed", "");
    return value.equals("random") ? Optional.empty() : Optional.of(parsed(value));
  }

  private static long parsed(String value) {
    return value.isEmpty() ? 1 : Long.parseLong(value);
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyAttributes attributes = context.attributes();
    if (attributes.seed().isEmpty()) {
      String name = context.containerClass().getName() + "." + context.targetMethod().getName();
      base().ifPresent(base -> attributes.setSeed(Long.toString(seed(base, name))));
    }
    return property.execute();
  }

  private static long seed(long base, String name) {
    long seed = base;
    for (int i = 0; i < name.length(); i++) {
      seed = 31 * seed + name.charAt(i);
    }
    return seed;
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }
}
