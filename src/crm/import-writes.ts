import { fold } from "#domain/comparing.ts";
import type { Store, Write } from "#store/store.ts";

import { logActivities, type Note } from "./activities.ts";
import type { Change } from "./change.ts";
import { companies } from "./companies.ts";
import { contacts } from "./contacts.ts";
import { createdNote, guardedUpdate, newRow } from "./entities.ts";
import { describeChanges, fieldChanges } from "./field-changes.ts";
import type { Draft } from "./import-rows.ts";
import { insertRows } from "./insert-rows.ts";
import type { Prepared } from "./prepare.ts";
import type { CompanyRow, ContactRow } from "./rows.ts";
import { makeTag, tags } from "./tags.ts";

export interface PlannedChunk {
  readonly writes: readonly Write[];
  readonly imported: number;
  readonly updated: number;
  readonly skipped: number;
}

/** What must be written for these rows, given what is there now. */
export async function planChunk(
  store: Store,
  change: Change,
  chunk: readonly Draft[],
  existing: "update" | "skip",
): Promise<PlannedChunk> {
  const keys = chunk.flatMap(({ key }) => key ?? []);
  const known = await contacts(store).byEmails(change.ws, keys);
  const wanted = existing === "skip" ? chunk.filter((draft) => !isKnown(draft, known)) : chunk;
  const { companyIds, made } = await planCompanies(store, change, wanted);
  const fresh = wanted.filter((draft) => !isKnown(draft, known));
  const held = wanted.filter((draft) => isKnown(draft, known));
  const carried = await carriedTags(store, change, held, known);
  const writes = [
    ...insertCompanies(store, change, made),
    ...insertContacts(store, change, fresh, companyIds),
    ...held.flatMap((draft) => updateContact(store, change, draft, { known, companyIds, carried })),
  ];
  const skipped = chunk.length - wanted.length;
  return { writes, imported: fresh.length, updated: held.length, skipped };
}

type Known = ReadonlyMap<string, ContactRow>;
type CompanyIds = ReadonlyMap<string, string>;

function isKnown({ key }: Draft, known: Known): boolean {
  return key !== undefined && known.has(key);
}

async function planCompanies(
  store: Store,
  change: Change,
  drafts: readonly Draft[],
): Promise<{ readonly companyIds: CompanyIds; readonly made: readonly CompanyRow[] }> {
  const named = new Map<string, NonNullable<Draft["company"]>>();
  for (const { company } of drafts) {
    // The first row that names it begins it; later ones fill in what that one left open.
    if (company !== undefined) {
      named.set(keyOf(company), { ...company, ...named.get(keyOf(company)) });
    }
  }
  const found = await companies(store).byNames(change.ws, [...named.keys()]);
  const made = [...named]
    .filter(([key]) => !found.has(key))
    .map(([, columns]) => newRow("company", change, prepared(columns)) as CompanyRow);
  const ids = [...found.values(), ...made].map((row) => [row.name_key, row.id] as const);
  return { companyIds: new Map(ids), made };
}

function keyOf(company: NonNullable<Draft["company"]>): string {
  return fold(company["name"] ?? "");
}

function prepared(columns: Prepared["columns"], custom: Prepared["custom"] = {}): Prepared {
  return { columns, custom, problems: [] };
}

function insertCompanies(
  { db }: Store,
  change: Change,
  rows: readonly CompanyRow[],
): readonly Write[] {
  const notes = rows.map((row) => createdNote("company", row, "imported"));
  return [...insertRows(db, "company", rows), ...logActivities(db, change, notes)];
}

/** The columns of a draft, with its company. */
function columnsOf(draft: Draft, companyIds: CompanyIds): Prepared["columns"] {
  const id = draft.company === undefined ? undefined : companyIds.get(keyOf(draft.company));
  return id === undefined ? draft.columns : { ...draft.columns, company_id: id };
}

/** Few statements, however many contacts: an import of fifty thousand takes seconds. */
function insertContacts(
  { db }: Store,
  change: Change,
  drafts: readonly Draft[],
  companyIds: CompanyIds,
): readonly Write[] {
  const rows = drafts.map((draft) => {
    const values = prepared(columnsOf(draft, companyIds), draft.custom);
    return { row: newRow("contact", change, values) as ContactRow, tags: draft.tags };
  });
  const names = new Map(rows.flatMap((one) => one.tags.map((tag) => [fold(tag), tag] as const)));
  const carried = rows.flatMap(({ row, tags: of }) =>
    of.map((tag) => ({ ws: change.ws, entity_id: row.id, tag: fold(tag), at: change.at })),
  );
  const notes: Note[] = rows.map(({ row }) => createdNote("contact", row, "imported"));
  return [
    ...insertRows(
      db,
      "contact",
      rows.map(({ row }) => row),
    ),
    ...logActivities(db, change, notes),
    ...[...names.values()].map((name) => makeTag(db, change.ws, change.at, name)),
    ...insertRows(db, "entity_tag", carried),
  ];
}

interface There {
  readonly known: Known;
  readonly companyIds: CompanyIds;
  /** Tags as they are compared, by the contact that carries them. */
  readonly carried: ReadonlyMap<string, ReadonlySet<string>>;
}

async function carriedTags(
  store: Store,
  { ws }: Change,
  drafts: readonly Draft[],
  known: Known,
): Promise<There["carried"]> {
  const ids = drafts.flatMap(({ key, tags: named }) => {
    return named.length === 0 ? [] : (known.get(key ?? "")?.id ?? []);
  });
  const carried = await tags(store).ofAll(ws, ids);
  return new Map([...carried].map(([id, names]) => [id, new Set(names.map((name) => fold(name)))]));
}

function updateContact(
  store: Store,
  change: Change,
  draft: Draft,
  { known, companyIds, carried }: There,
): readonly Write[] {
  const row = known.get(draft.key ?? "");
  if (row === undefined) return [];
  const values = prepared(columnsOf(draft, companyIds), draft.custom);
  const changes = fieldChanges("contact", row, values);
  const updates =
    changes.length === 0
      ? []
      : [
          guardedUpdate(store.db, "contact", change, row, values),
          ...logActivities(store.db, change, describeChanges(row.id, changes)),
        ];
  const missing = draft.tags.filter((tag) => carried.get(row.id)?.has(fold(tag)) !== true);
  return [...updates, ...tags(store).add(change, row.id, missing)];
}
