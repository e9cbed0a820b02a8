/** A program for tests that does what its input says, so that properties can try any program. */
import fc from "fast-check";

import { Fault } from "#domain/fault.ts";

import { program, type Context, type LaneContext } from "./program.ts";

export type Act =
  | { readonly do: "step" | "note" | "signal" | "failFinally" }
  | { readonly do: "fail"; readonly times: number }
  | { readonly do: "sleep"; readonly ms: number }
  | { readonly do: "large" };
export type Scene =
  | Act
  | { readonly do: "each"; readonly items: readonly (readonly Act[])[] }
  | { readonly do: "child"; readonly acts: readonly Act[] }
  | { readonly do: "both"; readonly left: readonly Act[]; readonly right: readonly Act[] };

async function act(run: Context, name: string, one: Act): Promise<unknown> {
  switch (one.do) {
    case "step":
      return await run.step(name, () => name);
    case "large":
      return await run.step(name, () => "x".repeat(9_000), { subject: "con_1" });
    case "note":
      run.note(name, name);
      return undefined;
    case "signal":
      return (await run.signal("go", { as: name, timeoutMs: 10_000 })) ?? "nobody";
    case "sleep":
      return await run.sleep(name, one.ms);
    case "fail":
      return await run.step(name, ({ number }) => {
        if (number <= one.times) throw new Fault("unavailable", "Not yet.");
        return number;
      });
    case "failFinally":
      return await run
        .step(name, () => {
          throw new Fault("invalid", "Never.");
        })
        .catch(() => "failed");
  }
}

async function perform(run: Context, acts: readonly Act[], prefix: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const [index, one] of acts.entries()) answers.push(await act(run, `${prefix}${index}`, one));
  return answers.map((answer) => answer ?? null);
}

const small = program("small", async (run, acts: readonly Act[]) => perform(run, acts, "c"));

export const scripted = program(
  "scripted",
  async (run, scenes: readonly Scene[]) => {
    const answers: unknown[] = [];
    for (const [index, scene] of scenes.entries()) {
      const name = `s${index}`;
      if (scene.do === "each") answers.push(await run.each("lane", scene.items, { as: name }));
      else if (scene.do === "child") answers.push(await run.child(name, small, scene.acts));
      else if (scene.do === "both") {
        const { left, right } = scene;
        const sides = [perform(run, left, `${name}l`), perform(run, right, `${name}r`)];
        answers.push(await Promise.all(sides));
      } else answers.push(await act(run, name, scene));
    }
    return answers.map((answer) => answer ?? null);
  },
  { lanes: { lane: async (lane: LaneContext, acts: readonly Act[]) => perform(lane, acts, "l") } },
);

export const scriptedPrograms = [scripted, small];

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom<Act>({ do: "step" }, { do: "note" }, { do: "signal" }, { do: "failFinally" }),
  fc.constant<Act>({ do: "large" }),
  fc.record({ do: fc.constant("fail" as const), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant("sleep" as const), ms: fc.integer({ min: 1, max: 5_000 }) }),
);
const anyActs = fc.array(anyAct, { maxLength: 4 });

export const anyScenes: fc.Arbitrary<readonly Scene[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: anyAct },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("each" as const),
        items: fc.array(anyActs, { maxLength: 4 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("child" as const), acts: anyActs }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("both" as const), left: anyActs, right: anyActs }),
    },
  ),
  { maxLength: 5 },
);
