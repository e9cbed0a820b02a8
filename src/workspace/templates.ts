import type { Selectable } from "kysely";

import type { Actor } from "#contract/shapes/common.ts";
import { fold } from "#domain/comparing.ts";
import { Fault } from "#domain/fault.ts";
import { type TemplateId, templateIds } from "#domain/id.ts";
import { compiled, type Store } from "#store/store.ts";
import type { TemplateTable } from "#store/tables/workspace.ts";

import { readActor, writeActor } from "./actor.ts";
import { type AuditRecord, changedFields } from "./audit.ts";
import { decideAgain } from "./decide-again.ts";
import { keyAfter, type Page, pageOf, type PageQuery } from "./page.ts";
import type { Parts } from "./parts.ts";
import type { Entered } from "./workspaces.ts";

export interface Template {
  readonly id: TemplateId;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
  readonly version: number;
  readonly createdBy: Actor;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface NewTemplate {
  readonly name: string;
  readonly subject: string;
  readonly body: string;
}

export interface TemplateChange {
  readonly name?: string | undefined;
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
  /** The version that was edited. */
  readonly version?: number | undefined;
}

export interface Templates {
  /** @throws Fault `conflict` where the name is taken, whatever its case. */
  readonly create: (entered: Entered, template: NewTemplate) => Promise<Template>;
  readonly get: (ws: number, id: TemplateId) => Promise<Template>;
  /** By name. */
  readonly list: (ws: number, query: PageQuery) => Promise<Page<Template>>;
  readonly change: (entered: Entered, id: TemplateId, to: TemplateChange) => Promise<Template>;
  readonly remove: (entered: Entered, id: TemplateId) => Promise<void>;
  /** As instructions name it: "Follow-up", "the follow up email", "welcome template". */
  readonly named: (ws: number, name: string) => Promise<Template | undefined>;
}

/** Two names that differ in case or spaces only are one. */
function keyOf(name: string): string {
  return fold(name.trim()).replaceAll(/\s+/g, " ");
}

/** A name without what people say around it. */
function bareOf(name: string): string {
  const words = keyOf(name)
    .replaceAll(/e-mail/g, "email")
    .replaceAll(/[-_]/g, " ");
  const telling = words
    .split(" ")
    .filter((word) => !/^(?:the|an?|emails?|templates?|)$/.test(word));
  return telling.join(" ");
}

function toTemplate(row: Selectable<TemplateTable>): Template {
  const { name, subject, body, version } = row;
  return {
    id: row.id as TemplateId,
    name,
    subject,
    body,
    version,
    createdBy: readActor(row.created_by),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

async function get({ db }: Store, ws: number, id: TemplateId): Promise<Template> {
  const row = await db
    .selectFrom("template")
    .selectAll()
    .where("ws", "=", ws)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row !== undefined) return toTemplate(row);
  throw new Fault("not_found", "There is no such email template in this workspace");
}

async function checkFree({ db }: Store, ws: number, name: string, but?: TemplateId): Promise<void> {
  const row = await db
    .selectFrom("template")
    .select(["id", "name"])
    .where("ws", "=", ws)
    .where("key", "=", keyOf(name))
    .executeTakeFirst();
  if (row === undefined || row.id === but) return;
  throw new Fault("conflict", `There is an email template of the name "${row.name}" already`, {
    suggestion: "Choose another name, or change that one",
  });
}

async function named({ db }: Store, ws: number, name: string): Promise<Template | undefined> {
  const rows = await db
    .selectFrom("template")
    .selectAll()
    .where("ws", "=", ws)
    .orderBy("id")
    .execute();
  const row = templatesByName(rows)(name);
  return row && toTemplate(row);
}

/** Which of the templates a name stands for, as instructions say it: by its own name, else without what is said around it. */
export function templatesByName<Named extends Pick<Template, "name">>(
  all: readonly Named[],
): (name: string) => Named | undefined {
  const first = (keyed: (name: string) => string): ReadonlyMap<string, Named> =>
    new Map(all.toReversed().map((one) => [keyed(one.name), one]));
  const [whole, bare] = [first(keyOf), first(bareOf)];
  return (name) => whole.get(keyOf(name)) ?? bare.get(bareOf(name));
}

async function list(
  { db }: Store,
  ws: number,
  { cursor, limit }: PageQuery,
): Promise<Page<Template>> {
  const rows = await db
    .selectFrom("template")
    .selectAll()
    .where("ws", "=", ws)
    .where("key", ">", cursor === undefined ? "" : keyAfter(cursor))
    .orderBy("key")
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, (row) => row.key, toTemplate);
}

function told(entered: Entered, action: string, template: Template, changes = {}): AuditRecord {
  const { id, name } = template;
  return { by: entered.actor, action, target: { type: "template", id, name }, changes };
}

async function create(
  { store, clock, audit }: Parts,
  entered: Entered,
  { name, subject, body }: NewTemplate,
): Promise<Template> {
  const ws = entered.workspace.no;
  await checkFree(store, ws, name);
  const at = clock.now();
  const row = {
    ws,
    id: templateIds.create(),
    name,
    key: keyOf(name),
    subject,
    body,
    version: 1,
    created_by: writeActor(entered.actor),
    created_at: at,
    updated_at: at,
  };
  const template = toTemplate(row);
  await store.write([
    compiled(store.db.insertInto("template").values(row)),
    audit.recording(ws, told(entered, "template.created", template)),
  ]);
  return template;
}

async function change(
  { store, clock, audit }: Parts,
  entered: Entered,
  id: TemplateId,
  to: TemplateChange,
): Promise<Template> {
  const ws = entered.workspace.no;
  const before = await get(store, ws, id);
  if (to.version !== undefined && to.version !== before.version) throw editedMeanwhile();
  const { name = before.name, subject = before.subject, body = before.body } = to;
  await checkFree(store, ws, name, id);
  const after = { name, subject, body, version: before.version + 1 };
  const at = clock.now();
  const update = store.db
    .updateTable("template")
    .set({ ...after, key: keyOf(name), updated_at: at })
    .where("ws", "=", ws)
    .where("id", "=", id)
    .where("version", "=", before.version);
  const { body: _body, ...changes } = changedFields<object>(before, after) as {
    body?: unknown;
  };
  await store.write([
    compiled(update, 1),
    audit.recording(ws, told(entered, "template.changed", before, changes)),
  ]);
  return { ...before, ...after, updatedAt: at };
}

function editedMeanwhile(): Fault {
  return new Fault("version_conflict", "Somebody else changed this template meanwhile", {
    suggestion: "Read it again and repeat the change",
  });
}

async function remove({ store, audit }: Parts, entered: Entered, id: TemplateId): Promise<void> {
  const ws = entered.workspace.no;
  const template = await get(store, ws, id);
  const removal = store.db.deleteFrom("template").where("ws", "=", ws).where("id", "=", id);
  await store.write([
    compiled(removal, 1),
    audit.recording(ws, told(entered, "template.deleted", template)),
  ]);
}

/** Email templates. They are read when they are sent, so a change reaches what waits. */
export function templates(parts: Parts): Templates {
  const { store } = parts;
  return {
    create: (entered, template) => create(parts, entered, template),
    get: (ws, id) => get(store, ws, id),
    list: (ws, query) => list(store, ws, query),
    change: (entered, id, to) => decideAgain(() => change(parts, entered, id, to)),
    remove: (entered, id) => decideAgain(() => remove(parts, entered, id)),
    named: (ws, name) => named(store, ws, name),
  };
}
