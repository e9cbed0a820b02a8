/**
 * What an agent does, as a person at a terminal reads it. Its words are the result and go to the output, as they
 * come; what it does for them, a line each, and what goes wrong go to the error stream.
 */
import { gistOf } from "#contract/tool-gist.ts";

import type { TellingEvent } from "./event.ts";
import { harmless, harmlessInColour, oneLine } from "./harmless.ts";
import { paint, type Style } from "./paint.ts";
import { phraseMs } from "./phrases.ts";
import { cut } from "./widths.ts";

export interface Looks {
  readonly columns: number;
  readonly colours: { readonly out: boolean; readonly err: boolean };
  /** Both streams are one terminal: a blank line parts words from what is done for them. */
  readonly isOne: boolean;
  /** The agent's, for paths below it; null: not known. */
  readonly folder: string | null;
  /** What it prints is a program's output, which is passed on as it stands. */
  readonly isCommand: boolean;
}

export interface Piece {
  readonly to: "out" | "err";
  /** With its line breaks. */
  readonly text: string;
}

export interface Telling {
  readonly tell: (event: TellingEvent) => readonly Piece[];
  /** What a command writes to its error stream. */
  readonly pass: (text: string) => readonly Piece[];
  /** Ends a line that is not ended yet. */
  readonly close: () => readonly Piece[];
}

type Of<Type extends TellingEvent["type"]> = TellingEvent & { readonly type: Type };

interface Line {
  readonly sign: string;
  readonly style: Style;
  readonly bold?: string;
  readonly text: string;
  /** How deep it stands. */
  readonly depth: number;
}

interface State {
  /** The output stands in the middle of a line. */
  isMidLine: boolean;
  /** What was told of a text that comes again in a whole. */
  previewed: string;
  hasWords: boolean;
  last: "words" | "deeds" | null;
  readonly open: Map<string, { readonly name: string; readonly depth: number }>;
  readonly denied: Set<string>;
}

export function openTelling(looks: Looks): Telling {
  const state: State = {
    isMidLine: false,
    previewed: "",
    hasWords: false,
    last: null,
    open: new Map(),
    denied: new Set(),
  };
  return {
    tell: (event) => {
      const tell = TELL[event.type] as
        | ((state: State, event: TellingEvent, looks: Looks) => readonly Piece[])
        | undefined;
      return tell?.(state, event, looks) ?? [];
    },
    pass: (text) => {
      const clean = passed(text, looks.colours.err);
      return clean === "" ? [] : [...endLine(state), { to: "err", text: clean }];
    },
    close: () => endLine(state),
  };
}

type Tell = {
  readonly [Type in TellingEvent["type"]]?: (
    state: State,
    event: Of<Type>,
    looks: Looks,
  ) => readonly Piece[];
};

/** What is not here is not told: thinking, what things cost (the last line sums it up), lines nobody understood. */
const TELL: Tell = {
  text: (state, event, looks) => (event.under === null ? tellWords(state, event, looks) : []),
  tool_started: (state, { id, name, input, under }, looks) => {
    const depth = under === null ? 0 : (state.open.get(under)?.depth ?? 0) + 1;
    state.open.set(id, { name, depth });
    const text = gistOf(input, looks.folder ?? undefined);
    return tellDeed(state, looks, { sign: "●", style: "cyan", bold: name, text, depth });
  },
  tool_ended: (state, { id, ok, output }, looks) => {
    const { name = "a tool", depth = 0 } = state.open.get(id) ?? {};
    state.open.delete(id);
    if (ok !== false || state.denied.has(id)) return [];
    const text = `${name} failed${output === null ? "" : `: ${output}`}`;
    return tellDeed(state, looks, { sign: "✗", style: "red", text, depth: depth + 1 });
  },
  asked: (state, { tool, input }, looks) => {
    const text = `asks whether it may: ${tool} ${gistOf(input, looks.folder ?? undefined)}`;
    return tellDeed(state, looks, { sign: "?", style: "yellow", text, depth: 1 });
  },
  denied: (state, { toolId, tool, message }, looks) => {
    if (toolId !== null) state.denied.add(toolId);
    const text = `${tool ?? "a tool"} was denied${message === null ? "" : `: ${message}`}`;
    return tellDeed(state, looks, { sign: "⊘", style: "yellow", text, depth: 1 });
  },
  retry: (state, event, looks) =>
    tellDeed(state, looks, { sign: "↻", style: "yellow", text: phraseRetry(event), depth: 1 }),
  warning: (state, { message }, looks) =>
    tellDeed(state, looks, { sign: "!", style: "yellow", text: message, depth: 1 }),
  end: (state, { text }, looks) => {
    if (state.hasWords || text === null) return endLine(state);
    return [...tellWords(state, { text, form: "whole" }, looks), ...endLine(state)];
  },
};

function tellWords(
  state: State,
  { text, form }: Pick<Of<"text">, "text" | "form">,
  looks: Looks,
): readonly Piece[] {
  const clean = passed(text, looks.isCommand && looks.colours.out);
  const fresh = form === "whole" ? afterPreview(state, clean) : clean;
  if (form === "preview") state.previewed += clean;
  if (clean === "") return [];
  const isEnded = form !== "whole" || fresh.endsWith("\n");
  const whole = isEnded ? fresh : `${fresh}\n`;
  if (whole === "") return [];
  const gap = gapBefore(state, "words", looks);
  state.hasWords = true;
  state.isMidLine = !whole.endsWith("\n");
  return [...gap, { to: "out", text: whole }];
}

function passed(text: string, inColour: boolean): string {
  return inColour ? harmlessInColour(text) : harmless(text);
}

/** A whole says once more what its previews have said, if all of them came. */
function afterPreview(state: State, whole: string): string {
  const { previewed } = state;
  state.previewed = "";
  if (whole.startsWith(previewed)) return whole.slice(previewed.length);
  return `\n${whole}`;
}

function tellDeed(state: State, looks: Looks, line: Line): readonly Piece[] {
  const gap = [...endLine(state), ...gapBefore(state, "deeds", looks)];
  return [...gap, { to: "err", text: `${drawLine(line, looks)}\n` }];
}

function drawLine({ sign, style, bold = "", text, depth }: Line, looks: Looks): string {
  const indent = "  ".repeat(depth);
  const name = oneLine(bold);
  const clean = [name, oneLine(text)].filter((part) => part !== "").join(" ");
  const room = Math.max(20, looks.columns) - indent.length - 3;
  const shown = cut(clean, room);
  if (!looks.colours.err) return `${indent}${sign} ${shown}`;
  const styled = name === "" ? paint(style, shown) : paint("bold", shown.slice(0, name.length));
  const rest = name === "" ? "" : shown.slice(name.length);
  return `${indent}${paint(style, sign)} ${styled}${rest}`;
}

function endLine(state: State): readonly Piece[] {
  if (!state.isMidLine) return [];
  state.isMidLine = false;
  return [{ to: "out", text: "\n" }];
}

function gapBefore(state: State, next: "words" | "deeds", looks: Looks): readonly Piece[] {
  const { last } = state;
  state.last = next;
  if (last === null || last === next || !looks.isOne || looks.isCommand) return [];
  return [{ to: "err", text: "\n" }];
}

function phraseRetry({ attempt, of, delayMs, status, message }: Of<"retry">): string {
  const which = attempt === null ? "" : ` ${attempt}${of === null ? "" : ` of ${of}`}`;
  const when = delayMs === null ? "" : ` in ${phraseMs(delayMs)}`;
  const what = status === null ? message : `${status} ${message}`;
  return `retry${which}${when}: ${what}`;
}
