package io.github.allotment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.collect.ImmutableList;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.ProgramData;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever tree the readers get, put together from the keys and texts of programs and wallets and
 * from anything else, they read it or list its problems.
 */
class RawTreesFuzz {

  private static final Mutations TREES =
      new Mutations(
          ImmutableList.builder()
              .addAll(Mutations.programs())
              .addAll(WalletTreesFuzz.trees())
              .build());

  static Stream<byte[]> seeds() {
    return Seeds.choosing(RawTreesFuzz.class, 64, 80);
  }

  @Timeout(10)
  @MethodSource("seeds")
  @FuzzTest
  void isReadOrHasProblems(byte[] bytes) {
    Object tree = TREES.raw(new Draws(bytes));
    try {
      Program program = ProgramData.fromTree(tree);
      assertEquals(program, ProgramData.fromTree(ProgramData.toTree(program)));
    } catch (InvalidDataException invalid) {
      assertFalse(invalid.problems().isEmpty());
    }
    try {
      WalletState state = WalletData.fromTree(tree);
      assertEquals(state, WalletData.fromTree(WalletData.toTree(state)));
    } catch (InvalidDataException invalid) {
      assertFalse(invalid.problems().isEmpty());
    }
  }
}
