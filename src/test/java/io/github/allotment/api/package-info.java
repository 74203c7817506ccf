/** The public API as text, so that no change of it goes unnoticed. */
@NullMarked
package io.github.allotment.api;

import org.jspecify.annotations.NullMarked;
