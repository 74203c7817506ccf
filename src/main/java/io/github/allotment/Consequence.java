package io.github.allotment;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One thing that a rule did.
 *
 * <p>Every consequence names the rule and the policy version that it comes from, and writes itself
 * as an English sentence. Instants are in UTC. The set is closed for a major version of the
 * library.
 */
public sealed interface Consequence {

  /**
   * Returns the rule that did it.
   *
   * @return the rule's name
   */
  String rule();

  /**
   * Returns the policy version that the rule is of.
   *
   * @return the version's name
   */
  String version();

  /**
   * Writes the consequence as a sentence.
   *
   * @param unit what the program counts
   * @return the sentence, with a full stop
   */
  String text(Unit unit);

  /**
   * Takes the consequence apart: calls the one of the cases that it is.
   *
   * @param <R> what the cases return
   * @param cases what to do with each kind of consequence
   * @return what the case returned
   */
  <R> R match(Cases<R> cases);

  /**
   * What to do with each kind of consequence.
   *
   * @param <R> what is returned
   */
  interface Cases<R> {
    /**
     * Handles credits that an account brought along.
     *
     * @param consequence the consequence
     * @return the result
     */
    R brought(Brought consequence);

    /**
     * Handles a grant.
     *
     * @param consequence the consequence
     * @return the result
     */
    R granted(Granted consequence);

    /**
     * Handles credits that are pending.
     *
     * @param consequence the consequence
     * @return the result
     */
    R earned(Earned consequence);

    /**
     * Handles a charge.
     *
     * @param consequence the consequence
     * @return the result
     */
    R charged(Charged consequence);

    /**
     * Handles credits that came back.
     *
     * @param consequence the consequence
     * @return the result
     */
    R returned(Returned consequence);

    /**
     * Handles a claim of which nothing came back.
     *
     * @param consequence the consequence
     * @return the result
     */
    R kept(Kept consequence);

    /**
     * Handles a forfeit.
     *
     * @param consequence the consequence
     * @return the result
     */
    R forfeited(Forfeited consequence);

    /**
     * Handles an expiry.
     *
     * @param consequence the consequence
     * @return the result
     */
    R expired(Expired consequence);

    /**
     * Handles a change of plan that waits.
     *
     * @param consequence the consequence
     * @return the result
     */
    R planChangeWaits(PlanChangeWaits consequence);

    /**
     * Handles a change of plan that was cancelled.
     *
     * @param consequence the consequence
     * @return the result
     */
    R planChangeCancelled(PlanChangeCancelled consequence);

    /**
     * Handles a change of plan.
     *
     * @param consequence the consequence
     * @return the result
     */
    R planChanged(PlanChanged consequence);

    /**
     * Handles a fact that was set.
     *
     * @param consequence the consequence
     * @return the result
     */
    R factSet(FactSet consequence);

    /**
     * Handles a grant taken back.
     *
     * @param consequence the consequence
     * @return the result
     */
    R revoked(Revoked consequence);

    /**
     * Handles a tick that was restarted.
     *
     * @param consequence the consequence
     * @return the result
     */
    R restarted(Restarted consequence);

    /**
     * Handles pending credits that became available.
     *
     * @param consequence the consequence
     * @return the result
     */
    R settled(Settled consequence);
  }

