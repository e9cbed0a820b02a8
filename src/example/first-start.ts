/** What an empty data folder needs before somebody can begin. It may die anywhere in between and is simply done again. */
import type { Auth } from "#auth/auth.ts";
import { ensureFirstOwner, type FirstOwner } from "#auth/first-owner.ts";
import type { Clock } from "#domain/clock.ts";
import type { Store } from "#store/store.ts";
import type { WorkspaceServices } from "#workspace/workspace.ts";

import { layExample } from "./lay-example.ts";

export interface FirstStartNeeds extends WorkspaceServices {
  readonly store: Store;
  readonly clock: Clock;
  readonly auth: () => Promise<Auth>;
}

export interface FirstStart {
  /** The owner's, as the environment names it. */
  readonly email: string | undefined;
  readonly password: string | undefined;
  /** Whether the first workspace is the example. */
  readonly example: boolean;
}

const EXAMPLE = "Example";
/** The entry in the audit log by which a later start knows that the example was laid. */
const LAID = "workspace.exampleLaid";

export async function prepareFirstStart(
  needs: FirstStartNeeds,
  { email, password, example }: FirstStart,
): Promise<FirstOwner> {
  const { workspaces, auth, store } = needs;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const workspace = { name: example ? EXAMPLE : "My workspace", tier: "standard", zone } as const;
  const owner = await ensureFirstOwner({
    auth: await auth(),
    workspaces,
    email,
    password,
    workspace,
  });
  const place = (await workspaces.all()).find(({ name }) => name === EXAMPLE);
  if (!example || place === undefined) return owner;
  const laid = store.db.selectFrom("audit").select("no").where("ws", "=", place.no);
  const entry = await laid.where("action", "=", LAID).executeTakeFirst();
  if (entry === undefined) await layFor(needs, place.id, owner.email);
  return owner;
}

async function layFor(needs: FirstStartNeeds, workspaceId: string, email: string): Promise<void> {
  const { workspaces, audit, auth, store, clock } = needs;
  const user = await (await auth()).users.byEmail(email);
  if (user === undefined) return;
  const entered = await workspaces.enter({ type: "user", ...user }, workspaceId, "workspace:write");
  await layExample({ store, clock, services: needs, entered });
  const { no, id, name } = entered.workspace;
  const target = { type: "workspace", id, name } as const;
  await audit.record(no, { by: entered.actor, action: LAID, target, changes: {} });
}
