package io.github.allotment;

import java.time.Instant;
import java.util.Comparator;

/** The sort keys of a wallet's indexes. */
final class Keys {

  private Keys() {}

  /** A lot that expires, the one that expires first coming first. */
  record Expiring(Instant expiresAt, long number) implements Comparable<Expiring> {

    private static final Comparator<Expiring> ORDER =
        Comparator.comparing(Expiring::expiresAt).thenComparingLong(Expiring::number);

    @Override
    public int compareTo(Expiring other) {
      return ORDER.compare(this, other);
    }
  }

  /** An open claim of a group, in order of arrival. */
  record InGroup(String group, long number, String subject) implements Comparable<InGroup> {

    private static final Comparator<InGroup> ORDER =
        Comparator.comparing(InGroup::group).thenComparingLong(InGroup::number);

    @Override
    public int compareTo(InGroup other) {
      return ORDER.compare(this, other);
    }

    /** Returns a key before all of a group. */
    static InGroup first(String group) {
      return new InGroup(group, Long.MIN_VALUE, "");
    }

    /** Returns a key after all of a group. */
    static InGroup last(String group) {
      return new InGroup(group, Long.MAX_VALUE, "");
    }
  }

  /** A claim that closes, the one that closes first coming first. */
  record Closing(Instant closesAt, long number, String subject) implements Comparable<Closing> {

    private static final Comparator<Closing> ORDER =
        Comparator.comparing(Closing::closesAt).thenComparingLong(Closing::number);

    @Override
    public int compareTo(Closing other) {
      return ORDER.compare(this, other);
    }
  }

  /** A pending award, in order of settlement: by due instant, then in the order of earning. */
  record Due(Instant dueAt, Instant earnedAt, long number) implements Comparable<Due> {

    private static final Comparator<Due> ORDER =
        Comparator.comparing(Due::dueAt)
            .thenComparing(Due::earnedAt)
            .thenComparingLong(Due::number);

    static Due of(PendingAward award) {
      return new Due(award.dueAt(), award.earnedAt(), award.number());
    }

    @Override
    public int compareTo(Due other) {
      return ORDER.compare(this, other);
    }
  }

  /** A pending award of a subject, in the order of earning. */
  record OfSubject(String subject, Instant earnedAt, long number) implements Comparable<OfSubject> {

    private static final Comparator<OfSubject> ORDER =
        Comparator.comparing(OfSubject::subject)
            .thenComparing(OfSubject::earnedAt)
            .thenComparingLong(OfSubject::number);

    @Override
    public int compareTo(OfSubject other) {
      return ORDER.compare(this, other);
    }

    /** Returns a key before all of a subject. */
    static OfSubject first(String subject) {
      return new OfSubject(subject, Instant.MIN, Long.MIN_VALUE);
    }

    /** Returns a key after all of a subject that were earned up to an instant. */
    static OfSubject lastUpTo(String subject, Instant earnedAt) {
      return new OfSubject(subject, earnedAt, Long.MAX_VALUE);
    }
  }

  /** A remembered event, the one that is forgotten first coming first. */
  record Seen(Instant at, String id) implements Comparable<Seen> {

    private static final Comparator<Seen> ORDER =
        Comparator.comparing(Seen::at).thenComparing(Seen::id);

    @Override
    public int compareTo(Seen other) {
      return ORDER.compare(this, other);
    }
  }
}
