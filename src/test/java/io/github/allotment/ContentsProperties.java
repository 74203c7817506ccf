package io.github.allotment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import io.github.allotment.policy.TransactionType;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * That rows are found alike while they are few and looked through, and when they are many and kept
 * in another order too; however often they become many and few.
 */
class ContentsProperties {

  /** More than two arrays of an order hold. */
  private static final int MANY = 80;

  private static final int NAMES = 3;
  private static final Instant START = Instant.parse("2021-01-05T09:00:00Z");

  private Contents contents = nothing();
  private long number;

  /** Whether there have been more than one array holds since there were none. */
  private boolean wereMany;

  private static Contents nothing() {
    return new Contents(LotOrder.of(List.of()), false);
  }

  /** All tries of a property are made with one object. */
  @BeforeTry
  void startWithNothing() {
    contents = nothing();
    wereMany = false;
  }

  private static Iterable<Integer> thenManyAndNone(List<Integer> sizes) {
    return Iterables.concat(sizes, ImmutableList.of(MANY, 0));
  }

  /**
   * Without a further order many rows would be looked through, and with it few would cost more:
   * both answer alike, so that nothing but the field tells.
   */
  private void assertKept(String order, int rows) {
    wereMany = rows > Sorted.WIDTH || (wereMany && rows > 0);
    if (rows > Sorted.WIDTH || !wereMany) {
      assertEquals(wereMany, isThere(order), () -> order + " of " + rows);
    }
  }

  private boolean isThere(String order) {
    try {
      Field field = Contents.class.getDeclaredField(order);
      field.setAccessible(true);
      return field.get(contents) != null;
    } catch (ReflectiveOperationException noField) {
      throw new LinkageError("no field", noField);
    }
  }

  private static String name(int i) {
    return "name " + i;
  }

  private static Optional<String> someName(Random random) {
    int i = random.nextInt(NAMES + 1);
    return i == NAMES ? Optional.empty() : Optional.of(name(i));
  }

