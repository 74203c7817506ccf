package io.github.allotment.testkit;

import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Tick;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program drawn from the whole rule language. */
final class DrawnProgram {

  /** What all drawn programs are called. */
  static final String NAME = "random";

  private static final Instant FIRST = Instant.parse("2021-01-01T00:00:00Z");

  private static final List<Duration> LENGTHS =
      List.of(Duration.ofHours(12), Duration.ofDays(3), Duration.ofDays(7));

  private final Choices choices;
  private final List<Source> sources = new ArrayList<>();
  private final List<Window> windows = new ArrayList<>();

  /** The limits of the latest version; the next one mostly keeps them. */
  private final List<Limit> limits = new ArrayList<>();

  private final List<String> plans;
  private int rules;
  private boolean parts;

  private DrawnProgram(Choices choices) {
    this.choices = choices;
    plans = List.of("a", "b", "c").subList(0, 1 + choices.below(3));
  }

  static Program of(Choices choices) {
    return new DrawnProgram(choices).program();
  }

  /** Draws the first version of a program. */
  static Policy policy(Choices choices) {
    return of(choices).versions().get(0);
  }

  private <T> T of(List<T> some) {
    return choices.any(some);
  }

  private boolean chance(int oneIn) {
    return choices.chance(oneIn);
  }

  // Programs

  private Program program() {
    int versions = choices.one(1, 1, 2, 3);
    int limits = choices.below(4);
    for (int i = 0; i < limits; i++) {
      windows.add(window());
    }
    Program.Builder program =
        Program.named(NAME)
            .lateness(choices.one(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(5)));
    for (int i = 0; i < versions; i++) {
      Instant from =
          i == 0 ? Instant.EPOCH : FIRST.plus(Duration.ofDays(30L * i + choices.below(25)));
      Policy.Builder version = Policy.version("v" + i, from);
      if (i > 0) {
        version.adoptedBy(choices.one(Adoption.values()));
      }
      program.version(version(version).build());
    }
    return program.build();
  }

  private Window window() {
    return switch (choices.below(7)) {
      case 0 -> Window.held();
      case 1 -> Window.held("s0");
      case 2 -> Window.calendar(choices.one(Window.Calendar.Unit.values()));
      case 3 -> Window.cycle();
      case 4 -> Window.session(of(LENGTHS));
      case 5 -> chance(2) ? Window.ever() : Window.rolling(Duration.ofDays(1));
      default -> Window.rolling(of(LENGTHS));
    };
  }

  private Policy.Builder version(Policy.Builder version) {
    rules = 0;
    parts = chance(3);
    sources.clear();
    sources.add(source("s0", false));
    for (int i = 1; i < 3; i++) {
      sources.add(source("s" + i, true));
    }
    sources.forEach(version::source);
    for (int i = 0; i < windows.size(); i++) {
      if (i == limits.size()) {
        limits.add(limit(i));
      } else if (chance(5)) {
        limits.set(i, limit(i));
      }
      version.limit(limits.get(i));
    }
    plans.forEach(name -> version.plan(plan(name)));
    Order[] orders = Order.values();
    switch (choices.below(3)) {
      case 0 -> version.spending(choices.one(orders));
      case 1 -> version.spending(choices.one(orders), choices.one(orders), choices.one(orders));
      default -> version.spending(Order.OLDEST);
    }
    version.tick(Tick.every("k0", choices.one(Duration.ofHours(100), Duration.ofDays(11))));
    version.tick(Tick.every("k1", choices.one(Period.ofMonths(1), Period.ofDays(9))));
    calendarRules(version);
    hostRules(version);
    return version;
  }

  private Limit limit(int number) {
    return new Limit("l" + number, most(), windows.get(number), chance(2));
  }

  private Source source(String name, boolean mayAsk) {
    Source source = Source.of(name);
    source =
        switch (choices.below(mayAsk ? 7 : 6)) {
          case 0 -> source.living(Term.of(choices.one(Period.ofMonths(1), Period.ofDays(20))));
          case 1 -> source.living(Term.of(choices.one(Duration.ofHours(100), Duration.ofDays(40))));
          case 2 -> source.living(Term.cycles(1 + choices.below(3)));
          case 3 -> source.living(Term.until(FIRST.plus(Duration.ofDays(choices.below(120)))));
          case 6 -> source.living(Term.ofEvent("expires"));
          default -> source;
        };
    source = mayAsk && chance(5) ? source.withPriorityOfEvent("rank") : source;
    source =
        source.priorityFact().isEmpty() && chance(2)
            ? source.withPriority(choices.below(3))
            : source;
    return chance(4) ? source.usableOn("a") : source;
  }

