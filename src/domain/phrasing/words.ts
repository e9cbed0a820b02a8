import { parseDuration, phraseDuration } from "../durations.ts";

/** In quotes that it does not hold itself. */
export function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

/** "A", "A and B", "A, B and C". */
export function listed(items: readonly string[], link: "and" | "or"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${link} ${items.at(-1) ?? ""}`;
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A length of time as people write it; what is none stands as it is. */
export function phraseLength(iso: string): string {
  const duration = parseDuration(iso);
  return duration === undefined ? iso : phraseDuration({ ...duration, sign: 1 });
}

/** What the fields that everybody knows are called; all others are called by their names. */
const NAMES: Readonly<Record<string, string>> = {
  title: "title",
  name: "name",
  firstName: "first name",
  lastName: "last name",
  email: "email",
  phone: "phone",
  linkedinUrl: "LinkedIn URL",
  city: "city",
  country: "country",
  website: "website",
  industry: "industry",
  employees: "employees",
  revenue: "revenue",
  status: "status",
  stage: "stage",
  value: "value",
  probability: "probability",
  source: "source",
  leadScore: "lead score",
};

/** "leadScore" as "lead score". */
export const nameWords = (name: string): string =>
  Object.hasOwn(NAMES, name) ? (NAMES[name] ?? name) : name;

/** "contact.leadScore" as "the contact's lead score"; what nobody knows stays as it is. */
export function fieldWords(field: string): string {
  const [, entity, name = ""] = /^(contact|company|deal)\.(\w+)$/.exec(field) ?? [];
  if (entity === undefined || !Object.hasOwn(NAMES, name)) return field;
  return `the ${entity}'s ${nameWords(name)}`;
}
