import {
  conditionOf,
  type ParamsOf,
  type PlainStep,
  type SearchParams,
  type Verb,
} from "../plan.ts";
import { phraseCondition } from "./conditions.ts";
import type { Style } from "./style.ts";
import { listed, nameWords, phraseLength, quoted } from "./words.ts";

/** What the step stands among: what is worked on, as the searches before it say. */
export type Subject = "contacts" | "companies" | "deals";

const SINGULAR = { contacts: "contact", companies: "company", deals: "deal" } as const;

export interface Way {
  readonly style: Style;
  readonly subject: Subject;
}

type Say<V extends Verb> = (params: ParamsOf<V>, way: Way) => string;
type PlainVerb = Exclude<Verb, "if">;

const search =
  (what: Subject) =>
  (params: SearchParams, { style }: Way): string => {
    const condition = conditionOf(params);
    const find = style.pick(["find", "search for", "get", "look for"]);
    const which =
      condition === undefined
        ? `all ${what}`
        : `${what} where ${phraseCondition(condition, SINGULAR[what], style)}`;
    const limit = params.limit === undefined ? "" : `, limit ${params.limit}`;
    return `${find} ${which}${limit}`;
  };

const sendEmail: Say<"send_email"> = ({ template, subject, body, to }, { style }) => {
  const email =
    template === undefined
      ? style.pick(["send an email", "send an email"])
      : style.pick([
          `send the ${quoted(template)} email`,
          `send the ${quoted(template)} template`,
          `send ${quoted(template)}`,
        ]);
  const said = [
    ...(subject === undefined ? [] : [`the subject ${quoted(subject)}`]),
    ...(body === undefined ? [] : [`the body ${quoted(body)}`]),
  ];
  const inside = said.length === 0 ? "" : ` with ${listed(said, "and")}`;
  return `${email}${to === undefined ? "" : ` to ${personOf(to)}`}${inside}`;
};

const createTask: Say<"create_task"> = ({ title, due, assignee }, { style }) => {
  const task = style.pick([`create a task ${quoted(title)}`, `create a task: ${quoted(title)}`]);
  const until = due === undefined ? "" : `, due in ${phraseLength(due)}`;
  const whose =
    assignee === undefined
      ? ""
      : style.pick([`, assigned to ${personOf(assignee)}`, `, assign it to ${personOf(assignee)}`]);
  return `${task}${until}${whose}`;
};

const updateField: Say<"update_field"> = ({ entity, field, value, custom }) => {
  const to = typeof value === "string" ? quoted(value) : String(value);
  return custom === true
    ? `set the ${entity}'s custom field ${quoted(field)} to ${to}`
    : `set the ${entity}'s ${nameWords(field)} to ${to}`;
};

const handoff: Say<"handoff"> = ({ to, reason, timeout }) =>
  [
    `hand off${to === undefined ? "" : ` to ${personOf(to)}`}`,
    ...(reason === undefined ? [] : [`reason: ${quoted(reason)}`]),
    ...(timeout === undefined ? [] : [`timeout ${phraseLength(timeout)}`]),
  ].join(", ");

const notify: Say<"notify"> = ({ to, message }) => {
  const whom = to === undefined ? "send a notification" : `notify ${personOf(to)}`;
  return message === undefined ? whom : `${whom}: ${quoted(message)}`;
};

const remember: Say<"remember"> = ({ key, value }, { subject }) => {
  if (value === undefined) return `save the ${subject} to memory as ${key}`;
  if (typeof value === "string" && value.startsWith("@"))
    return `save ${value} to memory as ${key}`;
  return `remember ${quoted(key)} as ${typeof value === "string" ? quoted(value) : value}`;
};

const tagged =
  (verbs: readonly [string, ...string[]]) =>
  ({ tags }: { readonly tags: readonly string[] }, { style }: Way): string =>
    `${style.pick(verbs)} ${tags.length === 1 ? "tag" : "tags"} ${listed(tags.map(quoted), "and")}`;

/** An @variable, an address or a name. */
const personOf = (to: string): string => (/^[\w@.+-]+$/.test(to) ? to : quoted(to));

const SAY: { readonly [V in PlainVerb]: Say<V> } = {
  search_contacts: search("contacts"),
  search_companies: search("companies"),
  search_deals: search("deals"),
  skip: (params, { style, subject }) =>
    `skip ${subject} where ${phraseCondition(params, "step", style)}`,
  send_email: sendEmail,
  linkedin_invitation: ({ note }, { style }) =>
    `${style.pick(["connect on LinkedIn", "send a LinkedIn invitation"])}${note === undefined ? "" : ` with the note ${quoted(note)}`}`,
  web_search: ({ query, limit }, { style }) =>
    `${style.pick(["search the web for", "google"])} ${quoted(query)}${limit === undefined ? "" : `, limit ${limit}`}`,
  create_task: createTask,
  add_tag: tagged(["add the", "add"]),
  remove_tag: tagged(["remove the", "remove"]),
  update_field: updateField,
  enrich_contact: (_params, { style }) =>
    style.pick(["enrich the contact with Apollo", "enrich via Apollo", "enrich the contact"]),
  wait: ({ duration }, { style }) =>
    `${style.pick(["wait", "wait for"])} ${phraseLength(duration)}`,
  handoff,
  notify,
  remember,
  stop: (_params, { style }) => style.pick(["stop", "end the workflow", "stop here"]),
};

/** A planStep as an order that begins with its verb, in small letters and without a full stop. */
export function phrasePlainStep(planStep: PlainStep, way: Way): string {
  const say = SAY[planStep.type] as (params: PlainStep["params"], way: Way) => string;
  return say(planStep.params, way);
}
