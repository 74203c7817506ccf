package io.github.allotment.policy;

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
  OPENED("opened"),
  /**
   * A new cycle starts; happens at the start of every cycle but the one in which the wallet opened.
   * A waiting change of plan has been made by then.
   */
  RENEWED("renewed");

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
   * @return true if {@code type} is the code of one of these constants
   */
  public static boolean isReserved(String type) {
    for (CalendarEvent event : values()) {
      if (event.code.equals(type)) {
        return true;
      }
    }
    return false;
  }
}
