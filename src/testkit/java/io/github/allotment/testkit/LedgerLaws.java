package io.github.allotment.testkit;

import static io.github.allotment.testkit.Run.same;
import static io.github.allotment.testkit.Run.that;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.github.allotment.Event;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Order;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.TransactionType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** Nothing appears from nowhere and nothing is lost. */
public interface LedgerLaws extends Laws {

  /**
   * After every row, the sum of all amounts is the row's balance; after every step, it is what is
   * available and frozen.
   *
   * @param history any history
   */
  @Property
  default void theHistorySumsToTheBalance(@ForAll("histories") History history) {
    long sum = 0;
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      for (Posting row : stage.step().postings()) {
        sum = Math.addExact(sum, row.amount());
        same(stage.name() + ", balance after " + row, sum, row.balance());
      }
      Snapshot now = stage.end().look();
      same(stage.name() + ", available and frozen", sum, now.available() + now.frozen());
    }
  }

  /**
   * The rows' moves of a lot add up to what is left of it, never to less than nothing; a row's
   * amount is the sum of its moves.
   *
   * @param history any history
   */
  @Property
  default void everyLotIsConserved(@ForAll("histories") History history) {
    SortedMap<Long, Long> left = new TreeMap<>();
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      for (Posting row : stage.step().postings()) {
        row.lots().forEach((lot, amount) -> left.merge(lot, amount, Math::addExact));
        same(
            stage.name() + ", amount of " + row,
            row.lots().values().stream().mapToLong(amount -> amount).sum(),
            row.amount());
        that(
            left.values().stream().allMatch(amount -> amount >= 0),
            stage.name() + ": more taken from a lot than was in it: " + left + " by " + row);
      }
      SortedMap<Long, Long> there = new TreeMap<>();
      stage.end().look().lots().forEach(lot -> there.merge(lot.number(), lot.left(), Long::sum));
      left.values().removeIf(amount -> amount == 0);
      same(stage.name() + ", what is left of each lot", left, there);
    }
  }

  /**
   * What is available, frozen, pending and on hold is never negative, and is what the lots hold.
   *
   * @param history any history
   */
  @Property
  default void nothingIsEverNegative(@ForAll("histories") History history) {
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      Snapshot now = stage.end().look();
      that(
          now.available() >= 0 && now.frozen() >= 0 && now.pending() >= 0 && now.onHold() >= 0,
          stage.name() + ": something is negative in " + now);
      that(
          now.lots().stream().allMatch(lot -> lot.left() > 0),
          stage.name() + ": a lot without anything left in " + now);
    }
  }

  /**
   * Grants, purchases, awards and returns add; charges, expiries and forfeits take away; no row is
   * of 0.
   *
   * @param history any history
   */
  @Property
  default void everyTypeOfRowHasItsDirection(@ForAll("histories") History history) {
    Run.toTheEnd(this, history)
        .postings()
        .forEach(
            row -> {
              that(row.amount() != 0, "a row of nothing: " + row);
              that(
                  switch (row.type()) {
                    case ALLOTMENT, BONUS, PURCHASE, AWARD, RETURN -> row.amount() > 0;
                    case CHARGE, EXPIRY, FORFEIT -> row.amount() < 0;
                    case ADJUSTMENT -> true;
                  },
                  "the wrong direction: " + row);
            });
  }

  /**
   * At its expiry a lot is gone: nothing that has expired is there, nothing is spent at or after
   * its expiry, and what expires does so at its instant.
   *
   * @param history any history
   */
  @Property
  default void whatHasExpiredIsGone(@ForAll("histories") History history) {
    SortedMap<Long, Snapshot.LotLeft> known = new TreeMap<>();
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      for (Posting row : stage.step().postings()) {
        for (Long number : row.lots().keySet()) {
          Snapshot.LotLeft lot = known.get(number);
          if (lot == null || lot.expiresAt().isEmpty()) {
            continue;
          }
          boolean over = !row.at().isBefore(lot.expiresAt().get());
          if (row.type() == TransactionType.EXPIRY) {
            that(over, stage.name() + ": " + row + " takes " + lot + " before its expiry");
          } else if (row.amount() < 0) {
            that(!over, stage.name() + ": " + row + " takes from " + lot + " after its expiry");
          }
        }
      }
      Snapshot now = stage.end().look();
      for (Snapshot.LotLeft lot : now.lots()) {
        known.put(lot.number(), lot);
        that(
            lot.expiresAt().map(now.clock()::isBefore).orElse(true),
            stage.name() + ": " + lot + " is still there at " + now.clock());
      }
    }
  }

  /**
   * A lot expires when the terms of its source say: so much of the calendar or of time after it was
   * granted, at an instant, or never. Terms by cycles, and those that an event brings, are not
   * looked at, nor are sources whose terms change from version to version.
   *
   * @param history any history
   */
  @Property
  default void everyLotLivesAsLongAsItsSourceSays(@ForAll("histories") History history) {
    Map<String, Optional<Term>> terms =
        history.opening().existing().isEmpty() ? terms(history.program()) : Map.of();
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      for (Snapshot.LotLeft lot : stage.end().look().lots()) {
        if (terms.containsKey(lot.source())) {
          same(
              stage.name() + ", the expiry of " + lot,
              terms.get(lot.source()).map(term -> end(term, lot.grantedAt(), history)),
              lot.expiresAt());
        }
      }
    }
  }

  private static Map<String, Optional<Term>> terms(Program program) {
    SetMultimap<String, Optional<Term>> all = LinkedHashMultimap.create();
    for (Policy version : program.versions()) {
      version.sources().forEach(source -> all.put(source.name(), source.term()));
    }
    Map<String, Optional<Term>> known = new TreeMap<>();
    all.asMap()
        .forEach(
            (source, terms) -> {
              Optional<Term> first = terms.iterator().next();
              if (terms.size() == 1
                  && !(first.orElse(null) instanceof Term.Cycles)
                  && !(first.orElse(null) instanceof Term.OfEvent)) {
                known.put(source, first);
              }
            });
    return known;
  }

  private static Instant end(Term term, Instant grantedAt, History history) {
    if (term instanceof Term.Lasting lasting) {
      return grantedAt.atZone(history.opening().zone()).plus(lasting.period()).toInstant();
    } else if (term instanceof Term.Exactly exactly) {
      return grantedAt.plus(exactly.length());
    }
    return ((Term.Until) term).instant();
  }

  /**
   * A charge takes from the oldest lots, and from the next only when there is nothing left; of
   * programs that spend so, and whose sources can be spent on every plan.
   *
   * @param history any history
   */
  @Property
  default void theOldestIsSpentFirst(@ForAll("histories") History history) {
    boolean oldest =
        history.opening().existing().isEmpty()
            && history.program().versions().stream()
                .allMatch(
                    version ->
                        version.spending().equals(List.of(Order.OLDEST))
                            && version.sources().stream()
                                .allMatch(source -> source.plans().isEmpty()));
    boolean spent = false;
    Map<Long, Long> left = new LinkedHashMap<>();
    for (Run.Stage stage : oldest ? Run.of(this, history).stages() : List.<Run.Stage>of()) {
      for (Posting row : stage.step().postings()) {
        if (row.type() == TransactionType.CHARGE) {
          spent = true;
          same(stage.name() + ", the lots of " + row, first(-row.amount(), left), row.lots());
        }
        row.lots().forEach((lot, amount) -> left.merge(lot, amount, Long::sum));
      }
    }
    Statistics.label("the oldest first").collect(spent ? "was spent" : "was not spent");
  }

  private static Map<Long, Long> first(long amount, Map<Long, Long> left) {
    Map<Long, Long> taken = new TreeMap<>();
    long missing = amount;
    for (Map.Entry<Long, Long> lot : left.entrySet()) {
      long part = Math.min(missing, lot.getValue());
      if (part > 0) {
        taken.put(lot.getKey(), -part);
        missing -= part;
      }
    }
    return taken;
  }

  /**
   * A wallet can hold {@link Long#MAX_VALUE} and no more: what would bring it above is an {@link
   * ArithmeticException}, and the account stays as it was. It is tried with an event that grants
   * the amount that it brings, of programs that have a rule for one under no condition and no
   * limit, and no version for changed plans.
   *
   * @param history any history
   */
  @Property
  default void nothingOverflows(@ForAll("histories") History history) {
    Account last = Run.of(this, history).last();
    Snapshot now = last.look();
    long there = now.available() + now.frozen() + now.pending() + now.onHold();
    Optional<String> type =
        InForce.of(history).flatMap(inForce -> freeGrant(inForce.at(now.clock())));
    if (type.isPresent()) {
      Event most =
          Event.of("an id of its own", now.clock(), type.get()).withAmount(Long.MAX_VALUE - there);
      Snapshot full = last.decide(most).account().look();
      that(
          full.available() >= 0 && full.frozen() >= 0,
          "with " + there + " and " + most.amount().getAsLong() + " more there is " + full);
      if (there > 0) {
        refusesOneMore(last, most.withAmount(most.amount().getAsLong() + 1));
      }
    }
    Statistics.label("rules that grant any amount").collect(type.isPresent() ? "yes" : "no");
  }

  private static void refusesOneMore(Account account, Event tooMuch) {
    Object before = account.export();
    try {
      Step step = account.decide(tooMuch);
      that(
          !step.isApplied(),
          "one more than fits is granted; now there is " + step.account().look());
    } catch (ArithmeticException expected) {
      same("the account that would have held too much", before, account.export());
    }
  }

  /** Returns the type of an event for which there is one rule, which grants what it brings. */
  private static Optional<String> freeGrant(Policy version) {
    return version.rules().stream()
        .filter(
            rule ->
                rule.trigger().conditions().isEmpty()
                    && rule.trigger().empty().isEmpty()
                    && !rule.trigger().needsOpenClaim()
                    && rule.effect() instanceof Effect.Grant grant
                    && grant.once().isEmpty()
                    && grant.limits().isEmpty()
                    && grant.settlement() instanceof Effect.Settlement.After
                    && grant.lines().size() == 1
                    && grant.lines().get(0).quantity().equals(Quantity.ofEvent())
                    && version
                        .source(grant.lines().get(0).source())
                        .filter(
                            source ->
                                source.priorityFact().isEmpty()
                                    && !(source.term().orElse(null) instanceof Term.OfEvent))
                        .isPresent())
        .flatMap(rule -> rule.trigger().types().stream())
        .filter(type -> version.rulesFor(type).size() == 1 && !CalendarEvent.isReserved(type))
        .findFirst();
  }
}
