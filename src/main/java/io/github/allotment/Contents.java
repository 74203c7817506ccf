package io.github.allotment;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a wallet consists of, in every order in which they are looked for.
 *
 * <p>Each order is a persistent value; so a copy costs nothing, and a change to it the logarithm of
 * the wallet's size. The methods keep the orders in step; nothing else changes one. A wallet's
 * contents are never changed: a draft changes its own copy.
 */
final class Contents implements Cloneable {

  /** What is available and pending from a source; not both 0. */
  private record OfSource(String source, long left, long pending) {

    static final Comparator<OfSource> ORDER = (a, b) -> Contents.compare(a.source, b.source);
  }

  private static final Comparator<Lot.Terms> BY_EXPIRY =
      (a, b) ->
          compare(a.expiresAt().orElseThrow(), a.number(), b.expiresAt().orElseThrow(), b.number());

  private static final Comparator<Lot.Terms> LOTS_BY_SUBJECT =
      (a, b) -> {
        int subjects = subject(a).compareTo(subject(b));
        return subjects != 0 ? subjects : Long.compare(a.number(), b.number());
      };

  private static final Comparator<Claim> BY_PART =
      (a, b) -> {
        int subjects = compare(a.subject(), b.subject());
        return subjects != 0 ? subjects : part(a).compareTo(part(b));
      };

  private static final Comparator<Claim> BY_GROUP =
      (a, b) -> {
        int groups = compare(group(a), group(b));
        if (groups != 0) {
          return groups;
        }
        int ended = Boolean.compare(a.endedAt().isPresent(), b.endedAt().isPresent());
        return ended != 0 ? ended : Long.compare(a.number(), b.number());
      };

  private static final Comparator<Claim> BY_CLOSING =
      (a, b) -> compare(closing(a), a.number(), closing(b), b.number());

  private static final Comparator<PendingAward> BY_EARNING =
      (a, b) -> compare(a.earnedAt(), a.number(), b.earnedAt(), b.number());

  private static final Comparator<PendingAward> BY_DUE =
      (a, b) -> {
        int dues = a.dueAt().compareTo(b.dueAt());
        return dues != 0 ? dues : BY_EARNING.compare(a, b);
      };

  private static final Comparator<PendingAward> AWARDS_BY_SUBJECT =
      (a, b) -> {
        int subjects = a.subject().orElseThrow().compareTo(b.subject().orElseThrow());
        return subjects != 0 ? subjects : BY_EARNING.compare(a, b);
      };

  private static final Comparator<LimitUses> BY_LIMIT = (a, b) -> compare(a.limit(), b.limit());

  private static final Comparator<SeenEvent> BY_ID = (a, b) -> compare(a.id(), b.id());

  private static final Comparator<SeenEvent> BY_INSTANT =
      (a, b) -> {
        int instants = a.at().compareTo(b.at());
        return instants != 0 ? instants : a.id().compareTo(b.id());
      };

  private Sorted<OfSource> bySource;

  private LotOrder spending;

  /** The lots in the order of spending. */
  private Sorted<Lot> lots;

  /** The lots that expire. */
  private Sorted<Lot.Terms> expiring;

  /** The lots of grants that have a subject; null if no rule asks for them. */
  private @Nullable Sorted<Lot.Terms> lotsOfSubjects;

  private Sorted<Claim> claims;

  /**
   * Those of them that have a group, those that have not ended before those that have, each as it
   * was when it came or ended; null if the claims are few.
   */
  private @Nullable Sorted<Claim> inGroups;

  /** The claims that have ended, and those that will lapse, as they were when they came. */
  private Sorted<Claim> closing;

  /** The claims that give everything back when they lapse, and have not ended; as they came. */
  private Sorted<Claim> releases;

  /** The pending awards in the order in which they settle. */
  private Sorted<PendingAward> awards;

  /** Those of them that have a subject; null if the awards are few. */
  private @Nullable Sorted<PendingAward> awardsOfSubjects;

  private Sorted<LimitUses> uses;

  /** The remembered events by instant. */
  private Sorted<SeenEvent> seen;

