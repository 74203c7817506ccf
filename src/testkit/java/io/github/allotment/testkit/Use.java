package io.github.allotment.testkit;

import java.time.Instant;

/**
 * What was granted under a limit.
 *
 * @param event the event that earned it
 * @param at when it was earned
 * @param amount how much, less what was taken back
 */
record Use(String event, Instant at, long amount) {}
