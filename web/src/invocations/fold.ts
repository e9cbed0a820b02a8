/** From what an Agent CLI said, event by event, to what is drawn of it. */
import type { OutputEvent } from "#contract/shapes/invocation-output.ts";
import type { InvocationAnswered } from "#contract/shapes/invocation-questions.ts";
import { gistOf } from "#contract/tool-gist.ts";

import type { Cut, Entry, ToolEntry, ToolState, WordsEntry } from "./entries.ts";
import {
  type Of,
  phraseAsked,
  phraseDenied,
  phraseRetry,
  phraseSession,
  phraseUnread,
} from "./event-words.ts";
import type { Placed } from "./stretch.ts";

type Draft<E> = { -readonly [K in keyof E]: E[K] };
type EntryDraft = Draft<Entry>;

interface Folding {
  readonly isCommand: boolean;
  readonly answers: readonly InvocationAnswered[];
  readonly entries: EntryDraft[];
  readonly tools: Map<string, Draft<ToolEntry>>;
  /** By what they are of: what is being written, until it comes as a whole. */
  readonly previews: Map<string, Draft<WordsEntry>>;
  session: string;
  /** Lines that nobody understood, which the next such line joins. */
  unread: number;
}

type Fold<T extends OutputEvent["type"]> = (folding: Folding, event: Of<T>, key: string) => void;

/**
 * @param isCommand whether its words are the lines of a plain command.
 * @param answers what people answered to its questions
 */
export function entriesOf(
  placed: readonly Placed[],
  isCommand: boolean,
  answers: readonly InvocationAnswered[] = [],
): readonly Entry[] {
  return foldAll(placed, isCommand, answers, () => {}).entries;
}

/** @param seen hears of each event once it is folded */
function foldAll(
  placed: readonly Placed[],
  isCommand: boolean,
  answers: readonly InvocationAnswered[],
  seen: (folding: Folding, event: OutputEvent) => void,
): Folding {
  const folding: Folding = {
    isCommand,
    answers,
    entries: [],
    tools: new Map(),
    previews: new Map(),
    session: "",
    unread: 0,
  };
  let [line, place] = [-1, 0];
  for (const { round, event } of placed) {
    place = event.at === line ? place + 1 : 0;
    line = event.at;
    if (event.type !== "unread") folding.unread = 0;
    fold(folding, event, `${round}.${event.at}.${place}`);
    if (event.cut !== undefined) noteCut(folding, event, { round, ...event.cut });
    seen(folding, event);
  }
  return folding;
}

/** Where it went. */
function entryOf(folding: Folding, event: OutputEvent): EntryDraft | undefined {
  const isOfTool = event.type === "tool_started" || event.type === "tool_ended";
  const tool = isOfTool ? folding.tools.get(event.id) : undefined;
  return tool ?? listUnder(folding, "under" in event ? event.under : null).at(-1);
}

function noteCut(folding: Folding, event: OutputEvent, cut: Cut): void {
  const entry = entryOf(folding, event);
  if (entry !== undefined && "cuts" in entry) entry.cuts = [...entry.cuts, cut];
}

/**
 * The entries into which what stands at that byte of a round went, those that hold others first.
 * @param placed of that round
 */
export function keysAt(
  placed: readonly Placed[],
  isCommand: boolean,
  byte: number,
): readonly string[] {
  const keys: string[] = [];
  foldAll(placed, isCommand, [], (folding, event) => {
    if (event.at !== byte) return;
    const under = "under" in event ? event.under : null;
    const holder = under === null ? undefined : folding.tools.get(under);
    const entry = entryOf(folding, event);
    keys.push(...[holder, entry].flatMap((each) => (each === undefined ? [] : [each.key])));
  });
  return [...new Set(keys)];
}

/** What was still under way when the round ended did not answer. */
export function closed(entries: readonly Entry[]): readonly Entry[] {
  return entries.map((entry) => {
    if (entry.kind !== "tool") return entry;
    const inner = entry.inner.length === 0 ? entry.inner : closed(entry.inner);
    return entry.state === "running" ? { ...entry, inner, state: "cut" } : { ...entry, inner };
  });
}

function fold(folding: Folding, event: OutputEvent, key: string): void {
  const one = FOLDS[event.type] as Fold<OutputEvent["type"]>;
  one(folding, event, key);
}

const nothing = (): void => {};

const FOLDS: { readonly [T in OutputEvent["type"]]: Fold<T> } = {
  text: foldWords,
  thinking: foldWords,
  tool_started: foldStarted,
  tool_ended: foldEnded,
  denied: foldDenied,
  unread: foldUnread,
  retry: foldRetry,
  asked: (folding, event, key) => {
    const answer = folding.answers.find(({ request }) => request === event.request);
    put(folding, null, { key, kind: "asked", text: phraseAsked(event, answer), more: null });
  },
  warning: (folding, { message }, key) =>
    put(folding, null, { key, kind: "warning", text: message, more: null }),
  session: foldSession,
  usage: nothing,
  cost: nothing,
  // The round's own verdict says more.
  end: nothing,
};

/** Where something stands: in the call whose agent says it, as far as that is loaded. */
function listUnder({ tools, entries }: Folding, under: string | null): EntryDraft[] {
  const tool = under === null ? undefined : tools.get(under);
  return tool === undefined ? entries : (tool.inner as EntryDraft[]);
}

