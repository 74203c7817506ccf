package io.github.allotment.policy;

import com.google.common.collect.ImmutableMap;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.shape.ObjectShape;
import io.github.allotment.shape.Problems;
import io.github.allotment.shape.Shape;
import io.github.allotment.shape.Shapes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Programs as plain data: trees of maps, lists, texts, whole numbers and truth values, which any
 * JSON or YAML library reads and writes.
 *
 * <p>A program and its tree say the same: {@code fromTree(toTree(program))} equals the program. For
 * example, as JSON,
 *
 * <pre>{@code
 * {"format": "allotment-program-1", "name": "stars",
 *  "unit": {"singular": "star", "plural": "stars"},
 *  "versions": [{
 *    "version": "2021", "from": "2021-01-01T00:00:00Z",
 *    "sources": [{"name": "monthly"}],
 *    "plans": [{"name": "free", "cycle": "P1M",
 *      "allotment": [{"label": "Monthly stars", "source": "monthly", "amount": 20}]}],
 *    "rules": [{"name": "monthly stars", "on": ["opened", "renewed"], "allot": {}}]}]}
 * }</pre>
 *
 * <p>gives 20 stars at the opening and each month. Every object may have a {@code comment}, a text
 * or a list of texts, which is for people and is not kept. The guide to writing programs lists
 * every key.
 *
 * <p>A whole number may also come as a {@code double} below 2<sup>53</sup> or as a decimal, as some
 * libraries read every number. In YAML, write the key {@code on} and instants in quotes, or they
 * are a truth value and a date.
 */
public final class ProgramData {

  /** The format that this edition of the library reads and writes. */
  public static final String FORMAT = "allotment-program-1";

  private static final Shape<String> FORMATS =
      Shapes.parsed("the text " + FORMAT, "^" + FORMAT + "$", text -> text);

  private static final Shape<Unit> UNIT =
      ObjectShape.of(
          fields -> {
            var singular = fields.required("singular", Shapes.NAME, Unit::singular);
            var plural = fields.required("plural", Shapes.NAME, Unit::plural);
            return in -> new Unit(in.get(singular), in.get(plural));
          });

  private static final Shape<Policy> VERSION =
      ObjectShape.of(
          fields -> {
            var version = fields.required("version", Shapes.NAME, Policy::version);
            var from = fields.required("from", Shapes.INSTANT, Policy::fromInclusive);
            var adoption =
                fields.withDefault(
                    "adoption",
                    Shapes.codes("for which wallets", Adoption.values()),
                    Policy::adoption,
                    Adoption.EVERYBODY);
            var spending =
                fields.withDefault(
                    "spending",
                    Shapes.list(RuleShapes.ORDER),
                    Policy::spending,
                    List.of(Order.OLDEST));
            var sources = list(fields, "sources", PartShapes.SOURCE, Policy::sources);
            var limits = list(fields, "limits", PartShapes.LIMIT, Policy::limits);
            var plans = fields.required("plans", Shapes.oneOrMore(PartShapes.PLAN), Policy::plans);
            var ticks = list(fields, "ticks", PartShapes.TICK, Policy::ticks);
            var rules = list(fields, "rules", RuleShapes.RULE, Policy::rules);
            return in -> {
              Policy.Builder builder =
                  Policy.version(in.get(version), in.get(from))
                      .adoptedBy(in.get(adoption))
                      .spending(in.get(spending));
              in.get(sources).forEach(builder::source);
              in.get(limits).forEach(builder::limit);
              in.get(plans).forEach(builder::plan);
              in.get(ticks).forEach(builder::tick);
              in.get(rules).forEach(builder::rule);
              return builder.build();
            };
          });

  private static <T> ObjectShape.Field<List<T>> list(
      ObjectShape.Fields<Policy> fields,
      String key,
      Shape<T> item,
      Function<Policy, List<T>> getter) {
    return fields.withDefault(key, Shapes.list(item), getter, List.of());
  }

  private static final Shape<Program> PROGRAM =
      ObjectShape.of(
          fields -> {
            fields.required("format", FORMATS, program -> FORMAT);
            var name = fields.required("name", Shapes.NAME, Program::name);
            var unit = fields.withDefault("unit", UNIT, Program::unit, Program.DEFAULT_UNIT);
            var lateness =
                fields.withDefault("lateness", Shapes.DURATION, Program::lateness, Duration.ZERO);
            var versions =
                fields.required("versions", Shapes.oneOrMore(VERSION), Program::versions);
            return in -> {
              Program.Builder builder =
                  Program.named(in.get(name))
                      .unit(in.get(unit).singular(), in.get(unit).plural())
                      .lateness(in.get(lateness));
              in.get(versions).forEach(builder::version);
              return builder.build();
            };
          });

  private ProgramData() {}

  /**
   * Writes a program as a tree.
   *
   * @param program the program
   * @return an immutable map; what has its default is left out
   */
  public static Map<String, Object> toTree(Program program) {
    ImmutableMap.Builder<String, Object> tree = ImmutableMap.builder();
    ((Map<?, ?>) PROGRAM.write(program)).forEach((key, value) -> tree.put((String) key, value));
    return tree.buildOrThrow();
  }

  /**
   * Reads a program from a tree.
   *
   * @param tree what a JSON or YAML library made of a program's file
   * @return the program
   * @throws InvalidDataException if the tree is not a program's; it lists every problem with its
   *     place, what was expected there and what was found
   */
  public static Program fromTree(Object tree) {
    return Problems.read("program", PROGRAM, tree);
  }

  /**
   * Describes the trees of programs, for editors that complete and check what is typed.
   *
   * @return a JSON Schema as a tree
   */
  public static Map<String, Object> schema() {
    return ImmutableMap.<String, Object>builder()
        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
        .put("title", "An Allotment program")
        .putAll(PROGRAM.schema())
        .buildOrThrow();
  }
}
