import { type Branch, readBranch } from "../branches.ts";
import { isNounLed } from "../clauses/search-nouns.ts";
import { negate } from "../conditions/scope.ts";
import { LEAVING } from "../leaving.ts";
import { isActing, isStart } from "../links.ts";
import { matchAt, pattern } from "../pattern.ts";
import { isWord, type Read, type Source, tokenAt, within, wordsOf } from "../source.ts";
import type { Token } from "../tokens.ts";
import { isLineEnd, lineEnd, put, putBefore } from "./edit.ts";
import {
  writeAudience,
  writeEntry,
  writeExclusion,
  writeFilter,
  writeLimit,
  writeTrigger,
} from "./label-audience.ts";
import type { LabelRead } from "./label-reading.ts";
import type { Meaning } from "./label-table.ts";
import { type Behind, isStarting, type Wrote, type Writer } from "./writer.ts";

/** The words, and then what stands behind the label. */
function saying(words: string): Writer {
  return ({ label, place }) => ({ tokens: put(words, place), next: label.next });
}

const drop: Writer = ({ label }) => ({ tokens: [], next: label.next });

const LONGEST_NAME = 8;

/** "Workflow: Inbound triage": a name on a line of its own. */
const writeName: Writer = ({ source, label }) => {
  const end = lineEnd(source, label.next);
  const line = within(source, end);
  if (end === label.next) return { tokens: [], next: end };
  if (end >= source.end || end - label.next > LONGEST_NAME || !isName(line, label.next))
    return undefined;
  return { tokens: [], next: end };
};

function isName(line: Source, from: number): boolean {
  for (let at = from; at < line.end; at++) {
    const { kind } = tokenAt(line, at);
    const isPart =
      kind === "word" || kind === "number" || (kind === "quoted" && line.end === from + 1);
    if (!isPart && !isWord(tokenAt(line, at), "-", "–", "&", "/", "(", ")", "'s", "+", "#"))
      return false;
  }
  return !isNounLed(line, from) && !isStart(line, from) && !isStarting(line, from);
}

const TOLD = new Set(["quoted", "variable", "email"]);
/** With these a goal would say what is to be done. */
const DOING = wordsOf(
  "send email mail tag untag notify alert create add remove set update enrich connect wait skip exclude find search hand assign remember save stop not no never",
);

/** "Goal: win them back": what it is for carries nothing, unless it names something to do. */
const writeGoal: Writer = ({ source, label }) => {
  let end = label.next;
  while (!isLineEnd(source, end) && !isWord(tokenAt(source, end), ".", ";")) end += 1;
  const line = within(source, end);
  for (let at = label.next; at < end; at++) {
    const { kind, word } = tokenAt(line, at);
    if (TOLD.has(kind)) return undefined;
    const isFirst = at === label.next || isWord(tokenAt(line, at - 1), "to", "and", "then", ",");
    if (DOING.has(word) && isFirst) return undefined;
  }
  return end >= source.end ? undefined : { tokens: [], next: end };
};

const ASKING = wordsOf("has have had did does do is are was were if when unless whether");
const REST = pattern(
  "(everyone|everybody|anyone else / all [the] others / default / otherwise / else / no / the|all rest / remaining|others)",
);

/** "If/then branch: opened email", "Branch A (if replied): …", "Branch B (everyone else): …" */
const writeCondition: Writer = (behind) => {
  const wrote = writeBranch(behind);
  const [first] = wrote?.tokens ?? [];
  const isNext = behind.before === "condition" && isNumbered(behind) && first?.word === "if";
  if (wrote === undefined || !isNext) return wrote;
  const asked = readAsked(behind.source, behind.label);
  if (asked !== undefined && isOpposite(behind, asked))
    return asSide(
      behind.source,
      put("otherwise :", behind.place),
      Math.max(asked.next + 1, behind.label.next),
    );
  return { ...wrote, tokens: [...putBefore("else", behind.place), ...wrote.tokens] };
};

/** "Path A (replied): … Path B (no reply): …" */
function isOpposite({ source, last }: Behind, asked: Read<Branch>): boolean {
  const before = last === undefined ? undefined : readAsked(source, last);
  if (before === undefined || before.value.wait !== undefined || asked.value.wait !== undefined)
    return false;
  return JSON.stringify(negate(before.value.condition)) === JSON.stringify(asked.value.condition);
}

