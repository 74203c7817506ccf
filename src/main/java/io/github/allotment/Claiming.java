package io.github.allotment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.math.LongMath;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Rule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** How a rule charges, and ends what was charged. */
final class Claiming {

  private final RuleCase rule;
  private final Draft draft;

  Claiming(RuleCase rule) {
    this.rule = rule;
    draft = rule.draft;
  }

  Runnable charge(Effect.Charge effect) {
    OptionalLong amount = rule.amount(effect.quantity());
    if (amount.isEmpty()) {
      return rule.refuseWithout(effect.quantity());
    }
    if (rule.subject().isEmpty() && needsClaim(effect)) {
      return rule.refuseWithout("subject");
    }
    long asked = amount.getAsLong();
    if (rule.subject().isPresent()) {
      checkNotCharged(effect, rule.subject().get());
    }
    boolean takesLess = effect.shortfall() == Effect.Charge.Shortfall.TAKE_WHAT_IS_THERE;
    long free = Math.max(0, draft.available() - rule.tally.charged());
    if (asked > free && !takesLess) {
      rule.refuseNotEnough(LongMath.saturatedAdd(rule.tally.charged(), asked), draft.available());
    }
    long taken = Math.min(asked, free);
    rule.tally.charge(takesLess ? taken : asked);
    return () -> charge(effect, asked, takesLess ? Math.min(taken, draft.available()) : asked);
  }

  /** Tells whether a charge is for something that only a claim, and so only a subject, can have. */
  private static boolean needsClaim(Effect.Charge effect) {
    return effect.lapse().isPresent() || effect.part().isPresent();
  }

  private void checkNotCharged(Effect.Charge effect, String subject) {
    Optional<Claim> claim = draft.contents.find(subject, effect.part());
    boolean first = rule.tally.charge(subject, effect.part());
    if (claim.isPresent()) {
      rule.refuseDone(
          Reason.AlreadyDone.Matter.CHARGED,
          subject,
          claim.flatMap(Claim::closesAt).map(draft.derived::forgottenFrom));
    } else if (!first) {
      rule.refuseDoneByAnother(Reason.AlreadyDone.Matter.CHARGED, subject);
    }
  }

  private void charge(Effect.Charge effect, long asked, long amount) {
    if (amount > draft.available()) {
      rule.refuseNotEnough(amount, draft.available());
      return;
    }
    List<Lot.Move> draws =
        Ledger.charge(draft, effect.type(), effect.label(), amount, rule.cause());
    if (rule.subject().isPresent()) {
      draft.addClaim(claim(effect, rule.subject().get(), amount, draws));
    }
    draft.tell(new Consequence.Charged(rule.name(), rule.version(), amount, asked, rule.subject()));
  }

  private Claim claim(Effect.Charge effect, String subject, long amount, List<Lot.Move> draws) {
    return new Claim(
        draft.nextNumber(),
        subject,
        effect.part(),
        rule.group(),
        rule.at,
        amount,
        draws,
        ImmutableSortedSet.of(),
        effect
            .lapse()
            .map(
                lapse ->
                    new Claim.Lapse(
                        rule.at.plus(lapse.after()),
                        lapse.back() == Effect.End.Back.ALL,
                        lapse.expired() == Effect.End.Expired.NEW_LOT)),
        Optional.empty());
  }

  Runnable end(Effect.End effect) {
    return switch (effect.reach()) {
      case SUBJECT ->
          rule.subject()
              .map(subject -> end(effect, subject, rule.claims(subject)))
              .orElseGet(() -> rule.refuseWithout("subject"));
      case GROUP ->
          rule.group()
              .map(group -> end(effect, group, draft.contents.openInGroup(group)))
              .orElseGet(() -> rule.refuseWithout("group"));
    };
  }

  private Runnable end(Effect.End effect, String name, List<Claim> candidates) {
    List<Claim> open = ImmutableList.of();
    for (int i = 0; i < candidates.size(); i++) {
      Claim claim = candidates.get(i);
      if (isMeant(effect, claim) && canEnd(claim)) {
        open = Few.plus(open, claim);
      }
    }
    if (open.isEmpty()) {
      return rule.refuseNoOpenClaim(name, effect.part(), meant(effect, name));
    }
    return switch (effect.back()) {
      case ALL -> ending(effect, open, Claim::amount);
      case NOTHING -> ending(effect, open, claim -> 0);
      case ALL_BUT_EVENT -> capturing(effect, open.get(0));
      case EVENT_AND_STAY_OPEN -> returningPart(effect, open.get(0));
    };
  }

