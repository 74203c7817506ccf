package io.github.allotment.testkit;

import io.github.allotment.Claim;
import io.github.allotment.Decision;
import io.github.allotment.Event;
import io.github.allotment.Opening;
import io.github.allotment.PolicyEngine;
import io.github.allotment.ReasonCode;
import io.github.allotment.Room;
import io.github.allotment.Upcoming;
import io.github.allotment.Wallet;
import io.github.allotment.policy.FactValue;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns moves into events of a program. It asks the library's engine what is there and what comes
 * next, so that amounts and instants fall on the edges and beside them.
 */
final class Unfolding {

  private static final Duration NANO = Duration.ofNanos(1);

  /** Farther into the future no history is taken at once. */
  private static final Duration FAR = Duration.ofDays(400);

  private static final int GAPS = 20;

  /** Zones whose days are not all 24 hours long, or that have no midnight on some. */
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneOffset.UTC,
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("America/Sao_Paulo"),
          ZoneId.of("Australia/Lord_Howe"));

  private static final Instant FIRST = Instant.parse("2017-10-01T00:00:00Z");

  private final Program program;
  private final PolicyEngine engine;
  private final Ingredients ingredients;
  private final List<Event> events = new ArrayList<>();
  private final Opening opening;

  /** Whether it is a history of one limit, which is filled and tried at its edge. */
  private final boolean fillsLimits;

  private Wallet wallet;
  private Instant now;

  /** Whether the last event was refused because there was no room. */
  private boolean isFull;

  private Unfolding(Program program, Move first) {
    this.program = program;
    engine = PolicyEngine.of(program);
    ingredients = Ingredients.of(program);
    opening = opening(first);
    fillsLimits = first.id() % 2 == 1 && !ingredients.limited().isEmpty();
    wallet = engine.open(opening).wallet();
    now = opening.at();
  }

  /** Returns the history that moves are, the first of them the opening. */
  static History of(Program program, Move first, List<Move> moves, int salt) {
    Unfolding unfolding = new Unfolding(program, first);
    moves.forEach(unfolding::add);
    return new History(program, unfolding.opening, unfolding.events, salt);
  }

  // The opening

  private Opening opening(Move move) {
    ZoneId zone = ZONES.get(move.group() % 10 < 4 ? 0 : move.group() % ZONES.size());
    boolean before = move.subject() % 3 == 2;
    LocalDate date =
        base(move)
            .atZone(zone)
            .toLocalDate()
            .plusDays(before ? -1 - move.amount() % 20 : move.amount() % 60);
    if (move.gap() % 4 == 3) {
      date = date.withDayOfMonth(date.lengthOfMonth());
    }
    boolean midnight = move.lag() % 3 == 2;
    Instant at =
        midnight
            ? date.atStartOfDay(zone).toInstant()
            : date.atTime(LocalTime.of(9 + move.lag() % 9, 0)).atZone(zone).toInstant();
    Instant earliest = program.versions().get(0).fromInclusive();
    at = at.isBefore(earliest) ? earliest : at;
    List<String> plans = ingredients.plans();
    for (int i = 0; i < plans.size(); i++) {
      Opening opening = Opening.of(plans.get((move.type() + i) % plans.size()), at).inZone(zone);
      if (opens(opening)) {
        return withFacts(opening, move);
      }
    }
    throw new IllegalStateException("no plan of " + program.name() + " can be opened at " + at);
  }

  /** Opens around the dates of the versions; for a program of one version, around some date. */
  private Instant base(Move move) {
    List<Instant> bases = new ArrayList<>();
    for (Instant date : ingredients.dates()) {
      boolean usual =
          date.isAfter(Instant.parse("1971-01-01T00:00:00Z"))
              && date.isBefore(Instant.parse("2200-01-01T00:00:00Z"));
      bases.add(usual ? date : FIRST);
    }
    int last = bases.size() - 1;
    return bases.get(move.subject() % 2 == 1 ? last : move.subject() / 6 % bases.size());
  }

  private boolean opens(Opening opening) {
    try {
      engine.open(opening);
      return true;
    } catch (IllegalArgumentException notThen) {
      return false;
    }
  }

  private Opening withFacts(Opening bare, Move move) {
    Opening opening = bare;
    int bits = move.facts();
    for (String fact : ingredients.askedOfWallet().keySet()) {
      List<FactValue> values = ingredients.askedOfWallet().get(fact).asList();
      if (bits % 4 != 3) {
        opening = opening.withFact(fact, values.get(bits / 4 % values.size()));
      }
      bits = bits / 3 + 1;
    }
    return opening;
  }

  // Events

  private void add(Move move) {
    boolean filling = fillsLimits && move.lag() / 20 % 8 != 7;
    Event event = filling ? filling(move) : anything(move);
    try {
      Decision decision = engine.decide(wallet, event);
      wallet = decision.wallet();
      isFull = decision.reason().code() == ReasonCode.NO_ROOM;
      events.add(event);
      now = wallet.clock();
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      now = wallet.clock();
    }
  }

  private Event anything(Move move) {
    now = later(move);
    return event(move, now.minus(lag(move)));
  }

  /**
   * Returns the next event on the way to a limit's edge: what the limit binds, or what has to come
   * before it. Where no room is left, it comes when there is room again, a nanosecond before or
   * after that, or late.
   */
  private Event filling(Move move) {
    int size = move.gap() / GAPS;
    Policy version = versionAt(now);
    List<String> limited = ruled(version, ingredients.limited());
    List<String> charging = ruled(version, ingredients.charging());
    String type = some(limited.isEmpty() ? ingredients.types() : limited, move.type());
    boolean another = claims(true).isEmpty() || move.subject() % 4 == 3;
    boolean needsOne = ingredients.needsClaim(type) && another;
    Duration lag = Duration.ZERO;
    if (needsOne && !charging.isEmpty()) {
      type = some(charging, move.type());
      now = now.plus(Duration.ofHours(size % 12));
    } else if (isFull || room(size).filter(room -> room.left() == 0).isPresent()) {
      lag = lag(move);
      now = lag.isZero() ? moreRoom(size) : now;
    } else {
      now = now.plus(Duration.ofHours(size % 12));
    }
    boolean small = ingredients.charges(type) && !limited.contains(type);
    Event event =
        Event.of("event-" + (events.size() + 1), now.minus(lag), type)
            .withSubject(subject(type, 0))
            .withGroup("group-" + (1 + move.group() / 6 % 2))
            .withAmount(small ? move.amount() / 13 % 3 : amount(move));
    return withFacts(event, move, 0);
  }

  private Instant later(Move move) {
    int size = move.gap() / GAPS;
    return switch (move.gap() % GAPS) {
      case 0, 1 -> now.plus(Duration.ofHours(1 + size % 48));
      case 2 -> now;
      case 3 -> now.plus(NANO);
      case 4, 5 -> now.plus(length(size));
      case 6 -> now.plus(length(size)).minus(NANO);
      case 7 -> now.plus(length(size)).plus(NANO);
      case 8, 9 -> upcoming(size);
      case 10 -> orNow(upcoming(size).minus(NANO));
      case 11 -> upcoming(size).plus(NANO);
      case 12 -> now.plus(Duration.ofDays(1 + size % 45));
      case 13 -> nextMonth();
      case 14 -> back(size);
      case 15, 16, 17 -> moreRoom(size);
      case 18 -> orNow(upcoming(size).minus(length(size / 5)));
      default -> now.plus(Duration.ofMinutes(1 + size % 200));
    };
  }

  /** Returns when a limit has more room, or a nanosecond before or after it. */
  private Instant moreRoom(int which) {
    return room(which)
        .flatMap(Room::changesAt)
        .filter(at -> at.isBefore(now.plus(FAR)))
        .map(at -> orNow(at.plus(NANO.multipliedBy(which / 7 % 3 - 1L))))
        .orElseGet(() -> now.plus(Duration.ofMinutes(1 + which % 200)));
  }

  private Instant orNow(Instant instant) {
    return instant.isBefore(now) ? now : instant;
  }

  private Duration length(int which) {
    List<Duration> lengths = ingredients.lengths();
    return lengths.isEmpty() ? Duration.ofDays(1) : lengths.get(which % lengths.size());
  }

  private Instant upcoming(int which) {
    List<Upcoming> upcoming = engine.upcoming(wallet);
    List<Instant> next = new ArrayList<>();
    Set<Class<?>> kinds = new HashSet<>();
    for (Upcoming coming : upcoming) {
      if (kinds.add(coming.getClass()) && !coming.at().isAfter(now.plus(FAR))) {
        next.add(coming.at());
      }
    }
    ingredients.dates().stream()
        .filter(date -> date.isAfter(now) && !date.isAfter(now.plus(FAR)))
        .findFirst()
        .ifPresent(next::add);
    return next.isEmpty() ? now.plus(Duration.ofDays(9)) : orNow(next.get(which % next.size()));
  }

  private Instant nextMonth() {
    LocalDate today = now.atZone(wallet.zone()).toLocalDate();
    return today.withDayOfMonth(1).plusMonths(1).atStartOfDay(wallet.zone()).toInstant();
  }

  /**
   * Returns a length after an earlier event, if that is still to come: the far edge of a window.
   */
  private Instant back(int which) {
    if (events.isEmpty()) {
      return now;
    }
    Event earlier = events.get(which % events.size());
    return orNow(earlier.at().plus(length(which / 7)).plus(NANO.multipliedBy(which % 3 - 1L)));
  }

  private Duration lag(Move move) {
    int size = move.lag() / 20;
    Duration lateness = program.lateness();
    return switch (move.lag() % 20) {
      case 11, 12, 13, 14 -> beforeTheVersion();
      case 15 -> lateness;
      case 16 -> lateness.isZero() ? lateness : lateness.minus(NANO);
      case 17 -> lateness.plus(NANO);
      case 18, 19 -> Duration.ofSeconds((lateness.toSeconds() + 2) * (1 + size % 100) / 100);
      default -> Duration.ZERO;
    };
  }

  /** Returns how late an event is from just before the latest version, if it may be. */
  private Duration beforeTheVersion() {
    Instant oldest = now.minus(program.lateness());
    return ingredients.dates().stream()
        .filter(date -> date.isAfter(oldest) && !date.isAfter(now))
        .map(date -> Duration.between(date, now).plus(NANO))
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private Event event(Move move, Instant own) {
    int many = events.size();
    if (many > 0 && move.id() % 16 == 15) {
      return events.get(many - 1 - move.id() / 16 % Math.min(many, 5));
    }
    String id =
        many > 0 && move.id() % 40 == 39
            ? events.get(move.id() / 40 % many).id()
            : "event-" + (many + 1);
    Event event = Event.of(id, own, type(move));
    if (move.subject() % 9 != 8) {
      event = event.withSubject(subject(event.type(), move.subject() / 9));
    }
    if (move.group() % 6 != 5) {
      event = event.withGroup("group-" + (1 + move.group() / 6 % 2));
    }
    if (move.amount() % 13 != 12) {
      event = event.withAmount(amount(move));
    }
    return withFacts(event, move, 2);
  }

  /**
   * Returns any type; often that of the event before, or one that a limit may refuse, and mostly
   * one that can come to something: that has a rule, and a claim if it needs one.
   */
  private String type(Move move) {
    int kind = move.type() % 50;
    int which = move.type() / 50;
    if (kind == 49 || ingredients.types().isEmpty()) {
      return "unheard-of";
    } else if (kind == 48) {
      return some(ingredients.types(), which);
    }
    Policy version = versionAt(now);
    List<String> types = ruled(version, ingredients.types());
    List<String> limited = ruled(version, ingredients.limited());
    List<String> charging = ruled(version, ingredients.charging());
    String type = some(types.isEmpty() ? ingredients.types() : types, which);
    if (kind >= 30 && kind < 40 && !events.isEmpty()) {
      type = events.get(events.size() - 1).type();
    } else if (kind >= 40 && !limited.isEmpty()) {
      type = some(limited, which);
    }
    boolean inVain =
        ingredients.needsClaim(type) && claims(limited.contains(type)).isEmpty() && kind % 4 != 3;
    return inVain && !charging.isEmpty() ? some(charging, which) : type;
  }

  /** The open claims; or only those that have earned nothing yet. */
  private List<Claim> claims(boolean onlyFresh) {
    return wallet.openClaims().stream()
        .filter(claim -> !onlyFresh || claim.done().isEmpty())
        .toList();
  }

  private static String some(List<String> types, int which) {
    return types.get(which % types.size());
  }

  private static List<String> ruled(Policy version, List<String> types) {
    return types.stream().filter(type -> !version.rulesFor(type).isEmpty()).toList();
  }

  /** Returns the latest version by then, which mostly is the one in force. */
  private Policy versionAt(Instant at) {
    List<Policy> versions = program.versions();
    return versions.stream()
        .filter(version -> !version.fromInclusive().isAfter(at))
        .reduce((earlier, later) -> later)
        .orElse(versions.get(0));
  }

  /** Returns mostly a subject with a claim for what needs one, and a new one for what opens one. */
  private String subject(String type, int which) {
    if (which % 4 != 3 && ingredients.needsClaim(type)) {
      List<Claim> fresh = claims(true);
      List<Claim> claims = fresh.isEmpty() || which % 4 == 2 ? claims(false) : fresh;
      if (!claims.isEmpty()) {
        return claims.get(which / 4 % claims.size()).subject();
      }
    } else if (which % 4 != 3 && ingredients.charges(type)) {
      int number = 1;
      while (wallet.claim("subject-" + number).isPresent()) {
        number++;
      }
      return "subject-" + number;
    }
    List<String> pending =
        wallet.pendingAwards().stream().flatMap(award -> award.subject().stream()).toList();
    return which % 4 != 3 && ingredients.needsAward(type) && !pending.isEmpty()
        ? some(pending, which / 4)
        : "subject-" + (1 + which / 4 % 4);
  }

  private long amount(Move move) {
    int size = move.amount() / 13;
    long available = wallet.available();
    long amount =
        switch (move.amount() % 13) {
          case 0, 1, 2 -> 1 + size % 12;
          case 3 -> available;
          case 4 -> available + 1;
          case 5 -> available - 1;
          case 6 -> 0;
          case 7, 8 -> room(size).map(Room::left).orElse(size % 20L) + size / 7 % 3 - 1;
          case 9 -> named(size) + size / 11 % 3 - 1;
          default -> size % 100;
        };
    return Math.min(Math.max(0, amount), 1_000_000_000_000L);
  }

  /** Returns what a limit has left; empty if there is no such limit in this version. */
  private Optional<Room> room(int which) {
    List<String> limits = ingredients.limits();
    try {
      return limits.isEmpty()
          ? Optional.empty()
          : Optional.of(engine.room(wallet, limits.get(which % limits.size())));
    } catch (IllegalArgumentException notInThisVersion) {
      return Optional.empty();
    }
  }

  private long named(int which) {
    List<Long> amounts = ingredients.amounts();
    return amounts.isEmpty() ? 1 : amounts.get(which % amounts.size());
  }

  /** Adds the facts that the event's rules ask for, so many in twenty of them wrong ones. */
  private Event withFacts(Event bare, Move move, int wrong) {
    Event event = bare;
    int bits = move.facts();
    for (String fact : ingredients.facts(bare.type())) {
      Optional<FactValue> value = fact(fact, bits, bare.at(), wrong);
      if (fact.equals("amount") && value.orElse(null) instanceof FactValue.Whole own) {
        event = event.withAmount(Math.max(0, own.value()));
      } else if (value.isPresent()) {
        event = event.withFact(fact, value.get());
      }
      bits = bits / 5 + 7 * (bits % 5);
    }
    return event;
  }

  /** Returns mostly a value that some rule wants, now and then a wrong one or none. */
  private Optional<FactValue> fact(String name, int bits, Instant at, int wrong) {
    if (bits % 20 >= 21 - wrong) {
      return Optional.empty();
    } else if (bits % 20 >= 20 - wrong
        && !ingredients.brought(name).contains(Ingredients.Brought.PLAN)) {
      return Optional.of(FactValue.of("something else"));
    }
    int which = bits / 20;
    List<FactValue> values = new ArrayList<>(ingredients.asked(name));
    for (Ingredients.Brought what : ingredients.brought(name)) {
      values.add(
          switch (what) {
            case AMOUNT -> FactValue.of((long) (which % 30) - 1);
            case RANK -> FactValue.of((long) (which % 5));
            case COPY -> copied(name, which);
            case INSTANT -> FactValue.of(instant(at, which).toString());
            case PLAN -> FactValue.of(ingredients.plans().get(which % ingredients.plans().size()));
          });
    }
    return Optional.of(values.get(which % values.size()));
  }

  private FactValue copied(String name, int which) {
    List<FactValue> wanted = ingredients.askedOfWallet().get(name).asList();
    return wanted.isEmpty() || which % 3 == 2
        ? FactValue.of("anything")
        : wanted.get(which % wanted.size());
  }

  private Instant instant(Instant at, int which) {
    try {
      return at.plus(length(which)).minus(Duration.ofHours(which % 400 / 40 * 10L));
    } catch (DateTimeException extreme) {
      return at;
    }
  }
}
