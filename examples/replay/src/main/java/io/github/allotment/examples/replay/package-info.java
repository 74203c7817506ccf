/** A command-line program that replays histories of Connects wallets and prints statements. */
@NullMarked
package io.github.allotment.examples.replay;

import org.jspecify.annotations.NullMarked;
