import { isWord, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import {
  type Rewrite,
  type Rule,
  look,
  LONGEST_NAMES,
  say,
  isClosed,
  isOpen,
  isValue,
} from "./rule.ts";

const HEADS = wordsOf("email tag untag label task todo");
const NOTIFYING = wordsOf("notify alert tell ping inform warn");

/** "email → 'X'", "task → call Ann": an arrow behind a word that is nothing without what follows. */
export const writeArrow: Rule = (tokens, at) =>
  isNotified(tokens, at) || isNamed(tokens, at)
    ? colonAt(tokens, at)
    : isMoved(tokens, at) || isHanded(tokens, at)
      ? { taken: 1, tokens: say("to", look(tokens, at)) }
      : undefined;

/** "handoff → @user.ae" */
function isHanded(tokens: readonly Token[], at: number): boolean {
  const isHand =
    look(tokens, at - 2).lemma === "hand" && isWord(look(tokens, at - 1), "off", "over");
  const isNoun = isWord(look(tokens, at - 1), "handoff", "hand-off", "handover", "escalate");
  return (isHand || isNoun) && look(tokens, at + 1).kind === "variable";
}

const MOVING = wordsOf("move push advance bump set");

/** "move deal → Negotiation" */
function isMoved(tokens: readonly Token[], at: number): boolean {
  const verb = isWord(look(tokens, at - 2), "the", "this") ? at - 3 : at - 2;
  const isDeal = isWord(look(tokens, at - 1), "deal", "opp", "opportunity");
  return isDeal && MOVING.has(look(tokens, verb).lemma) && isValue(tokens, at + 1);
}

function isNamed(tokens: readonly Token[], at: number): boolean {
  const { word } = look(tokens, at - 1);
  const isAlone = at === 1 || isOpen(tokens, at - 1);
  if (!isAlone || !HEADS.has(word)) return false;
  const isTask = word === "task" || word === "todo";
  const isObject = isTask || look(tokens, at + 1).kind === "quoted" || word !== "email";
  return isObject && (isTask || isValue(tokens, at + 1));
}

function colonAt(tokens: readonly Token[], at: number): Rewrite {
  return { taken: 1, tokens: [{ ...look(tokens, at), word: ":", lemma: ":", text: ":" }] };
}

/** "notify @user.rep → 'Call now'": what is said. */
function isNotified(tokens: readonly Token[], at: number): boolean {
  const isTold = NOTIFYING.has(look(tokens, at - 2).word) && isOpen(tokens, at - 2);
  const isFirst = at === 2 && NOTIFYING.has(look(tokens, 0).word);
  const isSaid = look(tokens, at + 1).kind === "quoted" && isClosed(tokens, at + 2);
  return (isTold || isFirst) && isSaid && look(tokens, at - 1).kind === "variable";
}

const CONNECTING = wordsOf(
  "connect connection invite invitation request message note send touch outreach",
);

/** "LinkedIn: connect", "LinkedIn - connection request": the channel before what is done there. */
export const writeChannel: Rule = (tokens, at) => {
  const isMarked = isWord(look(tokens, at + 1), ":", "-", "–", "->");
  const isSaid = isMarked && CONNECTING.has(look(tokens, at + 2).word);
  return isSaid ? { taken: 2, tokens: [look(tokens, at)] } : undefined;
};

/** "'A' followed by 'B'" */
export const writeFollowed: Rule = (tokens, at) => {
  const { kind, word } = look(tokens, at + 2);
  const isMail = kind === "quoted" || word === "the" || word === "a" || word === "our";
  return isMail && isWord(look(tokens, at + 1), "by")
    ? { taken: 2, tokens: say("then", look(tokens, at)) }
    : undefined;
};

/** "connect w them": but "2w" is two weeks. */
export const writeWith: Rule = (tokens, at) => {
  const { isApart, isCapital } = look(tokens, at);
  const isWith = isApart && !isCapital && look(tokens, at + 1).kind !== "mark";
  return isWith ? { taken: 1, tokens: say("with", look(tokens, at)) } : undefined;
};

const DETAILS = wordsOf("due owner assignee assign assigned deadline");

/** "task: call Ann (due 2d)": its details, in parentheses. */
export const writeDetails: Rule = (tokens, at) => {
  if (!DETAILS.has(look(tokens, at + 1).word)) return undefined;
  let close = at + 1;
  while (close - at < LONGEST_NAMES && !isWord(look(tokens, close), ")", "")) close += 1;
  if (!isWord(look(tokens, close), ")")) return undefined;
  const comma = { ...look(tokens, at), word: ",", lemma: ",", text: "," };
  return { taken: close + 1 - at, tokens: [comma, ...tokens.slice(at + 1, close)] };
};
