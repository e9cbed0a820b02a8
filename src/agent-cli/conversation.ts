/**
 * Carries out the dialogue with an agent that is spoken to: opens it, answers, permits, and ends it when all is
 * said. What was said is on record, so a later life that hears the output again from its beginning says only
 * what is missing.
 */
import type { Decision, Dialogue } from "./adapter.ts";
import type { Asked, Said } from "./events.ts";
import { splitLines } from "./lines.ts";
import { isPermitted, type Permitted } from "./permission.ts";
import type { Speech } from "./supervisor/speech.ts";

export interface Talk {
  readonly dialogue: Dialogue;
  readonly task: Permitted;
  /** Who decides what the task does not permit; where nobody does, or it fails, that is denied. */
  readonly decide?: (asked: Asked) => Promise<Decision>;
}

export interface Conversation {
  /** Settles a question at once, or has it decided; answers with the denial that came of it. */
  readonly settle: (asked: Asked) => readonly Said[];
  /** Answers what these bytes say. */
  readonly hear: (chunk: Uint8Array) => void;
  /** Denials by whoever decided, since this was last asked for. */
  readonly decided: () => readonly Said[];
}

export function openConversation(talk: Talk, speech: Speech): Conversation {
  const { dialogue } = talk;
  const lines = splitLines();
  const say = (all: readonly string[]): void => {
    for (const line of all) speech.say(line);
  };
  const questions = openQuestions(talk, say, speech.isSaid);
  speech.partBy(() => [...dialogue.cancel(), ...questions.denyOpen()]);
  say(dialogue.open());

  return {
    settle: questions.settle,
    decided: questions.decided,
    hear: (chunk) => {
      for (const { text } of lines.push(chunk)) {
        say(dialogue.answer(text));
        if (dialogue.isOver(text)) speech.hush();
      }
    },
  };
}

interface Questions extends Pick<Conversation, "settle" | "decided"> {
  /** What is to be said to those that still wait for an answer: they get none any more. */
  readonly denyOpen: () => readonly string[];
}

type Say = (lines: readonly string[]) => void;

function openQuestions(
  { dialogue, task, decide }: Talk,
  say: Say,
  isSaid: Speech["isSaid"],
): Questions {
  const open = new Map<Asked["request"], Asked>();
  const denials: Said[] = [];

  function follow(asked: Asked, decision: Decision | null): readonly Said[] {
    say(answerTo(dialogue, asked, decision));
    return decision === "allow" ? [] : [denial(asked, decision)];
  }

  async function have(asked: Asked, deciding: Promise<Decision>): Promise<void> {
    open.set(asked.request, asked);
    const decision = await deciding.catch(() => null);
    // It may have been denied meanwhile, since all was to end.
    if (open.delete(asked.request)) denials.push(...follow(asked, decision));
  }

  return {
    settle: (asked) => {
      if (isPermitted(task, asked)) return follow(asked, "allow");
      if (decide === undefined) return follow(asked, null);
      const before = DECISIONS.find((one) => answerTo(dialogue, asked, one).every(isSaid));
      if (before !== undefined) return follow(asked, before);
      void have(asked, decide(asked));
      return [];
    },
    decided: () => denials.splice(0),
    denyOpen: () => {
      const left = [...open.values()];
      open.clear();
      return left.flatMap((asked) => answerTo(dialogue, asked, null));
    },
  };
}

/** Null: nobody decided. In the order in which they are looked for on record. */
const DECISIONS = ["allow", "deny", null] as const;

const NOBODY = "The permission of this run does not cover it, and there was nobody to ask.";

function answerTo(dialogue: Dialogue, asked: Asked, decision: Decision | null): readonly string[] {
  return decision === null
    ? dialogue.permit(asked, "deny", NOBODY)
    : dialogue.permit(asked, decision);
}

function denial({ toolId, tool }: Asked, decision: "deny" | null): Said {
  const by = decision === null ? "rules" : "person";
  return { type: "denied", toolId, tool, message: decision === null ? NOBODY : null, by };
}