  private Quantity most() {
    return chance(3)
        ? Quantity.ofPlan(choices.below(3)).atLeast(choices.below(20))
        : Quantity.of(choices.below(chance(3) ? 3 : 60));
  }

  private Plan plan(String name) {
    Anchor anchor =
        switch (choices.below(5)) {
          case 0 -> Anchor.openingUpTo(28);
          case 1 -> Anchor.dayOfMonth(1 + choices.below(31));
          case 2 -> Anchor.dayOfWeek(choices.one(DayOfWeek.values()));
          default -> Anchor.opening();
        };
    Plan plan =
        Plan.of(name, choices.one(Period.ofMonths(1), Period.ofMonths(2), Period.ofDays(10)))
            .anchoredOn(anchor)
            .allotting("first", "s0", choices.below(30));
    Source other = sources.get(1);
    return chance(2) && !asks(other) ? plan.allotting("second", "s1", choices.below(9)) : plan;
  }

  private static boolean asks(Source source) {
    return source.priorityFact().isPresent()
        || source.term().filter(Term.OfEvent.class::isInstance).isPresent();
  }

  private void rule(Policy.Builder version, Trigger trigger, Effect effect) {
    version.rule(new Rule("r" + rules++, trigger, effect));
  }

  private Trigger sometimes(Trigger trigger) {
    return switch (choices.below(8)) {
      case 0 -> trigger.onPlan(of(plans));
      case 1 -> trigger.whileEmpty(choices.one("s0", "s1"));
      case 2 -> trigger.whereWallet("mood", "good");
      default -> trigger;
    };
  }

