import assert from "node:assert/strict";
import { test } from "node:test";

import { io } from "socket.io-client";

import { readEvents } from "#cli/events.ts";

import { openStint, type Stint, untilEnded } from "./server.ts";
import { addAgent, addContacts, run } from "./steps.ts";

interface Heard {
  readonly position: number;
  readonly type: string;
}

/** The facts of one execution, as they come over server-sent events, until enough have come. */
async function listen(
  { url, key, workspaceId }: Stint,
  id: string,
  from: string | undefined,
  most: number,
): Promise<{ heard: Heard[]; last: string | undefined }> {
  const leave = new AbortController();
  const headers = {
    authorization: `Bearer ${key}`,
    ...(from !== undefined && { "last-event-id": from }),
  };
  const path = `/api/workspaces/${workspaceId}/events?executionId=${id}`;
  const answer = await fetch(`${url}${path}`, { headers, signal: leave.signal });
  assert.equal(answer.status, 200);
  const heard: Heard[] = [];
  let last = from;
  for await (const { id: cursor, event, data } of readEvents(
    answer.body!.pipeThrough(new TextDecoderStream()),
  )) {
    last = cursor;
    if (event === "execution.facts") heard.push(...(JSON.parse(data) as { facts: Heard[] }).facts);
    const isEnd = event === "execution.changed" && JSON.parse(data).execution.completedAt !== null;
    if (heard.length >= most || isEnd) break;
  }
  leave.abort();
  return { heard, last };
}

test("L-8 a reader of events that comes back with the last id that it saw misses nothing and hears nothing twice", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 6);
  const agent = await addAgent(stint.ask);
  const ledgerId = (await listenForCursor(stint)).split(".")[0];
  const id = (await stint.ask("POST", `agents/${agent}/trigger`)).body.executionId as string;
  const heard: Heard[] = [];
  let from: string | undefined = `${ledgerId}.0`;
  for (let round = 0; round < 100; round += 1) {
    const part = await listen(stint, id, from, 7);
    heard.push(...part.heard);
    from = part.last;
    if (
      heard.some(
        ({ type }, index) =>
          type === "completed" && heard[index + 1] === undefined && part.heard.length < 7,
      )
    )
      break;
  }
  await untilEnded(stint, id);
  const all = await readFacts(stint, id);
  assert.deepEqual(
    heard.map(({ position }) => position),
    all,
  );
});

async function listenForCursor({ url, key, workspaceId }: Stint): Promise<string> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/api/workspaces/${workspaceId}/events`, { headers });
  for await (const { id } of readEvents(answer.body!.pipeThrough(new TextDecoderStream()))) {
    if (id !== undefined) return id;
  }
  throw new Error("no cursor");
}

async function readFacts({ ask }: Stint, id: string): Promise<number[]> {
  const positions: number[] = [];
  let cursor = "";
  do {
    const { body } = await ask(
      "GET",
      `executions/${id}/facts?limit=50${cursor === "" ? "" : `&cursor=${cursor}`}`,
    );
    positions.push(...body.items.map(({ position }: Heard) => position));
    cursor = (body.nextCursor as string | null) ?? "";
  } while (cursor !== "");
  return positions;
}

test("L-8 Socket.io tells the same facts, from the cursor that its client names", async () => {
  await using stint = await openStint();
  await addContacts(stint.ask, 4);
  const { id } = await run(stint, await addAgent(stint.ask));
  const ledgerId = (await listenForCursor(stint)).split(".")[0];
  const socket = io(stint.url, {
    auth: { key: stint.key },
    transports: ["websocket"],
    reconnection: false,
  });
  try {
    const all = await readFacts(stint, id as string);
    const heard: number[] = [];
    const complete = new Promise<void>((resolve) => {
      socket.on("execution.facts", ({ facts }: { facts: Heard[] }) => {
        heard.push(...facts.map(({ position }) => position));
        if (heard.length >= all.length) resolve();
      });
    });
    const follow = { workspaceId: stint.workspaceId, executionId: id, cursor: `${ledgerId}.0` };
    const answer = (await socket.emitWithAck("follow", follow)) as { ok?: boolean };
    assert.equal(answer.ok, true, JSON.stringify(answer));
    await complete;
    assert.deepEqual(heard, all);
    const refused = await socket.emitWithAck("follow", { workspaceId: "ws_other" });
    assert.equal(refused.problem.status, 404);
  } finally {
    socket.disconnect();
  }
});

test("L-8 a cursor of another ledger is answered with a reset, a socket without a key with a refusal", async () => {
  await using stint = await openStint();
  const leave = new AbortController();
  const answer = await fetch(`${stint.url}/api/workspaces/${stint.workspaceId}/events`, {
    headers: { authorization: `Bearer ${stint.key}`, "last-event-id": "another-ledger.5" },
    signal: leave.signal,
  });
  for await (const { event, data } of readEvents(
    answer.body!.pipeThrough(new TextDecoderStream()),
  )) {
    if (event === "message") continue;
    assert.equal(event, "reset");
    assert.match((JSON.parse(data) as { cursor: string }).cursor, /\.\d+$/);
    break;
  }
  leave.abort();
  const socket = io(stint.url, { transports: ["websocket"], reconnection: false });
  const refused = await new Promise<Error>((resolve) => socket.once("connect_error", resolve));
  assert.match(refused.message, /Nobody is signed in/);
  socket.disconnect();
});
