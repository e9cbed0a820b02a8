import { sql } from "kysely";

import { Fault } from "#domain/fault.ts";
import { compiled, type Store, type Write } from "#store/store.ts";

import { logActivities } from "./activities.ts";
import type { Change, Created, Page } from "./change.ts";
import { keyOfAddress } from "./email-address.ts";
import { type Entities, entities, type EntityInput, type Updated } from "./entities.ts";
import { builtInField } from "./field-names.ts";
import { type EntityPageQuery, equalTo, pageEntities } from "./pages.ts";
import type { ContactRow } from "./rows.ts";

export interface ContactPageQuery extends EntityPageQuery {
  readonly status?: string | undefined;
  readonly companyId?: string | undefined;
}

/** The flags that every contact has from the start; messages and their answers set them. */
export type ContactFlag = "replied" | "openedEmail" | "interested" | "optedOut";

export interface Contacts extends Entities<"contact"> {
  readonly page: (query: ContactPageQuery) => Promise<Page<ContactRow>>;
  /** By address as it is compared; those that nobody has are left out. */
  readonly byEmails: (
    ws: number,
    emails: readonly string[],
  ) => Promise<ReadonlyMap<string, ContactRow>>;
  /** All contacts of a company, its oldest first. */
  readonly ofCompany: (ws: number, companyId: string) => Promise<readonly ContactRow[]>;
  /** They were written to; never moves back, and stands in nobody's way. */
  readonly contacted: (change: Change, contactId: string) => readonly Write[];
  readonly setFlag: (change: Change, contactId: string, flag: ContactFlag) => readonly Write[];
}

export function contacts(store: Reading): Contacts {
  const { db } = store;
  const base = entities(store, "contact");
  return {
    ...base,
    byEmails: (ws, emails) => byEmails(store, ws, emails),
    create: async (change, input, zone): Promise<Created> => {
      await refuseTaken(store, change.ws, input);
      return base.create(change, input, zone);
    },
    update: async (change, row, input, zone): Promise<Updated> => {
      await refuseTaken(store, change.ws, input, row.id);
      return base.update(change, row, input, zone);
    },
    page: (query) => {
      const filters = [
        ...equalTo("status", query.status),
        ...equalTo("companyId", query.companyId),
      ];
      return pageEntities(store, "contact", query, filters);
    },
    ofCompany: (ws, companyId) => {
      const query = db.selectFrom("contact").selectAll().where("ws", "=", ws);
      return query.where("company_id", "=", companyId).orderBy("id").execute();
    },
    contacted: (change, contactId) => [contactedWrite(db, change, contactId)],
    setFlag: (change, contactId, flag) => raiseFlag(db, change, contactId, flag),
  };
}

type Reading = Pick<Store, "db">;

async function byEmails(
  { db }: Reading,
  ws: number,
  emails: readonly string[],
): Promise<ReadonlyMap<string, ContactRow>> {
  const keys = JSON.stringify(emails.map(keyOfAddress));
  const asked = sql<boolean>`email_key in (select value from json_each(${keys}))`;
  const query = db.selectFrom("contact").selectAll().where("ws", "=", ws).where(asked);
  return new Map((await query.execute()).map((row) => [row.email_key ?? "", row]));
}

/** An address belongs to one contact of a workspace. */
async function refuseTaken(
  store: Reading,
  ws: number,
  { values }: EntityInput,
  own?: string,
): Promise<void> {
  const given = Object.entries(values).find(([name]) => nameIsEmail(name))?.[1];
  if (typeof given !== "string") return;
  const holder = (await byEmails(store, ws, [given])).get(keyOfAddress(given));
  if (holder === undefined || holder.id === own) return;
  throw new Fault("conflict", "Another contact has this email address already", {
    facts: { contactId: holder.id },
    scope: "contact",
    happened: "no",
  });
}

function nameIsEmail(name: string): boolean {
  return builtInField("contact", name.replace(/^contact\./i, ""))?.name === "email";
}

function contactedWrite(db: Store["db"], { ws, at }: Change, contactId: string): Write {
  const statement = sql`update contact set last_contacted_at = ${at} where ws = ${ws}
    and id = ${contactId} and (last_contacted_at is null or last_contacted_at < ${at})`;
  return compiled({ compile: () => statement.compile(db) });
}

/** Names no row version: it changes nothing that anybody read to decide what else to write. */
function raiseFlag(
  db: Store["db"],
  change: Change,
  contactId: string,
  flag: ContactFlag,
): readonly Write[] {
  const column = builtInField("contact", flag)?.column ?? "";
  const statement = sql`update contact set ${sql.ref(column)} = 1, updated_at = ${change.at}
    where ws = ${change.ws} and id = ${contactId}`;
  const data = { field: flag, from: false, to: true };
  const kind = flag === "replied" ? "replied" : "fieldChanged";
  const note = { entityId: contactId, kind, text: `${flag} set`, data } as const;
  return [
    compiled({ compile: () => statement.compile(db) }, 1),
    ...logActivities(db, change, [note]),
  ];
}
