package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.policy.Condition;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Unit;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Why an event was decided as it was.
 *
 * <p>A reason carries what its own check knew, as data, and writes itself as an English sentence
 * that a support agent could paste. Instants are in UTC. There is one record for each {@link
 * ReasonCode}; the set is closed for a major version of the library.
 */
public sealed interface Reason {

  /**
   * Returns the kind of reason.
   *
   * @return the code, which also orders reasons by precedence
   */
  ReasonCode code();

  /**
   * Returns the rule that speaks against the event.
   *
   * @return the rule's name; empty if no rule was asked, as for a duplicate, or none refused
   */
  default Optional<String> refusingRule() {
    return Optional.empty();
  }

  /**
   * Writes the reason as a sentence, or as several if an event had several consequences.
   *
   * @param unit what the program counts
   * @return the text, with a full stop
   */
  String text(Unit unit);

  /**
   * Takes the reason apart: calls the one of the cases that it is.
   *
   * @param <R> what the cases return
   * @param cases what to do with each kind of reason
   * @return what the case returned
   */
  <R> R match(Cases<R> cases);

  /**
   * What to do with each kind of reason.
   *
   * @param <R> what is returned
   */
  interface Cases<R> {
    /**
     * Handles an event before the opening.
     *
     * @param reason the reason
     * @return the result
     */
    R beforeOpening(BeforeOpening reason);

    /**
     * Handles an event too far behind the clock.
     *
     * @param reason the reason
     * @return the result
     */
    R tooLate(TooLate reason);

    /**
     * Handles an event that was decided before.
     *
     * @param reason the reason
     * @return the result
     */
    R seenBefore(SeenBefore reason);

    /**
     * Handles an id that belongs to another event.
     *
     * @param reason the reason
     * @return the result
     */
    R idReused(IdReused reason);

    /**
     * Handles a type of event that has no rule.
     *
     * @param reason the reason
     * @return the result
     */
    R noRule(NoRule reason);

    /**
     * Handles an event that has no effect.
     *
     * @param reason the reason
     * @return the result
     */
    R noEffect(NoEffect reason);

    /**
     * Handles a fact that is not as the rule asks.
     *
     * @param reason the reason
     * @return the result
     */
    R factMissing(FactMissing reason);

    /**
     * Handles nothing open that the event could be about.
     *
     * @param reason the reason
     * @return the result
     */
    R noOpenClaim(NoOpenClaim reason);

    /**
     * Handles what was done already.
     *
     * @param reason the reason
     * @return the result
     */
    R alreadyDone(AlreadyDone reason);

    /**
     * Handles a limit with too little room.
     *
     * @param reason the reason
     * @return the result
     */
    R noRoom(NoRoom reason);

    /**
     * Handles too few credits to take from.
     *
     * @param reason the reason
     * @return the result
     */
    R notEnough(NotEnough reason);

    /**
     * Handles an event that was applied.
     *
     * @param reason the reason
     * @return the result
     */
    R applied(Applied reason);
  }

