import { type Family, one, part, type Part, readParts } from "../clause.ts";
import { matchAt, matchFirst, pattern } from "../pattern.ts";
import { isWord, slice, type Source, tokenAt } from "../source.ts";

/** A task as far as it was read. */
export interface Draft {
  title?: string;
  /** No field holds it, so that the title begins with it. */
  urgency?: string;
  due?: string;
  assignee?: string;
}

/** Where somebody's work is kept. */
export const LIST =
  "[to-do|todo|task|call|work] list|lists|plate|board|desk|queue|calendar|diary|tasks|todo|todos|to-do|to-dos|agenda|radar|backlog";

const TASK = "it|this|that|them|the|these [same|said|above] [task|one]";

const DUE: readonly Part<Draft>[] = [
  part<Draft>(
    [
      "[and|with|,] [a|the] [it|it's] [is] [a] due|deadline|date [date] [of|is|to|be|:|for] [in] <duration>",
      "[and|,] [it|this|that|task / the|this task] is|'s|falls|should|must|will [be] due <due>",
      "[it / the|this task] [is|'s|should|set|with|and|make|be|has] [a|the|it] [be] [deadline|date] [of] <due>",
      "[and|,] the|its [due] date|deadline is|'s|should|will [be] <due>",
      ",|/|\\(|–|-|; [due] [:|=] [+] <duration>",
      "\\( <due>",
      "[and|,] to fall due [in|within] <duration>",
      "[and|,] with [a|the] due date|deadline [of|:|is] <due>",
      "[,|and] [to] be|get done|completed|finished|ready <due>",
      "[and|,] with a|an <duration> deadline",
    ],
    (draft, { due, duration }) => {
      draft.due = due ?? duration ?? "";
    },
  ),
];

const ASSIGNEE: readonly Part<Draft>[] = [
  part<Draft>(
    [
      `[and] it|this|that [is|will|should|must|needs] [to] [be] +assign [to] <person>`,
      `[and] [please] [the|this] [said|same|above] [task] [is|will|shall|should|to] [to] [be] +assign|+delegate [:] [${TASK}] [to] <person>`,
      `[and] [please] +give|+route|+pass|+send|+hand (${TASK}) [over|on|off] to <person>`,
      "[and] goes|go to <person>",
      "[and|,] responsible [person] [is|:|=] <person>",
      "[and|,] [the] person|one in charge|responsible [of|for it|this] [is|:|=|will|should] [be] <person>",
      "[with] [the] owner|assignee|owned [by|is|:|=|to|of|should|as] [be] <person>",
      `on|onto|to|in <person> 's ${LIST}`,
      ", for <person>",
      "for <user>",
      ",|/|\\(|–|-|; <user>",
    ],
    (draft, { person, user }) => {
      draft.assignee = person ?? user ?? "";
    },
  ),
  part<Draft>([`on|onto|to|in my ${LIST}`], (draft) => {
    draft.assignee = "@user.creator";
  }),
];

const MARKS: Part<Draft> = part<Draft>(["\\)", "/|–|-"]);

/** When a task is due and whose it is, said behind its title. */
export const DETAILS: readonly Part<Draft>[] = [...DUE, ...ASSIGNEE, MARKS];

export const FOR_SOMEBODY: Part<Draft> = part<Draft>(
  ["for <person>", "to <name>"],
  (draft, { person, name }) => {
    draft.assignee = person ?? name ?? "";
  },
);

/** The title up to the details behind it. Returns where it came to, or nothing when there is no title. */
export function readTitle(
  source: Source,
  at: number,
  draft: Draft,
  isVerbatim: boolean,
): number | undefined {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") {
    draft.title = token.text;
    return readParts(source, at + 1, [...DETAILS, FOR_SOMEBODY], draft);
  }
  for (let end = at + 1; end <= source.end; end++) {
    const details: Draft = {};
    const next = end === source.end ? end : readDetails(source, end, details);
    if (next !== source.end || isEnclosed(source, at, end)) continue;
    if (hidesDetail(source, at, end)) return undefined;
    Object.assign(draft, details);
    draft.title = titleTo(source, at, end, draft, isVerbatim);
    return draft.title === "" ? undefined : next;
  }
  return undefined;
}

function titleTo(
  source: Source,
  from: number,
  to: number,
  draft: Draft,
  isVerbatim: boolean,
): string {
  const isWritten = isVerbatim && isWord(tokenAt(source, to), "in", "tomorrow", "next");
  if (isWritten) return clean(slice(source, from, dueEnd(source, to)));
  const title = titleWithout(source, from, to, draft);
  return isVerbatim ? clean(slice(source, from, to)) : title;
}

const HIDDEN = pattern(",|and assigned|assign|due [it] [to|in|on|by|within]");

/** "call them, assigned to the team, with the note 'VIP'": what is said of the task is no part of its title. */
function hidesDetail(source: Source, from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++) if (matchAt(source, at, HIDDEN) !== undefined) return true;
  return false;
}

/** "(renewal in 30 days)" is part of the title. */
function isEnclosed(source: Source, from: number, to: number): boolean {
  let depth = 0;
  for (let at = from; at < to; at++) {
    if (isWord(tokenAt(source, at), "(")) depth += 1;
    if (isWord(tokenAt(source, at), ")")) depth -= 1;
  }
  return depth > 0 && to < source.end;
}

function readDetails(source: Source, at: number, details: Draft): number {
  const next = readParts(source, at, DETAILS, details);
  return Object.keys(details).length === 0 ? at : next;
}

const WHEN = pattern("<due>");

/** After the colon the title is as written, the date with it, but not what stands behind the date. */
function dueEnd(source: Source, at: number): number {
  return matchFirst(source, at, [WHEN])?.next ?? at;
}

const INSIDE = ["[for] tomorrow", "[for] next week|month", "in|within <duration>"].map(pattern);
const BEHIND = ["with", "for", "to", "about", "and", "at"];

/** "Schedule a call next week with @contact.firstName": its date stands in the middle, and is left out. */
function titleWithout(source: Source, from: number, to: number, draft: Draft): string {
  const title = clean(slice(source, from, to));
  if (draft.title === undefined && draft.due !== undefined) return title;
  for (let at = from + 2; at < to - 1; at++) {
    const date = matchFirst(source, at, INSIDE);
    if (date === undefined || !isWord(tokenAt(source, date.next), ...BEHIND)) continue;
    const due = matchFirst(source, at, [WHEN])?.captures.due;
    if (due === undefined || date.next >= to) continue;
    draft.due = due;
    return clean(`${slice(source, from, at)} ${slice(source, date.next, to)}`);
  }
  return title;
}

function clean(title: string): string {
  return title.replace(/[\s,;:.–/(-]+$/u, "");
}

export function toTask(draft: Draft, next: number | undefined): ReturnType<Family["read"]> {
  const { urgency, ...task } = draft;
  if (next === undefined || task.title === undefined) return undefined;
  const title = urgency === undefined ? task.title : `${urgency}: ${task.title}`;
  return one({ type: "create_task", params: { ...task, title } }, next);
}
