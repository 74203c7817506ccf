package io.github.allotment.policy;

/**
 * A kind of credit: where a lot came from.
 *
 * <p>For example a program may tell {@code bought} credits from {@code free} ones, because only the
 * free ones count against its rollover limit.
 *
 * @param name the source's name; not blank
 */
public record Source(String name) {

  public Source {
    Names.check("source", name);
  }
}
