/**
 * Wallets and the engine that decides what events do to them.
 *
 * <p>A host opens a {@link io.github.allotment.Wallet} with {@link
 * io.github.allotment.PolicyEngine#open}, hands each {@link io.github.allotment.Event} to {@link
 * io.github.allotment.PolicyEngine#decide}, and stores what the {@link
 * io.github.allotment.Decision} holds: the wallet after it, the {@link
 * io.github.allotment.Transaction}s it made, the {@link io.github.allotment.Reason}s, and {@link
 * io.github.allotment.Notice}s. Nothing here reads a clock or does I/O.
 *
 * <h2>Glossary</h2>
 *
 * <dl>
 *   <dt>available
 *   <dd>credits that can be spent now
 *   <dt>pending
 *   <dd>credits that were earned and are not yet available
 *   <dt>lot
 *   <dd>what is left of one grant, with its source and its grant instant
 *   <dt>claim
 *   <dd>a charge under a subject that has not ended, so that what it took can still come back
 *   <dt>use
 *   <dd>an amount that counts against a limit, at the instant at which it was earned
 *   <dt>clock
 *   <dd>the latest instant a wallet has heard of
 *   <dt>lateness
 *   <dd>how far behind the clock an event may lie
 * </dl>
 */
@NullMarked
package io.github.allotment;

import org.jspecify.annotations.NullMarked;
