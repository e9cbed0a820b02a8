import { sql } from "kysely";

import { compiled, type Store, type Write } from "#store/store.ts";

import type { Change } from "./change.ts";
import { keyOfAddress } from "./email-address.ts";

/** Addresses that must not be written to, whoever they belong to now or later. */
export interface Suppressions {
  readonly isSuppressed: (ws: number, address: string) => Promise<boolean>;
  /** Of these addresses, those that are on the list, as they are compared. */
  readonly among: (ws: number, addresses: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly add: (change: Change, address: string, reason: string) => readonly Write[];
  readonly remove: (change: Change, address: string) => readonly Write[];
}

export function suppressions({ db }: Pick<Store, "db">): Suppressions {
  async function among(ws: number, addresses: readonly string[]): Promise<ReadonlySet<string>> {
    const keys = JSON.stringify(addresses.map(keyOfAddress));
    const asked = sql<boolean>`address in (select value from json_each(${keys}))`;
    const query = db.selectFrom("suppression").select("address").where("ws", "=", ws).where(asked);
    return new Set((await query.execute()).map((row) => row.address));
  }

  return {
    among,
    isSuppressed: async (ws, address) => (await among(ws, [address])).size > 0,
    add: ({ ws, at }, address, reason) => {
      const row = { ws, address: keyOfAddress(address), reason, at };
      const insert = db.insertInto("suppression").values(row);
      return [compiled(insert.onConflict((conflict) => conflict.doNothing()))];
    },
    remove: ({ ws }, address) => {
      const query = db.deleteFrom("suppression").where("ws", "=", ws);
      return [compiled(query.where("address", "=", keyOfAddress(address)))];
    },
  };
}
