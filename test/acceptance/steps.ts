/** What the acceptance tests of the API do again and again. */
import assert from "node:assert/strict";

import { type Answer, type Ask, type Stint, untilEnded } from "./server.ts";

export const WELCOME =
  "Find contacts with status Lead.\nSend the 'Welcome' email.\nAdd tag 'Welcomed'.";

export async function addContacts(ask: Ask, count: number, status = "Lead"): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 1; i <= count; i += 1) {
    const body = { firstName: `N${i}`, email: `n${i}@acme.test`, status };
    ids.push((await ask("POST", "contacts", { body })).body.id as string);
  }
  return ids;
}

export async function addAgent(
  ask: Ask,
  instructions = WELCOME,
  more: object = {},
): Promise<string> {
  await ask("POST", "templates", {
    body: {
      name: "Welcome",
      subject: "Hi @contact.firstName",
      body: "Welcome, @contact.firstName.",
    },
  });
  const made = await ask("POST", "agents", { body: { name: "Welcome", instructions, ...more } });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body.id as string;
}

export async function run(stint: Stint, agent: string): Promise<Answer["body"]> {
  const started = await stint.ask("POST", `agents/${agent}/trigger`);
  assert.equal(started.status, 202, JSON.stringify(started.body));
  return untilEnded(stint, started.body.executionId as string);
}

export function assertProblem(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
  assert.equal(answer.body.code, code);
  assert.ok(answer.body.detail !== "" && answer.body.title !== "");
}
