package io.github.allotment.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.TreeMultimap;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Tick;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a program reacts to: all that a history of it can be made of. */
final class Ingredients {

  /** What kind of value an effect takes from a fact. */
  enum Brought {
    AMOUNT,
    INSTANT,
    PLAN,
    RANK,
    COPY
  }

  private static final Comparator<FactValue> BY_TEXT =
      Comparator.comparing(FactValue::text).thenComparing(value -> value.getClass().getName());

  private final Set<String> types = new LinkedHashSet<>();
  private final Set<String> limited = new LinkedHashSet<>();
  private final Set<String> charging = new LinkedHashSet<>();
  private final Set<String> needingClaims = new LinkedHashSet<>();
  private final Set<String> needingAwards = new LinkedHashSet<>();
  private final Set<Duration> lengths = new TreeSet<>();
  private final Set<String> limits = new LinkedHashSet<>();
  private final Set<String> plans = new LinkedHashSet<>();
  private final Set<Instant> dates = new TreeSet<>();
  private final Set<Long> amounts = new TreeSet<>();
  private final SetMultimap<String, FactValue> asked =
      TreeMultimap.create(String::compareTo, BY_TEXT);
  private final SetMultimap<String, FactValue> askedOfWallet =
      TreeMultimap.create(String::compareTo, BY_TEXT);
  private final SetMultimap<String, Brought> brought = TreeMultimap.create();
  private final SetMultimap<String, String> factsOfType = TreeMultimap.create();

  private Ingredients() {}

  static Ingredients of(Program program) {
    Ingredients found = new Ingredients();
    found.length(program.lateness());
    program.versions().forEach(found::version);
    return found;
  }

  private void version(Policy version) {
    dates.add(version.fromInclusive());
    version.plans().stream().map(Plan::name).forEach(plans::add);
    version.limits().forEach(this::limit);
    version.sources().forEach(this::source);
    version.ticks().forEach(this::tick);
    version.rules().forEach(rule -> rule(version, rule));
  }

