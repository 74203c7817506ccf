package io.github.allotment.policy;

import static com.google.common.base.Strings.lenientFormat;

import com.google.common.collect.ImmutableSet;
import io.github.allotment.data.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds what does not go together in a policy's parts. */
final class PolicyCheck {

  private final List<Problem> problems = new ArrayList<>();
  private final List<Source> sources;
  private final List<Rule> rules;
  private final ImmutableSet<String> sourceNames;
  private final ImmutableSet<String> limitNames;
  private final ImmutableSet<String> planNames;
  private final ImmutableSet<String> tickNames;
  private final Optional<String> chargingPart;

  PolicyCheck(
      List<Source> sources,
      List<Limit> limits,
      List<Plan> plans,
      List<Tick> ticks,
      List<Rule> rules) {
    this.sources = sources;
    this.rules = rules;
    unique("source", sources, Source::name);
    unique("limit", limits, Limit::name);
    unique("plan", plans, Plan::name);
    unique("tick", ticks, Tick::name);
    unique("rule", rules, Rule::name);
    sourceNames = names(sources, Source::name);
    limitNames = names(limits, Limit::name);
    planNames = names(plans, Plan::name);
    tickNames = names(ticks, Tick::name);
    chargingPart =
        rules.stream()
            .filter(
                rule -> rule.effect() instanceof Effect.Charge charge && charge.part().isPresent())
            .map(Rule::name)
            .findFirst();
    if (plans.isEmpty()) {
      problem("plans", "at least one plan", "there is no plan");
    }
    for (int i = 0; i < sources.size(); i++) {
      plans(
          at("sources", i) + ".usableOn",
          "source " + sources.get(i).name(),
          sources.get(i).plans());
    }
    for (int i = 0; i < limits.size(); i++) {
      limit(at("limits", i), limits.get(i));
    }
    for (int i = 0; i < plans.size(); i++) {
      String owner = "plan " + plans.get(i).name();
      lines(at("plans", i) + ".allotment", owner, plans.get(i).allotment(), true);
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(at("rules", i), rules.get(i));
    }
  }

  List<Problem> problems() {
    return problems;
  }

  private static String at(String list, int position) {
    return list + "[" + position + "]";
  }

  private static <T> ImmutableSet<String> names(List<T> parts, Function<T, String> name) {
    return parts.stream().map(name).collect(ImmutableSet.toImmutableSet());
  }

  private void problem(String path, String expected, String found, Object... args) {
    problems.add(Problem.of(path, expected, lenientFormat(found, args)));
  }

