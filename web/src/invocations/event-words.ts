/** Single events of a conversation in words. */
import type { OutputEvent } from "#contract/shapes/invocation-output.ts";
import type { InvocationAnswered } from "#contract/shapes/invocation-questions.ts";
import { gistOf } from "#contract/tool-gist.ts";
import { visible } from "#contract/visible.ts";

import { phraseMs } from "../time/phrases.ts";

type Matching<Event, T> = Event extends { readonly type: infer Own }
  ? T extends Own
    ? Event
    : never
  : never;
/** The events of a type. */
export type Of<T extends OutputEvent["type"]> = Matching<OutputEvent, T>;

/** "Retry 2 of 10 in 4.0 s: HTTP 529, Overloaded". */
export function phraseRetry({ attempt, of, delayMs, status, message }: Of<"retry">): string {
  const which = attempt === null ? "Retry" : `Retry ${attempt}${of === null ? "" : ` of ${of}`}`;
  const when = delayMs === null ? "" : ` in ${phraseMs(delayMs)}`;
  const http = status === null ? "" : `HTTP ${status}`;
  const why = [http, message].filter((words) => words !== "").join(", ");
  return why === "" ? `${which}${when}` : `${which}${when}: ${why}`;
}

export function phraseAsked({ tool, input }: Of<"asked">, answer?: InvocationAnswered): string {
  const gist = gistOf(input);
  const asked = visible(`Asks whether it may use ${tool}${gist === "" ? "" : `: ${gist}`}`);
  return answer === undefined ? asked : `${asked} – ${phraseAnswer(answer)}`;
}

const DECIDED = { allow: "allowed", deny: "denied" } as const;

/** "denied by Olga: Use make clean". */
function phraseAnswer({ decision, by, why }: InvocationAnswered): string {
  return `${DECIDED[decision]} by ${by.name}${why === null ? "" : `: ${why}`}`;
}

export function phraseDenied({ tool, message, by }: Of<"denied">): string {
  const who = by === "person" ? "by a person" : "by its rules: nobody was asked";
  const what = `${tool ?? "A tool"} was denied ${who}`;
  return message === null || message === "" ? what : `${what}. ${message}`;
}

export function phraseSession({ model, version, billing }: Of<"session">): string {
  const parts = [
    model ?? "Session begun",
    version === null ? "" : `version ${version}`,
    billing === "subscription" ? "on a subscription" : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

export function phraseUnread(count: number): string {
  return count === 1 ? "A line that is not understood" : `${count} lines that are not understood`;
}
