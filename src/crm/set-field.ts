import type { Entity } from "#domain/catalogue.ts";
import type { Store } from "#store/store.ts";

import type { Change } from "./change.ts";
import { contacts } from "./contacts.ts";
import { entities, type Updated } from "./entities.ts";

export interface FieldToSet {
  readonly entity: Entity;
  readonly id: string;
  readonly field: string;
  readonly value: unknown;
  /** Only a field that the workspace has defined is meant, even where a built-in one has the name. */
  readonly custom?: boolean | undefined;
}

/**
 * The writes by which a step sets one field, checked against the field's type.
 * @throws Fault `invalid`: of scope `contact` where the value does not validate, of scope `step` where
 *   there is no such field ("Custom field 'leadScore' not found. Create field first."); `not_found`.
 */
export async function setField(
  store: Pick<Store, "db">,
  change: Change,
  { entity, id, field, value, custom = false }: FieldToSet,
  zone: string,
): Promise<Updated> {
  const name = custom && !/(^|\.)custom\./i.test(field) ? `custom.${field}` : field;
  const input = { values: { [name]: value } };
  if (entity === "contact") {
    const repository = contacts(store);
    return repository.update(change, await repository.get(change.ws, id), input, zone);
  }
  const repository = entities(store, entity);
  return repository.update(change, await repository.get(change.ws, id), input, zone);
}
