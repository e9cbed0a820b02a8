import { type Read, type Source, slice, tokenAt } from "../source.ts";
import { VOCABULARY } from "../vocabulary.ts";
import { wordTable } from "../word-table.ts";
import { isCity } from "./cities.ts";
import { isCountry } from "./countries.ts";

export type Kind = "contact" | "company" | "deal";

/** What people call a field, and its name. */
const NAMES: Readonly<Record<string, string>> = wordTable({
  title: "title job-title titles job-titles position",
  role: "role",
  seniority: "seniority",
  department: "department",
  name: "name",
  firstName: "first-name",
  lastName: "last-name surname",
  email: "email e-mail email-address emails mail-address work-email",
  phone: "phone phone-number telephone telephone-number mobile mobile-number number phones",
  linkedinUrl:
    "linkedin linkedin-url linkedin-profile linkedin-link linkedin-account linkedin-page linkedinurl linkedin-profile-url",
  city: "city town",
  country: "country",
  region: "region",
  territory: "territory",
  address: "address",
  website: "website web-site homepage",
  industry: "industry sector vertical",
  employees:
    "employees employee-count headcount company-size employee staff people number-of-employees",
  revenue: "revenue annual-revenue turnover arr",
  lifecycleStage: "lifecycle-stage lifecyclestage life-cycle-stage",
  status: "status lead-status",
  stage: "stage deal-stage pipeline-stage",
  size: "size",
  value: "value deal-value deal-size amount deal-amount",
  probability: "probability win-probability",
  closeDate: "close-date expected-close-date closing-date",
  source: "source",
  leadSource: "lead-source",
  leadScore: "lead-score leadscore",
  score: "score scoring scores scored",
  tags: "tags tag",
  owner: "owner",
  tier: "tier",
  plan: "plan",
  segment: "segment",
  type: "type",
  priority: "priority",
  language: "language",
  budget: "budget",
  domain: "domain",
  persona: "persona",
  currency: "currency",
  lastContactedAt:
    "last-contacted last-contacted-at last-contact-date last-contact lastcontactedat",
  createdAt: "created-at creation-date created-date createdat date-created creation-time",
  updatedAt: "updated-at last-updated updatedat",
  openedEmail: "opened-email openedemail",
  optedOut: "opted-out optedout",
  replied: "replied",
  interested: "interested",
});

const BY_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([name, words]) =>
    words.split(" ").map((phrase): [string, string] => [phrase.replaceAll("-", " "), name]),
  ),
);

for (const phrase of BY_WORDS.keys()) for (const word of phrase.split(" ")) VOCABULARY.add(word);

export function isKnownField(name: string): boolean {
  return NAMES[name] !== undefined;
}

/** A look at one word tells most places from a field. */
const BEGINNINGS: ReadonlySet<string> = new Set(
  [...BY_WORDS.keys()].map((phrase) => phrase.split(" ")[0] ?? ""),
);

/** Fields that belong to one entity whatever is spoken of; any other is its subject's own. */
const OWNERS: Readonly<Record<string, Kind>> = wordTable({
  industry: "company",
  employees: "company",
  revenue: "company",
  website: "company",
  domain: "company",
  stage: "deal",
  value: "deal",
  probability: "deal",
  closeDate: "deal",
  title: "contact",
  firstName: "contact",
  lastName: "contact",
  email: "contact",
  phone: "contact",
  linkedinUrl: "contact",
  leadScore: "contact",
  replied: "contact",
  openedEmail: "contact",
  interested: "contact",
  optedOut: "contact",
});

export function ownerOf(field: string, subject: Kind): Kind {
  return OWNERS[field] ?? subject;
}

/** A field that everybody knows, by one to three words: "lead score", "LinkedIn URL". */
export function readKnownField(source: Source, at: number): Read<string> | undefined {
  const [first = ""] = tokenAt(source, at).word.split("-");
  for (const length of BEGINNINGS.has(first) ? [4, 3, 2, 1] : []) {
    const words = Array.from({ length }, (_, index) => tokenAt(source, at + index));
    if (words.some(({ kind }) => kind !== "word")) continue;
    const phrase = words.map(({ word }) => word.replaceAll("-", " ")).join(" ");
    const name = BY_WORDS.get(phrase.toLowerCase());
    if (name !== undefined) return { value: name, next: at + length };
  }
  const token = tokenAt(source, at);
  const isCamel = token.kind === "word" && /^[a-z]+(?:[A-Z_]\w*)$/.test(token.text);
  return isCamel ? { value: camelCase(token.text), next: at + 1 } : undefined;
}

/** A field by any name: a known one, a quoted one, or words of the workspace's own. */
export function readField(source: Source, at: number): Read<string> | undefined {
  const token = tokenAt(source, at);
  if (token.kind === "quoted") return { value: camelCase(token.text), next: at + 1 };
  return readKnownField(source, at);
}

export function camelCase(words: string): string {
  const parts = words.trim().split(/[\s_-]+/);
  return parts
    .map((part, index) => (index === 0 ? lowerFirst(part, parts.length) : upperFirst(part)))
    .join("");
}

function lowerFirst(part: string, count: number): string {
  return count > 1 || /^[A-Z][a-z]*$/.test(part)
    ? part.charAt(0).toLowerCase() + part.slice(1)
    : part;
}

function upperFirst(part: string): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}

const LONGEST_NAME = 40;

/** "Lille whose source" is no field. */
const RELATIVE = /(?:^|\s)(?:who|whom|whose|which)(?:\s|$)/i;

/** The name that some words would be, if they stand in the text side by side and are but words; a place is none. */
export function ownName(source: Source, from: number, to: number): string | undefined {
  const words = slice(source, from, to);
  const isName = words.length <= LONGEST_NAME && /^[\p{L}\p{N}_' -]+$/u.test(words);
  const count = words.split(" ").length;
  if (RELATIVE.test(words) || isCity(words) || isCountry(words)) return undefined;
  return isName && count <= to - from + 1 ? camelCase(words) : undefined;
}

/** One or two words that could name a field of the workspace's own, for where an operator follows. */
export function readOwnField(source: Source, at: number, length: number): Read<string> | undefined {
  for (let index = 0; index < length; index++)
    if (tokenAt(source, at + index).kind !== "word") return undefined;
  const value = ownName(source, at, at + length);
  return value === undefined ? undefined : { value, next: at + length };
}
