package io.github.allotment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a version, with what it names looked up once.
 *
 * @param policy the version
 * @param conditions what is still to be asked of an occasion that may be meant for it
 * @param needsOpenClaim whether there must be an open claim that its effect does not ask for
 * @param judging judges it, and returns what it does if nothing speaks against it
 * @param limits the limits of what it grants or allots, as its effect names them
 * @param regained the names of those that get room back when a grant is taken back
 * @param parts what it grants; null if that depends on the event or the wallet, or if it does not
 *     grant
 * @param mark what a claim is marked with when it grants; empty if it does not mark one
 */
record ReadyRule(
    Policy policy,
    Rule rule,
    ImmutableList<Condition> conditions,
    boolean needsOpenClaim,
    Function<RuleCase, Runnable> judging,
    ImmutableList<Limits.Kind> limits,
    ImmutableList<String> regained,
    @Nullable ImmutableList<PendingAward.Part> parts,
    ImmutableSortedSet<String> mark) {

  static ReadyRule of(Policy version, Rule rule) {
    if (rule.effect() instanceof Effect.Grant grant) {
      return within(version, rule, grant.limits(), parts(version, grant.lines()));
    } else if (rule.effect() instanceof Effect.Allot allot) {
      return within(version, rule, allot.limits(), null);
    }
    return within(version, rule, ImmutableList.of(), null);
  }

  private static ReadyRule within(
      Policy version,
      Rule rule,
      List<Effect.Within> within,
      @Nullable ImmutableList<PendingAward.Part> parts) {
    ImmutableList<Limit> limits =
        within.stream()
            .map(some -> version.limit(some.limit()).orElseThrow())
            .collect(toImmutableList());
    ImmutableSortedSet<String> mark = mark(rule.effect());
    return new ReadyRule(
        version,
        rule,
        ImmutableList.copyOf(rule.trigger().conditions()),
        rule.trigger().needsOpenClaim() && mark.isEmpty(),
        rule.effect().match(new Judging()),
        limits.stream().map(Limits::of).collect(toImmutableList()),
        limits.stream()
            .filter(limit -> limit.regained() && !(limit.window() instanceof Window.Held))
            .map(Limit::name)
            .collect(toImmutableList()),
        parts,
        mark);
  }

  private static ImmutableSortedSet<String> mark(Effect effect) {
    return effect instanceof Effect.Grant grant
            && grant.once().orElse(null) instanceof Once.PerClaim once
        ? ImmutableSortedSet.of(once.key())
        : ImmutableSortedSet.of();
  }

  /**
   * Returns the rule for occasions that are known to meet its conditions on a fact of the event.
   */
  ReadyRule knowing(String fact) {
    ImmutableList<Condition> others =
        conditions.stream()
            .filter(condition -> !RuleIndex.asks(condition, fact))
            .collect(toImmutableList());
    return new ReadyRule(
        policy, rule, others, needsOpenClaim, judging, limits, regained, parts, mark);
  }

  private static @Nullable ImmutableList<PendingAward.Part> parts(
      Policy version, List<Line> lines) {
    ImmutableList.Builder<PendingAward.Part> parts = ImmutableList.builder();
    for (Line line : lines) {
      Source source = version.source(line.source()).orElseThrow();
      if (dependsOnEvent(source) || !(line.quantity() instanceof Quantity.Fixed fixed)) {
        return null;
      }
      parts.add(
          new PendingAward.Part(
              line.label(), line.source(), fixed.amount(), Optional.empty(), OptionalInt.empty()));
    }
    return parts.build();
  }

  /** Tells whether only an event knows what is to be known of a lot from a source. */
  static boolean dependsOnEvent(Source source) {
    return source.term().orElse(null) instanceof Term.OfEvent || source.priorityFact().isPresent();
  }
}
