import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { systemClock } from "#domain/clock.ts";
import { runIds } from "#domain/id.ts";
import type { Ledger } from "#ledger/ledger.ts";
import { openSqliteLedger } from "#ledger/ledgers/sqlite.ts";

import { type Feed, openFeed } from "./feed.ts";
import type { Round } from "./round.ts";

interface World extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly feed: Feed;
  /** A new execution in the workspace; answers with its number. */
  readonly begin: (ws: number) => Promise<number>;
}

async function setup(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "stint-feed-"));
  const ledger = await openSqliteLedger(join(folder, "stint.db"), { sync: "off" });
  const feed = openFeed(ledger, systemClock);
  return {
    ledger,
    feed,
    begin: async (ws) => {
      const id = runIds.create();
      const kind = {
        kind: "automation",
        driver: "automation",
        driverVersion: "1",
        trigger: "manual",
      } as const;
      const identity = { id, ws, agent: 1, target: null, label: null, parentNo: null, ...kind };
      const item = {
        op: "create",
        identity,
        state: "queued",
        startedAt: null,
        at: 1,
        count: 1,
        data: '[{"t":"created"}]',
      } as const;
      const outcome = await ledger.append(item);
      assert.ok(outcome.ok);
      return outcome.no;
    },
    [Symbol.asyncDispose]: async () => {
      feed.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function next(rounds: AsyncGenerator<Round>): Promise<Round> {
  const { value, done } = await rounds.next();
  assert.notEqual(done, true);
  return value as Round;
}

const changed = ({ heard }: Round): number[] =>
  heard.flatMap((one) => (one.what === "changed" ? [one.no] : []));

test("L-8 a listener hears what changed in its own workspace, from its position on and once", async () => {
  await using world = await setup();
  const before = await world.begin(1);
  const leave = new AbortController();
  const rounds = world.feed.listen({ ws: 1, no: undefined }, 0, leave.signal);
  assert.deepEqual(changed(await next(rounds)), [before]);
  await world.begin(2);
  const mine = await world.begin(1);
  assert.deepEqual(changed(await next(rounds)), [mine]);
  leave.abort();
  assert.equal((await rounds.next()).done, true);
});

test("L-8 what happened while nobody listened is heard by who comes back to the same place", async () => {
  await using world = await setup();
  await world.begin(1);
  const head = await world.feed.head();
  const first = new AbortController();
  const leaving = world.feed.listen({ ws: 1, no: undefined }, head, first.signal);
  const nothing = leaving.next();
  first.abort();
  assert.equal((await nothing).done, true);
  const missed = await world.begin(1);
  const rounds = world.feed.listen({ ws: 1, no: undefined }, head, new AbortController().signal);
  assert.deepEqual(changed(await next(rounds)), [missed]);
  await rounds.return(undefined);
});

test("AP-15 where too much changes at once, a listener is told to read its lists again and goes on behind it", async () => {
  await using world = await setup();
  await Promise.all(Array.from({ length: 60 }, () => world.begin(1)));
  const rounds = world.feed.listen({ ws: 1, no: undefined }, 0, new AbortController().signal);
  const round = await next(rounds);
  assert.equal(round.tooMuch, true);
  assert.deepEqual(round.heard, []);
  assert.equal(round.upTo, await world.feed.head());
  await rounds.return(undefined);
});

test("AP-15 a thousand listeners at one place share one reading", async () => {
  await using world = await setup();
  const leave = new AbortController();
  const all = Array.from({ length: 1000 }, () =>
    world.feed.listen({ ws: 1, no: undefined }, 0, leave.signal),
  );
  const heard = Promise.all(all.map(next));
  await world.begin(1);
  const rounds = await heard;
  assert.ok(rounds.every((round) => round === rounds[0]));
  leave.abort();
  await Promise.all(all.map((one) => one.return(undefined)));
});
