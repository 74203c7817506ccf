package io.github.allotment.reference;

import io.github.allotment.Event;
import io.github.allotment.Opening;
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
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Programs drawn from the whole rule language, and histories that suit them, all from one seed. */
final class RandomPrograms {

  private static final List<String> TYPES = List.of("t0", "t1", "t2", "t3", "t4", "t5", "t6");
  private static final Instant FIRST = Instant.parse("2021-01-01T00:00:00Z");

  private static final List<Duration> LENGTHS =
      List.of(Duration.ofHours(12), Duration.ofDays(3), Duration.ofDays(7));

  private final SplittableRandom random;
  private final List<Source> sources = new ArrayList<>();
  private final List<Window> windows = new ArrayList<>();
  private final List<String> plans;
  private int rules;
  private boolean parts;

  private RandomPrograms(long seed) {
    random = new SplittableRandom(seed);
    plans = List.of("a", "b", "c").subList(0, 1 + random.nextInt(3));
  }

  /** A program and what happens to an account under it. */
  record Case(Program program, Opening opening, List<Event> events) {}

  static Case of(long seed) {
    RandomPrograms drawn = new RandomPrograms(seed);
    Program program = drawn.program();
    Opening opening = drawn.opening();
    List<Instant> dates = program.versions().stream().map(Policy::fromInclusive).toList();
    return new Case(program, opening, drawn.events(opening.at(), dates));
  }

  @SafeVarargs
  private <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  // Programs

  private Program program() {
    int versions = one(1, 1, 2, 3);
    int limits = random.nextInt(4);
    for (int i = 0; i < limits; i++) {
      windows.add(window());
    }
    Program.Builder program =
        Program.named("random")
            .lateness(one(Duration.ZERO, Duration.ofHours(24), Duration.ofDays(5)));
    for (int i = 0; i < versions; i++) {
      Instant from =
          i == 0 ? Instant.EPOCH : FIRST.plus(Duration.ofDays(30L * i + random.nextInt(25)));
      Policy.Builder version = Policy.version("v" + i, from);
      if (i > 0) {
        version.adoptedBy(one(Adoption.values()));
      }
      program.version(version(version).build());
    }
    return program.build();
  }

  private Window window() {
    return switch (random.nextInt(7)) {
      case 0 -> Window.held();
      case 1 -> Window.held("s0");
      case 2 -> Window.calendar(one(Window.Calendar.Unit.values()));
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
      version.limit(new Limit("l" + i, most(), windows.get(i), chance(2)));
    }
    plans.forEach(name -> version.plan(plan(name)));
    Order[] orders = Order.values();
    switch (random.nextInt(3)) {
      case 0 -> version.spending(one(orders));
      case 1 -> version.spending(one(orders), one(orders), one(orders));
      default -> version.spending(Order.OLDEST);
    }
    version.tick(Tick.every("k0", one(Duration.ofHours(100), Duration.ofDays(11))));
    version.tick(Tick.every("k1", one(Period.ofMonths(1), Period.ofDays(9))));
    calendarRules(version);
    hostRules(version);
    return version;
  }

  private Source source(String name, boolean mayAsk) {
    Source source = Source.of(name);
    source =
        switch (random.nextInt(mayAsk ? 7 : 6)) {
          case 0 -> source.living(Term.of(one(Period.ofMonths(1), Period.ofDays(20))));
          case 1 -> source.living(Term.of(one(Duration.ofHours(100), Duration.ofDays(40))));
          case 2 -> source.living(Term.cycles(1 + random.nextInt(3)));
          case 3 -> source.living(Term.until(FIRST.plus(Duration.ofDays(random.nextInt(120)))));
          case 6 -> source.living(Term.ofEvent("expires"));
          default -> source;
        };
    source = mayAsk && chance(5) ? source.withPriorityOfEvent("rank") : source;
    source =
        source.priorityFact().isEmpty() && chance(2)
            ? source.withPriority(random.nextInt(3))
            : source;
    return chance(4) ? source.usableOn("a") : source;
  }

