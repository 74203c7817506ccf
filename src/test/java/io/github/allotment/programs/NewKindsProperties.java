package io.github.allotment.programs;

import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.PLAN_ENTERED;
import static io.github.allotment.policy.CalendarEvent.PLAN_LEFT;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static io.github.allotment.policy.TransactionType.AWARD;
import static io.github.allotment.policy.TransactionType.BONUS;
import static io.github.allotment.policy.TransactionType.PURCHASE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.Change;
import io.github.allotment.Claim;
import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PendingAward;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Reason;
import io.github.allotment.Room;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every rule kind at once, in random histories: what must hold for every program holds. */
class NewKindsProperties {

  private static final Instant OPENING = Instant.parse("2021-01-30T09:00:00Z");

  private static final List<PolicyEngine> ENGINES =
      List.of(
          PolicyEngine.of(
              Program.named("all")
                  .version(
                      sheet("1", "2020-01-01T00:00:00Z", Duration.parse("PT7H30M"))
                          .spending(Order.PRIORITY, Order.SOONEST_EXPIRY)
                          .build())
                  .version(
                      sheet("2", "2021-03-10T05:00:00Z", Duration.ofHours(29))
                          .spending(Order.CURRENT_CYCLE, Order.NEWEST)
                          .build())
                  .lateness(Duration.ofHours(40))
                  .build()),
          PolicyEngine.of(
              Program.named("no lateness")
                  .version(
                      sheet("1", "2020-01-01T00:00:00Z", Duration.ofDays(5))
                          .spending(Order.ROLLED_OVER)
                          .build())
                  .build()),
          PolicyEngine.of(
              Program.named("very late")
                  .version(sheet("1", "2020-01-01T00:00:00Z", Duration.ofDays(1)).build())
                  .lateness(Duration.ofDays(20))
                  .build()));

  /** Returns the programs, for the laws of every program. */
  static List<Program> all() {
    return ENGINES.stream().map(PolicyEngine::program).toList();
  }

