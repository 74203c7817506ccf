package io.github.allotment.testkit;

import static io.github.allotment.testkit.Run.same;
import static io.github.allotment.testkit.Run.sameAccount;
import static io.github.allotment.testkit.Run.sameStep;
import static io.github.allotment.testkit.Run.that;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multiset;
import com.google.common.collect.SetMultimap;
import io.github.allotment.Event;
import io.github.allotment.ReasonCode;
import io.github.allotment.policy.CalendarEvent;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** A decision is a value: it depends on the account and the event, and says why. */
public interface DecisionLaws extends Laws {

  /**
   * Asking what an event would do changes nothing and gives what deciding it gives.
   *
   * @param history any history
   */
  @Property
  default void aPreviewIsTheDecision(@ForAll("histories") History history) {
    for (Run.Stage stage : Run.of(this, history).decisions()) {
      Object before = stage.start().export();
      sameStep("preview of " + stage.name(), stage.step(), stage.start().preview(stage.decided()));
      same("the account that was asked about " + stage.name(), before, stage.start().export());
    }
  }

  /**
   * Events decided together give what they give one by one.
   *
   * @param history any history
   */
  @Property
  default void aBatchIsTheFold(@ForAll("histories") History history) {
    Run run = Run.of(this, history);
    List<Step> batch = run.opened().replay(history.events());
    List<Run.Stage> one = run.decisions();
    same("decisions of a batch", one.size(), batch.size());
    for (int i = 0; i < one.size(); i++) {
      sameStep("in a batch, " + one.get(i).name(), one.get(i).step(), batch.get(i));
    }
  }

  /**
   * The same events give the same rows and reasons again, in the same order.
   *
   * @param history any history
   */
  @Property
  default void theSameAgainGivesTheSame(@ForAll("histories") History history) {
    List<Run.Stage> first = Run.toTheEnd(this, history).stages();
    List<Run.Stage> second = Run.toTheEnd(this, history).stages();
    for (int i = 0; i < first.size(); i++) {
      sameStep("a second time, " + first.get(i).name(), first.get(i).step(), second.get(i).step());
    }
  }

  /**
   * An event that is not applied does only what time does up to its instant.
   *
   * @param history any history
   */
  @Property
  default void aRefusalChangesNothing(@ForAll("histories") History history) {
    for (Run.Stage stage : Run.of(this, history).decisions()) {
      if (!stage.step().isApplied()) {
        Step time = stage.start().advance(stage.decided().at());
        same(stage.name() + ", refused, rows", time.postings(), stage.step().postings());
        same(stage.name() + ", refused", time.account().look(), stage.end().look());
      }
    }
  }

