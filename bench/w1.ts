/** W1: executions of three trivial steps through the library, in one process. */
import { join } from "node:path";

import { open, program } from "stint";

import type { Figures } from "./figures.ts";
import { keepInFlight } from "./in-flight.ts";
import { readLists } from "./list-reads.ts";
import { Meter } from "./meter.ts";
import type { Bench } from "./workload.ts";

const EXECUTIONS = 2_000_000;
const IN_FLIGHT = 1000;
/** What the library starts belongs to none. */
const NO_WORKSPACE = 0;

export const threeSteps = program("three-steps", async (run, input: { readonly index: number }) => {
  const one = await run.step("one", () => ({ ok: true, index: input.index }));
  const two = await run.step("two", () => ({ ok: one.ok, index: input.index }));
  return await run.step("three", () => ({ ok: two.ok, index: input.index }));
});

export async function throughLibrary(bench: Bench): Promise<Figures> {
  const { folder, say, executions = EXECUTIONS, inFlight = IN_FLIGHT } = bench;
  const stint = await open({ data: folder, programs: [threeSteps], concurrency: inFlight });
  const file = join(folder, "stint.db");
  const meter = new Meter({ workload: "W1", total: executions, say, file });
  const reads = readLists(file, NO_WORKSPACE);
  await keepInFlight(executions, inFlight, async (index) => {
    await stint.run(threeSteps, { index });
    meter.count();
  });
  const figures = meter.stop();
  const readFigures = await reads.stop();
  await stint.close();
  return { ...figures, ...readFigures, inFlight, sync: "full" };
}
