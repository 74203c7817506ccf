package io.github.allotment.policy;

import static java.util.Objects.requireNonNull;

/**
 * The events that time itself brings to a wallet; rules meet them like a host's events.
 *
 * <p>Their codes are reserved: a host's event can't bear one.
 */
public enum CalendarEvent {
  /**
   * A new wallet opens; happens once, at the opening. It does not happen to a wallet that is opened
   * for an account that existed before.
   */
  OPENED(Code.OPENED),
  /**
   * A cycle has ended and a new one starts. A waiting change of plan has been made by then. It does
   * not happen at the opening, nor to a cycle that a change of plan starts at once.
   */
  RENEWED(Code.RENEWED),
  /**
   * The wallet leaves its plan for another; happens before the change, at once or at a renewal. The
   * wallet's fact {@code plan} is still the old one.
   */
  PLAN_LEFT(Code.PLAN_LEFT),
  /**
   * The wallet is on another plan; happens right after the change, at a renewal before the rules on
   * {@link #RENEWED}.
   */
  PLAN_ENTERED(Code.PLAN_ENTERED);

  /** The codes, as constants that a switch can name. */
  private static final class Code {

    private static final String OPENED = "opened";
    private static final String RENEWED = "renewed";
    private static final String PLAN_LEFT = "plan-left";
    private static final String PLAN_ENTERED = "plan-entered";
  }

  private final String code;

  CalendarEvent(String code) {
    this.code = code;
  }

  /**
   * Returns the event type that a rule names.
   *
   * @return the code in lower case, for example {@code renewed}
   */
  public String code() {
    return code;
  }

  /**
   * Tells whether an event type is one of time's own.
   *
   * @param type an event type
   * @return true if {@code type} is the code of one of these constants or a {@link Tick}'s type
   */
  public static boolean isReserved(String type) {
    return switch (requireNonNull(type, "type")) {
      case Code.OPENED, Code.RENEWED, Code.PLAN_LEFT, Code.PLAN_ENTERED -> true;
      default -> Tick.isType(type);
    };
  }
}
