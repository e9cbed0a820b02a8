/** What an invocation used of the machine, as figures and as lines of a chart. */
import type { Invocation } from "#contract/shapes/invocations.ts";

import { phraseMs } from "../time/phrases.ts";
import { phraseBytes } from "./words.ts";

export interface Figure {
  readonly name: string;
  readonly text: string;
}

type Told = number | null;
const bytes = (value: Told): string => (value === null ? "unknown" : phraseBytes(value));

export function resourceFigures({ resources }: Pick<Invocation, "resources">): readonly Figure[] {
  const { cpuMs, peakMemoryBytes, diskReadBytes, diskWrittenBytes, folderGrowthBytes } = resources;
  return [
    { name: "CPU time", text: cpuMs === null ? "unknown" : phraseMs(cpuMs) },
    { name: "Peak memory", text: bytes(peakMemoryBytes) },
    { name: "Disk read", text: bytes(diskReadBytes) },
    { name: "Disk written", text: bytes(diskWrittenBytes) },
    { name: "Folder grew by", text: bytes(folderGrowthBytes) },
  ];
}

export interface Point {
  readonly at: number;
  readonly value: number;
}

export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
  /** What stood last, and the most that stood. */
  readonly now: string;
  readonly most: string;
}

type Series = Invocation["series"];

/** Read and written, in bytes a second. */
function diskRate({ diskReadRate: read, diskWrittenRate: written }: Series[number]): Told {
  return read === null && written === null ? null : (read ?? 0) + (written ?? 0);
}

/** Lines of two points or more: one point is no course. */
export function resourceLines(series: Series): readonly Line[] {
  const line = (
    name: string,
    valueOf: (sample: Series[number]) => Told,
    phrase: (value: number) => string,
  ): readonly Line[] => {
    const points = series.flatMap((sample) => {
      const value = valueOf(sample);
      return value === null ? [] : [{ at: Date.parse(sample.at), value }];
    });
    const last = points.at(-1);
    if (last === undefined || points.length < 2) return [];
    const most = Math.max(...points.map(({ value }) => value));
    return [{ name, points, now: phrase(last.value), most: phrase(most) }];
  };
  return [
    ...line("Memory", ({ memoryBytes }) => memoryBytes, phraseBytes),
    ...line(
      "CPU",
      ({ cpuShare }) => cpuShare,
      (share) => `${Math.round(share * 100)} %`,
    ),
    ...line("Disk", diskRate, (rate) => `${phraseBytes(rate)}/s`),
    ...line("Processes", ({ processes }) => processes, String),
  ];
}

/** An SVG path through the points, from 0 to 100 each way, 0 at the bottom and the greatest value at the top. */
export function pathOf(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  const span = Math.max(1, last.at - first.at);
  const most = Math.max(...points.map(({ value }) => value)) || 1;
  const place = ({ at, value }: Point): string =>
    `${round(((at - first.at) / span) * 100)},${round(100 - (value / most) * 100)}`;
  return `M${points.map(place).join("L")}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
