/** What every ledger promises, about one owner's writes and about everybody's reads. */
import { after, before, suite } from "node:test";

import { claims } from "./conformance/claims.conformance.ts";
import { creations } from "./conformance/creations.conformance.ts";
import { drives } from "./conformance/drives.conformance.ts";
import { ends } from "./conformance/ends.conformance.ts";
import { inboxes } from "./conformance/inboxes.conformance.ts";
import { lanes } from "./conformance/lanes.conformance.ts";
import { lines } from "./conformance/lines.conformance.ts";
import { prunes } from "./conformance/prunes.conformance.ts";
import { reopens } from "./conformance/reopens.conformance.ts";
import { streams } from "./conformance/streams.conformance.ts";
import type { Ledger } from "./ledger.ts";

export interface Keeper {
  readonly open: () => Promise<Ledger>;
  readonly runs: number;
}

export function ledgerConformance(name: string, { open, runs }: Keeper): void {
  suite(`ledger on ${name}`, () => {
    let ledger: Ledger;
    before(async () => {
      ledger = await open();
    });
    after(() => ledger.close());
    creations(() => ledger);
    drives(() => ledger);
    streams(() => ledger, runs);
    inboxes(() => ledger);
    claims(() => ledger);
    lines(() => ledger);
    lanes(() => ledger);
    ends(() => ledger);
    prunes(() => ledger);
    reopens(() => ledger);
  });
}
