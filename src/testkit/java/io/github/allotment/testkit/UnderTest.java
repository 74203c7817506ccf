package io.github.allotment.testkit;

import static java.util.Objects.requireNonNull;

import io.github.allotment.PolicyEngine;
import io.github.allotment.policy.Program;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * What laws are held against: programs, and what runs them.
 *
 * @param programs the programs; one, for the laws of a program
 * @param accounts what makes the accounts of a program
 */
public record UnderTest(Arbitrary<Program> programs, Function<Program, Accounts> accounts) {

  public UnderTest {
    requireNonNull(programs, "programs");
    requireNonNull(accounts, "accounts");
  }

  /**
   * Returns one program, run by the library's engine.
   *
   * @param program the program
   * @return what to hold the laws against
   */
  public static UnderTest program(Program program) {
    requireNonNull(program, "program");
    return programs(Arbitraries.just(program));
  }

  /**
   * Returns many programs, run by the library's engine.
   *
   * @param programs the programs
   * @return what to hold the laws against
   */
  public static UnderTest programs(Arbitrary<Program> programs) {
    return new UnderTest(programs, program -> Accounts.of(PolicyEngine.of(program)));
  }

  /**
   * Returns the same programs, run by something else.
   *
   * @param runner what makes the accounts of a program
   * @return a copy
   */
  public UnderTest runBy(Function<Program, Accounts> runner) {
    return new UnderTest(programs, runner);
  }
}
