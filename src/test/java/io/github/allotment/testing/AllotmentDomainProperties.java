package io.github.allotment.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.testkit.AllotmentDomain;
import io.github.allotment.testkit.History;
import io.github.allotment.testkit.Scenario;
import io.github.allotment.testkit.Wallets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/** Parameters come by their type, of every program or of one. */
class AllotmentDomainProperties {

  static class MembersDomain extends AllotmentDomain {
    MembersDomain() {
      super(Members.program());
    }
  }

  @Property
  @Domain(AllotmentDomain.class)
  void everyTypeIsProvided(
      @ForAll Program program, @ForAll Policy policy, @ForAll Plan plan, @ForAll History history) {
    assertEquals("random", program.name());
    assertEquals("random", history.program().name());
    assertTrue(!policy.plans().isEmpty() && !plan.name().isEmpty());
  }

  @Property
  @Domain(AllotmentDomain.class)
  void aWalletIsReachableAndNeverBelowNothing(@ForAll Wallet wallet) {
    assertTrue(wallet.available() >= 0 && wallet.pending() >= 0, wallet::toString);
    assertTrue(!wallet.clock().isBefore(wallet.openedAt()), wallet::toString);
  }

  @Property
  @Domain(MembersDomain.class)
  void ofOneProgramAllAreOfIt(
      @ForAll Program program,
      @ForAll Policy policy,
      @ForAll Plan plan,
      @ForAll History history,
      @ForAll Wallet wallet) {
    assertEquals(Members.program(), program);
    assertEquals(Members.program(), history.program());
    assertTrue(program.versions().contains(policy) && policy.plans().contains(plan));
    PolicyEngine engine = PolicyEngine.of(program);
    assertEquals(wallet, engine.advance(engine.restore(wallet.state()), wallet.clock()).wallet());
    Statistics.label("wallets")
        .collect(wallet.revision() > 1 ? "used" : "fresh")
        .coverage(coverage -> coverage.check("used").percentage(share -> share > 60));
    Statistics.label("what is there")
        .collect(wallet.pending() > 0)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 3));
  }

  @Property(tries = 20)
  @Domain(MembersDomain.class)
  @Domain(DomainContext.Global.class)
  void otherTypesComeWithTheGlobalDomain(@ForAll Wallet wallet, @ForAll int number) {
    assertEquals("members", wallet.program());
  }

  @Provide("walletsOfMembers")
  static Arbitrary<Wallet> walletsOfMembers() {
    return Wallets.of(Members.program());
  }

  @Property
  void walletsOfOneProgramNeedNoDomain(@ForAll("walletsOfMembers") Wallet wallet) {
    assertEquals(wallet, Scenario.given(Members.program(), wallet).wallet());
  }
}
