package io.github.allotment.testkit;

import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Lot;
import io.github.allotment.Reason;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what happened to an account, as a failure shows it. */
final class Statement {

  private static final String TIME = "time passes";

  private Statement() {}

  /**
   * One thing that happened, and what came of it.
   *
   * @param what for example {@code review event-1 (helpful: true)}
   * @param decision what came of it
   */
  record Entry(String what, Decision decision) {

    Entry {
      requireNonNull(what, "what");
      requireNonNull(decision, "decision");
    }

    static Entry ofTime(Decision decision) {
      return new Entry(TIME, decision);
    }

    static Entry of(Decision decision) {
      return new Entry(
          decision.event().map(id -> "event " + id).orElse("the wallet is opened, or time passes"),
          decision);
    }

    static Entry of(Event event, Decision decision) {
      return new Entry(text(event, decision.wallet()), decision);
    }

    /** Whether time passed and brought nothing, which need not be told. */
    private boolean isIdle() {
      return what.equals(TIME)
          && decision.reason() instanceof Reason.Applied reason
          && reason.consequences().isEmpty()
          && decision.transactions().isEmpty();
    }

    private Stream<String> lines() {
      return Stream.concat(
          Stream.of(
              decision.wallet().clock() + "  " + what,
              "  " + decision.reason().code().code() + ": " + decision.why()),
          decision.transactions().stream()
              .map(row -> "  " + row.at() + "  " + row(row) + "  (" + row.label() + ")"));
    }
  }

  private static String text(Event event, Wallet after) {
    StringBuilder text = new StringBuilder(event.type() + " " + event.id());
    event.subject().ifPresent(subject -> text.append(" about ").append(subject));
    event.group().ifPresent(group -> text.append(" in ").append(group));
    event.amount().ifPresent(amount -> text.append(" of ").append(amount));
    if (!event.facts().isEmpty()) {
      text.append(
          event.facts().entrySet().stream()
              .map(fact -> fact.getKey() + ": " + fact.getValue().text())
              .collect(Collectors.joining(", ", " (", ")")));
    }
    if (event.at().isBefore(after.clock())) {
      text.append(", which happened at ").append(event.at());
    }
    return text.toString();
  }

  /** Writes what happened, with all rows and with what is there at the end. */
  static String of(List<Entry> entries) {
    Wallet last = entries.get(entries.size() - 1).decision().wallet();
    return entries.stream()
        .filter(entry -> !entry.isIdle())
        .flatMap(Entry::lines)
        .collect(Collectors.joining("\n", "What happened:\n", "\n" + now(last)));
  }

  /** Writes what a wallet has. */
  static String now(Wallet wallet) {
    String sources =
        wallet.lots().stream()
            .map(lot -> lot.terms().source())
            .distinct()
            .map(source -> source + " " + left(wallet, source))
            .collect(Collectors.joining(", "));
    return lenientFormat(
        "At %s, on the plan %s: %s available, %s pending, %s frozen, %s on hold%s.",
        wallet.clock(),
        wallet.plan(),
        wallet.available(),
        wallet.pending(),
        wallet.frozen(),
        wallet.onHold(),
        sources.isEmpty() ? "" : "; by source: " + sources);
  }

  private static long left(Wallet wallet, String source) {
    return wallet.lots().stream()
        .filter(lot -> lot.terms().source().equals(source))
        .mapToLong(Lot::left)
        .sum();
  }

  /** Writes all rows of decisions, each as in {@code award +5 = 25}. */
  static List<String> rows(List<Decision> decisions) {
    return decisions.stream()
        .flatMap(decision -> decision.transactions().stream())
        .map(Statement::row)
        .toList();
  }

  private static String row(Transaction row) {
    return lenientFormat(
        "%s %s%s = %s",
        row.type().code(), row.amount() > 0 ? "+" : "", row.amount(), row.balance());
  }
}
