/** What each step's form asks for: one table, from which the forms follow. */
import { PARAMS, type PlanStep, type Verb } from "#domain/plan.ts";

export type FieldKind =
  | "condition"
  | "template"
  | "text"
  | "longText"
  | "count"
  | "length"
  | "tags"
  | "person"
  | "entity"
  | "entityField"
  | "value"
  | "flag";

export interface StepField {
  /** The param; empty for a condition, which is the params themselves. */
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required?: true;
  readonly help?: string;
}

const field = (
  name: string,
  label: string,
  kind: FieldKind,
  more: Pick<StepField, "required" | "help"> = {},
): StepField => ({ name, label, kind, ...more });

const required = { required: true } as const;
const searching = [
  field("", "Which ones", "condition", { help: "None: all of them" }),
  field("limit", "At most", "count"),
];
const tagging = [field("tags", "Tags", "tags", required)];
const VARIABLES = "@contact.firstName and the like are filled in for each";

export const STEP_FIELDS: Readonly<Record<Verb, readonly StepField[]>> = {
  search_contacts: searching,
  search_companies: searching,
  search_deals: searching,
  skip: [field("", "Leave out those where", "condition", required)],
  if: [field("", "When", "condition", required)],
  send_email: [
    field("template", "Template", "template", {
      help: "None: the agent's default, or the words below",
    }),
    field("subject", "Subject", "text", { help: VARIABLES }),
    field("body", "Body", "longText"),
    field("to", "To", "person", { help: "Nobody named: the contact" }),
  ],
  linkedin_invitation: [field("note", "Note", "longText", { help: VARIABLES })],
  web_search: [
    field("query", "Search for", "text", { ...required, help: VARIABLES }),
    field("limit", "Results, at most 10", "count"),
  ],
  create_task: [
    field("title", "What is to be done", "text", { ...required, help: VARIABLES }),
    field("due", "Due in", "length"),
    field("assignee", "For", "person"),
  ],
  add_tag: tagging,
  remove_tag: tagging,
  update_field: [
    field("entity", "Of the", "entity", required),
    field("field", "Field", "entityField", required),
    field("value", "Becomes", "value", required),
    field("custom", "It is a custom field", "flag"),
  ],
  enrich_contact: [],
  wait: [field("duration", "For", "length", required)],
  handoff: [
    field("to", "To", "person"),
    field("reason", "Why", "text"),
    field("timeout", "Goes on by itself after", "length"),
  ],
  notify: [field("to", "Whom", "person"), field("message", "Message", "longText")],
  remember: [field("key", "Remember as", "text", required), field("value", "What", "value")],
  stop: [],
};

export type Params = Readonly<Record<string, unknown>>;
export type Errors = Readonly<Record<string, string>>;

export type StepRead = { readonly step: PlanStep } | { readonly errors: Errors };

/** The step with the params of its form, or what is missing by field. */
export function readStep(step: PlanStep, params: Params): StepRead {
  const fields = STEP_FIELDS[step.type];
  const missing = fields.filter(
    ({ name, required: must }) => must && name !== "" && isEmpty(params[name]),
  );
  if (missing.length > 0)
    return { errors: Object.fromEntries(missing.map(({ name }) => [name, "is needed"])) };
  const flags = new Set(fields.flatMap(({ name, kind }) => (kind === "flag" ? [name] : [])));
  const kept = Object.fromEntries(
    Object.entries(params).filter(
      ([name, value]) => !isEmpty(value) && !(flags.has(name) && value === false),
    ),
  );
  const read = PARAMS[step.type].safeParse(kept);
  if (read.success) return { step: { ...step, params: read.data } as PlanStep };
  return {
    errors: Object.fromEntries(
      read.error.issues.map(({ path, message }) => [String(path[0] ?? ""), message]),
    ),
  };
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}
