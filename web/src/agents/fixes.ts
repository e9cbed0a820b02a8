/** What a button may do about words that cannot be carried out: the suggestion as an edit of the text. */
import type { Span } from "#domain/plan.ts";

import { type Edit, removeWords, replaceWords } from "./edits.ts";

export interface Fix {
  readonly label: string;
  readonly edit: Edit;
}

const OFFERED = /(?:\bsuch as|^say(?: it as)?|^write|^replace (?:it |this )?(?:by|with)): (.+)$/i;
const MEANT = /did you mean ['"‘“](.+?)['"’”]\?/i;
const QUOTED = /['"‘“](.+?)['"’”]/;
/** What opens a clause that says when or whether, or asks: no work that a person could be given. */
const NO_WORK = /^(?:when|whenever|if|unless|every|once|why|how|what|who|which|where|otherwise)\b/i;

interface Complaint {
  readonly reason: string;
  readonly suggestion: string;
}

/** From what the suggestion says itself to what always helps: a task for a person, or leaving it out. */
export function fixesOf(text: string, span: Span, complaint: Complaint): readonly Fix[] {
  const words = text.slice(span.start, span.end);
  const better = renamed(words, complaint) ?? OFFERED.exec(complaint.suggestion)?.[1];
  const leaveOut = { label: "Take it out", edit: removeWords(text, span) };
  const fixes = better === undefined ? [] : [replacement(text, span, better)];
  return NO_WORK.test(words.trim())
    ? [...fixes, leaveOut]
    : [...fixes, taskFor(text, span, words), leaveOut];
}

function replacement(text: string, span: Span, words: string): Fix {
  return { label: `Replace by “${words}”`, edit: replaceWords(text, span, words) };
}

function taskFor(text: string, span: Span, words: string): Fix {
  const title = words.trim().replace(/[.,;!]+$/, "");
  const task = `create a task: ${title.charAt(0).toUpperCase()}${title.slice(1)}`;
  return { label: "Make it a task for a person", edit: replaceWords(text, span, task) };
}

/** "Did you mean 'Outbound v2'?": the same words with that name in place of the one that is complained about. */
function renamed(words: string, { reason, suggestion }: Complaint): string | undefined {
  const right = MEANT.exec(suggestion)?.[1];
  if (right === undefined) return undefined;
  const wrong = QUOTED.exec(reason)?.[1] ?? "";
  const at = wrong === "" ? -1 : words.toLowerCase().indexOf(wrong.toLowerCase());
  return at === -1 ? undefined : words.slice(0, at) + right + words.slice(at + wrong.length);
}
