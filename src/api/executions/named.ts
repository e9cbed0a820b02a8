import { companies } from "#crm/companies.ts";
import { contacts } from "#crm/contacts.ts";
import { deals } from "#crm/deals.ts";
import { Fault } from "#domain/fault.ts";
import type { Selected } from "#drivers/automation/input.ts";
import type { Store } from "#store/store.ts";

/** @throws Fault `not_found` where one of those that were named is not in this workspace. */
export async function demandNamed(
  store: Store,
  ws: number,
  named: Selected | undefined,
): Promise<void> {
  if (named === undefined) return;
  const { entity, ids } = named;
  const rows = await findAll(store, ws, named);
  const found = new Set(rows.map(({ id }) => id));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length === 0) return;
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : "";
  throw new Fault("not_found", `There is no ${entity} ${missing[0]}${more} in this workspace`, {
    suggestion: "Leave them out and start again",
    facts: { missing: missing.slice(0, 100) },
  });
}

function findAll(
  store: Store,
  ws: number,
  { entity, ids }: Selected,
): Promise<readonly { readonly id: string }[]> {
  if (entity === "contact") return contacts(store).findAll(ws, ids);
  return entity === "company" ? companies(store).findAll(ws, ids) : deals(store).findAll(ws, ids);
}
