package io.github.allotment.policy;

import static java.util.Objects.requireNonNull;

/**
 * One line of a program's rule sheet: when something happens and certain things are so, one effect.
 *
 * @param name the rule in a few words, as reasons and statements print it; for example {@code
 *     answered interview from a submitted proposal}; not blank
 * @param trigger when it applies
 * @param effect what it does
 */
public record Rule(String name, Trigger trigger, Effect effect) {

  public Rule {
    Names.check("rule", name);
    requireNonNull(trigger, "trigger");
    requireNonNull(effect, "effect");
  }
}
