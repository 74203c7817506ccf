package io.github.allotment.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A figure that was promised, and what came of it.
 *
 * @param what what is compared
 * @param value the figure
 * @param unit how a figure is written
 * @param atMost whether it must be at most, or at least, what was promised
 * @param must what it must reach
 * @param aim what it should
 */
record Target(
    String what,
    Spread value,
    DoubleFunction<String> unit,
    boolean atMost,
    double must,
    double aim) {

  private static final int KIB = 1_024;

  private static final String GRANTED = "granted";
  private static final String REFUSED = "refused";

  /** Returns all that was promised, with what a run came to. */
  static List<Target> of(Results run) {
    List<Target> targets = new ArrayList<>();
    for (String outcome : List.of(GRANTED, REFUSED)) {
      Measured award = run.row("ConnectsAwards." + outcome);
      targets.add(
          ratio(
              "Award decision, " + outcome + ", to the immutable floor's",
              award.time().over(run.row("FloorAwards." + outcome).time()),
              5,
              2));
      targets.add(
          ratio(
              "Award decision, " + outcome + ", to bucket4j, two limits, the faster of two kinds",
              award.time().over(fasterBucket(run, outcome, "2")),
              10,
              3));
    }
    for (String outcome : List.of(GRANTED, REFUSED)) {
      Spread award = run.row("RuleAwards." + outcome, "10").time();
      String drools =
          outcome.equals(GRANTED) ? "Drools.statelessGranted" : "Drools.statelessRefused";
      targets.add(
          faster(
              "Drools, stateless, to an award decision, " + outcome + ", among 10 rules",
              run.row(drools, "10").time().over(award)));
      targets.add(
          faster(
              "CEL-Java to an award decision, " + outcome + ", among 10 rules",
              run.row("Cel." + outcome, "10").time().over(award)));
    }
    targets.add(
        ratio(
            "The cap question, to bucket4j's estimate, one limit, the faster of two kinds",
            run.row("RoomQuestion.room").time().over(fasterBucket(run, "estimate", "1")),
            2,
            1));
    growth(targets, run, "Award, 100,000 open claims to 10", "Claims.award", "100000", "10");
    growth(
        targets,
        run,
        "Submit and close, 100,000 open claims to 10",
        "Claims.submitAndClose",
        "100000",
        "10");
    growth(targets, run, "Award, 10,000 remembered ids to none", "SeenIds.award", "10000", "0");
    growth(targets, run, "Award granted, 10,000 live uses to 10", "Uses.granted", "10000", "10");
    growth(targets, run, "Award refused, 10,000 live uses to 10", "Uses.refused", "10000", "10");
    targets.add(
        equal(
            "Rows of an award's changes, 100,000 open claims to 10",
            run.size(Sizes.MANY_ROWS) / run.size(Sizes.FEW_ROWS)));
    targets.add(
        equal(
            "Bytes of these rows, 100,000 open claims to 10",
            run.size(Sizes.MANY_BYTES) / run.size(Sizes.FEW_BYTES)));
    for (String outcome : List.of(GRANTED, REFUSED)) {
      targets.add(
          size(
              "Allocation of an award decision, " + outcome,
              run.row("ConnectsAwards." + outcome).allocated(),
              3 * KIB,
              KIB));
    }
    targets.add(
        new Target(
            "Connects replay, events a second on one core",
            run.row("Replays.connects").time().into(1e9),
            Texts::number,
            false,
            1e6,
            3e6));
    targets.add(retained(run, Sizes.FRESH, KIB));
    targets.add(retained(run, Sizes.CLAIM, 200));
    targets.add(retained(run, Sizes.SEEN, 100));
    for (String program : List.of("forfeiting", "keeping")) {
      Spread one = run.row("Advances.atOnce", "1", program).time();
      targets.add(
          ratio(
              "Advance over 120 cycles at once to one cycle, " + program,
              run.row("Advances.atOnce", "120", program).time().over(one),
              120,
              120));
    }
    targets.add(
        new Target(
            "An engine of 100 rules, from the builders",
            run.row("Builds.builders").time(),
            Texts::time,
            true,
            10e6,
            10e6));
    targets.add(size("The jar", Spread.exactly(run.size(Sizes.JAR)), 300 * KIB, 300 * KIB));
    return List.copyOf(targets);
  }

  private static Spread fasterBucket(Results run, String method, String limits) {
    Spread free = run.row("Buckets." + method, "LOCK_FREE", limits).time();
    Spread locked = run.row("Buckets." + method, "SYNCHRONIZED", limits).time();
    return free.median() < locked.median() ? free : locked;
  }

  private static void growth(
      List<Target> targets, Results run, String what, String name, String many, String few) {
    Spread value = run.row(name, many).time().over(run.row(name, few).time());
    targets.add(ratio(what, value, 3, 1.5));
  }

  private static Target ratio(String what, Spread value, double must, double aim) {
    return new Target(what, value, it -> Texts.number(it) + " ×", true, must, aim);
  }

  private static Target faster(String what, Spread value) {
    return new Target(what, value, it -> Texts.number(it) + " ×", false, 5, 20);
  }

  private static Target equal(String what, double value) {
    return new Target(
        what, Spread.exactly(value), it -> String.format(Locale.ROOT, "%.4f ×", it), true, 1, 1);
  }

  private static Target size(String what, Spread value, double must, double aim) {
    return new Target(what, value, Texts::bytes, true, must, aim);
  }

  private static Target retained(Results run, String what, double must) {
    String name = "Retained: " + Character.toLowerCase(what.charAt(0)) + what.substring(1);
    return size(name, Spread.exactly(run.size(what)), must, must / 2);
  }

  /** Tells whether the median reaches it. */
  private boolean reaches(double promised) {
    return atMost ? value.median() <= promised : value.median() >= promised;
  }

  String verdict() {
    if (!reaches(must)) {
      return "**missed**";
    }
    return reaches(aim) && aim != must ? "reached, and the aim" : "reached";
  }

  /** Writes what it must reach. */
  String promised() {
    return promised(must);
  }

  /** Writes what it should reach, if that is more. */
  String aimed() {
    return aim == must ? "" : promised(aim);
  }

  private String promised(double figure) {
    return (atMost ? "≤ " : "≥ ") + unit.apply(figure);
  }
}
