package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;

import com.google.common.collect.Comparators;
import com.google.common.collect.Sets;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a stored state can be a wallet's, invariant by invariant, and makes a wallet of it.
 */
final class Restoring {

  /** By how much another edition of a zone's rules may let a day start earlier or later. */
  private static final Duration MOVED_MIDNIGHT = Duration.ofDays(1);

  /** What no wallet counts up to. */
  private static final long MOST_COUNTED = 1L << 62;

  private final Program program;
  private final Derived derived;
  private final WalletState state;
  private final Standing standing;
  private final Standing.Terms terms;

  /** How far days may start from where they did when the wallet was stored. */
  private final Duration moved;

  private final Set<Long> lotsHeld = new HashSet<>();
  private final Set<Long> others = new HashSet<>();
  private final Map<Long, Lot.Terms> lots = new HashMap<>();
  private final Map<Long, Lot.Origin> grants = new HashMap<>();
  private final boolean sameProgram;
  private final boolean alwaysSameProgram;
  private final Contents contents;

  Restoring(Program program, Derived derived, WalletState state) {
    this.program = program;
    this.derived = derived;
    this.state = state;
    standing = state.standing();
    terms = standing.terms();
    moved = terms.zone().getRules().isFixedOffset() ? Duration.ZERO : MOVED_MIDNIGHT;
    contents = derived.nothing().copy();
    sameProgram = terms.fingerprint().equals(program.fingerprint());
    alwaysSameProgram = sameProgram && terms.openedUnder().equals(program.fingerprint());
  }

  Wallet wallet() {
    try {
      return checked();
    } catch (ArithmeticException tooMuch) {
      throw new IllegalArgumentException("the state breaks: every sum fits a long", tooMuch);
    } catch (DateTimeException tooFar) {
      throw new IllegalArgumentException("the state breaks: every date is a calendar's", tooFar);
    }
  }

  private Wallet checked() {
    checkStanding();
    Policy version = version(terms.onPlanSince());
    contents.spend(derived.edition(version).spending());
    state.lots().forEach(this::lot);
    state.claims().forEach(this::claim);
    state.pending().forEach(this::award);
    state.uses().forEach(this::use);
    checkLimits();
    checkGrants();
    state.seen().forEach(this::seen);
    checkCounters();
    long rows = Math.addExact(standing.lastTransaction(), state.seen().size());
    check(
        standing.revision() >= rows,
        "the revision counts every row and remembered event",
        standing.revision());
    long available = sum(state.lots().stream().map(Lot::left));
    long pending = sum(state.pending().stream().map(PendingAward::amount));
    check(
        contents.onHold() <= Long.MAX_VALUE - pending - available,
        "available, pending and on hold fit a long",
        available + ", " + pending + " and " + contents.onHold());
    check(
        state.lots().isEmpty() || standing.lastTransaction() > 0,
        "what is held came by a row of history",
        standing.lastTransaction());
    check(
        Collections.disjoint(lots.keySet(), others),
        "no number is of two things",
        new TreeSet<>(Sets.intersection(lots.keySet(), others)));
    Wallet restored =
        new Wallet(
            adopted(),
            contents,
            renewsAt(),
            available,
            derived.edition(version).frozenSources(terms.plan()));
    if (sameProgram) {
      return restored;
    }
    Draft draft = Draft.of(derived, restored);
    draft.change(edit -> edit.tickedTo = standing.clock());
    draft.forget();
    return draft.toWallet();
  }

  /** No wallet lives so long that it counts up to where its counters would end. */
  private void checkCounters() {
    for (long counter :
        new long[] {
          standing.revision(), standing.lastTransaction(), standing.lastNumber(), terms.renewals()
        }) {
      check(counter < MOST_COUNTED, "every counter can go on", counter);
    }
  }

