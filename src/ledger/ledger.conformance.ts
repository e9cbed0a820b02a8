/** What every ledger promises, about one owner's writes and about everybody's reads. */
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";

import fc from "fast-check";

import { addEncoded, type Sketch } from "#domain/sketch.ts";

import type { Claimed, ClaimLanesItem } from "./items.ts";
import { payloadKey, type Entry, type Ledger } from "./ledger.ts";
import { prunes } from "./prune.conformance.ts";
import { telling } from "./telling.ts";
import {
  AT,
  claiming,
  creating,
  drive,
  driving,
  ending,
  held,
  type Held,
  identity,
  noted,
  signaling,
} from "./testing.ts";

export interface Keeper {
  readonly open: () => Promise<Ledger>;
  readonly runs: number;
}

export function ledgerConformance(name: string, { open, runs }: Keeper): void {
  suite(`ledger on ${name}`, () => {
    let ledger: Ledger;
    before(async () => {
      ledger = await open();
    });
    after(() => ledger.close());
    creations(() => ledger);
    drives(() => ledger);
    streams(() => ledger, runs);
    inboxes(() => ledger);
    claims(() => ledger);
    lines(() => ledger);
    lanesAndEnds(() => ledger);
    prunes(() => ledger);
  });
}

type Get = () => Ledger;

function creations(get: Get): void {
  test("LG-1 a command's repeat gets the first one's answer and creates nothing", async () => {
    const ledger = get();
    const command = { key: "create-once", answer: "the answer" };
    const first = await ledger.append(creating({ command }));
    assert.ok(first.ok);
    const repeat = creating({ command });
    assert.deepEqual(await ledger.append(repeat), {
      ok: false,
      why: "repeated",
      no: first.no,
      answer: "the answer",
    });
    assert.equal(await ledger.find(repeat.identity.id), undefined);
    const elsewhere = creating({ command, identity: identity({ ws: 2 }) });
    assert.equal((await ledger.append(elsewhere)).ok, true);
  });

  test("LG-2 a guard is held by one; a refusal names the holder and takes none of the others", async () => {
    const ledger = get();
    const holder = creating({ guards: ["g:1"] });
    await ledger.append(holder);
    const refused = await ledger.append(creating({ guards: ["g:free", "g:1"] }));
    assert.deepEqual(refused, {
      ok: false,
      why: "guarded",
      key: "g:1",
      holder: holder.identity.id,
    });
    assert.equal((await ledger.append(creating({ guards: ["g:free"] }))).ok, true);
  });

  test("LG-3 changes that go with a creation are made with it, or it is refused as stale", async () => {
    const ledger = get();
    const sql = "insert into projections (name, position, code_v) values ('with-create', 1, 1)";
    const good = creating({ writes: [{ sql, parameters: [], expect: 1 }] });
    assert.equal((await ledger.append(good)).ok, true);
    const miss = "update projections set code_v = 2 where name = 'nowhere'";
    const bad = creating({
      writes: [
        { sql: "update projections set code_v = 9 where name = 'with-create'", parameters: [] },
        { sql: miss, parameters: [], expect: 1 },
      ],
    });
    assert.deepEqual(await ledger.append(bad), { ok: false, why: "stale" });
    assert.equal(await ledger.find(bad.identity.id), undefined);
    const row = await ledger.store.db
      .selectFrom("projections")
      .select("code_v")
      .where("name", "=", "with-create")
      .executeTakeFirst();
    assert.equal(row?.code_v, 1);
  });
}

