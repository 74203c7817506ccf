package io.github.allotment.policy;

import io.github.allotment.shape.Either;
import io.github.allotment.shape.ObjectShape;
import io.github.allotment.shape.ObjectShape.Option;
import io.github.allotment.shape.Shape;
import io.github.allotment.shape.Shapes;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;

/** The data form of what programs are made of: sources, limits, plans, ticks and their parts. */
final class PartShapes {

  private static final Shape<Long> AMOUNT = Shapes.whole(0, Long.MAX_VALUE);

  static final Shape<List<String>> NAMES = Shapes.list(Shapes.NAME);

  /** Names of which there are some: none would be read as none, and left out it means all. */
  static final Shape<List<String>> SOME_NAMES = Shapes.some(Shapes.NAME);

  static final Shape<FactValue> FACT_VALUE =
      Either.of(
          "a text, a whole number, or true or false",
          Either.scalar(
              String.class,
              Shapes.TEXT,
              FactValue.Text::new,
              FactValue.Text.class,
              FactValue.Text::value),
          Either.scalar(
              Number.class,
              Shapes.whole(Long.MIN_VALUE, Long.MAX_VALUE),
              FactValue.Whole::new,
              FactValue.Whole.class,
              FactValue.Whole::value),
          Either.scalar(
              Boolean.class,
              Shapes.TRUTH,
              FactValue.Truth::new,
              FactValue.Truth.class,
              FactValue.Truth::value));

  private static Either.Case<Quantity> fixed() {
    return Either.scalar(
        Number.class, AMOUNT, Quantity.Fixed::new, Quantity.Fixed.class, Quantity.Fixed::amount);
  }

  private static Either.Case<Quantity> ofPlan() {
    return Either.object(
        "plan",
        ObjectShape.<Quantity.OfPlan>of(
            fields -> {
              var times = fields.required("plan", AMOUNT, Quantity.OfPlan::times);
              var least = fields.withDefault("least", AMOUNT, Quantity.OfPlan::least, 0L);
              return in -> new Quantity.OfPlan(in.get(times), in.get(least));
            }),
        Quantity.OfPlan.class);
  }

  static final Shape<Quantity> QUANTITY =
      Either.of(
          "a quantity: a whole number of 0 or more, {\"fact\": …} or {\"plan\": …}",
          fixed(),
          Either.object(
              "fact",
              ObjectShape.<Quantity.OfEvent>of(
                  fields -> {
                    var fact = fields.required("fact", Shapes.NAME, Quantity.OfEvent::fact);
                    return in -> new Quantity.OfEvent(in.get(fact));
                  }),
              Quantity.OfEvent.class),
          ofPlan());

  /** What is for every event, and so asks nothing of one. */
  static final Shape<Quantity> MOST =
      Either.of(
          "a quantity that asks nothing of an event: a whole number of 0 or more, or {\"plan\": …}",
          fixed(),
          ofPlan());

  private static final Shape<Term> TERM =
      ObjectShape.of(
          fields -> {
            var term =
                fields.<Term>choice(
                    "when credits expire",
                    value -> value,
                    Option.of(
                        "period",
                        Shapes.PERIOD,
                        Term.Lasting::new,
                        Term.Lasting.class,
                        Term.Lasting::period),
                    Option.of(
                        "duration",
                        Shapes.DURATION,
                        Term.Exactly::new,
                        Term.Exactly.class,
                        Term.Exactly::length),
                    Option.of(
                        "cycles",
                        Shapes.whole(1, 1_200),
                        count -> new Term.Cycles(count.intValue()),
                        Term.Cycles.class,
                        cycles -> (long) cycles.count()),
                    Option.of(
                        "until",
                        Shapes.INSTANT,
                        Term.Until::new,
                        Term.Until.class,
                        Term.Until::instant),
                    Option.of(
                        "fact",
                        Shapes.NAME,
                        Term.OfEvent::new,
                        Term.OfEvent.class,
                        Term.OfEvent::fact));
            return in -> in.get(term);
          });

  /** What a source says of its priority. */
  private sealed interface Priority {

    /** A number. */
    record Fixed(int rank) implements Priority {}

    /** The fact that brings it. */
    record OfEvent(String fact) implements Priority {}

    static Priority of(Source source) {
      return source
          .priorityFact()
          .<Priority>map(OfEvent::new)
          .orElseGet(() -> new Fixed(source.priority()));
    }

    default Source on(Source source) {
      return this instanceof OfEvent brought
          ? source.withPriorityOfEvent(brought.fact())
          : source.withPriority(((Fixed) this).rank());
    }
  }

  private static final Shape<Priority> PRIORITY =
      Either.of(
          "a whole number or {\"fact\": …}",
          Either.scalar(
              Number.class,
              Shapes.whole(Integer.MIN_VALUE, Integer.MAX_VALUE),
              rank -> new Priority.Fixed(rank.intValue()),
              Priority.Fixed.class,
              fixed -> (long) fixed.rank()),
          Either.single(
              "fact",
              Shapes.NAME,
              Priority.OfEvent::new,
              Priority.OfEvent.class,
              Priority.OfEvent::fact));

