package io.github.allotment;

import static io.github.allotment.BadInput.AT;
import static io.github.allotment.BadInput.assertIllegal;
import static io.github.allotment.BadInput.assertTold;
import static io.github.allotment.BadInput.bad;
import static io.github.allotment.BadInput.grant;
import static io.github.allotment.BadInput.subject;
import static io.github.allotment.BadInput.version;
import static io.github.allotment.BadInput.week;
import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.PLAN_ENTERED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.BadInput.Case;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Policies and programs whose parts do not go together say so, all at once, when they are built.
 */
class BadInputPolicyTest {

  @Nested
  class APolicyThatDoesNotHoldTogether {

    private record Problem(String what, UnaryOperator<Policy.Builder> add, List<String> facts) {
      @Override
      public String toString() {
        return what;
      }
    }

    private static Problem problem(
        String what, UnaryOperator<Policy.Builder> add, String... facts) {
      return new Problem(what, add, List.of(facts));
    }

    /** Problems that each add one complaint, whatever else is wrong. */
    static Stream<Problem> problems() {
      Line undeclared = new Line("L", "nowhere", Quantity.of(1));
      return Stream.of(
          problem("two sources", all -> all.source("s").source("s"), "source s"),
          problem(
              "two ticks",
              all -> all.tick("t", Duration.ofDays(1)).tick("t", Duration.ofDays(2)),
              "tick t"),
          problem("two limits", all -> all.limit("l", 1, week()).limit("l", 2, week()), "limit l"),
          problem(
              "two plans", all -> all.plan(Plan.monthly("p")).plan(Plan.monthly("p")), "plan p"),
          problem(
              "two rules",
              all -> all.rule("r", Trigger.on("x"), grant(1)).rule("r", Trigger.on("y"), grant(2)),
              "rule r"),
          problem(
              "plan's undeclared source",
              all -> all.plan(planOf(undeclared, "q")),
              "plan q",
              "nowhere"),
          problem(
              "grant's undeclared source",
              all -> all.rule("r1", Trigger.on("x"), grant(1).and("L", "nowhere", 1)),
              "rule r1",
              "nowhere"),
          problem(
              "forfeit's undeclared source",
              all ->
                  all.rule(
                      "r2",
                      Trigger.on(RENEWED),
                      Effect.forfeitAbove("F", Quantity.of(1), "nowhere")),
              "rule r2",
              "nowhere"),
          problem(
              "undeclared limit",
              all -> all.rule("r3", Trigger.on("x"), grant(1).within("unset")),
              "rule r3",
              "unset"),
          problem(
              "limit named twice",
              all ->
                  all.limit("twice", 1, week())
                      .rule("r4", Trigger.on("x"), grant(1).within("twice").within("twice")),
              "rule r4",
              "twice"),
          problem(
              "allotment on a host's event",
              all -> all.rule("r5", Trigger.on("paid"), Effect.allot()),
              "rule r5",
              "paid"),
          problem(
              "charge on the calendar's",
              all -> all.rule("r6", Trigger.on(RENEWED), Effect.charge("C")),
              "rule r6",
              "renewed"),
          problem(
              "fixed charge on the calendar's",
              all -> all.rule("r7", Trigger.on(OPENED), Effect.charge("C").of(1)),
              "rule r7",
              "opened"),
          problem(
              "return on the calendar's",
              all -> all.rule("r8", Trigger.on(RENEWED), Effect.giveBack(subject(), "B")),
              "rule r8",
              "renewed"),
          problem(
              "switch on the calendar's",
              all -> all.rule("r9", Trigger.on(RENEWED), Effect.switchPlan()),
              "rule r9",
              "renewed"),
          problem(
              "settlement on the calendar's",
              all -> all.rule("r10", Trigger.on(RENEWED), Effect.settle()),
              "rule r10",
              "renewed"),
          problem(
              "nothing on the calendar's",
              all -> all.rule("r11", Trigger.on(OPENED), Effect.nothing("so it is")),
              "rule r11",
              "opened"),
          problem(
              "event's amount on the calendar's",
              all ->
                  all.rule(
                      "r12",
                      Trigger.on(OPENED),
                      Effect.grantOfEvent(TransactionType.BONUS, "B", "free")),
              "rule r12",
              "opened"),
          problem(
              "claim's grant on the calendar's",
              all -> all.rule("r13", Trigger.on(RENEWED), grant(1).oncePerClaim("k")),
              "rule r13",
              "renewed"),
          problem(
              "event's fact on the calendar's",
              all -> all.rule("r14", Trigger.on(OPENED).where("colour", "red"), grant(1)),
              "rule r14",
              "colour"),
          problem(
              "event's truth on the calendar's",
              all -> all.rule("r15", Trigger.on(RENEWED).where("paid", true), grant(1)),
              "rule r15",
              "paid"),
          problem(
              "open claim on the calendar's",
              all -> all.rule("r16", Trigger.on(RENEWED).withOpenClaim(), grant(1)),
              "rule r16",
              "open claim"),
          problem(
              "mixed events",
              all -> all.rule("r17", Trigger.on("paid", RENEWED.code()), grant(1)),
              "rule r17",
              "paid",
              "renewed"),
          problem(
              "limit on an undeclared source",
              all -> all.limit("held", 1, Window.held("free", "nowhere")),
              "limit held",
              "nowhere"),
          problem(
              "allotment's undeclared limit",
              all -> all.rule("r18", Trigger.on(RENEWED), Effect.refill().cutTo("unset")),
              "rule r18",
              "unset"),
          problem(
              "limit to keep and to be cut to",
              all ->
                  all.limit("both", 1, Window.ever())
                      .rule("r19", Trigger.on(OPENED), Effect.allot().within("both").cutTo("both")),
              "rule r19",
              "both"),
          problem(
              "undeclared tick",
              all -> all.rule("r20", Trigger.onTick("lost"), grant(1)),
              "rule r20",
              "tick lost"),
          problem(
              "undeclared plan",
              all -> all.rule("r21", Trigger.on("x").onPlan("basic", "gold"), grant(1)),
              "rule r21",
              "gold"),
          problem(
              "undeclared plan on the calendar's",
              all -> all.rule("r22", Trigger.on(RENEWED).onPlan("silver"), grant(1)),
              "rule r22",
              "silver"),
          problem(
              "plan that is no text",
              all -> all.rule("r23", Trigger.on("x").with(planIs(FactValue.of(true))), grant(1)),
              "rule r23",
              "true"),
          problem(
              "plan that is a number like one's name",
              all ->
                  all.plan(Plan.monthly("8"))
                      .rule("numbered", Trigger.on("x").with(planIs(FactValue.of(8))), grant(1)),
              "rule numbered",
              "8"),
          problem(
              "copied fact on the calendar's",
              all -> all.rule("r24", Trigger.on(RENEWED), Effect.copyFact("colour")),
              "rule r24",
              "renewed"),
          problem(
              "capture on the calendar's",
              all -> all.rule("r25", Trigger.on(RENEWED), Effect.capture("C")),
              "rule r25",
              "renewed"),
          problem(
              "part on the calendar's",
              all -> all.rule("r26", Trigger.on(OPENED), Effect.giveBackPart("B")),
              "rule r26",
              "opened"),
          problem(
              "allotment on a host's change of plan",
              all -> all.rule("r27", Trigger.on("changed"), Effect.allotProrated()),
              "rule r27",
              "changed"),
          problem(
              "difference from a plan that was not left",
              all -> all.rule("r31", Trigger.on(RENEWED), Effect.allotDifference()),
              "rule r31",
              "plan-entered"),
          problem(
              "difference from a plan that was left, and at a renewal",
              all -> all.rule("r60", Trigger.on(PLAN_ENTERED, RENEWED), Effect.allotDifference()),
              "rule r60",
              "plan-entered alone"),
          problem(
              "charge on a tick",
              all ->
                  all.tick("minute", Duration.ofMinutes(1))
                      .rule("r28", Trigger.onTick("minute"), Effect.charge("C").of(1)),
              "rule r28",
              "tick minute"),
          problem(
              "event's fact on a tick",
              all ->
                  all.tick("hour", Duration.ofHours(1))
                      .rule("r29", Trigger.onTick("hour").where("colour", "red"), grant(1)),
              "rule r29",
              "colour"),
          problem(
              "a host's event mixed with a tick",
              all ->
                  all.tick("day", Duration.ofDays(1))
                      .rule("r30", Trigger.on("paid", "tick day"), grant(1)),
              "rule r30",
              "tick day"),
          problem(
              "source for an undeclared plan",
              all -> all.source(Source.of("vip").usableOn("basic", "platinum")),
              "source vip",
              "platinum"),
          problem(
              "the event's term on the calendar's",
              all ->
                  all.source(Source.of("dated").living(Term.ofEvent("until")))
                      .rule("r32", Trigger.on(OPENED), grantFrom("dated")),
              "rule r32",
              "dated"),
          problem(
              "the event's priority on a tick",
              all ->
                  all.source(Source.of("ranked").withPriorityOfEvent("rank"))
                      .tick("week", Duration.ofDays(7))
                      .rule("r33", Trigger.onTick("week"), grantFrom("ranked")),
              "rule r33",
              "ranked"),
          problem(
              "the event's term in a plan's allotment",
              all ->
                  all.source(Source.of("granted").living(Term.ofEvent("until")))
                      .rule("r34", Trigger.on("x"), grantFrom("granted"))
                      .plan(planOf(new Line("L", "granted", Quantity.of(1)), "dating")),
              "plan dating",
              "granted"),
          problem(
              "settlement at a fact on the calendar's",
              all -> all.rule("r35", Trigger.on(OPENED), grant(1).settlingAt("due")),
              "rule r35",
              "opened"),
          problem(
              "revocation on the calendar's",
              all -> all.rule("r36", Trigger.on(RENEWED), Effect.revoke("R")),
              "rule r36",
              "renewed"),
          problem(
              "restart on the calendar's",
              all ->
                  all.tick("due", Duration.ofDays(1))
                      .rule("r37", Trigger.on(RENEWED), Effect.restart("due")),
              "rule r37",
              "renewed"),
          problem(
              "restart of an undeclared tick",
              all -> all.rule("r38", Trigger.on("x"), Effect.restart("never")),
              "rule r38",
              "never"),
          problem(
              "undeclared source to be empty",
              all -> all.rule("r39", Trigger.on("x").whileEmpty("nowhere"), grant(1)),
              "rule r39",
              "nowhere"));
    }

