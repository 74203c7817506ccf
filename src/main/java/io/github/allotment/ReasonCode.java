package io.github.allotment;

/**
 * The kinds of {@link Reason}, in order of precedence: when several apply to an event, the one that
 * stands first here is <em>the</em> reason.
 */
public enum ReasonCode {
  /** The event's instant is before the wallet's opening. */
  BEFORE_OPENING("before-opening", Outcome.REFUSED),
  /** The event's instant lies further behind the wallet's clock than the program's lateness. */
  TOO_LATE("too-late", Outcome.REFUSED),
  /** The event was decided before. */
  SEEN_BEFORE("seen-before", Outcome.DUPLICATE),
  /** The id belongs to another event. */
  ID_REUSED("id-reused", Outcome.REFUSED),
  /** The version in force has no rule for the event's type. */
  NO_RULE("no-rule", Outcome.REFUSED),
  /** A rule says that the event has no effect. */
  NO_EFFECT("no-effect", Outcome.REFUSED),
  /** A fact of the event or of the wallet is not as the rule asks. */
  FACT_MISSING("fact-missing", Outcome.REFUSED),
  /** There is no open claim that the event could be about. */
  NO_OPEN_CLAIM("no-open-claim", Outcome.REFUSED),
  /** What the event asks for was done already, or is under way. */
  ALREADY_DONE("already-done", Outcome.REFUSED),
  /** A limit has too little room. */
  NO_ROOM("no-room", Outcome.REFUSED),
  /** There are too few credits to take: available, or charged, or granted. */
  NOT_ENOUGH("not-enough", Outcome.REFUSED),
  /** The event was applied. */
  APPLIED("applied", Outcome.APPLIED);

  private final String code;
  private final Outcome outcome;

  ReasonCode(String code, Outcome outcome) {
    this.code = code;
    this.outcome = outcome;
  }

  /**
   * Returns the name used in data and documents.
   *
   * @return the code, for example {@code no-room}
   */
  public String code() {
    return code;
  }

  /**
   * Returns the outcome of an event that has this reason.
   *
   * @return the outcome
   */
  public Outcome outcome() {
    return outcome;
  }
}