  static final Shape<Source> SOURCE =
      ObjectShape.of(
          fields -> {
            var name = fields.required("name", Shapes.NAME, Source::name);
            var expires = fields.optional("expires", TERM, Source::term);
            var priority =
                fields.<Priority>withDefault(
                    "priority", PRIORITY, Priority::of, new Priority.Fixed(0));
            var plans = fields.withDefault("usableOn", SOME_NAMES, Source::plans, List.of());
            return in ->
                in.get(priority)
                    .on(
                        new Source(
                            in.get(name), in.get(expires), 0, Optional.empty(), in.get(plans)));
          });

  private static final Shape<Window> WINDOW =
      Either.of(
          "a window: \"cycle\", \"ever\", {\"held\": …}, {\"rolling\": …}, {\"session\": …} or"
              + " {\"calendar\": …}",
          Either.constant("cycle", Window.cycle()),
          Either.constant("ever", Window.ever()),
          Either.single("held", NAMES, Window.Held::new, Window.Held.class, Window.Held::sources),
          Either.single(
              "rolling",
              Shapes.DURATION,
              Window.Rolling::new,
              Window.Rolling.class,
              Window.Rolling::length),
          Either.single(
              "session",
              Shapes.DURATION,
              Window.Session::new,
              Window.Session.class,
              Window.Session::length),
          Either.single(
              "calendar",
              Shapes.codes("a unit of the calendar", Window.Calendar.Unit.values()),
              Window.Calendar::new,
              Window.Calendar.class,
              Window.Calendar::unit));

  static final Shape<Limit> LIMIT =
      ObjectShape.of(
          fields -> {
            var name = fields.required("name", Shapes.NAME, Limit::name);
            var most = fields.required("most", MOST, Limit::max);
            var window = fields.required("window", WINDOW, Limit::window);
            var regained = fields.withDefault("regained", Shapes.TRUTH, Limit::regained, false);
            return in -> new Limit(in.get(name), in.get(most), in.get(window), in.get(regained));
          });

  static final Shape<Line> LINE = line(QUANTITY);

  private static final Shape<Line> ALLOTTED =
      line(Either.of("a whole number of 0 or more", fixed()));

  private static Shape<Line> line(Shape<Quantity> quantity) {
    return ObjectShape.of(
        fields -> {
          var label = fields.required("label", Shapes.NAME, Line::label);
          var source = fields.required("source", Shapes.NAME, Line::source);
          var amount = fields.required("amount", quantity, Line::quantity);
          return in -> new Line(in.get(label), in.get(source), in.get(amount));
        });
  }

  private static final Shape<Anchor> ANCHOR =
      Either.of(
          "an anchor: \"opening\", {\"openingUpTo\": …}, {\"dayOfMonth\": …} or"
              + " {\"dayOfWeek\": …}",
          Either.constant("opening", Anchor.opening()),
          Either.single(
              "openingUpTo",
              Shapes.whole(1, 31),
              day -> new Anchor.Opening(day.intValue()),
              Anchor.Opening.class,
              opening -> (long) opening.lastDay()),
          Either.single(
              "dayOfMonth",
              Shapes.whole(1, 31),
              day -> new Anchor.DayOfMonth(day.intValue()),
              Anchor.DayOfMonth.class,
              month -> (long) month.day()),
          Either.single(
              "dayOfWeek",
              Shapes.codes("a day of the week", DayOfWeek.values()),
              Anchor.OnWeekday::new,
              Anchor.OnWeekday.class,
              Anchor.OnWeekday::day));

  static final Shape<Plan> PLAN =
      ObjectShape.of(
          fields -> {
            var name = fields.required("name", Shapes.NAME, Plan::name);
            var cycle = fields.required("cycle", Shapes.PERIOD, Plan::cycle);
            var anchor = fields.withDefault("anchor", ANCHOR, Plan::anchor, Anchor.opening());
            var allotment =
                fields.withDefault("allotment", Shapes.list(ALLOTTED), Plan::allotment, List.of());
            return in -> new Plan(in.get(name), in.get(cycle), in.get(anchor), in.get(allotment));
          });

  private static final Shape<Tick.Interval> INTERVAL =
      ObjectShape.of(
          fields -> {
            var interval =
                fields.<Tick.Interval>choice(
                    "an interval",
                    value -> value,
                    Option.of(
                        "duration",
                        Shapes.DURATION,
                        Tick.Interval.Exact::new,
                        Tick.Interval.Exact.class,
                        Tick.Interval.Exact::length),
                    Option.of(
                        "period",
                        Shapes.PERIOD,
                        Tick.Interval.OfCalendar::new,
                        Tick.Interval.OfCalendar.class,
                        Tick.Interval.OfCalendar::period));
            return in -> in.get(interval);
          });

  static final Shape<Tick> TICK =
      ObjectShape.of(
          fields -> {
            var name = fields.required("name", Shapes.NAME, Tick::name);
            var every = fields.required("every", INTERVAL, Tick::interval);
            return in -> new Tick(in.get(name), in.get(every));
          });

  private PartShapes() {}
}
