package io.github.allotment;

import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Random histories of three programs, in which instants coincide on purpose: with each other, and
 * with the starts of cycles, the edges of windows, settlements, version dates, and the ends of what
 * is remembered, to the nanosecond.
 */
final class WalletHistories extends DomainContextBase {

  static final PolicyEngine CONNECTS = PolicyEngine.of(Connects.program());
  static final PolicyEngine STARS = PolicyEngine.of(stars());
  static final PolicyEngine PASSES = PolicyEngine.of(passes());

  /** The lengths of the windows and delays of all three programs, at whose ends things change. */
  private static final List<Duration> SPANS =
      List.of(Duration.ofDays(7), Duration.ofHours(24), Duration.ofHours(36), Duration.ofDays(2));

  /** How far an event lies from the clock. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofNanos(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(5),
          Duration.ofHours(5),
          Duration.ofHours(12),
          Duration.ofHours(24),
          Duration.ofHours(36),
          Duration.ofDays(3),
          Duration.ofDays(7),
          Duration.ofDays(16),
          Duration.ofDays(40),
          Duration.ofHours(-2),
          Duration.ofHours(-23),
          Duration.ofHours(-24));

  /** How many of the steps a history in a hurry uses. */
  private static final int SHORT_STEPS = 12;

  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("America/Sao_Paulo"),
          ZoneId.of("Pacific/Apia"),
          ZoneId.of("America/St_Johns"),
          ZoneId.of("Asia/Kathmandu"));

  /** What happened to one wallet: its opening, its events as they arrived, and later instants. */
  record History(PolicyEngine engine, Opening opening, List<Event> events, List<Instant> instants) {

    Wallet opened() {
      return engine.open(opening).wallet();
    }

    /** Returns the wallet after the last event. */
    Wallet last() {
      return engine.replay(opened(), events).wallet();
    }

    /** Returns the decisions on the opening, on every event, and on the instants, in that order. */
    List<Decision> play() {
      List<Decision> decisions = new ArrayList<>();
      decisions.add(engine.open(opening));
      for (Event event : events) {
        decisions.add(engine.decide(decisions.get(decisions.size() - 1).wallet(), event));
      }
      for (Instant to : instants) {
        decisions.add(engine.advance(decisions.get(decisions.size() - 1).wallet(), to));
      }
      return decisions;
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(engine.program().name()).append('\n').append(opening);
      events.forEach(event -> text.append('\n').append(event));
      return text.append("\nthen ").append(instants).toString();
    }
  }

  @Provide
  Arbitrary<History> histories() {
    return Arbitraries.oneOf(connectsHistories(), starsHistories(), passesHistories());
  }

  private static Arbitrary<History> connectsHistories() {
    return histories(
        CONNECTS,
        List.of(Connects.BASIC, Connects.PLUS),
        List.of(
            "2019-05-01T00:00:00Z",
            "2020-11-29T23:59:59.999999999Z",
            "2020-12-01T00:00:00Z",
            "2021-01-05T09:00:00Z",
            "2021-01-31T12:00:00Z",
            "2021-07-15T03:00:00Z",
            "2021-07-23T00:00:00Z",
            "2024-02-29T02:59:59Z"),
        List.of(
            (id, at, hand) -> submitted(id, at, hand),
            (id, at, hand) -> submitted(id, at, hand),
            (id, at, hand) -> submitted(id, at, hand),
            (id, at, hand) -> interview(id, at, hand),
            (id, at, hand) -> interview(id, at, hand),
            (id, at, hand) -> interview(id, at, hand),
            (id, at, hand) -> interview(id, at, hand),
            (id, at, hand) -> interview(id, at, hand),
            (id, at, hand) ->
                Connects.jobClosed(id, at, hand.group(), pick(JobOutcome.values(), hand.variant())),
            (id, at, hand) ->
                hand.variant() % 2 == 0
                    ? Connects.proposalWithdrawn(id, at, hand.open())
                    : Connects.proposalArchived(id, at, hand.open()),
            (id, at, hand) -> Connects.awardSettled(id, at, hand.open()),
            (id, at, hand) -> Connects.connectsPurchased(id, at, hand.amount() + 1),
            (id, at, hand) ->
                Connects.planChanged(
                    id, at, hand.variant() % 2 == 0 ? Connects.PLUS : Connects.BASIC),
            (id, at, hand) -> Connects.readinessTestPassed(id, at)));
  }

  private static Event submitted(String id, Instant at, Hand hand) {
    return Connects.proposalSubmitted(id, at, hand.subject(), hand.group(), hand.amount());
  }

  private static Event interview(String id, Instant at, Hand hand) {
    if (hand.open().equals(hand.subject()) && hand.variant() > 3) {
      return submitted(id, at, hand);
    }
    return Connects.interview(
        id,
        at,
        hand.open(),
        hand.variant() == 1 ? InterviewSource.INVITATION : InterviewSource.PROPOSAL,
        hand.variant() != 2);
  }

  /** Spends the newest first, then the oldest; a limit that two awards share; a cut by source. */
  private static Program stars() {
    return Program.named("stars")
        .unit("star", "stars")
        .lateness(Duration.ofDays(2))
        .version(starsVersion("early", "2000-01-01T00:00:00Z", Order.NEWEST, 30))
        .version(starsVersion("late", "2012-01-09T00:00:00Z", Order.OLDEST, 25))
        .build();
  }

  private static Policy starsVersion(String name, String from, Order spending, long max) {
    return Policy.version(name, Instant.parse(from))
        .spending(spending)
        .source("monthly")
        .source("earned")
        .source("bought")
        .limit("stars a week", max, Window.rolling(Duration.ofDays(7)))
        .limit("referrals", 24, Window.rolling(Duration.ofDays(2)))
        .plan(Plan.monthly("basic").allotting("Monthly stars", "monthly", 20))
        .plan(
            Plan.monthly("plus")
                .allotting("Monthly stars", "monthly", 20)
                .allotting("More stars", "earned", 15))
        .rule(
            "at most 15 monthly stars roll over",
            Trigger.on(CalendarEvent.RENEWED),
            new Effect.Forfeit(
                "Rollover", Quantity.of(15), List.of("monthly"), List.of(Order.NEWEST)))
        .rule(
            "monthly stars",
            Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED),
            Effect.allot())
        .rule(
            "never more than 120 after a renewal",
            Trigger.on(CalendarEvent.RENEWED),
            Effect.forfeitAbove("Too many", 120))
        .rule(
            "a gift for founders",
            Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED).whereWallet("founder", "yes"),
            Effect.grant(TransactionType.BONUS, "Founder's gift", "earned", 2)
                .settlingAfter(Duration.ofHours(36)))
        .rule(
            "a review",
            Trigger.on("review"),
            Effect.grant(TransactionType.AWARD, "Review", "earned", 5).within("stars a week"))
        .rule(
            "a referral",
            Trigger.on("referral"),
            Effect.grant(TransactionType.AWARD, "Referral", "earned", 8)
                .and("Referral, second part", "bought", 4)
                .within("stars a week")
                .within("referrals")
                .settlingAfter(Duration.ofHours(24)))
        .rule(
            "a welcome",
            Trigger.on("welcome"),
            Effect.grant(TransactionType.BONUS, "Welcome", "earned", 7)
                .onceForEver("welcome")
                .within("stars a week"))
        .rule(
            "a bundle brings 3",
            Trigger.on("bundle"),
            Effect.grant(TransactionType.BONUS, "Bundle", "earned", 3).within("stars a week"))
        .rule("a bundle's price", Trigger.on("bundle"), Effect.charge("Bundle"))
        .rule("a boost", Trigger.on("boost"), Effect.charge("Boost"))
        .rule(
            "a refund",
            Trigger.on("refund"),
            Effect.giveBack(Effect.End.Reach.SUBJECT, "Boost refunded"))
        .rule(
            "a refund of all",
            Trigger.on("refund-all"),
            Effect.giveBack(Effect.End.Reach.GROUP, "Boosts refunded"))
        .rule(
            "the end of a boost",
            Trigger.on("boost-over"),
            Effect.keep(Effect.End.Reach.SUBJECT, "Boost over"))
        .rule(
            "bought stars",
            Trigger.on("bought"),
            Effect.grantOfEvent(TransactionType.PURCHASE, "Bought", "bought"))
        .rule(
            "a sweep of what was earned",
            Trigger.on("sweep"),
            Effect.forfeitAbove("Swept", Quantity.of(10), "earned", "bought"))
        .rule("an early settlement", Trigger.on("settle"), Effect.settle())
        .rule("a change of plan", Trigger.on("plan"), Effect.switchPlan())
        .build();
  }

  private static Arbitrary<History> starsHistories() {
    return histories(
        STARS,
        List.of("basic", "plus"),
        List.of(
            "2000-01-01T00:00:00Z",
            "2010-10-31T12:00:00Z",
            "2011-12-29T12:00:00Z",
            "2012-01-08T23:59:59.999999999Z",
            "2018-10-31T03:00:00Z"),
        List.of(
            (id, at, hand) -> Event.of(id, at, "review"),
            (id, at, hand) -> Event.of(id, at, "review"),
            (id, at, hand) -> Event.of(id, at, "referral").withSubject(hand.subject()),
            (id, at, hand) -> Event.of(id, at, "referral"),
            (id, at, hand) -> Event.of(id, at, "welcome"),
            (id, at, hand) -> hand.about(Event.of(id, at, "boost")).withAmount(hand.amount()),
            (id, at, hand) -> hand.about(Event.of(id, at, "boost")).withAmount(hand.amount()),
            (id, at, hand) -> Event.of(id, at, "bundle").withAmount(hand.amount()),
            (id, at, hand) -> hand.about(Event.of(id, at, "bundle")).withAmount(hand.amount()),
            (id, at, hand) -> Event.of(id, at, "refund").withSubject(hand.open()),
            (id, at, hand) -> Event.of(id, at, "refund-all").withGroup(hand.group()),
            (id, at, hand) -> Event.of(id, at, "boost-over").withSubject(hand.open()),
            (id, at, hand) -> Event.of(id, at, "bought").withAmount(hand.amount()),
            (id, at, hand) -> Event.of(id, at, "sweep"),
            (id, at, hand) ->
                hand.variant() == 1
                    ? Event.of(id, at, "settle")
                    : Event.of(id, at, "settle").withSubject(hand.subject()),
            (id, at, hand) ->
                Event.of(id, at, "plan").withFact("plan", hand.variant() < 4 ? "plus" : "basic"),
            (id, at, hand) -> Event.of(id, at, "unheard-of")));
  }

  /** Cycles of 7 days, of a month and of a day; no lateness; a grant that settles in 36 hours. */
  private static Program passes() {
    return Program.named("passes")
        .unit("pass", "passes")
        .version(
            Policy.version("only", Instant.parse("2000-01-01T00:00:00Z"))
                .source("free")
                .source("bought")
                .limit("visits", 5, Window.rolling(Duration.ofHours(36)))
                .plan(plan("weekly", Period.ofDays(7), 6))
                .plan(plan("monthly", Period.ofMonths(1), 20))
                .plan(plan("daily", Period.ofDays(1), 1))
                .rule(
                    "passes of the period",
                    Trigger.on(CalendarEvent.OPENED, CalendarEvent.RENEWED),
                    Effect.allot())
                .rule(
                    "at most 40 passes",
                    Trigger.on(CalendarEvent.RENEWED),
                    Effect.forfeitAbove("Too many passes", 40))
                .rule("a booking", Trigger.on("booked"), Effect.charge("Booked"))
                .rule(
                    "a visit earns 3",
                    Trigger.on("visited").withOpenClaim(),
                    Effect.grant(TransactionType.AWARD, "Visited", "free", 3)
                        .oncePerClaim("visit")
                        .within("visits")
                        .settlingAfter(Duration.ofHours(36)))
                .rule(
                    "a cancellation",
                    Trigger.on("cancelled"),
                    Effect.giveBack(Effect.End.Reach.SUBJECT, "Cancelled"))
                .rule(
                    "a class that was called off",
                    Trigger.on("called-off"),
                    Effect.giveBack(Effect.End.Reach.GROUP, "Called off"))
                .rule(
                    "bought passes",
                    Trigger.on("bought"),
                    Effect.grantOfEvent(TransactionType.PURCHASE, "Bought", "bought"))
                .rule("a change of plan", Trigger.on("plan"), Effect.switchPlan())
                .rule("an early settlement", Trigger.on("settle"), Effect.settle())
                .build())
        .build();
  }

  private static Plan plan(String name, Period cycle, long amount) {
    return Plan.of(name, cycle).allotting("Passes", "free", amount);
  }

  private static Arbitrary<History> passesHistories() {
    List<String> plans = List.of("weekly", "monthly", "daily");
    return histories(
        PASSES,
        plans,
        List.of(
            "2000-01-01T00:00:00Z",
            "2010-11-07T02:30:30Z",
            "2011-12-23T12:00:00Z",
            "2018-10-31T02:59:59.999999999Z",
            "2020-01-31T12:00:00Z"),
        List.of(
            (id, at, hand) -> hand.about(Event.of(id, at, "booked")).withAmount(hand.amount()),
            (id, at, hand) -> hand.about(Event.of(id, at, "booked")).withAmount(hand.amount()),
            (id, at, hand) -> Event.of(id, at, "visited").withSubject(hand.open()),
            (id, at, hand) -> Event.of(id, at, "visited").withSubject(hand.open()),
            (id, at, hand) -> Event.of(id, at, "visited").withSubject(hand.open()),
            (id, at, hand) -> Event.of(id, at, "cancelled").withSubject(hand.open()),
            (id, at, hand) -> Event.of(id, at, "called-off").withGroup(hand.group()),
            (id, at, hand) -> Event.of(id, at, "bought").withAmount(hand.amount()),
            (id, at, hand) -> Event.of(id, at, "settle").withSubject(hand.open()),
            (id, at, hand) ->
                Event.of(id, at, "plan").withFact("plan", plans.get(hand.variant() % 3)),
            (id, at, hand) -> Event.of(id, at, "booked").withSubject(hand.subject())));
  }

  /** Makes an event of what was drawn for it. */
  private interface Maker {
    Event make(String id, Instant at, Hand hand);
  }

  /** What was drawn for an event; {@code open} is a subject with an open claim, if there is one. */
  private record Hand(String subject, String open, String group, long amount, int variant) {

    Event about(Event event) {
      return event.withSubject(subject).withGroup(group);
    }
  }

  /** One step of a history as small numbers, so that it shrinks well. */
  private record Draw(
      int maker, int subject, int amount, int variant, int base, int nudge, int step, int again) {

    /** Returns a copy that uses the first steps only, and small amounts. */
    Draw at(int pace) {
      return pace == STEPS.size()
          ? this
          : new Draw(maker, subject, amount % 8, variant, base % 24, nudge, step % pace, again);
    }
  }

  private static Arbitrary<Draw> draws() {
    return Combinators.combine(
            below(60),
            below(16),
            below(12),
            below(8),
            below(40),
            below(6),
            below(STEPS.size()),
            below(24))
        .as(Draw::new);
  }

  private static Arbitrary<Integer> below(int end) {
    return Arbitraries.integers()
        .between(0, end - 1)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  private static Arbitrary<History> histories(
      PolicyEngine engine, List<String> plans, List<String> openings, List<Maker> makers) {
    return Combinators.combine(
            openings(plans, openings, engine.program()),
            manyDraws(50),
            manyDraws(6),
            Arbitraries.of(SHORT_STEPS, STEPS.size()))
        .as(
            (opening, draws, later, pace) ->
                history(
                    engine,
                    opening,
                    makers,
                    draws.stream().map(draw -> draw.at(pace)).toList(),
                    later));
  }

  private static Arbitrary<List<Draw>> manyDraws(int most) {
    return draws()
        .list()
        .ofMaxSize(most)
        .withSizeDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  private static Arbitrary<Opening> openings(
      List<String> plans, List<String> instants, Program program) {
    return Combinators.combine(
            Arbitraries.of(plans),
            Arbitraries.of(instants),
            below(3),
            Arbitraries.of(ZONES),
            below(6))
        .as(
            (plan, at, nudge, zone, variant) ->
                opening(program, plan, Instant.parse(at).plusNanos(nudge), zone, variant));
  }

  private static Opening opening(
      Program program, String plan, Instant at, ZoneId zone, int variant) {
    Opening opening =
        Connects.opening(plan, at, AccountKind.FREELANCER, pick(ReadinessTest.values(), variant))
            .inZone(zone)
            .withFact("founder", variant % 2 == 0 ? "yes" : "no");
    if (variant < 5) {
      return opening;
    }
    String source = program.versionAt(at).orElseThrow().sources().get(0).name();
    LocalDate anchor = at.atZone(zone).toLocalDate().minusDays(17);
    Opening.Existing account =
        Opening.Existing.renewingFrom(anchor)
            .holding(source, 30, at.minus(Duration.ofDays(3)))
            .holding(source, 7, at.minus(Duration.ofDays(9)));
    return opening.withExisting(
        program.name().equals("stars") ? account.havingDone("welcome") : account);
  }

  private static <T> T pick(T[] values, int index) {
    return values[index % values.length];
  }

  private static History history(
      PolicyEngine engine,
      Opening opening,
      List<Maker> makers,
      List<Draw> draws,
      List<Draw> later) {
    Wallet wallet = engine.open(opening).wallet();
    List<Event> events = new ArrayList<>();
    for (Draw draw : draws) {
      Event event = event(engine, wallet, makers, draw, events);
      events.add(event);
      wallet = engine.decide(wallet, event).wallet();
    }
    TreeSet<Instant> instants = new TreeSet<>();
    for (Draw draw : later) {
      instants.add(instant(engine.program(), wallet, draw));
    }
    return new History(engine, opening, List.copyOf(events), List.copyOf(instants));
  }

  private static Event event(
      PolicyEngine engine, Wallet wallet, List<Maker> makers, Draw draw, List<Event> earlier) {
    Maker maker = makers.get(draw.maker() % makers.size());
    Instant at = instant(engine.program(), wallet, draw);
    Event fresh = maker.make("e" + earlier.size(), at, hand(wallet, draw));
    if (earlier.isEmpty() || draw.again() > 3) {
      return fresh;
    }
    Event old = earlier.get(Math.max(0, earlier.size() - 1 - draw.base() % 8));
    return switch (draw.again()) {
      case 0, 1 -> old;
      case 2 -> old.movedTo(at);
      default -> maker.make(old.id(), old.at(), hand(wallet, draw));
    };
  }

  private static Hand hand(Wallet wallet, Draw draw) {
    long[] amounts = {2, 2, 4, 6, 1, 0, 15, 50, 120, 250, wallet.available(), -1};
    long amount =
        draw.amount() == amounts.length - 1 ? wallet.available() + 1 : amounts[draw.amount()];
    int group = draw.variant() == 3 ? draw.subject() + 1 : draw.subject();
    String subject = "subject-" + draw.subject();
    List<Claim> claims =
        draw.nudge() == 0
            ? List.of()
            : wallet.openClaims().stream()
                .filter(claim -> draw.nudge() == 1 || claim.done().isEmpty())
                .toList();
    String open = claims.isEmpty() ? subject : claims.get(draw.subject() % claims.size()).subject();
    return new Hand(subject, open, "group-" + group % 2, amount, draw.variant());
  }

  private static Instant instant(Program program, Wallet wallet, Draw draw) {
    if (draw.base() < 20) {
      return wallet.clock().plus(STEPS.get(draw.step()));
    }
    List<Instant> edges = edges(program, wallet);
    Instant edge = edges.get((draw.base() * STEPS.size() + draw.step()) % edges.size());
    return switch (draw.nudge()) {
      case 0, 1, 2 -> edge;
      case 3 -> edge.plusNanos(1);
      case 4 -> edge.minusNanos(1);
      default -> edge.plus(Duration.ofMinutes(1));
    };
  }

  /** Returns the instants around the clock at which something changes for a wallet. */
  static List<Instant> edges(Program program, Wallet wallet) {
    TreeSet<Instant> edges = new TreeSet<>();
    edges.add(wallet.clock());
    edges.add(wallet.clock().minus(program.lateness()));
    edges.add(wallet.cycle().startInclusive());
    edges.add(wallet.cycle().endExclusive());
    for (PendingAward award : wallet.pendingAwards()) {
      edges.add(award.dueAt());
    }
    WalletState state = wallet.state();
    for (Use use : state.uses()) {
      edges.add(use.at());
      SPANS.forEach(span -> edges.add(use.at().plus(span)));
    }
    for (SeenEvent seen : state.seen()) {
      edges.add(seen.at().plus(program.lateness()));
    }
    for (Claim claim : state.claims()) {
      claim.endedAt().ifPresent(ended -> edges.add(ended.plus(program.lateness())));
    }
    for (Policy version : program.versions()) {
      edges.add(version.fromInclusive());
    }
    Instant oldest = wallet.clock().minus(program.lateness()).minusNanos(1);
    Instant newest = wallet.clock().plus(Duration.ofDays(60));
    edges.removeIf(edge -> edge.isBefore(oldest) || edge.isAfter(newest));
    return List.copyOf(edges);
  }

  /** Returns the sum of all uses in (after, upTo] against a limit. */
  static long held(List<Use> uses, String limit, Instant after, Instant upTo) {
    return uses.stream()
        .filter(use -> use.limit().equals(limit))
        .filter(use -> use.at().isAfter(after) && !use.at().isAfter(upTo))
        .mapToLong(Use::amount)
        .sum();
  }

  static Duration length(Limit limit) {
    return ((Window.Rolling) limit.window()).length();
  }
}
