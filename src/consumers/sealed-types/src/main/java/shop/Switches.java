package shop;

import io.github.allotment.Change;
import io.github.allotment.Claim;
import io.github.allotment.Consequence;
import io.github.allotment.Earliest;
import io.github.allotment.Lot;
import io.github.allotment.PendingAward;
import io.github.allotment.Reason;
import io.github.allotment.Row;
import io.github.allotment.SeenEvent;
import io.github.allotment.Standing;
import io.github.allotment.Upcoming;
import io.github.allotment.Use;
import io.github.allotment.policy.Anchor;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Once;
import io.github.allotment.policy.Quantity;
import io.github.allotment.policy.Term;
import io.github.allotment.policy.Tick;
import io.github.allotment.policy.Window;
import java.util.stream.Collectors;

/**
 * Takes apart every sealed type, without a default: a variant that is added, removed or given
 * another component does not compile here.
 */
final class Switches {

  private Switches() {}

  static String of(Reason reason) {
    return switch (reason) {
      case Reason.BeforeOpening(var at, var openedAt) -> at + " is before " + openedAt;
      case Reason.TooLate(var at, var clock, var lateness) -> at + ", " + clock + ", " + lateness;
      case Reason.SeenBefore(var id, _, var first) -> id + " was " + first.code();
      case Reason.IdReused(var id, _, var firstType) -> id + " is a " + firstType;
      case Reason.NoRule(var type, _, var version) -> "no rule for " + type + " in " + version;
      case Reason.NoEffect(_, _, var because, _, _) -> because;
      case Reason.FactMissing(_, _, _, var whose, var fact, var accepted, _) ->
          whose + " " + fact + " is not in " + accepted;
      case Reason.NoOpenClaim(_, _, _, var name, _, _, _, _) -> "nothing open for " + name;
      case Reason.AlreadyDone(_, _, var matter, var name, _, _) -> matter + " " + name;
      case Reason.NoRoom(_, _, var limit, var max, var window, _, var amount, var left, _) ->
          amount + " above " + left + " of " + max + " for " + limit + ", " + of(window);
      case Reason.NotEnough(_, _, var of, _, _, var amount, var available, _) ->
          amount + " above " + available + " of " + of;
      case Reason.Applied(var consequences) ->
          consequences.stream().map(Switches::of).collect(Collectors.joining("; "));
    };
  }

  static String of(Consequence consequence) {
    return switch (consequence) {
      case Consequence.Brought(_, _, var amount) -> "brought " + amount;
      case Consequence.Granted(_, _, var type, var amount, _, var rooms) ->
          type + " of " + amount + " under " + rooms.size() + " limits";
      case Consequence.Earned(_, _, var type, var amount, _, _, var availableAt, _) ->
          type + " of " + amount + " at " + availableAt;
      case Consequence.Charged(_, _, var amount, _, var subject) ->
          "charged " + amount + " for " + subject.orElse("nothing");
      case Consequence.Returned(_, _, var subject, var amount, _) ->
          amount + " back for " + subject;
      case Consequence.Kept(_, _, var subject, var amount) -> amount + " kept for " + subject;
      case Consequence.Forfeited(_, _, var amount, var most) -> amount + " above " + most;
      case Consequence.Expired(_, _, var amount, _) -> amount + " expired";
      case Consequence.PlanChangeWaits(_, _, var plan, var from) -> plan + " from " + from;
      case Consequence.PlanChangeCancelled(_, _, var plan, var not) -> plan + ", not " + not;
      case Consequence.PlanChanged(_, _, var plan, _) -> plan;
      case Consequence.FactSet(_, _, var fact, var value) -> fact + " is " + of(value);
      case Consequence.Revoked(_, _, var subject, var amount, _, _) -> amount + " of " + subject;
      case Consequence.Restarted(_, _, var tick, var from) -> tick + " from " + from;
      case Consequence.Settled(_, _, var amount, _) -> amount + " settled";
    };
  }

  static String of(Earliest earliest) {
    return switch (earliest) {
      case Earliest.At(var instant) -> "at " + instant;
      case Earliest.Never(var reason, _) -> "never: " + of(reason);
      case Earliest.NotBefore(var horizon) -> "not before " + horizon;
    };
  }

