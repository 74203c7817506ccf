package io.github.allotment;

import static io.github.allotment.BadInput.AT;
import static io.github.allotment.BadInput.ENGINE;
import static io.github.allotment.BadInput.LAST;
import static io.github.allotment.BadInput.answered;
import static io.github.allotment.BadInput.assertTold;
import static io.github.allotment.BadInput.assertUntouched;
import static io.github.allotment.BadInput.award;
import static io.github.allotment.BadInput.bad;
import static io.github.allotment.BadInput.busy;
import static io.github.allotment.BadInput.claim;
import static io.github.allotment.BadInput.grant;
import static io.github.allotment.BadInput.none;
import static io.github.allotment.BadInput.opening;
import static io.github.allotment.BadInput.part;
import static io.github.allotment.BadInput.purchase;
import static io.github.allotment.BadInput.subject;
import static io.github.allotment.BadInput.terms;
import static io.github.allotment.BadInput.version;
import static io.github.allotment.BadInput.week;

import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.BadInput.Case;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Unit;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a programmer can leave out: the exception says what, and the wallet that was passed in stays
 * as it was.
 */
class BadInputTest {

  @Nested
  class NothingWhereSomethingMustBe {

    static Stream<Case> engine() {
      Wallet wallet = busy();
      Event event = purchase(1);
      return Stream.of(
          bad("engine of no program", () -> PolicyEngine.of(none()), "program"),
          bad("open nothing", () -> ENGINE.open(none()), "opening"),
          bad("decide for no wallet", () -> ENGINE.decide(none(), event), "wallet"),
          bad("decide no event", () -> ENGINE.decide(wallet, none()), "event"),
          bad("preview for no wallet", () -> ENGINE.preview(none(), event), "wallet"),
          bad("preview no event", () -> ENGINE.preview(wallet, none()), "event"),
          bad("advance no wallet", () -> ENGINE.advance(none(), AT), "wallet"),
          bad("advance to no instant", () -> ENGINE.advance(wallet, none()), "instant"),
          bad("replay for no wallet", () -> ENGINE.replay(none(), List.of(event)), "wallet"),
          bad("replay nothing for no wallet", () -> ENGINE.replay(none(), List.of()), "wallet"),
          bad("replay no list", () -> ENGINE.replay(wallet, none()), "events"),
          bad(
              "replay no event",
              () -> ENGINE.replay(wallet, Collections.singletonList(none())),
              "event"),
          bad("earliest for no wallet", () -> ENGINE.earliest(none(), event, LAST), "wallet"),
          bad("earliest of no event", () -> ENGINE.earliest(wallet, none(), LAST), "event"),
          bad(
              "earliest before no horizon",
              () -> ENGINE.earliest(wallet, event, none()),
              "horizon"),
          bad("terms of no plan", () -> ENGINE.planTerms(none(), AT), "plan"),
          bad("terms at no instant", () -> ENGINE.planTerms("basic", none())),
          bad("room of no wallet", () -> ENGINE.room(none(), "interview awards"), "wallet"),
          bad("room of no limit", () -> ENGINE.room(wallet, none()), "limit"),
          bad("upcoming of no wallet", () -> ENGINE.upcoming(none()), "wallet"),
          bad("restore nothing", () -> ENGINE.restore(none()), "state"),
          bad("available from no source", () -> wallet.available(none())),
          bad("claim of no subject", () -> wallet.claim(none())),
          bad("state after no changes", () -> wallet.state().after(none())),
          bad(
              "state after no change",
              () -> wallet.state().after(Collections.singletonList(none()))));
    }

