package io.github.allotment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Tick;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A wallet while a decision is being made: where it stands, what it contains, and what has been
 * done to it so far. It is mutable and confined to one call; dropping it undoes everything.
 */
final class Draft {

  final Derived derived;
  final Standing before;
  private final boolean isNew;

  Instant clock;
  Standing.Terms terms;

  /** What the plan allots that the wallet is just leaving, as far as it is known. */
  ImmutableList<Line> left = ImmutableList.of();

  /**
   * The ticks that the event has restarted, with the instant up to which they are done: its own may
   * lie so far back that some have been missed, whatever else has ticked since.
   */
  private @Nullable Map<String, Instant> restarted;

  Instant renewsAt;
  long revision;
  long lastTransaction;
  private long lastNumber;

  /** No lot that is there, or was since the draft started, has a greater number. */
  private long newestLot;

  final Contents contents;
  long held;

  private @Nullable List<Transaction> transactions;
  private @Nullable List<Notice> notices;
  private @Nullable List<Consequence> consequences;
  private final Journal journal;
  private int noticed;

  /** Whether a rule has acted since time has passed; then this can't be kept for a refusal. */
  boolean acted;

  private @Nullable Instant oldest;
  private @Nullable Instant oldestFor;

  /** Where the clock stood when all was forgotten that could no longer matter. */
  private @Nullable Instant forgottenAt;

  /** The version that was last looked for, which is mostly the one that is looked for next. */
  private Derived.@Nullable Edition found;

  private @Nullable Instant foundAt;

  /** Starts from a wallet. */
  static Draft of(Derived derived, Wallet wallet) {
    Standing standing = wallet.standing;
    Contents contents = wallet.contents.copy();
    Journal journal = new Journal();
    Standing.Terms terms = standing.terms();
    Instant clock = standing.clock();
    Instant renewsAt = wallet.renewsAt;
    long held = wallet.held();
    return new Draft(derived, standing, terms, clock, contents, renewsAt, held, journal, false);
  }

  /** Starts where a new wallet stands, with nothing in it. */
  static Draft opening(Derived derived, Standing standing) {
    Standing.Terms terms = standing.terms();
    Instant renewsAt =
        Cycles.start(terms.anchor(), terms.cycle(), terms.cycleIndex() + 1, terms.zone());
    return new Draft(
        derived,
        standing,
        terms,
        standing.clock(),
        derived.nothing().copy(),
        renewsAt,
        0,
        new Journal(),
        true);
  }

  private Draft(
      Derived derived,
      Standing standing,
      Standing.Terms terms,
      Instant clock,
      Contents contents,
      Instant renewsAt,
      long held,
      Journal journal,
      boolean isNew) {
    this.derived = derived;
    this.contents = contents;
    before = standing;
    this.terms = terms;
    this.clock = clock;
    this.renewsAt = renewsAt;
    this.journal = journal;
    this.isNew = isNew;
    this.held = held;
    revision = standing.revision();
    lastTransaction = standing.lastTransaction();
    lastNumber = standing.lastNumber();
    newestLot = lastNumber;
  }

  /** Changes what the wallet goes by. */
  void change(Consumer<TermsEdit> change) {
    TermsEdit edit = new TermsEdit(terms);
    change.accept(edit);
    terms = edit.terms();
  }

  /** Returns the version in force for the wallet at an instant, which is not before the opening. */
  Policy version(Instant at) {
    return edition(at).version();
  }

  /** Returns the version in force for the wallet at the clock. */
  Policy version() {
    return version(clock);
  }

  /** Returns what follows from the version in force at an instant, not before the opening. */
  Derived.Edition edition(Instant at) {
    Derived.Edition edition = found;
    if (edition == null || !at.equals(foundAt)) {
      edition = derived.edition(at, terms);
      found = edition;
      foundAt = at;
    }
    return edition;
  }

  /** Returns since when the version in force at the clock has been in force for the wallet. */
  Instant inForceSince() {
    Policy version = version();
    return switch (version.adoption()) {
      case EVERYBODY -> version.fromInclusive();
      case NEW_WALLETS -> openedAt();
      case CHANGED_PLANS -> terms.onPlanSince(clock);
    };
  }

