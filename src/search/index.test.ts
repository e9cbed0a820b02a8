import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import type { Fact } from "#domain/facts.ts";
import { contactIds } from "#domain/id.ts";
import { AT, creating, drive, held, identity } from "#ledger/testing.ts";

import { type Index, openIndex } from "./open-index.ts";
import type { SearchView } from "./search.ts";
import { asking, data, done, openWorld, ran, type World } from "./testing.ts";

const silent = (): void => undefined;

function openHere({ place }: World): Index & Disposable {
  const index = openIndex(place, silent);
  return { ...index, [Symbol.dispose]: index.close };
}

const MAIL = "john@acme.com";

test("3.14-3 an address, an id or the beginning of a word finds the executions that have it", async () => {
  await using world = await openWorld();
  const { ledger } = world;
  const child = "run_0198c2d4-1b2c-7def-8123-456789abcdef";
  const fault = { code: "invalid", message: `Invalid email address: ${MAIL}` } as const;
  const label = `Greet ${MAIL}`;
  const known = identity({ label });
  const input = { ...JSON.parse(creating().data)[0], input: { to: [{ mail: MAIL }] } } as Fact;
  const found = [
    await ran(ledger, [done("mail", { to: MAIL, sent: 3 })]),
    await ran(ledger, [{ t: "stepFailed", path: "mail", ms: 1, attempt: 1, fault }]),
    await ran(ledger, [], {
      identity: known,
      ...data([{ ...input, label } as Fact, { t: "started" }]),
    }),
    await ran(ledger, [], data([input, { t: "started" }])),
  ];
  const other = await ran(ledger, [{ t: "childStarted", path: "next.one", id: child }]);

  using index = openHere(world);
  const nos = (text: string): readonly number[] => index.find(asking(text)).nos;
  assert.deepEqual(nos(MAIL), found.toReversed());
  assert.deepEqual(nos("john@ac"), found.toReversed());
  assert.deepEqual(nos("acm"), found.toReversed());
  assert.deepEqual(nos(child), [other]);
  assert.deepEqual(nos("next.o"), [other]);
  assert.deepEqual(nos("greet"), [found[2]]);
  assert.deepEqual(nos("ohn"), []);
  assert.deepEqual(nos(" -- "), []);
});

test("3.14-3 an execution is found by the names of those whom it worked on", async () => {
  await using world = await openWorld();
  const { ledger } = world;
  const entity = contactIds.create();
  await ledger.store.write([
    {
      sql: `insert into contact (ws, id, version, first_name, last_name, email, custom, replied,
        opened_email, interested, opted_out, created_at, updated_at)
        values (1, ?, 1, 'Zoë', 'Okafor', 'zoe@acme.com', '{}', 0, 0, 0, 0, 0, 0)`,
      parameters: [entity],
    },
  ]);
  const on = await held(ledger);
  const opened: Fact = { t: "laneOpened", name: "contacts", entity };
  await drive(ledger, on, undefined, { opened: [{ lane: 1, entity, at: AT, ...data([opened]) }] });
  using index = openHere(world);
  for (const text of ["okafor", "zoe oka", "zoe@acme.com", entity]) {
    assert.deepEqual(index.find(asking(text)).nos, [on.no], text);
  }
  const seen = (text: string): number => index.find(asking(text, { view: "summary" })).nos.length;
  assert.deepEqual([seen("okafor"), seen("zoe@acme.com")], [1, 0]);
});

test("SE-2 all words of a search must be in an execution, wherever and whenever it had them", async () => {
  await using world = await openWorld();
  const { ledger } = world;
  using index = openHere(world);
  const on = await held(ledger);
  await drive(ledger, on, [done("one", "apple")]);
  index.takeChunk();
  await drive(ledger, on, [done("two", "banana cherry")]);
  const other = await ran(ledger, [done("one", "banana")]);
  const nos = (text: string): readonly number[] => index.find(asking(text)).nos;
  assert.deepEqual(nos("cher app"), [on.no]);
  assert.deepEqual(nos("ban"), [other, on.no]);
  assert.deepEqual(nos("apple banana date"), []);
});

test("3.13-8 a search finds nothing of another workspace", async () => {
  await using world = await openWorld();
  const mine = await ran(world.ledger, [done("a", "shared")], { identity: identity({ ws: 1 }) });
  const made = creating({ identity: identity({ ws: 12 }) });
  const theirs = await ran(world.ledger, [done("a", "shared")], {
    identity: made.identity,
    ...data([{ ...JSON.parse(made.data)[0], ws: 12 }, { t: "started" }] as readonly Fact[]),
  });
  using index = openHere(world);
  assert.deepEqual(index.find(asking("shared")).nos, [mine]);
  assert.deepEqual(index.find(asking("shared", { ws: 12 })).nos, [theirs]);
  assert.deepEqual(index.find(asking("shared", { ws: 2 })).nos, []);
});

