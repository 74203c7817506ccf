/**
 * Allotment: a pure policy engine for virtual credits.
 *
 * <p>Start with {@code PolicyEngine} in {@code io.github.allotment}; programs are written with
 * {@code io.github.allotment.policy}, and {@code io.github.allotment.connects} is one that is built
 * in.
 */
module io.github.allotment {
  requires com.google.common;
  requires static org.jspecify;

  exports io.github.allotment;
  exports io.github.allotment.connects;
  exports io.github.allotment.data;
  exports io.github.allotment.policy;
}
