package io.github.allotment.benchmarks;

import io.github.allotment.Event;
import io.github.allotment.Outcome;
import io.github.allotment.Wallet;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.policy.FactValue;

/** Says the engine's events as the floor's, and compares what comes of them. */
final class FloorEvents {

  private FloorEvents() {}

  static Floor.Event of(Event event) {
    return switch (event.type()) {
      case "proposal-submitted" ->
          new Floor.Submitted(
              event.id(),
              event.at(),
              event.subject().orElseThrow(),
              event.group().orElseThrow(),
              event.amount().orElseThrow());
      case "proposal-withdrawn" ->
          new Floor.Withdrawn(event.id(), event.at(), event.subject().orElseThrow());
      case "proposal-archived" ->
          new Floor.Archived(event.id(), event.at(), event.subject().orElseThrow());
      case "interview" ->
          new Floor.Interview(
              event.id(),
              event.at(),
              event.subject().orElseThrow(),
              InterviewSource.ofCode(text(event, "source")).orElseThrow(),
              event.fact("answered").orElseThrow().equals(FactValue.of(true)));
      case "job-closed" ->
          new Floor.Closed(
              event.id(),
              event.at(),
              event.group().orElseThrow(),
              JobOutcome.ofCode(text(event, "outcome")).orElseThrow());
      case "connects-purchased" ->
          new Floor.Bought(event.id(), event.at(), event.amount().orElseThrow());
      default -> throw new IllegalArgumentException("the floor does not know " + event);
    };
  }

  private static String text(Event event, String fact) {
    return event.fact(fact).orElseThrow().text();
  }

  /** Fails if the floor does not come to the same as the engine. */
  static void compare(Event event, Outcome outcome, Wallet wallet, Floor.Decision floor) {
    if (!floor.outcome().name().equals(outcome.name())
        || floor.wallet().available() != wallet.available()
        || floor.wallet().pendingAmount() != wallet.pending()) {
      throw new IllegalStateException(
          "after " + event + ": " + outcome + " " + wallet + ", but the floor: " + floor);
    }
  }
}
