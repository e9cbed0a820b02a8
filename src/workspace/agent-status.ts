/** Agents as they are paused, held, resumed and deleted. None of it makes a version. */
import type { AgentId } from "#domain/id.ts";
import { telling } from "#ledger/telling.ts";
import { compiled, type Write } from "#store/store.ts";

import { writeBy } from "./actor.ts";
import { getAgent } from "./agent-reading.ts";
import { type Making, moveOn, recording } from "./agent-saving.ts";
import { type Agent, type AgentAct, type PauseReason, statusAfter } from "./agent.ts";
import { agentBreaker, breakers } from "./breakers.ts";
import type { Parts } from "./parts.ts";
import type { Entered } from "./workspaces.ts";

async function resumesAs({ store }: Parts, agent: Agent): Promise<"draft" | "live"> {
  const { resumes_as } = await store.db
    .selectFrom("agent")
    .select("resumes_as")
    .where("no", "=", agent.no)
    .executeTakeFirstOrThrow();
  return resumes_as === "live" ? "live" : "draft";
}

const DONE = { pause: "agent.paused", resume: "agent.resumed" } as const;

/** What a person does to an agent's status is said to its open executions too (3.12-3). */
export async function turn(
  making: Making,
  entered: Entered,
  id: AgentId,
  act: AgentAct & keyof typeof DONE,
): Promise<Agent> {
  const agent = await getAgent(making.store, entered.workspace.no, id);
  const status = statusAfter(act, agent.status, await resumesAs(making, agent));
  const reason = status === "paused" ? "user" : null;
  await making.store.write([
    moveOn(making, agent, { status, paused_reason: reason, hold_until: null }),
    recording(making, entered, agent, DONE[act], { status: [agent.status, status] }),
    ...(act === "resume" ? await rested(making, agent) : []),
    ...telling(agent, { kind: act, body: wordOf(entered), at: making.clock.now() }),
  ]);
  const updatedAt = making.clock.now();
  return { ...agent, status, pausedReason: reason, holdUntil: null, updatedAt };
}

/** Whoever resumes an agent says that its breaker has rested. */
async function rested(making: Making, { no }: Agent): Promise<readonly Write[]> {
  const kept = breakers(making);
  const key = agentBreaker(no);
  const breaker = await kept.read(key);
  return breaker.state === "open" ? [kept.moving(key, breaker, "rested")] : [];
}
const wordOf = ({ actor }: Entered): string =>
  JSON.stringify({ by: writeBy(actor), through: "agent" });

export async function removeAgent(making: Making, entered: Entered, id: AgentId): Promise<Agent> {
  const agent = await getAgent(making.store, entered.workspace.no, id);
  const deletedAt = making.clock.now();
  await making.store.write([
    moveOn(making, agent, { deleted_at: deletedAt }),
    recording(making, entered, agent, "agent.deleted"),
  ]);
  return { ...agent, deletedAt };
}

/** By a limit or a provider: beside whatever else is written, so it never refuses. */
export function pausing(
  { store: { db }, clock }: Parts,
  { no }: Agent,
  reason: PauseReason,
): Write {
  return compiled(
    db
      .updateTable("agent")
      .set({ status: "paused", paused_reason: reason, hold_until: null, updated_at: clock.now() })
      .where("no", "=", no)
      .where("status", "!=", "paused")
      .where("deleted_at", "is", null),
  );
}

export function holding({ store: { db }, clock }: Parts, { no }: Agent, until: number): Write {
  return compiled(
    db
      .updateTable("agent")
      .set({ status: "onHold", hold_until: until, updated_at: clock.now() })
      .where("no", "=", no)
      .where("status", "!=", "paused")
      .where("deleted_at", "is", null),
  );
}

export async function release({ store, clock }: Parts): Promise<readonly number[]> {
  const now = clock.now();
  const due = await store.db
    .selectFrom("agent")
    .select("no")
    .where("status", "=", "onHold")
    .where("hold_until", "<=", now)
    .execute();
  if (due.length === 0) return [];
  const update = store.db
    .updateTable("agent")
    .set((eb) => ({ status: eb.ref("resumes_as"), hold_until: null, updated_at: now }))
    .where("status", "=", "onHold")
    .where("hold_until", "<=", now);
  await store.write([compiled(update)]);
  return due.map(({ no }) => no);
}
