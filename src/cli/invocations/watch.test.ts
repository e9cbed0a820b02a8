import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";

import { placeOf, reach } from "../reach.ts";
import { type RoundEvent, watch, type Watching } from "./watch.ts";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers each request to follow by the next of these, and any other by an invocation that has ended. */
async function serving(...answers: readonly Answer[]) {
  const asked: { readonly path: string; readonly from: string | undefined }[] = [];
  const server = createServer((request, response) => {
    if (request.url?.includes("/follow") !== true) {
      response.end(JSON.stringify({ id: "inv_1", outcome: "succeeded" }));
      return;
    }
    const from = request.headers["last-event-id"];
    asked.push({ path: request.url, from: from === undefined ? undefined : String(from) });
    answers[asked.length - 1]?.(response, request);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const place = placeOf(undefined, { STINT_URL: `http://127.0.0.1:${port}`, STINT_TOKEN: "k" });
  const client = await reach(place);
  const told: RoundEvent[] = [];
  const left = new AbortController();
  let losses = 0;
  const watching: Watching = {
    desk: {
      place,
      client,
      workspaceId: "ws_1",
      base: "/api/workspaces/ws_1",
      [Symbol.asyncDispose]: async () => {},
    },
    id: "inv_1",
    onEvents: async (events) => void told.push(...events),
    onClient: () => {},
    onLost: () => {
      losses += 1;
    },
    left: left.signal,
  };
  const dispose = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  const words = (): readonly string[] =>
    told.map((event) => (event.type === "text" ? event.text : event.type));
  return { watching, left, asked, words, losses: () => losses, [Symbol.asyncDispose]: dispose };
}

const said = (text: string, id?: string): string => {
  const data = JSON.stringify({ round: 1, type: "text", text, form: "whole", under: null });
  return `event: output\n${id === undefined ? "" : `id: ${id}\n`}data: ${data}\n\n`;
};

test("CL-81 a watch goes on over a lost connection behind the last whole line: nothing is lost or told twice", async () => {
  await using server = await serving(
    (response) => {
      response.write(said("one", "1:10") + said("two, half of its line"));
      setTimeout(() => response.destroy(), 20);
    },
    (response) => response.end(), // ended without having said that the invocation has
    (response) => {
      response.write(said("two") + said("and its other half", "1:20"));
      response.end("event: end\ndata: {}\n\n");
    },
  );
  const ended = await watch({ ...server.watching, from: { round: 1, byte: 0 } });
  assert.equal(ended?.outcome, "succeeded");
  assert.deepEqual(server.words(), ["one", "two", "and its other half"]);
  assert.deepEqual(
    server.asked.map(({ from }) => from),
    [undefined, "1:10", "1:10"],
  );
  assert.match(server.asked[0]?.path ?? "", /follow\?whole=true&round=1&from=0$/);
  assert.equal(server.losses(), 1);
});

test("CL-81 a watch that is left ends at once, without the invocation's end", async () => {
  await using server = await serving((response) => response.write(said("one", "1:10")));
  const watching = watch({
    ...server.watching,
    onEvents: async (events) => {
      await server.watching.onEvents(events);
      server.left.abort();
    },
  });
  assert.equal(await watching, undefined);
  assert.deepEqual(server.words(), ["one"]);
});

test("CL-81 what the server refuses is no loss: it is said, and not tried again", async () => {
  await using server = await serving((response) => {
    response.writeHead(404, { "content-type": "application/problem+json" });
    response.end(JSON.stringify({ code: "not_found", detail: "There is no invocation inv_1" }));
  });
  await assert.rejects(watch(server.watching), /There is no invocation inv_1/);
  assert.equal(server.asked.length, 1);
});