function drives(get: Get): void {
  test("LG-4 only the owner, at its epoch and at the version it has read, writes; another is lost", async () => {
    const ledger = get();
    const on = await held(ledger);
    assert.equal((await drive(ledger, on)).ok, true);
    const lost = { ok: false, why: "lost" };
    const wrong = [
      { ...on, version: on.version - 1 },
      { ...on, version: on.version + 1 },
      { ...on, epoch: 2 },
      { ...on, lane: 1 },
    ];
    for (const place of wrong) {
      assert.deepEqual(await ledger.append(driving(place)), lost);
      assert.deepEqual(await ledger.append(driving(place, [], { state: "waiting" })), lost);
      const park = { wake: 0, readyAt: null };
      assert.deepEqual(await ledger.append(driving(place, [], { park })), lost);
      assert.deepEqual(await ledger.append(ending(place)), lost);
    }
    assert.equal((await ledger.read(on.no, 0)).length, 2);
  });

  test("LG-5 of two appends at one version exactly one is written", async () => {
    const ledger = get();
    const on = await held(ledger);
    const outcomes = await Promise.all([
      ledger.append(driving(on, [noted("a")])),
      ledger.append(driving(on, [noted("b")])),
    ]);
    assert.deepEqual(outcomes.map(({ ok }) => ok).toSorted(), [false, true]);
    assert.equal((await ledger.read(on.no, 0, 2)).length, 1);
  });

  test("LG-6 a stale change undoes its whole item, and the others of its batch are written", async () => {
    const ledger = get();
    const [one, two, three] = [await held(ledger), await held(ledger), await held(ledger)];
    const insert = "insert into projections (name, position, code_v) values (?, 1, 1)";
    const outcomes = await Promise.all([
      drive(ledger, one),
      drive(ledger, two, [noted()], {
        writes: [
          { sql: insert, parameters: ["undone"] },
          { sql: "delete from projections where name = 'nobody'", parameters: [], expect: 1 },
        ],
        payloads: [{ part: 0, subject: null, body: '"undone"' }],
        children: [creating({ identity: identity({ id: "prg_unborn" }) })],
      }),
      drive(ledger, three, [noted()], { writes: [{ sql: insert, parameters: ["kept"] }] }),
      ledger.append(creating()),
    ]);
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [true, false, true, true],
    );
    assert.equal((await ledger.read(two.no, 0)).length, 1);
    assert.equal((await ledger.readPayloads(two.no, 0)).size, 0);
    assert.equal(await ledger.find("prg_unborn"), undefined);
    const names = await ledger.store.db
      .selectFrom("projections")
      .select("name")
      .where("name", "in", ["undone", "kept"])
      .execute();
    assert.deepEqual(
      names.map((row) => row.name),
      ["kept"],
    );
    assert.equal((await drive(ledger, two)).ok, true);
  });

  test("LG-7 an item that the database refuses fails alone, and leaves nothing behind", async () => {
    const ledger = get();
    const [one, two] = [await held(ledger), await held(ledger)];
    const clash = "insert into guards (key, no) values ('clash', 1)";
    const bad = ledger.append(
      driving(one, [noted()], {
        writes: [
          { sql: clash, parameters: [] },
          { sql: clash, parameters: [] },
        ],
      }),
    );
    const broken = ledger.append(
      driving(one, [noted()], { writes: [{ sql: "no such language", parameters: [] }] }),
    );
    const good = drive(ledger, two);
    await assert.rejects(bad, { code: "conflict" });
    await assert.rejects(broken, { code: "store_failed" });
    assert.equal((await good).ok, true);
    assert.equal((await ledger.read(one.no, 0)).length, 1);
    assert.equal((await drive(ledger, one)).ok, true);
  });

  test("LG-8 payloads are kept by part and subject, in the append that names them", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], {
      payloads: [
        { part: 0, subject: "con_1", body: '{"name":"Ada"}' },
        { part: 1, subject: null, body: '"long"' },
      ],
    });
    const payloads = await ledger.readPayloads(on.no, 0);
    assert.deepEqual(payloads.get(payloadKey(on.version, 0)), { name: "Ada" });
    assert.equal(payloads.get(payloadKey(on.version, 1)), "long");
    const sql = "update payloads set body = null where subject = 'con_1'";
    await ledger.store.write([{ sql, parameters: [], expect: 1 }]);
    assert.equal((await ledger.readPayloads(on.no, 0)).get(payloadKey(on.version, 0)), undefined);
  });
}

