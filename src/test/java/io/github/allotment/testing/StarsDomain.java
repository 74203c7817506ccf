package io.github.allotment.testing;

import io.github.allotment.testkit.AllotmentDomain;

// The page shows the lines from here
/** Histories and wallets of the stars. */
class StarsDomain extends AllotmentDomain {

  StarsDomain() {
    super(Stars.program());
  }
}
// to here.
