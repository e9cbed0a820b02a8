import { matchAt, pattern } from "../pattern.ts";
import { type Kind, readKnownField } from "../readers/fields.ts";
import { type Read, type Source, tokenAt } from "../source.ts";
import { wordTable } from "../word-table.ts";
import { nameField, place, type Scope } from "./scope.ts";

/** "deal value", "company industry", "custom field 'tier'", "title". */
export function readPossessed(source: Source, at: number, scope: Scope): Read<string> | undefined {
  const custom = matchAt(source, at, CUSTOM);
  if (custom?.captures.text !== undefined)
    return { value: nameField(scope, custom.captures.text), next: custom.next };
  const owned = readOwnedBefore(source, at, scope);
  if (owned !== undefined) return owned;
  const field = readKnownField(source, at);
  return field === undefined ? undefined : readOwnedBehind(source, field, scope);
}

/** "deal value", "the deals value" */
function readOwnedBefore(source: Source, at: number, scope: Scope): Read<string> | undefined {
  const { word } = tokenAt(source, at);
  const kind = KINDS[word] ?? word;
  if (kind !== "company" && kind !== "deal" && kind !== "contact") return undefined;
  const after = tokenAt(source, at + 1).word === "'s" ? at + 2 : at + 1;
  const own = readKnownField(source, after);
  return own === undefined ? undefined : { value: place(scope, kind, own.value), next: own.next };
}

/** "the value of the deal" */
function readOwnedBehind(
  source: Source,
  { value, next }: Read<string>,
  scope: Scope,
): Read<string> {
  const owner = matchAt(source, next, OF_OWNER);
  const kind = owner === undefined ? undefined : OWNERS[tokenAt(source, owner.next - 1).word];
  return owner === undefined || kind === undefined
    ? { value: nameField(scope, value), next }
    : { value: place(scope, kind, value), next: owner.next };
}

const OF_OWNER = pattern(
  "of the|a|this|that|their|each|every contact|lead|person|client|customer|prospect|company|account|firm|deal|opportunity",
);
const OWNERS: Readonly<Record<string, Kind>> = wordTable({
  contact: "contact",
  lead: "contact",
  person: "contact",
  client: "contact",
  customer: "contact",
  prospect: "contact",
  company: "company",
  account: "company",
  firm: "company",
  deal: "deal",
  opportunity: "deal",
});

/** "the deals value" is the deal's, typed in haste. */
const KINDS: Readonly<Record<string, string>> = wordTable({
  account: "company",
  companies: "company",
  companys: "company",
  deals: "deal",
  contacts: "contact",
  leads: "contact",
});

const CUSTOM = pattern("[the] custom field [called|named] <text>");
