/**
 * Stint's own time. It is the machine's, as long as that goes with the time that has really passed. When
 * the machine's clock jumps, Stint goes on by what has passed: forward, so that nothing is due only by
 * the jump; back, so that nothing happens twice or waits for the same hours again. It never runs
 * backwards. A person who knows which clock is right can have it follow the machine's again.
 */
import type { Clock } from "./clock.ts";

export interface SteadyClock extends Clock {
  /** How far the machine's clock is ahead of this one (behind it: below zero); 0: they go together. */
  readonly ahead: () => number;
  /** The machine's clock is right, says a person: take it from now on, wherever it stands. */
  readonly follow: () => void;
}

export interface SteadyOptions {
  /** The machine's clock. */
  readonly clock: Clock;
  /** Milliseconds that have passed since some moment, sleep included; nobody can set it. */
  readonly uptime: () => number;
  /** How far the machine's clock was ahead when the former life ended. */
  readonly ahead?: number;
  /** The last moment on record: time goes on from there, although the machine's clock may be behind. */
  readonly notBefore?: number;
  /** The machine's clock jumped, or is with this one again. */
  readonly onChange?: (ahead: number) => void;
}

/** A jump up to here is a correction: forward it is followed at once, back it is made up for little by little. */
export const TOLERANCE_MS = 5 * 60_000;
const LOOK_EVERY_MS = 1000;
/** Two clocks are read one after the other, and one of them in hundredths. */
const NOISE_MS = 100;
const SLEW = 0.01;

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
  disarm: () => void;
}

export function steadyClock(options: SteadyOptions): SteadyClock {
  const watch = openWatch(options);
  const alarms = openAlarms(options.clock, watch.off);
  return {
    now: watch.now,
    at: alarms.at,
    ahead: () => {
      watch.now();
      return told(watch.off());
    },
    follow: () => {
      watch.follow();
      alarms.armAgain();
      options.onChange?.(0);
    },
  };
}

interface Watch {
  readonly now: () => number;
  /** How far the machine's clock is ahead, be it ever so little. */
  readonly off: () => number;
  readonly follow: () => void;
}

function openWatch({
  clock,
  uptime,
  onChange,
  ahead: kept = 0,
  notBefore = 0,
}: SteadyOptions): Watch {
  let wallAt = clock.now();
  let upAt = uptime();
  let seen = wallAt;
  let ahead = startAhead(wallAt, kept, notBefore);
  let last = wallAt - ahead;

  /** Rare: the usual look at the time costs no second clock. */
  function compare(wall: number): void {
    const up = uptime();
    const passed = up - upAt;
    const jump = wall - wallAt - passed;
    [wallAt, upAt] = [wall, up];
    const before = ahead;
    ahead = settle(jump < -NOISE_MS || jump > TOLERANCE_MS ? ahead + jump : ahead, passed);
    if (isNews(before, ahead)) onChange?.(told(ahead));
  }

  return {
    now: () => {
      const wall = clock.now();
      if (wall < seen || wall - wallAt >= LOOK_EVERY_MS) compare(wall);
      seen = wall;
      last = Math.max(last, wall - ahead);
      return last;
    },
    off: () => ahead,
    follow: () => {
      [wallAt, upAt, ahead] = [clock.now(), uptime(), 0];
      last = wallAt;
    },
  };
}

interface Alarms {
  readonly at: Clock["at"];
  readonly armAgain: () => void;
}

/** The machine's alarms count what passes: only where the clock itself is followed anew are they set anew. */
function openAlarms(clock: Clock, off: () => number): Alarms {
  const alarms = new Set<Alarm>();

  function arm(alarm: Alarm): void {
    alarm.disarm = clock.at(alarm.at + off(), () => {
      alarms.delete(alarm);
      alarm.ring();
    });
  }

  return {
    at: (at, ring) => {
      const alarm: Alarm = { at, ring, disarm: () => undefined };
      alarms.add(alarm);
      arm(alarm);
      return () => {
        alarms.delete(alarm);
        alarm.disarm();
      };
    },
    armAgain: () => {
      for (const alarm of alarms) {
        alarm.disarm();
        arm(alarm);
      }
    },
  };
}

/** Never before what is on record; a clock that was put right meanwhile is followed. */
function startAhead(wall: number, kept: number, notBefore: number): number {
  if (kept > 0 && wall - kept >= notBefore) return kept;
  return Math.min(0, wall - notBefore);
}

/** Small differences go away: time stands still for nobody, and leaps no more than the tolerance. */
function settle(ahead: number, passed: number): number {
  if (isOff(ahead)) return ahead;
  return ahead > 0 ? 0 : Math.min(0, ahead + passed * SLEW);
}

const isNews = (before: number, ahead: number): boolean =>
  isOff(ahead) ? Math.abs(ahead - before) > NOISE_MS : isOff(before);
const isOff = (ahead: number): boolean => Math.abs(ahead) > TOLERANCE_MS;
const told = (ahead: number): number => (isOff(ahead) ? ahead : 0);