function streams(get: Get, runs: number): void {
  test("LG-9 facts come back as they were, in order, numbered from 1", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (appends) => {
          const ledger = get();
          const on = await held(ledger);
          for (const notes of appends) {
            await drive(
              ledger,
              on,
              notes.map((note) => noted("n", note)),
            );
          }
          const entries = await ledger.read(on.no, 0, 2);
          const versions = entries.flatMap(({ version, facts }) =>
            facts.map((_, index) => version - facts.length + 1 + index),
          );
          const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
          const notes = entries.flatMap(({ facts }) =>
            facts.map((fact) => (fact.t === "noted" ? fact.note : undefined)),
          );
          assert.deepEqual(notes, plain(appends.flat()));
          assert.deepEqual(
            versions,
            notes.map((_, index) => index + 3),
          );
        },
      ),
      { numRuns: runs },
    ));

  test("LG-10 who follows by position sees every fact once, and no lower position appears late", async () => {
    const ledger = get();
    const start = await ledger.head();
    const seen: Entry[] = [];
    let position = start;
    const read = async (): Promise<void> => {
      const more = await ledger.readAfter(position, 7);
      seen.push(...more);
      position = more.at(-1)?.position ?? position;
      if (more.length === 7) await read();
    };
    let reading = Promise.resolve();
    const stop = ledger.onAppend(() => {
      reading = reading.then(read);
    });
    const all = await Promise.all(Array.from({ length: 20 }, () => held(ledger)));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(all.map((on) => drive(ledger, on, [noted("a"), noted("b")])));
    }
    await reading;
    await read();
    stop();
    const positions = seen.map((entry) => entry.position);
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(positions).size, positions.length);
    assert.equal(seen.length, 120);
    assert.equal(await ledger.head(), start + 20 * 2 + 100 * 2);
    assert.equal(positions.at(-1), await ledger.head());
  });

  test("LG-11 facts of a newer Stint are refused in words, never misread", async () => {
    const ledger = get();
    const on = await held(ledger);
    const sql = "update facts set v = 99 where no = ?";
    await ledger.store.write([{ sql, parameters: [on.no] }]);
    await assert.rejects(ledger.read(on.no, 0), { code: "store_failed" });
    await ledger.store.write([{ sql: "update facts set v = 1 where no = ?", parameters: [on.no] }]);
  });
}

function inboxes(get: Get): void {
  test("LG-12 a signal waits in the inbox until the owner's own facts take it out", async () => {
    const ledger = get();
    const on = await held(ledger);
    const { id } = on.identity;
    assert.deepEqual(await ledger.append(signaling(id, { body: '{"n":1}' })), {
      ok: true,
      no: on.no,
      repeated: false,
    });
    await ledger.append(signaling(id, { body: '{"n":2}' }));
    const { wake, items } = await ledger.readInbox(on.no, 0);
    assert.equal(wake, 2);
    assert.deepEqual(
      items.map(({ body }) => body),
      ['{"n":1}', '{"n":2}'],
    );
    const consumed = items.slice(0, 1).map(({ seq }) => seq);
    await drive(ledger, on, [noted()], { consumed });
    assert.equal((await ledger.readInbox(on.no, 0)).items.length, 1);
  });

  test("LG-26 an inbox entry's number is never used again", async () => {
    const ledger = get();
    const on = await held(ledger);
    const numbers: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await ledger.append(signaling(on.identity.id));
      const { items } = await ledger.readInbox(on.no, 0);
      numbers.push(...items.map(({ seq }) => seq));
      await drive(ledger, on, [noted()], { consumed: items.map(({ seq }) => seq) });
    }
    assert.equal(new Set(numbers).size, 3);
  });

  test("LG-13 a signal's key counts once for its execution, also after it was taken", async () => {
    const ledger = get();
    const on = await held(ledger);
    const { id } = on.identity;
    await ledger.append(signaling(id, { key: "k" }));
    const { items } = await ledger.readInbox(on.no, 0);
    await drive(ledger, on, [noted()], { consumed: items.map(({ seq }) => seq) });
    const repeat = await ledger.append(signaling(id, { key: "k" }));
    assert.deepEqual(repeat, { ok: true, no: on.no, repeated: true });
    assert.equal((await ledger.readInbox(on.no, 0)).items.length, 0);
  });

  test("LG-14 what has ended hears nothing more: it says so, and keeps nothing", async () => {
    const ledger = get();
    const on = await held(ledger);
    await ledger.append(signaling(on.identity.id));
    await ledger.append(ending(on));
    const late = await ledger.append(signaling(on.identity.id));
    assert.deepEqual(late, { ok: false, why: "ended" });
    assert.deepEqual((await ledger.readInbox(on.no, 0)).items, []);
  });

  test("LG-15 parking fails when a signal came since the owner looked, so no wake is lost", async () => {
    const ledger = get();
    const on = await held(ledger, { guards: ["g:park"] });
    const park = { wake: 0, readyAt: null };
    await ledger.append(signaling(on.identity.id));
    const refused = await drive(ledger, on, [noted()], { park, release: ["g:park"] });
    assert.deepEqual(refused.ok && refused.parked, false);
    assert.equal((await ledger.append(creating({ guards: ["g:park"] }))).ok, false);
    assert.equal(
      (await drive(ledger, on, [noted()], { park: { wake: 1, readyAt: null } })).ok,
      true,
    );
    assert.deepEqual(await ledger.append(driving(on)), { ok: false, why: "lost" });
    await ledger.append(signaling(on.identity.id));
    const mine = await ledger.append(claiming(ledger.owner));
    assert.ok(mine.some(({ no }) => no === on.no));
  });
}

