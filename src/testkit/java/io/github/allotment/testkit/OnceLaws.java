package io.github.allotment.testkit;

import static io.github.allotment.testkit.Run.same;
import static io.github.allotment.testkit.Run.sameAccount;
import static io.github.allotment.testkit.Run.that;

import com.google.common.collect.Comparators;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.TreeMultimap;
import io.github.allotment.Event;
import io.github.allotment.ReasonCode;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.TransactionType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Whatever is sent twice counts once, and what happens at most once does. */
public interface OnceLaws extends Laws {

  /** What a charge is posted as. */
  Set<TransactionType> TAKING = Set.of(TransactionType.CHARGE, TransactionType.ADJUSTMENT);

  /**
   * An event that is sent again while it is remembered changes nothing, however often it is sent
   * and whatever has happened since.
   *
   * @param history any history
   */
  @Property
  default void duplicatesChangeNothing(@ForAll("histories") History history) {
    Random random = history.random();
    Run run = Run.of(this, history);
    Map<String, Event> remembered = new LinkedHashMap<>();
    for (Run.Stage stage : run.decisions()) {
      if (Run.isRemembered(stage.step().reason())) {
        remembered.put(stage.decided().id(), stage.decided());
      }
      Account now = stage.end();
      Instant oldest = now.look().clock().minus(history.program().lateness());
      for (Event event : remembered.values()) {
        if (random.nextInt(3) == 0 && !event.at().isBefore(oldest)) {
          Step again = now.decide(event);
          String what = "sending " + event.id() + " again after " + stage.name();
          same(what, ReasonCode.SEEN_BEFORE, again.reason());
          sameAccount(what, now, again.account());
        }
      }
    }
  }

  /**
   * An id is remembered for the lateness to the nanosecond: an event can arrive exactly that late,
   * and then it is a duplicate; a nanosecond later it is too late.
   *
   * @param history any history
   */
  @Property
  default void anIdIsRememberedAsLongAsItCanArrive(@ForAll("histories") History history) {
    Run run = Run.of(this, history);
    Run.Stage stage = run.someDecision(history.random());
    if (stage == null || !Run.isRemembered(stage.step().reason())) {
      return;
    }
    Event event = stage.decided();
    Instant last = event.at().plus(history.program().lateness());
    if (last.isBefore(stage.end().look().clock())) {
      return;
    }
    Account then = stage.end().advance(last).account();
    same(event.id() + " at " + last, ReasonCode.SEEN_BEFORE, then.decide(event).reason());
    Event other =
        new Event(
            event.id(),
            event.at(),
            "of-another-type",
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Map.of());
    same("the id of " + event.id(), ReasonCode.ID_REUSED, then.decide(other).reason());
    Account later = then.advance(last.plusNanos(1)).account();
    same(event.id() + " after " + last, ReasonCode.TOO_LATE, later.decide(event).reason());
  }

  /**
   * An event may be as late as the program allows and not a nanosecond more.
   *
   * @param history any history
   */
  @Property
  default void lateEventsAreAcceptedToTheNanosecond(@ForAll("histories") History history) {
    Account last = Run.of(this, history).last();
    Instant oldest = last.look().clock().minus(history.program().lateness());
    Instant opened = history.opening().at();
    Event onTime = Event.of("an id of its own", oldest, "of-no-rule");
    same(
        "an event at " + oldest,
        oldest.isBefore(opened) ? ReasonCode.BEFORE_OPENING : ReasonCode.NO_RULE,
        last.decide(onTime).reason());
    Instant before = oldest.minusNanos(1);
    same(
        "an event at " + before,
        before.isBefore(opened) ? ReasonCode.BEFORE_OPENING : ReasonCode.TOO_LATE,
        last.decide(Run.like(onTime, onTime.id(), before)).reason());
  }

