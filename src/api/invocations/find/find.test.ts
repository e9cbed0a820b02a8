import assert from "node:assert/strict";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import fc from "fast-check";

import { adapterNamed } from "#agent-cli/adapters.ts";
import { commandAdapter } from "#agent-cli/adapters/command.ts";
import type { FindQuery, Found } from "#contract/shapes/invocation-find.ts";

import { find, type Searched } from "./find.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-find-"));
after(() => rm(scratch, { recursive: true }));

interface Round {
  readonly output: string;
  readonly errors?: string;
}

let worlds = 0;

async function searched(rounds: readonly Round[], more: Partial<Searched> = {}): Promise<Searched> {
  worlds += 1;
  const world = worlds;
  const place = (round: number, of: string): string => join(scratch, `${world}-${round}-${of}`);
  for (const [index, { output, errors = "" }] of rounds.entries()) {
    await writeFile(place(index + 1, "output"), output);
    await writeFile(place(index + 1, "errors"), errors);
  }
  return {
    rounds: rounds.length,
    open: (round, of) => open(place(round, of)),
    isOver: () => true,
    adapter: commandAdapter("", []),
    now: () => 0,
    signal: new AbortController().signal,
    ...more,
  };
}

const asked = (q: string, more: Partial<FindQuery> = {}): FindQuery => ({
  q,
  round: 1,
  of: "output",
  from: 0,
  limit: 50,
  ...more,
});

async function findAll(world: Searched, q: string, limit = 50): Promise<readonly Found[]> {
  const all: Found[] = [];
  for (let place: Partial<FindQuery> | null = {}; place !== null;) {
    const { items, next } = await find(world, asked(q, { ...place, limit }));
    all.push(...items);
    place = next;
  }
  return all;
}

const placesOf = (found: readonly Found[]) => found.map(({ round, of, at }) => [round, of, at]);

test("IV-84 every line that has the text is found once, on both streams of every round, whatever the limit and wherever a chunk ends", async () => {
  const line = fc.array(fc.constantFrom("aB", "ab", "é", "É", "😀", "x", "a", " "), {
    maxLength: 6,
  });
  const lines = fc.array(
    line.map((parts) => parts.join("")),
    { maxLength: 12 },
  );
  const text = fc.constantFrom("ab", "É", "a", "😀x", "b a");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ output: lines, errors: lines }), { minLength: 1, maxLength: 3 }),
      text,
      fc.integer({ min: 1, max: 5 }),
      async (rounds, q, limit) => {
        const world = await searched(
          rounds.map(({ output, errors }) => ({
            output: output.join("\n"),
            errors: errors.join("\n"),
          })),
        );
        const expected = rounds.flatMap((round, index) =>
          (["output", "errors"] as const).flatMap((of) => {
            let at = 0;
            return round[of].flatMap((each) => {
              const start = at;
              at += Buffer.byteLength(each) + 1;
              const has = each.toLowerCase().includes(q.toLowerCase());
              return has ? [[index + 1, of, start]] : [];
            });
          }),
        );
        const found = await findAll(world, q, limit);
        assert.deepEqual(placesOf(found), expected);
        for (const { text: around, from, length } of found)
          assert.equal(around.slice(from, from + length).toLowerCase(), q.toLowerCase());
      },
    ),
    { numRuns: 60 },
  );
});

test("IV-84 a text that lies across two chunks of a line of any length is found, with where the line begins", async () => {
  const chunk = 256 * 1024;
  for (const before of [chunk - 3, chunk - 1, chunk, 3 * chunk - 2]) {
    const world = await searched([
      { output: `first\n${"x".repeat(before - 6)}Née dle${"y".repeat(chunk)}\nlast née dle\n` },
    ]);
    const [one, two, ...more] = await findAll(world, "née DLE");
    assert.deepEqual([one?.at, more], [6, []]);
    assert.equal(two?.text, "last née dle");
    assert.ok((one?.text.length ?? 0) < 300);
  }
});