  private void length(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) >= 0
        && length.compareTo(Duration.ofDays(800)) < 0) {
      lengths.add(length);
    }
  }

  private void limit(Limit limit) {
    limits.add(limit.name());
    if (limit.window() instanceof Window.Rolling rolling) {
      length(rolling.length());
    } else if (limit.window() instanceof Window.Session session) {
      length(session.length());
    }
    amount(limit.max());
  }

  private void amount(Quantity quantity) {
    if (quantity instanceof Quantity.Fixed fixed && fixed.amount() < 1_000_000_000) {
      amounts.add(fixed.amount());
    }
  }

  private void source(Source source) {
    if (source.term().orElse(null) instanceof Term.Exactly exactly) {
      length(exactly.length());
    }
  }

  private void tick(Tick tick) {
    if (tick.interval() instanceof Tick.Interval.Exact exact) {
      length(exact.length());
    }
  }

  private void rule(Policy version, Rule rule) {
    List<String> own =
        rule.trigger().types().stream().filter(type -> !CalendarEvent.isReserved(type)).toList();
    types.addAll(own);
    for (Condition condition : rule.trigger().conditions()) {
      if (condition.whose() == Condition.Whose.EVENT) {
        asked.putAll(condition.fact(), condition.accepted());
        own.forEach(type -> factsOfType.put(type, condition.fact()));
      } else if (!condition.asksPlan()) {
        askedOfWallet.putAll(condition.fact(), condition.accepted());
      }
    }
    if (rule.trigger().needsOpenClaim() || needsClaim(rule.effect())) {
      needingClaims.addAll(own);
    }
    if (rule.effect() instanceof Effect.Settle || rule.effect() instanceof Effect.Revoke) {
      needingAwards.addAll(own);
    }
    effect(version, own, rule.effect());
  }

  private static boolean needsClaim(Effect effect) {
    return effect instanceof Effect.End
        || (effect instanceof Effect.Grant grant
            && grant.once().orElse(null) instanceof Once.PerClaim);
  }

  private void effect(Policy version, List<String> own, Effect effect) {
    if (effect instanceof Effect.Grant grant) {
      if (!grant.limits().isEmpty()) {
        limited.addAll(own);
      }
      grant.lines().forEach(line -> line(version, own, line));
      if (grant.settlement() instanceof Effect.Settlement.After after) {
        length(after.delay());
      } else if (grant.settlement() instanceof Effect.Settlement.AtFact at) {
        fact(own, at.fact(), Brought.INSTANT);
      }
    } else if (effect instanceof Effect.Charge charge) {
      charging.addAll(own);
      quantity(own, charge.quantity());
      charge.lapse().ifPresent(lapse -> length(lapse.after()));
    } else if (effect instanceof Effect.SwitchPlan change) {
      fact(own, change.fact(), Brought.PLAN);
    } else if (effect instanceof Effect.SetFact set && set.value().isEmpty()) {
      fact(own, set.fact(), Brought.COPY);
    }
  }

  private void line(Policy version, List<String> own, Line line) {
    quantity(own, line.quantity());
    for (Source source : version.source(line.source()).stream().toList()) {
      source.priorityFact().ifPresent(name -> fact(own, name, Brought.RANK));
      if (source.term().orElse(null) instanceof Term.OfEvent term) {
        fact(own, term.fact(), Brought.INSTANT);
      }
    }
  }

  private void quantity(List<String> own, Quantity quantity) {
    amount(quantity);
    if (quantity instanceof Quantity.OfEvent of && !of.fact().equals(Quantity.OfEvent.AMOUNT)) {
      fact(own, of.fact(), Brought.AMOUNT);
    }
  }

  private void fact(List<String> own, String name, Brought what) {
    brought.put(name, what);
    own.forEach(type -> factsOfType.put(type, name));
  }

  /** The types of events that rules wait for, in the order of the rules. */
  List<String> types() {
    return ImmutableList.copyOf(types);
  }

  /** The types of events that grant something under a limit. */
  List<String> limited() {
    return ImmutableList.copyOf(limited);
  }

  /** The types of events that open claims. */
  List<String> charging() {
    return ImmutableList.copyOf(charging);
  }

  /** Whether events of a type open claims. */
  boolean charges(String type) {
    return charging.contains(type);
  }

  /** Whether events of a type need an open claim. */
  boolean needsClaim(String type) {
    return needingClaims.contains(type);
  }

  /** Whether events of a type need something that is pending. */
  boolean needsAward(String type) {
    return needingAwards.contains(type);
  }

  /** The stretches of time that matter: windows, delays, deadlines, the lateness. */
  List<Duration> lengths() {
    return ImmutableList.copyOf(lengths);
  }

  List<String> limits() {
    return ImmutableList.copyOf(limits);
  }

  List<String> plans() {
    return ImmutableList.copyOf(plans);
  }

  /** The dates of the versions. */
  List<Instant> dates() {
    return ImmutableList.copyOf(dates);
  }

  /** The amounts that the program names. */
  List<Long> amounts() {
    return ImmutableList.copyOf(amounts);
  }

  /** The facts that events of a type may bring. */
  Set<String> facts(String type) {
    return ImmutableSortedSet.copyOf(factsOfType.get(type));
  }

  /** The values of an event's fact that some rule asks for. */
  List<FactValue> asked(String fact) {
    return ImmutableList.copyOf(asked.get(fact));
  }

  /** The values of the wallet's facts that some rule asks for. */
  ImmutableSetMultimap<String, FactValue> askedOfWallet() {
    return ImmutableSetMultimap.copyOf(askedOfWallet);
  }

  /** What effects take from a fact. */
  Set<Brought> brought(String fact) {
    return ImmutableSortedSet.copyOf(brought.get(fact));
  }
}
