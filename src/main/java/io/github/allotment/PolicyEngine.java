package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides what events and the passing of time do to wallets, by the rules of one program.
 *
 * <p>Immutable and thread-safe. An engine reads no clock and does no I/O: every instant comes in
 * with an event or an argument, and the same inputs give the same outputs. No method changes a
 * wallet; what throws leaves the caller's wallet as it was.
 *
 * <p>For example
 *
 * <pre>{@code
 * PolicyEngine engine = PolicyEngine.of(program); // 20 a month; 5 for a helpful review
 * Decision opened = engine.open(Opening.of("member", Instant.parse("2021-01-05T09:00:00Z")));
 * opened.wallet().available(); // 20
 * Event review =
 *     Event.of("r1", Instant.parse("2021-01-06T09:00:00Z"), "review").withFact("helpful", true);
 * Decision decision = engine.decide(opened.wallet(), review);
 * decision.wallet().available(); // 25
 * decision.why(); // 5 stars added (a helpful review); 25 of 30 left in 7 days (reviews a week).
 * }</pre>
 *
 * <p>An event is decided in these steps, each of which is documented at its {@link ReasonCode}: (1)
 * an event from before the opening is refused; (2) time advances to the event, if it is later than
 * the wallet's clock; (3) an event that is too late is refused; (4) an event that is remembered is
 * a duplicate, or refused if its id belongs to another; (5) the rules of the version in force at
 * the event's own instant are applied, all of those whose conditions hold, or none. Events decided
 * in step 5 are remembered, refused or not: a retry needs a new id.
 */
public final class PolicyEngine {

  private final Program program;
  private final Derived derived;
  private final Judge judge = new Judge();
  private final Timeline timeline = new Timeline(judge);

  private PolicyEngine(Program program) {
    this.program = program;
    derived = Derived.of(program);
  }

  /**
   * Returns an engine for a program.
   *
   * @param program the program
   * @return the engine
   */
  public static PolicyEngine of(Program program) {
    return new PolicyEngine(requireNonNull(program, "program"));
  }

  /**
   * Returns the program whose rules this engine applies.
   *
   * @return the program
   */
  public Program program() {
    return program;
  }

  /**
   * Opens a wallet.
   *
   * <p>A new account's first cycle starts at the opening, and the rules on {@link
   * CalendarEvent#OPENED} apply in their order. An account that is not new brings what it holds as
   * one row of type adjustment, and its cycle goes on.
   *
   * @param opening what the wallet is opened with
   * @return the decision, which is applied
   * @throws IllegalArgumentException if the opening is before the program's first version; if it
   *     names a plan or a source that the version in force does not have, or, as done, a key that
   *     no grant of the program has; or if it brings credits of which only an event can say when
   *     they expire or their priority
   * @throws ArithmeticException if what it brings does not fit a {@code long}
   */
  public Decision open(Opening opening) {
    requireNonNull(opening, "opening");
    Policy version = versionAt(opening.at());
    Plan plan = planOf(version, opening.plan());
    LocalDate anchor =
        opening
            .existing()
            .map(existing -> anchor(existing.anchor(), plan))
            .orElseGet(
                () -> plan.anchor().dateFor(opening.at().atZone(opening.zone()).toLocalDate()));
    long index = Cycles.indexAt(anchor, plan.cycle(), opening.at(), opening.zone());
    ImmutableSortedMap<Instant, String> plans = ImmutableSortedMap.of(opening.at(), plan.name());
    Standing.Terms terms =
        new Standing.Terms(
            program.name(),
            program.fingerprint(),
            program.fingerprint(),
            opening.zone(),
            opening.at(),
            plans,
            Optional.empty(),
            ImmutableSortedMap.copyOf(opening.facts()),
            opening.existing().map(Opening.Existing::done).orElse(ImmutableSortedSet.of()),
            anchor,
            plan.cycle(),
            opening.existing().isPresent() ? index : Math.max(0, index),
            plans.keySet(),
            opening.at(),
            ImmutableSortedMap.of(),
            0);
    Standing standing = new Standing(terms, opening.at(), 0, 0, 0);
    Draft draft = Draft.opening(derived, standing);
    opening
        .existing()
        .ifPresentOrElse(
            existing -> bring(draft, existing, version),
            () -> judge.applyCalendar(draft, CalendarEvent.OPENED.code()));
    draft.endOccasion();
    timeline.advance(draft, opening.at());
    return decision(draft, Optional.empty(), ImmutableList.of(new Reason.Applied(draft.told())));
  }

