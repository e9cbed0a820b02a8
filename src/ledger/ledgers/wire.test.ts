import assert from "node:assert/strict";
import { test } from "node:test";

import type { CreateItem, DriveItem, EndItem, Identity, Item } from "../items.ts";
import type { Settled } from "./batch.ts";
import { answersFromWire, answersToWire, itemsFromWire, itemsToWire } from "./wire.ts";

const identity: Identity = {
  id: "prg_1",
  ws: 1,
  kind: "program",
  agent: 7,
  target: "con_1",
  driver: "greet",
  driverVersion: "2",
  trigger: "api",
  label: "a label",
  parentNo: 3,
};
const append = { at: 10, count: 2, data: "[]", payloads: [{ part: 0, subject: null, body: "1" }] };
const place = { no: 4, lane: 1, version: 5, epoch: 6 };
const writes = [{ sql: "update x", parameters: [1], expect: 1 }];
const release = ["agent:7"];

const create: Required<CreateItem> = {
  op: "create",
  ...append,
  identity,
  state: "running",
  startedAt: null,
  owner: { id: "node", incarnation: 2 },
  readyAt: 11,
  guards: ["agent:7"],
  command: { key: "k", answer: "a" },
  writes,
  counted: "nod_1",
};
const drive: Required<DriveItem> = {
  op: "drive",
  ...append,
  ...place,
  state: "waiting",
  startedAt: 8,
  planStep: "s1",
  writes,
  consumed: [1, 2],
  opened: [{ lane: 2, entity: "con_2", ...append }],
  children: [create],
  park: { wake: 1, readyAt: null },
  blocked: null,
  paused: "usr_1",
  release,
  retake: ["agent:8"],
};
const end: Required<EndItem> = {
  op: "end",
  ...append,
  ...place,
  state: "completed",
  planStep: "s2",
  writes,
  release,
  ended: {
    identity,
    createdAt: 1,
    startedAt: 2,
    endedAt: 12,
    waitedMs: 3,
    steps: 4,
    retries: 5,
    warnings: 6,
    errorCode: "x",
    figures: "{}",
    spending: {
      cost: 7,
      unknown: 8,
      tokens: { input: 1, cacheRead: 2, cacheWrite: 3, output: 4 },
    },
    day: 9,
  },
  notify: { no: 1, lane: 0, body: "{}" },
};
const from = [{ ws: 1, agent: 7, begun: true, most: 2 }];
const claim: Item = { op: "claim", owner: { id: "node", incarnation: 2 }, at: 1, from };
const bare: Item = {
  op: "drive",
  ...place,
  at: 1,
  count: 0,
  data: "[]",
};

/** What is undefined is as good as not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const travel = <T>(wire: T): T => structuredClone(wire);

test("LW-1 every field of an item arrives at the writer, whatever else travels with it", () => {
  const items = [create, bare, claim, drive, end, bare];
  assert.deepEqual(plain(itemsFromWire(travel(itemsToWire(items)))), plain(items));
});

test("LW-2 every answer arrives as it was given", () => {
  const settled: Settled[] = [
    { outcome: { ok: true, no: 1, position: 2 } },
    { outcome: { ok: true, position: 3, parked: false } },
    { outcome: { ok: true, position: 4, parked: true } },
    { outcome: { ok: true, position: 5 } },
    { outcome: { ok: false, why: "lost" } },
    { outcome: { ok: false, why: "repeated", no: 5, answer: "prg_1" } },
    { outcome: [] },
    { outcome: 2 },
    { outcome: { ok: true, no: 9, repeated: false } },
    { error: "no such table", conflict: false },
  ];
  assert.deepEqual(answersFromWire(travel(answersToWire(settled))), settled);
});