  private void checkStanding() {
    check(
        terms.program().equals(program.name()),
        "the program is " + program.name(),
        terms.program());
    check(
        program.versionAt(terms.openedAt()).isPresent(),
        "the opening is not before the program starts",
        terms.openedAt());
    terms.facts().keySet().forEach(Restoring::fact);
    checkPlans();
    Policy version = version(terms.onPlanSince());
    terms.plans().values().forEach(plan -> checkPlan(version, plan));
    terms.waitingPlan().ifPresent(plan -> checkPlan(version(standing.clock()), plan));
    check(
        !terms.waitingPlan().equals(Optional.of(terms.plan())),
        "the waiting plan is another than the current one",
        terms.plan());
    for (Instant start : terms.cycleStarts()) {
      check(
          !start.isBefore(terms.openedAt()) && !start.isAfter(standing.clock()),
          "every cycle started between the opening and the clock",
          start);
    }
    check(
        !terms.tickedTo().isBefore(terms.openedAt()) && !terms.tickedTo().isAfter(standing.clock()),
        "ticks are done up to an instant between the opening and the clock",
        terms.tickedTo());
    terms.restarts().forEach(this::restart);
    check(Cycles.isUsable(terms.cycle()), "a cycle has months or days", terms.cycle());
    checkIfAlwaysSameProgram(
        program.versions().stream()
            .flatMap(any -> any.plans().stream())
            .map(Plan::cycle)
            .anyMatch(terms.cycle()::equals),
        "the cycle is one of the program's",
        terms.cycle());
    check(
        Math.abs((long) terms.anchor().getYear()) <= 20_000,
        "the anchor is a date of the wallet's time",
        terms.anchor());
    check(
        standing.clock().isBefore(renewsAt().plus(moved))
            && (startsLater() || !cycleStart().minus(moved).isAfter(standing.clock())),
        "the clock lies in the current cycle",
        terms.cycleIndex());
    Instant began = terms.cycleStarts().last();
    check(
        startsLater() || !began.isBefore(cycleStart().minus(moved)),
        "the last of the cycles that started is the current one",
        began);
  }

  /** Tells whether the cycle began on one of the last days of a month, and its anchor moved. */
  private boolean startsLater() {
    LocalDate began = terms.cycleStarts().last().atZone(terms.zone()).toLocalDate();
    return terms.cycleIndex() == 0
        && terms.anchor().equals(began.with(TemporalAdjusters.firstDayOfNextMonth()));
  }

  private static void fact(String name) {
    check(
        !name.isEmpty() && !name.equals(Condition.PLAN),
        "a fact has a name, and is not the plan",
        name);
  }

  private Instant cycleStart() {
    return Cycles.start(terms.anchor(), terms.cycle(), terms.cycleIndex(), terms.zone());
  }

  /** Returns the version in force at the clock for a wallet that has been on its plan so long. */
  private Policy version(Instant onPlanSince) {
    return program.versionAt(standing.clock(), terms.openedAt(), onPlanSince).orElseThrow();
  }

  private void checkPlans() {
    for (Instant change : terms.plans().keySet()) {
      check(
          !change.isBefore(terms.openedAt()) && !change.isAfter(standing.clock()),
          "every change of plan lies between the opening and the clock",
          change);
    }
    Instant oldest = derived.oldest(standing.clock());
    checkIfAlwaysSameProgram(
        terms.plans().keySet().stream().filter(at -> !at.isAfter(oldest)).count() <= 1
            && (terms.plans().firstKey().equals(terms.openedAt())
                || !terms.plans().firstKey().isAfter(oldest)),
        "a former plan lies within the wallet's memory",
        terms.plans());
  }

  private void restart(String tick, Instant from) {
    check(
        !from.isBefore(terms.openedAt()) && !from.isAfter(standing.clock()),
        "a tick is restarted between the opening and the clock",
        from);
    checkIfAlwaysSameProgram(
        program.versions().stream()
            .flatMap(version -> version.ticks().stream())
            .anyMatch(known -> known.name().equals(tick)),
        "the program has the tick",
        tick);
  }

  private void checkPlan(Policy version, String plan) {
    check(
        version.plan(plan).isPresent(),
        "version " + version.version() + " has the wallet's plan",
        plan);
  }

  private Instant renewsAt() {
    return Cycles.start(terms.anchor(), terms.cycle(), terms.cycleIndex() + 1, terms.zone());
  }

  private void lot(Lot lot) {
    terms(lot.terms());
    check(
        lot.terms().expiresAt().map(standing.clock()::isBefore).orElse(true),
        "no lot has expired",
        lot.terms());
    check(
        lotsHeld.add(lot.terms().number()),
        "every lot has a number of its own",
        lot.terms().number());
    contents.add(lot);
  }