    static Stream<Case> values() {
      Event event = purchase(1);
      Opening opening = opening();
      Opening.Existing existing = Opening.Existing.renewingFrom(LocalDate.EPOCH);
      Map<String, FactValue> facts = new HashMap<>(Map.of("a", FactValue.of(1)));
      facts.put("b", none());
      return Stream.of(
          bad("event without id", () -> Event.of(none(), AT, "x"), "id"),
          bad("event without instant", () -> Event.of("e", none(), "x"), "instant"),
          bad("event without type", () -> Event.of("e", AT, none()), "type"),
          bad("event's subject", () -> event.withSubject(none())),
          bad("event's group", () -> event.withGroup(none())),
          bad("fact without name", () -> event.withFact(none(), "x"), "fact"),
          bad("fact without value", () -> event.withFact("a", BadInput.<FactValue>none())),
          bad("fact without text", () -> event.withFact("a", BadInput.<String>none()), "value"),
          bad("find a fact without name", () -> event.fact(none()), "name"),
          bad("event's facts", () -> eventWith(Optional.empty(), Optional.empty(), none())),
          bad("event's null fact", () -> eventWith(Optional.empty(), Optional.empty(), facts), "b"),
          bad("event's null subject", () -> eventWith(none(), Optional.empty(), Map.of())),
          bad("event's null group", () -> eventWith(Optional.empty(), none(), Map.of())),
          bad(
              "event's null amount",
              () -> new Event("e", AT, "x", Optional.empty(), Optional.empty(), none(), Map.of())),
          bad("opening without plan", () -> Opening.of(none(), AT), "plan"),
          bad("opening without instant", () -> Opening.of("basic", none()), "opening"),
          bad("opening in no zone", () -> opening.inZone(none()), "zone"),
          bad("opening's fact without name", () -> opening.withFact(none(), "x"), "fact"),
          bad(
              "opening's fact without value",
              () -> opening.withFact("a", BadInput.<FactValue>none())),
          bad(
              "opening's fact without text",
              () -> opening.withFact("a", BadInput.<String>none()),
              "value"),
          bad("opening with nothing existing", () -> opening.withExisting(none())),
          bad(
              "opening's null facts",
              () -> new Opening("basic", AT, ZoneOffset.UTC, none(), Optional.empty())),
          bad(
              "opening's null existing",
              () -> new Opening("basic", AT, ZoneOffset.UTC, Map.of(), none()),
              "existing"),
          bad("existing without anchor", () -> Opening.Existing.renewingFrom(none()), "anchor"),
          bad("holding of no source", () -> existing.holding(none(), 1, AT), "source"),
          bad("holding of no instant", () -> existing.holding("plan", 1, none()), "instant"),
          bad("done without key", () -> existing.havingDone(none()), "key"),
          bad(
              "existing's null holdings",
              () -> new Opening.Existing(LocalDate.EPOCH, none(), ImmutableSortedSet.<String>of())),
          bad(
              "existing's null done",
              () -> new Opening.Existing(LocalDate.EPOCH, List.of(), none())));
    }

    private static Event eventWith(
        Optional<String> subject, Optional<String> group, Map<String, FactValue> facts) {
      return new Event("e", AT, "x", subject, group, OptionalLong.empty(), facts);
    }

    static Stream<Case> connects() {
      return Stream.of(
          bad(
              "opening without plan",
              () -> Connects.opening(none(), AT, AccountKind.AGENCY, ReadinessTest.PASSED),
              "plan"),
          bad(
              "opening without instant",
              () -> Connects.opening("basic", none(), AccountKind.AGENCY, ReadinessTest.PASSED),
              "opening"),
          bad(
              "opening without account",
              () -> Connects.opening("basic", AT, none(), ReadinessTest.PASSED)),
          bad(
              "opening without test",
              () -> Connects.opening("basic", AT, AccountKind.AGENCY, none())),
          bad("test without id", () -> Connects.readinessTestPassed(none(), AT), "id"),
          bad("test without instant", () -> Connects.readinessTestPassed("e", none()), "instant"),
          bad(
              "submission without proposal",
              () -> Connects.proposalSubmitted("e", AT, none(), "j", 1)),
          bad("submission without job", () -> Connects.proposalSubmitted("e", AT, "p", none(), 1)),
          bad("withdrawal without proposal", () -> Connects.proposalWithdrawn("e", AT, none())),
          bad("archiving without proposal", () -> Connects.proposalArchived("e", AT, none())),
          bad(
              "interview without proposal",
              () -> Connects.interview("e", AT, none(), answered(), true)),
          bad("interview without source", () -> Connects.interview("e", AT, "p", none(), true)),
          bad("settlement without proposal", () -> Connects.awardSettled("e", AT, none())),
          bad("closing without job", () -> Connects.jobClosed("e", AT, none(), JobOutcome.HIRED)),
          bad("closing without outcome", () -> Connects.jobClosed("e", AT, "j", none())),
          bad("purchase without id", () -> Connects.connectsPurchased(none(), AT, 1), "id"),
          bad("change to no plan", () -> Connects.planChanged("e", AT, none()), "value"));
    }