  /** Returns the plan that the wallet is on. */
  String plan() {
    return terms.plan();
  }

  /** Returns the plan that the wallet was on at an instant that is within the lateness. */
  String planAt(Instant at) {
    return requireNonNull(terms.plans().get(terms.onPlanSince(at)));
  }

  /** Puts the wallet on another plan from the clock on. */
  void switchPlan(String to) {
    Derived.Edition before = edition(clock);
    left =
        before
            .version()
            .plan(plan())
            .map(Plan::allotment)
            .map(ImmutableList::copyOf)
            .orElse(ImmutableList.of());
    boolean isAnother = !to.equals(plan());
    change(
        edit -> {
          edit.waitingPlan = Optional.empty();
          if (isAnother) {
            edit.plans =
                ImmutableSortedMap.<Instant, String>naturalOrder()
                    .putAll(terms.plans().headMap(clock))
                    .put(clock, to)
                    .buildOrThrow();
          }
        });
    if (isAnother) {
      found = null;
      forgottenAt = null;
      startTicks(before.restarted(), edition(clock).restarted());
    }
  }

  /** Reckons from the clock the ticks that the version brings which the change has brought. */
  private void startTicks(ImmutableSet<String> before, ImmutableSet<String> now) {
    for (String tick : now) {
      if (!before.contains(tick) && !terms.restarts().containsKey(tick)) {
        restart(tick, clock);
      }
    }
  }

  /** Reckons a tick from an instant on. */
  void restart(String tick, Instant from) {
    change(edit -> edit.restarts = TermsEdit.with(terms.restarts(), tick, from));
  }

  /** Returns the sources whose credits can't be spent now. */
  ImmutableSet<String> frozenSources() {
    return derived.freezes() ? edition(clock).frozenSources(plan()) : ImmutableSet.of();
  }

  /** Keeps the lots in the order in which the version in force spends them. */
  void sortLots() {
    contents.spend(edition(clock).spending());
  }

  /** Returns how many credits can be spent now. */
  long available() {
    ImmutableSet<String> frozen = frozenSources();
    return frozen.isEmpty() ? held : held - contents.left(frozen);
  }

  /** Returns how many credits from a source can be spent now. */
  long available(String source) {
    return frozenSources().contains(source) ? 0 : contents.left(source);
  }

  /** Starts a cycle at the clock. */
  void startCycle(LocalDate from, Period length, long index) {
    change(
        edit -> {
          edit.anchor = from;
          edit.cycle = length;
          edit.cycleIndex = index;
          edit.renewals = Math.incrementExact(terms.renewals());
          edit.cycleStarts = startsWithClock();
        });
    renewsAt = Cycles.start(from, length, index + 1, terms.zone());
    forgottenAt = null;
  }

  /**
   * Starts a cycle at the clock, reckoned from where a plan's anchor is. So are ticks of a period
   * from now on, and none of them is due for a date that is over.
   *
   * @param ticked the instant up to which ticks are done: the clock, or just before it if its ticks
   *     are still to come
   */
  void restartCycle(Plan to, Instant ticked) {
    LocalDate from = to.anchor().dateFor(today());
    if (terms.tickedTo().isBefore(ticked)) {
      change(edit -> edit.tickedTo = ticked);
    }
    startCycle(from, to.cycle(), indexOfNew(from, to, clock));
  }

  /** Returns the local date at the clock. */
  LocalDate today() {
    return clock.atZone(terms.zone()).toLocalDate();
  }

  /** Returns the wallet's calendar. */
  Times times() {
    return terms.times(renewsAt);
  }

  /** Returns a number that no lot, claim or pending award of this wallet has. */
  long nextNumber() {
    lastNumber = Math.incrementExact(lastNumber);
    return lastNumber;
  }

  /** Returns a new lot with the terms that its source has in a version. */
  Lot.Terms newLot(String source, Instant grantedAt, String version, Stamp stamp) {
    Source from = derived.source(source, version);
    return new Lot.Terms(
        nextNumber(),
        source,
        grantedAt,
        version,
        terms.renewals() - cyclesSince(grantedAt),
        from.priorityFact().isPresent() ? stamp.priority().orElse(0) : from.priority(),
        expiry(from, grantedAt, stamp),
        stamp.origin());
  }

