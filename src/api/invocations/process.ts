/** What the process of a round does now, in words. */
import type { Question } from "#agent-cli/asking.ts";
import type { AgentEvent } from "#agent-cli/events.ts";
import type { Invocation } from "#contract/shapes/invocations.ts";
import type { LiveRound } from "#drivers/invocation/live.ts";

import { showTime } from "../times.ts";

type Process = NonNullable<Invocation["process"]>;

export function showProcess(live: LiveRound): Process {
  const { supervised } = live;
  const since = questionOf(live)?.since ?? live.since;
  return { ...said(live), pid: supervised?.leader?.pid ?? null, since: showTime(since) };
}

type Said = Pick<Process, "state" | "words">;

function said(live: LiveRound): Said {
  const { supervised, waitsFor, isEnding } = live;
  if (waitsFor !== null)
    return { state: "starting", words: `Waits for its turn in ${waitsFor}: another works there` };
  if (supervised === null) return { state: "starting", words: "Is being started" };
  if (supervised.leader === undefined) return { state: "gone", words: "Its process is gone" };
  if (isEnding) return { state: "ending", words: "Is being ended" };
  const question = questionOf(live);
  if (question === undefined) return saidOf(live);
  return { state: "waiting for an answer", words: `Waits for an answer: ${question.words}` };
}

/** The one that has been open for the longest time. */
const questionOf = ({ asking, isEnding }: LiveRound): Question | undefined =>
  isEnding ? undefined : asking?.open()[0];

/** By what it said last. */
function saidOf({ progress: { last, round } }: LiveRound): Said {
  if (last === null) return { state: "starting", words: "Has started, and said nothing yet" };
  if (last.type === "retry") return waiting(last);
  if (last.type === "end") return { state: "ending", words: "Has answered, and ends" };
  if (round.open.length > 0)
    return { state: "working", words: `Runs ${toolsNow(last, round.open.length)}` };
  return { state: "working", words: last.type === "thinking" ? "Thinks" : "Works" };
}

function waiting({ attempt, of, message }: Extract<AgentEvent, { readonly type: "retry" }>): Said {
  const which = attempt === null ? "" : `, try ${attempt}${of === null ? "" : ` of ${of}`}`;
  return { state: "waiting for its provider", words: `Waits for its provider${which}: ${message}` };
}

function toolsNow(last: AgentEvent, open: number): string {
  if (last.type === "tool_started" && open === 1) return `a tool: ${last.name}`;
  return open === 1 ? "a tool" : `${open} tools`;
}
