/** Who asks, from accounts and memberships. */
import type { Auth } from "#auth/auth.ts";
import { keyIn } from "#auth/auth.ts";
import { Fault } from "#domain/fault.ts";
import type { Members } from "#workspace/members.ts";
import type { Person, Workspace, Workspaces } from "#workspace/workspaces.ts";

import type { Registry } from "./asking.ts";

export interface RegistryNeeds {
  readonly auth: () => Promise<Pick<Auth, "identify">>;
  readonly workspaces: Workspaces;
  readonly members: Members;
}

export function openRegistry({ auth, workspaces, members }: RegistryNeeds): Registry {
  async function ownerOf(workspace: Workspace | undefined): Promise<Person | undefined> {
    const people = workspace === undefined ? [] : await members.list(workspace.no);
    return people.find(({ role }) => role === "owner");
  }

  /** Whoever holds the folder, as the owner of the workspace that they ask about, else of the first. */
  async function local(workspaceId?: string): Promise<Person> {
    const all = await workspaces.all();
    const asked = all.find(({ id }) => id === workspaceId) ?? all[0];
    const owner = await ownerOf(asked);
    if (owner !== undefined) return owner;
    throw new Fault("not_found", "There is no workspace in this data folder yet", {
      suggestion: "Start it once with: stint serve",
    });
  }

  return {
    identify: async (headers, isLocal) => {
      const caller = await (await auth()).identify(headers);
      if (caller !== null) return { via: caller.type === "key" ? "key" : "session", caller };
      if (keyIn(headers) !== undefined) throw refuseKey();
      return isLocal ? { via: "local", caller: { type: "user", ...(await local()) } } : undefined;
    },
    enter: async ({ via, caller }, workspaceId, right) => {
      const asked =
        via === "local" ? ({ type: "user", ...(await local(workspaceId)) } as const) : caller;
      return workspaces.enter(asked, workspaceId, right);
    },
  };
}

function refuseKey(): Fault {
  return new Fault(
    "not_signed_in",
    "This API key is not valid: it may be mistyped, expired or revoked",
    {
      suggestion: "Make a new one with: stint token create",
    },
  );
}
