package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import io.github.allotment.Wallet;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Provides parameters by their type: {@link Program}, {@link Policy}, {@link Plan}, {@link History}
 * and {@link Wallet}, of programs drawn from the whole rule language.
 *
 * <pre>{@code
 * @Property
 * @Domain(AllotmentDomain.class)
 * void whatIsHeldIsInLots(@ForAll Wallet wallet) {
 *   long held = wallet.lots().stream().mapToLong(Lot::left).sum();
 *   assertEquals(wallet.available() + wallet.frozen(), held);
 * }
 * }</pre>
 *
 * <p>For one program, extend it:
 *
 * <pre>{@code
 * class StarsDomain extends AllotmentDomain {
 *   StarsDomain() {
 *     super(Stars.program());
 *   }
 * }
 * }</pre>
 *
 * <p>A property with a {@link Domain} gets nothing else by type. One that also takes numbers or
 * texts adds {@code @Domain(DomainContext.Global.class)}.
 */
public class AllotmentDomain extends DomainContextBase {

  private final Arbitrary<Program> programs;

  /** Makes the domain of all programs; jqwik calls it. */
  public AllotmentDomain() {
    this(Programs.any());
  }

  /**
   * Makes the domain of one program.
   *
   * @param program the program
   */
  protected AllotmentDomain(Program program) {
    this(Arbitraries.just(requireNonNull(program, "program")));
  }

  private AllotmentDomain(Arbitrary<Program> programs) {
    this.programs = programs;
  }

  @Provide
  final Arbitrary<Program> programs() {
    return programs;
  }

  @Provide
  final Arbitrary<Policy> policies() {
    return programs.flatMap(program -> Arbitraries.of(program.versions()));
  }

  @Provide
  final Arbitrary<Plan> plans() {
    return policies().flatMap(policy -> Arbitraries.of(policy.plans()));
  }

  @Provide
  final Arbitrary<History> histories() {
    return Histories.of(programs);
  }

  @Provide
  final Arbitrary<Wallet> wallets() {
    return Wallets.of(programs);
  }
}
