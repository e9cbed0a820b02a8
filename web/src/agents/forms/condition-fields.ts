import type { Operator, Verb } from "#domain/plan.ts";

/** The fields that a condition's builder offers; others can be typed. */
import { COMPANY_FIELDS, CONTACT_FIELDS, DEAL_FIELDS } from "../../crm/fields.ts";

const names = (fields: readonly { readonly name: string }[]): readonly string[] =>
  fields.map(({ name }) => name).filter((name) => !/Id$|^companyName$/.test(name));

const DATES = ["createdAt", "updatedAt", "owner"];
const OWN = {
  contact: [
    ...names(CONTACT_FIELDS),
    "replied",
    "openedEmail",
    "interested",
    "lastContactedAt",
    ...DATES,
  ],
  company: [...names(COMPANY_FIELDS), ...DATES],
  deal: [...names(DEAL_FIELDS), "closedAt", ...DATES],
} as const;

const within = (entity: keyof typeof OWN): readonly string[] =>
  OWN[entity].map((name) => `${entity}.${name}`);

const ANY = [...within("contact"), ...within("company"), ...within("deal"), "search.results"];

/** Relative to what is searched; with their entity everywhere else. */
export function fieldsFor(verb: Verb): readonly string[] {
  if (verb === "search_contacts") return [...OWN.contact, ...within("company")];
  if (verb === "search_companies") return [...OWN.company, ...within("contact")];
  if (verb === "search_deals") return [...OWN.deal, ...within("company"), ...within("contact")];
  return ANY;
}

export const WRITABLE_FIELDS = {
  contact: names(CONTACT_FIELDS),
  company: names(COMPANY_FIELDS),
  deal: names(DEAL_FIELDS),
} as const;

export const OPERATOR_CHOICES: readonly { readonly value: Operator; readonly label: string }[] = [
  { value: "==", label: "is" },
  { value: "!=", label: "is not" },
  { value: "contains", label: "contains" },
  { value: ">", label: "is more than" },
  { value: ">=", label: "is at least" },
  { value: "<", label: "is less than" },
  { value: "<=", label: "is at most" },
  { value: "exists", label: "is known" },
  { value: "in", label: "is one of" },
];
