/** One invocation with its rounds, as text. */
import type { Invocation, InvocationRound } from "#contract/shapes/invocations.ts";

import { harmless, oneLine } from "./harmless.ts";
import { paint, type Style } from "./paint.ts";
import { phraseBytes, phraseMoney, phraseMs, phraseTokens } from "./phrases.ts";

export function phraseInvocation(invocation: Invocation, colours: boolean): readonly string[] {
  return [
    ...headOf(invocation, colours),
    ...usageOf(invocation),
    ...processOf(invocation),
    ...(invocation.payloads === "full" ? [] : [UNSEEN]),
    ...invocation.roundList.flatMap((round) => ["", ...phraseRound(round, colours)]),
  ];
}

const UNSEEN = "What it was asked and what it said is not shown to this key.";

const styled = (colours: boolean, style: Style, text: string): string =>
  colours ? paint(style, text) : text;

function headOf(invocation: Invocation, colours: boolean): readonly string[] {
  const { id, label, outcome, trigger, startedAt, durationMs, nodeId, executionIndex } = invocation;
  const status = outcome ?? invocation.status;
  const took = durationMs === null ? "" : `, took ${phraseMs(durationMs)}`;
  return [
    `${id}  ${styled(colours, STYLES[status], status)}  ${whatOf(invocation)}`,
    ...(label === null ? [] : [oneLine(label)]),
    whereOf(invocation),
    `Started by ${oneLine(trigger.by.name)} ${startedAt ?? "not yet"}${took}${activeOf(invocation)}`,
    ...(nodeId === null ? [] : [`Number ${executionIndex ?? "–"} of work node ${nodeId}`]),
  ];
}

function whatOf({ cli, prompt, model }: Invocation): string {
  if (cli === "command") return oneLine(prompt);
  return model === null ? cli : `${cli} (${model})`;
}

function whereOf({ cli, folder, permission, session }: Invocation): string {
  const may = cli === "command" ? "" : `, may ${MAY[permission]}`;
  return `In ${folder}${may}${session === null ? "" : `, session ${session}`}`;
}

const STYLES: Readonly<Record<NonNullable<Invocation["outcome"]> | Invocation["status"], Style>> = {
  idle: "dim",
  running: "cyan",
  completed: "green",
  succeeded: "green",
  failed: "red",
  interrupted: "red",
  canceled: "yellow",
};

const MAY: Readonly<Record<Invocation["permission"], string>> = {
  read: "read",
  edit: "read and edit there",
  all: "do anything",
};

/** Only where it was not at work all the time. */
function activeOf({ activeMs, durationMs }: Invocation): string {
  if (activeMs === null || durationMs === null || activeMs === durationMs) return "";
  return `, at work for ${phraseMs(activeMs)}`;
}

function usageOf(invocation: Invocation): readonly string[] {
  const { tokens, cost, costUnknown, resources } = invocation;
  const isNothing = tokens === null && cost === null && costUnknown === 0;
  const { cpuMs, peakMemoryBytes, diskReadBytes, diskWrittenBytes, folderGrowthBytes } = resources;
  const took = [
    ...(cpuMs === null ? [] : [`CPU ${phraseMs(cpuMs)}`]),
    ...(peakMemoryBytes === null ? [] : [`memory ${phraseBytes(peakMemoryBytes)} at the most`]),
    ...(diskReadBytes === null ? [] : [`read ${phraseBytes(diskReadBytes)}`]),
    ...(diskWrittenBytes === null ? [] : [`written ${phraseBytes(diskWrittenBytes)}`]),
    ...(folderGrowthBytes === null ? [] : [`its folder ${phraseGrowth(folderGrowthBytes)}`]),
  ];
  return [
    ...(isNothing ? [] : [`Used ${phraseTokens(tokens)} · ${phraseMoney(invocation)}`]),
    ...(took.length === 0 ? [] : [`Took ${took.join(", ")}`]),
  ];
}

function phraseGrowth(bytes: number): string {
  if (bytes === 0) return "as large as before";
  return bytes > 0 ? `grown by ${phraseBytes(bytes)}` : `shrunk by ${phraseBytes(-bytes)}`;
}

function processOf({ process }: Invocation): readonly string[] {
  if (process === null) return [];
  const { state, words, pid, since } = process;
  const said = words === "" ? "" : `: ${oneLine(words)}`;
  return [`Process ${pid ?? "not known"} is ${state}${said}, since ${since}`];
}

function phraseRound(round: InvocationRound, colours: boolean): readonly string[] {
  const { number, outcome, reason, message, prompt, text } = round;
  const state = outcome ?? "running";
  const why = outcome === "succeeded" || reason === null ? "" : ` (${reason})`;
  const said = message === null ? "" : `: ${oneLine(message)}`;
  return [
    `Round ${number}  ${styled(colours, STYLES[state], state)}${why}${said}${figuresOf(round)}`,
    ...(prompt === "" ? [] : indented(`› ${harmless(prompt).trim()}`)),
    ...(text.trim() === "" ? [] : indented(harmless(text).trim())),
    ...deedsOf(round),
    ...round.warnings.map((warning) => `  ! ${oneLine(warning)}`),
  ];
}

function figuresOf(round: InvocationRound): string {
  const { tokens, cost, costUnknown, durationMs, exitCode } = round;
  const isNothing = tokens === null && cost === null && costUnknown === 0;
  const parts = [
    ...(isNothing ? [] : [phraseTokens(tokens), phraseMoney(round)]),
    ...(durationMs === null ? [] : [phraseMs(durationMs)]),
    ...(exitCode === null ? [] : [`exit ${exitCode}`]),
  ];
  return parts.map((part) => ` · ${part}`).join("");
}

function deedsOf({
  tools,
  toolErrors,
  retries,
  denials,
  unread,
}: InvocationRound): readonly string[] {
  const calls = Object.entries(tools).map(([name, count]) => `${oneLine(name)} ${count}`);
  const parts = [
    ...(calls.length === 0 ? [] : [`tools: ${calls.join(", ")}`]),
    ...(toolErrors === 0 ? [] : [`${toolErrors} failed`]),
    ...(denials === 0 ? [] : [`${denials} denied`]),
    ...(retries === 0 ? [] : [`${retries} ${retries === 1 ? "retry" : "retries"}`]),
    ...(unread === 0 ? [] : [`${unread} ${unread === 1 ? "line" : "lines"} not understood`]),
  ];
  return parts.length === 0 ? [] : [`  ${parts.join(", ")}`];
}

const indented = (text: string): readonly string[] => text.split("\n").map((line) => `  ${line}`);
