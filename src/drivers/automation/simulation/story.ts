/** What the ledger of a simulation tells: of each journey, and of the steps that were taken once. */
import type { Fact } from "#domain/facts.ts";
import type { KeptFault } from "#domain/fault.ts";
import { type PlacedStep, type Plan, walkPlan } from "#domain/plan.ts";
import type { Entry, Ledger } from "#ledger/ledger.ts";

/** One step of one journey, as far as it came. */
export interface Told {
  readonly placed: PlacedStep;
  readonly at: number;
  readonly what:
    | { readonly is: "done"; readonly answer: unknown }
    | { readonly is: "waited"; readonly until: number }
    | { readonly is: "failed"; readonly fault: KeptFault };
}

export interface Story {
  /** Null for what was done once, for nobody. */
  readonly entity: string | null;
  readonly told: readonly Told[];
  readonly end: "completed" | "skipped" | "failed" | "unfinished";
  /** Why it was left out or failed, and at which step. */
  readonly reason: string | null;
  readonly step: string | null;
}

export interface Stories {
  /** Lane 0's own. */
  readonly main: Story;
  readonly journeys: readonly Story[];
  /** What ended the execution. */
  readonly fault: KeptFault | undefined;
  readonly lastAt: number;
}

export async function readStories(ledger: Ledger, id: string, plan: Plan | null): Promise<Stories> {
  const no = (await ledger.find(id))?.no ?? 0;
  const entries = (await ledger.readAfter(0, Number.MAX_SAFE_INTEGER)).filter(
    (entry) => entry.no === no,
  );
  const places = placesOf(plan);
  const answers = await readAnswers(ledger, no);
  const lanes = Map.groupBy(entries, ({ lane }) => lane);
  const storyOf = (own: readonly Entry[]): Story => tell(own, places, answers);
  const main = lanes.get(0) ?? [];
  return {
    main: storyOf(main),
    journeys: [...lanes].flatMap(([lane, own]) => (lane === 0 ? [] : [storyOf(own)])),
    fault: faultOf(main.at(-1)),
    lastAt: Math.max(...entries.map(({ at }) => at)),
  };
}

function faultOf(last: Entry | undefined): KeptFault | undefined {
  const fact = last?.facts.at(-1);
  return fact?.t === "failed" ? fact.fault : undefined;
}

function placesOf(plan: Plan | null): ReadonlyMap<string, PlacedStep> {
  return new Map((plan === null ? [] : [...walkPlan(plan)]).map((one) => [one.path, one]));
}

type Answers = ReadonlyMap<string, unknown>;
const keyOf = (lane: number, version: number, part: number): string => `${lane}.${version}.${part}`;

async function readAnswers({ store }: Ledger, no: number): Promise<Answers> {
  const rows = await store.db
    .selectFrom("payloads")
    .select(["lane", "version", "part", "body"])
    .where("no", "=", no)
    .execute();
  return new Map(
    rows.map(({ lane, version, part, body }) => [
      keyOf(lane, version, part),
      body === null ? undefined : (JSON.parse(body) as unknown),
    ]),
  );
}

function tell(
  entries: readonly Entry[],
  places: ReadonlyMap<string, PlacedStep>,
  answers: Answers,
): Story {
  const told = entries.flatMap((entry) => tellEntry(entry, places, answers));
  const facts = entries.flatMap((entry) => entry.facts);
  const outline: Omit<Story, "told"> = Object.assign(
    { entity: null, end: "unfinished" as const, reason: null, step: null },
    ...facts.map(outlineOf),
  );
  const isLeftOut = outline.end === "skipped";
  const step = outline.step ?? (isLeftOut ? (told.at(-1)?.placed.path ?? null) : null);
  return { ...outline, told, step };
}

function tellEntry(
  { lane, version, at, facts }: Entry,
  places: ReadonlyMap<string, PlacedStep>,
  answers: Answers,
): readonly Told[] {
  const answerOf = (part: number): unknown => answers.get(keyOf(lane, version, part));
  return facts.flatMap((fact) => {
    const placed = "path" in fact ? places.get(fact.path) : undefined;
    const what = whatOf(fact, answerOf);
    return placed === undefined || what === undefined ? [] : [{ placed, at, what }];
  });
}

function outlineOf(fact: Fact): Partial<Story> {
  if (fact.t === "laneOpened") return { entity: fact.entity };
  if (fact.t === "completed") return { end: "completed" };
  if (fact.t === "skipped") return { end: "skipped", reason: fact.reason };
  if (fact.t !== "failed") return {};
  return { end: "failed", reason: fact.fault.message, step: fact.fault.step ?? null };
}

function whatOf(fact: Fact, answerOf: (part: number) => unknown): Told["what"] | undefined {
  if (fact.t === "stepDone") {
    return { is: "done", answer: fact.part === undefined ? fact.r : answerOf(fact.part) };
  }
  if (fact.t === "timerSet") return { is: "waited", until: fact.until };
  const isFinal = fact.t === "stepFailed" && fact.retryAt === undefined;
  if (isFinal || fact.t === "stepUncertain") return { is: "failed", fault: fact.fault };
  return undefined;
}
