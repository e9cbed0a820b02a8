/** What an execution takes. It is kept beside its output, so that another life of Stint goes on counting. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { growthOf } from "./folder-size.ts";
import { FILES, type LaunchRecord } from "./launch.ts";
import type { Process, Processes } from "./processes.ts";
import { type Resources, type Sample, type Sampled, Sampler } from "./sampling.ts";
import { readIo, readTimes } from "./told-by-shell.ts";

/** What was there at a look; its CPU is that since the look before. */
export interface Look extends Sample {
  readonly since: number;
}

export interface Takings {
  readonly take: (members: readonly Process[], at: number) => Sample;
  readonly resources: () => Resources;
  readonly series: () => readonly Sample[];
  /** The last one of this life; null: there was none yet. The series tells of whole stretches. */
  readonly latest: () => Look | null;
  /** Where it can: a disk that takes nothing now may at the next look, and the process goes on meanwhile. */
  readonly save: () => void;
  /** It is over: looks a last time. */
  readonly settle: () => Promise<void>;
}

const SAVE_EACH_MS = 5000;

export function openTakings(processes: Processes, folder: string, record: LaunchRecord): Takings {
  const kept = readKept(folder);
  const sampler = new Sampler(processes, undefined, kept?.sampled);
  const { cwd = "", folderBytes: before = null } = record;
  const growth = growthOf(cwd, before, kept?.growth ?? null);
  let saved = 0;
  let latest: Look | null = null;

  function save(): boolean {
    return keep(folder, { sampled: sampler.sampled(), growth: growth.bytes() });
  }

  return {
    save,
    series: () => sampler.series(),
    latest: () => latest,
    resources: () => ({ ...sampler.resources(), folderGrowthBytes: growth.bytes() }),
    take: (members, at) => {
      const since = sampler.series().at(-1)?.at ?? record.startedAt;
      const sample = sampler.take(members, at);
      latest = { ...sample, since };
      growth.look(at);
      if (at - saved >= SAVE_EACH_MS && save()) saved = at;
      return sample;
    },
    settle: async () => {
      sampler.atLeast({ cpuMs: readTimes(folder) ?? 0, ...readIo(folder) });
      await growth.settle();
      save();
    },
  };
}

const count = z.number().nullable();
const counts = z.object({ cpuMs: z.number(), readBytes: count, writtenBytes: count });

const keptSchema = z.object({
  growth: count,
  sampled: z.object({
    lost: counts,
    latest: z.array(z.tuple([z.string(), counts.extend({ parent: z.number() })]).readonly()),
    total: counts,
    peak: count,
    series: z.array(
      z.object({
        at: z.number(),
        processes: z.number(),
        cpuMs: z.number(),
        memoryBytes: count,
        // Those of earlier versions have none.
        readBytes: count.default(null),
        writtenBytes: count.default(null),
      }),
    ),
    looks: z.number(),
    looksOfLast: z.number(),
  }),
});

interface Kept {
  readonly sampled: Sampled;
  readonly growth: number | null;
}

/** Answers whether it is kept: neither a full disk nor a folder that was deleted lets go of a process. */
function keep(folder: string, keeping: Kept): boolean {
  const file = join(folder, FILES.resources);
  try {
    writeFileSync(`${file}.part`, JSON.stringify(keeping));
    renameSync(`${file}.part`, file);
    return true;
  } catch {
    return false;
  }
}

/** Whose processes they were at the last look that is kept, by their keys. */
export function readMembers(folder: string): readonly string[] {
  return readKept(folder)?.sampled.latest.map(([key]) => key) ?? [];
}

/** How what it took came about, as far as that is kept. */
export function readSeries(folder: string): readonly Sample[] {
  return readKept(folder)?.sampled.series ?? [];
}

/** Undefined: there is none, or it is none; then counting begins anew. */
function readKept(folder: string): Kept | undefined {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(join(folder, FILES.resources), "utf8")));
  } catch {
    return undefined;
  }
}
