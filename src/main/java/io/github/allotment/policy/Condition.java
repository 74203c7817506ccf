package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A fact that must have one of some values for a rule to apply; a fact that is not there has none.
 *
 * <p>An event to which no rule of its type applies is refused, with the facts that are missing.
 *
 * @param whose whose fact it is
 * @param fact the fact's name; not blank. Of an event, {@code amount}, {@code subject} and {@code
 *     group} are its own, if it has them: a rule for bundles of 2 or 3 asks for an {@code amount}
 *     of 2 or 3
 * @param accepted the values that are accepted, of the same kind as the fact; at least one
 */
public record Condition(Whose whose, String fact, List<FactValue> accepted) {

  /**
   * The wallet's fact that every wallet has: the name of the plan it is on, at the event's own
   * instant. A host can't set it.
   */
  public static final String PLAN = "plan";

  /** Whose facts a condition asks. */
  public enum Whose {
    /** The event's. */
    EVENT,
    /** The wallet's, as given when it was opened, or set since by {@link Effect#setFact}. */
    WALLET
  }

  public Condition {
    requireNonNull(whose, "whose");
    Names.check("fact", fact);
    accepted = ImmutableList.copyOf(accepted);
    checkArgument(!accepted.isEmpty(), "fact %s must accept at least one value", fact);
  }

  /**
   * Tells whether this asks for the plan that the wallet is on.
   *
   * @return true if it is the wallet's fact {@link #PLAN}
   */
  public boolean asksPlan() {
    return whose == Whose.WALLET && fact.equals(PLAN);
  }
}