  private <T> void unique(String kind, List<T> parts, Function<T, String> name) {
    Set<String> seen = new LinkedHashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      String found = name.apply(parts.get(i));
      if (!seen.add(found)) {
        problem(
            at(kind + "s", i) + ".name",
            "a name of its own",
            "there are two of the name %s %s",
            kind,
            found);
      }
    }
  }

  /** Complains of a name that is not among those declared. */
  private void known(String path, String owner, String kind, String name, Set<String> names) {
    if (!names.contains(name)) {
      problems.add(
          Problem.unknown(
              path,
              "a declared " + kind,
              lenientFormat("%s names the %s %s, which is not declared", owner, kind, name),
              name,
              names));
    }
  }

  private void lines(String path, String owner, List<Line> lines, boolean calendar) {
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).source();
      String place = at(path, i) + ".source";
      known(place, owner, "source", name, sourceNames);
      if (calendar && asksEvent(name)) {
        problem(
            place,
            "a source that asks nothing of the event",
            "%s grants from the source %s, whose term or priority only a host's event can bring",
            owner,
            name);
      }
    }
  }

  private boolean asksEvent(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .anyMatch(
            source ->
                source.priorityFact().isPresent()
                    || source.term().filter(Term.OfEvent.class::isInstance).isPresent());
  }

  private void sources(String path, String owner, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      known(at(path, i), owner, "source", names.get(i), sourceNames);
    }
  }

  private void plansAskedFor(String path, String owner, List<FactValue> plans) {
    for (int i = 0; i < plans.size(); i++) {
      if (plans.get(i) instanceof FactValue.Text plan) {
        known(at(path, i), owner, "plan", plan.value(), planNames);
      } else {
        problem(
            at(path, i),
            "a plan's name, which is a text",
            "%s asks for the plan %s, which is no text",
            owner,
            plans.get(i).text());
      }
    }
  }

  private void plans(String path, String owner, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      known(at(path, i), owner, "plan", names.get(i), planNames);
    }
  }

  private void limit(String path, Limit limit) {
    if (limit.window() instanceof Window.Held held) {
      sources(path + ".window.held", "limit " + limit.name(), held.sources());
    }
  }

  private void rule(String path, Rule rule) {
    String owner = "rule " + rule.name();
    List<String> types = rule.trigger().types();
    long ofCalendar = types.stream().filter(CalendarEvent::isReserved).count();
    difference(path, owner, rule);
    prorated(path, owner, rule);
    rule.effect()
        .match(new EffectCheck(path, owner, ofCalendar > 0))
        .ifPresent(calendar -> types(path, owner, types, calendar));
    if (ofCalendar > 0 && ofCalendar < types.size()) {
      problem(
          path + ".on",
          "a host's events or the calendar's",
          "%s mixes a host's events with the calendar's: %s",
          owner,
          types);
    }
    if (ofCalendar > 0) {
      askedOfCalendar(path, owner, rule.trigger());
    }
    conditions(path, owner, rule.trigger());
    sources(path + ".whileEmpty", owner, rule.trigger().empty());
    for (int i = 0; i < types.size(); i++) {
      if (Tick.isType(types.get(i))) {
        tick(at(path + ".on", i), owner, types.get(i));
      }
    }
  }

  private void tick(String path, String owner, String type) {
    Set<String> tickTypes =
        tickNames.stream().map(Tick::typeOf).collect(ImmutableSet.toImmutableSet());
    if (!tickTypes.contains(type)) {
      problems.add(
          Problem.unknown(
              path,
              "a declared tick",
              lenientFormat("%s is on %s, which is not declared", owner, type),
              type,
              tickTypes));
    }
  }

  private void conditions(String path, String owner, Trigger trigger) {
    for (int i = 0; i < trigger.conditions().size(); i++) {
      Condition condition = trigger.conditions().get(i);
      if (condition.asksPlan()) {
        plansAskedFor(at(path + ".when", i) + ".is", owner, condition.accepted());
      }
    }
  }

  private void difference(String path, String owner, Rule rule) {
    if (rule.effect() instanceof Effect.Allot allot
        && allot.how() == Effect.Allot.How.DIFFERENCE
        && !rule.trigger().types().equals(List.of(CalendarEvent.PLAN_ENTERED.code()))) {
      problem(
          path + ".allot.how",
          "the event " + CalendarEvent.PLAN_ENTERED.code() + " alone",
          "%s asks for the difference from the plan that was left, which only %s knows",
          owner,
          CalendarEvent.PLAN_ENTERED.code());
    }
  }

  /** What is prorated is the cycle's; a plan whose lines a tick grants has another share in it. */
  private void prorated(String path, String owner, Rule rule) {
    if (!(rule.effect() instanceof Effect.Allot allot)
        || allot.how() != Effect.Allot.How.PRORATED) {
      return;
    }
    for (Rule other : rules) {
      if (other.effect() instanceof Effect.Allot
          && other.trigger().types().stream().anyMatch(Tick::isType)
          && mayBothApply(rule.trigger(), other.trigger())) {
        problem(
            path + ".allot.how",
            "the share of a cycle that its renewal allots",
            "%s prorates to the cycle what rule %s allots on a tick",
            owner,
            other.name());
        return;
      }
    }
  }

  /**
   * Tells whether no fact, such as the plan, keeps one of two rules from applying with the other.
   */
  private static boolean mayBothApply(Trigger one, Trigger other) {
    return one.conditions().stream()
        .noneMatch(
            asked ->
                other.conditions().stream()
                    .filter(also -> also.whose() == asked.whose())
                    .filter(also -> also.fact().equals(asked.fact()))
                    .anyMatch(also -> Collections.disjoint(also.accepted(), asked.accepted())));
  }

  private void types(String path, String owner, List<String> types, boolean calendar) {
    for (int i = 0; i < types.size(); i++) {
      if (CalendarEvent.isReserved(types.get(i)) != calendar) {
        problem(
            at(path + ".on", i),
            calendar
                ? "an event of the calendar: opened, renewed, plan-left, plan-entered or tick NAME"
                : "an event that the application reports",
            "%s can't have its effect on the event %s, which %s",
            owner,
            types.get(i),
            calendar ? "the application reports" : "only the calendar brings");
      }
    }
  }

  private void askedOfCalendar(String path, String owner, Trigger trigger) {
    if (trigger.needsOpenClaim()) {
      problem(
          path + ".openClaim",
          "no open claim",
          "%s asks the calendar's event for an open claim, which it can't have",
          owner);
    }
    for (int i = 0; i < trigger.conditions().size(); i++) {
      Condition condition = trigger.conditions().get(i);
      if (condition.whose() == Condition.Whose.EVENT) {
        problem(
            at(path + ".when", i),
            "a fact of the wallet",
            "%s asks the calendar's event for the fact %s, which it can't have",
            owner,
            condition.fact());
      }
    }
  }

  /**
   * Checks the names that an effect uses; returns true if it needs a calendar's event, false if it
   * needs a host's, and empty if either will do.
   */
  private final class EffectCheck implements Effect.Cases<Optional<Boolean>> {

    private final String path;
    private final String owner;
    private final boolean onCalendar;

    EffectCheck(String path, String owner, boolean onCalendar) {
      this.path = path;
      this.owner = owner;
      this.onCalendar = onCalendar;
    }

    @Override
    public Optional<Boolean> allot(Effect.Allot effect) {
      limits(path + ".allot.limits", effect.limits());
      return Optional.of(true);
    }

    private void limits(String place, List<Effect.Within> limits) {
      List<String> names = limits.stream().map(Effect.Within::limit).toList();
      if (ImmutableSet.copyOf(names).size() < names.size()) {
        problem(place, "each limit once", "%s names a limit twice: %s", owner, names);
      }
      for (int i = 0; i < names.size(); i++) {
        known(at(place, i) + ".limit", owner, "limit", names.get(i), limitNames);
      }
    }

    @Override
    public Optional<Boolean> grant(Effect.Grant effect) {
      lines(path + ".grant.lines", owner, effect.lines(), onCalendar);
      limits(path + ".grant.limits", effect.limits());
      boolean needsEvent =
          effect.lines().stream().anyMatch(line -> line.quantity() instanceof Quantity.OfEvent)
              || effect.settlement() instanceof Effect.Settlement.AtFact
              || effect.once().filter(Once.PerClaim.class::isInstance).isPresent();
      return needsEvent ? Optional.of(false) : Optional.empty();
    }

    @Override
    public Optional<Boolean> charge(Effect.Charge effect) {
      return Optional.of(false);
    }

    @Override
    public Optional<Boolean> end(Effect.End effect) {
      boolean ofAmount =
          effect.back() == Effect.End.Back.ALL_BUT_EVENT
              || effect.back() == Effect.End.Back.EVENT_AND_STAY_OPEN;
      if (ofAmount && chargingPart.isPresent() && effect.part().isEmpty()) {
        problem(
            path + ".end.part",
            "the name of a part",
            "%s gives back an amount, and does not say of which part, of which rule %s charges one",
            owner,
            chargingPart.get());
      }
      return Optional.of(false);
    }

    @Override
    public Optional<Boolean> forfeit(Effect.Forfeit effect) {
      sources(path + ".forfeit.sources", owner, effect.sources());
      return Optional.empty();
    }

    @Override
    public Optional<Boolean> revoke(Effect.Revoke effect) {
      return Optional.of(false);
    }

    @Override
    public Optional<Boolean> restart(Effect.Restart effect) {
      known(path + ".restart.tick", owner, "tick", effect.tick(), tickNames);
      return Optional.of(false);
    }

    @Override
    public Optional<Boolean> switchPlan(Effect.SwitchPlan effect) {
      return Optional.of(false);
    }

    @Override
    public Optional<Boolean> setFact(Effect.SetFact effect) {
      return effect.value().isPresent() ? Optional.empty() : Optional.of(false);
    }

    @Override
    public Optional<Boolean> settle(Effect.Settle effect) {
      return Optional.of(false);
    }

    @Override
    public Optional<Boolean> nothing(Effect.Nothing effect) {
      return Optional.of(false);
    }
  }
}
