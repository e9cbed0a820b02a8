/** With files of which most is a hole: they are long at once, and a hole is no end of a line. */
import assert from "node:assert/strict";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, mock, test } from "node:test";

import { adapterNamed } from "#agent-cli/adapters.ts";
import { openReading } from "#agent-cli/reading.ts";
import type { Found } from "#contract/shapes/invocation-find.ts";
import type { OutputPage } from "#contract/shapes/invocation-output.ts";

import { find } from "./find/find.ts";
import { LONGEST_PART } from "./lines.ts";
import { openMarks } from "./marks.ts";
import { type PageQuery, PLAIN, readPage, type Written } from "./output.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-long-lines-"));
after(() => rm(scratch, { recursive: true }));

const GIB = 1024 ** 3;

let files = 0;

/** @param written texts, by where they stand */
async function fileOf(size: number, written: Readonly<Record<number, string>> = {}) {
  files += 1;
  const path = join(scratch, `${files}`);
  await using file = await open(path, "w");
  await file.truncate(size);
  for (const [at, text] of Object.entries(written)) await file.write(text, Number(at));
  return path;
}

interface Counted {
  readonly file: FileHandle;
  /** Bytes of each read. */
  readonly reads: number[];
}

/** @param onRead told how many there were */
async function openCounted(path: string, onRead?: (count: number) => void): Promise<Counted> {
  const file = await open(path);
  const reads: number[] = [];
  const read = file.read.bind(file);
  mock.method(file, "read", (buffer: Buffer, offset: number, length: number, at: number) => {
    reads.push(length);
    onRead?.(reads.length);
    return read(buffer, offset, length, at);
  });
  return { file, reads };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

const plain = (ended: boolean): Written => ({
  adapter: PLAIN,
  open: () => Promise.resolve(openReading(PLAIN)),
  ended,
});

async function pageOf(path: string, ended: boolean, query: Partial<PageQuery>) {
  const { file, reads } = await openCounted(path);
  await using _ = file;
  const page = await readPage(file, plain(ended), {
    limit: 200,
    back: false,
    whole: false,
    ...query,
  });
  return { page, reads };
}

const told = ({ items }: OutputPage) =>
  items.map((item) =>
    item.type === "unread"
      ? [item.at, item.why, item.bytes]
      : [item.at, "text" in item && item.text],
  );

test("IV-100 a page of a line of 3 GiB tells a part of it as too long, forward and backward, and reads no more than that, in small steps", async () => {
  const size = 3 * GIB;
  const path = await fileOf(size, { 0: "first\n", [size - 5]: "\nlast" });
  const forward = await pageOf(path, true, { from: 6 });
  assert.deepEqual(told(forward.page), [[6, "too_long", LONGEST_PART]]);
  assert.deepEqual([forward.page.from, forward.page.to], [6, 6 + LONGEST_PART]);
  const backward = await pageOf(path, true, { back: true });
  const from = size - 4 - LONGEST_PART;
  assert.deepEqual(told(backward.page), [
    [from, "too_long", LONGEST_PART - 1],
    [size - 4, "last\n"],
  ]);
  assert.deepEqual([backward.page.from, backward.page.to], [from, size]);
  for (const { reads } of [forward, backward]) {
    assert.ok(Math.max(...reads) <= 64 * 1024, String(Math.max(...reads)));
    assert.ok(sum(reads) < 5 * LONGEST_PART, String(sum(reads)));
  }
});

test("IV-100 lines as short as they can be are read and found, however many lie in a page", async () => {
  const path = await fileOf(0, { 0: "a\n".repeat(400_000) });
  const { page } = await pageOf(path, true, { back: true, limit: 1000 });
  assert.equal(page.items.length, 1000);
  const found = (await lookIn(path, 0, {})).page;
  assert.deepEqual([found.items, found.next], [[], null]);
  const each = (await lookIn(path, 0, { q: "a" })).page;
  assert.equal(each.items.length, 50);
});

test("IV-100 pages of long lines join without a gap, forward and backward, and a line of just one part is whole", async () => {
  const one = LONGEST_PART; // with its end
  const two = one + 2 * LONGEST_PART + 70_000;
  const size = two + 5;
  const path = await fileOf(size, { [one - 1]: "\n", [two - 1]: "\nshort" });
  const forward: unknown[] = [];
  for (let from = 0; from < size;) {
    const { page } = await pageOf(path, true, { from });
    assert.equal(page.from, from);
    forward.push(...told(page).map(([at, what]) => [at, what === "short\n" ? what : at]));
    from = page.to;
  }
  const parts = [0, one, one + LONGEST_PART, one + 2 * LONGEST_PART];
  assert.deepEqual(forward, [...parts.map((at) => [at, at]), [two, "short\n"]]);
  const backward: number[] = [];
  for (let from = size; from > 0;) {
    const { page } = await pageOf(path, true, { back: true, from });
    assert.equal(page.to, from);
    backward.unshift(...page.items.map(({ at }) => at));
    from = page.from;
  }
  const partsBack = [0, one, two - 2 * LONGEST_PART, two - LONGEST_PART, two];
  assert.deepEqual(backward, partsBack);
});

test("IV-101 of a round that goes on, a last line that is too long is told as far as it is there, and one that is not, not yet", async () => {
  const size = 3 * GIB;
  const long = await fileOf(size, { 0: "first\n" });
  const back = await pageOf(long, false, { back: true });
  assert.deepEqual(told(back.page), [[size - LONGEST_PART, "too_long", LONGEST_PART]]);
  assert.ok(sum(back.reads) < 5 * LONGEST_PART);
  const forward = await pageOf(long, false, { from: size - LONGEST_PART - 10 });
  assert.deepEqual(told(forward.page), [[size - LONGEST_PART - 10, "too_long", LONGEST_PART]]);
  const rest = await pageOf(long, false, { from: size - 10 });
  assert.deepEqual([rest.page.items, rest.page.to, rest.page.ended], [[], size - 10, false]);
  const unfinished = await fileOf(LONGEST_PART, { 0: "first\n" });
  for (const query of [{}, { back: true }]) {
    const { page } = await pageOf(unfinished, false, query);
    assert.deepEqual([told(page), page.to], [[[0, "first\n"]], 6]);
  }
});

interface LookMore {
  readonly signal?: AbortSignal;
  readonly over?: boolean;
  readonly q?: string;
  readonly onRead?: (count: number) => void;
  readonly eachLookMs?: number;
}

/** Looks from there, with a clock that goes on with each look at it. */
async function lookIn(path: string, from: number, more: LookMore) {
  const { file, reads } = await openCounted(path, more.onRead);
  let time = 0;
  const page = await find(
    {
      rounds: 1,
      open: (_, of) => Promise.resolve(of === "output" ? file : undefined),
      isOver: () => more.over ?? true,
      adapter: PLAIN,
      now: () => (time += more.eachLookMs ?? 100),
      signal: more.signal ?? new AbortController().signal,
    },
    { q: more.q ?? "needle", round: 1, of: "output", from, limit: 50 },
  );
  return { page, reads };
}

test("IV-102 a request that looks through a line of 3 GiB ends in time wherever it begins, and each comes further", async () => {
  const size = 3 * GIB;
  const path = await fileOf(size, { [2 * GIB + 1_000_000]: "Needle" });
  for (const over of [true, false])
    for (const from of [0, GIB, 2 * GIB]) {
      const { page, reads } = await lookIn(path, from, { over });
      assert.ok(sum(reads) < 3 * LONGEST_PART, String(sum(reads)));
      assert.deepEqual(
        page.items.map(({ at, text }) => [at, text.replaceAll("\0", "")]),
        from === 2 * GIB ? [[from, "Needle"]] : [],
      );
      assert.ok((page.next?.from ?? 0) > from);
    }
});

test("IV-102 what is found far into a line is told once, at a place from which its page reads it, in however many requests", async () => {
  const place = 3 * LONGEST_PART + 500;
  const path = await fileOf(place + 200_000, {
    [place]: "needle needle",
    [place + 100_000]: "needle",
  });
  for (const eachLookMs of [100, 0]) {
    const items: Found[] = [];
    for (let from: number | undefined = LONGEST_PART + 7; from !== undefined;) {
      const { page } = await lookIn(path, from, { eachLookMs });
      items.push(...page.items);
      from = page.next?.of === "output" ? page.next.from : undefined;
    }
    assert.equal(items.length, 1);
    const { page } = await pageOf(path, true, { from: items[0]?.at ?? assert.fail() });
    assert.ok(page.from <= place && page.to > place, `${page.from} to ${page.to}`);
  }
});

test("IV-103 a request looks no further once the one who asked is gone, before it begins as well as in its midst", async () => {
  const path = await fileOf(GIB);
  const none = await lookIn(path, 0, { signal: AbortSignal.abort() });
  assert.deepEqual([none.page.items, none.reads], [[], []]);
  const asking = new AbortController();
  const { reads } = await lookIn(path, 0, {
    signal: asking.signal,
    onRead: (count) => {
      if (count === 3) asking.abort();
    },
  });
  assert.equal(reads.length, 3);
});

test("IV-104 of a long line of an Agent CLI what stood before is read once, and not for each of its parts", async () => {
  const path = await fileOf(8 * LONGEST_PART);
  const lines: string[] = [];
  const claude = adapterNamed("claude");
  const read = (line: string) => {
    lines.push(line);
    return claude.read(line);
  };
  const how = { adapter: { ...claude, read }, reading: {} };
  const marks = openMarks();
  await marks.open(path, how, 7 * LONGEST_PART);
  await using file = await open(path, "r+");
  await file.write("\nwhoever reads it again sees this\n", 2 * LONGEST_PART);
  await marks.open(path, how, 7 * LONGEST_PART + LONGEST_PART / 2);
  assert.deepEqual(lines, []);
  await openMarks().open(path, how, 7 * LONGEST_PART);
  assert.equal(lines.length, 1);
});
