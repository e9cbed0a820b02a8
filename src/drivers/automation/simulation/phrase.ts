/** What would happen at a step, in words and as data. */
import type { Happening } from "#contract/shapes/simulations.ts";
import { entryOf } from "#domain/catalogue.ts";
import type { Compared } from "#domain/conditions.ts";

import type { Told } from "./story.ts";

export interface Mailed {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Phrasing {
  /** What was handed over as that message, whole. */
  readonly mailOf: (messageId: string) => Mailed | undefined;
  /** Counted from 1. */
  readonly dayOf: (at: number) => number;
  /** A moment as people there read it. */
  readonly momentOf: (at: number) => string;
}

type Said = Pick<Happening, "outcome" | "text"> & Partial<Happening>;

export function phrase(told: Told, phrasing: Phrasing): Happening {
  const { path, planStep } = told.placed;
  const said = say(told, phrasing);
  return {
    path,
    type: planStep.type,
    day: phrasing.dayOf(told.at),
    at: new Date(told.at).toISOString(),
    warnings: [],
    ...said,
  };
}

function say({ placed, what }: Told, phrasing: Phrasing): Said {
  const { type } = placed.planStep;
  if (what.is === "failed") {
    const { message, suggestion } = what.fault;
    const hint = suggestion === undefined ? "" : ` ${suggestion}`;
    return { outcome: "failed", text: `${message}${hint}` };
  }
  if (what.is === "waited") {
    return { outcome: "waited", text: `Waits until ${phrasing.momentOf(what.until)}` };
  }
  const { warnings = [] } = (what.answer ?? {}) as { readonly warnings?: readonly string[] };
  const teller = TELLERS[type];
  const said = teller?.(what.answer, phrasing) ?? { outcome: "done", text: entryOf(type).label };
  return { warnings: [...warnings], ...said };
}

type Teller = (answer: unknown, phrasing: Phrasing) => Said;

const TELLERS: Readonly<Partial<Record<Told["placed"]["planStep"]["type"], Teller>>> = {
  if: (answer) => sayAsked(answer, "asked"),
  skip: (answer) =>
    (answer as Asked).holds ? sayAsked(answer, "skipped") : sayAsked(answer, "asked"),
  send_email: (answer, { mailOf }) => {
    const { messageId, to, subject, body, template } = detailOf<Sent>(answer);
    const mail = mailOf(messageId) ?? { to, subject, text: body };
    const shown = { ...mail, text: firstLines(mail.text), template: template?.name ?? null };
    return { outcome: "done", text: `Email to ${to}: ${subject}`, mail: shown };
  },
  update_field: (answer) => {
    const { changes } = detailOf<{ readonly changes: NonNullable<Happening["changes"]> }>(answer);
    const text = changes.map(({ field, from, to }) => `${field}: ${show(from)} → ${show(to)}`);
    const said = text.length === 0 ? "Nothing to change" : text.join(", ");
    return { outcome: "done", text: said, changes: [...changes] };
  },
  add_tag: (answer) => sayTags(answer, "Adds"),
  remove_tag: (answer) => sayTags(answer, "Removes"),
  create_task: (answer, { momentOf }) => {
    const { title, dueAt, assignedTo } = detailOf<Task>(answer);
    const due = dueAt === null ? "" : `, due ${momentOf(dueAt)}`;
    const crmTask = {
      title,
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
      assignedTo,
    };
    return { outcome: "done", text: `Task for ${assignedTo}: ${title}${due}`, crmTask };
  },
  notify: (answer) => {
    const notice = detailOf<NonNullable<Happening["notice"]>>(answer);
    return { outcome: "done", text: `Notifies ${notice.to}: ${notice.message}`, notice };
  },
  remember: (answer) => {
    const { key } = detailOf<{ readonly key: string }>(answer);
    return { outcome: "done", text: `Remembers ${key}` };
  },
};

interface Asked {
  readonly holds: boolean;
  readonly comparisons: readonly Compared[];
}
interface Sent {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly template: { readonly name: string } | null;
}
interface Task {
  readonly title: string;
  readonly dueAt: number | null;
  readonly assignedTo: string;
}

function detailOf<Detail>(answer: unknown): Detail {
  return (answer as { readonly detail: Detail }).detail;
}

function sayAsked(answer: unknown, outcome: "asked" | "skipped"): Said {
  const { holds, comparisons } = answer as Asked;
  const asked = comparisons.map(
    ({ field, operator, expected, actual }) =>
      `${field} ${operator}${expected === undefined ? "" : ` ${show(expected)}`} (is ${show(actual)})`,
  );
  return {
    outcome,
    text: `${asked.join(", ")}: ${holds ? "yes" : "no"}`,
    condition: { holds },
  };
}

function sayTags(answer: unknown, does: string): Said {
  const { tags } = detailOf<{ readonly tags: readonly string[] }>(answer);
  return { outcome: "done", text: `${does} ${tags.join(", ")}`, tags: [...tags] };
}

function show(value: unknown): string {
  if (value === null || value === undefined || value === "") return "empty";
  return typeof value === "string" ? value : JSON.stringify(value);
}

const LINES = 8;
const CHARACTERS = 600;

function firstLines(text: string): string {
  const lines = text.split("\n").slice(0, LINES).join("\n");
  const shown = lines.slice(0, CHARACTERS);
  return shown.length < text.length ? `${shown}…` : shown;
}
