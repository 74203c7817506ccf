package shop

import io.github.allotment.Event
import io.github.allotment.Opening
import io.github.allotment.PolicyEngine
import io.github.allotment.Wallet
import io.github.allotment.WalletState
import io.github.allotment.connects.Connects
import io.github.allotment.policy.Plan
import io.github.allotment.policy.Program
import io.github.allotment.policy.ProgramData
import java.time.Instant

/* Gives null where there can be none, once in every line that ends in "wrong". */

fun nulls() {
    PolicyEngine.of(null) // wrong
    Event.of(null, Instant.EPOCH, "review") // wrong
    Opening.of("free", null) // wrong
    Plan.monthly(null) // wrong
    Program.named(null) // wrong
    ProgramData.toTree(null) // wrong
    Connects.connectsPurchased("event-1", null, 10) // wrong
}

fun perhapsNulls(engine: PolicyEngine, wallet: Wallet, event: Event?, state: WalletState?) {
    engine.decide(wallet, event) // wrong
    engine.restore(state) // wrong
    engine.advance(wallet, event?.at()) // wrong
    engine.replay(wallet, listOf<Event?>(event)) // wrong
    engine.decide(wallet, event!!)
}