  /**
   * Returns how many cycles before the current one a lot was granted: in that, unless an account
   * brings it along, or in the next one, if the renewal is at the clock and still to come.
   */
  long cyclesSince(Instant grantedAt) {
    if (grantedAt.isBefore(clock)) {
      return terms.cycleIndex()
          - Cycles.indexAt(terms.anchor(), terms.cycle(), grantedAt, terms.zone());
    }
    return clock.isBefore(renewsAt) ? 0 : -1;
  }

  /**
   * Returns the start of a cycle after the current one, if the wallet stays on the plan that is
   * known to come.
   *
   * @param count how many renewals it is away; 0 or less for the current cycle and those before it
   */
  Instant cycleStart(long count) {
    Plan coming = version().plan(terms.waitingPlan().orElse(plan())).orElse(null);
    if (count <= 1 || coming == null || terms.goesOn(coming)) {
      return Cycles.start(terms.anchor(), terms.cycle(), terms.cycleIndex() + count, terms.zone());
    }
    LocalDate from = coming.anchor().dateFor(renewsAt.atZone(terms.zone()).toLocalDate());
    return Cycles.start(
        from, coming.cycle(), indexOfNew(from, coming, renewsAt) + count - 1, terms.zone());
  }

  /** Returns the index of a cycle that starts anew at an instant. */
  private long indexOfNew(LocalDate from, Plan plan, Instant at) {
    return Math.max(0, Cycles.indexAt(from, plan.cycle(), at, terms.zone()));
  }

  /** Returns when a lot expires that is granted now. */
  Optional<Instant> expiry(Source source, Instant grantedAt, Stamp stamp) {
    return source.term().flatMap(term -> term.match(new Expiry(this, grantedAt, stamp)));
  }

  /** Returns the number that the next lot, claim or pending award of this wallet will have. */
  long comingNumber() {
    return Math.incrementExact(lastNumber);
  }

  /** Notes that of a tick which is reckoned anew none is done since an instant. */
  void notTickedSince(String tick, Instant from) {
    restarted = restarted == null ? new LinkedHashMap<>() : restarted;
    restarted.put(tick, from);
  }

  /** Returns the instant up to which a tick is done. */
  Instant tickedTo(String tick) {
    return restarted == null ? terms.tickedTo() : restarted.getOrDefault(tick, terms.tickedTo());
  }

  /** Notes that ticks are done up to an instant at which they were due. */
  void ticked(List<Tick> ticks, Instant due) {
    if (terms.tickedTo().isBefore(due)) {
      change(edit -> edit.tickedTo = due);
    }
    if (restarted != null) {
      for (Tick tick : ticks) {
        restarted.replace(tick.name(), due);
      }
    }
  }

  void markDone(String key) {
    change(
        edit ->
            edit.done =
                ImmutableSortedSet.<String>naturalOrder().addAll(terms.done()).add(key).build());
  }

  void addClaim(Claim claim) {
    contents.add(claim);
    journal.added(claim);
  }

  /** Lets a claim become another, which is not equal to it. */
  void changeClaim(Claim old, Claim claim) {
    contents.replace(old, claim);
    journal.changed(old, claim);
  }

  void addAward(PendingAward award) {
    contents.add(award);
    journal.added(award);
  }

  void removeAward(PendingAward award) {
    contents.remove(award);
    journal.removed(award);
  }

  /** Puts credits into a lot, or, if the amount is negative, takes them out of it. */
  void move(Lot.Move move) {
    Lot.Terms lot = move.lot();
    boolean isNew = lot.number() > newestLot;
    Lot before = isNew ? null : contents.find(lot);
    if (isNew) {
      newestLot = lot.number();
    }
    if (before == null) {
      Lot row = new Lot(lot, move.amount());
      contents.add(row);
      journal.added(row);
      return;
    }
    long left = Math.addExact(before.left(), move.amount());
    if (left == 0) {
      contents.remove(before);
      journal.removed(before);
    } else {
      Lot row = new Lot(lot, left);
      contents.replace(before, row);
      journal.changed(before, row);
    }
  }

