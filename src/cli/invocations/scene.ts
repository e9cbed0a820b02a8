/** How what an invocation does is told: to a person, or line by line to a program. */
import type { InvocationQuestion } from "#contract/shapes/invocation-questions.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";

import type { TellingEvent } from "../telling/event.ts";
import { harmless } from "../telling/harmless.ts";
import { exitCodeOf, phraseEnd } from "../telling/outcome.ts";
import { paint } from "../telling/paint.ts";
import { openParts } from "../telling/parts.ts";
import { type Doing, drawDoing, evolveDoing, STARTING } from "../telling/status-line.ts";
import { type Looks, openTelling, type Piece } from "../telling/telling.ts";
import type { Screen } from "../terminal.ts";
import type { RoundEvent } from "./watch.ts";

export interface Scene {
  readonly tell: (event: RoundEvent) => Promise<void>;
  readonly beginRound: (prompt: string) => Promise<void>;
  /** What the command itself has to say. */
  readonly say: (text: string) => void;
  /** What a command writes to its error stream. */
  readonly pass: (text: string) => Promise<void>;
  /** Bytes of a command: as they are, but for a terminal. */
  readonly pour: (to: "out" | "err", bytes: Uint8Array) => Promise<void>;
  /** What it is about, as long as it says nothing itself. */
  readonly waits: (invocation: Invocation) => void;
  /** What it asks, and how it is answered. */
  readonly asks: (question: InvocationQuestion, lines: readonly string[]) => void;
  /** What the line below says instead, until it is empty. */
  readonly hold: (words: string) => void;
  /** Time goes by. */
  readonly tick: () => void;
  /** Answers with the exit code. */
  readonly end: (ended: Invocation) => Promise<number>;
}

/** A line for each event, and one for the end. */
export function sceneForPrograms(screen: Screen): Scene {
  return {
    tell: (event) => screen.write({ to: "out", text: `${JSON.stringify(event)}\n` }),
    beginRound: async () => {},
    say: screen.err,
    pass: (text) => screen.write({ to: "err", text: harmless(text) }),
    pour: screen.pour,
    waits: () => {},
    asks: (question) => screen.out(JSON.stringify({ type: "question", ...question })),
    hold: () => {},
    tick: () => {},
    end: async (invocation) => {
      screen.out(JSON.stringify({ type: "ended", invocation }));
      return exitCodeOf(invocation);
    },
  };
}

/** What is no terminal has no edge. */
const NO_EDGE = 1000;

const looksOn = (screen: Screen, { cli, folder }: Invocation): Looks => ({
  columns: screen.isLive ? screen.columns : NO_EDGE,
  colours: screen.colours,
  isOne: screen.isTerminal.out && screen.isTerminal.err,
  folder,
  isCommand: cli === "command",
});

export function sceneForPeople(screen: Screen, invocation: Invocation): Scene {
  const looks = (): Looks => looksOn(screen, invocation);
  let telling = openTelling(looks());
  const status = statusOn(screen);
  const bytes = openBytes(screen, (to, text) =>
    writeAll(screen, to === "out" ? telling.tell(pieceOf(text)) : telling.pass(text)),
  );
  return {
    tell: async (event) => {
      await writeAll(screen, telling.tell(event));
      status.see(event);
    },
    beginRound: async (prompt) => {
      await writeAll(screen, telling.close());
      telling = openTelling(looks());
      status.restart();
      screen.err(phrasePrompt(prompt, screen.colours.err));
    },
    say: screen.err,
    pass: (text) => writeAll(screen, telling.pass(text)),
    pour: async (to, chunk) => {
      status.see(WRITING);
      await bytes.pour(to, chunk);
    },
    waits: openWaits(screen, status.say),
    asks: (_question, lines) => screen.err(lines.join("\n")),
    hold: status.hold,
    tick: status.draw,
    end: async (ended) => {
      await bytes.rest();
      await writeAll(screen, telling.close());
      for (const line of phraseEnd(ended, screen.colours.err)) screen.err(line);
      return exitCodeOf(ended);
    },
  };
}

/** Below, or once for each word of it where nothing stands below. */
function openWaits(screen: Screen, say: (words: string) => void): Scene["waits"] {
  let waited = "";
  return ({ process, status }) => {
    const words = process?.words ?? "";
    if (screen.isLive) say(words);
    else if (status === "idle" && words !== waited) screen.err(words);
    waited = words;
  };
}

const pieceOf = (text: string): TellingEvent & { readonly type: "text" } => ({
  type: "text",
  text,
  form: "piece",
  under: null,
});
const WRITING = pieceOf("");

/** @param show what a terminal is shown */
function openBytes(screen: Screen, show: (to: "out" | "err", text: string) => Promise<void>) {
  const parts = { out: openParts(), err: openParts() };
  return {
    pour: async (to: "out" | "err", chunk: Uint8Array): Promise<void> => {
      if (screen.isTerminal[to]) await show(to, parts[to].take(chunk));
      else await screen.pour(to, chunk);
    },
    rest: async (): Promise<void> => {
      for (const to of ["out", "err"] as const) await show(to, parts[to].rest());
    },
  };
}

async function writeAll(screen: Screen, pieces: readonly Piece[]): Promise<void> {
  for (const piece of pieces) await screen.write(piece);
}

function phrasePrompt(prompt: string, colours: boolean): string {
  const text = `› ${harmless(prompt).trim().replaceAll("\n", "\n  ")}`;
  return colours ? paint("bold", text) : text;
}

/** More often nobody can read it. */
const REDRAW_MS = 100;

/** The line below; only where somebody looks. */
function statusOn(screen: Screen) {
  let doing: Doing = STARTING;
  let since = Date.now();
  let drawnAt = 0;
  let held = "";
  const draw = (): void => {
    if (!screen.isLive) return;
    drawnAt = Date.now();
    const drawn = held === "" ? doing : { ...doing, words: held };
    screen.redraw(drawDoing(drawn, drawnAt - since, screen.columns));
  };
  return {
    draw,
    hold: (words: string): void => {
      held = words;
      draw();
    },
    say: (words: string): void => {
      if (words !== "") doing = { ...doing, words };
    },
    see: (event: TellingEvent): void => {
      doing = evolveDoing(doing, event);
      if (Date.now() - drawnAt > REDRAW_MS) draw();
    },
    restart: (): void => {
      doing = STARTING;
      since = Date.now();
    },
  };
}
