package io.github.allotment.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.Transaction;
import io.github.allotment.Wallet;
import io.github.allotment.WalletData;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keeps each wallet as one document. */
final class WalletStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection db;
  private final PolicyEngine engine;

  WalletStore(Connection db, PolicyEngine engine) throws SQLException {
    this.db = db;
    this.engine = engine;
    db.setAutoCommit(false);
  }

  // The page shows, from here
  /** Opens an account's wallet; a second time, the database refuses the row. */
  void open(String account, Opening opening) throws SQLException, JsonProcessingException {
    Decision opened = engine.open(opening);
    Sql.update(
        db,
        "insert into wallet values (?, ?, ?, ?)",
        account,
        opened.wallet().revision(),
        engine.nextDue(opened.wallet()),
        JSON.writeValueAsString(WalletData.toTree(opened.wallet().state())));
    for (Transaction row : opened.transactions()) {
      append(account, row);
    }
    db.commit();
  }

  Wallet load(String account) throws SQLException, JsonProcessingException {
    String state =
        Sql.query(db, "select state from wallet where account = ?", account).get(0).get(0);
    return engine.restore(WalletData.fromTree(JSON.readValue(state, Map.class)));
  }

  /** Replaces the wallet that was decided on; false if another decision was faster. */
  boolean save(String account, Wallet before, Decision decision)
      throws SQLException, JsonProcessingException {
    Wallet after = decision.wallet();
    int replaced =
        Sql.update(
            db,
            "update wallet set revision = ?, next_due = ?, state = ?"
                + " where account = ? and revision = ?",
            after.revision(),
            engine.nextDue(after),
            JSON.writeValueAsString(WalletData.toTree(after.state())),
            account,
            before.revision());
    if (replaced == 0) {
      return false;
    }
    for (Transaction row : decision.transactions()) {
      append(account, row);
    }
    return true;
  }

  private void append(String account, Transaction row)
      throws SQLException, JsonProcessingException {
    Sql.update(
        db,
        "insert into history values (?, ?, ?, ?, ?, ?, ?, ?)",
        account,
        row.number(),
        row.at(),
        row.type().code(),
        row.label(),
        row.amount(),
        row.balance(),
        JSON.writeValueAsString(WalletData.toTree(row)));
  }

  // to here.

  // And, from here
  Decision handle(String account, Event event) throws SQLException, JsonProcessingException {
    while (true) {
      Wallet wallet = load(account);
      Decision decision = engine.decide(wallet, event);
      if (save(account, wallet, decision)) {
        db.commit();
        return decision;
      }
      db.rollback();
    }
  }

  // to here.

  // And, from here
  /** Lets time pass for every wallet to which it does something. */
  void wake(Instant now) throws SQLException, JsonProcessingException {
    for (List<String> row :
        Sql.query(db, "select account from wallet where next_due <= ? order by next_due", now)) {
      String account = row.get(0);
      Wallet wallet = load(account);
      if (save(account, wallet, engine.advance(wallet, now))) {
        db.commit(); // and send the decision's notices
      } else {
        db.rollback(); // whoever was faster has also set next_due
      }
    }
  }
  // to here.
}
