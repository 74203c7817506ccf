package io.github.allotment.reference;

import io.github.allotment.Cycle;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.ReasonCode;
import io.github.allotment.policy.Adoption;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Tick;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Window;
import io.github.allotment.testkit.Posting;
import io.github.allotment.testkit.Snapshot;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What any program does to one account, written down as the semantics say it: plain lists that are
 * never shortened, every figure summed anew from all that ever happened. It is slow, and shares
 * nothing with the engine but the words of the rule language.
 */
public class ProgramModel {

  /** What is left of a grant. */
  public static final class ModelLot {
    public final int number;
    public final String source;
    public final Instant grantedAt;
    public final Optional<Instant> expiresAt;
    final int priority;
    final long cycle;
    final @Nullable Granted grant;
    public long left;

    private ModelLot(
        int number,
        String source,
        Instant grantedAt,
        Optional<Instant> expiresAt,
        int priority,
        long cycle,
        @Nullable Granted grant) {
      this.number = number;
      this.source = source;
      this.grantedAt = grantedAt;
      this.expiresAt = expiresAt;
      this.priority = priority;
      this.cycle = cycle;
      this.grant = grant;
    }

    @Override
    public String toString() {
      return source + " " + left + " of " + grantedAt + " until " + expiresAt + " at " + priority;
    }
  }

  /** One grant of one event that has a subject. */
  public record Granted(int number, String subject, long amount, Instant at, List<Limit> limits) {}

  /** What is taken from a lot, or put into it. */
  public record Draw(ModelLot lot, long amount) {}

  /** A charge that can be ended. */
  public static final class ModelClaim {
    public final String subject;
    public final String part;
    public final Optional<String> group;
    public final Instant at;
    public final Set<String> done = new TreeSet<>();
    public final Optional<Instant> lapsesAt;
    public final boolean returns;
    public final boolean renews;
    public List<Draw> draws;
    public Optional<Instant> endedAt = Optional.empty();

    private ModelClaim(
        String subject,
        String part,
        Optional<String> group,
        Instant at,
        List<Draw> draws,
        Optional<Instant> lapsesAt,
        boolean returns,
        boolean renews) {
      this.subject = subject;
      this.part = part;
      this.group = group;
      this.at = at;
      this.draws = draws;
      this.lapsesAt = lapsesAt;
      this.returns = returns;
      this.renews = renews;
    }

    public long amount() {
      return draws.stream().mapToLong(Draw::amount).sum();
    }

    public Optional<Instant> closesAt() {
      return endedAt.or(() -> lapsesAt);
    }

    boolean openAt(Instant instant) {
      return !at.isAfter(instant) && closesAt().map(instant::isBefore).orElse(true);
    }

    @Override
    public String toString() {
      return subject
          + (part.isEmpty() ? "" : " " + part)
          + group.map(it -> " of " + it).orElse("")
          + " since "
          + at
          + (returns ? " on hold" : "")
          + closesAt().map(it -> " until " + it).orElse("")
          + endedAt.map(it -> ", ended").orElse("")
          + ", "
          + draws.stream().map(it -> it.amount() + " of lot " + it.lot().number).toList()
          + ", earned "
          + done;
    }
  }

  /** A part of a grant. */
  public record Piece(
      String label,
      String source,
      long amount,
      Optional<Instant> expiresAt,
      Optional<Integer> rank) {

    Piece of(long other) {
      return new Piece(label, source, other, expiresAt, rank);
    }
  }

  /** What has been earned and is not there yet. */
  public record Waiting(
      Optional<String> event,
      Instant earnedAt,
      Instant dueAt,
      TransactionType type,
      List<Piece> pieces,
      String rule,
      String version,
      Optional<String> subject,
      List<Limit> limits) {

    public long amount() {
      return pieces.stream().mapToLong(Piece::amount).sum();
    }
  }

  /** What a limit was used for. */
  public record Used(String limit, Instant at, long amount) {}

  /** An event that was seen. */
  public record Seen(Instant at, String type) {}

  /** Why a rule refuses an event. */
  public record Refusal(ReasonCode code, String rule) {}

  /** What was posted. */
  public final List<Posting> rows = new ArrayList<>();

  /** Why the last event was refused; empty if it was not, or not by a rule. */
  public List<Refusal> refusals = List.of();

  /** All that was ever granted, also what is used up. */
  protected final List<ModelLot> lots = new ArrayList<>();

  /** What happened, by name, so that a test can see that it did. */
  final Map<String, Long> seenKinds = new TreeMap<>();

  protected final Program program;
  protected final Opening opening;
  protected final ZoneId zone;
  protected final Instant openedAt;
  protected final List<ModelClaim> claims = new ArrayList<>();
  protected final List<Waiting> waiting = new ArrayList<>();
  protected final List<Used> uses = new ArrayList<>();
  protected final Map<String, List<Instant>> sessions = new HashMap<>();
  protected final Map<String, Seen> seen = new HashMap<>();
  protected final Set<String> done = new HashSet<>();
  protected final Map<String, FactValue> facts = new TreeMap<>();
  protected final TreeMap<Instant, String> plans = new TreeMap<>();
  protected final List<Instant> cycleStarts = new ArrayList<>();
  protected final Map<String, Instant> restarts = new HashMap<>();

  /** Up to when the ticks are done that the last event has restarted. */
  protected final Map<String, Instant> justRestarted = new HashMap<>();

  protected Instant clock;
  protected Optional<String> comingPlan = Optional.empty();
  protected List<Line> left = List.of();
  protected LocalDate anchor = LocalDate.EPOCH;
  protected Period cycle = Period.ofMonths(1);
  protected long cycleIndex;
  protected long renewals;
  protected int grants;
  protected Instant tickedTo;

  public ProgramModel(Program program, Opening opening) {
    this.program = program;
    this.opening = opening;
    zone = opening.zone();
    openedAt = opening.at();
    clock = openedAt;
    tickedTo = openedAt;
    plans.put(openedAt, opening.plan());
    facts.putAll(opening.facts());
  }

  /** Opens the account; nothing else can be done before. */
  public void open() {
    Plan plan = plan(opening.plan());
    anchor = plan.anchor().dateFor(dateOf(openedAt));
    cycle = plan.cycle();
    cycleIndex = Math.max(0, indexAt(anchor, cycle, openedAt));
    cycleStarts.add(openedAt);
    calendar("opened");
    advance(openedAt);
  }

  // Time