function readAsked(source: Source, { inside, next }: LabelRead): Read<Branch> | undefined {
  const at = inside?.from ?? next;
  const asked = within(source, inside?.to ?? lineEnd(source, at));
  return readBranch(asked, at, "contact");
}

/** "Branch 2", "Path B": beside the one before it, which did not hold. */
function isNumbered({ source, at, label }: Behind): boolean {
  const { kind, text, value } = tokenAt(source, at + 1);
  const isLater = kind === "number" ? value > 1 : /^[b-z]$/i.test(text);
  return isLater && (label.isNumbered || label.inside !== undefined);
}

function writeBranch({ source, label, place, before }: Behind): Wrote | undefined {
  const { inside } = label;
  const isOfTrigger = isWord(place, "condition", "conditions") && !hasSides(source, label.next);
  if (isOfTrigger && (before === "trigger" || before === "event"))
    return { tokens: put("condition :", place), next: label.next };
  if (inside === undefined) return writeAsked(source, label.next, place);
  const rest = matchAt(within(source, inside.to), inside.from, REST);
  if (rest !== undefined) return asSide(source, put("otherwise :", place), label.next);
  const asked = writeAsked(source, inside.from, place);
  const mark = source.tokens[label.next - 1];
  const said = source.tokens.slice(inside.from, inside.to);
  return asSide(
    source,
    [...asked.tokens, ...said, ...(mark === undefined ? [] : [mark])],
    label.next,
  );
}

/** One side of an if, to the end of its line: a semicolon does not end it. */
function asSide(source: Source, words: readonly Token[], at: number): Wrote {
  const end = lineEnd(source, at);
  const rest = source.tokens.slice(at, end);
  if (!rest.some((token) => isWord(token, ...LINKING))) return { tokens: words, next: at };
  return { tokens: [...words, ...rest.map(comma)], next: end };
}

function comma(token: Token, at: number, all: readonly Token[]): Token {
  const isEnd = !isWord(token, ...LINKING) || SIDES.has(all[at + 1]?.word ?? "");
  return isEnd ? token : { ...token, word: ",", lemma: ",", text: "," };
}

const LINKING = [";", "->"];
const SIDES = wordsOf("yes no true false else otherwise if unless");

/** "Yes: send 'A'; tag them" on a line of its own, "No branch: …". */
function sideOf(words: string): Writer {
  return ({ source, at, label, place }) => {
    const isFirst = isLineStart(source, at);
    const isPlain = label.next === at + 2;
    if (isFirst) return asSide(source, put(words, place), label.next);
    return isPlain ? undefined : { tokens: put(words, place), next: label.next };
  };
}

function isLineStart(source: Source, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isWord(tokenAt(source, before), "-", "*", "•", "–")) before -= 1;
  return before < 0 || tokenAt(source, before).text === "\n";
}

/** Whether it is asked, or what follows from it is told by "yes" and "no". */
function hasSides(source: Source, from: number): boolean {
  for (let at = from; at < source.end; at++) {
    const isSide = isWord(tokenAt(source, at), "yes", "no", "true", "false", "else", "otherwise");
    if (isWord(tokenAt(source, at), "?")) return true;
    if (isSide && isWord(tokenAt(source, at + 1), ":", "->", "–", "branch", "path")) return true;
  }
  return false;
}

function writeAsked(source: Source, at: number, place: Token): Wrote {
  const isAsked = ASKING.has(tokenAt(source, at).word) || isLineEnd(source, at);
  return { tokens: isAsked ? [] : put("if", place), next: at };
}

const NOBODY = pattern("[the] [contact|workflow|flow|end|stop|none|nothing|exit|here] [.]");

/** "Exit criteria: replied" holds at any time; "Exit: tag done" is done at the end. */
const writeExit: Writer = ({ source, label, place }) => {
  const at = label.next;
  const line = within(source, lineEnd(source, at));
  if ((matchAt(line, at, NOBODY)?.next ?? at) >= line.end)
    return { tokens: put("stop", place), next: line.end };
  if (isStart(line, at) && !isWord(tokenAt(line, at), "if", "when", "once"))
    return { tokens: [], next: at };
  const isAsked = isWord(tokenAt(line, at), "if", "when", "once");
  return { tokens: put(LEAVING, place), next: isAsked ? at + 1 : at };
};