    /** Where charges have parts, an amount that comes back is of one of them. */
    @Test
    void givesBackAnAmountOfNoPart() {
      for (Effect.End end : List.of(Effect.capture("E"), Effect.giveBackPart("E"))) {
        Policy.Builder builder = version().rule("end", Trigger.on("x"), end);
        assertEquals(1, builder.build().rules().size());
        builder.rule("charge", Trigger.on("y"), Effect.charge("C").of(1).forPart("job"));
        List<String> found = problemsOf(builder);
        assertEquals(1, found.size());
        assertTrue(found.get(0).startsWith("rules[0].end.part: "), () -> "" + found);
      }
      for (Effect.End end :
          List.of(
              Effect.capture("E").ofPart("job"),
              Effect.giveBackPart("E").ofPart("job"),
              Effect.giveBack(subject(), "E"),
              Effect.keep(subject(), "E"))) {
        Policy policy =
            version()
                .rule("end", Trigger.on("x"), end)
                .rule("charge", Trigger.on("y"), Effect.charge("C").of(1).forPart("job"))
                .build();
        assertEquals(2, policy.rules().size());
      }
    }

    private static Effect grantFrom(String source) {
      return Effect.grant(TransactionType.BONUS, "B", source, 1);
    }

    private static Plan planOf(Line line, String name) {
      return new Plan(name, Period.ofMonths(1), Anchor.opening(), List.of(line));
    }