  /**
   * Returns the date from which cycles are reckoned that start on a date: of a plan that starts its
   * cycles on it, as at a month's end, that from which it reckons them.
   */
  private static LocalDate anchor(LocalDate start, Plan plan) {
    LocalDate own = plan.anchor().dateFor(start);
    long index = Cycles.indexAt(own, plan.cycle(), startOf(start), ZoneOffset.UTC);
    return Cycles.date(own, plan.cycle(), index).equals(start) ? own : start;
  }

  private static Instant startOf(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void bring(Draft draft, Opening.Existing existing, Policy version) {
    for (String key : existing.done()) {
      checkArgument(
          derived.onceForEver().contains(key),
          "program %s has no grant that is made once for ever under the key %s",
          program.name(),
          Sentences.plain(key));
    }
    for (Opening.Holding holding : existing.holdings()) {
      if (version.source(holding.source()).isEmpty()) {
        throw unknown(version, "source", holding.source());
      }
      checkArgument(
          !ReadyRule.dependsOnEvent(version.source(holding.source()).orElseThrow()),
          "credits from source %s can't be brought to the opening: only an event that grants them"
              + " says when they expire, or in which order they are spent; let one do so",
          Sentences.plain(holding.source()));
    }
    Cause cause = new Cause(Optional.empty(), "held before the opening", version.version());
    long amount = Ledger.bring(draft, existing.holdings(), cause);
    draft.tell(new Consequence.Brought(cause.rule(), cause.version(), amount));
  }

  /**
   * Decides an event.
   *
   * <p>For example, on a wallet with 50 available, a charge of 2 gives a decision that is applied,
   * whose wallet has 48, with one transaction of -2.
   *
   * @param wallet the wallet, one of this engine's program
   * @param event the event
   * @return the decision; a refusal for the program's reasons is a decision too
   * @throws IllegalArgumentException if the wallet follows another program, or the event asks for a
   *     plan that the version in force does not have
   * @throws ArithmeticException if the wallet would hold more than {@link Long#MAX_VALUE}
   */
  public Decision decide(Wallet wallet, Event event) {
    requireNonNull(wallet, "wallet");
    requireNonNull(event, "event");
    Optional<String> id = Optional.of(event.id());
    if (event.at().isBefore(wallet.openedAt())) {
      return decision(
          draft(wallet),
          id,
          ImmutableList.of(new Reason.BeforeOpening(event.at(), wallet.openedAt())));
    }
    Draft draft = advanced(wallet, event.at());
    Optional<Reason> notNow = tooLateOrKnown(draft, event);
    if (notNow.isPresent()) {
      return decision(draft, id, ImmutableList.of(notNow.get()));
    }
    List<Reason> reasons = judge.judge(draft, event);
    if (reasons.isEmpty()) {
      draft.remember(event, ReasonCode.APPLIED);
      draft.endOccasion();
      timeline.advance(draft, draft.clock);
      Reason applied = new Reason.Applied(draft.told());
      return decision(draft, id, ImmutableList.of(applied));
    }
    Draft untouched = draft.acted ? advanced(wallet, event.at()) : draft;
    untouched.remember(event, reasons.get(0).code());
    return decision(untouched, id, reasons);
  }

  private Optional<Reason> tooLateOrKnown(Draft draft, Event event) {
    if (event.at().isBefore(draft.oldest())) {
      return Optional.of(new Reason.TooLate(event.at(), draft.clock, program.lateness()));
    }
    SeenEvent seen = draft.contents.seen(event.id());
    if (seen == null) {
      return Optional.empty();
    }
    return Optional.of(
        seen.at().equals(event.at()) && seen.type().equals(event.type())
            ? new Reason.SeenBefore(event.id(), event.at(), seen.reason())
            : new Reason.IdReused(event.id(), seen.at(), seen.type()));
  }

  /**
   * Tells what {@link #decide} would answer; as nothing changes a wallet, it is the same decision.
   *
   * @param wallet the wallet, one of this engine's program
   * @param event the event
   * @return the decision, which the caller does not mean to store
   * @throws IllegalArgumentException as for {@link #decide}
   * @throws ArithmeticException as for {@link #decide}
   */
  public Decision preview(Wallet wallet, Event event) {
    return decide(wallet, event);
  }

  /**
   * Lets time pass: does everything that is due up to an instant, however long ago the wallet was
   * last looked at.
   *
   * <p>One call equals any sequence of steps to the same instant.
   *
   * @param wallet the wallet, one of this engine's program
   * @param to the instant, in the years 1 to 9999; one before the wallet's clock changes nothing
   * @return the decision, which is applied
   * @throws IllegalArgumentException if the wallet follows another program, or the instant is out
   *     of range
   * @throws ArithmeticException if the wallet would hold more than {@link Long#MAX_VALUE}
   */
  public Decision advance(Wallet wallet, Instant to) {
    Checks.instant("instant to advance to", to);
    Draft draft = advanced(wallet, to);
    return decision(draft, Optional.empty(), ImmutableList.of(new Reason.Applied(draft.told())));
  }

  /**
   * Decides events one after the other.
   *
   * @param wallet the wallet, one of this engine's program
   * @param events the events, in the order in which they arrived
   * @return the decisions and the wallet after the last
   * @throws IllegalArgumentException as for {@link #decide}
   * @throws ArithmeticException as for {@link #decide}
   */
  public Replay replay(Wallet wallet, List<Event> events) {
    requireOurs(wallet);
    requireNonNull(events, "events");
    ImmutableList.Builder<Decision> decisions = ImmutableList.builder();
    Wallet now = wallet;
    for (Event event : events) {
      Decision decision = decide(now, event);
      decisions.add(decision);
      now = decision.wallet();
    }
    return new Replay(now, decisions.build());
  }

  /**
   * Finds the first instant at which an event, under a new id and with nothing else happening,
   * would apply.
   *
   * <p>The search starts at the event's instant, or at the wallet's clock if that is later, and
   * looks only at the instants at which something can change: what time brings, the edges of
   * limits' windows, the versions' dates, and the deadline of a claim and the end of its memory.
   * For example, when 50 per 7 days are used up since 12:00 on the 7th, an award of 10 would first
   * apply at 12:00 on the 14th.
   *
   * <p>Never is answered only where it is certain. For example a charge of 90 is never possible
   * when 80 come with each cycle and expire with it; if ticks bring something, the search goes up
   * to the horizon and no further.
   *
   * @param wallet the wallet, one of this engine's program
   * @param event the event; its id does not matter
   * @param horizonExclusive how far to look, in the years 1 to 9999
   * @return the instant; never, and why; or not before the horizon
   * @throws IllegalArgumentException as for {@link #decide}, or if the horizon is out of range
   * @throws ArithmeticException as for {@link #decide}
   */
  public Earliest earliest(Wallet wallet, Event event, Instant horizonExclusive) {
    requireOurs(wallet);
    requireNonNull(event, "event");
    Checks.instant("horizon", horizonExclusive);
    return new Search(this, program, derived).earliest(wallet, event, horizonExclusive);
  }

  /** Judges an event as if it came at a wallet's clock, whatever its id. */
  List<Reason> judge(Wallet wallet, Event event) {
    return judge.judge(draft(wallet), event.movedTo(wallet.clock()));
  }

  /**
   * Tells what a plan allots and lets roll over.
   *
   * @param plan the plan's name
   * @param at the instant at which to ask
   * @return the plan's terms in the version in force
   * @throws IllegalArgumentException if the instant is before the first version, or the version for
   *     a wallet that opens at it has no such plan
   */
  public PlanTerms planTerms(String plan, Instant at) {
    requireNonNull(at, "at");
    Policy version = versionAt(at);
    Plan found = planOf(version, plan);
    return new PlanTerms(version.version(), found, rollover(version, found));
  }

  private static OptionalLong rollover(Policy version, Plan plan) {
    return version.rulesFor(CalendarEvent.RENEWED.code()).stream()
        .filter(rule -> allows(rule, plan))
        .map(Rule::effect)
        .filter(Effect.Forfeit.class::isInstance)
        .map(Effect.Forfeit.class::cast)
        .filter(forfeit -> forfeit.sources().isEmpty())
        .mapToLong(forfeit -> Basis.most(forfeit.most(), new Basis.OfPlan(plan)))
        .min();
  }

  /** Tells whether a rule asks for nothing but the plan, and applies on a plan. */
  private static boolean allows(Rule rule, Plan plan) {
    return rule.trigger().empty().isEmpty()
        && rule.trigger().conditions().stream()
            .allMatch(
                condition ->
                    condition.asksPlan()
                        && condition.accepted().contains(FactValue.of(plan.name())));
  }

  /**
   * Tells how much of a limit is left for an event at the wallet's clock, and until when.
   *
   * @param wallet the wallet, one of this engine's program
   * @param limit the limit's name
   * @return the room
   * @throws IllegalArgumentException if the version in force at the clock has no such limit
   */
  public Room room(Wallet wallet, String limit) {
    requireOurs(wallet);
    Derived.Edition edition = derived.edition(wallet.clock(), wallet.standing.terms());
    Limits.Kind kind = edition.limit(requireNonNull(limit, "limit"));
    if (kind == null) {
      throw unknown(edition.version(), "limit", limit);
    }
    return kind.roomAtClock(wallet, new Basis.OfWallet(edition.version(), wallet));
  }

  /**
   * Tells what time will do to a wallet, if nothing else happens: all up to and with its next
   * renewal, and the settlement of what is pending now. Ticks that do nothing are left out; all of
   * a cycle's are worked out, so that an answer takes longer the more there are.
   *
   * @param wallet the wallet, one of this engine's program
   * @return the expiries, releases of holds, ticks and settlements up to the next renewal, and
   *     that, in the order in which they will happen; then what settles later of what is pending
   * @throws IllegalArgumentException if the wallet follows another program
   * @throws ArithmeticException if the wallet would then hold more than {@link Long#MAX_VALUE}
   */
  public List<Upcoming> upcoming(Wallet wallet) {
    return timeline.upcoming(draft(wallet));
  }

  /**
   * Tells when time will next do something to a wallet, if nothing else happens: an expiry, the
   * release of a hold, a renewal, a tick or a settlement.
   *
   * <p>It is the instant of the first of {@link #upcoming}, unless a tick comes before that does
   * nothing; what will happen is not worked out. A host stores it beside the wallet, so that its
   * scheduler finds the wallets for which {@link #advance} has something to do. For example a
   * wallet that was opened at 2021-01-05T09:00:00Z on a monthly plan, and has nothing pending or
   * expiring, is next due at 2021-02-05T00:00:00Z.
   *
   * @param wallet the wallet, one of this engine's program
   * @return the instant; after the wallet's clock, or, if a renewal became due by another edition
   *     of the zone's rules, not after it
   * @throws IllegalArgumentException if the wallet follows another program
   */
  public Instant nextDue(Wallet wallet) {
    return Timeline.nextDue(draft(wallet));
  }

  /**
   * Makes a wallet of a stored state.
   *
   * <p>The state may have been stored under an earlier edition of the program: what follows from
   * the program, such as the next due instant, is reckoned anew.
   *
   * @param state what {@link Wallet#state()} returned
   * @return a wallet with that state, but for the program's fingerprint
   * @throws IllegalArgumentException if the state breaks an invariant, which the message names, or
   *     names a plan or a source that the program no longer has
   */
  public Wallet restore(WalletState state) {
    requireNonNull(state, "state");
    return new Restoring(program, derived, state).wallet();
  }

  private Draft advanced(Wallet wallet, Instant to) {
    Draft draft = draft(wallet);
    timeline.advance(draft, to);
    return draft;
  }

  private Draft draft(Wallet wallet) {
    requireOurs(wallet);
    return Draft.of(derived, wallet);
  }

  private void requireOurs(Wallet wallet) {
    requireNonNull(wallet, "wallet");
    checkArgument(
        Checks.isSame(wallet.standing.terms().fingerprint(), program.fingerprint()),
        "the wallet follows program %s, fingerprint %s, and this engine %s, fingerprint %s; restore"
            + " its state to move it",
        wallet.program(),
        wallet.standing.terms().fingerprint(),
        program.name(),
        program.fingerprint());
  }

  private Policy versionAt(Instant at) {
    return program
        .versionAt(at)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    lenientFormat(
                        "%s is before the start of program %s, %s",
                        at, program.name(), program.versions().get(0).fromInclusive())));
  }

  private Plan planOf(Policy version, String plan) {
    return version
        .plan(requireNonNull(plan, "plan"))
        .orElseThrow(() -> unknown(version, "plan", plan));
  }

  private IllegalArgumentException unknown(Policy version, String what, String name) {
    return new IllegalArgumentException(
        lenientFormat(
            "program %s, version %s, has no %s %s",
            program.name(), version.version(), what, Sentences.plain(name)));
  }

  private Decision decision(Draft draft, Optional<String> event, List<Reason> reasons) {
    Wallet wallet = draft.toWallet();
    List<Change> changes = draft.changes(wallet.standing);
    Unit unit = program.unit();
    List<Transaction> transactions = draft.transactions();
    List<Notice> notices = draft.notices();
    return new Decision(event, wallet, reasons, transactions, notices, changes, unit);
  }
}
