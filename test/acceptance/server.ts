/** A whole Stint in this process, on a free port and in a folder of its own, as a client sees it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type App, openApp } from "#app";
import type { Role } from "#contract/rights.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What the API answers is what these tests are about.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface AskOptions {
  readonly body?: unknown;
  readonly text?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Ask = (method: string, path: string, options?: AskOptions) => Promise<Answer>;

export interface Stint extends AsyncDisposable {
  readonly app: App;
  readonly url: string;
  readonly data: string;
  readonly workspaceId: string;
  /** As the owner; paths without a leading slash are the workspace's. */
  readonly ask: Ask;
  /** As a new API key of that role. */
  readonly as: (role: Role) => Promise<Ask>;
  readonly key: string;
}

const OWNER = { email: "olga@acme.test", password: "correct horse" };

export interface Opening {
  readonly example?: boolean;
  /** A folder that stays when it is closed. */
  readonly data?: string;
}

export async function openStint({ example = false, data }: Opening = {}): Promise<Stint> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), "stint-api-")));
  const app = await openApp({ data: folder, port: 0, log: "silent", example, owner: OWNER });
  const url = app.url ?? "";
  const cookie = await signIn(url);
  const session = asker(url, "", { cookie, origin: url });
  const { items } = (await session("GET", "/api/workspaces")).body as { items: { id: string }[] };
  const workspaceId = items[0]?.id ?? "";
  const keyFor = async (role: Role): Promise<string> => {
    const made = await session("POST", `/api/workspaces/${workspaceId}/keys`, {
      body: { name: role, role },
    });
    return (made.body as { key: string }).key;
  };
  const bearer = (key: string): Ask => asker(url, workspaceId, { authorization: `Bearer ${key}` });
  const key = await keyFor("owner");
  return {
    app,
    url,
    data: folder,
    workspaceId,
    key,
    ask: bearer(key),
    as: async (role) => bearer(await keyFor(role)),
    [Symbol.asyncDispose]: async () => {
      await app.close();
      if (data === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function signIn(url: string, { email, password } = OWNER): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

export function asker(
  url: string,
  workspaceId: string,
  identity: Readonly<Record<string, string>>,
): Ask {
  return async (method, path, { body, text, type = "application/json", headers = {} } = {}) => {
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const given =
      payload === undefined
        ? { headers: { ...identity, ...headers } }
        : { headers: { "content-type": type, ...identity, ...headers }, body: payload };
    const full = path.startsWith("/") ? path : `/api/workspaces/${workspaceId}/${path}`;
    return readAnswer(await fetch(`${url}${full}`, { method, ...given }));
  };
}

async function readAnswer(answer: Response): Promise<Answer> {
  const said = await answer.text();
  const isJson = answer.headers.get("content-type")?.includes("json") === true;
  const body: unknown = isJson ? JSON.parse(said) : said;
  return { status: answer.status, headers: answer.headers, body };
}

/** Waits for the live feed to say that it has ended, and answers with it. */
export async function untilEnded(stint: Stint, executionId: string): Promise<Answer["body"]> {
  return until(stint, executionId, ({ completedAt }) => completedAt !== null);
}

/** Looks at an execution after each change that the live feed tells of. */
export async function until(
  { url, key, workspaceId, ask }: Stint,
  executionId: string,
  isSo: (execution: Answer["body"]) => boolean,
): Promise<Answer["body"]> {
  const path = `/api/workspaces/${workspaceId}/events?executionId=${executionId}`;
  const leave = new AbortController();
  const stream = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${key}` },
    signal: leave.signal,
  });
  try {
    const look = async (): Promise<Answer["body"]> =>
      (await ask("GET", `executions/${executionId}`)).body;
    let execution = await look();
    if (isSo(execution)) return execution;
    const reader = stream.body?.getReader();
    while ((await reader?.read())?.done === false) {
      execution = await look();
      if (isSo(execution)) return execution;
    }
    throw new Error(`the feed ended: ${JSON.stringify(execution)}`);
  } finally {
    leave.abort();
  }
}
