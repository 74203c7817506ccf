/**
 * What can be wrong with a program or a stored wallet: every problem at once, each with its place.
 *
 * <p>Programs and wallets are read from plain trees of maps, lists, texts, whole numbers and truth
 * values, which any JSON or YAML library yields. This package knows nothing of either; it is what
 * their readers report with.
 */
@NullMarked
package io.github.allotment.data;

import org.jspecify.annotations.NullMarked;