test("SE-5 who sees summaries only finds by names of steps, ids, labels and masked errors, not by data", async () => {
  await using world = await openWorld();
  const fault = {
    code: "invalid",
    message: `No mailbox ${MAIL}`,
    suggestion: "Ask Jane",
    details: { order: "tulips" },
  };
  const no = await ran(world.ledger, [
    done("send mail", { subject: "Roses" }),
    { t: "stepFailed", path: "later", ms: 1, attempt: 1, fault },
  ]);
  using index = openHere(world);
  const found = (text: string, view: SearchView): boolean =>
    index.find(asking(text, { view })).nos.includes(no);
  for (const text of ["send", "mailbox", "acme.com", "failed", "completed", "invalid"]) {
    assert.ok(found(text, "summary"), text);
    assert.ok(found(text, "full"), text);
  }
  for (const text of [MAIL, "john", "roses", "tulips", "jane"]) {
    assert.ok(!found(text, "summary"), text);
    assert.ok(found(text, "full"), text);
  }
});

test("SE-7 a search takes in what is new, and says since when it is behind where that is much", async () => {
  await using world = await openWorld();
  using index = openHere(world);
  const no = await ran(world.ledger, [done("a", "fresh")]);
  assert.deepEqual(index.find(asking("fresh")), { nos: [no], goOnFrom: null, behindSince: null });
  const on = await held(world.ledger);
  const many = Array.from({ length: 1100 }, (_, n) =>
    [done("a", "late")].map((fact) => ({ fact, n })),
  );
  for (const [each] of many) if (each !== undefined) await drive(world.ledger, on, [each.fact]);
  assert.equal(index.find(asking("fresh")).behindSince, AT);
  while (index.takeChunk());
  assert.equal(index.find(asking("fresh")).behindSince, null);
});

test("SE-8 a damaged file, or that of another ledger, is thrown away and made anew", async () => {
  await using world = await openWorld();
  const no = await ran(world.ledger, [done("a", "kept")]);
  const whys: string[] = [];
  const findKept = (ledgerId = world.place.ledgerId): readonly number[] => {
    const index = openIndex({ ...world.place, ledgerId }, (why) => whys.push(why));
    const { nos } = index.find(asking("kept"));
    index.close();
    return nos;
  };
  assert.deepEqual([findKept(), findKept()], [[no], [no]]);
  assert.deepEqual(whys, []);
  assert.deepEqual(findKept("another"), [no]);
  assert.deepEqual(whys.splice(0), ["it is of another ledger or version"]);

  writeFileSync(world.place.path, "x".repeat(8192));
  assert.deepEqual(findKept("another"), [no]);
  assert.deepEqual(whys.splice(0), ["file is not a database"]);

  const bytes = readFileSync(world.place.path);
  writeFileSync(world.place.path, bytes.fill(0x5a, 4096)); // its first page alone is whole
  assert.deepEqual(findKept("another"), [no]);
  assert.equal(whys.length, 1);
});

test("SE-9 nothing of what was erased is left in the file once it was told to forget", async () => {
  await using world = await openWorld();
  const { ledger, place } = world;
  const secret = "hyacinth";
  const payload = { part: 0, subject: "con_1", body: JSON.stringify({ text: secret }) };
  const on = await held(ledger);
  const fact: Fact = { t: "stepDone", path: "keepme", ms: 1, part: 0 };
  await drive(ledger, on, [fact], { payloads: [payload] });
  const other = await ran(ledger, [done("a", `${secret}s`)]);
  using index = openHere(world);
  assert.deepEqual(index.find(asking(secret)).nos, [other, on.no]);

  const sql = "update payloads set body = null where no = ?";
  await ledger.store.write([{ sql, parameters: [on.no] }]);
  index.forget([on.no]);
  assert.deepEqual(index.find(asking(secret)).nos, [other]);
  assert.deepEqual(index.find(asking("keepme")).nos, [on.no]);

  await ledger.store.write([{ sql: "delete from facts where no = ?", parameters: [other] }]);
  index.forget([other, other + 1000]);
  assert.deepEqual(index.find(asking(secret)).nos, []);
  const bytes = ["", "-wal"].map((suffix) => readFileSync(place.path + suffix, "latin1")).join("");
  assert.ok(!bytes.includes(secret) && bytes.includes("keepme"));
});

test("SE-9 what was pruned is forgotten, and an index that had read it is still of its ledger", async () => {
  await using world = await openWorld();
  const { ledger, place } = world;
  const nos = [await ran(ledger, [done("say", "stays")]), await ran(ledger, [done("say", "goes")])];
  {
    using index = openHere(world);
    assert.deepEqual(index.find(asking("say")).nos, nos.toReversed());
    const executions = nos.slice(1).map((no) => ({ no, day: 0 }));
    await ledger.append({ op: "prune", executions, most: 1000 });
    index.forget(nos.slice(1));
  }
  const index = openIndex(place, (why) => assert.fail(why));
  assert.deepEqual(index.find(asking("say")).nos, nos.slice(0, 1));
  index.close();
});
