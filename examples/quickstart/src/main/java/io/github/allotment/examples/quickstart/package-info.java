/** The README's first lines of Java. */
@NullMarked
package io.github.allotment.examples.quickstart;

import org.jspecify.annotations.NullMarked;