  /**
   * An account that existed before brought credits along.
   *
   * @param rule what stands for a rule's name
   * @param version the name of the version in force at the opening
   * @param amount how many; 0 or more
   */
  record Brought(String rule, String version, long amount) implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat("%s brought along (%s).", unit.format(amount), rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.brought(this);
    }
  }

  /**
   * Credits were granted and are there: available, or frozen if the plan freezes their source.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param type the type of the rows
   * @param amount how many; 0 or more
   * @param asked how many it would have been if no limit had cut it; not less than the amount, and
   *     {@link Long#MAX_VALUE} if it is more than that
   * @param rooms what the grant's limits have left after it
   */
  record Granted(
      String rule, String version, TransactionType type, long amount, long asked, List<Room> rooms)
      implements Consequence {

    public Granted {
      requireNonNull(type, "type");
      rooms = Few.copyOf(rooms);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat("%s added (%s)%s.", amountOf(unit, amount, asked), rule, phrases(rooms));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.granted(this);
    }
  }

  /**
   * Credits were earned and are pending.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param type the type of the rows to come
   * @param amount how many; more than 0
   * @param asked how many it would have been if no limit had cut it; not less than the amount, and
   *     {@link Long#MAX_VALUE} if it is more than that
   * @param earnedAt the instant from which they count against limits
   * @param availableAt when they become available, unless they are settled earlier; not before the
   *     wallet's clock
   * @param rooms what the grant's limits have left after it
   */
  record Earned(
      String rule,
      String version,
      TransactionType type,
      long amount,
      long asked,
      Instant earnedAt,
      Instant availableAt,
      List<Room> rooms)
      implements Consequence {

    public Earned {
      requireNonNull(type, "type");
      requireNonNull(earnedAt, "earnedAt");
      requireNonNull(availableAt, "availableAt");
      rooms = Few.copyOf(rooms);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "%s earned (%s), available by %s%s.",
          amountOf(unit, amount, asked), rule, availableAt, phrases(rooms));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.earned(this);
    }
  }

  private static String amountOf(Unit unit, long amount, long asked) {
    return amount == asked ? unit.format(amount) : amount + " of " + unit.format(asked);
  }

  private static String phrases(List<Room> rooms) {
    return rooms.stream().map(room -> "; " + room.phrase()).collect(Collectors.joining());
  }

  /**
   * Credits were spent.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param amount how many; 0 or more
   * @param asked how many it would have been if enough had been available; not less than the amount
   * @param subject what for, if the event said so
   */
  record Charged(String rule, String version, long amount, long asked, Optional<String> subject)
      implements Consequence {

    public Charged {
      requireNonNull(subject, "subject");
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "%s spent%s (%s).",
          amountOf(unit, amount, asked),
          subject.map(name -> " on " + Sentences.plain(name)).orElse(""),
          rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.charged(this);
    }
  }

  /**
   * A claim ended and what it had taken came back.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param subject the claim's subject
   * @param amount how many credits came back; 0 or more
   * @param at when they came back: the wallet's clock
   */
  record Returned(String rule, String version, String subject, long amount, Instant at)
      implements Consequence {
    @Override
    public String text(Unit unit) {
      return amount == 0
          ? lenientFormat("Nothing to return for %s (%s).", Sentences.plain(subject), rule)
          : lenientFormat(
              "%s returned for %s at %s (%s).",
              unit.format(amount), Sentences.plain(subject), at, rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.returned(this);
    }
  }

  /**
   * A claim ended and nothing came back.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param subject the claim's subject
   * @param amount how many credits it had taken; 0 or more
   */
  record Kept(String rule, String version, String subject, long amount) implements Consequence {
    @Override
    public String text(Unit unit) {
      return amount == 0
          ? lenientFormat("Nothing to return for %s (%s).", Sentences.plain(subject), rule)
          : lenientFormat(
              "The %s spent on %s %s not returned (%s).",
              unit.format(amount), Sentences.plain(subject), amount == 1 ? "is" : "are", rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.kept(this);
    }
  }

  /**
   * Credits were cut.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param amount how many; 0 or more
   * @param most the largest amount that stays
   */
  record Forfeited(String rule, String version, long amount, long most) implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat("%s forfeited (%s).", unit.format(amount), rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.forfeited(this);
    }
  }

  /**
   * Credits expired.
   *
   * @param rule what stands for a rule's name: {@code expiry}
   * @param version the name of the version in force then
   * @param amount how many; more than 0
   * @param at when: the wallet's clock
   */
  record Expired(String rule, String version, long amount, Instant at) implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat("%s expired at %s.", unit.format(amount), at);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.expired(this);
    }
  }

  /**
   * A change of plan waits.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param plan the plan to come
   * @param from the renewal from which it counts
   */
  record PlanChangeWaits(String rule, String version, String plan, Instant from)
      implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "The plan changes to %s at the next renewal, %s (%s).",
          Sentences.plain(plan), from, rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.planChangeWaits(this);
    }
  }

  /**
   * A waiting change of plan was cancelled.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param plan the plan that stays
   * @param cancelled the plan that was to come
   */
  record PlanChangeCancelled(String rule, String version, String plan, String cancelled)
      implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "The plan stays %s; the change to %s is cancelled (%s).",
          Sentences.plain(plan), Sentences.plain(cancelled), rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.planChangeCancelled(this);
    }
  }

  /**
   * The plan was changed: at once, or because a change that waited came into force.
   *
   * @param rule the rule's name; {@code renewal} for a change that waited
   * @param version the version's name
   * @param plan the new plan
   * @param at when
   */
  record PlanChanged(String rule, String version, String plan, Instant at) implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat("The plan is %s from %s on (%s).", Sentences.plain(plan), at, rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.planChanged(this);
    }
  }

  /**
   * A fact of the wallet was set.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param fact the fact's name
   * @param value its value
   */
  record FactSet(String rule, String version, String fact, FactValue value) implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "The account's %s is now %s (%s).", fact, Sentences.plain(value.text()), rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.factSet(this);
    }
  }

  /**
   * A grant was taken back.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param subject what was granted for
   * @param amount how many available credits were taken back; 0 or more
   * @param pending how many pending credits were taken back; 0 or more
   * @param asked how many the grants had brought in all; not less than both, and {@link
   *     Long#MAX_VALUE} if it is more than that
   */
  record Revoked(String rule, String version, String subject, long amount, long pending, long asked)
      implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "%s taken back for %s%s (%s).",
          amountOf(unit, amount + pending, asked),
          Sentences.plain(subject),
          pending == 0 ? "" : lenientFormat(", %s of them still pending", pending),
          rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.revoked(this);
    }
  }

  /**
   * A tick was restarted.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param tick the tick's name
   * @param from the instant from which it is reckoned
   */
  record Restarted(String rule, String version, String tick, Instant from) implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat("The %s is reckoned from %s (%s).", tick, from, rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.restarted(this);
    }
  }

  /**
   * Pending credits became available, or are frozen if the plan freezes their source.
   *
   * @param rule the name of the rule that granted them
   * @param version the name of the version that granted them
   * @param amount how many; more than 0
   * @param earnedAt when they were earned
   */
  record Settled(String rule, String version, long amount, Instant earnedAt)
      implements Consequence {
    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "%s earned at %s became available (%s).", unit.format(amount), earnedAt, rule);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settled(this);
    }
  }
}
