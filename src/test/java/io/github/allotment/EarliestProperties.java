package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.WalletHistories.History;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The promised instant succeeds, one nanosecond earlier does not, and never means never. */
@Domain(DomainContext.Global.class)
@Domain(WalletHistories.class)
class EarliestProperties {

  private static final PolicyEngine ENGINE = WalletHistories.CONNECTS;
  private static final Instant OPENED = Instant.parse("2021-08-05T09:00:00Z");
  private static final Instant AT = Instant.parse("2021-08-10T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration YEAR = Duration.ofDays(365);

  @Property
  void anAnswerIsBorneOutByTryingItAndEveryChangeBeforeIt(
      @ForAll History history, @ForAll int seed) {
    Random random = new Random(seed);
    PolicyEngine engine = history.engine();
    Wallet wallet = history.last();
    Instant horizon = wallet.clock().plus(Duration.ofDays(100 + random.nextInt(100)));
    List<Event> events = history.events();
    for (Event event : events.subList(Math.max(0, events.size() - 4), events.size())) {
      Event asked =
          random.nextBoolean() ? event : event.movedTo(wallet.clock().plusNanos(random.nextInt(2)));
      Instant from = asked.at().isBefore(wallet.clock()) ? wallet.clock() : asked.at();
      Earliest earliest = engine.earliest(wallet, asked, horizon);
      if (earliest instanceof Earliest.At found) {
        assertFalse(found.instant().isBefore(from));
        assertTrue(found.instant().isBefore(horizon));
        assertTrue(applies(engine, wallet, asked, found.instant()), found::toString);
        if (found.instant().isAfter(from)) {
          assertFalse(applies(engine, wallet, asked, found.instant().minusNanos(1)));
        }
        assertNoneApplies(engine, wallet, asked, from, found.instant(), random);
      } else if (earliest instanceof Earliest.NotBefore end) {
        assertEquals(horizon, end.horizonExclusive());
        assertNoneApplies(engine, wallet, asked, from, horizon, random);
      } else {
        assertEquals(Outcome.REFUSED, ((Earliest.Never) earliest).reason().code().outcome());
        assertNoneApplies(engine, wallet, asked, from, from.plus(YEAR.multipliedBy(3)), random);
      }
    }
  }

  /** Tries at random instants, and at every change of 36 cycles and just before and after it. */
  private static void assertNoneApplies(
      PolicyEngine engine, Wallet wallet, Event event, Instant from, Instant to, Random random) {
    long seconds = Duration.between(from, to).toSeconds();
    for (int i = 0; i < 5 && seconds > 0; i++) {
      Instant at = from.plusSeconds((long) (random.nextDouble() * seconds));
      assertFalse(applies(engine, wallet, event, at), () -> event + " applies at " + at);
    }
    Wallet now = wallet;
    for (int cycles = 0; cycles < 36 && now.clock().isBefore(to); cycles++) {
      TreeSet<Instant> tries = new TreeSet<>();
      tries.add(from);
      for (Instant edge : WalletHistories.edges(engine.program(), now)) {
        tries.add(edge.minusNanos(1));
        tries.add(edge);
        tries.add(edge.plusNanos(1));
      }
      for (Instant at : tries) {
        if (!at.isBefore(from) && at.isBefore(to) && !at.isBefore(now.clock())) {
          assertFalse(applies(engine, now, event, at), () -> event + " applies at " + at);
        }
      }
      now = engine.advance(now, now.cycle().endExclusive()).wallet();
    }
  }

  private static boolean applies(PolicyEngine engine, Wallet wallet, Event event, Instant at) {
    return engine.decide(wallet, renamed(event).movedTo(at)).isApplied();
  }

  private static Event renamed(Event event) {
    return new Event(
        "an id of its own",
        event.at(),
        event.type(),
        event.subject(),
        event.group(),
        event.amount(),
        event.facts());
  }

  @Property
  void askingChangesNothingAndTheIdDoesNotMatter(@ForAll History history) {
    PolicyEngine engine = history.engine();
    Wallet wallet = history.last();
    WalletState before = wallet.state();
    Instant horizon = wallet.clock().plus(Duration.ofDays(50));
    for (Event event : history.events()) {
      assertEquals(
          engine.earliest(wallet, event, horizon),
          engine.earliest(wallet, renamed(event), horizon));
    }
    assertEquals(before, wallet.state());
  }

  @Property
  void whatAppliesNowHasItsOwnInstantAsTheEarliest(@ForAll History history) {
    PolicyEngine engine = history.engine();
    Wallet wallet = history.opened();
    for (Event event : history.events()) {
      Decision decision = engine.decide(wallet, event);
      if (!event.at().isBefore(wallet.clock()) && decision.isApplied()) {
        assertEquals(
            new Earliest.At(event.at()), engine.earliest(wallet, event, event.at().plusNanos(1)));
        assertEquals(
            new Earliest.NotBefore(event.at()), engine.earliest(wallet, event, event.at()));
      }
      wallet = decision.wallet();
    }
  }

  @Example
  void anAwardForWhichThereIsNoRoomAppliesAtTheEdgeOfTheWindow() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      events.add(Connects.proposalSubmitted("sent-" + i, AT, "proposal-" + i, "job", 0));
    }
    for (int i = 0; i < 5; i++) {
      events.add(interview(i, AT.plus(Duration.ofHours(i))));
    }
    Wallet wallet = replay(events);
    Event sixth = interview(5, AT.plus(Duration.ofHours(5)));
    Instant edge = AT.plus(WEEK);
    assertEquals(new Earliest.At(edge), ENGINE.earliest(wallet, sixth, edge.plus(YEAR)));
    assertEquals(new Earliest.At(edge), ENGINE.earliest(wallet, sixth, edge.plusNanos(1)));
    assertEquals(new Earliest.NotBefore(edge), ENGINE.earliest(wallet, sixth, edge));
  }

  @Example
  void aProposalThatCostsTooMuchAppliesAtTheRenewalThatBringsEnough() {
    Wallet wallet = replay(List.of(Connects.proposalSubmitted("spent", AT, "other", "job", 45)));
    Event costly = Connects.proposalSubmitted("id", AT, "proposal", "job", 16);
    assertEquals(
        new Earliest.At(Instant.parse("2021-10-05T00:00:00Z")),
        ENGINE.earliest(wallet, costly, AT.plus(YEAR)));
  }

  @Example
  void aProposalThatCostsWhatIsPendingAppliesWhenThatSettles() {
    Wallet wallet =
        replay(
            List.of(
                Connects.proposalSubmitted("spent", AT, "proposal-0", "job", 50),
                interview(0, AT.plusSeconds(60))));
    Event costly = Connects.proposalSubmitted("id", AT, "proposal", "job", 10);
    assertEquals(
        new Earliest.At(AT.plusSeconds(60).plus(Duration.ofHours(24))),
        ENGINE.earliest(wallet, costly, AT.plus(YEAR)));
  }

  @Example
  void aCostAboveWhatAPlanCanEverHoldIsNever() {
    Wallet wallet = replay(List.of());
    Instant horizon = AT.plus(YEAR.multipliedBy(20));
    Event affordable = Connects.proposalSubmitted("id", AT, "proposal", "job", 210);
    assertEquals(
        new Earliest.At(Instant.parse("2022-12-05T00:00:00Z")),
        ENGINE.earliest(wallet, affordable, horizon));
    for (long cost : List.of(211L, 500L, Long.MAX_VALUE)) {
      Earliest.Never never =
          (Earliest.Never) ENGINE.earliest(wallet, affordable.withAmount(cost), horizon);
      assertEquals(
          new Reason.NotEnough("a proposal's cost", "2021-07", cost, 210, 0), never.reason());
      assertEquals(210, ENGINE.advance(wallet, never.asOf()).wallet().available());
    }
  }

  @Example
  void anAmountAboveTheMaxOfALimitIsNever() {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("narrow")
                .version(
                    Policy.version("only", OPENED)
                        .source("earned")
                        .limit("five", 5, Window.rolling(WEEK))
                        .plan(Plan.monthly("basic"))
                        .rule(
                            "an award",
                            Trigger.on("award"),
                            Effect.grantOfEvent(TransactionType.AWARD, "Award", "earned")
                                .within("five"))
                        .build())
                .build());
    Wallet wallet = engine.open(Opening.of("basic", OPENED)).wallet();
    Event award = Event.of("id", AT, "award").withAmount(6);
    Earliest never = engine.earliest(wallet, award, AT.plus(YEAR));
    assertEquals(ReasonCode.NO_ROOM, ((Earliest.Never) never).reason().code());
    assertEquals(new Earliest.At(AT), engine.earliest(wallet, award.withAmount(5), AT.plus(YEAR)));
  }

  /** What a grant asks of one limit may become less when another, that cuts it, fills up. */
  @Example
  void whatTimeCutsDownToSizeIsNotNever() {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("cut")
                .version(
                    Policy.version("only", OPENED)
                        .source("gift")
                        .limit("nine", 9, Window.held("gift"))
                        .limit("five", 5, Window.rolling(WEEK))
                        .plan(Plan.monthly("basic").allotting("Credits", "gift", 6))
                        .rule("renewal", Trigger.on(CalendarEvent.RENEWED), Effect.allot())
                        .rule(
                            "a gift",
                            Trigger.on("gift"),
                            Effect.grant(TransactionType.AWARD, "Gift", "gift", 9)
                                .within("five")
                                .cutTo("nine"))
                        .build())
                .build());
    Wallet wallet = engine.open(Opening.of("basic", OPENED)).wallet();
    Event gift = Event.of("id", AT, "gift");
    assertEquals(ReasonCode.NO_ROOM, engine.decide(wallet, gift).reason().code());
    assertEquals(
        new Earliest.At(wallet.cycle().endExclusive()),
        engine.earliest(wallet, gift, AT.plus(YEAR)));
  }

  /** A rule that asks for an empty source does not apply for good: another may stop refusing. */
  @Example
  void whatIsRefusedOnlyWhileASourceIsEmptyAppliesWhenItIsFilled() {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("fallback")
                .version(
                    Policy.version("only", OPENED)
                        .source("plan")
                        .source("spare")
                        .limit("five", 5, Window.calendar(Window.Calendar.Unit.DAY))
                        .plan(Plan.monthly("basic").allotting("Credits", "plan", 1))
                        .rule("renewal", Trigger.on(CalendarEvent.RENEWED), Effect.allot())
                        .rule(
                            "spare credits",
                            Trigger.on("use").whileEmpty("plan"),
                            Effect.grant(TransactionType.AWARD, "Spare", "spare", 6).within("five"))
                        .rule("a use", Trigger.on("use"), Effect.charge("Use").of(1))
                        .build())
                .build());
    Wallet wallet = engine.open(Opening.of("basic", OPENED)).wallet();
    Event use = Event.of("id", AT, "use");
    assertEquals(ReasonCode.NO_ROOM, engine.decide(wallet, use).reason().code());
    assertEquals(
        new Earliest.At(wallet.cycle().endExclusive()),
        engine.earliest(wallet, use, AT.plus(YEAR)));
  }

  /** If no rule applies, one that waits for what time brings is enough not to say never. */
  @Example
  void whatOneOfTwoRulesWaitsForIsNotNever() {
    PolicyEngine engine =
        PolicyEngine.of(
            Program.named("mood")
                .version(
                    Policy.version("only", OPENED)
                        .source("gift")
                        .plan(Plan.monthly("basic"))
                        .rule(
                            "better mood",
                            Trigger.on(CalendarEvent.RENEWED),
                            Effect.setFact("mood", FactValue.of("good")))
                        .rule(
                            "asked nicely",
                            Trigger.on("ask").where("nicely", true),
                            Effect.grant(TransactionType.AWARD, "Gift", "gift", 1))
                        .rule(
                            "in good mood",
                            Trigger.on("ask").whereWallet("mood", "good"),
                            Effect.grant(TransactionType.AWARD, "Gift", "gift", 1))
                        .build())
                .build());
    Wallet wallet = engine.open(Opening.of("basic", OPENED)).wallet();
    Event ask = Event.of("id", AT, "ask");
    assertEquals(
        new Earliest.At(wallet.cycle().endExclusive()),
        engine.earliest(wallet, ask, AT.plus(YEAR)));
  }

  @Example
  void anEndedProposalsIdIsFreeOneNanosecondAfterTheLateness() {
    Wallet wallet =
        replay(
            List.of(
                Connects.proposalSubmitted("sent", AT, "proposal", "job", 2),
                Connects.proposalWithdrawn("gone", AT, "proposal")));
    Event again = Connects.proposalSubmitted("again", AT, "proposal", "job", 2);
    assertEquals(
        new Earliest.At(AT.plus(Duration.ofHours(24)).plusNanos(1)),
        ENGINE.earliest(wallet, again, AT.plus(YEAR)));
  }

  @Example
  void whatOnlyALaterVersionKnowsAppliesAtItsDate() {
    Instant early = Instant.parse("2020-11-20T12:00:00Z");
    Wallet wallet = ENGINE.open(Opening.of(Connects.BASIC, early)).wallet();
    assertEquals(
        new Earliest.At(Instant.parse("2020-12-01T00:00:00Z")),
        ENGINE.earliest(wallet, Connects.readinessTestPassed("id", early), early.plus(YEAR)));
  }

  @Example
  void whatNoTimeCanCureIsNever() {
    Wallet wallet =
        replay(
            List.of(
                Connects.readinessTestPassed("passed", AT),
                Connects.proposalSubmitted("sent", AT, "proposal", "job", 2)));
    record Hopeless(Event event, ReasonCode code) {}
    for (Hopeless hopeless :
        List.of(
            new Hopeless(Event.of("id", AT, "unheard-of"), ReasonCode.NO_RULE),
            new Hopeless(Connects.proposalArchived("id", AT, "proposal"), ReasonCode.NO_EFFECT),
            new Hopeless(
                Connects.interview("id", AT, "proposal", InterviewSource.INVITATION, true),
                ReasonCode.FACT_MISSING),
            new Hopeless(Connects.proposalWithdrawn("id", AT, "other"), ReasonCode.NO_OPEN_CLAIM),
            new Hopeless(Connects.readinessTestPassed("id", AT), ReasonCode.ALREADY_DONE),
            new Hopeless(
                Connects.proposalSubmitted("id", AT, "proposal", "job", 2),
                ReasonCode.ALREADY_DONE),
            new Hopeless(
                Connects.planChanged("id", AT, Connects.BASIC), ReasonCode.ALREADY_DONE))) {
      Earliest never = ENGINE.earliest(wallet, hopeless.event(), AT.plus(YEAR));
      assertEquals(hopeless.code(), ((Earliest.Never) never).reason().code());
    }
  }

  private static Event interview(int proposal, Instant at) {
    return Connects.interview(
        "interview-" + proposal, at, "proposal-" + proposal, InterviewSource.PROPOSAL, true);
  }

  private static Wallet replay(List<Event> events) {
    Opening opening = Opening.of(Connects.BASIC, OPENED);
    return ENGINE.replay(ENGINE.open(opening).wallet(), events).wallet();
  }
}
