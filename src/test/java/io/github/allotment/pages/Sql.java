package io.github.allotment.pages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A few lines of JDBC. */
final class Sql {

  private Sql() {}

  /** Runs a statement and returns how many rows it changed. */
  static int update(Connection db, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(db, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Runs a query and returns each row's columns as texts. */
  static List<List<String>> query(Connection db, String sql, Object... values) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(db, sql, values);
        ResultSet found = statement.executeQuery()) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.add(found.getString(column));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static PreparedStatement prepare(Connection db, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = db.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(
          i + 1, values[i] instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : values[i]);
    }
    return statement;
  }
}
