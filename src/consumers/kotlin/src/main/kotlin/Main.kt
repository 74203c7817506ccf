package shop

import io.github.allotment.Decision
import io.github.allotment.Event
import io.github.allotment.PolicyEngine
import io.github.allotment.Reason
import io.github.allotment.Wallet
import io.github.allotment.connects.AccountKind
import io.github.allotment.connects.Connects
import io.github.allotment.connects.ReadinessTest
import java.time.Instant

fun main() {
    val engine: PolicyEngine = PolicyEngine.of(Connects.program())
    val joined = Instant.parse("2021-06-01T08:00:00Z")
    val opening =
        Connects.opening(Connects.BASIC, joined, AccountKind.FREELANCER, ReadinessTest.NOT_TAKEN)
    val wallet: Wallet = engine.open(opening).wallet()
    val event: Event = Connects.proposalSubmitted("event-1", joined, "proposal-1", "job-1", 4)
    val charged: Decision = engine.decide(wallet, event)
    val subjects: List<String> = charged.wallet().openClaims().map { it.subject() }
    val waiting: String? = charged.wallet().waitingPlan().orElse(null)
    println("Kotlin ${KotlinVersion.CURRENT}")
    println(charged.why())
    println("${charged.wallet().available()} of ${wallet.available()} available, open: $subjects, waiting: $waiting")
    println(briefly(charged.reason()))
    println(briefly(engine.decide(charged.wallet(), event).reason()))
}

/** Takes a reason apart without an else. */
fun briefly(reason: Reason): String =
    when (reason) {
        is Reason.BeforeOpening -> "opened at ${reason.openedAt()}"
        is Reason.TooLate -> "accepted from ${reason.acceptedFrom()}"
        is Reason.SeenBefore -> "was ${reason.first().code()}"
        is Reason.IdReused -> "is a ${reason.firstType()}"
        is Reason.NoRule -> "no rule for ${reason.type()}"
        is Reason.NoEffect -> reason.because()
        is Reason.FactMissing -> "lacks ${reason.fact()}"
        is Reason.NoOpenClaim -> "nothing open for ${reason.name()}"
        is Reason.AlreadyDone -> "${reason.name()} was done"
        is Reason.NoRoom -> "${reason.left()} of ${reason.max()} left"
        is Reason.NotEnough -> "${reason.available()} of ${reason.amount()} available"
        is Reason.Applied -> "${reason.consequences().size} consequences"
    }
