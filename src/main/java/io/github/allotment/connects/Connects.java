package io.github.allotment.connects;

import static com.google.common.base.Preconditions.checkArgument;
import static io.github.allotment.policy.CalendarEvent.OPENED;
import static io.github.allotment.policy.CalendarEvent.RENEWED;

import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Plan;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Trigger;
import io.github.allotment.policy.Window;
import java.time.Duration;
import java.time.Instant;

/**
 * The Connects program: credits that freelancers and agencies spend to submit proposals for jobs.
 *
 * <p>Three versions: {@code 2019-05}, from 2019-05-01, with paid Connects; {@code 2020-12}, from
 * 2020-12-01, with free monthly Connects, a rollover limit of 200, the Readiness bonus and
 * interview awards; and {@code 2021-07}, from 2021-07-23, in which an interview award shows as two
 * rows. The rules follow the marketplace's announcement of December 2020, its updates, and the
 * staff's answers below it. Where these are silent, the program decides, in its data; those points
 * are marked here as decided:
 *
 * <ul>
 *   <li>the start of a version is midnight UTC of its date;
 *   <li>the rollover limit counts every Connect in the wallet, bought ones too, before the new
 *       cycle's allotment, and cuts the oldest;
 *   <li>the 7-day period rolls; what does not fit whole is refused; a proposal earns once, while it
 *       is open;
 *   <li>an interview's Connects are pending for exactly 24 hours, or until the host settles them;
 *   <li>the two rows are 5 and 5;
 *   <li>what is returned goes back to where it was taken from; hiring, expiry and withdrawal end
 *       the claim;
 *   <li>a change of plan waits for the next renewal;
 *   <li>nothing expires, the oldest Connects are spent first, and events may be 24 hours late;
 *   <li>Connects can be bought without limit;
 *   <li>an opening makes its rows in this order: the plan's allotment, the bonus for new accounts,
 *       and the one for the Readiness Test;
 *   <li>a test that was passed and earned nothing uses the bonus up for nobody;
 *   <li>the first ending of a proposal to arrive counts, and archiving is always refused;
 *   <li>of several changes of plan the last to arrive counts; asking for the current plan cancels
 *       one that waits, and asking for the one that is coming is refused.
 * </ul>
 *
 * <p>What makes an event throws an {@code IllegalArgumentException} if an id is empty or the
 * instant is not within the years 1 to 9999.
 */
public final class Connects {

  /** The name of the Basic plan. */
  public static final String BASIC = "basic";

  /** The name of the Plus plan. */
  public static final String PLUS = "plus";

  /** The name of the limit on what interviews earn: 50 in any 7 days. */
  public static final String INTERVIEW_AWARDS = "interview awards";

  /** The key of the bonus for passing the Readiness Test, which is granted once for ever. */
  public static final String READINESS_BONUS = "Readiness bonus";

  private static final String READINESS_TEST_PASSED = "readiness-test-passed";
  private static final String PROPOSAL_SUBMITTED = "proposal-submitted";
  private static final String PROPOSAL_WITHDRAWN = "proposal-withdrawn";
  private static final String PROPOSAL_ARCHIVED = "proposal-archived";
  private static final String INTERVIEW = "interview";
  private static final String AWARD_SETTLED = "award-settled";
  private static final String JOB_CLOSED = "job-closed";
  private static final String CONNECTS_PURCHASED = "connects-purchased";
  private static final String PLAN_CHANGED = "plan-changed";

  private static final String READINESS = "readiness-test";
  private static final String ACCOUNT = "account";
  private static final String SOURCE = "source";
  private static final String ANSWERED = "answered";
  private static final String OUTCOME = "outcome";
  private static final String PLAN = "plan";

  /** The name of the source of what a plan allots. */
  public static final String FROM_PLAN = "plan";

  /** The name of the source of the bonuses for new accounts and for the Readiness Test. */
  public static final String FROM_BONUS = "bonus";

  /** The name of the source of what interviews earn. */
  public static final String FROM_INTERVIEWS = "interviews";

  /** The name of the source of bought Connects. */
  public static final String FROM_PURCHASES = "purchases";

  private static final Program PROGRAM =
      Program.named("connects")
          .unit("Connect", "Connects")
          .lateness(Duration.ofHours(24))
          .version(version201905())
          .version(version202012())
          .version(version202107())
          .build();

  private Connects() {}

  /**
   * Returns the program.
   *
   * @return the program, with its three versions
   */
  public static Program program() {
    return PROGRAM;
  }

  private static Policy version201905() {
    Policy.Builder sheet =
        sheet("2019-05", "2019-05-01T00:00:00Z")
            .plan(Plan.monthly(BASIC))
            .plan(Plan.monthly(PLUS).allotting("Plus allotment", FROM_PLAN, 70))
            .rule(
                "at most 140 Connects roll over",
                Trigger.on(RENEWED),
                Effect.forfeitAbove("Rollover limit", 140))
            .rule("the plan's monthly Connects", Trigger.on(OPENED, RENEWED), Effect.allot())
            .rule(
                "20 Connects for a new account",
                Trigger.on(OPENED),
                Effect.grant(TransactionType.BONUS, "New account", FROM_BONUS, 20));
    return rulesOfAllVersions(sheet).build();
  }

