package io.github.allotment.testkit;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.github.allotment.Consequence;
import io.github.allotment.Decision;
import io.github.allotment.Outcome;
import io.github.allotment.Reason;
import io.github.allotment.ReasonCode;
import io.github.allotment.Wallet;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/**
 * What can be said of a decision, and of the wallet after it.
 *
 * <p>For example {@code assertThat(decision).hasReason(NO_ROOM).isRefusedBy("a helpful
 * review").hasAvailable(25)}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <S> what each check returns
 * @see AllotmentAssertions
 */
public abstract sealed class DecisionAssert<S extends DecisionAssert<S>> extends WalletAssert<S>
    permits AllotmentAssertions.OfDecision, Scenario {

  DecisionAssert() {}

  abstract Decision decision();

  @Override
  final Wallet checked() {
    return decision().wallet();
  }

  @Override
  String statement() {
    return Statement.of(List.of(Statement.Entry.of(decision())));
  }

  /**
   * Checks that it was applied. Openings and the passing of time always are.
   *
   * @return this
   * @throws AssertionFailedError if it was refused, or was a duplicate
   */
  public final S isApplied() {
    return hasOutcome(Outcome.APPLIED);
  }

  /**
   * Checks that it was refused, for whatever reason; {@link #hasReason} and {@link #isRefusedBy}
   * say more.
   *
   * @return this
   * @throws AssertionFailedError if it was applied, or was a duplicate
   */
  public final S isRefused() {
    return hasOutcome(Outcome.REFUSED);
  }

  /**
   * Checks that the event was decided before.
   *
   * @return this
   * @throws AssertionFailedError if it was applied or refused
   */
  public final S isDuplicate() {
    return hasOutcome(Outcome.DUPLICATE);
  }

  private S hasOutcome(Outcome expected) {
    return check("outcome", expected.code(), decision().outcome().code(), because());
  }

  private String because() {
    return ", because: " + decision().why();
  }

  /**
   * Checks <em>the</em> reason: the first of the decision's, in the order of {@link ReasonCode}.
   *
   * @param expected the reason's code, for example {@link ReasonCode#NO_ROOM}
   * @return this
   * @throws AssertionFailedError if the first reason has another code
   */
  public final S hasReason(ReasonCode expected) {
    return check("reason", expected.code(), decision().reason().code().code(), because());
  }

  /**
   * Checks which rule refused the event: the one that the first reason names.
   *
   * @param rule the rule's name
   * @return this
   * @throws AssertionFailedError if it was another rule, or none
   */
  public final S isRefusedBy(String rule) {
    return check(
        "refused by",
        requireNonNull(rule, "rule"),
        decision().reason().refusingRule().orElse("no rule"),
        because());
  }

  /**
   * Checks which rules did something: all of them, each once, in their order.
   *
   * @param rules the rules' names; none if nothing changed
   * @return this
   * @throws AssertionFailedError if other rules did, or in another order, or if it was not applied
   */
  public final S isAppliedBy(String... rules) {
    isApplied();
    List<String> applied =
        decision().reason() instanceof Reason.Applied reason
            ? reason.consequences().stream().map(Consequence::rule).distinct().toList()
            : List.of();
    return check("applied by", ImmutableList.copyOf(rules), applied, because());
  }

  /**
   * Checks what the account is told: the sentence of {@link Decision#why}.
   *
   * @param sentence the whole text
   * @return this
   * @throws AssertionFailedError if it says something else
   */
  public final S says(String sentence) {
    return check("sentence", requireNonNull(sentence, "sentence"), decision().why());
  }

  /**
   * Checks the rows of history that it made. An event's decision has also the rows that time made
   * on the way to it; in a {@link Scenario}, which lets time pass first, it has its own alone.
   *
   * @param rows all of them, in their order, each as type, amount with its sign, and balance, for
   *     example {@code award +5 = 25}
   * @return this
   * @throws AssertionFailedError if it made others
   */
  public final S posts(String... rows) {
    return checkRows("posts", rows, Statement.rows(List.of(decision())));
  }

  final S checkRows(String what, String[] rows, List<String> actual) {
    List<String> expected = ImmutableList.copyOf(rows);
    int same = 0;
    while (same < Math.min(expected.size(), actual.size())
        && expected.get(same).equals(actual.get(same))) {
      same++;
    }
    if (same == expected.size() && same == actual.size()) {
      return self();
    }
    throw new AssertionFailedError(
        lenientFormat(
            "%s: in row %s expected %s but was %s\n\n%s",
            what, same + 1, row(expected, same), row(actual, same), statement()),
        String.join("\n", expected),
        String.join("\n", actual));
  }

  private static String row(List<String> rows, int index) {
    return index < rows.size() ? rows.get(index) : "no row";
  }
}
