package io.github.allotment;

import io.github.allotment.policy.Term;
import java.time.Instant;
import java.util.Optional;

/** Reckons when a lot expires. */
final class Expiry implements Term.Cases<Optional<Instant>> {

  private final Draft draft;
  private final Instant grantedAt;
  private final Stamp stamp;

  Expiry(Draft draft, Instant grantedAt, Stamp stamp) {
    this.draft = draft;
    this.grantedAt = grantedAt;
    this.stamp = stamp;
  }

  @Override
  public Optional<Instant> lasting(Term.Lasting term) {
    return Optional.of(grantedAt.atZone(draft.terms.zone()).plus(term.period()).toInstant());
  }

  @Override
  public Optional<Instant> exactly(Term.Exactly term) {
    return Optional.of(grantedAt.plus(term.length()));
  }

  @Override
  public Optional<Instant> cycles(Term.Cycles term) {
    return Optional.of(draft.cycleStart(term.count() - draft.cyclesSince(grantedAt)));
  }

  @Override
  public Optional<Instant> until(Term.Until term) {
    return Optional.of(term.instant());
  }

  @Override
  public Optional<Instant> ofEvent(Term.OfEvent term) {
    return stamp.expiresAt();
  }
}
