import { isBareStart } from "./links.ts";
import { isWord, type Source, tokenAt, wordsOf } from "./source.ts";
import type { Token } from "./tokens.ts";

const TO = wordsOf("notify alert ping handoff hand-off handover escalate assign owner assignee cc");
const IS = wordsOf("status stage");

/**
 * In notes an arrow may stand between a verb and its object ("notify → @user.rep", "status → Active", "move deal → Demo"): there it
 * is a word, and parts no clauses.
 */
export function rewriteArrows(source: Source): Source {
  const tokens = source.tokens.map((token, at) => {
    if (isWord(token, "->")) return rewritten(source, at, token);
    return isChevron(source, at, token) ? { ...token, word: "->", lemma: "->" } : token;
  });
  return { ...source, tokens };
}

/** "send 'A' > wait 3 days": behind a comparison stands no verb. */
function isChevron(source: Source, at: number, token: Token): boolean {
  return (
    isWord(token, ">", ">>") &&
    token.isApart &&
    (isBareStart(source, at + 1) || isChannel(source, at + 1))
  );
}

/** "> LinkedIn >": a channel alone is a clause, and so is a heading of one. */
function isChannel(source: Source, at: number): boolean {
  const after = tokenAt(source, at + 1);
  if (isWord(tokenAt(source, at), "task", "todo", "web")) return isWord(after, ":");
  return isWord(tokenAt(source, at), "linkedin") && (after.kind === "mark" || after.word === "");
}

function rewritten(source: Source, at: number, arrow: Token): Token {
  const head = tokenAt(source, at - 1);
  const isMove = isWord(head, "deal") && isWord(tokenAt(source, at - 2), "move");
  const first = isMove ? at - 2 : at - 1;
  if (!isName(tokenAt(source, at + 1)) || !isBegun(source, first) || head.kind !== "word")
    return arrow;
  if (isMove || TO.has(head.word)) return { ...arrow, kind: "word", word: "to", lemma: "to" };
  return IS.has(head.word) ? { ...arrow, word: "=", lemma: "=" } : arrow;
}

function isName({ kind, isCapital }: Token): boolean {
  return kind === "variable" || kind === "quoted" || kind === "email" || isCapital;
}

/** Whether a clause begins here: the head stands alone before its arrow. */
function isBegun(source: Source, at: number): boolean {
  return at > 0 && isWord(tokenAt(source, at - 1), "->", ";", ",", "\n", ":", "and", "then");
}