  private Quantity most() {
    return chance(3)
        ? Quantity.ofPlan(random.nextInt(3)).atLeast(random.nextInt(20))
        : Quantity.of(random.nextInt(60));
  }

  private Plan plan(String name) {
    Anchor anchor =
        switch (random.nextInt(5)) {
          case 0 -> Anchor.openingUpTo(28);
          case 1 -> Anchor.dayOfMonth(1 + random.nextInt(31));
          case 2 -> Anchor.dayOfWeek(one(DayOfWeek.values()));
          default -> Anchor.opening();
        };
    Plan plan =
        Plan.of(
                name,
                one(Period.ofMonths(1), Period.ofMonths(2), Period.ofDays(10), Period.ofDays(7)))
            .anchoredOn(anchor)
            .allotting("first", "s0", random.nextInt(30));
    Source other = sources.get(1);
    return chance(2) && !asks(other) ? plan.allotting("second", "s1", random.nextInt(9)) : plan;
  }

  private static boolean asks(Source source) {
    return source.priorityFact().isPresent()
        || source.term().filter(Term.OfEvent.class::isInstance).isPresent();
  }

  private void rule(Policy.Builder version, Trigger trigger, Effect effect) {
    version.rule(new Rule("r" + rules++, trigger, effect));
  }

  private Trigger sometimes(Trigger trigger) {
    return switch (random.nextInt(8)) {
      case 0 -> trigger.onPlan(of(plans));
      case 1 -> trigger.whileEmpty(one("s0", "s1"));
      case 2 -> trigger.whereWallet("mood", "good");
      default -> trigger;
    };
  }

