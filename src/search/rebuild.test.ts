import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { drive, type Held, held } from "#ledger/testing.ts";

import { find } from "./find.ts";
import { Indexer } from "./indexer.ts";
import { openLedgerReader } from "./ledger-reader.ts";
import { SearchFile } from "./search-file.ts";
import type { SearchAnswer, SearchQuery } from "./search.ts";
import { asking, done, openWorld, ran, type World } from "./testing.ts";

const AMPLE = 1000;

interface Opened {
  readonly file: SearchFile;
  readonly indexer: Indexer;
  readonly close: () => void;
}

/** Parts of three executions, so that a search walks several. */
function openSmall({ place }: World, path: string, position: number): Opened {
  const reader = openLedgerReader(place.ledgerPath);
  const file = new SearchFile(path, { ledgerId: place.ledgerId, position }, 3);
  const close = (): void => {
    file.close();
    reader.close();
  };
  return { file, indexer: new Indexer(reader, file), close };
}

const word = fc.constantFrom("ada", "adam", "bo", "bob@x.io", "x.io", "cyd");
const text = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(" "));
/** What happens next: a fact of one of the executions, or so many appends are taken in, or a write fails. */
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ of: fc.nat({ max: 6 }), says: text }) },
  { weight: 2, arbitrary: fc.record({ take: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ fails: fc.constantFrom("process", "write") }) },
);

type Event = { of: number; says: string } | { take: number } | { fails: "process" | "write" };

interface Kept {
  readonly world: World;
  readonly path: string;
  readonly ons: readonly Held[];
  /** What each execution said, by its number. */
  readonly said: Map<number, string>;
  opened: Opened;
}

async function happen(kept: Kept, one: Event): Promise<void> {
  if ("of" in one) {
    const on = kept.ons[one.of];
    if (on === undefined) throw new Error("there is no such execution");
    await drive(kept.world.ledger, on, [done("p", one.says)]);
    kept.said.set(on.no, `${kept.said.get(on.no) ?? ""} ${one.says}`);
  } else if ("take" in one) kept.opened.indexer.takeChunk(one.take);
  else fail(kept, one.fails);
}

/** In the middle of writing a chunk, which may have begun a part: the whole process, or this write alone. */
function fail(kept: Kept, what: "process" | "write"): void {
  const { file } = kept.opened;
  assert.throws(() => {
    file.write(Number.MAX_SAFE_INTEGER, () => {
      for (const { no } of kept.ons) file.add(no, "f1:lost");
      throw new Error("failed");
    });
  }, /^Error: failed$/);
  if (what === "write") return;
  kept.opened.close();
  kept.opened = openSmall(kept.world, kept.path, 0);
}

test("SE-3 an index kept beside the ledger, through crashes, finds what one built afterwards finds", async () => {
  await using world = await openWorld();
  let run = 0;
  const searches = fc.array(text, { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), searches, async (events, asked) => {
      run += 1;
      const path = `${world.place.path}-${run}`;
      const ons = await Promise.all(Array.from({ length: 7 }, () => held(world.ledger)));
      const kept: Kept = { world, path, ons, said: new Map(), opened: openSmall(world, path, 0) };
      for (const one of events) await happen(kept, one);
      while (kept.opened.indexer.takeChunk(7) > 0);
      const rebuilt = openSmall(world, `${path}-rebuilt`, 0);
      while (rebuilt.indexer.takeChunk(AMPLE) > 0);
      for (const search of asked) agree(kept, rebuilt, search);
      kept.opened.close();
      rebuilt.close();
    }),
    { numRuns: 12 },
  );
});

/** Both find what was said, at once and page by page, in either order. */
function agree({ ons, said, opened }: Kept, rebuilt: Opened, search: string): void {
  const first = ons[0]?.no ?? 0;
  const query = asking(search, { order: "asc", from: first - 1 });
  const expected = modelOf(said, search);
  assert.deepEqual(find(opened.file, query).nos, expected);
  assert.deepEqual(find(rebuilt.file, query).nos, expected);
  assert.deepEqual(walk(opened.file, { ...query, limit: 2 }), expected);
  const back = walk(opened.file, { ...query, order: "desc", from: null, limit: 2 });
  assert.deepEqual(
    back.filter((no) => no >= first),
    expected.toReversed(),
  );
}

function modelOf(said: ReadonlyMap<number, string>, search: string): readonly number[] {
  const asked = search.split(" ");
  const holds = (words: string): boolean =>
    asked.every((one) =>
      words.split(" ").some((each) => each.startsWith(one) || each.endsWith(one)),
    );
  return [...said]
    .filter(([, words]) => holds(words))
    .map(([no]) => no)
    .toSorted((a, b) => a - b);
}

/** Page after page, as long as there is one. */
function walk(file: SearchFile, query: SearchQuery): readonly number[] {
  const nos: number[] = [];
  let from: number | null = query.from;
  for (;;) {
    const page: Omit<SearchAnswer, "behindSince"> = find(file, { ...query, from });
    nos.push(...page.nos);
    if (page.goOnFrom === null) return nos;
    from = page.goOnFrom;
  }
}

test("SE-10 a search that takes long stops after a part and goes on there, and misses nothing", async () => {
  await using world = await openWorld();
  const nos: number[] = [];
  for (let n = 0; n < 10; n += 1) nos.push(await ran(world.ledger, [done("a", "slow")]));
  const opened = openSmall(world, world.place.path, 0);
  opened.indexer.takeChunk(AMPLE);
  for (const order of ["asc", "desc"] as const) {
    let ms = 0;
    const hurried = (): number => (ms += 1000);
    const found: number[] = [];
    let from: number | null = null;
    let pages = 0;
    do {
      const page = find(opened.file, asking("slow", { order, from }), hurried);
      found.push(...page.nos);
      from = page.goOnFrom;
      pages += 1;
    } while (from !== null);
    assert.deepEqual(found, order === "asc" ? nos : nos.toReversed());
    assert.ok(pages >= 4);
  }
  opened.close();
});
