import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { QueryClient } from "@tanstack/react-query";

import type { LiveMessage } from "#contract/live.ts";

import { addRows, applyLive, replaceRow } from "./changes.ts";
import { openLive, type Wire } from "./live.ts";
import { throttle } from "./throttle.ts";

function fakeWire() {
  const listeners = new Map<string, (argument?: unknown) => void>();
  const emitted: [string, unknown][] = [];
  const wire: Wire = {
    on: (event, listener) => listeners.set(event, listener),
    emit: (event, argument, acknowledge) => {
      emitted.push([event, argument]);
      acknowledge({ ok: true, cursor: "l.1" });
    },
    close: () => undefined,
  };
  return {
    wire,
    emitted,
    hear: (event: string, argument?: unknown) => listeners.get(event)?.(argument),
  };
}

const topic = { workspaceId: "ws_1" };

test("WB-25 after a lost connection every topic is followed again and what is shown is read again", () => {
  const { wire, emitted, hear } = fakeWire();
  let resyncs = 0;
  const live = openLive(wire, () => (resyncs += 1));
  live.follow(topic);
  assert.equal(emitted.length, 0, "nothing is asked before there is a connection");
  hear("connect");
  assert.equal(live.status(), "live");
  hear("disconnect");
  assert.equal(live.status(), "lost");
  hear("connect");
  assert.deepEqual(
    emitted.map(([event]) => event),
    ["follow", "follow"],
  );
  assert.equal(resyncs, 2);
  hear("reset", { type: "reset", cursor: "l.2" });
  assert.equal(resyncs, 3);
});

test("WB-26 a topic is followed once however many show it, and left when the last is gone", () => {
  const { wire, emitted, hear } = fakeWire();
  const live = openLive(wire, () => {});
  hear("connect");
  const [first, second] = [live.follow(topic), live.follow(topic)];
  first();
  assert.equal(emitted.length, 1);
  second();
  assert.deepEqual(
    emitted.map(([event]) => event),
    ["follow", "unfollow"],
  );
});

const pages = (...ids: string[]) => ({
  pages: [{ items: ids.map((id) => ({ id, n: 0 })), nextCursor: null }],
  pageParams: [undefined],
});

test("WB-27 a row changes in place, and new rows go on top once", () => {
  const changed = replaceRow(pages("a", "b"), "b", (row) => ({ ...row, n: 1 }));
  assert.deepEqual(changed?.pages[0]?.items, [
    { id: "a", n: 0 },
    { id: "b", n: 1 },
  ]);
  const same = pages("a");
  assert.equal(
    replaceRow(same, "x", (row) => row),
    same,
  );
  const added = addRows(pages("a"), [
    { id: "b", n: 2 },
    { id: "a", n: 9 },
  ]);
  assert.deepEqual(
    added?.pages[0]?.items.map(({ id, n }) => [id, n]),
    [
      ["b", 2],
      ["a", 0],
    ],
  );
});

test("WB-28 a changed execution changes its row, its page and its agent's last outcome", () => {
  const client = new QueryClient();
  const row = { id: "run_1", status: "running" };
  const page = (item: object) => ({
    pages: [{ items: [item], nextCursor: null }],
    pageParams: [undefined],
  });
  client.setQueryData(["executions", "ws_1", null, {}], page(row));
  client.setQueryData(["execution", "ws_1", "run_1"], { ...row, steps: ["kept"] });
  client.setQueryData(["agents", "ws_1", {}], page({ id: "agt_1", lastExecution: null }));
  const execution = {
    id: "run_1",
    kind: "automation",
    status: "completed",
    phase: "succeeded",
    createdAt: "2026-11-21T00:00:00.000Z",
    agent: { id: "agt_1" },
  };
  applyLive(client, "ws_1", {
    type: "execution.changed",
    cursor: "l.1",
    execution,
  } as unknown as LiveMessage);
  const at = (key: unknown[]): { pages: { items: unknown[] }[] } => client.getQueryData(key)!;
  assert.deepEqual(at(["executions", "ws_1", null, {}]).pages[0]?.items, [execution]);
  assert.deepEqual(client.getQueryData(["execution", "ws_1", "run_1"]), {
    ...execution,
    steps: ["kept"],
  });
  const [agent] = at(["agents", "ws_1", {}]).pages[0]!.items as [
    { lastExecution: { status: string } },
  ];
  assert.equal(agent.lastExecution.status, "completed");
});

test("WB-29 many changes at once are one reading at once and one after, the last never lost", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let calls = 0;
  const throttled = throttle(() => (calls += 1), 100);
  for (let i = 0; i < 50; i += 1) throttled.call();
  assert.equal(calls, 1);
  mock.timers.tick(100);
  assert.equal(calls, 2);
  mock.timers.tick(1000);
  assert.equal(calls, 2);
  mock.timers.reset();
});