    static Stream<Case> policies() {
      Policy.Builder builder = version();
      Plan plan = Plan.monthly("basic");
      Trigger trigger = Trigger.on("x");
      return Stream.of(
          bad("program without name", () -> Program.named(none()), "program"),
          bad("unit without singular", () -> Program.named("x").unit(none(), "x"), "unit"),
          bad("unit without plural", () -> Program.named("x").unit("x", none()), "unit"),
          bad("no lateness", () -> Program.named("x").lateness(none())),
          bad("no version", () -> Program.named("x").version(none()), "version"),
          bad("version at no instant", () -> Connects.program().versionAt(none())),
          bad("version without name", () -> Policy.version(none(), AT), "version"),
          bad("version from no instant", () -> Policy.version("v", none()), "fromInclusive"),
          bad("no order of spending", () -> builder.spending(none())),
          bad("source without name", () -> builder.source(BadInput.<String>none()), "source"),
          bad("no source", () -> builder.source(BadInput.<Source>none()), "source"),
          bad("source without term", () -> Source.of("x").living(none())),
          bad(
              "source with no term",
              () -> new Source("x", none(), 0, Optional.empty(), List.of()),
              "term"),
          bad("term of no period", () -> Term.of(BadInput.<Period>none()), "period"),
          bad("term of no length", () -> Term.of(BadInput.<Duration>none()), "length"),
          bad("term until no instant", () -> Term.until(none()), "instant"),
          bad("tick without name", () -> builder.tick(none(), Duration.ofDays(1)), "tick"),
          bad(
              "tick without interval",
              () -> builder.tick("x", BadInput.<Duration>none()),
              "length"),
          bad("limit without name", () -> builder.limit(none(), 1, week()), "limit"),
          bad("limit without window", () -> builder.limit("x", 1, none()), "window"),
          bad(
              "limit without most",
              () -> builder.limit("x", BadInput.<Quantity>none(), week()),
              "max"),
          bad("held of no source", () -> Window.held(BadInput.<String>none())),
          bad("held of no sources", () -> new Window.Held(none())),
          bad("calendar of no unit", () -> Window.calendar(none()), "unit"),
          bad("no plan", () -> builder.plan(none()), "plan"),
          bad("no rule", () -> builder.rule(none()), "rule"),
          bad("rule without name", () -> builder.rule(none(), trigger, grant(1)), "rule"),
          bad("rule without trigger", () -> builder.rule("x", none(), grant(1)), "trigger"),
          bad("rule without effect", () -> builder.rule("x", trigger, none()), "effect"),
          bad("plan without name", () -> Plan.monthly(none()), "plan"),
          bad("plan without cycle", () -> Plan.of("x", none()), "cycle"),
          bad("plan without anchor", () -> plan.anchoredOn(none()), "anchor"),
          bad("anchor on no weekday", () -> Anchor.dayOfWeek(none()), "day"),
          bad(
              "plan without lines",
              () -> new Plan("x", Period.ofDays(1), Anchor.opening(), none())),
          bad("allotting without label", () -> plan.allotting(none(), "free", 1), "label"),
          bad("allotting from no source", () -> plan.allotting("x", none(), 1), "source"),
          bad("line without quantity", () -> new Line("x", "free", none()), "quantity"),
          bad("no rolling length", () -> Window.rolling(none())),
          bad("on no host's event", () -> Trigger.on(BadInput.<String>none())),
          bad("on no calendar's event", () -> Trigger.on(BadInput.<CalendarEvent>none())),
          bad("on no tick", () -> Trigger.onTick(none()), "tick"),
          bad("on no plan", () -> trigger.onPlan(none()), "value"),
          bad("where no fact", () -> trigger.where(none(), "x"), "fact"),
          bad("where no value", () -> trigger.where("x", BadInput.<String>none()), "value"),
          bad("where the wallet has no fact", () -> trigger.whereWallet(none(), "x"), "fact"),
          bad("with no condition", () -> trigger.with(none())),
          bad(
              "condition on nobody's fact",
              () -> new Condition(none(), "x", List.of(FactValue.of(1))),
              "whose"),
          bad("grant of no type", () -> Effect.grant(none(), "x", "free", 1), "type"),
          bad(
              "grant without label",
              () -> Effect.grantOfEvent(TransactionType.BONUS, none(), "free"),
              "label"),
          bad("grant once under no key", () -> grant(1).onceForEver(none()), "key"),
          bad("grant per claim under no key", () -> grant(1).oncePerClaim(none()), "key"),
          bad("grant within no limit", () -> grant(1).within(none())),
          bad("grant cut to no limit", () -> grant(1).cutTo(none()), "limit"),
          bad("limit without excess", () -> new Effect.Within("x", none()), "excess"),
          bad("allotment within no limit", () -> Effect.allot().within(none()), "limit"),
          bad("allotment of no kind", () -> new Effect.Allot(none(), List.of()), "how"),
          bad("allotment without limits", () -> new Effect.Allot(Effect.Allot.How.FULL, none())),
          bad("grant settling after nothing", () -> grant(1).settlingAfter(none())),
          bad("charge without label", () -> Effect.charge(none()), "label"),
          bad("charge without type", () -> chargeOf(none(), Quantity.of(1)), "type"),
          bad(
              "charge without quantity",
              () -> chargeOf(TransactionType.CHARGE, none()),
              "quantity"),
          bad("charge returnable for nothing", () -> Effect.charge("x").returnableFor(none())),
          bad("charge held for nothing", () -> Effect.charge("x").heldFor(none())),
          bad(
              "lapse without back",
              () -> new Effect.Lapse(Duration.ofDays(1), none(), Effect.End.Expired.EXPIRES),
              "back"),
          bad("capture without label", () -> Effect.capture(none()), "label"),
          bad("part without label", () -> Effect.giveBackPart(none()), "label"),
          bad("return without reach", () -> Effect.giveBack(none(), "x"), "reach"),
          bad("return without label", () -> Effect.giveBack(subject(), none()), "label"),
          bad("keeping without label", () -> Effect.keep(subject(), none()), "label"),
          bad("ending without back", () -> endOf(none(), Effect.End.Expired.EXPIRES), "back"),
          bad("ending without expired", () -> endOf(Effect.End.Back.ALL, none()), "expired"),
          bad("forfeit without label", () -> Effect.forfeitAbove(none(), 1), "label"),
          bad(
              "forfeit without most",
              () -> Effect.forfeitAbove("x", BadInput.<Quantity>none()),
              "most"),
          bad(
              "forfeit of no source",
              () -> Effect.forfeitAbove("x", Quantity.of(1), BadInput.<String>none())),
          bad(
              "forfeit without order",
              () -> new Effect.Forfeit("x", Quantity.of(1), List.of(), none())),
          bad("setting no fact", () -> Effect.setFact(none(), FactValue.of(1)), "fact"),
          bad("setting no value", () -> Effect.setFact("x", BadInput.<FactValue>none())),
          bad("copying no fact", () -> Effect.copyFact(none()), "fact"),
          bad("switch by no fact", () -> new Effect.SwitchPlan(none(), none()), "fact"),
          bad("switch at no time", () -> new Effect.SwitchPlan("plan", none()), "when"),
          bad("nothing without because", () -> Effect.nothing(none()), "because"),
          bad("source", () -> Source.of(none()), "source"),
          bad("unit", () -> new Unit(none(), none()), "unit"),
          bad("once", () -> new Once.ForEver(none()), "key"),
          bad("text", () -> FactValue.of(BadInput.<String>none()), "value"));
    }

