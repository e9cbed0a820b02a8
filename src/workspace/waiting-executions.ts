/** Executions of an agent that wait while it is saved, and where in their plans. */
import { type Kysely, sql } from "kysely";

import type { WaitingExecutions } from "#contract/problem.ts";
import type { Fact } from "#domain/facts.ts";
import { Fault } from "#domain/fault.ts";
import { changedSteps, doSame, placesOf } from "#domain/plan-changes.ts";
import type { Plan } from "#domain/plan.ts";
import type { Store } from "#store/store.ts";
import type { Tables } from "#store/tables.ts";

import { versionOf } from "./agent-reading.ts";
import type { Agent } from "./agent.ts";

/** One execution or journey that waits. */
interface Waiting {
  readonly no: number;
  readonly lane: number;
  /** What the execution goes by. */
  readonly plan: Plan | null;
  /** The planStep at which it waits; undefined: it waits for its journeys. */
  readonly path: string | undefined;
}

/** @throws Fault `executions_wait` where some wait on a plan that does something else than `next` */
export async function demandNobodyWaits(
  store: Store,
  agent: Agent,
  next: Plan | null,
): Promise<void> {
  if (doSame(agent.plan, next) || !(await doesAnyWait(store, agent))) return;
  const waiting = (await findWaiting(store, agent)).filter(({ plan }) => !doSame(plan, next));
  if (waiting.length === 0) return;
  const told = countWaiting(waiting, next);
  const { executions, journeys } = told;
  const many = executions === 1 ? "1 execution waits" : `${executions} executions wait`;
  const of = journeys === 0 ? "" : `, with ${journeys} ${journeys === 1 ? "journey" : "journeys"}`;
  throw new Fault("executions_wait", `${many} on the plan as it was${of}`, {
    suggestion:
      "Say with `waiting` what becomes of them: finish on the old plan, move to the new one those that have not come to a changed step, or cancel",
    facts: { waiting: told },
  });
}

async function doesAnyWait({ db }: Store, { ws, no }: Agent): Promise<boolean> {
  const open = db.selectFrom("live").select("no").where("ws", "=", ws).where("agent", "=", no);
  const waits = open.where("lane", "=", 0).where("state", "=", "waiting").limit(1);
  return (await waits.executeTakeFirst()) !== undefined;
}

function countWaiting(waiting: readonly Waiting[], next: Plan | null): WaitingExecutions {
  const placed = waiting.flatMap(({ plan, path }) => {
    const step = placesOf(plan).find((one) => one.path === path);
    return step === undefined ? [] : [{ plan, step }];
  });
  const byStep = Map.groupBy(placed, ({ step }) => `${step.path} ${step.planStep.type}`);
  return {
    executions: new Set(waiting.map(({ no }) => no)).size,
    journeys: waiting.filter(({ lane }) => lane > 0).length,
    steps: [...byStep.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { path, planStep } = first.step;
      const movable = all.filter(({ plan }) => isBeforeChange(plan, next, path)).length;
      return [{ step: path, type: planStep.type, waiting: all.length, movable }];
    }),
  };
}

function isBeforeChange(plan: Plan | null, next: Plan | null, path: string): boolean {
  return next !== null && !changedSteps(plan, next).includes(path);
}

interface Row {
  readonly no: number;
  readonly lane: number;
  readonly data: string;
}

async function findWaiting(store: Store, { no: agent, ws }: Agent): Promise<readonly Waiting[]> {
  const rows = await lastAppends(store.heavy, ws, agent);
  const created = await createdOf(store.heavy, [...new Set(rows.map(({ no }) => no))]);
  const versions = new Set(created.values());
  const plans = new Map(
    await Promise.all(
      [...versions].map(async (version) => {
        const saved = await versionOf(store, agent, version);
        return [version, saved?.plan ?? null] as const;
      }),
    ),
  );
  return rows.map(({ no, lane, data }) => {
    const plan = plans.get(created.get(no) ?? 0) ?? null;
    return { no, lane, plan, path: waitsAt(data) };
  });
}

/** Of each lane that waits in an execution of which nothing can move. */
async function lastAppends(db: Kysely<Tables>, ws: number, agent: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select live.no as no, live.lane as lane, facts.data as data
    from live as main
      join live on live.no = main.no and live.state = 'waiting'
      join facts on facts.no = live.no and facts.lane = live.lane and facts.version =
        (select max(version) from facts as f where f.no = live.no and f.lane = live.lane)
    where main.ws = ${ws} and main.agent = ${agent} and main.lane = 0 and main.state = 'waiting'`.execute(
    db,
  );
  return rows;
}

/** The agentVersion that each of them started with. */
async function createdOf(
  db: Kysely<Tables>,
  nos: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ readonly no: number; readonly data: string }>`
    select no, data from facts where lane = 0
      and (no, version) in (select no, min(version) from facts
        where lane = 0 and no in (select value from json_each(${JSON.stringify(nos)})) group by no)`.execute(
    db,
  );
  return new Map(
    rows.flatMap(({ no, data }) => {
      const created = (JSON.parse(data) as readonly Fact[]).find((fact) => fact.t === "created");
      return created?.agentVersion === undefined ? [] : [[no, created.agentVersion] as const];
    }),
  );
}

function waitsAt(data: string): string | undefined {
  const waiting = (JSON.parse(data) as readonly Fact[]).findLast((fact) => fact.t === "waiting");
  return waiting?.on.find((path) => !path.startsWith("each:"));
}
