package io.github.allotment.policy;

/**
 * How often a grant may be made.
 *
 * <p>A refused grant uses nothing up. Rules that name the same key share it, also across versions.
 */
public sealed interface Once {

  /**
   * Returns the name under which it is remembered that the grant was made.
   *
   * @return the key; not blank
   */
  String key();

  /**
   * Once for each wallet, for ever.
   *
   * @param key the name under which it is remembered; not blank
   */
  record ForEver(String key) implements Once {

    public ForEver {
      Names.check("key", key);
    }
  }

  /**
   * Once for each claim, which must be open at the event's own instant. A subject that is charged
   * anew after its old claim was forgotten has a new claim.
   *
   * @param key the name under which it is remembered; not blank
   */
  record PerClaim(String key) implements Once {

    public PerClaim {
      Names.check("key", key);
    }
  }
}
