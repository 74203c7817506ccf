package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * All that a wallet is, as rows.
 *
 * <p>It is what a host stores. {@link PolicyEngine#restore} makes a wallet of it again.
 *
 * @param standing where the wallet stands
 * @param lots what it holds, in order of their numbers
 * @param claims the open claims and those that ended within the lateness, by number
 * @param pending what was earned and is not yet available, by number
 * @param uses what counts against limits, by limit and instant
 * @param seen the events it remembers, by id
 */
public record WalletState(
    Standing standing,
    List<Lot> lots,
    List<Claim> claims,
    List<PendingAward> pending,
    List<Use> uses,
    List<SeenEvent> seen) {

  public WalletState {
    requireNonNull(standing, "standing");
    lots = ImmutableList.copyOf(lots);
    claims = ImmutableList.copyOf(claims);
    pending = ImmutableList.copyOf(pending);
    uses = ImmutableList.copyOf(uses);
    seen = ImmutableList.copyOf(seen);
  }

  /**
   * Puts stored rows together.
   *
   * @param rows all rows of one wallet, in any order
   * @return the state
   * @throws IllegalArgumentException if there is not exactly one {@link Standing} among them
   */
  public static WalletState of(Collection<? extends Row> rows) {
    List<Standing> standing = pick(rows, Standing.class, comparing(Standing::key));
    checkArgument(standing.size() == 1, "a wallet has one standing, not %s", standing.size());
    return new WalletState(
        standing.get(0),
        pick(rows, Lot.class, comparing(lot -> lot.terms().number())),
        pick(rows, Claim.class, comparing(Claim::number)),
        pick(rows, PendingAward.class, comparing(PendingAward::number)),
        pick(rows, Use.class, comparing(Use::limit).thenComparing(Use::at)),
        pick(rows, SeenEvent.class, comparing(SeenEvent::id)));
  }

  private static <T extends Row> List<T> pick(
      Collection<? extends Row> rows, Class<T> kind, Comparator<? super T> order) {
    return rows.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .sorted(order)
        .collect(toImmutableList());
  }

  /**
   * Returns all rows: the standing first, then the tables in the order of {@link Row.Table}.
   *
   * @return the rows
   */
  public List<Row> rows() {
    return ImmutableList.<Row>builder()
        .add(standing)
        .addAll(lots)
        .addAll(claims)
        .addAll(pending)
        .addAll(uses)
        .addAll(seen)
        .build();
  }

  /**
   * Returns the state after some changes.
   *
   * <p>For every decision on a wallet, {@code wallet.state().after(decision.changes())} equals
   * {@code decision.wallet().state()}.
   *
   * @param changes what a decision on this state's wallet changed
   * @return the state after it
   * @throws IllegalArgumentException if a change does not fit this state: it adds a row that is
   *     there, changes or removes one that is not as it was, or leaves no standing
   */
  public WalletState after(List<Change> changes) {
    RowTables tables = new RowTables(this);
    changes.forEach(tables::apply);
    return tables.state();
  }

  /** The rows of a state by table and key. */
  private static final class RowTables {

    private final TreeMap<String, Row> rows = new TreeMap<>();

    RowTables(WalletState state) {
      state.rows().forEach(row -> rows.put(name(row), row));
    }

    private static String name(Row row) {
      return row.table() + "/" + row.key();
    }

    void apply(Change change) {
      String name = name(change.row());
      boolean there = rows.containsKey(name);
      if (there == change instanceof Change.Added) {
        throw new IllegalArgumentException(
            there ? "the row to add is there: " + name : "the row is not there: " + name);
      }
      Row before = change instanceof Change.Changed changed ? changed.before() : change.row();
      if (there && !before.equals(rows.get(name))) {
        throw new IllegalArgumentException("the row was changed by another decision: " + name);
      }
      if (change instanceof Change.Removed) {
        rows.remove(name);
      } else {
        rows.put(name, change.row());
      }
    }

    WalletState state() {
      return WalletState.of(rows.values());
    }
  }
}
