package io.github.allotment.examples.replay;

import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.PendingAward;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.Upcoming;
import io.github.allotment.Wallet;
import io.github.allotment.policy.FactValue;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a result as a statement for people. */
final class Statement {

  private final PolicyEngine engine;
  private final Result result;
  private final Wallet wallet;
  private final List<String> lines = new ArrayList<>();

  private Statement(Result result) {
    engine = result.history().engine();
    this.result = result;
    wallet = result.wallet();
  }

  /** Returns the lines of a result's statement. */
  static List<String> of(Result result) {
    Statement statement = new Statement(result);
    statement.write();
    return statement.lines;
  }

  private void write() {
    if (!result.history().title().isEmpty()) {
      add(result.history().title());
    }
    add(
        "%s, opened on the %s plan at %s, calendar of %s"
            .formatted(
                wallet.facts().getOrDefault("account", FactValue.of("account")).text(),
                result.history().opening().plan(),
                wallet.openedAt(),
                wallet.zone().equals(ZoneOffset.UTC) ? "UTC" : wallet.zone()));
    heading("Events");
    events();
    heading(capital(engine.program().unit().plural()) + " History");
    transactions();
    heading("Pending");
    pending();
    heading("What comes next");
    upcoming();
    add("");
    add(
        "On the %s plan at %s: %s pending, %s%s available"
            .formatted(
                wallet.plan(),
                wallet.clock(),
                wallet.pending(),
                aside(wallet.onHold(), "on hold") + aside(wallet.frozen(), "frozen"),
                wallet.available()));
  }

  /** Ticks that bring nothing are left out: there may be hundreds before the next renewal. */
  private void upcoming() {
    List<Upcoming> all;
    try {
      all = engine.upcoming(wallet);
    } catch (ArithmeticException tooMuch) {
      add("  more than can be held: " + tooMuch.getMessage());
      return;
    }
    all.stream()
        .filter(next -> !(next instanceof Upcoming.Ticked tick) || !tick.transactions().isEmpty())
        .forEach(next -> add("  " + next.text(engine.program().unit())));
  }

  private static String aside(long amount, String what) {
    return amount == 0 ? "" : amount + " " + what + ", ";
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private void heading(String text) {
    add("");
    add(text);
  }

  private void events() {
    List<Event> events = result.history().events();
    if (events.isEmpty()) {
      add("  none");
    }
    int at = width(events.stream().map(event -> event.at().toString()).toList(), "");
    int id = width(events.stream().map(Event::id).toList(), "");
    int reason = width(result.decisions().stream().map(Statement::code).toList(), "");
    for (int i = 0; i < events.size(); i++) {
      Decision decision = result.decisions().get(i);
      add(
          row(
              left(events.get(i).at().toString(), at),
              left(events.get(i).id(), id),
              left(code(decision), reason),
              decision.why()));
    }
  }

  private static String code(Decision decision) {
    String outcome = decision.outcome().code();
    String reason = decision.reason().code().code();
    return outcome.equals(reason) ? outcome : outcome + ", " + reason;
  }

  private void transactions() {
    List<Transaction> rows = result.transactions();
    int date = width(rows.stream().map(row -> row.at().toString()).toList(), "Date");
    int what = width(rows.stream().map(Transaction::label).toList(), "What");
    int amount = width(rows.stream().map(row -> signed(row.amount())).toList(), "Amount");
    int balance = width(rows.stream().map(row -> "" + row.balance()).toList(), "Balance");
    add(
        row(
            left("Date", date),
            left("What", what),
            right("Amount", amount),
            right("Balance", balance)));
    for (Transaction row : rows) {
      add(
          row(
              left(row.at().toString(), date),
              left(row.label(), what),
              right(signed(row.amount()), amount),
              right("" + row.balance(), balance)));
    }
  }

  private void pending() {
    List<PendingAward> awards = wallet.pendingAwards();
    if (awards.isEmpty()) {
      add("  none");
    }
    for (PendingAward award : awards) {
      add(
          "  %s for %s, earned at %s, available by %s"
              .formatted(
                  unit(award.amount()),
                  award.subject().orElse(award.cause().rule()),
                  award.earnedAt(),
                  award.dueAt()));
    }
  }

  private String unit(long amount) {
    return engine.program().unit().format(amount);
  }

  private static String signed(long amount) {
    return amount > 0 ? "+" + amount : Long.toString(amount);
  }

  private static String row(String... cells) {
    return "  " + String.join("  ", cells);
  }

  private static int width(List<String> cells, String heading) {
    return cells.stream()
        .mapToInt(cell -> Lines.plain(cell).length())
        .reduce(heading.length(), Math::max);
  }

  private static String left(String text, int width) {
    String plain = Lines.plain(text);
    return plain + " ".repeat(Math.max(0, width - plain.length()));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private void add(String line) {
    lines.add(Lines.plain(line).stripTrailing());
  }
}
