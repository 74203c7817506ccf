/**
 * A rehearsal of a release, up to what Maven Central would say of it.
 *
 * <p>{@code Rehearsal} runs the real deployment against {@code PublisherStub}, which accepts what
 * {@code BundleCheck} finds nothing wrong with. It uses nothing but the JDK, so that it runs from
 * the compiled tests alone; {@code OpenPgp} shares no code with what signs.
 */
@NullMarked
package io.github.allotment.release;

import org.jspecify.annotations.NullMarked;
