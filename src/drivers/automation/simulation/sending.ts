/** Mail held to the limits that hold now: how many days it takes, and on which of them how much is sent. */
import type { SimulationWalk } from "#contract/shapes/simulations.ts";
import { wallClockOf } from "#domain/zones.ts";

type Sending = SimulationWalk["sending"];

export interface Pace {
  readonly zone: string;
  readonly now: number;
  readonly perDay: number;
  /** What the agent has sent today. */
  readonly sentToday: number;
  readonly onLimit: "pause" | "hold";
}

const DAY = 86_400_000;

const dayNumber = (at: number, zone: string): number => Math.floor(wallClockOf(at, zone) / DAY);

/** Days counted from 1, which is now. */
export function dayAfter({ now, zone }: Pick<Pace, "now" | "zone">, at: number): number {
  return dayNumber(at, zone) - dayNumber(now, zone) + 1;
}

/** @param times how many there are in all for each one that was walked: 1 or more */
export function spreadAll(sent: readonly number[], pace: Pace, times: number): Sending {
  const walked = spread(sent, pace);
  if (times === 1) return walked;
  const emails = Math.round(sent.length * times);
  const all = Array.from({ length: emails }, (_, index) => sent[Math.floor(index / times)] ?? 0);
  return { ...walked, inAll: { emails, days: spread(all, pace).days } };
}

/** What finds no room on its day waits for the next one that has some. @param sent when, in any order */
export function spread(sent: readonly number[], pace: Pace): Sending {
  const { perDay, sentToday, zone, now, onLimit } = pace;
  const { counts, isHeld } =
    perDay > 0 ? place(sent, pace) : { counts: [], isHeld: sent.length > 0 };
  const date = (day: number): string =>
    new Date((dayNumber(now, zone) + day - 1) * DAY).toISOString().slice(0, 10);
  return {
    emails: sent.length,
    days: counts.length,
    perDay,
    sentToday,
    byDay: counts.map(([day, emails]) => ({ day, date: date(day), emails })),
    pauses: isHeld && onLimit === "pause",
  };
}

interface Placed {
  readonly counts: readonly (readonly [day: number, emails: number])[];
  /** Whether something went on another day than it was due. */
  readonly isHeld: boolean;
}

function place(sent: readonly number[], pace: Pace): Placed {
  const counts = new Map<number, number>();
  const isFull = (day: number): boolean =>
    (counts.get(day) ?? 0) + (day === 1 ? pace.sentToday : 0) >= pace.perDay;
  let open = 1;
  let isHeld = false;
  for (const at of sent.toSorted((a, b) => a - b)) {
    const wanted = dayAfter(pace, at);
    open = Math.max(open, wanted);
    while (isFull(open)) open += 1;
    isHeld ||= open > wanted;
    counts.set(open, (counts.get(open) ?? 0) + 1);
  }
  return { counts: [...counts], isHeld };
}