    private static Effect chargeOf(TransactionType type, Quantity quantity) {
      return new Effect.Charge(
          type, "x", quantity, Effect.Charge.Shortfall.REFUSE, Optional.empty(), Optional.empty());
    }

    private static Effect endOf(Effect.End.Back back, Effect.End.Expired expired) {
      return new Effect.End(subject(), Optional.empty(), back, "x", expired);
    }

    static Stream<Case> rows() {
      Lot.Terms terms = terms(1, "free", AT, "v1");
      return Stream.of(
          bad("lot without terms", () -> new Lot(none(), 1), "terms"),
          bad("lot of no source", () -> terms(1, none(), AT, "v1"), "source"),
          bad("lot of no instant", () -> terms(1, "free", none(), "v1"), "grantedAt"),
          bad("lot of no version", () -> terms(1, "free", AT, none()), "version"),
          bad(
              "lot without expiry",
              () -> new Lot.Terms(1, "free", AT, "v1", 0, 0, none(), Optional.empty()),
              "expiresAt"),
          bad("move of no lot", () -> new Lot.Move(none(), 1), "lot"),
          bad("use of no limit", () -> new Use(none(), AT, 1), "limit"),
          bad("use of no instant", () -> new Use("x", none(), 1), "instant"),
          bad("seen without id", () -> new SeenEvent(none(), AT, "x", ReasonCode.APPLIED), "id"),
          bad("seen without reason", () -> new SeenEvent("e", AT, "x", none()), "reason"),
          bad("cause without event", () -> new Cause(none(), "r", "v"), "event"),
          bad("cause without rule", () -> new Cause(Optional.empty(), none(), "v"), "rule"),
          bad("state without standing", () -> stateOf(none(), List.of()), "standing"),
          bad("state without lots", () -> stateOf(busy().state().standing(), none())),
          bad(
              "claim without subject",
              () -> claim(none(), List.of(new Lot.Move(terms, 1)), Optional.empty()),
              "subject"),
          bad(
              "claim without lapse",
              () -> claim(1, "p", 1, List.of(), none(), Optional.empty()),
              "lapse"),
          bad("lapse at no instant", () -> new Claim.Lapse(none(), true, false), "at"),
          bad("state of no rows", () -> WalletState.of(none())),
          bad("claim without draws", () -> claim("p", none(), Optional.empty())),
          bad("claim without end", () -> claim("p", List.of(), none())),
          bad("award's part of no source", () -> part("x", none(), 1), "source"));
    }