  /**
   * What rules grant once for ever under one key, they grant for one event at most, in whatever
   * versions. Rules are left out of whose name another version has one that grants otherwise.
   *
   * @param history any history
   */
  @Property
  default void onceForEverIsOnce(@ForAll("histories") History history) {
    SetMultimap<String, String> all = TreeMultimap.create();
    rules(history).forEach(rule -> all.put(rule.name(), foreverKey(rule.effect()).orElse("")));
    Map<String, String> keys = new TreeMap<>();
    all.asMap()
        .forEach(
            (rule, its) -> {
              if (its.size() == 1 && !its.contains("")) {
                keys.put(rule, its.iterator().next());
              }
            });
    SetMultimap<String, String> causes = TreeMultimap.create();
    Run.toTheEnd(this, history)
        .postings()
        .filter(row -> keys.containsKey(row.rule()))
        .forEach(row -> causes.put(keys.get(row.rule()), row.event().orElse("at " + row.at())));
    causes
        .asMap()
        .forEach((key, events) -> that(events.size() <= 1, key + " was granted by " + events));
  }

  private static Optional<String> foreverKey(Effect effect) {
    return effect instanceof Effect.Grant grant
            && grant.once().orElse(null) instanceof Once.ForEver once
        ? Optional.of(once.key())
        : Optional.empty();
  }

  /**
   * A claim earns each of its awards once: a subject has no more of them than it had charges, for
   * itself and for parts. Rows under an id that was forgotten and came again for another subject
   * are left out.
   *
   * @param history any history
   */
  @Property
  default void aClaimEarnsOnce(@ForAll("histories") History history) {
    SetMultimap<String, String> claims = TreeMultimap.create();
    rules(history)
        .forEach(
            rule -> {
              if (rule.effect() instanceof Effect.Charge charge) {
                rule.trigger().types().forEach(type -> claims.put(type, charge.part().orElse("")));
              }
            });
    SetMultimap<String, String> keys = TreeMultimap.create();
    rules(history)
        .forEach(
            rule ->
                keys.put(
                    rule.name(),
                    rule.effect() instanceof Effect.Grant grant
                            && grant.once().orElse(null) instanceof Once.PerClaim once
                        ? once.key()
                        : ""));
    Run run = Run.toTheEnd(this, history);
    Map<String, Long> charges = new TreeMap<>();
    SetMultimap<String, String> subjects = TreeMultimap.create();
    for (Run.Stage stage : run.decisions()) {
      Event event = stage.decided();
      if (stage.step().isApplied()) {
        String subject = event.subject().orElse("");
        subjects.put(event.id(), subject);
        charges.merge(subject, (long) claims.get(event.type()).size(), Long::sum);
      }
    }
    SetMultimap<String, String> earned = TreeMultimap.create();
    run.postings()
        .filter(row -> row.event().filter(id -> subjects.get(id).size() == 1).isPresent())
        .filter(row -> keys.get(row.rule()).size() == 1 && !keys.containsEntry(row.rule(), ""))
        .forEach(
            row -> {
              String subject = subjects.get(row.event().get()).iterator().next();
              String key = keys.get(row.rule()).iterator().next();
              Set<String> events = earned.get(subject + " " + key);
              events.add(row.event().get());
              long times = charges.getOrDefault(subject, 0L);
              that(
                  events.size() <= times,
                  subject + ", charged " + times + " times, earned " + key + " by " + events);
            });
    Statistics.label("what a claim earns once").collect(earned.isEmpty() ? "no" : "was earned");
  }

  private static Stream<Rule> rules(History history) {
    return history.program().versions().stream().flatMap(version -> version.rules().stream());
  }

