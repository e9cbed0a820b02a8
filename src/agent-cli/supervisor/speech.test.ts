import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";

import fc from "fast-check";

import { systemClock } from "#domain/clock.ts";

import { FILES } from "./launch.ts";
import { machineProcesses as processes } from "./machine.ts";
import { openQuestions } from "./questions.ts";
import { openRecord } from "./speech.ts";
import type { Bounds } from "./standing.ts";
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

function begin(bounds: Bounds = {}, machine = watching) {
  const executionId = `inv_speech_${process.pid}_${++count}`;
  const [folder, env] = [join(scratch, executionId), { PATH: process.env["PATH"] ?? "" }];
  const [command, args] = [process.execPath, ["-e", ECHO]];
  const launching = { executionId, command, args, cwd: scratch, env, folder, isSpokenTo: true };
  const run = start(machine, launching, bounds);
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

/** On which the test lets hours go by; it counts how often somebody has looked. */
function movedClock() {
  let ahead = 0;
  let looks = 0;
  const clock: typeof systemClock = {
    now: () => Date.now() + ahead,
    at: (_at, then) => {
      looks += 1;
      return systemClock.at(Date.now() + 10, then);
    },
  };
  const looked = async (): Promise<void> => {
    const enough = looks + 3;
    while (looks < enough) await setTimeout(10);
  };
  return { clock, looked, goOn: (ms: number) => void (ahead += ms) };
}

const HOUR = 3_600_000;
const ANSWERED = { is: "answered", decision: "allow", why: null, by: "usr_1", key: null } as const;

test("SV-60 who waits for an answer is not idle, in whichever life; from the answer on silence counts again", async () => {
  const { clock, looked, goOn } = movedClock();
  const machine = { processes, clock };
  const bounds = { idleMs: 60_000 };
  const { run, folder } = begin(bounds, machine);
  run.questions?.write({ is: "open", request: "q", at: clock.now() });
  goOn(HOUR);
  await looked();
  run.leave();
  const again = adopt(machine, folder, bounds);
  assert.ok(again !== undefined);
  goOn(HOUR);
  await looked();
  again.questions?.write({ ...ANSWERED, request: "q", at: clock.now() });
  await looked();
  again.speech?.say("still there");
  assert.equal(await saidBack(again, "still there\n"), "still there\n");
  goOn(61_000);
  assert.equal((await again.ended).told, "idle");
});

test("SV-63 what it may have asked while nobody heard it is no idleness: silence counts from when it is heard again", async () => {
  const { clock, looked, goOn } = movedClock();
  const machine = { processes, clock };
  const { run, folder } = begin({}, machine);
  run.leave();
  goOn(HOUR);
  const again = adopt(machine, folder, { idleMs: 60_000 });
  assert.ok(again?.speech !== undefined);
  await looked();
  again.speech.say("still there");
  assert.equal(await saidBack(again, "still there\n"), "still there\n");
  goOn(61_000);
  assert.equal((await again.ended).told, "idle");
});

test("SV-61 what it may take in all goes on counting while it waits for an answer", async () => {
  const { clock, goOn } = movedClock();
  const { run } = begin({ totalMs: HOUR }, { processes, clock });
  run.questions?.write({ is: "open", request: "q", at: clock.now() });
  goOn(HOUR);
  assert.equal((await run.ended).told, "total_time");
});

for (const trouble of ["cannot be said", "are not known"]) {
  test(`SV-93 one whose words of parting ${trouble} is ended by signals all the same`, async () => {
    const { run, speech, folder } = begin();
    speech.say("ready");
    await saidBack(run, "ready\n");
    await rm(folder, { recursive: true });
    speech.partBy(() => {
      if (trouble === "are not known") throw new Error("nobody knows them");
      return ["farewell"];
    });
    const { told, left } = await run.end("total_time");
    assert.deepEqual([told, left], ["total_time", []]);
  });
}

test("SV-93 what cannot be said is told to whoever says it, unless it is to end anyway", async () => {
  const { run, speech, folder } = begin();
  speech.say("ready");
  await saidBack(run, "ready\n");
  await rm(folder, { recursive: true });
  assert.throws(() => speech.say("to one that is to go on"), { code: "ENOENT" });
  const ended = run.end("canceled");
  assert.doesNotThrow(() => speech.say("to one that is to end"));
  assert.equal((await ended).told, "canceled");
});

test("SV-94 a question that nobody need answer any more is none, also where that cannot be written", async () => {
  const folder = join(scratch, "gone");
  await mkdir(folder);
  const record = openQuestions(join(folder, FILES.questions));
  record.write({ is: "open", request: "q", at: 1 });
  await rm(folder, { recursive: true });
  record.drop("q", 2);
  assert.deepEqual([record.of("q")?.is, record.isAwaited()], ["dropped", false]);
  assert.throws(() => record.write({ is: "open", request: "r", at: 3 }), { code: "ENOENT" });
  await mkdir(folder);
  record.drop("q", 4);
  assert.equal(openQuestions(join(folder, FILES.questions)).of("q")?.is, "dropped");
});

test("SV-62 of what is asked and answered each whole line is known again, whatever a death has left of the last", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom("a", "b", 1, 2), fc.boolean()), { maxLength: 6 }),
      fc.nat(300),
      async (steps, cut) => {
        const file = join(scratch, `questions-${++count}`);
        const lines = steps.map(([request, isAnswered], at) =>
          isAnswered
            ? { ...ANSWERED, request, at: at + 1 }
            : { is: "open" as const, request, at: at + 1 },
        );
        for (const line of lines) openQuestions(file).write(line);
        const bytes = lines.length === 0 ? Buffer.alloc(0) : await readFile(file);
        const left = bytes.subarray(0, Math.max(0, bytes.length - cut));
        await writeFile(file, left);
        const whole = left
          .toString()
          .split("\n")
          .filter((line) => line.endsWith("}")).length;
        const last = { is: "open", request: "last", at: 99 } as const;
        openQuestions(file).write(last);
        const known = openQuestions(file);
        const kept = [...lines.slice(0, whole), last];
        for (const { request } of kept)
          assert.deepEqual(
            known.of(request),
            kept.findLast((line) => line.request === request),
          );
        assert.equal(known.changedAt(), 99);
      },
    ),
  ));