test("IV-85 of an Agent CLI what is shown is found, and not what it is written in", async () => {
  const assistant = (...content: readonly object[]): string =>
    JSON.stringify({ type: "assistant", message: { role: "assistant", content } });
  const use = { type: "tool_use", id: "t", name: "Bash", input: { command: 'echo "Ünïted"' } };
  const result = { tool_use_id: "t", type: "tool_result", content: "two\nlines", is_error: false };
  const lines = [
    assistant({ type: "text", text: 'He said "yes"\nand then' }),
    assistant(use),
    JSON.stringify({ type: "user", message: { role: "user", content: [result] } }),
  ];
  const world = await searched([{ output: `${lines.join("\n")}\n` }], {
    adapter: adapterNamed("claude"),
  });
  const kindOf = async (q: string) =>
    (await findAll(world, q)).map(({ type, text }) => [type, text]);
  assert.deepEqual(await kindOf('said "YES"'), [["text", 'He said "yes"']]);
  assert.deepEqual(await kindOf('"ünïted"'), [["tool", 'echo "Ünïted"']]);
  assert.deepEqual(await kindOf("bash"), [["tool", "Bash"]]);
  assert.deepEqual(await kindOf("lines"), [["tool", "lines"]]);
  assert.deepEqual(await kindOf("assistant"), []);
  assert.deepEqual(await kindOf("is_error"), []);
});

test("IV-85 what comes in pieces is found across them, wherever a request ends", async () => {
  const piece = (text: string): string =>
    JSON.stringify({
      jsonrpc: "2.0",
      method: "session/update",
      params: {
        sessionId: "s",
        update: { sessionUpdate: "agent_message_chunk", content: { type: "text", text } },
      },
    });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("ab", "c", "abc", "xa", "b"), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 3 }),
      async (pieces, limit) => {
        const world = await searched(
          [{ output: pieces.map((each) => `${piece(each)}\n`).join("") }],
          {
            adapter: adapterNamed("acp:x"),
          },
        );
        const starts = pieces.map((_, index) =>
          pieces.slice(0, index).reduce((sum, each) => sum + piece(each).length + 1, 0),
        );
        const whole = pieces.join("");
        const pieceAt = (index: number): number | undefined => {
          let end = 0;
          return starts[pieces.findIndex((each) => (end += each.length) > index)];
        };
        const expected = [...whole.matchAll(/abc/g)].map(({ index }) => pieceAt(index));
        const found = await findAll(world, "abc", limit);
        assert.deepEqual([...new Set(found.map(({ at }) => at))], [...new Set(expected)]);
      },
    ),
    { numRuns: 60 },
  );
});

test("IV-86 a request that looks for too long says where to go on, and the next one comes further", async () => {
  const lines = `${"x".repeat(99)}\n`.repeat(160_000); // 16 MB
  let time = 0;
  const world = await searched([{ output: `${lines}needle\n` }], { now: () => (time += 100) });
  let requests = 0;
  let bytes = 0;
  let place: Partial<FindQuery> | null = {};
  let found: readonly Found[] = [];
  while (place !== null) {
    const page = await find(world, asked("needle", place));
    [place, found] = [page.next, [...found, ...page.items]];
    requests += 1;
    bytes += page.searched;
  }
  assert.ok(requests >= 2 && requests <= 4, String(requests));
  assert.deepEqual(placesOf(found), [[1, "output", 16_000_000]]);
  assert.ok(bytes >= 16_000_007 && bytes < 16_100_000);
});

test("IV-86 of a round that goes on, whole lines are looked through, and it says where it came to by null", async () => {
  const world = await searched([{ output: "a needle\nhalf a needle" }], { isOver: () => false });
  const { items, next } = await find(world, asked("needle"));
  assert.deepEqual([placesOf(items), next], [[[1, "output", 0]], null]);
});
