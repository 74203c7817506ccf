package io.github.allotment.planted;

import static io.github.allotment.planted.WrongMoney.by;

import io.github.allotment.Opening;
import io.github.allotment.planted.PlantedBug.On;
import io.github.allotment.policy.Effect;
import io.github.allotment.policy.Limit;
import io.github.allotment.policy.Policy;
import io.github.allotment.policy.Program;
import io.github.allotment.policy.TransactionType;
import io.github.allotment.policy.Window;
import io.github.allotment.reference.ProgramModel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Engines that let more through than a limit, or less. */
final class WrongLimits {

  private WrongLimits() {}

  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "a rolling window is a nanosecond short",
            "an effect at a boundary instant happens twice or not at all",
            On.connects(),
            by(ShortWindow::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "a late use has to fit its own window, but not a later one",
            "a cap missed on one of several code paths",
            On.connects(),
            by(OwnWindowOnly::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "late events are not held against a limit",
            "a cap missed on one of several code paths",
            On.connects(),
            by(LateIsFree::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "a limit lets one more through",
            "an off-by-one at a limit",
            On.any(),
            by(OneMore::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "a grant cut to what is left is one too large",
            "an off-by-one at a limit",
            On.example("kind-award-caps"),
            by(CutTooLarge::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "a limit counts an award when it is posted, not when it is earned",
            "awards decided without counting what is pending",
            On.connects(),
            by(CountedWhenPosted::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "a limit of 0 is no limit",
            "a sentinel meets a real value",
            On.any(),
            by(ZeroIsUnlimited::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "days and months of the calendar are those of UTC",
            "daylight saving moves a cycle",
            On.example("kind-award-caps"),
            by(CalendarOfUtc::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "a limit per cycle starts again when an event comes late",
            "a cap missed on one of several code paths",
            On.example("kind-award-caps"),
            by(CycleLimitForgets::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "a session is a nanosecond short",
            "an effect at a boundary instant happens twice or not at all",
            On.example("kind-session-cap"),
            by(ShortSession::new),
            "noWindowIsEverAboveItsLimit"),
        new PlantedBug(
            "what is pending is not held",
            "awards decided without counting what is pending",
            On.atMostTwenty(),
            by(PendingNotHeld::new),
            "noGrantLeavesMoreHeldThanItsLimit"),
        new PlantedBug(
            "bought credits pass the limit on what is held",
            "a cap missed on one of several code paths",
            On.example("connects-2015"),
            by(BoughtPasses::new),
            "noGrantLeavesMoreHeldThanItsLimit"),
        new PlantedBug(
            "the rollover limit is not applied at a change of plan",
            "a rollover limit missed on one of several code paths",
            On.connects(),
            by(NoRolloverLimitThen::new),
            "noMoreIsCarriedOverThanMay"),
        new PlantedBug(
            "one more rolls over than may",
            "an off-by-one at a limit",
            On.example("elance"),
            by(OneMoreRollsOver::new),
            "noMoreIsCarriedOverThanMay"),
        new PlantedBug(
            "a renewal above the rollover limit forfeits everything",
            "carry-over doubled or wiped by a renewal",
            On.connects(),
            by(ForfeitsAll::new),
            "whatMayBeCarriedOverStays"),
        new PlantedBug(
            "a window that is exactly full counts as empty",
            "a sentinel meets a real value",
            On.connects(),
            by(FullIsEmpty::new),
            "aHigherLimitNeverAwardsLess"),
        new PlantedBug(
            "a limit meant for awards binds bought credits",
            "a cap meant for free credit blocks bought credit",
            On.connects(),
            by(BindsBought::new),
            "aRefusalHasItsCause"));
  }

  private static final class ShortWindow extends ProgramModel {
    ShortWindow(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long used(Limit limit, Instant at) {
      return limit.window() instanceof Window.Rolling rolling
          ? super.used(with(limit, Window.rolling(rolling.length().minusNanos(1))), at)
          : super.used(limit, at);
    }
  }

  private static Limit with(Limit limit, Window window) {
    return new Limit(limit.name(), limit.max(), window, limit.regained());
  }

  private static final class OwnWindowOnly extends ProgramModel {
    OwnWindowOnly(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long used(Limit limit, Instant at) {
      return limit.window() instanceof Window.Rolling rolling
          ? usedIn(limit.name(), at.minus(rolling.length()).plusNanos(1), at.plusNanos(1))
          : super.used(limit, at);
    }
  }

  private static final class LateIsFree extends ProgramModel {
    LateIsFree(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long used(Limit limit, Instant at) {
      return at.isBefore(clock) ? 0 : super.used(limit, at);
    }
  }

  private static final class OneMore extends ProgramModel {
    OneMore(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long room(Limit limit, long most, Instant at) {
      return super.room(limit, most, at) + 1;
    }
  }

  private static final class CutTooLarge extends ProgramModel {
    CutTooLarge(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long cut(long amount, long left) {
      return left < amount ? super.cut(amount, left + 1) : amount;
    }
  }

  private static final class CountedWhenPosted extends ProgramModel {
    CountedWhenPosted(Program program, Opening opening) {
      super(program, opening);
    }

    private final List<Used> later = new ArrayList<>();

    @Override
    protected void use(Limit limit, Instant at, long amount) {
      later.add(new Used(limit.name(), at, amount));
    }

    @Override
    protected void settle(Waiting award) {
      super.settle(award);
      uses.addAll(later);
      later.clear();
    }
  }

  private static final class ZeroIsUnlimited extends ProgramModel {
    ZeroIsUnlimited(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long room(Limit limit, long most, Instant at) {
      return most == 0 ? Long.MAX_VALUE / 2 : super.room(limit, most, at);
    }
  }

  private static final class CalendarOfUtc extends ProgramModel {
    CalendarOfUtc(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected ZoneId zoneOfDays() {
      return ZoneOffset.UTC;
    }
  }

  private static final class CycleLimitForgets extends ProgramModel {
    CycleLimitForgets(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long used(Limit limit, Instant at) {
      return limit.window() instanceof Window.InCycle
          ? usedIn(limit.name(), at, Instant.MAX)
          : super.used(limit, at);
    }
  }

  private static final class ShortSession extends ProgramModel {
    ShortSession(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected Optional<Instant> sessionOf(String limit, Duration length, Instant at) {
      return super.sessionOf(limit, length.minusNanos(1), at);
    }
  }

  private static final class PendingNotHeld extends ProgramModel {
    PendingNotHeld(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long held(List<String> sources) {
      return sum(source -> sources.isEmpty() || sources.contains(source));
    }
  }

  private static final class BoughtPasses extends ProgramModel {
    BoughtPasses(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected List<Effect.Within> withins(Effect.Grant grant, Policy version) {
      return grant.type() == TransactionType.PURCHASE ? List.of() : super.withins(grant, version);
    }
  }

  private static final class NoRolloverLimitThen extends ProgramModel {
    NoRolloverLimitThen(Program program, Opening opening) {
      super(program, opening);
    }

    private boolean changing;

    @Override
    protected void changePlan(String to, Runnable between) {
      changing = true;
      super.changePlan(to, between);
    }

    @Override
    protected void renew() {
      super.renew();
      changing = false;
    }

    @Override
    protected long surplus(long held, long most) {
      return changing ? 0 : super.surplus(held, most);
    }
  }

  private static final class OneMoreRollsOver extends ProgramModel {
    OneMoreRollsOver(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long surplus(long held, long most) {
      return Math.max(0, super.surplus(held, most) - 1);
    }
  }

  private static final class ForfeitsAll extends ProgramModel {
    ForfeitsAll(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long surplus(long held, long most) {
      return super.surplus(held, most) > 0 ? held : 0;
    }
  }

  private static final class FullIsEmpty extends ProgramModel {
    FullIsEmpty(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected long room(Limit limit, long most, Instant at) {
      long room = super.room(limit, most, at);
      return room == 0 ? most : room;
    }
  }

  private static final class BindsBought extends ProgramModel {
    BindsBought(Program program, Opening opening) {
      super(program, opening);
    }

    @Override
    protected List<Effect.Within> withins(Effect.Grant grant, Policy version) {
      return version.limits().stream()
          .map(limit -> new Effect.Within(limit.name(), Effect.Within.Excess.REFUSE))
          .toList();
    }
  }
}
