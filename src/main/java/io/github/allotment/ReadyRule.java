package io.github.allotment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a version, with what it names looked up once.
 *
 * @param limits the limits of what it grants or allots, as its effect names them
 * @param parts what it grants; null if that depends on the event or the wallet, or if it does not
 *     grant
 */
record ReadyRule(
    Rule rule, ImmutableList<Limit> limits, @Nullable ImmutableList<PendingAward.Part> parts) {

  static ReadyRule of(Policy version, Rule rule) {
    if (rule.effect() instanceof Effect.Grant grant) {
      return new ReadyRule(rule, limits(version, grant.limits()), parts(version, grant.lines()));
    } else if (rule.effect() instanceof Effect.Allot allot) {
      return new ReadyRule(rule, limits(version, allot.limits()), null);
    }
    return new ReadyRule(rule, ImmutableList.of(), null);
  }

  private static ImmutableList<Limit> limits(Policy version, List<Effect.Within> limits) {
    return limits.stream()
        .map(within -> version.limit(within.limit()).orElseThrow())
        .collect(toImmutableList());
  }

  private static @Nullable ImmutableList<PendingAward.Part> parts(
      Policy version, List<Line> lines) {
    ImmutableList.Builder<PendingAward.Part> parts = ImmutableList.builder();
    for (Line line : lines) {
      Source source = version.source(line.source()).orElseThrow();
      boolean dependsOnEvent =
          source.term().orElse(null) instanceof Term.OfEvent || source.priorityFact().isPresent();
      if (dependsOnEvent || !(line.quantity() instanceof Quantity.Fixed fixed)) {
        return null;
      }
      parts.add(
          new PendingAward.Part(
              line.label(), line.source(), fixed.amount(), Optional.empty(), OptionalInt.empty()));
    }
    return parts.build();
  }
}
