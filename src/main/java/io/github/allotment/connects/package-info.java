/**
 * The built-in Connects program: a freelance marketplace's credits, as announced in December 2020.
 *
 * <p>{@link io.github.allotment.connects.Connects} has the program, its plans, and factories for
 * the opening and for each event; the enums are the facts that its rules ask. It is written with
 * the same builders that any host would use.
 */
@NullMarked
package io.github.allotment.connects;

import org.jspecify.annotations.NullMarked;
