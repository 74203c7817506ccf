package io.github.allotment.examples.replay;

/** Something in a history file that can't be read or replayed; the message is one line. */
final class BadHistory extends Exception {

  private static final long serialVersionUID = 1L;

  BadHistory(String where, String what) {
    super(where.isEmpty() ? what : where + ": " + what);
  }
}