  private static Policy version202012() {
    Effect.Grant award =
        Effect.grant(TransactionType.AWARD, "Interview award", FROM_INTERVIEWS, 10);
    return rulesSince202012(sheet("2020-12", "2020-12-01T00:00:00Z"), award).build();
  }

  private static Policy version202107() {
    Effect.Grant award =
        Effect.grant(TransactionType.AWARD, "Interview award, first part", FROM_INTERVIEWS, 5)
            .and("Interview award, second part", FROM_INTERVIEWS, 5);
    return rulesSince202012(sheet("2021-07", "2021-07-23T00:00:00Z"), award).build();
  }

  private static Policy.Builder sheet(String version, String from) {
    return Policy.version(version, Instant.parse(from))
        .source(FROM_PLAN)
        .source(FROM_BONUS)
        .source(FROM_INTERVIEWS)
        .source(FROM_PURCHASES);
  }

  private static Policy.Builder rulesSince202012(Policy.Builder sheet, Effect.Grant award) {
    Effect.Grant readinessBonus =
        Effect.grant(TransactionType.BONUS, "Readiness Test passed", FROM_BONUS, 40)
            .onceForEver(READINESS_BONUS);
    return rulesOfAllVersions(
        sheet
            .limit(INTERVIEW_AWARDS, 50, Window.rolling(Duration.ofDays(7)))
            .plan(Plan.monthly(BASIC).allotting("Free monthly Connects", FROM_PLAN, 10))
            .plan(
                Plan.monthly(PLUS)
                    .allotting("Plus allotment", FROM_PLAN, 70)
                    .allotting("Free monthly Connects", FROM_PLAN, 10))
            .rule(
                "at most 200 Connects roll over",
                Trigger.on(RENEWED),
                Effect.forfeitAbove("Rollover limit", 200))
            .rule("the plan's monthly Connects", Trigger.on(OPENED, RENEWED), Effect.allot())
            .rule(
                "40 Connects for new talent",
                Trigger.on(OPENED),
                Effect.grant(TransactionType.BONUS, "New talent", FROM_BONUS, 40))
            .rule(
                "40 Connects for a Readiness Test passed before joining",
                Trigger.on(OPENED).whereWallet(READINESS, ReadinessTest.PASSED.code()),
                readinessBonus)
            .rule(
                "40 Connects for passing the Readiness Test",
                Trigger.on(READINESS_TEST_PASSED),
                readinessBonus)
            .rule(
                "an answered interview from a submitted proposal",
                Trigger.on(INTERVIEW)
                    .where(SOURCE, InterviewSource.PROPOSAL.code())
                    .where(ANSWERED, true)
                    .withOpenClaim(),
                award
                    .oncePerClaim("interview award")
                    .within(INTERVIEW_AWARDS)
                    .settlingAfter(Duration.ofHours(24)))
            .rule("early settlement", Trigger.on(AWARD_SETTLED), Effect.settle()));
  }

  private static Policy.Builder rulesOfAllVersions(Policy.Builder sheet) {
    return sheet
        .rule(
            "a proposal's cost",
            Trigger.on(PROPOSAL_SUBMITTED),
            Effect.charge("Proposal submitted"))
        .rule(
            "a withdrawn proposal's Connects are not returned",
            Trigger.on(PROPOSAL_WITHDRAWN),
            Effect.keep(Effect.End.Reach.SUBJECT, "Proposal withdrawn"))
        .rule(
            "archiving changes nothing",
            Trigger.on(PROPOSAL_ARCHIVED),
            Effect.nothing("archiving a proposal returns nothing and does not end it"))
        .rule(
            "returned when the client closes the job without hiring, or the post broke the terms",
            Trigger.on(JOB_CLOSED)
                .where(
                    OUTCOME,
                    JobOutcome.CLOSED_WITHOUT_HIRE.code(),
                    JobOutcome.REMOVED_FOR_VIOLATION.code()),
            Effect.giveBack(Effect.End.Reach.GROUP, "Connects returned"))
        .rule(
            "not returned when somebody was hired or the post expired",
            Trigger.on(JOB_CLOSED)
                .where(OUTCOME, JobOutcome.HIRED.code(), JobOutcome.EXPIRED.code()),
            Effect.keep(Effect.End.Reach.GROUP, "Job ended"))
        .rule(
            "bought Connects",
            Trigger.on(CONNECTS_PURCHASED),
            Effect.grantOfEvent(TransactionType.PURCHASE, "Connects bought", FROM_PURCHASES))
        .rule("a change of plan", Trigger.on(PLAN_CHANGED), Effect.switchPlan());
  }

