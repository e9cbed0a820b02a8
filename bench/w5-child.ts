/**
 * The process that W5 kills. `start`: it starts all, says when as many are in flight as there are, and
 * works on until it is killed. `go-on`: it starts each again by its key, awaits them all, and says how
 * many completed and how many the ledger did not know.
 */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

import { open, program } from "stint";

import { keepInFlight } from "./in-flight.ts";

const [mode, data = "", effectsFile = "", count = "0"] = process.argv.slice(2);
const executions = Number(count);
const effects = openSync(effectsFile, "a");
const known = new Set(readFileSync(effectsFile, "utf8").split("\n"));
const LONGEST_STEP_MS = 2000;

let progressed = false;
function tellProgress(): void {
  if (progressed) return;
  progressed = true;
  say(`progress ${Date.now()}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const slowly = program("slowly", async (run, input: { readonly index: number }) => {
  await run.step("before", async () => {
    tellProgress();
    await pause(Math.random() * LONGEST_STEP_MS);
    return input.index;
  });
  const sent = await run.step(
    "send",
    ({ key }) => {
      tellProgress();
      writeSync(effects, `${key}\n`);
      return key;
    },
    {
      once: {
        find: async (key) => (known.has(key) ? { found: key } : undefined),
        authoritative: true,
        deadlineMs: 1000,
      },
    },
  );
  return await run.step("after", async () => {
    tellProgress();
    await pause(Math.random() * LONGEST_STEP_MS);
    return sent;
  });
});

await using stint = await open({ data, programs: [slowly], concurrency: executions });
const begin = (index: number): ReturnType<typeof stint.start> =>
  stint.start(slowly, { index }, { key: `w5-${index}` });

if (mode === "start") {
  const begun: Promise<unknown>[] = [];
  for (let index = 0; index < executions; index += 1) begun.push(begin(index));
  await Promise.all(begun);
  await pause(LONGEST_STEP_MS / 8); // some have had their effect by then
  say(`in flight ${stint.running()} of ${executions}`);
  await pause(60_000);
} else {
  let completed = 0;
  let lost = 0;
  await keepInFlight(executions, executions, async (index) => {
    const { id, repeated } = await begin(index);
    if (!repeated) lost += 1;
    await stint.result(id);
    completed += 1;
  });
  say(JSON.stringify({ completed, lost }));
  closeSync(effects);
}