function claims(get: Get): void {
  test("LG-16 a claim takes what is due, oldest first, each with an epoch nobody had before", async () => {
    const ledger = get();
    await ledger.append(claiming(ledger.owner, AT + 1e9));
    const due = async (readyAt: number) => {
      const outcome = await ledger.append(creating({ readyAt }));
      return outcome.ok ? outcome.no : 0;
    };
    const [late, early, later] = [await due(AT + 20), await due(AT + 10), await due(AT + 30)];
    assert.equal(await ledger.nextDue(AT), AT + 10);
    const first = await ledger.append(claiming(ledger.owner, AT + 20, 1));
    assert.deepEqual(
      first.map(({ no, epoch }) => [no, epoch]),
      [[early, 1]],
    );
    const rest = await ledger.append(claiming(ledger.owner, AT + 20));
    assert.deepEqual(
      rest.map(({ no }) => no),
      [late],
    );
    assert.equal(await ledger.nextDue(AT), AT + 30);
    await ledger.append(claiming(ledger.owner, AT + 30));
    assert.equal(await ledger.nextDue(AT), null);
    assert.ok(later > late);
  });

  test("LG-17 a node's new life frees what its former ones held; their writes are lost", async () => {
    const ledger = get();
    const old = { id: "node-of-two-lives", incarnation: 1 };
    const next = { ...old, incarnation: 2 };
    const on = await held(ledger, {}, old);
    const other = await held(ledger, {}, { id: "another-node", incarnation: 1 });
    await ledger.append({ op: "recover", owner: next, at: AT });
    const claimed = await ledger.append(claiming(next));
    const mine = claimed.find(({ no }) => no === on.no);
    assert.equal(mine?.epoch, 2);
    assert.ok(!claimed.some(({ no }) => no === other.no));
    assert.deepEqual(await ledger.append(driving(on)), { ok: false, why: "lost" });
    assert.deepEqual(await ledger.append(ending(on)), { ok: false, why: "lost" });
    assert.equal((await drive(ledger, { ...on, epoch: 2 })).ok, true);
    assert.equal((await drive(ledger, other)).ok, true);
  });

  test("EN-115 whom somebody told to stop or to pause is claimed apart from all others that are due", async () => {
    const ledger = get();
    const [told, signaled] = [creating(), creating()];
    for (const item of [told, signaled, creating()]) await ledger.append(item);
    await ledger.append(signaling(signaled.identity.id));
    assert.equal(await ledger.hasUrgent(), false);
    await ledger.append(signaling(told.identity.id, { kind: "cancel", body: '{"by":"usr_1"}' }));
    assert.equal(await ledger.hasUrgent(), true);
    const urgent = { ...claiming(ledger.owner), from: [], urgent: 10 };
    const ids = (await ledger.append(urgent)).map(({ id }) => id);
    assert.deepEqual(ids, [told.identity.id]);
    assert.deepEqual(await ledger.append(urgent), [], "it is held by now");
    await ledger.append(claiming(ledger.owner));
  });

  test("3.12-3 a word to an agent's open executions reaches each of them and no other", async () => {
    const ledger = get();
    const on = await held(ledger, { identity: identity({ agent: 71 }) });
    const other = await held(ledger, { identity: identity({ agent: 72 }) });
    const elsewhere = await held(ledger, { identity: identity({ agent: 71, ws: 2 }) });
    const body = '{"by":"usr_1","through":"agent"}';
    await ledger.store.write(telling({ ws: 1, no: 71 }, { kind: "pause", body, at: AT + 1 }));
    const { wake, items } = await ledger.readInbox(on.no, 0);
    assert.deepEqual(
      [wake, items.map(({ kind, body: said }) => [kind, said])],
      [1, [["pause", body]]],
    );
    for (const { no } of [other, elsewhere])
      assert.deepEqual(await ledger.readInbox(no, 0), { wake: 0, items: [] });
    const park = { wake: 0, readyAt: null };
    const missed = await drive(ledger, on, [noted()], { park });
    assert.deepEqual(missed.ok && missed.parked, false);
    await drive(ledger, on, [noted()], { consumed: items.map(({ seq }) => seq) });
  });

  test("LG-18 two that claim at once never get the same", async () => {
    const ledger = get();
    await Promise.all(Array.from({ length: 30 }, () => ledger.append(creating())));
    const owners = ["one", "two", "three"].map((id) => ({ id, incarnation: 1 }));
    const claimed = await Promise.all(
      owners.map((owner) => ledger.append(claiming(owner, AT, 12))),
    );
    const nos = claimed.flat().map(({ no }) => no);
    assert.equal(new Set(nos).size, nos.length);
    await ledger.append(claiming(ledger.owner));
  });
}

