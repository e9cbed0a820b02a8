import { matchAt, pattern } from "../pattern.ts";
import { type Source, tokenAt, wordsOf } from "../source.ts";
import { readPosition } from "./positions.ts";
import type { Operand } from "./precedence.ts";

export const OR = pattern("[,] [and/or|either] or|and/or [else] [if] [either]");

const WHO = wordsOf("who that which");
/** Behind "or" these name others, and say nothing of the same. */
const OTHERS = wordsOf(
  "in at from with those people contacts companies deals leads anyone everyone tagged",
);

/** Whether it is said behind "who", or goes on there: "… in Rome who opened it or replied", but not "… or directors in Ottawa". */
export function ofWho(
  source: Source,
  at: number,
  before: Operand | undefined,
  operand: Operand,
): Operand {
  if (operand.joint === "beside")
    return WHO.has(tokenAt(source, at).word) ? { ...operand, isOfWho: true } : operand;
  const next = operand.joint === "or" ? matchAt(source, at, OR)?.next : undefined;
  const goesOn = next !== undefined && before?.isOfWho === true && !namesOthers(source, next);
  return goesOn ? { ...operand, isOfWho: true } : operand;
}

function namesOthers(source: Source, at: number): boolean {
  return OTHERS.has(tokenAt(source, at).word) || readPosition(source, at) !== undefined;
}