function put(folding: Folding, under: string | null, entry: EntryDraft): void {
  listUnder(folding, under).push(entry);
}

function foldWords(folding: Folding, event: Of<"text">, key: string): void {
  if (folding.isCommand) foldLine(folding, event, key);
  else if (event.form === "preview") foldPreview(folding, event, key);
  else foldWhole(folding, event, key);
}

const previewName = ({ type, under }: Of<"text">): string => `${type} ${under ?? ""}`;

function foldPreview(folding: Folding, event: Of<"text">, key: string): void {
  const { type: kind, text, under } = event;
  const preview = folding.previews.get(previewName(event));
  if (preview !== undefined) {
    preview.text += text;
    return;
  }
  const begun = { key, kind, text, isPreview: true, cuts: [] };
  folding.previews.set(previewName(event), begun);
  put(folding, under, begun);
}

function foldWhole(folding: Folding, event: Of<"text">, key: string): void {
  const { type: kind, text, form, under } = event;
  dropPreview(folding, event);
  const last = listUnder(folding, under).at(-1);
  if (form === "piece" && isWhole(last) && last.kind === kind) last.text += text;
  else put(folding, under, { key, kind, text, isPreview: false, cuts: [] });
}

function isWhole(entry: EntryDraft | undefined): entry is Draft<WordsEntry> {
  return entry !== undefined && "isPreview" in entry && !entry.isPreview;
}

function dropPreview(folding: Folding, event: Of<"text">): void {
  const preview = folding.previews.get(previewName(event));
  if (preview === undefined) return;
  const list = listUnder(folding, event.under);
  const place = list.lastIndexOf(preview);
  if (place !== -1) list.splice(place, 1);
  folding.previews.delete(previewName(event));
}

/** So many bytes of lines are one piece of what is drawn; by their place, so that a piece keeps its name. */
const PIECE = 16_384;

function foldLine({ entries }: Folding, { text, at }: Of<"text">, key: string): void {
  const round = key.slice(0, key.indexOf("."));
  const name = `${round} lines ${Math.floor(at / PIECE)}`;
  const line = text.endsWith("\n") ? text.slice(0, -1) : text;
  const last = entries.at(-1);
  if (last?.kind === "lines" && last.key === name) last.text += `\n${line}`;
  else entries.push({ key: name, kind: "lines", text: line, cuts: [] });
}

function foldStarted(folding: Folding, event: Of<"tool_started">, key: string): void {
  const { id, name, input, under } = event;
  const known = folding.tools.get(id);
  // Told again, once more of its input is known.
  if (known !== undefined) {
    Object.assign(known, { name, input, gist: gistOf(input) });
    return;
  }
  const tool = toolOf(key, { name, input, gist: gistOf(input), state: "running" });
  folding.tools.set(id, tool);
  put(folding, under, tool);
}

function toolOf(key: string, known: Partial<ToolEntry>): Draft<ToolEntry> {
  return {
    key,
    kind: "tool",
    name: null,
    gist: "",
    input: null,
    output: null,
    state: "ended",
    denial: null,
    inner: [],
    cuts: [],
    ...known,
  };
}

const stateOf = (ok: boolean | null): ToolState => {
  if (ok === null) return "ended";
  return ok ? "done" : "failed";
};

function foldEnded(folding: Folding, { id, ok, output }: Of<"tool_ended">, key: string): void {
  const tool = folding.tools.get(id);
  const state = stateOf(ok);
  if (tool === undefined) return put(folding, null, toolOf(key, { output, state }));
  tool.output = output;
  if (tool.state !== "denied") tool.state = state;
  return undefined;
}

function foldDenied(folding: Folding, event: Of<"denied">, key: string): void {
  const tool = event.toolId === null ? undefined : folding.tools.get(event.toolId);
  const text = phraseDenied(event);
  if (tool === undefined) return put(folding, null, { key, kind: "denied", text, more: null });
  tool.state = "denied";
  tool.denial = text;
  return undefined;
}

/** Some tell their session with every step; it is said once. */
function foldSession(folding: Folding, event: Of<"session">, key: string): void {
  const text = phraseSession(event);
  if (text === folding.session) return;
  folding.session = text;
  put(folding, null, { key, kind: "session", text, more: null });
}

/** Retries one after the other are one line, which says the last and opens to all. */
function foldRetry({ entries }: Folding, event: Of<"retry">, key: string): void {
  const text = phraseRetry(event);
  const last = entries.at(-1);
  if (last?.kind !== "retry") {
    entries.push({ key, kind: "retry", text, more: null });
    return;
  }
  last.more = `${last.more ?? last.text}\n${text}`;
  last.text = text;
}

function foldUnread(folding: Folding, { head }: Of<"unread">, key: string): void {
  folding.unread += 1;
  const last = folding.entries.at(-1);
  const text = phraseUnread(folding.unread);
  if (folding.unread > 1 && last?.kind === "unread") {
    last.text = text;
    last.more = `${last.more ?? ""}\n${head}`.slice(0, 20_000);
    return;
  }
  folding.unread = 1;
  put(folding, null, { key, kind: "unread", text: phraseUnread(1), more: head });
}
