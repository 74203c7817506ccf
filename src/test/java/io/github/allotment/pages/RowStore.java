package io.github.allotment.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.allotment.Change;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Row;
import io.github.allotment.Standing;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import io.github.allotment.WalletState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps each wallet as rows, and writes what a decision changed. */
final class RowStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection db;
  private final PolicyEngine engine;

  RowStore(Connection db, PolicyEngine engine) throws SQLException {
    this.db = db;
    this.engine = engine;
    db.setAutoCommit(false);
  }

  // The page shows, from here
  /** A wallet, the text of the standing that was read, and whether the rows are as it says. */
  record Stored(Wallet wallet, String standing, boolean asStored) {}

  Stored load(String account) throws SQLException, JsonProcessingException {
    List<Row> rows = new ArrayList<>();
    String standing = "";
    for (List<String> row :
        Sql.query(
            db,
            "select 'STANDING', standing from wallet where account = ?"
                + " union all select kind, data from wallet_row where account = ?",
            account,
            account)) {
      Row.Table table = Row.Table.valueOf(row.get(0));
      standing = table == Row.Table.STANDING ? row.get(1) : standing;
      rows.add(read(table, row.get(1)));
    }
    WalletState state = WalletState.of(rows);
    Wallet wallet = engine.restore(state);
    return new Stored(wallet, standing, wallet.state().equals(state));
  }

  /** Writes what a decision changed; false if another decision was faster. */
  boolean save(String account, Stored before, Decision decision)
      throws SQLException, JsonProcessingException {
    List<Change> changes = changes(before, decision);
    for (Change change : changes) {
      if (change.row() instanceof Standing && !replaceStanding(account, before, decision, change)) {
        return false;
      }
    }
    if (!before.asStored()) {
      Sql.update(db, "delete from wallet_row where account = ?", account);
    }
    for (Change change : changes) {
      if (!(change.row() instanceof Standing)) {
        write(account, change);
      }
    }
    return true;
  }

  private boolean replaceStanding(String account, Stored before, Decision decision, Change change)
      throws SQLException, JsonProcessingException {
    return Sql.update(
            db,
            "update wallet set standing = ?, next_due = ? where account = ? and standing = ?",
            text(change.row()),
            engine.nextDue(decision.wallet()),
            account,
            before.standing())
        == 1;
  }

  private void write(String account, Change change) throws SQLException, JsonProcessingException {
    Row row = change.row();
    if (change instanceof Change.Added) {
      Sql.update(
          db,
          "insert into wallet_row (data, account, kind, row_key) values (?, ?, ?, ?)",
          text(row),
          account,
          row.table().name(),
          row.key());
    } else if (change instanceof Change.Changed) {
      Sql.update(
          db,
          "update wallet_row set data = ? where account = ? and kind = ? and row_key = ?",
          text(row),
          account,
          row.table().name(),
          row.key());
    } else {
      Sql.update(
          db,
          "delete from wallet_row where account = ? and kind = ? and row_key = ?",
          account,
          row.table().name(),
          row.key());
    }
  }

  /** Returns what has to be written: what the decision changed, or, after an upgrade, all. */
  private static List<Change> changes(Stored before, Decision decision) {
    return before.asStored()
        ? decision.changes()
        : decision.wallet().state().rows().stream().<Change>map(Change.Added::new).toList();
  }

  private static String text(Row row) throws JsonProcessingException {
    return JSON.writeValueAsString(WalletData.toTree(row));
  }

  private static Row read(Row.Table table, String text) throws JsonProcessingException {
    return WalletData.fromTree(table, JSON.readValue(text, Map.class));
  }

  // to here.

  void open(String account, Opening opening) throws SQLException, JsonProcessingException {
    Decision opened = engine.open(opening);
    WalletState state = opened.wallet().state();
    Sql.update(
        db,
        "insert into wallet (account, next_due, standing) values (?, ?, ?)",
        account,
        engine.nextDue(opened.wallet()),
        text(state.standing()));
    for (Row row : state.rows()) {
      if (!(row instanceof Standing)) {
        write(account, new Change.Added(row));
      }
    }
    db.commit();
  }

  Decision handle(String account, Event event) throws SQLException, JsonProcessingException {
    while (true) {
      Stored before = load(account);
      Decision decision = engine.decide(before.wallet(), event);
      if (save(account, before, decision)) {
        db.commit();
        return decision;
      }
      db.rollback();
    }
  }
}
