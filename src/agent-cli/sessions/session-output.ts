/** What Claude Code would have written of a round, had somebody listened. */
import { open } from "node:fs/promises";

import type { PastRound } from "./past.ts";
import type { Stretch } from "./stretch.ts";

/** Its last lines, whole ones. */
export function outputOf({ lines }: Stretch, past: Omit<PastRound, "output">): string {
  const own = lines.filter(({ isAside }) => !isAside);
  const shown = own.flatMap((line) => ("shown" in line ? [line.shown] : []));
  return lastLines([...shown, JSON.stringify(resultOf(past))]);
}

const MOST_BYTES = 256 * 1024;

export function lastLines(lines: readonly string[], most = MOST_BYTES): string {
  let bytes = 0;
  const first = lines.findLastIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > most;
  });
  return lines
    .slice(first + 1)
    .map((line) => `${line}\n`)
    .join("");
}

/** The last whole lines of a file of any length: no more of it is read. */
export async function lastLinesIn(path: string): Promise<string> {
  await using file = await open(path);
  const { size } = await file.stat();
  // With the end of the line before, so that a whole first line is told from a part of one.
  const position = Math.max(0, size - MOST_BYTES - 1);
  const buffer = Buffer.alloc(size - position);
  const { bytesRead } = await file.read({ buffer, position });
  const text = buffer.toString("utf8", 0, bytesRead);
  return lastLines(text.split("\n").slice(position === 0 ? 0 : 1, -1));
}

function resultOf({ round, verdict, startedAt, completedAt }: Omit<PastRound, "output">): object {
  const { tokens, nano, end, session, text } = round;
  const isDone = verdict.outcome === "succeeded";
  return {
    type: "result",
    subtype: isDone ? "success" : "error_during_execution",
    is_error: !isDone,
    ...(verdict.outcome === "interrupted" && { terminal_reason: "aborted_streaming" }),
    ...(verdict.message !== null && { errors: [verdict.message] }),
    ...(isDone && { result: text }),
    session_id: session,
    num_turns: end?.turns ?? 0,
    duration_ms: completedAt - startedAt,
    ...(nano !== null && { total_cost_usd: Number(nano) / 1e9 }),
    usage: {
      input_tokens: tokens.input,
      cache_read_input_tokens: tokens.cacheRead,
      cache_creation_input_tokens: tokens.cacheWrite,
      output_tokens: tokens.output,
    },
  };
}
