package io.github.allotment.policy;

import static io.github.allotment.policy.PartShapes.FACT_VALUE;
import static io.github.allotment.policy.PartShapes.LINE;
import static io.github.allotment.policy.PartShapes.MOST;
import static io.github.allotment.policy.PartShapes.NAMES;
import static io.github.allotment.policy.PartShapes.QUANTITY;
import static io.github.allotment.policy.PartShapes.SOME_NAMES;

import io.github.allotment.shape.ObjectShape;
import io.github.allotment.shape.ObjectShape.Option;
import io.github.allotment.shape.Shape;
import io.github.allotment.shape.Shapes;
import java.util.List;
import java.util.Optional;

/** The data form of rules: what they are on, under which conditions, and their effects. */
final class RuleShapes {

  static final Shape<Order> ORDER = Shapes.codes("an order of lots", Order.values());

  private static final Shape<Effect.End.Back> BACK =
      Shapes.codes("what comes back", Effect.End.Back.values());

  private static final Shape<Effect.End.Back> ALL_OR_NOTHING =
      Shapes.codes("what comes back", Effect.End.Back.ALL, Effect.End.Back.NOTHING);

  private static final Shape<Effect.Charge.Shortfall> SHORTFALL =
      Shapes.codes("what happens to a shortfall", Effect.Charge.Shortfall.values());

  private static final Shape<TransactionType> GRANTED =
      Shapes.codes(
          "a type of row of a grant",
          TransactionType.ALLOTMENT,
          TransactionType.BONUS,
          TransactionType.PURCHASE,
          TransactionType.AWARD,
          TransactionType.ADJUSTMENT);

  private static final Shape<TransactionType> CHARGED =
      Shapes.codes("a type of row of a charge", TransactionType.CHARGE, TransactionType.ADJUSTMENT);

  /** Whose fact a condition asks, and its name. */
  private record Asked(Condition.Whose whose, String fact) {}

  private static final Shape<Condition> CONDITION =
      ObjectShape.of(
          fields -> {
            var asked =
                fields.<Asked>choice(
                    "whose fact it is",
                    condition -> new Asked(condition.whose(), condition.fact()),
                    asking("event", Condition.Whose.EVENT),
                    asking("wallet", Condition.Whose.WALLET));
            var accepted = fields.required("is", Shapes.oneOrMore(FACT_VALUE), Condition::accepted);
            return in ->
                new Condition(in.get(asked).whose(), in.get(asked).fact(), in.get(accepted));
          });

  private static Option<Asked> asking(String key, Condition.Whose whose) {
    return Option.when(
        key,
        Shapes.NAME,
        fact -> new Asked(whose, fact),
        asked -> asked.whose() == whose ? Optional.of(asked.fact()) : Optional.empty());
  }

  private static final Shape<Effect.Within> WITHIN =
      ObjectShape.of(
          fields -> {
            var limit = fields.required("limit", Shapes.NAME, Effect.Within::limit);
            var excess =
                fields.withDefault(
                    "excess",
                    Shapes.codes("what happens to an excess", Effect.Within.Excess.values()),
                    Effect.Within::excess,
                    Effect.Within.Excess.REFUSE);
            return in -> new Effect.Within(in.get(limit), in.get(excess));
          });

  private static final Shape<List<Effect.Within>> LIMITS = Shapes.list(WITHIN);

  private static final Shape<Effect.Allot> ALLOT =
      ObjectShape.of(
          fields -> {
            var how =
                fields.withDefault(
                    "how",
                    Shapes.codes("how much of the allotment", Effect.Allot.How.values()),
                    Effect.Allot::how,
                    Effect.Allot.How.FULL);
            var limits = fields.withDefault("limits", LIMITS, Effect.Allot::limits, List.of());
            return in -> new Effect.Allot(in.get(how), in.get(limits));
          });

  private static final Shape<Once> ONCE =
      ObjectShape.of(
          fields -> {
            var once =
                fields.<Once>choice(
                    "how often",
                    value -> value,
                    Option.of(
                        "ever",
                        Shapes.NAME,
                        Once.ForEver::new,
                        Once.ForEver.class,
                        Once.ForEver::key),
                    Option.of(
                        "perClaim",
                        Shapes.NAME,
                        Once.PerClaim::new,
                        Once.PerClaim.class,
                        Once.PerClaim::key));
            return in -> in.get(once);
          });

