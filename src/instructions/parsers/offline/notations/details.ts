import { readDuration } from "../readers/amounts.ts";
import type { Token } from "../tokens.ts";
import { type Act, type Slot, slotOf } from "./acts.ts";
import { put, putBefore, quote, unquote } from "./edit.ts";

/** A detail of an act as it was written: with its name, or in its place among the others. */
export interface Detail {
  readonly name?: string | undefined;
  readonly value: readonly Token[];
}

/** The sentence that an act and its details make; nothing where a detail has no place in it. */
export function sayAct(
  text: string,
  act: Act,
  place: Token,
  details: readonly Detail[],
): readonly Token[] | undefined {
  const filled = new Map<Slot, readonly Token[]>();
  for (const { name, value } of details.map(inUnits)) {
    const slot = name === undefined ? freeSlot(act, filled, value) : slotOf(act, name);
    if (slot === undefined || filled.has(slot) || value.length === 0) return undefined;
    filled.set(slot, valueOf(text, slot, value));
  }
  const said = act.slots.flatMap((slot) => sayValue(slot, filled.get(slot) ?? []));
  return [...put(act.say, place), ...said];
}

/** One detail in the words that a sentence has for it. */
export function saySlot(text: string, slot: Slot, value: readonly Token[]): readonly Token[] {
  return sayValue(slot, valueOf(text, slot, value));
}

function sayValue(slot: Slot, value: readonly Token[]): readonly Token[] {
  const [first] = value;
  if (first === undefined) return [];
  const words = isTime(value) ? slot.words : slot.words.replace("due in", "due");
  return words === "" ? value : [...putBefore(words, first), ...value];
}

const UNITS = /^(?:minutes?|hours?|days?|weeks?|months?)$/;

/** "days=3" */
function inUnits(detail: Detail): Detail {
  const [number] = detail.value;
  const isAmount = detail.value.length === 1 && number?.kind === "number";
  if (!isAmount || detail.name === undefined || !UNITS.test(detail.name)) return detail;
  return { value: [number, ...putBefore(detail.name, { ...number, start: number.end })] };
}

function valueOf(text: string, { kind }: Slot, value: readonly Token[]): readonly Token[] {
  if (kind === "text") return quote(text, value);
  return kind === "time" ? value.flatMap(unquote) : value;
}

/** Whom it concerns, how long it takes, or what is said: told by what stands there. */
function freeSlot(
  act: Act,
  filled: ReadonlyMap<Slot, unknown>,
  value: readonly Token[],
): Slot | undefined {
  const free = act.slots.filter((slot) => !filled.has(slot) && slot.key !== "entity");
  const isPerson = value.length === 1 && value[0]?.kind === "variable";
  const to = isPerson ? free.find(({ key }) => key === "to") : undefined;
  const time = isTime(value) ? free.find(({ kind }) => kind === "time") : undefined;
  return to ?? time ?? free.find(({ kind, key }) => kind !== "time" && key !== "to") ?? free[0];
}

function isTime(value: readonly Token[]): boolean {
  const tokens = value.flatMap(unquote);
  return readDuration({ text: "", tokens, end: tokens.length }, 0)?.next === tokens.length;
}