  /**
   * Adds an amount to the uses of a limit, or, if it is negative, gives its room back; returns what
   * counts then.
   */
  LimitUses use(LimitUses uses, Instant at, long amount) {
    String limit = uses.limit();
    LimitUses after = uses.plus(at, amount);
    if (!uses.has(at)) {
      contents.replace(after);
      journal.added(new Use(limit, at, amount));
      return after;
    }
    Use before = new Use(limit, at, uses.at(at));
    if (before.amount() + amount == 0 && !derived.countsInSessions(limit)) {
      LimitUses without = after.without(at);
      contents.replace(without);
      journal.removed(before);
      return without;
    }
    contents.replace(after);
    journal.changed(before, new Use(limit, at, before.amount() + amount));
    return after;
  }

  void remember(Event event, ReasonCode reason) {
    String id = event.id();
    Instant at = event.at();
    String type = event.type();
    SeenEvent seen = new SeenEvent(id, at, type, reason);
    contents.add(seen);
    journal.added(seen);
    revision = Math.incrementExact(revision);
  }

  /** Returns the oldest instant of an event that is still accepted, and of what is remembered. */
  Instant oldest() {
    if (oldest == null || !clock.equals(oldestFor)) {
      oldest = derived.oldest(clock);
      oldestFor = clock;
    }
    return oldest;
  }

  /** Forgets what can no longer matter now that the clock stands where it does. */
  void forget() {
    if (clock.equals(forgottenAt)) {
      return;
    }
    forgottenAt = clock;
    Instant oldest = oldest();
    for (SeenEvent event = contents.seenBefore(oldest);
        event != null;
        event = contents.seenBefore(oldest)) {
      contents.remove(event);
      journal.removed(event);
    }
    for (Claim claim = contents.closedBefore(oldest);
        claim != null;
        claim = contents.closedBefore(oldest)) {
      contents.remove(claim);
      journal.removed(claim);
    }
    contents.uses().forEach(this::forgetUses);
    if (terms.plans().size() > 1) {
      forgetPlans(terms.onPlanSince(oldest));
    }
    if (terms.cycleStarts().size() > 1) {
      forgetStarts();
    }
  }

  private void forgetStarts() {
    ImmutableSortedSet<Instant> starts = Standing.immutable(terms.cycleStarts());
    ImmutableSortedSet<Instant> remembered = remembered(starts);
    if (remembered.size() < starts.size()) {
      change(edit -> edit.cycleStarts = remembered);
    }
  }

  private void forgetPlans(Instant since) {
    if (terms.plans().firstKey().isBefore(since)) {
      change(edit -> edit.plans = terms.plans().tailMap(since));
      found = null;
    }
  }

  private ImmutableSortedSet<Instant> remembered(ImmutableSortedSet<Instant> starts) {
    Instant from = starts.floor(oldest());
    return from == null ? starts : starts.tailSet(from, true);
  }

  /** Returns the starts of cycles that are remembered if one starts now. */
  private ImmutableSortedSet<Instant> startsWithClock() {
    if (!clock.isAfter(oldest())) {
      return ImmutableSortedSet.of(clock);
    }
    ImmutableSortedSet<Instant> before = remembered(Standing.immutable(terms.cycleStarts()));
    return before.size() == 1
        ? ImmutableSortedSet.of(before.first(), clock)
        : ImmutableSortedSet.<Instant>naturalOrder().addAll(before).add(clock).build();
  }

  private void forgetUses(LimitUses uses) {
    Instant accepted = oldest();
    if (!uses.hasBefore(accepted)) {
      return;
    }
    Derived.Counted counted = derived.counted(uses.limit());
    if (counted.window() instanceof Window.Ever) {
      sumUp(uses, accepted);
      return;
    }
    Instant oldest = counted.oldestUse().to(accepted, this::times);
    if (uses.hasBefore(oldest)) {
      uses.before(oldest).forEach(journal::removed);
      contents.replace(uses.from(oldest));
    }
  }

