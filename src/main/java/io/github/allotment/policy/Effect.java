package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a rule does when it applies.
 *
 * <p>The rule language grows: a minor version of the library may add to this set.
 */
public sealed interface Effect {

  /** The longest time from earning a grant until it settles: 36,525 days of 24 hours. */
  Duration LONGEST_DELAY = Duration.ofDays(36_525);

  /**
   * Returns the effect that grants what the wallet's plan allots.
   *
   * @return the effect
   */
  static Allot allot() {
    return new Allot(Allot.How.FULL, List.of());
  }

  /**
   * Returns the effect that grants what is missing from the plan's allotment.
   *
   * @return the effect
   */
  static Allot refill() {
    return new Allot(Allot.How.REFILL, List.of());
  }

  /**
   * Returns the effect that grants the part of the plan's allotment that belongs to the rest of the
   * cycle.
   *
   * @return the effect
   */
  static Allot allotProrated() {
    return new Allot(Allot.How.PRORATED, List.of());
  }

  /**
   * Returns the effect that grants by how much the plan's allotment is more than that of the plan
   * that was left.
   *
   * @return the effect
   */
  static Allot allotDifference() {
    return new Allot(Allot.How.DIFFERENCE, List.of());
  }

  /**
   * Returns the effect that grants a fixed amount, at once, in one line.
   *
   * @param type the type of the history's row
   * @param label what the row is called, for people; not blank
   * @param source the source of the lot; one that the policy declares
   * @param amount how many credits; 0 or more
   * @return the effect
   */
  static Grant grant(TransactionType type, String label, String source, long amount) {
    return grant(type, new Line(label, source, Quantity.of(amount)));
  }

  /**
   * Returns the effect that grants a quantity, at once, in one line.
   *
   * <p>For example {@code Quantity.ofPlan(2)} for twice what the plan allots, or {@code
   * Quantity.ofEvent("extra")} for what a fact of the event says.
   *
   * @param type the type of the history's row
   * @param label what the row is called, for people; not blank
   * @param source the source of the lot; one that the policy declares
   * @param quantity how many credits
   * @return the effect
   */
  static Grant grant(TransactionType type, String label, String source, Quantity quantity) {
    return grant(type, new Line(label, source, quantity));
  }

  /**
   * Returns the effect that grants what the event brings, at once, in one line.
   *
   * @param type the type of the history's row
   * @param label what the row is called, for people; not blank
   * @param source the source of the lot; one that the policy declares
   * @return the effect
   */
  static Grant grantOfEvent(TransactionType type, String label, String source) {
    return grant(type, new Line(label, source, Quantity.ofEvent()));
  }

  private static Grant grant(TransactionType type, Line line) {
    return new Grant(type, List.of(line), Optional.empty(), List.of(), Settlement.AT_ONCE);
  }

