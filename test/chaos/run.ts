/** Runs scenes through disturbed lives, one after another or overlapping, and a last one that is not disturbed. */
import { testClock, type TestClock } from "#domain/test-clock.ts";
import { openEngine, type Engine } from "#engine/engine.ts";
import { settleAll } from "#engine/testing.ts";
import type { Ledger } from "#ledger/ledger.ts";

import type { Stopping } from "../crash/life.ts";
import { disturbed, lateClock, UNDISTURBED, type Life } from "./disturbed.ts";
import { programsOn, type Outside, type Scene } from "./scenes.ts";

export interface Ended {
  readonly state: string;
  readonly answers: unknown;
  readonly outside: Outside;
  /** How many steps are on record as uncertain, those of children included. */
  readonly uncertain: number;
}

const MOST_TURNS = 120;
const TURN_MS = 1_501;
/** A stopped process goes on while the next one is in that turn: it was away for a while. */
const RESUMED_AT = 2;
const LAST_TURNS_MS = [0, 10_000, 10_000, 10_000];

let incarnation = 0;
let runs = 0;

interface Play {
  readonly ledger: Ledger;
  readonly clock: TestClock;
  readonly outside: Outside;
  readonly begin: (life: Life, clock: TestClock) => Living;
  readonly living: readonly Living[];
  readonly busy: () => boolean;
}

interface Living {
  readonly life: Life;
  readonly watch: Stopping;
  engine?: Engine;
  /** The execution, once it is known to have been started. */
  id?: string;
}

export async function runThrough(
  ledger: Ledger,
  scenes: readonly Scene[],
  lives: readonly Life[],
): Promise<Ended> {
  const play = openPlay(ledger, scenes);
  for (const life of lives) await live(play, life);
  const id = (await live(play, UNDISTURBED)) ?? "";
  play.clock.advance(TURN_MS);
  for (const { watch } of play.living) watch.resume();
  for (const ms of LAST_TURNS_MS) {
    play.clock.advance(ms);
    await settleAll(play.busy);
  }
  await Promise.all(play.living.map(async ({ engine }) => engine?.stop(0)));
  return await readEnded(play, id);
}

function openPlay(ledger: Ledger, scenes: readonly Scene[]): Play {
  const outside: Outside = { effects: new Map(), begun: new Map(), repeated: [] };
  const onRecord = new Set<string>();
  const idOf = new Map<number, string>();
  const { chaos, programs } = programsOn({ outside, isOnRecord: (key) => onRecord.has(key) });
  const key = `chaos-${++runs}`;
  const living: Living[] = [];

  function done(no: number, lane: number, path: string): void {
    const id = idOf.get(no);
    if (id !== undefined) onRecord.add(lane === 0 ? `${id}/${path}` : `${id}/${lane}/${path}`);
  }

  async function start(one: Living, clock: TestClock): Promise<void> {
    const late = lateClock(clock, one.life.lateMs);
    const log = { warn: () => undefined };
    const { ledger: seen } = one.watch;
    one.engine = await openEngine({ ledger: seen, programs, clock: late, log, random: () => 0 });
    const { id } = await one.engine.start(chaos, scenes, { key });
    const found = await ledger.find(id);
    if (found !== undefined) idOf.set(found.no, id);
    one.id = id;
  }

  return {
    ledger,
    outside,
    living,
    clock: testClock(),
    busy: () => living.some(({ watch }) => watch.busy()),
    begin: (life, clock) => {
      const owner = { id: "node", incarnation: ++incarnation };
      const one: Living = { life, watch: disturbed(ledger, owner, life, done) };
      living.push(one);
      void start(one, clock);
      return one;
    },
  };
}

/** Until its process stops or the execution has ended. */
async function live(play: Play, life: Life): Promise<string | undefined> {
  const { ledger, clock, busy, living } = play;
  const sleeping = living.filter((one) => one.life.resumes);
  const one = play.begin(life, clock);
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    if (turn === RESUMED_AT) for (const { watch } of sleeping) watch.resume();
    await settleAll(busy);
    if (one.watch.hasStopped()) return undefined;
    if (one.id !== undefined && (await ledger.find(one.id))?.ended === true) return one.id;
    clock.advance(TURN_MS);
  }
  return one.id;
}

async function readEnded({ ledger, outside }: Play, id: string): Promise<Ended> {
  const no = (await ledger.find(id))?.no ?? 0;
  const last = (await ledger.read(no, 0)).at(-1)?.facts.at(-1);
  const uncertain = await ledger.store.db
    .selectFrom("facts")
    .select("position")
    .where("no", ">=", no)
    .where("data", "like", '%"stepUncertain"%')
    .execute();
  const answers = last?.t === "completed" ? last.r : last;
  return { state: last?.t ?? "lost", answers, outside, uncertain: uncertain.length };
}
