package io.github.allotment;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is stamped on a lot besides what its source says.
 *
 * @param expiresAt when it expires, if the granting event said so
 * @param priority its priority, if the granting event said so
 * @param origin what it can be taken back by
 */
record Stamp(Optional<Instant> expiresAt, OptionalInt priority, Optional<Lot.Origin> origin) {

  /** Returns the stamp that adds nothing to what the source says. */
  static Stamp none() {
    return new Stamp(Optional.empty(), OptionalInt.empty(), Optional.empty());
  }
}