    private static WalletState stateOf(Standing standing, List<Lot> lots) {
      return new WalletState(standing, lots, List.of(), List.of(), List.of(), List.of());
    }

    @ParameterizedTest
    @MethodSource({"engine", "values", "connects", "policies", "rows"})
    void isANullPointerExceptionThatNamesIt(Case bad) {
      assertTold(NullPointerException.class, bad.call(), bad.facts());
    }

    @Test
    void leavesTheWalletAsItWas() {
      Wallet wallet = busy();
      assertUntouched(NullPointerException.class, wallet, () -> ENGINE.decide(wallet, none()));
      assertUntouched(NullPointerException.class, wallet, () -> ENGINE.advance(wallet, none()));
      assertUntouched(NullPointerException.class, wallet, () -> ENGINE.room(wallet, none()));
      assertUntouched(
          NullPointerException.class,
          wallet,
          () -> ENGINE.replay(wallet, Arrays.asList(purchase(1), none())));
    }
  }

  @Nested
  class AnEmptyText {

    static Stream<Case> ofAHost() {
      Event event = Event.of("e", AT, "x");
      Opening opening = Opening.of("basic", AT);
      Opening.Existing existing = Opening.Existing.renewingFrom(LocalDate.EPOCH);
      return Stream.of(
          bad("event's id", () -> Event.of("", AT, "x"), "event id"),
          bad("event's type", () -> Event.of("e", AT, ""), "event type"),
          bad("subject", () -> event.withSubject(""), "subject"),
          bad("group", () -> event.withGroup(""), "group"),
          bad("event's fact", () -> event.withFact("", 1), "fact"),
          bad("plan", () -> Opening.of("", AT), "plan"),
          bad("wallet's fact", () -> opening.withFact("", "x"), "fact"),
          bad("holding's source", () -> existing.holding("", 1, AT), "source"),
          bad("done", () -> existing.havingDone(""), "key"),
          bad("test's id", () -> Connects.readinessTestPassed("", AT), "id"),
          bad("proposal", () -> Connects.proposalSubmitted("e", AT, "", "j", 1), "subject"),
          bad("job", () -> Connects.proposalSubmitted("e", AT, "p", "", 1), "group"),
          bad("withdrawn", () -> Connects.proposalWithdrawn("e", AT, ""), "subject"),
          bad("archived", () -> Connects.proposalArchived("e", AT, ""), "subject"),
          bad("interview", () -> Connects.interview("e", AT, "", answered(), true), "subject"),
          bad("settled", () -> Connects.awardSettled("e", AT, ""), "subject"),
          bad("closed", () -> Connects.jobClosed("e", AT, "", JobOutcome.HIRED), "group"),
          bad("use's limit", () -> new Use("", AT, 1), "limit"),
          bad("lot's source", () -> terms(1, "", AT, "v"), "source"),
          bad("lot's version", () -> terms(1, "free", AT, ""), "version"),
          bad("claim's subject", () -> claim("", List.of(), Optional.empty()), "subject"),
          bad("seen id", () -> new SeenEvent("", AT, "x", ReasonCode.APPLIED), "id"),
          bad("award's subject", () -> award(1, Optional.of(""), AT, AT), "subject"),
          bad("cause's event", () -> new Cause(Optional.of(""), "r", "v"), "event"),
          bad("cause's rule", () -> new Cause(Optional.empty(), "", "v"), "rule"));
    }