  protected LocalDate dateOf(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  protected Instant start(LocalDate from, Period length, long index) {
    return from.plus(length.multipliedBy((int) index)).atStartOfDay(zone).toInstant();
  }

  protected long indexAt(LocalDate from, Period length, Instant at) {
    long index = 0;
    while (start(from, length, index).isAfter(at)) {
      index--;
    }
    while (!start(from, length, index + 1).isAfter(at)) {
      index++;
    }
    return index;
  }

  protected Instant renewsAt() {
    return start(anchor, cycle, cycleIndex + 1);
  }

  protected Policy version(Instant at) {
    Instant since = Optional.ofNullable(plans.floorKey(at)).orElse(plans.firstKey());
    return program.versions().stream()
        .filter(it -> !it.fromInclusive().isAfter(at))
        .filter(
            it ->
                it.adoption() == Adoption.EVERYBODY
                    || (it.adoption() == Adoption.NEW_WALLETS
                        && !openedAt.isBefore(it.fromInclusive()))
                    || (it.adoption() == Adoption.CHANGED_PLANS
                        && !since.isBefore(it.fromInclusive())))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  protected String planAt(Instant at) {
    return Optional.ofNullable(plans.floorEntry(at)).orElse(plans.firstEntry()).getValue();
  }

  protected String planNow() {
    return plans.lastEntry().getValue();
  }

  protected Plan plan(String name) {
    return version(clock).plan(name).orElseThrow();
  }

  /** Returns since when the version in force at the clock has been. */
  protected Instant versionSince() {
    Policy version = version(clock);
    return switch (version.adoption()) {
      case EVERYBODY -> version.fromInclusive();
      case NEW_WALLETS -> openedAt;
      case CHANGED_PLANS -> plans.lastKey();
    };
  }

  protected boolean isRestarted(Policy version, String tick) {
    return version.rules().stream()
        .anyMatch(
            it -> it.effect() instanceof Effect.Restart restart && restart.tick().equals(tick));
  }

  /** Returns from when a tick is reckoned that is not reckoned as the cycles are, or null. */
  protected @Nullable Instant tickOrigin(Policy version, String tick) {
    if (restarts.containsKey(tick) || !isRestarted(version, tick)) {
      return restarts.get(tick);
    }
    Instant brought = version.fromInclusive();
    for (int i = program.versions().indexOf(version) - 1; i >= 0; i--) {
      Policy before = program.versions().get(i);
      boolean reached =
          before.adoption() == Adoption.EVERYBODY || !before.fromInclusive().isAfter(openedAt);
      if (reached && !isRestarted(before, tick)) {
        break;
      }
      brought = reached ? before.fromInclusive() : brought;
    }
    return brought.isBefore(openedAt) ? openedAt : brought;
  }

  protected List<Instant> occurrences(Policy version, Tick tick, Instant since, Instant until) {
    return occurrences(version, tick, until).stream()
        .filter(at -> at.isAfter(justRestarted.getOrDefault(tick.name(), tickedTo)))
        .filter(at -> !at.isBefore(since))
        .toList();
  }

  /** Returns the occurrences of a tick, done or not, as it is reckoned now. */
  protected List<Instant> occurrences(Policy version, Tick tick, Instant until) {
    List<Instant> all = new ArrayList<>();
    Instant restart = tickOrigin(version, tick.name());
    for (long k = 1; ; k++) {
      Instant at;
      if (tick.interval() instanceof Tick.Interval.Exact exact) {
        Instant origin = restart == null ? openedAt : restart;
        at = origin.plus(exact.length().multipliedBy(k));
      } else {
        Period period = ((Tick.Interval.OfCalendar) tick.interval()).period();
        LocalDate origin = restart == null ? anchor : dateOf(restart);
        long first = restart == null ? indexAt(anchor, period, openedAt) : 0;
        at = start(origin, period, first + k);
      }
      if (at.isAfter(until)) {
        return all;
      }
      all.add(at);
    }
  }

  /**
   * Returns the next tick up to an instant, looking ahead at the versions that come for everybody.
   */
  protected Optional<Instant> nextTick(Instant until) {
    List<Instant> all = new ArrayList<>();
    Policy version = version(clock);
    Instant since = versionSince();
    List<Policy> later =
        program.versions().stream()
            .filter(it -> it.fromInclusive().isAfter(clock))
            .filter(it -> it.adoption() == Adoption.EVERYBODY)
            .toList();
    for (int i = 0; i <= later.size(); i++) {
      Instant end = i < later.size() ? later.get(i).fromInclusive() : Instant.MAX;
      for (Tick tick : version.ticks()) {
        occurrences(version, tick, since, until).stream().filter(end::isAfter).forEach(all::add);
      }
      if (i < later.size()) {
        version = later.get(i);
        since = version.fromInclusive();
      }
    }
    return all.stream().min(Comparator.naturalOrder());
  }

  /** Lets time pass. */
  public void advance(Instant to) {
    if (to.isBefore(clock)) {
      return;
    }
    boolean wasDue = true;
    while (wasDue) {
      wasDue = step(to);
    }
    clock = to;
  }

  /** Returns when the next thing is due, looking for ticks up to an instant only. */
  protected Instant nextDue(Instant to) {
    return Stream.of(
            lots.stream().filter(lot -> lot.left > 0).flatMap(lot -> goneAt(lot).stream()),
            claims.stream().filter(it -> it.returns && it.endedAt.isEmpty()).map(this::releasedAt),
            Stream.of(renewsAt()),
            nextTick(to.isAfter(clock) ? to : clock).stream(),
            waiting.stream().map(Waiting::dueAt))
        .flatMap(it -> it)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Says whether what is due at an instant is done when time passes up to another. */
  protected boolean isDue(Instant due, Instant to) {
    return !due.isAfter(to);
  }

  /** Does the next thing that is due up to an instant; returns false if nothing is. */
  protected boolean step(Instant to) {
    Instant due = nextDue(to);
    if (!isDue(due, to)) {
      return false;
    }
    clock = due.isAfter(clock) ? due : clock;
    if (!expire() && !release()) {
      if (due.equals(renewsAt())) {
        renew();
      } else if (nextTick(clock).equals(Optional.of(due))) {
        tick(due);
      } else {
        settleNext();
      }
    }
    return true;
  }

  /** Returns when a lot is no longer there. */
  protected Optional<Instant> goneAt(ModelLot lot) {
    return lot.expiresAt;
  }

  protected boolean expire() {
    List<Draw> gone =
        lots.stream()
            .filter(lot -> lot.left > 0)
            .filter(lot -> goneAt(lot).filter(at -> !at.isAfter(clock)).isPresent())
            .map(lot -> new Draw(lot, -lot.left))
            .toList();
    post(Optional.empty(), TransactionType.EXPIRY, gone, "expiry");
    return !gone.isEmpty();
  }

  /** Returns when a hold is released, if nobody ends it before. */
  protected Instant releasedAt(ModelClaim hold) {
    return hold.lapsesAt.orElseThrow();
  }

  protected boolean release() {
    Optional<ModelClaim> first =
        claims.stream()
            .filter(it -> it.returns && it.endedAt.isEmpty())
            .filter(it -> !releasedAt(it).isAfter(clock))
            .min(Comparator.comparing(it -> it.lapsesAt.orElseThrow()));
    first.ifPresent(
        claim -> {
          kind("hold released");
          renewingAt = clock;
          giveBack(Optional.empty(), claim, claim.amount(), claim.renews, "release of a hold");
          close(claim, claim.lapsesAt.orElseThrow());
        });
    return first.isPresent();
  }

  protected void renew() {
    List<Tick> due = dueTicks();
    Optional<String> coming = comingPlan;
    if (coming.isPresent()) {
      changePlan(coming.get(), this::nextCycle);
    } else {
      nextCycle();
    }
    calendar("renewed");
    List<Tick> stillDue = dueTicks();
    due.stream().filter(it -> !stillDue.contains(it)).forEach(it -> calendar(it.type()));
  }

  private List<Tick> dueTicks() {
    Policy version = version(clock);
    Instant since = versionSince();
    return version.ticks().stream()
        .filter(it -> occurrences(version, it, since, clock).contains(clock))
        .toList();
  }

  protected void nextCycle() {
    Plan plan = plan(planNow());
    if (goesOn(plan)) {
      beginCycle(anchor, cycle, cycleIndex + 1);
    } else {
      restartCycle(plan);
      tickedTo = tickedTo.isBefore(clock) ? clock.minusNanos(1) : tickedTo;
    }
  }

  protected void restartCycle(Plan plan) {
    LocalDate from = plan.anchor().dateFor(dateOf(clock));
    beginCycle(from, plan.cycle(), Math.max(0, indexAt(from, plan.cycle(), clock)));
  }

  protected void beginCycle(LocalDate from, Period length, long index) {
    anchor = from;
    cycle = length;
    cycleIndex = index;
    renewals++;
    cycleStarts.add(clock);
  }

  protected void changePlan(String to, Runnable between) {
    calendar("plan-left");
    Policy before = version(clock);
    left = before.plan(planNow()).map(Plan::allotment).orElse(List.of());
    if (!to.equals(planNow())) {
      plans.put(clock, to);
    }
    version(clock).rules().stream()
        .flatMap(
            it ->
                it.effect() instanceof Effect.Restart restart
                    ? Stream.of(restart.tick())
                    : Stream.of())
        .filter(it -> !isRestarted(before, it))
        .forEach(it -> restarts.putIfAbsent(it, clock));
    comingPlan = Optional.empty();
    between.run();
    calendar("plan-entered");
    left = List.of();
  }

  protected void tick(Instant due) {
    Instant since = versionSince();
    Policy version = version(clock);
    List<Tick> now =
        version.ticks().stream()
            .filter(it -> occurrences(version, it, since, due).contains(due))
            .toList();
    tickedTo = tickedTo.isBefore(due) ? due : tickedTo;
    now.forEach(it -> justRestarted.replace(it.name(), due));
    now.forEach(it -> calendar(it.type()));
  }

  protected void settleNext() {
    settle(
        waiting.stream()
            .filter(it -> !it.dueAt().isAfter(clock))
            .min(Comparator.comparing(Waiting::earnedAt))
            .orElseThrow());
  }

  protected void settle(Waiting award) {
    waiting.remove(award);
    Optional<Granted> granted =
        award
            .subject()
            .map(it -> new Granted(grants++, it, award.amount(), award.earnedAt(), award.limits()));
    grantLots(award.event(), award.type(), award.pieces(), award.rule(), award.version(), granted);
  }

  /** All that is there, is coming or may come back must fit a {@code long}. */
  protected void checkSum() {
    BigInteger sum = BigInteger.valueOf(onHold());
    for (ModelLot lot : lots) {
      sum = sum.add(BigInteger.valueOf(lot.left));
    }
    for (Waiting award : waiting) {
      sum = sum.add(BigInteger.valueOf(award.amount()));
    }
    sum.longValueExact();
  }

  /** A rule on the calendar's event that would be refused is skipped. */
  protected void calendar(String type) {
    Policy version = version(clock);
    for (Rule rule : version.rules()) {
      if (rule.trigger().types().contains(type) && applies(rule, Optional.empty(), clock)) {
        Trial trial = new Trial(version, Optional.empty(), clock);
        Runnable effect = trial.judge(rule);
        if (trial.refusals.isEmpty()) {
          effect.run();
          expire();
        }
      }
    }
  }

  // Events

  /** Decides an event. */
  public ReasonCode decide(Event event) {
    refusals = List.of();
    justRestarted.clear();
    if (event.at().isBefore(openedAt)) {
      return ReasonCode.BEFORE_OPENING;
    }
    advance(event.at());
    if (isTooLate(event.at())) {
      return ReasonCode.TOO_LATE;
    }
    Seen before = seen.get(event.id());
    if (before != null && isRemembered(before)) {
      return before.equals(new Seen(event.at(), event.type()))
          ? ReasonCode.SEEN_BEFORE
          : ReasonCode.ID_REUSED;
    }
    seen.put(event.id(), new Seen(event.at(), event.type()));
    ReasonCode code = byRules(event);
    if (code == ReasonCode.APPLIED) {
      advance(clock);
      checkSum();
    }
    return code;
  }

  /** Says whether an event of an instant arrives too late. */
  protected boolean isTooLate(Instant at) {
    return at.isBefore(clock.minus(program.lateness()));
  }

  /** Says whether an event that was seen still is a duplicate when it arrives again. */
  protected boolean isRemembered(Seen before) {
    return !before.at().isBefore(clock.minus(program.lateness()));
  }

  /** Returns the rules that speak against the last event, first those of the first reason. */
  public List<String> refusingRules() {
    return refusals.stream().map(Refusal::rule).distinct().toList();
  }

  /** Judges an event by the rules, and does what they say if none speaks against it. */
  protected ReasonCode byRules(Event event) {
    Policy version = version(event.at());
    List<Rule> ofType =
        version.rules().stream().filter(it -> it.trigger().types().contains(event.type())).toList();
    if (ofType.isEmpty()) {
      return ReasonCode.NO_RULE;
    }
    List<Rule> rules =
        ofType.stream().filter(it -> applies(it, Optional.of(event), event.at())).toList();
    if (rules.isEmpty()) {
      refusals =
          ofType.stream()
              .sorted(
                  Comparator.comparing((Rule it) -> it.effect() instanceof Effect.Nothing)
                      .thenComparing(it -> lacks(it, Optional.of(event), event.at())))
              .map(it -> new Refusal(ReasonCode.FACT_MISSING, it.name()))
              .toList();
      return ReasonCode.FACT_MISSING;
    }
    Trial trial = new Trial(version, Optional.of(event), event.at());
    List<Runnable> effects = rules.stream().map(trial::judge).toList();
    if (trial.refusals.isEmpty()) {
      effects.forEach(
          effect -> {
            effect.run();
            expire();
          });
      rules.forEach(it -> kind(it.effect().getClass().getSimpleName() + " applied"));
      return ReasonCode.APPLIED;
    }
    refused(effects);
    refusals = trial.refusals.stream().sorted(Comparator.comparing(Refusal::code)).toList();
    ReasonCode first = refusals.get(0).code();
    kind("refused " + first.code());
    return first;
  }

  /** Does what is left of the effects of an event that is refused, which is nothing. */
  protected void refused(List<Runnable> effects) {}

  protected boolean applies(Rule rule, Optional<Event> event, Instant at) {
    return lacks(rule, event, at) == 0;
  }

  /** Returns how many of a rule's conditions do not hold. */
  protected long lacks(Rule rule, Optional<Event> event, Instant at) {
    return rule.trigger().conditions().stream().filter(it -> !holds(it, event, at)).count()
        + rule.trigger().empty().stream().filter(it -> availableOf(it::equals) > 0).count();
  }

  protected boolean holds(Condition condition, Optional<Event> event, Instant at) {
    FactValue value =
        condition.whose() == Condition.Whose.EVENT
            ? event.flatMap(it -> own(it, condition.fact())).orElse(null)
            : condition.asksPlan() ? FactValue.of(planAt(at)) : facts.get(condition.fact());
    return value != null && condition.accepted().contains(value);
  }

  private static Optional<FactValue> own(Event event, String name) {
    if (name.equals("amount") && event.amount().isPresent()) {
      return Optional.of(FactValue.of(event.amount().getAsLong()));
    } else if (name.equals("subject") && event.subject().isPresent()) {
      return event.subject().map(FactValue::of);
    } else if (name.equals("group") && event.group().isPresent()) {
      return event.group().map(FactValue::of);
    }
    return event.fact(name);
  }

  // Money

  protected boolean frozen(String source) {
    return version(clock)
        .source(source)
        .filter(it -> !it.plans().isEmpty() && !it.plans().contains(planNow()))
        .isPresent();
  }

  protected long sum(Predicate<String> sources) {
    return lots.stream().filter(it -> sources.test(it.source)).mapToLong(it -> it.left).sum();
  }

  protected long availableOf(Predicate<String> sources) {
    return sum(source -> sources.test(source) && !frozen(source));
  }

  public long available() {
    return availableOf(any -> true);
  }

  public long frozen() {
    return sum(this::frozen);
  }

  public long pending() {
    return waiting.stream().mapToLong(Waiting::amount).sum();
  }

  public long onHold() {
    return claims.stream()
        .filter(it -> it.returns && it.endedAt.isEmpty())
        .mapToLong(ModelClaim::amount)
        .sum();
  }

  protected long held(List<String> sources) {
    Predicate<String> counts = it -> sources.isEmpty() || sources.contains(it);
    return sum(counts)
        + waiting.stream()
            .flatMap(it -> it.pieces().stream())
            .filter(it -> counts.test(it.source()))
            .mapToLong(Piece::amount)
            .sum();
  }

  /** What is there and in which cycle. */
  public Snapshot look() {
    return new Snapshot(
        clock,
        cycle(),
        available(),
        frozen(),
        pending(),
        onHold(),
        lots.stream().filter(it -> it.left > 0).map(this::left).toList());
  }

  private Snapshot.LotLeft left(ModelLot lot) {
    return new Snapshot.LotLeft(lot.number, lot.source, lot.left, lot.grantedAt, lot.expiresAt);
  }

  protected Cycle cycle() {
    return new Cycle(renewals, cycleStarts.get(cycleStarts.size() - 1), renewsAt());
  }

  /** Everything that what happens next may depend on, as rows of text by their keys. */
  public SortedMap<String, String> state() {
    SortedMap<String, String> state = new TreeMap<>();
    state.put("clock", "" + clock);
    state.put("plans", plans + ", coming " + comingPlan);
    state.put("cycle", anchor + " " + cycle + " " + cycleIndex + " " + renewals);
    state.put("cycles", "" + cycleStarts);
    state.put("ticks", tickedTo + " " + new TreeMap<>(restarts));
    state.put("facts", "" + facts);
    state.put("grants", "" + grants);
    done.forEach(it -> state.put("done " + it, ""));
    seen.forEach((id, it) -> state.put("seen " + id, "" + it));
    lots.stream()
        .filter(it -> it.left > 0)
        .forEach(it -> state.put("lot " + it.number, it + " of cycle " + it.cycle));
    claims.forEach(it -> state.put("claim " + it.subject + " " + it.part, "" + it));
    for (int i = 0; i < waiting.size(); i++) {
      state.put("waiting " + i, "" + waiting.get(i));
    }
    for (int i = 0; i < uses.size(); i++) {
      state.put("use " + i, "" + uses.get(i));
    }
    sessions.forEach((limit, starts) -> state.put("sessions of " + limit, "" + starts));
    return state;
  }

  protected void post(Optional<String> event, TransactionType type, List<Draw> moves, String rule) {
    if (moves.isEmpty()) {
      return;
    }
    kind("row " + type.code());
    long amount = 0;
    SortedMap<Long, Long> byLot = new TreeMap<>();
    for (Draw move : moves) {
      move.lot().left += move.amount();
      byLot.merge((long) move.lot().number, move.amount(), Long::sum);
      amount += move.amount();
    }
    rows.add(new Posting(clock, type, amount, balance(), event, rule, byLot));
  }

  /** Returns what stands beside a row. */
  protected long balance() {
    return sum(any -> true);
  }

  protected void grantLots(
      Optional<String> event,
      TransactionType type,
      List<Piece> pieces,
      String rule,
      String version,
      Optional<Granted> granted) {
    for (Piece piece : pieces) {
      if (piece.amount() > 0) {
        ModelLot lot = newLot(piece, version, granted.orElse(null));
        post(event, type, List.of(new Draw(lot, piece.amount())), rule);
      }
    }
  }

  protected Source source(String name, String version) {
    return program.versions().stream()
        .filter(it -> it.version().equals(version))
        .flatMap(it -> it.source(name).stream())
        .findFirst()
        .orElse(Source.of(name));
  }

  protected ModelLot newLot(Piece piece, String version, @Nullable Granted granted) {
    Source source = source(piece.source(), version);
    Optional<Instant> expires = source.term().flatMap(it -> expiry(it, piece));
    int rank = source.priorityFact().isPresent() ? piece.rank().orElse(0) : source.priority();
    long cycle = clock.isBefore(renewsAt()) ? renewals : renewals + 1;
    ModelLot lot = new ModelLot(lots.size(), piece.source(), clock, expires, rank, cycle, granted);
    lots.add(lot);
    return lot;
  }

  protected Optional<Instant> expiry(Term term, Piece piece) {
    if (term instanceof Term.Lasting lasting) {
      return Optional.of(clock.atZone(zone).plus(lasting.period()).toInstant());
    } else if (term instanceof Term.Exactly exactly) {
      return Optional.of(clock.plus(exactly.length()));
    } else if (term instanceof Term.Cycles cycles) {
      return Optional.of(renewal(cycles.count() + (clock.isBefore(renewsAt()) ? 0 : 1)));
    } else if (term instanceof Term.Until until) {
      return Optional.of(until.instant());
    }
    return piece.expiresAt();
  }

  /** Returns when a renewal is, the first being the next, as far as is known now. */
  private Instant renewal(int count) {
    Optional<Plan> next = version(clock).plan(comingPlan.orElse(planNow()));
    if (count == 1 || next.isEmpty() || goesOn(next.get())) {
      return start(anchor, cycle, cycleIndex + count);
    }
    LocalDate from = next.get().anchor().dateFor(dateOf(renewsAt()));
    long index = Math.max(0, indexAt(from, next.get().cycle(), renewsAt()));
    return start(from, next.get().cycle(), index + count - 1);
  }

  private boolean goesOn(Plan plan) {
    boolean own = plan.anchor() instanceof Anchor.Opening;
    return plan.cycle().equals(cycle) && (own || plan.anchor().dateFor(anchor).equals(anchor));
  }

  private static Comparator<ModelLot> order(List<Order> keys) {
    Comparator<ModelLot> oldest =
        Comparator.comparing((ModelLot it) -> it.grantedAt).thenComparing(it -> it.number);
    Comparator<ModelLot> all = Comparator.comparing(it -> 0);
    for (Order key : keys) {
      all =
          all.thenComparing(
              switch (key) {
                case OLDEST -> oldest;
                case NEWEST -> oldest.reversed();
                case PRIORITY -> Comparator.comparing((ModelLot it) -> it.priority);
                case SOONEST_EXPIRY ->
                    Comparator.comparing((ModelLot it) -> it.expiresAt.orElse(Instant.MAX));
                case CURRENT_CYCLE -> Comparator.comparing((ModelLot it) -> -it.cycle);
                case ROLLED_OVER -> Comparator.comparing((ModelLot it) -> it.cycle);
              });
    }
    return all.thenComparing(oldest);
  }

  protected List<Draw> take(List<Order> keys, Predicate<ModelLot> from, long amount) {
    List<Draw> draws = new ArrayList<>();
    long missing = amount;
    for (ModelLot lot :
        lots.stream().filter(it -> it.left > 0).filter(from).sorted(order(keys)).toList()) {
      long taken = Math.min(missing, lot.left);
      if (taken > 0) {
        draws.add(new Draw(lot, taken));
        missing -= taken;
      }
    }
    return draws;
  }

  protected static List<Draw> negative(List<Draw> draws) {
    return draws.stream().map(it -> new Draw(it.lot(), -it.amount())).toList();
  }

  /** Undoes a claim's last draws, and leaves the claim with the first ones. */
  protected void giveBack(
      Optional<String> event, ModelClaim claim, long amount, boolean renewing, String rule) {
    List<Draw> back = new ArrayList<>();
    List<Draw> kept = new ArrayList<>(claim.draws);
    long missing = amount;
    while (missing > 0) {
      Draw last = kept.remove(kept.size() - 1);
      long part = Math.min(missing, last.amount());
      back.add(new Draw(renewing ? renewed(last.lot()) : last.lot(), part));
      if (part < last.amount()) {
        kept.add(new Draw(last.lot(), last.amount() - part));
      }
      missing -= part;
    }
    claim.draws = kept;
    post(event, TransactionType.RETURN, back, rule);
  }

  protected ModelLot renewed(ModelLot lot) {
    if (!isRenewed(lot)) {
      return lot;
    }
    kind("return renewed");
    return newLot(renewing(lot), version(renewingAt).version(), lot.grant);
  }

  private boolean isGone(ModelLot lot) {
    return lot.expiresAt.filter(at -> !at.isAfter(clock)).isPresent();
  }

  private boolean isRenewed(ModelLot lot) {
    Source terms = source(lot.source, version(renewingAt).version());
    return isGone(lot) && terms.term().filter(Term.OfEvent.class::isInstance).isEmpty();
  }

  private static Piece renewing(ModelLot lot) {
    return new Piece("", lot.source, 0, Optional.empty(), Optional.of(lot.priority));
  }

  protected Instant renewingAt = Instant.EPOCH;

  // Searching

  /**
   * Lets time pass up to an instant, and returns every instant on the way at which the answer to an
   * event can become another.
   */
  public NavigableSet<Instant> changesUntil(Instant to) {
    NavigableSet<Instant> instants = new TreeSet<>();
    instants.add(clock);
    for (Instant due = nextDue(to); isDue(due, to); due = nextDue(to)) {
      advance(due);
      instants.add(due);
    }
    for (Policy version : program.versions()) {
      instants.add(version.fromInclusive());
      version.limits().forEach(it -> instants.addAll(edges(it, to)));
    }
    for (ModelClaim claim : claims) {
      instants.add(claim.at);
      claim.closesAt().ifPresent(instants::add);
      claim.closesAt().ifPresent(it -> instants.add(it.plus(program.lateness()).plusNanos(1)));
    }
    return instants;
  }

  /** Returns when a use of a limit leaves its window, and when a window of the calendar starts. */
  private List<Instant> edges(Limit limit, Instant to) {
    List<Instant> edges = new ArrayList<>();
    if (limit.window() instanceof Window.Rolling rolling) {
      uses.stream()
          .filter(it -> it.limit().equals(limit.name()))
          .forEach(it -> edges.add(it.at().plus(rolling.length())));
    } else if (limit.window() instanceof Window.Session session) {
      sessions
          .getOrDefault(limit.name(), List.of())
          .forEach(it -> edges.add(it.plus(session.length())));
    } else if (limit.window() instanceof Window.Calendar calendar) {
      LocalDate first = floor(dateOf(openedAt), calendar.unit());
      for (LocalDate date = first;
          !date.atStartOfDay(zone).toInstant().isAfter(to);
          date = date.plus(1, unit(calendar.unit()))) {
        edges.add(date.atStartOfDay(zone).toInstant());
      }
    }
    return edges;
  }

  // Limits

  protected long usedIn(String limit, Instant from, Instant to) {
    return uses.stream()
        .filter(it -> it.limit().equals(limit))
        .filter(it -> !it.at().isBefore(from) && it.at().isBefore(to))
        .mapToLong(Used::amount)
        .sum();
  }

  protected Optional<Instant> sessionOf(String limit, Duration length, Instant at) {
    return sessions.getOrDefault(limit, List.of()).stream()
        .filter(it -> !it.isAfter(at))
        .max(Comparator.naturalOrder())
        .filter(it -> at.isBefore(it.plus(length)));
  }

  protected long room(Limit limit, long most, Instant at) {
    return Math.max(0, most - used(limit, at));
  }

  /** Returns whose days and months a limit by the calendar counts in. */
  protected ZoneId zoneOfDays() {
    return zone;
  }

  /** Returns what of a limit is used for a use at an instant. */
  protected long used(Limit limit, Instant at) {
    Window window = limit.window();
    String name = limit.name();
    long used;
    if (window instanceof Window.Held held) {
      used = held(held.sources());
    } else if (window instanceof Window.Rolling rolling) {
      used =
          Stream.concat(Stream.of(at), uses.stream().map(Used::at))
              .filter(it -> !it.isBefore(at) && it.isBefore(at.plus(rolling.length())))
              .mapToLong(
                  it -> usedIn(name, it.minus(rolling.length()).plusNanos(1), it.plusNanos(1)))
              .max()
              .orElseThrow();
    } else if (window instanceof Window.Session session) {
      used =
          sessionOf(name, session.length(), at)
              .map(it -> usedIn(name, it, it.plusNanos(1)))
              .orElse(0L);
    } else if (window instanceof Window.Calendar calendar) {
      ZoneId days = zoneOfDays();
      LocalDate from = floor(at.atZone(days).toLocalDate(), calendar.unit());
      LocalDate to = from.plus(1, unit(calendar.unit()));
      if (!to.atStartOfDay(days).toInstant().isAfter(at)) { // an hour told again
        from = to;
        to = from.plus(1, unit(calendar.unit()));
      }
      used = usedIn(name, from.atStartOfDay(days).toInstant(), to.atStartOfDay(days).toInstant());
    } else if (window instanceof Window.InCycle) {
      Instant from =
          cycleStarts.stream()
              .filter(it -> !it.isAfter(at))
              .max(Comparator.naturalOrder())
              .orElse(openedAt);
      Instant to =
          cycleStarts.stream()
              .filter(at::isBefore)
              .min(Comparator.naturalOrder())
              .orElse(renewsAt());
      used = usedIn(name, from, to);
    } else {
      used = usedIn(name, Instant.MIN, Instant.MAX);
    }
    return used;
  }

  /** Returns as much of an amount as a limit has left. */
  protected long cut(long amount, long left) {
    return Math.min(amount, Math.max(0, left));
  }

  /** Says whether what can be spent is enough for a charge. */
  protected boolean isEnough(long amount, long free) {
    return amount <= free;
  }

  /** Returns what is to be forfeited of what is held. */
  protected long surplus(long held, long most) {
    return Math.max(0, held - most);
  }

  /** Returns the limits that a grant is under. */
  protected List<Effect.Within> withins(Effect.Grant grant, Policy version) {
    return grant.limits();
  }

  /** Ends a claim, of which nothing can be given back after it. */
  protected void close(ModelClaim claim, Instant at) {
    claim.draws = List.of();
    claim.endedAt = Optional.of(at);
  }

  /** Says whether what is granted once for ever was. */
  protected boolean isDone(String key) {
    return done.contains(key);
  }

  /** Says whether a claim has earned what it earns once. */
  protected boolean hasEarned(ModelClaim claim, String key) {
    return claim.done.contains(key);
  }

  /** Says whether an ending of an instant ends a claim. */
  protected boolean canEnd(ModelClaim claim, Instant at) {
    return claim.endedAt.isEmpty() && claim.openAt(at);
  }

  private static LocalDate floor(LocalDate date, Window.Calendar.Unit unit) {
    return switch (unit) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case YEAR -> date.withDayOfYear(1);
    };
  }

  private static ChronoUnit unit(Window.Calendar.Unit unit) {
    return switch (unit) {
      case DAY -> ChronoUnit.DAYS;
      case WEEK -> ChronoUnit.WEEKS;
      case MONTH -> ChronoUnit.MONTHS;
      case YEAR -> ChronoUnit.YEARS;
    };
  }

  protected void use(Limit limit, Instant at, long amount) {
    if (limit.window() instanceof Window.Held) {
      return;
    }
    Instant when = at;
    if (limit.window() instanceof Window.Session session) {
      Optional<Instant> start = sessionOf(limit.name(), session.length(), at);
      if (start.isEmpty()) {
        kind("session opened");
        sessions.computeIfAbsent(limit.name(), it -> new ArrayList<>()).add(at);
      }
      when = start.orElse(at);
    }
    uses.add(new Used(limit.name(), when, amount));
  }

  protected void regain(List<Limit> limits, Instant at, long amount, Policy version) {
    for (Limit limit : limits) {
      if (limit.regained() && version.limit(limit.name()).isPresent() && amount > 0) {
        kind("room regained");
        use(limit, at, -amount);
      }
    }
  }

  protected void kind(String name) {
    seenKinds.merge(name, 1L, Long::sum);
  }

  // Rules

  /** The rules of one occasion, judged together. */
  protected final class Trial {

    final List<Refusal> refusals = new ArrayList<>();
    private final Policy version;
    private final Optional<Event> event;
    private final Instant at;
    private final Set<Object> taken = new HashSet<>();
    private final Map<String, Long> counted = new HashMap<>();
    private final Map<String, Long> granted = new HashMap<>();
    private final Map<ModelClaim, Long> returned = new LinkedHashMap<>();
    private final Map<String, Long> comingBack = new HashMap<>();
    private long charged;
    private String judging = "";

    Trial(Policy version, Optional<Event> event, Instant at) {
      this.version = version;
      this.event = event;
      this.at = at;
    }

    private Runnable refuse(ReasonCode code) {
      refusals.add(new Refusal(code, judging));
      return () -> {};
    }

    private Optional<String> id() {
      return event.map(Event::id);
    }

    private Optional<String> subject() {
      return event.flatMap(Event::subject);
    }

    private List<ModelClaim> remembered(Predicate<ModelClaim> which) {
      Instant oldest = clock.minus(program.lateness());
      return claims.stream()
          .filter(it -> it.closesAt().map(end -> !end.isBefore(oldest)).orElse(true))
          .filter(which)
          .toList();
    }

    private Optional<ModelClaim> openClaim(String subject) {
      return remembered(it -> it.subject.equals(subject)).stream()
          .filter(it -> it.openAt(at))
          .findFirst();
    }

    Runnable judge(Rule rule) {
      judging = rule.name();
      if (rule.trigger().needsOpenClaim()) {
        if (subject().isEmpty()) {
          refuse(ReasonCode.FACT_MISSING);
        } else if (openClaim(subject().get()).isEmpty()) {
          refuse(ReasonCode.NO_OPEN_CLAIM);
        }
      }
      Effect effect = rule.effect();
      if (effect instanceof Effect.Allot allot) {
        return grant(rule, TransactionType.ALLOTMENT, allotted(allot), allot.limits(), at);
      } else if (effect instanceof Effect.Grant grant) {
        return grant(rule, grant);
      } else if (effect instanceof Effect.Charge charge) {
        return charge(rule, charge);
      } else if (effect instanceof Effect.End end) {
        return end(rule, end);
      } else if (effect instanceof Effect.Forfeit forfeit) {
        return () -> forfeit(rule, forfeit);
      } else if (effect instanceof Effect.Revoke revoke) {
        return revoke(rule, revoke);
      } else if (effect instanceof Effect.Restart restart) {
        return () -> restart(restart.tick());
      } else if (effect instanceof Effect.SwitchPlan change) {
        return change(change);
      } else if (effect instanceof Effect.SetFact set) {
        Optional<FactValue> value = set.value().or(() -> fact(set.fact()));
        return value.isEmpty()
            ? refuse(ReasonCode.FACT_MISSING)
            : () -> facts.put(set.fact(), value.get());
      } else if (effect instanceof Effect.Settle) {
        return settlement();
      }
      return refuse(ReasonCode.NO_EFFECT);
    }

    private Optional<FactValue> fact(String name) {
      return event.flatMap(it -> it.fact(name));
    }

    private OptionalLong amount(Quantity quantity) {
      if (quantity instanceof Quantity.Fixed fixed) {
        return OptionalLong.of(fixed.amount());
      } else if (quantity instanceof Quantity.OfPlan ofPlan) {
        String plan = planAt(at);
        long size = version.plan(plan).or(() -> version(clock).plan(plan)).orElseThrow().size();
        return OptionalLong.of(Math.max(ofPlan.least(), ofPlan.times() * size));
      }
      String name = ((Quantity.OfEvent) quantity).fact();
      if (name.equals("amount")) {
        return event.map(Event::amount).orElse(OptionalLong.empty());
      }
      return fact(name).orElse(null) instanceof FactValue.Whole whole && whole.value() >= 0
          ? OptionalLong.of(whole.value())
          : OptionalLong.empty();
    }

    private Optional<Instant> instant(String name) {
      if (!(fact(name).orElse(null) instanceof FactValue.Text text)) {
        return Optional.empty();
      }
      try {
        return Optional.of(Instant.parse(text.value()));
      } catch (DateTimeException notOne) {
        return Optional.empty();
      }
    }

    private List<Piece> allotted(Effect.Allot allot) {
      List<Piece> all =
          plan(planNow()).allotment().stream()
              .map(
                  it ->
                      new Piece(
                          it.label(),
                          it.source(),
                          ((Quantity.Fixed) it.quantity()).amount(),
                          Optional.empty(),
                          Optional.empty()))
              .toList();
      long sum = all.stream().mapToLong(Piece::amount).sum();
      return switch (allot.how()) {
        case FULL -> all;
        case REFILL -> missing(all);
        case PRORATED -> shared(all, sum * daysLeft() / daysOfCycle());
        case DIFFERENCE -> difference(all);
      };
    }

    private List<Piece> difference(List<Piece> all) {
      List<Piece> more = new ArrayList<>(all);
      long size = 0;
      for (Line line : left) {
        long before = ((Quantity.Fixed) line.quantity()).amount();
        size += before;
        for (int i = 0; i < more.size(); i++) {
          if (more.get(i).source().equals(line.source())) {
            long known = Math.min(before, more.get(i).amount());
            before -= known;
            more.set(i, more.get(i).of(more.get(i).amount() - known));
          }
        }
      }
      return shared(more, Math.max(0, all.stream().mapToLong(Piece::amount).sum() - size));
    }

    private List<Piece> missing(List<Piece> all) {
      Map<String, Long> there = new HashMap<>();
      List<Piece> missing = new ArrayList<>();
      for (Piece piece : all) {
        long held = there.computeIfAbsent(piece.source(), it -> held(List.of(it)));
        long filled = Math.min(held, piece.amount());
        there.put(piece.source(), held - filled);
        missing.add(piece.of(piece.amount() - filled));
      }
      return missing;
    }

    private long daysOfCycle() {
      return ChronoUnit.DAYS.between(
          anchor.plus(cycle.multipliedBy((int) cycleIndex)),
          anchor.plus(cycle.multipliedBy((int) cycleIndex + 1)));
    }

    private long daysLeft() {
      LocalDate today = dateOf(clock);
      boolean whole = today.atStartOfDay(zone).toInstant().equals(clock);
      LocalDate end = anchor.plus(cycle.multipliedBy((int) cycleIndex + 1));
      return Math.min(
          daysOfCycle(), ChronoUnit.DAYS.between(whole ? today : today.plusDays(1), end));
    }

    /** Shares an amount out in proportion; what rounding leaves goes to the largest remainders. */
    private List<Piece> shared(List<Piece> all, long amount) {
      BigInteger sum = BigInteger.valueOf(all.stream().mapToLong(Piece::amount).sum());
      if (sum.signum() == 0) {
        return all;
      }
      List<Piece> shares = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      for (Piece piece : all) {
        places.add(shares.size());
        shares.add(piece.of(piece.amount() * amount / sum.longValueExact()));
      }
      places.sort(
          Comparator.comparing(
                  (Integer i) -> -(all.get(i).amount() * amount % sum.longValueExact()))
              .thenComparing(i -> i));
      long missing = amount - shares.stream().mapToLong(Piece::amount).sum();
      for (int i = 0; i < missing; i++) {
        Piece share = shares.get(places.get(i));
        shares.set(places.get(i), share.of(share.amount() + 1));
      }
      return shares;
    }

    private Runnable grant(Rule rule, Effect.Grant grant) {
      Runnable mark = grant.once().map(this::once).orElse(() -> {});
      List<Piece> pieces = new ArrayList<>();
      boolean complete = true;
      for (Line line : grant.lines()) {
        Optional<Piece> piece = piece(line);
        piece.ifPresent(pieces::add);
        complete &= piece.isPresent();
      }
      Optional<Instant> due =
          grant.settlement() instanceof Effect.Settlement.After after
              ? Optional.of(at.plus(after.delay()))
              : instant(((Effect.Settlement.AtFact) grant.settlement()).fact())
                  .map(it -> it.isBefore(at) ? at : it);
      if (!complete || due.isEmpty()) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      Runnable granting = grant(rule, grant.type(), pieces, withins(grant, version), due.get());
      return () -> {
        mark.run();
        granting.run();
      };
    }

    private Optional<Piece> piece(Line line) {
      OptionalLong amount = amount(line.quantity());
      Source source = version.source(line.source()).orElseThrow();
      Optional<Instant> expires =
          source.term().orElse(null) instanceof Term.OfEvent brought
              ? instant(brought.fact())
              : Optional.of(Instant.EPOCH);
      Optional<Integer> rank =
          source.priorityFact().isEmpty()
              ? Optional.of(0)
              : source
                  .priorityFact()
                  .flatMap(this::fact)
                  .filter(FactValue.Whole.class::isInstance)
                  .map(it -> (int) ((FactValue.Whole) it).value());
      return amount.isEmpty() || expires.isEmpty() || rank.isEmpty()
          ? Optional.empty()
          : Optional.of(new Piece(line.label(), line.source(), amount.getAsLong(), expires, rank));
    }

    private Runnable once(Once once) {
      if (once instanceof Once.ForEver) {
        if (isDone(once.key()) || !taken.add(once)) {
          refuse(ReasonCode.ALREADY_DONE);
        }
        return () -> done.add(once.key());
      }
      if (subject().isEmpty()) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      Optional<ModelClaim> claim = openClaim(subject().get());
      if (claim.isEmpty()) {
        return refuse(ReasonCode.NO_OPEN_CLAIM);
      }
      if (hasEarned(claim.get(), once.key()) || !taken.add(once)) {
        return refuse(ReasonCode.ALREADY_DONE);
      }
      return () -> claim.get().done.add(once.key());
    }

    private Runnable grant(
        Rule rule,
        TransactionType type,
        List<Piece> asked,
        List<Effect.Within> withins,
        Instant due) {
      List<Piece> pieces = asked;
      for (Effect.Within within : withins) {
        if (within.excess() == Effect.Within.Excess.CUT && sum(pieces) > 0) {
          long under = sum(bound(within, pieces, due));
          long left = left(within);
          if (left <= 0 && under == sum(pieces)) {
            refuse(ReasonCode.NO_ROOM);
          } else if (left < under) {
            kind("grant cut");
          }
          pieces = first(within, pieces, due, cut(under, left));
        }
      }
      for (Effect.Within within : withins) {
        long under = sum(bound(within, pieces, due));
        if (within.excess() == Effect.Within.Excess.REFUSE && under > 0 && left(within) < under) {
          kind("room short " + limit(within).window().getClass().getSimpleName());
          refuse(ReasonCode.NO_ROOM);
        }
      }
      List<Piece> granting = pieces;
      long fits = sum(pieces);
      withins.forEach(it -> counted.merge(it.limit(), fits, Long::sum));
      pieces.stream()
          .filter(it -> due.isAfter(at) || stays(it))
          .forEach(it -> granted.merge(it.source(), it.amount(), Long::sum));
      return () -> act(rule, type, granting, fits, withins, due);
    }

    private long sum(List<Piece> pieces) {
      return pieces.stream().mapToLong(Piece::amount).sum();
    }

    /** Returns the pieces that a limit is about. */
    private List<Piece> bound(Effect.Within within, List<Piece> pieces, Instant due) {
      return limit(within).window() instanceof Window.Held held
          ? pieces.stream()
              .filter(it -> held.sources().isEmpty() || held.sources().contains(it.source()))
              .filter(it -> due.isAfter(at) || stays(it))
              .toList()
          : pieces;
    }

    /** What is over as soon as it is granted takes no room of what may be held. */
    private boolean stays(Piece piece) {
      ModelLot lot = newLot(piece, version.version(), null);
      lots.remove(lot);
      if (isGone(lot)) {
        kind("over when granted");
      }
      return !isGone(lot);
    }

    /** Cuts the pieces that a limit is about to an amount, the last of them first. */
    private List<Piece> first(Effect.Within within, List<Piece> asked, Instant due, long amount) {
      List<Piece> bound = bound(within, asked, due);
      List<Piece> first = new ArrayList<>();
      long left = amount;
      for (Piece piece : asked) {
        long part = bound.contains(piece) ? Math.min(left, piece.amount()) : piece.amount();
        first.add(piece.of(part));
        left -= bound.contains(piece) ? part : 0;
      }
      return first;
    }

    private Limit limit(Effect.Within within) {
      return version.limit(within.limit()).orElseThrow();
    }

    private long left(Effect.Within within) {
      Limit limit = limit(within);
      long asked = counted.getOrDefault(limit.name(), 0L);
      if (limit.window() instanceof Window.Held held) {
        asked =
            Stream.concat(granted.entrySet().stream(), comingBack.entrySet().stream())
                .filter(it -> held.sources().isEmpty() || held.sources().contains(it.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
      }
      return room(limit, amount(limit.max()).orElseThrow(), at) - asked;
    }

    private void act(
        Rule rule,
        TransactionType type,
        List<Piece> pieces,
        long amount,
        List<Effect.Within> withins,
        Instant due) {
      if (amount == 0) {
        return;
      }
      List<Limit> limits = withins.stream().map(this::limit).toList();
      limits.forEach(it -> use(it, at, amount));
      if (due.isAfter(at)) {
        waiting.add(
            new Waiting(
                id(), at, due, type, pieces, rule.name(), version.version(), subject(), limits));
      } else {
        grantLots(
            id(),
            type,
            pieces,
            rule.name(),
            version.version(),
            subject().map(it -> new Granted(grants++, it, amount, at, limits)));
      }
    }

    private Runnable charge(Rule rule, Effect.Charge charge) {
      OptionalLong brought = amount(charge.quantity());
      if (brought.isEmpty()) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      String part = charge.part().orElse("");
      if (subject().isEmpty() && (charge.lapse().isPresent() || !part.isEmpty())) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      if (subject().isPresent()) {
        String subject = subject().get();
        boolean known =
            !remembered(it -> it.subject.equals(subject) && it.part.equals(part)).isEmpty();
        if (known || !taken.add(List.of("charge", subject, part))) {
          refuse(ReasonCode.ALREADY_DONE);
        }
      }
      long asked = brought.getAsLong();
      long free = Math.max(0, available() - charged);
      boolean partly = charge.shortfall() == Effect.Charge.Shortfall.TAKE_WHAT_IS_THERE;
      long amount = partly ? Math.min(asked, free) : asked;
      charged += amount;
      if (!isEnough(amount, free)) {
        return refuse(ReasonCode.NOT_ENOUGH);
      }
      if (amount < asked) {
        kind("shortfall");
      }
      return () -> act(rule, charge, part, amount);
    }

    private void act(Rule rule, Effect.Charge charge, String part, long amount) {
      if (frozen() > 0 && amount > 0) {
        kind("charge beside frozen credits");
      }
      List<Draw> draws = take(version(clock).spending(), lot -> !frozen(lot.source), amount);
      if (!draws.equals(take(List.of(), lot -> !frozen(lot.source), amount))) {
        kind("order of spending mattered");
      }
      post(id(), charge.type(), negative(draws), rule.name());
      subject()
          .ifPresent(
              it -> {
                claims.removeIf(old -> old.subject.equals(it) && old.part.equals(part));
                claims.add(
                    new ModelClaim(
                        it,
                        part,
                        event.flatMap(Event::group),
                        at,
                        draws,
                        charge.lapse().map(lapse -> at.plus(lapse.after())),
                        charge
                            .lapse()
                            .filter(lapse -> lapse.back() == Effect.End.Back.ALL)
                            .isPresent(),
                        charge
                            .lapse()
                            .filter(lapse -> lapse.expired() == Effect.End.Expired.NEW_LOT)
                            .isPresent()));
              });
    }

    private Runnable end(Rule rule, Effect.End end) {
      Optional<String> name =
          end.reach() == Effect.End.Reach.SUBJECT ? subject() : event.flatMap(Event::group);
      if (name.isEmpty()) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      boolean whole = end.back() == Effect.End.Back.ALL || end.back() == Effect.End.Back.NOTHING;
      List<ModelClaim> open =
          remembered(
                  it ->
                      end.reach() == Effect.End.Reach.SUBJECT
                          ? it.subject.equals(name.get())
                          : it.group.equals(name))
              .stream()
              .filter(
                  it -> (whole && end.part().isEmpty()) || it.part.equals(end.part().orElse("")))
              .filter(it -> canEnd(it, at))
              .filter(it -> !taken.contains(List.of("end", it)))
              .toList();
      if (open.isEmpty()) {
        return refuse(ReasonCode.NO_OPEN_CLAIM);
      }
      if (whole) {
        open.forEach(it -> taken.add(List.of("end", it)));
        boolean all = end.back() == Effect.End.Back.ALL;
        open.forEach(it -> comesBack(end, it, all ? it.amount() : 0));
        return () -> open.forEach(it -> act(rule, end, it, all ? it.amount() : 0, true));
      }
      ModelClaim claim = open.get(0);
      OptionalLong amount = event.map(Event::amount).orElse(OptionalLong.empty());
      if (amount.isEmpty()) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      if (amount.getAsLong() > claim.amount() - returned.getOrDefault(claim, 0L)) {
        return refuse(ReasonCode.NOT_ENOUGH);
      }
      if (end.back() == Effect.End.Back.ALL_BUT_EVENT) {
        taken.add(List.of("end", claim));
        comesBack(end, claim, claim.amount() - amount.getAsLong());
        return () -> act(rule, end, claim, claim.amount() - amount.getAsLong(), true);
      }
      returned.merge(claim, amount.getAsLong(), Long::sum);
      comesBack(end, claim, amount.getAsLong());
      return () -> act(rule, end, claim, amount.getAsLong(), false);
    }

    /** What an earlier rule of the event gives back takes room of what may be held. */
    private void comesBack(Effect.End end, ModelClaim claim, long amount) {
      long missing = amount;
      for (int i = claim.draws.size() - 1; i >= 0; i--) {
        Draw draw = claim.draws.get(i);
        long part = Math.min(missing, draw.amount());
        if (stays(end, draw.lot())) {
          comingBack.merge(draw.lot().source, part, Long::sum);
        }
        missing -= part;
      }
    }

    /** What comes back to a lot that has expired is gone at once, unless it gets a new one. */
    private boolean stays(Effect.End end, ModelLot lot) {
      renewingAt = at;
      boolean renews = end.expired() == Effect.End.Expired.NEW_LOT && isRenewed(lot);
      ModelLot after = renews ? newLot(renewing(lot), version(at).version(), null) : lot;
      if (renews) {
        lots.remove(after);
      }
      return !isGone(after);
    }

    private void act(Rule rule, Effect.End end, ModelClaim claim, long amount, boolean ends) {
      renewingAt = at;
      kind("end " + end.back());
      giveBack(id(), claim, amount, end.expired() == Effect.End.Expired.NEW_LOT, rule.name());
      if (ends) {
        close(claim, at);
      }
    }

    private void forfeit(Rule rule, Effect.Forfeit forfeit) {
      Predicate<ModelLot> which =
          lot ->
              (forfeit.sources().isEmpty()
                      ? !frozen(lot.source)
                      : forfeit.sources().contains(lot.source))
                  && (!forfeit.rolledOverOnly() || lot.cycle < renewals);
      long held = lots.stream().filter(which).mapToLong(it -> it.left).sum();
      long surplus = surplus(held, amount(forfeit.most()).orElseThrow());
      post(
          id(),
          TransactionType.FORFEIT,
          negative(take(forfeit.cut(), which, surplus)),
          rule.name());
    }

    private Runnable revoke(Rule rule, Effect.Revoke revoke) {
      if (subject().isEmpty()) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      List<Waiting> awards = pendingOf(subject().get());
      List<ModelLot> some = lotsOf(subject().get());
      if (awards.isEmpty() && some.isEmpty()) {
        return refuse(ReasonCode.NO_OPEN_CLAIM);
      }
      Map<Granted, Long> left = new LinkedHashMap<>();
      some.forEach(it -> left.merge(grantOf(it), it.left, Long::sum));
      boolean all = left.entrySet().stream().allMatch(it -> it.getKey().amount() == it.getValue());
      if (revoke.shortfall() == Effect.Charge.Shortfall.REFUSE && !all) {
        return refuse(ReasonCode.NOT_ENOUGH);
      }
      return () -> {
        kind(awards.isEmpty() ? "lots revoked" : "award withdrawn");
        for (Waiting award : pendingOf(subject().get())) {
          waiting.remove(award);
          regain(award.limits(), award.earnedAt(), award.amount(), version);
        }
        List<ModelLot> now = lotsOf(subject().get());
        now.forEach(it -> regain(grantOf(it).limits(), grantOf(it).at(), it.left, version));
        post(
            id(),
            TransactionType.ADJUSTMENT,
            now.stream().map(it -> new Draw(it, -it.left)).toList(),
            rule.name());
      };
    }

    private Granted grantOf(ModelLot lot) {
      return Optional.ofNullable(lot.grant).orElseThrow();
    }

    private List<Waiting> pendingOf(String subject) {
      return waiting.stream()
          .filter(it -> it.subject().equals(Optional.of(subject)) && !it.earnedAt().isAfter(at))
          .sorted(Comparator.comparing(Waiting::earnedAt))
          .collect(Collectors.toList());
    }

    private List<ModelLot> lotsOf(String subject) {
      return lots.stream()
          .filter(it -> it.left > 0 && it.grant != null)
          .filter(it -> grantOf(it).subject().equals(subject) && !grantOf(it).at().isAfter(at))
          .toList();
    }

    private void restart(String tick) {
      if (!restarts.containsKey(tick) || at.isAfter(restarts.get(tick))) {
        kind("tick restarted");
        Instant done =
            version(clock).ticks().stream()
                .filter(it -> it.name().equals(tick))
                .flatMap(it -> occurrences(version(clock), it, clock).stream())
                .max(Comparator.naturalOrder())
                .filter(at::isBefore)
                .orElse(at);
        restarts.put(tick, at);
        justRestarted.put(tick, done);
      }
    }

    private Runnable change(Effect.SwitchPlan change) {
      if (!(fact(change.fact()).orElse(null) instanceof FactValue.Text to)) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      String plan = to.value();
      if (version(at).plan(plan).isEmpty()) {
        throw new IllegalArgumentException("no plan " + plan);
      }
      boolean waits = change.when() == Effect.SwitchPlan.When.NEXT_RENEWAL;
      String coming = waits ? comingPlan.orElse(planNow()) : planNow();
      boolean cancels = !waits && comingPlan.isPresent();
      if ((plan.equals(coming) && !cancels) || !taken.add("plan")) {
        return refuse(ReasonCode.ALREADY_DONE);
      }
      if (waits || plan.equals(planNow())) {
        return () -> comingPlan = Optional.of(plan).filter(it -> !it.equals(planNow()));
      }
      return () ->
          changePlan(
              plan,
              change.when() == Effect.SwitchPlan.When.AT_ONCE
                  ? () -> {}
                  : () -> {
                    restartCycle(plan(plan));
                    tickedTo = clock;
                  });
    }

    private Runnable settlement() {
      if (subject().isEmpty()) {
        return refuse(ReasonCode.FACT_MISSING);
      }
      boolean settled = !taken.add("settled");
      return settled || pendingOf(subject().get()).isEmpty()
          ? refuse(ReasonCode.NO_OPEN_CLAIM)
          : () -> pendingOf(subject().get()).forEach(ProgramModel.this::settle);
    }
  }

  /** Returns the latest instant that the account knows of. */
  public Instant clock() {
    return clock;
  }
}
