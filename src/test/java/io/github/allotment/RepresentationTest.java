package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.allotment.connects.AccountKind;
import io.github.allotment.connects.Connects;
import io.github.allotment.connects.InterviewSource;
import io.github.allotment.connects.JobOutcome;
import io.github.allotment.connects.ReadinessTest;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That what a decision costs hardly depends on how much the wallet holds and remembers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepresentationTest {

  private static final int FEW_CLAIMS = 10;
  private static final int MANY_CLAIMS = 100_000;
  private static final int MANY_IDS = 10_000;

  private static final int MOST_TIMES = 3;

  /** The number of a proposal that every wallet has. */
  private static final int CHOSEN = 5;

  private static final Instant OPENED = Instant.parse("2021-01-05T09:00:00Z");
  private static final Instant SUBMITTED = Instant.parse("2021-01-06T00:00:00Z");

  /** When the submissions are forgotten, but for their claims; less than 24 hours before: */
  private static final Instant FORGOTTEN = Instant.parse("2021-02-04T21:00:00Z");

  private static final Instant NOW = Instant.parse("2021-02-04T22:00:00Z");
  private static final Instant RENEWAL_AT = Instant.parse("2021-02-05T00:00:00Z");

  private static final int WARM_UP = 1_000;
  private static final int SAMPLES = 101;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PolicyEngine engine = PolicyEngine.of(Connects.program());
  private final Wallet small = withClaims(FEW_CLAIMS);
  private final Wallet large = withClaims(MANY_CLAIMS);
  private final Wallet remembering = withIds(small, MANY_IDS);

  /** One further decision, under an id that no wallet remembers. */
  enum Further {
    SUBMIT(ReasonCode.APPLIED),
    INTERVIEW(ReasonCode.APPLIED),
    JOB_CLOSED(ReasonCode.APPLIED),
    ARCHIVED(ReasonCode.NO_EFFECT),
    RENEWAL(ReasonCode.APPLIED);

    private final ReasonCode answer;

    Further(ReasonCode answer) {
      this.answer = answer;
    }

    Decision on(Wallet wallet, PolicyEngine engine) {
      return switch (this) {
        case SUBMIT ->
            engine.decide(
                wallet, Connects.proposalSubmitted("new", NOW, "new proposal", "new job", 2));
        case INTERVIEW ->
            engine.decide(
                wallet,
                Connects.interview("new", NOW, proposal(CHOSEN), InterviewSource.PROPOSAL, true));
        case JOB_CLOSED ->
            engine.decide(
                wallet,
                Connects.jobClosed("new", NOW, job(CHOSEN), JobOutcome.CLOSED_WITHOUT_HIRE));
        case ARCHIVED ->
            engine.decide(wallet, Connects.proposalArchived("new", NOW, proposal(CHOSEN)));
        case RENEWAL -> engine.advance(wallet, RENEWAL_AT);
      };
    }
  }

  @Test
  void theWalletsHoldWhatTheyAreMeantTo() {
    assertEquals(FEW_CLAIMS, small.openClaims().size());
    assertEquals(MANY_CLAIMS, large.openClaims().size());
    assertEquals(0, small.state().seen().size());
    assertEquals(0, large.state().seen().size());
    assertEquals(FEW_CLAIMS, remembering.openClaims().size());
    assertEquals(MANY_IDS, remembering.state().seen().size());
  }

  @ParameterizedTest
  @EnumSource
  void manyOpenClaimsMakeADecisionHardlyDearer(Further further) {
    assertAlike(further, small, large);
  }

  @ParameterizedTest
  @EnumSource
  void manyRememberedEventsMakeADecisionHardlyDearer(Further further) {
    assertAlike(further, small, remembering);
  }

  private void assertAlike(Further further, Wallet one, Wallet larger) {
    Decision onOne = further.on(one, engine);
    Decision onLarger = further.on(larger, engine);

    assertEquals(further.answer, onOne.reason().code());
    assertEquals(further.answer, onLarger.reason().code());
    assertEquals(onOne.changes().size(), onLarger.changes().size());
    // Taken in turn, so that both are compiled as far as the other.
    for (int i = 0; i < WARM_UP; i++) {
      allocated(further, one);
      allocated(further, larger);
    }
    long[] ofOne = new long[SAMPLES];
    long[] ofLarger = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      ofOne[i] = allocated(further, one);
      ofLarger[i] = allocated(further, larger);
    }
    long bytes = median(ofOne);
    long bytesOfLarger = median(ofLarger);
    assertTrue(bytes > 0, "nothing was measured");
    assertTrue(
        bytesOfLarger <= MOST_TIMES * bytes,
        () ->
            further + " allocates " + bytes + " bytes, and in the larger wallet " + bytesOfLarger);
  }

  private long allocated(Further further, Wallet wallet) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Decision decision = further.on(wallet, engine);
    long after = THREADS.getCurrentThreadAllocatedBytes();
    assertEquals(further.answer, decision.reason().code());
    return after - before;
  }

  private static long median(long[] samples) {
    Arrays.sort(samples);
    return samples[samples.length / 2];
  }

  @Test
  void aCopyOfTheClaimsWouldBeNoticed() {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    int copied = large.openClaims().size();
    long ofCopy = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertEquals(MANY_CLAIMS, copied);
    assertTrue(ofCopy > 3 * allocated(Further.SUBMIT, large), "only " + ofCopy);
  }

  @Test
  void decidingOnAWalletAThousandTimesLeavesItAsItWas() {
    WalletState before = large.state();

    for (int i = 0; i < 1_000; i++) {
      for (Further further : Further.values()) {
        assertNotEquals(large.standing, further.on(large, engine).wallet().standing);
      }
    }

    assertEquals(before, large.state());
  }

  @Test
  void whatADecisionDoesNotTouchIsSharedWithTheWalletBefore() {
    Wallet bought = engine.decide(large, Connects.connectsPurchased("new", NOW, 1)).wallet();

    assertNotEquals(large.available(), bought.available());
    assertSame(large.contents.claims(), bought.contents.claims());
  }

  @Test
  void theOtherClaimsAreSharedWhenOneIsAdded() {
    Wallet submitted = Further.SUBMIT.on(large, engine).wallet();

    assertEquals(MANY_CLAIMS + 1, submitted.openClaims().size());
    for (int i = 0; i < MANY_CLAIMS; i++) {
      assertSame(
          large.claim(proposal(i)).orElseThrow(), submitted.claim(proposal(i)).orElseThrow());
    }
  }

  /** Has the claims, all from bought Connects, and remembers no event. */
  private Wallet withClaims(int claims) {
    Wallet wallet =
        engine
            .open(
                Connects.opening(
                    Connects.BASIC, OPENED, AccountKind.FREELANCER, ReadinessTest.NOT_TAKEN))
            .wallet();
    wallet =
        decided(
            wallet,
            Connects.proposalSubmitted("first", OPENED, "first", "first", wallet.available()));
    wallet = decided(wallet, Connects.proposalWithdrawn("withdrawn", OPENED, "first"));
    wallet = decided(wallet, Connects.connectsPurchased("bought", OPENED, 1_000_000));
    for (int i = 0; i < claims; i++) {
      wallet =
          decided(
              wallet,
              Connects.proposalSubmitted("submitted " + i, SUBMITTED, proposal(i), job(i), 1));
    }
    return engine.advance(wallet, FORGOTTEN).wallet();
  }

  /** Remembers as many events more, which did nothing else. */
  private Wallet withIds(Wallet wallet, int ids) {
    Wallet now = wallet;
    for (int i = 0; i < ids; i++) {
      now =
          engine
              .decide(now, Connects.proposalArchived("archived " + i, FORGOTTEN, proposal(CHOSEN)))
              .wallet();
    }
    return now;
  }

  private Wallet decided(Wallet wallet, Event event) {
    Decision decision = engine.decide(wallet, event);
    assertTrue(decision.isApplied(), decision::why);
    return decision.wallet();
  }

  private static String proposal(int number) {
    return "proposal " + number;
  }

  private static String job(int number) {
    return "job " + number;
  }
}
