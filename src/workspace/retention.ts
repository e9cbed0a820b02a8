/** How long ended executions are kept, kind by kind, and whether they go to the archive then. */
import { Fault } from "#domain/fault.ts";
import { type Kind, KINDS } from "#domain/kinds.ts";
import { compiled, type Store } from "#store/store.ts";

import type { Parts } from "./parts.ts";
import type { Entered, Tier, Workspace } from "./workspaces.ts";

export interface Policy {
  readonly kind: Kind;
  /** Days after its end; null: for ever. */
  readonly days: number | null;
  readonly archive: boolean;
  /** Nobody chose it: it follows the workspace's tier. */
  readonly isDefault: boolean;
}
export type NewPolicy = Omit<Policy, "isDefault">;

export interface Retention {
  /** One for every kind. */
  readonly of: (workspace: Workspace) => Promise<readonly Policy[]>;
  /** Kinds that are not named follow the tier from now on. @throws Fault `invalid` for a kind that stands there twice */
  readonly replace: (
    entered: Entered,
    policies: readonly NewPolicy[],
  ) => Promise<readonly Policy[]>;
}

/** 3.13-5 */
const DAYS: Readonly<Record<Tier, number>> = { standard: 30, enterprise: 365 };

const ALL_KINDS = Object.keys(KINDS) as readonly Kind[];

export function retention({ store, audit }: Pick<Parts, "store" | "audit">): Retention {
  return {
    of: (workspace) => read(store, workspace),
    replace: async (entered, policies) => {
      checkOnce(policies);
      const { workspace, actor } = entered;
      const { no: ws, id, name } = workspace;
      const before = (await read(store, workspace)).filter(({ isDefault }) => !isDefault);
      const rows = policies.map(({ kind, days, archive }) => ({
        ws,
        kind,
        days,
        archive: archive ? 1 : 0,
      }));
      await store.write([
        compiled(store.db.deleteFrom("retention").where("ws", "=", ws)),
        ...rows.map((row) => compiled(store.db.insertInto("retention").values(row))),
        audit.recording(ws, {
          by: actor,
          action: "retention.replaced",
          target: { type: "workspace", id, name },
          changes: { policies: [before.map(phrase), policies.map(phrase)] },
        }),
      ]);
      return read(store, workspace);
    },
  };
}

async function read({ db }: Store, { no, tier }: Workspace): Promise<readonly Policy[]> {
  const rows = await db.selectFrom("retention").selectAll().where("ws", "=", no).execute();
  const chosen = new Map(rows.map((row) => [row.kind, row]));
  return ALL_KINDS.map((kind) => {
    const row = chosen.get(kind);
    return row === undefined
      ? { kind, days: DAYS[tier], archive: true, isDefault: true }
      : { kind, days: row.days, archive: row.archive === 1, isDefault: false };
  });
}

const phrase = ({ kind, days, archive }: NewPolicy): string =>
  `${kind}: ${days === null ? "for ever" : `${days} days`}${archive ? ", then archived" : ""}`;

function checkOnce(policies: readonly NewPolicy[]): void {
  const kinds = policies.map(({ kind }) => kind);
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice === undefined) return;
  throw new Fault("invalid", `The kind ${twice} stands there twice`);
}
