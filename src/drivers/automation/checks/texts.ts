import { findField } from "#crm/field-names.ts";
import type { Look } from "#domain/conditions.ts";
import type { PlanStep, Value } from "#domain/plan.ts";
import { findVariables, knownPart, type Variable } from "#domain/variables.ts";

import type { Case, Check, Finding, Placed } from "./asked.ts";
import { comparisonsIn } from "./comparisons.ts";
import { qualifiedNames } from "./field-names.ts";

export interface TextOf extends Pick<Placed, "path" | "entity"> {
  readonly text: string;
  /** Where it comes from, unless from the instructions. */
  readonly template?: string;
}

/** Every text of a plan in which variables are filled in: those of the templates that it names, too. */
export function textsIn(asked: Case): readonly TextOf[] {
  const { steps } = asked;
  const own = steps.flatMap(({ path, entity, planStep }) => [
    ...stringsOf(planStep).map((text) => ({ path, entity, text })),
    ...templateTexts(asked, planStep).map((one) => ({ path, entity, ...one })),
  ]);
  const compared = comparisonsIn(asked).flatMap(({ path, entity, comparison: { value } }) =>
    typeof value === "string" ? [{ path, entity, text: value }] : [],
  );
  return [...compared, ...own];
}

const CONDITIONAL = new Set(["if", "skip", "search_contacts", "search_companies", "search_deals"]);

/** The params themselves; of a condition only its values hold variables. */
function stringsOf({ type, params }: PlanStep): readonly string[] {
  if (CONDITIONAL.has(type)) return [];
  const values = Object.values(params as Readonly<Record<string, Value | readonly Value[]>>);
  return values.flat().filter((value) => typeof value === "string");
}

function templateTexts(
  { known, agent }: Case,
  planStep: PlanStep,
): readonly { readonly text: string; readonly template: string }[] {
  if (planStep.type !== "send_email") return [];
  const { template, subject, body } = planStep.params;
  const isOwn = template === undefined && (subject !== undefined || body !== undefined);
  const found =
    template === undefined
      ? known.templates.find(({ id }) => !isOwn && id === agent.defaultTemplateId)
      : known.templateOf(template);
  if (found === undefined) return [];
  return [subject ?? found.subject, body ?? found.body].map((text) => ({
    text,
    template: found.name,
  }));
}

const OF_ENTITY = /^(?:contact|company|deal)\b/;
const OF_USER = /^user\.([^.[]+)(?:\.(.+))?$/;
const USER_FIELDS = ["name", "firstName", "email"];

/** A variable that nobody knows has no value for anybody. */
export const variables: Check = (asked) =>
  textsIn(asked).flatMap((of) =>
    findVariables(of.text).flatMap((variable) => unknownVariable(asked, of, variable)),
  );

function unknownVariable(asked: Case, of: TextOf, variable: Variable): readonly Finding[] {
  const { name, fallback } = variable;
  const names = namesLike(asked, of, variable);
  if (names === undefined) return [];
  const where = of.template === undefined ? "" : ` in the template '${of.template}'`;
  const then =
    fallback === undefined
      ? "whoever comes to it is skipped"
      : `"${fallback}" always stands for it`;
  return [
    {
      path: of.path,
      severity: "warning",
      code: "unknown_variable",
      message: `Nothing is called @${name}${where}: ${then}.`,
      suggestion: "Correct its name.",
      name: `@${name}`,
      among: names.map((one) => `@${one}`),
      isElsewhere: of.template !== undefined,
    },
  ];
}

/** The names that it may have meant; undefined where it is known. */
function namesLike(asked: Case, of: TextOf, variable: Variable): readonly string[] | undefined {
  if (OF_ENTITY.test(variable.name)) return fieldsLike(asked, of, variable);
  return OF_USER.test(variable.name) ? usersLike(asked, of, variable) : undefined;
}

function fieldsLike(
  { known }: Case,
  { entity }: TextOf,
  { name, fallback }: Variable,
): readonly string[] | undefined {
  const look: Look = (field) =>
    findField(entity, field, known.customFields) === undefined
      ? { known: false }
      : { known: true, value: null };
  const full = name.includes(".") ? name : `${name}.name`;
  const isKnown = look(knownPart(full, fallback === undefined, look).known).known;
  return isKnown ? undefined : qualifiedNames(known.customFields);
}

function usersLike(
  { known }: Case,
  { template }: TextOf,
  { name, fallback }: Variable,
): readonly string[] | undefined {
  const [, person = "", field = "name"] = OF_USER.exec(name) ?? [];
  if (known.isPerson(person)) {
    const isKnown = USER_FIELDS.some((one) => field === one || field.startsWith(`${one}.`));
    return isKnown ? undefined : USER_FIELDS.map((one) => `user.${person}.${one}`);
  }
  // In the instructions themselves it is an error of its own.
  if (template === undefined && fallback === undefined) return undefined;
  return known.people.map((one) => `user.${one}`);
}
