/**
 * Programs as closed data: what a credit program's rule sheet says, and nothing about any wallet.
 *
 * <p>A {@link io.github.allotment.policy.Program} is a list of dated {@link
 * io.github.allotment.policy.Policy} versions. A policy has sources, limits, {@link
 * io.github.allotment.policy.Plan plans} and {@link io.github.allotment.policy.Rule rules}; a rule
 * is an event type with conditions ({@link io.github.allotment.policy.Trigger}) and one {@link
 * io.github.allotment.policy.Effect}. This package knows nothing of wallets and events.
 *
 * <p>Names, labels and keys are not blank and have no control characters, as they stand in
 * sentences; what breaks that is an {@code IllegalArgumentException}.
 */
@NullMarked
package io.github.allotment.policy;

import org.jspecify.annotations.NullMarked;