  /** Returns the remembered claims that an ending is about, also those that have ended. */
  private List<Claim> meant(Effect.End effect, String name) {
    List<Claim> claims =
        effect.reach() == Effect.End.Reach.SUBJECT
            ? rule.claims(name)
            : draft.contents.claimsInGroup(name);
    return claims.stream().filter(claim -> isMeant(effect, claim)).toList();
  }

  /** Tells whether a rule can give back what a claim has taken. */
  static boolean givesBack(Rule rule, Claim claim) {
    return rule.effect() instanceof Effect.End end
        && end.back() != Effect.End.Back.NOTHING
        && (end.reach() == Effect.End.Reach.SUBJECT || claim.group().isPresent())
        && isMeant(end, claim);
  }

  /** Tells whether a rule makes new lots of what it gives back to lots that have expired. */
  static boolean renews(Rule rule) {
    return rule.effect() instanceof Effect.End end && end.expired() == Effect.End.Expired.NEW_LOT;
  }

  /** Tells whether an ending is about a claim: its part, or any if it names none and gives all. */
  private static boolean isMeant(Effect.End effect, Claim claim) {
    boolean ofAll =
        effect.back() == Effect.End.Back.ALL || effect.back() == Effect.End.Back.NOTHING;
    return (effect.part().isEmpty() && ofAll) || claim.part().equals(effect.part());
  }

  private boolean canEnd(Claim claim) {
    return claim.canEndAt(rule.at) && !rule.tally.isEnded(claim);
  }

  private Runnable ending(Effect.End effect, List<Claim> open, ToLongFunction<Claim> back) {
    for (int i = 0; i < open.size(); i++) {
      Claim claim = open.get(i);
      rule.tally.end(claim);
      comesBack(effect, claim, Math.min(back.applyAsLong(claim), rule.tally.left(claim)));
    }
    return () -> {
      for (int i = 0; i < open.size(); i++) {
        end(effect, rule.asItIs(open.get(i)), back);
      }
    };
  }

  private Runnable capturing(Effect.End effect, Claim claim) {
    OptionalLong captured = ofClaim(claim);
    if (captured.isEmpty()) {
      return rule.alreadyRefused();
    }
    rule.tally.end(claim);
    comesBack(effect, claim, rule.tally.left(claim) - captured.getAsLong());
    return () -> end(effect, rule.asItIs(claim), whole -> whole.amount() - captured.getAsLong());
  }

  private Runnable returningPart(Effect.End effect, Claim claim) {
    OptionalLong part = ofClaim(claim);
    if (part.isEmpty()) {
      return rule.alreadyRefused();
    }
    comesBack(effect, claim, part.getAsLong());
    rule.tally.giveBack(claim, part.getAsLong());
    return () -> giveBackPart(effect, rule.asItIs(claim), part.getAsLong());
  }

  private void comesBack(Effect.End effect, Claim claim, long amount) {
    boolean renews = effect.expired() == Effect.End.Expired.NEW_LOT;
    rule.tally.comesBack(
        claim, amount, lot -> Ledger.staysWhenBack(draft, lot, renews, rule.version()));
  }

  /** Returns the event's amount, having refused it if there is none or it exceeds the claim's. */
  private OptionalLong ofClaim(Claim claim) {
    OptionalLong amount = rule.amount();
    if (amount.isEmpty()) {
      rule.refuseWithout("amount");
    } else if (amount.getAsLong() > rule.tally.left(claim)) {
      rule.refuseMoreThanClaimed(amount.getAsLong(), claim);
      return OptionalLong.empty();
    }
    return amount;
  }

  private void end(Effect.End effect, Claim claim, ToLongFunction<Claim> back) {
    long amount = back.applyAsLong(claim);
    draft.changeClaim(claim, claim.ended(rule.at));
    giveBack(effect, claim.lastDraws(amount));
    draft.tell(
        effect.back() == Effect.End.Back.NOTHING
            ? new Consequence.Kept(rule.name(), rule.version(), claim.subject(), claim.amount())
            : returned(claim, amount));
  }

  private void giveBackPart(Effect.End effect, Claim claim, long amount) {
    if (amount > 0) {
      draft.changeClaim(claim, claim.less(amount, claim.firstDraws(claim.amount() - amount)));
    }
    giveBack(effect, claim.lastDraws(amount));
    draft.tell(returned(claim, amount));
  }

  private Consequence returned(Claim claim, long amount) {
    return new Consequence.Returned(
        rule.name(), rule.version(), claim.subject(), amount, draft.clock);
  }

  private void giveBack(Effect.End effect, List<Lot.Move> draws) {
    boolean renews = effect.expired() == Effect.End.Expired.NEW_LOT;
    Ledger.giveBack(draft, effect.label(), draws, renews, rule.cause());
  }
}
