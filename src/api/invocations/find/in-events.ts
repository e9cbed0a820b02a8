/** Looks through what an Agent CLI says, as it is shown and not as it is written: by its events. */
import type { Adapter } from "#agent-cli/adapter.ts";
import type { AgentEvent } from "#agent-cli/events.ts";
import { openReading, type Read } from "#agent-cli/reading.ts";

import { type Hit, hitIn, lowered, type Scanner } from "./hit.ts";

export function scanEvents(adapter: Adapter, wanted: string, from: number): Scanner {
  const reading = openReading(adapter);
  const low = lowered(wanted);
  let joined: Joined | undefined;

  function look({ offset, event }: Read): readonly Hit[] {
    const at = from + offset;
    if (isPiece(event)) {
      joined = withPiece(joined, event, at);
      const hit = hitInJoined(joined, low);
      joined = restOf(joined, low);
      return hit === undefined ? [] : [hit];
    }
    if (event.type !== "usage" && event.type !== "cost") joined = undefined;
    const said = wordsOf(event);
    if (said === undefined) return [];
    const index = lowered(said.words).indexOf(low);
    return index < 0 ? [] : [hitIn(said.words, index, low.length, { at, type: said.type })];
  }

  return {
    push: (chunk) => reading.push(chunk).flatMap(look),
    end: () => reading.end().flatMap(look),
    place: () => joined?.parts[0]?.at ?? from + reading.next(),
  };
}

type Piece = Extract<AgentEvent, { readonly type: "text" | "thinking" }>;

/** The end of what came in pieces, as long as what is looked for may go on in the next. */
interface Joined {
  readonly type: Piece["type"];
  readonly under: string | null;
  readonly parts: readonly { readonly at: number; readonly text: string }[];
}

function isPiece(event: AgentEvent): event is Piece {
  return (event.type === "text" || event.type === "thinking") && event.form === "piece";
}

function withPiece(joined: Joined | undefined, piece: Piece, at: number): Joined {
  const { type, under, text } = piece;
  const goesOn = joined?.type === type && joined.under === under;
  return { type, under, parts: [...(goesOn ? joined.parts : []), { at, text }] };
}

function hitInJoined({ type, parts }: Joined, low: string): Hit | undefined {
  const text = parts.map((part) => part.text).join("");
  const index = lowered(text).indexOf(low);
  if (index < 0) return undefined;
  let end = 0;
  const part = parts.find((each) => (end += each.text.length) > index);
  return hitIn(text, index, low.length, { at: part?.at ?? 0, type });
}

/** Behind the last place where it was found, so many characters as it may begin with. */
function restOf({ parts, ...of }: Joined, low: string): Joined {
  const text = parts.map((part) => part.text).join("");
  const last = lowered(text).lastIndexOf(low);
  const behind = last < 0 ? 0 : last + low.length;
  let drop = Math.max(behind, text.length - low.length + 1);
  const kept = parts.map((part) => {
    const cut = Math.min(drop, part.text.length);
    drop -= cut;
    return { ...part, text: part.text.slice(cut) };
  });
  return { ...of, parts: kept.filter((part) => part.text !== "") };
}

interface Words {
  readonly type: Hit["type"];
  readonly words: string;
}

type Of<Type extends AgentEvent["type"]> = Extract<AgentEvent, { readonly type: Type }>;

/** Of events that say something that is shown; what comes in previews comes again as a whole. */
const WORDS: { readonly [Type in AgentEvent["type"]]?: (event: Of<Type>) => Words } = {
  text: ({ type, text, form }) => ({ type, words: form === "preview" ? "" : text }),
  thinking: ({ type, text, form }) => ({ type, words: form === "preview" ? "" : text }),
  tool_started: ({ name, input }) => ({ type: "tool", words: lines(name, ...textsIn(input)) }),
  tool_ended: ({ output }) => ({ type: "tool", words: output ?? "" }),
  asked: ({ tool, input }) => ({ type: "notice", words: lines(tool, ...textsIn(input)) }),
  denied: ({ tool, message }) => ({ type: "notice", words: lines(tool ?? "", message ?? "") }),
  retry: ({ message }) => ({ type: "notice", words: message }),
  warning: ({ message }) => ({ type: "notice", words: message }),
  unread: ({ head }) => ({ type: "notice", words: head }),
};

function wordsOf(event: AgentEvent): Words | undefined {
  // Each entry takes the event of its own type, which an index by a union cannot say.
  const words = WORDS[event.type] as ((event: AgentEvent) => Words) | undefined;
  return words?.(event);
}

const lines = (...texts: readonly string[]): string => texts.join("\n");

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
