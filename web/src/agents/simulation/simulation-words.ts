/** A simulation in words. All of them say "would": nothing of it has happened. */
import type {
  Happening,
  Sample,
  Simulation,
  SimulationWalk,
} from "#contract/shapes/simulations.ts";
import { entryOf } from "#domain/catalogue.ts";

import type { Line } from "../plan-words.ts";

export const WALK_WORDS: Readonly<Record<SimulationWalk["assumes"], string>> = {
  nothing: "What would happen",
  noReaction: "If nobody reacts",
  reaction: "If everybody replies",
};

export const SAMPLE_WORDS: Readonly<Record<Sample["outcome"], string>> = {
  completed: "would get through",
  skipped: "would be left out",
  failed: "would fail",
  unfinished: "not walked to its end",
};

const MANY = { contact: "contacts", company: "companies", deal: "deals" } as const;

/** "Walked 20 of the 214 contacts found." */
export function phraseSelections(selections: Simulation["selections"]): string {
  if (selections.length === 0) return "It needs nobody to work on.";
  return selections
    .map(({ type, found, walked }) => {
      const who = found === 1 ? type : MANY[type];
      if (walked === found) return `Walked ${found === 1 ? "the 1" : `all ${tell(found)}`} ${who}.`;
      return `Walked ${tell(walked)} of the ${tell(found)} ${who} found.`;
    })
    .join(" ");
}

const FIGURE_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  emailsSent: ["email", "emails"],
  tasksCreated: ["task", "tasks"],
  fieldsUpdated: ["field change", "field changes"],
  tagsAdded: ["tag added", "tags added"],
  tagsRemoved: ["tag removed", "tags removed"],
  notificationsSent: ["notification", "notifications"],
};
/** Counts of whom it worked on, which stand elsewhere. */
const UNTOLD = /(Found|Processed)$/;

export interface Figure {
  readonly name: string;
  readonly count: string;
}

/** What it would do in all, the emails first. */
export function figuresOf(figures: SimulationWalk["figures"]): readonly Figure[] {
  return Object.entries(figures)
    .filter(([name, count]) => count > 0 && !UNTOLD.test(name))
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
    .map(([name, count]) => ({ name: nameFigure(name, count), count: tell(count) }));
}

const ORDER = Object.keys(FIGURE_WORDS);
const placeOf = (name: string): number => {
  const place = ORDER.indexOf(name);
  return place === -1 ? ORDER.length : place;
};

function nameFigure(name: string, count: number): string {
  const [one, many] = FIGURE_WORDS[name] ?? [];
  const named = count === 1 ? one : many;
  return named ?? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** "1 day", "14 days": how long the longest journey would take. */
export function phraseDays(days: number): string {
  return days === 1 ? "1 day" : `${tell(days)} days`;
}

/** What its limits do to it; undefined where they do nothing. */
export function phraseLimit(sending: SimulationWalk["sending"]): string | undefined {
  const { perDay, sentToday, pauses, byDay: days } = sending;
  const isHeld = days.some(({ day, emails }) => emails + (day === 1 ? sentToday : 0) >= perDay);
  if (!isHeld && !pauses) return undefined;
  const sent = sentToday === 0 ? "" : ` (${tell(sentToday)} are sent today already)`;
  const limit = `At ${tell(perDay)} emails a day${sent}`;
  return pauses
    ? `${limit} the agent would pause on the way, until a person resumes it. Settings can make it hold and go on by itself instead.`
    : `${limit} they take ${phraseDays(sending.days)}.`;
}

/** What one step would do for one, as lines of a name and its words. */
export function linesOfHappening(happening: Happening): readonly Line[] {
  const { mail, changes = [], tags = [], crmTask, notice, warnings } = happening;
  return [
    ...(mail === undefined ? [] : linesOfMail(mail)),
    ...changes.map(({ field, from, to }): Line => [field, `${show(from)} → ${show(to)}`]),
    ...(tags.length === 0 ? [] : [["tags", tags.join(", ")] as const]),
    ...(crmTask === undefined
      ? []
      : [["task", crmTask.title] as const, ["for", crmTask.assignedTo] as const]),
    ...(notice === undefined
      ? []
      : [["whom", notice.to] as const, ["message", notice.message] as const]),
    ...warnings.map((warning): Line => ["warning", warning]),
  ];
}

function linesOfMail({
  to,
  subject,
  text,
  template,
}: NonNullable<Happening["mail"]>): readonly Line[] {
  return [
    ["to", to],
    ["subject", subject],
    ["text", text],
    ...(template === null ? [] : [["template", template] as const]),
  ];
}

export function nameStep({ path, type }: Pick<Happening, "path" | "type">): string {
  return `${path} ${entryOf(type).label}`;
}

/** What happens on one day, in its order. */
export interface DayOf {
  readonly day: number;
  readonly happenings: readonly Happening[];
}

export function byDay(happenings: readonly Happening[]): readonly DayOf[] {
  const days = [...new Set(happenings.map(({ day }) => day))];
  return days.map((day) => ({ day, happenings: happenings.filter((one) => one.day === day) }));
}

const show = (value: string | number | boolean | null): string => {
  if (value === null || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? tell(value) : value;
};

const tell = (count: number): string => count.toLocaleString("en-US");
