/**
 * How values become plain trees and come back: the inside of the readers and writers of programs
 * and wallets.
 *
 * <p>A {@code Shape} describes a type once, and from that description follow its writer, its
 * reader, which collects every problem, and its JSON Schema. The package is not exported.
 */
@NullMarked
package io.github.allotment.shape;

import org.jspecify.annotations.NullMarked;
