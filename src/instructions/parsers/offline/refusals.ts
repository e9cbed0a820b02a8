import { slice, type Source, tokenAt } from "./source.ts";

interface Hint {
  readonly words: ReadonlySet<string>;
  readonly reason: string;
  readonly suggestion: string;
}

const hint = (words: string, reason: string, suggestion: string): Hint => ({
  words: new Set(words.split(" ")),
  reason,
  suggestion,
});

/** What people ask for that no planStep does, and the nearest that one can. */
const HINTS: readonly Hint[] = [
  hint(
    "whatsapp sms text telegram slack messenger instagram facebook twitter",
    "Stint sends email and LinkedIn invitations, no other messages",
    "Send an email, or create a task for a person to do it",
  ),
  hint(
    "call phone voice voicemail dial ring zoom video",
    "Stint makes no calls",
    "Create a task, such as: create a task: Call @contact.firstName",
  ),
  hint(
    "gift courier couriered champagne postcard letter print fax ship mail flowers",
    "Stint sends nothing by post",
    "Create a task for a person to do it",
  ),
  hint(
    "merge dedupe duplicate duplicates",
    "Stint does not merge records",
    "Tag them for a person to look at, or create a task",
  ),
  hint(
    "delete erase export import upload download spreadsheet csv pdf excel",
    "Stint does not delete, import or export records from instructions",
    "Tag them, or create a task for a person",
  ),
  hint(
    "scrape crawl maps",
    "Stint does not collect records from websites",
    "Search the web, or find contacts that are already in the CRM",
  ),
  hint(
    "zoominfo clearbit hunter lusha cognism snov",
    "Enrichment is done by Apollo only",
    "Say: enrich with Apollo",
  ),
  hint(
    "report chart summarize summarise graph",
    "Stint writes no reports from instructions",
    "Find contacts, companies or deals, then say what to do with them",
  ),
];

const GENERAL = {
  reason: "None of the actions can carry this out",
  suggestion:
    "Use one of: find, skip, send email, connect on LinkedIn, search the web, create task, tag, update a field, enrich, wait, hand off, notify, remember, if, stop",
};

const QUESTIONS = new Set(["why", "how", "what", "who", "which", "where"]);
const QUESTION = {
  reason: "This asks a question; instructions say what to do",
  suggestion: "Find contacts, companies or deals, then say what to do with them",
};

/** Why a clause is refused, with the nearest thing that can be done instead. */
export function explain(
  source: Source,
  from: number,
  to: number,
  leftover: number,
): { readonly reason: string; readonly suggestion: string } {
  if (QUESTIONS.has(tokenAt(source, from).word)) return QUESTION;
  for (let at = from; at < to; at++) {
    const { word, kind } = tokenAt(source, at);
    const found = kind === "quoted" ? undefined : HINTS.find(({ words }) => words.has(word));
    if (found !== undefined) return found;
  }
  const rest = leftover > from && leftover < to ? slice(source, leftover, to) : "";
  return rest === "" ? GENERAL : { ...GENERAL, reason: `"${rest}" is not understood here` };
}
