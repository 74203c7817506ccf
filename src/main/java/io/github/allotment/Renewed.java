package io.github.allotment;

import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Line;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Rule;
import io.github.allotment.policy.Source;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Window;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a renewal leaves, as far as the next one depends on it: if two in a row leave the same, all
 * that follow do.
 *
 * @param account what renewals' rules ask for besides what is there
 * @param mayStay whether nothing else than renewals will change what is there, and they do not look
 *     at what single sources hold when they cut
 * @param lots what is there, in the order of spending; empty if something else than renewals will
 *     change it, or may do so with what they bring
 */
record Renewed(Account account, boolean mayStay, Optional<List<Kept>> lots) {

  /** What of it every further renewal will leave the same. */
  enum Same {
    NOTHING,
    AVAILABLE,
    EVERYTHING
  }

  /** What renewals' rules ask for besides what is there. */
  record Account(
      String plan,
      Optional<String> waitingPlan,
      Period cycle,
      SortedSet<String> done,
      SortedMap<String, FactValue> facts) {}

  /**
   * A lot, without what time changes about it.
   *
   * @param cyclesLeft how many cycles later it expires; 0 if it does not
   * @param age how many of the lots are older
   * @param cycle how many earlier cycles there are lots of
   */
  record Kept(
      String source,
      int priority,
      Optional<Lot.Origin> origin,
      long left,
      long cyclesLeft,
      int age,
      int cycle) {}

  static Renewed of(Wallet wallet, Policy version) {
    Standing.Terms terms = wallet.standing.terms();
    Account account =
        new Account(terms.plan(), terms.waitingPlan(), terms.cycle(), terms.done(), terms.facts());
    boolean hasTicks = !version.ticks().isEmpty();
    boolean goesOn = version.plan(terms.plan()).filter(terms::goesOn).isPresent();
    boolean mayStay =
        goesOn
            && wallet.contents.isIdle()
            && !hasTicks
            && !(cuts(version) && looksAtSources(version));
    return new Renewed(
        account,
        mayStay,
        !goesOn || hasTicks || isUnderWay(wallet.contents, version, terms.plan())
            ? Optional.empty()
            : kept(wallet));
  }

  /**
   * Tells what every renewal after this one will leave as it is, when the one before left another
   * value, and as much was there and available then. The same lots, of the same age among each
   * other, are treated alike by the same rules. If nothing expires, then nothing came if nothing
   * was cut; and if some was, as much comes and goes each time, unless a rule looks at what a
   * single source holds.
   */
  Same sameAs(Renewed before) {
    if (lots.isPresent() && equals(before)) {
      return Same.EVERYTHING;
    }
    return mayStay && before.mayStay && account.equals(before.account)
        ? Same.AVAILABLE
        : Same.NOTHING;
  }

  /** Tells whether anything but renewals and expiry will change what is there, or what they do. */
  private static boolean isUnderWay(Contents contents, Policy version, String plan) {
    return contents.nextAward() != null
        || contents.nextRelease() != null
        || renewals(version).stream().anyMatch(rule -> counts(version, rule.effect()))
        || !brought(version, plan).allMatch(source -> lastsForCycles(version, source));
  }

  /** Returns the sources that a renewal may bring something to. */
  private static Stream<String> brought(Policy version, String plan) {
    Stream<Line> allotted = version.plan(plan).stream().flatMap(it -> it.allotment().stream());
    Stream<Line> granted =
        renewals(version).stream()
            .map(Rule::effect)
            .flatMap(
                effect ->
                    effect instanceof Effect.Grant grant ? grant.lines().stream() : Stream.of());
    return Stream.concat(allotted, granted).map(Line::source);
  }

  /** Tells whether what an effect grants counts against a limit over time. */
  static boolean counts(Policy version, Effect effect) {
    return limits(effect).stream()
        .map(within -> version.limit(within.limit()).orElseThrow())
        .anyMatch(limit -> !(limit.window() instanceof Window.Held));
  }

  private static List<Effect.Within> limits(Effect effect) {
    if (effect instanceof Effect.Grant grant) {
      return grant.limits();
    }
    return effect instanceof Effect.Allot allot ? allot.limits() : List.of();
  }

  private static Optional<List<Kept>> kept(Wallet wallet) {
    Map<Lot.Terms, Integer> ages = new LinkedHashMap<>();
    SortedSet<Long> cycles = new TreeSet<>();
    for (Lot lot : wallet.contents.lotsIn(LotOrder.of(List.of(Order.OLDEST)))) {
      ages.put(lot.terms(), ages.size());
      cycles.add(lot.terms().cycle());
    }
    List<Long> inTurn = List.copyOf(cycles);
    List<Kept> kept = new ArrayList<>();
    for (Lot lot : wallet.contents.lots()) {
      Lot.Terms terms = lot.terms();
      Optional<Long> cyclesLeft = cyclesLeft(wallet, terms.expiresAt());
      if (cyclesLeft.isEmpty()) {
        return Optional.empty();
      }
      kept.add(
          new Kept(
              terms.source(),
              terms.priority(),
              terms.origin(),
              lot.left(),
              cyclesLeft.get(),
              ages.getOrDefault(terms, 0),
              Collections.binarySearch(inTurn, terms.cycle())));
    }
    return Optional.of(kept);
  }

  /** Returns how many cycles are left until an expiry; empty if it is within one. */
  private static Optional<Long> cyclesLeft(Wallet wallet, Optional<Instant> expiry) {
    if (expiry.isEmpty()) {
      return Optional.of(0L);
    }
    Standing.Terms terms = wallet.standing.terms();
    long index = Cycles.indexAt(terms.anchor(), terms.cycle(), expiry.get(), terms.zone());
    return Optional.of(index - terms.cycleIndex())
        .filter(
            left ->
                Cycles.start(terms.anchor(), terms.cycle(), index, terms.zone())
                    .equals(expiry.get()));
  }

  private static boolean lastsForCycles(Policy version, String source) {
    return version.source(source).flatMap(Source::term).stream()
        .allMatch(Term.Cycles.class::isInstance);
  }

  /** Tells whether a renewal may cut what is there. */
  static boolean cuts(Policy version) {
    return renewals(version).stream().anyMatch(rule -> rule.effect() instanceof Effect.Forfeit);
  }

  private static List<Rule> renewals(Policy version) {
    return version.rulesFor(CalendarEvent.RENEWED.code());
  }

  /** Tells whether what a renewal does may hang on what a single source holds. */
  private static boolean looksAtSources(Policy version) {
    return version.limits().stream().anyMatch(Renewed::looksAtSources)
        || renewals(version).stream()
            .anyMatch(rule -> !rule.trigger().empty().isEmpty() || looksAtSources(rule.effect()));
  }

  private static boolean looksAtSources(Limit limit) {
    return limit.window() instanceof Window.Held held && !held.sources().isEmpty();
  }

  /** Tells whether what an effect does may hang on what a single source holds. */
  static boolean looksAtSources(Effect effect) {
    return (effect instanceof Effect.Forfeit forfeit
            && (forfeit.rolledOverOnly() || !forfeit.sources().isEmpty()))
        || (effect instanceof Effect.Allot allot && allot.how() == Effect.Allot.How.REFILL);
  }
}
