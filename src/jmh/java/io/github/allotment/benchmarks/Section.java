package io.github.allotment.benchmarks;

import java.util.Optional;

/** The tables of the page, in their order; some are drawn along a parameter. */
enum Section {
  AWARDS(
      "An award decision on Connects",
      """
      An answered interview for one of a wallet's twelve open proposals. *Granted*: three awards lie
      in the last 7 days, 20 Connects are left. *Refused*: five do, no room is left. The whole
      `Decision` is made and its typed reason read. The immutable floor was written by hand for this
      program alone, with ids, claims, settlement, renewals, history rows and reasons, and agrees with
      the engine event by event on the histories below. bucket4j and the ring buffer count, and do no
      more: no ids, no claims, no history, no reasons, and they change in place."""),
  RULES(
      "An award decision among 1, 10 and 100 rules",
      """
      As above, but each of the rules asks for a category of interview of its own, besides its source
      and that it was answered, and all are for one type of event. The wallet has eight open claims
      and five awards in the last 7 days; all rules share a limit. Drools and CEL-Java get the same
      facts and conditions, and answer with the rule's name, the outcome and the room that is left. In
      their rows a mutable host account looks up the claim and sums the last 7 days before they are
      asked; they keep no ledger, no ids and no history, and nothing is written after the judgement.
      Drools runs an executable model; CEL-Java the planner runtime, and each rule's expression is
      evaluated, as more than one may apply."""),
  ROOM(
      "The cap question alone",
      """
      How much of the award limit is left, and until when: `PolicyEngine.room`, against bucket4j's
      `estimateAbilityToConsume`."""),
  USES(
      "A rolling limit with many live uses",
      """
      One more credit under a rolling limit of 7 days; so many uses lie in the window, each at an
      instant of its own. *Refused*: the limit is just used up."""),
  LOTS(
      "Charge and return across lots",
      """
      Two decisions: a charge that takes one credit from each of the lots, and the ending that returns
      all of them."""),
  CLAIMS(
      "Open claims",
      """
      On a Connects wallet with so many open proposals: an award as above, and two decisions that
      submit a proposal and close its job without a hire."""),
  SEEN(
      "Remembered ids",
      """
      An award as above, on a Connects wallet that remembers so many events of the last 24 hours."""),
  ADVANCE(
      "The passing of time",
      """
      `advance` over so many monthly cycles, in one call or cycle by cycle. *Forfeiting*: Connects on
      the basic plan, 10 a month, at most 200 roll over, and the wallet holds more than these from
      the start, so that each renewal forfeits. *Keeping*: 10 a month and nothing is forfeited."""),
  QUESTIONS(
      "Questions",
      """
      `preview` with its sentence; `earliest` for an award that the limit refuses until the oldest use
      leaves the window, for a charge that is covered after three more renewals, for one that is more
      than can ever be held, and for an event that no rule knows."""),
  REPLAY(
      "Replay",
      """
      Time for each event, wallets opened on the way included. *Connects*: 100 accounts with 100
      events each, drawn from a fixed seed. *Usage*: 19 grants with priorities and expiries, then
      10,000 usage events. *Catalogue*: all histories of `examples/programs`, one after the other and
      from the start again, 10,000 events in all."""),
  STATE(
      "Export and restore",
      """
      Of a Connects wallet with so many open proposals: to rows and plain data and back, and rows
      brought up to date with a decision's changes."""),
  BUILD("Building an engine", "A program of 100 rules, from its builders or its plain data."),
  CONTROL(
      "Control",
      """
      The first row of all, measured again under another name: what differs here is noise.""");

  private final String title;
  private final String text;

  Section(String title, String text) {
    this.title = title;
    this.text = text;
  }

  /** Returns the parameter along which it is drawn, if it is. */
  Optional<String> axis() {
    return switch (this) {
      case RULES -> Optional.of("rules");
      case USES -> Optional.of("uses");
      case LOTS -> Optional.of("lots");
      case CLAIMS -> Optional.of("claims");
      case SEEN -> Optional.of("ids");
      case ADVANCE -> Optional.of("cycles");
      case AWARDS, ROOM, QUESTIONS, REPLAY, STATE, BUILD, CONTROL -> Optional.empty();
    };
  }

  String title() {
    return title;
  }

  String text() {
    return text;
  }
}
