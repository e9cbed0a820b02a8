import { createInterface } from "node:readline";
import { text as readText } from "node:stream/consumers";

import { Fault } from "#domain/fault.ts";
import type { Parsed } from "#domain/plan.ts";
import { parseLine } from "#instructions/parse-lines.ts";
import { parseOffline } from "#instructions/parsers/offline.ts";

import { EXIT } from "./exit-codes.ts";
import { readPlanAloud } from "./plan-text.ts";
import type { Terminal } from "./terminal.ts";

export interface ParseOptions {
  readonly jsonl: boolean;
  readonly json: boolean;
}

/** Answers `failed` when the instructions (or, in lines, the lines themselves) could not be read. */
export async function parse(
  terminal: Terminal,
  given: string | undefined,
  { jsonl, json }: ParseOptions,
): Promise<number> {
  if (jsonl) return parseLines(terminal);
  if (given === undefined && process.stdin.isTTY) {
    throw new Fault("bad_request", "There are no instructions to read", {
      suggestion:
        'Give them as an argument, such as: stint parse "Find contacts in London and send the Intro email"',
    });
  }
  const text = given ?? (await readText(process.stdin));
  const parsed = parseOffline(text);
  if (json) terminal.out(JSON.stringify(parsed));
  else tell(terminal, text, parsed);
  return "plan" in parsed ? EXIT.done : EXIT.failed;
}

function tell(terminal: Terminal, text: string, parsed: Parsed): void {
  if ("plan" in parsed) {
    for (const line of readPlanAloud(parsed.plan)) terminal.out(line);
    for (const { start, end } of parsed.remarks ?? [])
      terminal.out(`Said in passing, no step comes of it: "${text.slice(start, end)}"`);
    return;
  }
  terminal.err(parsed.error.message);
  for (const { text: clause, reason, suggestion } of parsed.error.details) {
    terminal.err(`  "${clause}": ${reason}. ${suggestion}`);
  }
}

/** Each line is answered by one line, in order; a refused instruction is an answer, a broken line is a failure. */
async function parseLines(terminal: Terminal): Promise<number> {
  let number = 0;
  let isBroken = false;
  const crlfDelay = Number.POSITIVE_INFINITY;
  for await (const line of createInterface({ input: process.stdin, crlfDelay })) {
    number += 1;
    if (line.trim() === "") continue;
    const { answer, isRead } = parseLine(line, number, parseOffline);
    isBroken ||= !isRead;
    terminal.out(answer);
  }
  return isBroken ? EXIT.failed : EXIT.done;
}
