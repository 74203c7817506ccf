package io.github.allotment;

import io.github.allotment.policy.Term;
import java.time.Instant;

/** Reckons when a lot expires. */
final class Expiry implements Term.Cases<Instant> {

  private final Draft draft;
  private final Instant grantedAt;

  Expiry(Draft draft, Instant grantedAt) {
    this.draft = draft;
    this.grantedAt = grantedAt;
  }

  @Override
  public Instant lasting(Term.Lasting term) {
    return grantedAt.atZone(draft.before.zone()).plus(term.period()).toInstant();
  }

  @Override
  public Instant exactly(Term.Exactly term) {
    return grantedAt.plus(term.length());
  }

  @Override
  public Instant cycles(Term.Cycles term) {
    return Cycles.start(
        draft.anchor, draft.cycle, draft.cycleIndex + term.count(), draft.before.zone());
  }

  @Override
  public Instant until(Term.Until term) {
    return term.instant();
  }
}
