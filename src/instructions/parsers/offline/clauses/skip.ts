import type { Condition } from "#domain/plan.ts";

import { type Family, one, part, readParts } from "../clause.ts";
import { readCondition } from "../conditions/expression.ts";
import { compare, nameField, negate, type Scope } from "../conditions/scope.ts";
import { matchAt, matchFirst, pattern, type Pattern } from "../pattern.ts";
import type { Kind } from "../readers/fields.ts";
import { type Read, type Source, tokenAt } from "../source.ts";
import { wordTable } from "../word-table.ts";

const WHO =
  "[over] [any|all|the|those|every] (anyone|anybody|everyone|everybody|someone|people|person|those|them|ones|contacts|contact|leads|lead|prospects|prospect|any|one|companies|company|deals|deal|accounts|account|opps|opportunities|customers) [of] [them|those] [else]";

const DROPPING = [
  `+skip|+exclude|+ignore|+omit|+disregard|+bypass|+discard|+drop [out] ${WHO}`,
  `+leave|+filter|+weed|+rule|+take|+kick|+pass out|over|off|aside|away ${WHO}`,
  `+remove|+drop|+cut ${WHO}`,
  `do not [ever] +include|+email|+contact|+mail|+message|+touch|+send|+process|+reach|+bother [out|to|it|this|anything] [to] ${WHO}`,
  `never +include|+email|+contact|+mail|+message|+touch|+send|+process [anything|to|this] [to] ${WHO}`,
  `no email|emails|outreach|messages|contact|mail for|to ${WHO}`,
  "+skip|+exclude|+ignore|+omit|skipping|excluding [over] [:]",
].map(pattern);

const KEEPING = [
  `[only] +keep|+continue|+proceed|+include|+retain [only|just] [with] ${WHO}`,
  `only +continue|+proceed|+go [on] [with|for] ${WHO}`,
].map(pattern);

const IF = pattern("if|when|where|unless [they|it]");

export const skip: Family = {
  name: "skip",
  read: (source, at, { subject }) => {
    const drop = matchFirst(source, at, DROPPING);
    const isKeeping = drop === undefined;
    const head = drop ?? matchFirst(source, at, KEEPING);
    if (head === undefined) return undefined;
    const scope: Scope = { subject: kindAt(source, at, head.next) ?? subject, isLoose: true };
    const condition = readSkipped(source, head.next, scope);
    if (condition === undefined || (isKeeping && !isOnly(source, at, head.next))) return undefined;
    const params: Condition = isKeeping ? negate(condition.value) : condition.value;
    return one({ type: "skip", params }, readParts(source, condition.next, [TAIL], {}));
  },
};

const TAIL = part<object>([
  "from [the] list|selection|results|this|it",
  "out",
  "entirely|completely|altogether",
  "after that|this",
]);

function isOnly(source: Source, at: number, next: number): boolean {
  for (let index = at; index < next; index++) {
    if (["only", "just"].includes(tokenAt(source, index).word)) return true;
  }
  return false;
}

function readSkipped(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const when = matchAt(source, at, IF);
  const start = when?.next ?? at;
  const alreadyIn = matchAt(source, start, STILL)?.next ?? start;
  return (
    readMemory(source, start, scope) ??
    readCondition(source, start, scope) ??
    readCondition(source, alreadyIn, scope) ??
    readKind(source, start, scope)
  );
}

const MEMORY = pattern("[anyone|those|everyone|all] [in] <variable>");

/** "skip @memory.contacted" */
function readMemory(source: Source, at: number, { subject }: Scope): Read<Condition> | undefined {
  const match = matchAt(source, at, MEMORY);
  if (match?.captures.variable === undefined) return undefined;
  const after = tokenAt(source, match.next);
  if (after.word !== "" && after.kind !== "mark") return undefined;
  return { value: compare(subject, "in", match.captures.variable), next: match.next };
}

const STATUSES: Readonly<Record<string, string>> = wordTable({
  customers: "Customer",
  clients: "Client",
  partners: "Partner",
  competitors: "Competitor",
});

/** "exclude existing customers": what they are is their status. */
function readKind(source: Source, at: number, scope: Scope): Read<Condition> | undefined {
  const start = matchAt(source, at, EXISTING)?.next ?? at;
  const status = STATUSES[tokenAt(source, start).word];
  if (status === undefined) return undefined;
  return { value: compare(nameField(scope, "status"), "==", status), next: start + 1 };
}

const EXISTING = pattern("[all|any|our|the] [existing|current|our]");

const STILL: Pattern = pattern("[who|that|which] [are|is|still|already] [listed|found|present]");

const KINDS: Readonly<Record<string, Kind>> = wordTable({
  companies: "company",
  company: "company",
  accounts: "company",
  account: "company",
  deals: "deal",
  deal: "deal",
  opps: "deal",
  opportunities: "deal",
  anyone: "contact",
  anybody: "contact",
  everyone: "contact",
  people: "contact",
  contacts: "contact",
  leads: "contact",
});

function kindAt(source: Source, from: number, to: number): Kind | undefined {
  for (let index = from; index < to; index++) {
    const kind = KINDS[tokenAt(source, index).word];
    if (kind !== undefined) return kind;
  }
  return undefined;
}