  /**
   * The event's instant is before the wallet's opening.
   *
   * @param at the event's instant
   * @param openedAt the opening
   */
  record BeforeOpening(Instant at, Instant openedAt) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.BEFORE_OPENING;
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "Refused: %s is before the opening of the account's wallet at %s.", at, openedAt);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.beforeOpening(this);
    }
  }

  /**
   * The event's instant lies too far behind the wallet's clock.
   *
   * @param at the event's instant
   * @param clock the wallet's clock
   * @param lateness how late an event may be
   */
  record TooLate(Instant at, Instant clock, Duration lateness) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.TOO_LATE;
    }

    /**
     * Returns the earliest instant that would still have been accepted.
     *
     * @return the clock less the lateness
     */
    public Instant acceptedFrom() {
      return clock.minus(lateness);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "Refused: %s is more than %s before the wallet's clock, %s; events from %s on are accepted.",
          at, Sentences.length(lateness), clock, acceptedFrom());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tooLate(this);
    }
  }

  /**
   * The event was decided before.
   *
   * @param id the event's id
   * @param at its instant
   * @param first what came of it: {@link ReasonCode#APPLIED}, or why it was refused
   */
  record SeenBefore(String id, Instant at, ReasonCode first) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.SEEN_BEFORE;
    }

    /**
     * Returns the outcome that the event had when it was decided.
     *
     * @return applied or refused
     */
    public Outcome firstOutcome() {
      return first.outcome();
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "Nothing done: event %s of %s was decided before (%s).",
          Sentences.plain(id),
          at,
          first == ReasonCode.APPLIED ? "applied" : "refused, " + first.code());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.seenBefore(this);
    }
  }

  /**
   * The id belongs to another event.
   *
   * @param id the id
   * @param firstAt the instant of the event that it belongs to
   * @param firstType the type of the event that it belongs to
   */
  record IdReused(String id, Instant firstAt, String firstType) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.ID_REUSED;
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "Refused: the id %s belongs to the %s of %s; another event needs an id of its own.",
          Sentences.plain(id), Sentences.plain(firstType), firstAt);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.idReused(this);
    }
  }

  /**
   * The version in force at the event's instant has no rule for its type.
   *
   * @param type the event's type
   * @param at the event's instant
   * @param version the version's name
   */
  record NoRule(String type, Instant at, String version) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.NO_RULE;
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "Refused: version %s of the program, in force at %s, has no rule for %s.",
          version, at, Sentences.plain(type));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.noRule(this);
    }
  }

  /**
   * A rule says that the event has no effect.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param because why, as the policy says it
   * @param subject the event's subject, if it has one
   * @param open how many credits the subject's open claims have taken that can still come back, and
   *     would not be gone at once because they have expired; empty if there is no such claim
   */
  record NoEffect(
      String rule, String version, String because, Optional<String> subject, OptionalLong open)
      implements Reason {

    public NoEffect {
      requireNonNull(subject, "subject");
      requireNonNull(open, "open");
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.NO_EFFECT;
    }

    @Override
    public Optional<String> refusingRule() {
      return Optional.of(rule);
    }

    @Override
    public String text(Unit unit) {
      long amount = open.orElse(0);
      return lenientFormat(
          "No effect: %s%s.",
          because,
          amount == 0
              ? ""
              : lenientFormat(
                  "; the %s spent on %s can still come back",
                  unit.format(amount), Sentences.plain(subject.orElse("it"))));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.noEffect(this);
    }
  }

  /**
   * A fact is not as the rule asks.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param type the event's type
   * @param whose whose fact it is
   * @param fact the fact's name; {@code subject}, {@code group} or {@code amount} for the event's
   *     own
   * @param accepted the values that the rule accepts; empty if any will do
   * @param actual the value that was found; empty if there is none
   */
  record FactMissing(
      String rule,
      String version,
      String type,
      Condition.Whose whose,
      String fact,
      List<FactValue> accepted,
      Optional<FactValue> actual)
      implements Reason {

    public FactMissing {
      requireNonNull(whose, "whose");
      accepted = ImmutableList.copyOf(accepted);
      requireNonNull(actual, "actual");
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.FACT_MISSING;
    }

    @Override
    public Optional<String> refusingRule() {
      return Optional.of(rule);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "Refused: only %s counts. It needs %s%s, and %s.",
          rule,
          whose == Condition.Whose.EVENT ? fact : "the account's " + fact,
          accepted.isEmpty() ? "" : " to be " + Sentences.anyOf(accepted),
          actual
              .map(this::found)
              .orElse(
                  (whose == Condition.Whose.EVENT ? "this " + Sentences.plain(type) : "the account")
                      + " has none"));
    }

    private String found(FactValue value) {
      String text = Sentences.plain(value.text());
      boolean looksRight =
          accepted.isEmpty() || accepted.stream().anyMatch(is -> is.text().equals(value.text()));
      return looksRight
          ? lenientFormat(
              "here it is the %s %s, which is not what the rule asks for", kind(value), text)
          : "here it is " + text;
    }

    private static String kind(FactValue value) {
      return value.fold(text -> "text", whole -> "number", truth -> "truth value");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.factMissing(this);
    }
  }

  /**
   * There is nothing open that the event could be about: no claim, or nothing granted or pending.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param sought what was looked for
   * @param name the subject or group that it was looked for under
   * @param part the part of the subject, or of each subject of the group, that alone was looked for
   * @param at the event's own instant
   * @param endedAt when the last of the claims closed that were looked at, of those that are
   *     remembered, had been charged by the event's instant, and have closed by now
   * @param byThisEvent whether it is there, and another rule of the same event ends it, settles it
   *     or takes it back
   */
  record NoOpenClaim(
      String rule,
      String version,
      Sought sought,
      String name,
      Optional<String> part,
      Instant at,
      Optional<Instant> endedAt,
      boolean byThisEvent)
      implements Reason {

    /** What was looked for. */
    public enum Sought {
      /** What was charged for the subject or the group: its open claims. */
      CHARGED,
      /** What the subject was granted by the event's instant, as far as something of it is left. */
      GRANTED,
      /** What the subject had earned by the event's instant, and is pending. */
      PENDING
    }

    public NoOpenClaim {
      requireNonNull(sought, "sought");
      requireNonNull(part, "part");
      requireNonNull(endedAt, "endedAt");
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.NO_OPEN_CLAIM;
    }

    @Override
    public Optional<String> refusingRule() {
      return Optional.of(rule);
    }

    @Override
    public String text(Unit unit) {
      String plain = Sentences.nameOf(name, part);
      if (byThisEvent) {
        return lenientFormat(
            "Refused: another rule of this event %s for %s (%s).",
            sought == Sought.CHARGED
                ? "ends what is open"
                : "settles or takes back what is pending",
            plain,
            rule);
      }
      return switch (sought) {
        case CHARGED ->
            endedAt.isPresent() && at.isBefore(endedAt.get())
                ? lenientFormat(
                    "Refused: what was open for %s had ended, at %s, when this came (%s).",
                    plain, endedAt.get(), rule)
                : lenientFormat(
                    "Refused: nothing was open for %s at %s%s (%s).",
                    plain, at, endedAt.map(ended -> "; it ended at " + ended).orElse(""), rule);
        case GRANTED ->
            lenientFormat(
                "Refused: nothing is left of what %s was granted by %s (%s).", plain, at, rule);
        case PENDING ->
            lenientFormat(
                "Refused: nothing is pending that %s had earned by %s (%s).", plain, at, rule);
      };
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.noOpenClaim(this);
    }
  }

  /**
   * What the event asks for was done already, or is under way.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param matter what was done
   * @param name the once-for-ever grant's key, the subject, or the plan
   * @param freeFrom the first instant at which a subject can be charged anew, if its claim has
   *     ended
   * @param byThisEvent whether it was not done before, but another rule of the same event does it
   */
  record AlreadyDone(
      String rule,
      String version,
      Matter matter,
      String name,
      Optional<Instant> freeFrom,
      boolean byThisEvent)
      implements Reason {

    /** What was done already. */
    public enum Matter {
      /** A grant that is made once for ever was made. */
      GRANTED_FOR_EVER,
      /** A grant that is made once for each claim was made for the subject's claim. */
      GRANTED_FOR_CLAIM,
      /** The subject was charged, and its claim is remembered. */
      CHARGED,
      /** The plan asked for is the one that is already coming. */
      PLAN_COMING
    }

    public AlreadyDone {
      requireNonNull(matter, "matter");
      requireNonNull(freeFrom, "freeFrom");
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.ALREADY_DONE;
    }

    @Override
    public Optional<String> refusingRule() {
      return Optional.of(rule);
    }

    @Override
    public String text(Unit unit) {
      String what = byThisEvent ? whatAnotherRuleDoes() : whatWasDone();
      return lenientFormat(
          "Refused: %s%s (%s).",
          lenientFormat(what, Sentences.plain(name)),
          freeFrom.map(from -> "; its id can be charged again from " + from).orElse(""),
          rule);
    }

    private String whatAnotherRuleDoes() {
      return switch (matter) {
        case GRANTED_FOR_EVER ->
            "another rule of this event grants the %s, which is granted only once";
        case GRANTED_FOR_CLAIM -> "%s earns by another rule of this event, and earns only once";
        case CHARGED -> "%s is charged by another rule of this event";
        case PLAN_COMING -> "another rule of this event changes the plan; %s can't come too";
      };
    }

    private String whatWasDone() {
      return switch (matter) {
        case GRANTED_FOR_EVER -> "the %s has been granted, and is granted only once";
        case GRANTED_FOR_CLAIM -> "%s has earned before, and earns only once";
        case CHARGED -> "%s was charged before";
        case PLAN_COMING -> "%s is the plan already, or from the next renewal on";
      };
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.alreadyDone(this);
    }
  }

  /**
   * A limit has too little room.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param limit the limit's name
   * @param max the largest sum that it allows in any window
   * @param window the stretch of time that is summed
   * @param at the event's own instant
   * @param amount how many credits had to fit: what was to be granted by this rule and those before
   *     it of the same event, or 1 in the place of its own if the limit cuts grants to what fits
   * @param left how many still fit at that instant, before any of these
   * @param opensAt the first instant at which this limit alone would let the amount through, if the
   *     maximum stays and nothing else is counted; empty if it never would, and for a limit on what
   *     is held, which has room as soon as less is held
   */
  record NoRoom(
      String rule,
      String version,
      String limit,
      long max,
      Window window,
      Instant at,
      long amount,
      long left,
      Optional<Instant> opensAt)
      implements Reason {

    public NoRoom {
      requireNonNull(window, "window");
      requireNonNull(at, "at");
      requireNonNull(opensAt, "opensAt");
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.NO_ROOM;
    }

    @Override
    public Optional<String> refusingRule() {
      return Optional.of(rule);
    }

    @Override
    public String text(Unit unit) {
      return lenientFormat(
          "Refused: %s for %s would pass the limit of %s %s (%s), of which %s left at %s; %s.",
          unit.format(amount),
          rule,
          unit.format(max),
          Sentences.in(window),
          limit,
          left == 0 ? "none is" : left == 1 ? "1 is" : left + " are",
          at,
          opensAt.map(opens -> "there is room from " + opens).orElseGet(this::whatWouldHelp));
    }

    private String whatWouldHelp() {
      if (amount > max) {
        return "it never lets that many through";
      }
      return window instanceof Window.Ever
          ? "no time makes room for more"
          : "there is room when less is held";
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.noRoom(this);
    }
  }

  /**
   * There are too few credits to take from.
   *
   * <p>For example a hold of 100 seconds can't end with 150: 100 were charged, however many are
   * available.
   *
   * @param rule the rule's name
   * @param version the version's name
   * @param of what the credits were to be taken from
   * @param subject the subject that was charged or granted them; empty for what is available
   * @param part the part of the subject that was charged them, if it was for one
   * @param amount how many were to be taken, by this rule and those before it of the same event
   * @param available how many there are to take; what is left of them, if a rule before this one,
   *     such as a forfeit, has taken what this was judged to have
   * @param pending how many more the wallet has earned that are not yet available
   */
  record NotEnough(
      String rule,
      String version,
      Of of,
      Optional<String> subject,
      Optional<String> part,
      long amount,
      long available,
      long pending)
      implements Reason {

    /** What credits are taken from. */
    public enum Of {
      /** What is available in the wallet. */
      AVAILABLE,
      /** What the subject's open claim has taken. */
      CHARGED,
      /** What the subject was granted. */
      GRANTED
    }

    public NotEnough {
      requireNonNull(of, "of");
      requireNonNull(subject, "subject");
      requireNonNull(part, "part");
      checkArgument(
          subject.isPresent() == (of != Of.AVAILABLE),
          "only what was charged or granted has a subject, not %s: %s",
          of,
          subject);
    }

    /**
     * Creates the reason that too few credits are available in the wallet.
     *
     * @param rule the rule's name
     * @param version the version's name
     * @param amount how many were to be spent
     * @param available how many are available
     * @param pending how many more were earned and are not yet available
     */
    public NotEnough(String rule, String version, long amount, long available, long pending) {
      this(
          rule,
          version,
          Of.AVAILABLE,
          Optional.empty(),
          Optional.empty(),
          amount,
          available,
          pending);
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.NOT_ENOUGH;
    }

    @Override
    public Optional<String> refusingRule() {
      return Optional.of(rule);
    }

    @Override
    public String text(Unit unit) {
      String name = Sentences.nameOf(subject.orElse(""), part);
      return switch (of) {
        case AVAILABLE -> ofAvailable(unit);
        case CHARGED ->
            lenientFormat(
                "Refused: it is for %s, and %s charged for %s (%s).",
                unit.format(amount), are(available), name, rule);
        case GRANTED ->
            lenientFormat(
                "Refused: it takes back %s, and %s left of what %s was granted (%s).",
                unit.format(amount), are(available), name, rule);
      };
    }

    private String ofAvailable(Unit unit) {
      return lenientFormat(
          "Refused: it costs %s and %s available%s (%s).",
          unit.format(amount),
          are(available),
          pending == 0 ? "" : lenientFormat("; %s pending", are(pending, " more")),
          rule);
    }

    private static String are(long amount) {
      return are(amount, "");
    }

    private static String are(long amount, String more) {
      return amount + more + (amount == 1 ? " is" : " are");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notEnough(this);
    }
  }

  /**
   * The event was applied.
   *
   * @param consequences what its rules did, in their order, and what became due at its instant by
   *     that, such as what came back and had expired; if there is no event, what time did or the
   *     opening; may be empty
   */
  record Applied(List<Consequence> consequences) implements Reason {

    public Applied {
      consequences = Few.copyOf(consequences);
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.APPLIED;
    }

    @Override
    public String text(Unit unit) {
      return consequences.isEmpty()
          ? "No rule did anything."
          : consequences.stream()
              .map(consequence -> consequence.text(unit))
              .collect(Collectors.joining(" "));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.applied(this);
    }
  }
}
