package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which refusals time cures, and when; which it never does, and what is told of them.
 *
 * <p>Every wallet opens at the start of 2021 on the plan basic, in a bad mood, and is asked about
 * on the 10th.
 */
class EarliestRulesTest {

  private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");
  private static final Instant ASKED = Instant.parse("2021-01-10T12:00:00Z");
  private static final Instant FIRST_RENEWAL = Instant.parse("2021-02-01T00:00:00Z");
  private static final Instant SECOND_RENEWAL = Instant.parse("2021-03-01T00:00:00Z");
  private static final Instant THIRD_RENEWAL = Instant.parse("2021-04-01T00:00:00Z");
  private static final Instant HORIZON = Instant.parse("2024-01-01T00:00:00Z");

  private static final Event ASK =
      Event.of("asked", ASKED, "ask")
          .withSubject("ann")
          .withFact("plan", "plus")
          .withFact("starts", "9999-01-01T00:00:00Z");
  private static final Effect NOTHING = Effect.nothing("it has no effect");
  private static final Trigger ON_ASK = Trigger.on("ask");
  private static final Trigger ON_RENEWAL = Trigger.on(CalendarEvent.RENEWED);

  /** A program, what has happened to a wallet, what is asked, and the answer. */
  private record Question(
      String says, Program program, List<Event> before, Event asked, Earliest answer) {

    Question after(Event... events) {
      return new Question(says, program, List.of(events), asked, answer);
    }

    Question asking(Event event) {
      return new Question(says, program, before, event, answer);
    }

    Earliest ask(Instant horizon) {
      return PolicyEngine.of(program).earliest(wallet(), asked, horizon);
    }

    /** Returns what speaks against the event at an instant. */
    List<Reason> reasonsAt(Instant at) {
      return PolicyEngine.of(program).decide(wallet(), asked.movedTo(at)).reasons();
    }

    private Wallet wallet() {
      PolicyEngine engine = PolicyEngine.of(program);
      Opening opening = Opening.of("basic", START).withFact("mood", "bad");
      return engine.replay(engine.open(opening).wallet(), before).wallet();
    }

    @Override
    public String toString() {
      return says;
    }
  }

  private static Policy.Builder version(String name, Instant from) {
    return Policy.version(name, from)
        .source("a")
        .source("b")
        .source("c")
        .source(Source.of("basics").usableOn("basic"))
        .source(Source.of("short").living(Term.of(Duration.ofDays(20))))
        .source(Source.of("january").living(Term.of(Duration.ofDays(31))))
        .plan(Plan.monthly("basic").allotting("Credits", "a", 5))
        .plan(Plan.monthly("plus"));
  }

  private static Question that(String says, UnaryOperator<Policy.Builder> rules, Earliest answer) {
    Program program =
        Program.named("small").version(rules.apply(version("only", START)).build()).build();
    return new Question(says, program, List.of(), ASK, answer);
  }

  private static Question isNever(String says, Reason reason, UnaryOperator<Policy.Builder> rules) {
    return that(says, rules, new Earliest.Never(reason, ASKED));
  }

  private static Question isAt(Instant instant, String says, UnaryOperator<Policy.Builder> rules) {
    return that(says, rules, new Earliest.At(instant));
  }

  private static Effect.Grant gift(String source, long amount) {
    return Effect.grant(TransactionType.BONUS, "Gift", source, amount);
  }

  private static Policy.Builder cheering(Policy.Builder policy) {
    return policy.rule(
        "a renewal cheers up", ON_RENEWAL, Effect.setFact("mood", FactValue.of("good")));
  }

  private static Reason noEffect(String rule) {
    return new Reason.NoEffect(
        rule, "only", "it has no effect", Optional.of("ann"), OptionalLong.empty());
  }

  private static Reason badMood() {
    return new Reason.FactMissing(
        "in good mood",
        "only",
        "ask",
        Condition.Whose.WALLET,
        "mood",
        List.of(FactValue.of("good")),
        Optional.of(FactValue.of("bad")));
  }

  private static Reason lacking(String rule, String fact, FactValue... accepted) {
    return new Reason.FactMissing(
        rule, "only", "ask", Condition.Whose.EVENT, fact, List.of(accepted), Optional.empty());
  }

