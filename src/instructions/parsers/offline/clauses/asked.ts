import type { Family } from "../clause.ts";
import { isCommonWord } from "../lexicon.ts";
import { matchFirst, pattern } from "../pattern.ts";
import { isRole } from "../readers/roles.ts";
import { isWord, type Source, tokenAt, wordsOf } from "../source.ts";
import { VOCABULARY } from "../vocabulary.ts";
import { type Draft, readTitle, toTask } from "./task-details.ts";

const ASKED = [
  "have|ask|let <person> [to] [please]",
  "get <person> to",
  "<person> should|must|needs|has|ought|will [to]",
  "[need|want] <person> to",
  "+assign <user> to",
  "<person> to",
].map(pattern);
const MACHINES =
  /\b(?:ai|voice|bot|robot|[\w-]*diall?er|agent|system|stint|assistant|apollo|workflow|sequence|chat-?gpt|gpt|claude|gemini|copilot|llm|zapier|hubspot|salesforce|crm)\b/i;

/** What the other actions say of somebody, and what is no work. */
const NO_WORK =
  wordsOf(`the a an my our this that these those your its their take takes taking handle handles own know knows be get gets receive is are has have in on involved for about
  reply respond open aware`);
const NOBODY = /^(?:someone|somebody|a human|human|anyone|us|we)$/i;

/** "Have @user.rep call them tomorrow", "ask Dana to review the contract", "@user.rep should ring them". */
export function readAsked(source: Source, at: number): ReturnType<Family["read"]> {
  const head = matchFirst(source, at, ASKED);
  const assignee = head?.captures.person ?? head?.captures.user;
  if (head === undefined || assignee === undefined || !mayWork(assignee)) return undefined;
  if (!isWork(source, at, head.next) || isForMe(source, at + 1, head.next)) return undefined;
  const draft: Draft = NOBODY.test(assignee) ? {} : { assignee };
  const end = readTitle(source, head.next, draft, false);
  return toTask(draft, end);
}

/** "Get me people in Rome" is a search. */
function isForMe(source: Source, at: number, next: number): boolean {
  return isWord(tokenAt(source, at), "me", "us") && !isWord(tokenAt(source, next - 1), "to");
}

/** What people do for one another; behind a bare name only these tell of work. */
const WORK =
  wordsOf(`call ring phone follow reach check review prepare contact send email book schedule set write look get handle take close
  talk speak meet visit give draft confirm discuss investigate negotiate chase onboard approve update verify research arrange organize
  plan sign respond answer work resolve fix help decide qualify pitch present invite introduce connect`);

/** Whether somebody is asked at one place to do what stands at another. */
function isWork(source: Source, at: number, verb: number): boolean {
  const { kind, word } = tokenAt(source, verb);
  const isTold = isLed(source, at) || (isSomebody(source, at) && WORK.has(word));
  return isTold && kind === "word" && !NO_WORK.has(word);
}

/** With nothing before it a capital only begins the sentence: a name is no word of the grammar. */
function isSomebody(source: Source, at: number): boolean {
  const token = tokenAt(source, isWord(tokenAt(source, at), "the", "our") ? at + 1 : at);
  return (
    token.kind !== "word" ||
    isRole(token.word) ||
    !(isCommonWord(token.word) || VOCABULARY.has(token.word))
  );
}

/** Contacts are nobody's to give tasks to, and a machine does no person's work. */
function mayWork(person: string): boolean {
  const isRecord = /^@(?:form|contact|company|deal|memory|search)\b/.test(person);
  return !MACHINES.test(person) && (!isRecord || person.endsWith(".owner"));
}

function isLed(source: Source, at: number): boolean {
  return isWord(tokenAt(source, at), "have", "get", "ask", "let", "assign", "need", "want");
}