  private static <E> E some(List<E> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  @Property(tries = 50)
  void theClaimsOfAGroup(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(max = MANY) Integer> sizes,
      @ForAll Random random) {
    List<Claim> claims = new ArrayList<>();
    for (int size : thenManyAndNone(sizes)) {
      while (claims.size() != size) {
        if (claims.size() < size) {
          Claim claim = claim(someName(random));
          contents.add(claim);
          claims.add(claim);
          change(some(claims, random), claims, random.nextInt(3));
        } else {
          Claim gone = change(some(claims, random), claims, 0);
          contents.remove(gone);
          claims.remove(gone);
        }
        assertKept("inGroups", claims.size());
        for (int i = 0; i < NAMES; i++) {
          Optional<String> group = Optional.of(name(i));
          List<Claim> all =
              claims.stream()
                  .filter(claim -> claim.group().equals(group))
                  .sorted(Comparator.comparing(claim -> claim.endedAt().isPresent()))
                  .toList();
          assertEquals(all, contents.claimsInGroup(name(i)));
          assertEquals(
              all.stream().filter(claim -> claim.endedAt().isEmpty()).toList(),
              contents.openInGroup(name(i)));
        }
      }
    }
  }

  private Claim claim(Optional<String> group) {
    number++;
    return new Claim(
        number,
        "subject " + number,
        Optional.empty(),
        group,
        START,
        0,
        ImmutableList.of(),
        ImmutableSortedSet.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Ends an open claim, marks it, or leaves it. */
  private Claim change(Claim claim, List<Claim> claims, int how) {
    if (claim.endedAt().isPresent() || how == 2) {
      return claim;
    }
    Claim changed =
        how == 0 ? claim.ended(START) : claim.having(ImmutableSortedSet.of("mark " + number));
    contents.replace(claim, changed);
    claims.set(claims.indexOf(claim), changed);
    return changed;
  }

  @Property(tries = 50)
  void whatIsPendingForASubject(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(max = MANY) Integer> sizes,
      @ForAll Random random) {
    List<PendingAward> awards = new ArrayList<>();
    for (int size : thenManyAndNone(sizes)) {
      while (awards.size() != size) {
        if (awards.size() < size) {
          PendingAward award = award(someName(random), random.nextInt(5), random.nextInt(100));
          contents.add(award);
          awards.add(award);
        } else {
          PendingAward gone = some(awards, random);
          contents.remove(gone);
          awards.remove(gone);
        }
        assertKept("awardsOfSubjects", awards.size());
        for (int i = 0; i < NAMES; i++) {
          Optional<String> subject = Optional.of(name(i));
          Instant upTo = START.plusSeconds(random.nextInt(6) - 1);
          assertEquals(
              awards.stream()
                  .filter(award -> award.subject().equals(subject))
                  .filter(award -> !award.earnedAt().isAfter(upTo))
                  .sorted(
                      Comparator.comparing(PendingAward::earnedAt)
                          .thenComparing(PendingAward::number))
                  .toList(),
              contents.awardsOf(name(i), upTo));
        }
      }
    }
  }

  private PendingAward award(Optional<String> subject, int earned, int delay) {
    number++;
    Instant earnedAt = START.plusSeconds(earned);
    return new PendingAward(
        number,
        new Cause(Optional.empty(), "rule", "version"),
        subject,
        TransactionType.AWARD,
        ImmutableList.of(
            new PendingAward.Part("label", "source", 1, Optional.empty(), OptionalInt.empty())),
        earnedAt,
        earnedAt.plusSeconds(delay),
        ImmutableList.of());
  }

  /** Their ids all have the same hash. */
  @Property(tries = 50)
  void theEventOfAnId(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(max = MANY) Integer> sizes,
      @ForAll Random random) {
    List<SeenEvent> events = new ArrayList<>();
    for (int size : thenManyAndNone(sizes)) {
      while (events.size() != size) {
        if (events.size() < size) {
          SeenEvent event = seen(START.plusSeconds(random.nextInt(50)));
          contents.add(event);
          events.add(event);
        } else {
          SeenEvent gone = some(events, random);
          contents.remove(gone);
          events.remove(gone);
          assertNull(contents.seen(gone.id()));
        }
        assertKept("seenById", events.size());
        assertNull(contents.seen(id(number + 1)));
        events.forEach(event -> assertEquals(event, contents.seen(event.id())));
      }
    }
  }

  private SeenEvent seen(Instant at) {
    number++;
    return new SeenEvent(id(number), at, "type", ReasonCode.APPLIED);
  }

  private static String id(long number) {
    return Long.toBinaryString(1 << 12 | number).replace("0", "Aa").replace("1", "BB");
  }

  /** What is pending, used, expires or is held will change by itself; what is open will not. */
  @Example
  void isIdleUntilTimeHasSomethingToDo() {
    Lot.Terms terms =
        new Lot.Terms(1, "source", START, "v", 0, 0, Optional.empty(), Optional.empty());
    contents.add(new Lot(terms, 1));
    contents.add(claim(Optional.empty()));
    contents.add(seen(START));
    assertTrue(contents.isIdle());
    Contents awarded = contents.copy();
    awarded.add(award(Optional.empty(), 0, 1));
    assertFalse(awarded.isIdle());
    Contents used = contents.copy();
    used.replace(LimitUses.none("limit").plus(START, 1));
    assertFalse(used.isIdle());
    Contents expiring = contents.copy();
    expiring.add(
        new Lot(
            new Lot.Terms(
                2, "source", START, "v", 0, 0, Optional.of(START.plusSeconds(1)), Optional.empty()),
            1));
    assertFalse(expiring.isIdle());
    Contents holding = contents.copy();
    holding.add(
        new Claim(
            3,
            "held",
            Optional.empty(),
            Optional.empty(),
            START,
            0,
            ImmutableList.of(),
            ImmutableSortedSet.of(),
            Optional.of(new Claim.Lapse(START.plusSeconds(1), true, false)),
            Optional.empty()));
    assertFalse(holding.isIdle());
  }
}
