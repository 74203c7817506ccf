package shop;

import io.github.allotment.Decision;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Wallet;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.ReadinessTest;
import java.time.Instant;

/** Charges a wallet, with the library as a module. */
public final class Main {

  private Main() {}

  /**
   * Prints what a charge did.
   *
   * @param args none
   */
  public static void main(String[] args) {
    PolicyEngine engine = PolicyEngine.of(Connects.program());
    Instant joined = Instant.parse("2021-06-01T08:00:00Z");
    Wallet wallet =
        engine
            .open(
                Connects.opening(
                    Connects.BASIC, joined, AccountKind.FREELANCER, ReadinessTest.NOT_TAKEN))
            .wallet();
    Decision charged =
        engine.decide(
            wallet, Connects.proposalSubmitted("event-1", joined, "proposal-1", "job-1", 4));
    System.out.println(
        "Java "
            + Runtime.version().feature()
            + ", module "
            + PolicyEngine.class.getModule().getName());
    System.out.println(charged.why());
    System.out.println(charged.wallet().available() + " of " + wallet.available() + " available");
  }
}
