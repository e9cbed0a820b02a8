import type { TestClock } from "#domain/test-clock.ts";
/** An execution with everything in it, and the outside that it acts on. */
import type { Engine } from "#engine/engine.ts";
import { program, type Context, type LaneContext } from "#engine/program.ts";
import { settleAll } from "#engine/testing.ts";
import type { Owner } from "#ledger/items.ts";
import type { Ledger } from "#ledger/ledger.ts";

/** What the outside did, by key: each effect must be there once. */
export interface Outside {
  readonly done: Map<string, number>;
  readonly act: (key: string) => Promise<string>;
  readonly find: (key: string) => Promise<{ readonly found: string } | undefined>;
}

export function openOutside(): Outside {
  const done = new Map<string, number>();
  return {
    done,
    act: async (key) => {
      done.set(key, (done.get(key) ?? 0) + 1);
      return "sent";
    },
    find: async (key) => (done.has(key) ? { found: "sent" } : undefined),
  };
}

export function lifeOn(outside: Outside) {
  const send = (run: Context, name: string): Promise<string> =>
    run.step(name, ({ key }) => outside.act(key), {
      once: { find: outside.find, authoritative: true, deadlineMs: 5_000 },
    });
  const child = program("life-child", async (run, n: number) => {
    await run.sleep("nap", 1_000);
    return await run.step("double", () => n * 2);
  });
  const life = program(
    "life",
    async (run, n: number) => {
      const first = await run.step("first", () => n + 1);
      const sent = await send(run, "mail");
      await run.sleep("nap", 60_000);
      const [doubled, lanes] = await Promise.all([
        run.child("child", child, first),
        run.each("contact", ["ada", "ben"], { entity: (name) => name, concurrency: 1 }),
      ]);
      const go = await run.signal<string>("go");
      return { first, sent, doubled, lanes, go };
    },
    {
      lanes: {
        contact: async (lane: LaneContext, name: string) => {
          const sent = await send(lane, "mail");
          await lane.sleep("nap", 2_000);
          return `${name} ${sent}`;
        },
      },
    },
  );
  return { life, programs: [life, child] };
}

export const EXPECTED = {
  first: 2,
  sent: "sent",
  doubled: 4,
  lanes: [
    { state: "completed", output: "ada sent" },
    { state: "completed", output: "ben sent" },
  ],
  go: "now",
};

export type Fate = "before" | "after";

/** A ledger as a process sees it that dies, or stops for a while, around its n-th write. */
export interface Stopping {
  readonly ledger: Ledger;
  readonly busy: () => boolean;
  readonly writes: () => number;
  readonly hasStopped: () => boolean;
  /** Stops it here, if it has not stopped yet. */
  readonly die: () => void;
  /** A stopped one goes on: what it was about to write is written, what it waited for is answered. */
  readonly resume: () => void;
}

export function stoppingAt(ledger: Ledger, owner: Owner, n: number, when: Fate): Stopping {
  let writes = 0;
  let open = 0;
  let stopped = false;
  let last = n;
  const resumed = Promise.withResolvers<void>();
  const halt = async (): Promise<void> => {
    open -= 1;
    await resumed.promise;
    open += 1;
  };
  return {
    ledger: {
      ...ledger,
      owner,
      append: async (item) => {
        writes += 1;
        open += 1;
        try {
          if (writes === last) stopped = true;
          if (stopped && (when === "before" || writes > last)) await halt();
          const outcome = await ledger.append(item);
          if (stopped) await halt();
          return outcome;
        } finally {
          open -= 1;
        }
      },
    },
    busy: () => open > 0,
    writes: () => writes,
    hasStopped: () => stopped,
    die: () => {
      if (stopped) return;
      stopped = true;
      last = writes;
    },
    resume: resumed.resolve,
  };
}

/** Does what people would do, and lets time pass, until the execution has ended or the process has stopped. */
export async function live(
  engine: Engine,
  { life }: Pick<ReturnType<typeof lifeOn>, "life">,
  clock: TestClock,
  key: string,
  watch: Stopping,
): Promise<string | undefined> {
  const started: { id?: string } = {};
  void engine.start(life, 1, { key }).then(({ id }) => (started.id = id));
  for (let i = 0; i < 40; i += 1) {
    await settleAll(watch.busy);
    if (watch.hasStopped()) return started.id;
    if (started.id !== undefined) {
      if ((await watch.ledger.find(started.id))?.ended === true) return started.id;
      if (i === 6) void engine.signal(started.id, "go", "now", { key: "go" });
    }
    clock.advance(i % 3 === 0 ? 60_000 : 2_001);
  }
  return started.id;
}