  private void terms(Lot.Terms lot) {
    check(
        lot.equals(Objects.requireNonNullElse(lots.putIfAbsent(lot.number(), lot), lot)),
        "a lot has the same terms wherever it is named",
        lot);
    checkSource(lot.source());
    checkVersion(lot.version());
    Checks.instant("lot's grant instant", lot.grantedAt());
    check(lot.cycle() <= terms.renewals(), "no lot is of a later cycle", lot.cycle());
    check(
        lot.cycle() >= 0 || lot.grantedAt().isBefore(terms.openedAt()),
        "only what was brought along is of a cycle before the opening",
        lot.cycle());
    check(!lot.grantedAt().isAfter(standing.clock()), "no lot is of the future", lot.grantedAt());
    lot.origin().ifPresent(grant -> origin(lot, grant));
    check(lot.number() <= standing.lastNumber(), "the last number is the largest", lot.number());
  }

  private void origin(Lot.Terms lot, Lot.Origin grant) {
    check(
        grant.equals(Objects.requireNonNullElse(grants.putIfAbsent(grant.grant(), grant), grant)),
        "a grant is the same wherever it is named",
        grant);
    check(
        !grant.earnedAt().isAfter(lot.grantedAt()) && !grant.earnedAt().isBefore(terms.openedAt()),
        "a grant was earned between the opening and when it was posted",
        grant.earnedAt());
  }

  /**
   * What is left of a grant's lots, and what claims took from them, is not more than it brought.
   */
  private void checkGrants() {
    Map<Lot.Origin, Long> sums = new LinkedHashMap<>();
    Stream.concat(
            state.lots().stream().map(lot -> new Lot.Move(lot.terms(), lot.left())),
            state.claims().stream().flatMap(claim -> claim.draws().stream()))
        .forEach(
            move ->
                move.lot()
                    .origin()
                    .ifPresent(grant -> sums.merge(grant, move.amount(), Math::addExact)));
    sums.forEach(
        (grant, sum) ->
            check(sum <= grant.amount(), "no more is left of a grant than it brought", sum));
  }

  private void checkVersion(String name) {
    checkIfAlwaysSameProgram(hasVersion(name), "the program has the version", name);
  }

  private boolean hasVersion(String name) {
    return program.versions().stream().anyMatch(version -> version.version().equals(name));
  }

  private void checkSource(String source) {
    check(
        program.versions().stream().anyMatch(version -> version.source(source).isPresent()),
        "the program has the source",
        source);
  }

  private void number(String what, long number) {
    check(others.add(number), "every " + what + " has a number of its own", number);
    check(number <= standing.lastNumber(), "the last number is the largest", number);
  }

  private void claim(Claim claim) {
    number("claim", claim.number());
    check(
        contents.find(claim.subject(), claim.part()).isEmpty(),
        "a subject, or a part of it, has one claim",
        claim.subject());
    inMemory("claim's instant", terms.openedAt(), claim.submittedAt());
    claim.endedAt().ifPresent(at -> inMemory("claim's end", derived.oldest(standing.clock()), at));
    claim
        .lapse()
        .ifPresent(
            lapse ->
                check(
                    lapse.at().isAfter(claim.submittedAt())
                        && !lapse.at().isAfter(claim.submittedAt().plus(Effect.LONGEST_DELAY)),
                    "a claim lapses after its charge, and not more than 36,525 days",
                    lapse.at()));
    checkIfAlwaysSameProgram(
        claim.closesAt().map(at -> !at.isBefore(derived.oldest(standing.clock()))).orElse(true),
        "a claim is forgotten when it has been closed for the lateness",
        claim.subject());
    claim.draws().forEach(draw -> terms(draw.lot()));
    check(
        claim.draws().stream().allMatch(draw -> draw.amount() > 0),
        "a claim's draws are positive",
        claim.subject());
    check(
        sum(claim.draws().stream().map(Lot.Move::amount))
            == (claim.endedAt().isPresent() ? 0 : claim.amount()),
        "an open claim's draws sum to its amount, and an ended one has none",
        claim.subject());
    contents.add(claim);
    check(isLater(contents.nextRelease()), "no hold is due to be released", claim.subject());
  }

  private boolean isLater(@Nullable Instant release) {
    return release == null || release.isAfter(standing.clock());
  }

  private void inMemory(String what, Instant oldest, Instant at) {
    check(!at.isAfter(standing.clock()), "a " + what + " lies within the wallet's memory", at);
    checkIfAlwaysSameProgram(
        !at.isBefore(oldest), "a " + what + " lies within the wallet's memory", at);
  }