  /**
   * Returns the opening of an account's wallet in UTC.
   *
   * <p>For example, on the basic plan on 2021-01-05 a new account gets 10 and 40, and 40 more if it
   * has passed the test.
   *
   * @param plan {@link #BASIC} or {@link #PLUS}
   * @param at the opening; from 2019-05-01T00:00Z until year 9999
   * @param account what kind of account it is
   * @param test how it stands with the Readiness Test
   * @return the opening, to which a zone or what an existing account holds can be added; nothing is
   *     granted for opening an existing account, so one that has passed the test and has not had
   *     its bonus needs the event {@link #readinessTestPassed} too
   */
  public static Opening opening(String plan, Instant at, AccountKind account, ReadinessTest test) {
    return Opening.of(plan, at)
        .withFact(ACCOUNT, account.value())
        .withFact(READINESS, test.value());
  }

  /**
   * Returns the event that an account passed the Readiness Test: 40 Connects, once for ever.
   *
   * @param id the event's id; not empty
   * @param at when it passed; if that earned nothing, or was before the opening, the instant at
   *     which the bonus is to be granted instead: not before the opening, and not before 2020-12-01
   * @return the event
   */
  public static Event readinessTestPassed(String id, Instant at) {
    return Event.of(id, at, READINESS_TEST_PASSED);
  }

  /**
   * Returns the event that a proposal was submitted: its cost is spent.
   *
   * @param id the event's id; not empty
   * @param at when it was submitted
   * @param proposal the proposal's id; not empty
   * @param job the id of the job that it is for; not empty
   * @param cost how many Connects it costs; 0 or more
   * @return the event
   * @throws IllegalArgumentException if the cost is negative or an id is empty
   */
  public static Event proposalSubmitted(
      String id, Instant at, String proposal, String job, long cost) {
    return Event.of(id, at, PROPOSAL_SUBMITTED)
        .withSubject(proposal)
        .withGroup(job)
        .withAmount(cost);
  }

  /**
   * Returns the event that a proposal was withdrawn: its Connects can't come back any more.
   *
   * @param id the event's id; not empty
   * @param at when it was withdrawn
   * @param proposal the proposal's id; not empty
   * @return the event
   */
  public static Event proposalWithdrawn(String id, Instant at, String proposal) {
    return Event.of(id, at, PROPOSAL_WITHDRAWN).withSubject(proposal);
  }

  /**
   * Returns the event that a proposal was archived, which changes nothing and is always refused,
   * with a reason that says so.
   *
   * @param id the event's id; not empty
   * @param at when it was archived
   * @param proposal the proposal's id; not empty
   * @return the event
   */
  public static Event proposalArchived(String id, Instant at, String proposal) {
    return Event.of(id, at, PROPOSAL_ARCHIVED).withSubject(proposal);
  }

  /**
   * Returns the event that the account received an interview request: 10 Connects if it came from a
   * submitted proposal and was answered, at most 50 in any 7 days.
   *
   * @param id the event's id; not empty
   * @param at when it was answered, or received if it was not
   * @param proposal the proposal's id; not empty; for an invitation, which has none, any other name
   *     of it
   * @param source where it came from
   * @param answered whether the account answered it
   * @return the event
   */
  public static Event interview(
      String id, Instant at, String proposal, InterviewSource source, boolean answered) {
    return Event.of(id, at, INTERVIEW)
        .withSubject(proposal)
        .withFact(SOURCE, source.code())
        .withFact(ANSWERED, answered);
  }

  /**
   * Returns the event that the host settles what a proposal's interview earned before its 24 hours
   * are over.
   *
   * @param id the event's id; not empty
   * @param at when it is settled
   * @param proposal the proposal's id; not empty
   * @return the event
   */
  public static Event awardSettled(String id, Instant at, String proposal) {
    return Event.of(id, at, AWARD_SETTLED).withSubject(proposal);
  }

  /**
   * Returns the event that a job ended: what its open proposals cost is returned, or not.
   *
   * @param id the event's id; not empty
   * @param at when it ended
   * @param job the job's id; not empty
   * @param outcome how it ended
   * @return the event
   */
  public static Event jobClosed(String id, Instant at, String job, JobOutcome outcome) {
    return Event.of(id, at, JOB_CLOSED).withGroup(job).withFact(OUTCOME, outcome.code());
  }

  /**
   * Returns the event that the account bought Connects.
   *
   * @param id the event's id; not empty
   * @param at when it bought them
   * @param amount how many; more than 0
   * @return the event
   * @throws IllegalArgumentException if the amount is not positive
   */
  public static Event connectsPurchased(String id, Instant at, long amount) {
    checkArgument(amount > 0, "amount must be positive: %s", amount);
    return Event.of(id, at, CONNECTS_PURCHASED).withAmount(amount);
  }

  /**
   * Returns the event that the account asked for a plan, which it is on from its next renewal.
   *
   * @param id the event's id; not empty
   * @param at when it asked
   * @param plan {@link #BASIC} or {@link #PLUS}; the engine throws for another
   * @return the event
   */
  public static Event planChanged(String id, Instant at, String plan) {
    return Event.of(id, at, PLAN_CHANGED).withFact(PLAN, plan);
  }
}
