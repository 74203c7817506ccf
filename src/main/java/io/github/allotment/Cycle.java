package io.github.allotment;

import java.time.Instant;

/**
 * A billing cycle of a wallet: [start, end).
 *
 * @param number 0 for the cycle in which the wallet opened, then 1, 2 and so on
 * @param startInclusive its first instant; the opening for cycle 0
 * @param endExclusive the first instant of the next cycle
 */
public record Cycle(long number, Instant startInclusive, Instant endExclusive) {}
