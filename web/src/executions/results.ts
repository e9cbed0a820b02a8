/** What a step did, in words: its params as the plan's cards say them, its result for each one that it worked on. */
import { PARAMS, type Verb } from "#domain/plan.ts";

import { describeStep, type Line } from "../agents/plan-words.ts";

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isVerb = (type: string): type is Verb => Object.hasOwn(PARAMS, type);

/** Params of a verb of the catalogue in its words; undefined for what is none, which is shown as it is. */
export function describeParams(type: string, params: unknown): readonly Line[] | undefined {
  if (!isVerb(type)) return undefined;
  const read = PARAMS[type].safeParse(params);
  return read.success ? describeStep({ type, params: read.data }) : undefined;
}

export interface Outcome {
  readonly who: string;
  readonly what: string;
}

/** What became of each: undefined for a result that is not one of several. */
export function outcomesOf(result: unknown): readonly Outcome[] | undefined {
  if (!Array.isArray(result) || result.length === 0) return undefined;
  const outcomes = result.flatMap((one: unknown) => {
    if (!isRow(one) || typeof one["name"] !== "string") return [];
    return [{ who: one["name"], what: phraseOutcome(one["result"]) }];
  });
  return outcomes.length === result.length ? outcomes : undefined;
}

/** Texts that say something; ids, times and whole letters stand elsewhere. */
const UNTOLD = /(^id|Id|At|^name|^body|^figures)$/;

function phraseOutcome(result: unknown): string {
  if (!isRow(result)) return phraseValue(result)[0] ?? "done";
  const detail = isRow(result["detail"]) ? result["detail"] : result;
  const told = Object.entries(detail).flatMap(([key, value]) =>
    UNTOLD.test(key) ? [] : phraseValue(value),
  );
  return told.length === 0 ? "done" : told.join(" · ");
}

function phraseValue(value: unknown): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (typeof value === "number") return [value.toLocaleString("en-US")];
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return [value.join(", ")];
  return [];
}

const MANY: Readonly<Record<string, string>> = {
  contact: "contacts",
  company: "companies",
  deal: "deals",
};

/** "18 contacts": what a search found; undefined for what is no search's result. */
export function phraseFound(result: unknown): string | undefined {
  if (!isRow(result) || !Array.isArray(result["ids"]) || typeof result["entity"] !== "string")
    return undefined;
  const { length } = result["ids"];
  const entity = result["entity"];
  return length === 1
    ? `1 ${entity}`
    : `${length.toLocaleString("en-US")} ${MANY[entity] ?? entity}`;
}
