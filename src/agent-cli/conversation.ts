/**
 * Carries out the dialogue with an agent that is spoken to: opens it, answers, permits, and ends it when all is
 * said. What was said is on record, so a later life that hears the output again from its beginning says only
 * what is missing.
 */
import type { Dialogue } from "./adapter.ts";
import type { Answer, Asking } from "./asking.ts";
import type { AgentEvent, Asked, Said } from "./events.ts";
import { splitLines } from "./lines.ts";
import { isPermitted, type Permitted } from "./permission.ts";
import type { Speech } from "./supervisor/speech.ts";

export interface Talk {
  readonly dialogue: Dialogue;
  readonly task: Permitted;
  /** Where people are asked for what the task does not permit; else that is denied. */
  readonly asking?: Asking | undefined;
}

export interface Conversation {
  /** Settles what is asked, or has it open; answers with the denials since it was last called. */
  readonly settle: (event: AgentEvent) => readonly Said[];
  /** Answers what these bytes say. */
  readonly hear: (chunk: Uint8Array) => void;
}

export function openConversation(talk: Talk, speech: Speech): Conversation {
  const { dialogue } = talk;
  const lines = splitLines();
  const say = (all: readonly string[]): void => {
    for (const line of all) speech.say(line);
  };
  const questions = openQuestions(talk, say);
  speech.partBy(() => [...dialogue.cancel(), ...questions.denyOpen()]);
  say(dialogue.open());

  return {
    settle: questions.settle,
    hear: (chunk) => {
      for (const { text } of lines.push(chunk)) {
        say(dialogue.answer(text));
        if (dialogue.isOver(text)) speech.hush();
      }
    },
  };
}

interface Questions extends Pick<Conversation, "settle"> {
  /** What is to be said to those that still wait for an answer: they get none any more. */
  readonly denyOpen: () => readonly string[];
}

type Say = (lines: readonly string[]) => void;

function openQuestions({ dialogue, task, asking }: Talk, say: Say): Questions {
  const denials: Said[] = [];

  function follow(asked: Asked, answer: Decided): void {
    say(answerTo(dialogue, asked, answer));
    if (answer?.decision !== "allow") denials.push(denial(asked, answer));
  }

  function decide(asked: Asked): void {
    if (isPermitted(task, asked)) follow(asked, ALLOWED);
    else if (asking?.put(asked, (answer) => follow(asked, answer)) !== true) follow(asked, null);
  }

  return {
    settle: (event) => {
      if (event.type === "asked") decide(event);
      // Whatever it did not wait for, it needs no answer to.
      else if (event.type === "tool_ended") asking?.drop(event.id);
      else if (event.type === "end") asking?.drop();
      return denials.splice(0);
    },
    denyOpen: () => (asking?.drop() ?? []).flatMap((asked) => answerTo(dialogue, asked, null)),
  };
}

/** Null: nobody decided. */
type Decided = Pick<Answer, "decision" | "why"> | null;

const ALLOWED = { decision: "allow", why: null } as const;

const NOBODY = "The permission of this run does not cover it, and there was nobody to ask.";

function answerTo(dialogue: Dialogue, asked: Asked, answer: Decided): readonly string[] {
  if (answer === null) return dialogue.permit(asked, "deny", NOBODY);
  return dialogue.permit(asked, answer.decision, answer.why ?? undefined);
}

function denial({ toolId, tool }: Asked, answer: Decided): Said {
  const by = answer === null ? "rules" : "person";
  return { type: "denied", toolId, tool, message: answer === null ? NOBODY : answer.why, by };
}