  static List<Question> whatNoTimeCures() {
    return List.of(
        isNever(
            "one of two rules that apply, which refuses for good, is enough",
            noEffect("refuses"),
            policy -> policy.rule("refuses", ON_ASK, NOTHING).rule("gives", ON_ASK, gift("a", 1))),
        isNever(
            "one that applies for good is enough, whatever another waits for",
            noEffect("refuses"),
            policy ->
                policy
                    .rule("refuses", ON_ASK, NOTHING)
                    .rule("gives", ON_ASK.whileEmpty("a"), gift("a", 1))),
        isNever(
            "what the event does not bring to a rule that applies, whatever another rule asks",
            lacking("gives what it says", "amount"),
            policy ->
                policy
                    .rule(
                        "gives what it says",
                        ON_ASK,
                        Effect.grantOfEvent(TransactionType.BONUS, "Gift", "a"))
                    .rule("asked nicely", ON_ASK.where("nicely", true), gift("a", 1))),
        isNever(
            "what the event itself is, although time sets facts of the wallet",
            lacking("asked nicely", "nicely", FactValue.of(true)),
            policy ->
                cheering(policy).rule("asked nicely", ON_ASK.where("nicely", true), gift("a", 1))),
        isNever(
            "what the event itself is, whatever else its rule waits for",
            lacking("nicely in good mood", "nicely", FactValue.of(true)),
            policy ->
                cheering(policy)
                    .rule(
                        "nicely in good mood",
                        ON_ASK.where("nicely", true).whereWallet("mood", "good"),
                        gift("a", 1))),
        isNever(
                "taking back a whole grant of which a part is spent, if nothing is cut",
                new Reason.NotEnough(
                    "back",
                    "only",
                    Reason.NotEnough.Of.GRANTED,
                    Optional.of("ann"),
                    Optional.empty(),
                    10,
                    4,
                    0),
                policy ->
                    policy
                        .rule("sale", Trigger.on("sale"), gift("a", 10))
                        .rule("use", Trigger.on("use"), Effect.charge("Use").of(6))
                        .rule("back", ON_ASK, Effect.revoke("Back").whole()))
            .after(
                Event.of("sold", START, "sale").withSubject("ann"), Event.of("used", START, "use")),
        isNever(
                "taking back what is used up, when no hold has taken any of it",
                new Reason.NoOpenClaim(
                    "back",
                    "only",
                    Reason.NoOpenClaim.Sought.GRANTED,
                    "ann",
                    Optional.empty(),
                    ASKED,
                    Optional.empty(),
                    false),
                policy ->
                    holding(policy)
                        .rule("renewal", ON_RENEWAL, gift("a", 1))
                        .rule("back", ON_ASK, Effect.revoke("Back")))
            .after(
                Event.of("sold", START, "sale").withSubject("ann"),
                Event.of("used", START, "use"),
                Event.of("given", START, "gift"),
                Event.of("held", ASKED, "hold").withSubject("room").withAmount(10)),
        isNever(
                "a grant once for a claim, when each of the subject's has had it or has closed",
                new Reason.AlreadyDone(
                    "gives",
                    "only",
                    Reason.AlreadyDone.Matter.GRANTED_FOR_CLAIM,
                    "ann",
                    Optional.empty(),
                    false),
                policy -> inParts(policy).rule("gives", ON_ASK, gift("a", 1).oncePerClaim("key")))
            .after(
                Event.of("main", START, "main").withSubject("ann"),
                Event.of("once", START, "ask").withSubject("ann")),
        isNever(
                "a capture of more than was held, though renewals bring more",
                new Reason.NotEnough(
                    "capture",
                    "only",
                    Reason.NotEnough.Of.CHARGED,
                    Optional.of("ann"),
                    Optional.empty(),
                    4,
                    3,
                    0),
                policy ->
                    policy
                        .rule("renewal", ON_RENEWAL, gift("a", 1))
                        .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("a", 3))
                        .rule("use", Trigger.on("use"), Effect.charge("Use"))
                        .rule("capture", ON_ASK, Effect.capture("Captured")))
            .asking(ASK.withAmount(4))
            .after(Event.of("used", START, "use").withSubject("ann").withAmount(3)),
        isNever(
                "a grant within what there is room for once and for all, when that is used up",
                new Reason.NoRoom(
                    "gives", "only", "once", 5, Window.ever(), ASKED, 2, 1, Optional.empty()),
                policy ->
                    policy
                        .limit("once", 5, Window.ever())
                        .rule("renewal", ON_RENEWAL, gift("a", 1))
                        .rule("gift", Trigger.on("gift"), gift("a", 4).within("once"))
                        .rule("gives", ON_ASK, gift("a", 2).within("once")))
            .after(Event.of("given", START, "gift")),
        isNever(
                "a grant within two limits, of which the one that lasts is told",
                new Reason.NoRoom(
                    "gives", "only", "in all", 50, Window.ever(), ASKED, 10, 0, Optional.empty()),
                policy ->
                    policy
                        .limit("a week", 50, Window.rolling(Duration.ofDays(7)))
                        .limit("in all", 50, Window.ever())
                        .rule(
                            "gift",
                            Trigger.on("gift"),
                            gift("a", 50).within("a week").within("in all"))
                        .rule("gives", ON_ASK, gift("a", 10).within("a week").within("in all")))
            .after(Event.of("given", ASKED, "gift")),
        isNever(
            "two facts, of which the one that lasts is told, though it is the second",
            lacking("nicely in good mood", "nicely", FactValue.of(true)),
            policy ->
                cheering(policy)
                    .rule(
                        "nicely in good mood",
                        ON_ASK.whereWallet("mood", "good").where("nicely", true),
                        gift("a", 1))),
        isNever(
            "a rule that asks for what the event is, although time sets facts of the wallet",
            noEffect("asked rudely"),
            policy ->
                cheering(policy).rule("asked rudely", ON_ASK.where("subject", "ann"), NOTHING)),
        isNever(
            "a rule that asks for the plan, although time sets other facts",
            noEffect("on basic"),
            policy -> cheering(policy).rule("on basic", ON_ASK.onPlan("basic"), NOTHING)),
        isNever(
            "a rule that asks for nothing, although time sets facts",
            noEffect("refuses"),
            policy -> cheering(policy).rule("refuses", ON_ASK, NOTHING)),
        isNever(
            "a rule that asks for a fact that nothing sets",
            noEffect("in bad mood"),
            policy -> policy.rule("in bad mood", ON_ASK.whereWallet("mood", "bad"), NOTHING)),
        isNever(
            "a fact that nothing sets",
            badMood(),
            policy ->
                policy.rule("in good mood", ON_ASK.whereWallet("mood", "good"), gift("a", 1))),
        isNever(
            "a fact that only a host's event sets",
            badMood(),
            policy ->
                policy
                    .rule(
                        "a joke cheers up",
                        Trigger.on("joke"),
                        Effect.setFact("mood", FactValue.of("good")))
                    .rule("in good mood", ON_ASK.whereWallet("mood", "good"), gift("a", 1))),
        isNever(
            "a fact that renewals don't set, whatever else they do",
            badMood(),
            policy ->
                policy
                    .rule("renewal", ON_RENEWAL, gift("a", 1))
                    .rule("in good mood", ON_ASK.whereWallet("mood", "good"), gift("a", 1))));
  }

  /** Returns a question of a gift that starts, and of one that does not, when the event says. */
  private static Question starting(Object starts, Earliest answer) {
    Program program =
        Program.named("small")
            .version(
                version("only", START)
                    .rule("later", ON_ASK, gift("a", 1).settlingAt("starts"))
                    .rule("soon", ON_ASK, gift("b", 1).settlingAt("begins"))
                    .build())
            .build();
    Event asked = ASK.withFact("starts", "" + starts).withFact("begins", "" + ASKED);
    return new Question("a start at " + starts, program, List.of(), asked, answer);
  }

  static List<Question> whatDistanceCures() {
    Instant last = ASKED.plus(Effect.LONGEST_DELAY);
    return List.of(
        starting(last, new Earliest.At(ASKED)),
        starting(last.plusNanos(1), new Earliest.At(ASKED.plusNanos(1))),
        starting(last.plus(Duration.ofDays(40)), new Earliest.At(ASKED.plus(Duration.ofDays(40)))));
  }

  static List<Question> whatNoDistanceCures() {
    return List.of(
        starting("soon", new Earliest.Never(startsAt("soon"), ASKED)),
        starting(
            "+10000-01-01T00:00:00Z",
            new Earliest.Never(startsAt("+10000-01-01T00:00:00Z"), ASKED)),
        isNever(
            "what the event does not bring, though its start comes nearer",
            lacking("gives what it says", "amount"),
            policy ->
                policy.rule(
                    "gives what it says",
                    ON_ASK,
                    Effect.grantOfEvent(TransactionType.BONUS, "Gift", "a").settlingAt("starts"))));
  }

  private static Reason startsAt(String told) {
    return new Reason.FactMissing(
        "later",
        "only",
        "ask",
        Condition.Whose.EVENT,
        "starts",
        List.of(),
        Optional.of(FactValue.of(told)));
  }

  static List<Question> whatTimeCures() {
    return List.of(
        isAt(
                Instant.parse("2021-03-02T00:00:00Z"),
                "a claim of the group lapses, which would give a part of a grant back",
                policy ->
                    policy
                        .rule("sale", Trigger.on("sale"), gift("a", 10))
                        .rule("gift", Trigger.on("gift"), gift("b", 5))
                        .rule("use", Trigger.on("use"), Effect.charge("Use"))
                        .rule(
                            "lapse",
                            Trigger.on("lapse"),
                            Effect.charge("Use").returnableFor(Duration.ofDays(60)))
                        .rule("closed", ON_ASK, Effect.giveBack(Effect.End.Reach.GROUP, "Closed"))
                        .rule("back", ON_ASK, Effect.revoke("Back").whole()))
            .asking(ASK.withGroup("job"))
            .after(
                Event.of("sold", START, "sale").withSubject("ann"),
                Event.of("x", START, "lapse").withSubject("x").withGroup("job").withAmount(6),
                Event.of("spent", START, "use").withAmount(4),
                Event.of("given", START, "gift"),
                Event.of("y", START, "use").withSubject("y").withGroup("job").withAmount(1),
                Event.of("again", START, "sale").withSubject("ann")),
        isAt(
                Instant.parse("2021-01-25T00:00:00Z"),
                "what would come back as a new lot is over",
                policy ->
                    policy
                        .source(
                            Source.of("term")
                                .living(Term.until(Instant.parse("2021-01-25T00:00:00Z"))))
                        .rule("term", Trigger.on("term"), gift("term", 10))
                        .rule("sale", Trigger.on("sale"), gift("a", 10))
                        .rule("use", Trigger.on("use"), Effect.charge("Use"))
                        .rule("captured", ON_ASK, Effect.capture("Captured").renewingExpired())
                        .rule("back", ON_ASK, Effect.revoke("Back").whole()))
            .asking(ASK.withAmount(4))
            .after(
                Event.of("sold", START, "term").withSubject("ann"),
                Event.of("used", START, "use").withSubject("ann").withAmount(10),
                Event.of("again", START, "sale").withSubject("ann")),
        isAt(
                Instant.parse("2021-01-21T00:00:00Z"),
                "what would come back of a grant is over",
                policy ->
                    policy
                        .rule("short", Trigger.on("short"), gift("short", 10))
                        .rule("sale", Trigger.on("sale"), gift("a", 10))
                        .rule("use", Trigger.on("use"), Effect.charge("Use"))
                        .rule("captured", ON_ASK, Effect.capture("Captured"))
                        .rule("back", ON_ASK, Effect.revoke("Back").whole()))
            .asking(ASK.withAmount(4))
            .after(
                Event.of("sold", START, "short").withSubject("ann"),
                Event.of("used", START, "use").withSubject("ann").withAmount(10),
                Event.of("again", START, "sale").withSubject("ann")),
        isAt(
            FIRST_RENEWAL,
            "a fact that a renewal sets",
            policy ->
                cheering(policy)
                    .rule("in good mood", ON_ASK.whereWallet("mood", "good"), gift("a", 1))),
        isAt(
            Instant.parse("2021-01-15T00:00:00Z"),
            "a fact that a tick sets",
            policy ->
                policy
                    .tick("fortnightly", Duration.ofDays(14))
                    .rule(
                        "a fortnight cheers up",
                        Trigger.onTick("fortnightly"),
                        Effect.setFact("mood", FactValue.of("good")))
                    .rule("in good mood", ON_ASK.whereWallet("mood", "good"), gift("a", 1))),
        isAt(
            FIRST_RENEWAL,
            "a refusal by a rule that asks for a fact, until a renewal sets another",
            policy ->
                cheering(policy)
                    .rule("in bad mood", ON_ASK.whereWallet("mood", "bad"), NOTHING)
                    .rule("gives", ON_ASK, gift("a", 1))),
        isAt(
            FIRST_RENEWAL,
            "a refusal by a rule for an empty source, until a renewal fills it",
            policy ->
                policy
                    .rule("renewal", ON_RENEWAL, gift("a", 1))
                    .rule("nothing there", ON_ASK.whileEmpty("a"), NOTHING)
                    .rule("gives", ON_ASK, gift("b", 1))),
        isAt(
            START.plus(Duration.ofDays(20)),
            "a source that is to be empty, and expires",
            policy ->
                policy
                    .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("short", 1))
                    .rule("nothing there", ON_ASK.whileEmpty("short"), gift("b", 1))),
        isAt(
            FIRST_RENEWAL,
            "a cost that a renewal brings, however many days of a limit begin before it",
            policy ->
                policy
                    .limit("daily", 5, Window.calendar(Window.Calendar.Unit.DAY))
                    .rule("renewal", ON_RENEWAL, gift("a", 1))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(1))),
        isAt(
                THIRD_RENEWAL,
                "a cost that a renewal brings, when what fills its limit no longer counts",
                policy ->
                    policy
                        .limit("seventy days", 5, Window.rolling(Duration.ofDays(70)))
                        .rule("gift", Trigger.on("gift"), gift("a", 5).within("seventy days"))
                        .rule("use", Trigger.on("use"), Effect.charge("Use").of(5))
                        .rule("renewal", ON_RENEWAL, gift("a", 5).within("seventy days"))
                        .rule("costs", ON_ASK, Effect.charge("Use").of(5)))
            .after(Event.of("given", ASKED, "gift"), Event.of("used", ASKED, "use")),
        isAt(
                FIRST_RENEWAL,
                "the plan that waits",
                policy ->
                    policy
                        .rule("change", Trigger.on("change"), Effect.switchPlan())
                        .rule("on plus", ON_ASK.onPlan("plus"), gift("a", 1)))
            .after(Event.of("changed", START, "change").withFact("plan", "plus")),
        isAt(
                FIRST_RENEWAL,
                "exactly the max of a limit, when all of it is there again",
                policy ->
                    policy
                        .limit("five", 5, Window.cycle())
                        .rule("gives", ON_ASK, gift("a", 5).within("five")))
            .after(Event.of("before", ASKED, "ask")),
        isAt(
            FIRST_RENEWAL,
            "a charge for what another rule charges, until that no longer applies",
            policy ->
                policy
                    .rule("renewal", ON_RENEWAL, gift("a", 1))
                    .rule("nothing there", ON_ASK.whileEmpty("a"), Effect.charge("Use").of(0))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(0))),
        isAt(
            FIRST_RENEWAL,
            "a grant once for ever that another rule makes, until that no longer applies",
            policy ->
                policy
                    .rule("renewal", ON_RENEWAL, gift("a", 1))
                    .rule("nothing there", ON_ASK.whileEmpty("a"), gift("b", 1).onceForEver("key"))
                    .rule("gives", ON_ASK, gift("b", 1).onceForEver("key"))),
        isAt(
                FIRST_RENEWAL,
                "an ending of what another rule ends, until that no longer applies",
                policy ->
                    policy
                        .rule("use", Trigger.on("use"), Effect.charge("Use").of(0))
                        .rule("renewal", ON_RENEWAL, gift("a", 1))
                        .rule(
                            "nothing there",
                            ON_ASK.whileEmpty("a"),
                            Effect.giveBack(Effect.End.Reach.SUBJECT, "Back"))
                        .rule("back", ON_ASK, Effect.giveBack(Effect.End.Reach.SUBJECT, "Back")))
            .after(Event.of("used", START, "use").withSubject("ann")),
        isAt(
            SECOND_RENEWAL,
            "a cost beside a forfeit from a source, when renewals have left enough from another",
            policy ->
                policy
                    .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("a", 10))
                    .rule("renewal", ON_RENEWAL, gift("b", 2))
                    .rule("cap", ON_RENEWAL, Effect.forfeitAbove("Cut", 10))
                    .rule("cut", ON_ASK, Effect.forfeitAbove("Cut", Quantity.of(0), "a"))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(4))),
        isAt(
            SECOND_RENEWAL,
            "a cost on another plan, when renewals have left enough that is not frozen there",
            policy ->
                policy
                    .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("basics", 10))
                    .rule("renewal", ON_RENEWAL, gift("b", 2))
                    .rule("cap", ON_RENEWAL, Effect.forfeitAbove("Cut", 10))
                    .rule("change", ON_ASK, Effect.switchPlanAtOnce())
                    .rule("costs", ON_ASK, Effect.charge("Use").of(4))),
        isAt(
                ASKED.plus(Duration.ofDays(3)),
                "taking back what a hold has taken, when it is released",
                policy -> holding(policy).rule("back", ON_ASK, Effect.revoke("Back")))
            .after(
                Event.of("sold", START, "sale").withSubject("ann"),
                Event.of("held", ASKED, "hold").withSubject("room").withAmount(10)),
        isAt(
                START.plus(Duration.ofDays(20)),
                "a grant once for a claim, when another of the subject is the first that is open",
                policy -> inParts(policy).rule("gives", ON_ASK, gift("a", 1).oncePerClaim("key")))
            .after(
                Event.of("main", START, "main").withSubject("ann"),
                Event.of("part", START, "part").withSubject("ann"),
                Event.of("before", START, "ask").withSubject("ann")),
        isAt(
                SECOND_RENEWAL,
                "taking back whole grants, when of the one that is not whole nothing is left",
                policy ->
                    policy
                        .rule(
                            "sale",
                            Trigger.on("sale"),
                            Effect.grantOfEvent(TransactionType.PURCHASE, "Sale", "a"))
                        .rule("use", Trigger.on("use"), Effect.charge("Use").of(6))
                        .rule("renewal", ON_RENEWAL, gift("b", 2))
                        .rule("cap", ON_RENEWAL, Effect.forfeitAbove("Cut", 14))
                        .rule("back", ON_ASK, Effect.revoke("Back").whole()))
            .after(
                Event.of("one", START, "sale").withSubject("ann").withAmount(10),
                Event.of("used", START, "use"),
                Event.of("two", START, "sale").withSubject("ann").withAmount(10)));
  }

  /** Sells 10, gives 10, and holds for three days. */
  private static Policy.Builder holding(Policy.Builder policy) {
    return policy
        .rule("sale", Trigger.on("sale"), gift("c", 10))
        .rule("gift", Trigger.on("gift"), gift("a", 10))
        .rule("use", Trigger.on("use"), Effect.charge("Use").of(10))
        .rule("hold", Trigger.on("hold"), Effect.charge("Hold").heldFor(Duration.ofDays(3)));
  }

  /** Charges nothing for a subject, which lapses after three days, and for a part of it. */
  private static Policy.Builder inParts(Policy.Builder policy) {
    return policy
        .rule(
            "main",
            Trigger.on("main"),
            Effect.charge("Main").of(0).returnableFor(Duration.ofDays(20)))
        .rule("part", Trigger.on("part"), Effect.charge("Part").of(0).forPart("part"));
  }

  static List<Question> whatIsTold() {
    Instant later = Instant.parse("2021-01-20T00:00:00Z");
    Policy.Builder refusing = version("one", START).rule("refuses", ON_ASK, NOTHING);
    return List.of(
        new Question(
            "the reason as it was first, though a later version could have cured it",
            Program.named("two")
                .version(version("one", START).build())
                .version(version("two", later).build())
                .build(),
            List.of(),
            ASK,
            new Earliest.Never(new Reason.NoRule("ask", ASKED, "one"), ASKED)),
        new Question(
            "the reason that lasts, and not another that was there first",
            Program.named("two")
                .version(refusing.build())
                .version(version("two", later).build())
                .build(),
            List.of(),
            ASK,
            new Earliest.Never(new Reason.NoRule("ask", later, "two"), later)),
        isNever(
            "as many as there ever are, and not as there were first",
            new Reason.NotEnough("costs", "only", 4, 3, 0),
            policy ->
                policy
                    .rule("renewal", ON_RENEWAL, gift("a", 2))
                    .rule("cap", ON_RENEWAL, Effect.forfeitAbove("Cut", 3))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(4))));
  }

  /** Opens with 5 from c and 5 from a, in this order, and costs 11. */
  private static Policy.Builder holdingTen(Policy.Builder policy) {
    Trigger opening = Trigger.on(CalendarEvent.OPENED);
    return policy
        .rule("c first", opening, gift("c", 5))
        .rule("then a", opening, gift("a", 5))
        .rule("costs", ON_ASK, Effect.charge("Use").of(11));
  }

  /**
   * Every renewal brings 2 to b and cuts the oldest 2: from c at the first and the second, then the
   * last from c and the first from a. So 10 are there each time.
   */
  private static Policy.Builder inTurn(Policy.Builder policy) {
    return holdingTen(policy)
        .rule("renewal", ON_RENEWAL, gift("b", 2))
        .rule("cap", ON_RENEWAL, Effect.forfeitAbove("Cut", 10));
  }

  private static Effect cutNewest(long most) {
    return new Effect.Forfeit("Cut", Quantity.of(most), List.of("a"), List.of(Order.NEWEST));
  }

  private static Question neverMoreThanTen(String says, UnaryOperator<Policy.Builder> rules) {
    return isNever(says, new Reason.NotEnough("costs", "only", 11, 10, 0), rules);
  }

  static List<Question> whatRenewalsLeaveAsItIs() {
    return List.of(
        neverMoreThanTen("nothing comes", EarliestRulesTest::holdingTen),
        neverMoreThanTen("as much goes as comes", EarliestRulesTest::inTurn),
        neverMoreThanTen(
            "the whole wallet has a limit",
            policy -> inTurn(policy).limit("all", 1_000, Window.held())),
        neverMoreThanTen(
            "a limit of which nothing is used",
            policy -> inTurn(policy).limit("week", 1_000, Window.rolling(Duration.ofDays(7)))),
        neverMoreThanTen(
            "all of the allotment is there",
            policy -> holdingTen(policy).rule("more", ON_RENEWAL, Effect.refill())),
        neverMoreThanTen(
            "a source never becomes empty",
            policy -> holdingTen(policy).rule("more", ON_RENEWAL.whileEmpty("c"), gift("a", 1))),
        neverMoreThanTen(
            "what comes each time is gone the next time",
            policy ->
                policy
                    .source(Source.of("monthly").living(Term.cycles(1)))
                    .rule("renewal", ON_RENEWAL, gift("monthly", 4))
                    .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("a", 6))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(11))),
        neverMoreThanTen(
            "what comes each time is there for two cycles",
            policy ->
                policy
                    .source(Source.of("twice").living(Term.cycles(2)))
                    .rule("renewal", ON_RENEWAL, gift("twice", 5))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(11))),
        neverMoreThanTen(
            "less is cut from a source, and the same each time",
            policy ->
                holdingTen(policy)
                    .rule("more", ON_RENEWAL, gift("a", 5))
                    .rule("cap", ON_RENEWAL, Effect.forfeitAbove("Cut", Quantity.of(5), "a"))),
        neverMoreThanTen(
                "a limit is used that no renewal counts against",
                policy ->
                    inTurn(policy)
                        .limit("once", 5, Window.ever())
                        .rule("nothing", Trigger.on("gift"), gift("a", 1).within("once"))
                        .rule("use", Trigger.on("use"), Effect.charge("Use").of(1)))
            .after(Event.of("given", START, "gift"), Event.of("used", START, "use")),
        neverMoreThanTen(
            "a source stays full",
            policy ->
                holdingTen(policy)
                    .limit("c one", 1, Window.held("c"))
                    .rule("more", ON_RENEWAL, gift("c", 1).within("c one"))));
  }

  static List<Question> whatRenewalsChangeLater() {
    Instant tenWeeks = START.plus(Duration.ofDays(70));
    return List.of(
        isAt(
            THIRD_RENEWAL,
            "a source becomes empty",
            policy -> inTurn(policy).rule("more", ON_RENEWAL.whileEmpty("c"), gift("a", 1))),
        isAt(
            THIRD_RENEWAL,
            "something is missing from the allotment",
            policy -> inTurn(policy).rule("more", ON_RENEWAL, Effect.refill())),
        isAt(
            THIRD_RENEWAL,
            "a limit on a source has room",
            policy ->
                inTurn(policy)
                    .limit("c one", 1, Window.held("c"))
                    .rule("more", ON_RENEWAL, gift("c", 1).within("c one"))),
        isAt(
            THIRD_RENEWAL,
            "less is cut from a source",
            policy ->
                inTurn(policy)
                    .rule("more", ON_RENEWAL, gift("a", 5))
                    .rule(
                        "not too many",
                        ON_RENEWAL,
                        new Effect.Forfeit(
                            "Cut", Quantity.of(5), List.of("a"), List.of(Order.NEWEST)))),
        isAt(
            THIRD_RENEWAL,
            "the mood gets better step by step",
            policy ->
                inTurn(policy)
                    .rule("more", ON_RENEWAL.whereWallet("mood", "good"), gift("a", 1))
                    .rule(
                        "good",
                        ON_RENEWAL.whereWallet("mood", "fair"),
                        Effect.setFact("mood", FactValue.of("good")))
                    .rule(
                        "fair",
                        ON_RENEWAL.whereWallet("mood", "bad"),
                        Effect.setFact("mood", FactValue.of("fair")))),
        isAt(
            THIRD_RENEWAL,
            "a source expires after three cycles, and something comes when it is empty",
            policy ->
                policy
                    .source(Source.of("thrice").living(Term.cycles(3)))
                    .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("thrice", 10))
                    .rule("renewal", ON_RENEWAL.whileEmpty("thrice"), gift("a", 11))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(11))),
        isAt(
            SECOND_RENEWAL,
            "what is there for two cycles has come twice",
            policy ->
                policy
                    .source(Source.of("twice").living(Term.cycles(2)))
                    .rule("renewal", ON_RENEWAL, gift("twice", 5))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(10))),
        isAt(
            Instant.parse("2021-05-01T00:00:00Z"),
            "what is frozen has become enough, for an event that thaws it",
            policy ->
                policy
                    .source(Source.of("perks").usableOn("plus"))
                    .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("basics", 10))
                    .rule("renewal", ON_RENEWAL, gift("perks", 1))
                    .rule("change", ON_ASK, Effect.switchPlanAtOnce())
                    .rule("costs", ON_ASK, Effect.charge("Use").of(4))),
        isAt(
            Instant.parse("2021-06-01T00:00:00Z"),
            "what is frozen leaves less room for what is not, until that fits",
            policy ->
                policy
                    .source(Source.of("perks").usableOn("plus"))
                    .limit("all", 100, Window.held())
                    .limit("five", 5, Window.held("a"))
                    .rule("perks", ON_RENEWAL, gift("perks", 19))
                    .rule("rest", ON_RENEWAL, gift("a", 20).cutTo("all").within("five"))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(5))),
        isAt(
                START.plus(Duration.ofDays(100)),
                "a rule of the event itself has room again, behind one that cuts",
                policy ->
                    policy
                        .limit("100 days", 5, Window.rolling(Duration.ofDays(100)))
                        .rule("gift", Trigger.on("gift"), gift("a", 4).within("100 days"))
                        .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("a", 6))
                        .rule("cut", ON_ASK, Effect.forfeitAbove("Cut", 2))
                        .rule("gives", ON_ASK, gift("a", 5).cutTo("100 days"))
                        .rule("costs", ON_ASK, Effect.charge("Use").of(4)))
            .after(Event.of("given", START, "gift")),
        isAt(
            FIRST_RENEWAL,
            "a plan that is entered no longer uses up what there is room for once",
            policy ->
                policy
                    .limit("once", 5, Window.ever())
                    .rule("renewal", ON_RENEWAL, gift("c", 1))
                    .rule(
                        "entered",
                        Trigger.on(CalendarEvent.PLAN_ENTERED).whileEmpty("c"),
                        gift("a", 4).within("once"))
                    .rule("change", ON_ASK, Effect.switchPlanAtOnce())
                    .rule("gives", ON_ASK, gift("a", 2).within("once"))),
        isAt(
            FIRST_RENEWAL,
            "a plan that is entered no longer grants what is granted once for ever",
            policy ->
                policy
                    .rule("renewal", ON_RENEWAL, gift("c", 1))
                    .rule(
                        "entered",
                        Trigger.on(CalendarEvent.PLAN_ENTERED).whileEmpty("c"),
                        gift("a", 4).onceForEver("key"))
                    .rule("change", ON_ASK, Effect.switchPlanAtOnce())
                    .rule("gives", ON_ASK, gift("a", 2).onceForEver("key"))),
        isAt(
                Instant.parse("2021-01-17T00:00:00Z"),
                "a plan that is entered allots for fewer days",
                policy ->
                    policy
                        .plan(Plan.monthly("large").allotting("Large", "a", 31))
                        .limit("twenty", 20, Window.held())
                        .rule(
                            "entered",
                            Trigger.on(CalendarEvent.PLAN_ENTERED),
                            Effect.allotProrated())
                        .rule("change", ON_ASK, Effect.switchPlanAtOnce())
                        .rule("gives", ON_ASK, gift("a", 5).within("twenty")))
            .asking(ASK.withFact("plan", "large")),
        isAt(
                Instant.parse("2021-09-01T00:00:00Z"),
                "what renewals bring and cut at once expires in another order",
                policy ->
                    policy
                        .source(Source.of("days").living(Term.of(Duration.ofDays(31))))
                        .source(Source.of("monthly").living(Term.cycles(1)))
                        .rule("days", ON_RENEWAL, gift("days", 5))
                        .rule("monthly", ON_RENEWAL, gift("monthly", 5))
                        .rule(
                            "cap",
                            ON_RENEWAL,
                            new Effect.Forfeit(
                                "Cut", Quantity.of(5), List.of(), List.of(Order.SOONEST_EXPIRY)))
                        .rule("more", ON_RENEWAL.whileEmpty("monthly"), gift("a", 1))
                        .rule("costs", ON_ASK, Effect.charge("Use").of(6)))
            .asking(ASK.movedTo(Instant.parse("2021-07-10T00:00:00Z"))),
        isAt(
                Instant.parse("2021-07-01T00:00:00Z"),
                "a limit that renewals count against has room again",
                policy ->
                    policy
                        .source(Source.of("monthly").living(Term.cycles(1)))
                        .limit("150 days", 10, Window.rolling(Duration.ofDays(150)))
                        .rule("renewal", ON_RENEWAL, gift("monthly", 10).cutTo("150 days"))
                        .rule("gift", Trigger.on("gift"), gift("a", 10).within("150 days"))
                        .rule("use", Trigger.on("use"), Effect.charge("Use").of(10))
                        .rule("costs", ON_ASK, Effect.charge("Use").of(10)))
            .after(Event.of("given", ASKED, "gift"), Event.of("used", ASKED, "use")),
        isAt(
                Instant.parse("2021-05-01T00:00:00Z"),
                "a lot takes the place of one like it, and no longer hinders taking a grant back",
                policy ->
                    policy
                        .rule("sale", Trigger.on("sale"), gift("c", 10))
                        .rule("other sale", Trigger.on("other sale"), gift("a", 10))
                        .rule("five", Trigger.on("five"), cutNewest(5))
                        .rule("ten", Trigger.on("ten"), cutNewest(10))
                        .rule("renewal", ON_RENEWAL, gift("a", 5))
                        .rule("cap", ON_RENEWAL, Effect.forfeitAbove("Cut", Quantity.of(10), "a"))
                        .rule("back", ON_ASK, Effect.revoke("Back").whole()))
            .after(
                Event.of("one", START, "sale").withSubject("ann"),
                Event.of("two", SECOND_RENEWAL, "five"),
                Event.of("three", SECOND_RENEWAL, "other sale").withSubject("ann"),
                Event.of("four", SECOND_RENEWAL, "ten")),
        isAt(
            SECOND_RENEWAL,
            "as much as came at the first renewal had just expired",
            policy ->
                policy
                    .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("january", 1))
                    .rule("renewal", ON_RENEWAL, gift("a", 1))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(2))),
        isAt(
            tenWeeks,
            "a tick brings something",
            policy ->
                inTurn(policy)
                    .tick("slow", Duration.ofDays(70))
                    .rule("more", Trigger.onTick("slow"), gift("a", 1))),
        isAt(
            SECOND_RENEWAL,
            "what is cut first was newer, and is older from the next time on",
            policy ->
                policy
                    .spending(Order.PRIORITY)
                    .source(Source.of("p").withPriority(1))
                    .source(Source.of("q").withPriority(2))
                    .rule("q first", Trigger.on(CalendarEvent.OPENED), gift("q", 5))
                    .rule("then p", Trigger.on(CalendarEvent.OPENED), gift("p", 5))
                    .rule("cut", ON_RENEWAL, Effect.forfeitAbove("Cut", 5))
                    .rule("more", ON_RENEWAL.whileEmpty("p"), gift("a", 1))
                    .rule("all", ON_RENEWAL, Effect.forfeitAbove("Cut", Quantity.of(0), "p", "q"))
                    .rule("again p", ON_RENEWAL, gift("p", 5))
                    .rule("again q", ON_RENEWAL, gift("q", 5))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(11))),
        isAt(
            SECOND_RENEWAL,
            "what is cut first was of the same cycle, and is of an earlier one from then on",
            policy ->
                policy
                    .source("p")
                    .source("q")
                    .rule("p first", Trigger.on(CalendarEvent.OPENED), gift("p", 5))
                    .rule("then q", Trigger.on(CalendarEvent.OPENED), gift("q", 5))
                    .rule(
                        "cut",
                        ON_RENEWAL,
                        new Effect.Forfeit(
                            "Cut",
                            Quantity.of(5),
                            List.of(),
                            List.of(Order.ROLLED_OVER, Order.NEWEST)))
                    .rule("more", ON_RENEWAL.whileEmpty("p"), gift("a", 6))
                    .rule("all", ON_RENEWAL, Effect.forfeitAbove("Cut", Quantity.of(0), "q"))
                    .rule("again q", ON_RENEWAL, gift("q", 5))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(11))),
        isAt(
                Instant.parse("2022-03-01T00:00:00Z"),
                "what lasts a month of 31 days lasts longer than the next",
                policy ->
                    policy
                        .source(Source.of("days").living(Term.of(Duration.ofDays(31))))
                        .rule("renewal", ON_RENEWAL, gift("days", 5))
                        .rule("costs", ON_ASK, Effect.charge("Use").of(10)))
            .asking(ASK.movedTo(Instant.parse("2021-12-10T00:00:00Z"))),
        isAt(
                tenWeeks,
                "a hold is released, and nothing else happens",
                policy ->
                    policy
                        .rule("opening", Trigger.on(CalendarEvent.OPENED), gift("a", 1))
                        .rule(
                            "hold",
                            Trigger.on("hold"),
                            Effect.charge("Hold").of(1).heldFor(Duration.ofDays(70)))
                        .rule("costs", ON_ASK, Effect.charge("Use").of(1)))
            .after(Event.of("held", START, "hold").withSubject("bob")),
        isAt(
            tenWeeks,
            "a tick brings something, and nothing else happens",
            policy ->
                policy
                    .tick("slow", Duration.ofDays(70))
                    .rule("more", Trigger.onTick("slow"), gift("a", 1))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(1))),
        isAt(
            tenWeeks,
            "something settles, and nothing else happens",
            policy ->
                policy
                    .rule(
                        "more",
                        Trigger.on(CalendarEvent.OPENED),
                        gift("a", 1).settlingAfter(Duration.ofDays(70)))
                    .rule("costs", ON_ASK, Effect.charge("Use").of(1))),
        isAt(
            tenWeeks,
            "something settles",
            policy ->
                inTurn(policy)
                    .rule(
                        "more",
                        Trigger.on(CalendarEvent.OPENED),
                        gift("a", 1).settlingAfter(Duration.ofDays(70)))));
  }

  @ParameterizedTest
  @MethodSource({"whatNoTimeCures", "whatNoDistanceCures", "whatIsTold", "whatRenewalsLeaveAsItIs"})
  void neverIsSaidWithTheReasonThatLasts(Question question) {
    Reason reason = ((Earliest.Never) question.answer()).reason();
    Earliest.Never never = assertInstanceOf(Earliest.Never.class, question.ask(HORIZON));
    assertEquals(reason, never.reason());
    assertTrue(question.reasonsAt(never.asOf()).contains(reason), () -> "as of " + never.asOf());
    assertEquals(new Earliest.NotBefore(ASKED), question.ask(ASKED));
  }

  @ParameterizedTest
  @MethodSource({"whatTimeCures", "whatDistanceCures", "whatRenewalsChangeLater"})
  void theFirstInstantIsFoundIfItIsBeforeTheHorizon(Question question) {
    Instant found = ((Earliest.At) question.answer()).instant();
    assertEquals(question.answer(), question.ask(HORIZON));
    assertEquals(question.answer(), question.ask(found.plusNanos(1)));
    assertEquals(new Earliest.NotBefore(found), question.ask(found));
  }
}