  private static final Shape<Effect.Settlement> SETTLEMENT =
      ObjectShape.of(
          fields -> {
            var settlement =
                fields.<Effect.Settlement>choice(
                    "when it settles",
                    value -> value,
                    Option.of(
                        "after",
                        Shapes.DURATION,
                        Effect.Settlement.After::new,
                        Effect.Settlement.After.class,
                        Effect.Settlement.After::delay),
                    Option.of(
                        "fact",
                        Shapes.NAME,
                        Effect.Settlement.AtFact::new,
                        Effect.Settlement.AtFact.class,
                        Effect.Settlement.AtFact::fact));
            return in -> in.get(settlement);
          });

  private static final Shape<Effect.Grant> GRANT =
      ObjectShape.of(
          fields -> {
            var type = fields.required("type", GRANTED, Effect.Grant::type);
            var lines = fields.required("lines", Shapes.oneOrMore(LINE), Effect.Grant::lines);
            var once = fields.optional("once", ONCE, Effect.Grant::once);
            var limits = fields.withDefault("limits", LIMITS, Effect.Grant::limits, List.of());
            var settles =
                fields.<Effect.Settlement>withDefault(
                    "settles", SETTLEMENT, Effect.Grant::settlement, Effect.Settlement.AT_ONCE);
            return in ->
                new Effect.Grant(
                    in.get(type), in.get(lines), in.get(once), in.get(limits), in.get(settles));
          });

  private static final Shape<Effect.End.Expired> EXPIRED =
      Shapes.codes("what becomes of what has expired", Effect.End.Expired.values());

  private static final Shape<Effect.Lapse> LAPSE =
      ObjectShape.of(
          fields -> {
            var after = fields.required("after", Shapes.DURATION, Effect.Lapse::after);
            var back = fields.required("back", ALL_OR_NOTHING, Effect.Lapse::back);
            var expired =
                fields.withDefault(
                    "expired", EXPIRED, Effect.Lapse::expired, Effect.End.Expired.EXPIRES);
            return in -> new Effect.Lapse(in.get(after), in.get(back), in.get(expired));
          });

  private static final Shape<Effect.Charge> CHARGE =
      ObjectShape.of(
          fields -> {
            var type =
                fields.withDefault("type", CHARGED, Effect.Charge::type, TransactionType.CHARGE);
            var label = fields.required("label", Shapes.NAME, Effect.Charge::label);
            var amount = fields.required("amount", QUANTITY, Effect.Charge::quantity);
            var shortfall =
                fields.withDefault(
                    "shortfall",
                    SHORTFALL,
                    Effect.Charge::shortfall,
                    Effect.Charge.Shortfall.REFUSE);
            var lapse = fields.optional("lapse", LAPSE, Effect.Charge::lapse);
            var part = fields.optional("part", Shapes.NAME, Effect.Charge::part);
            return in ->
                new Effect.Charge(
                    in.get(type),
                    in.get(label),
                    in.get(amount),
                    in.get(shortfall),
                    in.get(lapse),
                    in.get(part));
          });

  private static final Shape<Effect.End> END =
      ObjectShape.of(
          fields -> {
            var reach =
                fields.required(
                    "reach",
                    Shapes.codes("which claims", Effect.End.Reach.values()),
                    Effect.End::reach);
            var part = fields.optional("part", Shapes.NAME, Effect.End::part);
            var back = fields.required("back", BACK, Effect.End::back);
            var label = fields.required("label", Shapes.NAME, Effect.End::label);
            var expired =
                fields.withDefault(
                    "expired", EXPIRED, Effect.End::expired, Effect.End.Expired.EXPIRES);
            return in ->
                new Effect.End(
                    in.get(reach), in.get(part), in.get(back), in.get(label), in.get(expired));
          });

  private static final Shape<Effect.Forfeit> FORFEIT =
      ObjectShape.of(
          fields -> {
            var label = fields.required("label", Shapes.NAME, Effect.Forfeit::label);
            var most = fields.required("most", MOST, Effect.Forfeit::most);
            var sources =
                fields.withDefault("sources", SOME_NAMES, Effect.Forfeit::sources, List.of());
            var cut =
                fields.withDefault(
                    "cut", Shapes.list(ORDER), Effect.Forfeit::cut, List.of(Order.OLDEST));
            var rolledOver =
                fields.withDefault(
                    "rolledOverOnly", Shapes.TRUTH, Effect.Forfeit::rolledOverOnly, false);
            return in ->
                new Effect.Forfeit(
                    in.get(label), in.get(most), in.get(sources), in.get(cut), in.get(rolledOver));
          });

