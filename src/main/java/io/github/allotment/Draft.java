package io.github.allotment;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.pcollections.TreePSet;

/**
 * A wallet while a decision is being made: where it stands, what it contains, and what has been
 * done to it so far. It is mutable and confined to one call; dropping it undoes everything.
 */
final class Draft {

  final Program program;
  final Derived derived;
  final Standing before;
  private final boolean isNew;

  Instant clock;
  String plan;
  Optional<String> waitingPlan;
  private SortedMap<Instant, String> formerPlans;
  SortedSet<String> done;
  LocalDate anchor;
  Period cycle;
  long cycleIndex;
  TreePSet<Instant> cycleStarts;
  Instant tickedTo;
  SortedMap<String, FactValue> facts;
  Optional<String> leftPlan = Optional.empty();
  long renewals;
  Instant renewsAt;
  long revision;
  long lastTransaction;
  private long lastNumber;
  Contents contents;
  long available;
  long pending;

  final List<Transaction> transactions = new ArrayList<>();
  final List<Notice> notices = new ArrayList<>();
  private final Journal journal = new Journal();
  private int noticed;

  /** Starts from a wallet. */
  Draft(Program program, Derived derived, Wallet wallet) {
    this(program, derived, wallet.standing, wallet.contents, false);
    renewsAt = wallet.renewsAt;
    available = wallet.available();
    pending = wallet.pending();
  }

  /** Starts where a new wallet stands, with nothing in it. */
  static Draft opening(Program program, Derived derived, Standing standing) {
    return new Draft(program, derived, standing, Contents.EMPTY, true);
  }

  private Draft(
      Program program, Derived derived, Standing standing, Contents contents, boolean isNew) {
    this.isNew = isNew;
    this.program = program;
    this.derived = derived;
    this.contents = contents;
    before = standing;
    clock = standing.clock();
    plan = standing.plan();
    waitingPlan = standing.waitingPlan();
    formerPlans = standing.formerPlans();
    done = standing.done();
    anchor = standing.anchor();
    cycle = standing.cycle();
    cycleIndex = standing.cycleIndex();
    cycleStarts = TreePSet.from(standing.cycleStarts());
    tickedTo = standing.tickedTo();
    facts = standing.facts();
    renewals = standing.renewals();
    renewsAt = Cycles.start(anchor, cycle, cycleIndex + 1, standing.zone());
    revision = standing.revision();
    lastTransaction = standing.lastTransaction();
    lastNumber = standing.lastNumber();
  }

  /** Returns the policy version in force at an instant, which is not before the opening. */
  Policy version(Instant at) {
    return program.versionAt(at).orElseThrow();
  }

  /** Puts the wallet on another plan from the clock on. */
  void switchPlan(String to) {
    if (!to.equals(plan) && !formerPlans.containsKey(clock)) {
      formerPlans =
          ImmutableSortedMap.<Instant, String>naturalOrder()
              .putAll(formerPlans)
              .put(clock, plan)
              .buildOrThrow();
    }
    leftPlan = Optional.of(plan);
    plan = to;
    waitingPlan = Optional.empty();
  }

  /** Starts a cycle at the clock. */
  void startCycle(LocalDate from, Period length, long index) {
    anchor = from;
    cycle = length;
    cycleIndex = index;
    renewals = Math.incrementExact(renewals);
    renewsAt = Cycles.start(anchor, cycle, cycleIndex + 1, before.zone());
    cycleStarts = cycleStarts.plus(clock);
    forgetCycles();
  }

  /** Starts a cycle at the clock, reckoned from where a plan's anchor is. */
  void restartCycle(Plan to) {
    LocalDate from = to.anchor().dateFor(today());
    startCycle(
        from, to.cycle(), Math.max(0, Cycles.indexAt(from, to.cycle(), clock, before.zone())));
  }

  /** Returns the local date at the clock. */
  LocalDate today() {
    return clock.atZone(before.zone()).toLocalDate();
  }

  /** Returns the wallet's calendar. */
  Times times() {
    return new Times(before.zone(), cycleStarts, renewsAt, anchor, cycle);
  }

  /** Returns the plan that the wallet was on at an instant that is within the lateness. */
  String planAt(Instant at) {
    SortedMap<Instant, String> later = formerPlans.tailMap(at.plusNanos(1));
    return later.isEmpty() ? plan : later.values().iterator().next();
  }

  /** Returns what quantities depend on at an instant. */
  Basis basis(Policy version, Instant at) {
    return Basis.of(version.plan(planAt(at)).orElseThrow());
  }

  /** Returns a number that no lot, claim or pending award of this wallet has. */
  long nextNumber() {
    lastNumber = Math.incrementExact(lastNumber);
    return lastNumber;
  }

  /** Returns a new lot with the terms that its source has in a version. */
  Lot.Terms newLot(String source, Instant grantedAt, String version) {
    Source terms = source(source, version);
    return new Lot.Terms(
        nextNumber(),
        source,
        grantedAt,
        version,
        renewals,
        terms.priority(),
        terms.term().map(term -> term.match(new Expiry(this, grantedAt))));
  }

  private Source source(String source, String version) {
    for (Policy policy : program.versions()) {
      if (policy.version().equals(version)) {
        return policy.source(source).orElseGet(() -> Source.of(source));
      }
    }
    return Source.of(source);
  }

  void markDone(String key) {
    done = ImmutableSortedSet.<String>naturalOrder().addAll(done).add(key).build();
  }

