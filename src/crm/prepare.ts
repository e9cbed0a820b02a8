import type { Entity } from "#domain/catalogue.ts";
import { fold } from "#domain/comparing.ts";
import type { Moment } from "#domain/conditions.ts";
import { Fault } from "#domain/fault.ts";

import { keyOfAddress } from "./email-address.ts";
import { findField, type Found } from "./field-names.ts";
import { nameOf, readValue, type Stored } from "./field-values.ts";
import type { CustomField } from "./fields.ts";
import { customOf, type DealRow, type EntityRow } from "./rows.ts";

/** Values by field name, as they came from outside: `firstName`, `job title`, `leadScore`, `custom.leadScore`. */
export type Values = Readonly<Record<string, unknown>>;

export interface Problem {
  readonly field: string;
  readonly message: string;
  /** Nobody knows the field: its definition is missing, whatever the value. */
  readonly isUnknown?: true;
}

/** Values that a row can take. */
export interface Prepared {
  readonly columns: Readonly<Record<string, Stored>>;
  /** By name of the custom field; null takes the value away. */
  readonly custom: Readonly<Record<string, Stored>>;
  readonly problems: readonly Problem[];
}

/** Reads every value by its field; what cannot be read is named and left out. */
export function prepareValues(
  entity: Entity,
  customFields: readonly CustomField[],
  values: Values,
  moment: Moment,
): Prepared {
  const columns: Record<string, Stored> = {};
  const custom: Record<string, Stored> = {};
  const problems: Problem[] = [];
  for (const [name, given] of Object.entries(values)) {
    const target = writableField(entity, name, customFields);
    if ("message" in target) {
      problems.push(target);
      continue;
    }
    const read = readValue(target, given, moment);
    if ("problem" in read) problems.push({ field: nameOf(target), message: read.problem });
    else if (target.custom !== undefined) custom[target.custom.name] = read.value;
    else if (target.field !== undefined) columns[target.field.column] = read.value;
  }
  return { columns, custom, problems };
}

/** The field that a name leads to, if the entity's own row can be given a value for it. */
export function writableField(
  entity: Entity,
  name: string,
  customFields: readonly CustomField[],
): Found | Problem {
  const found = findField(entity, name, customFields);
  if (found === undefined) {
    const bare = name.replace(/^(contact|company|deal)\./i, "").replace(/^custom\./i, "");
    const message = `Custom field '${bare}' not found. Create field first.`;
    return { field: name, message, isUnknown: true };
  }
  const isOwn = found.entity === entity && found.field?.isWritable !== false;
  return isOwn ? found : { field: name, message: `Field '${name}' cannot be changed` };
}

/**
 * A value that does not validate is the fault of that contact's journey; a field that nobody has
 * defined fails the step for all of them.
 * @throws Fault `invalid` for the first problem; its facts name the fields, never the values.
 */
export function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const missing = problems.find((problem) => problem.isUnknown === true);
  const facts = { fields: problems.map(({ field }) => field) };
  if (missing === undefined) {
    throw new Fault("invalid", first.message, { scope: "contact", happened: "no", facts });
  }
  throw new Fault("invalid", missing.message, {
    scope: "step",
    happened: "no",
    facts,
    suggestion: "Create the custom field under Settings, or correct its name",
  });
}

/** Columns that follow from others: what is compared, and how far a deal has come. */
export function deriveColumns(
  entity: Entity,
  columns: Prepared["columns"],
  row: EntityRow | undefined,
  at: number,
): Readonly<Record<string, Stored>> {
  const derived: Record<string, Stored> = { ...columns };
  if (typeof columns["email"] === "string") derived["email_key"] = keyOfAddress(columns["email"]);
  else if (columns["email"] === null) derived["email_key"] = null;
  if (entity === "company" && typeof columns["name"] === "string") {
    derived["name_key"] = fold(columns["name"]);
  }
  if (columns["stage"] !== undefined) {
    Object.assign(derived, moveStage(columns["stage"], row as DealRow | undefined, at));
  } else if (typeof columns["open"] === "boolean") {
    derived["closed_at"] = columns["open"] ? null : at;
  }
  return derived;
}

/** A deal is open until its stage says that it is closed, won or lost. */
function isClosedStage(stage: Stored): boolean {
  return typeof stage === "string" && /^(closed\b|won$|lost$)/i.test(stage.trim());
}

function moveStage(
  stage: Stored,
  row: DealRow | undefined,
  at: number,
): Readonly<Record<string, Stored>> {
  const isClosed = isClosedStage(stage);
  const closed_at = isClosed ? (row?.closed_at ?? at) : null;
  const moved = { open: !isClosed, closed_at };
  return row === undefined || row.stage === stage ? moved : { ...moved, previous_stage: row.stage };
}

/** The JSON of the custom values once these are laid over what is there. */
export function mergeCustom(row: EntityRow | undefined, custom: Prepared["custom"]): string {
  const merged = { ...(row === undefined ? {} : customOf(row)), ...custom };
  return JSON.stringify(
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)),
  );
}
