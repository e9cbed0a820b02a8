import type { EntityInput } from "#crm/entities.ts";
import { Fault } from "#domain/fault.ts";
import type { Members } from "#workspace/members.ts";

/** What bodies of contacts, companies and deals have in common. */
export interface EntityBody {
  readonly tags?: readonly string[] | undefined;
  readonly customFields?: Readonly<Record<string, unknown>> | undefined;
  readonly ownerId?: string | null | undefined;
  readonly version?: number | undefined;
}

/** A body as the CRM takes it: custom fields beside the others, what was not named left out. */
export function entityInput({
  tags,
  customFields = {},
  version: _version,
  ...fields
}: EntityBody): EntityInput {
  const custom = Object.entries(customFields).map(
    ([name, value]) => [`custom.${name}`, value] as const,
  );
  const named = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { values: Object.fromEntries([...named, ...custom]), tags };
}

/** @throws Fault `version_conflict` where somebody has changed the row since it was read. */
export function demandVersion(row: { readonly version: number }, edited: number | undefined): void {
  if (edited === undefined || edited === row.version) return;
  throw new Fault("version_conflict", "Somebody has changed this meanwhile", {
    suggestion: "Load it again and repeat your change",
    facts: { version: row.version },
  });
}

/** @throws Fault `invalid` for somebody who is no member of the workspace. */
export async function demandMember(
  members: Members,
  ws: number,
  userId: string | null | undefined,
  message: string,
): Promise<void> {
  if (userId === null || userId === undefined) return;
  if ((await members.find(ws, userId)) !== undefined) return;
  throw new Fault("invalid", message, { suggestion: "Choose a member of this workspace" });
}
