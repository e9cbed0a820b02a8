import type { Clock } from "#domain/clock.ts";
import type { Store } from "#store/store.ts";

import type { Audit } from "./audit.ts";

/** What the parts of a workspace are made of. */
export interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
}
