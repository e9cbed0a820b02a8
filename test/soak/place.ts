/** The workspace of a soak: its contacts, its agents, and what their executions came to. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { type Ask, asker, signIn } from "../acceptance/server.ts";
import { OWNER } from "./server-process.ts";

const INSTRUCTIONS =
  "Find contacts with status Lead.\nSend the 'Welcome' email.\nAdd tag 'Welcomed'.\nCreate task: Call @contact.firstName in 3 days";
export const LOSE_ANSWERS = 0.1;
const LONGEST_MS = 180_000;

interface Disturbance {
  readonly contacts: number;
  readonly seed: number;
  readonly latencyMs: number;
}

/** A workspace on the server, wherever that answers at the moment. */
export interface Place {
  readonly at: (url: string) => Ask;
  readonly runUndisturbed: () => Promise<string | null>;
  readonly start: () => Promise<string>;
}

export async function prepare(
  url: string,
  { contacts, seed, latencyMs }: Disturbance,
): Promise<Place> {
  const session = asker(url, "", { cookie: await signIn(url, OWNER), origin: url });
  const { items } = (await session("GET", "/api/workspaces")).body as { items: { id: string }[] };
  const workspaceId = items[0]?.id ?? "";
  const made = await session("POST", `/api/workspaces/${workspaceId}/keys`, {
    body: { name: "soak", role: "owner" },
  });
  const identity = { authorization: `Bearer ${(made.body as { key: string }).key}` };
  const at = (address: string): Ask => asker(address, workspaceId, identity);
  const ask = at(url);
  await fill(ask, contacts);
  const newAgent = (name: string): Promise<string> => addAgent(ask, name, contacts);
  return {
    at,
    runUndisturbed: async () => {
      const id = await trigger(ask, await newAgent("Undisturbed"));
      return (await ended(ask, id)).summary;
    },
    start: async () => {
      const body = { latencyMs, loseAnswerRate: LOSE_ANSWERS, seed };
      assert.equal((await ask("PATCH", "sandbox", { body })).status, 200);
      return await trigger(ask, await newAgent("Disturbed"));
    },
  };
}

async function fill(ask: Ask, contacts: number): Promise<void> {
  const rows = Array.from({ length: contacts }, (_, i) => `N${i + 1},n${i + 1}@acme.test,Lead`);
  const text = ["First name,Email,Status", ...rows].join("\n");
  const report = await ask("POST", "contacts/import", { text, type: "text/csv" });
  assert.equal(report.body.imported, contacts, JSON.stringify(report.body));
  const template = {
    name: "Welcome",
    subject: "Hi @contact.firstName",
    body: "Dear @contact.firstName",
  };
  assert.equal((await ask("POST", "templates", { body: template })).status, 201);
}

async function addAgent(ask: Ask, name: string, contacts: number): Promise<string> {
  const restrictions = { maxEmailsPerDay: contacts };
  const made = await ask("POST", "agents", {
    body: { name, instructions: INSTRUCTIONS, restrictions },
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.id as string;
}

async function trigger(ask: Ask, agent: string): Promise<string> {
  const started = await ask("POST", `agents/${agent}/trigger`);
  assert.equal(started.status, 202, JSON.stringify(started.body));
  return started.body.executionId as string;
}

export interface Shown {
  readonly status: string;
  readonly completedAt: string | null;
  readonly summary: string | null;
  readonly warnings: number;
  readonly error: unknown;
}

export async function ended(ask: Ask, id: string): Promise<Shown> {
  const before = performance.now() + LONGEST_MS;
  for (;;) {
    const shown = (await ask("GET", `executions/${id}`)).body as Shown;
    if (shown.completedAt !== null) return shown;
    assert.ok(
      performance.now() < before,
      `it has not ended: ${JSON.stringify(shown).slice(0, 500)}`,
    );
    await sleep(200);
  }
}

export async function mailedIn(ask: Ask, id: string): Promise<readonly string[]> {
  const to: string[] = [];
  let cursor = "";
  do {
    const { body } = await ask("GET", `outbox?executionId=${id}&limit=200${cursor}`);
    to.push(...(body.items as { to: string }[]).map((message) => message.to));
    cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`;
  } while (cursor !== "");
  return to;
}