  /**
   * A refusal uses nothing up: what would have come of any later event still comes of it, except
   * under the refused event's own id.
   *
   * @param history any history
   */
  @Property
  default void aRefusalUsesNothingUp(@ForAll("histories") History history) {
    Random random = history.random();
    List<Run.Stage> all = Run.of(this, history).decisions();
    List<Integer> refused = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String id = all.get(i).decided().id();
      boolean alone = all.stream().filter(it -> it.decided().id().equals(id)).count() == 1;
      if (!all.get(i).step().isApplied() && alone) {
        refused.add(i);
      }
    }
    if (refused.isEmpty()) {
      return;
    }
    int without = refused.get(random.nextInt(refused.size()));
    Account now = all.get(without).start().advance(all.get(without).decided().at()).account();
    for (int i = without + 1; i < all.size(); i++) {
      Step step = now.decide(all.get(i).decided());
      String what = all.get(i).name() + ", had " + all.get(without).name() + " not been refused";
      same(what + ", reason", all.get(i).step().reason(), step.reason());
      same(what + ", rows", all.get(i).step().postings(), step.postings());
      now = step.account();
    }
  }

  /**
   * Reasons and rows name rules that exist, in the version in force or an earlier one, and that
   * wait for the event; of the engine's own there are three.
   *
   * @param history any history
   */
  @Property
  default void whatIsNamedExists(@ForAll("histories") History history) {
    List<Policy> versions = history.program().versions();
    Set<String> all =
        versions.stream()
            .flatMap(version -> version.rules().stream())
            .map(Rule::name)
            .collect(Collectors.toSet());
    for (Run.Stage stage : Run.toTheEnd(this, history).stages()) {
      for (Posting row : stage.step().postings()) {
        that(
            all.contains(row.rule()) || Run.OF_THE_ENGINE.contains(row.rule()),
            stage.name() + ": no such rule: " + row);
      }
      for (String rule : stage.step().rules()) {
        Event event = stage.decided();
        that(
            versions.stream()
                .filter(version -> !version.fromInclusive().isAfter(event.at()))
                .flatMap(version -> version.rulesFor(event.type()).stream())
                .anyMatch(it -> it.name().equals(rule)),
            stage.name() + " was refused by " + rule + ", which does not wait for " + event.type());
      }
    }
  }

  /**
   * A row that an event caused is one of a rule that waits for that event or for a change of plan.
   *
   * @param history any history
   */
  @Property
  default void rowsNameTheEventThatCausedThem(@ForAll("histories") History history) {
    Set<String> ids = history.events().stream().map(Event::id).collect(Collectors.toSet());
    Set<String> calendar =
        Set.of(CalendarEvent.PLAN_LEFT.code(), CalendarEvent.PLAN_ENTERED.code());
    Run.toTheEnd(this, history)
        .postings()
        .filter(row -> row.event().isPresent())
        .forEach(
            row -> {
              that(ids.contains(row.event().get()), "no such event: " + row);
              Set<String> types =
                  history.events().stream()
                      .filter(event -> event.id().equals(row.event().get()))
                      .map(Event::type)
                      .collect(Collectors.toSet());
              that(
                  history.program().versions().stream()
                      .flatMap(version -> version.rules().stream())
                      .filter(rule -> rule.name().equals(row.rule()))
                      .flatMap(rule -> rule.trigger().types().stream())
                      .anyMatch(type -> types.contains(type) || calendar.contains(type)),
                  "not a rule for " + types + ": " + row);
            });
  }

  /**
   * Deciding gives another account and leaves the one that was asked as it was.
   *
   * @param history any history
   */
  @Property
  default void accountsDoNotChange(@ForAll("histories") History history) {
    Run run = Run.of(this, history);
    Account last = run.last();
    Object before = last.export();
    Instant later = last.look().clock().plusSeconds(4_000_000);
    for (Event event : history.events()) {
      last.decide(Run.like(event, event.id(), later));
    }
    last.advance(later);
    same("an account that others were made of", before, last.export());
    sameAccount("an account that others were made of", Run.of(this, history).last(), last);
  }

  /**
   * A refusal has a cause: the rule that it names first can refuse an event for this reason. Where
   * one rule alone charges what the event brings, not enough is there; where one grants it under no
   * limit, there is room. Of programs with a version for changed plans, only the first is looked
   * at.
   *
   * @param history any history
   */
  @Property
  default void aRefusalHasItsCause(@ForAll("histories") History history) {
    Optional<InForce> inForce = InForce.of(history);
    for (Run.Stage stage : Run.of(this, history).decisions()) {
      ReasonCode reason = stage.step().reason();
      Event event = stage.decided();
      String what = stage.name() + ", a " + event.type() + ", was refused for " + reason.code();
      if (reason == ReasonCode.NO_RULE && inForce.isPresent()) {
        same(what + "; rules that wait for it", List.of(), inForce.get().rulesFor(event));
      }
      if (stage.step().isApplied() || stage.step().rules().isEmpty()) {
        continue;
      }
      String name = stage.step().rules().get(0);
      List<Rule> rules =
          history.program().versions().stream()
              .flatMap(version -> version.rulesFor(event.type()).stream())
              .filter(rule -> rule.name().equals(name))
              .toList();
      that(
          rules.stream().anyMatch(rule -> canRefuse(rule, reason)),
          what + " by " + name + ", which can't: it is " + rules);
      boolean alone =
          inForce.map(it -> it.rulesFor(event).size() == 1).orElse(false)
              && rules.stream().map(Rule::effect).distinct().count() == 1;
      if (reason == ReasonCode.NOT_ENOUGH
          && alone
          && rules.get(0).effect() instanceof Effect.Charge charge
          && charge.quantity().equals(Quantity.ofEvent())) {
        long available = stage.end().look().available();
        that(
            available < event.amount().orElseThrow(),
            what + ", but there are " + available + " for " + event.amount().getAsLong());
      }
    }
  }

  /** Whether a rule can speak against an event for a reason. */
  private static boolean canRefuse(Rule rule, ReasonCode reason) {
    Effect effect = rule.effect();
    boolean once = effect instanceof Effect.Grant grant && grant.once().isPresent();
    return switch (reason) {
      case NO_ROOM ->
          (effect instanceof Effect.Grant grant && !grant.limits().isEmpty())
              || (effect instanceof Effect.Allot allot && !allot.limits().isEmpty());
      case NOT_ENOUGH ->
          effect instanceof Effect.Charge
              || effect instanceof Effect.End
              || effect instanceof Effect.Revoke;
      case ALREADY_DONE ->
          once || effect instanceof Effect.Charge || effect instanceof Effect.SwitchPlan;
      case NO_OPEN_CLAIM ->
          once
              || rule.trigger().needsOpenClaim()
              || effect instanceof Effect.End
              || effect instanceof Effect.Revoke
              || effect instanceof Effect.Settle;
      case NO_EFFECT -> effect instanceof Effect.Nothing;
      case FACT_MISSING -> true;
      case BEFORE_OPENING, TOO_LATE, SEEN_BEFORE, ID_REUSED, NO_RULE, APPLIED -> false;
    };
  }

  /**
   * The version in force at an event's own instant judges it, however late it arrives: its rules
   * refuse it, and theirs are the rows that it makes. Of programs without a version for changed
   * plans; rows of ids that are applied twice, and of changes of plan, are not looked at.
   *
   * @param history any history
   */
  @Property
  default void theVersionInForceDecides(@ForAll("histories") History history) {
    Optional<InForce> inForce = InForce.of(history);
    boolean several = inForce.isPresent() && history.program().versions().size() > 1;
    Run run = Run.toTheEnd(this, history);
    Set<String> ofPlans = rulesOnPlans(history);
    Multiset<String> applied = HashMultiset.create();
    SetMultimap<String, String> rows = HashMultimap.create();
    run.decisions().stream()
        .filter(stage -> stage.step().isApplied())
        .forEach(stage -> applied.add(stage.decided().id()));
    run.postings()
        .filter(row -> row.event().isPresent() && !ofPlans.contains(row.rule()))
        .forEach(row -> rows.put(row.event().get(), row.rule()));
    for (Run.Stage stage : several ? run.decisions() : List.<Run.Stage>of()) {
      Event event = stage.decided();
      if (!Run.isRemembered(stage.step().reason())) {
        continue;
      }
      Policy version = inForce.get().at(event.at());
      Set<String> rules =
          version.rulesFor(event.type()).stream().map(Rule::name).collect(Collectors.toSet());
      String what = stage.name() + ", a " + event.type() + " judged by " + version.version();
      that(
          rules.isEmpty() == (stage.step().reason() == ReasonCode.NO_RULE),
          what + ", came to " + stage.step().reason().code() + ", but its rules are " + rules);
      that(
          rules.containsAll(stage.step().rules()),
          what + ", is refused by " + stage.step().rules() + ", which are not of " + rules);
      that(
          !stage.step().isApplied()
              || applied.count(event.id()) > 1
              || rules.containsAll(rows.get(event.id())),
          what + ", has rows of " + rows.get(event.id()) + ", which are not of " + rules);
    }
    Statistics.label("programs of several versions, none for changed plans")
        .collect(several ? "yes" : "no");
  }

  private static Set<String> rulesOnPlans(History history) {
    return history.program().versions().stream()
        .flatMap(version -> version.rules().stream())
        .filter(rule -> rule.trigger().types().stream().anyMatch(CalendarEvent::isReserved))
        .map(Rule::name)
        .collect(Collectors.toSet());
  }

  /**
   * What a rule charges or grants is what it says: so much as the program or the event names, in as
   * many rows as it has lines. Charges that take what is there and grants that are cut to a limit
   * are left out, as are programs with a version for changed plans.
   *
   * @param history any history
   */
  @Property
  default void aRuleTakesAndGivesWhatItSays(@ForAll("histories") History history) {
    Optional<InForce> inForce = InForce.of(history);
    Run run = Run.toTheEnd(this, history);
    ListMultimap<String, Posting> rows = LinkedListMultimap.create();
    run.postings()
        .filter(row -> row.event().isPresent())
        .forEach(row -> rows.put(row.event().get() + " by " + row.rule(), row));
    Multiset<String> ids = HashMultiset.create();
    run.decisions().stream()
        .filter(stage -> stage.step().isApplied())
        .forEach(stage -> ids.add(stage.decided().id()));
    boolean compared = false;
    for (Run.Stage stage : inForce.isPresent() ? run.decisions() : List.<Run.Stage>of()) {
      Event event = stage.decided();
      if (!stage.step().isApplied() || ids.count(event.id()) > 1) {
        continue;
      }
      for (Rule rule : inForce.get().rulesFor(event)) {
        Optional<List<Long>> says = says(rule.effect(), event);
        List<Long> posted =
            rows.get(event.id() + " by " + rule.name()).stream().map(Posting::amount).toList();
        if (says.isPresent() && !posted.isEmpty()) {
          compared = true;
          same(stage.name() + ", rows of " + rule.name(), says.get(), posted);
        }
      }
    }
    Statistics.label("charges and grants").collect(compared ? "some" : "none");
  }

  /** Returns the amounts of the rows that an effect makes, if it makes any; empty if unknown. */
  private static Optional<List<Long>> says(Effect effect, Event event) {
    List<OptionalLong> amounts;
    if (effect instanceof Effect.Charge charge
        && charge.shortfall() == Effect.Charge.Shortfall.REFUSE) {
      OptionalLong amount = amount(charge.quantity(), event);
      amounts = List.of(amount.isEmpty() ? amount : OptionalLong.of(-amount.getAsLong()));
    } else if (effect instanceof Effect.Grant grant
        && grant.limits().stream().noneMatch(it -> it.excess() == Effect.Within.Excess.CUT)) {
      amounts = grant.lines().stream().map(line -> amount(line.quantity(), event)).toList();
    } else {
      return Optional.empty();
    }
    return amounts.stream().anyMatch(OptionalLong::isEmpty)
        ? Optional.empty()
        : Optional.of(
            amounts.stream().map(OptionalLong::getAsLong).filter(amount -> amount != 0).toList());
  }

  private static OptionalLong amount(Quantity quantity, Event event) {
    if (quantity instanceof Quantity.Fixed fixed) {
      return OptionalLong.of(fixed.amount());
    }
    return quantity.equals(Quantity.ofEvent()) ? event.amount() : OptionalLong.empty();
  }
}
