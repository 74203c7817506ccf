package io.github.allotment;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Puts rows in the order in which a {@link WalletState} lists them. */
final class WalletStates {

  private WalletStates() {}

  static WalletState of(Collection<? extends Row> rows) {
    List<Standing> standing = pick(rows, Standing.class, comparing(Standing::key));
    checkArgument(!standing.isEmpty(), "a wallet's state must have its standing");
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
}
