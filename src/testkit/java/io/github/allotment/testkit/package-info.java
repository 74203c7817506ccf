/**
 * Laws, generators and assertions for test suites of programs: what must be true of every program
 * is here, to be inherited; what is true of yours, {@link io.github.allotment.testkit.Scenario}
 * states in a few lines.
 *
 * <p>It needs jqwik 1.9 on the class path of the tests, besides the library.
 */
@NullMarked
package io.github.allotment.testkit;

import org.jspecify.annotations.NullMarked;