  /** The same by id; null if they are few. */
  private @Nullable Sorted<SeenEvent> seenById;

  /** What is pending from all sources. */
  private long pending;

  /** What open claims hold that time will release. */
  private long onHold;

  /**
   * Starts with nothing.
   *
   * @param spending the order in which lots are spent
   * @param asksForLots whether a rule asks for the lots that a subject was granted
   */
  Contents(LotOrder spending, boolean asksForLots) {
    this.spending = spending;
    lots = Sorted.none();
    bySource = Sorted.none();
    expiring = Sorted.none();
    lotsOfSubjects = asksForLots ? Sorted.none() : null;
    claims = Sorted.none();
    closing = Sorted.none();
    releases = Sorted.none();
    awards = Sorted.none();
    uses = Sorted.none();
    seen = Sorted.none();
  }

  /** Returns a copy, which shares all orders. */
  Contents copy() {
    try {
      return (Contents) clone();
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Compares by hash first, which strings remember: names have much in common in front. What is the
   * same string is found so at once, as most names of limits and sources are.
   */
  private static int compare(String name, String other) {
    return compare(name, other, other.hashCode());
  }

  /** Compares with a name whose hash is at hand. */
  private static int compare(String name, String other, int otherHash) {
    int hashes = Integer.compare(name.hashCode(), otherHash);
    return hashes != 0 || name.equals(other) ? hashes : name.compareTo(other);
  }

  private static int compare(Instant at, long number, Instant otherAt, long otherNumber) {
    int instants = at.compareTo(otherAt);
    return instants != 0 ? instants : Long.compare(number, otherNumber);
  }

  private static String subject(Lot.Terms lot) {
    return lot.origin().orElseThrow().subject();
  }

  private static String part(Claim claim) {
    return claim.part().orElse("");
  }

  private static String group(Claim claim) {
    return claim.group().orElseThrow();
  }

  private static Instant closing(Claim claim) {
    return claim.closesAt().orElseThrow();
  }

  private static <E> Sorted<E> sorted(Comparator<E> order, Sorted<E> all, Predicate<E> isIn) {
    Sorted<E> sorted = Sorted.none();
    for (E row : all) {
      sorted = with(order, sorted, row, isIn.test(row));
    }
    return sorted;
  }

  /**
   * Returns another order of some rows, or of those that pass a test, when a row has come to them;
   * null while they are few, for these are looked through.
   */
  private static <E> @Nullable Sorted<E> plusAside(
      Comparator<E> order, @Nullable Sorted<E> aside, Sorted<E> all, E row, Predicate<E> isIn) {
    if (aside != null) {
      return with(order, aside, row, isIn.test(row));
    }
    return all.isFlat() ? null : sorted(order, all, isIn);
  }

  /** Returns the same when a row has gone from them. */
  private static <E> @Nullable Sorted<E> minusAside(
      Comparator<E> order, @Nullable Sorted<E> aside, Sorted<E> all, E row, Predicate<E> isIn) {
    return aside == null || all.isFlat() ? null : without(order, aside, row, isIn.test(row));
  }

  /** Returns the rows that are meant, in an order, having looked through all. */
  private static <E> List<E> amongFew(Comparator<E> order, Sorted<E> all, Predicate<E> isMeant) {
    List<E> some = new ArrayList<>();
    all.forEach(
        row -> {
          if (isMeant.test(row)) {
            some.add(row);
          }
        });
    some.sort(order);
    return some;
  }

  private static <E> Sorted<E> with(Comparator<E> order, Sorted<E> all, E row, boolean isIn) {
    return isIn ? all.plus(order, row) : all;
  }

  private static <E> Sorted<E> without(Comparator<E> order, Sorted<E> all, E row, boolean isIn) {
    return isIn ? all.minus(order, row) : all;
  }

  // Lots

  /** Keeps the lots in an order from now on. */
  void spend(LotOrder order) {
    if (!order.equals(spending)) {
      lots = lotsIn(order);
      spending = order;
    }
  }

  /** Returns the lots in an order; costs nothing if they are kept in it. */
  Sorted<Lot> lotsIn(LotOrder order) {
    if (order.equals(spending)) {
      return lots;
    }
    return sorted(order, lots, any -> true);
  }

  /** Returns the lots in the order of spending. */
  Iterable<Lot> lots() {
    return lots;
  }

  /** Returns a lot with what is left of it; null if nothing is. */
  @Nullable Lot find(Lot.Terms lot) {
    LotOrder order = spending;
    Lot found = lots.lastOf(other -> order.compare(other.terms(), lot) <= 0);
    return found != null && found.terms().number() == lot.number() ? found : null;
  }

  /** Returns what is left of a lot. */
  long left(Lot.Terms lot) {
    Lot found = find(lot);
    return found == null ? 0 : found.left();
  }

  /** Adds a lot, which is not there. */
  void add(Lot row) {
    Lot.Terms lot = row.terms();
    count(lot.source(), row.left(), 0);
    lots = lots.plus(spending, row);
    if (lot.expiresAt().isPresent()) {
      expiring = expiring.plus(BY_EXPIRY, lot);
    }
    if (lotsOfSubjects != null && lot.origin().isPresent()) {
      lotsOfSubjects = lotsOfSubjects.plus(LOTS_BY_SUBJECT, lot);
    }
  }

  /** Leaves more or less in a lot, which is there, and will be. */
  void replace(Lot old, Lot row) {
    count(row.terms().source(), row.left() - old.left(), 0);
    lots = lots.replace(spending, old, row);
  }

  /** Removes a lot, which is there. */
  void remove(Lot row) {
    Lot.Terms lot = row.terms();
    count(lot.source(), -row.left(), 0);
    lots = lots.minus(spending, row);
    if (lot.expiresAt().isPresent()) {
      expiring = expiring.minus(BY_EXPIRY, lot);
    }
    if (lotsOfSubjects != null && lot.origin().isPresent()) {
      lotsOfSubjects = lotsOfSubjects.minus(LOTS_BY_SUBJECT, lot);
    }
  }

  private void count(String source, long amount, long coming) {
    pending = Math.addExact(pending, coming);
    OfSource old = ofSource(source);
    if (old == null) {
      bySource = bySource.plus(OfSource.ORDER, new OfSource(source, amount, coming));
      return;
    }
    long left = Math.addExact(old.left, amount);
    long still = Math.addExact(old.pending, coming);
    bySource =
        left == 0 && still == 0
            ? bySource.minus(OfSource.ORDER, old)
            : bySource.replace(OfSource.ORDER, old, new OfSource(source, left, still));
  }

  private @Nullable OfSource ofSource(String source) {
    int hash = source.hashCode();
    OfSource found = bySource.lastOf(other -> compare(other.source, source, hash) <= 0);
    return found != null && Checks.isSame(found.source, source) ? found : null;
  }

  /** Returns what is left of the lots of a source. */
  long left(String source) {
    OfSource sums = ofSource(source);
    return sums == null ? 0 : sums.left;
  }

  /** Returns what is left of the lots of some sources, each named once. */
  long left(Iterable<String> sources) {
    long sum = 0;
    for (String source : sources) {
      sum += left(source);
    }
    return sum;
  }

  /** Returns what some sources hold, or every source, available and pending. */
  long held(List<String> sources) {
    long sum = 0;
    for (OfSource held : bySource) {
      if (sources.isEmpty() || sources.contains(held.source)) {
        sum += held.left + held.pending;
      }
    }
    return sum;
  }

  /** Returns the lots that a subject was granted up to an instant, by number. */
  List<Lot.Terms> lotsOf(String subject, Instant upTo) {
    List<Lot.Terms> some = new ArrayList<>();
    Sorted<Lot.Terms> all = requireNonNull(lotsOfSubjects);
    Iterator<Lot.Terms> behind = all.behind(lot -> subject(lot).compareTo(subject) < 0);
    while (behind.hasNext()) {
      Lot.Terms lot = behind.next();
      if (!subject(lot).equals(subject)) {
        break;
      }
      if (!lot.origin().orElseThrow().earnedAt().isAfter(upTo)) {
        some.add(lot);
      }
    }
    return some;
  }

  /** Returns the instant at which the next lot expires; null if none does. */
  @Nullable Instant nextExpiry() {
    Lot.Terms first = expiring.first();
    return first == null ? null : first.expiresAt().orElseThrow();
  }

  /** Tells whether a lot has expired at an instant. */
  boolean expires(Instant at) {
    Instant next = nextExpiry();
    return next != null && !next.isAfter(at);
  }

  /** Returns the lots that have expired at an instant. */
  List<Lot.Terms> expired(Instant at) {
    List<Lot.Terms> expired = new ArrayList<>();
    for (Lot.Terms lot : expiring) {
      if (lot.expiresAt().orElseThrow().isAfter(at)) {
        break;
      }
      expired.add(lot);
    }
    return expired;
  }

  // Claims

  /** Puts a claim in the place of what it was before; what has ended stays so. */
  void replace(Claim old, Claim claim) {
    claims = claims.replace(BY_PART, old, claim);
    onHold = Math.addExact(onHold - held(old), held(claim));
    if (!old.endedAt().equals(claim.endedAt())) {
      Sorted<Claim> others = minusAside(BY_GROUP, inGroups, claims, old, Contents::isInGroup);
      inGroups = plusAside(BY_GROUP, others, claims, claim, Contents::isInGroup);
      closing =
          without(BY_CLOSING, closing, old, old.closesAt().isPresent()).plus(BY_CLOSING, claim);
      releases = without(BY_CLOSING, releases, old, isReleased(old));
    }
  }

  /** Adds a claim; there is none of its subject and part. */
  void add(Claim claim) {
    claims = claims.plus(BY_PART, claim);
    inGroups = plusAside(BY_GROUP, inGroups, claims, claim, Contents::isInGroup);
    closing = with(BY_CLOSING, closing, claim, claim.closesAt().isPresent());
    releases = with(BY_CLOSING, releases, claim, isReleased(claim));
    onHold = Math.addExact(onHold, held(claim));
  }

  /** Removes a claim that has closed, so that it holds nothing that time would release. */
  void remove(Claim claim) {
    claims = claims.minus(BY_PART, claim);
    inGroups = minusAside(BY_GROUP, inGroups, claims, claim, Contents::isInGroup);
    closing = closing.minus(BY_CLOSING, claim);
  }

  private static boolean isInGroup(Claim claim) {
    return claim.group().isPresent();
  }

  static boolean isReleased(Claim claim) {
    return claim.endedAt().isEmpty() && claim.lapse().isPresent() && claim.lapse().get().returns();
  }

  private static long held(Claim claim) {
    return isReleased(claim) ? claim.amount() : 0;
  }

  /** Returns what open claims hold that time will release. */
  long onHold() {
    return onHold;
  }

  /** Returns when the first of the holds is released; null if none is. */
  @Nullable Instant nextRelease() {
    Claim first = releases.first();
    return first == null ? null : closing(first);
  }

  /** Returns the claim that is released first; there must be one. */
  Claim released() {
    return asItIs(requireNonNull(releases.first()));
  }

  /** Returns the claim that is forgotten first, if it closed before an instant; else null. */
  @Nullable Claim closedBefore(Instant oldest) {
    Claim first = closing.first();
    return first != null && closing(first).isBefore(oldest) ? asItIs(first) : null;
  }

  /** Returns a claim that is there as the latest change has left it. */
  Claim asItIs(Claim claim) {
    return find(claim.subject(), claim.part()).orElseThrow();
  }

  /** Returns the remembered claim of a subject, or of a part of it. */
  Optional<Claim> find(String subject, Optional<String> part) {
    String name = part.orElse("");
    int hash = subject.hashCode();
    Claim found = claims.lastOf(claim -> isUpTo(claim, subject, hash, name));
    return found != null && found.subject().equals(subject) && found.part().equals(part)
        ? Optional.of(found)
        : Optional.empty();
  }

  private static boolean isUpTo(Claim claim, String subject, int hash, String part) {
    int subjects = compare(claim.subject(), subject, hash);
    return subjects != 0 ? subjects < 0 : part(claim).compareTo(part) <= 0;
  }

  /** Returns the remembered claims, by subject and part. */
  Iterable<Claim> claims() {
    return claims;
  }

  /** Returns the remembered claims of a subject and its parts, in order of arrival. */
  List<Claim> claimsOf(String subject) {
    List<Claim> some =
        run(
            claims,
            claim -> compare(claim.subject(), subject) < 0,
            claim -> claim.subject().equals(subject));
    if (some.size() > 1) {
      some.sort(Comparator.comparingLong(Claim::number));
    }
    return some;
  }

  /**
   * Returns the first to arrive of a subject's claims, those of its parts among them, that is open
   * at an instant; null if none is. The claim of the subject itself is before those of its parts,
   * so that it is the only one if it is the last.
   */
  @Nullable Claim openClaim(String subject, Instant at) {
    int hash = subject.hashCode();
    Claim last = claims.lastOf(claim -> compare(claim.subject(), subject, hash) <= 0);
    if (last == null || !last.subject().equals(subject)) {
      return null;
    } else if (last.part().isPresent()) {
      return firstOpen(subject, at);
    }
    return last.isOpenAt(at) ? last : null;
  }

  private @Nullable Claim firstOpen(String subject, Instant at) {
    for (Claim claim : claimsOf(subject)) {
      if (claim.isOpenAt(at)) {
        return claim;
      }
    }
    return null;
  }

  /** Returns the claims of a group that have not ended, in order of arrival. */
  List<Claim> openInGroup(String group) {
    return inGroup(group, claim -> claim.endedAt().isEmpty());
  }

  /** Returns the remembered claims of a group, those that have ended behind the others. */
  List<Claim> claimsInGroup(String group) {
    return inGroup(group, claim -> true);
  }

  /** Returns the claims of a group that are meant, which come first. */
  private List<Claim> inGroup(String group, Predicate<Claim> isMeant) {
    if (inGroups == null) {
      return amongFew(
          BY_GROUP,
          claims,
          claim -> isInGroup(claim) && compare(group(claim), group) == 0 && isMeant.test(claim));
    }
    List<Claim> charged =
        run(
            inGroups,
            claim -> compare(group(claim), group) < 0,
            claim -> group(claim).equals(group) && isMeant.test(claim));
    List<Claim> now = new ArrayList<>(charged.size());
    for (int i = 0; i < charged.size(); i++) {
      now.add(asItIs(charged.get(i)));
    }
    return now;
  }

  /** Returns the elements behind a prefix that are meant, which come first. */
  private static <E> List<E> run(
      Sorted<E> all, Predicate<? super E> before, Predicate<? super E> isMeant) {
    List<E> some = ImmutableList.of();
    Iterator<E> behind = all.behind(before);
    while (behind.hasNext()) {
      E row = behind.next();
      if (!isMeant.test(row)) {
        break;
      }
      some = Few.plus(some, row);
    }
    return some;
  }

  // Pending awards

  /** Adds a pending award. */
  void add(PendingAward award) {
    count(award, 1);
    awards = awards.plus(BY_DUE, award);
    awardsOfSubjects =
        plusAside(AWARDS_BY_SUBJECT, awardsOfSubjects, awards, award, Contents::hasSubject);
  }

  /** Removes a pending award. */
  void remove(PendingAward award) {
    count(award, -1);
    awards = awards.minus(BY_DUE, award);
    awardsOfSubjects =
        minusAside(AWARDS_BY_SUBJECT, awardsOfSubjects, awards, award, Contents::hasSubject);
  }

  private static boolean hasSubject(PendingAward award) {
    return award.subject().isPresent();
  }

  private void count(PendingAward award, int sign) {
    long amount = 0;
    for (int i = 0; i < award.parts().size(); i++) {
      PendingAward.Part part = award.parts().get(i);
      amount = Math.addExact(amount, part.amount());
      boolean isLast =
          i + 1 == award.parts().size() || !award.parts().get(i + 1).source().equals(part.source());
      if (isLast && amount > 0) {
        count(part.source(), 0, sign * amount);
        amount = 0;
      }
    }
  }

  /** Returns how many credits are pending. */
  long pending() {
    return pending;
  }

  /** Returns the pending awards, in the order in which they settle. */
  Iterable<PendingAward> awards() {
    return awards;
  }

  /** Returns the pending award that is due first; null if there is none. */
  @Nullable PendingAward nextAward() {
    return awards.first();
  }

  /**
   * Returns the award that settles first of those that are due at an instant. Of those that are due
   * at one instant the first was earned first; a late event's may have been due at an earlier one.
   */
  PendingAward nextDueBy(Instant at) {
    PendingAward first = requireNonNull(awards.first());
    PendingAward next = first;
    while (next != null && !next.dueAt().isAfter(at)) {
      first = BY_EARNING.compare(next, first) < 0 ? next : first;
      Instant due = next.dueAt();
      next = awards.firstBehind(award -> !award.dueAt().isAfter(due));
    }
    return first;
  }

  /** Returns what is pending for a subject and was earned up to an instant, in that order. */
  List<PendingAward> awardsOf(String subject, Instant upTo) {
    Predicate<PendingAward> isMeant =
        award ->
            hasSubject(award)
                && award.subject().get().equals(subject)
                && !award.earnedAt().isAfter(upTo);
    return awardsOfSubjects == null
        ? amongFew(AWARDS_BY_SUBJECT, awards, isMeant)
        : run(
            awardsOfSubjects,
            award -> award.subject().orElseThrow().compareTo(subject) < 0,
            isMeant);
  }

  // Uses

  /** Returns what counts against a limit; most wallets have uses of one. */
  LimitUses uses(String limit) {
    LimitUses last = uses.last();
    return last != null && Checks.isSame(last.limit(), limit) ? last : findUses(limit);
  }

  private LimitUses findUses(String limit) {
    int hash = limit.hashCode();
    LimitUses found = uses.lastOf(other -> compare(other.limit(), limit, hash) <= 0);
    return found != null && Checks.isSame(found.limit(), limit) ? found : LimitUses.none(limit);
  }

  /** Returns what counts against each limit; none is empty. */
  Sorted<LimitUses> uses() {
    return uses;
  }

  /** Lets other uses count against their limit. */
  void replace(LimitUses now) {
    uses = now.isEmpty() ? uses.minus(BY_LIMIT, now) : uses.plus(BY_LIMIT, now);
  }

  // Remembered events

  void add(SeenEvent event) {
    seen = seen.plus(BY_INSTANT, event);
    seenById = plusAside(BY_ID, seenById, seen, event, any -> true);
  }

  void remove(SeenEvent event) {
    seen = seen.minus(BY_INSTANT, event);
    seenById = minusAside(BY_ID, seenById, seen, event, any -> true);
  }

  /** Returns the remembered event of an id; null if there is none. */
  @Nullable SeenEvent seen(String id) {
    int hash = id.hashCode();
    if (seenById == null) {
      return seen.find(event -> event.id().hashCode() == hash && event.id().equals(id));
    }
    SeenEvent found = seenById.lastOf(event -> compare(event.id(), id, hash) <= 0);
    return found != null && found.id().equals(id) ? found : null;
  }

  /**
   * Returns the remembered event that is forgotten first, if it is before an instant; else null.
   */
  @Nullable SeenEvent seenBefore(Instant oldest) {
    SeenEvent first = seen.first();
    return first != null && first.at().isBefore(oldest) ? first : null;
  }

  // The whole

  /** Tells whether nothing but what is left, open or remembered is there. */
  boolean isIdle() {
    return awards.isEmpty() && uses.isEmpty() && expiring.isEmpty() && releases.isEmpty();
  }

  /** Returns the lots as rows, in the order of spending. */
  List<Lot> lotRows() {
    return ImmutableList.copyOf(lots);
  }

  /** Returns all rows. */
  List<Row> rows() {
    return Streams.concat(
            Streams.stream(lots),
            Streams.stream(claims),
            Streams.stream(awards),
            Streams.stream(uses).flatMap(limit -> limit.rows().stream()),
            Streams.stream(seen))
        .collect(toImmutableList());
  }
}
