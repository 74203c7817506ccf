package io.github.allotment.policy;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Strings.lenientFormat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import io.github.allotment.data.InvalidDataException;
import io.github.allotment.data.Problem;
import io.github.allotment.shape.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A credit program: a name, a unit, how late an event may be, and dated versions.
 *
 * <p>Immutable and thread-safe. The version in force at an instant is the last one whose first
 * instant is not after it, among those that are for the wallet; most are for everybody. An event is
 * judged by the version in force at the event's own instant, a renewal by the one in force at the
 * renewal.
 *
 * <p>For example
 *
 * <pre>{@code
 * Program program =
 *     Program.named("stars")
 *         .unit("star", "stars")
 *         .lateness(Duration.ofHours(24))
 *         .version(first)
 *         .version(second)
 *         .build();
 * }</pre>
 */
public final class Program {

  /** The longest lateness: 36,525 days of 24 hours. */
  public static final Duration LONGEST_LATENESS = Duration.ofDays(36_525);

  static final Unit DEFAULT_UNIT = new Unit("credit", "credits");

  private final String name;
  private final Unit unit;
  private final Duration lateness;
  private final ImmutableList<Policy> versions;
  private final String fingerprint;

  private Program(Builder builder) {
    name = builder.name;
    unit = builder.unit;
    lateness = builder.lateness;
    versions = ImmutableList.copyOf(builder.versions);
    fingerprint =
        Hashing.sha256().hashUnencodedChars(Trees.canonical(ProgramData.toTree(this))).toString();
  }

  /**
   * Starts a program.
   *
   * @param name its name; not blank
   * @return a builder without versions, that counts credits and accepts no late event
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * Returns the program's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns what the program counts.
   *
   * @return the unit
   */
  public Unit unit() {
    return unit;
  }

  /**
   * Returns how far an event may lie behind a wallet's clock; exactly as far is accepted.
   *
   * @return zero or more
   */
  public Duration lateness() {
    return lateness;
  }

  /**
   * Returns the versions.
   *
   * @return at least one, in the order of their first instants
   */
  public List<Policy> versions() {
    return versions;
  }

  /**
   * Finds the version in force for a wallet that opens at an instant.
   *
   * @param at an instant
   * @return the version, or empty if the instant is before the first version
   */
  public Optional<Policy> versionAt(Instant at) {
    return versionAt(at, at, at);
  }

  /**
   * Finds the version in force for a wallet.
   *
   * @param at an instant, not before the wallet's opening
   * @param openedAt the wallet's opening
   * @param onPlanSince the first instant from which the wallet was on the plan that it is on at
   *     {@code at}
   * @return the version, or empty if the opening is before the first version
   */
  public Optional<Policy> versionAt(Instant at, Instant openedAt, Instant onPlanSince) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      Policy version = versions.get(i);
      Instant from = version.fromInclusive();
      if (!from.isAfter(at) && version.adoption().reaches(from, openedAt, onPlanSince)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a digest of all that the program says; programs that say the same have the same one.
   *
   * @return 64 hexadecimal digits
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Compares by value.
   *
   * @param other anything
   * @return true if it is a program that says the same
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Program that
        && name.equals(that.name)
        && unit.equals(that.unit)
        && lateness.equals(that.lateness)
        && versions.equals(that.versions);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  /** Returns all that the program says, in one line; equal programs give equal texts. */
  @Override
  public String toString() {
    return lenientFormat(
        "Program[name=%s, unit=%s, lateness=%s, versions=%s]", name, unit, lateness, versions);
  }

  /** Collects the parts of a {@link Program}; {@link #build()} checks that they go together. */
  public static final class Builder {

    private final String name;
    private final List<Policy> versions = new ArrayList<>();
    private Unit unit = DEFAULT_UNIT;
    private Duration lateness = Duration.ZERO;

    private Builder(String name) {
      this.name = Names.check("program", name);
    }

    /**
     * Sets what the program counts.
     *
     * @param singular the word for one; not blank
     * @param plural the word for any other number; not blank
     * @return this builder
     */
    public Builder unit(String singular, String plural) {
      unit = new Unit(singular, plural);
      return this;
    }

    /**
     * Sets how late an event may be: how far behind a wallet's clock.
     *
     * <p>It is one figure for all versions, because ids that were forgotten under a short lateness
     * can't be recalled for a longer one.
     *
     * @param most the longest lateness that is accepted; from zero to {@link #LONGEST_LATENESS}
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder lateness(Duration most) {
      checkArgument(
          !most.isNegative() && most.compareTo(LONGEST_LATENESS) <= 0,
          "lateness must be zero to %s: %s",
          LONGEST_LATENESS,
          most);
      lateness = most;
      return this;
    }

    /**
     * Adds a version, which must start after those that are there.
     *
     * @param version the version
     * @return this builder
     */
    public Builder version(Policy version) {
      versions.add(requireNonNull(version, "version"));
      return this;
    }

    /**
     * Checks that the versions go together.
     *
     * @return the program
     * @throws InvalidDataException if they don't; it lists every problem: no version, a first one
     *     that is not for everybody, one that does not start after the one before, two of the same
     *     name, a plan that a later version no longer has, a limit that has another window in
     *     another version, an ending of a part that no version charges
     */
    public Program build() {
      List<Problem> problems = new ProgramCheck(versions).problems();
      if (!problems.isEmpty()) {
        throw new InvalidDataException("program " + name, problems);
      }
      return new Program(this);
    }
  }
}
