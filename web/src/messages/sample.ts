import type { Contact } from "#contract/shapes/crm.ts";
/** How a template would read for somebody: what is known is filled in, what is not is told. */
import type { Look } from "#domain/conditions.ts";
import { type Resolved, resolveText } from "#domain/variables.ts";

type Plain = string | number | boolean | null;

/** The variables that a text may name, with what each stands for. */
export const VARIABLE_HINTS: readonly (readonly [name: string, means: string])[] = [
  ["@contact.firstName", "first name"],
  ["@contact.firstName|there", "first name, or “there” where it is unknown"],
  ["@contact.lastName", "last name"],
  ["@contact.title", "job title"],
  ["@contact.city", "city"],
  ["@company.name", "the contact's company"],
  ["@deal.name", "their open deal"],
];

/** Looks variables up in what the page knows of a contact. */
function lookAt(contact: Contact): Look {
  const company = contact.company ?? undefined;
  const known = new Map<string, Plain>();
  for (const [name, value] of Object.entries(contact)) {
    if (
      value === null ||
      typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "boolean"
    ) {
      known.set(`contact.${name}`, value);
    }
  }
  for (const [name, value] of Object.entries(contact.customFields))
    known.set(`contact.custom.${name}`, value);
  known.set("company.name", company?.name ?? null);
  return (name) => {
    const value = known.get(name);
    return value === undefined ? { known: false } : { known: true, value };
  };
}

export function sampleOf(text: string, contact: Contact): Resolved {
  return resolveText(text, lookAt(contact));
}