  private List<Effect.Within> withins() {
    List<Effect.Within> some = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      if (chance(2)) {
        some.add(new Effect.Within("l" + i, choices.one(Effect.Within.Excess.values())));
      }
    }
    return some;
  }

  private void calendarRules(Policy.Builder version) {
    if (chance(2)) {
      rule(version, sometimes(Trigger.on(CalendarEvent.RENEWED)), forfeit());
    }
    Effect allot =
        new Effect.Allot(
            choices.one(Effect.Allot.How.FULL, Effect.Allot.How.FULL, Effect.Allot.How.REFILL),
            withins());
    rule(version, Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED), allot);
    if (chance(3)) {
      rule(version, sometimes(Trigger.on(CalendarEvent.RENEWED)), forfeit());
    }
    if (chance(2)) {
      rule(version, sometimes(Trigger.on(CalendarEvent.PLAN_LEFT)), forfeit());
    }
    if (chance(2)) {
      Effect.Allot.How how = choices.one(Effect.Allot.How.values());
      rule(version, Trigger.on(CalendarEvent.PLAN_ENTERED), new Effect.Allot(how, withins()));
    }
    if (chance(2)) {
      rule(
          version,
          sometimes(Trigger.onTick(choices.one("k0", "k1"))),
          chance(2)
              ? forfeit()
              : new Effect.Grant(
                  TransactionType.ALLOTMENT,
                  List.of(new Line("tick", "s0", Quantity.of(1 + choices.below(4)))),
                  chance(4) ? Optional.of(new Once.ForEver("tick")) : Optional.empty(),
                  withins(),
                  chance(3)
                      ? new Effect.Settlement.After(Duration.ofDays(2))
                      : Effect.Settlement.AT_ONCE));
    }
    if (chance(3)) {
      rule(
          version,
          Trigger.on(choices.one(CalendarEvent.OPENED, CalendarEvent.RENEWED)),
          Effect.setFact("mood", FactValue.of("good")));
    }
  }

  private Effect forfeit() {
    List<String> some = chance(2) ? List.of() : List.of(choices.one("s0", "s1", "s2"));
    List<Order> cut = chance(2) ? List.of(choices.one(Order.values())) : List.of();
    return new Effect.Forfeit("forfeit", most(), some, cut, chance(4));
  }

  /**
   * Effects that take credits away stand alone, so that no rule of an event needs what is taken.
   */
  private void hostRules(Policy.Builder version) {
    rule(version, hosts("t0"), grant());
    rule(version, hosts("t1"), parts ? charge().forPart("part") : charge());
    rule(version, hosts("t2"), end());
    switch (choices.below(5)) {
      case 0 -> rule(version, hosts("t3"), forfeit());
      case 1, 2 -> rule(version, hosts("t3"), revoke());
      default ->
          rule(
              version,
              hosts("t3"),
              new Effect.SwitchPlan("plan", choices.one(Effect.SwitchPlan.When.values())));
    }
    for (String type : List.of("t4", "t5")) {
      for (int i = 0; i < 1 + choices.below(3); i++) {
        rule(version, hosts(type), calm());
      }
    }
    if (chance(2)) {
      rule(version, Trigger.on("t0", "t1"), Effect.restart(choices.one("k0", "k1")));
    }
    if (chance(3)) {
      rule(version, hosts("t2"), end());
    }
  }

  private Trigger hosts(String type) {
    Trigger trigger = sometimes(Trigger.on(type));
    trigger = chance(4) ? trigger.where("kind", "good") : trigger;
    return chance(8) ? trigger.withOpenClaim() : trigger;
  }

  private Effect calm() {
    return switch (choices.below(9)) {
      case 0, 1 -> grant();
      case 2, 3 -> charge();
      case 4 -> end();
      case 5 -> chance(2) ? Effect.setFact("mood", FactValue.of("bad")) : Effect.copyFact("mood");
      case 6 -> Effect.settle();
      case 7 -> chance(2) ? Effect.nothing("it does nothing") : Effect.restart("k0");
      default -> grant();
    };
  }

  private Effect revoke() {
    Effect.Revoke revoke = Effect.revoke("revoke");
    return chance(3) ? revoke.whole() : revoke;
  }

  private Quantity brought() {
    return switch (choices.below(5)) {
      case 0 -> Quantity.of(choices.below(20));
      case 1 -> Quantity.ofEvent("boost");
      case 2 -> Quantity.ofPlan(1);
      default -> Quantity.ofEvent();
    };
  }

  private Effect grant() {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("line", choices.one("s0", "s1", "s2"), brought()));
    if (chance(3)) {
      lines.add(new Line("more", choices.one("s0", "s1", "s2"), Quantity.of(choices.below(9))));
    }
    Optional<Once> once =
        switch (choices.below(8)) {
          case 0 -> Optional.of(new Once.ForEver(choices.one("once", "twice")));
          case 1 -> Optional.of(new Once.PerClaim("claim"));
          default -> Optional.empty();
        };
    Effect.Settlement settlement =
        switch (choices.below(5)) {
          case 0 -> new Effect.Settlement.After(Duration.ofHours(24));
          case 1 -> new Effect.Settlement.After(Duration.ofHours(1 + choices.below(99)));
          case 2 -> chance(2) ? new Effect.Settlement.AtFact("starts") : Effect.Settlement.AT_ONCE;
          default -> Effect.Settlement.AT_ONCE;
        };
    return new Effect.Grant(
        choices.one(TransactionType.AWARD, TransactionType.PURCHASE),
        lines,
        once,
        withins(),
        settlement);
  }

  private Effect.Charge charge() {
    Effect.Charge charge = Effect.charge("charge").of(brought());
    charge = chance(3) ? charge.takingWhatIsThere() : charge;
    charge = parts && chance(2) ? charge.forPart("part") : charge;
    charge = chance(6) ? charge.asAdjustment() : charge;
    return switch (choices.below(4)) {
      case 0 ->
          chance(2) ? charge.heldFor(of(LENGTHS)) : charge.heldFor(of(LENGTHS)).renewingExpired();
      case 1 -> charge.returnableFor(of(LENGTHS));
      default -> charge;
    };
  }

  private Effect end() {
    Effect.End.Reach reach = choices.one(Effect.End.Reach.values());
    Effect.End end =
        reach == Effect.End.Reach.GROUP
            ? choices.one(Effect.giveBack(reach, "back"), Effect.keep(reach, "keep"))
            : choices.one(
                Effect.giveBack(reach, "back"),
                Effect.giveBack(reach, "back"),
                Effect.keep(reach, "keep"),
                Effect.capture("capture"),
                Effect.giveBackPart("part"));
    boolean ofAmount =
        end.back() == Effect.End.Back.ALL_BUT_EVENT
            || end.back() == Effect.End.Back.EVENT_AND_STAY_OPEN;
    end = parts && (ofAmount || chance(3)) ? end.ofPart("part") : end;
    return chance(3) ? end.renewingExpired() : end;
  }
}
