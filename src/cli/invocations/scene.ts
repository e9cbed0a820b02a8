/** How what an invocation does is told: to a person, or line by line to a program. */
import type { Invocation } from "#contract/shapes/invocations.ts";

import { harmless } from "../telling/harmless.ts";
import { exitCodeOf, phraseEnd } from "../telling/outcome.ts";
import { paint } from "../telling/paint.ts";
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
  /** What it is about, as long as it says nothing itself. */
  readonly waits: (invocation: Invocation) => void;
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
    waits: () => {},
    tick: () => {},
    end: async (invocation) => {
      screen.out(JSON.stringify({ type: "ended", invocation }));
      return exitCodeOf(invocation);
    },
  };
}

/** What is no terminal has no edge. */
const NO_EDGE = 1000;

export function sceneForPeople(screen: Screen, { cli, folder }: Invocation): Scene {
  const looks = (): Looks => ({
    columns: screen.isLive ? screen.columns : NO_EDGE,
    colours: screen.colours,
    isOne: screen.isOne,
    folder,
    isCommand: cli === "command",
  });
  let telling = openTelling(looks());
  const status = statusOn(screen);
  let waited = "";
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
    waits: (now) => {
      const words = now.process?.words ?? "";
      if (screen.isLive) status.say(words);
      else if (now.status === "idle" && words !== waited) screen.err(words);
      waited = words;
    },
    tick: status.draw,
    end: async (ended) => {
      await writeAll(screen, telling.close());
      for (const line of phraseEnd(ended, screen.colours.err)) screen.err(line);
      return exitCodeOf(ended);
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
  const draw = (): void => {
    if (!screen.isLive) return;
    drawnAt = Date.now();
    screen.redraw(drawDoing(doing, drawnAt - since, screen.columns));
  };
  return {
    draw,
    say: (words: string): void => {
      if (words !== "") doing = { ...doing, words };
    },
    see: (event: RoundEvent): void => {
      doing = evolveDoing(doing, event);
      if (Date.now() - drawnAt > REDRAW_MS) draw();
    },
    restart: (): void => {
      doing = STARTING;
      since = Date.now();
    },
  };
}