  private List<Effect.Within> withins() {
    List<Effect.Within> some = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      if (chance(2)) {
        some.add(new Effect.Within("l" + i, one(Effect.Within.Excess.values())));
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
            one(Effect.Allot.How.FULL, Effect.Allot.How.FULL, Effect.Allot.How.REFILL), withins());
    rule(version, Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED), allot);
    if (chance(3)) {
      rule(version, sometimes(Trigger.on(CalendarEvent.RENEWED)), forfeit());
    }
    if (chance(2)) {
      rule(version, sometimes(Trigger.on(CalendarEvent.PLAN_LEFT)), forfeit());
    }
    if (chance(2)) {
      Effect.Allot.How how = one(Effect.Allot.How.values());
      rule(version, Trigger.on(CalendarEvent.PLAN_ENTERED), new Effect.Allot(how, withins()));
    }
    if (chance(2)) {
      rule(
          version,
          sometimes(Trigger.onTick(one("k0", "k1"))),
          chance(2)
              ? forfeit()
              : new Effect.Grant(
                  TransactionType.ALLOTMENT,
                  List.of(new Line("tick", "s0", Quantity.of(1 + random.nextInt(4)))),
                  chance(4) ? Optional.of(new Once.ForEver("tick")) : Optional.empty(),
                  withins(),
                  chance(3)
                      ? new Effect.Settlement.After(Duration.ofDays(2))
                      : Effect.Settlement.AT_ONCE));
    }
    if (chance(3)) {
      rule(
          version,
          Trigger.on(one(CalendarEvent.OPENED, CalendarEvent.RENEWED)),
          Effect.setFact("mood", FactValue.of("good")));
    }
  }

  private Effect forfeit() {
    List<String> some = chance(2) ? List.of() : List.of(one("s0", "s1", "s2"));
    List<Order> cut = chance(2) ? List.of(one(Order.values())) : List.of();
    return new Effect.Forfeit("forfeit", most(), some, cut, chance(4));
  }

  /**
   * Effects that take credits away stand alone, so that no rule of an event needs what is taken.
   */
  private void hostRules(Policy.Builder version) {
    rule(version, hosts("t0"), grant());
    rule(version, hosts("t1"), parts ? charge().forPart("part") : charge());
    rule(version, hosts("t2"), end());
    switch (random.nextInt(5)) {
      case 0 -> rule(version, hosts("t3"), forfeit());
      case 1, 2 -> rule(version, hosts("t3"), revoke());
      default ->
          rule(
              version,
              hosts("t3"),
              new Effect.SwitchPlan("plan", one(Effect.SwitchPlan.When.values())));
    }
    for (String type : List.of("t4", "t5")) {
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        rule(version, hosts(type), calm());
      }
    }
    if (chance(2)) {
      rule(version, Trigger.on("t0", "t1"), Effect.restart(one("k0", "k1")));
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
    return switch (random.nextInt(9)) {
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
    return switch (random.nextInt(5)) {
      case 0 -> Quantity.of(random.nextInt(20));
      case 1 -> Quantity.ofEvent("boost");
      case 2 -> Quantity.ofPlan(1);
      default -> Quantity.ofEvent();
    };
  }

  private Effect grant() {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("line", one("s0", "s1", "s2"), brought()));
    if (chance(3)) {
      lines.add(new Line("more", one("s0", "s1", "s2"), Quantity.of(random.nextInt(9))));
    }
    Optional<Once> once =
        switch (random.nextInt(8)) {
          case 0 -> Optional.of(new Once.ForEver(one("once", "twice")));
          case 1 -> Optional.of(new Once.PerClaim("claim"));
          default -> Optional.empty();
        };
    Effect.Settlement settlement =
        switch (random.nextInt(5)) {
          case 0 -> new Effect.Settlement.After(Duration.ofHours(24));
          case 1 -> new Effect.Settlement.After(Duration.ofHours(1 + random.nextInt(99)));
          case 2 -> chance(2) ? new Effect.Settlement.AtFact("starts") : Effect.Settlement.AT_ONCE;
          default -> Effect.Settlement.AT_ONCE;
        };
    return new Effect.Grant(
        one(TransactionType.AWARD, TransactionType.PURCHASE), lines, once, withins(), settlement);
  }

  private Effect.Charge charge() {
    Effect.Charge charge = Effect.charge("charge").of(brought());
    charge = chance(3) ? charge.takingWhatIsThere() : charge;
    charge = parts && chance(2) ? charge.forPart("part") : charge;
    charge = chance(6) ? charge.asAdjustment() : charge;
    return switch (random.nextInt(4)) {
      case 0 ->
          chance(2) ? charge.heldFor(of(LENGTHS)) : charge.heldFor(of(LENGTHS)).renewingExpired();
      case 1 -> charge.returnableFor(of(LENGTHS));
      default -> charge;
    };
  }

  private Effect end() {
    Effect.End.Reach reach = one(Effect.End.Reach.values());
    Effect.End end =
        reach == Effect.End.Reach.GROUP
            ? one(Effect.giveBack(reach, "back"), Effect.keep(reach, "keep"))
            : one(
                Effect.giveBack(reach, "back"),
                Effect.giveBack(reach, "back"),
                Effect.keep(reach, "keep"),
                Effect.capture("capture"),
                Effect.capture("capture"),
                Effect.giveBackPart("part"),
                Effect.giveBackPart("part"));
    boolean ofAmount =
        end.back() == Effect.End.Back.ALL_BUT_EVENT
            || end.back() == Effect.End.Back.EVENT_AND_STAY_OPEN;
    end = parts && (ofAmount || chance(3)) ? end.ofPart("part") : end;
    return chance(3) ? end.renewingExpired() : end;
  }

  // Histories

  private Opening opening() {
    ZoneId zone =
        one(
            ZoneOffset.UTC,
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/New_York"),
            ZoneId.of("America/Sao_Paulo"));
    LocalDate day = LocalDate.of(2021, 1 + random.nextInt(3), 1 + random.nextInt(28));
    day = chance(3) ? day.withDayOfMonth(day.lengthOfMonth()) : day;
    Instant at =
        day.atStartOfDay(zone).toInstant().plusSeconds(chance(2) ? 0 : random.nextInt(80_000));
    Opening opening = Opening.of(of(plans), at).inZone(zone);
    return chance(2) ? opening.withFact("mood", one("good", "bad")) : opening;
  }

  private List<Event> events(Instant openedAt, List<Instant> dates) {
    List<Event> events = new ArrayList<>();
    Instant at = openedAt.plus(Duration.ofHours(random.nextInt(6)));
    int count = 4 + random.nextInt(24);
    Optional<Instant> crossed = Optional.empty();
    for (int i = 0; i < count; i++) {
      Instant before = at;
      Instant own;
      Optional<Instant> date = dates.stream().filter(before::isBefore).findFirst();
      if (crossed.isPresent() && chance(2)) {
        own = crossed.get().minusSeconds(1 + random.nextInt(40_000));
      } else if (date.isPresent() && chance(4)) {
        at = date.get().plusSeconds(random.nextInt(40_000));
        own = at;
        crossed = date;
      } else {
        at = next(at);
        own = chance(6) ? at.minus(lag()) : at;
        crossed = Optional.empty();
      }
      String id = chance(25) && i > 0 ? "e" + random.nextInt(i) : "e" + i;
      if (i == 0) {
        events.add(event(id, own));
      } else if (chance(30)) {
        events.add(events.get(random.nextInt(i)));
      } else {
        events.add(chance(2) ? event(id, own) : about(events.get(random.nextInt(i)), id, own));
      }
    }
    return events;
  }

  private Instant next(Instant at) {
    return switch (random.nextInt(9)) {
      case 0 -> at;
      case 1 -> at.plusNanos(1);
      case 2 -> at.plus(of(LENGTHS));
      case 3 -> at.plus(of(LENGTHS)).minusNanos(1);
      case 4 -> at.plus(Duration.ofDays(1 + random.nextInt(40)));
      case 5 -> at.plus(Duration.ofHours(100));
      default -> at.plusSeconds(random.nextInt(200_000));
    };
  }

  private Duration lag() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofHours(24);
      case 1 -> Duration.ofHours(24).plusNanos(1);
      case 2 -> Duration.ofDays(random.nextInt(6));
      default -> Duration.ofSeconds(random.nextInt(100_000));
    };
  }

  private Event event(String id, Instant at) {
    Event event = Event.of(id, at, chance(40) ? "unknown" : of(TYPES));
    event = chance(4) ? event : event.withSubject(one("x", "y", "z"));
    event = chance(3) ? event : event.withGroup(one("g", "h"));
    event = chance(12) ? event : event.withAmount(chance(8) ? 0 : random.nextInt(40));
    event = event.withFact("kind", one("good", "good", "bad")).withFact("plan", of(plans));
    event = chance(6) ? event : event.withFact("boost", (long) random.nextInt(12) - 1);
    event = chance(6) ? event : event.withFact("rank", (long) random.nextInt(4));
    event = chance(6) ? event : event.withFact("mood", one("good", "bad"));
    event = chance(8) ? event : event.withFact("expires", "" + at.plus(jump()));
    return chance(8) ? event : event.withFact("starts", "" + at.plus(jump()));
  }

  /** Returns an event that may be about what another was about, for no more than that was for. */
  private Event about(Event other, String id, Instant at) {
    Event event = event(id, at);
    event = other.subject().map(event::withSubject).orElse(event);
    event = other.group().map(event::withGroup).orElse(event);
    return other.amount().isPresent()
        ? event.withAmount(random.nextLong(other.amount().getAsLong() + 1))
        : event;
  }

  private Duration jump() {
    return Duration.ofHours(random.nextInt(400) - 20L);
  }
}