  /**
   * Returns the effect that charges what the event brings.
   *
   * @param label what the row is called, for people; not blank
   * @return the effect
   */
  static Charge charge(String label) {
    return new Charge(
        TransactionType.CHARGE,
        label,
        Quantity.ofEvent(),
        Charge.Shortfall.REFUSE,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns the effect that ends claims and returns all that they took.
   *
   * @param reach which claims end
   * @param label what the row of a return is called, for people; not blank
   * @return the effect
   */
  static End giveBack(End.Reach reach, String label) {
    return new End(reach, Optional.empty(), End.Back.ALL, label, End.Expired.EXPIRES);
  }

  /**
   * Returns the effect that ends claims and returns nothing.
   *
   * @param reach which claims end
   * @param label what the ending is called, for people; not blank
   * @return the effect
   */
  static End keep(End.Reach reach, String label) {
    return new End(reach, Optional.empty(), End.Back.NOTHING, label, End.Expired.EXPIRES);
  }

  /**
   * Returns the effect that ends the subject's claim for less: the event's amount is captured, and
   * the rest comes back.
   *
   * @param label what the row of a return is called, for people; not blank
   * @return the effect
   */
  static End capture(String label) {
    return new End(
        End.Reach.SUBJECT, Optional.empty(), End.Back.ALL_BUT_EVENT, label, End.Expired.EXPIRES);
  }

  /**
   * Returns the effect that returns the event's amount of the subject's claim, which stays open.
   *
   * @param label what the row of a return is called, for people; not blank
   * @return the effect
   */
  static End giveBackPart(String label) {
    return new End(
        End.Reach.SUBJECT,
        Optional.empty(),
        End.Back.EVENT_AND_STAY_OPEN,
        label,
        End.Expired.EXPIRES);
  }

  /**
   * Returns the effect that cuts the wallet down to an amount, the oldest lots first.
   *
   * @param label what the row is called, for people; not blank
   * @param most the largest amount that stays; 0 or more
   * @param sources the sources that count and are cut; every source if none is named
   * @return the effect
   */
  static Forfeit forfeitAbove(String label, long most, String... sources) {
    return forfeitAbove(label, Quantity.of(most), sources);
  }

  /**
   * Returns the effect that cuts the wallet down to a quantity, the oldest lots first.
   *
   * @param label what the row is called, for people; not blank
   * @param most the largest amount that stays; fixed, or a multiple of the plan's size
   * @param sources the sources that count and are cut; every source if none is named
   * @return the effect
   */
  static Forfeit forfeitAbove(String label, Quantity most, String... sources) {
    return new Forfeit(label, most, List.of(sources), List.of(Order.OLDEST));
  }

  /**
   * Returns the effect that takes back what is unspent of what the event's subject was granted.
   *
   * @param label what the row is called, for people; not blank
   * @return the effect
   */
  static Revoke revoke(String label) {
    return new Revoke(label, Charge.Shortfall.TAKE_WHAT_IS_THERE);
  }

  /**
   * Returns the effect that reckons a tick from the event.
   *
   * @param tick the tick's name; one that the policy declares
   * @return the effect
   */
  static Restart restart(String tick) {
    return new Restart(tick);
  }

  /**
   * Returns the effect that lets the event's fact {@code plan} name the plan from the next renewal.
   *
   * @return the effect
   */
  static SwitchPlan switchPlan() {
    return new SwitchPlan("plan", SwitchPlan.When.NEXT_RENEWAL);
  }

  /**
   * Returns the effect that puts the wallet on the plan that the event's fact {@code plan} names,
   * at once, its cycle going on.
   *
   * @return the effect
   */
  static SwitchPlan switchPlanAtOnce() {
    return new SwitchPlan("plan", SwitchPlan.When.AT_ONCE);
  }

  /**
   * Returns the effect that puts the wallet on the plan that the event's fact {@code plan} names,
   * at once, with a new cycle.
   *
   * @return the effect
   */
  static SwitchPlan switchPlanAndRestartCycle() {
    return new SwitchPlan("plan", SwitchPlan.When.AT_ONCE_WITH_NEW_CYCLE);
  }

  /**
   * Returns the effect that sets a fact of the wallet.
   *
   * @param fact the fact's name; not blank
   * @param value its value
   * @return the effect
   */
  static SetFact setFact(String fact, FactValue value) {
    return new SetFact(fact, Optional.of(value));
  }

  /**
   * Returns the effect that sets a fact of the wallet to a text.
   *
   * @param fact the fact's name; not blank
   * @param value its value
   * @return the effect
   */
  static SetFact setFact(String fact, String value) {
    return setFact(fact, FactValue.of(value));
  }

  /**
   * Returns the effect that sets a fact of the wallet to a truth value.
   *
   * @param fact the fact's name; not blank
   * @param value its value
   * @return the effect
   */
  static SetFact setFact(String fact, boolean value) {
    return setFact(fact, FactValue.of(value));
  }

  /**
   * Returns the effect that sets a fact of the wallet to a whole number.
   *
   * @param fact the fact's name; not blank
   * @param value its value
   * @return the effect
   */
  static SetFact setFact(String fact, long value) {
    return setFact(fact, FactValue.of(value));
  }

  /**
   * Returns the effect that sets a fact of the wallet to the event's fact of the same name.
   *
   * @param fact the fact's name; not blank
   * @return the effect
   */
  static SetFact copyFact(String fact) {
    return new SetFact(fact, Optional.empty());
  }

  /**
   * Returns the effect that settles what is pending under the event's subject.
   *
   * @return the effect
   */
  static Settle settle() {
    return new Settle();
  }

  /**
   * Returns the effect that is none, so that an event which people expect to do something can be
   * explained.
   *
   * @param because why nothing happens: a sentence for people, without a full stop; not blank
   * @return the effect
   */
  static Nothing nothing(String because) {
    return new Nothing(because);
  }

  /**
   * Takes the effect apart: calls the one of the cases that it is.
   *
   * @param <R> what the cases return
   * @param cases what to do with each kind of effect
   * @return what the case returned
   */
  <R> R match(Cases<R> cases);

  /**
   * What to do with each kind of effect.
   *
   * @param <R> what is returned
   */
  interface Cases<R> {
    /**
     * Handles an allotment.
     *
     * @param effect the effect
     * @return the result
     */
    R allot(Allot effect);

    /**
     * Handles a grant.
     *
     * @param effect the effect
     * @return the result
     */
    R grant(Grant effect);

    /**
     * Handles a charge.
     *
     * @param effect the effect
     * @return the result
     */
    R charge(Charge effect);

    /**
     * Handles an ending of claims.
     *
     * @param effect the effect
     * @return the result
     */
    R end(End effect);

    /**
     * Handles a forfeit.
     *
     * @param effect the effect
     * @return the result
     */
    R forfeit(Forfeit effect);

    /**
     * Handles the taking back of a grant.
     *
     * @param effect the effect
     * @return the result
     */
    R revoke(Revoke effect);

    /**
     * Handles the restarting of a tick.
     *
     * @param effect the effect
     * @return the result
     */
    R restart(Restart effect);

    /**
     * Handles a change of plan.
     *
     * @param effect the effect
     * @return the result
     */
    R switchPlan(SwitchPlan effect);

    /**
     * Handles the setting of a fact.
     *
     * @param effect the effect
     * @return the result
     */
    R setFact(SetFact effect);

    /**
     * Handles an early settlement.
     *
     * @param effect the effect
     * @return the result
     */
    R settle(Settle effect);

    /**
     * Handles a documented non-effect.
     *
     * @param effect the effect
     * @return the result
     */
    R nothing(Nothing effect);
  }

  /**
   * What happens to a grant that does not fit a limit whole.
   *
   * @param limit the limit's name; one that the policy declares
   * @param excess what is done with it
   */
  record Within(String limit, Excess excess) {

    /** What is done with a grant that does not fit a limit whole. */
    public enum Excess {
      /** It is refused whole. */
      REFUSE,
      /** It is cut to what fits, from the end of its last line; refused if nothing fits. */
      CUT
    }

    public Within {
      Names.check("limit", limit);
      requireNonNull(excess, "excess");
    }
  }

  /** When a grant becomes available. */
  sealed interface Settlement {

    /** At the instant at which it is made. */
    After AT_ONCE = new After(Duration.ZERO);

    /**
     * So long after the instant of the event.
     *
     * @param delay from zero, which is at once, to {@link Effect#LONGEST_DELAY}
     */
    record After(Duration delay) implements Settlement {

      public After {
        checkArgument(
            !delay.isNegative() && delay.compareTo(LONGEST_DELAY) <= 0,
            "a grant must settle within zero to %s: %s",
            LONGEST_DELAY,
            delay);
      }
    }

    /**
     * At the instant that a fact of the event says; at once if that is not after the event. An
     * event without the fact is refused, as is one whose instant is more than {@link
     * Effect#LONGEST_DELAY} away.
     *
     * @param fact the fact's name, a text like {@code 2021-06-30T00:00:00Z}; not blank
     */
    record AtFact(String fact) implements Settlement {

      public AtFact {
        Names.check("fact", fact);
      }
    }
  }

  private static List<Within> plus(List<Within> limits, String limit, Within.Excess excess) {
    return ImmutableList.<Within>builder().addAll(limits).add(new Within(limit, excess)).build();
  }

  /**
   * Grants the lines of the plan that the wallet is on, as rows of type allotment.
   *
   * @param how how much of the lines
   * @param limits the limits that it must fit or is cut to, none twice
   */
  record Allot(How how, List<Within> limits) implements Effect {

    /** How much of a plan's allotment is granted. */
    public enum How {
      /** All of it. */
      FULL,
      /** What is missing from it in the sources that it names. */
      REFILL,
      /**
       * The part of it that belongs to the rest of the cycle: whole local days left, divided by the
       * days of the cycle, rounded down. For example on 16 April, at the first instant, a plan of
       * 30 anchored on the 1st gives 15; at a renewal it is all of it, but for a cycle that an
       * anchor makes shorter. A policy can't prorate what another rule allots on a tick, whose
       * share is not the cycle's.
       */
      PRORATED,
      /**
       * By how much it is more than that of the plan that was left, by the version that was in
       * force for it; nothing if it is not more. It comes from the sources of which the new plan
       * allots more, in proportion to how much more. For example from 10 free credits to 70 of the
       * plan and 10 free ones it is 70 of the plan.
       */
      DIFFERENCE
    }

    public Allot {
      requireNonNull(how, "how");
      limits = ImmutableList.copyOf(limits);
    }

    /**
     * Returns a copy that is refused unless it fits one limit more.
     *
     * @param limit the limit's name; one that the policy declares
     * @return the copy
     */
    public Allot within(String limit) {
      return new Allot(how, plus(limits, limit, Within.Excess.REFUSE));
    }

    /**
     * Returns a copy that is cut to what fits one limit more.
     *
     * @param limit the limit's name; one that the policy declares
     * @return the copy
     */
    public Allot cutTo(String limit) {
      return new Allot(how, plus(limits, limit, Within.Excess.CUT));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.allot(this);
    }
  }

  /**
   * Grants credits: at once, or pending until they settle.
   *
   * <p>Pending credits can't be spent and no forfeit sees them, but they count against the grant's
   * limits from the instant of the event that earned them. For example an award of 10 that settles
   * after 24 hours, earned at 10:00, becomes available at 10:00 on the next day.
   *
   * @param type the type of the history's rows; not a charge, return, expiry or forfeit
   * @param lines the parts, each a row and a lot, in their order; at least one
   * @param once how often it may be made; as often as it is asked if empty
   * @param limits the limits that it must fit or is cut to, none twice
   * @param settlement when it becomes available
   */
  record Grant(
      TransactionType type,
      List<Line> lines,
      Optional<Once> once,
      List<Within> limits,
      Settlement settlement)
      implements Effect {

    public Grant {
      requireNonNull(type, "type");
      requireNonNull(once, "once");
      lines = ImmutableList.copyOf(lines);
      limits = ImmutableList.copyOf(limits);
      checkArgument(!lines.isEmpty(), "a grant needs a line");
      checkArgument(Line.fixedSumFits(lines), "a grant's sum must fit a long: %s", lines);
      checkArgument(
          switch (type) {
            case ALLOTMENT, BONUS, PURCHASE, AWARD, ADJUSTMENT -> true;
            case CHARGE, RETURN, EXPIRY, FORFEIT -> false;
          },
          "a grant can't be a %s",
          type.code());
      requireNonNull(settlement, "settlement");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.grant(this);
    }

    /**
     * Returns a copy with one line more, after the others.
     *
     * @param label what the row is called, for people; not blank
     * @param source the source of the lot; one that the policy declares
     * @param amount how many credits; 0 or more
     * @return the copy
     */
    public Grant and(String label, String source, long amount) {
      return and(label, source, Quantity.of(amount));
    }

    /**
     * Returns a copy with one line more, after the others.
     *
     * @param label what the row is called, for people; not blank
     * @param source the source of the lot; one that the policy declares
     * @param quantity how many credits
     * @return the copy
     */
    public Grant and(String label, String source, Quantity quantity) {
      return new Grant(
          type,
          ImmutableList.<Line>builder()
              .addAll(lines)
              .add(new Line(label, source, quantity))
              .build(),
          once,
          limits,
          settlement);
    }

    /**
     * Returns a copy that is made once for each wallet, for ever.
     *
     * @param key the name under which it is remembered; not blank
     * @return the copy
     */
    public Grant onceForEver(String key) {
      return once(new Once.ForEver(key));
    }

    private Grant once(Once how) {
      checkArgument(once.isEmpty(), "a grant can't be both %s and %s", once.orElse(how), how);
      return new Grant(type, lines, Optional.of(how), limits, settlement);
    }

    /**
     * Returns a copy that is made once for each claim.
     *
     * @param key the name under which it is remembered; not blank
     * @return the copy
     */
    public Grant oncePerClaim(String key) {
      return once(new Once.PerClaim(key));
    }

    /**
     * Returns a copy that is refused unless it fits one limit more.
     *
     * @param limit the limit's name; one that the policy declares
     * @return the copy
     */
    public Grant within(String limit) {
      return new Grant(type, lines, once, plus(limits, limit, Within.Excess.REFUSE), settlement);
    }

    /**
     * Returns a copy that is cut to what fits one limit more.
     *
     * @param limit the limit's name; one that the policy declares
     * @return the copy
     */
    public Grant cutTo(String limit) {
      return new Grant(type, lines, once, plus(limits, limit, Within.Excess.CUT), settlement);
    }

    /**
     * Returns a copy that is pending for a time.
     *
     * @param delay from zero to {@link Effect#LONGEST_DELAY}
     * @return the copy
     */
    public Grant settlingAfter(Duration delay) {
      return new Grant(type, lines, once, limits, new Settlement.After(delay));
    }

    /**
     * Returns a copy that is pending until the instant that the event says.
     *
     * @param fact the name of the event's fact, a text like {@code 2021-06-30T00:00:00Z}; not blank
     * @return the copy
     */
    public Grant settlingAt(String fact) {
      return new Grant(type, lines, once, limits, new Settlement.AtFact(fact));
    }
  }

  /**
   * Spends credits from the wallet's lots in the policy's order.
   *
   * <p>If the event names a subject, the charge opens a claim under it that remembers which lots it
   * took from, also when the amount is zero; a subject whose claim is remembered is refused.
   *
   * @param type the type of the history's row; a charge, or an adjustment for a correction down
   * @param label what the row is called, for people; not blank
   * @param quantity how many credits
   * @param shortfall what happens if too few are available
   * @param lapse how the claim ends by itself, if it does
   * @param part the name of the part of the subject that it is for, which has a claim of its own;
   *     the subject itself if empty
   */
  record Charge(
      TransactionType type,
      String label,
      Quantity quantity,
      Shortfall shortfall,
      Optional<Lapse> lapse,
      Optional<String> part)
      implements Effect {

    /** What happens to a charge if too few credits are available. */
    public enum Shortfall {
      /** It is refused whole. */
      REFUSE,
      /** It takes what is available, and the decision tells how much is missing. */
      TAKE_WHAT_IS_THERE
    }

    public Charge {
      checkArgument(
          type == TransactionType.CHARGE || type == TransactionType.ADJUSTMENT,
          "a charge can't be a %s",
          type.code());
      Names.check("label", label);
      requireNonNull(quantity, "quantity");
      requireNonNull(shortfall, "shortfall");
      requireNonNull(lapse, "lapse");
      part.ifPresent(name -> Names.check("part", name));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.charge(this);
    }

    /**
     * Returns a copy that is a correction down.
     *
     * @return the copy
     */
    public Charge asAdjustment() {
      return new Charge(TransactionType.ADJUSTMENT, label, quantity, shortfall, lapse, part);
    }

    /**
     * Returns a copy of a fixed amount.
     *
     * @param amount how many credits; 0 or more
     * @return the copy
     */
    public Charge of(long amount) {
      return of(Quantity.of(amount));
    }

    /**
     * Returns a copy of a quantity.
     *
     * @param credits how many
     * @return the copy
     */
    public Charge of(Quantity credits) {
      return new Charge(type, label, credits, shortfall, lapse, part);
    }

    /**
     * Returns a copy for a part of the subject, which can come back separately.
     *
     * <p>For example a boosted proposal is charged its cost by one rule and the fact {@code boost}
     * by another, for the part {@code boost}; a lost boost comes back, and the rest does not.
     *
     * @param name the part's name; not blank
     * @return the copy
     */
    public Charge forPart(String name) {
      return new Charge(type, label, quantity, shortfall, lapse, Optional.of(name));
    }

    /**
     * Returns a copy that takes what is available if that is too little.
     *
     * @return the copy
     */
    public Charge takingWhatIsThere() {
      return new Charge(type, label, quantity, Shortfall.TAKE_WHAT_IS_THERE, lapse, part);
    }

    /**
     * Returns a copy whose claim is open for a time only: after it nothing comes back.
     *
     * @param length for how long what it took can come back, from the charge's own instant
     * @return the copy
     */
    public Charge returnableFor(Duration length) {
      return lapsing(new Lapse(length, End.Back.NOTHING, End.Expired.EXPIRES));
    }

    /**
     * Returns a copy that is a hold: what was not captured comes back after a time.
     *
     * @param length how long it is held, from the charge's own instant
     * @return the copy
     */
    public Charge heldFor(Duration length) {
      return lapsing(new Lapse(length, End.Back.ALL, End.Expired.EXPIRES));
    }

    /**
     * Returns a copy of a hold, of which time makes a new lot for what it releases to one that has
     * expired. What becomes of what rules give back of it is theirs to say: {@link
     * End#renewingExpired()}.
     *
     * <p>For example of credits that live for 10 days and are held on the 9th for 7 days, nothing
     * would be left when the hold is released; with this, they live for 10 more days then.
     *
     * @return the copy
     * @throws IllegalStateException if it is not a hold
     */
    public Charge renewingExpired() {
      Lapse hold =
          lapse
              .filter(end -> end.back() == End.Back.ALL)
              .orElseThrow(() -> new IllegalStateException("only what is held is released"));
      return lapsing(new Lapse(hold.after(), End.Back.ALL, End.Expired.NEW_LOT));
    }

    private Charge lapsing(Lapse end) {
      return new Charge(type, label, quantity, shortfall, Optional.of(end), part);
    }
  }

  /**
   * How a claim ends by itself.
   *
   * <p>For example a message's credit returns if it is answered within 90 days: its claim lapses
   * after 90 days with nothing back, and is open in [sent, sent + 90 days).
   *
   * @param after how long after the charge's own instant; more than zero, at most 36,525 days
   * @param back what comes back then: all or nothing
   * @param expired what becomes of what returns to a lot that has expired; a new lot has the term
   *     that its source has in the version in force then; {@link End.Expired#EXPIRES} if nothing
   *     comes back
   */
  record Lapse(Duration after, End.Back back, End.Expired expired) {

    public Lapse {
      requireNonNull(back, "back");
      requireNonNull(expired, "expired");
      checkArgument(
          !after.isNegative() && !after.isZero() && after.compareTo(LONGEST_DELAY) <= 0,
          "a claim must lapse after more than zero and at most %s: %s",
          LONGEST_DELAY,
          after);
      checkArgument(
          back == End.Back.ALL || back == End.Back.NOTHING,
          "a lapse gives back all or nothing, not %s",
          back);
      checkArgument(
          back == End.Back.ALL || expired == End.Expired.EXPIRES,
          "a lapse that gives back nothing makes no new lots");
    }
  }

  /**
   * Ends the open claims that were made at or before the event's own instant, or gives back a part
   * of one.
   *
   * <p>What comes back goes to the lots it was taken from, with their own grant instants, last
   * taken first. The first ending of a claim to arrive ends it for good. For example a job that
   * closes without a hire gives every proposal's 2 credits back, in the order in which the
   * proposals arrived; and of a hold of 10 that is captured for 7, 3 come back.
   *
   * @param reach which claims
   * @param part the part of the subject, or of each subject of the group, that it is about; every
   *     part, and the subject itself, if empty
   * @param back how much of what they took comes back
   * @param label what the row of a return is called, for people; not blank
   * @param expired what becomes of what returns to a lot that has expired
   */
  record End(Reach reach, Optional<String> part, Back back, String label, Expired expired)
      implements Effect {

    /** Which claims an ending reaches. */
    public enum Reach {
      /** The one under the event's subject. */
      SUBJECT,
      /** All those in the event's group. */
      GROUP
    }

    /** How much an ending gives back. */
    public enum Back {
      /** All that the claim took. */
      ALL,
      /** Nothing. */
      NOTHING,
      /** All but the event's amount, which is captured; the claim's own subject only. */
      ALL_BUT_EVENT,
      /**
       * The event's amount; the claim's own subject only, and the claim stays open with the rest.
       */
      EVENT_AND_STAY_OPEN
    }

    /** What becomes of what returns to a lot that has expired. */
    public enum Expired {
      /** It comes back and expires at once, so that the history shows both. */
      EXPIRES,
      /**
       * It becomes a new lot, with the term that its source has in the version of the rule; if only
       * an event can say when credits of that source expire, it expires at once.
       */
      NEW_LOT
    }

    public End {
      requireNonNull(reach, "reach");
      part.ifPresent(name -> Names.check("part", name));
      requireNonNull(back, "back");
      Names.check("label", label);
      requireNonNull(expired, "expired");
      checkArgument(
          reach == Reach.SUBJECT || back == Back.ALL || back == Back.NOTHING,
          "an ending of a group gives back all or nothing, not %s",
          back);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.end(this);
    }

    /**
     * Returns a copy that makes a new lot of what returns to one that has expired.
     *
     * @return the copy
     */
    public End renewingExpired() {
      return new End(reach, part, back, label, Expired.NEW_LOT);
    }

    /**
     * Returns a copy that is about one part only.
     *
     * @param name the part's name, as a charge names it; not blank
     * @return the copy
     */
    public End ofPart(String name) {
      return new End(reach, Optional.of(name), back, label, expired);
    }
  }

  /**
   * Cuts what is available from some sources down to an amount.
   *
   * <p>For example a rollover limit of 200 is a forfeit on {@link CalendarEvent#RENEWED}: of 250 it
   * cuts 50. It limits what is carried over if its rule stands before the one that allots, and what
   * is held after the renewal if it stands after it.
   *
   * @param label what the row is called, for people; not blank
   * @param most the largest amount that stays; fixed, or a multiple of the plan's size
   * @param sources the sources that count and are cut; every source if empty
   * @param cut the keys that say which lots are cut first; then the oldest
   * @param rolledOverOnly whether only what was granted in an earlier cycle counts and is cut
   */
  record Forfeit(
      String label, Quantity most, List<String> sources, List<Order> cut, boolean rolledOverOnly)
      implements Effect {

    public Forfeit {
      Names.check("label", label);
      requireNonNull(most, "most");
      checkArgument(!(most instanceof Quantity.OfEvent), "a forfeit must not depend on the event");
      sources = ImmutableList.copyOf(sources);
      cut = ImmutableList.copyOf(cut);
    }

    /**
     * Creates a forfeit of what was granted in any cycle.
     *
     * @param label what the row is called, for people; not blank
     * @param most the largest amount that stays; fixed, or a multiple of the plan's size
     * @param sources the sources that count and are cut; every source if empty
     * @param cut the keys that say which lots are cut first; then the oldest
     */
    public Forfeit(String label, Quantity most, List<String> sources, List<Order> cut) {
      this(label, most, sources, cut, false);
    }

    /**
     * Returns a copy for which only what was granted in an earlier cycle counts and is cut.
     *
     * <p>For example a plan of 15 whose change forfeits what has rolled over: of 11 that rolled
     * over and 9 that are left of the current 15, a forfeit above 0 on {@link
     * CalendarEvent#PLAN_LEFT} cuts the 11. At a renewal the cycle that has just started is the
     * current one; for rules on {@link CalendarEvent#PLAN_LEFT} it is still the one that ends.
     *
     * @return the copy
     */
    public Forfeit ofWhatRolledOver() {
      return new Forfeit(label, most, sources, cut, true);
    }

    /**
     * Returns a copy that cuts other lots first.
     *
     * @param key the first key that says which lots are cut first
     * @param more further keys; then the oldest
     * @return the copy
     */
    public Forfeit cutting(Order key, Order... more) {
      return new Forfeit(
          label,
          most,
          sources,
          ImmutableList.<Order>builder().add(key).add(more).build(),
          rolledOverOnly);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.forfeit(this);
    }
  }

  /**
   * Takes back what the event's subject was granted at or before the event's own instant: what is
   * still pending, and what is left in the lots.
   *
   * <p>The row is of type adjustment. What was spent stays spent; if it comes back later, it is the
   * account's. Limits that say so get their room back, as much as was taken back. For example, of
   * 100 bought for order 7, of which 30 are spent, a chargeback of order 7 takes 70 back, or is
   * refused if it must take all. A grant of which nothing is left is forgotten: taking it back is
   * refused for want of an open claim.
   *
   * @param label what the row is called, for people; not blank
   * @param shortfall what happens if not all of the grant is there
   */
  record Revoke(String label, Charge.Shortfall shortfall) implements Effect {

    public Revoke {
      Names.check("label", label);
      requireNonNull(shortfall, "shortfall");
    }

    /**
     * Returns a copy that is refused unless all of the grant is there.
     *
     * @return the copy
     */
    public Revoke whole() {
      return new Revoke(label, Charge.Shortfall.REFUSE);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.revoke(this);
    }
  }

  /**
   * Reckons a tick from the event's own instant; a restart that comes late, after one of a later
   * instant, changes nothing.
   *
   * <p>For example with a tick of 12 months that every purchase restarts, and a forfeit on the
   * tick, credits are gone when nothing was bought for 12 months. Before the first restart, such a
   * tick is reckoned from the opening, or, if that is later, from when the version that brought it
   * came into force for the wallet. An occurrence that a late restart makes due comes with it, if
   * it is after the last that has come.
   *
   * @param tick the tick's name; one that the policy declares
   */
  record Restart(String tick) implements Effect {

    public Restart {
      Names.check("tick", tick);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.restart(this);
    }
  }

  /**
   * Changes the wallet's plan to the one that a fact of the event names.
   *
   * <p>The last change to arrive before it is made counts. Asking for the plan that is already
   * coming (the waiting one, or the current one if none waits) is refused; asking for the current
   * plan while another waits cancels the change.
   *
   * @param fact the fact that names the plan; not blank
   * @param when when the change is made
   */
  record SwitchPlan(String fact, When when) implements Effect {

    /** When a change of plan is made. */
    public enum When {
      /** At the first renewal after the wallet's clock, before that renewal's rules. */
      NEXT_RENEWAL,
      /**
       * At the wallet's clock; the cycle goes on, and the next one is as long as the new plan says,
       * and starts when it says.
       */
      AT_ONCE,
      /** At the wallet's clock, which starts a new cycle, anchored on that day. */
      AT_ONCE_WITH_NEW_CYCLE
    }

    public SwitchPlan {
      Names.check("fact", fact);
      requireNonNull(when, "when");
    }

    /**
     * Returns a copy whose plan another fact of the event names.
     *
     * @param name the fact's name; not blank
     * @return the copy
     */
    public SwitchPlan named(String name) {
      return new SwitchPlan(name, when);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.switchPlan(this);
    }
  }

  /**
   * Sets a fact of the wallet, which conditions ask from then on.
   *
   * @param fact the fact's name; not blank, and not {@link Condition#PLAN}
   * @param value its value; that of the event's fact of the same name if empty
   */
  record SetFact(String fact, Optional<FactValue> value) implements Effect {

    public SetFact {
      Names.check("fact", fact);
      checkArgument(!fact.equals(Condition.PLAN), "the fact %s can't be set", fact);
      requireNonNull(value, "value");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.setFact(this);
    }
  }

  /**
   * Makes available, at the wallet's clock, what is pending under the event's subject and was
   * earned at or before the event's own instant; in the order in which it was earned. Refused for
   * want of an open claim if there is none.
   */
  record Settle() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.settle(this);
    }
  }

  /**
   * Does nothing and says why: the event is refused.
   *
   * @param because a sentence for people, without a full stop; not blank
   */
  record Nothing(String because) implements Effect {

    public Nothing {
      Names.check("because", because);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.nothing(this);
    }
  }
}