  static String of(Upcoming upcoming) {
    return switch (upcoming) {
      case Upcoming.Settlement(var award) -> award.dueAt() + " settlement";
      case Upcoming.Expiry(var at, _) -> at + " expiry";
      case Upcoming.Release(var at, _) -> at + " release";
      case Upcoming.Ticked(var at, var ticks, _) -> at + " " + ticks;
      case Upcoming.Renewal(var at, var plan, _) -> at + " renewal on " + plan;
    };
  }

  static String of(Change change) {
    return switch (change) {
      case Change.Added(var row) -> "+" + of(row);
      case Change.Changed(var before, var row) ->
          before.equals(row) ? "unchanged" : "~" + of(row);
      case Change.Removed(var row) -> "-" + of(row);
    };
  }

  static String of(Row row) {
    return switch (row) {
      case Standing standing -> "standing " + standing.revision();
      case Lot(var terms, var left) -> "lot " + terms.number() + " with " + left;
      case Claim claim -> "claim " + claim.subject();
      case PendingAward award -> "award " + award.number();
      case Use(var limit, _, var amount) -> "use " + amount + " of " + limit;
      case SeenEvent(var id, _, _, _) -> "event " + id;
    };
  }

  static String of(FactValue value) {
    return switch (value) {
      case FactValue.Text(var text) -> text;
      case FactValue.Whole(var number) -> "" + number;
      case FactValue.Truth(var truth) -> "" + truth;
    };
  }

  static String of(Window window) {
    return switch (window) {
      case Window.Held(var sources) -> "held of " + sources;
      case Window.Rolling(var length) -> "in " + length;
      case Window.Calendar(var unit) -> "in a " + unit;
      case Window.Session(var length) -> "in a session of " + length;
      case Window.InCycle() -> "in a cycle";
      case Window.Ever() -> "ever";
    };
  }

  static String of(Term term) {
    return switch (term) {
      case Term.Lasting(var period) -> "lasts " + period;
      case Term.Exactly(var length) -> "lasts exactly " + length;
      case Term.Cycles(var count) -> "lasts " + count + " cycles";
      case Term.Until(var instant) -> "until " + instant;
      case Term.OfEvent(var fact) -> "until the event's " + fact;
    };
  }

  static String of(Anchor anchor) {
    return switch (anchor) {
      case Anchor.Opening(var lastDay) -> "opening, by day " + lastDay;
      case Anchor.DayOfMonth(var day) -> "day " + day;
      case Anchor.OnWeekday(var day) -> "" + day;
    };
  }

  static String of(Once once) {
    return switch (once) {
      case Once.ForEver(var key) -> key + " once";
      case Once.PerClaim(var key) -> key + " once for a claim";
    };
  }

  static String of(Tick.Interval interval) {
    return switch (interval) {
      case Tick.Interval.Exact(var length) -> "every " + length;
      case Tick.Interval.OfCalendar(var period) -> "every " + period;
    };
  }

  static String of(Quantity quantity) {
    return switch (quantity) {
      case Quantity.Fixed(var amount) -> "" + amount;
      case Quantity.OfEvent(var fact) -> "the event's " + fact;
      case Quantity.OfPlan(var times, var least) -> times + " times the plan, at least " + least;
    };
  }

  static String of(Effect.Settlement settlement) {
    return switch (settlement) {
      case Effect.Settlement.After(var delay) -> "after " + delay;
      case Effect.Settlement.AtFact(var fact) -> "at the event's " + fact;
    };
  }

  static String of(Effect effect) {
    return switch (effect) {
      case Effect.Allot(var how, _) -> "allot " + how;
      case Effect.Grant(var type, var lines, _, _, var settlement) ->
          type + " of " + lines.size() + " lines, " + of(settlement);
      case Effect.Charge(_, var label, var quantity, _, _, _) -> label + " " + of(quantity);
      case Effect.End(var reach, _, var back, _, _) -> "end " + reach + ", " + back;
      case Effect.Forfeit(_, var most, _, _, _) -> "forfeit above " + of(most);
      case Effect.Revoke(var label, _) -> "revoke " + label;
      case Effect.Restart(var tick) -> "restart " + tick;
      case Effect.SwitchPlan(var fact, var when) -> "switch to " + fact + " " + when;
      case Effect.SetFact(var fact, var value) -> fact + " is " + value.map(Switches::of);
      case Effect.Settle() -> "settle";
      case Effect.Nothing(var because) -> because;
    };
  }
}
