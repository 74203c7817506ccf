package io.github.allotment;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.shape.Either;
import io.github.allotment.shape.ObjectShape;
import io.github.allotment.shape.Problems;
import io.github.allotment.shape.Shape;
import io.github.allotment.shape.Shapes;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Wallets' states as plain data: trees of maps, lists, texts, whole numbers and truth values, which
 * any JSON or YAML library reads and writes.
 *
 * <p>{@code fromTree(toTree(state))} equals the state. Reading checks the form, and that each row
 * can be one; {@link PolicyEngine#restore} then checks what rows and program must be to each other.
 * For example
 *
 * <pre>{@code
 * Map<String, Object> tree = WalletData.toTree(wallet.state()); // to be stored as JSON
 * engine.restore(WalletData.fromTree(tree)).equals(wallet); // true
 * }</pre>
 */
public final class WalletData {

  /** The format that this edition of the library reads and writes. */
  public static final String FORMAT = "allotment-wallet-1";

  private static final Shape<Long> NUMBER = Shapes.whole(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final Shape<Long> COUNT = Shapes.whole(0, Long.MAX_VALUE);

  private static final Shape<Integer> PRIORITY =
      Shapes.whole(Integer.MIN_VALUE, Integer.MAX_VALUE).as(Long::intValue, Integer::longValue);

  private static final Shape<List<String>> TEXTS = Shapes.list(Shapes.TEXT);

  private static final Shape<LocalDate> DATE =
      Shapes.parsed("a date like 2021-01-05", "^[+-]?\\d{4,9}-\\d{2}-\\d{2}$", LocalDate::parse);

  private static final Shape<ZoneId> ZONE =
      Shapes.parsed("a time zone like Europe/Berlin", "^[A-Za-z0-9/+:_~-]+$", ZoneId::of);

  private static final Shape<String> FORMATS =
      Shapes.parsed("the text " + FORMAT, "^" + FORMAT + "$", text -> text);

  private static final Shape<FactValue> FACT_VALUE =
      Either.of(
          "a text, a whole number, or true or false",
          Either.scalar(
              String.class,
              Shapes.TEXT,
              FactValue.Text::new,
              FactValue.Text.class,
              FactValue.Text::value),
          Either.scalar(
              Number.class,
              NUMBER,
              FactValue.Whole::new,
              FactValue.Whole.class,
              FactValue.Whole::value),
          Either.scalar(
              Boolean.class,
              Shapes.TRUTH,
              FactValue.Truth::new,
              FactValue.Truth.class,
              FactValue.Truth::value));

  /** A row of a small table: a key and a value. */
  private record Pair<K, V>(K key, V value) {}

  private static <K extends Comparable<K>, V> Shape<SortedMap<K, V>> pairs(
      String keyName, Shape<K> key, String valueName, Shape<V> value) {
    Shape<Pair<K, V>> pair =
        ObjectShape.of(
            fields -> {
              var first = fields.required(keyName, key, Pair<K, V>::key);
              var second = fields.required(valueName, value, Pair<K, V>::value);
              return in -> new Pair<>(in.get(first), in.get(second));
            });
    return Shapes.list(pair).as(WalletData::map, WalletData::list);
  }

  private static <K extends Comparable<K>, V> SortedMap<K, V> map(List<Pair<K, V>> pairs) {
    ImmutableSortedMap.Builder<K, V> map = ImmutableSortedMap.naturalOrder();
    pairs.forEach(pair -> map.put(pair.key(), pair.value()));
    return map.buildOrThrow();
  }

  private static <K, V> List<Pair<K, V>> list(SortedMap<K, V> map) {
    return map.entrySet().stream()
        .map(entry -> new Pair<>(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static final Shape<Standing> STANDING =
      ObjectShape.of(
          fields -> {
            var program = fields.required("program", Shapes.TEXT, ofTerms(Standing.Terms::program));
            var fingerprint =
                fields.required("fingerprint", Shapes.TEXT, ofTerms(Standing.Terms::fingerprint));
            var openedUnder =
                fields.required("openedUnder", Shapes.TEXT, ofTerms(Standing.Terms::openedUnder));
            var zone = fields.required("zone", ZONE, ofTerms(Standing.Terms::zone));
            var openedAt =
                fields.required("openedAt", Shapes.INSTANT, ofTerms(Standing.Terms::openedAt));
            var clock = fields.required("clock", Shapes.INSTANT, Standing::clock);
            var plans =
                fields.required(
                    "plans",
                    pairs("from", Shapes.INSTANT, "plan", Shapes.TEXT),
                    ofTerms(Standing.Terms::plans));
            var waiting =
                fields.optional("waitingPlan", Shapes.TEXT, ofTerms(Standing.Terms::waitingPlan));
            var facts =
                fields.withDefault(
                    "facts",
                    pairs("fact", Shapes.TEXT, "value", FACT_VALUE),
                    ofTerms(Standing.Terms::facts),
                    ImmutableSortedMap.of());
            var done =
                withDefault(
                    fields, "done", TEXTS, standing -> List.copyOf(standing.terms().done()));
            var anchor = fields.required("anchor", DATE, ofTerms(Standing.Terms::anchor));
            var cycle = fields.required("cycle", Shapes.PERIOD, ofTerms(Standing.Terms::cycle));
            var cycleIndex =
                fields.required("cycleIndex", NUMBER, ofTerms(Standing.Terms::cycleIndex));
            var starts =
                fields.required(
                    "cycleStarts",
                    Shapes.list(Shapes.INSTANT),
                    standing -> List.copyOf(standing.terms().cycleStarts()));
            var tickedTo =
                fields.required("tickedTo", Shapes.INSTANT, ofTerms(Standing.Terms::tickedTo));
            var restarts =
                fields.withDefault(
                    "restarts",
                    pairs("tick", Shapes.TEXT, "from", Shapes.INSTANT),
                    ofTerms(Standing.Terms::restarts),
                    ImmutableSortedMap.of());
            var renewals = fields.required("renewals", COUNT, ofTerms(Standing.Terms::renewals));
            var revision = fields.required("revision", COUNT, Standing::revision);
            var transaction = fields.required("lastTransaction", COUNT, Standing::lastTransaction);
            var number = fields.required("lastNumber", COUNT, Standing::lastNumber);
            return in ->
                new Standing(
                    new Standing.Terms(
                        in.get(program),
                        in.get(fingerprint),
                        in.get(openedUnder),
                        in.get(zone),
                        in.get(openedAt),
                        in.get(plans),
                        in.get(waiting),
                        in.get(facts),
                        ImmutableSortedSet.copyOf(in.get(done)),
                        in.get(anchor),
                        in.get(cycle),
                        in.get(cycleIndex),
                        ImmutableSortedSet.copyOf(in.get(starts)),
                        in.get(tickedTo),
                        in.get(restarts),
                        in.get(renewals)),
                    in.get(clock),
                    in.get(revision),
                    in.get(transaction),
                    in.get(number));
          });

  private static <T> Function<Standing, T> ofTerms(Function<Standing.Terms, T> part) {
    return part.compose(Standing::terms);
  }

  private static <T> ObjectShape.Field<List<String>> withDefault(
      ObjectShape.Fields<T> fields,
      String key,
      Shape<List<String>> shape,
      Function<T, List<String>> getter) {
    return fields.withDefault(key, shape, getter, List.of());
  }

  private static final Shape<Lot.Origin> ORIGIN =
      ObjectShape.of(
          fields -> {
            var grant = fields.required("grant", COUNT, Lot.Origin::grant);
            var subject = fields.required("subject", Shapes.TEXT, Lot.Origin::subject);
            var amount = fields.required("amount", COUNT, Lot.Origin::amount);
            var earnedAt = fields.required("earnedAt", Shapes.INSTANT, Lot.Origin::earnedAt);
            var regained = withDefault(fields, "regained", TEXTS, Lot.Origin::regained);
            return in ->
                new Lot.Origin(
                    in.get(grant),
                    in.get(subject),
                    in.get(amount),
                    in.get(earnedAt),
                    in.get(regained));
          });

  /** Returns the shape of a lot's terms and an amount, which lots and draws have in common. */
  private static <T> Shape<T> lot(
      String amountName,
      Function<T, Lot.Terms> terms,
      Function<T, Long> amount,
      BiFunction<Lot.Terms, Long, T> maker) {
    return ObjectShape.of(
        fields -> {
          var number = fields.required("number", COUNT, terms.andThen(Lot.Terms::number));
          var source = fields.required("source", Shapes.TEXT, terms.andThen(Lot.Terms::source));
          var grantedAt =
              fields.required("grantedAt", Shapes.INSTANT, terms.andThen(Lot.Terms::grantedAt));
          var version = fields.required("version", Shapes.TEXT, terms.andThen(Lot.Terms::version));
          var cycle = fields.required("cycle", NUMBER, terms.andThen(Lot.Terms::cycle));
          var priority =
              fields.withDefault("priority", PRIORITY, terms.andThen(Lot.Terms::priority), 0);
          var expiresAt =
              fields.optional("expiresAt", Shapes.INSTANT, terms.andThen(Lot.Terms::expiresAt));
          var origin = fields.optional("origin", ORIGIN, terms.andThen(Lot.Terms::origin));
          var credits = fields.required(amountName, NUMBER, amount);
          return in ->
              maker.apply(
                  new Lot.Terms(
                      in.get(number),
                      in.get(source),
                      in.get(grantedAt),
                      in.get(version),
                      in.get(cycle),
                      in.get(priority),
                      in.get(expiresAt),
                      in.get(origin)),
                  in.get(credits));
        });
  }

  private static final Shape<Lot> LOT = lot("left", Lot::terms, Lot::left, Lot::new);

  private static final Shape<Lot.Move> DRAW =
      lot("taken", Lot.Move::lot, Lot.Move::amount, Lot.Move::new);

  private static final Shape<Claim.Lapse> LAPSE =
      ObjectShape.of(
          fields -> {
            var at = fields.required("at", Shapes.INSTANT, Claim.Lapse::at);
            var returns = fields.required("returns", Shapes.TRUTH, Claim.Lapse::returns);
            var renews = fields.withDefault("renews", Shapes.TRUTH, Claim.Lapse::renews, false);
            return in -> new Claim.Lapse(in.get(at), in.get(returns), in.get(renews));
          });

  private static final Shape<Claim> CLAIM =
      ObjectShape.of(
          fields -> {
            var number = fields.required("number", COUNT, Claim::number);
            var subject = fields.required("subject", Shapes.TEXT, Claim::subject);
            var part = fields.optional("part", Shapes.TEXT, Claim::part);
            var group = fields.optional("group", Shapes.TEXT, Claim::group);
            var submittedAt = fields.required("submittedAt", Shapes.INSTANT, Claim::submittedAt);
            var amount = fields.required("amount", COUNT, Claim::amount);
            var draws = fields.withDefault("draws", Shapes.list(DRAW), Claim::draws, List.of());
            var done = withDefault(fields, "done", TEXTS, claim -> List.copyOf(claim.done()));
            var lapse = fields.optional("lapse", LAPSE, Claim::lapse);
            var endedAt = fields.optional("endedAt", Shapes.INSTANT, Claim::endedAt);
            return in ->
                new Claim(
                    in.get(number),
                    in.get(subject),
                    in.get(part),
                    in.get(group),
                    in.get(submittedAt),
                    in.get(amount),
                    in.get(draws),
                    ImmutableSortedSet.copyOf(in.get(done)),
                    in.get(lapse),
                    in.get(endedAt));
          });

  private static final Shape<Cause> CAUSE =
      ObjectShape.of(
          fields -> {
            var event = fields.optional("event", Shapes.TEXT, Cause::event);
            var rule = fields.required("rule", Shapes.TEXT, Cause::rule);
            var version = fields.required("version", Shapes.TEXT, Cause::version);
            return in -> new Cause(in.get(event), in.get(rule), in.get(version));
          });

  private static final Shape<Lot.Move> MOVE =
      lot("amount", Lot.Move::lot, Lot.Move::amount, Lot.Move::new);

  private static final Shape<Transaction> TRANSACTION =
      ObjectShape.of(
          fields -> {
            var number = fields.required("number", COUNT, Transaction::number);
            var at = fields.required("at", Shapes.INSTANT, Transaction::at);
            var type =
                fields.required(
                    "type",
                    Shapes.codes("a type of row", TransactionType.values()),
                    Transaction::type);
            var label = fields.required("label", Shapes.TEXT, Transaction::label);
            var amount = fields.required("amount", NUMBER, Transaction::amount);
            var balance = fields.required("balance", COUNT, Transaction::balance);
            var cause = fields.required("cause", CAUSE, Transaction::cause);
            var moves = fields.required("moves", Shapes.list(MOVE), Transaction::moves);
            return in ->
                new Transaction(
                    in.get(number),
                    in.get(at),
                    in.get(type),
                    in.get(label),
                    in.get(amount),
                    in.get(balance),
                    in.get(cause),
                    in.get(moves));
          });

  private static final Shape<PendingAward.Part> PART =
      ObjectShape.of(
          fields -> {
            var label = fields.required("label", Shapes.TEXT, PendingAward.Part::label);
            var source = fields.required("source", Shapes.TEXT, PendingAward.Part::source);
            var amount = fields.required("amount", COUNT, PendingAward.Part::amount);
            var expiresAt =
                fields.optional("expiresAt", Shapes.INSTANT, PendingAward.Part::expiresAt);
            var priority = fields.optional("priority", PRIORITY, WalletData::priority);
            return in ->
                new PendingAward.Part(
                    in.get(label),
                    in.get(source),
                    in.get(amount),
                    in.get(expiresAt),
                    in.get(priority).map(OptionalInt::of).orElse(OptionalInt.empty()));
          });

  private static Optional<Integer> priority(PendingAward.Part part) {
    return part.priority().isPresent() ? Optional.of(part.priority().getAsInt()) : Optional.empty();
  }

  private static final Shape<PendingAward> PENDING =
      ObjectShape.of(
          fields -> {
            var number = fields.required("number", COUNT, PendingAward::number);
            var cause = fields.required("cause", CAUSE, PendingAward::cause);
            var subject = fields.optional("subject", Shapes.TEXT, PendingAward::subject);
            var type =
                fields.required(
                    "type",
                    Shapes.codes("a type of row", TransactionType.values()),
                    PendingAward::type);
            var parts = fields.required("parts", Shapes.list(PART), PendingAward::parts);
            var earnedAt = fields.required("earnedAt", Shapes.INSTANT, PendingAward::earnedAt);
            var dueAt = fields.required("dueAt", Shapes.INSTANT, PendingAward::dueAt);
            var regained = withDefault(fields, "regained", TEXTS, PendingAward::regained);
            return in ->
                new PendingAward(
                    in.get(number),
                    in.get(cause),
                    in.get(subject),
                    in.get(type),
                    in.get(parts),
                    in.get(earnedAt),
                    in.get(dueAt),
                    in.get(regained));
          });

  private static final Shape<Use> USE =
      ObjectShape.of(
          fields -> {
            var limit = fields.required("limit", Shapes.TEXT, Use::limit);
            var at = fields.required("at", Shapes.INSTANT, Use::at);
            var amount = fields.required("amount", COUNT, Use::amount);
            return in -> new Use(in.get(limit), in.get(at), in.get(amount));
          });

  private static final Shape<SeenEvent> SEEN =
      ObjectShape.of(
          fields -> {
            var id = fields.required("id", Shapes.TEXT, SeenEvent::id);
            var at = fields.required("at", Shapes.INSTANT, SeenEvent::at);
            var type = fields.required("type", Shapes.TEXT, SeenEvent::type);
            var reason =
                fields.required(
                    "reason", Shapes.codes("a reason", ReasonCode.values()), SeenEvent::reason);
            return in -> new SeenEvent(in.get(id), in.get(at), in.get(type), in.get(reason));
          });

  private static final Shape<WalletState> STATE =
      ObjectShape.of(
          fields -> {
            fields.required("format", FORMATS, state -> FORMAT);
            var standing = fields.required("standing", STANDING, WalletState::standing);
            var lots = fields.required("lots", Shapes.list(LOT), WalletState::lots);
            var claims = fields.required("claims", Shapes.list(CLAIM), WalletState::claims);
            var pending = fields.required("pending", Shapes.list(PENDING), WalletState::pending);
            var uses = fields.required("uses", Shapes.list(USE), WalletState::uses);
            var seen = fields.required("seen", Shapes.list(SEEN), WalletState::seen);
            return in ->
                new WalletState(
                    in.get(standing),
                    in.get(lots),
                    in.get(claims),
                    in.get(pending),
                    in.get(uses),
                    in.get(seen));
          });

  private WalletData() {}

  /**
   * Writes a wallet's state as a tree.
   *
   * @param state the state
   * @return an immutable map; what is empty in a row is left out, and the lists of rows are always
   *     there
   */
  public static Map<String, Object> toTree(WalletState state) {
    return tree(STATE.write(state));
  }

  /**
   * Writes one row of a wallet's state as a tree, for a host that stores each row by itself. It is
   * the tree that the state's tree has for the row.
   *
   * @param row the row
   * @return an immutable map; what is empty is left out
   */
  public static Map<String, Object> toTree(Row row) {
    return tree(
        switch (row.table()) {
          case STANDING -> STANDING.write((Standing) row);
          case LOTS -> LOT.write((Lot) row);
          case CLAIMS -> CLAIM.write((Claim) row);
          case PENDING -> PENDING.write((PendingAward) row);
          case USES -> USE.write((Use) row);
          case SEEN -> SEEN.write((SeenEvent) row);
        });
  }

  /**
   * Writes one row of a wallet's history as a tree, with its cause and what it moved in which lots.
   *
   * @param transaction the row
   * @return an immutable map
   */
  public static Map<String, Object> toTree(Transaction transaction) {
    return tree(TRANSACTION.write(transaction));
  }

  /**
   * Reads one row of a wallet's history from a tree.
   *
   * @param tree what {@link #toTree(Transaction)} made, stored and read again
   * @return the row
   * @throws InvalidDataException if the tree is not one of such a row
   */
  public static Transaction transactionFromTree(Object tree) {
    return Problems.read("row of the history", TRANSACTION, tree);
  }

  private static Map<String, Object> tree(Object written) {
    ImmutableMap.Builder<String, Object> tree = ImmutableMap.builder();
    ((Map<?, ?>) written).forEach((key, value) -> tree.put((String) key, value));
    return tree.buildOrThrow();
  }

  /**
   * Reads one row of a wallet's state from a tree.
   *
   * @param table the table that the row is in
   * @param tree what {@link #toTree(Row)} made, stored and read again
   * @return the row, which {@link WalletState#of} puts together with the wallet's others
   * @throws InvalidDataException if the tree is not one of such a row
   */
  public static Row fromTree(Row.Table table, Object tree) {
    String name = "row of " + table;
    return switch (table) {
      case STANDING -> Problems.read(name, STANDING, tree);
      case LOTS -> Problems.read(name, LOT, tree);
      case CLAIMS -> Problems.read(name, CLAIM, tree);
      case PENDING -> Problems.read(name, PENDING, tree);
      case USES -> Problems.read(name, USE, tree);
      case SEEN -> Problems.read(name, SEEN, tree);
    };
  }

  /**
   * Reads a wallet's state from a tree.
   *
   * @param tree what {@link #toTree(WalletState)} made, stored and read again
   * @return the state, which {@link PolicyEngine#restore} makes a wallet of
   * @throws InvalidDataException if the tree is not a state's; it lists every problem with its
   *     place, what was expected there and what was found
   */
  public static WalletState fromTree(Object tree) {
    return Problems.read("wallet", STATE, tree);
  }
}