  void addClaim(Claim claim) {
    contents = contents.plusClaim(claim);
    journal.added(claim);
  }

  void changeClaim(Claim old, Claim claim) {
    contents = contents.plusClaim(claim);
    journal.changed(old, claim);
  }

  void addAward(PendingAward award) {
    contents = contents.plusAward(award);
    journal.added(award);
  }

  void removeAward(PendingAward award) {
    contents = contents.minusAward(award);
    journal.removed(award);
  }

  /** Puts credits into a lot, or, if the amount is negative, takes them out of it. */
  void move(Lot.Move move) {
    long left = contents.left(move.lot());
    contents = contents.plusLot(move.lot(), move.amount());
    long now = left + move.amount();
    if (left == 0) {
      journal.added(new Lot(move.lot(), now));
    } else if (now == 0) {
      journal.removed(new Lot(move.lot(), left));
    } else {
      journal.changed(new Lot(move.lot(), left), new Lot(move.lot(), now));
    }
  }

  void use(String limit, Instant at, long amount) {
    LimitUses uses = contents.uses(limit);
    long counted = uses.at(at);
    Use use = new Use(limit, at, counted + amount);
    contents = contents.withUses(limit, uses.plus(at, amount));
    if (counted == 0) {
      journal.added(use);
    } else {
      journal.changed(new Use(limit, at, counted), use);
    }
  }

  void remember(Event event, ReasonCode reason) {
    SeenEvent seen = new SeenEvent(event.id(), event.at(), event.type(), reason);
    contents = contents.plusSeen(seen);
    journal.added(seen);
    revision = Math.incrementExact(revision);
  }

  /** Forgets what can no longer matter now that the clock stands where it does. */
  void forget() {
    Instant oldest = derived.oldest(clock);
    for (Optional<SeenEvent> event = contents.seenBefore(oldest);
        event.isPresent();
        event = contents.seenBefore(oldest)) {
      contents = contents.minusSeen(event.get());
      journal.removed(event.get());
    }
    for (Optional<Claim> claim = contents.closedBefore(oldest);
        claim.isPresent();
        claim = contents.closedBefore(oldest)) {
      contents = contents.minusClaim(claim.get());
      journal.removed(claim.get());
    }
    contents.uses().forEach(this::forgetUses);
    formerPlans = formerPlans.tailMap(oldest);
    forgetCycles();
  }

  private void forgetCycles() {
    Instant first = cycleStarts.floor(derived.oldest(clock));
    if (first != null) {
      cycleStarts = cycleStarts.tailSet(first, true);
    }
  }

  private void forgetUses(String limit, LimitUses uses) {
    if (derived.countsForEver(limit)) {
      sumUp(limit, uses);
      return;
    }
    Instant oldest = derived.oldestUse(limit, clock, times());
    List<Instant> over = uses.before(oldest);
    if (!over.isEmpty()) {
      over.forEach(at -> journal.removed(new Use(limit, at, uses.at(at))));
      contents = contents.withUses(limit, uses.from(oldest));
    }
  }

  /** Makes one use, at the opening, of those that no event can come between any more. */
  private void sumUp(String limit, LimitUses uses) {
    List<Instant> over = uses.before(derived.oldest(clock));
    if (over.size() > 1 || !over.stream().allMatch(openedAt()::equals)) {
      over.forEach(at -> journal.removed(new Use(limit, at, uses.at(at))));
      LimitUses sum = uses.summedUp(derived.oldest(clock), openedAt());
      journal.added(new Use(limit, openedAt(), sum.at(openedAt())));
      contents = contents.withUses(limit, sum);
    }
  }

  private Instant openedAt() {
    return before.openedAt();
  }

  /** Returns the rows that were posted after so many. */
  List<Transaction> transactionsFrom(int count) {
    return List.copyOf(transactions.subList(count, transactions.size()));
  }

  /** Ends an occasion: what became available since the last one makes one notice. */
  void endOccasion() {
    List<Transaction> gains =
        transactions.subList(noticed, transactions.size()).stream()
            .filter(transaction -> transaction.amount() > 0)
            .toList();
    noticed = transactions.size();
    int from = 0;
    while (from < gains.size()) {
      from = notice(gains, from);
    }
  }

  /**
   * Makes a notice of as many rows as have a sum that fits a {@code long}; returns the next row.
   */
  private int notice(List<Transaction> gains, int from) {
    long sum = 0;
    int to = from;
    while (to < gains.size() && gains.get(to).amount() <= Long.MAX_VALUE - sum) {
      sum += gains.get(to).amount();
      to++;
    }
    notices.add(new Notice(clock, sum, available, gains.subList(from, to)));
    return to;
  }

  /** Returns the wallet that the draft has come to. */
  Wallet toWallet() {
    return new Wallet(standing(), contents, renewsAt, available, pending);
  }

  /** Returns what is different from where the draft started. */
  List<Change> changes(Standing now) {
    if (isNew) {
      journal.added(now);
    } else if (!now.equals(before)) {
      journal.changed(before, now);
    }
    return journal.changes();
  }

  private Standing standing() {
    return new Standing(
        program.name(),
        program.fingerprint(),
        before.openedUnder(),
        before.zone(),
        before.openedAt(),
        clock,
        plan,
        waitingPlan,
        formerPlans,
        facts,
        done,
        anchor,
        cycle,
        cycleIndex,
        cycleStarts,
        tickedTo,
        renewals,
        revision,
        lastTransaction,
        lastNumber);
  }
}
