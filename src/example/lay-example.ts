/**
 * The example workspace: people, firms and deals that do not exist, and agents in plain words, so that
 * the first click runs something real. Laying it again lays only what is missing, so a start that was
 * interrupted is completed by the next one.
 */
import { newAgentSchema } from "#contract/shapes/agents.ts";
import type { Change } from "#crm/change.ts";
import { companies } from "#crm/companies.ts";
import { contacts } from "#crm/contacts.ts";
import { customFields, type NewCustomField } from "#crm/custom-fields.ts";
import { deals } from "#crm/deals.ts";
import { keyOfAddress } from "#crm/email-address.ts";
import { search } from "#crm/search.ts";
import type { Clock } from "#domain/clock.ts";
import { fold } from "#domain/comparing.ts";
import type { Store, Write } from "#store/store.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";
import type { Entered } from "#workspace/workspaces.ts";

import { EXAMPLE_AGENTS, EXAMPLE_TEMPLATES } from "./agents.ts";
import { EXAMPLE_COMPANIES } from "./companies.ts";
import { EXAMPLE_CONTACTS, type ExampleContact } from "./contacts.ts";
import { EXAMPLE_DEALS } from "./deals.ts";

export interface ExamplePlace {
  readonly store: Store;
  readonly clock: Clock;
  readonly services: Pick<WorkspaceServices, "agents" | "templates" | "userRoles">;
  /** The workspace, entered by whoever it is laid for; what needs an owner gets this one. */
  readonly entered: Entered;
}

const DAY = 86_400_000;

const FIELDS: readonly NewCustomField[] = [
  { entity: "contact", name: "leadScore", type: "number" },
  { entity: "contact", name: "birthday", type: "date" },
  { entity: "company", name: "accountTier", type: "select", options: ["A", "B", "C"] },
  { entity: "deal", name: "closingPlan", type: "text" },
];

export async function layExample(place: ExamplePlace): Promise<void> {
  await layFields(place);
  await layCompanies(place);
  await layContacts(place);
  await layDeals(place);
  await layRoles(place);
  await layTemplates(place);
  await layAgents(place);
}

function changeOf({ clock, entered }: ExamplePlace): Change {
  return { ws: entered.workspace.no, at: clock.now(), actor: entered.actor };
}

async function layFields(place: ExamplePlace): Promise<void> {
  const change = changeOf(place);
  const fields = customFields(place.store);
  const defined = await fields.all(change.ws);
  for (const field of FIELDS) {
    if (defined.some(({ entity, name }) => entity === field.entity && name === field.name))
      continue;
    await place.store.write((await fields.define(change, field)).writes);
  }
}

async function layCompanies(place: ExamplePlace): Promise<void> {
  const change = changeOf(place);
  const repository = companies(place.store);
  const known = await repository.byNames(
    change.ws,
    EXAMPLE_COMPANIES.map(({ name }) => name),
  );
  const writes: Write[] = [];
  for (const { tags, tier, ...values } of EXAMPLE_COMPANIES) {
    if (known.has(fold(values.name))) continue;
    const given = { ...values, accountTier: tier, ownerId: change.actor.id };
    writes.push(...(await repository.create(change, { values: given, tags })).writes);
  }
  await place.store.write(writes);
}

async function companyIds({ store, entered }: ExamplePlace): Promise<ReadonlyMap<string, string>> {
  const names = EXAMPLE_COMPANIES.map(({ name }) => name);
  const rows = await companies(store).byNames(entered.workspace.no, names);
  return new Map([...rows.values()].map((row) => [row.name, row.id]));
}

/** They came in over the last weeks, not all at this moment. */
async function layContacts(place: ExamplePlace): Promise<void> {
  const { store } = place;
  const change = changeOf(place);
  const firms = await companyIds(place);
  const writes: Write[] = [];
  for (const [index, contact] of EXAMPLE_CONTACTS.entries()) {
    if (await isKnown(place, contact)) continue;
    const { tags, company, contactedDaysAgo, ...values } = contact;
    const contacted = contactedDaysAgo === undefined ? null : change.at - contactedDaysAgo * DAY;
    const given = {
      ...values,
      source: index % 3 === 0 ? "Referral" : "Website",
      companyId: firms.get(company) ?? null,
      lastContactedAt: contacted,
      ownerId: change.actor.id,
    };
    const cameIn = { ...change, at: Math.min(contacted ?? change.at, change.at - index * DAY) };
    writes.push(...(await contacts(store).create(cameIn, { values: given, tags })).writes);
  }
  await store.write(writes);
}

async function isKnown(
  { store, entered }: ExamplePlace,
  contact: ExampleContact,
): Promise<boolean> {
  const ws = entered.workspace.no;
  const { email, firstName, lastName } = contact;
  if (email !== null) return (await contacts(store).byEmails(ws, [email])).size > 0;
  const value = `${firstName} ${lastName}`;
  const condition = { field: "name", operator: "==", value } as const;
  const { ids } = await search(store, { ws, entity: "contact", condition, now: 0, zone: "UTC" });
  return ids.length > 0;
}

async function layDeals(place: ExamplePlace): Promise<void> {
  const { store } = place;
  const change = changeOf(place);
  const firms = await companyIds(place);
  const emails = EXAMPLE_DEALS.map(({ contact }) => contact);
  const people = await contacts(store).byEmails(change.ws, emails);
  const there = await dealsThere(place);
  const writes: Write[] = [];
  for (const { company, contact, closesInDays, ...values } of EXAMPLE_DEALS) {
    if (there.has(values.name)) continue;
    const given = {
      ...values,
      companyId: firms.get(company) ?? null,
      contactId: people.get(keyOfAddress(contact))?.id ?? null,
      closeDate: new Date(change.at + closesInDays * DAY).toISOString().slice(0, 10),
      ownerId: change.actor.id,
    };
    writes.push(...(await deals(store).create(change, { values: given })).writes);
  }
  await store.write(writes);
}

async function dealsThere({ store, entered }: ExamplePlace): Promise<ReadonlySet<string>> {
  const ws = entered.workspace.no;
  const names = EXAMPLE_DEALS.map(({ name }) => name);
  const condition = { field: "name", operator: "in", value: names } as const;
  const { ids } = await search(store, { ws, entity: "deal", condition, now: 0, zone: "UTC" });
  return new Set((await deals(store).findAll(ws, ids)).map(({ name }) => name));
}

async function layRoles({ services, entered }: ExamplePlace): Promise<void> {
  const { id } = entered.actor;
  const there = await services.userRoles.list(entered.workspace.no);
  if (there.length > 0 || entered.actor.type !== "user" || id === null) return;
  const names = ["salesRep", "manager"];
  await services.userRoles.replace(
    entered,
    names.map((name) => ({ name, memberIds: [id] })),
  );
}

async function layTemplates({ services, entered }: ExamplePlace): Promise<void> {
  for (const template of EXAMPLE_TEMPLATES) {
    const known = await services.templates.named(entered.workspace.no, template.name);
    if (known === undefined) await services.templates.create(entered, template);
  }
}

async function layAgents({ services, entered }: ExamplePlace): Promise<void> {
  const welcome = await services.templates.named(entered.workspace.no, "Welcome");
  for (const agent of EXAMPLE_AGENTS) {
    const known = await services.agents.named(entered.workspace.no, agent.name);
    if (known !== undefined) continue;
    const given = newAgentSchema.parse({ ...agent, defaultTemplateId: welcome?.id ?? null });
    await services.agents.create(entered, given);
  }
}
