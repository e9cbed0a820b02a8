import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import fc from "fast-check";

import { systemClock } from "#domain/clock.ts";

import { FILES } from "./launch.ts";
import { machineProcesses as processes } from "./machine.ts";
import { openRecord } from "./speech.ts";
import { adopt, start, type Supervised } from "./supervise.ts";

const scratch = await mkdtemp(join(tmpdir(), "stint-speech-"));
const begun: Supervised[] = [];
after(async () => {
  await Promise.all(begun.map((run) => run.end("memory")));
  await rm(scratch, { recursive: true, force: true });
});

const watching = { processes, clock: systemClock };
let count = 0;

/** Says back what it hears, and "end" when its input ends. */
const ECHO = `process.stdin.on("data", (chunk) => process.stdout.write(chunk));
  process.stdin.on("end", () => console.log("end"));`;

function begin() {
  const executionId = `inv_speech_${process.pid}_${++count}`;
  const [folder, env] = [join(scratch, executionId), { PATH: process.env["PATH"] ?? "" }];
  const [command, args] = [process.execPath, ["-e", ECHO]];
  const launching = { executionId, command, args, cwd: scratch, env, folder, isSpokenTo: true };
  const run = start(watching, launching);
  begun.push(run);
  const { speech } = run;
  assert.ok(speech !== undefined);
  return { run, speech, folder };
}

async function saidBack(run: Supervised, until?: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of run.output(0)) {
    chunks.push(chunk);
    const all = Buffer.concat(chunks).toString();
    if (until !== undefined && all.endsWith(until)) return all;
  }
  return Buffer.concat(chunks).toString();
}

test("SV-16 what is said arrives as it was said, in order, however long; then its input ends", async () => {
  const { run, speech } = begin();
  const long = `{"text":"${"ünïcode\u2028".repeat(60_000)}"}`;
  for (const line of ["one", "two", long, "one"]) speech.say(line);
  const whole = `one\ntwo\n${long}\none\n`;
  assert.equal(await saidBack(run, "\none\n"), whole);
  assert.ok(speech.isSaid("two") && !speech.isSaid("three"));
  speech.hush();
  speech.hush();
  assert.equal(await saidBack(run), `${whole}end\n`);
  assert.deepEqual([(await run.ended).code, (await run.ended).left], [0, []]);
});

test("SV-17 whoever goes on says only what is missing", async () => {
  const { run, speech, folder } = begin();
  for (const line of ["one", "two"]) speech.say(line);
  await saidBack(run, "two\n");
  run.leave();
  speech.say("from one who has let go");
  const again = adopt(watching, folder);
  assert.ok(again?.speech !== undefined);
  for (const line of ["one", "two", "two", "three"]) again.speech.say(line);
  assert.equal(await saidBack(again, "three\n"), "one\ntwo\ntwo\nthree\n");
  again.speech.hush();
  assert.equal((await again.ended).code, 0);
});

test("SV-18 a death in the middle of a line leaves no half of it, and loses and doubles none", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", " ")),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      fc.array(fc.tuple(fc.nat(5), fc.nat(40)), { maxLength: 4 }),
      async (lines, deaths) => {
        const file = join(scratch, `record-${++count}`);
        await writeFile(file, "");
        let sure = 0;
        for (const [until, lost] of deaths) {
          const record = openRecord(file);
          for (const line of lines.slice(0, until)) record.say(line);
          const { length } = await readFile(file);
          const line = (await readFile(file)).lastIndexOf("\n", length - 2) + 1;
          sure = Math.max(sure, line); // what was there before the last line cannot be lost
          await truncate(file, Math.max(sure, length - lost));
        }
        const last = openRecord(file);
        for (const line of lines) last.say(line);
        assert.equal(await readFile(file, "utf8"), lines.map((line) => `${line}\n`).join(""));
      },
    ),
  ));

test("SV-19 one that is not spoken to has no input and takes no words", async () => {
  const { run } = begin();
  run.speech?.hush();
  await run.ended;
  const folder = join(scratch, "silent");
  const env = { PATH: process.env["PATH"] ?? "" };
  const launching = { executionId: "silent", command: "cat", args: [], cwd: scratch, env, folder };
  const silent = start(watching, launching);
  assert.equal(silent.speech, undefined);
  assert.equal((await silent.ended).code, 0);
  await assert.rejects(readFile(join(folder, FILES.input)), /ENOENT/);
});