  private void award(PendingAward award) {
    number("pending award", award.number());
    inMemory("pending award's instant", terms.openedAt(), award.earnedAt());
    check(award.dueAt().isAfter(standing.clock()), "what is pending is not due yet", award.dueAt());
    check(award.amount() > 0, "what is pending is more than nothing", award.number());
    check(
        hasVersion(award.cause().version()),
        "the program has the version that pending credits get their terms from",
        award.cause().version());
    award.parts().forEach(part -> checkSource(part.source()));
    contents.add(award);
  }

  private void use(Use use) {
    LimitUses uses = contents.uses(use.limit());
    boolean known = derived.counted().containsKey(use.limit());
    check(known || !sameProgram, "the program has the limit", use.limit());
    if (!known) {
      return;
    }
    check(!uses.has(use.at()), "a limit's uses of one instant are one row", use.key());
    checkIfAlwaysSameProgram(
        use.amount() > 0 || derived.countsInSessions(use.limit()),
        "a use is more than nothing",
        use.key());
    Instant oldest =
        derived
            .counted(use.limit())
            .oldestUse()
            .to(derived.oldest(standing.clock()).minus(moved), () -> terms.times(renewsAt()));
    inMemory("use's instant", sinceOpening(sinceOpening(oldest).minus(moved)), use.at());
    contents.replace(uses.plus(use.at(), use.amount()));
  }

  /** No window may hold more than the most that any version lets through. */
  private void checkLimits() {
    for (Use use : state.uses()) {
      if (derived.counted().containsKey(use.limit())) {
        checkLimit(use, countedWith(use, derived.counted(use.limit()).window()));
      }
    }
  }

  /** A sum that does not fit a long has come round to something negative at the use that did it. */
  private void checkLimit(Use use, long counted) {
    boolean allowed =
        program.versions().stream()
            .flatMap(version -> version.limit(use.limit()).stream())
            .anyMatch(limit -> counted >= 0 && counted <= mostOf(limit.max()));
    checkIfAlwaysSameProgram(allowed, "no window holds more than its limit", use.key());
    check(counted >= 0, "what a window holds fits a long", use.key());
  }

  /**
   * Returns what a limit's window holds up to a use. In which day or cycle an earlier use lay may
   * be seen otherwise under a later edition of a zone's rules, so of these the use alone counts;
   * and what a session holds is one use.
   */
  private long countedWith(Use use, Window window) {
    LimitUses uses = contents.uses(use.limit());
    if (window instanceof Window.Rolling rolling) {
      return uses.between(use.at().minus(rolling.length()), use.at());
    }
    return window instanceof Window.Ever ? uses.between(Instant.MIN, use.at()) : use.amount();
  }

  /** Returns the most that a limit allows on any plan of any version. */
  private long mostOf(Quantity max) {
    return program.versions().stream()
        .flatMap(version -> version.plans().stream())
        .mapToLong(plan -> Basis.most(max, new Basis.OfPlan(plan)))
        .max()
        .orElseThrow();
  }

  private void seen(SeenEvent event) {
    check(contents.seen(event.id()) == null, "an event is remembered once", event.id());
    Instant oldest = derived.oldest(standing.clock());
    inMemory("remembered event's instant", sinceOpening(oldest), event.at());
    contents.add(event);
  }

  private Instant sinceOpening(Instant oldest) {
    return Comparators.max(terms.openedAt(), oldest);
  }

  private static long sum(Stream<Long> amounts) {
    return amounts.reduce(0L, Math::addExact);
  }

  /** A wallet that comes back to the edition it was opened under has known another since. */
  private String openedUnder() {
    return terms.openedUnder().equals(program.fingerprint())
        ? terms.fingerprint()
        : terms.openedUnder();
  }

  private Standing adopted() {
    return new Standing(
        new Standing.Terms(
            terms.program(),
            program.fingerprint(),
            openedUnder(),
            terms.zone(),
            terms.openedAt(),
            terms.plans(),
            terms.waitingPlan(),
            terms.facts(),
            terms.done(),
            terms.anchor(),
            terms.cycle(),
            terms.cycleIndex(),
            terms.cycleStarts(),
            terms.tickedTo(),
            terms.restarts(),
            terms.renewals()),
        standing.clock(),
        standing.revision(),
        standing.lastTransaction(),
        standing.lastNumber());
  }

  /** Checks what an earlier edition of the program may have had otherwise. */
  private void checkIfAlwaysSameProgram(boolean holds, String invariant, Object found) {
    check(holds || !alwaysSameProgram, invariant, found);
  }

  private static void check(boolean holds, String invariant, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          lenientFormat("the state breaks: %s; found %s", invariant, Sentences.plain("" + found)));
    }
  }
}