    private static Condition planIs(FactValue value) {
      return new Condition(Condition.Whose.WALLET, Condition.PLAN, List.of(value));
    }

    private static List<String> problemsOf(Policy.Builder builder) {
      InvalidDataException thrown = assertThrowsExactly(InvalidDataException.class, builder::build);
      assertTrue(("" + thrown.getMessage()).startsWith("policy version v1: "), "" + thrown);
      return thrown.problems().stream().map(io.github.allotment.data.Problem::text).toList();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void namesTheProblemAndNoOther(Problem problem) {
      List<String> found = problemsOf(problem.add().apply(version()));
      assertEquals(1, found.size(), () -> "" + found);
      for (String fact : problem.facts()) {
        assertTrue(found.get(0).contains(fact), () -> fact + " in " + found);
      }
    }

    @Test
    void namesAllProblemsAtOnce() {
      List<Problem> all = problems().toList();
      Policy.Builder builder = version();
      for (Problem problem : all) {
        builder = problem.add().apply(builder);
      }

      List<String> found = problemsOf(builder);

      assertEquals(all.size(), found.size(), () -> "" + found);
      for (Problem problem : all) {
        assertTrue(
            found.stream().anyMatch(text -> problem.facts().stream().allMatch(text::contains)),
            () -> problem + " in " + found);
      }
    }

    @Test
    void hasNoPlan() {
      List<String> found = problemsOf(Policy.version("v1", AT).source("free"));
      assertEquals(List.of("plans: expected at least one plan; found: there is no plan"), found);
    }

    @Test
    void isBuiltOnceItIsMended() {
      Policy.Builder builder = Policy.version("v1", AT).plan(Plan.monthly("basic"));
      builder.rule("r", Trigger.on("x"), grant(1).within("l"));
      assertEquals(2, problemsOf(builder).size());
      Policy policy = builder.source("free").limit("l", 1, week()).build();
      assertEquals(1, policy.rulesFor("x").size());
    }

    @Test
    void saysWhoseEventsAnEffectIsFor() {
      assertEquals(
          List.of(
              "rules[0].on[0]: expected an event of the calendar: opened, renewed, plan-left,"
                  + " plan-entered or tick NAME; found: rule r can't have its effect on the event"
                  + " paid, which the application reports"),
          problemsOf(version().rule("r", Trigger.on("paid"), Effect.allot())));
      assertEquals(
          List.of(
              "rules[0].on[0]: expected an event that the application reports; found: rule r can't"
                  + " have its effect on the event renewed, which only the calendar brings"),
          problemsOf(version().rule("r", Trigger.on(RENEWED), Effect.settle())));
    }

    /** What a tick allots on one plan can be prorated on another, or for other accounts. */
    @Test
    void proratesBesideATickForOthersAndIsSound() {
      Policy.Builder policy =
          version()
              .plan(Plan.monthly("p"))
              .plan(Plan.monthly("other"))
              .tick("month", Period.ofMonths(1))
              .rule("tick", Trigger.onTick("month").onPlan("other"), Effect.allot())
              .rule("plan", Trigger.on(OPENED).onPlan("p"), Effect.allotProrated());
      assertEquals(2, policy.build().rules().size());
      Policy.Builder byFact =
          version()
              .tick("month", Period.ofMonths(1))
              .rule("tick", Trigger.onTick("month").whereWallet("billed", "yearly"), Effect.allot())
              .rule(
                  "plan",
                  Trigger.on(OPENED).whereWallet("billed", "monthly").whereWallet("a", "b"),
                  Effect.allotProrated());
      assertEquals(2, byFact.build().rules().size());
      byFact.rule("all", Trigger.on(RENEWED).whereWallet("a", "b"), Effect.allotProrated());
      assertEquals(
          List.of(
              "rules[2].allot.how: expected the share of a cycle that its renewal allots; found: rule"
                  + " all prorates to the cycle what rule tick allots on a tick"),
          problemsOf(byFact));
    }

    @Test
    void hasAWalletsFactOnTheCalendarsEventAndIsSound() {
      Policy policy =
          version().rule("r", Trigger.on(OPENED).whereWallet("colour", "red"), grant(1)).build();
      assertEquals(1, policy.rulesFor("opened").size());
    }

    static Stream<Case> parts() {
      return Stream.of(
          bad("no type", () -> new Trigger(List.of(), List.of(), false, List.of()), "event type"),
          bad("a type twice", () -> Trigger.on("x", "y", "x"), "[x, y, x]"),
          bad("a calendar's type twice", () -> Trigger.on(RENEWED, RENEWED), "renewed"),
          bad(
              "a source twice",
              () -> Trigger.on("x").whileEmpty("s").whileEmpty("t").whileEmpty("s"),
              "[s, t, s]"),
          bad(
              "no accepted value",
              () -> new Condition(Condition.Whose.EVENT, "colour", List.of()),
              "colour"),
          bad(
              "no line",
              () ->
                  new Effect.Grant(
                      TransactionType.BONUS,
                      List.of(),
                      Optional.empty(),
                      List.of(),
                      Effect.Settlement.AT_ONCE),
              "line"),
          bad(
              "plan's event amount",
              () -> planOf(new Line("L", "free", Quantity.ofEvent()), "x"),
              "fixed"),
          bad(
              "plan's multiple of a plan",
              () -> planOf(new Line("L", "free", Quantity.ofPlan(1)), "x"),
              "fixed"),
          bad(
              "limit's event amount",
              () -> version().limit("l", Quantity.ofEvent(), week()),
              "limit l",
              "event"),
          bad(
              "forfeit's event amount",
              () -> Effect.forfeitAbove("F", Quantity.ofEvent()),
              "forfeit",
              "event"),
          bad(
              "a grant twice once",
              () -> grant(1).onceForEver("first").onceForEver("second"),
              "first",
              "second"),
          bad(
              "a grant once for ever and per claim",
              () -> grant(1).onceForEver("first").oncePerClaim("second"),
              "first",
              "second"),
          bad(
              "a grant once per claim and for ever",
              () -> grant(1).oncePerClaim("first").onceForEver("second"),
              "first",
              "second"),
          bad(
              "a group's capture",
              () -> endOfGroup(Effect.End.Back.ALL_BUT_EVENT),
              "ALL_BUT_EVENT"),
          bad(
              "a group's part",
              () -> endOfGroup(Effect.End.Back.EVENT_AND_STAY_OPEN),
              "EVENT_AND_STAY_OPEN"),
          bad(
              "a lapse's capture",
              () ->
                  new Effect.Lapse(
                      Duration.ofDays(1),
                      Effect.End.Back.ALL_BUT_EVENT,
                      Effect.End.Expired.EXPIRES),
              "ALL_BUT_EVENT"),
          bad("a charge's award", () -> chargeOf(TransactionType.AWARD), "award"),
          bad("a charge's return", () -> chargeOf(TransactionType.RETURN), "return"),
          bad("a grant's charge", () -> grantOf(TransactionType.CHARGE), "charge"),
          bad("a grant's return", () -> grantOf(TransactionType.RETURN), "return"),
          bad("a grant's expiry", () -> grantOf(TransactionType.EXPIRY), "expiry"),
          bad("a grant's forfeit", () -> grantOf(TransactionType.FORFEIT), "forfeit"));
    }

    private static Effect endOfGroup(Effect.End.Back back) {
      return new Effect.End(
          Effect.End.Reach.GROUP, Optional.empty(), back, "E", Effect.End.Expired.EXPIRES);
    }

    private static Effect chargeOf(TransactionType type) {
      return new Effect.Charge(
          type,
          "C",
          Quantity.of(1),
          Effect.Charge.Shortfall.REFUSE,
          Optional.empty(),
          Optional.empty());
    }

    private static Effect grantOf(TransactionType type) {
      return Effect.grant(type, "L", "free", 1);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void hasAPartThatCanNotBe(Case bad) {
      assertTold(IllegalArgumentException.class, bad.call(), bad.facts());
    }

    @Test
    void isARuleBuiltByItselfToo() {
      Rule rule = new Rule("r", Trigger.on("x"), grant(1).within("unset"));
      assertTrue(problemsOf(version().rule(rule)).get(0).contains("unset"));
    }
  }

  @Nested
  class AProgramThatDoesNotHoldTogether {

    private final Instant from = Instant.parse("2021-01-01T00:00:00Z");

    private void assertProblem(Program.Builder program, String... facts) {
      assertIllegal(program::build, facts);
    }

    private Program.Builder of(Policy.Builder... versions) {
      Program.Builder program = Program.named("stars");
      for (Policy.Builder version : versions) {
        program.version(version.build());
      }
      return program;
    }

    @Test
    void hasNoVersion() {
      assertProblem(Program.named("stars"), "stars", "no version");
    }

    @Test
    void hasVersionsOutOfOrder() {
      assertProblem(
          of(version("v1", from), version("v2", from.minusNanos(1))),
          "v1",
          "v2",
          "" + from,
          "" + from.minusNanos(1));
      assertProblem(of(version("v1", Instant.MAX), version("v2", Instant.MIN)), "v1", "v2");
      assertProblem(
          of(version("v1", from), version("v3", from.plusSeconds(2)), version("v2", from)),
          "v2",
          "v3");
    }

    @Test
    void hasTwoVersionsFromOneInstant() {
      assertProblem(of(version("v1", from), version("v2", from)), "v1", "v2", "" + from);
      Instant late = Instant.parse("+10000-01-01T00:00:00Z");
      assertProblem(of(version("v1", from), version("v2", late)), "v2", "" + late);
      assertEquals(
          2, of(version("v1", from), version("v2", from.plusNanos(1))).build().versions().size());
    }

    @Test
    void hasTwoVersionsOfOneName() {
      assertProblem(of(version("v1", from), version("v1", from.plusSeconds(1))), "v1", "name");
      assertProblem(
          of(
              version("v1", from),
              version("v2", from.plusSeconds(1)),
              version("v1", from.plusSeconds(2))),
          "v1",
          "name");
    }

    @Test
    void hasALaterVersionWithoutAPlan() {
      assertProblem(
          of(version("v1", from).plan(Plan.monthly("gold")), version("v2", from.plusSeconds(1))),
          "v2",
          "gold",
          "v1");
      assertEquals(
          2,
          of(version("v1", from), version("v2", from.plusSeconds(1)).plan(Plan.monthly("gold")))
              .build()
              .versions()
              .size());
    }

    @Test
    void changesToAPlanThatNoVersionHas() {
      Effect change = new Effect.SwitchPlan("to", Effect.SwitchPlan.When.NEXT_RENEWAL);
      assertProblem(
          of(version("v1", from).rule("r", Trigger.on("x").where("to", "basic", "bosic"), change)),
          "versions[0].rules[0].when[0].is[1]",
          "bosic",
          "did you mean basic?");
      for (Trigger other :
          List.of(
              Trigger.on("x").where("to", "basic"),
              Trigger.on("x").where("from", "bosic"),
              Trigger.on("x").whereWallet("to", "bosic"))) {
        assertEquals(1, of(version("v1", from).rule("r", other, change)).build().versions().size());
      }
    }

    @Test
    void hasALimitWithAnotherWindowInALaterVersion() {
      List<Window> windows =
          List.of(
              Window.held(),
              Window.held("free"),
              week(),
              Window.rolling(Duration.ofDays(8)),
              Window.calendar(Window.Calendar.Unit.WEEK),
              Window.calendar(Window.Calendar.Unit.MONTH),
              Window.cycle(),
              Window.ever());
      for (Window before : windows) {
        for (Window after : windows) {
          Program.Builder program =
              of(
                  version("v1", from).limit("most", 1, before),
                  version("v2", from.plusSeconds(1)).limit("most", Quantity.ofPlan(2), after));
          if (before.equals(after)) {
            assertEquals(2, program.build().versions().size());
          } else {
            assertProblem(program, "limit most", "v1", "v2", "window");
          }
        }
      }
    }

    @Test
    void hasAFirstVersionThatIsNotForEverybody() {
      for (Adoption adoption : Adoption.values()) {
        Program.Builder first = of(version("v1", from).adoptedBy(adoption));
        if (adoption == Adoption.EVERYBODY) {
          assertEquals(1, first.build().versions().size());
        } else {
          assertProblem(first, "versions[0].adoption", "v1");
        }
        Program.Builder later =
            of(version("v1", from), version("v2", from.plusSeconds(1)).adoptedBy(adoption));
        assertEquals(2, later.build().versions().size());
      }
    }

    /** Charges may have been made under an earlier version, and not under a later one. */
    @Test
    void endsAPartThatNoVersionUpToThenCharges() {
      Effect endsJob = Effect.giveBack(subject(), "E").ofPart("job");
      Effect chargesJob = Effect.charge("C").of(1).forPart("job");
      Effect chargesJab = Effect.charge("C").of(1).forPart("jab");
      Instant later = from.plusSeconds(1);
      Trigger on = Trigger.on("x");

      assertProblem(of(version("v1", from).rule("end", on, endsJob)), "rules[0].end.part", "job");
      assertProblem(
          of(
              version("v1", from).rule("charge", on, chargesJab),
              version("v2", later).rule("charge", on, chargesJab).rule("end", on, endsJob)),
          "versions[1].rules[1].end.part",
          "did you mean jab?");
      assertProblem(
          of(
              version("v1", from).rule("end", on, endsJob),
              version("v2", later).rule("charge", on, chargesJob)),
          "versions[0].rules[0].end.part");
      assertEquals(
          2,
          of(
                  version("v1", from).rule("end", on, endsJob).rule("charge", on, chargesJob),
                  version("v2", later).rule("end", on, endsJob))
              .build()
              .versions()
              .size());
    }

    @Test
    void namesAllProblemsAtOnce() {
      assertProblem(
          of(
              version("v1", from)
                  .limit("most", 1, Window.cycle())
                  .plan(Plan.monthly("gold"))
                  .plan(Plan.monthly("silver")),
              version("v1", from).limit("most", 1, Window.ever())),
          "limit most",
          "must start after",
          "gold",
          "silver",
          "same name");
    }
  }
}