  /** Makes one use, at the opening, of those that no event can come between any more. */
  private void sumUp(LimitUses uses, Instant oldest) {
    List<Use> over = uses.before(oldest);
    if (over.size() > 1 || !over.stream().allMatch(use -> use.at().equals(openedAt()))) {
      over.forEach(journal::removed);
      LimitUses sum = uses.summedUp(oldest, openedAt());
      journal.added(new Use(uses.limit(), openedAt(), sum.at(openedAt())));
      contents.replace(sum);
    }
  }

  Instant openedAt() {
    return terms.openedAt();
  }

  /** Returns the rows that were posted after so many. */
  List<Transaction> transactionsFrom(int count) {
    return List.copyOf(transactions().subList(count, transactions().size()));
  }

  /** Notes a row that was posted. */
  void posted(Transaction transaction) {
    transactions = Few.plus(transactions, transaction);
  }

  /** Returns the rows that were posted. */
  List<Transaction> transactions() {
    return Few.orNone(transactions);
  }

  /** Returns what the host should tell the account. */
  List<Notice> notices() {
    return Few.orNone(notices);
  }

  /** Notes what a rule, or time, has done. */
  void tell(Consequence consequence) {
    consequences = Few.plus(consequences, consequence);
  }

  /** Returns what was done, in order. */
  List<Consequence> told() {
    return Few.orNone(consequences);
  }

  /** Starts with an event: what time has brought is not what the event does. */
  void begin() {
    consequences = null;
    acted = false;
  }

  /** Ends an occasion: what became available since the last one makes one notice. */
  void endOccasion() {
    List<Transaction> posted = transactions();
    if (noticed == posted.size()) {
      return;
    }
    List<Transaction> gains = ImmutableList.of();
    for (; noticed < posted.size(); noticed++) {
      if (gain(posted.get(noticed)) > 0) {
        gains = Few.plus(gains, posted.get(noticed));
      }
    }
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
    while (to < gains.size() && gain(gains.get(to)) <= Long.MAX_VALUE - sum) {
      sum += gain(gains.get(to));
      to++;
    }
    notices =
        Few.plus(
            notices, new Notice(clock, sum, availableWithoutExpired(), gains.subList(from, to)));
    return to;
  }

  /** Returns how many of the credits that a row brought can be spent now, and are not over. */
  private long gain(Transaction row) {
    long gain = row.amount();
    ImmutableSet<String> frozen = frozenSources();
    for (int i = 0; i < row.moves().size(); i++) {
      Lot.Terms lot = row.moves().get(i).lot();
      if (isOver(lot.expiresAt()) || frozen.contains(lot.source())) {
        gain -= row.moves().get(i).amount();
      }
    }
    return gain;
  }

  /** Tells whether what expires then, if ever, is over at the clock. */
  boolean isOver(Optional<Instant> expiry) {
    return expiry.isPresent() && !expiry.get().isAfter(clock);
  }

  /** Takes out what is over at the clock, and tells it. */
  void expire() {
    tellExpired(Ledger.expire(this));
  }

  /** Tells that credits have expired at the clock, if it is more than none. */
  void tellExpired(long amount) {
    if (amount > 0) {
      tell(new Consequence.Expired("expiry", version().version(), amount, clock));
    }
  }

  /** Returns how many credits can be spent now without what is over, which is taken out next. */
  private long availableWithoutExpired() {
    long available = available();
    if (contents.expires(clock)) {
      ImmutableSet<String> frozen = frozenSources();
      for (Lot.Terms lot : contents.expired(clock)) {
        available -= frozen.contains(lot.source()) ? 0 : contents.left(lot);
      }
    }
    return available;
  }

  /** Returns the wallet that the draft has come to. */
  Wallet toWallet() {
    Standing standing = new Standing(terms, clock, revision, lastTransaction, lastNumber);
    ImmutableSet<String> frozen = frozenSources();
    return new Wallet(standing, contents, renewsAt, held, frozen);
  }

  /** Returns what is different from where the draft started. */
  List<Change> changes(Standing now) {
    if (isNew) {
      journal.stands(new Change.Added(now));
    } else if (revision != before.revision() || !now.equals(before)) {
      journal.stands(new Change.Changed(before, now));
    }
    return journal.changes();
  }
}
