/** With all that was recorded of each Agent CLI, one recording after the other, and an agent that tells running totals alone. */
import assert from "node:assert/strict";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import fc from "fast-check";

import { adapterNamed } from "#agent-cli/adapters.ts";
import type { Counters } from "#agent-cli/counters.ts";
import { openReading } from "#agent-cli/reading.ts";
import { RECORDED, RECORDED_PRICES, recorded } from "#agent-cli/testing.ts";
import type { OutputEvent, OutputPage } from "#contract/shapes/invocation-output.ts";

import { type How, type MarksOptions, openMarks } from "./marks.ts";
import { readPage, showRead } from "./output.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-marks-"));
after(() => rm(scratch, { recursive: true }));

const update = (sessionUpdate: string, more: object): string =>
  JSON.stringify({
    jsonrpc: "2.0",
    method: "session/update",
    params: { sessionId: "s", update: { sessionUpdate, ...more } },
  });
const cumulative = Array.from({ length: 40 }, (_, n) => [
  update("agent_message_chunk", { content: { type: "text", text: `piece ${n}` } }),
  update("usage_update", {
    used: n,
    size: 9,
    cost: { amount: 0.00102 * (n + 1), currency: "USD" },
  }),
]).flat();

const NAMES = {
  claude: "claude-code",
  codex: "codex",
  gemini: "gemini-cli",
  opencode: "opencode",
  qwen: "qwen-code",
  "acp:x": "acp-",
} as const;

const OUTPUTS = Object.entries(NAMES).map(([cli, prefix]) => {
  const names = RECORDED.filter((name) => name.startsWith(prefix));
  const lines = names.flatMap((name) => recorded(name).lines);
  return { cli, lines: cli === "acp:x" ? [...lines, ...cumulative] : lines };
});
const COUNTERS: Counters = { session: null, tokens: {}, nano: { "": "1020000" } };

async function outputOf({ cli, lines }: (typeof OUTPUTS)[number]) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const path = join(scratch, cli.replace(":", "-"));
  await writeFile(path, bytes);
  const how: How = {
    adapter: adapterNamed(cli),
    reading: { prices: RECORDED_PRICES, counters: COUNTERS, model: "m" },
  };
  const reading = openReading(how.adapter, how.reading);
  const whole = [...reading.push(bytes), ...reading.end()].map((read) => showRead(read, 0, true));
  const starts = lines.map(
    (_, index) => Buffer.byteLength(lines.slice(0, index).join("\n")) + (index > 0 ? 1 : 0),
  );
  return { path, how, bytes, whole, starts };
}

type WrittenOutput = Awaited<ReturnType<typeof outputOf>>;

for (const output of OUTPUTS) {
  test(`IV-83 who reads what ${output.cli} wrote from any line on is told what who reads from its beginning is told there`, async () => {
    const { path, how, bytes, whole, starts } = await outputOf(output);
    assert.ok(whole.some(({ type }) => type === "cost") && starts.length > 5);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...starts), { minLength: 1, maxLength: 4 }),
        fc.record({
          step: fc.integer({ min: 1, max: 50_000 }),
          most: fc.integer({ min: 1, max: 9 }),
        }),
        async (cuts, options: MarksOptions) => {
          const marks = openMarks(options);
          for (const cut of cuts) {
            const reading = await marks.open(path, how, cut);
            const events = [...reading.push(bytes.subarray(cut)), ...reading.end()];
            assert.deepEqual(
              events.map((read) => showRead(read, cut, true)),
              whole.filter(({ at }) => at >= cut),
            );
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test(`IV-83 pages of what ${output.cli} wrote, forward and backward, are the whole`, async () => {
    const { path, how, whole } = await outputOf(output);
    await using file = await open(path);
    const marks = openMarks({ step: 2000 });
    const written = {
      adapter: how.adapter,
      open: (byte: number) => marks.open(path, how, byte),
      ended: true,
    };
    const page = (more: object): Promise<OutputPage> =>
      readPage(file, written, { limit: 17, back: false, whole: true, ...more });
    const forward: OutputEvent[] = [];
    for (let [from, size] = [0, 1]; from < size;) {
      const next = await page({ from });
      forward.push(...next.items);
      [from, size] = [next.to, next.size];
    }
    assert.deepEqual(forward, whole);
    const backward: OutputEvent[] = [];
    for (let from: number | undefined; from !== 0;) {
      const next = await page({ back: true, from });
      backward.unshift(...next.items);
      ({ from } = next);
    }
    assert.deepEqual(backward, whole);
  });
}

/** Marks, and how many lines they read for a place. */
function countedMarks({ path, how }: Pick<WrittenOutput, "path" | "how">, options: MarksOptions) {
  let read = 0;
  const counting: How = {
    ...how,
    adapter: {
      ...how.adapter,
      read: (line) => {
        read += 1;
        return how.adapter.read(line);
      },
    },
  };
  const marks = openMarks(options);
  const linesReadFor = async (byte: number): Promise<number> => {
    read = 0;
    await marks.open(path, counting, byte);
    return read;
  };
  return { marks, linesReadFor };
}

test("IV-83 what is kept of an output is bounded: what lies between is read again", async () => {
  const output = await outputOf(OUTPUTS[0] ?? assert.fail());
  const starts = output.starts.slice(1);
  const most = 8;
  const { linesReadFor } = countedMarks(output, { step: 1, most });
  for (const start of starts) await linesReadFor(start);
  const again: number[] = [];
  for (const start of starts) again.push(await linesReadFor(start));
  assert.ok(starts.length > most);
  assert.ok(again.filter((lines) => lines === 0).length <= most, again.join(" "));
});

test("IV-83 of how many outputs something is kept is bounded", async () => {
  const { path, how, starts } = await outputOf(OUTPUTS[0] ?? assert.fail());
  const { marks, linesReadFor } = countedMarks({ path, how }, { step: 1, most: 8, outputs: 1 });
  const [middle, last] = [starts[Math.floor(starts.length / 2)] ?? 0, starts.at(-1) ?? 0];
  assert.equal(await linesReadFor(last), starts.length - 1);
  assert.equal(await linesReadFor(last), 0);
  await marks.open(path, how, middle);
  await writeFile(join(scratch, "other"), "");
  await marks.open(join(scratch, "other"), how, 1);
  assert.equal(await linesReadFor(last), starts.length - 1);
});
