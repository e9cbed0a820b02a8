/** The lines of a spec's `metrics.jsonl`, whose form other programs read, too. */
import { z } from "zod";

import { appendLine, namesIn, readIfThere } from "./files.ts";
import { metricsFile, specsFolder } from "./folder.ts";

const time = z.iso.datetime({ offset: true });
const ms = z.number();

const metricLine = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("ai"),
    spec: z.string(),
    phase: z.string(),
    start: time,
    end: time,
    ms,
  }),
  z.looseObject({ type: z.literal("human"), spec: z.string(), start: time, end: time, ms }),
  z.looseObject({
    type: z.literal("lifecycle"),
    spec: z.string(),
    event: z.enum(["start", "complete"]),
    timestamp: time,
    totalMs: ms.optional(),
  }),
]);

export type MetricLine = Readonly<z.infer<typeof metricLine>>;
export type AiLine = Extract<MetricLine, { readonly type: "ai" }>;

/** What can be read of a spec's lines, in order; half a line, or what is none, is left out. */
export async function readMetricLines(
  project: string,
  specId: string,
): Promise<readonly MetricLine[]> {
  const text = (await readIfThere(metricsFile(project, specId))) ?? "";
  return text.split("\n").flatMap((line) => {
    const read = metricLine.safeParse(parse(line));
    return read.success ? [read.data] : [];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // a line that a crash cut off
  }
}

/** The lock is held. */
export async function addMetricLine(project: string, line: MetricLine): Promise<void> {
  await appendLine(metricsFile(project, line.spec), JSON.stringify(line));
}

export async function specsWithMetrics(project: string): Promise<readonly string[]> {
  return await namesIn(specsFolder(project));
}
