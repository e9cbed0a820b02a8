import { Fault } from "#domain/fault.ts";

import { builtInField, findField, type Found } from "./field-names.ts";
import { type CustomField, keyOfName } from "./fields.ts";

/** What a column of the file is for. */
export type Target =
  | { readonly to: "field"; readonly found: Found }
  | { readonly to: "name" }
  | { readonly to: "tags" }
  | { readonly to: "company"; readonly found: Found };

export interface Column {
  readonly index: number;
  readonly header: string;
  readonly target: Target;
}

export interface Columns {
  readonly columns: readonly Column[];
  /** How many cells a row has. */
  readonly width: number;
  readonly warnings: readonly string[];
}

/** What people call things beyond the names that the fields have. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["mailaddress", "email"],
  ["emailid", "email"],
  ["workemail", "email"],
  ["first", "firstName"],
  ["last", "lastName"],
  ["vorname", "firstName"],
  ["nachname", "lastName"],
  ["fullname", "name"],
  ["displayname", "name"],
  ["organization", "company.name"],
  ["organisation", "company.name"],
  ["account", "company.name"],
  ["accountname", "company.name"],
  ["employer", "company.name"],
  ["firma", "company.name"],
  ["companydomain", "company.domain"],
  ["companywebsite", "company.domain"],
  ["website", "company.domain"],
  ["industry", "company.industry"],
  ["companyindustry", "company.industry"],
  ["employees", "company.employees"],
  ["companysize", "company.employees"],
  ["label", "tags"],
  ["labels", "tags"],
  ["segments", "tags"],
  ["linkedinprofileurl", "linkedinUrl"],
]);

/** The columns by which a row can be known as somebody. */
const KNOWN_BY: readonly string[] = ["email", "firstName", "lastName", "name"];

/**
 * Reads the header: names in any case and spelling, each for one field.
 * @throws Fault `invalid` where nothing in it says whom a row is about.
 */
export function readHeader(
  cells: readonly string[],
  customFields: readonly CustomField[],
): Columns {
  const columns: Column[] = [];
  const warnings: string[] = [];
  const taken = new Map<string, string>();
  for (const [index, cell] of cells.entries()) {
    const header = cell.trim();
    if (header === "") continue;
    const target = targetOf(header, customFields);
    const name = target === undefined ? "" : nameOfTarget(target);
    const earlier = taken.get(name);
    if (target === undefined) {
      warnings.push(`Column "${header}" is no field of contacts and was left out`);
    } else if (earlier !== undefined) {
      warnings.push(`Column "${header}" means the same as "${earlier}" and was left out`);
    } else {
      taken.set(name, header);
      columns.push({ index, header, target });
    }
  }
  if (!KNOWN_BY.some((name) => taken.has(name))) throw unusable(cells);
  return { columns, width: cells.length, warnings };
}

function targetOf(header: string, customFields: readonly CustomField[]): Target | undefined {
  const key = keyOfName(header);
  const name = builtInField("contact", key) === undefined ? (SYNONYMS.get(key) ?? header) : header;
  const found = findField("contact", name, customFields);
  if (found === undefined) return undefined;
  if (found.entity === "company") return { to: "company", found };
  if (found.field?.name === "name") return { to: "name" };
  if (found.kind === "tags") return { to: "tags" };
  return isImportable(found) ? { to: "field", found } : undefined;
}

/** Ids are the workspace's own: those of another program lead nowhere here. */
function isImportable({ entity, field, kind }: Found): boolean {
  return entity === "contact" && field?.isWritable !== false && kind !== "id";
}

function nameOfTarget(target: Target): string {
  if (target.to === "name" || target.to === "tags") return target.to;
  const { field, custom } = target.found;
  const name = field?.name ?? `custom.${custom?.key}`;
  return target.to === "company" ? `company.${name}` : name;
}

function unusable(cells: readonly string[]): Fault {
  const shown = cells
    .slice(0, 5)
    .map((cell) => `"${cell.trim().slice(0, 40)}"`)
    .join(", ");
  const message = `The first line must name the columns, at least Email, First Name or Name; it holds ${shown}`;
  return new Fault("invalid", message, {
    suggestion:
      "Put a header line at the top of the file, such as: First Name,Last Name,Email,Company",
    happened: "no",
  });
}
