/** Tries an ended execution of an agent again: from where on, on which plan, for whom; and what that will repeat. */
import type { z } from "zod";

import { mayDo } from "#contract/rights.ts";
import type { retriedSchema, retrySchema } from "#contract/shapes/executions.ts";
import type { Entity } from "#domain/catalogue.ts";
import { Fault } from "#domain/fault.ts";
import { AUTOMATION } from "#drivers/automation/automation.ts";
import type { Selected } from "#drivers/automation/input.ts";
import { storedKey } from "#drivers/automation/request-key.ts";
import { upcast } from "#ledger/upcast.ts";
import { writeBy } from "#workspace/actor.ts";
import type { Agent } from "#workspace/agent.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { orArchived } from "../invocations/archived.ts";
import { demandMayRun, keyed, record, type RunNeeds } from "./acting.ts";
import type { ExecutionRow } from "./rows.ts";

export type Retrying = z.output<typeof retrySchema>;
export type Retried = z.input<typeof retriedSchema>;

export async function retry(
  needs: RunNeeds,
  entered: Entered,
  id: string,
  how: Retrying,
  key: string | undefined,
): Promise<Retried> {
  const row = await needs.executions.row(entered.workspace.no, id);
  if (row.kind === "invocation") return retryInvocation(needs, entered, row, key);
  const only = how.only === undefined ? undefined : await failedOf(needs, row);
  return tryAgain(needs, entered, row, { ...how, only }, keyed(key, ["retry", row.id], how));
}

/** From its first prompt, in a new session. Who may not start one may not have it started again. */
async function retryInvocation(
  { engine, audit }: RunNeeds,
  entered: Entered,
  row: ExecutionRow,
  key: string | undefined,
): Promise<Retried> {
  demandEnded(row);
  if (!mayDo(entered.role, "invocations:run"))
    throw new Fault(
      "forbidden",
      `Your role here is ${entered.role}; Agent CLIs are started by Admins`,
    );
  const requested = keyed(key, ["retry", row.id]);
  const by = writeBy(entered.actor);
  const again = { by, ...(requested !== undefined && { key: storedKey(requested) }) };
  const { id } = await orArchived(row.id, engine.retry(row.id, again), START_ANEW);
  await record({ audit }, entered, id, "execution.retried", { of: row.id });
  return { executionId: id, warning: null };
}

const START_ANEW =
  "Start another with its prompt or command; GET …/invocations/:executionId tells them";

/** One journey of an ended execution, from where it failed. @throws Fault `conflict` for one that got through */
export async function retryJourney(
  needs: RunNeeds,
  entered: Entered,
  id: string,
  lane: number,
  key: string | undefined,
): Promise<Retried> {
  const row = await needs.executions.row(entered.workspace.no, id);
  const only = await journeyOf(needs, row, lane);
  const how = { from: "failed", version: "original", only } as const;
  return tryAgain(needs, entered, row, how, keyed(key, ["retry", row.id, String(lane)]));
}

interface How extends Omit<Retrying, "only"> {
  readonly only: Selected | undefined;
}

async function tryAgain(
  needs: RunNeeds,
  entered: Entered,
  row: ExecutionRow,
  { version, only, from = only === undefined ? "start" : "failed" }: How,
  key: ReturnType<typeof keyed>,
): Promise<Retried> {
  demandEnded(row);
  const agent = await agentOf(needs, row);
  demandMayRun(entered, agent);
  const { workspace, actor } = entered;
  const retryOf = row.id;
  const by = writeBy(actor);
  const warning = from === "start" ? await warn(needs, row) : null;
  const executionId = await needs.beginAgain({
    workspace,
    agent,
    version,
    retryOf,
    from,
    only,
    by,
    key,
  });
  await record(needs, entered, executionId, "execution.retried", {
    of: row.id,
    from,
    version,
    ...(only !== undefined && { journeys: only.ids.length }),
  });
  return { executionId, warning };
}

function demandEnded({ endedAt }: ExecutionRow): void {
  if (endedAt !== null) return;
  throw new Fault("conflict", "This execution has not ended yet", {
    suggestion: "Cancel it first, or wait for its end",
  });
}

async function agentOf(
  { agents }: Pick<RunNeeds, "agents">,
  { driver, agent: no }: ExecutionRow,
): Promise<Agent> {
  if (driver !== AUTOMATION) {
    throw new Fault(
      "conflict",
      `Only an agent's execution can be retried here; this is one of "${driver}"`,
      {
        suggestion: "Retry a program's where the program is: stint.retry(id, { from })",
      },
    );
  }
  const agent = await agents.byNo(no);
  if (agent !== undefined && agent.deletedAt === null) return agent;
  throw new Fault("conflict", "The agent of this execution was deleted", {
    suggestion: "Make a new agent with its instructions and run that",
  });
}

/** From the start it is a run of its own: it writes to the same people again. */
async function warn({ executions }: RunNeeds, row: ExecutionRow): Promise<string | null> {
  const n = await executions.mailedBy(row);
  if (n === 0) return null;
  return `${row.id} had mailed ${n === 1 ? "1 person" : `${n} people`}: this retry begins at the start and may mail them again.`;
}

const TYPES: Readonly<Record<string, Entity>> = { con: "contact", com: "company", deal: "deal" };
const typeOf = (id: string): Entity => TYPES[id.slice(0, id.indexOf("_"))] ?? "contact";

/** @throws Fault `conflict` where none has failed, or some of several kinds have */
async function failedOf({ store }: RunNeeds, { no, id }: ExecutionRow): Promise<Selected> {
  const rows = await store.db
    .selectFrom("journeys")
    .select("entity")
    .where("no", "=", no)
    .where("state", "=", "failed")
    .execute();
  const ids = [...new Set(rows.flatMap(({ entity }) => entity ?? []))];
  const [first, another] = [...new Set(ids.map(typeOf))];
  if (first !== undefined && another === undefined) return { entity: first, ids };
  const why =
    first === undefined
      ? `No journey of ${id} has failed`
      : `Journeys of several kinds have failed (${first}, ${another})`;
  throw new Fault("conflict", why, { suggestion: 'Retry with "from": "failed" instead' });
}

async function journeyOf(
  { store }: RunNeeds,
  { no }: ExecutionRow,
  lane: number,
): Promise<Selected> {
  const journey = await store.db
    .selectFrom("journeys")
    .select(["entity", "state"])
    .where("no", "=", no)
    .where("lane", "=", lane)
    .executeTakeFirst();
  if (journey === undefined || journey.entity === null) {
    throw new Fault("not_found", `There is no journey ${lane} in this execution`, {
      suggestion: "GET …/journeys lists those there are",
    });
  }
  const { entity, state } = journey;
  const isThrough = state === "completed" || state === "skipped";
  if (!isThrough && !(await wasStopped(store, no, lane)))
    return { entity: typeOf(entity), ids: [entity] };
  const why = isThrough ? `is ${state}` : "was stopped by a person";
  throw new Fault("conflict", `Journey ${lane} ${why}: there is nothing to try again`, {
    suggestion: "Retry the execution from a step, or run its agent for this contact",
  });
}

async function wasStopped({ db }: RunNeeds["store"], no: number, lane: number): Promise<boolean> {
  const ends = db.selectFrom("facts").select(["v", "data"]).where("no", "=", no);
  const last = await ends.where("lane", "=", lane).orderBy("version", "desc").executeTakeFirst();
  const end = last === undefined ? undefined : upcast(last.v, last.data).at(-1);
  return end?.t === "canceled" && end.by !== "system";
}
