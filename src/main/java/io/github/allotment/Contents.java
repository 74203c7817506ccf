package io.github.allotment;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The lists that a wallet consists of, with their indexes, as one persistent value.
 *
 * <p>Every map is a balanced tree that shares what did not change, so that a change costs the
 * logarithm of the wallet's size. The methods keep the indexes in step; nothing else builds one.
 *
 * @param bySource what is available from each source; never 0
 * @param pendingBySource what is pending from each source; never 0
 * @param lots what is left of each lot, in the order of spending; never 0
 * @param expiring the lots that expire, in that order
 * @param claims the remembered claims by subject
 * @param openInGroups the open claims that have a group
 * @param closing the claims that have ended or will lapse
 * @param releases the open claims that give everything back when they lapse
 * @param awards the pending awards in order of settlement
 * @param awardsOfSubjects the pending awards that have a subject
 * @param uses what counts against each limit; never empty
 * @param onHold what open claims hold that time will release
 * @param seen the remembered events by id
 * @param seenByInstant the remembered events
 */
record Contents(
    TreePMap<String, Long> bySource,
    TreePMap<String, Long> pendingBySource,
    TreePMap<Lot.Terms, Long> lots,
    TreePMap<Keys.Expiring, Lot.Terms> expiring,
    TreePMap<String, Claim> claims,
    TreePSet<Keys.InGroup> openInGroups,
    TreePSet<Keys.Closing> closing,
    TreePSet<Keys.Closing> releases,
    TreePMap<Keys.Due, PendingAward> awards,
    TreePMap<Keys.OfSubject, PendingAward> awardsOfSubjects,
    TreePMap<String, LimitUses> uses,
    long onHold,
    TreePMap<String, SeenEvent> seen,
    TreePSet<Keys.Seen> seenByInstant) {

  static final Contents EMPTY =
      new Contents(
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(LotOrder.of(List.of())),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          0,
          TreePMap.empty(),
          TreePSet.empty());

  /** Returns the lots in an order; costs nothing if they are kept in it. */
  TreePMap<Lot.Terms, Long> lotsIn(LotOrder order) {
    return order.equals(lots.comparator())
        ? lots
        : TreePMap.<Lot.Terms, Long>empty(order).plusAll(lots);
  }

  /** Returns a copy whose lots are kept in an order. */
  Contents spending(LotOrder order) {
    return order.equals(lots.comparator()) ? this : withLots(bySource, lotsIn(order), expiring);
  }

  /** Returns what is left of a lot. */
  long left(Lot.Terms lot) {
    return lots.getOrDefault(lot, 0L);
  }

  /** Returns a copy in which a lot has more, or, if the amount is negative, less. */
  Contents plusLot(Lot.Terms lot, long amount) {
    long ofSource = Math.addExact(bySource.getOrDefault(lot.source(), 0L), amount);
    long left = Math.addExact(left(lot), amount);
    return withLots(
        ofSource == 0 ? bySource.minus(lot.source()) : bySource.plus(lot.source(), ofSource),
        left == 0 ? lots.minus(lot) : lots.plus(lot, left),
        lot.expiresAt()
            .map(at -> expiring(new Keys.Expiring(at, lot.number()), lot, left))
            .orElse(expiring));
  }

  private TreePMap<Keys.Expiring, Lot.Terms> expiring(Keys.Expiring key, Lot.Terms lot, long left) {
    return left == 0 ? expiring.minus(key) : expiring.plus(key, lot);
  }

  /** Returns the lots that have expired at an instant. */
  List<Lot.Terms> expired(Instant at) {
    return ImmutableList.copyOf(
        expiring.headMap(new Keys.Expiring(at, Long.MAX_VALUE), true).values());
  }

  /** Returns a copy with a claim added, or put in the place of the one of its subject. */
  Contents plusClaim(Claim claim) {
    Claim old = claims.get(claim.subject());
    Contents without = old == null ? this : minusClaim(old);
    return without.withClaims(
        without.claims.plus(claim.subject(), claim),
        isOpenInGroup(claim) ? without.openInGroups.plus(groupKey(claim)) : without.openInGroups,
        claim.closesAt().map(at -> without.closing.plus(key(at, claim))).orElse(without.closing),
        releasesAt(claim).map(at -> without.releases.plus(key(at, claim))).orElse(without.releases),
        Math.addExact(without.onHold, held(claim)));
  }

  /** Returns a copy without a claim. */
  Contents minusClaim(Claim claim) {
    return withClaims(
        claims.minus(claim.subject()),
        isOpenInGroup(claim) ? openInGroups.minus(groupKey(claim)) : openInGroups,
        claim.closesAt().map(at -> closing.minus(key(at, claim))).orElse(closing),
        releasesAt(claim).map(at -> releases.minus(key(at, claim))).orElse(releases),
        onHold - held(claim));
  }

  private static long held(Claim claim) {
    return releasesAt(claim).isPresent() ? claim.amount() : 0;
  }

  private static boolean isOpenInGroup(Claim claim) {
    return claim.endedAt().isEmpty() && claim.group().isPresent();
  }

  private static Optional<Instant> releasesAt(Claim claim) {
    return claim.endedAt().isPresent()
        ? Optional.empty()
        : claim.lapse().filter(Claim.Lapse::returns).map(Claim.Lapse::at);
  }

  private static Keys.InGroup groupKey(Claim claim) {
    return new Keys.InGroup(claim.group().orElseThrow(), claim.number(), claim.subject());
  }

  private static Keys.Closing key(Instant at, Claim claim) {
    return new Keys.Closing(at, claim.number(), claim.subject());
  }

  /** Returns the claim that is released next, if that is due at an instant. */
  Optional<Claim> releasedBy(Instant at) {
    return releases.isEmpty() || releases.first().closesAt().isAfter(at)
        ? Optional.empty()
        : Optional.ofNullable(claims.get(releases.first().subject()));
  }

  /** Returns the claim that is forgotten first, if it closed before an instant. */
  Optional<Claim> closedBefore(Instant oldest) {
    return closing.isEmpty() || !closing.first().closesAt().isBefore(oldest)
        ? Optional.empty()
        : Optional.ofNullable(claims.get(closing.first().subject()));
  }

  /** Returns the remembered event that is forgotten first, if its instant is before another. */
  Optional<SeenEvent> seenBefore(Instant oldest) {
    return seenByInstant.isEmpty() || !seenByInstant.first().at().isBefore(oldest)
        ? Optional.empty()
        : Optional.ofNullable(seen.get(seenByInstant.first().id()));
  }

  /** Returns the open claims of a group, in order of arrival. */
  List<Claim> openInGroup(String group) {
    return openInGroups.subSet(Keys.InGroup.first(group), Keys.InGroup.last(group)).stream()
        .map(key -> requireNonNull(claims.get(key.subject())))
        .toList();
  }

  /** Returns a copy with a pending award added. */
  Contents plusAward(PendingAward award) {
    return withAwards(
        pendingPlus(award, 1),
        awards.plus(Keys.Due.of(award), award),
        award
            .subject()
            .map(subject -> awardsOfSubjects.plus(subjectKey(subject, award), award))
            .orElse(awardsOfSubjects));
  }

  /** Returns a copy without a pending award. */
  Contents minusAward(PendingAward award) {
    return withAwards(
        pendingPlus(award, -1),
        awards.minus(Keys.Due.of(award)),
        award
            .subject()
            .map(subject -> awardsOfSubjects.minus(subjectKey(subject, award)))
            .orElse(awardsOfSubjects));
  }

  private TreePMap<String, Long> pendingPlus(PendingAward award, int sign) {
    TreePMap<String, Long> sums = pendingBySource;
    for (PendingAward.Part part : award.parts()) {
      long sum = sums.getOrDefault(part.source(), 0L) + sign * part.amount();
      sums = sum == 0 ? sums.minus(part.source()) : sums.plus(part.source(), sum);
    }
    return sums;
  }

  private static Keys.OfSubject subjectKey(String subject, PendingAward award) {
    return new Keys.OfSubject(subject, award.earnedAt(), award.number());
  }

  /** Returns what is pending for a subject and was earned up to an instant, in that order. */
  List<PendingAward> awardsOf(String subject, Instant upTo) {
    return List.copyOf(
        awardsOfSubjects
            .subMap(Keys.OfSubject.first(subject), Keys.OfSubject.lastUpTo(subject, upTo))
            .values());
  }

  /** Returns what counts against a limit. */
  LimitUses uses(String limit) {
    return uses.getOrDefault(limit, LimitUses.NONE);
  }

  /** Returns a copy in which other uses count against a limit. */
  Contents withUses(String limit, LimitUses now) {
    TreePMap<String, LimitUses> all = now.isEmpty() ? uses.minus(limit) : uses.plus(limit, now);
    return new Contents(
        bySource,
        pendingBySource,
        lots,
        expiring,
        claims,
        openInGroups,
        closing,
        releases,
        awards,
        awardsOfSubjects,
        all,
        onHold,
        seen,
        seenByInstant);
  }

  /** Returns a copy that remembers an event. */
  Contents plusSeen(SeenEvent event) {
    return withSeen(
        seen.plus(event.id(), event), seenByInstant.plus(new Keys.Seen(event.at(), event.id())));
  }

  /** Returns a copy that has forgotten an event. */
  Contents minusSeen(SeenEvent event) {
    return withSeen(
        seen.minus(event.id()), seenByInstant.minus(new Keys.Seen(event.at(), event.id())));
  }

  private Contents withLots(
      TreePMap<String, Long> sums,
      TreePMap<Lot.Terms, Long> all,
      TreePMap<Keys.Expiring, Lot.Terms> byExpiry) {
    return new Contents(
        sums,
        pendingBySource,
        all,
        byExpiry,
        claims,
        openInGroups,
        closing,
        releases,
        awards,
        awardsOfSubjects,
        uses,
        onHold,
        seen,
        seenByInstant);
  }

  private Contents withClaims(
      TreePMap<String, Claim> all,
      TreePSet<Keys.InGroup> open,
      TreePSet<Keys.Closing> over,
      TreePSet<Keys.Closing> back,
      long held) {
    return new Contents(
        bySource,
        pendingBySource,
        lots,
        expiring,
        all,
        open,
        over,
        back,
        awards,
        awardsOfSubjects,
        uses,
        held,
        seen,
        seenByInstant);
  }

  private Contents withAwards(
      TreePMap<String, Long> sums,
      TreePMap<Keys.Due, PendingAward> all,
      TreePMap<Keys.OfSubject, PendingAward> ofSubjects) {
    return new Contents(
        bySource,
        sums,
        lots,
        expiring,
        claims,
        openInGroups,
        closing,
        releases,
        all,
        ofSubjects,
        uses,
        onHold,
        seen,
        seenByInstant);
  }

  private Contents withSeen(TreePMap<String, SeenEvent> all, TreePSet<Keys.Seen> byInstant) {
    return new Contents(
        bySource,
        pendingBySource,
        lots,
        expiring,
        claims,
        openInGroups,
        closing,
        releases,
        awards,
        awardsOfSubjects,
        uses,
        onHold,
        all,
        byInstant);
  }

  /** Returns what some sources hold, or every source, available and pending. */
  long held(List<String> sources) {
    Iterable<String> counted =
        sources.isEmpty() ? Sets.union(bySource.keySet(), pendingBySource.keySet()) : sources;
    long sum = 0;
    for (String source : ImmutableSet.copyOf(counted)) {
      sum += bySource.getOrDefault(source, 0L) + pendingBySource.getOrDefault(source, 0L);
    }
    return sum;
  }

  /** Returns the uses as rows, by limit and instant. */
  List<Use> useRows() {
    return uses.entrySet().stream()
        .flatMap(
            limit ->
                limit.getValue().sums().keySet().stream()
                    .map(at -> new Use(limit.getKey(), at, limit.getValue().at(at))))
        .toList();
  }

  /** Returns the lots as rows, in the order of spending. */
  List<Lot> lotRows() {
    return lots.entrySet().stream().map(Contents::row).toList();
  }

  private static Lot row(Map.Entry<Lot.Terms, Long> lot) {
    return new Lot(lot.getKey(), lot.getValue());
  }
}