/** "Email: 'X'", "Email 2 = 'X'"; "Email 1: send 'X'" has its verb. */
const writeEmail: Writer = ({ source, label, place }) => {
  const { kind } = tokenAt(source, label.next);
  if (kind === "quoted") return { tokens: put("send email", place), next: label.next };
  if (isActing(source, label.next) || isLineEnd(source, label.next)) return undefined;
  if (isWord(tokenAt(source, label.next), "subject", "template", "body"))
    return { tokens: put("send email with", place), next: label.next };
  return label.isNumbered ? undefined : { tokens: put("send the", place), next: label.next };
};

const writeTask: Writer = ({ source, label, place }) => {
  if (isLineEnd(source, label.next)) return undefined;
  if (isWord(place, "call") && !isActing(source, label.next))
    return { tokens: [...putBefore("create a task to", place), place], next: label.next };
  return { tokens: put("create task :", place), next: label.next };
};

const writeEnrichment: Writer = ({ source, label, place }) => {
  const isVia = isWord(
    tokenAt(source, label.next),
    "with",
    "via",
    "using",
    "through",
    "contact",
    "them",
  );
  const isBare = isLineEnd(source, label.next);
  return { tokens: put(isVia || isBare ? "enrich" : "enrich with", place), next: label.next };
};

const SAID = wordsOf("connect connection invite invitation request send message note");

/** "LinkedIn: connect" says it itself; "LinkedIn: 'Hi'" is a note. */
const writeInvitation: Writer = ({ source, label, place }) => {
  const { kind, word } = tokenAt(source, label.next);
  if (kind === "quoted")
    return { tokens: put("connect on linkedin with the note", place), next: label.next };
  if (SAID.has(word) || isLineEnd(source, label.next)) return undefined;
  return undefined;
};

const OWNERS = ["contact", "company", "deal"];
const GIVING = [":", "=", "->"];

/** "Update deal → stage: Signed", "Set property: status = Active" */
const writeSetting: Writer = (behind) => {
  const { source, at, label, place } = behind;
  const owner = source.tokens.slice(at, label.next).find((token) => isWord(token, ...OWNERS));
  const sign = [1, 2, 3]
    .map((length) => label.next + length)
    .find((next) => isWord(tokenAt(source, next), ...GIVING));
  const mark = sign === undefined ? undefined : source.tokens[sign];
  if (owner === undefined || sign === undefined || mark === undefined)
    return sayingBefore("set")(behind);
  const field = source.tokens.slice(label.next, sign);
  if (field.some(({ kind }) => kind !== "word" && kind !== "quoted")) return undefined;
  return {
    tokens: [...put(`set the ${owner.word} 's`, place), ...field, ...put("to", mark)],
    next: sign + 1,
  };
};

/** Only where there is something behind the label to say it of. */
function sayingBefore(words: string): Writer {
  return (behind) =>
    isLineEnd(behind.source, behind.label.next) ? undefined : saying(words)(behind);
}

/** "Tag: Hot" is read as it stands. */
const writeTag: Writer = (behind) =>
  isWord(behind.place, "tag", "tags", "tagging") ? undefined : sayingBefore("add tag")(behind);

export const WRITERS: Readonly<Record<Meaning, Writer>> = {
  structure: drop,
  name: writeName,
  goal: writeGoal,
  trigger: writeTrigger,
  event: () => undefined,
  schedule: () => undefined,
  entry: writeEntry,
  audience: writeAudience,
  filter: writeFilter,
  exclusion: writeExclusion,
  limit: writeLimit,
  condition: writeCondition,
  yes: sideOf("yes :"),
  no: sideOf("otherwise :"),
  return: () => undefined,
  exit: writeExit,
  email: writeEmail,
  task: writeTask,
  wait: sayingBefore("wait"),
  enrich: writeEnrichment,
  notify: sayingBefore("notify"),
  set: writeSetting,
  tag: writeTag,
  invitation: writeInvitation,
};
