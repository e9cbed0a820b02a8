/**
 * What a stream hands on to the one that tries it again: the answers that still stand. What had failed
 * is tried again, so it is not among them; an effect that must happen once is, wherever it was begun.
 */
import type { Carries, Fact, FactOf } from "#domain/facts.ts";
import type { Payload } from "#ledger/items.ts";
import { payloadKey, type Entry, type Part } from "#ledger/ledger.ts";

import { type End, isEnd } from "./history.ts";

/** Facts for the first append of the new stream, with their payloads. */
export interface Carried {
  readonly facts: readonly FactOf<"carried">[];
  readonly payloads: readonly Payload[];
}

export const NOTHING_CARRIED: Carried = { facts: [], payloads: [] };
/** Part 0 of the append is for what the stream is opened with. */
const FIRST_PART = 1;

/** A stream as it was told: what it had been handed on itself counts as its own. */
export interface Told {
  readonly facts: readonly { readonly version: number; readonly fact: Fact }[];
  readonly parts: ReadonlyMap<string, Part>;
}

export function tell(entries: readonly Entry[], parts: readonly Part[]): Told {
  return {
    facts: entries.flatMap(({ version, facts }) =>
      facts.map((fact) => ({ version, fact: fact.t === "carried" ? fact.fact : fact })),
    ),
    parts: new Map(parts.map((part) => [payloadKey(part.version, part.part), part])),
  };
}

/** Where the stream first did something about a step; undefined: it never came to it. */
export function reached({ facts }: Told, path: string): number | undefined {
  const index = facts.findIndex(({ fact }) => "path" in fact && fact.path === path);
  return index === -1 ? undefined : index;
}

/** Where the step failed that ended the stream; its end, where none did. */
export function failurePoint({ facts }: Told): number {
  const last = facts.at(-1)?.fact;
  const step = last?.t === "failed" ? last.fault.step : undefined;
  const index = facts.findLastIndex(
    ({ fact }) => fact.t === "stepFailed" && fact.path === step && fact.retryAt === undefined,
  );
  return index === -1 ? facts.length : index;
}

export function endOf({ facts }: Told): End | undefined {
  const last = facts.at(-1)?.fact;
  return last !== undefined && isEnd(last) ? last : undefined;
}

/** The end alone: whoever gets it does nothing but end so, too. */
export function carryEnd(told: Told): Carried {
  const carrier = openCarrier(told);
  const last = told.facts.at(-1);
  if (last !== undefined) carrier.add(last.version, last.fact);
  return carrier.carried();
}

/** The answers of before `point`, without those of steps that are others now; and every effect that was begun. */
export function carryUntil(told: Told, point: number, changed: Carries["changed"] = []): Carried {
  const others = new Set(changed);
  const intents = intentsOf(told);
  const answers = new Map<string, Placed>();
  for (const [index, placed] of told.facts.entries()) {
    const { fact } = placed;
    if (!("path" in fact) || !stands(fact)) continue;
    const isBefore = index < point && !others.has(fact.path);
    if (isBefore || intents.has(fact.path)) answers.set(fact.path, placed);
  }
  const carrier = openCarrier(told);
  for (const { version, fact } of [...intents.values(), ...answers.values()])
    carrier.add(version, fact);
  return carrier.carried();
}

/** The effects that must happen once and have, or may have. */
function intentsOf({ facts }: Told): ReadonlyMap<string, Placed> {
  const intents = new Map<string, Placed>();
  for (const placed of facts) {
    const { fact } = placed;
    if (fact.t === "stepIntended") intents.set(fact.path, placed);
    else if (fact.t === "stepFailed" && fact.unknown !== true) intents.delete(fact.path);
  }
  return intents;
}

type Placed = Told["facts"][number];

const STANDING: ReadonlySet<Fact["t"]> = new Set([
  "stepDone",
  "timerSet",
  "timerFired",
  "signalTaken",
  "signalTimedOut",
  "childEnded",
  "noted",
  "spent",
]);

const stands = (fact: Fact): boolean =>
  STANDING.has(fact.t) && (fact.t !== "childEnded" || fact.fault === undefined);

interface Carrier {
  readonly add: (version: number, fact: Fact) => void;
  readonly carried: () => Carried;
}

function openCarrier({ facts: told, parts }: Told): Carrier {
  const facts: FactOf<"carried">[] = [];
  const payloads: Payload[] = [];
  const signals = told.filter(({ fact }) => fact.t === "signaled");
  let taken = 0;

  /** False: what it answered was erased. */
  function put(version: number, fact: Fact): boolean {
    if (!("part" in fact) || fact.part === undefined) {
      facts.push({ t: "carried", fact });
      return true;
    }
    const part = parts.get(payloadKey(version, fact.part));
    if (part === undefined || part.body === null) return false;
    const at = FIRST_PART + payloads.length;
    payloads.push({ part: at, subject: part.subject, body: part.body });
    facts.push({ t: "carried", fact: { ...fact, part: at } });
    return true;
  }

  return {
    add: (version, fact) => {
      if (fact.t !== "signalTaken") {
        put(version, fact);
        return;
      }
      const signal = signals[fact.index];
      if (signal === undefined || !put(signal.version, signal.fact)) return;
      put(version, { ...fact, index: taken });
      taken += 1;
    },
    carried: () => ({ facts, payloads }),
  };
}
