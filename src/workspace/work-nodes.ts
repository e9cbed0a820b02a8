/** Pieces of work for which Agent CLIs run. */
import type { Selectable } from "kysely";

import type { Clock } from "#domain/clock.ts";
import { Fault } from "#domain/fault.ts";
import { type Id, nodeIds } from "#domain/id.ts";
import { compiled, type Store } from "#store/store.ts";
import type { WorkNodeTable } from "#store/tables/workspace.ts";

import { writeActor } from "./actor.ts";
import type { Entered } from "./workspaces.ts";

export interface WorkNode {
  readonly id: Id<"nod">;
  readonly title: string;
  /** Until something drives it, it stays to do. */
  readonly status: "todo";
  readonly createdAt: number;
}

export interface WorkNodes {
  readonly create: (entered: Entered, title: string) => Promise<WorkNode>;
  /** @throws Fault `not_found`, also for another workspace's */
  readonly get: (ws: number, id: string) => Promise<WorkNode>;
}

export function openWorkNodes({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): WorkNodes {
  return {
    create: async ({ workspace, actor }, title) => {
      const node: WorkNode = {
        id: nodeIds.create(),
        title,
        status: "todo",
        createdAt: clock.now(),
      };
      const row = { ws: workspace.no, created_by: writeActor(actor), created_at: node.createdAt };
      const { id, status } = node;
      const inserting = store.db.insertInto("work_node").values({ ...row, id, title, status });
      await store.write([compiled(inserting)]);
      return node;
    },
    get: async (ws, id) => {
      const found = await store.db
        .selectFrom("work_node")
        .selectAll()
        .where("ws", "=", ws)
        .where("id", "=", id)
        .executeTakeFirst();
      if (found !== undefined) return toNode(found);
      throw new Fault("not_found", `There is no work node ${id} in this workspace`);
    },
  };
}

function toNode({ id, title, created_at }: Selectable<WorkNodeTable>): WorkNode {
  return { id: id as Id<"nod">, title, status: "todo", createdAt: created_at };
}
