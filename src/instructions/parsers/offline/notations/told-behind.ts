import { isWord, type Source, tokenAt } from "../source.ts";
import type { Token } from "../tokens.ts";
import { type Act, readActName, type Slot, slotOf } from "./acts.ts";
import { saySlot } from "./details.ts";
import { isLineEnd, type Notation } from "./edit.ts";

/** "Hand off → @user.a; reason: too big; timeout: 2 days": what a semicolon parts from its act is a detail of it. */
export const writeToldBehind: Notation = (source) => {
  if (!source.tokens.some((token) => isWord(token, ";"))) return source.tokens;
  const written: Token[] = [];
  let act: Act | undefined;
  let isOpen = true;
  let at = 0;
  while (at < source.end) {
    if (isOpen) act = readActName(source, at)?.value ?? (isLed(source, at) ? act : undefined);
    const detail = act === undefined ? undefined : readDetail(source, at, act);
    if (detail === undefined) {
      const token = tokenAt(source, at);
      written.push(token);
      isOpen = isEnd(source, at);
      at += 1;
    } else {
      const value = source.tokens.slice(detail.from, detail.to);
      written.push(...saySlot(source.text, detail.slot, value));
      isOpen = false;
      at = detail.to;
    }
  }
  return written;
};

/** "Hand off → @user.a" is one act. */
function isLed(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at - 1), "->");
}

const ENDS = [";", ".", "->", "|"];

function isEnd(source: Source, at: number): boolean {
  return isLineEnd(source, at) || isWord(tokenAt(source, at), ...ENDS);
}

interface Behind {
  readonly slot: Slot;
  readonly from: number;
  readonly to: number;
}

const MOST_WORDS = 2;

function readDetail(source: Source, at: number, act: Act): Behind | undefined {
  if (!isWord(tokenAt(source, at), ";")) return undefined;
  const slot = slotOf(act, tokenAt(source, at + 1).word);
  if (slot === undefined || slot.words === "" || readActName(source, at + 1) !== undefined)
    return undefined;
  const from = valueStart(source, at + 1, slot);
  if (from === undefined) return undefined;
  let to = from;
  while (!isEnd(source, to)) to += 1;
  return to > from ? { slot, from, to } : undefined;
}

/** Behind the colon; a time needs none. */
function valueStart(source: Source, name: number, slot: Slot): number | undefined {
  for (let at = name + 1; at <= name + MOST_WORDS; at++)
    if (isWord(tokenAt(source, at), ":", "=")) return at + 1;
  return slot.kind === "time" && tokenAt(source, name + 1).kind === "number" ? name + 1 : undefined;
}