function lines(get: Get): void {
  const queue = async (ws: number, agent: number, count: number, readyAt = AT) => {
    const all = Array.from({ length: count }, () =>
      creating({ identity: identity({ ws, agent }), readyAt }),
    );
    await Promise.all(all.map((item) => get().append(item)));
    return all.map((item) => item.identity.id);
  };
  const line = (ws: number, agent: number, begun = false) => ({ ws, agent, begun });

  test("EN-120 whoever is due stands in a line of its workspace, agent and whether it began", async () => {
    const ledger = get();
    await queue(500, 51, 5);
    await queue(500, 52, 1, AT + 1);
    await queue(501, 0, 2);
    await queue(502, 53, 1, AT + 99);
    const parked = await held(ledger, { identity: identity({ ws: 500, agent: 51 }) });
    await drive(ledger, parked, [noted()], { park: { wake: 0, readyAt: AT + 1 } });
    const due = (await ledger.dueLines(AT + 1)).filter(({ ws }) => ws >= 500);
    assert.deepEqual(due, [line(500, 51, true), line(500, 51), line(500, 52), line(501, 0)]);
    const oldest = await ledger.linesOfOldest(AT + 1, 10_000);
    const counts = oldest.filter(({ ws }) => ws >= 500).map(({ n }) => n);
    assert.deepEqual(counts.toSorted(), [1, 1, 2, 5]);
    const few = await ledger.linesOfOldest(AT + 1, 3);
    assert.equal(
      few.reduce((sum, { n }) => sum + n, 0),
      3,
    );
  });

  test("EN-121 a claim takes its share of each line, and nothing of others", async () => {
    const ledger = get();
    const first = await queue(510, 61, 3);
    await queue(510, 62, 3);
    const from = [
      { ...line(510, 61), most: 2 },
      { ...line(510, 61, true), most: 5 },
      { ...line(510, 62), most: 1 },
    ];
    const claimed = await ledger.append({ op: "claim", owner: ledger.owner, at: AT, from });
    assert.deepEqual(
      claimed.map(({ agent }) => Number(agent)),
      [61, 61, 62],
    );
    assert.ok(claimed.slice(0, 2).every(({ id }) => first.includes(id)));
  });

  test("EN-122 starts at a rate are counted by the claim, and none is claimed beyond it", async () => {
    const ledger = get();
    await queue(520, 71, 10);
    const rate = { most: 3, perMs: 60_000 };
    const claimAt = async (at: number) => {
      const from = [{ ...line(520, 71), most: 5, rate }];
      return (await ledger.append({ op: "claim", owner: ledger.owner, at, from })).length;
    };
    assert.deepEqual([await claimAt(AT), await claimAt(AT + 30_000)], [3, 0]);
    assert.deepEqual(await ledger.starts(71, 0), [{ part: AT / 1000, n: 3 }]);
    assert.deepEqual([await claimAt(AT + 60_999), await claimAt(AT + 61_000)], [0, 3]);
    assert.equal((await ledger.starts(71, 0)).length, 1);
  });

  test("EN-123 what is signaled keeps its place; what is canceled before it began stands in line no more", async () => {
    const ledger = get();
    const [first, second, third] = await queue(530, 81, 3);
    await ledger.append(signaling(first ?? "", { at: AT + 50 }));
    await ledger.append(signaling(third ?? "", { kind: "cancel", at: AT + 50 }));
    const claimOne = async (begun: boolean) => {
      const from = [{ ...line(530, 81, begun), most: 1 }];
      const item = { op: "claim", owner: ledger.owner, at: AT + 50, from } as const;
      return (await ledger.append(item)).map(({ id }) => id);
    };
    assert.deepEqual(await claimOne(true), [third]);
    assert.deepEqual(await claimOne(false), [first]);
    assert.deepEqual(await claimOne(false), [second]);
  });
}