    /** A program's names may not be blank, nor hold a character that would break a line. */
    static Stream<Case> ofAProgram() {
      return Stream.of("", " ", "\t", "a\nb", "\u0000", "x\u0085")
          .flatMap(
              bad ->
                  Stream.of(
                      bad("program", () -> Program.named(bad), "program"),
                      bad("unit", () -> Program.named("x").unit(bad, "x"), "unit"),
                      bad("plural", () -> Program.named("x").unit("x", bad), "unit"),
                      bad("version", () -> Policy.version(bad, AT), "version"),
                      bad("source", () -> version().source(bad), "source"),
                      bad("tick", () -> version().tick(bad, Duration.ofDays(1)), "tick"),
                      bad("held source", () -> Window.held("free", bad), "source"),
                      bad("limit", () -> version().limit(bad, 1, week()), "limit"),
                      bad("plan", () -> Plan.monthly(bad), "plan"),
                      bad("line", () -> Plan.monthly("x").allotting(bad, "x", 1), "label"),
                      bad(
                          "line's source",
                          () -> Plan.monthly("x").allotting("x", bad, 1),
                          "source"),
                      bad("rule", () -> version().rule(bad, Trigger.on("x"), grant(1)), "rule"),
                      bad("event type", () -> Trigger.on(bad), "event type"),
                      bad("second type", () -> Trigger.on("x", bad), "event type"),
                      bad("fact", () -> Trigger.on("x").where(bad, true), "fact"),
                      bad("wallet's fact", () -> Trigger.on("x").whereWallet(bad, "y"), "fact"),
                      bad("once", () -> grant(1).onceForEver(bad), "key"),
                      bad("once per claim", () -> grant(1).oncePerClaim(bad), "key"),
                      bad("within", () -> grant(1).within(bad), "limit"),
                      bad("cut to", () -> Effect.allot().cutTo(bad), "limit"),
                      bad("set fact", () -> Effect.setFact(bad, FactValue.of(1)), "fact"),
                      bad("copied fact", () -> Effect.copyFact(bad), "fact"),
                      bad("charge", () -> Effect.charge(bad), "label"),
                      bad("capture", () -> Effect.capture(bad), "label"),
                      bad("return", () -> Effect.giveBack(subject(), bad), "label"),
                      bad("forfeit", () -> Effect.forfeitAbove(bad, 1), "label"),
                      bad("part", () -> Effect.charge("C").forPart(bad), "part"),
                      bad("ended part", () -> Effect.capture("E").ofPart(bad), "part"),
                      bad("priority", () -> Source.of("x").withPriorityOfEvent(bad), "fact"),
                      bad("usable on", () -> Source.of("x").usableOn("y", bad), "plan"),
                      bad("empty", () -> Trigger.on("x").whileEmpty(bad), "source"),
                      bad("because", () -> Effect.nothing(bad), "because"),
                      bad(
                          "plan's fact",
                          () -> new Effect.SwitchPlan(bad, Effect.SwitchPlan.When.NEXT_RENEWAL),
                          "fact")));
    }

    @ParameterizedTest
    @MethodSource({"ofAHost", "ofAProgram"})
    void isAnIllegalArgumentExceptionThatSaysWhatIsEmpty(Case bad) {
      assertTold(IllegalArgumentException.class, bad.call(), bad.facts());
    }
  }
}
