/** What tests of invocations have in common. */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

import type { FakeAgents } from "./fake-agents.ts";
import { type Answer, type Stint, untilEnded } from "./server.ts";

type Asking = Pick<Stint, "ask">;
type Agents = Pick<FakeAgents, "folder" | "env">;

/** Starts the agent with that prompt; answers with the id. */
export async function invoke(
  { ask }: Asking,
  { folder, env }: Agents,
  prompt: string,
  more: object = {},
): Promise<string> {
  const body = { cli: "claude", prompt, folder, env, ...more };
  const answer = await ask("POST", "invocations", { body });
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  return answer.body.executionId as string;
}

/** Of what the agent has heard. */
export const isAnswer = (line: string): boolean => line.startsWith("answer ");

/** Runs a command of the shell. */
export function command(
  stint: Asking,
  agents: Agents,
  script: string,
  more: object = {},
): Promise<string> {
  const words = { cli: "command", prompt: undefined, command: ["/bin/sh", "-c", script], ...more };
  return invoke(stint, agents, "", words);
}

export async function shown({ ask }: Asking, id: string): Promise<Answer["body"]> {
  return (await ask("GET", `invocations/${id}`)).body;
}

export async function ended(stint: Stint, id: string): Promise<Answer["body"]> {
  await untilEnded(stint, id);
  return shown(stint, id);
}

export async function goOn({ ask }: Asking, id: string, prompt: string): Promise<number> {
  const answer = await ask("POST", `invocations/${id}/messages`, { body: { prompt } });
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  return answer.body.round as number;
}

export interface Told {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Answer["body"];
}

/** What a follower hears, until the stream ends or it is left. */
export async function* follow(
  { url, key, workspaceId }: Pick<Stint, "url" | "key" | "workspaceId">,
  id: string,
  query = "",
  headers: Readonly<Record<string, string>> = {},
): AsyncGenerator<Told, void> {
  const leave = new AbortController();
  const path = `/api/workspaces/${workspaceId}/invocations/${id}/follow${query}`;
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${key}`, ...headers },
    signal: leave.signal,
  });
  assert.equal(answer.status, 200, await (answer.ok ? "" : answer.text()));
  try {
    let rest = "";
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = `${rest}${part}`.split("\n\n");
      rest = blocks.pop() ?? "";
      yield* blocks.flatMap(toldIn);
    }
  } finally {
    leave.abort();
  }
}

function toldIn(block: string): readonly Told[] {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
  const [event, data] = [field("event"), field("data")];
  return event === undefined ? [] : [{ event, id: field("id"), data: JSON.parse(data ?? "null") }];
}

/** Waits until it has said that. */
export async function untilSays(stint: Stint, id: string, words: string): Promise<void> {
  for await (const { event, data } of follow(stint, id)) {
    if (event === "output" && data.text === words) return;
  }
  throw new Error(`it ended without saying ${words}`);
}

/** Waits until a question is open, that one where it is named; answers with it. */
export async function untilAsked(
  stint: Asking,
  id: string,
  words?: string,
): Promise<Answer["body"]> {
  for (;;) {
    const { questions, status } = await shown(stint, id);
    const [question] = questions;
    if (question !== undefined && (words === undefined || question.words === words))
      return question;
    if (status === "completed") throw new Error("it ended without asking");
    await setTimeout(20);
  }
}
