import { audienceAt } from "./audiences.ts";
import { skipCourtesy } from "./courtesy.ts";
import { forbid } from "./forbidding.ts";
import { readProhibition } from "./prohibited.ts";
import { fault } from "./reading.ts";
import { isWord, tokenAt } from "./source.ts";
import type { Walk } from "./walk.ts";

const DONE = /^(?:search|skip)/;
/** "do not send" */
const SHORTEST = 3;
const LATE = [
  "Who is left out here would be left out of what was done before, too",
  "Say who is skipped where they are searched for, or use: if …",
] as const;

/** "To those who replied, please do not send": they are left out, where nothing was done yet. */
export function passLeftOut(walk: Walk): boolean {
  const { reading, source, at } = walk;
  const audience = audienceAt(walk);
  if (audience === undefined) return false;
  const { value, next } = audience;
  const from = skipCourtesy(source, isWord(tokenAt(source, next), ",", ":") ? next + 1 : next);
  const end = readProhibition(source, from);
  if (end === undefined || end < from + SHORTEST || end < source.end) return false;
  if (reading.builder.steps().some(({ type }) => !DONE.test(type)))
    fault(reading, at, end, ...LATE);
  forbid(walk, [{ type: "skip", params: value }], end);
  return true;
}