function lanesAndEnds(get: Get): void {
  const opened = (lane: number, at = AT) => ({
    lane,
    entity: `con_${lane}`,
    at,
    count: 1,
    data: JSON.stringify([{ t: "laneOpened", name: "contact", entity: `con_${lane}`, item: lane }]),
  });
  async function claimLanes(
    { no, epoch }: Pick<Held, "no" | "epoch">,
    first: number,
    last: number,
    more: Partial<ClaimLanesItem> = {},
  ): Promise<readonly Claimed[]> {
    const { owner } = get();
    const item = { op: "claimLanes", no, epoch, first, last, owner, at: AT, ...more } as const;
    const outcome = await get().append(item);
    assert.ok(outcome.ok);
    return outcome.lanes;
  }

  test("LG-19 lanes are streams of their own, claimed by who holds the execution, in their range", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], { opened: [opened(1), opened(2), opened(3)] });
    const open = async (first: number, last: number) => ({
      ...(await ledger.openLanes(on.no, first, last)),
    });
    assert.deepEqual(await open(1, 3), { count: 3, due: AT, held: 0, opened: 3 });
    const two = await claimLanes(on, 2, 3);
    assert.deepEqual(two.map(({ lane, epoch }) => [lane, epoch]).toSorted(), [
      [2, 1],
      [3, 1],
    ]);
    const lane = { ...on, lane: 2, version: 1, epoch: 1 };
    await drive(ledger, lane, [noted("in lane")], { planStep: "s1" });
    await ledger.append(ending(lane));
    assert.deepEqual(await open(1, 3), { count: 2, due: AT, held: 1, opened: 3 });
    assert.deepEqual(await open(2, 3), { count: 1, due: null, held: 1, opened: 2 });
    const lasts = await ledger.lastOfLanes(on.no);
    assert.deepEqual(
      lasts.map(({ lane: of, facts }) => [of, facts.at(-1)?.t]),
      [
        [1, "laneOpened"],
        [2, "completed"],
        [3, "laneOpened"],
      ],
    );
    const journeys = await ledger.store.db
      .selectFrom("journeys")
      .select(["lane", "state", "plan_step", "entity"])
      .where("no", "=", on.no)
      .orderBy("lane")
      .execute();
    assert.deepEqual(
      { ...journeys[1] },
      {
        lane: 2,
        state: "completed",
        plan_step: "s1",
        entity: "con_2",
      },
    );
    assert.equal((await claimLanes(on, 1, 99, { all: true })).length, 1);
  });

  test("LG-27 who does not hold an execution gets none of its lanes", async () => {
    const ledger = get();
    const on = await held(ledger);
    const facts = { at: 0, count: 1, data: "[]" };
    await drive(ledger, on, [noted()], { opened: [{ ...facts, lane: 1, entity: null }] });
    const { no, epoch } = on;
    const owner = { id: "another", incarnation: 1 };
    const lane = { op: "claimLanes", no, epoch, first: 1, last: 1, at: AT } as const;
    const lost = { ok: false, why: "lost" };
    assert.deepEqual(await ledger.append({ ...lane, owner }), lost);
    assert.deepEqual(await ledger.append({ ...lane, owner: ledger.owner, epoch: 2 }), lost);
  });

  test("LG-28 a claim is given back by who holds it, for a later look", async () => {
    const ledger = get();
    const on = await held(ledger);
    const given = { op: "release", no: on.no, readyAt: AT + 10 } as const;
    const another = { id: "another", incarnation: 1 };
    assert.equal(await ledger.append({ ...given, owner: another }), false);
    assert.equal(await ledger.append({ ...given, owner: ledger.owner }), true);
    assert.deepEqual(await ledger.append(claiming(ledger.owner, AT)), []);
    const [again] = await ledger.append(claiming(ledger.owner, AT + 10));
    assert.deepEqual([again?.no, again?.epoch], [on.no, 2]);
    assert.deepEqual(await drive(ledger, on), { ok: false, why: "lost" });
  });

  test("LG-29 who says that none of its lanes is in memory gets those that it holds, too", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], { opened: [opened(1)] });
    assert.equal((await claimLanes(on, 1, 1)).length, 1);
    assert.equal((await claimLanes(on, 1, 1)).length, 0);
    assert.equal((await claimLanes(on, 1, 1, { held: true }))[0]?.epoch, 2);
    const lane = { ...on, lane: 1, version: 1, epoch: 2 };
    await drive(ledger, lane, [noted()], { park: { wake: 0, readyAt: AT + 10 } });
    assert.equal((await claimLanes(on, 1, 1, { held: true })).length, 0, "it is not due");
  });

  test("LG-20 a lane is woken through lane 0, which is what others claim", async () => {
    const ledger = get();
    const on = await held(ledger);
    await drive(ledger, on, [noted()], { opened: [opened(1)] });
    await claimLanes(on, 1, 1);
    const lane = { ...on, lane: 1, version: 1, epoch: 1 };
    const park = { wake: 0, readyAt: null };
    await drive(ledger, lane, [noted()], { park });
    await drive(ledger, on, [noted()], { park });
    assert.equal((await ledger.append(claiming(ledger.owner))).length, 0);
    await ledger.append(signaling(on.identity.id, { lane: 1 }));
    const [again] = await ledger.append(claiming(ledger.owner));
    assert.equal(again?.no, on.no);
    assert.equal((await claimLanes({ ...on, epoch: 2 }, 1, 1))[0]?.lane, 1);
    assert.equal((await ledger.readInbox(on.no, 1)).items.length, 1);
    const none = await ledger.append(signaling(on.identity.id, { lane: 7 }));
    assert.deepEqual(none, { ok: false, why: "ended" });
  });

  test("LG-21 children are born in their parent's append, and their end is in its inbox with theirs", async () => {
    const ledger = get();
    const parent = await held(ledger);
    const child = creating({ identity: identity({ parentNo: parent.no }), owner: ledger.owner });
    await drive(ledger, parent, [noted()], { children: [child] });
    const found = await ledger.find(child.identity.id);
    const of = { no: found?.no ?? 0, lane: 0, epoch: 1, version: 1, identity: child.identity };
    await ledger.append(ending(of, { notify: { no: parent.no, lane: 0, body: '{"path":"c"}' } }));
    const { wake, items } = await ledger.readInbox(parent.no, 0);
    assert.deepEqual([wake, items.map(({ kind }) => kind)], [1, ["child"]]);
  });

  test("LG-22 what ends leaves the open ones, gives its guards back and is found among the ended", async () => {
    const ledger = get();
    const on = await held(ledger, { guards: ["g:end"] });
    await ledger.append(ending(on, { release: ["g:end"] }));
    const found = await ledger.find(on.identity.id);
    assert.deepEqual({ ...found }, { no: on.no, ws: 1, state: "completed", ended: true });
    assert.equal((await ledger.append(creating({ guards: ["g:end"] }))).ok, true);
    assert.deepEqual(await ledger.append(ending(on)), { ok: false, why: "lost" });
  });

  test("LG-23 roll-ups are the sum of what the ended ones contributed", async () => {
    const ledger = get();
    const of = { ws: 77, agent: 5 };
    const all = await Promise.all(
      Array.from({ length: 10 }, () => held(ledger, { identity: identity(of) })),
    );
    await Promise.all(
      all.map((on, index) =>
        ledger.append(
          ending(on, { state: index < 7 ? "completed" : "failed", at: AT + (index + 1) * 1_000 }),
        ),
      ),
    );
    const rows = await ledger.store.db
      .selectFrom("rollups")
      .select(["state", "span", "n", "duration_ms", "steps"])
      .where("ws", "=", 77)
      .orderBy("span")
      .orderBy("state")
      .execute();
    assert.deepEqual(
      rows.map((row) => [row.span, row.state, Number(row.n), Number(row.duration_ms)]),
      [
        ["d", "completed", 7, 28_000],
        ["d", "failed", 3, 27_000],
        ["h", "completed", 7, 28_000],
        ["h", "failed", 3, 27_000],
      ],
    );
    const sketches = await ledger.store.db
      .selectFrom("sketches")
      .select("counts")
      .where("ws", "=", 77)
      .execute();
    const durations: Sketch = [];
    for (const { counts } of sketches) addEncoded(durations, counts);
    assert.equal(
      durations.reduce((sum, n) => sum + n, 0),
      20,
    );
  });
}
