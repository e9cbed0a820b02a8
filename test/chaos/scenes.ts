/** A program that does what its input says, on an outside that counts what it was asked for. */
import fc from "fast-check";

import { Fault } from "#domain/fault.ts";
import { program, type Attempt, type Context, type LaneContext } from "#engine/program.ts";

/** An effect that must happen at most once. */
interface Once {
  readonly do: "once";
  /** The outside does it and its answer is lost, the first time. */
  readonly loses: boolean;
  /** The outside cannot be asked afterwards: whether it happened may stay unknown. */
  readonly blind: boolean;
}
export type Act =
  | { readonly do: "step" }
  | { readonly do: "sleep"; readonly ms: number }
  | { readonly do: "fail"; readonly times: number }
  | Once;
export type Scene =
  | Act
  | { readonly do: "each"; readonly items: readonly (readonly Act[])[] }
  | { readonly do: "child"; readonly acts: readonly Act[] }
  | { readonly do: "both"; readonly left: readonly Act[]; readonly right: readonly Act[] };

export const UNCERTAIN = "uncertain";

export interface Outside {
  /** How often each effect happened, by its key. */
  readonly effects: Map<string, number>;
  /** How often each step's work was begun, by its key. */
  readonly begun: Map<string, number>;
  /** Work that was begun although its completion was on record; filled by `isOnRecord`. */
  readonly repeated: string[];
}

export interface World {
  readonly outside: Outside;
  readonly isOnRecord: (key: string) => boolean;
}

function begin({ outside, isOnRecord }: World, { key }: Attempt): void {
  if (isOnRecord(key)) outside.repeated.push(key);
  outside.begun.set(key, (outside.begun.get(key) ?? 0) + 1);
}

async function sendOnce(
  world: World,
  run: Context,
  name: string,
  { loses, blind }: Once,
): Promise<string> {
  const { effects } = world.outside;
  const work = (attempt: Attempt): string => {
    begin(world, attempt);
    const times = (effects.get(attempt.key) ?? 0) + 1;
    effects.set(attempt.key, times);
    if (loses && times === 1)
      throw new Fault("unavailable", "The answer was lost.", { happened: "unknown" });
    return "sent";
  };
  const find = async (key: string) => (!blind && effects.has(key) ? { found: "sent" } : undefined);
  const once = { find, authoritative: !blind, deadlineMs: 2_000 };
  try {
    return await run.step(name, work, { once });
  } catch (error) {
    if (error instanceof Fault && error.facts["code"] === "effect_uncertain") return UNCERTAIN;
    throw error;
  }
}

async function act(world: World, run: Context, name: string, one: Act): Promise<unknown> {
  switch (one.do) {
    case "step":
      return await run.step(name, (attempt) => {
        begin(world, attempt);
        return name;
      });
    case "sleep":
      await run.sleep(name, one.ms);
      return "slept";
    case "fail":
      return await run.step(name, (attempt) => {
        begin(world, attempt);
        if (attempt.number <= one.times) throw new Fault("unavailable", "Not yet.");
        return attempt.number;
      });
    case "once":
      return await sendOnce(world, run, name, one);
  }
}

async function perform(world: World, run: Context, acts: readonly Act[], prefix: string) {
  const answers: unknown[] = [];
  for (const [index, one] of acts.entries())
    answers.push(await act(world, run, `${prefix}${index}`, one));
  return answers;
}

export function programsOn(world: World) {
  const child = program("chaos-child", async (run, acts: readonly Act[]) =>
    perform(world, run, acts, "c"),
  );
  const lanes = {
    lane: async (lane: LaneContext, acts: readonly Act[]) => perform(world, lane, acts, "l"),
  };
  const chaos = program(
    "chaos",
    async (run, scenes: readonly Scene[]) => {
      const answers: unknown[] = [];
      for (const [index, scene] of scenes.entries()) {
        const name = `s${index}`;
        if (scene.do === "each") answers.push(await run.each("lane", scene.items, { as: name }));
        else if (scene.do === "child") answers.push(await run.child(name, child, scene.acts));
        else if (scene.do === "both") {
          const sides = [scene.left, scene.right].map((acts, side) =>
            perform(world, run, acts, `${name}/${side}/`),
          );
          answers.push(await Promise.all(sides));
        } else answers.push(await act(world, run, name, scene));
      }
      return answers;
    },
    { lanes },
  );
  return { chaos, programs: [chaos, child] };
}

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constant<Act>({ do: "step" }),
  fc.record({ do: fc.constant("sleep" as const), ms: fc.integer({ min: 1, max: 4_000 }) }),
  fc.record({ do: fc.constant("fail" as const), times: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ do: fc.constant("once" as const), loses: fc.boolean(), blind: fc.boolean() }),
);
const anyActs = fc.array(anyAct, { maxLength: 3 });

export const anyScenes: fc.Arbitrary<readonly Scene[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: anyAct },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("each" as const),
        items: fc.array(anyActs, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("child" as const), acts: anyActs }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("both" as const), left: anyActs, right: anyActs }),
    },
  ),
  { minLength: 1, maxLength: 4 },
);
