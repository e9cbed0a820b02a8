/** Which sessions of Claude Code were begun by invocations: they were named by them. */
import { driverOf } from "#drivers/invocation/input.ts";
import { sessionOf } from "#drivers/invocation/invocation.ts";
import type { Store } from "#store/store.ts";
import type { Entered } from "#workspace/workspaces.ts";

export type BegunHere = (entered: Entered, session?: string) => Promise<string | undefined>;

/** Answers with the invocation's id. What it has read it keeps: invocations only come on top. */
export function openSessions({ db }: Store): BegunHere {
  const known = new Map<number, { last: number; readonly begun: Map<string, string> }>();

  async function readOn(ws: number): Promise<ReadonlyMap<string, string>> {
    const so = known.get(ws) ?? { last: 0, begun: new Map<string, string>() };
    known.set(ws, so);
    const own = { ws, kind: "invocation", driver: driverOf("claude") };
    for (const table of ["live", "executions"] as const) {
      const rows = await db
        .selectFrom(table)
        .select(["no", "id"])
        .where((eb) => eb.and(own))
        .where("no", ">", so.last)
        .execute();
      for (const { id } of rows) for (const name of namesOf(id)) so.begun.set(name, id);
      if (table === "executions") so.last = Math.max(so.last, ...rows.map(({ no }) => no));
    }
    return so.begun;
  }

  return async ({ workspace }, session) =>
    session === undefined ? undefined : (await readOn(workspace.no)).get(session);
}

const MOST_FAILED_BEFORE = 3;

/** Its first round names it, or one soon after where that could not be started. */
function namesOf(id: string): readonly string[] {
  return Array.from({ length: MOST_FAILED_BEFORE }, (_, index) => sessionOf(id, index + 1));
}