  private static Policy.Builder sheet(String version, String from, Duration every) {
    return Policy.version(version, Instant.parse(from))
        .source(Source.of("plan").living(Term.cycles(2)).withPriority(1))
        .source(Source.of("brief").living(Term.of(Duration.ofHours(60))))
        .source(Source.of("month").living(Term.of(Period.ofMonths(1))).withPriority(2))
        .source(Source.of("bought").withPriority(3))
        .limit("held", 60, Window.held())
        .limit("plan held", Quantity.ofPlan(3), Window.held("plan", "brief"))
        .limit("rolling", 12, Window.rolling(Duration.ofDays(3)))
        .limit("week", 15, new Window.Calendar(Window.Calendar.Unit.WEEK))
        .limit("cycle", 30, new Window.InCycle())
        .limit("ever", 60, new Window.Ever())
        .plan(Plan.monthly("a").allotting("P", "plan", 7).allotting("B", "brief", 3))
        .plan(
            Plan.of("b", Period.ofDays(7))
                .anchoredOn(Anchor.dayOfWeek(DayOfWeek.MONDAY))
                .allotting("P", "plan", 20))
        .plan(Plan.monthly("c").anchoredOn(Anchor.dayOfMonth(31)).allotting("M", "month", 5))
        .tick("tick", every)
        .rule("joining", Trigger.on(OPENED), Effect.allotProrated())
        .rule("rollover", Trigger.on(RENEWED), Effect.forfeitAbove("R", Quantity.ofPlan(1), "plan"))
        .rule("allotment", Trigger.on(RENEWED).onPlan("a", "b"), Effect.allot().cutTo("held"))
        .rule("refill", Trigger.on(RENEWED).onPlan("c"), Effect.refill())
        .rule(
            "trickle",
            Trigger.onTick("tick"),
            Effect.grant(BONUS, "T", "brief", 1).cutTo("plan held").cutTo("ever"))
        .rule("left", Trigger.on(PLAN_LEFT), Effect.forfeitAbove("L", Quantity.of(2), "month"))
        .rule("up", Trigger.on(PLAN_ENTERED).onPlan("b"), Effect.allotDifference())
        .rule("rest", Trigger.on(PLAN_ENTERED).onPlan("a", "c"), Effect.allotProrated())
        .rule(
            "award",
            Trigger.on("award").whereWallet("status", "good"),
            Effect.grantOfEvent(AWARD, "A", "month")
                .within("rolling")
                .within("week")
                .settlingAfter(Duration.ofHours(30)))
        .rule(
            "gift",
            Trigger.on("gift"),
            Effect.grantOfEvent(BONUS, "G", "bought").cutTo("cycle").cutTo("rolling"))
        .rule("perk", Trigger.on("perk").onPlan("b"), Effect.grant(BONUS, "P", "brief", 4))
        .rule("buy", Trigger.on("buy"), Effect.grantOfEvent(PURCHASE, "B", "bought").within("held"))
        .rule("spend", Trigger.on("spend"), Effect.charge("S"))
        .rule("use", Trigger.on("use"), Effect.charge("U").takingWhatIsThere())
        .rule("fine", Trigger.on("fine"), Effect.charge("F").of(2).asAdjustment())
        .rule(
            "mail",
            Trigger.on("mail").whereWallet("status", "good"),
            Effect.charge("M").returnableFor(Duration.ofDays(4)))
        .rule("hold", Trigger.on("hold"), Effect.charge("H").heldFor(Duration.ofHours(50)))
        .rule("capture", Trigger.on("capture"), Effect.capture("C"))
        .rule("part", Trigger.on("part"), Effect.giveBackPart("Part"))
        .rule("back", Trigger.on("back"), Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
        .rule(
            "renew",
            Trigger.on("renew"),
            Effect.giveBack(Effect.End.Reach.SUBJECT, "Renew").renewingExpired())
        .rule("all", Trigger.on("all"), Effect.giveBack(Effect.End.Reach.GROUP, "All"))
        .rule("keep", Trigger.on("keep"), Effect.keep(Effect.End.Reach.GROUP, "Keep"))
        .rule("settle", Trigger.on("settle"), Effect.settle())
        .rule("status", Trigger.on("status"), Effect.copyFact("status"))
        .rule("later", Trigger.on("later"), Effect.switchPlan())
        .rule("now", Trigger.on("now"), Effect.switchPlanAtOnce())
        .rule("restart", Trigger.on("restart"), Effect.switchPlanAndRestartCycle());
  }

  private static final List<String> TYPES =
      List.of(
          "award", "gift", "perk", "buy", "buy", "spend", "use", "fine", "mail", "hold", "capture",
          "part", "back", "renew", "all", "keep", "settle", "status", "later", "now", "restart",
          "unknown");

  /** What happens next: an event so many hours after the clock, or before it. */
  record Step(String type, int hours, int id, int subject, int amount, int text) {

    Event event(Wallet wallet, int number) {
      Instant at = wallet.clock().plus(Duration.ofHours(hours));
      return Event.of(id == 0 ? "again" : "event-" + number, at, type)
          .withSubject("s" + subject)
          .withGroup("g" + subject % 2)
          .withAmount(amount)
          .withFact("plan", List.of("a", "b", "c").get(text))
          .withFact("status", List.of("good", "good", "bad").get(text));
    }
  }

  record History(int engine, int zone, int plan, List<Step> steps) {

    PolicyEngine rules() {
      return ENGINES.get(engine);
    }

    Decision opened() {
      return rules()
          .open(
              Opening.of(List.of("a", "b", "c").get(plan), OPENING)
                  .inZone(ZoneId.of(List.of("UTC", "America/New_York", "Asia/Tokyo").get(zone)))
                  .withFact("status", FactValue.of("good")));
    }

    List<Decision> play() {
      List<Decision> decisions = new ArrayList<>(List.of(opened()));
      for (Step step : steps) {
        Wallet wallet = decisions.get(decisions.size() - 1).wallet();
        decisions.add(rules().decide(wallet, step.event(wallet, decisions.size())));
      }
      return decisions;
    }

    List<Transaction> rows() {
      return play().stream().flatMap(decision -> decision.transactions().stream()).toList();
    }
  }

  @Provide
  Arbitrary<History> histories() {
    Arbitrary<Step> steps =
        Combinators.combine(
                Arbitraries.of(TYPES),
                Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(0, 30)),
                    net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(-45, 0)),
                    net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(31, 900))),
                Arbitraries.integers().between(0, 15),
                Arbitraries.integers().between(0, 4),
                Arbitraries.integers().between(0, 9),
                Arbitraries.integers().between(0, 2))
            .as(Step::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, ENGINES.size() - 1),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2),
            steps.list().ofMinSize(1).ofMaxSize(40))
        .as(History::new);
  }

  /** What is on hold and pending is what the open claims and the pending awards say. */
  @Property
  void whatIsNotAvailableIsAccountedFor(@ForAll("histories") History history) {
    for (Decision decision : history.play()) {
      Wallet wallet = decision.wallet();
      assertEquals(
          wallet.openClaims().stream()
              .filter(claim -> claim.lapse().filter(Claim.Lapse::returns).isPresent())
              .mapToLong(Claim::amount)
              .sum(),
          wallet.onHold());
      assertEquals(
          wallet.pendingAwards().stream().mapToLong(PendingAward::amount).sum(), wallet.pending());
      assertTrue(
          wallet.pendingAwards().stream().allMatch(award -> award.dueAt().isAfter(wallet.clock())));
    }
  }

  @Property
  void everyClaimEndsAtMostOnceAndGivesBackNoMoreThanItTook(@ForAll("histories") History history) {
    Map<Long, Long> took = new HashMap<>();
    Set<Long> ended = new HashSet<>();
    for (Decision decision : history.play()) {
      for (Change change : decision.changes()) {
        if (change instanceof Change.Added added && added.row() instanceof Claim claim) {
          took.put(claim.number(), claim.amount());
          if (claim.endedAt().isPresent()) {
            assertTrue(ended.add(claim.number()));
          }
        }
        if (change instanceof Change.Changed changed
            && changed.before() instanceof Claim before
            && changed.row() instanceof Claim now) {
          if (before.number() == now.number()) {
            assertEquals(Optional.empty(), before.endedAt());
            assertTrue(now.amount() <= before.amount());
          } else { // the old claim was forgotten, and its subject charged anew, in one decision
            took.put(now.number(), now.amount());
          }
          if (now.endedAt().isPresent()) {
            assertTrue(ended.add(now.number()));
          }
        }
      }
    }
    long returned = 0;
    long charged = 0;
    for (Transaction row : history.rows()) {
      switch (row.type()) {
        case RETURN -> returned += row.amount();
        case CHARGE, ADJUSTMENT -> charged -= row.amount();
        default -> {}
      }
    }
    assertTrue(returned <= charged);
    assertTrue(took.size() >= ended.size());
  }

  /** No grant passes a limit over time, by the host's own count of what was granted. */
  @Property
  void limitsAreNeverPassedByGrants(@ForAll("histories") History history) {
    List<Use> uses = new ArrayList<>();
    Wallet wallet = history.opened().wallet();
    ZoneId zone = wallet.zone();
    int number = 0;
    for (Step step : history.steps()) {
      number++;
      Event event = step.event(wallet, number);
      Decision decision = history.rules().decide(wallet, event);
      wallet = decision.wallet();
      if (decision.reason() instanceof Reason.Applied applied) {
        applied.consequences().forEach(consequence -> count(uses, event, consequence));
      }
    }
    for (Use use : uses) {
      long rolling =
          uses.stream()
              .filter(
                  other ->
                      !other.at().isAfter(use.at())
                          && other.at().isAfter(use.at().minus(Duration.ofDays(3))))
              .mapToLong(Use::amount)
              .sum();
      assertTrue(rolling <= 12, () -> rolling + " at " + use);
      long week =
          uses.stream()
              .filter(other -> other.rule().equals("award"))
              .filter(other -> monday(other.at(), zone).equals(monday(use.at(), zone)))
              .mapToLong(Use::amount)
              .sum();
      assertTrue(week <= 15, () -> week + " at " + use);
    }
    assertTrue(trickled(history) <= 60);
  }

  private record Use(String rule, Instant at, long amount) {}

  private static java.time.LocalDate monday(Instant at, ZoneId zone) {
    return at.atZone(zone)
        .toLocalDate()
        .with(java.time.temporal.TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static void count(List<Use> uses, Event event, Consequence consequence) {
    if (consequence instanceof Consequence.Granted granted && granted.rule().equals("gift")) {
      uses.add(new Use("gift", event.at(), granted.amount()));
      assertTrue(granted.amount() <= granted.asked());
      granted.rooms().forEach(room -> assertTrue(room.left() >= 0));
    } else if (consequence instanceof Consequence.Earned earned) {
      uses.add(new Use("award", earned.earnedAt(), earned.amount()));
      assertEquals(earned.asked(), earned.amount());
    }
  }

  private static long trickled(History history) {
    return history.rows().stream()
        .filter(row -> row.cause().rule().equals("trickle"))
        .mapToLong(Transaction::amount)
        .sum();
  }

  /** What is held passes a limit only by what comes back, or by a smaller plan. */
  @Property
  void noPurchaseOrAllotmentPassesWhatMayBeHeld(@ForAll("histories") History history) {
    for (Decision decision : history.play()) {
      if (decision.reason() instanceof Reason.Applied applied) {
        boolean bought =
            applied.consequences().stream()
                .anyMatch(
                    consequence ->
                        consequence.rule().equals("buy")
                            && consequence instanceof Consequence.Granted granted
                            && granted.amount() > 0);
        assertTrue(!bought || decision.wallet().available() + decision.wallet().pending() <= 60);
      }
    }
  }

  /** Every room is from none to all, and the state of what counts for ever stays small. */
  @Property
  void roomsAndStateStayWithinTheirBounds(@ForAll("histories") History history) {
    Wallet wallet = history.play().get(history.steps().size()).wallet();
    for (Limit limit : history.rules().program().versions().get(0).limits()) {
      Room room = history.rules().room(wallet, limit.name());
      assertTrue(room.left() >= 0 && room.left() <= room.max());
      room.changesAt().ifPresent(at -> assertTrue(at.isAfter(wallet.clock())));
    }
    Wallet later =
        history.rules().advance(wallet, wallet.clock().plus(Duration.ofDays(400))).wallet();
    assertTrue(
        later.state().uses().stream()
            .filter(use -> !use.limit().equals("ever"))
            .toList()
            .isEmpty());
    assertTrue(
        later.openClaims().stream()
            .allMatch(claim -> claim.lapse().isEmpty() || !claim.lapse().orElseThrow().returns()));
    assertEquals(List.of(), later.state().seen());
    assertEquals(0, later.pending());
    assertEquals(0, later.onHold());
    assertTrue(later.state().standing().terms().plans().size() == 1);
    assertTrue(later.state().standing().terms().cycleStarts().size() <= 5);
  }
}