  private static final Shape<Effect.Revoke> REVOKE =
      ObjectShape.of(
          fields -> {
            var label = fields.required("label", Shapes.NAME, Effect.Revoke::label);
            var shortfall =
                fields.withDefault(
                    "shortfall",
                    SHORTFALL,
                    Effect.Revoke::shortfall,
                    Effect.Charge.Shortfall.TAKE_WHAT_IS_THERE);
            return in -> new Effect.Revoke(in.get(label), in.get(shortfall));
          });

  private static final Shape<Effect.Restart> RESTART =
      ObjectShape.of(
          fields -> {
            var tick = fields.required("tick", Shapes.NAME, Effect.Restart::tick);
            return in -> new Effect.Restart(in.get(tick));
          });

  private static final Shape<Effect.SwitchPlan> SWITCH_PLAN =
      ObjectShape.of(
          fields -> {
            var fact = fields.withDefault("fact", Shapes.NAME, Effect.SwitchPlan::fact, "plan");
            var when =
                fields.withDefault(
                    "when",
                    Shapes.codes("when the plan changes", Effect.SwitchPlan.When.values()),
                    Effect.SwitchPlan::when,
                    Effect.SwitchPlan.When.NEXT_RENEWAL);
            return in -> new Effect.SwitchPlan(in.get(fact), in.get(when));
          });

  private static final Shape<Effect.SetFact> SET_FACT =
      ObjectShape.of(
          fields -> {
            var fact = fields.required("fact", Shapes.NAME, Effect.SetFact::fact);
            var value = fields.optional("value", FACT_VALUE, Effect.SetFact::value);
            return in -> new Effect.SetFact(in.get(fact), in.get(value));
          });

  private static final Shape<Effect.Settle> SETTLE =
      ObjectShape.of(fields -> in -> new Effect.Settle());

  private static final Shape<Effect.Nothing> NOTHING =
      ObjectShape.of(
          fields -> {
            var because = fields.required("because", Shapes.NAME, Effect.Nothing::because);
            return in -> new Effect.Nothing(in.get(because));
          });

  static final Shape<Rule> RULE =
      ObjectShape.of(
          fields -> {
            var name = fields.required("name", Shapes.NAME, Rule::name);
            var types =
                fields.required(
                    "on", Shapes.oneOrMore(Shapes.NAME), (Rule rule) -> rule.trigger().types());
            var conditions =
                fields.withDefault(
                    "when", Shapes.list(CONDITION), rule -> rule.trigger().conditions(), List.of());
            var openClaim =
                fields.withDefault(
                    "openClaim", Shapes.TRUTH, rule -> rule.trigger().needsOpenClaim(), false);
            var empty =
                fields.withDefault("whileEmpty", NAMES, rule -> rule.trigger().empty(), List.of());
            var effect =
                fields.<Effect>choice(
                    "an effect",
                    Rule::effect,
                    effect("allot", ALLOT, Effect.Allot.class),
                    effect("grant", GRANT, Effect.Grant.class),
                    effect("charge", CHARGE, Effect.Charge.class),
                    effect("end", END, Effect.End.class),
                    effect("forfeit", FORFEIT, Effect.Forfeit.class),
                    effect("revoke", REVOKE, Effect.Revoke.class),
                    effect("restart", RESTART, Effect.Restart.class),
                    effect("switchPlan", SWITCH_PLAN, Effect.SwitchPlan.class),
                    effect("setFact", SET_FACT, Effect.SetFact.class),
                    effect("settle", SETTLE, Effect.Settle.class),
                    effect("nothing", NOTHING, Effect.Nothing.class));
            return in ->
                new Rule(
                    in.get(name),
                    new Trigger(
                        in.get(types), in.get(conditions), in.get(openClaim), in.get(empty)),
                    in.get(effect));
          });

  private static <E extends Effect> Option<Effect> effect(
      String key, Shape<E> shape, Class<E> kind) {
    return Option.of(key, shape, effect -> effect, kind, effect -> effect);
  }

  private RuleShapes() {}
}