  /**
   * Never more comes back than was taken: not in total, not of a subject or a group, and not of a
   * lot unless the program gives expired credits back as new ones.
   *
   * @param history any history
   */
  @Property
  default void noMoreComesBackThanWasTaken(@ForAll("histories") History history) {
    boolean renews = rules(history).map(Rule::effect).anyMatch(OnceLaws::renews);
    Set<String> bySubject =
        rules(history)
            .filter(
                rule ->
                    rule.effect() instanceof Effect.End end
                        && end.reach() == Effect.End.Reach.SUBJECT)
            .map(Rule::name)
            .collect(Collectors.toSet());
    rules(history)
        .filter(
            rule ->
                !(rule.effect() instanceof Effect.End end
                    && end.reach() == Effect.End.Reach.SUBJECT))
        .map(Rule::name)
        .forEach(bySubject::remove);
    Set<String> byGroup =
        rules(history)
            .filter(
                rule ->
                    rule.effect() instanceof Effect.End end
                        && end.reach() == Effect.End.Reach.GROUP)
            .map(Rule::name)
            .collect(Collectors.toSet());
    rules(history)
        .filter(
            rule ->
                !(rule.effect() instanceof Effect.End end && end.reach() == Effect.End.Reach.GROUP))
        .map(Rule::name)
        .forEach(byGroup::remove);
    long taken = 0;
    Map<Long, Long> ofLot = new TreeMap<>();
    Map<String, Long> ofSubject = new TreeMap<>();
    Map<String, Long> ofGroup = new TreeMap<>();
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      Optional<String> subject = Optional.ofNullable(stage.event()).flatMap(Event::subject);
      Optional<String> group = Optional.ofNullable(stage.event()).flatMap(Event::group);
      for (Posting row : stage.step().postings()) {
        boolean back = row.type() == TransactionType.RETURN;
        if (!back && (row.amount() > 0 || !TAKING.contains(row.type()))) {
          continue;
        }
        taken -= row.amount();
        that(taken >= 0, stage.name() + ": more came back in all than was taken: " + row);
        row.lots().forEach((lot, amount) -> ofLot.merge(lot, -amount, Long::sum));
        that(
            renews || ofLot.values().stream().allMatch(amount -> amount >= 0),
            stage.name() + ": more came back to a lot than was taken from it: " + row);
        if (group.isPresent() && (!back || byGroup.contains(row.rule()))) {
          long left = ofGroup.merge(group.get(), -row.amount(), Long::sum);
          that(
              left >= 0,
              stage.name() + ": more came back for " + group.get() + " than was taken: " + row);
        }
        if (subject.isPresent() && (!back || bySubject.contains(row.rule()))) {
          ofSubject.merge(subject.get(), -row.amount(), Long::sum);
          that(
              ofSubject.getOrDefault(subject.get(), 0L) >= 0,
              stage.name() + ": more came back for " + subject.get() + " than was taken: " + row);
        }
      }
    }
  }

  private static boolean renews(Effect effect) {
    return (effect instanceof Effect.End end && end.expired() == Effect.End.Expired.NEW_LOT)
        || (effect instanceof Effect.Charge charge
            && charge
                .lapse()
                .filter(lapse -> lapse.expired() == Effect.End.Expired.NEW_LOT)
                .isPresent());
  }

  /**
   * What comes back of a claim that is given back whole is what its charge has taken. This is said
   * of claims without parts and deadlines that nothing has touched before, of events that one rule
   * is for, by what the event says.
   *
   * @param history any history
   */
  @Property
  default void whatComesBackIsWhatWasTaken(@ForAll("histories") History history) {
    boolean back = false;
    Run run = Run.of(this, history);
    for (InForce inForce : InForce.of(history).stream().toList()) {
      Claims claims = new Claims();
      for (Run.Stage stage : run.decisions()) {
        if (stage.step().isApplied()) {
          Event event = stage.decided();
          List<Rule> rules = Claims.applying(inForce.rulesFor(event), event);
          OptionalLong due =
              rules.size() == 1 ? claims.dueBack(rules.get(0), event) : OptionalLong.empty();
          if (due.isPresent()) {
            long came = sum(stage, event, TransactionType.RETURN);
            same(stage.name() + ", what came back", due.getAsLong(), came);
            back |= came > 0;
          }
          claims.note(event, rules, -sum(stage, event, TransactionType.CHARGE));
        }
      }
    }
    Statistics.label("what was taken").collect(back ? "came back" : "did not come back");
  }

  private static long sum(Run.Stage stage, Event event, TransactionType type) {
    return stage.step().postings().stream()
        .filter(row -> row.type() == type && row.event().equals(Optional.of(event.id())))
        .mapToLong(Posting::amount)
        .sum();
  }

  /**
   * An ending is for good: the same again, at the same instant and under another id, finds no open
   * claim. Endings that leave the claim open are not looked at, nor programs with a version for
   * changed plans.
   *
   * @param history any history
   */
  @Property
  default void anEndingIsForGood(@ForAll("histories") History history) {
    Optional<InForce> inForce = InForce.of(history);
    boolean ended = false;
    for (Run.Stage stage :
        inForce.isPresent() ? Run.of(this, history).decisions() : List.<Run.Stage>of()) {
      Event event = stage.decided();
      if (stage.step().isApplied()
          && inForce.get().rulesFor(event).stream().anyMatch(rule -> ends(rule, event))) {
        ended = true;
        Step again = stage.end().decide(Run.like(event, "an id of its own", event.at()));
        that(!again.isApplied(), stage.name() + " ended a claim, and the same ends it again");
      }
    }
    Statistics.label("claims that end").collect(ended ? "yes" : "no");
  }

  /** Whether a rule ends claims for good, under no condition but those that the event meets. */
  private static boolean ends(Rule rule, Event event) {
    return rule.effect() instanceof Effect.End end
        && end.back() != Effect.End.Back.EVENT_AND_STAY_OPEN
        && rule.trigger().empty().isEmpty()
        && rule.trigger().conditions().stream()
            .allMatch(
                condition ->
                    condition.whose() == Condition.Whose.EVENT
                        && event
                            .fact(condition.fact())
                            .filter(condition.accepted()::contains)
                            .isPresent());
  }

  /**
   * What a hold holds is on hold until its deadline, and comes back then if nobody ended it before:
   * no sooner than at a deadline that a charge has set, or when the account learns of it.
   *
   * @param history any history
   */
  @Property
  default void holdsEnd(@ForAll("histories") History history) {
    Duration longest =
        rules(history)
            .map(Rule::effect)
            .filter(Effect.Charge.class::isInstance)
            .flatMap(effect -> ((Effect.Charge) effect).lapse().stream())
            .map(Effect.Lapse::after)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    Run run = Run.of(this, history);
    Account last = run.last();
    long onHold = last.look().onHold();
    Instant then = last.look().clock().plus(longest);
    Step end = last.advance(then);
    same("on hold at " + then, 0L, end.account().look().onHold());
    long back =
        end.postings().stream()
            .filter(row -> row.type() == TransactionType.RETURN)
            .mapToLong(Posting::amount)
            .sum();
    same("what comes back of holds up to " + then, onHold, back);
    Set<Instant> deadlines = deadlines(run);
    Stream.concat(run.postings(), end.postings().stream())
        .filter(row -> row.event().isEmpty() && row.rule().equals(Run.RELEASE))
        .forEach(row -> that(deadlines.contains(row.at()), "no hold ends then: " + row));
    Statistics.label("something").collect(onHold > 0 ? "was on hold" : "was not on hold");
  }

  /** The instants at which holds can be released: their deadlines, or when they arrived. */
  private static Set<Instant> deadlines(Run run) {
    Set<Instant> deadlines = new TreeSet<>();
    for (Run.Stage stage : run.decisions()) {
      Instant arrival = stage.end().look().clock();
      rules(run.history())
          .filter(rule -> rule.trigger().types().contains(stage.decided().type()))
          .map(Rule::effect)
          .filter(Effect.Charge.class::isInstance)
          .flatMap(effect -> ((Effect.Charge) effect).lapse().stream())
          .map(lapse -> stage.decided().at().plus(lapse.after()))
          .forEach(deadline -> deadlines.add(Comparators.max(deadline, arrival)));
    }
    return deadlines;
  }

  /**
   * What is pending is posted once: when it is due, or when the host settles it. All that an event
   * made pending is in its rows once nothing is pending; of programs that take nothing back and
   * whose calendar makes nothing pending, and of histories without an id that comes twice.
   *
   * @param history any history
   */
  @Property
  default void whatIsPendingIsPosted(@ForAll("histories") History history) {
    boolean simple =
        rules(history)
            .noneMatch(
                rule ->
                    rule.effect() instanceof Effect.Revoke
                        || (rule.effect() instanceof Effect.Grant grant
                            && !grant.settlement().equals(Effect.Settlement.AT_ONCE)
                            && rule.trigger().types().stream()
                                .anyMatch(CalendarEvent::isReserved)));
    long ids = history.events().stream().map(Event::id).distinct().count();
    simple &= ids == history.events().size();
    boolean waited = false;
    long pending = 0;
    Map<String, Run.Stage> arrivals = new LinkedHashMap<>();
    for (Run.Stage stage : simple ? Run.toTheEnd(this, history).stages() : List.<Run.Stage>of()) {
      String own = stage.event() == null ? "" : stage.event().id();
      long settled =
          stage.step().postings().stream()
              .filter(row -> row.event().isPresent() && !row.event().get().equals(own))
              .filter(row -> row.amount() > 0)
              .mapToLong(Posting::amount)
              .sum();
      if (stage.event() != null && stage.step().isApplied()) {
        arrivals.put(own, stage);
      }
      for (Posting row : stage.step().postings()) {
        Optional<Instant> due =
            row.event()
                .map(arrivals::get)
                .flatMap(arrival -> due(history, arrival, row.rule()))
                .filter(at -> !row.at().equals(at));
        that(
            due.isEmpty() || settles(history, stage.event()),
            stage.name() + ": was due at " + due.orElse(null) + ", but posted is " + row);
      }
      long now = stage.end().look().pending();
      waited |= now > 0;
      boolean earns =
          stage.event() != null
              && rules(history)
                  .anyMatch(
                      rule ->
                          rule.effect() instanceof Effect.Grant
                              && rule.trigger().types().contains(stage.decided().type()));
      that(
          earns ? now >= pending - settled : now == pending - settled,
          stage.name()
              + ": of "
              + pending
              + " pending, "
              + settled
              + " were posted, and now "
              + now
              + " are pending");
      pending = now;
    }
    Statistics.label("something").collect(waited ? "was pending" : "was not pending");
  }

  /**
   * When an event's rows of a rule are due, which says so in all versions; empty if it does not.
   */
  private static Optional<Instant> due(History history, Run.Stage arrival, String name) {
    Set<Optional<Duration>> delays =
        rules(history)
            .filter(rule -> rule.name().equals(name))
            .map(rule -> delay(rule.effect()))
            .collect(Collectors.toSet());
    Instant clock = arrival.end().look().clock();
    return delays.size() == 1
        ? delays
            .iterator()
            .next()
            .map(delay -> Comparators.max(arrival.decided().at().plus(delay), clock))
        : Optional.empty();
  }

  private static Optional<Duration> delay(Effect effect) {
    return effect instanceof Effect.Grant grant
            && grant.settlement() instanceof Effect.Settlement.After after
        ? Optional.of(after.delay())
        : Optional.empty();
  }

  /** Whether an event may settle what is pending, as a host does. */
  private static boolean settles(History history, @Nullable Event event) {
    return event != null
        && rules(history)
            .anyMatch(
                rule ->
                    rule.effect() instanceof Effect.Settle
                        && rule.trigger().types().contains(event.type()));
  }
}
